"""What waits for the coordinator of the office: letters whose receiver is late and that nobody pressed yet (督办)."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from deadlines.models import Deadline
from deadlines.querysets import DeadlineQuerySet
from departments.enums import Function, Role
from departments.models import User
from referrals import reading
from referrals.crime_enums import POLICE_OWE
from referrals.enums import LetterKind
from referrals.models import FollowUp, Referral, Supervision
from referrals.workbench import MOST


def to_press(user: User) -> QuerySet[Referral]:
    """Letters under way in the office's region that are late at their receiver."""
    if not user.has_role(Role.COORDINATOR) or user.department.function != Function.OFFICE:
        return Referral.objects.none()
    owed = Deadline.objects.filter(
        DeadlineQuerySet.lamp_condition("r", timezone.now()), status="running", department=OuterRef("receiver")
    ).exclude(rule_code="supervision")
    late = Exists(owed.filter(target_kind=Referral.kind_code, target_id=OuterRef("pk")))
    # the police, too, are late with what was handed over as a suspected crime
    of_crime = Exists(owed.filter(target_kind="crime", target_id=OuterRef("criminal_transfer")))
    late |= of_crime & Q(criminal_transfer__status__in=POLICE_OWE)  # not while the sender completes the file
    pressed = Supervision.objects.open().filter(referral=OuterRef("pk"))
    here = Referral.objects.visible_to(user).open().filter(case__region=user.region)
    drafted = FollowUp.objects.open().filter(referral=OuterRef("pk"), kind=LetterKind.SUPERVISION)
    return here.filter(late, ~Exists(pressed), ~Exists(drafted))


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    letters = asked.rows(to_press(user).for_list().order_by("pk")[: min(limit, MOST)])
    yield
    clocks = yield from reading.lit.steps(letters, Referral.kind_code, None, asked)
    return [
        TaskRow(
            phrase=_("Supervise: %(kind)s %(number)s") % {"kind": letter.get_kind_display(), "number": letter.number},
            url=letter.get_absolute_url(),
            case_title=letter.case.title,
            case_url=reading.case_url(letter.case),
            source=str(letter.receiver),
            action_label=_("Supervise"),
            action_url=reverse("referrals:referral_supervise", args=[letter.pk]),
            sort=letter.sent_at,
            **reading.lamp_row(clocks.get(letter.pk)),
        )
        for letter in letters
    ]


def todo_count(user: User) -> Countable:
    return to_press(user)
