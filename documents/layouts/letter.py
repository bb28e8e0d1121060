"""The 信函 format of GB/T 9704-2012 10.1 as HTML. All distances in millimetres from the edges of the sheet."""

import re
from html import escape

from core.dates import chinese_date
from documents import fonts
from documents.letter import Annex, Letter, Para, Table
from documents.qr import svg
from documents.titles import break_title, width_of

MARK_TOP = 30.0
MARK_SIZE = 12.0  # em, 34 pt: the standard leaves it to the office, “醒目、美观、庄重”
MARK_MOST = 156.0
MARK_NARROWEST = 0.62
ASCENT = 0.88  # of the em: tools/fonts.py gives every face this one
LINE_GAP = 4.0
LINE_HEIGHT = 1.6
LOWER_LINE_BOTTOM = 277.0  # 20 mm from the page's lower edge
GRID = 10.227
CHARACTER = 156 / 28
HALF_LEADING = (GRID - 16 * 25.4 / 72) / 2
SEVEN_EIGHTHS = 16 * 25.4 / 72 * 7 / 8  # of the height of a 3号 character
VERIFY_TOP = 278.5
ROWS_ABOVE_STAMP = 2  # a stamp of 42 mm then starts within one line of the text and covers name and date
FACES_OF_HEADINGS = {1: "hei", 2: "kai", 3: "", 4: ""}


def _mark(letter: Letter) -> tuple[str, float]:
    """The red mark and the height of its first line of text below: narrower first, then smaller, never cut."""
    wide = sum(0.55 if char.isascii() else 1.0 for char in letter.issuer)
    spacing = 0.06 if wide * 1.06 * MARK_SIZE <= MARK_MOST else 0.0
    factor = min(1.0, MARK_MOST / (wide * MARK_SIZE)) if wide else 1.0
    size = MARK_SIZE
    if factor < MARK_NARROWEST:
        size, factor = size * factor / MARK_NARROWEST, MARK_NARROWEST
    above, below = fonts.ink("xiaobiaosong", letter.issuer)
    line_top = MARK_TOP + size * (above - below) + LINE_GAP
    text_top = line_top + LINE_HEIGHT + SEVEN_EIGHTHS - HALF_LEADING
    css = f"""
    @page :first {{ margin-top: {text_top:.3f}mm; margin-bottom: {_first_foot():.3f}mm; }}
    @page {{ @bottom-left-corner {{ padding: {VERIFY_TOP - 263:.3f}mm 0 0 28mm; }} }}
    @page :first {{ @bottom-left-corner {{ padding-top: {VERIFY_TOP - 297 + _first_foot():.3f}mm; }} }}
    .mark {{ top: {MARK_TOP - size * (ASCENT - above) - text_top:.3f}mm; }}
    .mark {{ font: {size:.3f}mm/{size:.3f}mm "gov-xiaobiaosong", "gov-rare", serif; }}
    .mark span {{ letter-spacing: {spacing}em; margin-right: -{spacing}em; transform: scaleX({factor:.4f}); }}
    .mark {{ left: -200mm; width: 556mm; }}
    .upper {{ top: {line_top - text_top:.3f}mm; }}
    .lower {{ top: {LOWER_LINE_BOTTOM - LINE_HEIGHT - text_top:.3f}mm; }}
    """
    html = (
        f'<div class="mark"><span>{escape(letter.issuer)}</span></div>'
        '<div class="line upper"></div><div class="line lower"></div>'
    )
    return f"<style>{css}</style>{html}", text_top


def _first_foot() -> float:
    """First page: text may come down to 7/8 of a character above the lower line."""
    return 297 - (LOWER_LINE_BOTTOM - LINE_HEIGHT - SEVEN_EIGHTHS + HALF_LEADING)


def _numbers(letter: Letter) -> str:
    left = [
        f'<p class="{face}">{escape(text)}</p>'
        for face, text in (("", letter.serial), ("hei", letter.secrecy), ("hei", letter.urgency))
        if text
    ]
    return (
        f'<div class="numbers"><p class="number">{escape(letter.number)}</p>'
        f"{''.join(left) or '<p>&#160;</p>'}</div>"
    )


def _title(title: str, keep: tuple[str, ...]) -> str:
    return "<h1>" + "<br>".join(escape(line) for line in break_title(title, keep)) + "</h1>"


LONG_CODE = re.compile("[0-9A-Za-z]{12,}")  # 统一社会信用代码, 校验码: no word and no amount is as long


def _set(text: str) -> str:
    """Text whose long codes may be divided at the end of a line: kept whole they would leave half of it empty.

    By a space without width, which no reader sees and the file does not keep; `word-break` of a part of the line
    fails where a mark follows that may not begin the next one.
    """
    return escape(LONG_CODE.sub(lambda code: "\u200b".join(re.findall("..?", code.group())), text))


def paragraph(para: Para) -> str:
    """A paragraph; line feeds a person typed become paragraphs of their own."""
    heading = escape(para.heading)
    if heading and (face := FACES_OF_HEADINGS[para.level]):
        heading = f'<span class="{face}">{heading}</span>'
    first, *others = [line.strip() for line in para.text.split("\n") if line.strip()] or [""]
    alone = ' class="alone"' if para.heading and not first else ""
    return f"<p{alone}>{heading}{_set(first)}</p>" + "".join(f"<p>{_set(line)}</p>" for line in others)


def table(given: Table) -> str:
    """A ruled table that repeats its head on every page."""
    total = sum(given.widths)
    columns = "".join(f'<col style="width: {share / total:.2%}">' for share in given.widths)
    head = "".join(f"<th>{escape(cell)}</th>" for cell in given.head)
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td class="right">{escape(cell)}</td>' if index in given.right else f"<td>{escape(cell)}</td>"
            for index, cell in enumerate(row)
        )
        + "</tr>"
        for row in given.rows
    )
    return f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _listed(names: tuple[str, ...]) -> str:
    """附件说明: the names aligned with each other, no full stop; a single one has no number."""
    if not names:
        return ""
    rows = []
    for number, name in enumerate(names, 1):
        label = "附件：" if number == 1 else ""
        count = f'<span class="no">{number}. </span>' if len(names) > 1 else ""
        rows.append(f'<div><span class="no">{label}</span>{count}<span>{escape(name)}</span></div>')
    return f'<div class="listed">{"".join(rows)}</div>'


def signature_place(name: str, date: str, *, sealed: bool) -> tuple[float, float]:
    """How far right of the line's left edge name and date begin, in characters of 28 (7.3.5).

    Sealed: the date ends 4 characters from the right, the name is centred on it. Unsealed: the name ends 2
    from the right and the date begins 2 after the name does; a date longer than the name ends 2 from the
    right instead and pushes the name left.
    """
    wide, long = width_of(name), width_of(date)
    if sealed:
        overhang = max(0.0, (wide - long) / 2)
        date_left = 28 - max(4.0, overhang) - long
        return max(0.0, date_left + (long - wide) / 2), date_left
    if long > wide:
        return 28 - 2 - long - 2, 28 - 2 - long
    name_left = max(0.0, 28 - 2 - wide)
    return name_left, name_left + 2


def _signature(letter: Letter) -> str:
    name, date = letter.signed_by or letter.issuer, chinese_date(letter.date)
    name_left, date_left = signature_place(name, date, sealed=letter.sealed)
    rows = ROWS_ABOVE_STAMP if letter.sealed else 1
    long = ' class="long"' if width_of(name) > 28 else ""
    return (
        f"<style>.signature {{ text-align: left; padding-top: {rows * GRID:.3f}mm; }}"
        f".signer {{ padding-left: {name_left * CHARACTER:.3f}mm; }}"
        f".dated {{ padding-left: {date_left * CHARACTER:.3f}mm; }}</style>"
        f'<div class="signature"><div class="signer"><p{long}>{escape(name)}</p></div>'
        f'<div class="dated"><p>{date}</p></div></div>'
    )


def _annex(number: int, of: int, annex: Annex, keep: tuple[str, ...]) -> str:
    label = "附件" if of == 1 else f"附件{number}"
    body = "".join(paragraph(para) for para in annex.body)
    return (
        f'<section class="annex"><p class="label hei">{label}</p>{_title(annex.title, keep)}'
        f'<div class="body">{body}</div>{table(annex.table) if annex.table else ""}</section>'
    )


def verification(code: str, url: str) -> str:
    """The small square and code a paper copy is checked by; on the page it stands on, at the foot."""
    if not code:
        return ""
    return f'<div class="verify">{svg(url)}<span>验证码 {escape(code)}<br>扫码核验本文件真伪</span></div>'


def html(letter: Letter) -> str:
    """The letter as one HTML document; its stylesheet is `letter.css`."""
    head, _ = _mark(letter)
    recipients = f"<p>{escape('、'.join(letter.recipients))}：</p>" if letter.recipients else ""
    body = "".join(paragraph(para) for para in letter.body)
    contact = f'<p class="contact">（{escape(letter.contact)}）</p>' if letter.contact else ""
    copies = ""
    if letter.copies:
        line = f"抄送：{escape('，'.join(letter.copies))}。"
        copies = f'<p class="copies room">{line}</p><p class="copies shown">{line}</p>'
    numbered = len(letter.attachments)
    annexes = "".join(
        _annex(numbered + index, len(letter.listed_attachments), annex, letter.keep)
        for index, annex in enumerate(letter.annexes, 1)
    )
    return (
        f'<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        f"<title>{escape(letter.title)}</title>"
        f'<meta name="author" content="{escape(letter.issuer)}">'
        f'<meta name="dcterms.created" content="{letter.date.isoformat()}"></head><body>'
        f"{head}{_numbers(letter)}{_title(letter.title, letter.keep)}{recipients}"
        f'<div class="body">{body}</div>{_listed(letter.listed_attachments)}{_signature(letter)}{contact}'
        f"{annexes}{copies}{verification(letter.verification_code, letter.verification_url)}</body></html>"
    )
