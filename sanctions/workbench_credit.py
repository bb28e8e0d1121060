"""What publication, points and scores put on the workbench and beside the navigation."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.wording import today
from deadlines.calendar import Calendar
from deadlines.lamps import lamp_of
from deadlines.models import Deadline
from departments.enums import LEADERS, Function, Role
from departments.models import User
from sanctions import rules_credit as rules
from sanctions.enums_credit import PublicationStatus, Receipt
from sanctions.models import AnnualScore, Consequence, PointEntry, Publication

S = PublicationStatus
PHRASES = {
    S.OWED: lambda: _("Prepare for the public"),
    S.RETURNED: lambda: _("Mend the publication"),
    S.REJECTED: lambda: _("Mend what the platform rejected"),
    S.PREPARED: lambda: _("Release for the credit platform"),
    S.RELEASED: lambda: _("Send to the credit platform"),
    S.WITHDRAWING: lambda: _("Withdraw from the credit platform"),
}  # fmt: skip


def publications(user: User) -> QuerySet[Publication]:
    """Rows whose next step is this person's."""
    seen = Publication.objects.visible_to(user)
    if not rules.can_list_publications(user):
        return seen.none()
    own, mine = Q(department=user.department), Q(pk__in=())
    if user.department.function in rules.MEMBERS and user.has_role(Role.HANDLER):
        mine |= own & Q(status__in=(S.OWED, S.RETURNED, S.REJECTED, S.WITHDRAWING))
    if user.department.function in rules.MEMBERS and user.has_role(*LEADERS):
        mine |= own & Q(status=S.PREPARED) & ~Q(prepared_by=user)
    if user.department.function == Function.REFORM and rules.is_exporter(user):
        mine |= Q(status=S.RELEASED) & ~Q(lines__receipt=Receipt.WAITING) | Q(status=S.WITHDRAWING)
    return seen.filter(pk__in=Publication.objects.filter(mine).values("pk"))


def to_confirm(user: User) -> list[QuerySet[Any]]:
    if not rules.can_list_points(user) or not user.has_role(*LEADERS):
        return [PointEntry.objects.none(), AnnualScore.objects.none()]
    return [PointEntry.objects.to_confirm(user), AnnualScore.objects.to_confirm(user)]


def consequences(user: User) -> QuerySet[Consequence]:
    if not rules.can_list_points(user) or not user.has_role(*LEADERS):
        return Consequence.objects.none()
    own = Consequence.objects.visible_to(user).filter(department=user.department)
    return own.open() | own.to_lift().exclude(done_by=user)


def points_waiting(user: User) -> list[QuerySet[Any]]:
    return [*to_confirm(user), consequences(user)]


def _running(model: Any, rows: Iterable[Any]) -> QuerySet[Deadline]:
    """The clocks that run on these rows of a model."""
    ids = [row.pk for row in rows]
    return Deadline.objects.open().filter(target_kind=model.kind_code, target_id__in=ids).order_by("pk")


def _due(running: Iterable[Deadline]) -> dict[int, dict[str, Any]]:
    """What these clocks say on the workbench, by the row they run on."""
    calendar, day = Calendar.current(), today()
    found = {}
    for clock in running:
        lamp = lamp_of(clock, day, calendar)
        found[clock.target_id] = {"lamp": lamp.color, "days": lamp.days, "due": clock.due_on}
    return found


@stepwise
def publication_rows(user: User, limit: int, asked: Gathering) -> Steps:
    rows = asked.rows(publications(user).for_list().order_by("formed_on", "pk")[:limit])
    yield
    clocks = asked.rows(_running(Publication, rows))
    yield
    due = _due(clocks)
    return [_publication_row(row, due.get(row.pk, {})) for row in rows]


def _publication_row(row: Publication, due: dict[str, Any]) -> TaskRow:
    url = row.get_absolute_url()
    return TaskRow(
        phrase=PHRASES[S(row.status)]() + "：" + str(row.get_kind_display()),
        url=url,
        case_title=row.name,
        case_url=url,
        source=str(row.department.short_name),
        action_label=_("Open"),
        action_url=url,
        sort=row.updated_at,
        target=(row.kind_code, row.pk),
        **due,
    )


@stepwise
def point_rows(user: User, limit: int, asked: Gathering) -> Steps:
    found = (*to_confirm(user), consequences(user))
    points, scores, tasks = (
        asked.rows(each.select_related("subject", "department").order_by("pk")[:limit]) for each in found
    )
    yield
    clocks = asked.rows(_running(Consequence, tasks))
    yield
    rows = [_point_row(row, _("Confirm points"), row.department.short_name) for row in points]
    rows += [_point_row(row, _("Confirm a yearly score"), row.department.short_name) for row in scores]
    due = _due(clocks)
    for task in tasks:
        phrase = str(task.get_kind_display())
        if task.fell_on is not None:
            phrase = pgettext("consequence", "Lift") + "：" + phrase
        rows.append(_point_row(task, phrase, task.cause, **due.get(task.pk, {})))
    return rows


def _point_row(row: Any, phrase: str, source: str, **due: Any) -> TaskRow:
    url = row.get_absolute_url()
    return TaskRow(
        phrase=phrase,
        url=url,
        case_title=str(row.subject),
        case_url=url,
        source=source,
        action_label=_("Open"),
        action_url=url,
        sort=row.updated_at,
        target=(row.kind_code, row.pk),
        **due,
    )
