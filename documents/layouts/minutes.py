"""The 纪要 format of GB/T 9704-2012 10.3 as HTML: the red mark 35 mm below the type area's edge, who was there, no stamp."""

from html import escape

from core.dates import chinese_date
from documents import fonts
from documents.layouts.letter import ASCENT, MARK_MOST, paragraph, verification
from documents.letter import MinutesPaper
from documents.titles import break_title, width_of

MARK_BELOW = 35.0  # mm below the upper edge of the type area to the mark's ink
MARK_SIZE = 12.0
HEAD_ROOM = 26.0  # characters between one from either edge
IMPRINT_ROOM = 29.0  # of 4号


def _mark(paper: MinutesPaper) -> str:
    """The mark on one line: narrower where it is long."""
    wide = sum(0.55 if char.isascii() else 1.0 for char in paper.mark) * MARK_SIZE
    factor = min(1.0, MARK_MOST / wide) if wide else 1.0
    above, _below = fonts.ink("xiaobiaosong", paper.mark)
    top = MARK_BELOW - MARK_SIZE * (ASCENT - above)
    return (
        f"<style>.mark {{ padding-top: {top:.3f}mm; height: {MARK_SIZE}mm; }}"
        f'.mark span {{ font: {MARK_SIZE}mm/{MARK_SIZE}mm "gov-xiaobiaosong", "gov-rare", serif;'
        f" transform: scaleX({factor:.4f}); }}</style>"
        f'<div class="mark"><span>{escape(paper.mark)}</span></div>'
    )


def _people(paper: MinutesPaper) -> str:
    """出席, 请假, 列席: one line below the text, two characters in, hanging, each ending in a full stop."""
    rows = "".join(
        f'<div><span class="hei">{word}：</span><span>{"，".join(f"<i>{escape(name)}</i>" for name in names)}。</span></div>'
        for word, names in paper.people
    )
    return f'<div class="people">{rows}</div>' if rows else ""


def _pair(left: str, right: str, room: float, css: str) -> str:
    """Two at the ends of a line, or on two lines where they do not fit in `room` characters."""
    if width_of(left) + width_of(right) + 1 <= room:
        return f'<p class="{css}"><span>{escape(left)}</span><span>{escape(right)}</span></p>'
    return f'<p class="{css}"><span>{escape(left)}</span></p><p class="wide">{escape(right)}</p>'


def _imprint(paper: MinutesPaper) -> str:
    """版记: who signed for issue, who gets a copy, who printed it and when."""
    signer = f"<p>签发人：{escape(paper.signer)}</p>" if paper.signer else ""
    copies = f"<p>抄送：{escape('，'.join(paper.copies))}。</p>" if paper.copies else ""
    by = _pair(paper.issuer, f"{chinese_date(paper.date)}印发", IMPRINT_ROOM, "by")
    return f'<div class="imprint">{signer}{copies}{by}</div>'


def html(paper: MinutesPaper) -> str:
    """The minutes as one HTML document; its stylesheet is `minutes.css`."""
    title = "<br>".join(escape(line) for line in break_title(paper.title, paper.keep))
    return (
        f'<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{escape(paper.title)}</title>'
        f'<meta name="author" content="{escape(paper.issuer)}">'
        f'<meta name="dcterms.created" content="{paper.date.isoformat()}"></head><body>'
        f'{_mark(paper)}<p class="number">{escape(paper.number) or "&#160;"}</p>'
        f'<div class="under">{_pair(paper.issuer, chinese_date(paper.date), HEAD_ROOM, "by")}</div>'
        f'<h1>{title}</h1><div class="body">{"".join(paragraph(para) for para in paper.body)}</div>'
        f"{_people(paper)}{_imprint(paper)}"
        f"{verification(paper.verification_code, paper.verification_url)}</body></html>"
    )
