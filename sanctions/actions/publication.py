"""The register of publications: prepared by one, released by a second person, or not published for a reason."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Case, Subject
from core.dates import add_months, local_date
from core.refusals import AlreadyDone, BadInput, FourEyes, Stale, WrongState
from core.states import move
from departments.enums import LEADERS, Role
from departments.models import Department, User
from sanctions.actions.common import wrote
from sanctions.actions.credit_common import begin, lock, needed, note, past_day, stopped, tell
from sanctions.enums_credit import CLOCK_OF, Execution, InfoKind, PublicationStatus, Receipt
from sanctions.models import Publication
from sanctions.publication_masking import answering, public_name, reveals, shown_code
from sanctions.publication_sources import Source

S = PublicationStatus
TEXTS = ("words", "basis", "number", "opinion")
MOST_MONTHS = 1200  # of a term of publication


@transaction.atomic
def owe_publication(*, source: Source, at: dt.datetime) -> Publication:
    """Something was decided that the public is owed: a row to be prepared, with its clock from the day it was formed.

    :raises AlreadyDone: there is a publication of it
    """
    standing = Publication.objects.filter(source_kind=source.kind, source_id=source.pk, kind=source.info)
    if standing.exclude(status__in=(S.WITHDRAWN, S.DROPPED)).exists():
        raise AlreadyDone(_("There is a publication of this already."))
    row = _made(
        source.kind, source.pk, source.department, source.subject, source.info, source.case, source.formed_on, at,
        status=S.OWED, **source.fields,
    )  # fmt: skip
    begin(CLOCK_OF[InfoKind(row.kind)], row, since=row.formed_on, by=None, at=at)
    note("publication_owed", row, by=None, at=at, info=row.kind, formed_on=row.formed_on)
    tell(
        row,
        "to_publish",
        Role.HANDLER,
        *LEADERS,
        at=at,
        dedupe=f"publish:{row.pk}",
        info=row.kind,
        number=row.number,
    )
    return row


def _made(
    kind: str, pk: int | None, department: Department, subject: Subject, info: str, case: Case | None,
    formed_on: dt.date, at: dt.datetime, **more: Any,
) -> Publication:  # fmt: skip
    return Publication.objects.create(
        region_id=department.region_id, department=department, subject=subject, kind=info, case=case, source_kind=kind,
        source_id=pk, name=public_name(subject), code=shown_code(subject), formed_on=formed_on, created_at=at, updated_at=at,
        **more,
    )  # fmt: skip


def faults_of(
    *, subject: Subject, kind: str, words: str, basis: str, formed_on: dt.date | None, since: dt.date | None,
    until: dt.date | None, execution: str, opinion: str, at: dt.datetime, number: str = "",
) -> dict[str, Any]:  # fmt: skip
    """What keeps a publication from being prepared, as field → sentence."""
    faults: dict[str, Any] = {}
    others = answering(subject)
    if kind not in InfoKind.values:
        faults["kind"] = _("Choose one of those offered here.")
    if execution not in Execution.values:
        faults["execution"] = _("Choose one of those offered here.")
    for field, text in (("words", words), ("basis", basis), ("opinion", opinion), ("number", number)):
        if field in ("words", "basis") and not text.strip():
            faults[field] = _("Fill this in.")
        elif reveals(text, subject, others):
            faults[field] = _(
                "A person is named here, or an identity number written out. Mask it: it goes to the public."
            )
    if wrong := past_day(formed_on, at):
        faults["formed_on"] = wrong
    if until is not None and (since is None or until < since):
        faults["until"] = _("The last day lies before the first.")
    elif until is not None and until > add_months(local_date(at), MOST_MONTHS):
        faults["until"] = _("The last day lies too far ahead.")
    return faults


@transaction.atomic
def prepare_publication(
    *,
    department: Department,
    subject: Subject,
    kind: str,
    words: str,
    basis: str,
    number: str = "",
    formed_on: dt.date,
    since: dt.date | None = None,
    until: dt.date | None = None,
    execution: str = Execution.RUNNING,
    opinion: str = "",
    case: Case | None = None,
    by: User,
    at: dt.datetime,
) -> Publication:
    """Prepare information of one's department for the public; its clock runs from the day it was formed or changed.

    Name and code go out as `sanctions.publication_masking` shows them: a natural person never in full.

    :raises BadInput: see `faults_of`; a subject of another region (field `subject`)
    """
    if subject.region_id != department.region_id:
        raise BadInput(_("Choose a subject of this region."), field="subject")
    faults = faults_of(
        subject=subject, kind=kind, words=words, basis=basis, formed_on=formed_on, since=since, until=until,
        execution=execution, opinion=opinion, at=at, number=number,
    )  # fmt: skip
    if faults:
        raise BadInput.several(faults)
    row = _made(
        "", None, department, subject, kind, case, formed_on, at, status=S.PREPARED, words=words.strip(),
        basis=basis.strip(), number=number.strip(), since=since, until=until, execution=execution, opinion=opinion.strip(),
        prepared_by=by, prepared_at=at,
    )  # fmt: skip
    begin(CLOCK_OF[InfoKind(kind)], row, since=formed_on, by=by, at=at)
    note("publication_prepared", row, by=by, at=at, info=row.kind, formed_on=row.formed_on)
    tell(row, "publication_to_release", *LEADERS, at=at, but=by, info=row.kind)
    return row


@transaction.atomic
def edit_publication(
    *,
    row: Publication,
    version: int | None,
    words: str,
    basis: str,
    number: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
    execution: str = Execution.RUNNING,
    opinion: str = "",
    by: User,
    at: dt.datetime,
) -> Publication:
    """Fill in what is owed, or mend it; whoever writes last is who prepared it, and it waits for its release again.

    The day it was formed stays: the clock runs from it.

    :raises Stale: it was changed since
    :raises WrongState: it was released, or is not published
    :raises BadInput: see `faults_of`
    """
    lock(row)
    if version is not None and row.version != version:
        raise Stale
    faults = faults_of(
        subject=row.subject, kind=row.kind, words=words, basis=basis, formed_on=row.formed_on, since=since, until=until,
        execution=execution, opinion=opinion, at=at, number=number,
    )  # fmt: skip
    if faults:
        raise BadInput.several(faults)
    move(
        row, S.PREPARED, at=at, words=words.strip(), basis=basis.strip(), number=number.strip(), since=since, until=until,
        execution=execution, opinion=opinion.strip(), prepared_by=by, prepared_at=at, released_by=None, released_at=None,
        name=public_name(row.subject), code=shown_code(row.subject), reason="",
    )  # fmt: skip
    note("publication_prepared", row, by=by, at=at, info=row.kind, formed_on=row.formed_on)
    tell(row, "publication_to_release", *LEADERS, at=at, but=by, info=row.kind)
    return row


@transaction.atomic
def release_publication(*, row: Publication, by: User, at: dt.datetime) -> Publication:
    """A second person lets it go to the platform. It is not published by this: the file is made and sent by people.

    :raises FourEyes: by who prepared it
    :raises WrongState, MovedOn: it is not prepared
    """
    lock(row)
    wrote_in = row.prepared_by_id == by.pk or wrote(by, row, "publication_prepared")
    if row.status in (S.PREPARED, S.REJECTED) and wrote_in:
        raise FourEyes(_("You prepared this publication: another person has to release it."))
    move(row, S.RELEASED, at=at, released_by=by, released_at=at)
    note("publication_released", row, by=by, at=at, info=row.kind)
    from_platform = Department.objects.of(row.department.region, "reform").first() or row.department
    tell(
        row,
        "publication_to_send",
        Role.HANDLER,
        Role.REGISTRAR,
        at=at,
        department=from_platform,
        info=row.kind,
    )
    return row


@transaction.atomic
def send_back_publication(*, row: Publication, reason: str, by: User, at: dt.datetime) -> Publication:
    """Back to who prepared it, with a reason.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: it is not prepared
    """
    reason = needed(reason)
    lock(row)
    move(row, S.RETURNED, at=at, reason=reason)
    note("publication_returned", row, by=by, at=at, info=row.kind, reason=reason)
    tell(row, "publication_mended", Role.HANDLER, at=at, tone="r", info=row.kind, reason=reason)
    return row


@transaction.atomic
def drop_publication(*, row: Publication, reason: str, by: User | None, at: dt.datetime) -> Publication:
    """It is not published: not for the public, or what it says has fallen before. Its clock ends with the reason.

    by: None for the job, that saw its ground fall: it is owed again when that stands again.

    :raises BadInput: no reason
    :raises WrongState: it is published, withdrawn or dropped already
    """
    reason = needed(reason)
    lock(row)
    if row.status in (S.PUBLISHED, S.WITHDRAWING):
        raise WrongState(_("It is published: withdraw it instead."))
    if row.lines.filter(receipt=Receipt.WAITING).exists():
        raise WrongState(_("It went out in a file: enter first what the platform answered."))
    move(row, S.DROPPED, at=at, reason=reason, dropped_by=by, dropped_at=None if by is None else at)
    stopped(CLOCK_OF[InfoKind(row.kind)], row, reason=reason, by=by, at=at)
    note("publication_dropped", row, by=by, at=at, info=row.kind, reason=reason)
    return row
