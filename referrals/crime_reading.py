"""What pages and panels show of transfers of suspected crime: the track, the next steps, the clocks. No writes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.gathering import Gathering, Steps, stepwise
from core.wording import moment
from deadlines.actions.clocks import open_clock
from deadlines.models import Deadline
from departments.models import Department, Post, User
from referrals import reading, rules
from referrals.crime_enums import CrimeStatus as S
from referrals.crime_enums import StepKind
from referrals.crime_rules import CAN, is_drafted
from referrals.models import CriminalTransfer
from referrals.offers import Offer
from referrals.receiving_rules import can_reply_to_supervision
from referrals.rules import WORKERS

# code, label, whether it is a dangerous one — in order of importance
LABELS: tuple[tuple[str, Any, bool], ...] = (
    ("assign", gettext_lazy("Name the officers"), False),
    ("report", gettext_lazy("Report to the head"), False),
    ("decide", gettext_lazy("Decide on the transfer"), False),
    ("hand_over", gettext_lazy("Number and hand over"), False),
    ("sign", gettext_lazy("Sign the receipt"), False),
    ("filing", gettext_lazy("Decide whether to file"), False),
    ("complete", gettext_lazy("Complete the material"), False),
    ("reconsidered", gettext_lazy("Answer the reconsideration"), False),
    ("supervised", gettext_lazy("Enter the result of supervision"), False),
    ("property", gettext_lazy("Hand over property"), False),
    ("reconsider", gettext_lazy("Ask for reconsideration"), False),
    ("supervise", gettext_lazy("Ask the procuratorate"), False),
    ("incomplete", pgettext_lazy("crime", "Ask for completion"), False),
    ("forward", pgettext_lazy("crime", "Forward"), False),
    ("revoke", gettext_lazy("Revoke the case"), False),
    ("resume", gettext_lazy("Resume administrative handling"), False),
    ("copy", gettext_lazy("Prove the service of the copy"), False),
    ("duty", gettext_lazy("Note a duty crime"), False),
    ("discard", gettext_lazy("Give up"), True),
)
# these may be done but nobody waits for them
OPTIONAL = {"duty", "discard", "assign_handler", "revoke"}


def offers(user: User, transfer: CriminalTransfer) -> list[Offer]:
    """What this person may do now with the transfer, the most important first."""
    found = [
        Offer(code, label, reverse(f"referrals:crime_{code}", args=[transfer.pk]), False, danger)
        for code, label, danger in LABELS
        if CAN[code](user, transfer) and not (code == "reconsider" and reconsider_lapsed(transfer))
    ]
    if transfer.status == S.VERIFYING:  # officers are named already: naming others is no longer first
        found.sort(key=lambda offer: offer.code == "assign")
    referral = transfer.referral
    if referral is not None and can_reply_to_supervision(user, referral):
        url = reverse("referrals:referral_reply_supervision", args=[referral.pk])
        found.insert(0, Offer("reply_supervision", gettext_lazy("Reply to the office"), url))
    if referral is not None and not transfer.on_paper and rules.can_assign(user, referral):
        found.append(
            Offer("assign_handler", gettext_lazy("Assign"), reverse("referrals:referral_assign", args=[referral.pk]))
        )
    return found


def reconsider_lapsed(transfer: CriminalTransfer) -> bool:
    """Whether the three days of 提请复议 (art. 9) are over: it is no longer offered, and refused where it is asked for."""
    if transfer.status != S.REFUSED:
        return False
    known: Any = getattr(transfer, "reconsider_until", False)  # of a transfer loaded with `for_list`
    if known is False:
        clock = open_clock(transfer, "police_reconsideration")
        known = clock.due_at if clock is not None else None
    return known is not None and timezone.now() >= known


def owed(user: User, transfer: CriminalTransfer) -> Offer | None:
    """The step that waits for this person, or None."""
    for offer in offers(user, transfer):
        # naming other officers, deciding before the completion came: possible, not waited for; nor is giving in while
        # a remedy is on its way to be signed: it waits as a paper
        writing = offer.code == "resume" and is_drafted(transfer, "reconsider")
        late = writing or (offer.code, transfer.status) in (("assign", S.VERIFYING), ("filing", S.INCOMPLETE))
        if offer.code not in OPTIONAL and not late:
            return offer
    return None


def certified(department: Department, day: dt.date) -> QuerySet[User]:
    """People who may be named to verify, with their enforcement certificate; those without one show as such."""
    posts = Post.objects.current(day).filter(department=department, user=OuterRef("pk"))
    number = posts.order_by("-certificate").values("certificate")[:1]
    return User.objects.acting_for(department, *WORKERS, on=day).annotate(certificate=Subquery(number)).order_by("pk")


def clock_of(transfer: CriminalTransfer) -> Deadline | None:
    return Deadline.objects.open().of("crime", transfer.pk).order_by("due_at", "pk").first()


@stepwise
def lamps(transfers: Iterable[CriminalTransfer], asked: Gathering) -> Steps:
    """The most urgent running clock of each, as (lamp, clock), in one query."""
    ids = [transfer.pk for transfer in transfers]
    rows = asked.rows(Deadline.objects.open().filter(target_kind="crime", target_id__in=ids).order_by("due_at", "pk"))
    yield
    shown: dict[int, Any] = {}
    for row in rows:
        shown.setdefault(row.target_id, reading.lamp_pair(row))
    return shown


# the stations of the track: label, the kinds of step that are it, the states in which it is being waited for
_TRACK = (
    (gettext_lazy("Proposed"), (StepKind.PROPOSED,), ()),
    (gettext_lazy("Verified by two"), (StepKind.REPORTED,), (S.PROPOSED, S.VERIFYING)),
    (gettext_lazy("Head's decision"), (StepKind.APPROVED, StepKind.DECLINED), (S.REPORTED,)),
    (gettext_lazy("Handed over"), (StepKind.HANDED_OVER,), (S.APPROVED,)),
    (gettext_lazy("Receipt"), (StepKind.RECEIVED,), (S.SENT, S.FORWARDED)),
    (
        gettext_lazy("Police decision"),
        (StepKind.FILED, StepKind.REFUSED, StepKind.UPHELD, StepKind.OVERTURNED, StepKind.ORDERED, StepKind.NOT_ORDERED,
         StepKind.REVOKED),
        (S.RECEIVED, S.INCOMPLETE, S.RECONSIDERING, S.SUPERVISING),
    ),
    (
        gettext_lazy("Ended"), (StepKind.PROPERTY, StepKind.RESUMED, StepKind.DISCARDED),
        (S.FILED, S.REFUSED, S.UPHELD, S.NOT_ORDERED, S.REVOKED),
    ),
)  # fmt: skip
_BAD = (StepKind.DECLINED, StepKind.REFUSED, StepKind.UPHELD, StepKind.NOT_ORDERED, StepKind.REVOKED, StepKind.DISCARDED)


def track(transfer: CriminalTransfer, steps: Iterable[Any]) -> list[reading.StepShown]:
    """Proposal to end in seven stations, each with who and when; the last of several steps of a station counts."""
    last = {}
    for step in steps:
        for label, kinds, _states in _TRACK:
            if step.kind in kinds:
                last[label] = step
    shown = []
    for label, _kinds, states in _TRACK:
        step = last.get(label)
        if transfer.status in states:
            shown.append(reading.StepShown(label, "blue", "", _("now")))
        elif step is not None:
            state = "bad" if step.kind in _BAD else "ok"
            shown.append(reading.StepShown(label, state, step.by.name, moment(step.happened_at)))
        else:
            shown.append(reading.StepShown(label))
    return shown
