"""The editable copy: the same paper as DOCX, A4, real paragraphs, fonts by the names an office has installed.

It is for working on, not for keeping: the PDF is the paper.
"""

import datetime as dt
import io
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from core.dates import chinese_date
from core.texts import shown
from documents.layouts.letter import signature_place
from documents.letter import Annex, Certificate, Form, Letter, MinutesPaper, Paper, Para, Table
from documents.titles import break_title

FANG, HEI, KAI, SONG, XIAOBIAOSONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
HEADINGS = {1: HEI, 2: KAI, 3: FANG, 4: FANG}
RED = RGBColor(0xCC, 0, 0)
CHARACTER = Mm(156 / 28)
# Word refuses paragraph properties out of the schema's order: what follows w:pBdr
AFTER_BORDERS = (
    "w:shd",
    "w:tabs",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:jc",
    "w:rPr",
)


def _run(
    paragraph: Any, text: str, font: str = FANG, size: float = 16, colour: RGBColor | None = None
) -> Any:
    run = paragraph.add_run(shown(text))
    run.font.name = "Times New Roman" if font == SONG else font
    run.font.size = Pt(size)
    run.font.bold = False
    if colour is not None:
        run.font.color.rgb = colour
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(script), font)
    return run


def _paragraph(document: Any, text: str = "", *, indent: float = 0, align: Any = None, **look: Any) -> Any:
    """One paragraph on the letter's grid; `indent` in characters of the first line."""
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.99)
    shape.first_line_indent = int(CHARACTER * indent)
    shape.widow_control = False
    if align is not None:
        paragraph.alignment = align
    if text:
        _run(paragraph, text, **look)
    return paragraph


def _rule(paragraph: Any, kind: str) -> None:
    """The red double line under a paragraph, 170 mm wide: 7 mm out of the type area on both sides."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", kind), ("sz", "36"), ("space", "11"), ("color", "CC0000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(-7)


def _page_number(footer: Any, align: Any) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.alignment = align
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    _run(paragraph, "— ", SONG, 14)
    run = _run(paragraph, "", SONG, 14)
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._element.append(element)
    _run(paragraph, " —", SONG, 14)


def _grid(section: Any) -> None:
    """28 characters × 22 lines, as Word's own document grid says it (twentieths and 4096ths of a point)."""
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), "580")
    grid.set(qn("w:charSpace"), "-860")


def _page(
    *, top: float, right: float, bottom: float, left: float, created: dt.date, title: str, by: str
) -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, by, ""
    properties.created = properties.modified = dt.datetime.combine(created, dt.time(), dt.UTC)
    return document


def _body(document: Any, body: tuple[Para, ...]) -> None:
    for para in body:
        lines = [line.strip() for line in para.text.split("\n") if line.strip()] or [""]
        paragraph = _paragraph(document, indent=2, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
        if para.heading:
            _run(paragraph, para.heading, HEADINGS[para.level])
        _run(paragraph, lines[0])
        for line in lines[1:]:
            _paragraph(document, line, indent=2, align=WD_ALIGN_PARAGRAPH.JUSTIFY)


def _table(document: Any, given: Table, *, width: float = 156, size: float = 12) -> None:
    table = document.add_table(rows=1, cols=len(given.head))
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    for cell, text in zip(table.rows[0].cells, given.head, strict=True):
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(cell.paragraphs[0], text, HEI, size)
    for row in given.rows:
        for index, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            if index in given.right:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _run(cell.paragraphs[0], text, FANG, size)
    total = sum(given.widths)
    for index, share in enumerate(given.widths):
        for cell in table.columns[index].cells:
            cell.width = Mm(width * share / total)


def _title(document: Any, title: str, keep: tuple[str, ...] = ()) -> None:
    paragraph = _paragraph(document, align=WD_ALIGN_PARAGRAPH.CENTER)
    for index, line in enumerate(break_title(title, keep)):
        run = _run(paragraph, line, XIAOBIAOSONG, 22)
        if index:
            run._element.insert(list(run._element).index(run._element.rPr) + 1, OxmlElement("w:br"))


def _annex(document: Any, label: str, annex: Annex, keep: tuple[str, ...]) -> None:
    paragraph = _paragraph(document)
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    _run(paragraph, label, HEI)
    _paragraph(document)
    _title(document, annex.title, keep)
    _paragraph(document)
    _body(document, annex.body)
    if annex.table:
        _table(document, annex.table)


def letter_docx(letter: Letter) -> bytes:
    """The letter as DOCX with the margins, grid and faces of GB/T 9704-2012."""
    document = _page(
        top=37, right=26, bottom=35, left=28, created=letter.date, title=letter.title, by=letter.issuer
    )
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance, section.footer_distance = Mm(30), Mm(20)
    document.settings.odd_and_even_pages_header_footer = True
    _grid(section)
    mark = section.first_page_header.paragraphs[0]
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(mark, letter.issuer, XIAOBIAOSONG, 34, RED)
    _rule(mark, "thickThinSmallGap")
    _rule(section.first_page_footer.paragraphs[0], "thinThickSmallGap")
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)

    _paragraph(document, letter.number, align=WD_ALIGN_PARAGRAPH.RIGHT)
    for text, font in ((letter.serial, FANG), (letter.secrecy, HEI), (letter.urgency, HEI)):
        if text:
            _paragraph(document, text, font=font)
    for _ in range(2):
        _paragraph(document)
    _title(document, letter.title, letter.keep)
    _paragraph(document)
    if letter.recipients:
        _paragraph(document, "、".join(letter.recipients) + "：")
    _body(document, letter.body)
    names = letter.listed_attachments
    if names:
        _paragraph(document)
    for index, name in enumerate(names, 1):
        number = f"{index}. " if len(names) > 1 else ""
        paragraph = _paragraph(document, ("附件：" if index == 1 else "") + number + name)
        hang = 3 + (1 if number else 0)
        paragraph.paragraph_format.left_indent = int(CHARACTER * (2 + hang))
        paragraph.paragraph_format.first_line_indent = -int(CHARACTER * (hang if index == 1 else hang - 3))
    _signature(document, letter)
    if letter.contact:
        _paragraph(document, f"（{letter.contact}）", indent=2)
    for index, annex in enumerate(letter.annexes, len(letter.attachments) + 1):
        _annex(document, "附件" if len(names) == 1 else f"附件{index}", annex, letter.keep)
    if letter.copies:
        copies = _paragraph(document, f"抄送：{'，'.join(letter.copies)}。", size=14)
        copies.paragraph_format.left_indent = copies.paragraph_format.right_indent = Pt(14)
    return _bytes(document)


def _signature(document: Any, letter: Letter) -> None:
    name, date = letter.signed_by or letter.issuer, chinese_date(letter.date)
    for place, text in zip(signature_place(name, date, sealed=letter.sealed), (name, date), strict=True):
        if text == name:
            for _ in range(2 if letter.sealed else 1):
                _paragraph(document).paragraph_format.keep_with_next = True
        paragraph = _paragraph(document, text)
        paragraph.paragraph_format.left_indent = int(CHARACTER * place)
        paragraph.paragraph_format.keep_with_next = text == name


def form_docx(form: Form) -> bytes:
    """An internal form as DOCX: title, label and value in a ruled table, further tables, boxes to sign in."""
    document = _page(
        top=25, right=20, bottom=25, left=25, created=form.date, title=form.title, by=form.issuer
    )
    like: dict[str, float] = {}
    if form.wide:
        section = document.sections[0]
        section.page_width, section.page_height = section.page_height, section.page_width
        section.right_margin = section.left_margin = Mm(15)
        like = {"width": 267, "size": 9}
    _title(document, form.title)
    _paragraph(document, f"{form.issuer}　{form.number}　{chinese_date(form.date)}", size=12)
    rows = (*form.fields, *((label, "\n签名：　　　　　　　年　　月　　日") for label in form.signatures))
    tables = [Table(head=("项目", "内容"), rows=rows, widths=(17, 83))] if rows else []
    for table in (*tables, *form.tables):
        _table(document, table, **like)
        _paragraph(document)
    return _bytes(document)


def certificate_docx(paper: Certificate) -> bytes:
    """A certificate as DOCX: the same words on a sheet across; the frame is the printed paper's."""
    document = _page(
        top=30, right=40, bottom=25, left=40, created=paper.date, title=paper.title, by=paper.issuer
    )
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    title = _paragraph(document, paper.title, align=centre, font=XIAOBIAOSONG, size=44, colour=RED)
    title.paragraph_format.line_spacing_rule = (
        WD_LINE_SPACING.SINGLE
    )  # 44 points are higher than the letter's line
    _paragraph(document)
    _paragraph(document, f"{paper.recipient}：", font=KAI, size=20)
    for text in (*paper.body, "特颁此证，以资鼓励。"):
        _paragraph(document, text, indent=2, font=KAI, size=20)
    _paragraph(document)
    for text in (paper.issuer, chinese_date(paper.date)):
        _paragraph(document, text, align=right, size=18)
    _paragraph(document, paper.number, size=12)
    return _bytes(document)


def _bytes(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def minutes_docx(paper: MinutesPaper) -> bytes:
    """Minutes as DOCX with the margins, grid and faces of GB/T 9704-2012 10.3."""
    document = _page(
        top=37, right=26, bottom=35, left=28, created=paper.date, title=paper.title, by=paper.issuer
    )
    section = document.sections[0]
    section.footer_distance = Mm(20)
    document.settings.odd_and_even_pages_header_footer = True
    _grid(section)
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)
    mark = _paragraph(
        document, paper.mark, align=WD_ALIGN_PARAGRAPH.CENTER, font=XIAOBIAOSONG, size=30, colour=RED
    )
    mark.paragraph_format.space_before = Mm(35)
    mark.paragraph_format.line_spacing = Pt(40)
    _paragraph(document)
    _paragraph(document, paper.number, align=WD_ALIGN_PARAGRAPH.CENTER)
    under = _paragraph(document, f"　{paper.issuer}　　{chinese_date(paper.date)}")
    _rule(under, "single")
    under.paragraph_format.left_indent = under.paragraph_format.right_indent = Mm(0)
    _paragraph(document)
    _title(document, paper.title, paper.keep)
    _paragraph(document)
    _body(document, paper.body)
    for word, names in paper.people:
        _paragraph(document)
        row = _paragraph(document, align=WD_ALIGN_PARAGRAPH.LEFT)
        _run(row, f"{word}：", HEI)
        _run(row, "，".join(names) + "。")
        row.paragraph_format.left_indent = int(CHARACTER * 5)
        row.paragraph_format.first_line_indent = -int(CHARACTER * 3)
    foot = [f"签发人：{paper.signer}"] if paper.signer else []
    foot += [f"抄送：{'，'.join(paper.copies)}。"] if paper.copies else []
    for line in (*foot, f"{paper.issuer}　{chinese_date(paper.date)}印发"):
        row = _paragraph(document, line, size=14)
        row.paragraph_format.left_indent = row.paragraph_format.right_indent = Pt(14)
    return _bytes(document)


def docx(paper: Paper) -> bytes:
    """The paper as an editable DOCX."""
    if isinstance(paper, MinutesPaper):
        return minutes_docx(paper)
    if isinstance(paper, Certificate):
        return certificate_docx(paper)
    return letter_docx(paper) if isinstance(paper, Letter) else form_docx(paper)
