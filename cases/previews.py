"""Evidence shown on the screen: which files can be, and the mark of who looks and when (FACTS §4).

A picture carries the mark in its pixels; over a PDF the page lays it. What is downloaded stays as it was filed: its
SHA-256 is what both sides sign for, so every copy is written down in the custody record instead (ADR 0070).
"""

import datetime as dt
import io
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont, ImageOps

from documents import fonts

PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG"}
PDF = "application/pdf"
MOST_PIXELS = 60_000_000  # a page scanned at 600 dpi has 35 million
LONGEST_SIDE = 2400


def can_show(evidence: Any) -> bool:
    """Whether a browser can show it: PDF and the common pictures that are in use."""
    return evidence.voided_at is None and (evidence.media_type == PDF or evidence.media_type in PICTURES)


def mark_of(user: Any, at: dt.datetime) -> str:
    """县医保局 陈晓岚 2026-11-23 10:42."""
    return f"{user.department} {user.name} {timezone.localtime(at):%Y-%m-%d %H:%M}"


def marked(content: bytes, media_type: str, mark: str) -> bytes | None:
    """The picture, no larger than a screen needs, with `mark` across it; None where it cannot be opened."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            shown = ImageOps.exif_transpose(picture).convert("RGB")  # a telephone lays pictures on their side
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    size = max(14, shown.width // 40)
    face = fonts.available().get("hei")
    font = ImageFont.truetype(str(face), size) if face else ImageFont.load_default(size)
    layer = Image.new("RGBA", shown.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    step = max(4 * size, shown.height // 6)
    for line, top in enumerate(range(step // 3, shown.height, step)):
        pen.text((size * (1 + 3 * (line % 3)), top), mark, font=font, fill=(90, 90, 90, 110))
    out = io.BytesIO()
    Image.alpha_composite(shown.convert("RGBA"), layer).convert("RGB").save(out, PICTURES[media_type])
    return out.getvalue()
