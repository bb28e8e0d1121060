"""Files are written whole or not at all; what a killed process left is replaced."""

import os

import pytest

from core import files


def test_the_same_bytes_are_kept_once_and_stay_ones_own(media):
    assert files.keep_file("a/b/c", b"one") == "a/b/c"
    path = media / "a/b/c"
    before = path.stat()
    os.utime(path, (0, 0))
    files.keep_file("a/b/c", b"one")
    after = path.stat()
    assert (after.st_ino, after.st_mode & 0o777, path.read_bytes()) == (before.st_ino, 0o600, b"one")
    assert after.st_mtime > 1  # kept again


@pytest.mark.parametrize("left", [b"", b"on", b"two"])
def test_what_a_killed_process_left_is_replaced(media, left):
    (media / "a").mkdir(parents=True)
    (media / "a/b").write_bytes(left)
    files.keep_file("a/b", b"one")
    assert (media / "a/b").read_bytes() == b"one"


def test_a_full_disk_leaves_nothing_that_could_be_taken_for_the_file(media, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.keep_file("a/b", b"one")
    assert list((media / "a").iterdir()) == []
