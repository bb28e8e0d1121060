"""Fixtures of the harness: the test database with its roles, the cache, files, the browser.

The test database is made, migrated and flushed as the owner; test bodies run connected as the application's
role, so a missing right fails here and not at the customer's. After a flush the seeded dictionaries are
loaded again.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


# -- database ------------------------------------------------------------------------------------------------
def _address(role: str) -> dict[str, Any]:
    from config import environment

    parsed = environment.parse_database_url(environment.database_url(role))
    return {name: parsed[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """The default connection works as another database role inside the block (the connection is reopened).

    Raises RuntimeError inside a transaction: mark the test ``django_db(transaction=True)``.
    """
    from django.db import connection

    if connection.in_atomic_block:
        raise RuntimeError("acting_as() reopens the connection: use django_db(transaction=True)")
    before = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
    connection.close()
    connection.settings_dict.update(_address(role))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def connect(role: str) -> Any:
    """A plain psycopg2 connection to the test database as `role`, outside Django and its transaction."""
    import psycopg2
    from django.db import connection

    at = _address(role)
    name = connection.settings_dict["NAME"]
    return psycopg2.connect(
        dbname=name, user=at["USER"], password=at["PASSWORD"], host=at["HOST"], port=at["PORT"] or None
    )


def _template() -> str:
    """The name of a migrated, empty database to copy test databases from, made when the migrations changed.

    Migrating takes longer than most test files; a copy takes a second. Made as owner, with the rights set-up
    gives the real database before the first migration. Workers wait for the first one to make it.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from config import environment
    from tests.services import digest, locked

    made_from = [p for pattern in ("migrations/*.py", "seeds*.py") for p in sorted(ROOT.glob(f"*/{pattern}"))]
    statements = "\n".join(environment.rights_sql(settings.DATABASE_ROLES))
    files = {str(path.relative_to(ROOT)): digest(path) for path in made_from}
    files["rights"] = digest(statements, ROOT / "requirements.lock")
    name = "tmpl_house_" + digest(json.dumps(files))
    half = name + "_half"
    real = connection.settings_dict["NAME"]
    with locked("test-template"):
        connection.settings_dict["NAME"] = "postgres"
        try:
            with closing(connect("owner")) as server:
                server.autocommit = True
                cursor = server.cursor()
                cursor.execute(
                    "SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '{}') FROM pg_database "
                    "WHERE datname LIKE 'tmpl\\_house\\_%'"
                )
                old = {row[0]: json.loads(row[1]) for row in cursor.fetchall()}
                if name in old:
                    return name
                begun = _begun(old, files)
                for database in set(old) - {begun}:
                    cursor.execute(f'DROP DATABASE "{database}"')
                cursor.execute(f"CREATE DATABASE \"{half}\" TEMPLATE {begun or 'template0'} ENCODING 'UTF8'")
                connection.settings_dict["NAME"] = half
                if not begun:
                    with closing(connect("owner")) as opened, opened, opened.cursor() as inside:
                        inside.execute(statements)
                call_command("migrate", verbosity=0, interactive=False)
                connection.close()
                cursor.execute(f'COMMENT ON DATABASE "{half}" IS %s', [json.dumps(files)])
                cursor.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
                if begun:
                    cursor.execute(f'DROP DATABASE "{begun}"')
        finally:
            connection.close()
            connection.settings_dict["NAME"] = real
    return name


def _begun(old: dict[str, dict[str, str]], files: dict[str, str]) -> str:
    """The template that lacks only migrations written since it was made, the longest first; "" where none does."""
    fitting = [
        name
        for name, made_from in old.items()
        if made_from
        and made_from.items() <= files.items()
        and all("/migrations/" in path for path in files.keys() - made_from.keys())
    ]
    return max(fitting, key=lambda name: len(old[name]), default="")


def empty_tables() -> None:
    """What Django's flush does, in a tenth of the time: only tables with rows, and what migrations keep stays."""
    from django.db import connection

    kept = {"django_migrations", "django_content_type", "auth_permission"}
    tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - kept
    quote = connection.ops.quote_name
    asked = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT FROM {quote(t)})" for t in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(asked)
        if full := [quote(row[0]) for row in cursor.fetchall()]:
            cursor.execute(f"TRUNCATE {', '.join(full)} CASCADE")


def load_seeds() -> None:
    """Load the dictionaries the rooms seed (a flush empties them)."""
    from core import registry

    registry.load_seeds()


def _end_sessions() -> None:
    """End what still sits in the test database: a browser that keeps its line open keeps the live server's
    thread and its connection, and PostgreSQL drops no database somebody uses."""
    with connect("app") as opened, opened.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
    opened.close()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """Make and migrate the test database as owner; leave it at the end as owner."""
    from django.db import connection
    from django.test import TransactionTestCase
    from django.test.utils import setup_databases, teardown_databases

    flush = TransactionTestCase._fixture_teardown

    def flush_as_owner(self: TransactionTestCase) -> None:
        with acting_as("owner"):
            empty_tables()
            load_seeds()

    with django_db_blocker.unblock(), acting_as("owner"):
        connection.settings_dict["TEST"]["TEMPLATE"] = _template()
        made = setup_databases(
            verbosity=0, interactive=False, keepdb=django_db_keepdb and not django_db_createdb
        )
        load_seeds()
    TransactionTestCase._fixture_teardown = flush_as_owner  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            _end_sessions()
        with django_db_blocker.unblock(), acting_as("owner"):
            teardown_databases(made, verbosity=0)


@pytest.fixture
def as_role(transactional_db: None) -> Callable[[str], Any]:
    """``with as_role("clerk"): …`` runs code of ours as another database role, on committed data."""
    return acting_as


@pytest.fixture
def connect_as(db: None) -> Iterator[Callable[[str], Any]]:
    """``connect_as("app")`` opens a plain connection as that role; closed after the test."""
    with ExitStack() as stack:

        def opened(role: str) -> Any:
            connection = connect(role)
            stack.callback(connection.close)
            return connection

        yield opened


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """No test sees what another has cached."""
    yield
    from django.core.cache import cache

    cache.clear()


# rooms whose tests are about the frame of a page
COUNTING_ROOMS = {"core", "desk", "workspace", "journal"}


@pytest.fixture(autouse=True)
def _numbers_at_once(request: pytest.FixtureRequest, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers beside the navigation take half the time of a page, so only tests that look at them have them:
    those of COUNTING_ROOMS, and those marked `numbers`. What another person did counts there at once;
    tests/core/test_kept.py keeps them.
    """
    from core import registry

    settings.NUMBERS_SECONDS = 0
    if COUNTING_ROOMS.isdisjoint(request.path.relative_to(ROOT / "tests").parts):
        if request.node.get_closest_marker("numbers") is None:
            monkeypatch.setattr(registry, "nav", [replace(entry, count=None) for entry in registry.nav])
            monkeypatch.delitem(registry.shell, "unread", raising=False)


@pytest.fixture(autouse=True)
def _signed_in_a_moment_ago(settings: Any) -> None:
    """Nobody is asked for six digits, to sign in again, or for a new password after the 90 days since the cast came;
    tests/departments/test_second_factor.py asks.
    """
    settings.SECOND_FACTOR, settings.FRESH_SECONDS, settings.PASSWORD_DAYS = False, None, None


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Stored files of one test, in its own temporary folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture(autouse=True)
def signing_folder(settings: Any, tmp_path: Path) -> Path:
    """Papers of tests stay unsigned, whatever the checkout holds, until a test makes a certificate in this folder."""
    settings.SIGNING_DIR, settings.SIGNING_PASSWORD = tmp_path / "signing", ""
    return tmp_path / "signing"


# -- browser -------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which resolves no name but this machine's."""
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A desk in a county: Chinese, Shanghai time, a small screen."""
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1366, "height": 768},
    }
