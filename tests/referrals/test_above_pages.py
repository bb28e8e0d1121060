"""The pages and the API of tasks from above and beside: one life played through them, every form, fixed queries."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from core.dates import local_date
from core.forms import new_form_key
from core.tally import tally
from deadlines.models import Deadline
from departments.models import Category, User
from journal.models import Event
from referrals import reading_above
from referrals import workbench_above as workbench
from referrals.models import Task, TaskLetter
from referrals.views.above_letters import proposed_title
from tests.casetabs import tab_url
from tests.factories.above import answer_task, make_letter, make_task
from tests.factories.cases import make_case, make_subject, pdf, uscc

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    """Pages read the clock themselves: these tests live now."""
    return timezone.now()


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, BACKEND)
        return client

    return of


@pytest.fixture
def desks(
    sender, office_coordinator, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar,
    seat,
):  # fmt: skip
    class Desks:
        department = sender
        office, handler, head = seat(office_coordinator), seat(insurance_handler), seat(insurance_section_head)
        deputy, registrar = seat(insurance_deputy_head), seat(insurance_registrar)
        coordinator, person = office_coordinator, insurance_handler

    return Desks


def post(client, name, *args, **fields):
    return client.post(reverse(f"referrals:{name}", args=args), {"form_key": new_form_key(), **fields})


def days(number):
    return (local_date(timezone.now()) + number * DAY).isoformat()


def entered(**more):
    return {
        "kind": "assigned", "body_name": "沧澜市医疗保障局", "number": "沧医保函〔2026〕21号",
        "subject": "关于核查线索的通知",
        "request": "请核查并报告。", "received_on": days(0), "due_on": days(20), "scan": pdf("来文.pdf"), **more,
    }  # fmt: skip


def test_a_task_passes_through_every_desk_by_the_pages(desks, county, now):
    assert desks.office.get(reverse("referrals:task_new")).status_code == 200
    wrong = post(desks.office, "task_new", **entered(due_on=days(-1)))
    assert "报告时限已过" in wrong.content.decode() and "关于核查线索的通知" in wrong.content.decode()
    answer = post(desks.office, "task_new", **entered())
    task = Task.objects.get()
    assert answer.url == task.get_absolute_url()
    page = desks.office.get(task.get_absolute_url()).content.decode()
    assert "沧医保函〔2026〕21号" in page and "待分办" in page
    scan = desks.office.post(reverse("referrals:task_scan", args=[task.files.get().pk]))
    assert (scan.status_code, scan["Content-Type"], scan.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert Event.objects.latest("pk").verb == "scan.taken"
    assert "县医保局　陈晓岚" in desks.office.get(reverse("referrals:task_assign", args=[task.pk])).content.decode()
    post(desks.office, "task_assign", task.pk, department=desks.department.pk, person=desks.person.pk)
    post(desks.handler, "task_accept", task.pk, seen="assigned")
    assert desks.handler.get(reverse("referrals:task_open_case", args=[task.pk])).status_code == 200
    refused = post(desks.handler, "task_open_case", task.pk, summary="线索")
    assert refused.status_code == 200 and not Case.objects.exists()
    category = Category.objects.get(code="split-admission")
    lead = {"categories": [category.pk], "summary": "疑似分解住院", "suspected": "1,200.00", "new_kind": "institution",
            "new_name": "仁和医院"}  # fmt: skip
    wrong = post(desks.handler, "task_open_case", task.pk, **lead, new_uscc="123")
    assert "err" in wrong.content.decode()
    wrong = post(desks.handler, "task_open_case", task.pk, **lead, new_uscc=uscc(), files=[pdf("坏.exe", b"MZ")])
    assert wrong.status_code == 200 and not Case.objects.exists()
    done = post(desks.handler, "task_open_case", task.pk, **lead, new_uscc=uscc(), files=[pdf("线索.pdf")])
    case = Case.objects.get()
    assert done.url == reverse("cases:detail", args=[case.pk])
    assert case.evidence.count() == 1 and case.source_number == task.number
    shown = desks.handler.get(done.url).content.decode()
    assert "交办协查" in shown and task.number in shown
    link = task.links.get()
    assert desks.handler.get(reverse("referrals:task_state", args=[link.pk])).status_code == 200
    post(desks.handler, "task_state", link.pk, outcome="ongoing")
    link.refresh_from_db()
    assert link.outcome == ""
    post(desks.handler, "task_state", link.pk, outcome="ongoing", remark="已立案调查")
    form = desks.handler.get(reverse("referrals:task_answer", args=[task.pk])).content.decode()
    assert "关于核查线索办理情况的报告" in form
    post(desks.handler, "task_answer", task.pk, title="关于核查线索办理情况的报告", text="经核查，情况如下。")
    letter = TaskLetter.objects.get()
    assert desks.handler.get(letter.get_absolute_url()).status_code == 200
    assert "已立案调查" in desks.handler.get(reverse("referrals:task_letter_preview", args=[letter.pk])).content.decode()
    for client, step in (
        (desks.handler, "submit"), (desks.head, "review"), (desks.deputy, "approve"), (desks.registrar, "send"),
    ):  # fmt: skip
        assert post(client, f"task_letter_{step}", letter.pk).status_code == 302
    task.refresh_from_db()
    assert task.status == "reported"
    sent = desks.office.get(letter.get_absolute_url()).content.decode()
    letter.refresh_from_db()
    assert letter.document.number in sent
    assert post(desks.office, "task_close", task.pk).status_code == 302
    task.refresh_from_db()
    assert task.status == "closed"
    assert "已办结" in desks.office.get(task.get_absolute_url()).content.decode()


def test_every_other_step_has_its_page(desks, case, now):
    task = make_task(by=desks.coordinator, at=now)
    post(desks.office, "task_assign", task.pk, department=desks.department.pk, person=desks.person.pk)
    post(desks.handler, "task_hand_back", task.pk, reason="不属本局")
    task.refresh_from_db()
    assert (task.status, task.hand_back_reason) == ("registered", "不属本局")
    assert "不属本局" in desks.office.get(task.get_absolute_url()).content.decode()
    post(desks.office, "task_chase", task.pk, seen="registered")
    assert task.chases.count() == 1
    assert desks.office.get(reverse("referrals:task_link", args=[task.pk])).status_code == 200
    post(desks.office, "task_link", task.pk, case=case.pk)
    assert task.links.get().case == case
    assert desks.office.get(reverse("referrals:task_file", args=[task.pk])).status_code == 200
    post(desks.office, "task_file", task.pk, kind="other", upload=pdf("附件.pdf"))
    assert task.files.get().name == "附件.pdf"
    post(desks.office, "task_withdraw", task.pk, reason="来文撤销")
    task.refresh_from_db()
    assert task.status == "withdrawn"
    assert "来文撤销" in desks.office.get(task.get_absolute_url()).content.decode()


def test_a_later_date_is_asked_and_answered_by_the_pages(desks, now):
    task = make_task(by=desks.coordinator, at=now, status="accepted", department=desks.department)
    new = (task.due_on + 5 * DAY).isoformat()
    url = reverse("referrals:task_delay", args=[task.pk])
    assert "延期理由" in desks.handler.get(url).content.decode()
    refused = post(desks.handler, "task_delay", task.pk, title="延期函", text="量大", new_on=task.due_on.isoformat())
    assert refused.status_code == 200
    post(desks.handler, "task_delay", task.pk, title="延期函", text="量大", new_on=new)
    letter = TaskLetter.objects.get()
    edit = reverse("referrals:task_letter_edit", args=[letter.pk])
    assert desks.handler.get(edit).status_code == 200
    saved = {"title": "延期函", "text": "病历多", "new_on": new, "expected_version": 1}
    post(desks.handler, "task_letter_edit", letter.pk, **saved)
    assert post(desks.handler, "task_letter_edit", letter.pk, **saved).status_code == 200  # stale
    preview = desks.handler.get(reverse("referrals:task_letter_preview", args=[letter.pk])).content.decode()
    assert "病历多" in preview
    for client, step in ((desks.handler, "submit"), (desks.head, "approve"), (desks.registrar, "send")):
        post(client, f"task_letter_{step}", letter.pk)
    asked = task.extensions.get()
    page = desks.registrar.get(reverse("referrals:task_extension", args=[asked.pk]))
    assert page.status_code == 200
    post(desks.registrar, "task_extension", asked.pk, agreed="yes", answer_number="9号", answer_on=days(0),
         scan=pdf("复函.pdf"))  # fmt: skip
    task.refresh_from_db()
    assert task.due_on.isoformat() == new
    assert "9号" in desks.handler.get(task.get_absolute_url()).content.decode()


def test_a_late_report_is_asked_why_on_its_page(desks, now):
    """Ten days ago the date was two days off: only now the page asks for the reason, and does not send without it."""
    task = make_task(by=desks.coordinator, at=now - 10 * DAY, days=2, status="accepted", department=desks.department)
    letter = make_letter(task, at=now - 9 * DAY, status="approved")
    url = reverse("referrals:task_letter_send", args=[letter.pk])
    assert "late_reason" in desks.registrar.get(url).content.decode()
    assert post(desks.registrar, "task_letter_send", letter.pk).status_code == 200
    post(desks.registrar, "task_letter_send", letter.pk, late_reason="病历调取延误")
    letter.refresh_from_db()
    assert (letter.status, letter.late_reason) == ("sent", "病历调取延误")


def test_a_raised_case_is_handed_over_and_given_back_by_the_pages(desks, case, now):
    task = make_task(by=desks.coordinator, at=now, kind="raised", status="accepted", department=desks.department,
                     cases=[case])  # fmt: skip
    piece = case.evidence.first()
    form = desks.handler.get(reverse("referrals:task_answer", args=[task.pk])).content.decode()
    assert piece.name in form and "中止办理" in form
    post(desks.handler, "task_answer", task.pk, title="移交函", text="已核查", effect="suspended", manifest=[piece.pk])
    letter = TaskLetter.objects.get()
    assert piece.name in desks.handler.get(letter.get_absolute_url()).content.decode()
    desks.handler.get(reverse("referrals:task_letter_edit", args=[letter.pk]))
    assert "证据材料清单" in desks.handler.get(reverse("referrals:task_letter_preview", args=[letter.pk])).content.decode()
    for client, step in (
        (desks.handler, "submit"), (desks.head, "review"), (desks.deputy, "approve"), (desks.registrar, "send"),
    ):  # fmt: skip
        post(client, f"task_letter_{step}", letter.pk)
    assert desks.head.get(reverse("referrals:task_conclude", args=[task.pk])).status_code == 200
    post(desks.head, "task_conclude", task.pk, given_back="yes", reason="沧医保函〔2026〕88号")
    task.refresh_from_db()
    assert task.handling == "resumed"


def test_a_report_is_asked_for_again_by_the_page(desks, now):
    task = make_task(by=desks.coordinator, at=now, status="reported", department=desks.department)
    post(desks.office, "task_redo", task.pk, reason="未附材料", due_on=days(3))
    task.refresh_from_db()
    assert task.status == "accepted"
    assert "未附材料" in desks.handler.get(task.get_absolute_url()).content.decode()


def test_the_department_may_assign_only_within_itself(desks, health, health_handler, now):
    task = make_task(by=desks.coordinator, at=now, status="assigned", department=desks.department)
    form = desks.head.get(reverse("referrals:task_assign", args=[task.pk])).content.decode()
    assert "青禾县医疗保障局" in form and "青禾县卫生健康局" not in form
    refused = post(desks.head, "task_assign", task.pk, department=health.pk, person=health_handler.pk)
    assert refused.status_code == 200


TITLES = {
    "assigned": ("关于核查甲医院的通知", "report", "关于核查甲医院办理情况的报告"),
    "assist": ("关于商请协查乙医院的函", "report", "关于商请协查乙医院办理情况的复函"),
    "raised": ("关于提级办理丙案的通知", "handover", "关于移交提级办理丙案案件的函"),
}


@pytest.mark.parametrize("kind", TITLES)
def test_a_title_is_proposed_from_the_letter_that_is_answered(kind):
    subject, purpose, title = TITLES[kind]
    assert proposed_title(Task(kind=kind, subject=subject), purpose) == title


# --- the list ----------------------------------------------------------------------------------------------------
def test_the_list_is_filtered_by_lamp_kind_state_words_and_person(desks, now):
    late = make_task(by=desks.coordinator, at=now - 10 * DAY, days=2, subject="逾期的通知")
    fine = make_task(by=desks.coordinator, at=now, days=90, subject="不急的通知", status="accepted",
                     department=desks.department)  # fmt: skip
    assist = make_task(by=desks.coordinator, at=now, kind="assist", subject="协查函", status="withdrawn", days=90)

    def found(query, client=desks.office):
        return [row[0] for row in client.get(reverse("referrals:tasks") + query).context["rows"]]

    assert found("") == [fine, late]
    assert found("?open=0") == [assist, fine, late]
    assert (found("?lamp=r"), found("?lamp=g"), found("?lamp=y"), found("?lamp=x")) == ([late], [fine], [], [fine, late])
    assert (found("?kind=assist&open=0"), found("?kind=assist"), found("?q=不急")) == ([assist], [], [fine])
    assert found(f"?before={fine.pk}") == [late]
    assert found("?mine=1", desks.handler) == [fine]
    assert found("", desks.handler) == [fine]  # the office's own list is not the department's


def test_the_list_takes_the_same_queries_for_one_row_and_three(desks, now):
    def queries():
        with CaptureQueriesContext(connection, ) as caught:
            assert desks.office.get(reverse("referrals:tasks")).status_code == 200
        return len(caught)

    make_task(by=desks.coordinator, at=now, status="accepted", department=desks.department)
    desks.office.get(reverse("referrals:tasks"))
    one = queries()
    for _round in range(2):
        make_task(by=desks.coordinator, at=now, status="accepted", department=desks.department)
    assert queries() == one


def test_a_second_page_follows_the_first(desks, now, monkeypatch):
    from referrals.views import above

    monkeypatch.setattr(above, "PAGE", 1)
    first, second = (make_task(by=desks.coordinator, at=now) for _n in range(2))
    page = desks.office.get(reverse("referrals:tasks"))
    assert [row[0] for row in page.context["rows"]] == [second]
    after = desks.office.get(reverse("referrals:tasks") + "?" + page.context["page"]["next_query"])
    assert [row[0] for row in after.context["rows"]] == [first]


def test_nobody_without_business_reads_the_list(system_admin, insurance_finance, seat):
    assert seat(system_admin).get(reverse("referrals:tasks")).status_code == 403
    assert seat(insurance_finance).get(reverse("referrals:tasks")).status_code == 200
    assert seat(insurance_finance).get(reverse("referrals:task_new")).status_code == 403


# --- workbench, case page, leaving ---------------------------------------------------------------------------------
def test_the_workbench_says_whose_turn_it_is(
    desks, case, insurance_section_head, insurance_deputy_head, insurance_registrar, system_admin, now
):
    make_task(by=desks.coordinator, at=now)
    assigned = make_task(by=desks.coordinator, at=now, status="assigned", department=desks.department)
    working = make_task(by=desks.coordinator, at=now, status="accepted", department=desks.department, cases=[case])
    raised = make_task(by=desks.coordinator, at=now, kind="raised", status="reported", department=desks.department,
                       cases=[case])  # fmt: skip
    letter = make_letter(working, at=now, purpose="delay", status="submitted")
    own = make_task(by=insurance_registrar, at=now)
    assert tally([workbench.todo_count(desks.coordinator)]) == [3]  # to assign (own one of the registrar too), reported
    rows = list(workbench.todo_rows(desks.person, 10))
    assert {row.url for row in rows} == {assigned.get_absolute_url(), working.get_absolute_url()}
    head = {row.url for row in workbench.todo_rows(insurance_section_head, 10)}
    assert head == {raised.get_absolute_url(), letter.get_absolute_url(), own.get_absolute_url()}
    assert {row.url for row in workbench.todo_rows(insurance_registrar, 10)} == {own.get_absolute_url()}
    make_task(by=desks.coordinator, at=now, status="closed", department=desks.department)
    assert len(workbench.done_rows(desks.person, 5)) == 1
    assert tally([workbench.done_count(desks.person), workbench.nav_count(desks.person)]) == [1, 2]
    nobody = User.objects.create_user(staff_number="x1", name="无岗", password="x")  # noqa: S106
    assert (workbench.todo_rows(nobody, 5), workbench.todo_count(nobody), workbench.nav_count(nobody)) == ([], 0, None)
    assert not workbench.may_see(system_admin)


def test_a_paper_sent_back_stands_on_its_drafters_workbench(desks, now):
    task = make_task(by=desks.coordinator, at=now, status="accepted", department=desks.department)
    letter = make_letter(task, at=now)
    urls = {row.url for row in workbench.todo_rows(desks.person, 10)}
    assert letter.get_absolute_url() in urls


def test_the_case_page_names_the_task_and_the_next_step(
    desks, case, county_leader, health_handler, insurance_section_head, now
):
    assert workbench.tasks_panel(case, desks.person) is None
    assert workbench.next_task(case, desks.person) is None
    task = make_task(by=desks.coordinator, at=now, kind="designated", status="accepted", department=desks.department,
                     cases=[case])  # fmt: skip
    panel = workbench.tasks_panel(case, desks.person)
    assert (panel["rows"][0]["task"], panel["designated"], panel["rows"][0]["lamp"].color) == (task, task.number, "g")
    assert task.number in desks.handler.get(tab_url(case.pk, "transfer")).content.decode()
    step = workbench.next_task(case, desks.person)
    assert (step["url"], step["lamp"], step["due"]) == (task.get_absolute_url(), "g", task.due_on)
    assert workbench.tasks_panel(case, health_handler) is None
    answer_task(task, at=now)
    step = workbench.next_task(case, desks.coordinator)
    assert (step["lamp"], step["due"], step["text"]) == ("n", None, str(task))


def test_a_next_step_nobody_here_may_take_is_only_opened(desks, case, now):
    task = make_task(by=desks.coordinator, at=now, status="accepted", department=desks.department, cases=[case])
    make_letter(task, at=now)
    make_letter(task, at=now, purpose="delay")
    assert workbench.next_task(case, desks.person)["label"]
    row = next(row for row in workbench.todo_rows(desks.person, 9) if row.url == task.get_absolute_url())
    assert row.phrase.endswith(task.subject)


def test_who_leaves_hands_tasks_and_drafts_over(desks, now):
    task = make_task(by=desks.coordinator, at=now, status="accepted", department=desks.department)
    make_letter(task, at=now)
    sentences = workbench.tasks_in_hand(desks.person.post)
    assert len(sentences) == 2 and task.number in sentences[0]


def test_the_office_hears_of_a_late_task_and_once_escalated_the_leaders(desks, insurance_section_head, now):
    task = make_task(by=desks.coordinator, at=now, status="accepted", department=desks.department)
    clock = Deadline.objects.open().get(target_kind="task", target_id=task.pk)
    assert workbench.told_when_late(clock, "overdue", now) == {desks.coordinator}
    assert insurance_section_head in workbench.told_when_late(clock, "escalated", now)
    bare = make_task(by=desks.coordinator, at=now)
    clock = Deadline.objects.open().get(target_kind="task", target_id=bare.pk)
    assert workbench.told_when_late(clock, "escalated", now) == {desks.coordinator}


# --- the API -----------------------------------------------------------------------------------------------------
def call(client, name, *args, version=None, **data):
    headers = {"If-Match": f'"{version}"'} if version else {}
    return client.post(
        reverse(name, args=args), json.dumps(data), content_type="application/json", headers=headers
    )


def test_a_task_lives_by_the_api(desks, case, outsider, now, seat):
    given = {k: v for k, v in entered().items() if k != "scan"}
    made = call(desks.office, "task-list", **given)
    assert made.status_code == 201
    pk, body = made.json()["id"], made.json()
    assert call(desks.office, "task-list", **given).status_code == 400  # the same letter twice
    assert call(desks.office, "task-list").status_code == 400

    def step(client, name, **data):
        nonlocal body
        answer = call(client, f"task-{name}", pk, version=Task.objects.get(pk=pk).version, **data)
        if answer.status_code == 200:
            body = answer.json()
        return answer.status_code

    who = {"department": desks.department.pk, "person": desks.person.pk}
    assert step(desks.office, "assign", **(who | {"person": 0})) == 400
    assert step(desks.office, "assign", **who) == 200
    assert step(desks.handler, "hand-back", reason="误") == 204  # out of the department's sight
    assert Task.objects.get(pk=pk).status == "registered"
    assert step(desks.office, "assign", **who) == 200
    assert step(desks.head, "assign", department=0, person=desks.person.pk) == 400
    assert step(desks.handler, "accept") == 200
    assert step(desks.office, "chase") == 200
    assert step(desks.office, "link", case=0) == 400
    assert step(desks.office, "link", case=case.pk) == 200 and body["cases"][0]["case"] == case.pk
    assert step(desks.handler, "delay", title="延期", text="量大", new_on=days(40)) == 201
    assert step(desks.handler, "answer", title="报告", text="属实") == 201
    assert step(desks.head, "close") == 403
    task = Task.objects.get(pk=pk)
    TaskLetter.objects.filter(task=task)
    assert call(desks.office, "task-withdraw", pk, reason="撤").status_code == 428
    assert step(desks.office, "withdraw", reason="撤") == 200 and body["status"] == "withdrawn"
    listed = desks.office.get(
        reverse("task-list") + f"?status=withdrawn&kind=assigned&department={desks.department.pk}&case={case.pk}"
    )
    assert [row["id"] for row in listed.json()["results"]] == [pk]
    assert desks.office.get(reverse("task-list") + "?case=0").json()["results"] == []
    assert desks.office.get(reverse("task-detail", args=[pk])).headers["ETag"]
    assert seat(outsider).get(reverse("task-detail", args=[pk])).status_code == 404
    assert call(desks.registrar, "task-list", **(given | {"number": "2号"})).status_code == 201


def test_reported_tasks_are_closed_redone_and_concluded_by_the_api(desks, case, now):
    first = make_task(by=desks.coordinator, at=now, status="reported", department=desks.department)
    redone = call(desks.office, "task-redo", first.pk, version=first.version, reason="补", due_on=days(4))
    assert redone.json()["status"] == "accepted"
    second = make_task(by=desks.coordinator, at=now, status="reported", department=desks.department)
    closed = call(desks.office, "task-close", second.pk, version=second.version, remark="不涉案")
    assert closed.json()["status"] == "closed"
    third = make_task(by=desks.coordinator, at=now, kind="raised", status="reported", department=desks.department,
                      cases=[case])  # fmt: skip
    ended = call(desks.head, "task-conclude", third.pk, version=third.version, given_back=False, reason="88号")
    assert ended.json()["handling"] == "ended"


def test_a_case_the_reader_may_not_see_is_only_counted(desks, case, health, health_handler, seat, now):
    task = make_task(by=desks.coordinator, at=now, status="accepted", department=health, handler=health_handler,
                     cases=[case])  # fmt: skip
    page = seat(health_handler).get(task.get_absolute_url()).content.decode()
    assert case.number not in page and "1件案件您无权查看" in page
    assert seat(health_handler).get(reverse("task-detail", args=[task.pk])).json()["cases"] == []


def test_make_subject_and_case_factories_meet(desks, county, now):
    """A duplicate about the same subject is shown before a second lead is registered from a task."""
    subject = make_subject(county, at=now)
    make_case(by=desks.person, at=now, subject=subject)
    task = make_task(by=desks.coordinator, at=now, status="accepted", department=desks.department)
    category = Category.objects.get(code="split-admission")
    lead = {"subjects": [subject.pk], "categories": [category.pk], "summary": "线索"}
    assert "duplicates_known" in post(desks.handler, "task_open_case", task.pk, **lead).content.decode()
    assert Case.objects.count() == 1
    post(desks.handler, "task_open_case", task.pk, **lead, duplicates_known="on")
    assert Case.objects.count() == 2


def test_the_last_station_waits_for_whoever_took_the_letter_in(desks, now):
    task = make_task(by=desks.coordinator, at=now, status="reported", department=desks.department)
    last = reading_above.track(task)[-1]
    assert (last.state, last.who) == ("blue", task.registered_in.name)
    assert last.who != task.handler.name
