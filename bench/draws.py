"""The draw is uniform: chi-square over 10 000 draws of targets and officers, with new seeds each time it is measured."""

import itertools
import math
import secrets
import time
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from inspections.draw_algorithm import canonical, digest_of, key_of, run

TITLE = "Random draw of targets and officers, 10 000 draws"
DRAWS = 10_000
DEPARTMENT = "青禾县医疗保障局"


def frozen(
    weights: Iterable[int], *, wanted: int, officers: int = 5, recused: Mapping[int, str] | None = None
) -> dict[str, Any]:
    """A list of targets T00, T01 … with these weights and of officers O0, O1 … of one department."""
    said = recused or {}
    return {
        "version": 1, "draw": "bench", "targets_wanted": wanted, "officers_wanted": 2, "officers_reserve": 0,
        "departments": [{"id": 1, "name": DEPARTMENT}],
        "targets": [{"code": f"T{n:02d}", "weight": weight} for n, weight in enumerate(weights)],
        "officers": [
            {"code": f"O{n}", "department": DEPARTMENT, "recused": [{"target": said[n]}] if n in said else []}
            for n in range(officers)
        ],
    }  # fmt: skip


def chi_square(seen: Mapping[Hashable, int], expected: Mapping[Hashable, Fraction], draws: int) -> float:
    """Of counts against exact chances, which add up to 1; what has no chance must not be there.

    Raises ValueError where something without a chance came out.
    """
    if set(seen) - set(expected) or sum(expected.values()) != 1:
        raise ValueError("something came out that has no chance")
    return sum(
        (seen.get(cell, 0) - draws * float(chance)) ** 2 / (draws * float(chance))
        for cell, chance in expected.items()
    )


def p_value(statistic: float, freedom: int) -> float:
    """The chance of a statistic at least so large: Q(freedom / 2, statistic / 2), by the series of the lower gamma."""
    a, x = freedom / 2, statistic / 2
    term = total = 1 / a
    n = a
    while term > total * 1e-15:
        n += 1
        term *= x / n
        total += term
    return max(0.0, 1 - total * math.exp(-x + a * math.log(x) - math.lgamma(a)))


def ordered_pairs(weights: list[int]) -> dict[tuple[str, str], Fraction]:
    """The exact chance of each first and second target, drawn one after the other by weight."""
    whole = sum(weights)
    return {
        (f"T{i:02d}", f"T{j:02d}"): Fraction(weights[i], whole) * Fraction(weights[j], whole - weights[i])
        for i, j in itertools.permutations(range(len(weights)), 2)
    }


def outcomes(listed: dict[str, Any], seeds: Iterable[str]) -> Iterable[Any]:
    digest = digest_of(canonical(listed))
    for number, seed in enumerate(seeds):
        yield run(listed, key_of(seed, digest, f"{number:014d}"))


def _report(name: str, seen: Counter, expected: dict, figures: dict[str, object]) -> None:
    statistic = chi_square(seen, expected, DRAWS)
    freedom = len(expected) - 1
    figures[f"{name}: chi-square, {freedom} degrees of freedom"] = round(statistic, 2)
    figures[f"{name}: p"] = round(p_value(statistic, freedom), 4)


def measure() -> dict[str, object]:
    """Three experiments: every target alike, weights as given, and pairs of officers; with the time a draw takes."""
    seeds = [secrets.token_hex(32) for _ in range(DRAWS)]
    alike, weights = frozen([1] * 20, wanted=1), [1, 1, 2, 3, 5, 8]
    firsts, pairs, officers = Counter(), Counter(), Counter()
    begin = time.perf_counter()
    for outcome in outcomes(alike, seeds):
        firsts[outcome.targets[0]] += 1
        officers[outcome.teams[0].officers] += 1
    seconds = time.perf_counter() - begin
    for outcome in outcomes(frozen(weights, wanted=2), seeds):
        pairs[outcome.targets] += 1
    figures: dict[str, object] = {
        "draws": DRAWS,
        "ms a draw (20 targets, 5 officers)": round(1000 * seconds / DRAWS, 3),
    }
    _report("one of 20 targets alike", firsts, {f"T{n:02d}": Fraction(1, 20) for n in range(20)}, figures)
    _report("two of 6 targets with weights 1 1 2 3 5 8, in order", pairs, ordered_pairs(weights), figures)
    both = {pair: Fraction(1, 20) for pair in itertools.permutations([f"O{n}" for n in range(5)], 2)}
    _report("two of 5 officers, in order", officers, both, figures)
    return figures
