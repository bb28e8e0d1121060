"""What the search over everything finds among issued papers."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core import registry
from core.finding import CANDIDATES, Wanted
from core.offers import SearchRow, SearchSource
from core.wording import day
from departments.models import User
from documents.models import IssuedDocument


def papers(user: User, wanted: Wanted, limit: int) -> Iterable[SearchRow]:
    """Papers by number or title, but for those their room finds as letters. The newest `CANDIDATES` that match are asked
    about, so that nobody's right is composed for papers that do not match."""
    found = IssuedDocument.objects.filter(wanted.indexed("number", "title"))
    found = found.exclude(kind__in=sorted(registry.searched_papers)).order_by("-pk")
    near = dict(found.values_list("pk", "target_kind")[:CANDIDATES])
    if not near:
        return []
    seen = IssuedDocument.objects.visible_to(user, kinds=frozenset(near.values())).filter(pk__in=near)
    shown = seen.annotate(place=wanted.rank(number="number", name="title")).order_by("place", "-pk")
    return [
        SearchRow(
            document.get_absolute_url(), document.title, document.number,
            f"{document.department} · {day(document.issued_at)}",
        )
        for document in shown.for_list()[:limit]
    ]  # fmt: skip


SOURCES = (SearchSource("papers", 40, _("Issued papers"), papers),)
