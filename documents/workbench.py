"""What waits for a registrar: letters that were printed and sealed, and whose scan nobody has filed yet."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import TaskRow
from core.tally import Countable
from departments.enums import Role
from departments.models import User
from documents.enums import Layout
from documents.models import IssuedDocument

ASKED_FOR = dt.timedelta(days=90)  # older ones are looked for by hand


def unsealed(user: User) -> QuerySet[IssuedDocument]:
    """Letters of the registrar's department without the scan of the sealed copy."""
    if user.department is None or not user.has_role(Role.REGISTRAR):
        return IssuedDocument.objects.none()
    found = IssuedDocument.objects.visible_to(user).filter(
        department=user.department, layout=Layout.LETTER, sealed_at=None, voided_at=None
    )
    return found.filter(issued_at__gt=timezone.now() - ASKED_FOR)


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    rows = asked.rows(unsealed(user).for_list().order_by("pk")[:limit])
    yield
    return [
        TaskRow(
            phrase=_("Add the scan of the sealed copy: %(number)s") % {"number": document.number},
            url=document.get_absolute_url(),
            case_title=document.title,
            case_url=document.get_absolute_url(),
            source=str(document.department),
            action_label=_("Add the scan"),
            action_url=reverse("documents:seal", args=[document.pk]),
            sort=document.issued_at,
            target=(document.kind_code, document.pk),
        )
        for document in rows
    ]


def todo_count(user: User) -> Countable:
    return unsealed(user)
