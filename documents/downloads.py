"""Files as answers: never cached, never sniffed, named in Chinese (RFC 5987)."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_UNFIT = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')


def file_name(*parts: str, suffix: str) -> str:
    """A name every file system takes, from words people know: 青医保函〔2026〕58号 关于….pdf."""
    return _UNFIT.sub("_", " ".join(part for part in parts if part)).strip(" .")[:120] + suffix


def attachment(data: bytes, *, name: str, content_type: str, inline: bool = False) -> HttpResponse:
    """`data` as a download, or shown in the browser's own viewer where `inline`."""
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(not inline, name)
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
