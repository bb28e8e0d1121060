"""What comes back from a data comparison: receipt, result, leads, and the end of the list."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from cases.actions.registration import register_case
from cases.actions.subjects import add_subject, find_person
from cases.enums import Source, SubjectKind
from cases.models import Case
from core.dates import local_date, start_of
from core.refusals import BadInput, FourEyes, WrongState
from core.sealing import blind_index, seal
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import meet_clock, open_clock, start_clock
from departments.models import Category, User
from documents.actions import issue_document
from journal.actions import record
from referrals import contexts_comparison, notices_comparison
from referrals.actions.comparisons import KEEP, destroy_list
from referrals.actions.list_supervision import lapse_list_supervision
from referrals.actions.papers import needed
from referrals.actions.proof import store_proof
from referrals.enums import ComparisonKind, ComparisonStatus
from referrals.models import Comparison, ComparisonRow
from referrals.people_list import FINDING, NUMBER, Hit, encrypted, opened


@transaction.atomic
def receive_comparison(
    *, comparison: Comparison, delivered_on: dt.date | None = None, upload: Any = None, by: User, at: dt.datetime
) -> Comparison:
    """签收 by the receiver's registrar; for a body without an account the sender's, with its proof of delivery.

    A list sent without being asked brings its result along and is answered with its receipt.

    :raises BadInput: served on paper without a day or a proof
    :raises WrongState, MovedOn: it was signed for already
    """
    received_at, proof, kept = at, {}, {}
    if not comparison.receiver.has_account:
        sent_at = comparison.sent_at or at
        if delivered_on is None or not local_date(sent_at) <= delivered_on <= local_date(at):
            raise BadInput(
                _("The letter was delivered between the day it was sent and today."), field="delivered_on"
            )
        if upload is None:
            raise BadInput(_("Add the scan of the proof of delivery."), field="upload")
        received_at = max(sent_at, min(at, start_of(delivered_on) + dt.timedelta(hours=12)))
        name, proof["sha256"] = store_proof(upload)
        kept = {"proof": name, "proof_name": (upload.name or "")[:150], "proof_sha256": proof["sha256"]}
    if comparison.unasked:
        move(
            comparison, ComparisonStatus.ANSWERED, at=at, received_by=by, received_at=received_at,
            answered_by=by, answered_at=received_at, destroy_on=local_date(received_at) + KEEP, **kept,
        )  # fmt: skip
    else:
        move(comparison, ComparisonStatus.RECEIVED, at=at, received_by=by, received_at=received_at, **kept)
    _meet(comparison, "transfer_sign", done_at=received_at, by=by, at=at)
    if comparison.unasked:
        lapse_list_supervision(comparison, by=by, at=at, reason=for_the_record(gettext_noop("the list was signed for")))
    else:
        start_clock(
            code="comparison", target=comparison, department=comparison.receiver, started_at=received_at,
            to_department=comparison.sender, due_on=comparison.limit_on, by=by, at=at,
        )  # fmt: skip
    record("comparison.received", target=comparison, by=by, at=at, number=comparison.number,
           receiver=comparison.receiver.short_name, **proof)  # fmt: skip
    notices_comparison.received(comparison, at=at)
    return comparison


def _meet(
    comparison: Comparison, code: str, *, done_at: dt.datetime | None = None, by: User, at: dt.datetime
) -> None:
    """The clock that this ends: started when the letter went out or was signed for, so there is one."""
    deadline = open_clock(comparison, code)
    assert deadline is not None
    meet_clock(deadline=deadline, at=at, done_at=done_at, by=by)


@transaction.atomic
def prepare_result(
    *, comparison: Comparison, hits: Sequence[Hit], note: str = "", by: User, at: dt.datetime
) -> Comparison:
    """Write down whom the register knows; everybody else on the list is no hit. Somebody else then signs.

    :raises BadInput: a hit that is not on the list
    :raises WrongState, MovedOn: it is not being compared
    """
    move(
        comparison, ComparisonStatus.PREPARED, at=at, prepared_by=by, prepared_at=at, hits=len(hits),
        result_note=note.strip(), sent_back_reason="",
    )  # fmt: skip
    _write_hits(comparison, hits)
    record("comparison.prepared", target=comparison, by=by, at=at, hits=len(hits))
    notices_comparison.result_to_sign(comparison, at=at)
    return comparison


def _write_hits(comparison: Comparison, hits: Sequence[Hit]) -> None:
    rows = {row.id_index: row for row in comparison.rows.select_for_update()}
    found = {blind_index(hit.number, purpose=NUMBER): hit for hit in hits}
    strangers = sum(index not in rows for index in found)
    if strangers:
        raise BadInput(_("%(n)d of the hits are not on the list.") % {"n": strangers}, field="people")
    if len(found) != len(hits):
        raise BadInput(_("A person is named twice among the hits."), field="people")
    for index, row in rows.items():
        hit = found.get(index)
        row.hit = hit is not None
        row.finding_sealed = seal(hit.finding, purpose=FINDING) if hit is not None else None
    ComparisonRow.objects.bulk_update(rows.values(), ["hit", "finding_sealed"], batch_size=1000)


@transaction.atomic
def send_back_result(*, comparison: Comparison, reason: str, by: User, at: dt.datetime) -> Comparison:
    """The signer gives the result back to be compared again.

    :raises BadInput: no reason
    :raises WrongState, MovedOn: no result waits for a signature
    """
    reason = needed(reason)
    move(
        comparison, ComparisonStatus.RECEIVED, at=at, prepared_by=None, prepared_at=None, hits=None,
        sent_back_reason=reason,
    )  # fmt: skip
    record("comparison.result_sent_back", target=comparison, by=by, at=at, reason=reason)
    notices_comparison.received(comparison, at=at)
    return comparison


@transaction.atomic
def answer_comparison(*, comparison: Comparison, by: User, at: dt.datetime) -> Comparison:
    """Sign the result: the letter of answer names counts and no person; the list lives for thirty more days.

    :raises FourEyes: by the person who wrote the result down
    :raises WrongState, MovedOn: no result waits for a signature
    """
    if comparison.prepared_by_id == by.pk:
        raise FourEyes(_("You wrote this result down: somebody else has to sign it."))
    move(
        comparison, ComparisonStatus.ANSWERED, at=at, answered_by=by, answered_at=at,
        destroy_on=local_date(at) + KEEP,
    )  # fmt: skip
    _meet(comparison, "comparison", by=by, at=at)
    _answered(comparison, by=by, at=at)
    comparison.result_document = issue_document(
        kind="comparison_result", department=comparison.receiver, target=comparison, case=None,
        context=contexts_comparison.result(comparison, at=at), by=by, at=at,
    )  # fmt: skip
    comparison.save(update_fields=["result_document"])
    return comparison


def _answered(comparison: Comparison, *, by: User, at: dt.datetime) -> None:
    record("comparison.answered", target=comparison, by=by, at=at, number=comparison.number,
           receiver=comparison.receiver.short_name, total=comparison.total, hits=comparison.hits)  # fmt: skip
    notices_comparison.answered(comparison, at=at)
    reason = for_the_record(gettext_noop("the result has come"))
    lapse_list_supervision(comparison, by=by, at=at, reason=reason)


@transaction.atomic
def record_paper_result(
    *,
    comparison: Comparison,
    hits: Sequence[Hit],
    received_on: dt.date,
    note: str = "",
    number: str = "",
    upload: Any,
    by: User,
    at: dt.datetime,
) -> Comparison:
    """The answer of a body without an account, entered by the sender's registrar with the scan of its paper.

    number: that of their paper. received_on: the day it came in. By it alone it is judged whether the body was late, not
    by the day of entry.

    :raises BadInput: no scan, a hit that is not on the list, or a day before the list was served or in the future
    :raises WrongState, MovedOn: it is not being compared, or the receiver answers here itself
    """
    if comparison.receiver.has_account:
        raise WrongState(_("This department answers here itself."))
    if upload is None:
        raise BadInput(_("Add the scan of the answer."), field="upload")
    served_at = comparison.received_at or at
    if not local_date(served_at) <= received_on <= local_date(at):
        raise BadInput(_("The answer came between the day the list was served and today."), field="received_on")
    came_at = max(served_at, min(at, start_of(received_on) + dt.timedelta(hours=12)))
    scan, sha256 = store_proof(upload)
    move(
        comparison, ComparisonStatus.ANSWERED, at=at, answered_by=by, answered_at=came_at, prepared_by=by, prepared_at=at,
        hits=len(hits), result_note=note.strip(), scan=scan, scan_name=(upload.name or "")[:150], scan_sha256=sha256,
        paper_number=number.strip(), destroy_on=local_date(at) + KEEP,
    )  # fmt: skip
    _write_hits(comparison, hits)
    _meet(comparison, "comparison", done_at=came_at, by=by, at=at)
    _answered(comparison, by=by, at=at)
    return comparison


@transaction.atomic
def download_list(*, comparison: Comparison, passphrase: str, reason: str, by: User, at: dt.datetime) -> bytes:
    """The list as an archive encrypted under the downloader's own passphrase; every download is on the record.

    :raises BadInput: no reason, or a passphrase that is too short
    :raises WrongState: the list was destroyed
    """
    reason = needed(reason)
    if comparison.destroyed_at is not None:
        raise WrongState(_("The list was destroyed; its record stays."))
    content = encrypted(comparison, passphrase)
    record("comparison.downloaded", target=comparison, by=by, at=at, total=comparison.total, reason=reason)
    return content


@transaction.atomic
def open_leads(
    *, comparison: Comparison, rows: Iterable[ComparisonRow], category: Category, by: User, at: dt.datetime
) -> list[Case]:
    """One lead for each chosen hit, with the person as its subject and the finding as its facts.

    :raises BadInput: nobody chosen, somebody who is no hit or has a lead already
    :raises WrongState: there is no result yet, or the list was destroyed
    """
    if comparison.answered_at is None or comparison.destroyed_at is not None:
        raise WrongState(_("Leads are opened from a result whose list still exists."))
    chosen = list(comparison.rows.select_for_update().filter(pk__in=[row.pk for row in rows]).order_by("position"))
    if not chosen:
        raise BadInput(_("Choose at least one hit."), field="rows")
    if any(not row.hit or row.lead_id for row in chosen):
        raise BadInput(_("A lead is opened once, and only from a hit."), field="rows")
    cases = [_open_lead(comparison, row, category, by=by, at=at) for row in chosen]
    record("comparison.leads_opened", target=comparison, by=by, at=at, opened=len(cases),
           cases=[case.pk for case in cases])  # fmt: skip
    return cases


def _open_lead(comparison: Comparison, row: ComparisonRow, category: Category, *, by: User, at: dt.datetime) -> Case:
    name, number, finding = opened(row)
    region = by.department.region
    person = find_person(region, number) or add_subject(
        region=region, kind=SubjectKind.INSURED, name=name, id_number=number, by=by, at=at
    )
    case = register_case(
        source=Source.COMPARISON,
        source_number=comparison.number,
        subjects=[person],
        categories=[category],
        summary=for_the_record(
            gettext_noop("Data comparison %(number)s (%(kind)s): %(finding)s"), number=comparison.number,
            kind=ComparisonKind(comparison.kind).label, finding=finding or gettext_lazy("hit"),
        ),
        found_on=local_date(at),
        suspected=0,
        duplicates_known=True,
        by=by,
        at=at,
    )
    row.lead = case
    row.save(update_fields=["lead"])
    return case


@transaction.atomic
def close_comparison(*, comparison: Comparison, by: User, at: dt.datetime) -> Comparison:
    """The asker has what it needs: the matter is closed and the list destroyed at once.

    :raises WrongState, MovedOn: there is no result yet
    """
    move(comparison, ComparisonStatus.CLOSED, at=at, closed_by=by, closed_at=at)
    lapse_list_supervision(comparison, by=by, at=at, reason=for_the_record(gettext_noop("the comparison was closed")))
    record("comparison.closed", target=comparison, by=by, at=at, number=comparison.number)
    destroy_list(comparison=comparison, by=by, at=at)
    return comparison


@transaction.atomic
def note_paper_download(*, comparison: Comparison, name: str, sha256: str, by: User, at: dt.datetime) -> None:
    """Write down that somebody takes a copy of the proof or of the paper answer. The caller then sends the file."""
    record("comparison.paper_taken", target=comparison, by=by, at=at, name=name, sha256=sha256)
