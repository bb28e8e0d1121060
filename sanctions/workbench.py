"""What sanctions put on the workbench and beside the navigation: the next step of each, for who may take it."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from departments.enums import LEADERS, Role
from departments.models import Post, User
from sanctions import rules
from sanctions.enums import (
    TO_FEED_BACK,
    AppliedStatus,
    EntryStatus,
    HearingStatus,
    ListKind,
    MeasureTaskStatus,
    RepairStatus,
    SanctionStatus,
)
from sanctions.models import AppliedMeasure, Hearing, ListEntry, MeasureTask, Repair, Sanction
from sanctions.reading import lamps, running

NOBODY = Q(pk__in=())


def mine(user: User) -> Q:
    """Sanctions whose next step is this person's."""
    if not rules.can_list(user):
        return NOBODY
    found, own = NOBODY, Q(department=user.department)
    unreviewed = Q(status=SanctionStatus.PROPOSED, reviewed_at=None)
    found |= unreviewed & own & Q(returned_at__isnull=False, proposed_by=user)
    if user.has_role(*LEADERS):
        found |= unreviewed & own & Q(returned_at=None) & ~Q(proposed_by=user)
    at_home = Q(authority=user.department)
    if user.has_role(*rules.WORKING):
        begun = Hearing.objects.filter(sanction=OuterRef("pk"), task=None).exclude(
            status=HearingStatus.DISCARDED
        )
        goes_on = begun.filter(_hearing_mine(user))
        found |= (
            at_home
            & Q(status=SanctionStatus.PROPOSED, reviewed_at__isnull=False)
            & (~Exists(begun) | Exists(goes_on))
        )
    if user.has_role(*rules.SIGNING):
        found |= at_home & Q(status=SanctionStatus.HEARD) & ~Q(proposed_by=user) & ~Q(reviewed_by=user)
    return found


def _hearing_mine(user: User) -> Q:
    """Hearings whose next step a handler or leader of the department takes; who wrote a notice does not sign it."""
    working = Q(status__in=(HearingStatus.SIGNED, HearingStatus.SERVED, HearingStatus.SAID))
    if user.has_role(*LEADERS):
        working |= Q(status=HearingStatus.DRAFTED) & ~Q(drafted_by=user)
    return working


def my_tasks(user: User) -> QuerySet[MeasureTask]:
    """Tasks whose next step is this person's: to take in, to draft and hear, to decide, to execute, to feed back."""
    if not rules.can_list(user):
        return MeasureTask.objects.none()
    found = NOBODY
    drafted = AppliedMeasure.objects.filter(task=OuterRef("pk"), status=AppliedStatus.DRAFT)
    hearing = Hearing.objects.filter(task=OuterRef("pk")).exclude(status=HearingStatus.DISCARDED)
    heard = Hearing.objects.filter(
        task=OuterRef("task"), status=HearingStatus.ANSWERED, drafted_at__gte=OuterRef("created_at")
    )
    ready = Exists(drafted) & ~Exists(drafted.filter(~Exists(heard), measure__own_hearing=True))
    if user.has_role(Role.REGISTRAR, *LEADERS):
        found |= Q(status=MeasureTaskStatus.ISSUED)
    if user.has_role(*rules.WORKING):
        named = Q(person=user) | Q(person=None)
        found |= named & Q(status__in=(MeasureTaskStatus.DECIDED, *TO_FEED_BACK))
        found |= named & Q(status=MeasureTaskStatus.ACKNOWLEDGED) & ~ready
        found |= Q(status=MeasureTaskStatus.ACKNOWLEDGED) & Exists(hearing.filter(_hearing_mine(user)))
    if user.has_role(*rules.SIGNING):
        found |= Q(status=MeasureTaskStatus.ACKNOWLEDGED) & ready & ~Q(drafted_by=user)
    home = Q(department=user.department) | Q(
        department__has_account=False, sanction__authority=user.department
    )
    return MeasureTask.objects.visible_to(user).filter(home & found, sanction__suspended_at=None)


def my_entries(user: User) -> QuerySet[ListEntry]:
    """Entries that wait for this person's approval."""
    if not rules.can_list(user) or not user.has_role(*rules.SIGNING):
        return ListEntry.objects.none()
    found = ListEntry.objects.visible_to(user).filter(department=user.department, status=EntryStatus.PROPOSED)
    if not user.has_role(Role.HEAD):
        found = found.exclude(kind=ListKind.PERMANENT)
    return found.exclude(proposed_by=user)


def my_repairs(user: User) -> QuerySet[Repair]:
    """Applications for credit repair that wait for this person's decision."""
    if not rules.can_list(user) or not user.has_role(*rules.SIGNING):
        return Repair.objects.none()
    found = Repair.objects.visible_to(user).filter(department=user.department, status=RepairStatus.APPLIED)
    return found.exclude(recorded_by=user)


def _phrase(sanction: Sanction) -> str:
    if sanction.status == SanctionStatus.HEARD:
        return _("Determine the breach of trust, or not: %(about)s")
    if sanction.returned_at is not None:
        return _("Change the proposed sanction: %(about)s")
    if sanction.reviewed_at is None:
        return _("Review the proposed sanction: %(about)s")
    return _("Hear the subject: %(about)s")


TASK_PHRASES = {
    MeasureTaskStatus.ISSUED: gettext_lazy("Take the determination in: %(about)s"),
    MeasureTaskStatus.ACKNOWLEDGED: gettext_lazy("Decide your measures: %(about)s"),
    MeasureTaskStatus.DECIDED: gettext_lazy("Execute your measures: %(about)s"),
    MeasureTaskStatus.EXECUTED: gettext_lazy("Feed back on your measures: %(about)s"),
    MeasureTaskStatus.LAPSED: gettext_lazy("Measures ran out unexecuted; feed back why: %(about)s"),
}


def _row(phrase: str, about: str, thing, source, lamp=None) -> TaskRow:
    url = thing.get_absolute_url()
    return TaskRow(
        phrase=phrase % {"about": about}, url=url, source=str(source), action_label=_("Open"), action_url=url,
        sort=thing.updated_at, lamp=lamp.color if lamp else "n", days=lamp.days if lamp else None,
        due=getattr(lamp, "due_on", None), target=(thing.kind_code, thing.pk),
    )  # fmt: skip


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    if not rules.can_list(user):
        return []
    rows = []
    sanctions = asked.rows(Sanction.objects.visible_to(user).filter(mine(user)).for_list().order_by("pk")[:limit])
    tasks = asked.rows(my_tasks(user).for_list().order_by("pk")[:limit])
    entries = asked.rows(my_entries(user).select_related("subject", "department").order_by("pk")[:limit])
    repairs = asked.rows(my_repairs(user).select_related("subject", "department").order_by("pk")[:limit])
    yield
    clocks = {
        kind: asked.rows(running(kind, [each.pk for each in found]))
        for kind, found in ((Sanction.kind_code, sanctions), (MeasureTask.kind_code, tasks), (Repair.kind_code, repairs))
        if found
    }
    yield
    lit = lamps(Sanction.kind_code, (), clocks.get(Sanction.kind_code, ()))
    for sanction in sanctions:
        rows.append(
            _row(
                _phrase(sanction), sanction.subject.name, sanction, sanction.department, lit.get(sanction.pk)
            )
        )
    lit = lamps(MeasureTask.kind_code, (), clocks.get(MeasureTask.kind_code, ()))
    for task in tasks:
        phrase = str(TASK_PHRASES[MeasureTaskStatus(task.status)])
        rows.append(_row(phrase, task.sanction.subject.name, task, task.sanction.authority, lit.get(task.pk)))
    for entry in entries:
        rows.append(_row(_("Approve the list entry, or not: %(about)s"), str(entry), entry, entry.department))
    lit = lamps(Repair.kind_code, (), clocks.get(Repair.kind_code, ()))
    for repair in repairs:
        phrase = _("Decide on the credit repair: %(about)s")
        rows.append(_row(phrase, repair.subject.name, repair, repair.department, lit.get(repair.pk)))
    return rows[:limit]


def waiting(user: User) -> Countable:
    """What the side navigation counts: sanctions."""
    if not rules.can_list(user):
        return None
    return Sanction.objects.visible_to(user).filter(mine(user))


def lists_waiting(user: User) -> Countable:
    return [my_entries(user), my_repairs(user)]


def all_waiting(user: User) -> Countable:
    return [waiting(user), my_tasks(user), my_entries(user), my_repairs(user)]


def in_hand(post: Post) -> list[str]:
    """What a leaving person still has to hand over (DESIGN §3)."""
    held = MeasureTask.objects.open().filter(person=post.user_id, department=post.department_id)
    said = [
        _("Hand over the joint sanction of %(subject)s.") % {"subject": task.sanction.subject}
        for task in held.select_related("sanction__subject").order_by("pk")
    ]
    waiting = Sanction.objects.filter(status=SanctionStatus.PROPOSED, reviewed_at=None)
    proposed = waiting.filter(proposed_by=post.user_id, department=post.department_id)
    return said + [
        _("Have the sanction proposed against %(subject)s reviewed, or withdraw it.") % {"subject": each.subject}
        for each in proposed.select_related("subject").order_by("pk")
    ]
