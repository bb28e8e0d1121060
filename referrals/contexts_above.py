"""What goes into the letters to the body of a task: plain data, always Chinese, frozen with the issued paper."""

import datetime as dt
from typing import Any

from django.utils.translation import override

from core.dates import local_date
from referrals.contexts import contact, word
from referrals.enums_above import Handling
from referrals.models import TaskLetter


def letter_context(letter: TaskLetter, *, at: dt.datetime) -> dict[str, Any]:
    """Everything a letter to the body of a task says, as JSON-ready data."""
    task = letter.task
    with override("zh-hans"):
        return {
            "purpose": letter.purpose,
            "task_kind": task.kind,
            "issuer": letter.department.name,
            "receiver": task.body_name,
            "receiver_word": word(task.body_name),
            "title": letter.title,
            "date": local_date(at).isoformat(),
            "asked_number": task.number,
            "asked_subject": task.subject,
            "received_on": task.received_on.isoformat(),
            "due_on": task.due_on.isoformat(),
            "new_on": letter.new_on.isoformat() if letter.new_on else None,
            "text": letter.text,
            "ended": letter.effect == Handling.ENDED,
            "cases": [
                [link.case.number, link.case.title, str(link.get_outcome_display()), link.remark]
                for link in task.links.select_related("case")
            ],
            "manifest": [[item.name, 1, item.pages, item.sha256, ""] for item in letter.manifest.all()],
            "contact": contact(letter.drafted_by, letter.department),
        }
