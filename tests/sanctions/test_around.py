"""What sanctions put elsewhere: the case page, its closing, the workbench, the agenda, leaving, papers never void."""

import datetime as dt

import pytest
from django.urls import reverse

from cases.actions.progress import what_is_open
from cases.models import Case
from core import registry
from core.dates import local_date
from departments.enums import Role
from departments.models import User
from sanctions import agenda, panels, workbench
from sanctions.actions.lists import propose_entry
from sanctions.actions.repairs import apply_repair
from sanctions.masking import masked_name, public_code, public_name
from sanctions.models import ListEntry, MeasureTask, Sanction
from sanctions.reading import track
from tests.factories import sanctions as made
from tests.factories.cases import make_subject, pdf


def again(user):
    return User.objects.get(pk=user.pk)


def of(department, role):
    return again(made.somebody(department, role))


def phrases(user):
    return [row.phrase for row in workbench.todo_rows(user, 20)]


def test_the_case_says_what_keeps_it_open_and_a_running_term_does_not(members, insurance, health, now):
    case = made.decided_case(insurance, at=now)
    assert panels.still_open(case) == []
    assert panels.stage(case) == ("", "")
    sanction = made.heard(insurance, at=now, case=case)
    assert len(panels.still_open(case)) == 1
    assert panels.still_open(case)[0] in what_is_open(case)
    assert panels.stage(case)[0] == "now"
    Sanction.objects.filter(pk=sanction.pk).update(
        status="withdrawn", ended_at=now, ended_by=sanction.proposed_by
    )
    sanction = made.in_force(insurance, at=now, case=case)
    assert len(panels.still_open(case)) == 6
    MeasureTask.objects.exclude(department=health).update(
        status="refused", reason="不适用", refused_by=sanction.determined_by, refused_at=now
    )
    made.fed_back(sanction, health, "health-grading", at=now)
    assert panels.still_open(case) == []  # its term runs a year on: that is the subject's
    Sanction.objects.filter(pk=sanction.pk).update(status="expired", ended_at=now)
    assert panels.stage(case) == ("done", "")


def test_the_panel_of_the_case_shows_what_the_reader_may_see(members, insurance, outsider, now):
    case = made.decided_case(insurance, at=now)
    handler = of(insurance, Role.HANDLER)
    assert panels.of_case(case, handler) == {
        "rows": [],
        "new_url": reverse("sanctions:propose", args=[case.pk]),
    }
    assert panels.of_case(case, of(insurance, Role.REGISTRAR)) is None
    sanction = made.in_force(insurance, at=now, case=case)
    shown = panels.of_case(case, handler)
    assert [(row.pk, len(tasks)) for row, tasks in shown["rows"]] == [(sanction.pk, 6)]
    assert panels.of_case(case, outsider) is None


def test_the_workbench_asks_whose_turn_it_is(members, insurance, health, now):
    handler, chief, deputy = (
        of(insurance, role) for role in (Role.HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD)
    )
    registrar = of(health, Role.REGISTRAR)
    sanction = made.proposed(insurance, at=now)
    assert len(phrases(chief)) == 1
    assert phrases(handler) == []
    from sanctions.actions.proposing import send_back

    send_back(sanction=sanction, reason="补充", by=chief, at=now)
    assert (len(phrases(handler)), phrases(chief)) == (1, [])
    Sanction.objects.filter(pk=sanction.pk).update(
        returned_by=None, returned_at=None, reviewed_by=chief, reviewed_at=now
    )
    sanction = made.fresh(sanction)
    assert len(phrases(handler)) == 1  # to write the notice
    made.hear(sanction, at=now, until="drafted")
    assert (phrases(handler), len(phrases(chief))) == ([], 1)
    Sanction.objects.filter(pk=sanction.pk).update(status="heard")
    assert (len(phrases(deputy)), phrases(chief)) == (1, [])
    Sanction.objects.filter(pk=sanction.pk).update(status="withdrawn", ended_at=now, ended_by=deputy)
    other = made.in_force(insurance, at=now)
    assert len(phrases(registrar)) == 1  # to take in
    task = made.taken_in(other, health, at=now)
    worker = again(task.person)
    assert len(phrases(worker)) == 1
    made.drafted(other, health, "health-grading", at=now)
    chief_there = of(health, Role.DEPUTY_HEAD)
    assert (phrases(worker), len(phrases(chief_there))) == ([], 1)
    task.refresh_from_db()
    from sanctions.actions.measures import decide_measures

    decide_measures(task=task, decision_number="决1", decided_on=local_date(now), by=chief_there, at=now)
    assert (len(phrases(worker)), phrases(chief_there)) == (1, [])
    assert workbench.in_hand(worker.post) != []
    assert workbench.in_hand(chief_there.post) == []
    assert workbench.in_hand in registry.leave_vetoes


def test_who_leaves_has_no_proposal_open(insurance, now):
    sanction = made.proposed(insurance, at=now)
    handler, chief = of(insurance, Role.HANDLER), of(insurance, Role.SECTION_HEAD)
    assert [sanction.subject.name in said for said in workbench.in_hand(handler.post)] == [True]
    assert workbench.in_hand(chief.post) == []
    Sanction.objects.filter(pk=sanction.pk).update(reviewed_by=chief, reviewed_at=now)
    assert workbench.in_hand(handler.post) == []


def test_entries_and_repairs_wait_for_who_decides(insurance, system_admin, now):
    handler, deputy, head = (of(insurance, role) for role in (Role.HANDLER, Role.DEPUTY_HEAD, Role.HEAD))
    subject = make_subject(insurance.region, at=now)
    given = {"reason": "骗保", "basis": "机制", "by": handler, "at": now, "department": insurance}
    made.proposed_entry(insurance, at=now, subject=subject, by=handler)
    permanent = {
        "kind": "permanent", "judgment_number": "1", "judgment_court": "法院", "judgment_effective_on": dt.date(2026, 1, 1),
        "convicting": True,
    }  # fmt: skip
    propose_entry(subject=subject, **permanent, **given)
    assert (workbench.my_entries(deputy).count(), workbench.my_entries(head).count()) == (1, 2)
    assert not workbench.my_entries(handler).exists()
    from sanctions.actions.lists import approve_entry

    entry = ListEntry.objects.get(kind="black")
    approve_entry(entry=entry, by=deputy, at=now)
    apply_repair(
        entry=entry,
        applied_on=local_date(now),
        grounds="退回",
        commitment="守信",
        scan=pdf("申请.pdf"),
        by=handler,
        at=now,
    )
    assert (workbench.my_repairs(deputy).count(), workbench.my_repairs(handler).count()) == (1, 0)
    assert len(phrases(head)) == 2
    assert (phrases(again(system_admin)), workbench.waiting(again(system_admin))) == ([], None)
    assert not workbench.my_tasks(again(system_admin)).exists()


def test_the_agenda_counts_and_names_nobody(members, insurance, health, now):
    since, until = local_date(now) - dt.timedelta(days=30), local_date(now)
    assert list(agenda.topics(region=insurance.region, since=since, until=until)) == []
    sanction = made.in_force(insurance, at=now)
    task = made.taken_in(sanction, health, at=now)
    from sanctions.actions.measures import refuse_measures

    refuse_measures(task=task, reason="不适用", by=of(health, Role.DEPUTY_HEAD), at=now)
    import time_machine

    with time_machine.travel(now + dt.timedelta(days=60), tick=False):
        topics = list(agenda.topics(region=insurance.region, since=since, until=until))
    assert [topic.key for topic in topics] == ["sanctions", "sanctions_late", "sanctions_refused"]
    assert sanction.subject.name not in "".join(topic.title + topic.text for topic in topics)
    assert topics[0].text == "正在办理0件，已认定执行中1件，待部门反馈任务5项。"


def test_a_paper_of_a_sanction_is_not_declared_void(insurance, now):
    sanction = made.reviewed(insurance, at=now)
    assert len(panels.not_voided(sanction.proposal_document)) == 1
    sanction.proposal_document.kind = "transfer_letter"
    assert panels.not_voided(sanction.proposal_document) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [("", ""), ("王", "*"), ("王明", "王*"), ("王大明", "王*明"), ("欧阳小明", "欧**明"), (" 李四 ", "李*")],
)
def test_names_of_persons_are_masked(name, shown):
    assert masked_name(name) == shown


def test_bodies_are_named_and_persons_are_not(insurance, now):
    from cases.enums import SubjectKind
    from tests.factories.cases import resident_id

    body = make_subject(insurance.region, at=now)
    person = make_subject(
        insurance.region, name="王大明", kind=SubjectKind.INSURED, id_number=resident_id(), at=now
    )
    assert (public_name(body), public_code(body)) == (body.name, body.uscc)
    assert public_name(person) == "王*明"
    assert "****" in public_code(person)


def test_the_track_of_a_task(members, insurance, health, finance, now):
    sanction = made.in_force(insurance, at=now)
    assert [step["state"] for step in track(made.task_of(sanction, finance))] == ["wait", "", "", ""]
    task = made.fed_back(sanction, health, "health-grading", at=now)
    assert [step["state"] for step in track(task)] == ["ok", "ok", "ok", "ok"]
    other = made.taken_in(sanction, finance, at=now)
    from sanctions.actions.measures import refuse_measures

    refuse_measures(task=other, reason="不适用", by=of(finance, Role.DEPUTY_HEAD), at=now)
    assert [step["state"] for step in track(other)] == ["ok", "bad", "", ""]


def test_no_insured_person_is_named_on_the_record(members, insurance, now):
    from cases.enums import SubjectKind
    from journal.models import Event, Notification

    person = make_subject(insurance.region, name="王大明", kind=SubjectKind.INSURED, at=now)
    case = made.decided_case(insurance, at=now, subject=person)
    sanction = made.in_force(insurance, at=now, case=case, codes=("insured-settlement",))
    made.decided(sanction, insurance, "insured-settlement", at=now)
    said = [str(row.params) for row in Event.objects.filter(verb__startswith="sanction.")]
    said += [str(row.params) for row in Notification.objects.filter(verb__startswith="sanction.")]
    assert said
    assert not [text for text in said if "王大明" in text]
    assert Case.objects.count() == 1
