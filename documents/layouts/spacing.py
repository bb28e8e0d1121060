"""Chinese lines are filled by widening the gaps between characters, which WeasyPrint does not do by itself.

WeasyPrint 70 justifies at spaces only, and Chinese has none: a line that ends before its 28th character
because a closing bracket may not begin the next, or because it holds digits, would stay ragged. `install`
replaces the one function that decides this; tests/documents/test_letter_layout.py measures the result, so a
new version of WeasyPrint that moves the function fails there.
"""

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

MOST_GAP = 0.35  # of the font size: a line emptier than that is better left ragged


def _texts(box: Any) -> list[Any]:
    if isinstance(box, boxes.TextBox):
        return [box] if box.text else []
    return [text for child in getattr(box, "children", ()) for text in _texts(child)]


def _widen(box: Any, gap: float, moved: float) -> float:
    """Widen every text in `box`, moved right by what came before; returns what comes after is moved by."""
    box.position_x += moved
    if isinstance(box, boxes.TextBox):
        style = box.style.copy()
        style["letter_spacing"] = (
            0 if style["letter_spacing"] == "normal" else style["letter_spacing"]
        ) + gap
        box.style = style
        box.width += gap * len(box.text)
        return moved + gap * len(box.text)
    inside = moved
    for child in box.children:
        inside = _widen(child, gap, inside)
    box.width += inside - moved
    return inside


def justify_line(context: Any, line: Any, extra_width: float) -> None:
    """Spread `extra_width` (CSS pixels) over the gaps between the characters of a line."""
    texts = _texts(line)
    characters = sum(len(text.text) for text in texts)
    inline_only = all(
        isinstance(box, (boxes.LineBox, boxes.TextBox, boxes.InlineBox)) for box in line.descendants()
    )
    if characters < 2 or not inline_only:
        return
    gap = extra_width / (characters - 1)
    if gap > MOST_GAP * line.style["font_size"]:
        return
    at = line.position_x
    _widen(line, gap, 0)
    line.position_x = at
    for text in texts:
        text.position_x -= gap / 2  # Pango puts half a gap before the first character


def install() -> None:
    """Make WeasyPrint justify as Chinese is justified."""
    inline.justify_line = justify_line
