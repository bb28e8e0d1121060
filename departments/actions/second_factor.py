"""The second factor: an authenticator app, and ten codes on paper for the day it is lost (等保 8.1.4.1 d)."""

from __future__ import annotations

import base64
import datetime as dt
import secrets
import unicodedata

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_otp.oath import TOTP

from core.refusals import BadInput, FourEyes, Refused, WrongState
from core.sealing import blind_index, seal, unseal
from departments.actions.sessions import end_sessions
from departments.models import Authenticator, RecoveryCode, User
from departments.record import notify, record

PURPOSE = "departments.authenticator.secret"
CODES = 10
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that looks like another on paper
FAILURES, LOCKED = 5, dt.timedelta(minutes=15)
TOLERANCE = 1  # steps of 30 seconds a telephone's clock may differ


class Locked(Refused):
    sentence = _("Too many wrong codes. Try again in 15 minutes, or ask the system administrator.")


def new_secret() -> bytes:
    """160 random bits, as RFC 4226 recommends."""
    return secrets.token_bytes(20)


def spoken(secret: bytes) -> str:
    """A secret as an authenticator app takes it by hand: base32 in groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _lock(user: User) -> None:
    """One step on a person's second factor at a time; always this row first."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _plain(code: str) -> str:
    """As meant, however an input method wrote it (full-width digits)."""
    return "".join(unicodedata.normalize("NFKC", code).split()).replace("-", "").upper()


def _digest(user: User, code: str) -> str:
    return blind_index(f"{user.pk}:{_plain(code)}", purpose="departments.recovery_code")


def _step_of(secret: bytes, code: str, last_step: int, at: dt.datetime) -> int | None:
    """The step of 30 seconds whose digits these are, later than the last one used; else None."""
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        return None
    clock = TOTP(secret)
    clock.time = at.timestamp()
    if not clock.verify(int(code), tolerance=TOLERANCE, min_t=last_step + 1):
        return None
    return int(clock.t())


def _new_codes(user: User) -> list[str]:
    codes = ["".join(secrets.choice(LETTERS) for _each in range(10)) for _code in range(CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create([RecoveryCode(user=user, digest=_digest(user, code)) for code in codes])
    return [f"{code[:5]}-{code[5:]}" for code in codes]


@transaction.atomic
def set_authenticator(
    *, by: User, secret: bytes, code: str, first: bool = False, session_key: str = "", at: dt.datetime
) -> list[str]:
    """Take an authenticator into use, in place of the last one: the recovery codes, shown this once.

    Sessions of the person other than this one end. `first`: by who proved a password only, so never in place of one.

    :raises BadInput: the six digits are not what it says now
    :raises WrongState: `first`, and there is one
    """
    _lock(by)
    if first and Authenticator.objects.filter(user=by).exists():
        raise WrongState
    step = _step_of(secret, _plain(code), 0, at)
    if step is None:
        raise BadInput(_("These are not the six digits of this moment. Is the telephone's time right?"), field="code")
    Authenticator.objects.update_or_create(
        user=by,
        defaults={
            "secret": seal(secret.hex(), purpose=PURPOSE), "made_at": at, "last_step": step, "failures": 0,
            "locked_until": None,
        },
    )  # fmt: skip
    codes = _new_codes(by)
    record("user.second_factor_set", target=by, by=by, at=at)
    end_sessions(user=by, but=session_key, by=by, at=at)
    return codes


@transaction.atomic
def check_code(*, user: User, code: str, at: dt.datetime) -> bool:
    """Whether these are the digits of this moment, or a recovery code not used before. Either is used up by it.

    :raises Locked: five wrong ones in a row; for 15 minutes
    :raises WrongState: the person has no authenticator any more
    """
    _lock(user)
    mine = Authenticator.objects.filter(user=user).first()
    if mine is None:
        raise WrongState
    if mine.locked_until and at < mine.locked_until:
        raise Locked
    plain = _plain(code)
    secret = bytes.fromhex(unseal(bytes(mine.secret), purpose=PURPOSE))
    step = _step_of(secret, plain, mine.last_step, at)
    if step is not None:
        mine.last_step = step
    elif RecoveryCode.objects.filter(user=user, used_at=None, digest=_digest(user, plain)).update(used_at=at):
        left = RecoveryCode.objects.filter(user=user, used_at=None).count()
        record("user.recovery_code_used", target=user, by=user, at=at, left=left)
    else:
        mine.failures += 1
        if mine.failures >= FAILURES:
            mine.failures, mine.locked_until = 0, at + LOCKED
            record("user.locked_out", target=None, by=None, at=at, staff_number=user.staff_number)
            notify([user], "user.locked_out", target=None, at=at, tone="r")  # somebody knows the password
        mine.save(update_fields=["failures", "locked_until"])
        return False
    mine.failures, mine.locked_until = 0, None
    mine.save(update_fields=["last_step", "failures", "locked_until"])
    return True


@transaction.atomic
def renew_codes(*, by: User, at: dt.datetime) -> list[str]:
    """New recovery codes, shown this once; those of before are worth nothing.

    :raises WrongState: the person has no authenticator
    """
    _lock(by)
    if not Authenticator.objects.filter(user=by).exists():
        raise WrongState
    codes = _new_codes(by)
    record("user.recovery_codes_renewed", target=by, by=by, at=at)
    return codes


@transaction.atomic
def reset_second_factor(*, user: User, by: User, at: dt.datetime) -> User:
    """Take a lost authenticator away: the person is signed out everywhere and sets up a new one at the next sign-in.

    :raises FourEyes: nobody resets their own
    :raises WrongState: there is none
    """
    if user.pk == by.pk:
        raise FourEyes(_("Nobody resets their own second factor."))
    _lock(user)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise WrongState(_("This person has no second factor to reset."))
    RecoveryCode.objects.filter(user=user).delete()
    record("user.second_factor_reset", target=user, by=by, at=at)
    notify([user], "user.second_factor_reset", target=user, at=at, tone="r")
    end_sessions(user=user, by=by, at=at)
    return user
