"""Who may let whom stand in (ADR 0068). A delegate gains no right: rows are shown, and posts decide as before."""

from __future__ import annotations

from departments.enums import LEADERS, Role
from departments.models import Post, User
from workspace.models import Delegation

# the posts whose matters somebody may mind, with the posts that may do so. Not among them: administrators, experts,
# county leaders, and report officers, whose reporters are sealed
FITS = {
    Role.HANDLER: {Role.HANDLER, Role.SECTION_HEAD},
    Role.SECTION_HEAD: {Role.SECTION_HEAD, Role.DEPUTY_HEAD},
    Role.DEPUTY_HEAD: {Role.DEPUTY_HEAD, Role.HEAD},
    Role.HEAD: {Role.HEAD, Role.DEPUTY_HEAD},
    Role.LEGAL: {Role.LEGAL},
    Role.REGISTRAR: {Role.REGISTRAR},
    Role.FINANCE: {Role.FINANCE},
    Role.COORDINATOR: {Role.COORDINATOR},
}
RANK = {Role.SECTION_HEAD: 1, Role.DEPUTY_HEAD: 2, Role.HEAD: 3}


def fits(away: Post, delegate: Post) -> bool:
    """Whether the holder of one post may mind what waits for the holder of the other."""
    return away.department_id == delegate.department_id and delegate.role in FITS.get(Role(away.role), set())


def can_delegate(user: User) -> bool:
    """Whoever acts in a post that can be minded sees who stands in for whom, and names somebody."""
    return user.is_authenticated and user.has_role(*FITS)


def leads(user: User, post: Post) -> bool:
    """Whether the user's post stands above this one in the department: for a colleague who fell ill."""
    if not user.has_role(*LEADERS) or user.department.pk != post.department_id:
        return False
    return RANK[Role(user.post.role)] > RANK.get(Role(post.role), 0)


def can_set_for(user: User, post: Post) -> bool:
    """For oneself, in the post acted in, or for somebody below; never for a post that cannot be minded."""
    if not can_delegate(user) or post.role not in FITS:
        return False
    return post.pk == user.post.pk or leads(user, post)


def can_end(user: User, delegation: Delegation) -> bool:
    """Who is away, who stands in, and those above who is away."""
    if not can_delegate(user) or user.department.pk != delegation.department_id or delegation.ended_at:
        return False
    if user.pk in (delegation.away_id, delegation.delegate_id):
        return True
    held = {"user": delegation.away_id, "department": delegation.department_id, "role": delegation.role}
    posts = Post.objects.current().filter(**held)
    return any(leads(user, post) for post in posts)
