"""The measure catalogue, kept by the county: a measure is added or changed, switched off, never removed."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.enums import SubjectKind
from core.dictionaries import check_version, one_at_a_time
from core.refusals import BadInput
from departments.models import User
from departments.seeds import SIX
from journal.actions import record
from sanctions.enums import Effect, TermUnit
from sanctions.models import Measure
from sanctions.terms import LONGEST

FIELDS = (
    "function", "kinds", "name", "source", "basis", "amount", "unit", "proof", "own_hearing", "effect", "active", "order",
)  # fmt: skip
LENGTHS = {"name": 60, "source": 120, "basis": 300, "proof": 120}


def values_of(measure: Measure) -> dict[str, Any]:
    return {name: getattr(measure, name) for name in FIELDS}


def _checked(given: dict[str, Any]) -> dict[str, Any]:
    """:raises BadInput: nothing that could be a measure"""
    kept: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in given.items()
    }
    faults: dict[str, str] = {}
    for name in ("name", "basis", "proof"):
        if not kept[name]:
            faults[name] = _("Fill this in.")
    for name, most in LENGTHS.items():
        if len(kept[name]) > most:
            faults[name] = _("At most %(most)d characters.") % {"most": most}
    if kept["function"] not in {str(each) for each in SIX}:
        faults["function"] = _("Choose one of the six departments.")
    if not kept["kinds"] or not set(kept["kinds"]) <= set(SubjectKind.values):
        faults["kinds"] = _("Say against whom: choose at least one.")
    if (kept["amount"] is None) != (not kept["unit"]):
        faults["amount"] = _("A term has an amount and a unit.")
    elif kept["unit"] and not 1 <= kept["amount"] <= LONGEST[TermUnit(kept["unit"])]:
        faults["amount"] = _("There is no such term.")
    if kept["effect"] in (Effect.BAR, Effect.PERMANENT) and kept["amount"] is not None:
        faults["amount"] = _("This measure has no term of its own: what follows from it is computed.")
    if kept["effect"] in (Effect.PERSON_BAR, Effect.BLACK, Effect.SERIOUS) and kept["amount"] is None:
        faults.setdefault("amount", _("Say how long: what follows from it has to end."))
    if faults:
        raise BadInput.several(faults)
    kept["kinds"] = [str(kind) for kind in SubjectKind if kind in kept["kinds"]]
    return kept


@transaction.atomic
def add_measure_to_catalogue(*, code: str, by: User, at: dt.datetime, **given: Any) -> Measure:
    """A measure of the county's own. given: every one of `FIELDS`.

    :raises BadInput: a code that stands already (field `code`), or nothing that could be a measure
    """
    one_at_a_time()
    kept = _checked(given)
    if not code or Measure.objects.filter(code=code).exists():
        raise BadInput(_("This code is taken."), field="code")
    measure = Measure.objects.create(code=code, **kept)
    record("sanction.catalogue_added", target=measure, by=by, at=at, measure=measure.name)
    return measure


@transaction.atomic
def change_measure_in_catalogue(
    *, measure: Measure, version: int, by: User, at: dt.datetime, **given: Any
) -> Measure:
    """Change a measure; what was taken by it stays as it was decided.

    :raises Stale: somebody changed it since
    :raises BadInput: nothing that could be a measure
    """
    one_at_a_time()
    measure.refresh_from_db()
    check_version(version, values_of(measure))
    kept = _checked(given)
    changed = [name for name in FIELDS if getattr(measure, name) != kept[name]]
    for name in changed:
        setattr(measure, name, kept[name])
    if changed:
        measure.save(update_fields=changed)
        record(
            "sanction.catalogue_changed",
            target=measure,
            by=by,
            at=at,
            measure=measure.name,
            measure_fields=changed,
        )
    return measure
