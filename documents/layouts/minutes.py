"""The 纪要 format of GB/T 9704-2012 10.3 as HTML: the red mark 35 mm below the type area's edge, who was there, no stamp."""

from core.dates import chinese_date
from documents import fonts
from documents.layouts import parts
from documents.layouts.parts import ASCENT, GRID, HALF_LEADING, THREE, safe
from documents.letter import MinutesPaper

MARK_BELOW = 35.0  # mm below the upper edge of the type area to the mark's ink
HEAD_ROOM = 26.0  # characters between one from either edge
RULE_GAP = 4.0  # from what stands above it to the red rule


def _mark(paper: MinutesPaper) -> str:
    """The mark on one line; a box that ends where its ink does."""
    set_in = parts.fit(paper.mark)
    size = set_in.size
    above, below = fonts.ink("xiaobiaosong", paper.mark)
    top = MARK_BELOW - size * (ASCENT - above)
    return (
        f'<div class="mark" style="padding-top: {top:.3f}mm; height: {size * (ASCENT - below):.3f}mm">'
        f'<span style="font-size: {size:.3f}mm; line-height: {size:.3f}mm; transform: scaleX({set_in.factor:.4f})">'
        f"{safe(paper.mark)}</span></div>"
    )


def _under(paper: MinutesPaper) -> str:
    """Who issues them and when, the red rule 4 mm below."""
    date = chinese_date(paper.date)
    _above, below = fonts.ink("fang", paper.issuer + date)
    gap = RULE_GAP - (HALF_LEADING + (1 - ASCENT + below) * THREE)
    return (
        f'<div class="under" style="padding-bottom: {gap:.3f}mm">{parts.pair(paper.issuer, date, HEAD_ROOM, "by")}</div>'
    )


def _people(paper: MinutesPaper) -> str:
    """出席, 请假, 列席: one line below the text, two characters in, hanging, each ending in a full stop."""
    rows = "".join(
        f'<div><span class="hei">{word}：</span><span>{"，".join(f"<i>{safe(name)}</i>" for name in names)}。</span></div>'
        for word, names in paper.people
    )
    return f'<div class="people">{rows}</div>' if rows else ""


def html(paper: MinutesPaper) -> str:
    """The minutes as one HTML document; its stylesheets are `gov.css` and `minutes.css`."""
    imprint = parts.imprint(issuer=paper.issuer, date=paper.date, copies=paper.copies, signer=paper.signer)
    return parts.page(
        title=paper.title,
        author=paper.issuer,
        date=paper.date,
        body=f'{_mark(paper)}<p class="number" style="padding-top: {2 * GRID:.3f}mm">{safe(paper.number) or "&#160;"}</p>'
        f"{_under(paper)}{parts.title(paper.title, paper.keep)}"
        f'<div class="body">{"".join(parts.paragraph(para) for para in paper.body)}</div>'
        f"{_people(paper)}{imprint}"
        f"{parts.verification(paper.verification_code, paper.verification_url)}",
    )
