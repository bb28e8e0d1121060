"""What this room hears of cases: a strand was decided, taken up again on review or by a court, or ended."""

import datetime as dt

from django.utils.translation import gettext_noop

from cases.models import Strand
from core.wording import for_the_record
from departments.models import User
from sanctions.actions.common import decided
from sanctions.actions.standing import REVIEWED, fall_with_decision, rest_anew, suspend_with_decision
from sanctions.enums import STANDING
from sanctions.models import Sanction

FALLEN = gettext_noop("The decision it rested on does not stand after the review.")


def strand_moved(*, strand: Strand, by: User, at: dt.datetime) -> None:
    """Taken up again: what rests on the decision does not count for the time being. Decided anew: it stands again or
    falls; ended without a decision: it falls."""
    found = Sanction.objects.filter(strand=strand, status__in=STANDING)
    for sanction in found.select_related("case", "subject", "authority", "region").order_by("pk"):
        if decided(strand):
            rest_anew(sanction, number=strand.decision_number, by=by, at=at)
        elif strand.over or strand.status == "decided":
            why = for_the_record(FALLEN)
            fall_with_decision(sanction=sanction, reason=why, number=strand.decision_number, by=by, at=at)
        elif sanction.suspended_at is None:
            suspend_with_decision(sanction=sanction, reason=for_the_record(REVIEWED), by=by, at=at)
