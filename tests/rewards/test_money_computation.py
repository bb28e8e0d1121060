"""The arithmetic of rewards against a third way: whole fen and whole numbers, no decimals, no SQL."""

import os
import random
import uuid
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.enums import MoneyKind
from cases.models import MoneyEntry
from rewards.actions import bulk_rewards
from rewards.actions.bulk_rewards import compute_rewards
from rewards.actions.computing import due_for
from rewards.computation import parts, worth
from rewards.models import Eligibility, Report, Reporter, Reward, RewardRule

CASES = 20_000
SEED = int(os.environ.get("SOAK_SEED", "4711"))  # `make soak` throws new dice each round


def fen(amount):
    """An amount in yuan as whole fen."""
    whole, _point, rest = f"{amount:.2f}".partition(".")
    return int(whole) * 100 + int(rest)


def independent(base, percent, honorary, floor, cap, weights):
    """Whole fen each reporter gets: long division by hand. All in fen, percent in hundredths of a percent."""
    product = base * percent  # ten thousandths of a fen
    gross, rest = divmod(product, 10_000)
    if rest >= 5_000:
        gross += 1
    if honorary is not None and product < honorary * 10_000:  # before any rounding
        total = 0
    else:
        total = gross if floor is None or gross > floor else floor
        total = total if cap is None or total < cap else cap
    given_out = [0] * len(weights)
    for place, weight in enumerate(weights):
        while (given_out[place] + 1) * sum(weights) <= total * weight:
            step = max(1, (total * weight // sum(weights) - given_out[place]) // 2)
            given_out[place] += step
    left = total - sum(given_out)
    short = sorted(
        range(len(weights)),
        key=lambda place: (given_out[place] * sum(weights) - total * weights[place], place),
    )
    for place in short[:left]:
        given_out[place] += 1
    return gross, given_out


amounts = st.integers(1, 10**11).map(lambda n: Decimal(n) / 100)
near = st.sampled_from(
    [
        Decimal(text)
        for text in (
            "3999.80",
            "3999.89",
            "3999.90",
            "3999.99",
            "4000.00",
            "4000.01",
            "0.01",
            "0.10",
            "4000000.00",
        )
    ]
)
rules = st.builds(
    SimpleNamespace,
    percent=st.integers(1, 10_000).map(lambda n: Decimal(n) / 100),
    honorary_below=st.none() | st.integers(100, 50_000).map(lambda n: Decimal(n) / 100),
    floor=st.none() | st.integers(100, 50_000).map(lambda n: Decimal(n) / 100),
    cap=st.none() | st.integers(50_000, 20_000_000).map(lambda n: Decimal(n) / 100),
)


@settings(max_examples=3000, deadline=None)
@given(amounts | near, rules, st.lists(st.integers(1, 100), min_size=1, max_size=7))
def test_the_arithmetic_agrees_with_long_division(base, rule, weights):
    value = worth(base, rule)
    shares = parts(value.total, weights)
    optional = (None if x is None else fen(x) for x in (rule.honorary_below, rule.floor, rule.cap))
    gross, expected = independent(fen(base), int(rule.percent * 100), *optional, weights)
    assert fen(value.gross) == gross
    assert [fen(share) for share in shares] == expected
    assert sum(shares) == value.total
    below = rule.honorary_below is not None and base * rule.percent < rule.honorary_below * 100
    assert value.honorary == below


@pytest.mark.parametrize(
    ("verified", "amount", "honorary"),
    [
        ("3999.89", "0.00", True),  # 199.9945 → 199.99
        ("3999.90", "0.00", True),  # 199.995: rounding does not lift it over the line
        ("3999.99", "0.00", True),  # less than 4 000 verified is less than 200
        ("4000.00", "200.00", False),  # exactly 200 pays
        ("0.01", "0.00", True),
        ("86240.00", "4312.00", False),
        ("10.10", "0.00", True),
    ],
)
def test_the_county_s_rule_at_its_edges(verified, amount, honorary):
    rule = SimpleNamespace(percent=Decimal("5"), honorary_below=Decimal("200"), floor=None, cap=None)
    value = worth(Decimal(verified), rule)
    assert (value.total, value.honorary) == (Decimal(amount), honorary)


@pytest.mark.parametrize(
    ("verified", "amount"),
    [("1.00", "200.00"), ("4000.00", "200.00"), ("4000.20", "200.01"), ("99999999.00", "200000.00")],
)
def test_the_national_rule_has_a_floor_and_a_cap(verified, amount):
    rule = SimpleNamespace(
        percent=Decimal("5"), honorary_below=None, floor=Decimal("200"), cap=Decimal("200000")
    )
    assert worth(Decimal(verified), rule).total == Decimal(amount)


def test_equal_parts_give_the_odd_fen_to_who_stands_first():
    assert parts(Decimal("200.00"), [1, 1, 1]) == [Decimal("66.67"), Decimal("66.67"), Decimal("66.66")]
    assert parts(Decimal("0.01"), [1, 2]) == [Decimal("0.00"), Decimal("0.01")]


def many_reports(case, at, *, number, dice):
    """`number` accepted reports in one case with reporters, answers and entries, by bulk; {report: what it is about}."""
    officer = case.handler
    reports = Report.objects.bulk_create(
        Report(
            region_id=case.region_id, department_id=case.owner_id, number=f"批{n:06d}", receipt_digest=uuid.uuid4().hex * 2,
            channel="phone", naming="real_name", subject_name="某院", facts="略", status="accepted", case=case,
            received_at=at, decided_by=officer, decided_at=at, created_at=at, updated_at=at,
        )
        for n in range(number)
    )  # fmt: skip
    reporters, entries = [], []
    for report in reports:
        for position in range(1, dice.choice((1, 1, 1, 1, 2, 3, 5)) + 1):
            reporters.append(
                Reporter(report=report, position=position, kind=dice.choice(("natural", "natural", "legal")))
            )
        for _entry in range(dice.choice((1, 1, 2, 3))):
            amount = (
                Decimal(
                    dice.choice((dice.randrange(1, 500_000), dice.randrange(1, 10**10), 399_990, 400_000))
                )
                / 100
            )
            entries.append(_row(report, amount, officer, at))
            if dice.random() < 0.3:  # as if reversed; the sum is what counts
                entries.append(
                    _row(report, dice.choice((amount, amount / 2)).quantize(Decimal("0.01")), officer, at)
                )
    Reporter.objects.bulk_create(reporters)
    Eligibility.objects.bulk_create(
        Eligibility(
            reporter=reporter, wants=dice.random() < 0.95, known_before=dice.random() < 0.03, duty=dice.random() < 0.03,
            staff=dice.random() < 0.03, identifiable=dice.random() < 0.97, weight=dice.choice((1, 1, 1, 2, 7, 100)),
            by=officer, at=at, created_at=at, updated_at=at,
        )
        for reporter in reporters
    )  # fmt: skip
    MoneyEntry.objects.bulk_create(entries)
    return reports


def _row(report, amount, by, at):
    return MoneyEntry(
        case_id=report.case_id, department_id=report.department_id, kind=MoneyKind.VERIFIED, amount=amount,
        happened_on=at.date(), clue_kind="report", clue_id=report.pk, by=by, at=at,
    )  # fmt: skip


def expected_rows():
    """What every reporter should get, by the third way, from rows read plainly."""
    rules = {rule.pk: rule for rule in RewardRule.objects.filter(effective_from__isnull=False)}
    own = [rule for rule in rules.values() if rule.region_id is not None]
    rule = own[0] if own else next(iter(rules.values()))
    verified = {}
    for clue, amount in MoneyEntry.objects.filter(clue_kind="report").values_list("clue_id", "amount"):
        verified[clue] = verified.get(clue, 0) + fen(amount)
    people = {}
    for asked in Eligibility.objects.select_related("reporter").order_by("reporter__position"):
        no = asked.known_before or asked.duty or asked.staff or not asked.wants or not asked.identifiable
        if not no and not (rule.natural_only and asked.reporter.kind != "natural"):
            people.setdefault(asked.reporter.report_id, []).append(asked)
    found = {}
    limits = [None if limit is None else fen(limit) for limit in (rule.honorary_below, rule.floor, rule.cap)]
    for report, asked in people.items():
        gross, shares = independent(
            verified[report], int(rule.percent * 100), *limits, [each.weight for each in asked]
        )
        for each, share in zip(asked, shares, strict=True):
            found[each.reporter_id] = (verified[report], gross, share)
    return found


@pytest.mark.parametrize("national", [False, True])
def test_twenty_thousand_generated_reports_agree_to_the_fen(lead, county, now, national, monkeypatch):
    """One run of the job over 20 000 reports (10 000 for each rule), in several batches, against the third way."""
    monkeypatch.setattr(bulk_rewards, "BATCH", 3_000)  # a setting of ours, so that batches have edges
    if national:
        RewardRule.objects.create(
            region=county, name="国家办法", basis_number="22号", basis_title="办法", percent="3.33", floor="200",
            cap="20000", natural_only=True, claim_months=2, effective_from="2020-01-01", created_at=now, updated_at=now,
        )  # fmt: skip
    reports = many_reports(lead, now, number=CASES // 2, dice=random.Random(SEED + national))
    expected = expected_rows()
    assert compute_rewards(at=now) == len(expected) > CASES // 3
    rows = Reward.objects.values_list("reporter_id", "base", "gross", "amount", "honorary", "entitled")
    computed = {pk: (fen(base), fen(gross), fen(amount)) for pk, base, gross, amount, _h, _e in rows}
    assert computed == expected
    assert all(
        honorary == (amount == 0) and entitled == amount for _pk, _b, _g, amount, honorary, entitled in rows
    )
    for report in random.Random(1).sample(
        reports, 150
    ):  # and the single action's arithmetic on the same rows
        for due in due_for(report):
            assert expected[due.reporter.pk] == (fen(due.base), fen(due.gross), fen(due.amount))
    assert compute_rewards(at=now) == 0  # a second run changes nothing


def test_sql_and_decimal_round_alike(db):
    """Half a fen is rounded up in both, on amounts that end in every way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n / 100.0, round((n / 100.0)::numeric(14,2) * 5.00 / 100, 2) FROM generate_series(1, 4000) n"
        )
        rows = cursor.fetchall()
    rule = SimpleNamespace(percent=Decimal("5.00"), honorary_below=None, floor=None, cap=None)
    assert [worth(Decimal(base).quantize(Decimal("0.01")), rule).gross for base, _sql in rows] == [
        sql for _b, sql in rows
    ]
