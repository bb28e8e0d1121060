"""The 16-digit code that follows a report up: shown once, only its digest is kept."""

import secrets

from core.sealing import blind_index

LENGTH = 16
PURPOSE = "rewards.receipt"
TOKEN_PURPOSE = "rewards.token"  # noqa: S105 (the name of a purpose)


def check_digit(first15: str) -> str:
    """The last digit: ISO/IEC 7064 MOD 11,10 finds every single slip of the finger and swapped neighbours."""
    product = 10
    for digit in first15:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def code_of(submission: str) -> str:
    """The code of one showing of the form (its key, a secret of that page): 15 digits nobody can guess and the one
    that checks them. The form sent twice gives the same code, so that nobody loses it by an impatient finger."""
    number = int(blind_index(submission, purpose=PURPOSE + ".code"), 16)
    first = f"{number % 10 ** (LENGTH - 1):0{LENGTH - 1}d}"
    return first + check_digit(first)


def new_submission() -> str:
    """A key for a report that comes from no form of the public page."""
    return secrets.token_urlsafe(24)


def plain_code(typed: str) -> str:
    """The digits of a code as somebody typed it: spaces, dashes and full-width digits are understood."""
    return "".join(str(int(c)) for c in typed if c.isdecimal())


def is_code(code: str) -> bool:
    """Whether `code` has 16 digits of which the last one checks the others."""
    return len(code) == LENGTH and code.isascii() and code.isdigit() and check_digit(code[:-1]) == code[-1]


def grouped(code: str) -> str:
    """1234 5678 9012 3456, as it is read aloud and copied by hand."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def digest(code: str) -> str:
    """What is kept of a receipt code."""
    return blind_index(code, purpose=PURPOSE)


def token_digest(token: str) -> str:
    """What is kept of the identifying token (标识码) a reporter chose."""
    return blind_index(token, purpose=TOKEN_PURPOSE)
