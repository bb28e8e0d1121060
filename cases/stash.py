"""Files of a form that could not be saved yet: kept under their digest until it is, or for a week."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from cases.uploads import check_upload
from core.files import keep_file
from core.refusals import BadInput

FOLDER = "stash"
KEPT = dt.timedelta(days=7)


def keep(uploads: Iterable) -> tuple[list[dict], list[str]]:
    """Judge and keep these uploads: what to remember of the good ones, and the sentences about the others."""
    kept, wrong = [], []
    for upload in uploads:
        try:
            checked = check_upload(upload)
        except BadInput as refusal:
            wrong.append(str(refusal))
            continue
        digest = hashlib.sha256(checked.content).hexdigest()
        keep_file(f"{FOLDER}/{digest}", checked.content)  # kept again, its week begins anew
        kept.append({"name": checked.name, "sha256": digest, "size": len(checked.content)})
    return kept, wrong


def sort_out(kept: Iterable[dict]) -> tuple[list[dict], list[str]]:
    """Those still there, and the names of those the clerk has swept away."""
    there, gone = [], []
    for each in kept:
        if default_storage.exists(f"{FOLDER}/{each['sha256']}"):
            there.append(each)
        else:
            gone.append(each["name"])
    return there, gone


def take(kept: Iterable[dict]) -> list[SimpleUploadedFile]:
    """The kept files as uploads again.

    :raises BadInput: one has been swept away since, or damaged (`files`)
    """
    found = []
    for each in kept:
        try:
            with default_storage.open(f"{FOLDER}/{each['sha256']}") as file:
                content = file.read()
        except FileNotFoundError:
            raise BadInput(gone_sentence(each["name"]), field="files") from None
        if hashlib.sha256(content).hexdigest() != each["sha256"]:
            raise BadInput(
                _("“%(name)s” is no longer what was chosen: choose it again.") % {"name": each["name"]},
                field="files",
            )
        found.append(SimpleUploadedFile(each["name"], content))
    return found


def drop(kept: Iterable[dict]) -> None:
    """Remove these files: what was in them has been taken in. One that is gone already is nothing to do."""
    for each in kept:
        default_storage.delete(f"{FOLDER}/{each['sha256']}")


def gone_sentence(name: str) -> str:
    """What is said of a file that was swept away."""
    return _("“%(name)s” was kept for a week and then removed: choose it again.") % {"name": name}


def sweep(*, at: dt.datetime) -> int:
    """Remove what was kept longer than a week; run by the clerk. Returns how many."""
    if not default_storage.exists(FOLDER):
        return 0
    _folders, names = default_storage.listdir(FOLDER)
    gone = 0
    for name in names:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < at - KEPT:
            default_storage.delete(path)
            gone += 1
    return gone
