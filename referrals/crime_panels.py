"""What transfers of suspected crime add to case page, workbench, decisions of strands, and to leaving people."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case, Strand
from core.dates import local_date
from core.gathering import Gathering, Steps, stepwise
from core.memory import remembered
from core.registry import TaskRow
from core.seeded import seeded
from core.tally import Countable
from deadlines.calendar import Calendar
from deadlines.lamps import lamp_of
from deadlines.models import Deadline
from departments.enums import LEADERS, Role
from departments.models import Post, User
from referrals import crime_reading, crime_rules, reading
from referrals.crime_enums import CRIME_OVER, WITH_POLICE
from referrals.crime_enums import CrimeStatus as S
from referrals.crime_hint import hint
from referrals.enums import BY_POLICE, BY_SENDER
from referrals.models import CrimeStep, CrimeThreshold, CriminalTransfer, FollowUp, Supervision

MOST = 2000
TO_SIGN = (S.SENT, S.FORWARDED)  # a receipt is awaited


def _found(user: User, case: Case) -> list[CriminalTransfer]:
    """The transfers of a case this person reads: panel and next step ask once in a request."""
    key = f"crime.of_case.{case.pk}"
    return remembered(user, key, lambda: list(asks(case, user)[key]))


def asks(case: Case, user: User) -> dict[str, Any]:
    """What of suspected crime the case page asks for; the amounts that give the hint, if it may be given."""
    found = {f"crime.of_case.{case.pk}": CriminalTransfer.objects.visible_to(user).filter(case=case).for_list()}
    if crime_rules.can_draft(user, case):
        found |= {
            "crime.thresholds": CrimeThreshold.objects.visible_to(user),
            "crime.route": crime_rules.routes(user),
        }
    return found


def panel(case: Case, user: User) -> dict[str, Any] | None:
    """The panel of the case page; left out where there is nothing to show and nothing to propose."""
    transfers = _found(user, case)
    mine = any(transfer.department_id == user.department.pk and not transfer.over for transfer in transfers)
    may_propose = case.status != "closed" and not mine and crime_rules.can_propose(user, case)
    if not transfers and not may_propose:
        return None
    lamps = crime_reading.lamps(transfers)
    steps: dict[int, list[CrimeStep]] = {}
    dated = CrimeStep.objects.visible_to(user).filter(transfer__in=transfers).select_related("by")
    for step in dated:
        steps.setdefault(step.transfer_id, []).append(step)
    rows = [
        {
            "transfer": transfer,
            "lamp": lamps[transfer.pk][0] if transfer.pk in lamps else None,
            "offer": crime_reading.owed(user, transfer),
            "steps": crime_reading.track(transfer, steps.get(transfer.pk, [])),
        }
        for transfer in transfers
    ]
    return {"rows": rows, "new_url": reverse("referrals:crime_propose", args=[case.pk]) if may_propose else ""}


def next_crime(case: Case, user: User) -> dict[str, Any] | None:
    """The step of a transfer that waits for this person; else that the amount reaches a crime and nobody proposed."""
    transfers = _found(user, case)
    for transfer in transfers:
        offer = crime_reading.owed(user, transfer)
        if offer is None:
            continue
        clock = crime_reading.clock_of(transfer)
        lamp = lamp_of(clock, local_date(timezone.now()), Calendar.current()) if clock else None
        return {
            "text": _("%(what)s: suspected %(crime)s") % {"what": offer.label, "crime": transfer.crime},
            "why": seeded(clock.rule.basis) if clock else transfer.get_status_display(),
            "url": transfer.get_absolute_url(),
            "label": offer.label,
            "due": clock.due_on if clock else None,
            "days": lamp.days if lamp else None,
            "lamp": lamp.color if lamp else "n",
            "order": 5,
        }
    return None if transfers else _hinted(case, user)


def _hinted(case: Case, user: User) -> dict[str, Any] | None:
    if case.status == "closed" or not crime_rules.can_propose(user, case):
        return None
    for threshold in remembered(user, "crime.thresholds", lambda: list(CrimeThreshold.objects.visible_to(user))):
        shown = hint(case.suspected, threshold)
        if shown is not None and shown.tone == "r":
            return {
                "text": _("look whether this is to be transferred to the police"),
                "why": _("Hint: %s") % shown.sentence,
                "url": reverse("referrals:crime_propose", args=[case.pk]),
                "label": _("Propose a transfer"),
                "due": None,
                "days": None,
                "lamp": "n",
                "order": 90,
            }
    return None


# --- vetoes and notes ----------------------------------------------------------------------------------------
def open_transfers(case: Case) -> list[str]:
    """What keeps the case from being closed."""
    found = CriminalTransfer.objects.filter(case=case).open().select_related("department", "case")
    return [
        _("The transfer of suspected %(crime)s by %(department)s is open: %(state)s.")
        % {"crime": transfer.crime, "department": transfer.department, "state": transfer.get_status_display()}
        for transfer in found
    ]


def instead_of_transfer(strand: Strand) -> list[str]:
    """Said when a penalty is decided: a fine does not replace a transfer (art. 11)."""
    under_way = CriminalTransfer.objects.filter(case=strand.case_id, department=strand.department_id)
    return [
        _("A transfer of suspected %(crime)s is under way (%(state)s): a penalty does not replace it.")
        % {"crime": transfer.crime, "state": transfer.get_status_display()}
        for transfer in under_way.exclude(status__in=(S.DISCARDED, S.DECLINED, S.RESUMED))
    ]


def officers_in_hand(post: Post) -> list[str]:
    """A leaving officer hands the verification over first."""
    found = CriminalTransfer.objects.filter(department=post.department_id, officers__user=post.user_id)
    return [
        _("Have other officers named for “%(title)s”.") % {"title": transfer}
        for transfer in found.filter(status__in=(S.VERIFYING,)).select_related("case")
    ]


def told_when_late(deadline: Deadline, stage: str, at: dt.datetime) -> list[User]:
    """Beside the owner: the officers; once escalated the heads of both sides."""
    transfer = CriminalTransfer.objects.select_related("department", "police").get(pk=deadline.target_id)
    people = [officer.user for officer in transfer.officers.select_related("user")]
    if stage == "escalated":
        for side in (transfer.department, transfer.police):
            people += User.objects.acting_for(side, Role.DEPUTY_HEAD, Role.HEAD, on=local_date(at))
    return people


# --- workbench -----------------------------------------------------------------------------------------------
def waiting(user: User) -> QuerySet[CriminalTransfer]:
    """Transfers whose next step is this person's: what `crime_reading.owed` says, as one statement to be counted."""
    if user.department is None:
        return CriminalTransfer.objects.none()
    mine, theirs, paper = Q(pk=None), Q(pk=None), Q(police__has_account=False)
    officer = Q(officers__user=user)
    if user.has_role(*LEADERS):
        mine |= Q(status=S.PROPOSED)
        officer = Q()
    drafted = FollowUp.objects.open().filter(referral=OuterRef("referral"))
    ours, of_police = Exists(drafted.filter(kind__in=BY_SENDER)), Exists(drafted.filter(kind__in=BY_POLICE))
    mine |= officer & Q(status=S.FILED)
    mine |= officer & Q(~ours, status__in=(S.INCOMPLETE, S.REFUSED, S.UPHELD))
    mine |= Q(officers__user=user, status=S.VERIFYING)
    if user.has_role(Role.HEAD):
        mine |= Q(status=S.REPORTED)
    if user.has_role(*crime_rules.CHIEFS):
        mine |= Q(status__in=(S.NOT_ORDERED, S.REVOKED))
    if user.has_role(Role.REGISTRAR):
        mine |= Q(status__in=(S.APPROVED, S.SUPERVISING))
        mine |= Q(status__in=WITH_POLICE, copy_served_on=None)
        mine |= paper & Q(status__in=(S.SENT, S.RECEIVED, S.FORWARDED, S.RECONSIDERING))
        theirs |= Q(status__in=TO_SIGN)
    on_file = Q() if user.has_role(*LEADERS) else Q(referral__handler=user)
    theirs |= on_file & Q(~of_police, status__in=(S.RECEIVED, S.RECONSIDERING))
    # 督办 of the office is replied to by the police here, or entered by the sender's registrar
    pressed, here = Exists(Supervision.objects.open().filter(referral=OuterRef("referral"))), Q(police__has_account=True)
    if user.has_role(Role.REGISTRAR):
        mine |= ~here & Q(pressed)
    turn = Q(police=user.department) & here & on_file & Q(pressed)
    turn |= (Q(department=user.department) & mine) | (Q(police=user.department) & ~paper & theirs)
    found = CriminalTransfer.objects.visible_to(user)
    return found.filter(pk__in=CriminalTransfer.objects.filter(turn).values("pk"))


def _waiting_rows(found: QuerySet[CriminalTransfer], user: User, limit: int, asked: Gathering) -> Steps:
    transfers = asked.rows(found.for_list().order_by("pk")[: min(limit, MOST)])
    yield
    return (yield from _rows([(transfer, crime_reading.owed(user, transfer)) for transfer in transfers], asked))


def _row(transfer: CriminalTransfer, offer: Any, clock: Any) -> TaskRow:
    label = str(offer.label) if offer is not None else str(transfer.get_status_display())
    return TaskRow(
        phrase=f"{label}：{transfer}",
        url=transfer.get_absolute_url(),
        case_title=transfer.case.title,
        case_url=reading.case_url(transfer.case),
        source=str(transfer.department),
        action_label=label if offer is not None else "",
        action_url=offer.url if offer is not None else transfer.get_absolute_url(),
        sort=transfer.updated_at,
        target=(transfer.kind_code, transfer.pk),
        **reading.lamp_row(clock),
    )


def _rows(pairs: list[tuple[CriminalTransfer, Any]], asked: Gathering) -> Steps:
    clocks = yield from crime_reading.lamps.steps([transfer for transfer, _offer in pairs], asked)
    return [_row(transfer, offer, clocks.get(transfer.pk)) for transfer, offer in pairs]


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    return (yield from _waiting_rows(waiting(user).exclude(status__in=TO_SIGN), user, limit, asked))


def todo_count(user: User) -> Countable:
    return waiting(user).exclude(status__in=TO_SIGN)


@stepwise
def sign_rows(user: User, limit: int, asked: Gathering) -> Steps:
    """The receipts to sign, or to enter from paper."""
    return (yield from _waiting_rows(waiting(user).filter(status__in=TO_SIGN), user, limit, asked))


def sign_count(user: User) -> Countable:
    return waiting(user).filter(status__in=TO_SIGN)


def _begun(user: User, over: bool) -> QuerySet[CriminalTransfer]:
    if user.department is None:
        return CriminalTransfer.objects.none()
    part = CriminalTransfer.objects.filter(Q(proposed_by=user) | Q(officers__user=user)).values("pk")
    found = CriminalTransfer.objects.visible_to(user).filter(pk__in=part, department=user.department)
    return found.filter(status__in=CRIME_OVER) if over else found.exclude(status__in=CRIME_OVER)


def _begun_rows(user: User, over: bool, limit: int, asked: Gathering) -> Steps:
    found = asked.rows(_begun(user, over).for_list().order_by("-updated_at")[: min(limit, MOST)])
    yield
    return (yield from _rows([(transfer, None) for transfer in found], asked))


@stepwise
def started_rows(user: User, limit: int, asked: Gathering) -> Steps:
    return (yield from _begun_rows(user, False, limit, asked))


def started_count(user: User) -> Countable:
    return _begun(user, over=False)


@stepwise
def done_rows(user: User, limit: int, asked: Gathering) -> Steps:
    return (yield from _begun_rows(user, True, limit, asked))


def done_count(user: User) -> Countable:
    return _begun(user, over=True)
