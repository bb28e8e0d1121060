"""Changing the particulars of a case, against the version the form was opened on."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions.locking import check_open, lock_case
from cases.dictionaries import check_in_force
from cases.models import Case
from core import registry
from core.dates import EARLIEST, local_date
from core.pinyin import initials
from core.refusals import BadInput, Stale
from departments.models import Category, User
from journal.actions import record

EDITABLE = ("title", "source", "source_number", "summary", "period_from", "period_to", "found_on", "major")


@transaction.atomic
def edit_case(
    *,
    case: Case,
    version: int,
    categories: Iterable[Category] | None = None,
    by: User,
    at: dt.datetime,
    **fields: Any,
) -> Case:
    """Change what is said of a case (`EDITABLE` and its categories); the record names the fields, not the words.

    :raises Stale: somebody changed the case since the form was opened
    :raises BadInput: an empty name or facts, a period that ends before it begins, a date in the future,
        a category that is switched off
    :raises WrongState: the case is closed
    """
    unknown = fields.keys() - set(EDITABLE)
    if unknown:
        raise TypeError(f"not editable: {sorted(unknown)}")
    lock_case(case)
    check_open(case)
    if case.version != version:
        raise Stale
    changed = {name: value for name, value in fields.items() if getattr(case, name) != value}
    new = {**{name: getattr(case, name) for name in EDITABLE}, **changed}
    for name in ("title", "summary"):
        if not new[name].strip():
            raise BadInput(_("This may not be empty."), field=name)
    if new["period_from"] and new["period_to"] and new["period_from"] > new["period_to"]:
        raise BadInput(_("The period ends before it begins."), field="period_to")
    today = local_date(at)
    if (new["period_from"] or new["period_to"] or today) > today:
        raise BadInput(_("The period begins in the future."), field="period_from")
    if new["found_on"] > today:
        raise BadInput(_("The date lies in the future."), field="found_on")
    if new["found_on"] < EARLIEST:
        raise BadInput(_("The date lies before the year 2000."), field="found_on")
    names = sorted(changed)
    if categories is not None:
        chosen = list(categories)
        wanted, held = {category.pk for category in chosen}, set(case.categories.values_list("pk", flat=True))
        if not wanted:
            raise BadInput(_("Choose at least one category."), field="categories")
        check_in_force(chosen, kept=held)
        if wanted != held:
            case.categories.set(wanted)
            names.append("categories")
    if not names:
        return case
    for name, value in changed.items():
        setattr(case, name, value)
    case.pinyin = initials(case.title, 120)
    case.updated_at, case.version = at, case.version + 1
    case.save(update_fields=[*changed, "pinyin", "updated_at", "version"])
    record("case.edited", target=case, case=case, by=by, at=at, fields=names)
    if "categories" in names:
        for told in registry.case_listeners:
            told(case=case, by=by, at=at)
    return case
