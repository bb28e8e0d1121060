"""The job: what is owed to the public gets its row and clock, what has fallen is to be withdrawn. It publishes nothing."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_noop

from core.refusals import Refused
from core.wording import for_the_record
from sanctions.actions.publication import drop_publication, owe_publication
from sanctions.actions.publication_withdrawal import start_withdrawal
from sanctions.enums_credit import PublicationStatus, Receipt
from sanctions.models import Publication
from sanctions.publication_sources import Source, fallen, no_longer_standing, owed

S = PublicationStatus
FELL = gettext_noop("What it says does not stand any more.")
LIVE = (S.OWED, S.PREPARED, S.RETURNED, S.RELEASED, S.REJECTED, S.PUBLISHED)


def see_to_publications(*, at: dt.datetime) -> int:
    """Run by the clerk; may run twice or late. How many rows were made, dropped or begun to be withdrawn."""
    done = 0
    rows = no_longer_standing(Publication.objects.filter(status__in=LIVE, source_id__isnull=False))
    rows = rows.select_related("department__region", "subject")
    for row in rows.order_by("pk"):
        done += _fall(row, at)
    return done + sum(_owe(source, at) for source in list(owed()))  # after what fell: decided anew it is owed anew


def _owe(source: Source, at: dt.datetime) -> bool:
    try:
        owe_publication(source=source, at=at)
    except Refused:  # another run was first
        return False
    return True


@transaction.atomic
def _fall(row: Publication, at: dt.datetime) -> bool:
    what = fallen(row, at)
    if (
        what is None or row.lines.filter(receipt=Receipt.WAITING).exists()
    ):  # with the platform: its answer comes first
        return False
    try:
        if row.status == S.PUBLISHED:
            start_withdrawal(row=row, cause=what.cause, cause_on=what.on, reason=what.reason, by=None, at=at)
        else:
            drop_publication(row=row, reason=for_the_record(FELL), by=None, at=at)
    except Refused:  # somebody did it meanwhile
        return False
    return True
