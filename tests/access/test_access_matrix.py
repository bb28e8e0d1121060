"""Every address × everybody × method: who is let in, who is refused, and that a refusal changes nothing."""

import pytest
from django.test import Client
from django.urls import resolve, reverse

from tests.access.actors import ACTORS
from tests.access.doors import DOORS, OPEN_TO_ALL
from tests.access.engine import OTHER_METHODS, knock, named_urls, table_digests, written


def test_every_address_has_a_rule():
    """A new URL without a line in `doors.py` fails here, and so does a rule for a URL that is gone."""
    assert sorted(set(named_urls()) - OPEN_TO_ALL) == sorted(DOORS)


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.django_db
def test_doors_open_to_whom_they_should(actor, world, request):
    client = Client(raise_request_exception=False)
    if ACTORS[actor] is not None:
        client.force_login(
            request.getfixturevalue(ACTORS[actor]), backend="django.contrib.auth.backends.ModelBackend"
        )
    untouched = table_digests()
    problems = [
        problem
        for name, door in DOORS.items()
        for method in ("get", "post", *(["put"] if door.put is not None else []))
        if (problem := knock(client, name, door, world, actor, method, untouched))
    ]
    assert not problems, "\n".join(problems)


@pytest.mark.django_db
def test_no_other_method_opens_a_door(world, system_admin):
    """Pages know reading and sending a form (`core.middleware.PageMethods`), an address of the API its own methods.

    Both are true of the address whoever knocks, so one person is enough: the one whom the dictionaries obey.
    """
    client = Client(raise_request_exception=False)
    client.force_login(system_admin, backend="django.contrib.auth.backends.ModelBackend")
    problems = []
    for name, door in DOORS.items():
        address = reverse(name, kwargs=door.kwargs(world)) + door.query
        view = resolve(reverse(name, kwargs=door.kwargs(world))).func
        known = set(getattr(view, "actions", {})) if hasattr(view, "cls") else set()
        for method in OTHER_METHODS:
            if (method in known) != (getattr(door, method, None) is not None):
                problems.append(f"{method} {name}: the line in doors.py and the view differ")
        if not hasattr(view, "cls") and client.delete(address).status_code != 405:  # noqa: PLR2004
            problems.append(f"DELETE {name} is not refused")
    assert not problems, "\n".join(problems)


@pytest.mark.django_db
def test_the_engine_sees_what_a_call_writes(insurance, insurance_handler):
    """What the matrix trusts: a row written is seen at once, and one written back is no change."""
    before, untouched = written(), table_digests()
    name = insurance_handler.name
    type(insurance_handler).objects.filter(pk=insurance_handler.pk).update(name="别名")
    assert written() != before and table_digests() != untouched
    type(insurance_handler).objects.filter(pk=insurance_handler.pk).update(name=name)
    assert written() != before and table_digests() == untouched
