"""Doors beside the front door: a hearing about something else, an early end, a page that is older than the draft."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, FourEyes, Refused, WrongState
from deadlines.models import Deadline
from departments.enums import Role
from departments.models import User
from journal.models import Event, Notification
from sanctions import choices, rules, workbench
from sanctions.actions import bulk_expiry, hearing, lists, measures, publication, repairs, standing, weights
from sanctions.contexts import of_list
from sanctions.models import Bar, ListEntry, Repair
from tests.factories import sanctions as made
from tests.factories.cases import make_subject, pdf

HIDDEN = re.compile(r'<input type="hidden" name="(form_key|seen|version)" value="([^"]*)"')
LATER = dt.timedelta(hours=1)


def again(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def head(department):
    return again(made.somebody(department, Role.HEAD))


def deputy(department):
    return again(made.somebody(department, Role.DEPUTY_HEAD))


# -- heard about one measure, decided another ------------------------------------------------------------------
def test_a_hearing_is_about_what_stood_in_the_draft_when_its_notice_was_written(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(sanction, insurance, "suspend-designation", at=now)
    made.heard_row(sanction, task, at=now)
    handler, signer = made.somebody(insurance, Role.HANDLER), deputy(insurance)
    measures.add_measure(task=task, measure=made.measure("cancel-designation"), by=handler, at=now + LATER)
    assert measures.wants_hearing(task) == [made.measure("cancel-designation").name]
    assert not rules.can_decide(signer, task) and task not in workbench.my_tasks(signer)
    with pytest.raises(WrongState):
        measures.decide_measures(task=task, decision_number="决1", decided_on=local_date(now), by=signer, at=now + LATER)
    assert not Bar.objects.exists()
    assert rules.can_draft_own_notice(again(handler), task)
    given = {"sanction": sanction, "task": task, "intended": "拟取消定点。", "days": 5, "by": handler}
    hearing.draft_notice(at=now + 2 * LATER, **given)
    with pytest.raises(AlreadyDone):
        hearing.draft_notice(at=now + 2 * LATER, **given)
    task.hearings.open().update(status="discarded")
    made.heard_row(sanction, task, at=now + 3 * LATER)
    assert rules.can_decide(signer, task) and task in workbench.my_tasks(signer)
    measures.decide_measures(task=task, decision_number="决1", decided_on=local_date(now), by=signer, at=now + 4 * LATER)
    assert Bar.objects.count() == 1


# -- four eyes -------------------------------------------------------------------------------------------------
def test_whoever_wrote_in_the_draft_does_not_decide_it_though_another_wrote_last(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    task, signer = made.taken_in(sanction, insurance, at=now), deputy(insurance)
    measures.add_measure(
        task=task, measure=made.measure("agreement-terms"), amount=1, unit="year", by=signer, at=now
    )
    second = made.measure("suspend-designation")
    handler = made.somebody(insurance, Role.HANDLER)
    applied = measures.add_measure(
        task=task, measure=second, amount=second.amount, unit=second.unit, by=handler, at=now
    )
    measures.drop_measure(applied=applied, by=handler, at=now)
    for act in (
        lambda: measures.decide_measures(task=task, decision_number="决1", decided_on=local_date(now), by=signer, at=now),
        lambda: measures.refuse_measures(task=task, reason="不适用", by=signer, at=now),
    ):
        with pytest.raises(FourEyes):
            act()
    measures.decide_measures(task=task, decision_number="决1", decided_on=local_date(now), by=head(insurance), at=now)
    with pytest.raises(FourEyes):
        weights.lift_measure(applied=task.applied.get(status="decided"), reason="有误", by=signer, at=now)


def test_whoever_wrote_a_publication_does_not_release_it_though_another_wrote_last(insurance, now):
    writer, other = made.somebody(insurance, Role.SECTION_HEAD), made.somebody(insurance, Role.HANDLER)
    text = {"words": "违规使用医保基金", "basis": "条例第四十条", "number": "号"}
    row = publication.prepare_publication(
        department=insurance, subject=make_subject(insurance.region, at=now), kind="penalty", formed_on=local_date(now),
        by=writer, at=now, **text,
    )  # fmt: skip
    publication.edit_publication(row=row, version=None, by=other, at=now, **text)
    with pytest.raises(FourEyes):
        publication.release_publication(row=row, by=writer, at=now)
    publication.release_publication(row=row, by=deputy(insurance), at=now)


# -- the page is older than the draft --------------------------------------------------------------------------
def test_measures_added_meanwhile_are_not_decided_unseen(members, insurance, now, as_user):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(sanction, insurance, "agreement-terms", at=now)
    client, address = as_user(deputy(insurance)), reverse("sanctions:decide", args=[task.pk])
    page = dict(HIDDEN.findall(client.get(address).content.decode())) | {
        "decision_number": "决1", "decided_on": local_date(now).isoformat(),
    }  # fmt: skip
    second = made.measure("suspend-designation")
    measures.add_measure(
        task=task, measure=second, amount=second.amount, unit=second.unit,
        by=made.somebody(insurance, Role.HANDLER), at=now,
    )  # fmt: skip
    client.post(address, page)
    task.refresh_from_db()
    assert task.status == "acknowledged"


# -- an early end ----------------------------------------------------------------------------------------------
def permanent(insurance, now):
    """A subject on the permanent list by its sanction; the measure it hangs on."""
    case = made.decided_case(insurance, at=now)
    sanction = made.in_force(insurance, at=now, case=case, codes=("permanent-blacklist",), **made.judged(at=now))
    task = made.decided(sanction, insurance, "permanent-blacklist", at=now)
    entry = ListEntry.objects.get(kind="permanent")
    lists.approve_entry(entry=entry, by=head(insurance), at=now)
    return task.applied.get(), entry


def test_nobody_leaves_the_permanent_list_by_lifting_its_measure(members, insurance, now):
    applied, entry = permanent(insurance, now)
    with pytest.raises(Refused) as refused:
        weights.lift_measure(applied=applied, reason="有误", number="再1号", by=deputy(insurance), at=now)
    assert refused.value.record
    with pytest.raises(BadInput) as missing:
        weights.lift_measure(applied=applied, reason="有误", by=head(insurance), at=now)
    assert set(missing.value.faults) == {"number"}
    weights.lift_measure(applied=applied, reason="再审改判", number="再1号", by=head(insurance), at=now)
    entry.refresh_from_db()
    assert (entry.status, entry.end_number) == ("removed", "再1号")
    with pytest.raises(IntegrityError), transaction.atomic():
        ListEntry.objects.filter(pk=entry.pk).update(end_number="")


def test_nobody_leaves_the_permanent_list_by_letting_its_sanction_fall(members, insurance, now):
    applied, entry = permanent(insurance, now)
    for by, number in ((deputy(insurance), "再1号"), (head(insurance), "")):
        with pytest.raises(Refused):
            standing.annul_sanction(sanction=applied.sanction, reason="有误", number=number, by=by, at=now)
    standing.annul_sanction(sanction=applied.sanction, reason="改判", number="再1号", by=head(insurance), at=now)
    entry.refresh_from_db()
    assert (entry.status, entry.end_number) == ("removed", "再1号")


def test_a_bar_is_lifted_by_the_number_of_its_reversal_only(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    applied = made.decided(sanction, insurance, "cancel-designation", at=now).applied.get()
    with pytest.raises(BadInput) as missing:
        weights.lift_measure(applied=applied, reason="有误", by=head(insurance), at=now)
    assert set(missing.value.faults) == {"number", "reversed_on"}
    given = {"reason": "复议撤销", "number": "复议3号", "reversed_on": local_date(now), "at": now}
    weights.lift_measure(applied=applied, by=head(insurance), **given)
    bar = Bar.objects.get()
    assert "复议3号" in bar.end_reason and (bar.end_number, bar.reversed_on) == ("复议3号", local_date(now))


# -- lists -----------------------------------------------------------------------------------------------------
def test_the_second_listing_is_recorded_and_follows_when_the_first_falls(members, insurance, now):
    subject = make_subject(insurance.region, at=now)
    first = made.in_force(insurance, at=now, case=made.decided_case(insurance, at=now, subject=subject))
    second = made.in_force(
        insurance, at=now, case=made.decided_case(insurance, at=now, subject=subject, number="青医保罚〔2026〕2号")
    )
    made.decided(first, insurance, "blacklist", at=now)
    task = made.decided(second, insurance, "blacklist", at=now)
    entry = ListEntry.objects.get()
    assert entry.sanction == first
    assert Event.objects.filter(verb="sanction.entry_stands", target_id=task.pk).count() == 1
    lists.approve_entry(entry=entry, by=head(insurance), at=now)
    standing.annul_sanction(sanction=made.fresh(first), reason="撤销", by=head(insurance), at=now)
    anew = ListEntry.objects.get(status="proposed")
    assert anew.sanction == second and anew.kind == "black"


def test_a_last_day_before_the_listing_is_refused_with_a_sentence(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    applied = made.decided(sanction, insurance, "blacklist", at=now).applied.get()
    lists.approve_entry(entry=ListEntry.objects.get(), by=head(insurance), at=now)
    day = local_date(now)
    with pytest.raises(BadInput) as refused:
        weights.change_measure(
            applied=applied, decision_number="变1", since=day - dt.timedelta(days=6), until=day - dt.timedelta(days=4),
            reason="复议变更", by=head(insurance), at=now,
        )  # fmt: skip
    assert set(refused.value.faults) == {"until"}


def test_an_application_falls_with_the_measure_it_is_about(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    applied = made.executed(sanction, insurance, "suspend-designation", at=now).applied.get()
    repair = repairs.apply_repair(
        applied=applied, applied_on=local_date(now), grounds="已退回", commitment="守信", scan=pdf("申请.pdf"),
        by=made.somebody(insurance, Role.HANDLER), at=now,
    )  # fmt: skip
    clock = Deadline.objects.open().of("repair", repair.pk)
    assert clock.exists() and repair in workbench.my_repairs(deputy(insurance))
    weights.lift_measure(applied=applied, reason="有误", by=head(insurance), at=now)
    repair.refresh_from_db()
    assert (repair.status, repair.reason, repair.fallen_at, repair.decided_by) == ("fallen", "有误", now, None)
    assert not clock.exists() and not workbench.my_repairs(deputy(insurance)).exists()
    assert Event.objects.get(verb="sanction.repair_fell").target_id == repair.pk
    told = Notification.objects.get(verb="sanction.repair_fell_told")
    assert told.recipient == repair.recorded_by
    for granted in (True, False):
        with pytest.raises(WrongState):
            repairs.decide_repair(repair=repair, granted=granted, reason="同意", by=deputy(insurance), at=now)


def test_applications_fall_with_their_term_and_the_next_listing_follows(members, insurance, now):
    subject = make_subject(insurance.region, at=now)
    first, second = (
        made.in_force(insurance, at=now, case=made.decided_case(insurance, at=now, subject=subject, number=f"罚{n}号"))
        for n in (1, 2)
    )
    applied = made.executed(first, insurance, "blacklist", at=now, amount=1, unit="month").applied.get()
    made.decided(second, insurance, "blacklist", at=now)
    entry = ListEntry.objects.get()
    lists.approve_entry(entry=entry, by=head(insurance), at=now)
    given = {"applied_on": local_date(now), "grounds": "已退回", "commitment": "守信", "at": now}
    worker = made.somebody(insurance, Role.HANDLER)
    for thing in ({"applied": applied}, {"entry": entry}):
        repairs.apply_repair(scan=pdf("申请.pdf"), by=worker, **thing, **given)
    assert bulk_expiry.expire_due(now + dt.timedelta(days=31)) == 2
    assert set(Repair.objects.values_list("status", "reason")) == {("fallen", "期限届满。")}
    assert not Deadline.objects.open().filter(target_kind="repair").exists()
    anew = ListEntry.objects.get(status="proposed")
    assert anew.sanction == second
    lists.refuse_entry(entry=anew, reason="不再列入", by=head(insurance), at=now + dt.timedelta(days=31))
    assert ListEntry.objects.count() == 2  # nothing else asks for it


def test_what_waited_for_a_list_while_it_was_reviewed_is_proposed_when_it_counts_again(members, insurance, now):
    subject = make_subject(insurance.region, at=now)
    first, second = (
        made.in_force(insurance, at=now, case=made.decided_case(insurance, at=now, subject=subject, number=f"罚{n}号"))
        for n in (1, 2)
    )
    made.decided(first, insurance, "blacklist", at=now)
    made.decided(second, insurance, "blacklist", "agreement-terms", at=now)
    standing.suspend_sanction(sanction=made.fresh(second), reason="复议", by=head(insurance), at=now)
    standing.annul_sanction(sanction=made.fresh(first), reason="撤销", by=head(insurance), at=now)
    assert not ListEntry.objects.filter(status="proposed").exists()  # the other does not count at present
    standing.resume_sanction(sanction=made.fresh(second), reason="维持", by=head(insurance), at=now)
    assert ListEntry.objects.get(status="proposed").sanction == second
    standing.suspend_sanction(sanction=made.fresh(second), reason="再议", by=head(insurance), at=now)
    standing.resume_sanction(sanction=made.fresh(second), reason="维持", by=head(insurance), at=now)
    assert ListEntry.objects.filter(sanction=second).count() == 1  # once


# -- names -----------------------------------------------------------------------------------------------------
def test_persons_are_masked_on_lists_but_to_who_may_see_them(members, insurance, health, now, as_user):
    person = make_subject(insurance.region, name="王大明", kind="insured", at=now)
    case = made.decided_case(insurance, at=now, subject=person)
    sanction = made.in_force(insurance, at=now, case=case, codes=("blacklist",))
    made.decided(sanction, insurance, "blacklist", at=now)
    ListEntry.objects.update(reason="王大明骗取待遇")
    entry = ListEntry.objects.get()
    lists.approve_entry(entry=entry, by=head(insurance), at=now)
    entry.refresh_from_db()
    pages = (reverse("sanctions:lists") + "?tab=black", entry.get_absolute_url())
    outside, inside = made.somebody(health, Role.HANDLER), made.somebody(insurance, Role.HANDLER)
    for page in pages:
        said = as_user(outside).get(page).content.decode()
        assert "王*明" in said and "王大明" not in said
        assert "王大明" in as_user(inside).get(page).content.decode()
    assert "王大明" not in str(of_list("black", [entry], department=insurance, at=now))


# -- papers ----------------------------------------------------------------------------------------------------
def test_a_proposal_is_offered_only_the_papers_its_writer_may_read(members, insurance, now):
    case = made.decided_case(insurance, at=now)
    sanction = made.reviewed(insurance, at=now, case=case)
    handler = again(made.somebody(insurance, Role.HANDLER))
    assert sanction.proposal_document in choices.for_proposal(case, handler)["document"]
    stranger = again(made.somebody(members[-1], Role.HANDLER))
    assert not choices.for_proposal(case, stranger)["document"].exists()
