"""A person's own views and preferences."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import registry
from core.refusals import BadInput
from departments.models import User
from workspace.models import Preference, SavedView

MOST_VIEWS = 12
FIRST_USE = "help"  # pages whose first-use help was put away
EVERY_PAGE = "display"  # the preference that is no page's own


@transaction.atomic
def save_view(
    *, user: User, page: str, name: str, query: str, shared: bool = False, at: dt.datetime
) -> SavedView:
    """Keep a list's query string under a name; the same name again replaces it.

    shared: everybody of the department sees it too.

    :raises BadInput: no name, too long a query, or twelve views already
    """
    name = name.strip()
    if not name or len(name) > 20:
        raise BadInput(_("Give the view a name of at most 20 characters."), field="name")
    if len(query) > 1000:
        raise BadInput(_("These filters are too long to keep."), field="query")
    mine = SavedView.objects.filter(user=user, page=page)
    if not mine.filter(name=name).exists() and mine.count() >= MOST_VIEWS:
        raise BadInput(_("At most twelve views; remove one first."), field="name")
    view, _made = SavedView.objects.update_or_create(
        user=user,
        page=page,
        name=name,
        defaults={"query": query, "department": user.department if shared else None},
        create_defaults={
            "query": query,
            "department": user.department if shared else None,
            "order": mine.count(),
            "created_at": at,
        },
    )
    return view


@transaction.atomic
def delete_view(*, view: SavedView) -> None:
    """Remove a view. The caller asked `workspace.rules.can_delete_view`."""
    view.delete()


@transaction.atomic
def set_preference(*, user: User, page: str, values: dict[str, Any], at: dt.datetime) -> Preference:
    """Remember how a person likes a page; what is not named stays as it was."""
    preference, _made = Preference.objects.select_for_update().get_or_create(
        user=user, page=page, defaults={"updated_at": at}
    )
    preference.values = {**preference.values, **values}
    preference.updated_at = at
    preference.save(update_fields=["values", "updated_at"])
    return preference


def preference(user: User, page: str) -> dict[str, Any]:
    """How a person likes a page; nothing where they never said."""
    return Preference.objects.filter(user=user, page=page).values_list("values", flat=True).first() or {}


def keep_display(*, user: User, values: dict[str, Any], at: dt.datetime) -> Preference:
    """Remember how a person wants every page: type size, theme, language (`core.display`)."""
    return set_preference(user=user, page=EVERY_PAGE, values=values, at=at)


def kept_display(user: User) -> dict[str, Any]:
    """How a person wants every page; nothing where they never chose."""
    return preference(user, EVERY_PAGE)


def put_help_away(*, user: User, page: str, at: dt.datetime) -> Preference:
    """The person knows this page: its first-use help is not shown to them again, at any desk.

    :raises BadInput: the page has no such help
    """
    if page not in registry.first_use:
        raise BadInput(_("This page has no first-use help."))
    return set_preference(user=user, page=FIRST_USE, values={page: at.isoformat()}, at=at)


def help_unread(user: User) -> list[str]:
    """Names of the pages whose first-use help the person has not put away."""
    away = preference(user, FIRST_USE)
    return [page for page in registry.first_use if page not in away]
