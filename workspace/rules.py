"""Who may do what with a person's own things."""

from departments.models import User
from workspace.models import SavedView


def can_delete_view(user: User, view: SavedView) -> bool:
    """Only whoever made it; those it is shared with only use it."""
    return view.user_id == user.pk


def can_begin_job(user: User) -> bool:
    """Whoever works in a post of a department; administrators have no business data to work on."""
    return user.post is not None and not user.is_administrator
