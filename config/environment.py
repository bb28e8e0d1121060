"""Where the house finds its services: addresses from the environment, else the embedded ones in ``var/``.

Standard library only: set-up imports this before anything is installed. Every process names the database
role it works as in ``HOUSE_ROLE`` (``app`` unless told otherwise); the address of a role is
``DATABASE_URL_<ROLE>``. Giving any of them means giving all of them: half an environment would quietly mix
an outside database with the embedded one.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
DATABASES = ("house", "demo")  # the embedded cluster keeps the demonstration county apart from a real one
ROLES = ("owner", "app", "clerk", "opener", "backup")


class Misconfigured(Exception):
    """The environment cannot be used as it is; the text says what to do."""


def var_dir() -> Path:
    """The folder of everything generated: ``var/`` in the checkout, or ``HOUSE_VAR``."""
    return Path(os.environ.get("HOUSE_VAR") or ROOT / "var").resolve()


def socket_place(name: str) -> Path:
    """Where a socket of ours lies: ``var/run/``, or under the temporary folder where that path is too long (107 bytes)."""
    path = var_dir() / "run" / name
    if len(os.fsencode(path)) <= 100:
        return path
    digest = hashlib.sha256(os.fsencode(var_dir())).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"house-{os.getuid()}-{digest}" / name


def flag(name: str, default: bool = False) -> bool:
    """True for 1/true/yes/on (any case); `default` when unset or empty."""
    text = os.environ.get(name, "").strip().lower()
    return text in {"1", "true", "yes", "on"} if text else default


def url_name(role: str) -> str:
    return f"DATABASE_URL_{role.upper()}"


def outside_database() -> bool:
    """True when the environment brings its own database; raises `Misconfigured` for half of one."""
    given = [role for role in ROLES if os.environ.get(url_name(role))]
    if not given:
        if os.environ.get("DATABASE_URL"):
            raise Misconfigured(
                "DATABASE_URL alone is refused: the house works as five database roles, so that the web "
                "process cannot rewrite its own record.\nMake the roles once: run the SQL below with psql as a "
                "superuser (choose your own passwords), then set "
                + ", ".join(url_name(role) for role in ROLES)
                + " and unset DATABASE_URL.\n\n"
                + roles_sql({role: role for role in ROLES}, dict.fromkeys(ROLES, "CHANGE-ME"), ["house"])
            )
        return False
    missing = [url_name(role) for role in ROLES if role not in given]
    if missing:
        raise Misconfigured("Some database addresses are set, these are missing: " + ", ".join(missing))
    users = {role: str(parse_database_url(os.environ[url_name(role)])["USER"]) for role in ROLES}
    if shared := sorted(role for role in ROLES if list(users.values()).count(users[role]) > 1):
        raise Misconfigured(
            "Each database role needs a user of its own, or the web could rewrite its record; the same one is given for: "
            + ", ".join(url_name(role) for role in shared)
        )
    return True


def _embedded() -> dict[str, str]:
    path = var_dir() / "house.json"
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        raise Misconfigured(
            "No database address in the environment and no embedded services yet: "
            "run `make run`, `make test` or `python3 tools/house.py up` first."
        ) from None
    except PermissionError:
        raise Misconfigured(f"{path} belongs to another user; start the house as that user.") from None


def database_url(role: str) -> str:
    """The address of one role, from the environment or the embedded cluster.

    There ``HOUSE_DATABASE`` says which of `DATABASES`; without it, the one this checkout was last started on.
    """
    if role not in ROLES:
        raise Misconfigured(f"HOUSE_ROLE={role}: no such role; there are " + ", ".join(ROLES))
    if outside_database():
        return os.environ[url_name(role)]
    addresses = _embedded()
    url = urlsplit(addresses[url_name(role)])
    database = os.environ.get("HOUSE_DATABASE") or addresses.get("DATABASE", DATABASES[0])
    return urlunsplit(url._replace(path="/" + database))


def redis_url() -> str:
    """The broker's and cache's address: ``redis://…``, ``rediss://…`` or ``unix:///path/to/socket``."""
    return os.environ.get("REDIS_URL") or _embedded()["REDIS_URL"]


def numbered(url: str, step: int) -> str:
    """The address of the database `step` numbers after the one in `url` (flushing the cache empties its
    whole database, so it must not be the broker's)."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        query = dict(parse_qsl(parts.query))
        query["db"] = str(int(query.get("db", 0)) + step)
        return f"unix://{parts.path}?{urlencode(query)}"
    return urlunsplit(parts._replace(path=f"/{int(parts.path.strip('/') or 0) + step}"))


def broker_url(url: str) -> str:
    """The same address as Celery spells it: for sockets another scheme, and another word for the number."""
    if not url.startswith("unix://"):
        return url
    return url.replace("unix://", "redis+socket://", 1).replace("db=", "virtual_host=", 1)


def parse_database_url(url: str) -> dict[str, object]:
    """A libpq address (``postgresql://user:password@host:port/name?host=/socket&sslmode=…``) for Django."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Misconfigured("Database addresses begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
    }


def role_names() -> dict[str, str]:
    """Role of the house → name of the role in PostgreSQL (taken from the addresses)."""
    return {role: str(parse_database_url(database_url(role))["USER"]) for role in ROLES}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def roles_sql(names: dict[str, str], passwords: dict[str, str], databases: Iterable[str]) -> str:
    """psql input for a superuser: makes the roles, the databases and the rights. Harmless when run again."""
    lines = []
    for role in ROLES:
        name = names[role]
        extra = "CREATEDB" if role == "owner" else "NOCREATEDB"
        lines += [
            f"SELECT {_literal('CREATE ROLE ' + _quoted(name))} "
            f"WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {_literal(name)}) \\gexec",
            f"ALTER ROLE {_quoted(name)} LOGIN NOSUPERUSER NOCREATEROLE INHERIT {extra} "
            f"PASSWORD {_literal(passwords[role])};",
        ]
    owner = _quoted(names["owner"])
    who = ", ".join(_quoted(names[role]) for role in ROLES)
    lines += [
        "-- The clerk works with the same tables as the web, and seals besides.",
        f"GRANT {_quoted(names['app'])} TO {_quoted(names['clerk'])};",
        f"GRANT pg_read_all_data TO {_quoted(names['backup'])};",
    ]
    for database in databases:
        create = f"CREATE DATABASE {_quoted(database)} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8'"
        lines += [
            f"SELECT {_literal(create)} WHERE NOT EXISTS "
            f"(SELECT FROM pg_database WHERE datname = {_literal(database)}) \\gexec",
            f"REVOKE ALL ON DATABASE {_quoted(database)} FROM PUBLIC;",
            f"GRANT CONNECT, TEMPORARY ON DATABASE {_quoted(database)} TO {who};",
            f"\\connect {_quoted(database)}",
            f"ALTER SCHEMA public OWNER TO {owner};",
            f"SET ROLE {owner};",
            *rights_sql(names),
        ]
    return "\n".join(lines) + "\n"


def rights_sql(names: dict[str, str]) -> list[str]:
    """Statements the owner runs in a new database, before the first migration.

    Tables of the public schema are the application's to read and write. Stricter schemas (the record) are
    made by migrations, which grant what they allow.
    """
    app = _quoted(names["app"])
    return [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC;",
        f"GRANT USAGE ON SCHEMA public TO {app}, {_quoted(names['opener'])};",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app};",
    ]
