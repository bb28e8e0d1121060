"""Whom to tell of a reward: numbers and amounts, never a person. Called by the actions, inside their transaction."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from core.dates import local_date
from departments.enums import Function, Role
from departments.models import Department, User
from journal.actions import notify
from rewards.models import Reward


def to_people(
    people: Iterable[User | None], reward: Reward, verb: str, *, at: dt.datetime, tone: str = "y",
    department: Department | None = None, **params: Any,
) -> None:  # fmt: skip
    known = [person for person in people if person is not None]
    notify(
        known, verb, target=reward, at=at, department=department or reward.department, tone=tone,
        number=reward.number, amount=reward.amount, **params,
    )  # fmt: skip


def to_leaders(reward: Reward, verb: str, roles: Iterable[str], *, at: dt.datetime) -> None:
    people = User.objects.acting_for(reward.department, *roles, on=local_date(at)).exclude(
        pk=reward.proposed_by_id
    )
    to_people(people, reward, verb, at=at)


def to_officers(reward: Reward, verb: str, *, at: dt.datetime, tone: str = "y", **params: Any) -> None:
    people = User.objects.acting_for(reward.department, Role.REPORT_OFFICER, on=local_date(at))
    to_people(people, reward, verb, at=at, tone=tone, **params)


def to_finance(reward: Reward, verb: str, *, at: dt.datetime, tone: str = "y", **params: Any) -> None:
    for department in Department.objects.of(reward.region, Function.FINANCE):
        people = User.objects.acting_for(department, Role.FINANCE, on=local_date(at))
        to_people(people, reward, verb, at=at, tone=tone, department=department, **params)


def approved(reward: Reward, *, at: dt.datetime) -> None:
    """Money is asked of the finance department; honour is written by the report officer."""
    if reward.honorary:
        to_officers(reward, "reward.to_honour", at=at)
    else:
        to_finance(reward, "reward.to_fund", at=at)
