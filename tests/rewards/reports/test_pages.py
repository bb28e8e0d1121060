"""The pages of reports: the public's, the report officer's, the custodians'."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cases.actions.strands import file_strand
from core.refusals import StillOpen
from deadlines.models import Deadline
from departments.actions.people import end_post
from departments.enums import Role
from journal.models import Event
from rewards import panels_reports, receipts
from rewards.actions.report_progress import refuse_report, tell_reporter
from rewards.enums import Naming, ReportStatus
from rewards.models import Report, Reward, Supervisor
from rewards.set_up_reports import officers_state
from tests.casetabs import tab_url, whole_page
from tests.cast import person
from tests.factories.cases import make_case, pdf, uscc
from tests.factories.rewards import FACTS, accept, make_custodians, make_report, register
from tests.factories.rewards_money import ask, bring_reward, decide, payer, somebody, verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("insurance_report_officer")]
KEY = "k" * 20


@pytest.fixture
def officer(client, insurance_report_officer):
    client.force_login(insurance_report_officer)
    return insurance_report_officer


def typed(**more):
    given = {
        "form_key": KEY, "count": "1", "subject_name": "青禾县仁和医院", "facts": FACTS, "naming": "real_name",
        "kind": "natural", "name": "丁家宁", "phone": "13907990011", "wants_answer": "on",
    }  # fmt: skip
    return given | more


def post(client, name, data=None, **kwargs):
    return client.post(reverse(f"rewards:{name}", kwargs=kwargs), data or {})


def test_the_public_sees_every_hotline_and_reports_without_an_account(client, insurance, health, county, now):
    make_custodians(insurance, at=now)
    page = client.get(reverse("rewards:public", args=["439926"])).content.decode()
    assert "0799-6620393" in page and "0799-6621120" in page
    answer = post(client, "public_report", typed(files=[pdf()]), code="439926")
    report = Report.objects.get()
    code = receipts.plain_code(answer.context["code"])
    assert report.receipt_digest == receipts.digest(code)
    assert receipts.grouped(code) in answer.content.decode()
    assert report.files.count() == 1
    assert "no-store" in answer["Cache-Control"]


def test_where_nobody_would_read_it_no_report_is_taken(client, insurance, insurance_report_officer, system_admin, now):
    make_custodians(insurance, at=now)
    start, form = (reverse(f"rewards:{name}", args=["439926"]) for name in ("public", "public_report"))
    assert form in client.get(start).content.decode()
    (post_held,) = insurance_report_officer.posts.all()
    received, _code = register(insurance, at=now)
    given = {"post": post_held, "by": system_admin, "at": timezone.now()}
    with pytest.raises(StillOpen) as refused:  # the last report officer does not leave an open report alone
        end_post(**given)
    assert len(refused.value.details["items"]) == 1 and "1" in refused.value.details["items"][0]
    refuse_report(report=received, reason="不属医保", by=insurance_report_officer, at=now)
    done, said = officers_state(system_admin)
    assert (done, "举报" in said) == (False, False)  # there is no finance clerk
    end_post(**given)
    done, said = officers_state(system_admin)
    assert (done, "举报" in said) == (False, True)
    page = client.get(start).content.decode()
    assert form not in page and "0799-6620393" in page
    count = Report.objects.count()
    for answer in (client.get(form), client.post(form, typed())):
        assert (answer.status_code, answer.headers["Location"]) == (302, start)
    assert Report.objects.count() == count


def test_the_last_report_officer_may_leave_when_another_is_there(
    insurance, insurance_report_officer, insurance_handler, now
):
    received, _code = register(insurance, at=now)
    (held,) = insurance_report_officer.posts.all()
    assert panels_reports.reports_in_hand(held)
    assert not panels_reports.reports_in_hand(insurance_handler.posts.first())
    somebody(insurance, Role.REPORT_OFFICER)  # the same one
    assert panels_reports.reports_in_hand(held)
    person("yb77", "接任人", insurance, Role.REPORT_OFFICER)
    assert not panels_reports.reports_in_hand(held)
    assert received.status == "received"


def test_somebody_who_reads_and_somebody_who_pays_is_all_that_is_needed(system_admin, county, finance):
    assert not officers_state(system_admin)[0]
    payer(county)
    assert officers_state(system_admin)[0]


def test_a_form_sent_twice_is_one_report_and_gives_the_same_code(client, insurance, now):
    make_custodians(insurance, at=now)
    codes = {post(client, "public_report", typed(), code="439926").context["code"] for _n in range(2)}
    assert len(codes) == 1
    assert Report.objects.count() == 1


def test_a_form_sent_again_with_other_words_keeps_both(client, insurance, now):
    make_custodians(insurance, at=now)
    place, first = {"code": "439926"}, typed(files=[pdf("一.pdf")])
    told = post(client, "public_report", first, **place)
    assert "此前已提交" not in told.content.decode()
    report = Report.objects.get()
    again = post(client, "public_report", typed(files=[pdf("一.pdf")]), **place)  # the same: an impatient finger
    assert "此前已提交" in again.content.decode() and "作为补充材料收下" not in again.content.decode()
    assert (report.additions.count(), report.files.count()) == (0, 1)
    changed = typed(facts="另有一事。", subject_name="青禾县仁爱医院", period_from="2026-01-02", name="丁家安")
    for _time in range(2):  # the changed one twice: once is kept, and both are told so
        page = post(client, "public_report", changed, **place)
        assert page.context["code"] == told.context["code"]
        assert "作为补充材料收下" in page.content.decode() and "以首次提交为准" in page.content.decode()
    (more,) = report.additions.all()
    assert "另有一事。" in more.text and "青禾县仁爱医院" in more.text and "2026-01-02" in more.text
    page = post(client, "public_report", typed(files=[pdf("二.pdf")]), **place)
    assert "作为补充材料收下" in page.content.decode() and report.files.count() == 2
    odd = typed(facts="再补", files=[SimpleUploadedFile("三.pdf", b"MZ no such thing")])
    page = post(client, "public_report", odd, **place)
    assert page.context["again"].refused in page.content.decode() and "未能收下" in page.content.decode()
    assert (report.additions.count(), report.files.count()) == (1, 2)  # nothing of it, and it is said
    report.refresh_from_db()
    assert Report.objects.count() == 1 and report.facts == FACTS and report.reporters.count() == 1


def test_the_form_grows_for_those_who_report_together_and_keeps_what_was_typed(client, insurance, now):
    make_custodians(insurance, at=now)
    page = post(client, "public_report", typed(more="1"), code="439926")
    assert page.context["form"].people == 2
    assert not page.context["form"].errors
    assert "丁家宁" in page.content.decode()
    post(client, "public_report", typed(count="2", r2_name="丁家安", r2_phone="13907990012"), code="439926")
    assert [one.position for one in Report.objects.get().reporters.all()] == [1, 2]
    page = post(client, "public_report", typed(more="1", count="20"), code="439926")
    assert page.context["form"].people == 20  # as many as the action takes


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"name": "", "phone": ""}, "name"),
        ({"id_number": "439926198001010011"}, "id_number"),
        ({"account": "12", "bank": "x"}, "account"),
        ({"naming": "anonymous"}, "naming"),
        ({"naming": "anonymous", "name": "", "phone": "", "wants_reward": "on"}, "wants_reward"),
        ({"naming": "token", "name": "", "phone": "", "token": "abc"}, "token"),
        ({"subject_code": "123"}, "subject_code"),
        ({"facts": " "}, "facts"),
        ({"period_from": "2999-01-01"}, "period_from"),
        ({"period_from": "2026-02-01", "period_to": "2026-01-01"}, "period_to"),
        ({"kind": "legal", "id_number": "123"}, "id_number"),
    ],
)
def test_what_cannot_be_right_is_said_beside_its_field(wrong, field, client, insurance, now):
    make_custodians(insurance, at=now)
    answer = post(client, "public_report", typed(**wrong), code="439926")
    assert list(answer.context["form"].errors) == [field]
    assert not Report.objects.exists()


def test_without_two_keys_a_name_is_refused_and_an_anonymous_report_taken(client, insurance):
    answer = post(client, "public_report", typed(), code="439926")
    assert not answer.context["form"].is_valid()
    assert "密钥" in answer.content.decode()
    post(client, "public_report", typed(naming="anonymous", name="", phone=""), code="439926")
    assert Report.objects.get().reporters.count() == 0


def test_too_many_reports_from_one_line_have_to_wait(client, insurance):
    answers = [post(client, "public_report", {}, code="439926").status_code for _n in range(11)]
    assert answers == [200] * 10 + [429]


def test_growing_the_form_is_counted_too(client, insurance):
    answers = [post(client, "public_report", {"more": "1"}, code="439926").status_code for _n in range(31)]
    assert answers == [200] * 30 + [429]
    assert post(client, "public_report", {}, code="439926").status_code == 200  # reports are counted apart


@pytest.mark.parametrize("count", ["²", "9" * 5000, "-1", "0", "x"])
def test_an_odd_number_of_reporters_is_one(count, client, insurance, now):
    answer = client.post(reverse("rewards:public_report", args=[insurance.region.code]), typed(count=count, facts=""))
    assert answer.status_code == 200 and answer.context["form"].people == 1


def test_an_unknown_county_receives_nothing(client, insurance, city):
    assert client.get(reverse("rewards:public", args=["439900"])).status_code == 404
    assert client.get(reverse("rewards:public_counties")).url == reverse("rewards:public", args=["439926"])


def follow(client, code, **more):
    return post(client, "follow", {"code": code, **more})


def test_by_the_receipt_code_one_follows_adds_and_takes_back(client, insurance, now):
    report, code = register(insurance, at=now)
    assert follow(client, receipts.grouped(code)).url == reverse("rewards:followed")
    page = client.get(reverse("rewards:followed")).content.decode()
    assert report.number in page and FACTS not in page and "丁家宁" not in page
    answer = post(
        client, "follow_add", {"form_key": KEY, "text": "还有一张收据。", "files": [pdf("收据.pdf")]}
    )
    assert answer.url == reverse("rewards:followed")
    assert [one.text for one in report.additions.all()] == ["还有一张收据。"]
    assert report.files.count() == 1
    assert post(client, "follow_add", {"form_key": KEY}).context["form"].errors
    post(client, "follow_withdraw")
    report.refresh_from_db()
    assert report.withdrawn_at is not None and report.status == ReportStatus.RECEIVED
    post(client, "follow_withdraw")  # a second time: a sentence, no change
    assert Event.objects.filter(verb="report.withdrawn", target_id=report.pk).count() == 1
    post(client, "follow_leave")
    assert client.get(reverse("rewards:followed")).url == reverse("rewards:follow")


def test_by_the_receipt_code_one_learns_how_the_reward_stands(
    client, insurance, insurance_handler, insurance_deputy_head, office, finance, county, now
):
    case = make_case(by=insurance_handler, at=now)
    decide(case, at=now)
    case.refresh_from_db()
    report, code = register(insurance, at=now)
    accept(report, at=now, case=case)
    report.refresh_from_db()
    follow(client, receipts.grouped(code))
    place = reverse("rewards:followed")
    assert not client.get(place).context["rewards"]
    ask(report, at=now)
    verify(report, "10000", by=insurance_handler, at=now)
    reward = Reward.objects.get()
    assert "500.00" not in client.get(place).content.decode()  # nobody has approved it
    reward, secret = bring_reward(reward, "funded", at=now, code=True)
    page = client.get(place)
    assert "500.00" in page.content.decode() and secret not in page.content.decode()
    assert [(row.status, row.paid_at) for row in page.context["rewards"]] == [("funded", None)]
    post(client, "follow_leave")
    assert client.get(place).status_code == 302


def test_further_answers_stand_below_the_earlier_ones_on_both_pages(client, officer, insurance, now):
    report, code = register(insurance, at=now)
    accept(report, at=timezone.now())
    place = reverse("rewards:report_answer", args=[report.pk])
    for number, text in enumerate(("第一次答复：已查处。", "第二次答复：复议后改为罚款。", "第二次答复：复议后改为罚款。")):
        given = {"form_key": f"{number}" * 20, "seen": Report.objects.get().status, "text": text}
        assert client.post(place, given).status_code == 302
    assert report.additions.count() == 2  # the same words again were refused with a sentence
    page = client.get(report.get_absolute_url())
    assert place in page.content.decode() and page.context["step"] is None
    follow(client, code)
    for content in (page.content.decode(), client.get(reverse("rewards:followed")).content.decode()):
        assert 0 < content.index("第一次答复") < content.index("第二次答复")


def test_a_withdrawn_report_is_accepted_all_the_same(client, insurance, now):
    report, code = register(insurance, at=now)
    follow(client, code)
    post(client, "follow_withdraw")
    accept(report, at=timezone.now())
    assert Report.objects.get().status == ReportStatus.ACCEPTED


@pytest.mark.parametrize("name", ["followed", "follow_add", "follow_withdraw"])
def test_without_the_code_there_is_nothing_to_see(name, client, insurance):
    answer = (client.get if name == "followed" else client.post)(reverse(f"rewards:{name}"))
    assert answer.url == reverse("rewards:follow")


def test_a_wrong_code_is_said_and_tries_are_counted(client, insurance, now):
    register(insurance, at=now)
    assert (
        "last one checks" in str(follow(client, "1234").context["form"].errors)
        or follow(client, "1234").status_code == 200
    )
    other = receipts.code_of("another form")
    assert not follow(client, other).context["form"].is_valid()
    for _n in range(20):
        answer = follow(client, other)
    assert answer.status_code == 429


def test_by_token_the_code_alone_opens_nothing(client, insurance, now):
    report, code = register(insurance, at=now, naming=Naming.TOKEN)
    assert follow(client, code).status_code == 200
    assert follow(client, code, token="柳絮-4712").status_code == 200
    assert follow(client, code, token="柳絮-4711").url == reverse("rewards:followed")
    assert report.reporters.get().kind == "natural"


def test_the_officer_registers_what_came_by_telephone(client, officer, insurance, now):
    make_custodians(insurance, at=now)
    answer = post(client, "report_new", typed(channel="phone"))
    report = Report.objects.get()
    assert (report.channel, report.registered_by) == ("phone", officer)
    assert answer.context["report"] == report
    again = post(client, "report_new", typed(channel="phone"))
    assert again.context["code"] == answer.context["code"] and again.context["again"].kept is False
    again = post(client, "report_new", typed(channel="phone", facts="电话里又说了一事。"))
    assert "作为补充材料收下" in again.content.decode()
    assert [(one.text, one.by) for one in report.additions.all()] == [("电话里又说了一事。", officer)]
    assert post(client, "report_new", typed(channel="phone", phone="")).context["form"].errors
    assert post(client, "report_new", typed(channel="phone", more="1")).context["form"].people == 2
    assert client.get(reverse("rewards:report_new")).status_code == 200


def test_a_social_supervisor_reports_through_the_same_door_while_the_term_runs(
    client, officer, insurance, now
):
    make_custodians(insurance, at=now)
    today = timezone.now().date()
    given = {"form_key": KEY, "name": "龚正言", "body": "政协委员", "number": "青医监聘〔2026〕3号"}
    answer = post(
        client, "supervisor_new", given | {"term_from": today, "term_to": today - dt.timedelta(days=1)}
    )
    assert answer.context["form"].errors
    post(client, "supervisor_new", given | {"term_from": today, "term_to": today + dt.timedelta(days=300)})
    supervisor = Supervisor.objects.get()
    assert "龚正言" in client.get(reverse("rewards:supervisors")).content.decode()
    assert post(client, "report_new", typed(channel="supervisor")).context["form"].errors
    post(client, "report_new", typed(channel="supervisor", supervisor=supervisor.pk))
    assert Report.objects.get().channel == "supervisor"
    post(client, "supervisor_new", given | {"form_key": "x" * 20, "term_from": today, "term_to": today})
    assert Supervisor.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    count, client, officer, insurance, now, django_assert_num_queries
):
    for n in range(count):
        register(insurance, at=now, by=officer, subject_name=f"医院{n}")
    client.get(reverse("rewards:reports"))
    with django_assert_num_queries(5):
        page = client.get(reverse("rewards:reports"))
    assert len(page.context["rows"]) == count
    first = Report.objects.order_by("pk").first()
    refuse_report(report=first, reason="不属医保", by=officer, at=now)
    page = client.get(reverse("rewards:reports"), {"q": first.number})  # whatever its state
    assert [row.pk for row in page.context["rows"]] == [first.pk]
    assert not client.get(reverse("rewards:reports"), {"q": "没有"}).context["rows"]


def test_a_report_goes_from_the_list_into_a_new_lead_and_its_words_stay_behind(
    client, officer, insurance, office, now
):
    report, _code = register(insurance, at=now)
    page = client.get(reverse("rewards:report", args=[report.pk]))
    assert FACTS in page.content.decode()
    assert page.context["step"]["url"] == reverse("rewards:report_accept", args=[report.pk])
    address = reverse("rewards:report_accept", args=[report.pk])
    form = client.get(address).context["form"]
    category = form.fields["categories"].queryset.first()
    given = {
        "form_key": KEY, "seen": "received", "summary": "反映某院重复收费。", "new_kind": "institution",
        "new_name": "青禾县仁和医院", "new_uscc": "52431026MJ0000017X", "categories": [category.pk], "suspected": "1200",
    }  # fmt: skip
    assert "new_uscc" in client.post(address, given).context["form"].errors
    assert "subject" in client.post(address, given | {"new_name": ""}).context["form"].errors
    right = given | {"new_uscc": uscc()}
    assert "summary" in client.post(address, right | {"summary": FACTS}).context["form"].errors
    assert (
        "summary" in client.post(address, right | {"summary": "电话13907990011反映"}).context["form"].errors
    )
    answer = client.post(address, right)
    assert answer.url == report.get_absolute_url()
    report.refresh_from_db()
    case = whole_page(client, report.case_id)
    assert report.number in case and FACTS not in case
    assert report.case.summary == "反映某院重复收费。"


def test_a_report_joins_a_case_and_is_refused_with_a_reason(
    client, officer, insurance, insurance_handler, office, now
):
    case = make_case(by=insurance_handler, at=now)
    first, _code = register(insurance, at=now)
    second, code = register(insurance, at=now, reporters=None)
    answer = client.post(
        reverse("rewards:report_join", args=[first.pk]),
        {"form_key": KEY, "seen": "received", "case": case.pk, "summary": "反映同一医院。"},
    )  # fmt: skip
    assert answer.url == first.get_absolute_url()
    assert Report.objects.get(pk=first.pk).case == case
    client.force_login(insurance_handler)
    assert "反映同一医院。" in client.get(tab_url(case.pk, "reward")).content.decode()
    client.force_login(officer)
    client.post(
        reverse("rewards:report_refuse", args=[second.pk]),
        {"form_key": "y" * 20, "seen": "received", "reason": "线索不具体"},
    )
    follow(client, code)
    assert "线索不具体" in client.get(reverse("rewards:followed")).content.decode()


def test_after_filing_the_reporter_is_told_and_the_result_goes_back(
    client, officer, insurance, insurance_handler, insurance_deputy_head, office, now
):
    case = make_case(by=insurance_handler, at=now)
    report = make_report(insurance, at=now, case=case)
    file_strand(
        strand=case.strands.get(), filing_number="青医保立〔2026〕1号", by=insurance_deputy_head, at=now
    )
    page = client.get(report.get_absolute_url())
    assert page.context["step"]["url"] == reverse("rewards:report_tell", args=[report.pk])
    assert f"<b>{Deadline.objects.get(rule_code='reporter_notice').name}</b>" in page.content.decode()
    row = client.get(reverse("desk:workbench")).content.decode()
    assert report.number in row
    client.post(reverse("rewards:report_tell", args=[report.pk]), {"form_key": KEY, "via": "page"})
    client.post(
        reverse("rewards:report_answer", args=[report.pk]), {"form_key": "z" * 20, "text": "查实并处罚。"}
    )
    report.refresh_from_db()
    assert (report.told_via, report.status) == ("page", ReportStatus.ANSWERED)
    assert "查实并处罚。" in client.get(report.get_absolute_url()).content.decode()
    assert tell_reporter


def test_the_officer_adds_and_takes_back_and_takes_a_file_out(client, officer, insurance, now):
    report, _code = register(insurance, at=now, files=[pdf("费用清单.pdf")])
    client.post(reverse("rewards:report_add", args=[report.pk]), {"form_key": KEY, "text": "来电补充。"})
    client.post(reverse("rewards:report_withdraw", args=[report.pk]), {"form_key": "w" * 20})
    report.refresh_from_db()
    assert report.withdrawn_at
    piece = report.files.get()
    answer = client.post(reverse("rewards:report_file", args=[report.pk, piece.pk]))
    assert answer.content.startswith(b"%PDF")
    assert Event.objects.latest("pk").verb == "report.file_read"


def test_the_registration_form_is_marked_secret_and_names_nobody(client, officer, insurance, now):
    report, _code = register(insurance, at=now)
    page = client.get(reverse("rewards:report_form", args=[report.pk])).content.decode()
    assert "密" in page and "不列姓名" in page and "丁家宁" not in page and FACTS not in page
    answer = client.get(reverse("rewards:report_form_pdf", args=[report.pk]))
    assert answer.content.startswith(b"%PDF")


def test_others_do_not_know_that_a_report_exists(
    client, insurance, insurance_handler, office_coordinator, now
):
    report, _code = register(insurance, at=now)
    for user in (insurance_handler, office_coordinator):
        client.force_login(user)
        assert client.get(report.get_absolute_url()).status_code == 404
        assert client.get(reverse("rewards:report_accept", args=[report.pk])).status_code == 404
        assert client.get(reverse("rewards:reports")).status_code == 403
        assert client.get(reverse("rewards:report_new")).status_code == 403
        assert client.get(reverse("rewards:supervisors")).status_code == 403
        assert client.get(reverse("rewards:supervisor_new")).status_code == 403
        assert client.get(reverse("rewards:openings")).status_code == 403


def test_the_administrator_names_custodians_and_the_defaults_stand_first(
    client,
    system_admin,
    insurance,
    insurance_head,
    insurance_legal,
    insurance_handler,
    insurance_report_officer,
    office,
    office_coordinator,
):
    client.force_login(system_admin)
    page = client.get(reverse("rewards:custodians"))
    offered = [value for value, _label in page.context["form"].fields["user"].choices]
    assert set(offered[1:3]) == {str(insurance_head.pk), str(insurance_legal.pk)}
    assert str(insurance_handler.pk) in offered[3:]
    assert str(insurance_report_officer.pk) not in offered and str(office_coordinator.pk) not in offered
    client.post(reverse("rewards:custodians"), {"form_key": KEY, "user": insurance_head.pk})
    from rewards.models import Custodian

    custodian = Custodian.objects.get()
    assert custodian.user == insurance_head
    client.post(reverse("rewards:custodian_end", args=[custodian.pk]), {"form_key": "e" * 20})
    custodian.refresh_from_db()
    assert custodian.ended_by == system_admin
    client.force_login(insurance_head)
    assert client.get(reverse("rewards:custodians")).status_code == 403
    assert client.get(reverse("rewards:own_key")).status_code == 403
