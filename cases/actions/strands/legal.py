"""法制审核 and 集体讨论 before a penalty is decided (处罚法 57 para. 2, 58; 令4号 37–40)."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cases import letters, rules
from cases.actions.locking import lock_case
from cases.actions.strands.common import check_open
from cases.enums import Permission, ReviewGround, ReviewResult
from cases.models import CaseUserPermission, DecisionNature, Discussion, LegalReview, PenaltyPolicy, Strand
from cases.rules_legal import Gate, fresh_gate, may_be_marked
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from core.wording import for_the_record
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock, start_clock
from departments.enums import Role
from departments.models import Department, User
from documents.actions.issuing import issue_document
from journal.actions import notify, record

CLOCK = "legal_review"
TAKEN_BACK = gettext_noop("The request for the legal review was taken back.")


def _prepare(strand: Strand) -> None:
    """Lock the case; a decision is being prepared."""
    lock_case(strand.case)
    strand.refresh_from_db()
    check_open(strand.case)
    if not may_be_marked(strand):
        raise WrongState(_("No decision is being prepared: the investigation does not run."))


@transaction.atomic
def mark_nature(*, strand: Strand, grounds: Iterable[str], grave: bool, by: User, at: dt.datetime) -> DecisionNature:
    """Say of what kind the decision is that is being prepared; it may be marked anew until it is taken.

    A mark is added by whoever prepares the decision; it is taken away only by who decides, and by nobody once the
    review was asked for: what was put to the reviewer is not unsaid (处罚法 58).

    :raises BadInput: an unknown ground
    :raises FourEyes: a mark taken away by somebody who does not decide
    :raises WrongState: nothing is being investigated, the case is closed, or a mark taken away after the review was asked
    """
    _prepare(strand)
    gate = fresh_gate(strand)
    if (gate.grave and not grave) or not set(gate.grounds) <= set(grounds):
        if gate.review is not None:
            raise WrongState(_("The legal review was asked for: marks may be added, not taken away."), record=True)
        if not rules.can_decide_strand(by, strand):
            raise FourEyes(_("Who decides may take a mark away; you may add one."))
    return keep_nature(strand, grounds, grave, by, at)


def keep_nature(strand: Strand, grounds: Iterable[str], grave: bool, by: User, at: dt.datetime) -> DecisionNature:
    """Write the marks down, with their event. The caller has locked the case."""
    wanted = sorted(set(grounds))
    if not set(wanted) <= set(ReviewGround.values):
        raise BadInput(_("Choose from the list."), field="grounds")
    nature, _made = DecisionNature.objects.update_or_create(
        strand=strand, round=strand.round,
        defaults={"case": strand.case, "grounds": wanted, "grave": grave, "by": by, "at": at},
    )  # fmt: skip
    record(
        "legal.marked", target=strand, case=strand.case, by=by, at=at, department=strand.department_id,
        review_grounds=wanted, grave="grave" if grave else "plain",
    )  # fmt: skip
    return nature


@transaction.atomic
def ask_review(*, strand: Strand, reviewer: User, proposal: str, by: User, at: dt.datetime) -> LegalReview:
    """Put the proposed decision to a legal reviewer; ten working days run (令4号 40).

    :raises BadInput: nothing proposed; not a legal reviewer of the department, or one not named on a restricted case
    :raises FourEyes: the reviewer handles the strand or is who asks
    :raises AlreadyDone: it lies with a reviewer
    :raises WrongState: nothing is being investigated, or the case is closed
    """
    _prepare(strand)
    if not proposal.strip():
        raise BadInput(_("Write down what is meant to be decided."), field="proposal")
    staff = User.objects.acting_for(strand.department, Role.LEGAL, on=local_date(at))
    if not staff.filter(pk=reviewer.pk).exists():
        raise BadInput(_("Choose a legal reviewer of this department."), field="reviewer")
    if reviewer.pk in (by.pk, strand.handler_id):
        raise FourEyes(_("The legal review is not for who handles the case or asks for it."), field="reviewer")
    named = CaseUserPermission.objects.filter(user=reviewer, content_object=strand.case)
    if strand.case.restricted and not named.filter(permission__codename__in=Permission.values).exists():
        raise BadInput(_("The case is restricted: name the reviewer on it first."), field="reviewer")
    if LegalReview.objects.filter(strand=strand).open().exists():
        raise AlreadyDone(_("The decision lies with a legal reviewer already."))
    review = LegalReview.objects.create(
        case=strand.case, strand=strand, department=strand.department, round=strand.round, proposal=proposal.strip(),
        reviewer=reviewer, asked_by=by, asked_at=at,
    )  # fmt: skip
    record(
        "legal.asked", target=review, case=strand.case, by=by, at=at, department=strand.department_id, user=reviewer.pk,
    )  # fmt: skip
    start_clock(
        code=CLOCK, target=review, department=strand.department, case=strand.case, person=reviewer, at=at, by=by,
    )  # fmt: skip
    notify(
        [reviewer], "legal.asked", target=review, case=strand.case, department=strand.department, at=at, tone="b",
        user=reviewer.pk,
    )  # fmt: skip
    return review


@transaction.atomic
def give_review(*, review: LegalReview, result: str, opinion: str, by: User, at: dt.datetime) -> LegalReview:
    """The legal reviewer's opinion, printed as 法制审核意见表. What was given never changes; one may ask again.

    :raises BadInput: no such result, or no opinion
    :raises FourEyes: by who handles the strand or asked for the review
    :raises WrongState: it was given or taken back, or the case is closed
    """
    strand = review.strand
    lock_case(review.case)
    check_open(review.case)
    review.refresh_from_db()
    strand.refresh_from_db()
    if not review.open:
        raise WrongState(_("This review was given or taken back already."))
    if by.pk in (review.asked_by_id, strand.handler_id):
        raise FourEyes
    if result not in ReviewResult.values:
        raise BadInput(_("Choose from the list."), field="result")
    if not opinion.strip():
        raise BadInput(_("Write your opinion."), field="opinion")
    given = {"result": result, "opinion": opinion.strip(), "given_by": by, "given_at": at, "handler": strand.handler}
    LegalReview.objects.filter(pk=review.pk).update(**given)
    review.refresh_from_db()
    record(
        "legal.given", target=review, case=review.case, by=by, at=at, department=review.department_id,
        review_result=str(result), opinion=opinion.strip(),
    )  # fmt: skip
    if (clock := open_clock(review, CLOCK)) is not None:
        meet_clock(deadline=clock, by=by, at=at)
    told = {person.pk: person for person in (review.asked_by, strand.handler) if person is not None}
    notify(
        told.values(), "legal.given", target=review, case=review.case, department=review.department, at=at,
        tone="g" if result == ReviewResult.PASSED else "y", review_result=str(result),
    )  # fmt: skip
    review.paper = issue_document(
        kind="legal_review", department=review.department, target=review, case=review.case,
        context=letters.of_review(review, fresh_gate(strand)), by=by, at=at,
    )  # fmt: skip
    LegalReview.objects.filter(pk=review.pk).update(paper=review.paper)
    return review


@transaction.atomic
def withdraw_review(*, review: LegalReview, by: User, at: dt.datetime) -> LegalReview:
    """Take the request back before the opinion is given.

    :raises WrongState: it was given or taken back, or the case is closed
    """
    lock_case(review.case)
    check_open(review.case)
    review.refresh_from_db()
    if not review.open:
        raise WrongState(_("This review was given or taken back already."))
    _take_back(review, by, at)
    return review


def drop_open(strand: Strand, by: User, at: dt.datetime) -> None:
    """The strand is decided or ends: what lies with a reviewer is asked no more. The caller has locked the case."""
    for review in LegalReview.objects.filter(strand=strand).open().select_related("case"):
        _take_back(review, by, at)


def _take_back(review: LegalReview, by: User, at: dt.datetime) -> None:
    LegalReview.objects.filter(pk=review.pk).update(withdrawn_by=by, withdrawn_at=at)
    review.refresh_from_db()
    record("legal.withdrawn", target=review, case=review.case, by=by, at=at, department=review.department_id)
    if (clock := open_clock(review, CLOCK)) is not None:
        cancel_clock(deadline=clock, by=by, at=at, reason=for_the_record(TAKEN_BACK))


@transaction.atomic
def record_discussion(
    *, strand: Strand, held_on: dt.date, place: str, chair: str, present: str, recorder: str, opinions: str,
    conclusion: str, by: User, at: dt.datetime,
) -> Discussion:  # fmt: skip
    """Write down the leaders' discussion, printed as 集体讨论记录; the record never changes. present: one person a line.

    :raises AlreadyDone: the discussion of this decision is on record
    :raises BadInput: something left out; fewer than two present; held in the future or before the filing
    :raises WrongState: nothing is being investigated, or the case is closed
    """
    _prepare(strand)
    if Discussion.objects.filter(strand=strand, round=strand.round).exists():
        raise AlreadyDone(_("The discussion of this decision is on record; the record never changes."))
    people = [line.strip() for line in present.splitlines() if line.strip()]
    said = {
        "place": place.strip(), "chair": chair.strip(), "recorder": recorder.strip(), "opinions": opinions.strip(),
        "conclusion": conclusion.strip(),
    }  # fmt: skip
    faults = {name: _("Fill this in.") for name, text in said.items() if not text}
    if len(people) < 2:
        faults["present"] = _("Name at least two of those present, one a line.")
    if held_on > local_date(at):
        faults["held_on"] = _("The date lies in the future.")
    elif strand.filed_on is not None and held_on < strand.filed_on:
        faults["held_on"] = _("The date lies before the filing.")
    if faults:
        raise BadInput.several(faults)
    row = Discussion.objects.create(
        case=strand.case, strand=strand, department=strand.department, round=strand.round, held_on=held_on,
        present="\n".join(people), by=by, at=at, **said,
    )  # fmt: skip
    record(
        "legal.discussed", target=row, case=strand.case, by=by, at=at, department=strand.department_id,
        on=held_on.isoformat(), conclusion=said["conclusion"],
    )  # fmt: skip
    row.paper = issue_document(
        kind="discussion_record", department=row.department, target=row, case=row.case,
        context=letters.of_discussion(row), by=by, at=at,
    )  # fmt: skip
    Discussion.objects.filter(pk=row.pk).update(paper=row.paper)
    return row


def check_gate(strand: Strand, by: User) -> Gate:
    """What a penalty needs before it is decided by this person.

    :raises WrongState: the legal review is missing or did not pass; a grave one was not discussed
    :raises FourEyes: by who gave the review, or it was given by who handles the strand now
    """
    gate = fresh_gate(strand)
    if (gate.needed or gate.review is not None) and not gate.passed:
        raise WrongState(_("Without a legal review that was passed no decision is taken (处罚法 art. 58)."), record=True)
    if gate.grave and gate.discussion is None:
        raise WrongState(
            _("A complicated or grave case is decided by the leaders together: record their discussion first "
              "(处罚法 art. 57)."), record=True,
        )  # fmt: skip
    if gate.passed and gate.review is not None and gate.review.given_by_id in (by.pk, strand.handler_id):
        raise FourEyes(_("Who gave the legal review neither handles nor decides the case."))
    return gate


def rely_on(gate: Gate, by: User, at: dt.datetime) -> None:
    """The decision was taken on the strength of the review."""
    if gate.passed and gate.review is not None:
        LegalReview.objects.filter(pk=gate.review.pk).update(relied_by=by, relied_at=at)


@transaction.atomic
def lay_down_policy(*, department: Department, every_penalty: bool, by: User, at: dt.datetime) -> PenaltyPolicy:
    """Lay down whether every penalty of the department goes through the legal review."""
    policy, _made = PenaltyPolicy.objects.update_or_create(
        department=department, defaults={"every_penalty": every_penalty, "by": by, "at": at}
    )
    record(
        "legal.policy", target=policy, by=by, at=at, department=department.pk,
        review_policy="every" if every_penalty else "marked",
    )  # fmt: skip
    return policy
