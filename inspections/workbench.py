"""What inspections put on the workbench and beside the navigation."""

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import local_date
from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from deadlines.lamps import Lamp
from departments.enums import LEADERS, Function, Role
from departments.models import Department, Post, User
from inspections import rules
from inspections.enums import (
    WITHOUT_NOTICE,
    InspectionStatus,
    MemberRole,
    MoreTimeStatus,
    Outcome,
    RectificationStatus,
)
from inspections.models import (
    Finding,
    Inspection,
    Member,
    MoreTime,
    Partner,
    Rectification,
    Summary,
    SummarySignature,
    Target,
)
from inspections.notices import DESK
from inspections.reading import clocks_of, lamps
from inspections.rules_writing import CHANGES
from journal.models import Event

S = InspectionStatus


def to_answer(user: User) -> QuerySet[Partner]:
    """Inspections one's department is asked to and has not answered."""
    if not rules.may_inspect(user) or not user.has_role(*rules.ANSWERING):
        return Partner.objects.none()
    asked = Partner.objects.visible_to(user).unanswered().filter(inspection__status=S.DRAFT, leads=False)
    return asked.filter(department=user.department)


def to_sign(user: User) -> QuerySet[Inspection]:
    """Plans that wait for the signature of this person."""
    if not rules.may_inspect(user) or not user.has_role(*rules.SIGNERS):
        return Inspection.objects.none()
    found = Inspection.objects.visible_to(user).filter(
        lead=user.department, status=S.AGREED, approved_at=None
    )
    wrote = Event.objects.filter(target_kind=Inspection.kind_code, actor_id=user.pk, verb__in=CHANGES).order_by()
    return found.exclude(drafted_by=user).exclude(submitted_by=user).exclude(pk__in=wrote.values("target_id"))


def _signed() -> QuerySet[SummarySignature]:
    """Signatures of the outer department under the newest summary."""
    last = Summary.objects.filter(inspection=OuterRef("partner__inspection")).values("inspection")
    return SummarySignature.objects.filter(
        partner=OuterRef("pk"),
        kind="signed",
        summary__number=Subquery(last.annotate(n=Max("number")).values("n")),
    )


def to_sign_summary(user: User) -> QuerySet[Partner]:
    """Summaries one's department has not signed."""
    if not rules.may_inspect(user) or not user.has_role(*LEADERS):
        return Partner.objects.none()
    mine = Partner.objects.visible_to(user).staying().filter(inspection__status=S.REPORTED)
    return mine.filter(~Exists(_signed()), department=user.department)


def to_lead(user: User) -> QuerySet[Inspection]:
    """Inspections this person drafted whose next step is the lead's; those that wait for others are left out.

    Where the drafter has left the department, its leaders have them.
    """
    if not rules.can_plan(user):
        return Inspection.objects.none()
    staying = Partner.objects.filter(inspection=OuterRef("pk"), dropped_at=None)
    silent = staying.filter(answer="none", leads=False)
    unsigned = staying.filter(~Exists(_signed()))
    today = local_date(timezone.now())
    without = Target.objects.filter(inspection=OuterRef("pk"), dropped_at=None, notice=None)
    to_announce = Exists(without) & ~Q(kind__in=WITHOUT_NOTICE)
    next_is_mine = (
        Q(status=S.DRAFT) & (Q(asked_at=None) | ~Exists(silent))
        | Q(status=S.AGREED, approved_at__isnull=False) & (to_announce | Q(starts_on__lte=today))
        | Q(status=S.UNDER_WAY)
        | Q(status=S.REPORTED) & ~Exists(unsigned)
    )
    mine = Q(drafted_by=user)
    if user.has_role(*LEADERS):
        held = Post.objects.current().filter(user=OuterRef("drafted_by"), department=OuterRef("lead"))
        mine |= ~Exists(held) | Q(drafted_by__is_active=False)
    return Inspection.objects.visible_to(user).filter(next_is_mine, mine, lead=user.department)


def to_decide(user: User) -> QuerySet[Finding]:
    """Findings this person wrote down that went nowhere yet."""
    if not rules.may_inspect(user):
        return Finding.objects.none()
    found = Finding.objects.visible_to(user).filter(
        outcome=Outcome.OPEN, department=user.department, added_by=user
    )
    return found.filter(inspection__status__in=(S.UNDER_WAY, S.REPORTED))


def _more_time(user: User) -> QuerySet[MoreTime]:
    """What others than this person ask for a rectification."""
    return MoreTime.objects.filter(task=OuterRef("pk"), status=MoreTimeStatus.ASKED).exclude(asked_by=user)


def to_rectify(user: User) -> QuerySet[Rectification]:
    """Rectifications this person follows, and those to be confirmed by a leader of the department."""
    if not rules.may_inspect(user):
        return Rectification.objects.none()
    mine = Q(person=user, status=RectificationStatus.OPEN)
    if user.has_role(*LEADERS):
        mine |= Q(status=RectificationStatus.DONE) & ~Q(done_by=user)
        mine |= Q(status=RectificationStatus.OPEN) & Exists(_more_time(user))
        left = Post.objects.current().filter(user=OuterRef("person"), department=OuterRef("department"))
        mine |= Q(status=RectificationStatus.OPEN) & ~Exists(left)
    return Rectification.objects.visible_to(user).filter(mine, department=user.department)


def _row(
    phrase: str, url: str, label: str, inspection: Inspection, lamp: Lamp | None = None, **more
) -> TaskRow:
    if lamp is not None:
        more |= {"lamp": lamp.color, "days": lamp.days}
    return TaskRow(
        phrase=phrase, url=more.pop("page", url), source=str(inspection.lead), action_label=label, action_url=url,
        sort=inspection.updated_at, target=(inspection.kind_code, inspection.pk), **more,
    )  # fmt: skip


def lead_phrase(inspection: Inspection) -> str:
    """What the lead does next, in words with the name of the inspection."""
    if inspection.status == S.DRAFT and inspection.asked_at is None:
        said = _("Put the plan to the departments: %(title)s")
    elif inspection.status == S.DRAFT:
        said = _("Every department has answered, go on: %(title)s")
    elif inspection.status == S.AGREED:
        said = _("The plan is signed, announce or begin it: %(title)s")
    elif inspection.status == S.UNDER_WAY:
        said = _("Carry out the inspection: %(title)s")
    else:
        said = _("Every department has signed, close: %(title)s")
    return said % {"title": inspection}


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    rows = []
    partners, summaries = (
        asked.rows(found(user).select_related("inspection__lead").order_by("pk")[:limit])
        for found in (to_answer, to_sign_summary)
    )
    plans = asked.rows(to_sign(user).select_related("lead").order_by("pk")[:limit])
    led = asked.rows(to_lead(user).select_related("lead").order_by("starts_on", "pk")[:limit])
    findings = asked.rows(to_decide(user).select_related("inspection__lead").order_by("found_on", "pk")[:limit])
    tasks = asked.rows(
        to_rectify(user)
        .annotate(asks=Exists(_more_time(user)))
        .select_related("finding__inspection__lead")
        .order_by(F("due_on"), "pk")[:limit]
    )
    yield
    clocks = asked.rows(clocks_of(partners)), asked.rows(clocks_of(tasks))
    yield
    lit = lamps(partners, clocks[0])
    for partner in partners:
        phrase = _("Say whether your department takes part, and name its people: %(title)s")
        rows.append(_row(phrase % {"title": partner.inspection}, reverse("inspections:confirm", args=[partner.pk]),
                         pgettext("inspection", "Answer"), partner.inspection, lit.get(partner.pk),
                         page=partner.get_absolute_url(), due=partner.inspection.starts_on))  # fmt: skip
    for inspection in plans:
        url = reverse("inspections:approve", args=[inspection.pk])
        phrase = _("Sign the plan: %(title)s") % {"title": inspection}
        rows.append(_row(phrase, url, _("Sign"), inspection, page=inspection.get_absolute_url(),
                         due=inspection.starts_on))  # fmt: skip
    for partner in summaries:
        phrase = _("Sign the summary: %(title)s") % {"title": partner.inspection}
        rows.append(_row(phrase, reverse("inspections:sign_summary", args=[partner.pk]), _("Sign"), partner.inspection,
                         page=f"{partner.inspection.get_absolute_url()}?tab=summary"))  # fmt: skip
    for inspection in led:
        rows.append(_row(lead_phrase(inspection), inspection.get_absolute_url(), _("Open"), inspection,
                         due=inspection.ends_on if inspection.status == S.UNDER_WAY else inspection.starts_on))  # fmt: skip
    for finding in findings:
        said = {"n": finding.number, "title": finding.inspection}
        rows.append(_row(_("Decide where finding %(n)d goes: %(title)s") % said, finding.get_absolute_url(), _("Open"),
                         finding.inspection))  # fmt: skip
    decides = user.has_role(*LEADERS)
    lit = lamps(tasks, clocks[1])
    for task in tasks:
        reported = task.status == RectificationStatus.DONE
        phrase = (
            _("Confirm the rectification or send it back: %(what)s")
            if reported
            else _("Decide on more time for the rectification: %(what)s")
            if task.asks and decides
            else _("Rectification: %(what)s")
        )
        rows.append(_row(phrase % {"what": task.finding}, task.get_absolute_url(), _("Open"), task.finding.inspection,
                         lit.get(task.pk), due=task.due_on))  # fmt: skip
    return rows[:limit]


def waiting(user: User) -> Countable:
    """What the side navigation counts: only what this person must do."""
    return [
        to_answer(user), to_sign(user), to_sign_summary(user), to_lead(user), to_decide(user), to_rectify(user),
    ]  # fmt: skip


def in_hand(post: Post) -> list[str]:
    """What a leaving person still has to hand over (DESIGN §3)."""
    held = Rectification.objects.unfinished().filter(person=post.user_id, department=post.department_id)
    said = [
        _("Hand over the rectification “%(what)s”.") % {"what": task.finding}
        for task in held.select_related("finding").order_by("pk")
    ]
    going = Member.objects.filter(
        user=post.user_id, partner__department=post.department_id, left_at=None,
        inspection__status__in=(S.AGREED, S.UNDER_WAY),
    ).exclude(role=MemberRole.EXPERT)  # fmt: skip
    said += [
        _("Name somebody else for the inspection “%(title)s”.") % {"title": member.inspection}
        for member in going.select_related("inspection").order_by("pk")
    ]
    return said


def told_when_unanswered(deadline, stage, at):
    """Beside handlers and section heads: who answers for the department, and the office that coordinates."""
    day = local_date(at)
    people = list(User.objects.acting_for(deadline.department, *DESK, on=day))
    office = Department.objects.of(deadline.department.region, Function.OFFICE).first()
    if office is not None:
        people += list(User.objects.acting_for(office, Role.COORDINATOR, on=day))
    return people
