"""What this room adds to the case page: the letters, the next step, and what keeps a case or a person from going."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from core.dates import local_date
from core.memory import remembered
from deadlines.calendar import Calendar
from deadlines.lamps import lamp_of
from deadlines.models import Deadline
from departments.enums import LEADERS, ReferralKind, Role
from departments.models import Post, User
from documents.models import IssuedDocument
from referrals import offers, reading, rules
from referrals.enums import PAPER_OPEN, REFERRAL_OVER, PaperStatus, ReferralStatus
from referrals.models import Chase, Dispatch, FollowUp, Referral, Reply
from referrals.receiving_enums import STANDING


@dataclass(frozen=True)
class Correspondence:
    """The papers and letters of a case as one person sees them: a fixed number of queries, however many there are.

    clocks: the most urgent running clock of a letter, by its id, as a lamp with the clock. noticed: that of a paper.
    """

    letters: list[Referral]
    readable: set[int]
    clocks: dict[int, Any]
    papers: list[Dispatch]
    noticed: dict[int, Deadline]

    @classmethod
    def of(cls, case: Case, user: User) -> "Correspondence":
        """Asked once in a request: the panel and the next step both need it."""
        return remembered(user, f"referrals.correspondence.{case.pk}", lambda: cls._ask(case, user))

    @classmethod
    def asks(cls, case: Case, user: User) -> dict[str, Any]:
        """What it is made of, so that a page asks it together with everything else."""
        readable = Referral.objects.readable_by(user).filter(pk=OuterRef("pk"))
        chased = Chase.objects.filter(referral=OuterRef("pk"), on=offers.chase_day())
        letters = Referral.objects.visible_to(user).filter(case=case)
        papers = Dispatch.objects.visible_to(user).filter(case=case).ordinary().open()
        clocks = Deadline.objects.open().filter(case_id=case.pk, target_kind__in=("referral", "crime", "dispatch"))
        return {
            f"referrals.letters.{case.pk}": letters.annotate(
                is_readable=Exists(readable), chased_today=Exists(chased)
            ).for_list(),
            f"referrals.papers.{case.pk}": papers.select_related("drafted_by").prefetch_related("receivers"),
            f"referrals.clocks.{case.pk}": clocks.order_by("due_at", "pk"),
        }

    @classmethod
    def _ask(cls, case: Case, user: User) -> "Correspondence":
        found, papers, clocks = (
            remembered(user, key, lambda queryset=queryset: list(queryset))  # type: ignore[misc]
            for key, queryset in cls.asks(case, user).items()
        )
        # the letters of suspected crime stand in a panel of their own for who reads them
        found = [letter for letter in found if letter.kind != ReferralKind.CRIMINAL or not letter.is_readable]
        # what the rules ask of a letter is fetched along for those this person reads: the office's summary needs none
        read = [letter for letter in found if letter.is_readable]
        offers.bring_along(read, user)
        return cls(
            letters=found,
            readable={letter.pk for letter in read},
            clocks=reading.lamps(found, known=clocks),
            papers=papers,
            noticed={clock.target_id: clock for clock in reversed(clocks) if clock.target_kind == "dispatch"},
        )


def transfers(case: Case, user: User) -> dict[str, Any] | None:
    """The letters of the tab “transfer”: all but technical support, which has a tab of its own."""
    return letters(case, user, support=False)


def support(case: Case, user: User) -> dict[str, Any] | None:
    """The requests for technical support and what they brought."""
    return letters(case, user, support=True)


def letters_on(*, support: bool) -> Any:
    """What is counted beside the tab."""

    def counted(case: Case, user: User) -> Any:
        found = Referral.objects.visible_to(user).filter(case=case)
        kinds = Q(kind=ReferralKind.SUPPORT)
        return found.filter(kinds if support else ~kinds)

    return counted


def letters(case: Case, user: User, *, support: bool | None = None) -> dict[str, Any] | None:
    """The panel “letters between departments”, as far as this person may see it; of one tab, or all of them."""
    seen = Correspondence.of(case, user)
    rows = []
    for referral in seen.letters:
        if support is not None and support != (referral.kind == ReferralKind.SUPPORT):
            continue
        shown = seen.clocks.get(referral.pk)
        mine = referral.pk in seen.readable
        offered = offers.of_referral(user, referral) if mine and not referral.over else []
        rows.append(
            {
                "referral": referral,
                "steps": reading.track(referral),
                "lamp": shown[0] if shown else None,
                "state": referral.get_status_display(),
                "offer": offered[0] if offered else None,
                "readable": mine,
                "incoming": referral.receiver_id == user.department.pk,
            }
        )
    may_draft = case.status != "closed" and rules.can_draft(user, case)
    return {
        "rows": rows,
        "papers": [
            (paper, _receivers(paper))
            for paper in seen.papers
            if support is None or support == (paper.kind == ReferralKind.SUPPORT)
        ],
        "count": len(rows),
        "anchor": "support" if support else "referrals",
        "support": support,
        "exchange_url": reverse("referrals:exchange", args=[case.pk]),
        "new_url": reverse("referrals:new", args=[case.pk]) if may_draft else "",
        "new_support_url": reverse("referrals:new_support", args=[case.pk]) if may_draft else "",
    }


def _receivers(paper: Dispatch) -> str:
    return "、".join(str(receiver) for receiver in paper.receivers.all())


# --- the next-step card --------------------------------------------------------------------------------------
def _step(text: str, why: str, thing: Any, label: Any, clock: Deadline | None, order: int) -> dict[str, Any]:
    lamp = lamp_of(clock, local_date(timezone.now()), Calendar.current()) if clock else None
    return {
        "text": text,
        "why": why,
        "url": thing.get_absolute_url(),
        "label": label,
        "due": clock.due_on if clock else None,
        "days": lamp.days if lamp else None,
        "lamp": lamp.color if lamp else "n",
        "order": order,
    }


def next_paper(case: Case, user: User) -> dict[str, Any] | None:
    """A paper of one's department that waits for this person; a late or running notice first."""
    seen = Correspondence.of(case, user)
    papers = seen.papers
    # the day of discovery runs a clock: such papers come first, the latest discovery before the others
    for paper in sorted(papers, key=lambda paper: (_discovered(paper), paper.pk)):
        offered = offers.of_paper(user, paper)
        if not offered:
            continue
        clock = seen.noticed.get(paper.pk)
        to = _receivers(paper)
        if paper.kind == ReferralKind.SUPPORT:
            text = _("give %(to)s written notice that technical support is needed") % {"to": to}
            why = _("Discovered on %(day)s; the notice is due within 3 working days.") % {
                "day": paper.discovered_on.isoformat()
            }
        else:
            text = _("%(subject)s to %(to)s") % {"subject": paper.subject, "to": to}
            why = _("It is in your hands now.")
        return _step(text, why, paper, offered[0].label, clock, 10)
    return None


def _discovered(paper: Dispatch) -> int:
    return -paper.discovered_on.toordinal() if paper.discovered_on else 0


_NEXT = {"sign", "accept", "reply", "assign", "close", "decide"}
_NEXT |= {"take_completion", "supply", "decide_withdrawal", "reply_supervision"}


def next_letter(case: Case, user: User) -> dict[str, Any] | None:
    """A letter that waits for this person, the most urgent first."""
    seen = Correspondence.of(case, user)
    clocks = seen.clocks
    found = [referral for referral in seen.letters if referral.pk in seen.readable and not referral.over]
    found.sort(key=lambda referral: (referral.pk not in clocks, clocks[referral.pk][1].due_at.timestamp())
               if referral.pk in clocks else (True, 0.0))  # fmt: skip
    for referral in found:
        wanted = _NEXT - {"assign"} if referral.handler_id else _NEXT
        offered = [offer for offer in offers.of_referral(user, referral) if offer.code in wanted]
        if not offered:
            for paper in (*referral.waiting_replies, *_follow_ups(referral, user)):
                if waiting := offers.of_paper(user, paper):
                    return _step(f"{paper}", _("It is in your hands now."), paper, waiting[0].label,
                                 clocks[referral.pk][1] if referral.pk in clocks else None, 20)  # fmt: skip
            continue
        clock = clocks[referral.pk][1] if referral.pk in clocks else None
        text = _("%(number)s %(subject)s") % {"number": referral.number, "subject": referral.dispatch.subject}
        return _step(text, referral.get_status_display(), referral, offered[0].label, clock, 20)
    return None


def _follow_ups(referral: Referral, user: User) -> list[FollowUp]:
    """The letters about it that are on their way through this person's department."""
    return [each for each in referral.follow_ups.all() if each.open and rules.of(user, each.department_id)]


# --- vetoes --------------------------------------------------------------------------------------------------
def open_letters(case: Case) -> list[str]:
    """What keeps the case from being closed: papers inside a department, and letters that are not over.

    The reader is not known here, so a draft is only counted and a sealed letter not even named as whose.
    """
    drafts: dict[str, int] = {}
    for papers in (
        Dispatch.objects.filter(case=case, status__in=PAPER_OPEN).ordinary(), FollowUp.objects.filter(case=case).open()
    ):  # fmt: skip
        for name, n in papers.order_by().values_list("department__short_name").annotate(Count("pk")):
            drafts[name] = drafts.get(name, 0) + n
    letters_ = Referral.objects.filter(case=case).ordinary().exclude(status__in=REFERRAL_OVER).select_related("receiver")
    return [
        _("%(department)s still has %(n)d letters in draft: send them or give them up.") % {"department": name, "n": n}
        for name, n in sorted(drafts.items())
    ] + [
        _("A letter seen by named persons only is open.")
        if letter.receiver.named_only
        else _("%(number)s to %(receiver)s is open: %(state)s.")
        % {"number": letter.number, "receiver": letter.receiver, "state": letter.get_status_display()}
        for letter in letters_
    ]


def letters_under_way(document: IssuedDocument) -> list[str]:
    """A letter that is under way is withdrawn, which voids it and ends what hangs on it; it is not voided alone."""
    if not Referral.objects.filter(document=document.pk, status__in=STANDING).exists():
        return []
    return [_("This letter is under way. Withdraw it instead: that voids it and ends its clocks.")]


def letters_in_hand(post: Post) -> list[str]:
    """What a leaving person still has to hand over: letters assigned to them, their drafts."""
    letters_ = Referral.objects.filter(
        handler=post.user_id,
        receiver=post.department_id,
        status__in=(ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED),
    )
    papers: list[Any] = []
    for model in (Dispatch, Reply, FollowUp):
        papers += model.objects.filter(
            drafted_by=post.user_id, department=post.department_id, status=PaperStatus.DRAFT
        )
    return [_("Have %(number)s assigned to somebody else.") % {"number": letter.number} for letter in letters_] + [
        _("Submit or give up the draft “%(title)s”.") % {"title": paper} for paper in papers
    ]


def told_when_late(deadline: Deadline, stage: str, at: Any) -> list[User]:
    """Whom a stage of a letter's clock concerns beside the owner: its drafter, and once escalated the sender's heads."""
    referral = Referral.objects.select_related("author", "sender", "receiver").get(pk=deadline.target_id)
    people = [referral.author]
    if stage == "escalated" and not referral.receiver.named_only:
        people += User.objects.acting_for(referral.sender, *LEADERS, on=local_date(at))
        people += User.objects.acting_for(referral.receiver, Role.DEPUTY_HEAD, Role.HEAD, on=local_date(at))
    return people
