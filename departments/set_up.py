"""What a new county still lacks in this room, computed from its rows (`core.registry.SettingsPage`)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.memory import remembered
from core.registry import SettingsPage
from departments.dictionaries import SENDERS
from departments.enums import LEADERS, Function, ReferralKind, Role
from departments.models import Category, Department, Post, Route, User

# without any of these a department can neither write nor receive a letter
NEEDED = (frozenset({Role.HANDLER}), LEADERS, frozenset({Role.REGISTRAR}))
OTHER_ADMINISTRATORS = (Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


def asks(user: User) -> dict[str, QuerySet]:
    """What the pages of settings ask of departments and posts, several of them the same."""
    posts = Post.objects.visible_to(user).current().filter(user__is_active=True)
    return {
        "set_up.departments": Department.objects.active().filter(region=user.region),
        "set_up.posts": posts.values_list("department_id", "department__function", "role"),
        "set_up.categories": Category.objects.filter(active=True).prefetch_related("competences"),
        "set_up.routes": Route.objects.filter(sender__in=SENDERS).values_list("kind", flat=True),
    }


def _asked(user: User, key: str) -> list[Any]:
    return remembered(user, key, lambda: list(asks(user)[key]))


def working(user: User) -> list[Department]:
    """The departments of the user's region that work in the system, the office among them."""
    return [department for department in _asked(user, "set_up.departments") if department.has_account]


def posts_held(user: User) -> list[tuple[int, str, str]]:
    """(department, its function, post) of everybody who works in the user's region today."""
    return _asked(user, "set_up.posts")


def _names(things: Iterable[Any]) -> str:
    return gettext(", ").join(str(thing) for thing in things)


def county(user: User) -> tuple[bool, str]:
    return True, f"{user.region.name} · {user.region.code}"


def departments(user: User) -> tuple[bool, str]:
    """Every department has the hotline by which the others reach it (C28)."""
    silent = [department for department in working(user) if not department.hotline]
    if not silent:
        return True, gettext("All have a hotline.")
    return False, gettext("Still without a hotline: %(names)s") % {"names": _names(silent)}


def people(user: User) -> tuple[bool, str]:
    """Each of the departments can draft, sign and send; the office has a coordinator; three administrators."""
    held: dict[int, set[str]] = {}
    for department_id, _function, role in posts_held(user):
        held.setdefault(department_id, set()).add(role)
    lacking = []
    for department in working(user):
        roles = held.get(department.pk, set())
        if department.function == Function.OFFICE:
            lacks = Role.COORDINATOR not in roles
        else:
            lacks = any(not roles & needed for needed in NEEDED)
        if lacks:
            lacking.append(department)
    anywhere = set().union(*held.values())
    missing = [Role(role).label for role in OTHER_ADMINISTRATORS if role not in anywhere]
    said = []
    if lacking:
        said.append(
            gettext("Still without handler, leader or registrar: %(names)s") % {"names": _names(lacking)}
        )
    if missing:
        said.append(gettext("Not appointed: %(names)s") % {"names": _names(missing)})
    return not said, gettext("; ").join(said) or gettext("Every department can draft, sign and send.")


def categories(user: User) -> tuple[bool, str]:
    """For every category in force the county has a competent department."""
    here = {department.function for department in _asked(user, "set_up.departments")}
    in_force = _asked(user, "set_up.categories")
    orphans = [
        category for category in in_force if not here & {row.function for row in category.competences.all()}
    ]
    if not in_force:
        return False, gettext("There is none yet.")
    if orphans:
        return False, gettext("No competent department in the county: %(names)s") % {"names": _names(orphans)}
    return True, gettext("%(n)d in force, each with a competent department.") % {"n": len(in_force)}


def routes(user: User) -> tuple[bool, str]:
    """Every kind of letter has a way."""
    kinds = _asked(user, "set_up.routes")
    closed = [kind.label for kind in ReferralKind if kind.value not in kinds]
    if closed:
        return False, gettext("Nobody may send: %(names)s") % {"names": _names(closed)}
    return True, gettext("%(n)d routes for %(kinds)d kinds of letter.") % {
        "n": len(kinds),
        "kinds": len(set(kinds)),
    }


PAGES = [
    SettingsPage(
        10, _("The county"), _("Its name, and its character in document marks."),
        "departments:county", "geo-alt", county, step=False,
    ),
    SettingsPage(
        20, _("Departments and hotlines"), _("Names, document marks, hotlines and addresses, as letters give them."),
        "departments:directory", "building", departments, asks=asks,
    ),
    SettingsPage(
        30, _("People and posts"), _("Who works here, and in which post."), "departments:people", "people", people,
    ),
    SettingsPage(
        60, _("Violation categories"), _("What a case may be about, and which departments are competent for it."),
        "departments:categories", "tags", categories,
    ),
    SettingsPage(
        70, _("Letter routes"), _("Who may send which letter to whom, and who is proposed by itself."),
        "departments:routes", "signpost-split", routes,
    ),
]  # fmt: skip
