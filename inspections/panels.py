"""What inspections put on the page of a case: from which inspection it came, and the stage it stands in."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.models import Case
from core.memory import remembered
from core.wording import short_day
from departments.models import User
from inspections.enums import InspectionStatus
from inspections.models import Finding, Inspection


def origin(case: Case, user: User) -> dict[str, Any] | None:
    """The findings that became or joined the case; the inspection as a link for who sees it. None without any."""
    seen = Inspection.objects.visible_to(user).filter(pk=OuterRef("inspection"))
    found = Finding.objects.filter(case=case).annotate(seen=Exists(seen))
    rows = list(
        found.select_related("inspection", "visit__target__subject", "department").order_by("found_on", "pk")
    )
    return {"rows": rows} if rows else None


def asks(case: Case, _user: Any) -> dict[str, QuerySet]:
    """How far the inspections are from which the case came, the latest first."""
    found = Inspection.objects.filter(findings__case=case).distinct().order_by("-starts_on")
    return {"inspections.states": found.values_list("status", "starts_on")}


def counted(case: Case, _user: Any) -> QuerySet:
    """The findings are the case's own: whoever reads it reads that they were made."""
    return Finding.objects.filter(case=case)


def stage(case: Case) -> tuple[str, str]:
    """联合检查 in the stage bar: done when the inspections it came from are over."""
    ((key, found),) = asks(case, None).items()
    rows = remembered(case, key, lambda: list(found))
    if not rows:
        return "", ""
    over = all(status == InspectionStatus.CLOSED for status, _day in rows)
    return ("done" if over else "now"), short_day(rows[0][1])


def discovered(case: Case) -> list[Any]:
    """The days on which what the case is about was found on site, earliest first (C14)."""
    return list(Finding.objects.filter(case=case).order_by("found_on").values_list("found_on", flat=True))
