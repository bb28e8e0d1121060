"""The editable copy says the same, on the same sheet, in fonts by name."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from documents.letter import Para, as_json, from_json
from documents.word import docx
from tests.documents.papers import form, letter, manifest


def opened(paper):
    return Document(io.BytesIO(docx(paper)))


FULL = letter(
    serial="000001",
    secrecy="机密★3年",
    urgency="特急",
    body=(Para("第一段\n第二段"), Para("正文。", heading="（一）病历。", level=2), Para(heading="一、结论")),
    attachments=("说明",),
    annexes=(manifest(),),
    copies=("县财政局",),
    contact="联系人：陈晓岚，电话：0000-8362",
)


def test_margins_grid_and_page_numbers():
    section = opened(FULL).sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(side.mm) for side in margins] == [37, 26, 35, 28]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars" and grid.get(qn("w:linePitch")) == "580"
    assert section.different_first_page_header_footer is True
    assert "PAGE" in section.footer._element.xml and "PAGE" not in section.first_page_footer._element.xml
    assert section.first_page_header.paragraphs[0].text == "青禾县医疗保障局"


def test_letter_is_real_paragraphs_in_order():
    texts = [paragraph.text for paragraph in opened(FULL).paragraphs if paragraph.text.strip()]
    assert texts == [
        "青医保函〔2026〕58号",
        "000001",
        "机密★3年",
        "特急",
        "关于商请对仁和医院诊疗行为\n提供技术支持的函",
        "县卫生健康局：",
        "第一段",
        "第二段",
        "（一）病历。正文。",
        "一、结论",
        "附件：1. 说明",
        "2. 证据移交清单",
        "青禾县医疗保障局",
        "2026年11月9日",
        "（联系人：陈晓岚，电话：0000-8362）",
        "附件2",
        "证据移交清单",
        "以下证据随函移交。",
        "抄送：县财政局。",
    ]


def test_fonts_are_named_as_offices_have_them():
    fonts = {
        run._element.rPr.rFonts.get(qn("w:eastAsia")): run.font.size.pt
        for paragraph in opened(FULL).paragraphs
        for run in paragraph.runs
        if run.text.strip()
    }
    assert fonts.keys() == {"仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"}
    assert fonts["方正小标宋简体"] == 22


def test_annex_table_is_a_table():
    (table,) = opened(FULL).tables
    assert [cell.text for cell in table.rows[0].cells] == ["序号", "名称", "页数"]
    assert len(table.rows) == 4


def test_plain_letter_has_nothing_it_does_not_need():
    texts = [p.text for p in opened(letter(recipients=(), sealed=False)).paragraphs if p.text]
    assert "附件" not in "".join(texts) and "抄送" not in "".join(texts)


def test_annexes_alone_are_numbered_only_when_there_are_two():
    single = [p.text for p in opened(letter(annexes=(manifest(),))).paragraphs]
    assert "附件：证据移交清单" in single and "附件" in [text.strip() for text in single]
    bare = manifest()
    double = [p.text.strip() for p in opened(letter(annexes=(bare, type(bare)(title="清单二")))).paragraphs]
    assert "附件1" in double and "附件2" in double


def test_form_keeps_labels_and_values():
    document = opened(form())
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1] == ["案件编号", "联办〔2026〕126号"]
    assert rows[-1][0] == "接收人意见"
    assert opened(form(fields=(), signatures=())).tables[0].rows[0].cells[1].text == "名称"


@pytest.mark.parametrize("paper", [FULL, letter(), form()], ids=["full", "plain", "form"])
def test_a_paper_survives_json(paper):
    assert from_json(as_json(paper)) == paper


def test_json_of_an_unknown_layout_is_refused():
    with pytest.raises(KeyError):
        from_json({**as_json(letter()), "layout": "poster"})


def test_properties_name_author_and_title():
    properties = opened(FULL).core_properties
    assert (properties.author, properties.title) == ("青禾县医疗保障局", FULL.title)
    assert properties.created.date() == FULL.date
