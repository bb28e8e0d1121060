"""What the verbs of rewards have in common: the locks in their order, the record without the case's timeline."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from cases.actions.locking import lock_case
from core.refusals import BadInput
from departments.models import User
from journal.actions import record
from rewards.models import Reward


def needed(text: str, field: str = "reason") -> str:
    """:raises BadInput: nothing was written"""
    if not text.strip():
        raise BadInput(_("Give a reason."), field=field)
    return text.strip()


def lock_reward(reward: Reward) -> Reward:
    """The case first, then the reward, as it is now (DESIGN §1)."""
    lock_case(reward.case)
    locked = Reward.objects.select_for_update(of=("self",)).get(pk=reward.pk)
    reward.refresh_from_db()
    return locked


def place(reward: Reward) -> Any:
    """Where an event of the system belongs. It carries no case: other departments read the case's timeline."""
    return SimpleNamespace(pk=None, owner_id=reward.department_id, region_id=reward.region_id)


def note(verb: str, reward: Reward, *, by: User | None, at: dt.datetime, **params: Any) -> None:
    record(verb, target=reward, by=by, at=at, case=place(reward), number=reward.number, **params)
