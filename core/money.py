"""Money is Decimal with two places, in yuan, and never a float."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from core.refusals import BadInput

CENT = Decimal("0.01")
LIMIT = Decimal("999999999999.99")

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def yuan(value) -> Decimal:
    """`value` (str, int or Decimal) rounded half up to two places, in yuan.

    :raises TypeError: for a float
    """
    if isinstance(value, float):
        raise TypeError("money is never a float")
    return Decimal(value).quantize(CENT, rounding=ROUND_HALF_UP)


def exact(amount: Decimal | int | str, field: str = "amount") -> Decimal:
    """An amount that somebody entered: above zero, in yuan to the fen, never rounded in silence.

    :raises BadInput: not above zero, too large, or finer than the fen; each is written to the journal
    :raises TypeError: for a float
    """
    if isinstance(amount, float):
        raise TypeError("money is never a float")
    amount = Decimal(amount)
    if not amount.is_finite() or amount <= 0:
        raise BadInput(_("The amount must be above zero."), field=field, record=True)
    if amount > LIMIT:
        raise BadInput(_("The amount is too large."), field=field, record=True)
    if amount != amount.quantize(CENT):
        raise BadInput(_("An amount has at most two places after the point."), field=field, record=True)
    return amount.quantize(CENT)


def _group_in_capitals(number: int) -> str:
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + _DIGITS[digit] + _PLACES[place]
            zero = False
        else:
            zero = True
    return text


def in_capitals(amount: Decimal) -> str:
    """An amount in yuan as 大写 with its prefix: 16409.02 → 人民币壹万陆仟肆佰零玖元零贰分 (FACTS §2.10).

    :raises ValueError: for a negative amount or one above `LIMIT`
    """
    amount = yuan(amount)
    if amount < 0 or amount > LIMIT:
        raise ValueError("amount out of range")
    cents = int(amount * 100)
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text, zero = "", False
    for index in (2, 1, 0):
        group = whole // 10 ** (4 * index) % 10000
        if group:
            if text and (zero or group < 1000):
                text += "零"
            text += _group_in_capitals(group) + _GROUPS[index]
            zero = False
        elif text:
            zero = True
    if whole:
        text += "元"
    elif not jiao and not fen:
        text = "零元"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif fen and whole:
        text += "零"
    text += _DIGITS[fen] + "分" if fen else "" if jiao else "整"
    return "人民币" + text
