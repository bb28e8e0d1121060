"""Tasks from above and beside: registered, assigned, worked, reported, closed — and every refusal on the way."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction

from cases.enums import Source
from core.refusals import AlreadyDone, BadInput, FourEyes, MovedOn, Refused, Stale, StillOpen, WrongState
from deadlines.actions.clocks import cancel_clock
from deadlines.models import Deadline
from departments.models import Category
from documents.models import IssuedDocument
from journal.models import Event
from referrals import rules as paper_rules
from referrals import rules_above as rules
from referrals.actions.above_cases import link_case, open_case, state_case
from referrals.actions.above_closing import chase_task, close_task, redo_task
from referrals.actions.above_extensions import answer_extension
from referrals.actions.above_intake import (
    accept_task,
    add_task_file,
    assign_task,
    hand_back_task,
    register_task,
    withdraw_task,
)
from referrals.actions.above_letters import (
    draft_task_letter,
    edit_task_letter,
    send_task_letter,
    submit_task_letter,
)
from referrals.actions.papers import approve_paper, discard_paper, send_back_paper
from referrals.models import Task, TaskChase, TaskFile, TaskLetter
from tests.factories.above import answer_task, make_letter, make_task
from tests.factories.cases import make_case, make_subject, pdf

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
STATES = ("registered", "assigned", "accepted", "reported", "closed", "withdrawn")


def clocks(task):
    """(code, who owes, state) of every clock on a task, in order."""
    rows = Deadline.objects.filter(target_kind="task", target_id=task.pk).order_by("pk")
    return [(row.rule_code, row.department.short_name, row.status) for row in rows]


def running(task):
    return Deadline.objects.open().get(target_kind="task", target_id=task.pk)


# --- registration ------------------------------------------------------------------------------------------------
def test_a_letter_from_above_is_registered_with_scan_and_clock(office_coordinator, insurance, now, verbs):
    task = make_task(by=office_coordinator, at=now, scan=pdf("来文.pdf"))
    assert (task.status, task.registered_in.short_name, task.department) == ("registered", "联动办", None)
    assert clocks(task) == [("task_report", "联动办", "running")]
    clock = running(task)
    assert (clock.started_on, clock.due_on, clock.first_due_on) == (task.received_on, task.due_on, task.due_on)
    file = task.files.get()
    assert (file.kind, file.name, len(file.sha256)) == ("incoming", "来文.pdf", 64)
    assert verbs(task) == ["task.file_added", "task.registered"]


def test_help_asked_without_a_date_has_fifteen_natural_days(office_coordinator, now):
    """Received Monday 16 November 2026: the 15th day is Tuesday 1 December."""
    task = make_task(by=office_coordinator, at=now, kind="assist", due_on=None)
    assert task.due_on == dt.date(2026, 12, 1)
    assert clocks(task) == [("assist_letter", "联动办", "running")]


def test_a_department_registers_what_reached_it_and_the_office_is_told(
    insurance_registrar, office_coordinator, now, told
):
    make_task(by=insurance_registrar, at=now)
    assert told("task.to_assign") == ["江望舒"]


BAD = {
    "no_name": ({"body_name": " "}, "body_name"),
    "no_number": ({"number": " "}, "number"),
    "no_subject": ({"subject": " "}, "subject"),
    "nothing_asked": ({"request": " "}, "request"),
    "received_in_the_future": ({"received_on": dt.date(2026, 11, 17)}, "received_on"),
    "no_date": ({"due_on": None}, "due_on"),
    "date_before_today": ({"received_on": dt.date(2026, 11, 10), "due_on": dt.date(2026, 11, 15)}, "due_on"),
    "fifteen_days_are_over": (
        {"kind": "assist", "received_on": dt.date(2026, 10, 12), "due_on": None}, "received_on",
    ),
    "designation_without_scan": ({"kind": "designated", "scan": None}, "scan"),
    "scan_is_no_picture": ({"scan": SimpleUploadedFile("来文.pdf", b"words")}, "scan"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_registration_refuses(name, office_coordinator, now):
    given, field = BAD[name]
    with pytest.raises(BadInput) as refusal:
        make_task(by=office_coordinator, at=now, **given)
    assert refusal.value.field == field
    assert not Task.objects.exists()


def test_a_letter_is_registered_once_and_never_from_ones_own_county(office_coordinator, health, now):
    make_task(by=office_coordinator, at=now, number="沧医保函〔2026〕7号")
    with pytest.raises(BadInput) as refusal:
        make_task(by=office_coordinator, at=now, number="沧医保函〔2026〕7号")
    assert refusal.value.field == "number"
    with pytest.raises(BadInput) as refusal:
        make_task(by=office_coordinator, at=now, body=health)
    assert refusal.value.field == "body"


def test_a_body_in_the_directory_gives_its_name(office_coordinator, other_insurance, now):
    task = make_task(by=office_coordinator, at=now, kind="assist", body=other_insurance, body_name="")
    assert (task.body, task.body_name) == (other_insurance, "云溪县医疗保障局")


# --- assignment --------------------------------------------------------------------------------------------------
def test_the_clock_follows_to_the_department_and_person_that_owe_it(
    office_coordinator, sender, insurance_handler, insurance_handler_2, now, told
):
    task = make_task(by=office_coordinator, at=now, kind="assist", due_on=None)
    assign_task(task=task, department=sender, person=insurance_handler, by=office_coordinator, at=now)
    assert clocks(task) == [("assist_letter", "联动办", "cancelled"), ("assist_letter", "县医保局", "running")]
    assert (running(task).person, running(task).amount, running(task).due_on) == (insurance_handler, 15, task.due_on)
    accept_task(task=task, by=insurance_handler, at=now)
    assign_task(task=task, department=sender, person=insurance_handler_2, by=office_coordinator, at=now)
    assert (task.status, running(task).person) == ("accepted", insurance_handler_2)
    assert (told("task.to_accept"), told("task.was_accepted")) == (["赵一鸣", "陈晓岚"], ["江望舒"])


def test_a_task_handed_back_is_assigned_anew(
    office_coordinator, sender, receiver, insurance_handler, health_handler, now, told
):
    task = make_task(by=office_coordinator, at=now, status="assigned", department=sender)
    with pytest.raises(BadInput):
        hand_back_task(task=task, reason=" ", by=insurance_handler, at=now)
    hand_back_task(task=task, reason="属卫健职责", by=insurance_handler, at=now)
    assert (task.status, task.department, task.hand_back_reason) == ("registered", None, "属卫健职责")
    assign_task(task=task, department=receiver, person=health_handler, by=office_coordinator, at=now)
    assert (task.status, task.department, task.hand_back_reason) == ("assigned", receiver, "")
    assert [who for _code, who, _state in clocks(task)] == ["联动办", "县医保局", "联动办", "县卫健局"]
    assert told("task.was_handed_back") == ["江望舒"]


def test_assignment_refuses(
    office_coordinator, sender, receiver, procuratorate, other_insurance, insurance_handler, health_handler, now
):
    task = make_task(by=office_coordinator, at=now, status="assigned", department=sender)
    tried = {
        "department": [(procuratorate, insurance_handler), (other_insurance, insurance_handler)],
        "person": [(receiver, insurance_handler), (sender, insurance_handler)],
    }
    for field, pairs in tried.items():
        for department, person in pairs:
            with pytest.raises(BadInput) as refusal:
                assign_task(task=task, department=department, person=person, by=office_coordinator, at=now)
            assert refusal.value.field == field
    stale = Task.objects.get(pk=task.pk)
    assign_task(task=task, department=receiver, person=health_handler, by=office_coordinator, at=now)
    with pytest.raises(MovedOn):
        assign_task(task=stale, department=sender, person=insurance_handler, by=office_coordinator, at=now)
    accept_task(task=task, by=health_handler, at=now)
    with pytest.raises(BadInput) as refusal:
        assign_task(task=task, department=sender, person=insurance_handler, by=office_coordinator, at=now)
    assert refusal.value.field == "department"


def test_only_the_assigned_person_accepts(office_coordinator, sender, insurance_handler_2, now):
    task = make_task(by=office_coordinator, at=now, status="assigned", department=sender)
    with pytest.raises(Refused) as refusal:
        accept_task(task=task, by=insurance_handler_2, at=now)
    assert not isinstance(refusal.value, WrongState)


# --- its cases ---------------------------------------------------------------------------------------------------
def test_a_lead_registered_from_a_task_carries_its_number(office_coordinator, sender, insurance_handler, county, now):
    task = make_task(by=office_coordinator, at=now, status="accepted", department=sender)
    subject = make_subject(county, at=now)
    opened = open_case(
        task=task, subjects=[subject], categories=list(Category.objects.filter(code="split-admission")),
        summary="疑似分解住院。", suspected="1000", by=insurance_handler, at=now,
    )  # fmt: skip
    assert (opened.source, opened.source_number, opened.found_on) == (Source.SUPERIOR, task.number, task.received_on)
    assert task.links.get().case == opened
    said = Event.objects.filter(verb="task.case_linked", case_id=opened.pk).get()
    assert said.params["number"] == task.number
    with pytest.raises(BadInput) as refusal:
        link_case(task=task, case=opened, by=insurance_handler, at=now)
    assert refusal.value.field == "case"


def test_a_task_carries_several_cases_of_its_own_county(
    case, office_coordinator, sender, insurance_handler, outsider, now
):
    other = make_case(by=insurance_handler, at=now)
    task = make_task(by=office_coordinator, at=now, cases=[case, other])
    assert task.links.count() == 2
    with pytest.raises(BadInput) as refusal:
        link_case(task=task, case=make_case(by=outsider, at=now), by=office_coordinator, at=now)
    assert refusal.value.field == "case"


COMPETENCE = {
    # kind of task, category, refused? — health is not competent for 串换, nobody is named for an empty dictionary
    "assigned_not_competent": ("assigned", "substitution", True),
    "assigned_competent": ("assigned", "split-admission", False),
    "designated": ("designated", "substitution", False),
    "nobody_named": ("assigned", "nobody", False),
}


@pytest.mark.parametrize("name", COMPETENCE)
def test_competence_is_asked_unless_jurisdiction_was_designated(
    name, office_coordinator, receiver, health_handler, county, now
):
    kind, code, refused = COMPETENCE[name]
    Category.objects.create(code="nobody", name="未定", order=999)
    task = make_task(by=office_coordinator, at=now, kind=kind, status="accepted", department=receiver)
    given = {
        "task": task, "subjects": [make_subject(county, at=now)], "summary": "线索。", "by": health_handler, "at": now,
        "categories": list(Category.objects.filter(code=code)),
    }  # fmt: skip
    if refused:
        with pytest.raises(BadInput) as refusal:
            open_case(**given)
        assert refusal.value.field == "categories"
    else:
        assert open_case(**given).owner == receiver


def test_what_became_of_a_case_is_stated_before_the_report(case, office_coordinator, sender, insurance_handler, now):
    task = make_task(by=office_coordinator, at=now, status="accepted", department=sender, cases=[case])
    letter = draft_task_letter(task=task, purpose="report", title="报告", text="属实。", by=insurance_handler, at=now)
    with pytest.raises(BadInput, match=case.number):
        submit_task_letter(letter=letter, by=insurance_handler, at=now)
    link = task.links.select_related("task", "case").get()
    for outcome, remark, field in (("", "", "outcome"), ("handed", "", "outcome"), ("ongoing", " ", "remark")):
        with pytest.raises(BadInput) as refusal:
            state_case(link=link, outcome=outcome, remark=remark, by=insurance_handler, at=now)
        assert refusal.value.field == field
    state_case(link=link, outcome="ongoing", remark="已立案调查", by=insurance_handler, at=now)
    submit_task_letter(letter=letter, by=insurance_handler, at=now)
    assert letter.status == "submitted"


# --- every step refuses every state it does not start from (who may: test_state_machine_task.py) ---------------
STEPS = {
    "assign": (
        {"registered", "assigned", "accepted"},
        lambda t, p, at: assign_task(task=t, department=p.department, person=p.other, by=p.office, at=at),
    ),
    "accept": ({"assigned"}, lambda t, p, at: accept_task(task=t, by=p.handler, at=at)),
    "hand_back": ({"assigned"}, lambda t, p, at: hand_back_task(task=t, reason="错发", by=p.handler, at=at)),
    "link": (
        {"registered", "assigned", "accepted"},
        lambda t, p, at: link_case(task=t, case=p.case, by=p.office, at=at),
    ),
    "open_case": (
        {"accepted"},
        lambda t, p, at: open_case(
            task=t, subjects=list(p.case.subjects.all()), categories=list(p.case.categories.all()), summary="线索",
            duplicates_known=True, by=p.handler, at=at,
        ),
    ),
    "file": (
        {"registered", "assigned", "accepted", "reported"},
        lambda t, p, at: add_task_file(task=t, kind="other", upload=pdf(), by=p.office, at=at),
    ),
    "report": (
        {"accepted"},
        lambda t, p, at: draft_task_letter(task=t, purpose="report", title="报告", text="属实", by=p.handler, at=at),
    ),
    "delay": (
        {"accepted"},
        lambda t, p, at: draft_task_letter(
            task=t, purpose="delay", title="延期", text="量大", new_on=t.due_on + DAY, by=p.handler, at=at
        ),
    ),
    "chase": ({"registered", "assigned", "accepted"}, lambda t, p, at: chase_task(task=t, by=p.office, at=at)),
    "close": ({"reported"}, lambda t, p, at: close_task(task=t, remark="不涉案", by=p.office, at=at)),
    "redo": (
        {"reported"},
        lambda t, p, at: redo_task(task=t, reason="未附材料", due_on=at.date() + 5 * DAY, by=p.office, at=at),
    ),
    "withdraw": (
        {"registered", "assigned", "accepted"},
        lambda t, p, at: withdraw_task(task=t, reason="撤销", by=p.office, at=at),
    ),
}  # fmt: skip


@pytest.fixture
def people(case, sender, office_coordinator, insurance_handler, insurance_handler_2):
    class People:
        department, handler, other, office = sender, insurance_handler, insurance_handler_2, office_coordinator

    People.case = case
    return People


class _Undo(Exception):
    pass


@pytest.mark.parametrize("status", STATES)
def test_every_action_works_in_its_states_and_is_refused_in_all_others(status, people, now):
    task = make_task(by=people.office, at=now, status=status, department=people.department)
    for name, (allowed, act) in STEPS.items():
        fresh = Task.objects.get(pk=task.pk)
        if status in allowed:
            with pytest.raises(_Undo), transaction.atomic():
                act(fresh, people, now)
                raise _Undo
        else:
            with pytest.raises(Refused), transaction.atomic():
                act(fresh, people, now)
        assert Task.objects.get(pk=task.pk).status == status, name


def test_nobody_without_a_post_or_blocked_oversees(office_coordinator, system_admin, now):
    task = make_task(by=office_coordinator, at=now)
    assert rules.oversees(office_coordinator, task)
    office_coordinator.is_active = False
    assert not rules.oversees(office_coordinator, task) and not rules.oversees(system_admin, task)


def test_a_department_oversees_what_it_registered_itself(
    sender, insurance_registrar, insurance_section_head, insurance_handler, health_section_head, now
):
    task = make_task(by=insurance_registrar, at=now)
    assert rules.can_assign(insurance_registrar, task) and rules.can_chase(insurance_section_head, task)
    assert not rules.can_assign(insurance_handler, task) and not rules.can_assign(health_section_head, task)
    assert not rules.may_choose_department(insurance_registrar, task)


# --- chased ------------------------------------------------------------------------------------------------------
def test_chasing_is_counted_once_a_working_day(office_coordinator, sender, now, told):
    task = make_task(by=office_coordinator, at=now)
    chase_task(task=task, by=office_coordinator, at=now)
    assert told("task.was_chased") == ["江望舒"]  # nobody has it yet: whoever should assign it
    with pytest.raises(AlreadyDone):
        chase_task(task=task, by=office_coordinator, at=now)
    other = make_task(by=office_coordinator, at=now, status="accepted", department=sender)
    assert chase_task(task=other, remark="请抓紧", by=office_coordinator, at=now).number == 1
    assert told("task.was_chased") == ["何志远", "梁国栋", "江望舒", "陈晓岚"]
    with pytest.raises(DatabaseError), transaction.atomic():
        TaskChase.objects.update(remark="改")


# --- the report --------------------------------------------------------------------------------------------------
def test_the_report_is_drafted_reviewed_signed_sent_and_meets_the_clock(
    case, office_coordinator, sender, insurance_handler, insurance_deputy_head, now, verbs, told
):
    task = make_task(by=office_coordinator, at=now, status="accepted", department=sender, cases=[case])
    letter = answer_task(task, at=now)
    assert (task.status, letter.status, letter.document.kind) == ("reported", "sent", "task_report")
    assert clocks(task)[-1] == ("task_report", "县医保局", "met")
    assert verbs(letter) == ["task_letter.drafted", *(f"task_letter.{s}" for s in ("submitted", "reviewed", "approved"))]
    assert Event.objects.filter(verb="task.case_reported", case_id=case.pk).count() == 1
    assert told("task.letter_went") == ["江望舒", "陈晓岚"]
    assert IssuedDocument.objects.visible_to(insurance_handler).filter(pk=letter.document_id).exists()
    close_task(task=task, by=office_coordinator, at=now)
    assert (task.status, told("task.was_closed")) == ("closed", ["陈晓岚"])


def test_the_drafter_does_not_sign_and_a_draft_goes_back_with_a_reason(
    office_coordinator, sender, insurance_handler, insurance_section_head, now
):
    task = make_task(by=office_coordinator, at=now, status="accepted", department=sender)
    letter = make_letter(task, at=now, purpose="delay", status="submitted")
    with pytest.raises(FourEyes):
        approve_paper(paper=letter, by=insurance_handler, at=now)
    send_back_paper(paper=letter, reason="理由不充分", by=insurance_section_head, at=now)
    assert paper_rules.can_edit(insurance_handler, letter)
    edit_task_letter(
        letter=letter, version=letter.version, title="延期函", text="病历多", new_on=task.due_on + 3 * DAY,
        by=insurance_handler, at=now,
    )  # fmt: skip
    with pytest.raises(Stale):
        edit_task_letter(letter=letter, version=1, title="延期函", text="病历多", by=insurance_handler, at=now)
    discard_paper(paper=letter, reason="不再需要", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        edit_task_letter(letter=letter, version=9, title="延期函", text="病历多", by=insurance_handler, at=now)
    assert paper_rules.can_read_paper(insurance_handler, letter)


def test_a_late_report_says_why_and_stays_late(
    office_coordinator, sender, insurance_registrar, now
):
    task = make_task(by=office_coordinator, at=now, status="accepted", department=sender, days=1)
    letter = make_letter(task, at=now, status="approved")
    late = now + 5 * DAY
    with pytest.raises(BadInput) as refusal:
        send_task_letter(letter=letter, by=insurance_registrar, at=late)
    assert refusal.value.field == "late_reason"
    letter.refresh_from_db()
    send_task_letter(letter=letter, late_reason="病历调取延误", by=insurance_registrar, at=late)
    clock = Deadline.objects.filter(target_kind="task", target_id=task.pk).order_by("-pk").first()
    assert (letter.late_reason, clock.late, clock.late_reason) == ("病历调取延误", True, "病历调取延误")


def test_letters_refuse_what_does_not_fit(office_coordinator, sender, insurance_handler, insurance_registrar, now):
    task = make_task(by=office_coordinator, at=now, status="accepted", department=sender)
    given = {"task": task, "by": insurance_handler, "at": now, "title": "报告", "text": "属实"}
    with pytest.raises(WrongState):
        draft_task_letter(purpose="handover", effect="ended", **given)
    for missing in ("title", "text"):
        with pytest.raises(BadInput) as refusal:
            draft_task_letter(purpose="report", **(given | {missing: " "}))
        assert refusal.value.field == missing
    for new_on in (None, task.due_on):
        with pytest.raises(BadInput) as refusal:
            draft_task_letter(purpose="delay", new_on=new_on, **given)
        assert refusal.value.field == "new_on"
    letter = draft_task_letter(purpose="report", **given)
    with pytest.raises(WrongState):
        draft_task_letter(purpose="report", **given)
    with pytest.raises(WrongState):
        send_task_letter(letter=letter, by=insurance_registrar, at=now)
    withdraw_task(task=task, reason="撤销", by=office_coordinator, at=now)
    letter.task.refresh_from_db()
    with pytest.raises(WrongState):
        submit_task_letter(letter=letter, by=insurance_handler, at=now)


def test_a_task_not_accepted_yet_states_nothing(case, office_coordinator, sender, insurance_handler, now):
    task = make_task(by=office_coordinator, at=now, status="assigned", department=sender, cases=[case])
    link = task.links.select_related("task", "case").get()
    with pytest.raises(WrongState):
        state_case(link=link, outcome="confirmed", by=insurance_handler, at=now)


def test_a_task_whose_clock_was_cancelled_is_withdrawn_all_the_same(office_coordinator, sender, now):
    task = make_task(by=office_coordinator, at=now, department=sender)
    clock = Deadline.objects.open().of("task", task.pk).get()
    cancel_clock(deadline=clock, at=now, by=office_coordinator, reason="误录")
    assert withdraw_task(task=task, reason="撤销", by=office_coordinator, at=now).status == "withdrawn"


def test_nothing_unreported_closes_and_a_task_without_a_case_says_why(case, office_coordinator, sender, now):
    task = make_task(by=office_coordinator, at=now, status="accepted", department=sender)
    with pytest.raises(WrongState):
        close_task(task=task, remark="", by=office_coordinator, at=now)
    answer_task(task, at=now)
    with pytest.raises(BadInput) as refusal:
        close_task(task=task, by=office_coordinator, at=now)
    assert refusal.value.field == "remark"
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(reported_at=None, reported_by=None)
    helped = make_task(by=office_coordinator, at=now, kind="assist", status="reported", department=sender)
    assert close_task(task=helped, by=office_coordinator, at=now).status == "closed"


def test_a_case_that_is_unstated_keeps_the_task_open(case, office_coordinator, sender, insurance_handler, now):
    task = make_task(by=office_coordinator, at=now, status="reported", department=sender, cases=[case])
    task.links.update(outcome="", stated_at=None, stated_by=None)
    with pytest.raises(StillOpen) as refusal:
        close_task(task=task, by=office_coordinator, at=now)
    assert case.number in refusal.value.details["items"][0]


def test_a_report_the_body_is_not_content_with_is_made_again(office_coordinator, sender, insurance_handler, now, told):
    task = make_task(by=office_coordinator, at=now, status="reported", department=sender)
    for reason, day, error in ((" ", 5, "reason"), ("未附材料", 0, "due_on")):
        with pytest.raises(BadInput) as refusal:
            redo_task(task=task, reason=reason, due_on=now.date() + day * DAY, by=office_coordinator, at=now)
        assert refusal.value.field == error
    redo_task(task=task, reason="未附材料", due_on=now.date() + 5 * DAY, by=office_coordinator, at=now)
    assert (task.status, task.redo_count, running(task).due_on) == ("accepted", 1, now.date() + 5 * DAY)
    assert told("task.to_redo") == ["陈晓岚"]
    answer_task(task, at=now)
    assert task.status == "reported"


# --- a later date ------------------------------------------------------------------------------------------------
def test_a_later_date_is_asked_by_letter_and_recorded_with_the_answer(
    office_coordinator, sender, insurance_registrar, insurance_handler, now, told
):
    task = make_task(by=office_coordinator, at=now, status="accepted", department=sender)
    old = task.due_on
    make_letter(task, at=now, purpose="delay", status="sent")
    extension = task.extensions.get()
    assert (task.status, task.due_on, extension.status, extension.new_on) == ("accepted", old, "asked", old + 10 * DAY)
    assert not rules.can_ask_delay(insurance_handler, task)
    second = make_letter(task, at=now, purpose="delay")
    with pytest.raises(WrongState):
        submit_task_letter(letter=second, by=insurance_handler, at=now)
    given = {"extension": extension, "agreed": True, "answer_number": "沧医保函〔2026〕99号", "answer_on": now.date(),
             "scan": pdf("同意延期.pdf"), "by": insurance_registrar, "at": now}  # fmt: skip
    for wrong, field in (
        ({"answer_number": " "}, "answer_number"), ({"answer_on": now.date() + DAY}, "answer_on"),
        ({"answer_on": now.date() - DAY}, "answer_on"), ({"scan": None}, "scan"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refusal:
            answer_extension(**(given | wrong))
        assert refusal.value.field == field
    answer_extension(**given)
    task.refresh_from_db()
    assert (task.due_on, running(task).due_on, running(task).first_due_on) == (old + 10 * DAY, old + 10 * DAY, old)
    assert TaskFile.objects.get(task=task, kind="answer").name == "同意延期.pdf"
    with pytest.raises(WrongState):
        answer_extension(**given)
    assert told("task.delay_was_agreed") == ["陈晓岚"]


def test_a_later_date_that_is_not_agreed_leaves_the_old_one(office_coordinator, sender, insurance_handler, now):
    task = make_task(by=office_coordinator, at=now, status="accepted", department=sender)
    make_letter(task, at=now, purpose="delay", status="sent")
    extension = task.extensions.get()
    assert rules.can_answer_extension(insurance_handler, extension)
    answer_extension(
        extension=extension, agreed=False, answer_number="沧医保函〔2026〕98号", answer_on=now.date(),
        by=office_coordinator, at=now,
    )  # fmt: skip
    task.refresh_from_db()
    assert (extension.status, task.due_on) == ("refused", extension.old_on)
    make_letter(task, at=now, purpose="delay", status="sent")
    answer_task(task, at=now)
    with pytest.raises(WrongState):
        answer_extension(
            extension=task.extensions.get(status="lapsed"), agreed=False, answer_number="1号", answer_on=now.date(),
            by=office_coordinator, at=now,
        )  # fmt: skip


# --- doors -------------------------------------------------------------------------------------------------------
def test_only_its_parties_and_the_office_see_a_task(
    case, office_coordinator, county_leader, sender, insurance_handler, insurance_handler_2, health_handler, outsider,
    system_admin, receiver, now,
):  # fmt: skip
    task = make_task(by=office_coordinator, at=now, status="accepted", department=sender)
    letter = make_letter(task, at=now)
    for user in (office_coordinator, county_leader, insurance_handler, insurance_handler_2):
        assert Task.objects.visible_to(user).filter(pk=task.pk).exists()
    for user in (health_handler, outsider, system_admin):
        assert not Task.objects.visible_to(user).exists()
        assert not TaskLetter.objects.visible_to(user).exists()
    assert TaskLetter.objects.visible_to(insurance_handler).get() == letter
    assert not TaskLetter.objects.visible_to(office_coordinator).exists()  # a draft is the department's own
    assert not letter.manifest.model.objects.visible_to(insurance_handler).exists()


def test_who_may_register(office_coordinator, insurance_registrar, insurance_handler, insurance_finance, system_admin):
    allowed = [rules.can_register(user) for user in (office_coordinator, insurance_registrar, insurance_handler)]
    assert allowed == [True, True, True]
    assert not rules.can_register(insurance_finance) and not rules.can_register(system_admin)


def test_register_task_takes_the_texts_without_blanks(office_coordinator, now):
    task = register_task(
        kind="assigned", body_name=" 沧澜市医疗保障局 ", number=" 1号 ", subject=" 通知 ", request=" 请办 ",
        received_on=now.date(), due_on=now.date(), by=office_coordinator, at=now,
    )  # fmt: skip
    assert (task.body_name, task.number, task.subject, task.request) == ("沧澜市医疗保障局", "1号", "通知", "请办")
