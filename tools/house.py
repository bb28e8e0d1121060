#!/usr/bin/env python3
"""The house's own services and set-up. Standard library only: it runs before anything is installed.

house.py run      set everything up and serve (make run)
house.py test     set everything up and run every check (make test)
house.py up       start the embedded PostgreSQL and Valkey of this checkout (made on first use)
house.py ready    up, and the messages, static files and fonts measurements need (make up)
house.py down     stop them
house.py status   say what runs
house.py sql      the SQL that prepares an outside PostgreSQL for the house
"""

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

import checks  # noqa: E402
import embedded  # noqa: E402
import install  # noqa: E402
import prepare  # noqa: E402
import serve  # noqa: E402
from common import Stop  # noqa: E402

from config import environment  # noqa: E402


def run(_: argparse.Namespace) -> None:
    serve.run()


def test(_: argparse.Namespace) -> None:
    checks.test()


def up(_: argparse.Namespace) -> None:
    for line in embedded.up():
        print(line, flush=True)


def ready(arguments: argparse.Namespace) -> None:
    up(arguments)
    for title, work in (
        ("Chinese and English", prepare.words),
        ("Static files", prepare.static_files),
        ("Fonts of official letters", install.fonts),
    ):
        print(f"{title}: {work()}", flush=True)


def down(_: argparse.Namespace) -> None:
    embedded.down()


def status(_: argparse.Namespace) -> None:
    for name, state in embedded.status().items():
        print(f"{name:<12}{state}")


def sql(arguments: argparse.Namespace) -> None:
    roles = environment.ROLES
    names, passwords, database = {r: r for r in roles}, dict.fromkeys(roles, "CHANGE-ME"), "house"
    if arguments.from_environment:
        given = {role: environment.parse_database_url(environment.database_url(role)) for role in roles}
        names = {role: str(parsed["USER"]) for role, parsed in given.items()}
        passwords = {role: str(parsed["PASSWORD"]) for role, parsed in given.items()}
        database = str(given["owner"]["NAME"])
    print(environment.roles_sql(names, passwords, [database]), end="")


def main() -> int:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    commands = {
        "run": run,
        "test": test,
        "up": up,
        "ready": ready,
        "down": down,
        "status": status,
        "sql": sql,
    }
    parser.add_argument("command", choices=commands)
    parser.add_argument(
        "--from-environment", action="store_true", help="sql: with the names and passwords of DATABASE_URL_*"
    )
    arguments = parser.parse_args()
    if sys.version_info < (3, 11):
        print(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    try:
        if arguments.command in ("run", "test", "up", "ready"):
            environment.outside_database()  # half an environment is told before anything is installed
        commands[arguments.command](arguments)
    except (Stop, environment.Misconfigured) as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
