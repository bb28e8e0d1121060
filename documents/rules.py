"""Who may do what with an issued paper."""

from __future__ import annotations

from typing import Any

from departments.enums import Role
from documents.enums import Layout
from documents.models import IssuedDocument


def can_view(user: Any, document: IssuedDocument) -> bool:
    return IssuedDocument.objects.visible_to(user).filter(pk=document.pk).exists()


def can_seal(user: Any, document: IssuedDocument) -> bool:
    """The registrar of the issuing department, while the paper stands and has no scan yet."""
    return (
        user.has_role(Role.REGISTRAR)
        and user.post.department_id == document.department_id
        and not document.is_void
        and not document.is_sealed
    )


def can_serve(user: Any, document: IssuedDocument) -> bool:
    """The registrar of the issuing department prints the 送达回证 of a letter that stands."""
    return (
        user.has_role(Role.REGISTRAR)
        and user.post.department_id == document.department_id
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
