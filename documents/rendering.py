"""From a paper's content to PDF/A-3b, with nothing fetched from anywhere but our own font files."""

import gc
import hashlib
import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration

from documents import fonts
from documents.layouts import certificate as certificate_layout
from documents.layouts import form as form_layout
from documents.layouts import head as head_layout
from documents.layouts import letter as letter_layout
from documents.layouts import minutes as minutes_layout
from documents.layouts import spacing
from documents.letter import (
    Annex,
    Certificate,
    Form,
    Letter,
    MinutesPaper,
    Paper,
    Para,
    Table,
    as_json,
    from_json,
)
from documents.refusals import Unprintable

__all__ = [
    "Annex", "Certificate", "Form", "Letter", "MinutesPaper", "Para", "Table", "as_json", "from_json", "render",
    "render_letter",
]  # fmt: skip

spacing.install()

# Raised whenever a layout changes: an issued document keeps the number of the one it was printed with.
TEMPLATE_VERSION = 3
PDF_VARIANT = "pdf/a-3b"
_LAYOUTS: dict[type, tuple[Callable[[Any], str], tuple[str, ...]]] = {
    Letter: (letter_layout.html, ("gov.css", "letter.css")),
    Form: (form_layout.html, ("gov.css", "form.css")),
    Certificate: (certificate_layout.html, ("certificate.css",)),
    MinutesPaper: (minutes_layout.html, ("gov.css", "minutes.css")),
}
_RED_HEAD: tuple[Callable[[Any], str], tuple[str, ...]] = (head_layout.html, ("gov.css", "head.css"))
# One font configuration serves all letters (making it costs more than a letter); Pango is not for two threads.
_printing = threading.Lock()


@contextmanager
def _youngest_swept() -> Iterator[None]:
    """WeasyPrint's trees are cyclic: unswept, a worker grows by megabytes a letter.

    With the collector at rest everything made meanwhile stays in the youngest generation, and sweeping that
    one alone takes a tenth of sweeping all (the older ones hold Django and every font).
    """
    resting = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.collect(0)
        if not resting:
            gc.enable()


@lru_cache(maxsize=8)
def _stylesheet(
    names: tuple[str, ...], files: tuple[tuple[str, Path, int], ...]
) -> tuple[CSS, FontConfiguration]:
    faces = {face: path for face, path, _ in files}
    configuration = FontConfiguration()
    text = "".join((Path(letter_layout.__file__).parent / name).read_text() for name in names)
    sheet = CSS(
        string=fonts.css(faces) + text,
        font_config=configuration,
        url_fetcher=fonts.OnlyFonts(faces.values()),
    )
    return sheet, configuration


class _Missing(logging.Handler):
    """Collects the characters no font had, as WeasyPrint reports them while it draws."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith(".notdef") and isinstance(record.args, tuple):
            self.characters.append(str(record.args[0]))


@contextmanager
def _every_character_drawn() -> Iterator[None]:
    """:raises Unprintable: a character has no glyph in any font: a box on paper is worse than no paper"""
    missing = _Missing()
    LOGGER.addHandler(missing)
    try:
        yield
    finally:
        LOGGER.removeHandler(missing)
    if missing.characters:
        raise Unprintable.for_characters(missing.characters)


def _laid_out(text: str, sheet: CSS, configuration: FontConfiguration, closes_even: bool) -> Document:
    """The pages. A 版记 that would stand on an odd page is turned over to the next even one (GB/T 9704-2012 7.4)."""

    def pages(start: str) -> Document:
        return HTML(string=text.replace("<body>", start, 1), url_fetcher=fonts.OnlyFonts()).render(
            stylesheets=[sheet], font_config=configuration, pdf_variant=PDF_VARIANT
        )

    document = pages("<body>")
    if closes_even and len(document.pages) % 2:
        document = pages('<body class="verso">')
        if document.pages[-2]._page_box.page_type.blank:
            document = pages('<body class="verso unnumbered">')
    return document


def render(paper: Paper) -> bytes:
    """The paper as PDF/A-3b; the same content and fonts give the same bytes.

    :raises Unprintable: it holds a character no font of the house has
    """
    red_head = isinstance(paper, Letter) and paper.red_head
    layout, names = _RED_HEAD if red_head else _LAYOUTS[type(paper)]
    text = layout(paper)
    identifier = hashlib.sha256(json.dumps(as_json(paper), ensure_ascii=False).encode()).digest()[:16]
    files = tuple((face, path, path.stat().st_mtime_ns) for face, path in fonts.available().items())
    closes_even = red_head or isinstance(paper, MinutesPaper)
    with _printing, _youngest_swept(), _every_character_drawn():
        sheet, configuration = _stylesheet(names, files)
        return _laid_out(text, sheet, configuration, closes_even).write_pdf(
            pdf_variant=PDF_VARIANT, pdf_identifier=identifier
        )


def render_letter(letter: Letter) -> bytes:
    """A letter in the 信函 format of GB/T 9704-2012 10.1 as PDF/A-3b."""
    return render(letter)
