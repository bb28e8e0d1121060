"""The pages of inspections: from the plan to the closing, as people click it."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from core.dates import local_date
from departments.models import Category, User
from inspections.actions import closing
from inspections.forms import ConfirmForm, PlanForm
from inspections.forms_work import RecordForm, RectifyForm, VisitForm
from inspections.models import Checklist, EnforcementCertificate, Finding, Inspection, Member, Visit
from tests.casetabs import tab_url
from tests.factories import inspections as make
from tests.factories.cases import make_case, make_subject, pdf
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(now):
    """The pages take the time of the clock: it stands a minute after the tests'."""
    with time_machine.travel(now + dt.timedelta(minutes=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def sign_in(client, clock):
    def as_user(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_user


HIDDEN = r'<input type="hidden" name="(form_key|seen|version|expected_version|number)" value="([^"]*)"'


def send(client, address, **fields):
    """Open the form, and send it with its own hidden fields."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    return client.post(address, {**dict(re.findall(HIDDEN, page.content.decode())), **fields})


def url(name, thing):
    return reverse(f"inspections:{name}", args=[thing.pk])


def done(answer):
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def plan(now, **more):
    given = {
        **make.PLAN,
        "kind": "unannounced",
        "starts_on": local_date(now),
        "ends_on": local_date(now) + 9 * DAY,
    }
    return {name: str(value) for name, value in (given | more).items()}


def test_an_inspection_goes_its_way_through_the_pages(
    lead,
    county,
    health,
    insurance_handler,
    insurance_deputy_head,
    health_section_head,
    office_coordinator,
    sign_in,
    now,
):
    held = {department: make.officers(department, at=now) for department in (lead, health)}
    make_subject(county, name="青禾县仁和医院", at=now, address="青禾县人民路1号")
    client = sign_in(insurance_handler)
    bad = send(client, reverse("inspections:new"), **plan(now, ends_on="2026-01-01", source="report"))
    assert bad.status_code == 200 and bad.content.decode().count("is-invalid") == 2
    done(send(client, reverse("inspections:new"), **plan(now)))
    made = Inspection.objects.get()
    assert "没有" in text(send(client, url("add_target", made), subject="不存在的医院"))
    done(send(client, url("add_target", made), subject="仁和"))
    done(send(client, url("add_partner", made), department=health.pk, role="inspecting", task="查诊疗行为"))
    partner, own = made.partners.get(department=health), made.partners.get(leads=True)
    done(send(client, url("edit_partner", partner), task="查诊疗行为、资质"))
    one = send(client, url("confirm", own), officers=[held[lead][0].pk], declared="on")
    assert one.status_code == 200 and "至少派出两名" in one.content.decode()
    done(send(client, url("confirm", own), officers=[each.pk for each in held[lead]], declared="on"))
    done(send(client, url("edit", made), **plan(now, division="医保查结算。")))
    done(send(client, url("ask", made)))
    refused = client.post(
        url("submit", made), dict(re.findall(HIDDEN, text(client.get(url("submit", made)))))
    )
    assert "尚未答复" in text(refused)

    sign_in(health_section_head)
    assert url("confirm", partner) in text(client.get("/"))
    done(send(client, url("confirm", partner), officers=[each.pk for each in held[health]], declared="on"))
    assert client.get(url("submit", made)).status_code == 403

    sign_in(insurance_handler)
    done(send(client, url("submit", made)))
    assert client.get(url("approve", made)).status_code == 403
    sign_in(insurance_deputy_head)
    assert url("approve", made) in text(client.get("/"))
    done(send(client, url("approve", made), opinion="同意"))
    sign_in(insurance_handler)
    done(send(client, url("begin", made)))

    target = made.targets.get()
    assert client.get(url("blank_record", target)).content.startswith(b"%PDF")
    people = [str(each.pk) for each in make.inspectors(made)]
    bad = send(
        client,
        url("open_visit", target),
        visited_on=local_date(now),
        begins="09:30",
        place="院内",
        officers=people[:1],
    )
    assert "至少两名" in text(bad)
    done(
        send(
            client,
            url("open_visit", target),
            visited_on=local_date(now),
            begins="09:30",
            place="院内",
            officers=people,
        )
    )
    visit = Visit.objects.get()
    lines = {f"result_{pk}": "fine" for pk in visit.items.values_list("pk", flat=True)}
    first = visit.items.first()
    wrong = text(send(client, url("items", visit), **lines | {f"result_{first.pk}": "problem"}))
    assert "请说明存在的问题" in wrong
    done(send(client, url("items", visit), **lines))
    incomplete = text(
        client.post(
            url("print_record", visit), dict(re.findall(HIDDEN, text(client.get(url("print_record", visit)))))
        )
    )
    assert "结束时间" in incomplete
    done(send(client, url("write", visit), begins="09:30", ends="11:00", place="院内", told_recusal="on",
              situation="查阅病历。", party_name="李院长", party_title="院长", party_words="属实"))  # fmt: skip
    category = Category.objects.get(code="split-admission")
    done(send(client, url("find", visit), category=category.pk, text="15日内两次住院", found_on=local_date(now),
              amount="12,000.00", files=[pdf("照片.pdf"), pdf("病历.pdf")]))  # fmt: skip
    finding = Finding.objects.get()
    assert finding.files.count() == 2
    done(
        send(
            client,
            url("edit_finding", finding),
            category=category.pk,
            text="15日内三次住院",
            found_on=local_date(now),
            amount="13000",
        )
    )
    assert client.get(url("visit_record", visit)).content.startswith(b"%PDF")
    done(send(client, url("print_record", visit)))
    assert client.get(url("visit_record", visit)).status_code == 302
    done(send(client, url("correct_record", visit), reason="地点有误"))
    done(send(client, url("officers", visit), officers=people))
    done(send(client, url("print_record", visit)))
    done(send(client, url("sign_record", visit), upload=pdf("笔录.pdf")))
    done(send(client, url("visit_file", visit), upload=pdf("现场.pdf")))
    page = text(client.get(url("visit", visit)))
    assert "笔录.pdf" in page and "15日内三次住院" in page
    assert client.get(url("visit_photo", visit.files.first())).content.startswith(b"%PDF")
    assert client.get(url("finding_file", finding.files.first())).content.startswith(b"%PDF")

    done(send(client, url("finding_files", finding), files=[pdf("补充.pdf")]))
    done(send(client, url("open_case", finding), title="仁和医院分解住院线索"))
    finding.refresh_from_db()
    page = text(client.get(tab_url(finding.case_id, "inspection")))
    assert made.number in page and made.get_absolute_url() in page
    assert finding.case.number in text(client.get(url("finding", finding)))

    done(send(client, url("report", made), text="共检查1家。"))
    assert client.get(url("close", made)).status_code == 200
    for user, row in ((health_section_head, partner), (insurance_deputy_head, own)):
        sign_in(user)
        page = text(client.get(url("sign_summary", row)))
        assert "共检查1家" in page
        done(send(client, url("sign_summary", row), kind="signed"))
    sign_in(insurance_handler)
    done(send(client, url("close", made)))
    made.refresh_from_db()
    assert made.status == "closed"
    for tab in ("plan", "team", "visits", "findings", "summary", "history", "nonsense"):
        assert made.number in text(client.get(made.get_absolute_url(), {"tab": tab}))


def test_the_office_sees_who_has_not_answered_and_counts_only(
    asked, part, visit, finding, office_coordinator, sign_in
):
    client = sign_in(office_coordinator)
    page = text(client.get(reverse("inspections:list"), {"tab": "silent"}))
    assert asked.get_absolute_url() in page
    page = text(client.get(asked.get_absolute_url(), {"tab": "team"}))
    assert "县卫健局" in page and "未答复" in page
    other = visit.inspection
    for tab in ("visits", "findings", "summary", "history"):
        page = text(client.get(other.get_absolute_url(), {"tab": tab}))
        assert finding.text not in page and visit.get_absolute_url() not in page
    assert "待处理" in text(client.get(other.get_absolute_url(), {"tab": "findings"}))
    for name, thing in (("visit", visit), ("finding", finding), ("visit_record", visit)):
        assert client.get(url(name, thing)).status_code == 404
    assert client.get(url("blank_record", visit.target)).status_code == 403


def test_steps_that_end_or_delay_it(
    asked, part, health_section_head, insurance_handler, insurance_deputy_head, parties, sign_in, now
):
    client = sign_in(health_section_head)
    done(send(client, url("decline", part), reason="人员不足"))
    sign_in(insurance_handler)
    assert "人员不足" in text(client.get(asked.get_absolute_url(), {"tab": "team"}))
    done(send(client, url("drop_partner", part)))
    done(send(client, url("add_expert", asked), name="专家乙", unit="市医院", declared="on"))
    done(send(client, url("leave", asked.members.get(role="expert")), reason="有利害关系"))
    done(send(client, url("submit", asked)))
    sign_in(insurance_deputy_head)
    done(send(client, url("return", asked), reason="内容不具体"))
    sign_in(insurance_handler)
    assert "内容不具体" in text(client.get(asked.get_absolute_url()))
    done(
        send(
            client,
            url("postpone", asked),
            starts_on=local_date(now) + DAY,
            ends_on=local_date(now) + 9 * DAY,
            reason="防汛",
        )
    )
    assert "防汛" in text(client.get(asked.get_absolute_url()))
    done(send(client, url("drop_target", asked.targets.get()), reason="停业"))
    done(send(client, url("cancel", asked), reason="重复"))
    assert "重复" in text(client.get(asked.get_absolute_url()))


def test_notices_are_issued_from_the_page(approved, insurance_registrar, insurance_handler, sign_in):
    client = sign_in(insurance_registrar)
    done(send(client, url("notices", approved)))
    target = approved.targets.get()
    assert target.notice.number in text(client.get(approved.get_absolute_url(), {"tab": "visits"}))
    sign_in(insurance_handler)
    assert url("begin", approved) in text(client.get(approved.get_absolute_url()))


def test_a_refused_record_and_a_finding_that_goes_elsewhere(
    visit,
    finding,
    going,
    insurance_handler,
    insurance_section_head,
    insurance_handler_2,
    health,
    health_section_head,
    sign_in,
    now,
):
    make.written(visit, by=insurance_handler, at=now)
    client = sign_in(insurance_handler)
    done(send(client, url("print_record", visit)))
    assert "is-invalid" in text(send(client, url("refuse_record", visit), reason="", witness=""))
    done(send(client, url("refuse_record", visit), reason="不认可", witness="王主任（居委会）"))
    assert "王主任" in text(client.get(url("visit", visit)))
    due = local_date(now) + 9 * DAY
    done(send(client, url("rectify", finding), text="补正病历", due_on=due, person=insurance_handler_2.pk))
    task = finding.rectification
    sign_in(insurance_section_head)
    done(send(client, url("reassign", task), person=insurance_handler.pk, reason="调岗"))
    sign_in(insurance_handler)
    assert url("finding", finding) in text(client.get("/"))
    done(send(client, url("rectified", task), text="已补正"))
    sign_in(insurance_section_head)
    done(send(client, url("send_back", task), reason="不完整"))
    done(send(client, url("rectified", task), text="已补正"))
    assert (
        client.get(url("confirm_rectified", task)).status_code == 403
    )  # who reported it does not confirm it
    other = make.finding(visit, by=insurance_handler, at=now)
    sign_in(insurance_handler)
    case = make_case(by=insurance_handler, at=now, subject=visit.target.subject)
    done(send(client, url("join_case", other), case=case.pk))
    third = make.finding(visit, by=insurance_handler, at=now)
    done(send(client, url("remark", third), text="已当场改正"))
    fourth = make.finding(visit, by=insurance_handler, at=now)
    again = text(send(client, url("open_case", fourth)))
    assert "duplicates_known" in again and "is-invalid" in again
    sign_in(health_section_head)
    [spare] = make.officers(health, at=now, n=1)
    row = going.partners.get(department=health)
    done(send(client, url("name_officer", row), certificate=spare.pk, declared="on"))


def test_a_summary_is_rewritten_and_taken_up_again(
    visit, going, insurance_handler, health_section_head, health, sign_in, now
):
    make.signed(visit, by=insurance_handler, at=now)
    make.reported(going, by=insurance_handler, at=now)
    client = sign_in(health_section_head)
    row = going.partners.get(department=health)
    assert "is-invalid" in text(send(client, url("sign_summary", row), kind="objected"))
    done(send(client, url("sign_summary", row), kind="objected", words="漏记药房"))
    sign_in(insurance_handler)
    assert "漏记药房" in text(client.get(going.get_absolute_url(), {"tab": "summary"}))
    done(send(client, url("rewrite", going), text="补记药房。"))
    assert closing.newest(going).number == 2
    done(send(client, url("go_back", going), reason="补查"))
    assert "补记药房" in text(client.get(url("report", going)))


def test_an_old_form_shows_what_changed(drafted, insurance_handler, sign_in, now):
    client = sign_in(insurance_handler)
    page = text(client.get(url("edit", drafted)))
    hidden = dict(re.findall(HIDDEN, page))
    done(send(client, url("edit", drafted), **plan(now, title="另一名称")))
    answer = text(client.post(url("edit", drafted), {**hidden, **plan(now, title="第三名称")}))
    assert "另一名称" in answer and "第三名称" in answer
    drafted.refresh_from_db()
    assert drafted.title == "另一名称"


def test_certificates_are_entered_and_withdrawn(
    insurance, insurance_handler, insurance_registrar, health_handler, office_coordinator, sign_in, now
):
    client = sign_in(insurance_registrar)
    address = reverse("inspections:enter_certificate")
    assert "is-invalid" in text(
        send(client, address, user=insurance_handler.pk, number="甲1", valid_until="2020-01-01")
    )
    done(send(client, address, user=insurance_handler.pk, number="甲1", valid_until="2026-12-31"))
    held = EnforcementCertificate.objects.get()
    page = text(client.get(reverse("inspections:certificates")))
    assert "甲1" in page and "即将到期" in page and url("withdraw_certificate", held) in page
    sign_in(health_handler)
    assert "甲1" in text(client.get(reverse("inspections:certificates")))
    assert client.get(url("withdraw_certificate", held)).status_code == 403
    assert client.get(address).status_code == 403
    sign_in(insurance_registrar)
    done(send(client, url("withdraw_certificate", held), reason="遗失"))
    assert "甲1" not in text(client.get(reverse("inspections:certificates")))


def test_a_departments_checklist_begins_with_the_shipped_one(
    insurance, insurance_deputy_head, insurance_handler, system_admin, sign_in
):
    client = sign_in(insurance_deputy_head)
    address = reverse("inspections:new_checklist")
    assert "是否分解住院" in text(client.get(address))
    assert "is-invalid" in text(send(client, address, title="本局清单", lines=" | 依据", active="on"))
    done(send(client, address, title="本局清单", lines="是否冒名 | 条例\n是否超量｜条例", active="on"))
    own = Checklist.objects.get(department=insurance)
    assert [(item.text, item.basis) for item in own.items.all()] == [
        ("是否冒名", "条例"),
        ("是否超量", "条例"),
    ]
    page = text(client.get(url("checklist", own)))
    hidden = dict(re.findall(HIDDEN, page))
    done(send(client, url("checklist", own), title="本局清单", lines="一条", active="on"))
    stale = text(
        client.post(url("checklist", own), {**hidden, "title": "本局清单", "lines": "另一条", "active": "on"})
    )
    assert "另一条" in stale
    assert "一条" in text(client.get(reverse("inspections:checklists")))
    shipped = Checklist.objects.get(department=None, function="health")
    assert client.get(url("checklist", shipped)).status_code == 403
    assert sign_in(insurance_handler).get(address).status_code == 403
    assert sign_in(system_admin).get(reverse("inspections:checklists")).status_code == 403
    assert client.get(reverse("inspections:list")).status_code == 403
    assert client.get(reverse("inspections:certificates")).status_code == 403
    assert client.get(reverse("inspections:new")).status_code == 403


def test_a_file_that_was_tampered_with_is_not_handed_out(visit, insurance_handler, sign_in, now, settings):
    from pathlib import Path

    from inspections.actions.visits import add_visit_file

    made = add_visit_file(visit=visit, upload=pdf("现场.pdf"), by=insurance_handler, at=now)
    Path(settings.MEDIA_ROOT, made.file).write_bytes(b"%PDF other")
    client = sign_in(insurance_handler)
    assert client.get(url("visit_photo", made)).status_code == 302
    assert client.get(reverse("inspections:visit_photo", args=[2**63])).status_code == 404
    assert client.get(reverse("inspections:write", args=[2**63])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    number, lead, health, insurance_handler, sign_in, now, django_assert_max_num_queries
):
    for index in range(number):
        make.asked(lead, health, by=insurance_handler, at=now + index * DAY)
    client = sign_in(insurance_handler)
    client.get(reverse("inspections:list"))
    with django_assert_max_num_queries(14):
        page = client.get(reverse("inspections:list"))
    assert len(page.context["rows"]) == number


@pytest.mark.parametrize("tab", ["team", "visits", "findings"])
@pytest.mark.parametrize("number", [1, 3])
def test_a_tab_costs_the_same_for_one_row_and_three(
    number, tab, visit, going, market, insurance_handler, sign_in, now, django_assert_max_num_queries
):
    for index in range(number):
        make.finding(visit, by=insurance_handler, at=now)
        if index:
            make.visit(going, by=insurance_handler, at=now + index * DAY)
    client = sign_in(insurance_handler)
    address = going.get_absolute_url() + f"?tab={tab}"
    client.get(address)
    with django_assert_max_num_queries(40):
        client.get(address)


def test_a_page_of_the_list_leads_to_the_next(lead, insurance_handler, sign_in, now, monkeypatch):
    from inspections.views import pages

    monkeypatch.setattr(pages, "PAGE", 1)
    first, second = (make.draft(lead, by=insurance_handler, at=now + n * DAY) for n in range(2))
    client = sign_in(insurance_handler)
    page = client.get(reverse("inspections:list"), {"after": "x"})
    assert [row.pk for row in page.context["rows"]] == [second.pk] and page.context["page"]["has_next"]
    page = client.get(reverse("inspections:list") + "?" + page.context["page"]["next_query"])
    assert [row.pk for row in page.context["rows"]] == [first.pk] and page.context["page"]["has_previous"]


def test_more_time_is_asked_and_given_on_the_page(
    finding, insurance_handler, insurance_section_head, sign_in, now
):
    due = local_date(now) + 9 * DAY
    client = sign_in(insurance_handler)
    done(send(client, url("rectify", finding), text="补正", due_on=due, person=insurance_handler.pk))
    task = finding.rectification
    assert url("ask_more_time", task) in text(client.get(url("finding", finding)))
    assert "is-invalid" in text(send(client, url("ask_more_time", task), new_on=due, reason="缺货"))
    done(send(client, url("ask_more_time", task), new_on=due + DAY, reason="设备缺货"))
    page = text(client.get(url("finding", finding)))
    assert "设备缺货" in page and url("decide_more_time", task) not in page
    assert client.get(url("decide_more_time", task)).status_code == 403
    sign_in(insurance_section_head)
    assert "is-invalid" in text(send(client, url("decide_more_time", task), agreed="no"))
    done(send(client, url("decide_more_time", task), agreed="yes"))
    task.refresh_from_db()
    assert task.due_on == due + DAY and due.isoformat() in text(client.get(url("finding", finding)))
    assert f"延至{(due + DAY).isoformat()}" in text(client.get(url("finding", finding)))  # its history, too


def test_a_form_asks_in_the_words_of_inspections():
    """Words that mean something else in other rooms (来自, 办理期限, 办理人)."""
    with override("zh-hans"):
        plan_form, record = PlanForm(), RecordForm()
        asked = [str(plan_form.fields[name].label) for name in ("kind", "starts_on", "ends_on")]
        asked += [str(RectifyForm.base_fields["due_on"].label), str(record.fields["party_title"].label)]
        assert asked == ["类型", "开始日期", "结束日期", "整改期限", "职务"]


def test_a_form_asks_of_a_draw_only_where_there_was_one():
    nothing = {"certificates": EnforcementCertificate.objects.none(), "people": User.objects.none()}
    supporting = ConfirmForm(inspects=False, drawn=False, **nothing)
    assert supporting["officers"].is_hidden and supporting["reason"].is_hidden
    inspecting = ConfirmForm(**nothing)
    assert not inspecting["officers"].is_hidden and not inspecting["reason"].is_hidden
    assert VisitForm(officers=Member.objects.none(), drawn=False)["reserve_reason"].is_hidden
    assert not VisitForm(officers=Member.objects.none())["reserve_reason"].is_hidden
