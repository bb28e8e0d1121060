#!/usr/bin/env python
"""Django's command line. What changes the schema works as its owner, everything else as the application."""

import os
import sys

OWNER = {
    "createcachetable",
    "flush",
    "makemigrations",
    "migrate",
    "optimizemigration",
    "showmigrations",
    "sqlmigrate",
    "squashmigrations",
}
OTHERS = {"clerk": "clerk", "backup": "backup", "opener": "opener"}


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    role = "owner" if command in OWNER else OTHERS.get(command, "app")
    os.environ.setdefault("HOUSE_ROLE", role)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    from config.environment import Misconfigured

    try:
        execute_from_command_line(sys.argv)
    except Misconfigured as sentence:
        sys.exit(str(sentence))


if __name__ == "__main__":
    main()
