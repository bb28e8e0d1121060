"""What meetings put on the page of a case: the extracts of minutes that are about it."""

from typing import Any

from cases.models import Case
from core.memory import remembered
from departments.models import User
from meetings.models import Extract


def asks(case: Case, user: User) -> dict[str, Any]:
    """What the panel is made of."""
    found = Extract.objects.visible_to(user).filter(case=case, document__isnull=False)
    return {f"meetings.extracts.{case.pk}": found.select_related("document", "minutes__meeting").order_by("-pk")}


def extracts_of(case: Case, user: User) -> dict[str, Any] | None:
    """The numbered extracts, newest first; None without any."""
    ((key, found),) = asks(case, user).items()
    rows = remembered(user, key, lambda: list(found))
    return {"rows": rows} if rows else None
