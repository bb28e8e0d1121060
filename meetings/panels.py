"""What meetings put on the page of a case: the extracts of minutes that are about it."""

from typing import Any

from cases.models import Case
from departments.models import User
from meetings.models import Extract


def extracts_of(case: Case, user: User) -> dict[str, Any] | None:
    """The numbered extracts, newest first; None without any."""
    found = Extract.objects.visible_to(user).filter(case=case, document__isnull=False)
    rows = list(found.select_related("document", "minutes__meeting").order_by("-pk"))
    return {"rows": rows} if rows else None
