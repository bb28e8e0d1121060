"""Categories of violation and who is competent for them (C4–C6, E42, T8): the county's own dictionary.

A category a case refers to is never removed: it is switched off, cases keep it, new ones cannot choose it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.dictionaries import check_version, one_at_a_time
from core.refusals import AlreadyDone, BadInput, WrongState
from departments.dictionaries import COMPETENT, categories_in_use, category_values
from departments.models import Category, Competence, User
from departments.record import record

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_CODE, LONGEST_NAME, LAST_ORDER = 30, 40, 32767


def _check(*, name: str, functions: Sequence[str], order: int, besides: int) -> dict[str, Any]:
    """What cannot be right, as field → sentence; `besides` is the category itself."""
    faults: dict[str, Any] = {}
    if not name:
        faults["name"] = _("This may not be empty.")
    elif len(name) > LONGEST_NAME:
        faults["name"] = _("A name has at most 40 characters.")
    elif Category.objects.filter(name__iexact=name).exclude(pk=besides).exists():
        faults["name"] = _("There is a category of this name already.")
    if not functions:
        faults["functions"] = _("Somebody has to be competent: choose at least one.")
    elif set(functions) - set(COMPETENT):
        faults["functions"] = _("Only a department that investigates can be competent.")
    if not 0 <= order <= LAST_ORDER:
        faults["order"] = _("The position is a number from 0 to 32767.")
    return faults


@transaction.atomic
def add_category(
    *, code: str, name: str, source: str, functions: Sequence[str], fraud: bool, order: int, by: User,
    at: dt.datetime,
) -> Category:  # fmt: skip
    """A category new cases may choose at once. Its code stays for ever: the interface names it by it.

    fraud: a lead of it about a designated institution is told to the other departments (C10).

    :raises BadInput: a code or a name that is taken or malformed, nobody competent, no such position
    """
    one_at_a_time()
    code, name, source = code.strip().lower(), name.strip(), source.strip()
    faults = _check(name=name, functions=functions, order=order, besides=0)
    if not CODE.fullmatch(code) or len(code) > LONGEST_CODE:
        faults["code"] = _(
            "A code has up to 30 small letters, digits and single dashes, such as split-admission."
        )
    elif Category.objects.filter(code=code).exists():
        faults["code"] = _("There is a category of this code already.")
    if faults:
        raise BadInput.several(faults)
    category = Category.objects.create(code=code, name=name, source=source, fraud=fraud, order=order)
    _make_competent(category, set(functions))
    values = category_values(category)
    record("category.added", target=category, by=by, at=at, code=code, **values)
    return category


@transaction.atomic
def change_category(
    *,
    category: Category,
    version: int,
    name: str,
    source: str,
    functions: Sequence[str],
    fraud: bool,
    order: int,
    by: User,
    at: dt.datetime,
) -> Category:
    """Rename a category, move it in the lists, or say anew who is competent. Holds for what happens from now on.

    version: of its values as the form showed them (`core.dictionaries`).

    :raises Stale: somebody changed it meanwhile
    :raises BadInput: as `add_category`
    """
    category = _locked(category)
    old = category_values(category)
    check_version(version, old)
    name, source = name.strip(), source.strip()
    faults = _check(name=name, functions=functions, order=order, besides=category.pk)
    if faults:
        raise BadInput.several(faults)
    # a basis that only repeated the source goes along with it
    category.competences.filter(basis=category.source).update(basis=source)
    category.name, category.source, category.fraud, category.order = name, source, fraud, order
    category.save(update_fields=["name", "source", "fraud", "order"])
    category.competences.exclude(function__in=functions).delete()
    _make_competent(category, set(functions) - set(old["functions"]))
    new = category_values(Category.objects.get(pk=category.pk))
    changes = {field: [old[field], new[field]] for field in new if new[field] != old[field]}
    if changes:
        record("category.changed", target=category, by=by, at=at, code=category.code, name=name,
               field_changes=changes)  # fmt: skip
    return category


@transaction.atomic
def switch_category(*, category: Category, active: bool, by: User, at: dt.datetime) -> Category:
    """Take a category out of the choice for new cases, or offer it again. Cases that have it keep it.

    :raises AlreadyDone: it is so already
    :raises WrongState: it is the last one in force
    """
    category = _locked(category)
    if category.active == active:
        raise AlreadyDone(_("Somebody has already done this."))
    if not active and not Category.objects.filter(active=True).exclude(pk=category.pk).exists():
        raise WrongState(_("This is the last category in force: without one no case can be registered."))
    category.active = active
    category.save(update_fields=["active"])
    verb = "category.switched_on" if active else "category.switched_off"
    record(verb, target=category, by=by, at=at, code=category.code, name=category.name)
    return category


@transaction.atomic
def remove_category(*, category: Category, by: User, at: dt.datetime) -> None:
    """Remove a category entered by mistake. What it said stays in the record.

    :raises WrongState: a case refers to it, or it is the last one in force
    """
    category = _locked(category)
    if categories_in_use([category]):
        raise WrongState(_("Cases refer to this category: it can only be switched off."))
    if not Category.objects.filter(active=True).exclude(pk=category.pk).exists():
        raise WrongState(_("This is the last category in force: without one no case can be registered."))
    record("category.removed", target=category, by=by, at=at, code=category.code, **category_values(category))
    category.delete()


def _locked(category: Category) -> Category:
    """:raises WrongState: somebody removed it"""
    one_at_a_time()
    found = Category.objects.select_for_update().filter(pk=category.pk).first()
    if found is None:
        raise WrongState(_("Somebody has removed this category."))
    return found


def _make_competent(category: Category, functions: set[str]) -> None:
    Competence.objects.bulk_create(
        Competence(category=category, function=function, basis=category.source)
        for function in sorted(functions)
    )
