"""A whole house in a temporary folder: its own PostgreSQL and Valkey, web, worker, beat and clerk."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 300.0  # seconds until it serves; a machine that runs the other tests besides is slow
INSTALLATION = ("DATABASE_URL", "REDIS_URL", "HOUSE_", "DJANGO_", "PYTEST_", "TEST_DB", "COV_")
# what a process of the house is known by: words of its command line
KINDS = {"web": "gunicorn", "worker": "celery -q -A config.celery worker", "clerk": "manage.py clerk"}


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


class House:
    """Started by entering it, stopped by Ctrl-C on leaving it; `said` holds what it printed."""

    def __init__(self, **environ: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="house-"))
        self.folder.chmod(0o711)
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        clean = {name: text for name, text in os.environ.items() if not name.startswith(INSTALLATION)}
        self.environ = {
            **clean, "HOUSE_VAR": str(self.folder), "HOUSE_INSTALLED": "1", "HOUSE_HTTPS": "0", "DEMO": "0",
            "PORT": str(port), **environ,
        }  # fmt: skip
        made = ROOT / "var"  # collected and prepared by the tests' own set-up
        for name in ("static", "fonts"):
            if (made / name).exists():
                (self.folder / name).symlink_to(made / name)
        if (made / "stamps").exists():
            shutil.copytree(made / "stamps", self.folder / "stamps")
        self.said = self.folder / "said.txt"
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "House":
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "tools" / "house.py"), "run"], cwd=ROOT, env=self.environ,
                stdout=said, stderr=said, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        try:
            self.wait_for(lambda: self.answers() and all(self.pids(kind) for kind in KINDS), PATIENCE)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop, and take away what even a failed stop left behind."""
        self.stop()
        for pid in self.everything():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=90)

    # -- looking at it ---------------------------------------------------------------------------------------
    def answers(self) -> bool:
        """Whether a page that asks the database comes."""
        assert self.process.poll() is None, self.said.read_text()
        try:
            with urllib.request.urlopen(f"{self.url}/sign-in/", timeout=10) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def wait_for(self, what, seconds: float) -> float:
        """Seconds until `what()` is true."""
        began = time.monotonic()
        while not what():
            assert time.monotonic() - began < seconds, self.said.read_text()[-4000:]
            time.sleep(0.1)
        return time.monotonic() - began

    def everything(self) -> list[int]:
        """Every process that works for this house or in its folder, whoever its parent is."""
        mark, found = os.fsencode(f"HOUSE_VAR={self.folder}"), []
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                inside = (entry / "cwd").resolve().is_relative_to(self.folder)
                ours = mark in (entry / "environ").read_bytes().split(b"\0")
                words = (entry / "cmdline").read_bytes()
                if words and (inside or ours or os.fsencode(self.folder) in words):
                    found.append(int(entry.name))
        return sorted(found)

    def pids(self, kind: str) -> list[int]:
        """The processes of one kind, the main one first."""
        found = []
        for pid in self.everything():
            with contextlib.suppress(OSError):
                words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                if KINDS[kind] in words:
                    found.append(pid)
        return found

    # -- hitting it ------------------------------------------------------------------------------------------
    def kill(self, kind: str, *, main: bool = True) -> None:
        """kill -9, and wait until another has taken its place."""
        before = self.pids(kind)
        victim = before[0] if main else before[-1]
        os.kill(victim, signal.SIGKILL)
        self.wait_for(lambda: victim not in self.pids(kind) and self.pids(kind), 120)

    def flush_valkey(self) -> None:
        address = json.loads((self.folder / "house.json").read_text())["REDIS_URL"]
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(address.removeprefix("unix://"))
            line.sendall(b"FLUSHALL\r\n")
            assert line.recv(64).startswith(b"+OK")

    def crash_postgres(self) -> None:
        """PostgreSQL stops at once, as in a power cut; the house starts it again."""
        file = self.folder / "pg" / "postmaster.pid"
        pid = int(file.read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)
        self.wait_for(
            lambda: file.exists() and int((file.read_text().split() or ["0"])[0]) not in (0, pid), 60
        )
