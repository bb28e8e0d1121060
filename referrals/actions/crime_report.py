"""书面报告、负责人决定: the officers report with all attachments, the head decides within the limit (art. 5, 6)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Evidence
from core.dates import local_date
from core.refusals import BadInput, FourEyes
from core.states import move
from departments.enums import ReferralKind, Role
from departments.models import User
from referrals import crime_contexts
from referrals.actions.crime_common import advance, begin, issue, meet, start, write
from referrals.actions.drafting import Line, put_manifest
from referrals.crime_enums import AttachmentKind, CrimeStatus, StepKind
from referrals.enums import PaperStatus
from referrals.models import CrimeAttachment, CrimeItem, CriminalTransfer, Dispatch


@dataclass(frozen=True)
class Item:
    """A line of the list of items involved, as entered."""

    name: str
    quantity: str
    specification: str = ""
    pages: int | None = None
    source: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Attachments:
    """What goes along (art. 6). The letter is printed; the report cannot be left out; of the other three each is
    there or the reason is given why there is none (the regulation asks for them “where there are any”)."""

    report: Sequence[Evidence] = ()
    items: Sequence[Item] = ()
    no_items: str = ""
    expert: Sequence[Evidence] = ()
    no_expert: str = ""
    other: Sequence[Evidence] = ()
    no_other: str = ""


def missing_attachments(given: Attachments) -> list[tuple[str, str]]:
    """(field, sentence) for every attachment that is neither there nor declared to be none."""
    found = []
    if not given.report:
        found.append(("report_files", _("The investigation report is missing: the police cannot examine without it.")))
    if not given.items and not given.no_items.strip():
        found.append(("items", _("The list of items involved is missing: enter the items, or say why there are none.")))
    if not given.expert and not given.no_expert.strip():
        found.append(
            ("expert_files", _("A test report or expert conclusion is missing: choose it, or say why there is none."))
        )
    if not given.other and not given.no_other.strip():
        found.append(("other_files", _("Other material is missing: choose it, or say why there is none.")))
    return found


@transaction.atomic
def report_transfer(
    *, transfer: CriminalTransfer, report: str, attachments: Attachments, by: User, at: dt.datetime
) -> CriminalTransfer:
    """An officer reports in writing to the head, whose clock starts (3 days by default).

    :raises BadInput: no report, an attachment that is neither there nor declared, a file of another case
    :raises WrongState, WrongSide: not being verified; by somebody who is not one of the officers
    """
    begin(transfer, "report", by)
    if not report.strip():
        raise BadInput(_("This may not be empty."), field="report")
    for name, sentence in missing_attachments(attachments):
        raise BadInput(sentence, field=name)
    _keep(transfer, attachments)
    advance(transfer, CrimeStatus.REPORTED, at=at, report=report.strip(), reported_by=by)
    heads = User.objects.acting_for(transfer.department, Role.HEAD, on=local_date(at)).order_by("pk")
    start(transfer, "criminal_decision", person=heads.first(), by=by, at=at)
    write(transfer, StepKind.REPORTED, by=by, at=at)
    return transfer


def _keep(transfer: CriminalTransfer, given: Attachments) -> None:
    rows, seen = [], set()
    for kind, files, reason in (
        (AttachmentKind.REPORT, given.report, ""),
        (AttachmentKind.EXPERT, given.expert, given.no_expert),
        (AttachmentKind.OTHER, given.other, given.no_other),
    ):
        for piece in files:
            if piece.case_id != transfer.case_id or piece.voided_at is not None:
                raise BadInput(_("The manifest names a file that is not in this case."), field=f"{kind}_files")
            if piece.pk in seen:
                sentence = _("One file serves as one attachment: %s is named twice.") % piece.name
                raise BadInput(sentence, field=f"{kind}_files")
            seen.add(piece.pk)
            rows.append(CrimeAttachment(transfer=transfer, kind=kind, evidence=piece))
        if not files and reason.strip():
            rows.append(CrimeAttachment(transfer=transfer, kind=kind, none_reason=reason.strip()))
    if not given.items:
        rows.append(
            CrimeAttachment(transfer=transfer, kind=AttachmentKind.ITEMS, none_reason=given.no_items.strip())
        )
    CrimeAttachment.objects.bulk_create(rows)
    CrimeItem.objects.bulk_create(
        CrimeItem(transfer=transfer, position=position, **vars(item)) for position, item in enumerate(given.items, 1)
    )


@transaction.atomic
def decide_transfer(
    *, transfer: CriminalTransfer, approved: bool, reason: str, late_reason: str = "", by: User, at: dt.datetime
) -> CriminalTransfer:
    """The head (正职负责人或者主持工作的负责人) decides; either way the reasons stay on the record.

    Approved: the letter is signed by this decision and must be handed over within 24 hours of it. The approval
    form is issued either way.

    :raises BadInput: no reasons
    :raises FourEyes: the head proposed, verified or reported it
    :raises WrongState, WrongSide: not reported; by somebody else than the head
    """
    begin(transfer, "decide", by)
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    officers = set(transfer.officers.values_list("user_id", flat=True))
    if by.pk in officers | {transfer.proposed_by_id, transfer.reported_by_id}:
        raise FourEyes(_("Whoever proposed or verified a transfer does not decide on it."))
    meet(transfer, "criminal_decision", by=by, at=at, late_reason=late_reason)
    if approved:
        dispatch = _signed_letter(transfer, by=by, at=at)
        advance(transfer, CrimeStatus.APPROVED, at=at, decision=reason.strip(), dispatch=dispatch)
        start(transfer, "criminal_transfer", by=by, at=at)
    else:
        advance(transfer, CrimeStatus.DECLINED, at=at, decision=reason.strip())
    context = crime_contexts.approval(transfer, approved=approved, by=by, at=at)
    document = issue(transfer, "crime_approval", context, department=transfer.department, by=by, at=at)
    kind = StepKind.APPROVED if approved else StepKind.DECLINED
    write(transfer, kind, by=by, at=at, text=reason.strip(), document=document)
    return transfer


def _signed_letter(transfer: CriminalTransfer, *, by: User, at: dt.datetime) -> Dispatch:
    """The letter of transfer as an outgoing paper: drafted by the officer who reported, signed by the head."""
    reporter = transfer.reported_by
    assert reporter is not None  # a reported transfer was reported by somebody
    dispatch = Dispatch.objects.create(
        kind=ReferralKind.CRIMINAL, case=transfer.case, department=transfer.department,
        subject=crime_contexts.subject_line(transfer), facts=transfer.facts, amount=transfer.amount,
        drafted_by=reporter, drafted_at=transfer.steps.get(kind=StepKind.REPORTED).at, created_at=at, updated_at=at,
    )  # fmt: skip
    dispatch.receivers.set([transfer.police])
    files = transfer.attachments.filter(evidence__isnull=False).select_related("evidence")
    put_manifest(
        dispatch, [Line(evidence=row.evidence, remark=str(row.get_kind_display())) for row in files if row.evidence]
    )
    move(dispatch, PaperStatus.SUBMITTED, at=at, submitted_by=reporter, submitted_at=dispatch.drafted_at)
    move(dispatch, PaperStatus.APPROVED, at=at, approved_by=by, approved_at=at)
    return dispatch
