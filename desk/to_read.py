"""待阅: notices of what somebody has to take note of, by the verbs the rooms named (`core.registry.to_read`; ADR 0077)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core import registry
from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from departments.models import Department
from desk.inbox import HIDDEN, rows_of
from journal.models import Notification

# where a thing says from whom it is; the first that is not the reader's own department
_FROM = ("sender_id", "receiver_id", "office_id", "authority_id", "department_id")


def waiting(user: Any) -> QuerySet[Notification]:
    """Those of one's unread notices that are to be read, told for the department one acts in."""
    if user.department is None or not registry.to_read:
        return Notification.objects.none()
    told = Q(department_id=None) | Q(department_id=user.department.pk)
    return Notification.objects.visible_to(user).unread().filter(told, verb__in=sorted(registry.to_read))


@stepwise
def read_rows(user: Any, limit: int, asked: Gathering) -> Steps:
    """One row a notice, newest first: opening it is reading it. What is open no more says so and nothing else."""
    notices = asked.rows(waiting(user).order_by("-pk")[:limit])
    yield
    told = yield from rows_of.steps(notices, user, asked)
    senders = {each.pk: _sender(each.thing, user) for each in told}
    known = asked.rows(Department.objects.visible_to(user).filter(pk__in={pk for pk in senders.values() if pk}))
    yield
    names, rows = {each.pk: each for each in known}, []
    for notice, row in zip(notices, told, strict=True):
        kind, case = registry.kinds.get(notice.target_kind), registry.kinds.get("case")
        gone = kind is not None and row.thing is None
        rows.append(TaskRow(
            phrase=str(HIDDEN if gone else row.text),
            url=kind.url(row.thing) if kind and row.thing is not None else reverse("desk:notifications"),
            case_title="" if gone else row.case_title,
            case_url=case.url(row.case) if case and row.case is not None and not gone else "",
            source=str(names.get(senders[row.pk] or 0, "")),
            action_label=_("Look"),
            action_url=reverse("desk:notification_open", args=[row.pk]),
            method="post",
            sort=row.at,
            target=(notice.target_kind, notice.target_id) if row.thing is not None else None,
        ))  # fmt: skip
    return rows


def _sender(thing: Any, user: Any) -> int | None:
    ids = (getattr(thing, name, None) for name in _FROM)
    return next((pk for pk in ids if pk and pk != user.department.pk), None)


def read_count(user: Any) -> Countable:
    return waiting(user)
