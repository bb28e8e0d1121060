"""What the papers of a sanction say: the six of FACTS §3, in Chinese, with every number they rest on."""

import datetime as dt

from core.dates import local_date
from departments.enums import Role
from documents.letter import as_json
from sanctions import contexts, letters
from sanctions.actions.weights import LISTS
from sanctions.enums import Effect, Said
from sanctions.models import AppliedMeasure
from tests.factories import sanctions as made

SERIOUS = {
    "major_loss": True,
    "especially_serious": True,
    "especially_bad": True,
    "criteria_reason": "损失逾百万元。",
}


def said(paper):
    return str(as_json(paper))


def test_the_proposal_names_everything_it_rests_on(members, insurance, now):
    case = made.decided_case(insurance, at=now)
    sanction = made.reviewed(
        insurance, at=now, case=case, codes=("cancel-designation", "serious-breach"), **SERIOUS
    )
    paper = letters.proposal_form(contexts.of_proposal(sanction, at=now))
    text = said(paper)
    for words in (
        "联合惩戒建议书", sanction.subject.name, sanction.subject.uscc, "青医保罚〔2026〕1号", case.number, "126人次",
        "造成医保基金重大损失、情节特别严重、社会影响特别恶劣", "损失逾百万元。", "取消医保定点资格", "3年内不得重新申请",
        "青禾县发展和改革局", "3年",
    ):  # fmt: skip
        assert words in text, words


def test_the_proposal_prints_the_countys_own_bar(members, insurance, now):
    from deadlines.models import ClockRule

    ClockRule.objects.filter(code="reapplication_bar").update(amount=18)
    sanction = made.reviewed(insurance, at=now, codes=("cancel-designation",))
    text = said(letters.proposal_form(contexts.of_proposal(sanction, at=now)))
    assert "18个月内不得重新申请" in text and "年内不得" not in text


def test_the_notice_leaves_the_days_and_names_the_right(insurance, now):
    sanction = made.reviewed(insurance, at=now)
    hearing = made.hear(sanction, at=now, until="drafted")
    text = said(letters.notice_letter(contexts.of_notice(hearing, at=now)))
    wanted = ("拟认定失信并实施联合惩戒告知书", "5个工作日内", "陈述和申辩", "逾期未提出的，视为放弃")
    for words in (*wanted, sanction.subject.name):
        assert words in text, words


def test_a_departments_own_notice_names_the_determination(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(sanction, health, "health-closure", at=now)
    hearing = made.hear(sanction, at=now, task=task, until="drafted")
    text = said(letters.notice_letter(contexts.of_notice(hearing, at=now)))
    assert "拟采取惩戒措施告知书" in text
    assert sanction.determination_document.number in text


def test_the_determination_says_what_the_subject_said(members, insurance, now):
    sanction = made.heard(insurance, at=now, codes=("serious-breach",), **SERIOUS)
    sanction.findings = "应当认定为失信。"
    deputy = made.somebody(insurance, Role.DEPUTY_HEAD)
    text = said(letters.determination_letter(contexts.of_determination(sanction, by=deputy, at=now)))
    for words in (
        "医疗保障领域失信认定书",
        "请求从轻。",
        "不予采纳。",
        "应当认定为失信。",
        "严重失信主体",
        "行政复议",
    ):
        assert words in text, words


def test_the_decision_shows_the_last_day_of_the_bar(members, insurance, now):
    sanction = made.in_force(insurance, at=now, codes=("cancel-designation",))
    task = made.drafted(sanction, insurance, "cancel-designation", "suspend-designation", at=now)
    AppliedMeasure.objects.filter(task=task).update(extent="自公告之日起")
    made.heard_row(sanction, task, at=now)
    rows = list(task.applied.select_related("measure", "subject", "sanction").order_by("pk"))
    deputy = made.somebody(insurance, Role.DEPUTY_HEAD)
    text = said(letters.decision_letter(contexts.of_decision(task, rows, by=deputy, at=now)))
    for words in (
        "惩戒措施决定书", "2026年11月16日至2029年11月16日不得重新申请", "自2026年11月16日起至2027年5月16日止",
        "自公告之日起", "你（单位）在规定期限内提出了陈述申辩",
    ):  # fmt: skip
        assert words in text, words


def test_the_feedback_names_every_measure_with_its_proof(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now)
    task = made.executed(sanction, health, "health-grading", at=now)
    task.feedback = "已执行。"
    handler = made.somebody(health, Role.HANDLER)
    text = said(letters.feedback_form(contexts.of_feedback(task, by=handler, at=now)))
    for words in ("与医疗机构评级挂钩", "佐证", "已执行。", task.decision_number, "2027年11月16日"):
        assert words in text, words


def test_words_of_terms():
    assert [contexts.term_words(*term) for term in ((3, "year"), (6, "month"), (10, "day"), (None, ""))] == [
        "3年", "6个月", "10日", "",
    ]  # fmt: skip
    assert contexts.on(None) == ""
    assert contexts.on(dt.date(2026, 1, 2)) == "2026年1月2日"


def test_every_effect_and_outcome_has_its_words():
    assert set(letters.OUTCOMES) == set(Said.values)
    assert set(LISTS) == {Effect.BLACK, Effect.SERIOUS, Effect.PERMANENT}
    assert local_date(dt.datetime(2026, 11, 16, 20, tzinfo=dt.UTC)) == dt.date(2026, 11, 17)
