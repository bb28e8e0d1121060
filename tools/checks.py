"""`make test`: the same set-up, then everything that must hold. Every check runs; one that fails fails the whole."""

import os
import subprocess
import sys
import threading
import time

import embedded
import install
import prepare
from common import ROOT, VENV, Stop
from progress import Progress, say

DATABASE = "house"  # the checks' own, whichever one `make run` serves
LAST_LINES = 25
KEPT = 20_000  # bytes
SECONDS_TO_END = 10
PYTHON = str(VENV / "bin" / "python")


def _typed() -> list[str]:
    """What mypy reads: core, and every room's actions and rules."""
    paths = [ROOT / "core", *ROOT.glob("*/actions"), *ROOT.glob("*/*rules.py"), *ROOT.glob("*/rules_*.py")]
    return sorted(str(path.relative_to(ROOT)) for path in paths if path.parent.name != "tests")


def checks() -> list[tuple[str, list[str]]]:
    """Name and command, the quick ones first."""
    programs = VENV / "bin"
    return [
        ("ruff", [str(programs / "ruff"), "check", "-q", "."]),
        ("import contracts", [str(programs / "lint-imports")]),
        ("migrations are complete", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
        ("Chinese is complete", [PYTHON, "tools/messages.py", "--check"]),
        (
            "docker-compose.yml",
            [
                str(programs / "check-jsonschema"),
                "--builtin-schema",
                "vendor.compose-spec",
                "docker-compose.yml",
            ],
        ),
        ("mypy", [str(programs / "mypy"), *_typed()]),
        ("tests", ["env", "PYTEST_PLUGINS=tests.branches", PYTHON, "-m", "pytest", "-n", "2", "-q", "--durations=15"]),
        ("branch coverage of actions, rules, querysets", [PYTHON, "-m", "tests.branches"]),  # which files: there
    ]


def _run(command: list[str], environ: dict[str, str]) -> tuple[int, bytes]:
    """The command's return code and the last lines of what it said, which is shown as it comes."""
    said = bytearray()
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    pipe = process.stdout

    def show() -> None:
        while piece := os.read(pipe.fileno(), 65536):
            sys.stdout.buffer.write(piece)
            sys.stdout.flush()
            said.extend(piece)
            del said[:-KEPT]

    reader = threading.Thread(target=show, daemon=True)
    reader.start()
    failed = process.wait()
    reader.join(SECONDS_TO_END)  # a process it left behind may hold the pipe open: nobody waits for that one
    return failed, b"".join(bytes(said).splitlines(keepends=True)[-LAST_LINES:])


def test() -> None:
    progress = Progress(9)
    progress.step("System packages", lambda: install.system_packages(tests=True))
    progress.step("Python packages", lambda: install.python_environment(tests=True))
    progress.step("Browser", install.browser)
    progress.step("Front-end packages", install.front_end)
    progress.step("Fonts of official letters", install.fonts)
    ran_before = "runs" in embedded.status().values()
    try:
        progress.step("Services", lambda: "\n".join(embedded.up()))
        progress.step("Database schema", lambda: prepare.migrate(DATABASE))
        progress.step("Chinese and English", prepare.words)
        progress.step("Static files", prepare.static_files)
        results = []
        for name, command in checks():
            say(f"\n== {name}")
            began = time.monotonic()
            # tests start many processes: each would compile the house anew where bytecode is not kept
            environ = {**os.environ, "PYTHONUNBUFFERED": "1", "HOUSE_DATABASE": DATABASE, "PYTHONDONTWRITEBYTECODE": ""}
            failed, end = _run(command, environ)
            results.append((name, time.monotonic() - began, failed, end))
    finally:
        if not ran_before:
            embedded.down()
    say("")
    for title, seconds in progress.took:
        say(f"  ready   {seconds:7.1f} s  {title}")
    for name, _seconds, failed, end in results:
        if failed:  # again at the end: a long output is often kept by its last lines only
            say(f"\n== {name}: the last lines")
            sys.stdout.buffer.write(end + b"\n")
    for name, seconds, failed, _end in results:
        say(f"  {'FAILED' if failed else 'passed'}  {seconds:7.1f} s  {name}")
    passed = sum(not failed for _name, _seconds, failed, _end in results)
    say(f"{passed} checks of {len(results)} passed in {progress.seconds:.0f} s")
    sys.stdout.flush()
    if passed < len(results):
        raise Stop("Not everything passed.")
