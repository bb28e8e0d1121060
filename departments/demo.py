"""The demonstration's accounts, for the sign-in page. Nothing here is reached unless `settings.DEMO`."""

from departments.models import Post, User


def accounts() -> list[dict]:
    """Every account of the demonstration by department: [{department, accounts: [{staff_number, name, post}]}]."""
    groups: dict[int, dict] = {}
    posts = (
        Post.objects.current()
        .filter(user__is_active=True, user__must_change_password=False)
        .select_related("user", "department")
        .order_by("department__region__code", "department_id", "id")
    )
    for post in posts:
        group = groups.setdefault(
            post.department_id, {"department": post.department.short_name, "accounts": []}
        )
        group["accounts"].append(
            {
                "staff_number": post.user.staff_number,
                "name": post.user.name,
                "post": post.get_role_display(),
            }
        )
    return list(groups.values())


def account(staff_number: str) -> User | None:
    """An active person of the demonstration with a post, or None."""
    return (
        User.objects.filter(
            staff_number=staff_number, is_active=True, posts__in=Post.objects.current()
        ).distinct().first()
    )  # fmt: skip
