"""The draw written a second time from docs/draw.md alone, by other means: bytes instead of numbers, repeated lots instead
of sums, a generator instead of a class. It imports nothing of the house."""

import hashlib
import json


def hex_of(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def hmac_of(key, text):
    """HMAC (RFC 2104) of SHA-256, whose block is 64 bytes, spelled out."""
    padded = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + text.encode("utf-8")).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in padded) + inner).digest()


def numbers(key, label):
    """send(n) gives the next number below n of the stream."""
    count = 0
    wanted = yield
    while True:
        block = int(hmac_of(key, f"{label}|{count}").hex(), 16)
        count += 1
        if block < 2**256 - 2**256 % wanted:
            wanted = yield block % wanted


def draw(stream, entries, wanted):
    found = []
    lots = [code for code, weight in entries for _ in range(weight)]
    while lots and len(found) < wanted:
        chosen = lots[stream.send(len(lots))]
        found.append(chosen)
        lots = [code for code in lots if code != chosen]
    return found


def stream_of(key, label):
    stream = numbers(key, label)
    next(stream)
    return stream


def worked_out(record):
    """(targets, teams) as a record writes them."""
    listed = json.loads(record["list"])
    digest = hex_of(record["list"])
    key = bytes.fromhex(hex_of("|".join(("draw-key-1", record["seed"], digest, record["public_number"]))))
    targets = draw(
        stream_of(key, "targets"),
        [(t["code"], t["weight"]) for t in listed["targets"]],
        listed["targets_wanted"],
    )
    teams = []
    for target in targets:
        for department in listed["departments"]:
            name = department["name"]
            free = [
                (officer["code"], 1)
                for officer in listed["officers"]
                if officer["department"] == name
                and not {target, "*"} & {recusal["target"] for recusal in officer["recused"]}
            ]
            wanted = listed["officers_wanted"]
            found = draw(
                stream_of(key, f"officers|{target}|{name}"), free, wanted + listed["officers_reserve"]
            )
            teams.append(
                {"target": target, "department": name, "officers": found[:wanted], "reserve": found[wanted:]}
            )
    return targets, teams
