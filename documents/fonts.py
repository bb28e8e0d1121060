"""The font files letters are set in, prepared by `tools/fonts.py`, and the only files a letter may fetch."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from weasyprint.urls import URLFetcher

FACES = ("fang", "hei", "kai", "song", "xiaobiaosong", "rare")


class Forbidden(ValueError):
    """A letter asked for an address. Letters are closed: nothing is fetched but our own fonts."""


class OnlyFonts(URLFetcher):
    """Refuses every address but the given font files: no network, no other local file, no data: address.

    WeasyPrint's own fetcher follows whatever it is shown, loopback services and /etc included.
    """

    def __init__(self, files=()):
        super().__init__(allowed_protocols=("file",), allow_redirects=False)
        self._allowed = {Path(file).as_uri() for file in files}

    def fetch(self, url, headers=None):
        """:raises Forbidden: for anything but one of our fonts"""
        if url not in self._allowed:
            raise Forbidden(f"refused to fetch {url[:200]!r}")
        return super().fetch(url, headers)


def folder() -> Path:
    return Path(settings.FONTS_DIR)


def available() -> dict[str, Path]:
    """Face → file, for the faces set-up has prepared."""
    return {face: path for face in FACES if (path := folder() / f"{face}.otf").is_file()}


def missing() -> list[str]:
    """The faces letters have to do without; empty when all is well."""
    found = available()
    return [face for face in FACES if face not in found]


def supplied_by_office() -> list[str]:
    """The faces that are the office's own fonts and not our stand-ins."""
    return list(_from_office(_manifest_stamp()))


# A 小标宋 without its file: how far the ink of a character reaches above and below the baseline, in em.
USUAL_INK = (0.8, -0.12)


def ink(face: str, text: str) -> tuple[float, float]:
    """How far the ink of `text` reaches above the baseline and (negative) below it, in em.

    The standard measures from the character's own edge, and every font leaves another white around it.
    """
    path = folder() / f"{face}.otf"
    return _ink(path, path.stat().st_mtime_ns, text) if path.is_file() else USUAL_INK


@lru_cache(maxsize=256)
def _ink(path: Path, changed: int, text: str) -> tuple[float, float]:
    with TTFont(path, lazy=True) as font:
        glyphs, names, em = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
        tops, bottoms = [], []
        for char in text:
            pen = BoundsPen(glyphs)
            if ord(char) in names:
                glyphs[names[ord(char)]].draw(pen)
            if pen.bounds:
                bottoms.append(pen.bounds[1] / em)
                tops.append(pen.bounds[3] / em)
    return (max(tops), min(bottoms)) if tops else USUAL_INK


def _manifest_stamp() -> tuple[str, int]:
    path = folder() / "fonts.json"
    return (str(path), path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=2)
def _from_office(stamp: tuple[str, int]) -> tuple[str, ...]:
    path, changed = stamp
    if not changed:
        return ()
    faces = json.loads(Path(path).read_text())["faces"]
    return tuple(face for face, entry in faces.items() if entry["office"])


def css(files: dict[str, Path]) -> str:
    """The `@font-face` rules of the prepared faces."""
    return "".join(
        f"@font-face {{ font-family: 'gov-{face}'; src: url('{path.as_uri()}'); }}\n"
        for face, path in files.items()
    )
