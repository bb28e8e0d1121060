"""What the papers of a transfer of suspected crime say of limits and measures: what holds, never more."""

import pytest

from deadlines.models import ClockRule
from documents.models import IssuedDocument
from referrals import crime_contexts, letters_crime, reading

pytestmark = pytest.mark.django_db


def printed(kind):
    return str(IssuedDocument.objects.filter(kind=kind).latest("pk").context)


@pytest.fixture
def province():
    """The province set other limits than the regulation's three natural days (T3)."""
    for code, amount, unit in (
        ("police_decision", 5, "working_day"), ("criminal_correction", 48, "hour"), ("property_handover", 4, "working_day"),
        ("police_reconsideration", 6, "day"), ("police_reply", 7, "working_day"), ("supervision_request", 1, "month"),
    ):  # fmt: skip
        ClockRule.objects.filter(code=code).update(amount=amount, unit=unit)


def test_every_letter_states_the_limit_of_the_clock_that_runs(province, crime, now):
    crime("incomplete")
    assert "自接受之日起5个工作日内依法审查" in printed("crime_letter")
    assert "自接到本通知之日起48小时内补正" in printed("crime_incomplete")


@pytest.mark.parametrize(
    ("status", "kind", "sentence"),
    [
        ("filed", "crime_filing", "自接到本告知书之日起4个工作日内将涉案物品"),
        ("refused", "crime_filing", "自接到本通知书之日起6日内提请"),
        ("reconsidering", "crime_reconsider", "自收到本函之日起7个工作日内作出复议决定"),
        ("upheld", "crime_reconsidered", "自接到本决定之日起1个月内建议人民检察院"),
    ],
)
def test_what_follows_the_decision_states_its_own(status, kind, sentence, province, crime):
    crime(status)
    assert sentence in printed(kind)
    assert "3日内" not in printed(kind)


def test_a_clock_that_runs_keeps_its_limit_whatever_the_rule_says_now(crime, now):
    transfer = crime("received")
    ClockRule.objects.filter(code="police_decision").update(amount=9, unit="working_day")
    assert crime_contexts.limit(transfer, "police_decision", at=now) == "3日"


def test_no_measure_is_invented_where_none_was_entered(crime, now):
    transfer = crime("approved")
    context = crime_contexts.letter(transfer, at=now)
    letter = str(letters_crime.crime_letter(context))
    assert "已采取的措施" not in letter and "未采取强制措施" not in letter
    assert "六、移送要求" in letter
    assert "已采取措施" not in printed("crime_approval")
    transfer.measures = "已暂停拨付。"
    context = crime_contexts.letter(transfer, at=now)
    assert "已暂停拨付。" in str(letters_crime.crime_letter(context))


def test_the_rail_says_in_which_unit_a_limit_counts(crime, now):
    transfer = crime("received")
    shown = {clock.name: clock.meta for clock in reading.clocks(transfer, transfer.referral)}
    assert shown["公安机关审查决定"].startswith("县公安局应于") and shown["公安机关审查决定"].endswith("前完成 · 3个自然日")
    assert shown["向公安机关移送"].endswith("前完成 · 24小时")
    assert shown["签收"].endswith("前完成 · 3个工作日 · 内部时限")


def test_of_a_stated_date_the_rail_gives_the_date_alone(support):
    [opinion] = (clock for clock in reading.clocks(support("received")) if clock.name == "出具书面意见")
    assert opinion.meta.endswith("前完成")
