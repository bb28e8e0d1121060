"""`manage.py opener`: the process that alone opens who reported. At its console: recovery, new epochs, erasure."""

import datetime as dt
import getpass
import signal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from core.refusals import Refused
from rewards.actions import opener_keys, opener_upkeep
from rewards.opener.commands import Opener
from rewards.opener.keys import House
from rewards.opener.service import Busy, keep_to_itself, serve


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []  # the checks of models ask tables this role may not read

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--socket", type=Path, default=None, help="serve on another socket")
        parser.add_argument("--region", type=int, help="id of the county, for the commands below")
        parser.add_argument(
            "--make-recovery", action="store_true", help="make the two recovery keys; prints them once"
        )
        parser.add_argument(
            "--rewrap", choices=["recovery", "custodians"],
            help="give every sealed record to the custodians in force, opened by the recovery keys or by two custodians",
        )  # fmt: skip
        parser.add_argument(
            "--erase", metavar="NUMBER", help="destroy who reported the report of this number"
        )
        parser.add_argument("--reason", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        keep_to_itself()
        house = House.at(Path(settings.OPENER_DIR))
        try:
            if options["make_recovery"]:
                self._make_recovery(options["region"])
            elif options["rewrap"]:
                self._rewrap(house, options["region"], options["rewrap"])
            elif options["erase"]:
                gone = opener_upkeep.erase(
                    report_number=options["erase"], region_id=options["region"], reason=options["reason"],
                    at=timezone.now(),
                )  # fmt: skip
                self.stdout.write(f"{gone} sealed records destroyed")
            else:
                self._serve(house, options["socket"] or Path(settings.OPENER_SOCKET))
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def _serve(self, house: House, path: Path) -> None:
        stopped: list[int] = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.append(1))
        try:
            serve(path, Opener(house), lambda: bool(stopped))
        except Busy:
            raise CommandError("another opener serves from this folder") from None

    def _make_recovery(self, region_id: int) -> None:
        for number, printed in enumerate(
            opener_keys.make_recovery(region_id=region_id, at=timezone.now()), 1
        ):
            self.stdout.write(f"recovery key {number} (print, seal, keep apart from the other):\n{printed}\n")

    def _rewrap(self, house: House, region_id: int, who: str) -> None:
        at, privates = timezone.now(), {}
        for number in ("first", "second"):
            if who == "recovery":
                key_id, private = opener_upkeep.recovery_key(getpass.getpass(f"{number} recovery key: "))
                privates[key_id] = private
            else:
                privates |= opener_keys.unlock_every(
                    house=house, user_id=int(input(f"id of the {number} custodian: ")), region_id=region_id, at=at,
                    code=getpass.getpass("one-time code for openings, of any key: "), passphrase_of=_ask_passphrase,
                )  # fmt: skip
        count = opener_upkeep.rewrap(region_id=region_id, privates=privates, at=at)
        held = opener_upkeep.sealed_in(region_id)
        self.stdout.write(f"{count} of {held} sealed records given to the custodians in force")
        if count < held:
            self.stdout.write("the others stay as they are: these keys do not open them")


def _ask_passphrase(epoch: int, made_at: dt.datetime) -> str:
    return getpass.getpass(f"passphrase of key {epoch}, made {made_at:%Y-%m-%d} (empty: leave it out): ")
