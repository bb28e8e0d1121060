"""A sanction is proposed on the ground of a decision or a judgment, reviewed by another person, or given up."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import check_open, lock_case
from cases.models import Case, Strand, Subject
from core.dates import EARLIEST, local_date
from core.refusals import BadInput, FourEyes, Stale, WrongState
from core.states import move
from departments.enums import LEADERS, Function
from departments.models import Department, User
from documents.actions import issue_document
from documents.models import IssuedDocument
from sanctions import contexts, notices
from sanctions.actions.common import decided, drop_clocks, lock_sanction, needed
from sanctions.enums import LIVE, PENDING, Effect, Ground, SanctionStatus
from sanctions.masking import public_name
from sanctions.models import Measure, Sanction

CRITERIA = ("major_loss", "endangers_safety", "especially_serious", "especially_bad")
FIELDS = (
    "ground", "strand", "document", "decision_number", "decision_authority", "decided_on", "effective_on", "convicting",
    "facts", "basis", *CRITERIA, "criteria_reason",
)  # fmt: skip


def authority_of(case: Case) -> Department:
    """The department that determines: the county's medical-insurance department.

    :raises BadInput: the county has none
    """
    found = Department.objects.active().filter(region=case.region, function=Function.INSURANCE).first()
    if found is None:
        raise BadInput(_("The county has no medical-insurance department that could determine this."))
    return found


def _checked(
    case: Case, subject: Subject, given: dict[str, Any], measures: list[Measure], today: dt.date
) -> dict[str, Any]:
    """What was entered, as it is kept.

    :raises BadInput: every sentence beside its field
    """
    faults: dict[str, str] = {}
    kept = {name: given[name] for name in FIELDS}
    for name in ("decision_number", "decision_authority", "facts", "basis", "criteria_reason"):
        kept[name] = kept[name].replace("\r\n", "\n").strip()
    if kept["ground"] == Ground.DECISION:
        faults |= _of_decision(case, kept)
    else:
        faults |= _of_judgment(kept, today)
    for name in ("decision_number", "decision_authority", "facts", "basis"):
        if not kept[name]:
            faults.setdefault(name, _("Fill this in."))
    if not EARLIEST <= kept["decided_on"] <= today:
        faults["decided_on"] = _(
            "A sanction rests on a decision that was taken: this day lies ahead, or too far back."
        )
    document = kept["document"]
    if document is not None and (document.case_id != case.pk or document.voided_at is not None):
        faults["document"] = _("Choose a paper of this case.")
    ticked = [name for name in CRITERIA if kept[name]]
    if ticked and not kept["criteria_reason"]:
        faults["criteria_reason"] = _("Say why these criteria are met.")
    if wrong := _of_measures(subject, kept, measures):
        faults["measures"] = wrong
    if faults:
        raise BadInput.several(faults)
    return kept


def _of_decision(case: Case, kept: dict[str, Any]) -> dict[str, str]:
    strand: Strand | None = kept["strand"]
    kept |= {"effective_on": None, "convicting": False}
    if strand is None or strand.case_id != case.pk or not decided(strand):
        return {
            "strand": _("A sanction rests on a decision: choose a department that has decided in this case.")
        }
    kept["decision_number"] = strand.decision_number or kept["decision_number"]
    kept["decision_authority"] = strand.department.name
    return {}


def _of_judgment(kept: dict[str, Any], today: dt.date) -> dict[str, str]:
    kept["strand"] = None
    effective = kept["effective_on"]
    if effective is None:
        return {"effective_on": _("Only an effective judgment counts: say since when it is.")}
    if effective > today or effective < kept["decided_on"]:
        return {
            "effective_on": _("A judgment takes effect after it was given, and only an effective one counts.")
        }
    return {}


def _of_measures(subject: Subject, kept: dict[str, Any], measures: list[Measure]) -> str:
    if not measures:
        return _("Propose at least one measure.")
    foreign = [each.label for each in measures if not each.active or subject.kind not in each.kinds]
    if foreign:
        return _("Not in use, or not for this kind of subject: %(names)s") % {"names": "、".join(foreign)}
    effects = {each.effect for each in measures}
    if Effect.PERMANENT in effects and not kept["convicting"]:
        return _("The permanent blacklist needs an effective judgment that convicts.")
    if Effect.SERIOUS in effects and not Sanction(**{name: kept[name] for name in CRITERIA}).serious:
        return _(
            "A serious breach of trust needs major loss or danger to safety, and both especially serious "
            "circumstances and especially bad influence."
        )
    return ""


@transaction.atomic
def propose_sanction(
    *, case: Case, subject: Subject, department: Department, measures: Iterable[Measure], by: User, at: dt.datetime,
    **given: Any,
) -> Sanction:  # fmt: skip
    """Propose that one subject of a case be sanctioned. given: every one of `FIELDS`.

    :raises BadInput: no decision that stands or no effective judgment, a subject of another case, a measure that is not
        for such a subject, no facts or basis, criteria without why; a sanction of the subject is under way
    :raises WrongState: the case is closed
    """
    lock_case(case)
    check_open(case)
    if not case.case_subjects.filter(subject=subject).exists():
        raise BadInput(_("Choose a subject of this case."), field="subject")
    if Sanction.objects.filter(case=case, subject=subject, status__in=LIVE).exists():
        raise BadInput(_("A sanction of this subject is under way in this case."), field="subject")
    chosen = list(measures)
    kept = _checked(case, subject, given, chosen, local_date(at))
    sanction = Sanction.objects.create(
        region=case.region, case=case, subject=subject, department=department, authority=authority_of(case),
        proposed_by=by, proposed_at=at, created_at=at, updated_at=at, **kept,
    )  # fmt: skip
    sanction.measures.set(chosen)
    notices.note(
        "proposed", sanction, by=by, at=at, subject=public_name(subject), number=sanction.decision_number
    )
    _ask_review(sanction, by, at)
    return sanction


def _ask_review(sanction: Sanction, by: User, at: dt.datetime) -> None:
    told = [user for user in notices.people(sanction.department, *LEADERS, at=at) if user.pk != by.pk]
    notices.tell(told, "to_review", sanction, at=at, department=sanction.department)


def lock_unreviewed(sanction: Sanction) -> None:
    """:raises WrongState: it is no proposal any more, or another has reviewed it"""
    lock_sanction(sanction, SanctionStatus.PROPOSED)
    if sanction.reviewed_at is not None:
        raise WrongState(_("The proposal was reviewed: it does not change any more."))


@transaction.atomic
def edit_proposal(
    *,
    sanction: Sanction,
    measures: Iterable[Measure],
    expected_version: int,
    by: User,
    at: dt.datetime,
    **given: Any,
) -> Sanction:
    """Change a proposal nobody has reviewed; one that was sent back waits for its review again.

    :raises Stale: somebody changed it since
    :raises FourEyes: somebody else proposed it
    :raises BadInput, WrongState: see `propose_sanction`, `lock_unreviewed`
    """
    lock_unreviewed(sanction)
    if sanction.version != expected_version:
        raise Stale
    if sanction.proposed_by_id != by.pk:
        raise FourEyes(_("Who proposed it changes it; send it back with a reason instead."))
    chosen = list(measures)
    kept = _checked(sanction.case, sanction.subject, given, chosen, local_date(at))
    for name, value in kept.items():
        setattr(sanction, name, value)
    sanction.returned_by, sanction.returned_at, sanction.reason = None, None, ""
    sanction.updated_at, sanction.version = at, sanction.version + 1
    sanction.save(update_fields=[*kept, "returned_by", "returned_at", "reason", "updated_at", "version"])
    sanction.measures.set(chosen)
    notices.note("edited", sanction, by=by, at=at)
    _ask_review(sanction, by, at)
    return sanction


@transaction.atomic
def review_proposal(*, sanction: Sanction, by: User, at: dt.datetime) -> IssuedDocument:
    """Another person agrees: the proposal (联合惩戒建议书) is numbered and goes to the authority.

    :raises FourEyes: the same person proposed it
    :raises WrongState: see `lock_unreviewed`; it was sent back and not changed since
    """
    lock_unreviewed(sanction)
    if sanction.proposed_by_id == by.pk:
        raise FourEyes(_("Who proposed a sanction does not review it."))
    if sanction.returned_at is not None:
        raise WrongState(_("It was sent back and has not been changed since."))
    sanction.reviewed_by, sanction.reviewed_at = by, at
    sanction.updated_at, sanction.version = at, sanction.version + 1
    sanction.save(update_fields=["reviewed_by", "reviewed_at", "updated_at", "version"])
    notices.tell_authority("to_hear", sanction, at=at)
    document = issue_document(
        kind="sanction_proposal", department=sanction.department, target=sanction, case=sanction.case,
        context=contexts.of_proposal(sanction, at=at), by=by, at=at,
    )  # fmt: skip
    Sanction.objects.filter(pk=sanction.pk).update(proposal_document=document)
    sanction.proposal_document = document
    notices.note("reviewed", sanction, by=by, at=at, number=document.number)
    return document


@transaction.atomic
def send_back(*, sanction: Sanction, reason: str, by: User, at: dt.datetime) -> Sanction:
    """The reviewer does not agree, and says what is to be changed.

    :raises BadInput: no reason
    :raises FourEyes: the same person proposed it
    """
    reason = needed(reason)
    lock_unreviewed(sanction)
    if sanction.proposed_by_id == by.pk:
        raise FourEyes(_("Who proposed a sanction does not review it."))
    sanction.returned_by, sanction.returned_at, sanction.reason = by, at, reason
    sanction.updated_at, sanction.version = at, sanction.version + 1
    sanction.save(update_fields=["returned_by", "returned_at", "reason", "updated_at", "version"])
    notices.note("sent_back", sanction, by=by, at=at, reason=reason)
    notices.tell(
        [sanction.proposed_by], "was_sent_back", sanction, at=at, department=sanction.department, tone="r", reason=reason
    )  # fmt: skip
    return sanction


@transaction.atomic
def withdraw_sanction(*, sanction: Sanction, reason: str, by: User, at: dt.datetime) -> Sanction:
    """Give the proposal up before it is determined.

    :raises BadInput: no reason
    :raises WrongState: it is determined, or over
    """
    reason = needed(reason)
    lock_sanction(sanction, *PENDING)
    end(sanction, SanctionStatus.WITHDRAWN, reason, by, at)
    notices.note("withdrawn", sanction, by=by, at=at, reason=reason)
    notices.tell_authority("was_withdrawn", sanction, at=at, tone="n", reason=reason)
    return sanction


def end(sanction: Sanction, new: str, reason: str, by: User | None, at: dt.datetime) -> None:
    """Move a locked one to an end, with its clocks."""
    move(
        sanction, new, at=at, ended_by=by, ended_at=at, reason=reason, suspended_by=None, suspended_at=None,
    )  # fmt: skip
    drop_clocks(sanction, reason, by, at)
