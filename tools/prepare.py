"""From installed programs to a county that can be opened: schema, words, static files, demonstration data."""

import os
import subprocess
from pathlib import Path

from common import ROOT, VENV, Stop, digest, locked, var

from config import environment

ACCOUNTS = """
from departments.demo import accounts
for group in accounts():
    print("    " + group["department"])
    for one in group["accounts"]:
        print("        {staff_number:<12}{name}  {post}".format(**one))
"""
PYTHON = str(VENV / "bin" / "python")


def manage(*arguments: str, **environ: str) -> str:
    """Run a manage.py command; its output. Raises `Stop` with the output when it fails."""
    done = subprocess.run(
        [PYTHON, str(ROOT / "manage.py"), *arguments],
        cwd=ROOT, env={**os.environ, **environ}, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if done.returncode:
        end = "\n".join(done.stdout.splitlines()[-30:])
        raise Stop(f"manage.py {' '.join(arguments)} failed:\n{end}")
    return done.stdout.strip()


def has_command(name: str) -> bool:
    """Whether one of the rooms brings the manage.py command `name`."""
    return any(ROOT.glob(f"*/management/commands/{name}.py"))


class Stamp:
    """Remembers that a step was done for exactly these inputs. `place` is thrown away with what it vouches for."""

    def __init__(self, name: str, mark: str, place: Path | None = None) -> None:
        self.path = (place or var() / "stamps") / f"{name}.stamp"
        self.mark = mark

    def fresh(self) -> bool:
        try:
            return self.path.read_text() == self.mark
        except OSError:
            return False

    def set(self) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(self.mark)


def _database_stamp(name: str, mark: str, database: str) -> Stamp | None:
    """A stamp inside the embedded cluster; None for a database from outside, which others may restore or drop."""
    if environment.outside_database():
        return None
    return Stamp(f"{database}.{name}", mark, var() / "pg")


def migrate(database: str) -> str:
    migrations = sorted(ROOT.glob("*/migrations/*.py"))
    stamp = _database_stamp("migrate", digest(ROOT / "requirements.lock", *migrations), database)
    if stamp and stamp.fresh():
        return "up to date"
    with locked("migrate"):
        applied = manage("migrate", "--noinput", HOUSE_DATABASE=database).count(" OK")
    if stamp:
        stamp.set()
    return f"{applied} migrations applied" if applied else "up to date"


def words() -> str:
    """The message catalogue, compiled from its committed text."""
    stamp = Stamp("words", digest(ROOT / "locale" / "parts", *sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))))
    compiled = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    if stamp.fresh() and compiled.exists():
        return "up to date"
    subprocess.run([PYTHON, str(ROOT / "tools" / "messages.py"), "--compile"], check=True)
    stamp.set()
    return "compiled"


def static_files() -> str:
    sources = [
        ROOT / "static",
        ROOT / "package-lock.json",
        ROOT / "requirements.lock",
        ROOT / "config/finders.py",
    ]
    sources += sorted(path for path in ROOT.glob("*/static") if (path.parent / "apps.py").exists())
    stamp = Stamp("static", digest(*(path for path in sources if path.exists())))
    if stamp.fresh() and (var() / "static").exists():
        return "up to date"
    said = manage("collectstatic", "--noinput", "--clear", "-v", "1")
    stamp.set()
    return said.splitlines()[-1].strip() if said else "collected"


def demo(database: str) -> str:
    """The demonstration county, made once per database. What the command prints last (the accounts) is kept."""
    if not has_command("demo"):
        return "this version brings no demonstration county"
    stamp = _database_stamp("demo", "made", database)
    if stamp and stamp.fresh():
        return "there already"
    here = {"HOUSE_DEMO": "1", "HOUSE_DATABASE": database}
    manage("demo", **here)
    (var() / "demo.txt").write_text(manage("shell", "--no-imports", "-c", ACCOUNTS, **here) + "\n")
    if stamp:
        stamp.set()
    return "made"


def signing_certificate(demo: bool) -> str:
    """Key and certificate papers are signed with, made once; a folder of one's own is left alone."""
    if os.environ.get("HOUSE_SIGNING"):
        return "as HOUSE_SIGNING says"
    folder = var() / ("signing-demo" if demo else "signing")
    if (folder / "certificate.pem").exists() and (folder / "key.pem").exists():
        return "there already"
    return manage("make_signing_certificate", HOUSE_DEMO="1" if demo else "0").splitlines()[-1]


def demo_accounts() -> str:
    """The demonstration's accounts by department, as the sign-in page offers them."""
    path = var() / "demo.txt"
    return path.read_text().strip("\n") if path.exists() else ""
