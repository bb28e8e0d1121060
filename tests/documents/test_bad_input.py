"""What must not spoil a paper: overlong, rare, hostile. A correct paper, or a sentence; nothing fetched, no number used."""

import dataclasses
import io
import sys

import pikepdf
import pytest

from core import registry
from documents.letter import Annex, Para, Table, as_json, from_json
from documents.models import Series
from documents.refusals import Unprintable
from documents.rendering import render
from tests.documents.measure import baseline, find, pages, right, rows, text
from tests.documents.papers import certificate, form, letter, long_body, manifest
from tests.documents.test_geometry import RED_HEAD, minutes

LAYOUTS = {
    "letter": lambda: letter(annexes=(manifest(),), copies=("县财政局",), attachments=("说明",)),
    "head": lambda: letter(**RED_HEAD, signers=("李明",), joint=("青禾县公安局",), body=long_body(2)),
    "form": form,
    "certificate": certificate,
    "minutes": lambda: minutes(body=long_body(2)),
}


def said(pdf):
    return "".join(text(row) for page in pages(pdf) for row in rows(page))


@pytest.mark.parametrize("red_head", [False, True])
def test_a_title_of_120_characters_is_whole_and_the_first_page_shows_text(red_head):
    title = ("关于对定点医疗机构违法违规使用医疗保障基金情况开展联合检查有关事项" * 4)[:119] + "函"
    first = pages(render(letter(title=title, red_head=red_head)))[0]
    lines = rows(first, size=22)
    assert "".join(text(row) for row in lines) == title
    assert all(right(row[-1]) <= 184.3 for row in lines)
    assert find(first, "我局在办理")


def test_a_table_of_400_rows_repeats_its_head_and_loses_none():
    made = pages(render(letter(annexes=(manifest(400),))))
    listed = [text(row) for page in made for row in rows(page, size=12)]
    assert sum(line.endswith("12") and "住院病历" in line for line in listed) == 400
    with_rows = [page for page in made if any("住院病历" in text(row) for row in rows(page, size=12))]
    assert len(with_rows) > 10
    for page in with_rows:
        assert find(page, "序号名称页数")
        assert sum("住院病历" in text(row) for row in rows(page, size=12)) >= 2
        assert all(baseline(row[0]) <= 262 for row in rows(page, size=12))


def test_sixty_attachments_run_over_pages_and_the_last_two_stay_with_the_signature():
    made = pages(render(letter(attachments=tuple(f"材料之{n}号" for n in range(1, 61)))))
    body = "".join(text(row) for page in made for row in rows(page, size=16))
    assert all(f"{n}.材料之{n}号" in body for n in range(1, 61))
    last = next(page for page in made if any(text(row) == "2026年11月9日" for row in rows(page, size=16)))
    assert find(last, "59.材料之59号") and find(last, "60.材料之60号")
    assert find(made[0], "附件：1.材料之1号")  # begins where the text ends, not on a page of its own


def test_rare_characters_and_names_with_a_dot_are_printed():
    words = "被检查人：㐂田、𠮷野、买买提·吐尔逊、镕堃。"
    for paper in (letter(title="关于𠮷野·㐂的函", body=(Para(words),)), form(fields=(("姓名", words),))):
        assert words in said(render(paper))


@pytest.mark.parametrize("char", ["\ue815", "\U0003134a", "\U000f0000"])
def test_a_character_no_font_has_is_a_sentence(char):
    with pytest.raises(Unprintable, match=f"U\\+{ord(char):04X}"):
        render(letter(body=(Para(f"姓名{char}。"),)))


def test_control_characters_are_left_out():
    assert "前后。" in said(render(letter(body=(Para("前\x00\x0b后。"),))))


@pytest.mark.django_db
def test_a_failure_uses_no_number(issue, insurance):
    assert issue().number.endswith("〕1号")
    before = list(Series.objects.values_list("pk", "last"))  # door: the test's own series
    with pytest.raises(Unprintable):
        issue(context={"title": "关于\ue815的函"})
    assert list(Series.objects.values_list("pk", "last")) == before
    assert issue().number.endswith("〕2号")


@pytest.mark.django_db
def test_a_red_head_is_numbered_without_the_mark_of_letters(issue, monkeypatch):
    monkeypatch.setitem(
        registry.letters, "circular", lambda context: letter(**(RED_HEAD | {"number": ""}), verification_code="")
    )
    assert issue(kind="circular").number == "青医保〔2026〕1号"


def hostile(value, words):
    """The paper with `words` put behind every text in it."""
    if isinstance(value, str):
        return value + words
    if isinstance(value, tuple):
        return tuple(hostile(each, words) for each in value)
    if isinstance(value, (Para, Annex, Table)):
        fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        return type(value)(
            **{k: v if k in ("level", "widths", "right") else hostile(v, words) for k, v in fields.items()}
        )
    return value


@pytest.fixture(scope="module")
def watched():
    """Every file and address Python opens while `asked` is not None."""
    state = {"asked": None}

    def hook(event, arguments):
        if state["asked"] is not None and event in ("open", "socket.connect", "socket.getaddrinfo"):
            state["asked"].append((event, str(arguments[:1] if event == "open" else arguments)))

    sys.addaudithook(hook)
    return state


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("scheme", ["file", "http", "data"])
def test_no_text_of_a_paper_makes_it_fetch(layout, scheme, watched, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("绝密")
    address = {"file": secret.as_uri(), "http": "http://127.0.0.1:9/x.png", "data": "data:text/html,<b>x</b>"}[scheme]
    words = f'"><img src="{address}"><link rel=attachment href="{address}"><style>@import "{address}";</style>'
    paper = LAYOUTS[layout]()
    fields = {f.name: getattr(paper, f.name) for f in dataclasses.fields(paper)}
    plain = ("verification_code", "verification_url")
    paper = type(paper)(**{k: v if k in plain else hostile(v, words) for k, v in fields.items()})
    assert from_json(as_json(paper)) == paper
    render(LAYOUTS[layout]())  # style sheet and fonts are read once
    watched["asked"] = []
    try:
        pdf = render(paper)
    finally:
        asked, watched["asked"] = watched["asked"], None
    assert not [entry for entry in asked if "secret" in entry[1] or entry[0].startswith("socket")]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert "/EmbeddedFiles" not in opened.Root.get("/Names", {})
        assert not any("/Annots" in page for page in opened.pages)
        assert not [image for page in opened.pages for image in page.get_images()]
    assert "<imgsrc=" in said(pdf).replace(" ", "")  # it is text, and nothing else
