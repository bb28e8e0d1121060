"""The public number: how it is written down, and which one is proposed."""

import datetime as dt

from django.utils.translation import gettext as _

from core.dates import SHANGHAI, local_date
from core.refusals import BadInput

LEAST, MOST = 6, 40  # digits
PROPOSED = "中国福利彩票双色球当期开奖号码（红球由小到大，蓝球在后，每球两位）"
_EVENINGS = (1, 3, 6)  # Tuesday, Thursday, Sunday
_OUT_AT = dt.time(21, 30)
_PLAIN = str.maketrans("０１２３４５６７８９", "0123456789", " 　,，、.。+＋-—|/:：;；\t")


def plain_number(typed: str) -> str:
    """The digits of a number as published, blanks and signs between them left out.

    :raises BadInput: anything else in it, or not 6 to 40 digits (field `public_number`)
    """
    digits = typed.translate(_PLAIN)
    if not (digits.isascii() and digits.isdigit() and LEAST <= len(digits) <= MOST):
        raise BadInput(
            _("Enter the number as it was published: %(least)d to %(most)d digits.")
            % {"least": LEAST, "most": MOST},
            field="public_number",
        )
    return digits


def proposed_from(at: dt.datetime) -> dt.datetime:
    """When the proposed number is out: the next evening of a drawing that is at least an hour ahead."""
    day = local_date(at)
    while True:
        out = dt.datetime.combine(day, _OUT_AT, SHANGHAI)
        if day.weekday() in _EVENINGS and out >= at + dt.timedelta(hours=1):
            return out
        day += dt.timedelta(days=1)
