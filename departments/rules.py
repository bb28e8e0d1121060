"""Who may do what with people and departments. Administrators see no business; others manage nobody."""

from __future__ import annotations

from departments.enums import ADMINISTRATORS, Role
from departments.models import Department, Post, User


def can_view_directory(user: User) -> bool:
    """Everybody signed in with a post looks up who is where, and the hotlines (C28)."""
    return user.is_authenticated and user.is_active and user.post is not None


def can_manage_people(user: User) -> bool:
    """Only the system administrator engages people and fills posts."""
    return user.is_authenticated and user.has_role(Role.SYSTEM_ADMIN)


def can_list_people(user: User) -> bool:
    """The system administrator, and the security administrator, who may have to block somebody."""
    return user.is_authenticated and user.has_role(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)


def can_manage(user: User, person: User) -> bool:
    """The system administrator manages the people of the region, and new people without any post yet."""
    if not can_manage_people(user):
        return False
    posts = person.posts.current()
    return not posts.exists() or posts.filter(department__region=user.region).exists()


def can_end(user: User, post: Post) -> bool:
    """The system administrator ends posts in the own region, never the own."""
    return can_manage_people(user) and post.department.region_id == user.region.pk and post.user_id != user.pk


def can_block(user: User, person: User) -> bool:
    """Blocking is an emergency of the system or the security administrator, never of the own account."""
    if not user.is_authenticated or not user.has_role(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        return False
    return person.pk != user.pk and person.posts.current().filter(department__region=user.region).exists()


def can_edit_department(user: User, department: Department) -> bool:
    """The system administrator keeps the directory of the own region."""
    return can_manage_people(user) and department.region_id == user.region.pk


def can_keep_dictionaries(user: User) -> bool:
    """Only the system administrator keeps categories, routes and signing rules (DESIGN §6)."""
    return user.is_authenticated and user.has_role(Role.SYSTEM_ADMIN)


def has_business(user: User) -> bool:
    """Whether this person may meet business data at all: a post that is not an administrator's (三员分立)."""
    return (
        user.is_authenticated
        and user.is_active
        and user.post is not None
        and user.post.role not in ADMINISTRATORS
    )


def can_allow_links(user: User, department: Department) -> bool:
    """The office of the region decides whether a body without an account may answer by one-time links."""
    return (
        user.is_authenticated
        and user.has_role(Role.COORDINATOR)
        and department.region_id == user.region.pk
        and not department.has_account
    )
