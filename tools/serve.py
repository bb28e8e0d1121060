"""`make run`: set-up, then web, worker, beat, clerk and opener until Ctrl-C."""

import fcntl
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import embedded
import install
import prepare
from common import ROOT, VENV, Stop, var
from progress import Progress, complain, say
from supervisor import Child, Supervisor

from config import environment


def _alone() -> object:
    """Hold the checkout: a second `make run` in it is told where the first one serves."""
    path = var() / "serve.lock"
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        raise Stop(f"The house already runs from this folder: {file.read().strip()}") from None
    return file


HERE = {"127.0.0.1", "localhost", "[::1]"}
# what serving beyond this machine needs: variable → what it says
BEYOND = {
    "HOUSE_HOSTS": "the host names people type",
    "HOUSE_PUBLIC_URL": "the https:// address printed on letters",
    "HOUSE_ORIGINS": "that address again, whose forms are trusted",
    "HOUSE_HTTPS": "1: cookies travel over HTTPS only",
    "HOUSE_BEHIND_PROXY": "1: the terminator's X-Forwarded-Proto and X-Forwarded-For are believed",
}


def _split(bind: str) -> tuple[str, str]:
    """(host, port or "") of BIND: 0.0.0.0, 0.0.0.0:80, [::]:80 or a bare ::"""
    if bind.count(":") > 1 and not bind.startswith("["):
        return f"[{bind}]", ""
    host, colon, port = bind.rpartition(":")
    return (bind, "") if not colon or bind.endswith("]") else (host, port)


def advice(host: str, demo: bool, environ: Mapping[str, str]) -> str:
    """What still has to be set before others work here, in a sentence or two; empty for a demo on this machine."""
    beyond = host not in HERE
    if not beyond and demo:
        return ""
    missing = [f"{name} ({words})" for name, words in BEYOND.items() if not environ.get(name)]
    said = []
    if beyond and demo:
        said.append("The demo county lets everybody in by one click: use DEMO=0 for anything real.")
    if missing:
        said.append(
            "Before others work here, put an HTTPS terminator (reverse proxy) in front of this address and set "
            + "; ".join(missing) + "."
        )  # fmt: skip
    if environ.get("HOUSE_HTTPS") == "0":
        said.append("HOUSE_HTTPS=0 sends the sign-in cookie unprotected: set it to 1.")
    return " ".join(said)


def _address() -> tuple[str, int]:
    host, port = _split(os.environ.get("BIND") or "127.0.0.1")
    port = os.environ.get("PORT") or port or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise Stop(f"PORT={port} is not a port number.")
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((host.strip("[]"), int(port)))
        except OSError as error:
            raise Stop(
                f"Port {port} cannot be had ({error.strerror}): choose another, PORT=8001 make run"
            ) from None
    return host, int(port)


def _children(host: str, port: int, environ: dict[str, str]) -> list[Child]:
    programs = VENV / "bin"
    celery = [str(programs / "celery"), "-q", "-A", "config.celery"]
    # Root is how a bare machine is tried; the warning would be the first thing a newcomer reads.
    quiet = {**environ, "PYTHONWARNINGS": "ignore:You're running the worker"}
    web = [
        str(programs / "gunicorn"), "config.wsgi", "--bind", f"{host}:{port}", "--workers", "2", "--threads", "4",
        "--timeout", "60", "--preload", "--max-requests", "5000", "--max-requests-jitter", "500", "--log-level", "warning",
        "--no-control-socket", "--worker-tmp-dir", "/dev/shm",
    ]  # fmt: skip
    children = [
        Child("web", web, environ, ROOT),
        Child("worker", [*celery, "worker", "--concurrency", "2", "-l", "warning"], quiet, ROOT),
        Child("beat", [*celery, "beat", "-l", "warning"], environ, ROOT),
    ]
    if prepare.has_command("clerk"):
        command = [str(programs / "python"), str(ROOT / "manage.py"), "clerk"]
        children.append(Child("clerk", command, {**environ, "HOUSE_ROLE": "clerk"}, ROOT))
    if prepare.has_command("opener"):
        command = [str(programs / "python"), str(ROOT / "manage.py"), "opener"]
        children.append(Child("opener", command, {**environ, "HOUSE_ROLE": "opener"}, ROOT))
    return children


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=10):
            return True
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def _started_marker() -> Path:
    return var() / "started-by-run"


def _stop_tidily() -> None:
    """A closed terminal or a kill ends set-up as Ctrl-C does: what was started is stopped again."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


def run() -> None:
    _stop_tidily()
    demo = environment.flag("DEMO", default=True)
    lock = _alone()  # before the port is tried: who already serves here holds that too
    host, port = _address()
    told = advice(host, demo, dict(os.environ))
    url = f"http://{host}:{port}/"
    lock.seek(0)
    lock.truncate()
    lock.write(url)
    lock.flush()
    database = "demo" if demo else "house"
    os.environ["HOUSE_DEMO"] = "1" if demo else "0"
    os.environ["HOUSE_DATABASE"] = database  # for every process started here, now or again after it died
    if host in HERE:
        os.environ.setdefault("HOUSE_HTTPS", "0")  # this machine only: nothing travels
        os.environ.setdefault("HOUSE_PUBLIC_URL", url.rstrip("/"))  # what letters lead to
        os.environ.setdefault("HOUSE_ADDRESS", url)  # what mails lead to
    installed = environment.flag("HOUSE_INSTALLED")
    progress = Progress(5 + demo + 4 * (not installed))
    aside = ThreadPoolExecutor(2)  # what downloads and what computes go side by side
    if not installed:
        progress.step("System packages", lambda: install.system_packages(tests=False))
        front_end = aside.submit(install.front_end)
        progress.step("Python packages", lambda: install.python_environment(tests=False))
        fonts = aside.submit(install.fonts)
        progress.step("Front-end packages", front_end.result)
    ran_before = not _started_marker().exists() and "runs" in embedded.status().values()
    if not ran_before:
        _started_marker().touch()
    try:
        progress.step("Services", lambda: "\n".join(embedded.up(database)))
        progress.step("Database schema", lambda: prepare.migrate(database))
        progress.step("Chinese and English", prepare.words)
        progress.step("Static files", prepare.static_files)
        if not installed:
            progress.step("Fonts of official letters", fonts.result)
        progress.step("Certificate of issued papers", lambda: prepare.signing_certificate(demo))
        if demo:
            progress.step("Demonstration county", lambda: prepare.demo(database))
        began = time.monotonic()

        def announce() -> None:
            say(f"\nSet up in {progress.seconds - (time.monotonic() - began):.1f} s, "
                f"serving after {progress.seconds:.1f} s.")  # fmt: skip
            if demo and prepare.demo_accounts():
                say(prepare.demo_accounts())
            say(f"\n    {url}\n\nCtrl-C stops everything started here.\n")
            if told:
                say(f"{told}\n")

        def tend() -> None:
            """Start an embedded service again that died; one brought by the environment is its owner's."""
            try:
                for line in embedded.up():
                    if "started" in line:
                        say(f"        | {line}")
            except Stop as stop:
                complain(str(stop))

        Supervisor(_children(host, port, {}), ready=lambda: _ready(url), announce=announce, tend=tend).run()
    finally:
        if not ran_before:
            embedded.down()
            _started_marker().unlink(missing_ok=True)
        say("stopped")
