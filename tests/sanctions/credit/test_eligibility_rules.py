"""May a subject apply: a table of what the law says, and an independent calculation day by day on random records."""

import datetime as dt
from random import Random

import pytest

from sanctions.eligibility_rules import Event, Facts, Hold, Tie, judge

A, B, C, P = 1, 2, 3, 9  # bodies and a person
START = dt.date(2024, 2, 29)


def day(text):
    return dt.date.fromisoformat(text)


def hold(who, kind="bar", first="2024-02-29", last="2027-02-28"):
    return Hold(who, kind, day(first), day(last) if last else None, number=f"{kind}{who}")


# what, facts, day, ways and kinds of the reasons, first free day
TABLE = [
    ("nothing on record", Facts(A), "2026-01-01", [], None),
    ("the last day of a bar still bars", Facts(A, (hold(A),)), "2027-02-28", [("own", "bar")], "2027-03-01"),
    ("the day after it does not", Facts(A, (hold(A),)), "2027-03-01", [], None),
    ("the day before a bar began", Facts(A, (hold(A),)), "2024-02-28", [], None),
    (
        "the permanent list has no end",
        Facts(A, (hold(A, "permanent", last=None),)),
        "2090-01-01",
        [("own", "permanent")],
        None,
    ),
    (
        "a bar follows the successor",
        Facts(B, (hold(A),), (), (Event(A, "merged", day("2025-06-01"), B),)),
        "2025-06-01",
        [("predecessor", "bar")],
        "2027-03-01",
    ),
    (
        "not before the merger",
        Facts(B, (hold(A),), (), (Event(A, "merged", day("2025-06-01"), B),)),
        "2025-05-31",
        [],
        None,
    ),
    (
        "a part taken over brings the bar too, and who was split still applies",
        Facts(
            C,
            (hold(A),),
            (),
            (Event(A, "succeeded", day("2025-06-01"), B), Event(B, "merged", day("2025-07-01"), C)),
        ),
        "2025-07-01",
        [("predecessor", "bar")],
        "2027-03-01",
    ),
    (
        "who was merged away cannot apply",
        Facts(A, (), (), (Event(A, "merged", day("2025-06-01"), B),)),
        "2025-06-01",
        [("own", "merged")],
        None,
    ),
    (
        "deregistered",
        Facts(A, (), (), (Event(A, "deregistered", day("2025-06-01")),)),
        "2025-06-02",
        [("own", "deregistered")],
        None,
    ),
    (
        "the dead do not apply",
        Facts(P, (), (), (Event(P, "died", day("2025-06-01")),)),
        "2026-01-01",
        [("own", "died")],
        None,
    ),
    (
        "alive the day before",
        Facts(P, (), (), (Event(P, "died", day("2025-06-01")),)),
        "2025-05-31",
        [],
        None,
    ),
    (
        "who took over in part has not ended",
        Facts(A, (), (), (Event(A, "succeeded", day("2025-06-01"), B),)),
        "2026-01-01",
        [],
        None,
    ),
    (
        "the parent is barred",
        Facts(A, (hold(B),), (Tie(A, "parent", B, START),)),
        "2026-01-01",
        [("parent", "bar")],
        "2027-03-01",
    ),
    (
        "the parent's parent too",
        Facts(A, (hold(C),), (Tie(A, "parent", B, START), Tie(B, "parent", C, START))),
        "2026-01-01",
        [("parent", "bar")],
        "2027-03-01",
    ),
    (
        "no longer its parent: free the day after",
        Facts(A, (hold(B),), (Tie(A, "parent", B, START, day("2026-03-31")),)),
        "2026-03-31",
        [("parent", "bar")],
        "2026-04-01",
    ),
    (
        "a responsible person barred for five years (art. 43)",
        Facts(A, (hold(P, "person_bar", "2024-02-29", "2029-02-28"),), (Tie(A, "legal", P, START),)),
        "2026-01-01",
        [("person", "person_bar")],
        "2029-03-01",
    ),
    (
        "the penalty of a person is not the institution's",
        Facts(A, (hold(P, "penalty", last=None),), (Tie(A, "legal", P, START),)),
        "2026-01-01",
        [],
        None,
    ),
    (
        "a penalty not performed has no end",
        Facts(A, (hold(A, "penalty", last=None),)),
        "2026-01-01",
        [("own", "penalty")],
        None,
    ),
    (
        "two bars: free after the later one",
        Facts(A, (hold(A), hold(A, "black", "2026-12-01", "2028-11-30"))),
        "2026-06-01",
        [("own", "bar")],
        "2028-12-01",
    ),
    (
        "free between two bars that do not touch",
        Facts(A, (hold(A), hold(A, "black", "2027-06-01", "2028-05-31"))),
        "2026-06-01",
        [("own", "bar")],
        "2027-03-01",
    ),
    (
        "its parent's person is not asked about",
        Facts(A, (hold(P, "person_bar"),), (Tie(A, "parent", B, START), Tie(B, "legal", P, START))),
        "2026-01-01",
        [],
        None,
    ),
    (
        "a circle of parents ends",
        Facts(A, (hold(A),), (Tie(A, "parent", B, START), Tie(B, "parent", A, START))),
        "2026-01-01",
        [("own", "bar")],
        "2027-03-01",
    ),
]


@pytest.mark.parametrize(("what", "facts", "on", "reasons", "free"), TABLE, ids=[row[0] for row in TABLE])
def test_table(what, facts, on, reasons, free):
    verdict = judge(facts, day(on))
    assert [(reason.way, reason.kind) for reason in verdict.reasons] == reasons
    assert verdict.eligible == (not reasons)
    assert verdict.free_from == (day(free) if free else None)


# -- an independent calculation: sets grown to a fixed point, every day tried in turn ------------------------------
LAST = dt.date(2024, 3, 31)


def brute_force(facts, on):
    """(whether it may apply, the first free day up to LAST): no walk, no turns, no order."""

    def kept(today):
        live = [tie for tie in facts.ties if tie.first <= today and (not tie.last or today <= tie.last)]
        bearing, parents = {facts.subject}, {facts.subject}
        for _round in range(20):
            parents |= {tie.other for tie in live if tie.kind == "parent" and tie.subject in parents}
        bearing |= parents
        for _round in range(20):
            bearing |= {
                event.subject for event in facts.events if event.successor in bearing and event.on <= today
            }
        people = {tie.other for tie in live if tie.kind != "parent" and tie.subject == facts.subject}
        for each in facts.holds:
            if each.first <= today and (each.last is None or today <= each.last):
                if each.subject in bearing or (
                    each.subject in people and each.kind not in ("penalty", "points")
                ):
                    return True
        return ended(today)

    def ended(today):
        final = ("merged", "deregistered", "died")
        return any(
            event.subject == facts.subject and event.kind in final and event.on <= today
            for event in facts.events
        )

    if not kept(on):
        return True, None
    today = on
    while (today := today + dt.timedelta(days=1)) <= LAST + dt.timedelta(days=2):
        if not kept(today):
            return False, today
    return False, None


def random_facts(random):
    """Six bodies and two persons in two months of 2024, so that most things meet."""

    def some_day():
        return dt.date(2024, 2, 1) + dt.timedelta(days=random.randrange(58))

    def span():
        first, last = sorted((some_day(), some_day()))
        return first, (None if random.random() < 0.15 else last)

    kinds = ["bar", "person_bar", "penalty", "points", "black", "serious", "permanent"]
    holds = [Hold(random.randrange(8), random.choice(kinds), *span()) for _ in range(random.randrange(5))]
    ties = []
    for _ in range(random.randrange(7)):
        kind = random.choice(["parent", "parent", "legal", "responsible"])
        other = random.randrange(6) if kind == "parent" else 6 + random.randrange(2)
        subject = random.randrange(6)
        if subject != other:
            ties.append(Tie(subject, kind, other, *span()))
    events = []
    for _ in range(random.randrange(4)):
        subject, successor = random.sample(range(6), 2)
        kind = random.choice(["merged", "succeeded", "succeeded", "deregistered"])
        events.append(Event(subject, kind, some_day(), None if kind == "deregistered" else successor))
    if random.random() < 0.1:
        events.append(Event(6, "died", some_day()))
    return Facts(random.choice([0, 0, 0, 1, 6]), tuple(holds), tuple(ties), tuple(events))


def test_it_agrees_with_an_independent_calculation_on_random_records():
    random, kept, freed = Random(20261123), 0, 0
    for _round in range(4000):
        facts = random_facts(random)
        on = dt.date(2024, 2, 1) + dt.timedelta(days=random.randrange(58))
        verdict = judge(facts, on)
        assert (verdict.eligible, verdict.free_from) == brute_force(facts, on), (facts, on)
        kept += not verdict.eligible
        freed += verdict.free_from is not None
    assert kept > 500 and freed > 200  # the data does reach what is compared
