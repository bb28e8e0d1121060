"""What has to stand before a penalty is decided: legal review and the leaders' discussion (处罚法 57 para. 2, 58)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cases import rules
from cases.enums import ReviewGround, ReviewResult, StrandStatus
from cases.models import DecisionNature, Discussion, LegalReview, PenaltyPolicy, Strand
from cases.querysets import may_hold_cases
from departments.enums import Role
from departments.models import User


@dataclass(frozen=True)
class Gate:
    """How far a strand's decision is prepared. grounds: as marked (art. 58); every: the department reviews each penalty;
    review, discussion: the last ones of the decision that is being prepared."""

    grounds: tuple[str, ...]
    grave: bool
    every: bool
    review: LegalReview | None
    discussion: Discussion | None

    @property
    def needed(self) -> bool:
        """Whether a penalty has to pass the legal review."""
        return self.every or bool(self.grounds)

    @property
    def passed(self) -> bool:
        return self.review is not None and self.review.result == ReviewResult.PASSED

    @property
    def state(self) -> str:
        """passed | back | asked | open (needed, not put to anybody) | free (not needed, nothing asked)."""
        if self.review is not None:
            if self.review.open:
                return "asked"
            return "passed" if self.passed else "back"
        return "open" if self.needed else "free"

    @property
    def labels(self) -> list[Any]:
        """The grounds in words."""
        return [ground.label for ground in ReviewGround if ground in self.grounds]


def gate_of(
    strand: Strand,
    natures: Iterable[DecisionNature],
    reviews: Iterable[LegalReview],
    discussions: Iterable[Discussion],
    policies: Iterable[PenaltyPolicy],
) -> Gate:
    """The gate of a strand's current decision, from rows of any strands, oldest first."""

    def own(rows: Iterable[Any]) -> list[Any]:
        return [row for row in rows if row.strand_id == strand.pk and row.round == strand.round]

    nature = next(iter(own(natures)), None)
    asked = [review for review in own(reviews) if review.withdrawn_at is None]
    held = own(discussions)
    return Gate(
        grounds=tuple(nature.grounds) if nature else (),
        grave=nature.grave if nature else False,
        every=any(policy.every_penalty for policy in policies if policy.department_id == strand.department_id),
        review=asked[-1] if asked else None,
        discussion=held[-1] if held else None,
    )


def fresh_gate(strand: Strand) -> Gate:
    """The gate as it stands in the database now."""
    return gate_of(
        strand,
        DecisionNature.objects.filter(strand=strand),
        LegalReview.objects.filter(strand=strand).order_by("pk"),
        Discussion.objects.filter(strand=strand).order_by("pk"),
        PenaltyPolicy.objects.filter(department=strand.department_id),
    )


def can_mark(user: User, strand: Strand) -> bool:
    """Say what kind of decision it is and record the discussion: who works the strand, and who decides it."""
    return rules.can_work_strand(user, strand) or rules.can_decide_strand(user, strand)


def can_give(user: User, review: LegalReview) -> bool:
    """Give the opinion: a legal reviewer of the department who neither handles the strand nor asked for the review.

    Whether it was given meanwhile the action says, in a sentence.
    """
    return (
        user.has_role(Role.LEGAL)
        and user.department.pk == review.department_id
        and user.pk not in (review.asked_by_id, review.strand.handler_id)
        and review.case.status != "closed"
        and rules.can_read(user, review.case)
    )


def can_withdraw(user: User, review: LegalReview) -> bool:
    """Take back a review that was not given: who works the strand."""
    return review.case.status != "closed" and rules.can_work_strand(user, review.strand)


def can_lay_down(user: User) -> bool:
    """Lay down what a department goes by in its penalties: its deputy head or head."""
    return may_hold_cases(user) and user.has_role(Role.DEPUTY_HEAD, Role.HEAD)


def may_be_marked(strand: Strand) -> bool:
    return strand.status == StrandStatus.INVESTIGATING
