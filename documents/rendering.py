"""From a paper's content to PDF/A-3b, with nothing fetched from anywhere but our own font files."""

import gc
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from documents import fonts
from documents.layouts import certificate as certificate_layout
from documents.layouts import form as form_layout
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

__all__ = [
    "Annex", "Certificate", "Form", "Letter", "MinutesPaper", "Paper", "Para", "Table", "as_json", "from_json",
    "render", "render_letter",
]  # fmt: skip

spacing.install()

# Raised whenever a layout changes: an issued document keeps the number of the one it was printed with.
TEMPLATE_VERSION = 2
PDF_VARIANT = "pdf/a-3b"
_LAYOUTS = {
    Letter: (letter_layout.html, "letter.css"),
    Form: (form_layout.html, "form.css"),
    Certificate: (certificate_layout.html, "certificate.css"),
    MinutesPaper: (minutes_layout.html, "minutes.css"),
}
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


@lru_cache(maxsize=4)
def _stylesheet(name: str, files: tuple[tuple[str, Path, int], ...]) -> tuple[CSS, FontConfiguration]:
    faces = {face: path for face, path, _ in files}
    configuration = FontConfiguration()
    text = (Path(letter_layout.__file__).parent / name).read_text()
    sheet = CSS(
        string=fonts.css(faces) + text,
        font_config=configuration,
        url_fetcher=fonts.OnlyFonts(faces.values()),
    )
    return sheet, configuration


def render(paper: Paper) -> bytes:
    """The paper as PDF/A-3b; the same content and fonts give the same bytes."""
    layout, stylesheet = _LAYOUTS[type(paper)]
    text = layout(paper)
    identifier = hashlib.sha256(json.dumps(as_json(paper), ensure_ascii=False).encode()).digest()[:16]
    files = tuple((face, path, path.stat().st_mtime_ns) for face, path in fonts.available().items())
    with _printing, _youngest_swept():
        sheet, configuration = _stylesheet(stylesheet, files)
        return HTML(string=text, url_fetcher=fonts.OnlyFonts()).write_pdf(
            stylesheets=[sheet],
            font_config=configuration,
            pdf_variant=PDF_VARIANT,
            pdf_identifier=identifier,
        )


def render_letter(letter: Letter) -> bytes:
    """A letter in the 信函 format of GB/T 9704-2012 10.1 as PDF/A-3b."""
    return render(letter)
