"""The 信函 format of GB/T 9704-2012 10.1 as HTML. All distances in millimetres from the edges of the sheet."""

from documents import fonts
from documents.layouts import parts
from documents.layouts.parts import ASCENT, HALF_LEADING, SEVEN_EIGHTHS, SHEET, safe
from documents.layouts.signature import signature, signature_place
from documents.letter import Letter
from documents.titles import break_title

__all__ = ["html", "signature_place"]

MARK_TOP = 30.0
LINE_GAP = 4.0
LINE_HEIGHT = 1.6
LOWER_LINE_BOTTOM = 277.0  # 20 mm from the page's lower edge
VERIFY_TOP = 278.5
# First page: text may come down to 7/8 of a character above the lower line.
FIRST_FOOT = SHEET - (LOWER_LINE_BOTTOM - LINE_HEIGHT - SEVEN_EIGHTHS + HALF_LEADING)


def _mark(letter: Letter) -> tuple[str, float]:
    """The red mark and the height of its first line of text below."""
    set_in = parts.fit(letter.issuer)
    size = set_in.size
    wide = parts.mark_width(letter.issuer)
    spacing = 0.06 if wide * 1.06 * parts.MARK_SIZE <= parts.WIDE else 0.0
    above, below = fonts.ink("xiaobiaosong", letter.issuer)
    line_top = MARK_TOP + size * (above - below) + LINE_GAP
    text_top = line_top + LINE_HEIGHT + SEVEN_EIGHTHS - HALF_LEADING
    css = f"""
    @page :first {{ margin-top: {text_top:.3f}mm; margin-bottom: {FIRST_FOOT:.3f}mm; }}
    @page {{ @bottom-left-corner {{ padding: {VERIFY_TOP - 263:.3f}mm 0 0 28mm; }} }}
    @page :first {{ @bottom-left-corner {{ padding-top: {VERIFY_TOP - SHEET + FIRST_FOOT:.3f}mm; }} }}
    .mark {{ top: {MARK_TOP - size * (ASCENT - above) - text_top:.3f}mm; }}
    .mark {{ font: {size:.3f}mm/{size:.3f}mm "gov-xiaobiaosong", "gov-rare", serif; }}
    .mark span {{ letter-spacing: {spacing}em; margin-right: -{spacing}em; transform: scaleX({set_in.factor:.4f}); }}
    .mark {{ left: -200mm; width: 556mm; }}
    .upper {{ top: {line_top - text_top:.3f}mm; }}
    .lower {{ top: {LOWER_LINE_BOTTOM - LINE_HEIGHT - text_top:.3f}mm; }}
    """
    html = (
        f'<div class="mark"><span>{safe(letter.issuer)}</span></div>'
        '<div class="line upper"></div><div class="line lower"></div>'
    )
    return f"<style>{css}</style>{html}", text_top


def _left(letter: Letter) -> list[str]:
    """份号, 密级 and 紧急程度, from top to bottom."""
    return [
        f'<p class="{face}">{safe(text)}</p>'
        for face, text in (("", letter.serial), ("hei", letter.secrecy), ("hei", letter.urgency))
        if text
    ]


def html(letter: Letter) -> str:
    """The letter as one HTML document; its stylesheets are `gov.css` and `letter.css`."""
    head, text_top = _mark(letter)
    left = _left(letter)
    numbers = (
        f'<div class="numbers"><p class="number">{safe(letter.number)}</p>{"".join(left) or "<p>&#160;</p>"}</div>'
    )
    lines = int((SHEET - FIRST_FOOT - text_top) / parts.GRID)
    lines -= max(1, len(left)) + 2 + len(break_title(letter.title, letter.keep)) + 1
    moved = parts.lines_of_recipients(letter.recipients) >= lines
    to = () if moved else letter.recipients
    foot = parts.copied(letter.recipients, "主送") if moved else ""
    foot += parts.copied(letter.copies)
    return parts.page(
        title=letter.title,
        author=letter.issuer,
        date=letter.date,
        body=f"{head}{numbers}{parts.title(letter.title, letter.keep)}{text(letter, to)}"
        f"{parts.at_the_foot(foot, 'copies') if foot else ''}"
        f"{parts.verification(letter.verification_code, letter.verification_url)}",
    )


def text(letter: Letter, to: tuple[str, ...]) -> str:
    """From 主送 to the annexes: the same in every format."""
    contact = f'<p class="contact">（{safe(letter.contact)}）</p>' if letter.contact else ""
    return (
        f'{parts.recipients(to)}<div class="body">{"".join(parts.paragraph(para) for para in letter.body)}</div>'
        f"{parts.listed(letter.listed_attachments)}{signature(letter)}{contact}"
        f"{parts.annexes(letter.annexes, len(letter.attachments), letter.keep)}"
    )
