"""How one presses for a resolution from the list of clocks (时限监控): what this room puts into `registry.clock_presses`."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from core.refusals import WrongState
from core.registry import ClockPress
from meetings import rules_resolutions as rules
from meetings.actions.resolutions import press
from meetings.models import Resolution


def supervise(
    deadline: Any, *, demand: str, reply_on: dt.date, by: Any, at: dt.datetime
) -> tuple[str, str]:
    """督办 of a resolution: the office's numbered letter, which goes out at once."""
    task = Resolution.objects.visible_to(by).filter(pk=deadline.target_id).first()
    if task is None or not rules.is_office(by, task):
        raise WrongState(_("Letters of supervision are drafted by the coordinator of the office."))
    press(task=task, demand=demand, reply_on=reply_on, by=by, at=at)
    return _("The letter of supervision is out."), task.get_absolute_url()


PRESS = ClockPress(
    supervised=lambda: Subquery(Resolution.objects.filter(pk=OuterRef("target_id")).values("pressed")),
    supervise=supervise,
)
