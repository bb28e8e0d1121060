"""署名, 成文日期 and the room of the seals (GB/T 9704-2012 7.3.5), for one issuer and for several."""

from core.dates import chinese_date
from documents.layouts.parts import CHARACTER, GRID, WIDE, safe
from documents.letter import Letter
from documents.titles import width_of

ROWS_ABOVE_STAMP = 2  # a stamp of 42 mm then starts within one line of the text and covers name and date
STAMP_ROWS = 5  # rows from one row of stamps to the next: 42 mm and a gap
MOST_OF_THREE, MOST_OF_TWO = 9, 13  # characters of a name that three, or two, of in a row have room for


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


def _line(text: str, left: float, css: str) -> str:
    long = ' class="long"' if width_of(text) > 28 else ""
    return f'<div class="{css}" style="padding-left: {max(0.0, left) * CHARACTER:.3f}mm"><p{long}>{safe(text)}</p></div>'


def signature(letter: Letter) -> str:
    """Who signs, and when. Never alone on a page: the style sheet pulls text over."""
    if letter.joint:
        return _joint(letter)
    name, date = letter.signed_by or letter.issuer, chinese_date(letter.date)
    name_left, date_left = signature_place(name, date, sealed=letter.sealed)
    for_it = ""
    if letter.seal_of:
        words = f"（{letter.seal_of}代章）"
        for_it = _line(words, min(name_left + (width_of(name) - width_of(words)) / 2, 28 - width_of(words)), "signer")
    rows = ROWS_ABOVE_STAMP if letter.sealed else 1
    return (
        f'<div class="signature" style="padding-top: {rows * GRID:.3f}mm">{_line(name, name_left, "signer")}'
        f"{for_it}{_line(date, date_left, 'dated')}</div>"
    )


def _joint(letter: Letter) -> str:
    """联合行文. Sealed: the names in rows, so far apart that no stamp touches another, the date under the last.

    Unsealed: one under the other, the leading one first.
    """
    names, date = (letter.signed_by or letter.issuer, *letter.joint), chinese_date(letter.date)
    if not letter.sealed:
        widest = max(width_of(name) for name in names)
        lines = "".join(_line(name, 28 - 2 - width_of(name), "signer") for name in names)
        place = signature_place("字" * int(widest), date, sealed=False)[1]
        return f'<div class="signature" style="padding-top: {GRID:.3f}mm">{lines}{_line(date, place, "dated")}</div>'
    longest = max(width_of(name) for name in names)
    in_row = 3 if longest <= MOST_OF_THREE and len(names) not in (2, 4) else 2 if longest <= MOST_OF_TWO else 1
    rows = [names[start : start + in_row] for start in range(0, len(names), in_row)]
    html, dated = "", f"<p>{date}</p>"
    for number, row in enumerate(rows):
        above = ROWS_ABOVE_STAMP if number == 0 else STAMP_ROWS - 1
        cells = "".join(
            f'<div style="width: {WIDE / in_row:.3f}mm"><p>{safe(name)}</p>{dated if place == len(names) else ""}</div>'
            for place, name in enumerate(row, number * in_row + 1)
        )
        html += f'<div class="stamps" style="padding-top: {above * GRID:.3f}mm">{cells}</div>'
    return f'<div class="signature">{html}</div>'
