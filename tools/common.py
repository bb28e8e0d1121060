"""What the set-up scripts share. Standard library only."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import environment

ROOT = environment.ROOT
VENV = ROOT / ".venv"


class Stop(Exception):
    """Set-up cannot go on; the text tells the person what to do."""


def var() -> Path:
    """``var/``, searchable (not readable) by the database's user."""
    folder = environment.var_dir()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    return folder


def write_private(path: Path, text: str) -> None:
    """Replace a file readable by its owner only, whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)


@contextmanager
def locked(name: str) -> Iterator[None]:
    """One set-up at a time in this checkout (two terminals, or parallel test workers)."""
    with (var() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def digest(*parts: bytes | str | Path) -> str:
    """A short hash of texts and of the contents of files and folders, for stamps."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            files = sorted(p for p in part.rglob("*") if p.is_file()) if part.is_dir() else [part]
            for file in files:
                total.update(str(file.relative_to(part.parent)).encode())
                total.update(file.read_bytes() if file.exists() else b"-")
        else:
            total.update(part.encode() if isinstance(part, str) else part)
        total.update(b"\0")
    return total.hexdigest()[:24]
