"""The lists and credit repair: four eyes, the head and a judgment for the permanent one, and every bad input."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from cases.enums import SubjectKind
from core.dates import local_date
from core.refusals import BadInput, FourEyes, Refused, WrongState
from departments.enums import Role
from journal.models import Notification
from sanctions.actions import determining, lists, repairs, standing
from sanctions.models import AppliedMeasure, ListEntry, Repair
from tests.factories import sanctions as made
from tests.factories.cases import make_subject, pdf

DAY = dt.timedelta(days=1)


def who(department, role=Role.HANDLER):
    return made.somebody(department, role)


propose = made.proposed_entry


JUDGED = {
    "kind": "permanent", "amount": None, "unit": "", "judgment_number": "（2026）青刑初1号",
    "judgment_court": "青禾县人民法院",
    "judgment_effective_on": dt.date(2026, 10, 1), "convicting": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"basis": ""}, "basis"),
        ({"kind": "grey"}, "kind"),
        ({"amount": None, "unit": ""}, "amount"),
        ({"unit": ""}, "amount"),
        (JUDGED | {"judgment_number": ""}, "judgment_number"),
        (JUDGED | {"judgment_court": " "}, "judgment_court"),
        (JUDGED | {"judgment_effective_on": None}, "judgment_effective_on"),
        (JUDGED | {"judgment_effective_on": dt.date(2026, 11, 17)}, "judgment_effective_on"),
        (JUDGED | {"convicting": False}, "convicting"),
        (JUDGED | {"amount": 3, "unit": "year"}, "amount"),
    ],
)
def test_what_cannot_stand_on_a_list_is_refused(insurance, now, wrong, field):
    with pytest.raises(BadInput) as refused:
        propose(insurance, at=now, **wrong)
    assert field in refused.value.faults
    assert not ListEntry.objects.exists()


@pytest.mark.parametrize("kind", ["black", "serious"])
def test_nobody_stands_undetermined_on_a_list_against_him(insurance, now, kind):
    subject, words = make_subject(insurance.region, at=now), {"reason": "骗保", "basis": "机制", "amount": 1, "unit": "year"}
    given = {"subject": subject, "department": insurance, "kind": kind, "by": who(insurance), "at": now} | words
    other = propose(insurance, at=now, kind=kind).sanction
    mild = made.determined(insurance, at=now, case=made.decided_case(insurance, at=now, subject=subject))
    refused = [None, other] + ([mild] if kind == "serious" else [])
    for sanction in refused:
        with pytest.raises(BadInput) as missing:
            lists.propose_entry(sanction=sanction, **given)
        assert set(missing.value.faults) == {"sanction"}
    assert not ListEntry.objects.filter(subject=subject).exists()
    entry = propose(insurance, at=now, subject=subject, kind="permanent", **{
        name: value for name, value in JUDGED.items() if name != "kind"
    })  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        ListEntry.objects.filter(pk=entry.pk).update(kind=kind, until=dt.date(2027, 1, 1), since=dt.date(2026, 1, 1))


def test_nothing_is_proposed_on_what_is_being_reviewed(insurance, now):
    subject = make_subject(insurance.region, at=now)
    sanction = made.determined(insurance, at=now, case=made.decided_case(insurance, at=now, subject=subject))
    standing.suspend_sanction(sanction=sanction, reason="复议", by=who(insurance, Role.HEAD), at=now)
    with pytest.raises(WrongState):
        propose(insurance, at=now, subject=subject, sanction=sanction)


def test_the_database_keeps_the_permanent_list_to_judgments(insurance, now):
    entry = propose(insurance, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        ListEntry.objects.filter(pk=entry.pk).update(kind="permanent", amount=None, unit="")


def test_the_permanent_list_is_the_heads_and_ends_by_a_reversal(insurance, now):
    entry = propose(insurance, at=now, **JUDGED)
    with pytest.raises(FourEyes):
        lists.approve_entry(entry=entry, by=entry.proposed_by, at=now)
    with pytest.raises(Refused) as refused:
        lists.approve_entry(entry=entry, by=who(insurance, Role.DEPUTY_HEAD), at=now)
    assert refused.value.record
    head = who(insurance, Role.HEAD)
    lists.approve_entry(entry=entry, by=head, at=now)
    assert (entry.status, entry.since, entry.until) == ("listed", local_date(now), None)
    with pytest.raises(WrongState):
        lists.approve_entry(entry=entry, by=head, at=now)
    with pytest.raises(BadInput) as number:
        lists.remove_entry(entry=entry, reason="再审改判", by=head, at=now)
    assert number.value.field == "number"
    with pytest.raises(BadInput):
        lists.remove_entry(entry=entry, reason="", number="（2026）青刑再1号", by=head, at=now)
    lists.remove_entry(entry=entry, reason="再审改判无罪", number="（2026）青刑再1号", by=head, at=now)
    assert (entry.status, entry.end_number, entry.ended_by) == ("removed", "（2026）青刑再1号", head)


def test_a_subject_stands_on_a_list_once(insurance, now):
    subject = make_subject(insurance.region, at=now)
    propose(insurance, at=now, subject=subject)
    with pytest.raises(BadInput) as twice:
        propose(insurance, at=now, subject=subject)
    assert twice.value.field == "subject"


def test_who_is_burdened_is_not_praised(insurance, now):
    subject = make_subject(insurance.region, at=now)
    propose(insurance, at=now, subject=subject)
    with pytest.raises(BadInput) as red:
        propose(insurance, at=now, subject=subject, kind="red")
    assert red.value.field == "subject"


def test_praise_ends_with_a_determination(members, insurance, insurance_deputy_head, now):
    subject, other = make_subject(insurance.region, at=now), make_subject(insurance.region, at=now)
    listed = propose(insurance, at=now, subject=subject, kind="red")
    lists.approve_entry(entry=listed, by=who(insurance, Role.HEAD), at=now)
    untouched = propose(insurance, at=now, subject=other, kind="red")
    sanction = made.heard(insurance, at=now, case=made.decided_case(insurance, at=now, subject=subject))
    determining.determine(sanction=sanction, findings="认定失信。", by=insurance_deputy_head, at=now)
    listed.refresh_from_db()
    assert (listed.status, listed.end_reason) == ("removed", "该主体在失信名单、限制申请期或者联合惩戒中，不得列入红名单。")
    told = Notification.objects.filter(verb="sanction.entry_was_removed", target_id=listed.pk)
    assert who(insurance) in {row.recipient for row in told}
    untouched.refresh_from_db()
    assert untouched.status == "proposed"


def test_praise_ends_with_a_judgment_and_with_the_bar_of_a_person(members, insurance, now):
    subject, hospital = make_subject(insurance.region, at=now), make_subject(insurance.region, at=now)
    praised = propose(insurance, at=now, subject=subject, kind="red")
    permanent = propose(insurance, at=now, subject=subject, **JUDGED)
    with pytest.raises(WrongState):  # burdened meanwhile
        lists.approve_entry(entry=praised, by=who(insurance, Role.HEAD), at=now)
    lists.approve_entry(entry=permanent, by=who(insurance, Role.HEAD), at=now)
    praised.refresh_from_db()
    assert praised.status == "withdrawn"
    boss = make_subject(insurance.region, name="王院长", kind=SubjectKind.PRACTITIONER, at=now)
    red = propose(insurance, at=now, subject=boss, kind="red")
    case = made.decided_case(insurance, at=now, subjects=[hospital, boss], subject=hospital)
    sanction = made.in_force(insurance, at=now, case=case, subject=hospital, codes=("responsible-person-bar",))
    made.decided(sanction, insurance, "responsible-person-bar", at=now, subject=boss)
    red.refresh_from_db()
    assert red.status == "withdrawn"


def test_a_subject_of_another_county_is_not_listed_here(insurance, other_county, now):
    foreign = make_subject(other_county, at=now)
    with pytest.raises(BadInput) as refused:
        propose(insurance, at=now, subject=foreign, kind="red")
    assert set(refused.value.faults) == {"subject"}


def test_an_entry_is_refused_with_a_reason(insurance, now):
    entry = propose(insurance, at=now)
    deputy = who(insurance, Role.DEPUTY_HEAD)
    with pytest.raises(BadInput):
        lists.refuse_entry(entry=entry, reason=" ", by=deputy, at=now)
    with pytest.raises(FourEyes):
        lists.refuse_entry(entry=entry, reason="情节轻微", by=entry.proposed_by, at=now)
    lists.refuse_entry(entry=entry, reason="情节轻微", by=deputy, at=now)
    assert (entry.status, entry.end_reason) == ("refused", "情节轻微")
    with pytest.raises(WrongState):
        lists.remove_entry(entry=entry, reason="再审", by=deputy, at=now)


@pytest.fixture
def listed(members, insurance, now):
    """A blacklisted subject by a measure of its sanction, and the measure."""
    sanction = made.in_force(insurance, at=now, codes=("blacklist",))
    made.executed(sanction, insurance, "blacklist", at=now)
    entry = ListEntry.objects.select_related("department", "subject", "sanction__case", "applied").get()
    lists.approve_entry(entry=entry, by=who(insurance, Role.HEAD), at=now)
    return entry


def test_a_blacklist_measure_proposes_its_entry_once(listed, members, insurance, now):
    assert (listed.kind, listed.amount, listed.unit, listed.until) == (
        "black",
        12,
        "month",
        dt.date(2027, 11, 16),
    )
    again = made.decided_case(insurance, at=now, subject=listed.subject, number="青医保罚〔2026〕6号")
    sanction = made.in_force(insurance, at=now, case=again, codes=("blacklist",))
    made.decided(sanction, insurance, "blacklist", at=now)
    assert ListEntry.objects.count() == 1  # it stands there already


def test_an_entry_with_a_fixed_last_day_keeps_it(members, insurance, now):
    sanction = made.in_force(insurance, at=now, codes=("blacklist",))
    made.decided(sanction, insurance, "blacklist", at=now, amount=None, unit="", until=dt.date(2027, 1, 31))
    entry = ListEntry.objects.select_related("department", "subject", "sanction__case").get()
    lists.approve_entry(entry=entry, by=who(insurance, Role.HEAD), at=now)
    assert entry.until == dt.date(2027, 1, 31)


def test_nothing_is_listed_on_what_does_not_stand(members, insurance, now):
    sanction = made.in_force(insurance, at=now, codes=("blacklist",))
    made.decided(sanction, insurance, "blacklist", at=now)
    entry = ListEntry.objects.select_related("department", "subject", "sanction__case").get()
    head = who(insurance, Role.HEAD)
    standing.suspend_sanction(sanction=made.fresh(sanction), reason="复议", by=head, at=now)
    with pytest.raises(WrongState):
        lists.approve_entry(entry=entry, by=head, at=now)
    standing.annul_sanction(sanction=made.fresh(sanction), reason="撤销", by=head, at=now)
    entry.refresh_from_db()
    assert entry.status == "withdrawn"
    with pytest.raises(WrongState):
        propose(insurance, at=now, subject=sanction.subject, sanction=made.fresh(sanction))


# -- credit repair -------------------------------------------------------------------------------------------------
def apply(*, at, **more):
    given = {
        "applied_on": local_date(at), "grounds": "已退回基金。", "commitment": "承诺守信。", "scan": pdf("修复申请.pdf")
    } | more  # fmt: skip
    thing = given.get("applied") or given["entry"]
    return repairs.apply_repair(by=given.pop("by", None) or who(thing.department), at=at, **given)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"grounds": ""}, "grounds"),
        ({"commitment": " "}, "commitment"),
        ({"scan": None}, "scan"),
        ({"applied_on": dt.date(2026, 11, 15)}, "applied_on"),
        ({"applied_on": dt.date(2026, 11, 17)}, "applied_on"),
    ],
)
def test_an_application_is_whole(listed, now, wrong, field):
    with pytest.raises(BadInput) as refused:
        apply(entry=listed, at=now, **wrong)
    assert refused.value.field == field
    assert not Repair.objects.exists()


def test_an_entry_is_repaired_by_a_second_person(listed, insurance, now):
    repair = apply(entry=listed, at=now)
    with pytest.raises(BadInput):
        apply(entry=listed, at=now)
    with pytest.raises(FourEyes):
        repairs.decide_repair(repair=repair, granted=True, reason="已整改", by=repair.recorded_by, at=now)
    deputy = who(insurance, Role.DEPUTY_HEAD)
    with pytest.raises(BadInput):
        repairs.decide_repair(repair=repair, granted=True, reason="", by=deputy, at=now)
    repairs.decide_repair(repair=repair, granted=True, reason="已整改", by=deputy, at=now)
    listed.refresh_from_db()
    assert (listed.status, listed.end_reason) == ("removed", "准予信用修复：已整改")
    with pytest.raises(WrongState):
        repairs.decide_repair(repair=repair, granted=True, reason="已整改", by=deputy, at=now)


def test_a_refused_repair_leaves_the_entry(listed, insurance, now):
    repair = apply(entry=listed, at=now)
    repairs.decide_repair(
        repair=repair, granted=False, reason="未履行", by=who(insurance, Role.DEPUTY_HEAD), at=now
    )
    listed.refresh_from_db()
    assert (repair.status, listed.status) == ("refused", "listed")
    with pytest.raises(WrongState):
        repairs.decide_repair(repair=repair, granted=True, reason="再审", by=who(insurance, Role.DEPUTY_HEAD), at=now)
    assert apply(entry=listed, at=now).status == "applied"  # again


def test_an_application_of_before_entries_rested_on_a_sanction_is_refused_as_well(listed, insurance, now):
    repair = apply(entry=listed, at=now)
    Repair.objects.filter(pk=repair.pk).update(sanction=None)
    repair = Repair.objects.get(pk=repair.pk)
    repairs.decide_repair(
        repair=repair, granted=False, reason="未履行", by=who(insurance, Role.DEPUTY_HEAD), at=now
    )
    assert repair.status == "refused"


def measure_of(sanction):
    found = AppliedMeasure.objects.select_related(
        "task__department", "sanction__case", "measure", "department", "subject"
    )
    return found.get(sanction=sanction)


def test_a_repaired_measure_is_lifted(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now)
    made.decided(sanction, health, "health-grading", at=now)
    applied = measure_of(sanction)
    repair = apply(applied=applied, at=now)
    assert repair.sanction == sanction
    repairs.decide_repair(
        repair=repair, granted=True, reason="已整改", by=who(health, Role.DEPUTY_HEAD), at=now
    )
    applied.refresh_from_db()
    assert applied.status == "lifted"
    task = made.task_of(sanction, health)
    assert task.status == "executed"
    with pytest.raises(WrongState):
        apply(applied=applied, at=now)


def test_a_bar_and_the_permanent_list_are_not_repaired(members, insurance, now):
    sanction = made.in_force(insurance, at=now, codes=("cancel-designation",))
    made.decided(sanction, insurance, "cancel-designation", at=now)
    with pytest.raises(BadInput):
        apply(applied=measure_of(sanction), at=now)
    entry = propose(insurance, at=now, **JUDGED)
    with pytest.raises(WrongState):
        apply(entry=entry, at=now)
    lists.approve_entry(entry=entry, by=who(insurance, Role.HEAD), at=now)
    with pytest.raises(BadInput):
        apply(entry=entry, at=now)


def test_nothing_is_repaired_while_it_is_reviewed(listed, insurance, now):
    repair = apply(entry=listed, at=now)
    standing.suspend_sanction(
        sanction=made.fresh(listed.sanction), reason="复议", by=who(insurance, Role.HEAD), at=now
    )
    with pytest.raises(WrongState):
        repairs.decide_repair(
            repair=Repair.objects.select_related("entry__sanction__case").get(pk=repair.pk), granted=True, reason="已整改",
            by=who(insurance, Role.DEPUTY_HEAD), at=now,
        )  # fmt: skip
