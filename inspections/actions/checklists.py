"""A department's own checklists, in place of those that ship. Records keep the lines they were begun with."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import BadInput, Stale
from departments.models import Department, User
from inspections.actions.common import check_inspecting
from inspections.models import Checklist, ChecklistItem
from journal.actions import record

MOST_LINES = 60


def lines_in(text: str) -> list[tuple[str, str]]:
    """(what is looked at, basis) of each line; the basis stands after a vertical bar."""
    pairs = [line.partition("|") for line in text.replace("｜", "|").splitlines()]
    return [(said, basis) for said, _bar, basis in pairs]


@transaction.atomic
def save_checklist(
    *, department: Department, checklist: Checklist | None = None, version: int | None = None, title: str,
    lines: Sequence[tuple[str, str]], active: bool = True, by: User, at: dt.datetime,
) -> Checklist:  # fmt: skip
    """Make or change a checklist of a department; `lines` are (what is looked at, what it rests on) in their order.

    checklist: the department's own that is changed (None: a new one), at `version`.

    :raises Stale: somebody changed it since the form was opened
    :raises BadInput: no title or line, a line too long or said twice, a title that stands already, or the office (T4)
    """
    check_inspecting(department, "title")
    title = title.strip()
    lines = [(text.strip(), basis.strip()) for text, basis in lines if text.strip()]
    faults = {}
    if not title:
        faults["title"] = _("Fill this in.")
    if not 1 <= len(lines) <= MOST_LINES:
        faults["lines"] = _("From one to %(most)d lines.") % {"most": MOST_LINES}
    elif any(len(text) > 200 or len(basis) > 200 for text, basis in lines):
        faults["lines"] = _("A line has at most 200 characters, its basis as many.")
    elif len({text for text, _basis in lines}) < len(lines):
        faults["lines"] = _("The same line stands here twice.")
    others = Checklist.objects.filter(department=department, title=title)
    if (others if checklist is None else others.exclude(pk=checklist.pk)).exists():
        faults["title"] = _("Your department has a checklist of this name.")
    if faults:
        raise BadInput.several(faults)
    if checklist is None:
        checklist = Checklist(function=department.function, department=department, created_at=at)
    else:
        now = Checklist.objects.select_for_update().get(pk=checklist.pk)
        if now.version != version:
            raise Stale
        checklist.refresh_from_db()
        checklist.version += 1
    checklist.title, checklist.active, checklist.updated_at = title, active, at
    checklist.save()
    kept = dict(checklist.items.values_list("text", "category"))  # a line that stays keeps its category
    checklist.items.all().delete()
    ChecklistItem.objects.bulk_create(
        ChecklistItem(checklist=checklist, position=place, text=text, basis=basis, category_id=kept.get(text))
        for place, (text, basis) in enumerate(lines, 1)
    )
    record(
        "inspection.checklist_saved", target=checklist, by=by, at=at, checklist=title, count=len(lines),
    )  # fmt: skip
    return checklist
