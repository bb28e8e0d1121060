"""First and second start of `make run`, from a fresh clone to the first answered page.

Debian's packages are on the machine already; Python and front-end packages are installed anew.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

TITLE = "Start of make run"
ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 20 * 60  # seconds


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10):  # noqa: S310 - an address of our own
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def _start(folder: Path) -> float:
    """Seconds from the command to the first answer; everything is stopped afterwards."""
    port = _free_port()
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_URL", "REDIS_URL", "HOUSE_", "DJANGO_", "PYTEST_"))
    } | {"PORT": str(port)}
    began = time.perf_counter()
    process = subprocess.Popen(
        ["make", "run"], cwd=folder, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        while not _answers(f"http://127.0.0.1:{port}/sign-in/"):
            assert process.poll() is None, "make run stopped by itself"
            assert time.perf_counter() - began < PATIENCE
            time.sleep(0.1)
        return time.perf_counter() - began
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=120)


def measure() -> dict[str, object]:
    folder = Path(tempfile.mkdtemp(prefix="start-"))
    folder.chmod(0o755)
    try:
        subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "house")], check=True)
        first = _start(folder / "house")
        second = _start(folder / "house")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "first start with the demo county, s": round(first, 1),
        "second start, s": round(second, 1),
    }
