"""The processes of a running house as one group: a dead child is started again, Ctrl-C ends them all.

Each child is the leader of its own session, so that Ctrl-C in the terminal reaches only this process; it then
asks each main process to stop (Celery must not see SIGTERM in its pool processes). Children are told by the
kernel to stop when this process is killed outright.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
STEADY = 60.0  # seconds of life after which a child's past deaths are forgotten
LONGEST_WAIT = 30.0
HEAD_START = 15.0
TENDING = 5.0
OVERDUE = 60.0  # a first page later than this is complained of
PATIENCE = 20.0  # seconds a child has to stop by itself


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One process that is kept alive."""

    def __init__(self, name: str, command: list[str], environ: dict[str, str], folder: Path) -> None:
        self.name, self.command, self.environ, self.folder = name, command, environ, folder
        self.process: subprocess.Popen[str] | None = None
        self.born = 0.0
        self.deaths = 0
        self.again_at = 0.0

    def start(self) -> None:
        self.born = time.monotonic()
        self.process = subprocess.Popen(
            self.command, cwd=self.folder, env={**os.environ, **self.environ}, text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True, preexec_fn=_end_with_parent,
        )  # fmt: skip
        threading.Thread(target=self._relay, args=(self.process.stdout,), daemon=True).start()

    def _relay(self, stream: IO[str]) -> None:
        for line in stream:
            print(f"{self.name:>6} | {line}", end="", flush=True)

    def watch(self) -> None:
        """Start the child again after it died, waiting 1, 2, 4 … seconds when it keeps dying."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            code = self.process.returncode
            self._end_orphans()
            self.process = None
            self.deaths = 1 if now - self.born > STEADY else self.deaths + 1
            wait = min(2.0 ** (self.deaths - 1), LONGEST_WAIT)
            self.again_at = now + wait
            print(f"{self.name:>6} | ended with {code}; starting it again in {wait:.0f} s", flush=True)
        if self.process is None and now >= self.again_at:
            self.start()

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"{self.name:>6} | does not stop; killed", flush=True)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            return
        self._end_orphans()

    def _end_orphans(self) -> None:
        """Workers of a main process killed outright would hold its port, or work beside its successor's."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Runs children until SIGINT or SIGTERM.

    The first child starts alone, so that its door opens soon; the others when `ready` is true or after
    `HEAD_START` seconds. `announce` is called once when `ready` is true, `tend` every `TENDING` seconds.
    """

    def __init__(
        self,
        children: list[Child],
        *,
        ready: Callable[[], bool],
        announce: Callable[[], None],
        tend: Callable[[], None],
    ) -> None:
        self.children, self.ready, self.announce, self.tend = children, ready, announce, tend
        self.stopping = False

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        announced = complained = False
        began = tended = time.monotonic()
        try:
            while not self.stopping:
                now = time.monotonic()
                for child in self.children if announced or now - began > HEAD_START else self.children[:1]:
                    child.watch()
                if not announced and self.ready():
                    announced = True
                    self.announce()
                if not announced and not complained and now - began > OVERDUE:
                    complained = True
                    print(f"no page has come in {OVERDUE:.0f} s; the lines above say why", flush=True)
                if now - tended > TENDING:
                    tended = now
                    self.tend()
                time.sleep(0.1)
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            print("stopping ...", flush=True)
            for child in self.children:
                child.end()
            until = time.monotonic() + PATIENCE
            for child in self.children:
                child.wait(until)
            sys.stdout.flush()
