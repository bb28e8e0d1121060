"""The pages and the API of a transfer of suspected crime, from desk to desk; on paper; and what is refused."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.api import UNKNOWN
from core.forms import new_form_key
from journal.models import Event
from referrals import crime_panels
from referrals.models import CrimeStep, CrimeThreshold, CriminalTransfer, FollowUp
from tests.casetabs import tab_url
from tests.factories.cases import make_case
from tests.factories.crime import make_transfer, scan
from tests.factories.follow_ups import bring_follow_up

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def now():
    """Pages read the clock themselves: these tests live now."""
    return timezone.now()


@pytest.fixture
def seat():
    """`seat(user)`: a signed-in client."""

    def of(user):
        client = Client()
        client.force_login(user, BACKEND)
        return client

    return of


def goes_out(transfer):
    """The letter under way is signed by others of its department and sent; the transfer."""
    bring_follow_up(FollowUp.objects.open().get(), "sent", at=timezone.now())
    transfer.refresh_from_db()
    return transfer


def go(client, step, transfer, **fields):
    """Open the page of a step and send it; the page that follows, and the transfer as it is then."""
    url = reverse(f"referrals:crime_{step}", args=[transfer.pk])
    page = client.get(url)
    assert page.status_code == 200, (step, page.status_code)
    answer = client.post(url, {"form_key": new_form_key(), "seen": transfer.status, **fields}, follow=True)
    transfer.refresh_from_db()
    return answer


def text(answer):
    return answer.content.decode()


def test_a_suspicion_passes_through_every_desk_until_the_police_file_it(
    crime_case, seat, insurance_handler, insurance_handler_2, insurance_section_head, insurance_head,
    insurance_registrar, police_registrar, police_section_head, police_handler, health_handler,
):  # fmt: skip
    handler, evidence = seat(insurance_handler), list(crime_case.evidence.order_by("pk"))
    url = reverse("referrals:crime_propose", args=[crime_case.pk])
    page = handler.get(url)
    assert "86,240.00" in text(page) and "数额巨大" in text(page)  # inside the range of a huge amount
    given = {
        "threshold": CrimeThreshold.objects.get().pk, "found_on": timezone.localdate().isoformat(),
        "persons": [crime_case.subjects.get().pk], "facts": "虚构住院骗取基金。", "measures": "已暂停拨付。",
    }  # fmt: skip
    wrong = handler.post(url, {"form_key": new_form_key(), **given, "found_on": "2099-01-01"})
    assert (wrong.status_code, "虚构住院骗取基金。" in text(wrong)) == (200, True)  # nothing typed is lost
    assert "发现日期不能晚于今日" in text(wrong)
    handler.post(url, {"form_key": new_form_key(), **given})
    transfer = CriminalTransfer.objects.get()
    assert (transfer.crime, str(transfer.amount)) == ("诈骗罪", "86240.00")

    officers = [insurance_handler.pk, insurance_handler_2.pk]
    refused = go(seat(insurance_section_head), "assign", transfer, officers=officers[:1])
    assert "两名以上" in text(refused) and "何志远　无执法证" in text(refused)
    go(seat(insurance_section_head), "assign", transfer, officers=officers)

    refused = go(handler, "report", transfer, report="建议移送公安机关。", no_expert="无需鉴定", no_other="无")
    assert "缺调查报告" in text(refused) and "建议移送公安机关。" in text(refused)
    refused = go(
        handler, "report", transfer, report="建议移送。", items="出院记录", report_files=[evidence[0].pk],
        no_expert="无需", no_other="无",
    )  # fmt: skip
    assert "至少写明名称和数量" in text(refused)
    go(
        handler, "report", transfer, report="建议移送公安机关。", report_files=[evidence[0].pk],
        items="出院记录｜37份｜A4｜120｜仁和医院｜原件", no_expert="无需鉴定", other_files=[evidence[1].pk],
    )  # fmt: skip
    assert transfer.status == "reported"
    preview = handler.get(reverse("referrals:crime_preview", args=[transfer.pk]))
    assert "涉嫌犯罪案件移送书" in text(preview)

    go(seat(insurance_head), "decide", transfer, approved="yes", reason="达到追诉标准。")
    answer = go(seat(insurance_registrar), "hand_over", transfer)
    assert transfer.status == "sent" and "抄送" in text(answer)
    letter = transfer.referral.document
    assert seat(insurance_handler).get(letter.get_absolute_url()).status_code == 200

    task = list(crime_panels.sign_rows(police_registrar, 10))
    assert [row.action_label for row in task] == ["签署回执"]
    assert crime_panels.sign_count(police_registrar).count() == 1
    registrar = seat(police_registrar)
    assert "调查报告.pdf" in text(registrar.get(reverse("referrals:crime_sign", args=[transfer.pk])))
    go(registrar, "sign", transfer)
    assert transfer.status == "received"

    # the sender may not enter what the police decide
    wrong_side = seat(insurance_registrar).post(
        reverse("referrals:crime_filing", args=[transfer.pk]), {"form_key": new_form_key(), "filed": "yes", "reason": "立案"}
    )
    assert wrong_side.status_code == 403
    head = seat(police_section_head)
    head.post(
        reverse("referrals:referral_assign", args=[transfer.referral_id]),
        {"form_key": new_form_key(), "person": police_handler.pk},
    )
    officer = seat(police_handler)
    go(officer, "incomplete", transfer, missing="缺少住院病历原件。")
    assert transfer.status == "received"  # asked for when the notice is signed and goes out
    assert goes_out(transfer).status == "incomplete"
    go(handler, "complete", transfer, files=[evidence[2].pk], remark="补正如上")
    assert (transfer.status, goes_out(transfer).status) == ("incomplete", "received")
    assert transfer.attachments.get(kind="correction").evidence == evidence[2]
    go(officer, "filing", transfer, filed="yes", reason="有犯罪事实，需要追究刑事责任")
    assert (transfer.status, goes_out(transfer).status) == ("received", "filed")
    go(handler, "property", transfer, taken_by="秦卫东")
    assert (transfer.status, transfer.referral.status) == ("closed", "closed")

    page = handler.get(transfer.get_absolute_url())
    assert {step.get_kind_display() for step in transfer.steps.all()} >= {"移交涉案物品和材料", "通知补正"}
    assert "立案" in text(page)
    assert handler.get(transfer.referral.get_absolute_url()).status_code == 302  # the letter stands on this page
    assert handler.get(transfer.dispatch.get_absolute_url()).status_code == 302
    assert handler.get(reverse("referrals:dispatch_preview", args=[transfer.dispatch_id])).status_code == 302
    assert seat(health_handler).get(transfer.get_absolute_url()).status_code == 404
    listed = handler.get(reverse("referrals:crimes") + "?open=0")
    assert transfer.referral.number in text(listed)
    assert transfer.referral.number not in text(handler.get(reverse("referrals:crimes")))


def test_police_without_an_account_are_entered_from_paper_by_the_registrar(
    crime_on_paper, seat, insurance_registrar, insurance_head, now
):
    transfer = crime_on_paper("sent")
    registrar = seat(insurance_registrar)

    def came(**more):
        """The moment is typed to the minute, each time anew: it follows the step before."""
        return {"happened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), **more}

    go(registrar, "sign", transfer, number="青公回〔2026〕3号", signed_name="秦卫东", **came())
    assert transfer.status == "sent"  # no scan
    go(registrar, "sign", transfer, number="青公回〔2026〕3号", signed_name="秦卫东", **came(upload=scan()))
    assert transfer.status == "received"
    go(registrar, "filing", transfer, filed="no", reason="情节显著轻微", number="青公不立〔2026〕9号", **came(upload=scan()))
    assert transfer.status == "refused"
    step = CrimeStep.objects.get(kind="refused")
    assert (step.number, step.department) == ("青公不立〔2026〕9号", insurance_registrar.department)
    shown = registrar.post(reverse("referrals:crime_scan", args=[step.pk]))
    assert (shown.status_code, shown["Content-Type"]) == (200, "application/pdf")
    assert Event.objects.latest("pk").verb == "scan.taken"
    answer = go(seat(insurance_head), "supervise", transfer, reason="应当立案。")
    assert str(transfer.procuratorate) in text(answer)  # the letter that is to be signed names its addressee
    goes_out(transfer)
    go(registrar, "supervised", transfer, filed="no", reason="监督后维持", number="青检监〔2026〕3号", **came(upload=scan()))
    go(seat(insurance_head), "duty", transfer, number="青医保函〔2026〕77号", sent_on=timezone.localdate().isoformat())
    go(seat(insurance_head), "resume", transfer, reason="不予立案，恢复行政处理")
    assert transfer.status == "resumed"


def test_reconsideration_goes_and_comes_by_the_pages(
    crime, seat, insurance_deputy_head, police_section_head, insurance_section_head, now
):
    transfer = crime("refused")
    go(seat(insurance_deputy_head), "reconsider", transfer, reason="有充分证据。")
    assert crime_panels.todo_count(insurance_deputy_head).count() == 0  # it waits as a paper now
    assert (transfer.status, goes_out(transfer).status) == ("refused", "reconsidering")
    assert [row.action_label for row in crime_panels.todo_rows(police_section_head, 5)] == ["答复复议"]
    go(seat(police_section_head), "reconsidered", transfer, filed="no", reason="维持")
    assert crime_panels.todo_count(police_section_head).count() == 0
    assert (transfer.status, goes_out(transfer).status) == ("reconsidering", "upheld")
    rows = list(crime_panels.todo_rows(insurance_deputy_head, 5))
    assert [row.action_label for row in rows] == ["建议立案监督"]
    assert rows[0].due is not None
    step = crime_panels.next_crime(transfer.case, insurance_deputy_head)
    assert step["due"] == rows[0].due and "建议立案监督" in step["text"]
    assert crime_panels.todo_count(insurance_deputy_head).count() == 1


def test_the_police_forward_by_the_page_and_a_proposal_is_given_up(crime, seat, police_section_head, insurance_handler, now):
    transfer = crime("received")
    answer = go(seat(police_section_head), "forward", transfer, to="云溪县公安局", reason="犯罪地在云溪县")
    assert "云溪县公安局" in text(answer)
    goes_out(transfer)
    assert (transfer.status, transfer.forwarded_to) == ("forwarded", "云溪县公安局")
    assert "云溪县公安局" in text(seat(insurance_handler).get(transfer.get_absolute_url()))


def test_a_proposal_is_given_up_with_a_reason(crime, seat, insurance_handler, now):
    transfer = crime("proposed")
    page = go(seat(insurance_handler), "discard", transfer, reason="事实不清，继续核查")
    assert transfer.status == "discarded"
    assert "已放弃" in text(page)
    done = list(crime_panels.done_rows(insurance_handler, 5))
    assert [row.phrase.split("：")[0] for row in done] == ["已放弃"]
    assert crime_panels.done_count(insurance_handler).count() == 1


# --- the case page ------------------------------------------------------------------------------------------------
def test_case_page_panel_and_what_was_started(crime_case, crime, seat, insurance_handler, office_coordinator, now):
    url = tab_url(crime_case.pk, "handling")
    assert "提出移送" in text(seat(insurance_handler).get(url))
    assert crime_panels.panel(crime_case, office_coordinator) is None
    crime("sent")
    page = text(seat(insurance_handler).get(url))
    assert "已移送待签收" in page
    assert crime_panels.started_count(insurance_handler).count() == 1
    assert [row.lamp for row in crime_panels.started_rows(insurance_handler, 5)] == ["n"]  # what is owed is the police's
    step = crime_panels.next_crime(crime_case, insurance_handler)
    assert step is None


def test_an_amount_above_the_range_is_hinted_to_who_may_propose(crime_case, insurance_handler, health_handler, now):
    CrimeThreshold.objects.update(huge_from=40000, huge_to=50000, large_to=5000)
    hinted = crime_panels.next_crime(crime_case, insurance_handler)
    assert "数额巨大" in hinted["why"] and hinted["url"].endswith("/crime/new/")
    assert crime_panels.next_crime(crime_case, health_handler) is None
    above = {"enormous_from": 9_000_000, "huge_from": 900_000, "huge_to": 900_000}
    CrimeThreshold.objects.update(large_from=800_000, large_to=800_000, **above)
    assert crime_panels.next_crime(crime_case, insurance_handler) is None


def test_the_list_asks_the_same_number_of_queries_for_one_and_three(
    crime, seat, insurance_handler, now
):
    crime("proposed")
    client = seat(insurance_handler)
    counts = []
    for extra in (0, 2):
        for _number in range(extra):
            make_transfer(make_case(by=insurance_handler, at=now, files=[]), by=insurance_handler, at=now)
        client.get(reverse("referrals:crimes"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("referrals:crimes"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- amounts ------------------------------------------------------------------------------------------------------
def test_the_office_enters_what_the_province_set(seat, office_coordinator, insurance_handler):
    row = CrimeThreshold.objects.get()
    client, url = seat(office_coordinator), reverse("referrals:crime_threshold", args=[row.pk])
    page = client.get(url)
    given = {
        "crime": "诈骗罪", "article": "刑法第二百六十六条", "large_from": "5,000", "large_to": "5000",
        "huge_from": "50000", "huge_to": "50000", "enormous_from": "500000", "basis": "本省高级人民法院规定",
    }  # fmt: skip
    version = page.context["form"].initial["expected_version"]
    answer = client.post(url, {"form_key": new_form_key(), "expected_version": version, **given, "large_to": "60000"})
    assert "递增" in text(answer)
    client.post(url, {"form_key": new_form_key(), "expected_version": version, **given})
    row.refresh_from_db()
    assert (row.large_from, row.large_to, row.version) == (5000, 5000, version + 1)
    stale = client.post(url, {"form_key": new_form_key(), "expected_version": version, **given})
    assert stale.status_code == 200
    client.post(reverse("referrals:crime_threshold_new"), {"form_key": new_form_key(), **given, "crime": "职务侵占罪"})
    assert CrimeThreshold.objects.count() == 2
    listed = text(seat(insurance_handler).get(reverse("referrals:crime_thresholds")))
    assert "职务侵占罪" in listed and "增加罪名" not in listed
    assert Event.objects.filter(verb="crime_threshold.set").count() == 2


# --- API ----------------------------------------------------------------------------------------------------------
def call(client, transfer, step, **data):
    transfer.refresh_from_db()
    answer = client.post(
        reverse(f"criminaltransfer-{step}", args=[transfer.pk]), json.dumps(data), content_type="application/json",
        headers={"If-Match": f'"{transfer.version}"'},
    )  # fmt: skip
    transfer.refresh_from_db()
    return answer


def drafts(answer, transfer):
    """The letter a step drafted is named with where it is read; the state of the file, which it does not change yet."""
    letter = FollowUp.objects.get(pk=answer.json()["id"])
    assert (answer.status_code, answer.json()["status"], letter.referral_id) == (201, "draft", transfer.referral_id)
    assert answer.headers["Location"] == answer.json()["url"] == f"/api/v1/follow-ups/{letter.pk}/"
    return transfer.status


def test_the_api_takes_the_same_steps(
    crime, seat, insurance_handler, insurance_handler_2, insurance_section_head, insurance_head, insurance_registrar,
    insurance_deputy_head, police_registrar, police_section_head, now,
):  # fmt: skip
    transfer = crime("proposed")
    files = list(transfer.case.evidence.order_by("pk").values_list("pk", flat=True))
    leader, officer = seat(insurance_section_head), seat(insurance_handler)
    assert call(leader, transfer, "assign", officers=[0, 1]).status_code == 400
    assert call(officer, transfer, "assign", officers=[insurance_handler.pk]).status_code == 403
    call(leader, transfer, "assign", officers=[insurance_handler.pk, insurance_handler_2.pk])
    report = {"report": "建议移送", "report_files": files[:1], "no_items": "无", "no_expert": "无", "no_other": "无"}
    assert call(officer, transfer, "report", **report | {"report_files": [0]}).json() == {"report_files": [UNKNOWN]}
    assert call(officer, transfer, "report", **report | {"no_expert": ""}).status_code == 400
    call(officer, transfer, "report", **report | {"items": [{"name": "病历", "quantity": "1份"}], "no_items": ""})
    call(seat(insurance_head), transfer, "decide", approved=True, reason="同意")
    call(seat(insurance_registrar), transfer, "hand-over")
    police = seat(police_section_head)
    assert call(seat(police_registrar), transfer, "sign").json()["status"] == "received"
    assert drafts(call(police, transfer, "incomplete", missing="缺原件"), transfer) == "received"
    goes_out(transfer)
    assert drafts(call(officer, transfer, "complete", files=files[1:2]), transfer) == "incomplete"
    goes_out(transfer)
    assert drafts(call(police, transfer, "filing", filed=False, reason="情节轻微"), transfer) == "received"
    goes_out(transfer)
    refused = officer.get(reverse("criminaltransfer-detail", args=[transfer.pk])).json()
    assert (refused["status"], refused["steps"][-1]["kind"]) == ("refused", "refused")
    assert drafts(call(seat(insurance_deputy_head), transfer, "reconsider", reason="证据充分"), transfer) == "refused"
    assert call(officer, transfer, "supervise", reason="应当立案").status_code == 403  # one letter at a time
    goes_out(transfer)
    assert drafts(call(police, transfer, "reconsidered", filed=True, reason="复议立案"), transfer) == "reconsidering"
    goes_out(transfer)
    closed = call(officer, transfer, "property", taken_by="秦卫东")
    assert (closed.status_code, closed.json()["status"]) == (200, "closed")
    assert "幅度" in closed.json()["hint"]
    listed = officer.get(reverse("criminaltransfer-list"), {"status": "closed", "case": transfer.case_id}).json()
    assert [row["id"] for row in listed["results"]] == [transfer.pk]


def test_the_api_forwards_supervises_resumes_and_gives_up(
    crime, seat, insurance_head, police_section_head, insurance_handler, now
):
    transfer = crime("refused")
    assert drafts(call(seat(insurance_head), transfer, "supervise", reason="应当立案"), transfer) == "refused"
    assert goes_out(transfer).status == "supervising"
    assert call(seat(insurance_head), transfer, "resume", reason="不立案").status_code == 403


def test_the_api_forwards(crime, seat, police_section_head, now):
    transfer = crime("received")
    answer = call(seat(police_section_head), transfer, "forward", to="云溪县公安局", reason="犯罪地在云溪县")
    assert (drafts(answer, transfer), transfer.forwarded_to) == ("received", "")
    assert goes_out(transfer).forwarded_to == "云溪县公安局"


def test_the_api_resumes(crime, seat, insurance_head, now):
    assert call(seat(insurance_head), crime("refused"), "resume", reason="不立案").json()["status"] == "resumed"


def test_the_api_gives_up_a_proposal_of_a_crime_without_amounts(crime, seat, insurance_handler, now):
    transfer = crime("proposed", threshold=None, crime="伪造证件罪", article="刑法第二百八十条")
    answer = call(seat(insurance_handler), transfer, "discard", reason="事实不清").json()
    assert (answer["status"], answer["hint"]) == ("discarded", "")
    page = seat(insurance_handler).get(transfer.get_absolute_url())
    assert "尚未录入数额标准" in text(page)
