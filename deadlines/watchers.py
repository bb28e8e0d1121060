"""Whose list of clocks reaches beyond the own tasks (时限监控); apart from `rules`, because the doors ask it too."""

from typing import Any

from departments.enums import LEADERS, Function, Role

HEADS = (Role.DEPUTY_HEAD, Role.HEAD)


def watches_county(user: Any) -> bool:
    """The county's leader; in the leading group's office its coordinator and its leaders."""
    if user.has_role(Role.OBSERVER):
        return True
    return user.has_role(Role.COORDINATOR, *LEADERS) and user.department.function == Function.OFFICE


def may_watch(user: Any) -> bool:
    """Who watches the county, and who leads a department: that sees what it owes and what it waits for."""
    return user.is_authenticated and (watches_county(user) or user.has_role(*HEADS))
