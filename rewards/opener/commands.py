"""What may be asked of the opener over its socket. Every command takes plain values and answers plain values."""

import base64
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from core.refusals import Refused
from rewards.actions import opener_keys, opener_openings, opener_payees
from rewards.opener.ceremonies import Ceremonies
from rewards.opener.keys import House
from rewards.refusals_opening import BadRequest


@dataclass
class Opener:
    """What the process holds: its secret, and the halves given so far."""

    house: House
    ceremonies: Ceremonies = field(default_factory=Ceremonies)


Command = Callable[[dict[str, Any], Opener, dt.datetime], dict[str, Any]]


def ping(values: dict[str, Any], opener: Opener, at: dt.datetime) -> dict[str, Any]:
    return {"under_way": len(opener.ceremonies)}


def enrol(values: dict[str, Any], opener: Opener, at: dt.datetime) -> dict[str, Any]:
    codes = opener_keys.enrol(
        house=opener.house, user_id=values["user_id"], region_id=values["region_id"],
        passphrase=values["passphrase"], at=at,
    )  # fmt: skip
    return {"codes": codes.openings, "file_codes": codes.bank_files}


def codes_left(values: dict[str, Any], opener: Opener, at: dt.datetime) -> dict[str, Any]:
    left, file_left = opener_keys.codes_left(values["user_id"], values["region_id"]) or (None, None)
    return {"left": left, "file_left": file_left}


def codes_of_region(values: dict[str, Any], opener: Opener, at: dt.datetime) -> dict[str, Any]:
    held = opener_keys.codes_of_region(values["region_id"])
    return {"keys": {str(user_id): counts for user_id, counts in held.items()}}


def _noted(values: dict[str, Any], at: dt.datetime, step: Callable[[], Any]) -> Any:
    try:
        return step()
    except Refused as refusal:
        if refusal.record:
            opener_openings.note_failure(
                opening_id=values["opening_id"], user_id=values["user_id"], refusal=refusal, at=at
            )
        raise


def give_key(values: dict[str, Any], opener: Opener, at: dt.datetime) -> dict[str, Any]:
    opening = _noted(values, at, lambda: opener_openings.give_key(
        house=opener.house, ceremonies=opener.ceremonies, opening_id=values["opening_id"],
        user_id=values["user_id"], passphrase=values["passphrase"], code=values["code"], at=at,
    ))  # fmt: skip
    return {"status": str(opening.status)}


def show(values: dict[str, Any], opener: Opener, at: dt.datetime) -> dict[str, Any]:
    return {"fields": _noted(values, at, lambda: opener_openings.show(
        ceremonies=opener.ceremonies, opening_id=values["opening_id"], user_id=values["user_id"], at=at
    ))}  # fmt: skip


def payee_key(values: dict[str, Any], opener: Opener, at: dt.datetime) -> dict[str, Any]:
    names = ("file_id", "user_id", "passphrase", "code")
    given = {name: values[name] for name in names}
    try:
        count = opener_payees.give_payee_key(house=opener.house, ceremonies=opener.ceremonies, at=at, **given)
    except Refused as refusal:
        if refusal.record:
            opener_payees.note_payee_failure(
                file_id=given["file_id"], user_id=given["user_id"], refusal=refusal, at=at
            )
        raise
    return {"given": count}


def payee_keys(values: dict[str, Any], opener: Opener, at: dt.datetime) -> dict[str, Any]:
    return {"users": opener_payees.givers(ceremonies=opener.ceremonies, file_id=values["file_id"])}


def bank_file(values: dict[str, Any], opener: Opener, at: dt.datetime) -> dict[str, Any]:
    packed = opener_payees.make_bank_file(
        ceremonies=opener.ceremonies, file_id=values["file_id"], passphrase=values["passphrase"], at=at
    )
    return {"zip": base64.b64encode(packed).decode()}


commands: dict[str, Command] = {
    "ping": ping,
    "enrol": enrol,
    "codes_left": codes_left,
    "codes_of_region": codes_of_region,
    "give_key": give_key,
    "show": show,
    "payee_key": payee_key,
    "payee_keys": payee_keys,
    "bank_file": bank_file,
}


def answer(request: dict[str, Any], opener: Opener, at: dt.datetime) -> dict[str, Any]:
    """The answer to a request: {"ok": …} or {"refused": name of the refusal, "field": …, "positions": rows it is about}.

    Never a traceback.
    """
    command = commands.get(str(request.get("command")))
    values = request.get("values")
    if command is None or not isinstance(values, dict):
        return {"refused": BadRequest.__name__, "field": None}
    opener.ceremonies.forget_old(at)
    try:
        return {"ok": command(values, opener, at)}
    except Refused as refusal:
        named = {"positions": refusal.details["positions"]} if refusal.details.get("positions") else {}
        return {"refused": type(refusal).__name__, "field": refusal.field} | named
    except KeyError:
        return {"refused": BadRequest.__name__, "field": None}
