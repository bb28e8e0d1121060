"""Knocks at a door as somebody and compares the answer with the table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.actors import ANONYMOUS

# what a denied call may write: the record of it, the session, the lock-out counters
MAY_CHANGE = {'audit"."event', "django_session", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog"}

OTHER_METHODS = ("put", "patch", "delete")
SPARED = {name.rpartition('"')[2] for name in MAY_CHANGE}


@dataclass(frozen=True)
class Door:
    """A URL's rule. `sees`: who may know the thing exists (others get 404); None: there is no thing to hide.

    `get`, `post`: who is let in with that method; whoever sees but is not let in gets 403. None: no such method.
    `put`: where an address has it; no other method than these three is open anywhere (`OTHER_METHODS`).
    `public`: open without an account. `kwargs(world)`: the arguments of the address.
    """

    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    put: frozenset[str] | None = None
    sees: frozenset[str] | None = None
    public: bool = False
    kwargs: Callable[[object], dict] = lambda world: {}
    query: str = ""
    version: Callable[[object], int] | None = None  # of the row an API call would change
    barred: frozenset[str] = frozenset()  # refused (403) before the thing is even looked for
    leads_out: bool = False  # done, it leads to the sign-in page


def named_urls(patterns=None, namespace="") -> Iterator[str]:
    """Every name in the URLconf, with its namespace; a name is yielded once."""
    seen = set()
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(filter(None, (namespace, entry.namespace)))
            if entry.namespace == "admin":
                continue  # Django's admin has a test of its own
            for name in named_urls(entry.url_patterns, inner):
                if name not in seen:
                    seen.add(name)
                    yield name
        elif isinstance(entry, URLPattern):
            name = ":".join(filter(None, (namespace, entry.name or f"<unnamed {entry.pattern}>")))
            if name not in seen:
                seen.add(name)
                yield name


def table_digests() -> list[tuple]:
    """A count and a content digest of every table, to see whether a call changed any row."""
    tables = sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)} - MAY_CHANGE)
    quoted = [(table, connection.ops.quote_name(table)) for table in tables]
    sql = " UNION ALL ".join(
        f"SELECT '{table.replace(chr(34), '')}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) "  # noqa: S608
        f"FROM {name} t"
        for table, name in quoted
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def written() -> list[tuple]:
    """How many rows this transaction has written in each table so far, undone ones too: quick, and never too few."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 ORDER BY 1"
        )
        return [row for row in cursor.fetchall() if row[0] not in SPARED]


class _Undo(Exception):
    pass


def knock(client, door_name: str, door: Door, world, actor: str, method: str, untouched: list[tuple]) -> str | None:
    """What is wrong with the answer to `actor`, as a sentence, or None. Everything is rolled back afterwards.

    untouched: `table_digests()` of the world before anybody knocked.
    """
    address = reverse(door_name, kwargs=door.kwargs(world)) + door.query
    problem = None
    before, cookies = written(), client.cookies.copy()
    try:
        with transaction.atomic():
            headers = {"If-Match": f'"{door.version(world)}"'} if door.version else {}
            body = {} if method in ("get", "post") else {"data": {}, "content_type": "application/json"}
            sent = getattr(client, method)(address, headers=headers, **body)
            for close in sent._resource_closers:  # a file that was sent; sent.close() would end the connection
                close()
            status = sent.status_code
            to_sign_in = not door.leads_out and status == 302 and "/sign-in/" in sent.headers.get("Location", "")
            problem = judge(door, actor, method, status, to_sign_in)
            denied = status in (403, 404, 405) or to_sign_in
            if problem is None and denied and written() != before and table_digests() != untouched:
                problem = "a denied call changed rows"
            raise _Undo
    except _Undo:
        client.cookies = cookies
    return problem and f"{method.upper()} {door_name} as {actor}: {problem}"


def judge(door: Door, actor: str, method: str, status: int, to_sign_in: bool) -> str | None:
    """What is wrong with this status, or None."""
    allowed = getattr(door, method, None)
    if status >= 500:
        return f"failed with {status}"
    if allowed is None:
        return None if status in (302, 401, 403, 404, 405) else f"no such method, but {status}"
    if actor == ANONYMOUS and not door.public:
        return None if to_sign_in or status in (401, 403) else f"should be sent to sign in, but {status}"
    if actor in allowed or (door.public and actor == ANONYMOUS):
        return f"should be let in, but {status}" if status in (401, 403, 404, 405) or to_sign_in else None
    if actor not in door.barred and door.sees is not None and actor not in door.sees:
        return None if status == 404 else f"should not know it exists (404), but {status}"
    return None if status == 403 else f"should be forbidden (403), but {status}"
