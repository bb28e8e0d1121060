"""Addresses edited by hand: every list of the house answers with a page or 404, never with a failure."""

import re
from importlib import import_module
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from core.forms import HouseForm
from tests.access.actors import ACTORS
from tests.access.conftest import _numbers_kept, world  # noqa: F401
from tests.access.doors import DOORS

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("cases", "deadlines", "desk", "finance", "inspections", "journal", "meetings", "referrals", "rewards", "sanctions")
# who opens them: the first of these that is let in
READERS = ("office", "owner_handler", "owner_deputy_head", "owner_section_head", "owner_registrar", "audit_admin")
READ = re.compile(r'(?:GET|asked|query|given)(?:\.get\(|\.getlist\(|\[)"(\w+)"')
KEYS = ("at", "after", "before", "page", "draft")  # where a page begins

# each is given to every name any page reads, so that no filter of a page is forgotten here
VALUES = {
    "no such word": "nonsense", "beyond any number": "9" * 20, "the last number": "9223372036854775807",
    "a digit that is none": "²", "an amount beyond all": "1e999999", "no day": "2026-02-31",
    "the first day": "0001-01-01", "the last year": "9999",
}  # fmt: skip
PAGES = {
    "a page before all days": "0001-01-01T00:00:00+14:00~5", "a page after all days": "a~9999-12-31~9223372036854775807",
    "a page beyond any number": "1~99999999999999999999",
}  # fmt: skip


def _names() -> list[str]:
    """Every name a page reads from its address: those of the forms, and those asked for one by one."""
    import_module(settings.ROOT_URLCONF)  # so that every form is known
    read = {name for room in ROOMS for path in (ROOT / room).rglob("*.py") for name in READ.findall(path.read_text())}

    def fields(form):
        for child in form.__subclasses__():
            yield from child.base_fields
            yield from fields(child)

    return sorted(read | set(fields(HouseForm)))


def _queries() -> dict[str, str]:
    """What was done to the address → its query string."""
    names = _names()
    made = {what: urlencode(dict.fromkeys(names, value)) for what, value in VALUES.items()}
    made |= {what: urlencode(dict.fromkeys(KEYS, value)) for what, value in PAGES.items()}
    made |= {"no text": "&".join(f"{name}=%ff%fe" for name in names), "ten thousand characters": "q=" + "x" * 10_000}
    return made | {"no query": "=&&%%%25&a[]=1"}


def _lists(world):  # noqa: F811
    """(name, address, reader) of every page without arguments in its address."""
    for name, door in DOORS.items():
        reader = next((reader for reader in READERS if reader in (door.get or ())), None)
        if reader is None or name.partition(":")[0] not in ROOMS or door.kwargs(world):
            continue
        try:
            yield name, reverse(name), reader
        except NoReverseMatch:
            continue


def test_no_edited_address_fails(world, request):  # noqa: F811
    queries, clients, wrong, walked = _queries(), {}, [], set()
    for name, address, reader in _lists(world):
        if reader not in clients:
            clients[reader] = Client(raise_request_exception=False)
            person = request.getfixturevalue(ACTORS[reader])
            clients[reader].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        walked.add(name)
        for what, query in queries.items():
            answer = clients[reader].get(f"{address}?{query}")
            for close in answer._resource_closers:
                close()
            if answer.status_code not in (200, 302, 404):
                wrong.append(f"{name}, {what}: {answer.status_code} {getattr(answer, 'exc_info', None)}")
    assert not wrong, "\n".join(wrong)
    assert {"category", "found_from", "period", "owing", "at"} <= set(_names())
    assert {"cases:list", "desk:monitor", "desk:owes", "desk:search", "meetings:list", "rewards:list"} <= walked


@pytest.mark.parametrize("query", ["q=%00", "sort=%00"])
def test_a_nul_is_refused(client, insurance_handler, query):
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"{reverse('cases:list')}?{query}").status_code == 400
