"""Check digits of the codes Chinese law gives to bodies and persons."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def uscc_check(first17: str) -> str:
    """The 18th character of a 统一社会信用代码 (GB 32100-2015) from its first 17."""
    total = sum(_USCC_ALPHABET.index(c) * w for c, w in zip(first17, _USCC_WEIGHTS, strict=True))
    return _USCC_ALPHABET[-total % 31]


def is_uscc(code: str) -> bool:
    """Whether `code` is an 18-character 统一社会信用代码 with a right check character."""
    return len(code) == 18 and all(c in _USCC_ALPHABET for c in code) and uscc_check(code[:17]) == code[17]


def resident_id_check(first17: str) -> str:
    """The 18th character of a resident identity number (GB 11643-1999) from its first 17."""
    total = sum(int(c) * w for c, w in zip(first17, _ID_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def is_resident_id(number: str) -> bool:
    """Whether `number` is an 18-character resident identity number with a real birthday and check character."""
    if len(number) != 18 or not (number[:17].isascii() and number[:17].isdigit()):
        return False
    try:
        dt.datetime.strptime(number[6:14], "%Y%m%d")
    except ValueError:
        return False
    return resident_id_check(number[:17]) == number[17]


def validate_uscc(code: str) -> None:
    """:raises ValidationError: with a sentence, where `code` is not a valid 统一社会信用代码"""
    if not is_uscc(code):
        raise ValidationError(
            _("This is not a valid unified social credit code: 18 characters, the last one checks the others."),
            code="uscc",
        )


def validate_resident_id(number: str) -> None:
    """:raises ValidationError: with a sentence, where `number` is not a valid identity number"""
    if not is_resident_id(number):
        raise ValidationError(
            _("This is not a valid identity number: 18 characters, the last one checks the others."),
            code="resident_id",
        )


def masked(number: str) -> str:
    """An identity number as shown to people: the first four and the last two characters."""
    return number[:4] + "*" * max(len(number) - 6, 0) + number[-2:] if len(number) > 6 else "*" * len(number)
