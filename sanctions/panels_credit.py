"""What this room shows on a subject's page, and what of its publications colleagues are not to learn of."""

from typing import Any

from django.db.models import QuerySet

from cases.models import Subject
from core.wording import today
from sanctions import rules_credit as rules
from sanctions.actions.following import points_of
from sanctions.models import Bar, ListEntry, Publication


def of_subject(subject: Subject, user: Any) -> dict[str, Any] | None:
    """Bars and list entries that hold today, this year's points, and the ways onward."""
    day = today()
    scored = rules.can_list_points(user) and not subject.is_body
    may_ask = rules.can_look_up(user) if subject.is_body else rules.can_look_up_person(user)
    return {
        "bars": list(Bar.objects.visible_to(user).live().holding_on(day).filter(subject=subject)),
        "entries": list(ListEntry.objects.visible_to(user).live().holding_on(day).filter(subject=subject)),
        "points": points_of(subject, day.year) if scored else None,
        "year": day.year,
        "may_ask": may_ask,
        "may_prepare": rules.can_prepare_any(user),
    }


def hidden_publications(user: Any) -> QuerySet:
    """Those of the department that stand in cases this person does not read: their clocks do not tell of them."""
    own = Publication.objects.filter(department=user.department)
    return own.exclude(pk__in=Publication.objects.visible_to(user).values("pk")).values("pk")
