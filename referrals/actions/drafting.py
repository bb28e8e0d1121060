"""拟稿: what is to leave the department, in draft."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.locking import check_open, lock_case
from cases.models import Case, Evidence
from core.dates import local_date, too_far
from core.refusals import BadInput, Stale, WrongState
from deadlines.actions.clocks import open_clock, redirect_clock
from departments.enums import ReferralKind
from departments.models import Department, User
from journal.actions import record
from referrals.actions.leaving_out import check_left_out, missing_receivers
from referrals.actions.receivers import check_copied, check_receivers
from referrals.enums import DRAFTABLE, PaperStatus
from referrals.models import Dispatch, ManifestItem, Question, Referral, SuppliedItem
from referrals.receiving_enums import CompletionStatus

MOST_QUESTIONS = 99  # the letter numbers them in Chinese, and so does the opinion
LONGEST_QUESTION = 500  # characters


@dataclass(frozen=True)
class Line:
    """A line of the manifest as entered; without pages of its own it has those of the file."""

    evidence: Evidence
    quantity: int = 1
    remark: str = ""
    pages: int | None = None


@transaction.atomic
def draft_dispatch(
    *,
    case: Case,
    kind: str,
    receivers: Sequence[Department],
    subject: str,
    facts: str,
    manifest: Sequence[Line] = (),
    limit_on: dt.date | None = None,
    amount: Decimal | None = None,
    request: str = "",
    copied: Sequence[Department] = (),
    unclear: str = "",
    left_out: str = "",
    handled: str = "",
    circle: str = "",
    by: User,
    at: dt.datetime,
) -> Dispatch:
    """A draft of a transfer, bulletin or request for early involvement, in the drafter's department.

    copied: who gets a copy for information. unclear: the point early involvement is asked for. left_out: why a
    department proposed for a bulletin is not among the receivers. handled, circle: of a bulletin, what was done so far and
    who may know of it.

    :raises WrongState: the case is closed
    :raises BadInput: no receiver or one without a route, a limit that has passed, foreign evidence, no unclear
        point, no reason for leaving somebody out
    """
    lock_case(case)
    if kind not in DRAFTABLE:
        raise BadInput(_("This kind of letter is not begun here."), field="kind")
    check_case_open(case)
    dispatch = Dispatch(
        kind=kind,
        case=case,
        department=by.department,
        drafted_by=by,
        drafted_at=at,
        created_at=at,
        updated_at=at,
    )
    fill(
        dispatch=dispatch, receivers=receivers, subject=subject, facts=facts, manifest=manifest,
        limit_on=limit_on, amount=amount, request=request, copied=copied, unclear=unclear, left_out=left_out,
        handled=handled, circle=circle, by=by, at=at,
    )  # fmt: skip
    record("dispatch.drafted", target=dispatch, by=by, at=at, case=case, kind=kind)
    return dispatch


@transaction.atomic
def edit_dispatch(
    *,
    dispatch: Dispatch,
    version: int,
    receivers: Sequence[Department],
    subject: str,
    facts: str,
    manifest: Sequence[Line] = (),
    limit_on: dt.date | None = None,
    amount: Decimal | None = None,
    request: str = "",
    questions: Sequence[str] = (),
    copied: Sequence[Department] = (),
    unclear: str = "",
    left_out: str = "",
    handled: str = "",
    circle: str = "",
    by: User,
    at: dt.datetime,
) -> Dispatch:
    """Change a draft that is still at `version`.

    :raises Stale: somebody saved the draft since
    :raises WrongState: it is no longer a draft
    :raises BadInput: as for a new draft
    """
    lock_case(dispatch.case)
    locked = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    if locked.status != PaperStatus.DRAFT:
        raise WrongState(_("This paper is no longer a draft. Ask the reviewer to send it back first."))
    if locked.version != version:
        raise Stale(theirs=locked)
    locked.version += 1
    fill(
        dispatch=locked, receivers=receivers, subject=subject, facts=facts, manifest=manifest,
        limit_on=limit_on, amount=amount, request=request, copied=copied, unclear=unclear, left_out=left_out,
        handled=handled, circle=circle, by=by, at=at,
    )  # fmt: skip
    if locked.kind == ReferralKind.SUPPORT:
        put_questions(locked, questions)
        owed = open_clock(locked, "support_notice")
        if owed is not None:
            [receiver] = receivers
            redirect_clock(deadline=owed, to_department=None if receiver.named_only else receiver, by=by, at=at)
    record("dispatch.edited", target=locked, by=by, at=at, case=locked.case, version=locked.version)
    return locked


def check_case_open(case: Case) -> None:
    """:raises WrongState: the case is closed"""
    check_open(case)


def fill(
    *,
    dispatch: Dispatch,
    receivers: Sequence[Department],
    subject: str,
    facts: str,
    manifest: Sequence[Line],
    limit_on: dt.date | None,
    amount: Decimal | None,
    request: str,
    copied: Sequence[Department] = (),
    unclear: str = "",
    left_out: str = "",
    handled: str = "",
    circle: str = "",
    by: User,
    at: dt.datetime,
) -> None:
    """Put what was entered into a draft, its receivers and its manifest.

    :raises BadInput: as `draft_dispatch`
    """
    check_limit(limit_on, at=at)
    check_receivers(dispatch, receivers, by=by)
    if amount is not None and amount < 0:
        raise BadInput(_("An amount is not negative."), field="amount")
    for name, text in (("subject", subject), ("facts", facts)):
        if not text.strip():
            raise BadInput(_("This may not be empty."), field=name)
    dispatch.subject, dispatch.facts, dispatch.request = subject.strip(), facts.strip(), request.strip()
    dispatch.limit_on, dispatch.amount, dispatch.updated_at = limit_on, amount, at
    _check_unclear(dispatch, unclear.strip())
    told = (handled.strip(), circle.strip()) if dispatch.kind == ReferralKind.BULLETIN else ("", "")
    dispatch.handled, dispatch.circle = told
    dispatch.left_out = left_out.strip() if missing_receivers(dispatch, receivers) else ""
    check_left_out(dispatch, receivers)
    check_copied(dispatch, receivers, copied)
    dispatch.save()
    dispatch.receivers.set(receivers)
    dispatch.copied.set(copied)
    put_manifest(dispatch, manifest)


def check_limit(limit_on: dt.date | None, *, at: dt.datetime, field: str = "limit_on") -> None:
    """:raises BadInput: the limit is today or earlier, or further ahead than anybody sets one"""
    if limit_on is not None and limit_on <= local_date(at):
        raise BadInput(_("The limit must be later than today."), field=field)
    if limit_on is not None and too_far(limit_on, local_date(at)):
        raise BadInput(_("No limit lies more than five years ahead."), field=field)


def _check_unclear(dispatch: Dispatch, unclear: str) -> None:
    if dispatch.kind == ReferralKind.EARLY and not unclear:
        raise BadInput(_("State which point of the case is unclear."), field="unclear")
    dispatch.unclear = unclear if dispatch.kind == ReferralKind.EARLY else ""


def check_manifest(dispatch: Dispatch) -> None:
    """:raises BadInput: a file of the manifest was taken out of use since it was put there; what was supplied to a letter
        that is forwarded would stay behind"""
    voided = dispatch.manifest.exclude(evidence__voided_at=None).values_list("name", flat=True).first()
    if voided is not None:
        raise BadInput(_("An attachment was voided since: %s.") % voided)
    if dispatch.forwards is None:
        return
    check_taken_in(dispatch.forwards)
    later = SuppliedItem.objects.filter(
        completion__referral=dispatch.forwards, completion__taken_at__gt=dispatch.drafted_at, evidence__voided_at=None
    )
    left = later.exclude(evidence__in=dispatch.manifest.values("evidence")).first()
    if left is not None:
        said = _("%(name)s came since this letter was drafted: put it on its list first.")
        raise BadInput(said % {"name": left.name}, field="manifest")


def check_taken_in(letter: Referral) -> None:
    """:raises BadInput: what was supplied lies there unopened: nobody knows yet whether it is what was handed over"""
    if letter.completions.filter(status=CompletionStatus.SUPPLIED).exists():
        raise BadInput(_("Take in what was supplied first."))


def put_manifest(dispatch: Dispatch, lines: Sequence[Line]) -> None:
    if len({line.evidence.pk for line in lines}) < len(lines):
        raise BadInput(_("The manifest names a file twice."), field="manifest")
    for line in lines:
        if line.evidence.case_id != dispatch.case_id or line.evidence.voided_at is not None:
            raise BadInput(_("The manifest names a file that is not in this case."), field="manifest")
        if line.quantity < 1:
            raise BadInput(_("A manifest line has at least one copy."), field="manifest")
        if line.pages is not None and line.pages < 1:
            raise BadInput(_("A manifest line has at least one page."), field="manifest")
    dispatch.manifest.all().delete()
    ManifestItem.objects.bulk_create(
        ManifestItem(
            dispatch=dispatch,
            evidence=line.evidence,
            position=position,
            name=line.evidence.name,
            sha256=line.evidence.sha256,
            quantity=line.quantity,
            pages=line.pages if line.pages is not None else line.evidence.pages,
            remark=line.remark.strip(),
        )
        for position, line in enumerate(lines, 1)
    )


def put_questions(dispatch: Dispatch, questions: Sequence[str]) -> None:
    """Replace the questions of a draft.

    :raises BadInput: none of them says anything, more than the letter can number, or one too long
    """
    texts = [text.strip() for text in questions if text.strip()]
    if not texts:
        raise BadInput(_("Write at least one question."), field="questions")
    if len(texts) > MOST_QUESTIONS:
        raise BadInput(_("Write at most %(n)d questions.") % {"n": MOST_QUESTIONS}, field="questions")
    for position, text in enumerate(texts, 1):
        if len(text) > LONGEST_QUESTION:
            raise BadInput(
                _("Question %(position)d is too long: at most %(n)d characters.")
                % {"position": position, "n": LONGEST_QUESTION},
                field="questions",
            )
    dispatch.questions.all().delete()
    Question.objects.bulk_create(
        Question(dispatch=dispatch, position=position, text=text) for position, text in enumerate(texts, 1)
    )
