"""Every layout on 1 to 12 pages, measured in the PDF: each distance within 0.3 mm of GB/T 9704-2012 (FACTS §2.9)."""

import datetime as dt
import itertools
from functools import cache

import pytest

from documents import fonts
from documents.letter import MinutesPaper, Para
from documents.rendering import render
from tests.documents.measure import MM, baseline, find, left, pages, right, rows, text
from tests.documents.papers import FILLER, form, letter, long_body, manifest

LINE, CHARACTER, THREE = 225 / 22, 156 / 28, 16 * 25.4 / 72
FIRST_BASELINE = 37 + (LINE - THREE) / 2 + 0.88 * THREE
PARAGRAPHS = (1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 32, 36)
RED, BLACK = (0.8, 0.0, 0.0), (0.0, 0.0, 0.0)
RED_HEAD = {
    "red_head": True,
    "number": "青医保〔2026〕58号",
    "title": "关于开展定点医疗机构专项整治的通知",
    "copies": ("县委办公室",),
}


def near(value, within=0.3):
    return pytest.approx(value, abs=within)


def minutes(**changes):
    fields = {
        "issuer": "青禾县医疗保障局",
        "mark": "联席会议纪要",
        "title": "青禾县2026年第三季度联席会议纪要",
        "date": dt.date(2026, 11, 9),
        "number": "〔2026〕3号",
        "present": ("县医疗保障局 陈晓岚",),
        "copies": ("各成员单位",),
    }
    return MinutesPaper(**(fields | changes))


MADE = {
    "letter": lambda body: letter(body=body),
    "down": lambda body: letter(**RED_HEAD, body=body),
    "up": lambda body: letter(**RED_HEAD, body=body, signers=("陈晓岚", "李明", "王建国"), serial="000001"),
    "minutes": lambda body: minutes(body=body),
}


@cache
def printed(layout, paragraphs):
    return pages(render(MADE[layout](long_body(paragraphs))))


def rules(page, colour):
    """The horizontal rules of a page that are filled shapes: (top, bottom, left, right), as the borders draw them."""
    return [
        tuple(float(rect[side]) * MM for side in ("top", "bottom", "x0", "x1"))
        for rect in page.rects
        if rect["width"] * MM > 100 and rect["non_stroking_color"] == colour
    ]


@pytest.mark.parametrize("layout", MADE)
def test_up_to_twelve_pages_are_reached(layout):
    counts = {len(printed(layout, amount)) for amount in PARAGRAPHS}
    wanted = {*range(1, 13)} if layout == "letter" else {2, 4, 6, 8, 10, 12}
    assert wanted <= counts


@pytest.mark.parametrize("amount", PARAGRAPHS)
@pytest.mark.parametrize("layout", MADE)
def test_type_area_grid_and_page_numbers(layout, amount):
    made = printed(layout, amount)
    with_text = [number for number, page in enumerate(made, 1) if rows(page, size=16)]
    empty_side = len(made) > 1 and not made[-2].chars  # neither it nor the 版记 behind it has a number
    for number, page in enumerate(made, 1):
        assert (float(page.width) * MM, float(page.height) * MM) == (near(210), near(297))
        body = rows(page, size=16)
        for row in body:
            assert left(row[0]) >= 28 - 0.3 and right(row[-1]) <= 184 + 0.3
            assert baseline(row[0]) - 0.88 * THREE >= 37 - 0.3
            # 10.1: the first page of a letter goes down to 7/8 of a character above the lower line
            lowest = 275.4 - THREE * 7 / 8 if (layout, number) == ("letter", 1) else 262
            assert baseline(row[0]) + 0.12 * THREE <= lowest + 0.3
        if number > 1 and body:
            assert baseline(body[0][0]) == near(FIRST_BASELINE)
        full = [row for row in body if len(row) == 28]
        for row in full:
            assert (left(row[0]), right(row[-1])) == (near(28), near(184))
        if 1 < number < with_text[-1] - 1:  # the last but one gives text to the signature
            assert len(body) == 22 and len(full) >= 14
            assert [baseline(b[0]) - baseline(a[0]) for a, b in itertools.pairwise(body)] == [near(LINE)] * 21
        folio = [row for row in rows(page, size=14) if text(row) == f"—{number}—"]
        none = (layout, number) == ("letter", 1) or (empty_side and number >= len(made) - 1)
        assert len(folio) == (0 if none else 1)
        for row in folio:
            assert baseline(row[0]) == near(262 + 7 + 1.45)  # the dash itself stands 7 mm below
            assert (right(row[-1]) if number % 2 else left(row[0])) == near(184 - 4.94 if number % 2 else 28 + 4.94)


@pytest.mark.parametrize("amount", PARAGRAPHS[:4])
def test_double_lines_of_a_letter(amount):
    first, *others = printed("letter", amount)
    found = rules(first, RED)
    assert found and all((a, b) == (near(20 + 1), near(190 + 1)) for *_, a, b in found)
    assert max(bottom for _, bottom, *_ in found) == near(297 - 20)
    mark = find(first, "青禾县医疗保障局")
    ink = -12 * fonts.ink("xiaobiaosong", "青禾县医疗保障局")[1]  # how far the mark's ink goes below its baseline
    assert min(top for top, *_ in found) - baseline(mark[0]) - ink == near(4)
    assert all(not rules(page, RED) for page in others)


@pytest.mark.parametrize("amount", PARAGRAPHS[:4])
@pytest.mark.parametrize("layout", ["down", "up"])
def test_red_head(layout, amount):
    first, *others = printed(layout, amount)
    ((top, bottom, begins, ends),) = rules(first, RED)
    assert (begins, ends, bottom - top) == (near(28), near(184), near(0.5, 0.05))
    said = find(first, "青医保〔2026〕58号")
    assert top - (baseline(said[0]) + 0.12 * THREE) == near(4, 0.5)  # the ink ends a little above the edge of the em
    if layout == "down":
        assert (left(said[0]) + right(said[-1])) / 2 == near(106)
    else:
        assert left(said[0]) == near(28 + CHARACTER)
        assert left(find(first, "000001")[0]) == near(28)
        label, third = find(first, "签发人：陈晓岚"), find(first, "王建国")
        assert baseline(third[0]) == near(baseline(said[0])) and left(third[0]) == near(left(label[4]))
        assert "gov-kai" in label[4]["fontname"] and "gov-fang" in label[0]["fontname"]
    assert baseline(find(first, "关于开展")[0]) - top == near(2 * LINE + LINE / 2 + 0.38 * 22 * MM + 0.5)
    assert all(not rules(page, RED) for page in others)


@pytest.mark.parametrize("amount", PARAGRAPHS)
@pytest.mark.parametrize("layout", ["down", "up", "minutes"])
def test_imprint_closes_the_last_page_and_that_is_even(layout, amount):
    made = printed(layout, amount)
    assert len(made) % 2 == 0
    found = rules(made[-1], BLACK)
    assert max(bottom for _, bottom, *_ in found) == near(262)
    assert all((begins, ends) == (near(28), near(184)) for *_, begins, ends in found)
    assert find(made[-1], "2026年11月9日印发") and find(made[-1], "抄送：")
    for page in made[:-1]:
        assert not rules(page, BLACK)


def test_minutes_mark_and_rule():
    first = printed("minutes", 1)[0]
    assert (rules(first, RED)[0][2:]) == (near(28), near(184))
    assert max(b for _, b, *_ in rules(first, RED)) - baseline(find(first, "2026年11月9日")[0]) == near(0.5 + 4 + 0.6, 0.5)


def test_forms_stand_in_the_same_type_area():
    made = pages(render(form(tables=(manifest(120).table,))))
    assert len(made) >= 4
    for number, page in enumerate(made, 1):
        chars = [c for c in page.chars if c["size"] > 10 and baseline(c) < 262]
        assert min(left(c) for c in chars) >= 28 - 0.3 and max(right(c) for c in chars) <= 184 + 0.3
        assert min(baseline(c) for c in chars) >= 37
        assert find(page, f"—{number}—")
        if number < len(made):
            assert find(page, "序号名称页数")  # the head of the table again


@pytest.mark.parametrize("words", range(150, 420, 15))
@pytest.mark.parametrize("red_head", [False, True])
def test_signature_always_has_text_above_it(words, red_head):
    """此页无正文 is forbidden: a paragraph of any length leaves a line for the signature's page."""
    made = pages(render(letter(red_head=red_head, title="关于整治的函", body=(Para((FILLER * 12)[:words] + "。"),))))
    for page in made:
        said = [text(row) for row in rows(page, size=16)]
        if "2026年11月9日" in said:
            assert said.index("2026年11月9日") >= 2
            assert any(len(line) > 8 or line.endswith("。") for line in said[: said.index("青禾县医疗保障局")])


def test_empty_side_before_the_imprint_has_no_number():
    """The text ends an even page to its last line: the 版记 goes on the next even one, an empty side before it."""
    for lines in range(24, 34):
        made = pages(render(letter(**RED_HEAD, body=tuple(Para(f"第{n}条。") for n in range(lines)))))
        if len(made) == 4 and not made[2].chars:
            assert not any("—" in text(row) for page in made[2:] for row in rows(page, size=14))
            return
    raise AssertionError("no body left an empty side")


@pytest.mark.parametrize(("several", "in_row"), [(2, 2), (3, 3), (4, 2)])
def test_joint_issuers_share_the_mark_and_sign_apart(several, in_row):
    joint = ("青禾县公安局", "青禾县财政局", "青禾县民政局")[: several - 1]
    made = pages(render(letter(**RED_HEAD, issuer="青禾县教育局", joint=joint, body=(Para("正文。"),))))
    signed = {}
    for page in made:
        for row in rows(page, size=16):
            for name in ("青禾县教育局", *joint):
                if (at := text(row).find(name)) >= 0:
                    signed[name] = (page.page_number, round(baseline(row[at]), 1), left(row[at]))
    assert len(signed) == several
    places = list(signed.values())
    for (page_a, y_a, x_a), (page_b, y_b, x_b) in itertools.combinations(places, 2):
        assert page_a != page_b or abs(x_a - x_b) > 42 or abs(y_a - y_b) > 42  # stamps of 42 mm never touch
    assert len([place for place in places if place[1] == places[0][1]]) == in_row
    marks = [row for row in rows(made[0]) if row[0]["size"] > 20 and text(row)[:3] == "青禾县"]
    assert len(marks) == several


def test_joint_issuers_unsealed_one_under_the_other_and_a_stamp_that_stands_in():
    page = pages(render(letter(joint=("青禾县公安局",), sealed=False)))[0]
    lines = [find(page, name) for name in ("青禾县公安局", "2026年11月9日")]
    assert baseline(lines[1][0]) - baseline(lines[0][0]) == near(LINE)
    page = pages(render(letter(seal_of="青禾县卫生健康局")))[0]
    assert baseline(find(page, "（青禾县卫生健康局代章）")[0]) < baseline(find(page, "2026年11月9日")[0])


def test_too_many_recipients_move_to_the_foot_so_that_the_first_page_shows_text():
    names = tuple(f"青禾县第{n}人民医院" for n in range(60))
    for red_head in (False, True):
        made = pages(render(letter(red_head=red_head, recipients=names)))
        assert find(made[0], "我局在办理")
        assert find(made[-1], "主送：青禾县第0人民医院")


def test_long_joint_names_and_many_issuers_stay_on_the_page():
    joint = tuple(f"青禾县医疗保障领域协作联动办公室第{n}组" for n in range(5))
    first = pages(render(letter(**RED_HEAD, joint=joint)))[0]
    assert all(left(c) >= 27.7 and right(c) <= 184.3 for c in first.chars if c["size"] > 16.5)
