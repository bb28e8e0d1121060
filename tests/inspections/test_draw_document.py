"""docs/draw.md is enough to write the draw again: a second implementation, by other means, gives the same everywhere."""

import json
import random
import re
from pathlib import Path

import pytest
from django.conf import settings

from inspections.draw_algorithm import canonical, commitment_of, digest_of, key_of, run
from inspections.draw_check import agrees, check, drawn
from tests.inspections.independent_draw import hex_of, hmac_of, worked_out

TEXT = (Path(settings.BASE_DIR) / "docs" / "draw.md").read_text(encoding="utf-8")


@pytest.fixture
def example():
    return json.loads(re.search(r"```json\n(.*?)\n```", TEXT, re.DOTALL)[1])


def test_the_example_is_what_both_work_out(example):
    assert worked_out(example) == (example["targets"], example["teams"])
    checks = check(example)
    assert len(checks) == 5 and agrees(checks)
    assert example["seed"] == hex_of("an example of a seed") and "an example of a seed" in TEXT


def _made_up(dice, number):
    departments = [f"单位{dice.choice('甲乙丙丁')}{n}" for n in range(dice.randint(1, 3))]
    targets = [
        {"code": f"T{n:03d}", "weight": dice.choice([1, 1, 2, 7, 100])} for n in range(dice.randint(1, 25))
    ]
    officers = [
        {
            "code": f"{n:04d}", "department": name,
            "recused": [{"target": dice.choice([*(t["code"] for t in targets), "*"])}] if dice.random() < 0.3 else [],
        }
        for name in departments
        for n in range(dice.randint(0, 8))
    ]  # fmt: skip
    listed = {
        "draw": f"{number}", "targets_wanted": dice.randint(1, len(targets) + 2), "officers_wanted": dice.randint(2, 4),
        "officers_reserve": dice.randint(0, 2), "targets": targets, "officers": officers,
        "departments": [{"id": n, "name": name} for n, name in enumerate(sorted(set(departments)))],
    }  # fmt: skip
    text, seed = canonical(listed), f"{dice.getrandbits(256):064x}"
    return listed, {
        "number": f"{number}", "list": text, "list_digest": digest_of(text), "seed": seed,
        "commitment": commitment_of(seed, digest_of(text)), "public_number": f"{dice.randrange(10**14):014d}",
    }  # fmt: skip


def test_on_hundreds_of_lists_of_every_shape_both_agree():
    dice = random.Random(20261123)  # noqa: S311 (makes up lists, draws nothing)
    for number in range(300):
        listed, record = _made_up(dice, number)
        outcome = run(listed, key_of(record["seed"], record["list_digest"], record["public_number"]))
        assert (drawn(outcome)["targets"], drawn(outcome)["teams"]) == worked_out(record)


def test_the_second_implementation_stands_on_the_published_vectors():
    """RFC 4231, test cases 1 and 2, and FIPS 180-2: without them both could be wrong in the same way."""
    assert (
        hmac_of(b"\x0b" * 20, "Hi There").hex()
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    )
    assert hmac_of(b"Jefe", "what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    assert hex_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (lambda record: record.update(list=record["list"].replace('"weight":3', '"weight":1')), 1),
        (lambda record: record.update(seed="0" * 64), 3),
        (lambda record: record.update(public_number="123456"), 2),
        (lambda record: record["targets"].reverse(), 1),
        (lambda record: record["teams"][0]["officers"].reverse(), 1),
        (lambda record: record.update(commitment="f" * 64), 1),
        (lambda record: record.update(number="439926-2026-002"), 1),
    ],
)
def test_whatever_is_changed_is_seen(example, change, wrong):
    change(example)
    checks = check(example)
    assert not agrees(checks) and sum(not each.agrees for each in checks) >= wrong
    assert all(each.said for each in checks if not each.agrees)


WHOLE = {
    "public_what": "中国福利彩票双色球当期开奖号码（示例）", "public_from": "2026-11-19T21:30:00+08:00",
    "committed_at": "2026-11-19T20:30:00+08:00", "drawn_at": "2026-11-19T21:30:00+08:00",
}  # fmt: skip


def test_a_whole_record_says_the_same_as_its_list_and_was_committed_to_in_time(example):
    checks = check(example | WHOLE)
    assert len(checks) == 5 and agrees(checks)
    assert agrees(check(example | WHOLE | {"drawn_at": ""}))
    for change in (
        {"public_what": "另一个号码"}, {"public_from": "2026-11-19T21:00:00+08:00"},
        {"committed_at": "2026-11-19T20:30:01+08:00"}, {"drawn_at": "2026-11-19T21:29:59+08:00"},
    ):  # fmt: skip
        wrong = [each for each in check(example | WHOLE | change) if not each.agrees]
        assert wrong and all(each.said for each in wrong), change
    assert not agrees(check(example | WHOLE | {"committed_at": "gestern"}))


@pytest.mark.parametrize(
    "nonsense", [{}, {"list": "{"}, {"list": "[]", "list_digest": "", "number": ""}, {"list": 3}]
)
def test_what_is_no_record_does_not_agree(nonsense):
    checks = check(nonsense)
    assert len(checks) == 1 and not agrees(checks) and checks[0].said


def test_a_record_without_seed_or_number_is_checked_as_far_as_it_goes(example):
    committed = {**example, "seed": "", "public_number": "", "targets": [], "teams": []}
    assert [each.agrees for each in check(committed)] == [True, True]
    abandoned = {**committed, "seed": example["seed"]}
    assert [each.agrees for each in check(abandoned)] == [True, True, True]
