"""The gate before a penalty, on the case page and the workbench: legal review and the leaders' discussion."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import rules_legal
from cases.enums import ReviewGround, StrandStatus
from cases.models import Case, DecisionNature, Discussion, LegalReview, PenaltyPolicy
from core import registry
from core.gathering import Gathering, Steps, stepwise
from core.memory import remembered
from core.wording import today
from deadlines.lamps import lamp_of
from deadlines.models import Deadline
from departments.enums import Role

NOT_YET = (StrandStatus.VERIFYING, StrandStatus.FILED, StrandStatus.NOT_FILED)


def grounds_words(codes: Any) -> str:
    """The grounds of a legal review, for an event."""
    known = [str(ReviewGround(code).label) for code in codes if code in ReviewGround.values]
    return _(", ").join(known) or _("no ground of the law for a legal review")


def asks(case: Case, user: Any) -> dict[str, QuerySet]:
    """What the tab asks, with everything else on it in one statement."""
    return {
        f"cases.natures.{case.pk}": DecisionNature.objects.filter(case=case),
        f"cases.reviews.{case.pk}": LegalReview.objects.filter(case=case)
        .select_related("reviewer", "given_by", "asked_by", "paper")
        .order_by("pk"),
        f"cases.discussions.{case.pk}": Discussion.objects.filter(case=case).select_related("paper").order_by("pk"),
        f"cases.policies.{case.pk}": PenaltyPolicy.objects.filter(department__strands__case=case),
    }


def gate_panel(case: Case, user: Any) -> dict | None:
    """Each strand's gate with what this person may do, and the reviews and discussions of its decisions."""
    from cases.panels import GATE_VERBS
    from cases.views.strand import verbs_for  # the forms of the verbs live with the page

    found = {
        name: remembered(user, key, lambda queryset=queryset: list(queryset))
        for name, (key, queryset) in zip(
            ("natures", "reviews", "discussions", "policies"), asks(case, user).items(), strict=True
        )
    }
    rows = []
    for strand in case.strands.all():
        reviews = [review for review in found["reviews"] if review.strand_id == strand.pk]
        held = [row for row in found["discussions"] if row.strand_id == strand.pk]
        if strand.status in NOT_YET or (strand.status != StrandStatus.INVESTIGATING and not reviews and not held):
            continue
        gate = rules_legal.gate_of(strand, found["natures"], reviews, held, found["policies"])
        for review in reviews:
            review.case, review.strand = case, strand
        rows.append({
            "strand": strand,
            "gate": gate,
            "preparing": rules_legal.may_be_marked(strand),
            "reviews": [
                (
                    review,
                    review.open and rules_legal.can_give(user, review),
                    review.open and rules_legal.can_withdraw(user, review),
                )
                for review in reversed(reviews)
            ],
            "discussions": held,
            "verbs": [
                (code, label) for code, label in verbs_for(user, strand)
                if code in GATE_VERBS
                and not (code == "ask-review" and gate.state == "asked")
                and not (code == "discuss" and gate.discussion is not None)
            ],
        })  # fmt: skip
    return {"rows": rows, "may_lay_down": rules_legal.can_lay_down(user)} if rows else None


# -- the workbench ------------------------------------------------------------------------------------------------
def _mine(user: Any) -> QuerySet[LegalReview]:
    if not user.has_role(Role.LEGAL):
        return LegalReview.objects.none()
    return LegalReview.objects.visible_to(user).open().filter(reviewer=user, department=user.department)


@stepwise
def todo_rows(user: Any, limit: int, asked: Gathering) -> Steps:
    """The legal reviews that wait for this person, the oldest first."""
    reviews = asked.rows(_mine(user).select_related("case", "department", "asked_by").order_by("asked_at")[:limit])
    yield
    clocks = asked.rows(
        Deadline.objects.open().filter(target_kind=LegalReview.kind_code, target_id__in=[each.pk for each in reviews])
    )
    yield
    running = {clock.target_id: clock for clock in clocks}
    rows = []
    for review in reviews:
        clock, url = running.get(review.pk), reverse("cases:give_review", args=[review.pk])
        lamp = lamp_of(clock, today()) if clock is not None else None
        rows.append(
            registry.TaskRow(
                phrase=_("Give the legal review"),
                url=url,
                case_title=review.case.title,
                case_url=reverse("cases:detail", args=[review.case_id]),
                source=review.asked_by.name,
                lamp=lamp.color if lamp else "n",
                days=lamp.days if lamp else None,
                due=clock.due_on if clock else None,
                action_label=_("Review"),
                action_url=url,
                target=(review.kind_code, review.pk),
            )
        )
    return rows


def todo_count(user: Any) -> QuerySet:
    return _mine(user)


@stepwise
def clock_actions(user: Any, ids: Any, asked: Gathering) -> Steps:
    """What a reviewer does about each review whose clock they watch."""
    reviews = asked.rows(_mine(user).filter(pk__in=list(ids)))
    yield
    return {
        review.pk: (_("Review"), reverse("cases:give_review", args=[review.pk]))
        for review in reviews
    }


def next_step(case: Case, user: Any) -> dict | None:
    """A review that waits for this reviewer."""
    if not user.has_role(Role.LEGAL):
        return None
    review = _mine(user).filter(case=case).first()
    if review is None:
        return None
    return {
        "text": _("Give the legal review"),
        "why": _("Without a review that was passed the decision is not taken."),
        "url": reverse("cases:give_review", args=[review.pk]),
        "label": _("Review"),
        "lamp": "y",
        "order": 15,
    }


def register() -> None:
    """What this part of the room offers upward, called once from `apps.py`."""
    registry.case_panels.append(
        registry.Panel("main", 32, "gate", "cases/panels/gate.html", gate_panel, tab="handling")
    )
    registry.foreseen.append(registry.Foreseen(("handling",), asks))
    registry.next_steps.append(next_step)
    registry.clock_actions[LegalReview.kind_code] = clock_actions
    registry.task_sources.append(registry.TaskSource("todo", 12, todo_rows, todo_count))
