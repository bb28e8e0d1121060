"""What the house needs from outside: system packages, the Python environment, front-end files, fonts.

Every step looks first and does nothing when there is nothing to do, so that a second start is quick.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from common import ROOT, VENV, Stop, digest, locked, var
from progress import say

from config import environment

CLUSTERS = Path("/etc/postgresql-common/createcluster.conf")
# package → programs that make it unnecessary (another way of having it)
RUN = {
    "fonts-noto-cjk": (),
    "fontconfig": ("fc-match",),
    "gettext": ("msgfmt", "xgettext"),
    "libharfbuzz-subset0": (),
    "libpango-1.0-0": (),
    "libpangoft2-1.0-0": (),
    "nodejs": ("node",),
    "npm": ("npm",),
    "postgresql": (),
    "postgresql-contrib": (),
}
TEST = {"chromium": ("chromium", "chromium-browser", "google-chrome")}


POSTGRESQL = ("postgresql", "postgresql-contrib")


def _server_programs() -> list[Path]:
    """Server programs of any version, however they came; Debian's packages of them bring the extensions along."""
    return list(Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb"))


# -- system packages ---------------------------------------------------------------------------------------
def _present(package: str) -> bool:
    asked = ["dpkg-query", "-W", "-f=${db:Status-Status}", package]
    done = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return done.stdout == "installed"


def _ubuntu() -> bool:
    """Ubuntu has Chromium as a snap only, which no container and no test can start."""
    try:
        return re.search(r"^ID(_LIKE)?=.*ubuntu", Path("/etc/os-release").read_text(), re.MULTILINE) is not None
    except OSError:
        return False


def _chromium() -> str:
    """The Chromium to drive: CHROMIUM, else one on the way that says its version (a stub for a snap does not)."""
    for path in (os.environ.get("CHROMIUM"), *map(shutil.which, TEST["chromium"])):
        if path and not subprocess.run([path, "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            return path
    return ""


def browser() -> str:
    """Name the Chromium of the tests in CHROMIUM; where the system packages none, the build Playwright is pinned to."""
    if not _chromium():
        playwright = [str(VENV / "bin" / "playwright"), "install"]
        if as_root := _root_prefix():
            subprocess.run([*as_root, *playwright[:1], "install-deps", "chromium"], stdout=subprocess.DEVNULL)
        elif as_root == []:
            playwright.append("--with-deps")
        done = subprocess.run([*playwright, "chromium"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        asked = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
        found = subprocess.run([str(VENV / "bin" / "python"), "-c", asked], stdout=subprocess.PIPE, text=True)
        os.environ["CHROMIUM"] = found.stdout.strip()
        if not _chromium():
            end = "\n".join(done.stdout.splitlines()[-8:])
            raise Stop(f"The tests need a Chromium: install one and name it, CHROMIUM=/path make test\n{end}")
    os.environ["CHROMIUM"] = _chromium()
    return os.environ["CHROMIUM"]


def _venv_works() -> bool:
    return not subprocess.run(
        [sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL
    ).returncode


def missing_packages(*, tests: bool) -> list[str]:
    """Debian packages still to be installed, in alphabetical order."""
    wanted = {**RUN, **(TEST if tests else {})}
    if environment.outside_database():
        wanted = {package: programs for package, programs in wanted.items() if package not in POSTGRESQL}
    missing = [
        package
        for package, programs in wanted.items()
        if not (programs and all(shutil.which(name) for name in programs))
        and not (package == "chromium" and (_ubuntu() or _chromium()))
        and not (package in POSTGRESQL and _server_programs())
        and not _present(package)
    ]
    if not _venv_works():
        missing.append(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return sorted(missing)


def _root_prefix() -> list[str] | None:
    """How to run a command as root: directly, by sudo, or not at all (None)."""
    if os.getuid() == 0:
        return []
    if shutil.which("sudo"):
        if not subprocess.run(["sudo", "-n", "true"], stderr=subprocess.DEVNULL).returncode:
            return ["sudo"]
        if sys.stdin.isatty():
            return ["sudo"]  # it asks for the password
    return None


def system_packages(*, tests: bool) -> str:
    """Install what is missing, or say exactly what is and stop."""
    if not shutil.which("dpkg-query"):
        return "not a Debian system: taking what is there"
    missing = missing_packages(tests=tests)
    if not missing:
        return "all there"
    as_root = _root_prefix()
    if as_root is None or not shutil.which("apt-get"):
        raise Stop(
            "These system packages are missing, and this account may not install them:\n    "
            + "\n    ".join(missing)
            + "\nAsk an administrator to run\n    apt-get install --no-install-recommends "
            + " ".join(missing)
            + "\nand start again."
        )
    environ = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    install = [*environ, "apt-get", "install", "-y", "-q", "--no-install-recommends"]
    log = var() / "apt.log"
    say(f"installing {' '.join(missing)} (minutes, the first time; see {log})")

    def run(*command: str) -> None:
        with log.open("ab") as file:
            if subprocess.run(command, stdout=file, stderr=file, stdin=subprocess.DEVNULL).returncode:
                tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
                raise Stop(f"{' '.join(command)} failed; the end of {log}:\n{tail}")

    run(*environ, "apt-get", "update", "-q")
    if "postgresql" in missing and not CLUSTERS.exists():
        run(*install, "postgresql-common")
    if "postgresql" in missing and CLUSTERS.exists():
        # Our cluster is private: Debian's own, on port 5432, is not wanted, and nothing of it is started.
        before = CLUSTERS.read_text()
        subprocess.run(
            [*as_root, "tee", str(CLUSTERS)], input=before + "\ncreate_main_cluster = false\n", text=True,
            stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        try:
            run(*install, *missing)
        finally:
            subprocess.run(
                [*as_root, "tee", str(CLUSTERS)], input=before, text=True, stdout=subprocess.DEVNULL
            )
    else:
        run(*install, *missing)
    return "        installed"


PINNED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(\[.*?\])?==(?P<version>[^ ;\\]+)(?P<marker> *;)?")


# -- Python ------------------------------------------------------------------------------------------------
def _mirror() -> dict[str, str]:
    """pip's configured index, certificate and files, spelled for uv."""
    environ = {**os.environ, "UV_NO_PROGRESS": "1", "UV_LINK_MODE": os.environ.get("UV_LINK_MODE", "copy")}
    asked = [str(VENV / "bin" / "pip"), "config", "list"]
    for line in subprocess.run(asked, stdout=subprocess.PIPE, text=True).stdout.splitlines():
        name, _, value = line.partition("=")
        if name.endswith(".index-url"):
            environ.setdefault("UV_DEFAULT_INDEX", value.strip("'"))
        if name.endswith(".cert") and Path(value.strip("'")).exists():
            environ.setdefault("SSL_CERT_FILE", value.strip("'"))
    return environ


def _quietly(command: list[str], **extra: Any) -> str | None:
    """None when the command succeeds, else what it said."""
    given = {
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
        "stdin": subprocess.DEVNULL,
        "text": True,
    }
    done = subprocess.run(command, **{**given, **extra})
    return done.stdout if done.returncode else None


def holds(lock: Path, venv: Path | None = None) -> bool:
    """Whether the environment has every package of `lock` at its version, whoever put it there."""
    folders = (venv or VENV).glob(
        f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages/*.dist-info"
    )
    there = {_plain(*folder.name.removesuffix(".dist-info").rsplit("-", 1)) for folder in folders}
    wanted = (PINNED.match(line) for line in lock.read_text().splitlines())
    # a line with a marker may be meant for another platform: it proves nothing
    here = [_plain(found["name"], found["version"]) for found in wanted if found and not found["marker"]]
    return bool(here) and there.issuperset(here)


def _plain(name: str, version: str) -> tuple[str, str]:
    return re.sub(r"[-_.]+", "-", name).lower(), version


def python_environment(*, tests: bool) -> str:
    """``.venv`` from the hashed lock: by uv (seconds), or by pip where uv cannot be had."""
    locks = {name: ROOT / f"requirements{end}.lock" for name, end in (("run", ""), ("dev", "-dev"))}
    marks = {name: digest(path, sys.version) for name, path in locks.items()}
    stamp = VENV / "house-stamp.json"
    wanted = "dev" if tests else "run"
    with locked("venv"):
        have = json.loads(stamp.read_text()) if stamp.exists() else {}
        if have.get(wanted) == marks[wanted]:
            return "all there"
        if holds(locks[wanted]):
            return "all there (more than needed is left alone)"
        if have.get("dev"):
            wanted = "dev"  # never take the tests' packages away again
        if not (VENV / "bin" / "pip").exists():
            if VENV.is_symlink() or VENV.exists():
                shutil.rmtree(VENV.resolve(), ignore_errors=True)
            subprocess.run([sys.executable, "-m", "venv", str(VENV.resolve())], check=True)
        stamp.unlink(missing_ok=True)
        python = str(VENV / "bin" / "python")
        quiet = [
            python,
            "-m",
            "pip",
            "--disable-pip-version-check",
            "install",
            "-q",
            "--require-hashes",
            "-r",
        ]
        how = "uv"
        uv = VENV / "bin" / "uv"
        sync = [str(uv), "pip", "sync", "-q", "--require-hashes", "--python", python, str(locks[wanted])]
        got_uv = uv.exists() or _quietly([*quiet, str(ROOT / "requirements-tools.lock")]) is None
        if not got_uv or _quietly(sync, env=_mirror()) is not None:
            how = "pip"
            if (said := _quietly([*quiet, str(locks[wanted])])) is not None:
                raise Stop(f"The Python packages cannot be installed:\n{said}")
        marks = marks if wanted == "dev" else {"run": marks["run"]}
        stamp.write_text(json.dumps(marks))
    return f"installed from requirements{'-dev' if wanted == 'dev' else ''}.lock by {how}"


# -- front end ---------------------------------------------------------------------------------------------
def front_end() -> str:
    """``node_modules`` from package-lock.json; no package's script is run."""
    folder = ROOT / "node_modules"
    stamp = folder / ".house-stamp"
    mark = digest(ROOT / "package-lock.json", ROOT / "package.json")
    with locked("npm"):
        if stamp.exists() and stamp.read_text() == mark:
            return "all there"
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        if (said := _quietly(command, cwd=ROOT)) is not None:
            raise Stop(f"npm cannot install the front-end packages:\n{said}")
        stamp.write_text(mark)
    return "installed from package-lock.json"


# -- fonts -------------------------------------------------------------------------------------------------
def fonts() -> str:
    """The faces official letters are set in, prepared in ``var/fonts``."""
    with locked("fonts"):
        command = [
            str(VENV / "bin" / "python"),
            str(ROOT / "tools" / "fonts.py"),
            "--to",
            str(var() / "fonts"),
        ]
        done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise Stop(f"The fonts cannot be prepared:\n{done.stdout}")
    said = done.stdout.strip().splitlines()
    return "\n        ".join([*(line for line in said[:-1] if line.startswith("WARNING")), said[-1]])
