"""Only our own font files are fetched; set-up prepares them; an office's own win; a missing face is said."""

import gc
import shutil
from pathlib import Path

import pytest
from django.conf import settings as house
from fontTools.ttLib import TTFont

from documents import fonts
from documents.rendering import render
from tests.documents.measure import pages
from tests.documents.papers import letter
from tools import fonts as tool

READY = Path(house.FONTS_DIR)


def test_set_up_prepared_every_face():
    assert fonts.missing() == []
    assert fonts.supplied_by_office() == []


@pytest.mark.parametrize("face", fonts.FACES)
def test_every_face_has_the_same_vertical_metrics(face):
    with TTFont(READY / f"{face}.otf", lazy=True) as font:
        em = font["head"].unitsPerEm
        hhea = font["hhea"]
        assert (hhea.ascent / em, hhea.descent / em, hhea.lineGap / em) == (0.88, -0.12, 0.2)
        assert "BASE" not in font and "vhea" not in font


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/",
        "https://example.org/x.png",
        "file:///etc/passwd",
        "data:text/plain,x",
        (READY / "fang.otf").as_uri() + "?x",
        (READY / "../secret_key").as_uri(),
    ],
)
def test_fetcher_refuses_every_other_address(address):
    with pytest.raises(fonts.Forbidden):
        fonts.OnlyFonts([READY / "fang.otf"]).fetch(address)


def test_fetcher_gives_our_font():
    path = READY / "fang.otf"
    answer = fonts.OnlyFonts([path]).fetch(path.as_uri())
    assert answer.read() == path.read_bytes()
    answer.close()


def test_a_paper_that_asks_for_an_address_is_printed_without_it(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("绝密")
    hostile = letter(title=f'<img src="{secret.as_uri()}"><link rel="attachment" href="{secret.as_uri()}">')
    printed = render(hostile)
    assert b"EmbeddedFile" not in printed
    assert all(not page.images for page in pages(printed))


def test_missing_faces_are_named_and_the_letter_is_still_printed(settings, tmp_path):
    settings.FONTS_DIR = tmp_path
    assert fonts.missing() == list(fonts.FACES)
    assert fonts.supplied_by_office() == []
    assert fonts.ink("xiaobiaosong", "青") == fonts.USUAL_INK
    assert render(letter()).startswith(b"%PDF-1.7")


def test_ink_of_characters_the_font_lacks_is_the_usual():
    assert fonts.ink("xiaobiaosong", "\U0002a6d6") == fonts.USUAL_INK


def test_tool_prefers_the_offices_own_fonts_and_names_what_is_missing(tmp_path, settings, capsys):
    office = tmp_path / "office"
    office.mkdir()
    shutil.copy(READY / "kai.otf", office / "fang.otf")
    (office / "readme.txt").write_text("not a font")
    manifest = tool.run(tmp_path / "fonts", office, offline=True)
    assert manifest["faces"]["fang"]["office"] is True
    assert (tmp_path / "fonts" / "fang.otf").is_file()
    absent = set(fonts.FACES) - set(manifest["faces"])
    assert set(manifest["missing"]) == absent
    settings.FONTS_DIR = tmp_path / "fonts"
    assert fonts.supplied_by_office() == ["fang"]
    assert set(fonts.missing()) == absent
    if absent:
        assert "WARNING" in capsys.readouterr().out


def test_tool_knows_the_offices_fonts_by_the_name_inside_the_file(tmp_path, capsys):
    for file, family in (("SIMFANG.TTF", "FangSong"), ("a.ttf", "仿宋_GB2312"), ("FZXBSJW.TTF", "FZXiaoBiaoSong-B05S")):
        with TTFont(READY / "kai.otf", lazy=True) as font:
            font["name"].names = []
            font["name"].setName(family, 1, 3, 1, 0x804)
            font.save(tmp_path / file)
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    found = tool.office_fonts(tmp_path)
    assert {face: path.name for face, path in found.items()} == {"fang": "a.ttf", "xiaobiaosong": "FZXBSJW.TTF"}
    assert "broken.ttf is not a font" in capsys.readouterr().out


def test_tool_does_nothing_twice(tmp_path, capsys):
    folder = tmp_path / "fonts"
    shutil.copytree(READY, folder)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert tool.main(["--to", str(folder), "--offline"]) == 0
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert capsys.readouterr().out == "fonts: ready\n"


def test_tool_starts_over_from_a_broken_manifest(tmp_path):
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / "fonts.json").write_text("{")
    assert tool.last_run(folder)["stamp"] is None


def test_a_letter_leaves_nothing_behind():
    """WeasyPrint's trees are cyclic: every one of them is swept when its letter is printed."""
    render(letter())
    gc.collect()
    render(letter())
    assert gc.isenabled()
    assert gc.collect() < 2000  # unswept it is some 100 000


def test_the_collector_stays_at_rest_where_it_was():
    gc.disable()
    try:
        render(letter())
        assert not gc.isenabled()
    finally:
        gc.enable()
