"""What cases refer to in the lower rooms' dictionaries, and what they may choose of them."""

from collections.abc import Container, Iterable

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.refusals import BadInput
from departments.models import Category


def categories_in_use(ids: Iterable[int]) -> set[int]:
    """Those of these categories that any case of any region has; never which or how many."""
    referring = Case.categories.through.objects.filter(category=OuterRef("pk"))
    return set(
        Category.objects.filter(pk__in=list(ids)).filter(Exists(referring)).values_list("pk", flat=True)
    )


def check_in_force(categories: Iterable[Category], *, kept: Container[int] = ()) -> None:
    """A category switched off is chosen by no case any more; one that has it already (`kept`, ids) keeps it.

    :raises BadInput: naming the first that is switched off
    """
    for category in categories:
        if not category.active and category.pk not in kept:
            sentence = _("%(category)s is switched off: choose another one.") % {"category": category}
            raise BadInput(sentence, field="categories")
