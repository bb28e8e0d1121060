"""The 信函 format of GB/T 9704-2012 10.1, measured on the printed page in millimetres."""

import datetime as dt
import io
import itertools

import pikepdf
import pytest

from documents.layouts.letter import signature_place
from documents.letter import Para, Table
from documents.rendering import render, render_letter
from tests.documents.measure import baseline, find, left, pages, red_bands, right, rows, text
from tests.documents.papers import FILLER, form, letter, long_body, manifest

LINE = 225 / 22
CHARACTER = 156 / 28
THREE = 16 * 25.4 / 72  # a 3号 character


def near(value, within=0.25):
    return pytest.approx(value, abs=within)


@pytest.fixture(scope="module")
def two_pages():
    return render(letter(body=long_body()))


def test_mark_and_lines_stand_where_the_standard_puts_them(two_pages):
    mark, upper_thick, upper_thin, lower_thin, lower_thick = red_bands(two_pages)
    assert mark[0] == near(30.0, 0.15)
    assert (mark[2] + mark[3]) / 2 == near(105, 1.0)
    assert upper_thick[0] - mark[1] == near(4.0)
    assert upper_thick[1] - upper_thick[0] > upper_thin[1] - upper_thin[0]
    assert lower_thin[1] - lower_thin[0] < lower_thick[1] - lower_thick[0]
    assert lower_thick[1] == near(297 - 20)
    for band in (upper_thick, upper_thin, lower_thin, lower_thick):
        assert (band[2], band[3]) == (near(20.0 + 1.0), near(190.0 + 1.0))
        assert band[3] - band[2] == near(170.0)


def test_lines_are_only_on_the_first_page(two_pages):
    assert red_bands(two_pages, 1) == []


def test_number_stands_seven_eighths_under_the_line_at_the_right_edge(two_pages):
    number = find(pages(two_pages)[0], "青医保函〔2026〕58号")
    line_bottom = red_bands(two_pages)[2][1]
    top_of_characters = baseline(number[0]) - 0.88 * THREE
    assert top_of_characters - line_bottom == near(THREE * 7 / 8)
    assert right(number[-1]) == near(184.0)


def test_title_is_two_lines_below_and_centred_in_22_points(two_pages):
    page = pages(two_pages)[0]
    first, second = find(page, "关于商请对仁和医院诊疗行为"), find(page, "提供技术支持的函")
    number = find(page, "青医保函")
    assert baseline(first[0]) - baseline(number[0]) == near(3 * LINE, 1.0)
    assert {round(char["size"]) for char in first + second} == {22}
    for line in (first, second):
        assert (left(line[0]) + right(line[-1])) / 2 == near(106.0, 0.6)
    recipients = find(page, "县卫生健康局：")
    assert baseline(recipients[0]) - baseline(second[0]) == near(2 * LINE, 1.0)
    assert left(recipients[0]) == near(28.0)


def test_secrecy_and_urgency_push_the_title_down():
    page = pages(render(letter(serial="000001", secrecy="机密★3年", urgency="特急")))[0]
    number = find(page, "青医保函")
    stacked = [find(page, words) for words in ("000001", "机密★3年", "特急")]
    assert [left(line[0]) for line in stacked] == [near(28.0)] * 3
    assert [round((baseline(line[0]) - baseline(number[0])) / LINE) for line in stacked] == [0, 1, 2]
    assert "gov-hei" in stacked[1][0]["fontname"] and "gov-hei" in stacked[2][0]["fontname"]
    assert baseline(find(page, "关于商请")[0]) - baseline(stacked[2][0]) == near(3 * LINE, 1.0)


def test_twenty_eight_characters_a_line_and_twenty_two_lines_a_page(two_pages):
    page = pages(two_pages)[1]
    body = rows(page, size=16)
    assert len(body) == 22
    full = [row for row in body if len(row) == 28]
    assert len(full) >= 14
    for row in full:
        assert (left(row[0]), right(row[-1])) == (near(28.0), near(184.0))
    steps = [baseline(below[0]) - baseline(above[0]) for above, below in itertools.pairwise(body)]
    assert steps == [near(LINE, 0.02)] * 21
    assert baseline(body[0][0]) - 0.88 * THREE >= 37.0
    assert baseline(body[-1][0]) + 0.12 * THREE <= 262.0


def test_first_page_shows_body_and_keeps_clear_of_the_lower_line(two_pages):
    body = rows(pages(two_pages)[0], size=16)
    assert text(body[2]) == FILLER[:26]
    assert left(body[2][0]) == near(28 + 2 * CHARACTER, 0.3)
    lower_line = red_bands(two_pages)[3][0]
    assert lower_line - (baseline(body[-1][0]) + 0.12 * THREE) >= THREE * 7 / 8


def test_page_numbers_outside_the_first_page_odd_right_even_left():
    printed = pages(render(letter(body=long_body(30))))
    assert len(printed) >= 3
    assert [row for row in rows(printed[0]) if "—" in text(row)] == []
    even, odd = find(printed[1], "—2—"), find(printed[2], "—3—")
    assert left(even[0]) == near(28 + 4.94, 0.3)
    assert right(odd[-1]) == near(184 - 4.94, 0.3)
    for number in (even, odd):
        assert {round(char["size"]) for char in number} == {14}
        assert "gov-song" in number[0]["fontname"]
        assert baseline(number[0]) == near(262 + 7 + 1.45, 0.3)  # the dash itself, 7 mm under the type area


def test_rare_characters_keep_the_pitch_and_the_page():
    plain = render(letter(body=(Para(FILLER * 20),)))
    rare = render(
        letter(body=(Para((FILLER * 20).replace("案", "镕").replace("局", "堃").replace("项", "喆翀"[0])),))
    )
    lines = [[round(baseline(row[0]), 2) for row in rows(page, size=16)] for page in pages(plain)]
    assert [[round(baseline(row[0]), 2) for row in rows(page, size=16)] for page in pages(rare)] == lines
    fonts = {char["fontname"].split("+")[1] for page in pages(rare) for char in page.chars}
    assert "gov-rare" in fonts


def test_lines_with_digits_and_moved_brackets_are_filled():
    body = (
        Para(
            "我局在办理“仁和医院涉嫌分解住院、串换诊疗项目案”（联办〔2026〕126号）过程中，于2026年11月17日认定。"
            * 3
        ),
    )
    printed = rows(pages(render(letter(body=body)))[0], size=16)
    wide = [row for row in printed[2:] if len(row) > 24 and text(row) != text(printed[-1])]
    assert len(wide) >= 4
    assert [right(row[-1]) for row in wide[:4]] == [near(184.0, 0.6)] * 4


@pytest.mark.parametrize("before", range(4))
def test_a_long_code_is_divided_so_that_no_line_stays_half_empty(before):
    said = "字" * before + "青禾仁和医院（统一社会信用代码：52439926MJA0000123，地址：青禾县城关镇人民路十八号）申报的费用。"
    printed = rows(pages(render(letter(body=(Para(said),))))[0], size=16)
    lines = [row for row in printed if any(word in text(row) for word in ("青禾仁和医院", "代码", "MJA", "地址"))]
    full = [row for row in lines if text(row) != text(lines[-1])]
    assert full and [right(row[-1]) for row in full] == [near(184.0, 0.6)] * len(full)
    assert "52439926MJA0000123" in "".join(text(row) for row in lines)
    # filled by characters, not by stretching what is there
    assert all(len(row) >= 26 for row in full)


@pytest.mark.parametrize(
    ("name", "date", "sealed", "place"),
    [
        ("青禾县财政局", "2026年11月9日", True, (17.75, 17.5)),
        ("青禾县医疗保障局", "2026年11月19日", True, (16.5, 17.0)),
        ("青禾县医疗保障局", "2026年11月19日", False, (18.0, 20.0)),
        ("青禾县财政局", "2026年11月19日", False, (17.0, 19.0)),
        ("长" * 30, "2026年11月19日", False, (0.0, 2.0)),
        ("长" * 30, "2026年11月19日", True, (0.0, 9.5)),
    ],
)
def test_signature_place(name, date, sealed, place):
    assert signature_place(name, date, sealed=sealed) == place


def test_sealed_signature_leaves_room_for_the_stamp_over_name_and_date():
    page = pages(render(letter(contact="联系人：陈晓岚，电话：0000-8362")))[0]
    last = find(page, "事项需提供技术支持。")
    name = next(row for row in rows(page, size=16) if text(row) == "青禾县医疗保障局")
    date = next(row for row in rows(page, size=16) if text(row) == "2026年11月9日")
    assert baseline(name[0]) - baseline(last[0]) == near(3 * LINE, 0.1)
    assert baseline(date[0]) - baseline(name[0]) == near(LINE, 0.1)
    assert 184 - right(date[-1]) == near(4 * CHARACTER, 0.6)
    assert (left(name[0]) + right(name[-1])) / 2 == near((left(date[0]) + right(date[-1])) / 2, 0.6)
    note = find(page, "（联系人：陈晓岚，电话：0000-8362）")
    assert baseline(note[0]) - baseline(date[0]) == near(LINE, 0.1)
    assert left(note[0]) == near(28 + 2 * CHARACTER, 0.4)


def test_unsealed_signature_ends_two_characters_from_the_right():
    page = pages(render(letter(sealed=False)))[0]
    name = next(row for row in rows(page, size=16) if text(row) == "青禾县医疗保障局")
    date = next(row for row in rows(page, size=16) if text(row) == "2026年11月9日")
    assert 184 - right(name[-1]) == near(2 * CHARACTER, 0.3)
    assert left(date[0]) - left(name[0]) == near(2 * CHARACTER, 0.3)


def test_signature_never_stands_on_a_page_without_text():
    for count in range(9, 16):
        body = tuple(Para(f"第{n}条内容。") for n in range(count))
        last = pages(render(letter(body=body)))[-1]
        assert [row for row in rows(last, size=16) if "条内容" in text(row)], count


def test_attachments_are_listed_without_full_stop_names_aligned():
    page = pages(render(letter(attachments=("住院病历抽样表", "智能监控疑点清单" + "与费用明细" * 6))))[0]
    first, second = find(page, "附件：1.住院病历抽样表"), find(page, "2.智能监控疑点清单")
    assert left(first[0]) == near(28 + 2 * CHARACTER, 0.3)
    assert left(second[0]) == near(left(first[3]), 0.2)
    wrapped = rows(page, size=16)
    after = wrapped[[text(row)[:2] for row in wrapped].index("2.") + 1]
    assert left(after[0]) == near(left(second[2]), 0.3)


def test_single_attachment_has_no_number():
    page = pages(render(letter(attachments=("住院病历抽样表",))))[0]
    assert text(find(page, "附件：住院病历抽样表")) == "附件：住院病历抽样表"


def test_annex_begins_a_page_with_its_label_and_copies_end_the_last():
    printed = pages(
        render(letter(annexes=(manifest(),), attachments=("说明",), copies=("县财政局", "县公安局")))
    )
    annex = printed[-1]
    label, title = find(annex, "附件2"), find(annex, "证据移交清单")
    assert label[0]["matrix"][4] * 25.4 / 72 == near(28.0) and "gov-hei" in label[0]["fontname"]
    assert baseline(title[0]) - baseline(label[0]) == near(2 * LINE, 1.0)
    copies = find(annex, "抄送：县财政局，县公安局。")
    assert {round(char["size"]) for char in copies} == {14}
    assert baseline(copies[0]) == near(260.5, 2.0)
    code = find(annex, "验证码7KQ2-M9XD-4HTR")
    assert baseline(code[0]) > 278
    assert all("验证码" not in text(row) for row in rows(printed[0]))


def test_headings_change_their_face():
    body = (
        Para(heading="一、基本情况"),
        Para("正文。", heading="（一）病历。", level=2),
        Para("正文。", heading="1. 数量。", level=3),
    )
    page = pages(render(letter(body=body)))[0]
    assert "gov-hei" in find(page, "一、基本情况")[0]["fontname"]
    second = find(page, "（一）病历。正文。")
    assert "gov-kai" in second[3]["fontname"] and "gov-fang" in second[-1]["fontname"]
    assert "gov-fang" in find(page, "1.数量。")[2]["fontname"]


def test_line_feeds_become_paragraphs_and_marks_up_nothing():
    page = pages(render(letter(body=(Para("第一。\n\n第二<b>&。"),))))[0]
    assert left(find(page, "第一。")[0]) == left(find(page, "第二<b>&。")[0])


@pytest.mark.parametrize(
    ("issuer", "smaller"),
    [
        ("青禾县财政局", False),
        ("青禾县医疗保障领域协作联动办公室", False),
        ("青禾县打击欺诈骗保维护医疗保障基金安全工作领导小组办公室", True),
    ],
)
def test_a_long_mark_is_narrowed_then_reduced_and_stays_on_the_page(issuer, smaller):
    printed = render(letter(issuer=issuer, signed_by="领导小组办公室"))
    mark, line = red_bands(printed)[:2]
    assert mark[0] == near(30.0, 0.2)
    assert line[0] - mark[1] == near(4.0)
    assert mark[2] >= 27.0 and mark[3] <= 185.0
    size = find(pages(printed)[0], issuer[:1])[0]["size"]
    assert (size < 33) is smaller


def test_a_draft_without_number_keeps_its_lines():
    drafted = letter(number="", verification_code="", recipients=(), date=dt.date(2026, 1, 2))
    page = pages(render(drafted))[0]
    assert text(find(page, "2026年1月2日")) == "2026年1月2日"
    assert baseline(find(page, "关于商请")[0]) == near(
        baseline(find(pages(render(letter()))[0], "关于商请")[0]), 0.05
    )
    assert all("验证码" not in text(row) for row in rows(page))


def test_pdf_says_it_is_pdf_a_3b_embeds_every_font_and_is_the_same_twice():
    paper = letter(annexes=(manifest(),))
    printed = render_letter(paper)
    assert render_letter(paper) == printed
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "B")
        assert pdf.docinfo["/Title"] == paper.title
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        descriptors = [
            font.DescendantFonts[0].FontDescriptor
            for page in pdf.pages
            for font in page.Resources.Font.values()
        ]
    assert descriptors
    assert all("/FontFile3" in d or "/FontFile2" in d for d in descriptors)


def test_form_pairs_short_fields_and_rules_its_tables():
    page = pages(render(form()))[0]
    together = find(page, "案件编号联办〔2026〕126号承办人陈晓岚")
    assert left(together[0]) < 60
    alone = find(page, "电话0000-8362")
    assert text(alone) == "电话0000-8362"
    assert find(page, "接收人意见") and find(page, "—1—") and find(page, "验证码7KQ2-M9XD-4HTR")


@pytest.mark.parametrize("amount", range(12, 19))
def test_whoever_signs_a_form_sees_at_least_two_rows_of_what_for(amount):
    """The boxes to sign in never stand alone on a page, nor one of them without the other."""
    listed = Table(head=("序号", "材料"), rows=tuple((str(n), f"材料{n}") for n in range(1, amount + 1)), widths=(1, 6))
    made = pages(render(form(tables=(listed,), signatures=("移交人", "接收人"))))
    said = [[text(row) for row in rows(page)] for page in made]
    with_boxes = [page for page in said if any("签名" in row for row in page)]
    assert len(with_boxes) == 1
    assert sum("签名" in row for row in with_boxes[0]) == 2
    assert sum("材料" in row and "序号" not in row for row in with_boxes[0]) >= 2


def test_form_with_a_title_only():
    page = pages(render(form(fields=(), tables=(), signatures=(), verification_code="")))[0]
    assert text(find(page, "证据移交签收表")) == "证据移交签收表"
