"""Who may do what with an issued paper."""

from __future__ import annotations

from typing import Any

from departments.enums import Function, Role
from documents.enums import Layout
from documents.models import IssuedDocument


def can_view(user: Any, document: IssuedDocument) -> bool:
    return IssuedDocument.objects.visible_to(user).filter(pk=document.pk).exists()


def _sends(user: Any, document: IssuedDocument) -> bool:
    """The registrar of the issuing department; at the office its coordinator, who numbers and sends its letters."""
    if not user.has_role(Role.REGISTRAR, Role.COORDINATOR) or user.post.department_id != document.department_id:
        return False
    return bool(user.has_role(Role.REGISTRAR) or user.department.function == Function.OFFICE)


def can_seal(user: Any, document: IssuedDocument) -> bool:
    """Who sends the department's papers, while this one stands and has no scan yet."""
    return (
        _sends(user, document)
        and not document.is_void
        and not document.is_sealed
    )


def can_serve(user: Any, document: IssuedDocument) -> bool:
    """Who sends the department's papers prints the 送达回证 of a letter that stands."""
    return (
        _sends(user, document)
        and document.layout == Layout.LETTER
        and not document.is_void
    )


def can_void(user: Any, document: IssuedDocument) -> bool:
    """A deputy head or the head of the issuing department, while the paper stands."""
    return (
        user.has_role(Role.DEPUTY_HEAD, Role.HEAD)
        and user.post.department_id == document.department_id
        and not document.is_void
    )
