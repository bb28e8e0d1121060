"""What sanctions put on the page of a case: its sanctions with the way of each, the stage, and what keeps it open."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case
from core.memory import remembered
from departments.models import User
from documents.models import IssuedDocument
from sanctions import rules
from sanctions.enums import LIVE, PENDING, STANDING, TASK_OVER, SanctionStatus
from sanctions.models import MeasureTask, Repair, Sanction


def of_case(case: Case, user: User) -> dict[str, Any] | None:
    """The sanctions of a case; None where there are none and nobody may propose one."""
    found = list(Sanction.objects.visible_to(user).filter(case=case).for_list().order_by("-pk"))
    may_propose = rules.can_propose(user, case)
    if not found and not may_propose:
        return None
    tasks: dict[int, list[MeasureTask]] = {}
    for task in (
        MeasureTask.objects.visible_to(user)
        .filter(sanction__in=found)
        .select_related("department")
        .order_by("pk")
    ):
        tasks.setdefault(task.sanction_id, []).append(task)
    return {
        "rows": [(sanction, tasks.get(sanction.pk, [])) for sanction in found],
        "new_url": reverse("sanctions:propose", args=[case.pk]) if may_propose else "",
    }


def asks(case: Case, _user: Any) -> dict[str, QuerySet]:
    """The states of the sanctions, for the bar."""
    return {"sanctions.states": Sanction.objects.filter(case=case).values_list("status", flat=True)}


def counted(case: Case, user: User) -> QuerySet:
    return Sanction.objects.visible_to(user).filter(case=case)


def stage(case: Case) -> tuple[str, str]:
    """The stage “joint sanctions” of the case's bar."""
    ((key, found),) = asks(case, None).items()
    states = remembered(case, key, lambda: list(found))
    if any(state in LIVE for state in states):
        return "now", _("%(n)d under way or in force") % {"n": sum(state in LIVE for state in states)}
    if any(state in (SanctionStatus.EXPIRED, SanctionStatus.LIFTED) for state in states):
        return "done", ""
    return "", ""


def not_voided(document: IssuedDocument) -> list[str]:
    """What happens instead of declaring a paper of a sanction void: its effect would go on."""
    if not document.kind.startswith("sanction_"):
        return []
    return [_("Withdraw the sanction or let it fall, lift the measure, or give the notice up instead.")]


def still_open(case: Case) -> list[str]:
    """What keeps a case from closing: an undecided sanction, and a measure whose execution is not confirmed.

    A running term belongs to the subject, not to the case (DESIGN §2).
    """
    said = [
        _("Joint sanction of %(subject)s: %(state)s")
        % {"subject": each.subject, "state": each.get_status_display()}
        for each in Sanction.objects.filter(
            case=case, status__in=(*PENDING, SanctionStatus.DECIDED)
        ).select_related("subject")
    ]
    open_tasks = MeasureTask.objects.filter(sanction__case=case, sanction__status__in=STANDING).exclude(
        status__in=TASK_OVER
    )
    for task in open_tasks.select_related("department", "sanction__subject").order_by("pk"):
        said.append(
            _("Joint sanction of %(subject)s: %(department)s has not fed back")
            % {"subject": task.sanction.subject, "department": task.department}
        )
    return said


def hidden_sanctions(user: Any) -> QuerySet:
    """Of restricted cases this person does not read, those the department determines: their clocks do not tell of them."""
    found = Sanction.objects.filter(case__restricted=True, authority=user.department)
    return found.exclude(pk__in=Sanction.objects.visible_to(user).values("pk")).values("pk")


def hidden_tasks(user: Any) -> QuerySet:
    found = MeasureTask.objects.filter(sanction__case__restricted=True, department=user.department)
    return found.exclude(pk__in=MeasureTask.objects.visible_to(user).values("pk")).values("pk")


def hidden_repairs(user: Any) -> QuerySet:
    found = Repair.objects.filter(sanction__case__restricted=True, department=user.department)
    return found.exclude(pk__in=Repair.objects.visible_to(user).values("pk")).values("pk")
