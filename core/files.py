"""Writing files under names made of their contents: whole or not at all, and never a half one taken for the whole."""

import os
import shutil
import tempfile
from pathlib import Path

from django.core.files.storage import default_storage

WRITTEN = ".part-"  # how the name of a file begins that is being written


def keep_file(name: str, content: bytes) -> str:
    """Put `content` under `name` in the storage, on the disk before it returns; the same bytes twice are once.

    What a killed process left there is replaced. Raises OSError where the disk is full; nothing is left then.
    """
    path = Path(default_storage.path(name))
    if path.exists() and path.stat().st_size == len(content) and path.read_bytes() == content:
        os.utime(path)
        return name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=WRITTEN, dir=path.parent)  # readable by its owner alone
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    _on_the_disk(path.parent)
    return name


def keep_copy(name: str, source: Path) -> int:
    """Put a file of any size under `name` in the storage as `keep_file` does, a portion at a time; its bytes."""
    path = Path(default_storage.path(name))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=WRITTEN, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file, source.open("rb") as given:
            shutil.copyfileobj(given, file)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    _on_the_disk(path.parent)
    return path.stat().st_size


def _on_the_disk(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
