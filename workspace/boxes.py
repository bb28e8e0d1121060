"""What one has begun and what one has dealt with, as rows of the workbench: the same shape in every room."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow, TaskSource, kinds
from departments.models import User


def source(
    tab: str,
    order: int,
    found: Callable[[User], QuerySet],
    *,
    sort: str,
    origin: str,
    state: str = "status",
    related: tuple[str, ...] = (),
    case: Callable[[Any], Any] = lambda thing: None,
) -> TaskSource:
    """The rows of `found(user)`, newest first by the field `sort`; each leads to its page.

    origin: the field of the department it is from. state: the field of choices it stands at. related: what else a row
    reads. case(thing) -> its case, where whoever sees the thing sees the case too.
    """

    @stepwise
    def rows(user: User, limit: int, asked: Gathering) -> Steps:
        things = asked.rows(found(user).select_related(origin, *related).order_by(f"-{sort}", "-pk")[:limit])
        yield
        rows = []
        for thing in things:
            whole = case(thing)
            rows.append(TaskRow(
                phrase=_("%(what)s: %(status)s") % {"what": thing, "status": getattr(thing, f"get_{state}_display")()},
                url=thing.get_absolute_url(),
                case_title=whole.title if whole else "",
                case_url=kinds["case"].url(whole) if whole else "",
                source=str(getattr(thing, origin)),
                sort=getattr(thing, sort),
                target=(thing.kind_code, thing.pk),
            ))  # fmt: skip
        return rows

    return TaskSource(tab, order, rows, found)
