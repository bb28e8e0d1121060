"""Noting when the house itself was not usable, and taking that back. Figures leave it out; no clock is moved (ADR 0073)."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.dates import EARLIEST, start_of
from core.refusals import BadInput, WrongState
from core.wording import clock, day
from deadlines.models import Outage
from departments.models import Region, User
from journal.actions import record

LONGEST = dt.timedelta(days=30)


@transaction.atomic
def note_outage(
    *, begins_at: dt.datetime, ends_at: dt.datetime, region: Region | None, what: str, by: User, at: dt.datetime
) -> Outage:
    """Write down that the house was not usable from `begins_at` until `ends_at`, in one region or (None) anywhere.

    The caller asked `deadlines.rules.notes_outages`.

    :raises BadInput: it ends before it begins, in the future, after more than 30 days, or overlaps one that stands (fields
        `begins_at`, `ends_at`); nothing said of what happened (field `what`)
    """
    faults = {}
    if begins_at < start_of(EARLIEST):
        faults["begins_at"] = _("This lies before the house's time.")
    if ends_at <= begins_at:
        faults["ends_at"] = _("The end must be later than the beginning.")
    elif ends_at > at:
        faults["ends_at"] = _("Note an outage when it is over: this lies in the future.")
    elif ends_at - begins_at > LONGEST:
        faults["ends_at"] = _("At most 30 days at a time.")
    what = what.strip()
    if not what:
        faults["what"] = _("Say what happened.")
    if faults:
        raise BadInput.several(faults)
    try:
        with transaction.atomic():
            made = Outage.objects.create(
                region=region, begins_at=begins_at, ends_at=ends_at, what=what, noted_by=by, noted_at=at
            )
    except IntegrityError:  # the database keeps them apart
        raise BadInput(
            _("An outage of this county or of the whole installation stands for some of this time. Take that back first."),
            field="begins_at",
        ) from None
    record("outage.noted", target=made, by=by, at=at, region=made.region_id, what=what, **_span(made))
    return made


@transaction.atomic
def take_back_outage(*, outage: Outage, reason: str, by: User, at: dt.datetime) -> Outage:
    """It was noted by mistake: it stays to be read, and no figure leaves anything out for it.

    The caller asked `deadlines.rules.can_take_back_outage`.

    :raises BadInput: no reason (field `reason`)
    :raises WrongState: somebody was first
    """
    reason = reason.strip()
    if not reason:
        raise BadInput(_("Say why."), field="reason")
    now = Outage.objects.select_for_update().get(pk=outage.pk)
    if now.taken_back_at is not None:
        raise WrongState(_("This outage was taken back already."))
    now.taken_back_by, now.taken_back_at, now.taken_back_reason = by, at, reason
    now.save(update_fields=["taken_back_by", "taken_back_at", "taken_back_reason"])
    record("outage.taken_back", target=now, by=by, at=at, reason=reason, **_span(now))
    return now


def _span(outage: Outage) -> dict[str, str]:
    """Local days and times, as the record says them."""
    both = {"begins": outage.begins_at, "ends": outage.ends_at}
    return {name: f"{day(instant)} {clock(instant)}" for name, instant in both.items()}
