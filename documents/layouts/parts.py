"""What every layout is made of: the grid of GB/T 9704-2012, its red mark, paragraphs, tables, lists, the foot.

`gov.css` is its stylesheet. Distances in millimetres, characters of 28 a line, lines of 22 a page.
"""

import datetime as dt
import math
import re
from dataclasses import dataclass
from html import escape

from core.dates import chinese_date
from core.texts import shown
from documents.letter import Annex, Para, Table
from documents.qr import svg
from documents.titles import break_title, width_of

SHEET, TYPE_TOP, TYPE_BOTTOM, WIDE = 297.0, 37.0, 262.0, 156.0
GRID = 10.227
CHARACTER = WIDE / 28
THREE = 16 * 25.4 / 72  # a 3号 character
HALF_LEADING = (GRID - THREE) / 2
SEVEN_EIGHTHS = THREE * 7 / 8
ASCENT = 0.88  # of the em: tools/fonts.py gives every face this one
MARK_SIZE = 12.0  # em, 34 pt: the standard leaves it to the office, “醒目、美观、庄重”
MARK_NARROWEST = 0.62
FACES_OF_HEADINGS = {1: "hei", 2: "kai", 3: "", 4: ""}
IMPRINT_ROOM = 29.0  # characters of 4号 between one from either edge
LONG_CODE = re.compile("[0-9A-Za-z]{12,}")  # 统一社会信用代码, 校验码: no word and no amount is as long


def safe(text: str) -> str:
    """Text as HTML shows it, without the control characters no paper can show."""
    return escape(shown(text))


def page(*, title: str, author: str, date: dt.date, body: str, css: str = "") -> str:
    """One HTML document."""
    kind = f' class="{css}"' if css else ""
    return (
        f'<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{safe(title)}</title>'
        f'<meta name="author" content="{safe(author)}">'
        f'<meta name="dcterms.created" content="{date.isoformat()}"></head><body{kind}>{body}</body></html>'
    )


@dataclass(frozen=True)
class Fit:
    """How a red mark is set so that it stays on its line: size in mm, drawn narrower by `factor`."""

    size: float
    factor: float


def fit(text: str, size: float = MARK_SIZE, most: float = WIDE) -> Fit:
    """Narrower first, then smaller, never cut."""
    wide = mark_width(text) * size
    factor = min(1.0, most / wide) if wide else 1.0
    if factor < MARK_NARROWEST:
        return Fit(size * factor / MARK_NARROWEST, MARK_NARROWEST)
    return Fit(size, factor)


def mark_width(text: str) -> float:
    """In em of the red mark."""
    return sum(0.55 if char.isascii() else 1.0 for char in text)


def title(text: str, keep: tuple[str, ...] = ()) -> str:
    return "<h1>" + "<br>".join(safe(line) for line in break_title(text, keep)) + "</h1>"


def _set(text: str) -> str:
    """Text whose long codes may be divided at the end of a line: kept whole they would leave half of it empty.

    By a space without width, which no reader sees and the file does not keep; `word-break` of a part of the line
    fails where a mark follows that may not begin the next one.
    """
    return safe(LONG_CODE.sub(lambda code: "\u200b".join(re.findall("..?", code.group())), text))


def paragraph(para: Para) -> str:
    """A paragraph; line feeds a person typed become paragraphs of their own."""
    heading = safe(para.heading)
    if heading and (face := FACES_OF_HEADINGS[para.level]):
        heading = f'<span class="{face}">{heading}</span>'
    first, *others = [line.strip() for line in para.text.split("\n") if line.strip()] or [""]
    alone = ' class="alone"' if para.heading and not first else ""
    return f"<p{alone}>{heading}{_set(first)}</p>" + "".join(f"<p>{_set(line)}</p>" for line in others)


def table(given: Table) -> str:
    """A ruled table that repeats its head on every page."""
    total = sum(given.widths)
    columns = "".join(f'<col style="width: {share / total:.2%}">' for share in given.widths)
    head = "".join(f"<th>{safe(cell)}</th>" for cell in given.head)
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td class="right">{safe(cell)}</td>' if index in given.right else f"<td>{safe(cell)}</td>"
            for index, cell in enumerate(row)
        )
        + "</tr>"
        for row in given.rows
    )
    return f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def recipients(names: tuple[str, ...]) -> str:
    return f'<p class="recipients">{safe("、".join(names))}：</p>' if names else ""


def lines_of_recipients(names: tuple[str, ...]) -> int:
    return math.ceil(width_of("、".join(names) + "：") / 28) if names else 0


def listed(names: tuple[str, ...]) -> str:
    """附件说明: the names aligned with each other, no full stop; a single one has no number."""
    if not names:
        return ""
    rows = []
    for number, name in enumerate(names, 1):
        label = "附件：" if number == 1 else ""
        count = f'<span class="no">{number}. </span>' if len(names) > 1 else ""
        rows.append(f'<div><span class="no">{label}</span>{count}<span>{safe(name)}</span></div>')
    return f'<div class="listed">{"".join(rows)}</div>'


def annexes(given: tuple[Annex, ...], before: int, keep: tuple[str, ...]) -> str:
    """The annexes behind a letter, each on a page of its own; `before` of them are only named."""
    several = before + len(given) > 1
    return "".join(
        f'<section class="annex"><p class="label hei">{f"附件{number}" if several else "附件"}</p>'
        f'{title(annex.title, keep)}<div class="body">{"".join(paragraph(para) for para in annex.body)}</div>'
        f"{table(annex.table) if annex.table else ''}</section>"
        for number, annex in enumerate(given, before + 1)
    )


def verification(code: str, url: str) -> str:
    """The small square and code a paper copy is checked by; on the page it stands on, at the foot."""
    if not code:
        return ""
    return f'<div class="verify">{svg(url)}<span>验证码 {safe(code)}<br>扫码核验本文件真伪</span></div>'


def pair(left: str, right: str, room: float, css: str) -> str:
    """Two at the ends of a line, or on two lines where they do not fit in `room` characters."""
    if width_of(left) + width_of(right) + 1 <= room:
        return f'<p class="{css}"><span>{safe(left)}</span><span>{safe(right)}</span></p>'
    return f'<p class="{css}"><span>{safe(left)}</span></p><p class="wide">{safe(right)}</p>'


def at_the_foot(inner: str, css: str) -> str:
    """`inner` at the very foot of the last page: once unseen, to keep its room, and once where it is read."""
    return f'<div class="{css} room">{inner}</div><div class="{css} shown">{inner}</div>'


def copied(names: tuple[str, ...], word: str = "抄送") -> str:
    """抄送 (or the 主送 that found no room on the first page): a hanging line that ends in a full stop."""
    return f'<p class="copied">{word}：{safe("，".join(names))}。</p>' if names else ""


def imprint(
    *, issuer: str, date: dt.date, copies: tuple[str, ...] = (), to: tuple[str, ...] = (), signer: str = ""
) -> str:
    """版记 (7.4): who gets a copy, who printed it and when, between its rules.

    It closes the last page, an even one: `documents.rendering` turns the sheet over where the text ends on an
    odd one.
    """
    signed = f'<p class="copied">签发人：{safe(signer)}</p>' if signer else ""
    above = f"{signed}{copied(to, '主送')}{copied(copies)}"
    by = pair(issuer, f"{chinese_date(date)}印发", IMPRINT_ROOM, "by")
    return at_the_foot(f'{above}<div class="printed">{by}</div>', "imprint")
