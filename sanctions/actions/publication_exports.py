"""The file for the credit platform, and what the platform answered to each of its rows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.dates import EARLIEST, local_date
from core.dictionaries import check_version, one_at_a_time
from core.refusals import BadInput, WrongState
from core.states import move
from departments.enums import LEADERS, Role
from departments.models import Region, User
from documents import storage
from journal.actions import record
from sanctions.actions.credit_common import lock, met, note, tell
from sanctions.enums_credit import CLOCK_OF, FileFormat, InfoKind, PublicationStatus, Receipt
from sanctions.models import ExportLine, Publication, PublicationExport, PublicationMapping
from sanctions.publication_files import SUFFIX, made, read_columns, written_columns
from sanctions.publication_sources import no_longer_standing

S = PublicationStatus
MOST = 2000  # rows of a file


def mapping_of(region: Region) -> PublicationMapping:
    """The region's mapping, else the shipped one."""
    return PublicationMapping.objects.of(region)[0]


def values_of(mapping: PublicationMapping) -> dict[str, Any]:
    """What may be edited of a mapping, as the page shows it."""
    return {"columns": written_columns(mapping.columns)}


@transaction.atomic
def change_mapping(
    *, region: Region, version: int, columns: str, by: User, at: dt.datetime
) -> PublicationMapping:
    """Say anew which column takes which field; for files made from now on.

    :raises Stale: somebody changed it meanwhile
    :raises BadInput: see `publication_files.read_columns`
    """
    one_at_a_time()
    mapping = mapping_of(region)
    check_version(version, values_of(mapping))
    read = read_columns(columns)
    if read == [list(each) for each in mapping.columns]:
        return mapping
    if mapping.region_id is None:  # the shipped one stays as it is, for the other counties
        mapping = PublicationMapping(region=region, created_at=at)
    else:
        mapping.version += 1
    mapping.columns, mapping.updated_at = read, at
    mapping.save()
    record("sanction.mapping_changed", target=mapping, by=by, at=at, count=len(read))
    return mapping


@transaction.atomic
def export_publications(
    *, rows: Iterable[Publication], form: str, by: User, at: dt.datetime
) -> PublicationExport:
    """Make the file of released publications for the platform; it is kept as it went out.

    Making it publishes nothing: a row is published once the platform's receipt is entered.

    :raises BadInput: no row, too many, or a format there is not (by field)
    :raises WrongState: a row is not released, waits for its receipt from an earlier file, or its ground has fallen since
    """
    chosen = sorted({row.pk for row in rows})
    if form not in FileFormat.values:
        raise BadInput(_("Choose one of those offered here."), field="form")
    if not chosen:
        raise BadInput(_("Choose at least one released publication."), field="rows")
    if len(chosen) > MOST:
        raise BadInput(_("A file holds at most %(n)d rows.") % {"n": MOST}, field="rows")
    assert by.department is not None and by.region is not None
    locked = list(
        Publication.objects.select_for_update(of=("self",)).filter(pk__in=chosen, region=by.region).order_by("pk")
        .select_related("subject", "department")
    )  # fmt: skip
    if len(locked) != len(chosen) or any(row.status != S.RELEASED for row in locked):
        raise WrongState(_("Only released publications go into a file. Open the list again and choose anew."))
    if ExportLine.objects.filter(publication__in=chosen, receipt=Receipt.WAITING).exists():
        raise WrongState(
            _("One of them is in a file already that waits for the platform. Enter that receipt first.")
        )
    if over := list(no_longer_standing(Publication.objects.filter(pk__in=chosen)).order_by("pk")):
        names = "、".join(f"{row.name} {row.number}".strip() for row in over[:5])
        raise WrongState(_("What it says does not stand any more: %(names)s. Leave it out.") % {"names": names})
    mapping = mapping_of(by.region)
    kind = FileFormat(form)
    name, digest = storage.keep(made(locked, mapping.columns, kind), SUFFIX[kind])
    export = PublicationExport.objects.create(
        region=by.region, department=by.department, format=kind, columns=mapping.columns, rows=len(locked), file=name,
        sha256=digest, by=by, at=at,
    )  # fmt: skip
    ExportLine.objects.bulk_create(
        ExportLine(export=export, publication=row, position=place) for place, row in enumerate(locked, 1)
    )
    note("publications_exported", export, by=by, at=at, count=len(locked), sha256=digest)
    return export


@transaction.atomic
def note_file_taken(*, export: PublicationExport, by: User, at: dt.datetime) -> None:
    """Write that somebody took the file away."""
    note("publications_taken", export, by=by, at=at, sha256=export.sha256)


@dataclass(frozen=True)
class Said:
    """What the platform said to the row at `position`."""

    position: int
    accepted: bool
    number: str = ""
    on: dt.date | None = None
    message: str = ""


@transaction.atomic
def record_receipts(
    *, export: PublicationExport, said: Sequence[Said], by: User, at: dt.datetime
) -> PublicationExport:
    """Enter what the platform said: an accepted row is published on that day, a rejected one goes back to be mended.

    All of it or nothing. A row answered before is left out of the page and refused here.

    :raises BadInput: nothing, a row the file does not have or that is answered, accepted without a day or one in the
        future, rejected without a message (the sentences name the row)
    """
    locked = PublicationExport.objects.select_for_update(of=("self",)).get(pk=export.pk)
    lines = {
        line.position: line
        for line in locked.lines.select_related("publication__department").order_by("position")
    }
    wrong = [fault for each in said if (fault := _fault(each, lines, at))]
    if len({each.position for each in said}) != len(said):
        wrong.append(_("A row is answered twice."))
    if not said:
        wrong.append(_("Enter what the platform said to at least one row."))
    if wrong:
        raise BadInput(" ".join(wrong[:10]), field="receipts", cells=wrong)
    for each in said:
        _take(lines[each.position], each, by, at)
    accepted = sum(each.accepted for each in said)
    note("receipts_entered", locked, by=by, at=at, accepted=accepted, rejected=len(said) - accepted)
    return locked


def _fault(said: Said, lines: dict[int, ExportLine], at: dt.datetime) -> str:
    line = lines.get(said.position)
    if line is None:
        return _("Row %(n)d: the file has no such row.") % {"n": said.position}
    if line.receipt != Receipt.WAITING:
        return _("Row %(n)d: its receipt is entered already.") % {"n": said.position}
    if said.on is None or not EARLIEST <= said.on <= local_date(at):
        return _("Row %(n)d: enter the day the platform said it, not one in the future.") % {
            "n": said.position
        }
    if said.on < local_date(line.publication.released_at or at):
        return _("Row %(n)d: the day lies before its release.") % {"n": said.position}
    if not said.accepted and not said.message.strip():
        return _("Row %(n)d: enter why it was rejected.") % {"n": said.position}
    return ""


def _take(line: ExportLine, said: Said, by: User, at: dt.datetime) -> None:
    line.receipt = Receipt.ACCEPTED if said.accepted else Receipt.REJECTED
    line.number, line.message, line.said_on = said.number.strip()[:60], said.message.strip()[:300], said.on
    line.by, line.at = by, at
    line.save(update_fields=["receipt", "number", "message", "said_on", "by", "at"])
    row = line.publication
    lock(row)
    assert said.on is not None
    if said.accepted:
        move(row, S.PUBLISHED, at=at, published_on=said.on, receipt=line.number)
        met(CLOCK_OF[InfoKind(row.kind)], row, done_on=said.on, by=by, at=at)
        note("published", row, by=by, at=at, info=row.kind, on=said.on, number=line.number)
    else:
        move(row, S.REJECTED, at=at, reason=line.message)
        note("publication_rejected", row, by=by, at=at, info=row.kind, reason=line.message)
        tell(
            row,
            "publication_mended",
            Role.HANDLER,
            *LEADERS,
            at=at,
            tone="r",
            info=row.kind,
            reason=line.message,
        )
