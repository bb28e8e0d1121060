"""The pages of sanctions as people click them: from the case to the feedback, the lists, repair, and the catalogue."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from core.dates import local_date
from departments.enums import Role
from journal.models import Event
from sanctions import letters, rules_second
from sanctions.actions import lists, proposing, standing
from sanctions.actions.bulk_sending import send_out
from sanctions.contexts import of_list
from sanctions.models import AppliedMeasure, Bar, Hearing, ListEntry, Measure, MeasureTask, Repair, Sanction
from tests.casetabs import tab_url
from tests.factories import sanctions as made
from tests.factories.cases import pdf


@pytest.fixture
def clock(now):
    with time_machine.travel(now + dt.timedelta(minutes=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def sign_in(client, clock):
    def as_user(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_user


HIDDEN = re.compile(r'<input type="hidden" name="(form_key|seen|version|expected_version)" value="([^"]*)"')


def send(client, name, thing, **fields):
    """Open the form of a step and send it with its own hidden fields; where it leads."""
    address = reverse(f"sanctions:{name}", args=[thing.pk])
    page = client.get(address)
    assert page.status_code == 200, (name, page.status_code)
    sent = client.post(address, {**dict(HIDDEN.findall(page.content.decode())), **fields})
    assert sent.status_code == 302, (
        name,
        re.findall(r'class="invalid-feedback[^>]*>([^<]*)', sent.content.decode()),
    )
    return sent


def html(client, thing):
    answer = client.get(thing.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_sanction_goes_its_way_through_the_pages(members, insurance, health, now, sign_in):
    case = made.decided_case(insurance, at=now)
    people = {
        role: made.somebody(insurance, role) for role in (Role.HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD)
    }
    handler, chief, deputy = people.values()
    subject, strand = case.subjects.get(), case.strands.get()
    client = sign_in(handler)
    assert "提出联合惩戒" in client.get(tab_url(case.pk, "sanction")).content.decode()
    fields = {
        "subject": subject.pk, "ground": "decision", "strand": strand.pk, "decided_on": "2026-11-16", "facts": "分解住院。",
        "basis": "条例第四十条", "measures": [made.measure("cancel-designation").pk, made.measure("health-grading").pk],
    }  # fmt: skip
    wrong = client.get(reverse("sanctions:propose", args=[case.pk]))
    key = dict(HIDDEN.findall(wrong.content.decode()))
    refused = client.post(reverse("sanctions:propose", args=[case.pk]), key | fields | {"facts": " "})
    assert refused.status_code == 200
    assert "请填写" in refused.content.decode() or "填写" in refused.content.decode()
    send(client, "propose", case, **fields)
    sanction = Sanction.objects.get()
    send(sign_in(chief), "send_back", sanction, reason="补充依据")
    client = sign_in(handler)
    assert "补充依据" in html(client, sanction)
    send(client, "edit", sanction, **(fields | {"basis": "条例第三十八条、第四十条"}))
    send(sign_in(chief), "review", sanction)
    sanction.refresh_from_db()
    assert (sanction.basis, sanction.proposal_document.title) == (
        "条例第三十八条、第四十条",
        "联合惩戒建议书",
    )
    client = sign_in(handler)
    assert "制作告知书" in html(client, sanction)
    send(client, "draft_notice", sanction, intended="拟取消医保定点资格。", days="5")
    hearing = Hearing.objects.get()
    send(sign_in(chief), "sign_notice", hearing)
    client = sign_in(handler)
    send(client, "serve_notice", hearing, served_on="2026-11-16", served_how="直接送达")
    shown = html(client, sanction)
    assert "2026-11-23" in shown  # may speak until
    waived = {"outcome": "waived", "said_on": "2026-11-16", "scan": pdf("放弃声明.pdf")}
    send(client, "record_statement", hearing, **waived)
    assert client.get(reverse("sanctions:statement", args=[hearing.pk])).content.startswith(b"%PDF")
    send(client, "answer_statement", hearing, answer="已放弃。")
    send(sign_in(deputy), "determine", sanction, findings="认定失信。")
    send_out(now)
    client = sign_in(deputy)
    assert html(client, sanction).count('class="track"') == 6
    # the insurance department takes its own measure, with a hearing of its own
    task = made.task_of(sanction, insurance)
    client = sign_in(handler)
    send(client, "acknowledge", task, person="")
    measure = made.measure("cancel-designation")
    send(client, "add_measure", task, measure=measure.pk, extent="", amount="", unit="")
    assert "须另行告知" in html(client, task)
    send(client, "draft_own_notice", task, intended="拟取消医保定点资格。", days="5")
    own = Hearing.objects.get(task=task)
    send(sign_in(chief), "sign_notice", own)
    client = sign_in(handler)
    send(client, "serve_notice", own, served_on="2026-11-16", served_how="直接送达")
    send(client, "record_statement", own, outcome="statement", said_on="2026-11-16", said="请求从轻。", final="on")
    send(client, "answer_statement", own, answer="不予采纳。")
    send(sign_in(deputy), "decide", task, decision_number="")
    bar = Bar.objects.get()
    client = sign_in(handler)
    shown = html(client, task)
    assert bar.until.isoformat() == "2029-11-16"
    assert "2029-11-16" in shown
    applied = AppliedMeasure.objects.get()
    send(
        client,
        "execute",
        applied,
        executed_on="2026-11-16",
        execution="已解除协议并公告。",
        proof=pdf("公告.pdf"),
    )
    assert client.get(reverse("sanctions:proof", args=[applied.pk])).content.startswith(b"%PDF")
    send(client, "feed_back", task, feedback="已执行。")
    task.refresh_from_db()
    assert task.status == "fed_back"
    decision = task.decision_document
    assert "2029年11月16日不得重新申请" in str(decision.context)
    # another department sees what it owes, reads the determination, and sees nothing of the case
    other = made.somebody(members[3], Role.SECTION_HEAD)
    client = sign_in(other)
    theirs = made.task_of(sanction, members[3])
    assert "认定失信。" in html(client, theirs)
    assert client.get(reverse("cases:detail", args=[case.pk])).status_code == 404
    sanction.refresh_from_db()
    assert client.get(sanction.determination_document.get_absolute_url()).status_code == 200
    assert client.get(decision.get_absolute_url()).status_code == 404
    assert client.get(task.get_absolute_url()).status_code == 404


def test_a_refusal_stays_beside_its_field_and_four_eyes_are_recorded(members, insurance, now, sign_in):
    from journal.models import Event

    sanction = made.heard(insurance, at=now)
    client = sign_in(made.somebody(insurance, Role.SECTION_HEAD))
    assert client.get(reverse("sanctions:determine", args=[sanction.pk])).status_code == 403
    lone = made.person("cf9999", "双职", insurance, Role.DEPUTY_HEAD)
    Sanction.objects.filter(pk=sanction.pk).update(reviewed_by=lone)
    client = sign_in(lone)
    address = reverse("sanctions:determine", args=[sanction.pk])
    key = dict(HIDDEN.findall(client.get(address).content.decode()))
    empty = client.post(address, key | {"findings": ""})
    assert empty.status_code == 200
    refused = client.post(address, key | {"findings": "认定失信。"})
    assert refused.status_code == 302
    assert Event.objects.filter(verb="journal.refused", target_id=sanction.pk).count() == 1
    sanction.refresh_from_db()
    assert sanction.status == "heard"


def test_what_was_changed_meanwhile_is_not_signed_unseen(insurance, now, sign_in):
    sanction = made.proposed(insurance, at=now)
    client = sign_in(made.somebody(insurance, Role.SECTION_HEAD))
    address = reverse("sanctions:review", args=[sanction.pk])
    key = dict(HIDDEN.findall(client.get(address).content.decode()))
    Sanction.objects.filter(pk=sanction.pk).update(facts="别的事实。", version=sanction.version + 1)
    client.post(address, key)
    sanction.refresh_from_db()
    assert sanction.reviewed_at is None


def test_an_edit_on_an_older_version_shows_what_differs(insurance, now, sign_in):
    sanction = made.proposed(insurance, at=now)
    client = sign_in(sanction.proposed_by)
    address = reverse("sanctions:edit", args=[sanction.pk])
    page = client.get(address)
    key = dict(HIDDEN.findall(page.content.decode()))
    Sanction.objects.filter(pk=sanction.pk).update(facts="别人改过的事实。", version=sanction.version + 1)
    fields = {
        "ground": "decision", "strand": sanction.strand_id, "decided_on": "2026-11-16", "facts": "我写的事实。",
        "basis": "条例", "measures": [each.pk for each in sanction.measures.all()],
    }  # fmt: skip
    again = client.post(address, key | fields)
    assert again.status_code == 200
    text = again.content.decode()
    assert "别人改过的事实。" in text
    assert "我写的事实。" in text
    third = client.post(address, dict(HIDDEN.findall(text)) | fields)
    assert third.status_code == 302
    sanction.refresh_from_db()
    assert sanction.facts == "我写的事实。"


def test_the_office_tracks_and_reads_no_facts(members, insurance, office_coordinator, now, sign_in):
    sanction = made.in_force(insurance, at=now)
    client = sign_in(office_coordinator)
    text = html(client, sanction)
    assert text.count('class="track"') == 6
    assert "126人次" not in text
    assert "请求从轻" not in text
    task = made.task_of(sanction, insurance)
    assert "126人次" not in html(client, task)


def test_the_office_reads_no_reason_and_no_notes(members, insurance, office_coordinator, now, sign_in):
    sanction = made.in_force(insurance, at=now)
    standing.suspend_sanction(
        sanction=sanction, reason="行政复议第77号", by=made.somebody(insurance, Role.HEAD), at=now
    )
    assert html(sign_in(made.somebody(insurance, Role.HANDLER)), sanction).count("行政复议第77号") == 2
    assert "行政复议第77号" not in html(sign_in(office_coordinator), sanction)
    waiting = made.proposed(insurance, at=now, case=made.decided_case(insurance, at=now, number="青医保罚〔2026〕9号"))
    proposing.send_back(
        sanction=waiting, reason="补充第88号证据", by=made.somebody(insurance, Role.SECTION_HEAD), at=now
    )
    assert "补充第88号证据" in html(sign_in(made.somebody(insurance, Role.HANDLER)), waiting)
    assert "补充第88号证据" not in html(sign_in(office_coordinator), waiting)


def test_buttons_of_a_second_hand_are_not_shown_to_the_first(members, insurance, now, sign_in):
    def offered(user, thing, *names):
        text = html(sign_in(user), thing)
        return [f'/{reverse(f"sanctions:{name}", args=[thing.pk]).lstrip("/")}"' in text for name in names]

    sanction = made.in_force(insurance, at=now)
    first, second = made.somebody(insurance, Role.DEPUTY_HEAD), made.somebody(insurance, Role.HEAD)
    assert sanction.determined_by == first
    assert offered(first, sanction, "suspend", "annul") == [False, False]
    assert offered(second, sanction, "suspend", "annul") == [True, True]
    applied = made.decided(sanction, insurance, "agreement-terms", at=now).applied.get()
    decided_by = applied.task.decided_by
    assert not rules_second.lifts(decided_by, applied) and not rules_second.changes(decided_by, applied)
    assert not rules_second.decides(applied.task.drafted_by, applied.task)
    third = made.somebody(insurance, Role.HEAD, but=(decided_by, applied.task.drafted_by))
    assert rules_second.lifts(third, applied) and rules_second.changes(third, applied)
    waiting = made.proposed(insurance, at=now, case=made.decided_case(insurance, at=now, number="青医保罚〔2026〕9号"))
    assert not rules_second.not_proposer(waiting.proposed_by, waiting)
    assert rules_second.not_proposer(second, waiting) and rules_second.determines(second, waiting)
    assert not rules_second.determines(waiting.proposed_by, waiting)


def test_the_head_alone_undoes_what_stands_on_the_permanent_list(members, insurance, now):
    sanction = made.in_force(insurance, at=now)
    head = made.somebody(insurance, Role.HEAD)
    Sanction.objects.filter(pk=sanction.pk).update(determined_by=head)
    sanction = made.fresh(sanction)
    assert not rules_second.annuls(head, sanction)
    applied = made.decided(sanction, insurance, "agreement-terms", at=now).applied.get()
    MeasureTask.objects.filter(pk=applied.task_id).update(decided_by=head)
    applied = AppliedMeasure.objects.select_related("task").get(pk=applied.pk)
    assert not rules_second.lifts(head, applied)
    ListEntry.objects.create(
        region=insurance.region, department=insurance, subject=sanction.subject, sanction=sanction, applied=applied,
        kind="permanent", status="listed", reason="判决", basis="机制", judgment_number="（2026）青刑1号",
        judgment_court="青禾县人民法院", judgment_effective_on=local_date(now), convicting=True, since=local_date(now),
        proposed_by=made.somebody(insurance, Role.HANDLER), proposed_at=now, approved_by=head, approved_at=now,
        created_at=now, updated_at=now,
    )  # fmt: skip
    entry = ListEntry.objects.get()
    assert rules_second.annuls(head, sanction) and rules_second.lifts(head, applied)
    assert rules_second.removes(head, entry) and not rules_second.removes(entry.proposed_by, entry)


@pytest.mark.parametrize("page", ["list", "tasks", "lists"])
def test_lists_ask_as_often_with_three_rows_as_with_one(
    page, members, insurance, now, sign_in, django_assert_max_num_queries, client
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def one(number):
        case = made.decided_case(insurance, at=now, number=f"青医保罚〔2026〕{number}号")
        sanction = made.in_force(insurance, at=now, case=case, codes=("blacklist",))
        made.decided(sanction, insurance, "blacklist", at=now)
        ListEntry.objects.update(status="listed", approved_by=insurance_head, approved_at=now, since=local_date(now),
                                 until=local_date(now) + dt.timedelta(days=365))  # fmt: skip

    insurance_head = made.somebody(insurance, Role.HEAD)
    address = reverse(f"sanctions:{page}") + {"list": "", "tasks": "?tab=all", "lists": "?tab=black"}[page]
    one(1)
    signed = sign_in(made.somebody(insurance, Role.SECTION_HEAD))
    signed.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert signed.get(address).status_code == 200
    for number in (2, 3):
        one(number)
    with CaptureQueriesContext(connection) as many:
        answer = signed.get(address)
    assert len(answer.context["rows"]) >= 3
    assert len(many) == len(few)


def test_a_subject_is_listed_repaired_and_taken_off_by_the_pages(insurance, now, sign_in):
    subject = made.make_subject(insurance.region, at=now)
    handler, deputy = made.somebody(insurance, Role.HANDLER), made.somebody(insurance, Role.DEPUTY_HEAD)
    client = sign_in(handler)
    assert client.get(reverse("sanctions:find_subject") + "?code=123").url == reverse("sanctions:lists")
    found = client.get(reverse("sanctions:find_subject") + f"?code={subject.uscc}")
    assert found.url == reverse("sanctions:propose_entry", args=[subject.pk])
    address = reverse("sanctions:propose_entry", args=[subject.pk])
    key = dict(HIDDEN.findall(client.get(address).content.decode()))
    bad = client.post(address, key | {"kind": "permanent", "reason": "骗保", "basis": "机制"})
    assert bad.status_code == 200
    assert "永久性黑名单须" in bad.content.decode()
    fields = {"kind": "black", "reason": "拒不退回", "basis": "机制", "amount": "1", "unit": "year"}
    alone = client.post(address, key | fields).content.decode()
    assert "须以失信认定为依据" in alone and "拒不退回" in alone  # beside its field, what was typed is kept
    sanction = made.determined(insurance, at=now, case=made.decided_case(insurance, at=now, subject=subject))
    send(client, "propose_entry", subject, sanction=sanction.pk, **fields)
    entry = ListEntry.objects.get()
    send(sign_in(deputy), "approve_entry", entry)
    client = sign_in(handler)
    for tab in ("red", "black", "serious", "permanent", "proposed", "gone", "bars", "bars_gone", "repairs"):
        assert client.get(reverse("sanctions:lists") + f"?tab={tab}").status_code == 200
    assert "2027-11-16" in html(client, entry)
    given = {"applied_on": "2026-11-16", "grounds": "已退回", "commitment": "守信", "scan": pdf("申请.pdf")}
    send(client, "repair_entry", entry, **given)
    repair = Repair.objects.get()
    assert client.get(reverse("sanctions:application", args=[repair.pk])).content.startswith(b"%PDF")
    client = sign_in(deputy)
    html(client, repair)
    assert "修复" in client.get(reverse("sanctions:lists") + "?tab=repairs").content.decode()
    send(client, "decide_repair", repair, granted="true", reason="已整改")
    entry.refresh_from_db()
    assert entry.status == "removed"
    assert "已整改" in html(client, entry)


def test_the_catalogue_is_the_administrators(system_admin, insurance_handler, now, sign_in):
    client = sign_in(insurance_handler)
    shown = client.get(reverse("sanctions:measures")).content.decode()
    assert "列入永久性“黑名单”" in shown
    assert reverse("sanctions:add_to_catalogue") not in shown
    client = sign_in(system_admin)
    row = Measure.objects.get(code="health-grading")
    address = reverse("sanctions:edit_catalogue", args=[row.pk])
    key = dict(HIDDEN.findall(client.get(address).content.decode()))
    fields = {
        "function": "health", "kinds": ["institution"], "name": "与等级评审挂钩", "source": "", "basis": "医疗机构评审办法",
        "amount": "24", "unit": "month", "proof": "评审结果", "effect": "plain", "order": "10", "active": "on",
    }  # fmt: skip
    assert client.post(address, key | fields | {"basis": " "}).status_code == 200
    assert client.post(address, key | fields).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.amount) == ("与等级评审挂钩", 24)
    add = reverse("sanctions:add_to_catalogue")
    assert client.get(add).status_code == 200
    assert client.post(add, fields | {"code": "health-grading"}).status_code == 200
    assert client.post(add, fields | {"code": "own-measure"}).status_code == 302
    assert Measure.objects.filter(code="own-measure").exists()
    assert "启用" in client.get(reverse("desk:settings")).content.decode()


def test_the_sheet_of_a_list_masks_persons(insurance, now, sign_in):
    from cases.enums import SubjectKind

    person = made.make_subject(insurance.region, name="王大明", kind=SubjectKind.INSURED, at=now)
    head = made.somebody(insurance, Role.HEAD)
    entry = made_entry(insurance, person, now)
    from sanctions.actions.lists import approve_entry
    from sanctions.contexts import of_list

    approve_entry(entry=entry, by=head, at=now)
    said = str(of_list("black", [entry], department=insurance, at=now))
    assert "王*明" in said
    assert "王大明" not in said
    answer = sign_in(head).get(reverse("sanctions:sheet", args=["black"]))
    assert answer.content.startswith(b"%PDF")
    assert sign_in(head).get(reverse("sanctions:sheet", args=["grey"])).status_code == 403


def test_a_long_list_has_several_sheets(insurance, now, sign_in, monkeypatch):
    from sanctions.views import lists as pages

    client, address = sign_in(made.somebody(insurance, Role.HEAD)), reverse("sanctions:sheet", args=["red"])
    for _ in range(3):
        entry = made.proposed_entry(insurance, at=now, kind="red")
        lists.approve_entry(entry=entry, by=made.somebody(insurance, Role.HEAD), at=now)
    shown = client.get(reverse("sanctions:lists") + "?tab=red").content.decode()
    assert "名单公示表" in shown and "part=" not in shown
    monkeypatch.setattr(pages, "SHEET", 2)
    shown = client.get(reverse("sanctions:lists") + "?tab=red").content.decode()
    assert "第1张" in shown and "part=2" in shown and "part=3" not in shown
    for part in ("1", "2"):
        assert client.get(f"{address}?part={part}").content.startswith(b"%PDF")
    for none in ("0", "3", "x", "9" * 30):
        assert client.get(f"{address}?part={none}").status_code == 404
    context = of_list("red", [entry], department=insurance, at=now, first=3, part=2, parts=2)
    form = letters.list_form(context)
    assert form.title.endswith("公示表（第2部分，共2部分）") and form.tables[0].rows[0][0] == "3"


def test_who_reads_natural_persons_on_the_lists_stands_on_the_record(members, insurance, health, now, sign_in):
    read = Event.objects.filter(verb="sanction.list_read")
    body = made.proposed_entry(insurance, at=now, kind="red")
    lists.approve_entry(entry=body, by=made.somebody(insurance, Role.HEAD), at=now)
    client = sign_in(made.somebody(health, Role.HANDLER))
    client.get(reverse("sanctions:lists") + "?tab=red")
    html(client, body)
    assert not read.exists() and not Event.objects.filter(verb="sanction.entry_read").exists()
    person = made.make_subject(insurance.region, name="王大明", kind="insured", at=now)
    entry = made_entry(insurance, person, now)
    lists.approve_entry(entry=entry, by=made.somebody(insurance, Role.HEAD), at=now)
    client.get(reverse("sanctions:lists") + "?tab=black")
    client.get(reverse("sanctions:sheet", args=["black"]))
    html(client, entry)
    assert [row.params["persons"] for row in read] == [[person.pk]] * 2
    assert {row.params["tab"] for row in read} == {"black"}
    event = Event.objects.get(verb="sanction.entry_read")
    assert (event.target_id, event.department_id) == (entry.pk, health.pk)


def made_entry(insurance, subject, now):
    return made.proposed_entry(insurance, at=now, subject=subject, reason="骗取待遇")
