"""Where things stand on a printed page, in millimetres from its upper left corner."""

import io
from itertools import groupby

import pdfplumber
import pypdfium2

MM = 25.4 / 72
DPI = 254  # ten pixels a millimetre


def pages(pdf: bytes):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            page.chars  # noqa: B018 — read before the file closes
        return opened.pages


def rows(page, *, size=None):
    """The lines of text of a page, each a list of its characters, top to bottom (by the baseline)."""
    chars = [c for c in page.chars if c["text"].strip() and (size is None or abs(c["size"] - size) < 0.3)]
    chars.sort(key=lambda c: (round(baseline(c), 1), c["x0"]))
    return [list(group) for _, group in groupby(chars, key=lambda c: round(baseline(c), 1))]


def baseline(char) -> float:
    """Millimetres from the top of the page: independent of the ascent a font file claims."""
    return 297 - char["matrix"][5] * MM


def left(char) -> float:
    return char["matrix"][4] * MM


def right(char) -> float:
    return char["x1"] * MM


def text(row) -> str:
    return "".join(char["text"] for char in row)


def find(page, words):
    """The characters of the first line that contains `words`, from where they begin."""
    for row in rows(page):
        if (at := text(row).find(words)) >= 0:
            return row[at : at + len(words)]
    raise AssertionError(f"{words} is not on the page: {[text(row) for row in rows(page)]}")


def red_bands(pdf: bytes, number: int = 0):
    """Rows of red ink on a page: (top, bottom, left, right) of each unbroken band."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[number].render(scale=DPI / 72).to_pil().convert("RGB")
    document.close()
    wide, high = image.size
    red = image.split()[0].point(lambda v: 255 if v > 150 else 0)
    pale = image.split()[1].point(lambda v: 255 if v < 110 else 0)
    blue = image.split()[2].point(lambda v: 255 if v < 110 else 0)
    from PIL import ImageChops

    mask = ImageChops.multiply(ImageChops.multiply(red, pale), blue)
    bands, start = [], None
    for y in range(high + 1):
        inked = y < high and mask.crop((0, y, wide, y + 1)).getbbox() is not None
        if inked and start is None:
            start = y
        if not inked and start is not None:
            box = mask.crop((0, start, wide, y)).getbbox()
            bands.append((start / 10, y / 10, box[0] / 10, box[2] / 10))
            start = None
    return bands
