"""The web's side of the opener's socket: ask, and say its refusals in the reader's language."""

import socket
from typing import Any

from django.conf import settings

from core.refusals import Refused
from rewards.opener.service import read, write
from rewards.refusals_opening import REFUSALS, OpenerAway

PATIENCE = 30.0


def ask(command: str, **values: Any) -> dict[str, Any]:
    """What the opener answers to `command`.

    :raises OpenerAway: nobody serves, or the line broke
    :raises Refused: what it refused, as its own class of `refusals_opening`
    """
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            line.connect(str(settings.OPENER_SOCKET))
            write(line, {"command": command, "values": values})
            reply = read(line)
    except (OSError, ValueError):
        raise OpenerAway from None
    if "refused" in reply:
        named = {"positions": reply["positions"]} if reply.get("positions") else {}
        raise REFUSALS.get(reply["refused"], Refused)(field=reply.get("field"), **named)
    return reply["ok"]
