"""What pages show of duties, circulation and joint teams. Nothing here writes."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet

from cases.models import Case
from core.gathering import Gathering
from core.memory import remembered
from deadlines.models import Deadline
from departments.models import Department, User
from referrals import reading
from referrals.models import BulletinDuty, Copy, Dispatch, DutyReceiver, JointTeam, Reading, Referral
from referrals.rules import of


@dataclass
class Receiver:
    """One line of the signed-for list: who has it, who signed, who has read and who has not."""

    department: Department
    referral: Referral | None = None
    copy: Copy | None = None
    read: list[Reading] = field(default_factory=list)
    unread: list[Reading] = field(default_factory=list)

    @property
    def signed(self) -> bool:
        return self.referral is not None and self.referral.received_at is not None

    @property
    def nobody_has_read(self) -> bool:
        return not self.read


def signed_for_list(dispatch: Dispatch) -> list[Receiver]:
    """Receivers first, then copies, each with its readers. One query. The caller may read the paper."""
    gathering = Gathering()
    shown = signed_for_asked(gathering, dispatch)
    gathering.ask()
    return shown()


def signed_for_asked(gathering: Gathering, dispatch: Dispatch) -> Callable[[], list[Receiver]]:
    """The same, asked together with the rest of a page: to be called once it was asked."""
    readings = gathering.rows(Reading.objects.filter(dispatch=dispatch).select_related("person"))
    letters = gathering.rows(
        Referral.objects.filter(dispatch=dispatch).select_related("receiver", "received_by").order_by("pk")
    )
    copies = gathering.rows(Copy.objects.filter(dispatch=dispatch).select_related("department").order_by("pk"))
    return lambda: _signed_for(letters, copies, readings)


def _signed_for(letters: Iterable[Referral], copies: Iterable[Copy], readings: Iterable[Reading]) -> list[Receiver]:
    by_department: dict[int, list[Reading]] = defaultdict(list)
    for each in readings:
        by_department[each.department_id].append(each)
    rows = [Receiver(letter.receiver, referral=letter) for letter in letters]
    rows += [Receiver(copy.department, copy=copy) for copy in copies]
    for row in rows:
        for each in by_department[row.department.pk]:
            (row.read if each.read_at else row.unread).append(each)
    return rows


@dataclass(frozen=True)
class Circulated:
    """The circulation of one letter inside the reader's department."""

    readings: list[Reading]
    mine: Reading | None
    may_add: bool
    url: str


def circulated_asked(gathering: Gathering, letter: Referral | Copy, user: User) -> QuerySet | None:
    """Who of the receiving department was asked to read it; None for everybody else."""
    department_id = letter.department_id if isinstance(letter, Copy) else letter.receiver_id
    if not of(user, department_id):
        return None
    found = Reading.objects.filter(dispatch=letter.dispatch_id, department=department_id)
    return gathering.rows(found.select_related("person"))


def circulated(
    letter: Referral | Copy, user: User, may_add: bool, url: str, asked: QuerySet | None
) -> Circulated | None:
    """The circulation as `circulated_asked` found it; None for everybody else."""
    if asked is None:
        return None
    found = list(asked)
    mine = next((each for each in found if each.person_id == user.pk and each.read_at is None), None)
    return Circulated(found, mine, may_add, url)


@dataclass(frozen=True)
class Informing:
    """The bulletin owed and the joint teams of a case as one person sees them; asked once in a request."""

    duty: BulletinDuty | None
    clock: Deadline | None
    teams: list[JointTeam]

    @classmethod
    def of(cls, case: Case, user: User) -> "Informing":
        return remembered(user, f"referrals.informing.{case.pk}", lambda: cls._ask(case, user))

    @classmethod
    def asks(cls, case: Case, user: User) -> dict[str, Any]:
        """What it is made of. Only the owner's people read the duty on the case page: nobody else is asked about."""
        duties = BulletinDuty.objects.visible_to(user).filter(case=case) if of(user, case.owner_id) else None
        receivers = Prefetch("proposed", DutyReceiver.objects.select_related("department"))
        found = (BulletinDuty.objects.none() if duties is None else duties).select_related("department")
        return {
            f"referrals.duty.{case.pk}": found.prefetch_related(receivers).order_by("pk"),
            f"referrals.teams.{case.pk}": JointTeam.objects.visible_to(user).filter(case=case).for_list(),
        }

    @classmethod
    def _ask(cls, case: Case, user: User) -> "Informing":
        duties, teams = (
            remembered(user, key, lambda queryset=queryset: list(queryset))  # type: ignore[misc]
            for key, queryset in cls.asks(case, user).items()
        )
        duty = duties[0] if duties else None
        clock = Deadline.objects.of("bulletin_duty", duty.pk).select_related("rule").first() if duty else None
        return cls(duty, clock, teams)


def lamp_of_clock(clock: Deadline | None) -> Any:
    return reading.lamp_pair(clock)[0] if clock is not None else None
