"""What may be filed as evidence: judged by the bytes, never by the name a browser gives."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.refusals import BadInput

MEBIBYTE = 1024 * 1024
LIMIT = getattr(settings, "EVIDENCE_LIMIT", 50 * MEBIBYTE)
ZIP_MEMBERS = 5_000
ZIP_UNPACKED = 500 * MEBIBYTE

# what zipfile says of a damaged directory: no archive, of a later version, or with a name that is no text
BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, ValueError)

OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"ID3", "audio/mpeg"),
    (b"RIFF", "audio/wav"),
)
EXTENSIONS = {
    "application/pdf": {"pdf"},
    "image/png": {"png"},
    "image/jpeg": {"jpg", "jpeg"},
    "image/gif": {"gif"},
    "image/tiff": {"tif", "tiff"},
    "image/bmp": {"bmp"},
    "application/x-ole-storage": {"doc", "xls", "ppt", "wps", "et", "dps"},
    "audio/mpeg": {"mp3"},
    "audio/wav": {"wav"},
    "video/mp4": {"mp4", "m4a", "mov"},
    "text/plain": {"txt", "csv"},
    OFFICE["word/"]: {"docx"},
    OFFICE["xl/"]: {"xlsx"},
    OFFICE["ppt/"]: {"pptx"},
    "application/zip": {"zip", "ofd"},
}
ALLOWED = _("PDF, OFD, pictures, Word, Excel, PowerPoint, WPS, plain text, CSV, ZIP, MP3, WAV and MP4")


@dataclass(frozen=True)
class Checked:
    """An upload that may be filed: its bytes and what they are."""

    name: str
    content: bytes
    media_type: str


def media_type_of(content: bytes) -> str | None:
    """What the bytes are, or None where that is nothing we file."""
    if content.startswith(b"PK\x03\x04"):
        return _zip_type(content)
    if content[4:8] == b"ftyp":
        return "video/mp4"
    for magic, media_type in MAGIC:
        if content.startswith(magic):
            return media_type
    return _text_type(content)


def _zip_type(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except BROKEN_ZIP:
        return None
    if len(members) > ZIP_MEMBERS or sum(member.file_size for member in members) > ZIP_UNPACKED:
        return None
    names = {member.filename for member in members}
    if "[Content_Types].xml" in names:
        return next(
            (kind for folder, kind in OFFICE.items() if any(n.startswith(folder) for n in names)), None
        )
    return "application/zip"


def _text_type(content: bytes) -> str | None:
    if b"\x00" in content:
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "text/plain"
    return None


def check_upload(upload: Any, *, field: str = "files") -> Checked:
    """The upload, read and judged.

    :raises BadInput: empty, larger than `LIMIT` bytes, of a kind we do not file, or named as something else
    """
    name = upload.name.rsplit("/", 1)[-1].rsplit("\\", 1)[-1]
    if upload.size > LIMIT:
        raise BadInput(
            _("%(name)s is too large: %(size)s MB; at most %(limit)s MB.")
            % {"name": name, "size": upload.size // MEBIBYTE, "limit": LIMIT // MEBIBYTE},
            field=field,
        )
    upload.seek(0)
    content = upload.read()
    if not content:
        raise BadInput(_("%(name)s is empty.") % {"name": name}, field=field)
    media_type = media_type_of(content)
    if media_type is None:
        raise BadInput(
            _("%(name)s is of a kind that cannot be filed. Use %(allowed)s.")
            % {"name": name, "allowed": ALLOWED},
            field=field,
        )
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension not in EXTENSIONS[media_type]:
        raise BadInput(
            _("%(name)s is not what its name says. Save it again in its own format.") % {"name": name},
            field=field,
        )
    return Checked(name=name, content=content, media_type=media_type)
