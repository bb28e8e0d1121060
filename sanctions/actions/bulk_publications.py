"""The job: what is owed to the public gets its row and clock, what has fallen is to be withdrawn. It publishes nothing."""

import datetime as dt
import logging
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext_noop

from core.dates import local_date, start_of
from core.refusals import AlreadyDone, Refused
from core.wording import for_the_record
from departments.models import Region
from journal.actions import record
from sanctions.actions.publication import drop_publication, owe_publication
from sanctions.actions.publication_withdrawal import start_withdrawal
from sanctions.enums_credit import PublicationStatus, Receipt
from sanctions.models import Publication, PublicationStart
from sanctions.publication_sources import STANDING, Source, fallen, no_longer_standing, source_of, unpublished

log = logging.getLogger(__name__)

S = PublicationStatus
FELL = gettext_noop("What it says does not stand any more.")
LIVE = (S.OWED, S.PREPARED, S.RETURNED, S.RELEASED, S.REJECTED, S.PUBLISHED)
BATCH = 500  # of each kind in a run; the next run goes on


def see_to_publications(*, at: dt.datetime) -> int:
    """Run by the clerk; may run twice or late. How many rows were made, dropped or begun to be withdrawn.

    A row that cannot be seen to is logged and tried again at the next run; it holds up no other.
    """
    for region in Region.objects.filter(publication_start=None).order_by("pk"):
        begin_publications(region=region, since=at)
    rows = no_longer_standing(Publication.objects.filter(status__in=LIVE, source_id__isnull=False))
    rows = rows.exclude(lines__receipt=Receipt.WAITING).select_related("department__region", "subject")
    done = sum(_seen_to(_fall, row, at) for row in list(rows.order_by("pk")[:BATCH]))
    for kind in STANDING:  # after what fell: decided anew it is owed anew
        done += sum(_seen_to(_owe_thing, (kind, thing), at) for thing in list(unpublished(kind)[:BATCH]))
    return done


@transaction.atomic
def begin_publications(*, region: Region, since: dt.datetime) -> PublicationStart:
    """From that day on penalties of this region are owed to the public here; what was decided before was published by the
    ways of before. The first call counts, and is on the record."""
    day = local_date(since)
    begun, first = PublicationStart.objects.get_or_create(region=region, defaults={"since": start_of(day)})
    if first:
        where = SimpleNamespace(pk=None, owner_id=None, region_id=region.pk)
        record("sanction.publications_begun", target=region, by=None, at=since, case=where, on=day)
    return begun


def _seen_to(see: Callable[[Any, dt.datetime], bool], thing: Any, at: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            return see(thing, at)
    except (OperationalError, InterfaceError):  # the database is away: the clerk waits for it
        raise
    except Exception:
        log.exception("publications: %r was passed over", thing)
        return False


def _owe_thing(thing: tuple[str, Any], at: dt.datetime) -> bool:
    source = source_of(*thing)
    return source is not None and _owe(source, at)


def _owe(source: Source, at: dt.datetime) -> bool:
    try:
        owe_publication(source=source, at=at)
    except AlreadyDone:  # another run was first
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
