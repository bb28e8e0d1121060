"""The jobs go to the end of what is due, and past a row that cannot be done."""

import datetime as dt

from deadlines.actions.clocks import start_clock
from departments.enums import Role
from sanctions.actions import lists, row_by_row
from sanctions.actions.bulk_expiry import expire_due
from sanctions.actions.bulk_sending import send_out
from sanctions.actions.common import FEEDBACK
from sanctions.models import AppliedMeasure, ListEntry, MeasureTask
from tests.factories import sanctions as made

LONG_AFTER = dt.timedelta(days=800)


def another(insurance, now, number):
    case = made.decided_case(insurance, at=now, number=f"青医保罚〔2026〕{number}号")
    return made.determined(insurance, at=now, case=case)


def test_a_determination_that_cannot_be_sent_keeps_no_other_back(members, insurance, health, now, caplog):
    bad, good = another(insurance, now, 1), another(insurance, now, 2)
    task = MeasureTask.objects.create(sanction=bad, department=health, created_at=now, updated_at=now)
    assert send_out(now) == 1
    assert [made.fresh(each).status for each in (bad, good)] == ["decided", "in_force"]
    assert f"sanction to send {bad.pk}" in caplog.text and "1 were left to the next run" in caplog.text
    assert list(MeasureTask.objects.filter(sanction=bad)) == [task]  # nothing of it is half done
    caplog.clear()
    assert send_out(now) == 0
    assert f"sanction to send {bad.pk}" in caplog.text  # tried again


def test_a_term_that_cannot_end_keeps_no_other_back(members, insurance, health, now, caplog):
    bad, good = another(insurance, now, 1), another(insurance, now, 2)
    assert send_out(now) == 2
    made.executed(good, health, "health-grading", at=now)
    task = made.decided(bad, health, "health-grading", at=now)
    start_clock(code=FEEDBACK, target=task, department=health, at=now)  # no action starts it before its time
    assert expire_due(now + LONG_AFTER) == 1
    states = dict(AppliedMeasure.objects.values_list("sanction", "status"))
    assert states == {bad.pk: "decided", good.pk: "expired"}
    assert f"sanction to expire {bad.pk}" in caplog.text


def insurance_head(insurance):
    return made.somebody(insurance, Role.HEAD)


def test_everything_due_is_done_in_one_run(members, insurance, now, monkeypatch):
    monkeypatch.setattr(row_by_row, "BATCH", 1)
    for number in (1, 2, 3):
        another(insurance, now, number)
    assert send_out(now) == 3
    for kind in ("red", "permanent", "red"):
        more = {} if kind == "red" else {
            "amount": None, "unit": "", "judgment_number": "1", "judgment_court": "法院",
            "judgment_effective_on": dt.date(2026, 1, 1), "convicting": True,
        }  # fmt: skip
        entry = made.proposed_entry(insurance, at=now, kind=kind, **more)
        lists.approve_entry(entry=entry, by=insurance_head(insurance), at=now)
    assert expire_due(now + LONG_AFTER) == 2
    assert sorted(ListEntry.objects.values_list("kind", "status")) == [
        ("permanent", "listed"), ("red", "expired"), ("red", "expired"),
    ]  # fmt: skip
