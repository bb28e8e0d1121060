"""What requests to other places put on the workbench and the case page, and what they veto."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case
from core.gathering import Gathering, Steps, stepwise
from core.memory import remembered
from core.registry import TaskRow
from core.tally import Countable
from departments.enums import Role
from departments.models import Post, User
from referrals import offers_assist, reading, reading_above
from referrals import rules as paper_rules
from referrals import rules_assist as rules
from referrals.enums import PaperStatus
from referrals.enums_assist import STAGE_OPEN, STAGE_OVER, AssistStage
from referrals.models import AssistLetter, OutsideStay
from referrals.workbench import MOST, waiting_papers
from workspace.boxes import source


def waiting(user: User) -> QuerySet[AssistLetter]:
    """Requests whose next step is this person's: on their way out, to be delivered, answered or closed."""
    outside = Q(department=user.department, stage__in=(AssistStage.POSTED, AssistStage.DELIVERED))
    mine = outside if user.has_role(Role.REGISTRAR) else outside & Q(drafted_by=user)
    mine |= Q(department=user.department, stage=AssistStage.ANSWERED, drafted_by=user)
    papers = waiting_papers(user, AssistLetter).values("pk")
    return AssistLetter.objects.visible_to(user).filter(mine | Q(pk__in=papers))


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    if user.department is None:
        return []
    letters = asked.rows(waiting(user).for_list()[: min(limit, MOST)])
    yield
    clocks = yield from reading_above.lit.steps(letters, AssistLetter.kind_code, asked)
    rows = []
    for letter in letters:
        offered = offers_assist.of_assist(user, letter)
        label = str(offered[0].label) if offered else ""
        rows.append(
            TaskRow(
                phrase=f"{label}：{letter}" if label else str(letter),
                url=letter.get_absolute_url(),
                case_title=letter.case.title,
                case_url=reading.case_url(letter.case),
                source=letter.body_name,
                action_label=label,
                action_url=offered[0].url if offered and not offered[0].direct else letter.get_absolute_url(),
                sort=letter.updated_at,
                target=(letter.kind_code, letter.pk),
                **reading.lamp_row(clocks.get(letter.pk)),
            )
        )
    return rows


def todo_count(user: User) -> Countable:
    return waiting(user) if user.department is not None else 0


def nav_count(user: User) -> Countable:
    return waiting(user) if user.department is not None else None


def _drafted(user: User) -> QuerySet[AssistLetter]:
    """Requests that went out on this person's draft."""
    if user.department is None:
        return AssistLetter.objects.none()
    return AssistLetter.objects.visible_to(user).filter(drafted_by=user, department=user.department)


def asked(user: User) -> QuerySet[AssistLetter]:
    """Those of them that are under way."""
    return _drafted(user).filter(stage__in=STAGE_OPEN)


def over(user: User) -> QuerySet[AssistLetter]:
    """Those that are over."""
    return _drafted(user).filter(stage__in=STAGE_OVER)


BOXES = [
    source(
        tab, 26, found, sort="updated_at", origin="department", state="stage", related=("case",),
        case=lambda letter: letter.case,
    )
    for tab, found in (("started", asked), ("done", over))
]  # fmt: skip


# --- the case page -------------------------------------------------------------------------------------------
def requests_of(case: Case, user: User) -> Any:
    """The requests about a case that were not given up."""
    return AssistLetter.objects.visible_to(user).filter(case=case).exclude(status=PaperStatus.DISCARDED)


@dataclass(frozen=True)
class Elsewhere:
    """The stays and requests of a case as one person sees them, in two queries."""

    stays: list[OutsideStay]
    letters: list[AssistLetter]
    may_enter: bool

    @classmethod
    def of(cls, case: Case, user: User) -> "Elsewhere":
        """Asked once in a request: the panel and the next step both need it."""
        return remembered(user, f"referrals.elsewhere.{case.pk}", lambda: cls._ask(case, user))

    @classmethod
    def asks(cls, case: Case, user: User) -> dict[str, Any]:
        """What it is made of."""
        stays = OutsideStay.objects.visible_to(user).filter(case=case).select_related("department", "threshold", "patient")
        return {
            f"referrals.stays.{case.pk}": stays,
            f"referrals.requests.{case.pk}": requests_of(case, user).for_list(),
        }

    @classmethod
    def _ask(cls, case: Case, user: User) -> "Elsewhere":
        stays, letters = (
            remembered(user, key, lambda queryset=queryset: list(queryset))  # type: ignore[misc]
            for key, queryset in cls.asks(case, user).items()
        )
        return cls(stays, letters, rules.can_register_stay(user, case))

    def may_ask(self, user: User, stay: OutsideStay) -> bool:
        """As `rules.can_ask_about`, without asking the database for every row."""
        busy = any(
            letter.stay_id == stay.pk and letter.stage not in (AssistStage.ANSWERED, *STAGE_OVER)
            for letter in self.letters
        )
        return self.may_enter and not busy and paper_rules.of(user, stay.department_id)

    def may_waive(self, user: User, stay: OutsideStay) -> bool:
        """As `rules.can_waive`."""
        asked = any(letter.stay_id == stay.pk for letter in self.letters)
        fresh = stay.proposed and stay.waived_at is None and not asked
        return fresh and self.may_enter and paper_rules.of(user, stay.department_id)


def panel(case: Case, user: User) -> dict[str, Any] | None:
    """Stays and requests of a case; left out where there are none and none may be entered."""
    seen = Elsewhere.of(case, user)
    if not seen.stays and not seen.letters and not seen.may_enter:
        return None
    shown = reading_above.lamps(seen.letters, "assist_letter") if seen.letters else {}
    return {
        "stays": [(stay, seen.may_ask(user, stay), seen.may_waive(user, stay)) for stay in seen.stays],
        "letters": [(letter, shown.get(letter.pk, (None,))[0]) for letter in seen.letters],
        "case": case,
        "may_enter": seen.may_enter,
    }


def next_request(case: Case, user: User) -> dict[str, Any] | None:
    """A stay above the threshold about which nobody was asked yet."""
    seen = Elsewhere.of(case, user)
    stay = next((stay for stay in seen.stays if seen.may_waive(user, stay)), None)
    if stay is None:
        return None
    return {
        "text": _("ask the bureau of %(place)s about the stay in %(hospital)s")
        % {"place": stay.place, "hospital": stay.hospital},
        "why": _("Inpatient cost in another province from %(amount)s yuan on.")
        % {"amount": f"{stay.threshold.amount:,.2f}"},
        "url": reverse("referrals:assist_new", args=[case.pk]) + f"?stay={stay.pk}",
        "label": _("Draft the request"),
        "due": None,
        "days": None,
        "lamp": "n",
        "order": 18,
    }


def open_requests(case: Case) -> list[str]:
    """What keeps the case from being closed: requests in draft, or sent and not over."""
    letters = AssistLetter.objects.filter(case=case).unsettled().select_related("department")
    return [
        _("The request “%(title)s” is open: %(state)s.")
        % {"title": letter, "state": letter.get_stage_display() or letter.get_status_display()}
        for letter in letters
    ]


def requests_in_hand(post: Post) -> list[str]:
    """What a leaving person still has to hand over: drafts, and requests that wait for an answer."""
    mine = AssistLetter.objects.filter(drafted_by=post.user_id, department=post.department_id)
    waiting_ = mine.filter(Q(status=PaperStatus.DRAFT) | Q(stage__in=STAGE_OPEN))
    return [_("Submit, close or give up “%(title)s”.") % {"title": letter} for letter in waiting_]
