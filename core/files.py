"""Writing files under names made of their contents: whole or not at all, and never a half one taken for the whole."""

import os
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
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return name
