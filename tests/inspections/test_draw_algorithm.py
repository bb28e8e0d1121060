"""The algorithm alone: exact chances, uniformity, recusals, and what it does not depend on."""

import hashlib
import itertools
import random
from collections import Counter
from fractions import Fraction

import pytest

from bench.draws import chi_square, frozen, ordered_pairs, outcomes, p_value
from inspections.draw_algorithm import (
    Stream,
    canonical,
    commitment_of,
    digest_of,
    eligible,
    in_turn,
    key_of,
    may_go,
    run,
)

SEEDS = [hashlib.sha256(f"seed {n}".encode()).hexdigest() for n in range(3000)]
KEY = key_of(SEEDS[0], digest_of("list"), "03071219253108")


def test_the_same_record_gives_the_same_and_every_part_of_it_matters():
    listed = frozen([1, 2, 3, 4, 5, 6, 7, 8], wanted=4)
    digest = digest_of(canonical(listed))
    first = run(listed, key_of(SEEDS[0], digest, "123456"))
    assert run(listed, key_of(SEEDS[0], digest, "123456")) == first
    random.seed(4711)  # nothing of Python's own dice
    assert run(listed, key_of(SEEDS[0], digest, "123456")) == first
    others = [
        key_of(SEEDS[1], digest, "123456"), key_of(SEEDS[0], digest_of("another"), "123456"),
        key_of(SEEDS[0], digest, "123457"),
    ]  # fmt: skip
    assert all(run(listed, key) != first for key in others)
    assert (
        commitment_of(SEEDS[0], digest)
        != commitment_of(SEEDS[1], digest)
        != commitment_of(SEEDS[1], digest_of("x"))
    )


def test_a_block_beyond_the_last_whole_round_is_thrown_away():
    class Given(Stream):
        def __init__(self, *blocks):
            self.blocks = list(blocks)

        def block(self):
            return self.blocks.pop(0)

    last = 2**256 - 2**256 % 10
    assert Given(last, 2**256 - 1, last - 1).below(10) == 9
    assert Given(0).below(1) == 0
    stream = Stream(KEY, "a")
    assert {stream.below(3) for _ in range(50)} == {0, 1, 2} and stream.used >= 50


def test_labels_are_streams_of_their_own():
    assert [Stream(KEY, "a").block() for _ in range(2)] == [Stream(KEY, "a").block()] * 2
    assert Stream(KEY, "a").block() != Stream(KEY, "b").block()


def test_nobody_is_drawn_twice_and_all_are_drawn_when_all_are_wanted():
    entries = [(f"c{n}", n + 1) for n in range(30)]
    for seed in SEEDS[:50]:
        drawn = in_turn(Stream(key_of(seed, "x", "1"), "t"), entries, 99)
        assert sorted(drawn) == sorted(code for code, _weight in entries)
    assert in_turn(Stream(KEY, "t"), entries, 0) == [] == in_turn(Stream(KEY, "t"), [], 3)


def _weighted_exactly(weights, wanted):
    """The exact chance of each target to be among those drawn, by going through every order."""
    whole, chances = sum(weights), [Fraction(0)] * len(weights)
    for order in itertools.permutations(range(len(weights)), wanted):
        chance, left = Fraction(1), whole
        for place in order:
            chance *= Fraction(weights[place], left)
            left -= weights[place]
        for place in order:
            chances[place] += chance
    return chances


@pytest.mark.parametrize("weights", [[1, 1, 1, 1], [1, 2, 3, 4], [10, 1, 1, 1]])
def test_in_whole_numbers_every_lot_counts_alike(weights):
    """Going through every number the first step can meet, each target comes out as often as it has lots."""

    class Fixed(Stream):
        def __init__(self, rest):
            self.rest = rest

        def below(self, n):
            return self.rest

    entries = [(str(n), weight) for n, weight in enumerate(weights)]
    seen = Counter(in_turn(Fixed(rest), entries, 1)[0] for rest in range(sum(weights)))
    assert [seen[str(n)] for n in range(len(weights))] == weights


def test_weighted_draws_agree_with_the_exact_chances():
    weights, wanted, draws = [1, 1, 2, 4, 8], 2, len(SEEDS)
    seen = Counter()
    for outcome in outcomes(frozen(weights, wanted=wanted), SEEDS):
        seen.update(outcome.targets)
    chances = _weighted_exactly(weights, wanted)
    assert sum(chances) == wanted
    for place, chance in enumerate(chances):
        expected = draws * float(chance)
        deviation = (draws * float(chance) * float(1 - chance)) ** 0.5
        assert abs(seen[f"T{place:02d}"] - expected) < 4 * deviation
    pairs = Counter(outcome.targets for outcome in outcomes(frozen(weights, wanted=2), SEEDS))
    expected_pairs = ordered_pairs(weights)
    assert p_value(chi_square(pairs, expected_pairs, draws), len(expected_pairs) - 1) > 0.001


def test_targets_and_officers_are_uniform():
    firsts, teams = Counter(), Counter()
    for outcome in outcomes(frozen([1] * 10, wanted=1), SEEDS):
        firsts[outcome.targets[0]] += 1
        teams[outcome.teams[0].officers] += 1
    each = {f"T{n:02d}": Fraction(1, 10) for n in range(10)}
    pairs = dict.fromkeys(itertools.permutations([f"O{n}" for n in range(5)], 2), Fraction(1, 20))
    assert p_value(chi_square(firsts, each, len(SEEDS)), 9) > 0.001
    assert p_value(chi_square(teams, pairs, len(SEEDS)), 19) > 0.001


def test_the_measure_sees_dice_that_are_loaded():
    """A draw that favours one target by a tenth would be found."""
    loaded = Counter({f"T{n:02d}": 300 for n in range(10)}) + Counter({"T00": 110}) - Counter({"T01": 110})
    each = {f"T{n:02d}": Fraction(1, 10) for n in range(10)}
    assert p_value(chi_square(loaded, each, 3000), 9) < 0.001
    with pytest.raises(ValueError, match="no chance"):
        chi_square(Counter({"X": 1}), each, 1)
    # of tables: 16.919 is the 5 % point of nine degrees of freedom, 43.82 the 0.1 % point of nineteen
    assert abs(p_value(16.919, 9) - 0.05) < 0.0001 and abs(p_value(43.820, 19) - 0.001) < 0.00001


def test_who_stands_aside_is_never_drawn_there():
    listed = frozen([1] * 4, wanted=4, officers=5, recused={0: "T01", 4: "*"})
    assert eligible(listed, "T01", "青禾县医疗保障局") == ["O1", "O2", "O3"]
    assert eligible(listed, "T00", "青禾县医疗保障局") == ["O0", "O1", "O2", "O3"]
    assert eligible(listed, "T00", "nobody") == []
    assert may_go(listed["officers"][0], "T02") and not may_go(listed["officers"][4], "T02")
    seen = {}
    for outcome in outcomes(listed, SEEDS[:400]):
        for team in outcome.teams:
            seen.setdefault(team.target, set()).update(team.officers)
    assert seen["T01"] == {"O1", "O2", "O3"} and seen["T00"] == {"O0", "O1", "O2", "O3"}


def test_the_reserve_comes_behind_and_changes_nobody_before_it():
    listed = frozen([1], wanted=1, officers=5)
    with_reserve = {**listed, "officers_reserve": 2}
    key = KEY
    without, more = run(listed, key).teams[0], run(with_reserve, key).teams[0]
    assert more.officers == without.officers and without.reserve == () and len(more.reserve) == 2
    assert set(more.officers).isdisjoint(more.reserve)


def test_a_list_has_one_way_to_be_written():
    one = canonical({"b": [1, {"z": "医", "a": None}], "a": "x"})
    assert one == '{"a":"x","b":[1,{"a":null,"z":"医"}]}'
    assert digest_of(one) == hashlib.sha256(one.encode("utf-8")).hexdigest()
