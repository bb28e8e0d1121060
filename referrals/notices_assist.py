"""Whom to tell about requests to other places."""

import datetime as dt

from core.dates import local_date
from departments.enums import Role
from departments.models import User
from journal.actions import notify
from referrals.models import AssistLetter


def assist_went(letter: AssistLetter, verb: str, *, at: dt.datetime) -> None:
    """The drafter and the registrars, who prove delivery and take the answer in."""
    people = set(User.objects.acting_for(letter.department, Role.REGISTRAR, on=local_date(at))) | {letter.drafted_by}
    notify(people, verb, target=letter, at=at, case=letter.case, department=letter.department, tone="y",
           body=letter.body_name, title=letter.title)  # fmt: skip
