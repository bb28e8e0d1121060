"""A QR code as inline SVG: letters fetch nothing, and pages carry no picture made elsewhere."""

from collections.abc import Iterator
from itertools import groupby

import qrcode
from qrcode.constants import ERROR_CORRECT_M


def svg(text: str) -> str:
    """`text` as a square SVG of one path, with the quiet zone of four modules a reader needs."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    # one stroke for each run of dark modules: a fifth of the drawing orders of a square each
    path = "".join(
        f"M{start},{y}.5h{length}" for y, row in enumerate(matrix) for start, length in _dark_runs(row)
    )
    side = len(matrix)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="none" stroke="#000" d="{path}"/></svg>'
    )


def _dark_runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Where each run of dark modules begins, and how many modules it has."""
    start = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield start, length
        start += length
