"""Kill what can be killed while a desk goes on working: nothing is lost, nothing is doubled, nothing stays behind.

`make soak` runs this with SOAK_HITS greater than 1 and the hits in a random order (SOAK_SEED).
"""

import json
import os
import random
import subprocess
import sys

import pytest

from tests.operation.client import Desk, Listener
from tests.operation.house import ROOT, House

ROUNDS = int(os.environ.get("SOAK_HITS", "1"))
DICE = random.Random(int(os.environ.get("SOAK_SEED", "0")))  # noqa: S311
STAGES = 2  # overdue and escalated: clocks entered after their last day warn of nothing
SECONDS = 180  # the most a hit may cost where every core is busy; some five on a machine of its own
HITS = {
    "worker": lambda house: house.kill("worker"),
    "clerk": lambda house: house.kill("clerk"),
    "one web process": lambda house: house.kill("web", main=False),
    "web": lambda house: house.kill("web"),
    "Valkey emptied": lambda house: house.flush_valkey(),
    "PostgreSQL": lambda house: house.crash_postgres(),
}


class Operator:
    def __init__(self, house):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.operation.operator"], cwd=ROOT, text=True,
            env={**house.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "HOUSE_ROLE": "app"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def do(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the operator failed at {words}"
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(30)


@pytest.fixture
def listener():
    listening = Listener()
    yield listening
    listening.close()


@pytest.fixture
def house(listener):
    with House(HOUSE_WEBHOOKS=listener.url) as standing:
        yield standing


def hits():
    order = [name for name in HITS for _ in range(ROUNDS)]
    if ROUNDS > 1:
        DICE.shuffle(order)
    return order


def test_nothing_is_lost_doubled_or_left_behind(house, listener):
    operator = Operator(house)
    known = operator.do("found")
    desk = Desk(house.url, known)
    desk.start()
    clocks = messages = 0
    for hit in hits():
        operator.do("clocks", 5)
        operator.do("messages", 5, listener.url)
        clocks, messages, before = clocks + 5, messages + 5, len(desk.registered)
        HITS[hit](house)
        house.wait_for(house.answers, SECONDS)
        house.wait_for(lambda before=before: len(desk.registered) > before, SECONDS)
        registered = len(desk.registered)  # asked first: the desk works on while the cases are counted
        assert operator.do("count")["cases"] >= known["cases"] + registered, hit
    desk.end()

    def at_rest():
        now = operator.do("count")
        return now["firings"] == STAGES * clocks and now["done"] == messages and not now["unsealed"]

    house.wait_for(at_rest, 120)  # a message taken by a killed clerk waits for its lease to end
    held = operator.do("count")
    operator.close()
    assert not desk.refused
    cases = known["cases"] + len(desk.registered)
    assert held["numbers"] == list(range(held["numbers"][0], held["numbers"][0] + cases))
    assert (held["cases"], held["registered"]) == (cases, cases)
    assert held["chases"] == 1 and desk.chased <= 1  # an answer may be lost, a reminder not
    assert (held["clocks"], held["firings"], held["firing events"]) == (clocks, STAGES * clocks, STAGES * clocks)
    assert (held["firing events doubled"], held["told doubled"]) == (0, 0)
    assert (held["messages"], held["done"], held["failed"]) == (messages, messages, 0)
    assert len(listener.numbers) == messages
    proof = subprocess.run(
        [sys.executable, "manage.py", "verify_journal"], cwd=ROOT, capture_output=True, text=True,
        env={**house.environ, "HOUSE_ROLE": "clerk"},
    )  # fmt: skip
    assert proof.returncode == 0, proof.stdout + proof.stderr

    assert house.everything()
    assert house.stop() in (0, 130), house.said.read_text()[-2000:]
    assert house.everything() == []
    assert "stopped" in house.said.read_text()
