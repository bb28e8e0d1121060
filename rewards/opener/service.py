"""The opener's socket: one request, one answer, one after the other. What is asked and said is never logged."""

import contextlib
import ctypes
import datetime as dt
import fcntl
import json
import logging
import os
import resource
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import close_old_connections
from django.utils import timezone

from rewards.actions.opener_openings import forget_lost
from rewards.actions.opener_payees import forget_lost_keys
from rewards.actions.opener_upkeep import look_through_slips, publish_slip_key
from rewards.opener.commands import Opener, answer

log = logging.getLogger("opener")

LONGEST = 1024 * 1024  # bytes of a request or an answer
PATIENCE = 10.0  # seconds for one request
UPKEEP = 2.0  # seconds between looks at slips and lapsed requests, when nobody asks
PR_SET_DUMPABLE = 4


class Busy(Exception):
    """Another opener serves this folder: halves would be in two memories."""


def read(line: socket.socket) -> dict[str, Any]:
    """One message: four bytes of length, then JSON.

    :raises ValueError: too long, cut short, or no JSON object
    """
    (length,) = struct.unpack(">I", _exactly(line, 4))
    if length > LONGEST:
        raise ValueError("too long")
    message = json.loads(_exactly(line, length))
    if not isinstance(message, dict):
        raise ValueError("no object")
    return message


def write(line: socket.socket, message: dict[str, Any]) -> None:
    data = json.dumps(message).encode()
    line.sendall(struct.pack(">I", len(data)) + data)


def _exactly(line: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = line.recv(count - len(data))
        if not part:
            raise ValueError("cut short")
        data += part
    return data


def _same_user(line: socket.socket) -> bool:
    """Whether the caller runs as this process's user, or as root."""
    _pid, uid, _gid = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
    return uid in (os.getuid(), 0)


def keep_to_itself() -> None:
    """No core dump, no debugger of the same user: what this process holds is not read from outside."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def upkeep(opener: Opener, at: dt.datetime) -> None:
    """What the opener does unasked: compare new reporters with earlier ones, let lapsed requests lapse."""
    publish_slip_key(house=opener.house, at=at)
    look_through_slips(house=opener.house)
    opener.ceremonies.forget_old(at)
    forget_lost(ceremonies=opener.ceremonies, at=at)
    forget_lost_keys(ceremonies=opener.ceremonies)


def _serve_one(line: socket.socket, opener: Opener) -> None:
    line.settimeout(PATIENCE)
    if not _same_user(line):
        return
    request = read(line)
    reply = answer(request, opener, timezone.now())
    log.info("%s: %s", str(request.get("command"))[:40], reply.get("refused") or "done")
    write(line, reply)


def _or_say(work: Callable[[], None]) -> None:
    """Do it; what goes wrong is logged by its kind alone, because its words may hold what was asked."""
    try:
        work()
    except Exception as fault:
        log.error("failed: %s", type(fault).__name__)


def serve(path: Path, opener: Opener, stopping: Callable[[], bool] = lambda: False) -> None:
    """Answer on the socket at `path` until `stopping()`.

    :raises Busy: another opener serves there
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        with socket.socket(socket.AF_UNIX) as door:
            door.bind(str(path))
            path.chmod(0o600)
            door.listen(16)
            door.settimeout(UPKEEP)
            log.info("the opener serves")
            while not stopping():
                close_old_connections()
                _or_say(lambda: upkeep(opener, timezone.now()))
                try:
                    line, _ = door.accept()
                except TimeoutError:
                    continue
                with line:
                    _or_say(lambda line=line: _serve_one(line, opener))  # type: ignore[misc]
        path.unlink(missing_ok=True)
