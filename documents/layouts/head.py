"""文件格式, the red head of GB/T 9704-2012 clause 7, as HTML: 通知, 通报, 报告, 请示; down, across and up.

Distances in millimetres from the upper edge of the type area.
"""

from documents import fonts
from documents.layouts import letter as letter_layout
from documents.layouts import parts
from documents.layouts.parts import ASCENT, CHARACTER, GRID, HALF_LEADING, THREE, WIDE, safe
from documents.letter import Letter
from documents.titles import break_title

MARK_BELOW = 35.0
MARK_SIZE = 16.0  # em
JOINT_SIZES = {2: 12.0, 3: 10.5, 4: 9.0}  # by how many issue it together; lower beyond that
JOINT_LINE = 1.3  # em from one name to the next
RULE_GAP = 4.0  # from the number to the red rule
RULE = 0.5
LINES_ABOVE_NUMBER = 2
SIGNERS_IN_ROW = 2


def _mark(letter: Letter) -> tuple[str, float]:
    """The red mark, its ink beginning 35 mm down, and where its ink ends."""
    if letter.joint:
        return _joint_mark(letter)
    words = letter.mark or f"{letter.issuer}文件"
    set_in = parts.fit(words, MARK_SIZE)
    above, below = fonts.ink("xiaobiaosong", words)
    top = MARK_BELOW - set_in.size * (ASCENT - above)
    html = (
        f'<div class="mark" style="top: {top:.3f}mm; font-size: {set_in.size:.3f}mm; line-height: {set_in.size:.3f}mm">'
        f'<span style="transform: scaleX({set_in.factor:.4f})">{safe(words)}</span></div>'
    )
    return html, MARK_BELOW + set_in.size * (above - below)


def _joint_mark(letter: Letter) -> tuple[str, float]:
    """The names of all issuers, spread to one width, the leading one first; 文件 to the right of their middle."""
    names = (letter.issuer, *letter.joint)
    size = JOINT_SIZES.get(len(names), 36.0 / len(names))
    above = max(fonts.ink("xiaobiaosong", name)[0] for name in names)
    below = min(fonts.ink("xiaobiaosong", name)[1] for name in names)
    high = (len(names) - 1) * size * JOINT_LINE + size * (above - below)
    word = "文件"
    word_size = min(MARK_SIZE, max(size, high))
    widest = max(parts.mark_width(name) for name in names) * size
    factor = min(1.0, WIDE / (widest + (len(word) + 0.4) * word_size))
    top = MARK_BELOW - size * (ASCENT - above)
    html = []
    for number, name in enumerate(names):
        gaps = max(1, len(name) - 1)
        spread = (widest - parts.mark_width(name) * size) / gaps
        html.append(
            f'<div style="top: {number * size * JOINT_LINE:.3f}mm; font-size: {size:.3f}mm; '
            f'line-height: {size:.3f}mm; letter-spacing: {spread:.3f}mm">{safe(name)}</div>'
        )
    ink_above, ink_below = fonts.ink("xiaobiaosong", word)
    middle = size * (ASCENT - above) + high / 2  # of all names' ink, from `top`
    word_top = middle - word_size * (ASCENT - (ink_above + ink_below) / 2)
    html.append(
        f'<div style="top: {word_top:.3f}mm; left: {widest + 0.4 * word_size:.3f}mm; font-size: {word_size:.3f}mm; '
        f'line-height: {word_size:.3f}mm">{word}</div>'
    )
    whole = widest + (len(word) + 0.4) * word_size
    return (
        f'<div class="joint" style="top: {top:.3f}mm; left: {(WIDE - whole) / 2:.3f}mm; width: {whole:.3f}mm; '
        f'transform: scaleX({factor:.4f})">{"".join(html)}</div>',
        MARK_BELOW + high,
    )


def _signers(names: tuple[str, ...], top: float) -> str:
    """签发人 of a paper that goes up: at the right, two names a row, further rows under the first name."""
    rows = [names[start : start + SIGNERS_IN_ROW] for start in range(0, len(names), SIGNERS_IN_ROW)]
    html = "".join(
        f"<div><span>{'签发人：' if number == 0 else ''}</span>"
        + "".join(f'<span class="kai">{safe(name)}</span>' for name in row)
        + "</div>"
        for number, row in enumerate(rows)
    )
    return f'<div class="signers" style="top: {top:.3f}mm">{html}</div>'


def _head(letter: Letter) -> tuple[str, float]:
    """Everything above the title, and how high it is, the red rule included."""
    mark, ink_end = _mark(letter)
    rows = -(-len(letter.signers) // SIGNERS_IN_ROW)
    first_line = ink_end + LINES_ABOVE_NUMBER * GRID
    line = first_line + max(0, rows - 1) * GRID
    baseline = line + HALF_LEADING + ASCENT * THREE
    _above, below = fonts.ink("fang", letter.number or "〔〕号")
    rule = baseline - below * THREE + RULE_GAP
    left = [
        f'<p class="{face}" style="top: {row * GRID:.3f}mm">{safe(words)}</p>'
        for row, (face, words) in enumerate(
            (face, words)
            for face, words in (("", letter.serial), ("hei", letter.secrecy), ("hei", letter.urgency))
            if words
        )
    ]
    side = f"left: {CHARACTER:.3f}mm" if letter.signers else f"left: 0; width: {WIDE}mm; text-align: center"
    number = f'<p style="top: {line:.3f}mm; {side}">{safe(letter.number)}</p>'
    signers = _signers(letter.signers, first_line) if letter.signers else ""
    html = (
        f'<div class="head" style="height: {rule + RULE:.3f}mm">{"".join(left)}{mark}{number}{signers}'
        f'<div class="red" style="top: {rule:.3f}mm; height: {RULE}mm"></div></div>'
    )
    return html, rule + RULE


def html(letter: Letter) -> str:
    """The paper as one HTML document; its stylesheets are `gov.css` and `head.css`."""
    head, high = _head(letter)
    lines = int((parts.TYPE_BOTTOM - parts.TYPE_TOP - high) / GRID)
    lines -= 2 + len(break_title(letter.title, letter.keep)) + 1
    moved = parts.lines_of_recipients(letter.recipients) >= lines
    imprint = parts.imprint(
        issuer=letter.printed_by or letter.issuer,
        date=letter.date,
        copies=letter.copies,
        to=letter.recipients if moved else (),
    )
    return parts.page(
        title=letter.title,
        author=letter.issuer,
        date=letter.date,
        body=f"{head}{parts.title(letter.title, letter.keep)}"
        f"{letter_layout.text(letter, () if moved else letter.recipients)}{imprint}"
        f"{parts.verification(letter.verification_code, letter.verification_url)}",
    )
