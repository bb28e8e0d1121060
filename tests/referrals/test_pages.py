"""The pages: who may see and press what, one step each, nothing twice, a fixed number of queries."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.dates import local_date
from core.forms import new_form_key
from core.refusals import FourEyes
from departments.enums import Role
from departments.models import Competence
from journal.models import Event
from referrals import proposals
from referrals.actions.papers import approve_paper
from referrals.actions.receipt import prove_delivery
from referrals.models import Dispatch, Extension, Referral, Reply
from tests.factories.cases import PDF
from tests.factories.referrals import acting, make_dispatch, make_need, make_reply

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


def post(client, url, **fields):
    return client.post(url, {"form_key": new_form_key(), **fields})


def said(answer):
    """The messages a page shows, after the redirect."""
    return [str(message) for message in answer.context["messages"]]


def test_a_transfer_passes_through_every_desk_by_the_pages(
    case, seat, receiver, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar,
    health_registrar, health_head, health_handler, health_section_head, now,
):  # fmt: skip
    handler = seat(insurance_handler)
    page = handler.get(reverse("referrals:new", args=[case.pk]))
    assert page.status_code == 200
    assert "下一个工作日为" in page.content.decode()
    limit = (now + dt.timedelta(days=20)).date().isoformat()
    answer = post(
        handler, reverse("referrals:new", args=[case.pk]), kind="transfer", receivers=[receiver.pk],
        subject="关于移交线索的函", facts="事实", amount="1,000.50", limit_on=limit,
        manifest=[piece.pk for piece in case.evidence.all()],
    )  # fmt: skip
    dispatch = Dispatch.objects.get()
    assert answer.url == dispatch.get_absolute_url()
    assert handler.get(dispatch.get_absolute_url()).status_code == 200
    assert handler.get(reverse("referrals:dispatch_preview", args=[dispatch.pk])).status_code == 200
    for user, step in (
        (insurance_handler, "submit"), (insurance_section_head, "review"), (insurance_deputy_head, "approve"),
        (insurance_registrar, "send"),
    ):  # fmt: skip
        assert post(seat(user), reverse(f"referrals:dispatch_{step}", args=[dispatch.pk])).status_code == 302
    referral = Referral.objects.get()
    registrar = seat(health_registrar)
    assert "住院病历抽样表.pdf" in registrar.get(reverse("referrals:referral_sign", args=[referral.pk])).content.decode()
    post(registrar, reverse("referrals:referral_sign", args=[referral.pk]))
    post(seat(health_head), reverse("referrals:referral_assign", args=[referral.pk]), person=health_handler.pk)
    worker = seat(health_handler)
    post(worker, reverse("referrals:referral_accept", args=[referral.pk]))
    assert 'name="text"' in worker.get(reverse("referrals:referral_reply", args=[referral.pk])).content.decode()
    post(worker, reverse("referrals:referral_reply", args=[referral.pk]), text="经核查属实。")
    reply = Reply.objects.get()
    assert worker.get(reply.get_absolute_url()).status_code == 200
    assert worker.get(reverse("referrals:reply_preview", args=[reply.pk])).status_code == 200
    post(worker, reverse("referrals:reply_edit", args=[reply.pk]), text="经核查部分属实。", expected_version=1)
    post(worker, reverse("referrals:reply_submit", args=[reply.pk]))
    post(seat(health_section_head), reverse("referrals:reply_approve", args=[reply.pk]))
    post(registrar, reverse("referrals:reply_send", args=[reply.pk]))
    assert handler.get(referral.get_absolute_url()).status_code == 200
    post(handler, reverse("referrals:referral_close", args=[referral.pk]), remark="入卷")
    referral.refresh_from_db()
    assert (referral.status, Reply.objects.get().text) == ("closed", "经核查部分属实。")


def test_a_need_for_support_is_recorded_and_its_draft_changed(case, seat, receiver, insurance_handler, now):
    client = seat(insurance_handler)
    url = reverse("referrals:new_support", args=[case.pk])
    assert client.get(url).status_code == 200
    fields = {
        "receiver": receiver.pk, "discovered_on": now.date().isoformat(), "questions": "一\n\n二",
        "subject": "关于商请提供技术支持的函", "facts": "事实",
        "limit_on": (now + dt.timedelta(days=20)).date().isoformat(),
    }  # fmt: skip
    post(client, url, **fields)
    dispatch = Dispatch.objects.get()
    assert dispatch.questions.count() == 2
    page = client.get(dispatch.get_absolute_url())
    assert [clock.name for clock in page.context["clocks"]] == ["技术支持书面告知"]
    assert client.get(reverse("referrals:dispatch_preview", args=[dispatch.pk])).status_code == 200
    edit = reverse("referrals:dispatch_edit", args=[dispatch.pk])
    assert client.get(edit).context["form"].initial["questions"] == "一\n二"
    changed = {**fields, "receivers": [receiver.pk], "questions": "只问一件", "expected_version": 1}
    assert post(client, edit, **changed).status_code == 302
    assert dispatch.questions.get().text == "只问一件"


def test_a_stale_draft_is_refused_beside_what_was_typed_and_what_is_there(dispatch, seat, insurance_handler, receiver):
    client, edit = seat(insurance_handler), reverse("referrals:dispatch_edit", args=[dispatch.pk])
    fields = {
        "receivers": [receiver.pk], "subject": "先到", "facts": "事实", "expected_version": 1,
        "limit_on": dispatch.limit_on.isoformat(),
    }  # fmt: skip
    assert post(client, edit, **fields).status_code == 302
    page = post(client, edit, **{**fields, "subject": "后到", "receivers": []})
    assert page.status_code == 200  # no receiver: nothing is compared yet
    dispatch.refresh_from_db()
    page = post(client, edit, **{**fields, "subject": "后到"})
    assert page.status_code == 200
    form = page.context["form"]
    assert [tuple(map(str, each[1:])) for each in form.differences] == [("先到", "后到")]
    assert 'value="后到"' in page.content.decode() and "先到" in page.content.decode()
    assert (form["expected_version"].value(), len(form["form_key"].value()) > 15) == (str(dispatch.version), True)
    again = {**fields, "subject": "后到", "expected_version": form["expected_version"].value()}
    assert client.post(edit, {**again, "form_key": form["form_key"].value()}).status_code == 302
    dispatch.refresh_from_db()
    assert dispatch.subject == "后到"


def test_an_answer_somebody_else_saved_is_shown_by_question(support, seat, health_handler, now):
    reply = make_reply(support("accepted"), at=now)
    first, second = reply.referral.dispatch.questions.values_list("pk", flat=True)
    client, edit = seat(health_handler), reverse("referrals:reply_edit", args=[reply.pk])
    fields = {"text": "结论甲", f"answer_{first}": "不成立", f"answer_{second}": "是", "expected_version": 1}
    assert post(client, edit, **fields).status_code == 302
    page = post(client, edit, **{**fields, "text": "结论乙", f"answer_{first}": "成立"})
    form = page.context["form"]
    assert [tuple(map(str, each[1:])) for each in form.differences] == [("不成立", "成立"), ("结论甲", "结论乙")]
    again = {**fields, "text": "结论乙", "expected_version": form["expected_version"].value()}
    assert post(client, edit, **again).status_code == 302
    reply.refresh_from_db()
    assert reply.text == "结论乙"


def test_a_form_that_was_sent_twice_does_nothing_twice(case, seat, receiver, insurance_handler, now):
    client, url = seat(insurance_handler), reverse("referrals:new", args=[case.pk])
    fields = {
        "form_key": new_form_key(), "kind": "transfer", "receivers": [receiver.pk], "subject": "函", "facts": "事实",
        "limit_on": (now + dt.timedelta(days=20)).date().isoformat(),
    }  # fmt: skip
    first = client.post(url, fields)
    again = client.post(url, fields)
    assert Dispatch.objects.count() == 1
    assert again["Location"] == first["Location"] == Dispatch.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"limit_on": "2020-01-01"}, "limit_on"), ({"receivers": []}, "receivers"), ({"amount": "x"}, "amount")],
)
def test_a_wrong_entry_is_said_beside_its_field_and_kept(changes, field, case, seat, receiver, insurance_handler, now):
    fields = {
        "kind": "transfer", "receivers": [receiver.pk], "subject": "函件标题", "facts": "事实",
        "limit_on": (now + dt.timedelta(days=20)).date().isoformat(),
    } | changes  # fmt: skip
    page = post(seat(insurance_handler), reverse("referrals:new", args=[case.pk]), **fields)
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert 'value="函件标题"' in page.content.decode()


# --- who may see and press what --------------------------------------------------------------------------------------
def test_a_stranger_finds_nothing_and_the_office_a_summary(
    letter, seat, outsider, market_handler, system_admin, office_coordinator, health_handler, insurance_handler
):
    referral = letter("accepted")
    url = referral.get_absolute_url()
    assert [seat(user).get(url).status_code for user in (outsider, market_handler, system_admin)] == [404, 404, 404]
    summary = seat(office_coordinator).get(url)
    assert (summary.status_code, summary.templates[0].name) == (200, "referrals/summary.html")
    assert referral.dispatch.subject not in summary.content.decode()
    assert referral.dispatch.facts not in summary.content.decode()
    for user in (health_handler, insurance_handler):
        page = seat(user).get(url)
        assert (page.status_code, page.templates[0].name) == (200, "referrals/referral.html")


def test_a_draft_is_its_departments_alone(dispatch, seat, health_handler, office_coordinator, insurance_registrar):
    url = dispatch.get_absolute_url()
    answers = [seat(user).get(url).status_code for user in (health_handler, office_coordinator, insurance_registrar)]
    assert answers == [404, 404, 200]


REFUSED = [
    ("sent", "sign", "health_handler"), ("sent", "deliver", "insurance_handler"),
    ("sent", "withdraw", "insurance_registrar"),
    ("received", "assign", "health_registrar"), ("received", "accept", "health_handler_2"),
    ("received", "return", "health_handler"), ("accepted", "reply", "health_section_head"),
    ("accepted", "extend", "health_handler_2"), ("accepted", "chase", "health_handler"),
    ("answered", "close", "health_handler"), ("answered", "redo", "insurance_registrar"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "step", "who"), REFUSED)
def test_a_viewer_without_the_right_is_refused_and_nothing_changes(status, step, who, letter, seat, request):
    referral = letter(status)
    client, url = seat(request.getfixturevalue(who)), reverse(f"referrals:referral_{step}", args=[referral.pk])
    before = Event.objects.count()
    assert (client.get(url).status_code, post(client, url, seen=status).status_code) == (403, 403)
    referral.refresh_from_db()
    assert (referral.status, Event.objects.count()) == (status, before)


def test_who_comes_second_reads_a_sentence_instead_of_a_refusal(letter, seat, health_registrar):
    referral = letter("received")
    answer = seat(health_registrar).post(
        reverse("referrals:referral_sign", args=[referral.pk]), {"form_key": new_form_key(), "seen": "sent"}, follow=True
    )
    assert (answer.status_code, len(said(answer))) == (200, 1)


def test_a_refused_step_says_so_on_its_form(letter, seat, insurance_handler, now):
    referral = letter("answered")
    url = reverse("referrals:referral_redo", args=[referral.pk])
    page = post(seat(insurance_handler), url, reason="补充", limit_on="2020-01-01", seen="answered")
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["limit_on"])
    assert post(seat(insurance_handler), url, reason="", limit_on="").status_code == 200
    limit = (now + dt.timedelta(days=40)).date().isoformat()
    assert post(seat(insurance_handler), url, reason="补充", limit_on=limit).status_code == 302


def test_the_drafter_who_signs_is_refused_by_the_page_and_by_the_action(
    case, seat, receiver, insurance_section_head, now
):
    dispatch = make_dispatch(case, [receiver], kind="bulletin", by=insurance_section_head, at=now, status="submitted")
    answer = post(seat(insurance_section_head), reverse("referrals:dispatch_approve", args=[dispatch.pk]), seen="submitted")
    assert answer.status_code == 403
    with pytest.raises(FourEyes):
        approve_paper(paper=dispatch, by=insurance_section_head, at=now)


def test_nobody_signs_a_text_that_was_changed_since_they_opened_it(
    case, seat, receiver, insurance_handler, insurance_deputy_head, now
):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="reviewed")
    client, url = seat(insurance_deputy_head), reverse("referrals:dispatch_approve", args=[dispatch.pk])
    page = client.get(dispatch.get_absolute_url()).content.decode()
    assert f'name="version" value="{dispatch.version}"' in page
    type(dispatch).objects.filter(pk=dispatch.pk).update(version=dispatch.version + 3)  # back to the desk, and here again
    answer = client.post(
        url, {"form_key": new_form_key(), "seen": "reviewed", "version": dispatch.version}, follow=True
    )
    dispatch.refresh_from_db()
    assert dispatch.status == "reviewed" and "重新查阅" in said(answer)[0]
    post(client, url, seen="reviewed", version=dispatch.version)
    dispatch.refresh_from_db()
    assert dispatch.status == "approved"


def test_a_chase_repeated_today_is_answered_by_a_sentence(letter, seat, insurance_handler):
    referral = letter("sent")
    client, url = seat(insurance_handler), reverse("referrals:referral_chase", args=[referral.pk])
    assert client.get(url).url == referral.get_absolute_url()
    post(client, url)
    answer = client.post(url, {"form_key": new_form_key()}, follow=True)
    assert (answer.status_code, referral.chases.count()) == (200, 1)
    assert client.post(url, {}, follow=True).status_code == 200


def test_a_mismatch_is_shown_refused_and_reported(letter, seat, health_registrar, verbs):
    referral = letter("sent")
    default_storage.delete(referral.dispatch.manifest.first().evidence.file.name)
    client, url = seat(health_registrar), reverse("referrals:referral_sign", args=[referral.pk])
    assert len(client.get(url).context["broken"]) == 1
    post(client, url, seen="sent")
    referral.refresh_from_db()
    assert (referral.status, verbs(referral)[-2:]) == ("sent", ["journal.refused", "referral.mismatch"])


def test_the_other_steps_have_pages_that_work(letter, seat, health_handler, health_section_head, insurance_section_head,
                                              insurance_handler, insurance_registrar, now):  # fmt: skip
    referral = letter("accepted")
    later = (referral.limit_on + dt.timedelta(days=10)).isoformat()
    post(seat(health_handler), reverse("referrals:referral_extend", args=[referral.pk]), new_on=later, reason="补调")
    extension = Extension.objects.get()
    decide = reverse("referrals:extension_decide", args=[extension.pk])
    head = seat(insurance_section_head)
    assert head.get(decide).status_code == 200
    assert head.get(referral.get_absolute_url()).context["offers"][0].code == "decide"
    post(head, decide, agreed="yes", remark="")
    referral.refresh_from_db()
    assert referral.limit_on.isoformat() == later
    other = letter("sent", kind="early")
    proof = SimpleUploadedFile("送达.pdf", PDF)
    deliver = reverse("referrals:referral_deliver", args=[other.pk])
    registrar = seat(insurance_registrar)
    assert registrar.get(deliver).status_code == 200
    today = local_date(now).isoformat()
    post(registrar, deliver, delivered_on=today, received_by_name="收发室", method="专人", upload=proof)
    other.refresh_from_db()
    assert other.status == "received"
    post(seat(health_section_head), reverse("referrals:referral_return", args=[other.pk]), category="other", reason="因")
    assert seat(health_section_head).get(other.get_absolute_url()).status_code == 200
    third = letter("sent", kind="bulletin")
    withdraw = reverse("referrals:referral_withdraw", args=[third.pk])
    assert seat(insurance_handler).get(withdraw).status_code == 200
    post(seat(insurance_handler), withdraw, reason="错发")
    third.refresh_from_db()
    assert third.status == "withdrawn"


def test_papers_are_given_back_and_given_up_by_the_pages(
    case, seat, receiver, insurance_handler, insurance_section_head, now
):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="submitted")
    url = reverse("referrals:dispatch_send_back", args=[dispatch.pk])
    assert seat(insurance_section_head).get(url).status_code == 200
    post(seat(insurance_section_head), url, reason="金额有误")
    post(seat(insurance_handler), reverse("referrals:dispatch_discard", args=[dispatch.pk]), reason="重复")
    dispatch.refresh_from_db()
    assert dispatch.status == "discarded"
    assert seat(insurance_handler).get(reverse("referrals:dispatch_edit", args=[dispatch.pk])).status_code == 403
    assert seat(insurance_section_head).get(reverse("referrals:new", args=[case.pk])).status_code in (200, 403)


def test_a_paper_to_several_departments_shows_its_letters(case, seat, receiver, market, insurance_handler, now):
    dispatch = make_dispatch(case, [receiver, market], by=insurance_handler, at=now, status="sent")
    page = seat(insurance_handler).get(dispatch.get_absolute_url())
    assert [referral.number for referral in page.context["referrals"]] == ["青医保函〔2026〕1号", "青医保函〔2026〕2号"]
    preview = reverse("referrals:dispatch_preview", args=[dispatch.pk])
    assert seat(insurance_handler).get(preview).url == dispatch.get_absolute_url()


def test_the_preview_shows_the_letter_to_the_chosen_department_even_without_a_limit(
    case, seat, receiver, market, insurance_handler, now
):
    dispatch = make_dispatch(case, [receiver, market], by=insurance_handler, at=now, limit_on=None)
    preview = reverse("referrals:dispatch_preview", args=[dispatch.pk])
    page = seat(insurance_handler).get(f"{preview}?to={market.pk}").content.decode()
    assert "县市场监督管理局" in page and "年　月　日" in page


def test_a_receipt_has_a_series_of_its_own(letter):
    referral = letter("accepted")
    assert referral.receipt.number == f"青卫健回执〔{referral.receipt.series.year}〕1号"


def test_why_it_is_late_is_asked_only_when_it_is(case, seat, receiver, insurance_handler, insurance_registrar, now):
    today = local_date(now)
    for days, asked in ((0, False), (30, True)):
        need = make_need(
            case, receiver, by=insurance_handler, at=now, status="approved", discovered_on=today - dt.timedelta(days=days)
        )
        page = seat(insurance_registrar).get(reverse("referrals:dispatch_send", args=[need.pk]))
        assert ("late_reason" in page.context["form"].fields) is asked


def test_who_may_not_draft_is_refused(case, seat, insurance_registrar, market_handler, insurance_handler_2):
    for name in ("new", "new_support"):
        url = reverse(f"referrals:{name}", args=[case.pk])
        users = (insurance_registrar, insurance_handler_2, market_handler)
        assert [seat(user).get(url).status_code for user in users] == [403, 403, 404]


# --- lists -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("box", ["in", "out", "all"])
@pytest.mark.parametrize("name", ["transfers", "support"])
def test_lists_ask_the_same_number_of_queries_for_one_row_and_for_three(
    name, box, letter, support, seat, health_handler, insurance_handler, office_coordinator,
):  # fmt: skip
    make = letter if name == "transfers" else support
    other = [{"kind": "early"}, {"kind": "bulletin"}] if name == "transfers" else [{}, {}]  # a matter is sent once
    client = seat({"in": health_handler, "out": insurance_handler, "all": office_coordinator}[box])
    url = reverse(f"referrals:{name}") + f"?box={box}"
    make("accepted")
    with CaptureQueriesContext(connection) as one:
        assert len(client.get(url).context["rows"]) == 1
    make("received", **other[0])
    make("sent", **other[1])
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(url).context["rows"]) == 3
    assert len(three) == len(one)


def test_a_list_keeps_its_pages_and_filters(letter, seat, insurance_handler, monkeypatch):
    monkeypatch.setattr("referrals.views.lists.PAGE", 1)
    letter("sent", kind="early")
    letter("withdrawn")
    client, url = seat(insurance_handler), reverse("referrals:transfers")
    assert len(client.get(url + "?box=out").context["rows"]) == 1
    first = client.get(url + "?box=out&open=0")
    assert (first.context["page"]["has_next"], first.context["rows"][0][0].status) == (True, "withdrawn")
    second = client.get(url + "?" + first.context["page"]["next_query"])
    assert (second.context["page"]["has_next"], second.context["rows"][0][0].status) == (False, "sent")
    assert client.get(url + "?box=nonsense&before=x").status_code == 200


def test_what_is_being_drafted_is_listed_for_its_department(case, seat, receiver, insurance_handler, health_handler, now):
    make_dispatch(case, [receiver], by=insurance_handler, at=now)
    make_need(case, receiver, by=insurance_handler, at=now)
    for name in ("transfers", "support"):
        url = reverse(f"referrals:{name}") + "?box=drafts"
        assert len(seat(insurance_handler).get(url).context["papers"]) == 1
        assert seat(health_handler).get(url).context["papers"] == []


def test_the_proposed_receivers_are_the_competent_ones(case, receiver, market, police_handler, insurance_handler):
    category = case.categories.get()
    Competence.objects.filter(category=category).delete()
    Competence.objects.create(category=category, function="market")
    assert proposals.proposed(case, "transfer", insurance_handler) == [market]
    Competence.objects.filter(category=category).delete()
    found = proposals.proposed(case, "bulletin", insurance_handler)
    assert set(found) <= {receiver, market, police_handler.department}


def test_replies_of_support_have_a_field_for_each_question(support, seat, health_handler, now):
    referral = support("accepted")
    client, url = seat(health_handler), reverse("referrals:referral_reply", args=[referral.pk])
    first, second = referral.dispatch.questions.all()
    page = client.get(url)
    assert {f"answer_{first.pk}", f"answer_{second.pk}"} <= set(page.context["form"].fields)
    assert page.context["form"]["text"].label == "综合意见"
    post(client, url, text="综合意见", **{f"answer_{first.pk}": "成立", f"answer_{second.pk}": "相符"})
    reply = Reply.objects.get()
    assert [answer.text for answer in reply.answers.all()] == ["成立", "相符"]
    edit = reverse("referrals:reply_edit", args=[reply.pk])
    assert client.get(edit).context["form"][f"answer_{first.pk}"].initial == "成立"
    assert post(client, edit, text="", expected_version=1).status_code == 200
    assert post(client, edit, text="改", expected_version=7).status_code == 200
    assert client.get(reply.get_absolute_url()).status_code == 200
    assert client.get(url).status_code == 403


def test_a_reply_under_way_is_not_begun_twice(letter, seat, health_handler, now):
    referral = letter("accepted")
    make_reply(referral, at=now)
    assert post(seat(health_handler), reverse("referrals:referral_reply", args=[referral.pk]), text="再").status_code == 403
    assert acting(referral.receiver, Role.HANDLER) == health_handler


# --- the proof of delivery ---------------------------------------------------------------------------------------
@pytest.fixture
def proved(letter, insurance_registrar, now):
    referral = letter("sent")
    prove_delivery(
        referral=referral, delivered_on=timezone.localdate(now), received_by_name="收发室", method="专人送达",
        upload=SimpleUploadedFile("送达回证.pdf", PDF), by=insurance_registrar, at=now,
    )  # fmt: skip
    return referral


def test_the_proof_of_delivery_is_taken_away_by_both_sides_and_written_down(
    proved, seat, insurance_handler, health_handler, office_coordinator, market_handler
):
    address = reverse("referrals:referral_proof", args=[proved.pk])
    assert address in seat(insurance_handler).get(proved.get_absolute_url()).content.decode()
    for user in (insurance_handler, health_handler):
        answer = seat(user).post(address)
        assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, PDF, "no-store")
        assert "attachment" in answer["Content-Disposition"]
    assert [seat(user).post(address).status_code for user in (office_coordinator, market_handler)] == [403, 404]
    events = Event.objects.filter(verb="referral.proof_downloaded", target_id=proved.pk).order_by("pk")
    assert [event.actor_id for event in events] == [insurance_handler.pk, health_handler.pk]


def test_a_proof_that_was_tampered_with_is_not_given_away(proved, seat, insurance_handler):
    proof = proved.delivery_proof
    default_storage.delete(proof.file.name)
    answer = seat(insurance_handler).post(reverse("referrals:referral_proof", args=[proved.pk]))
    assert answer.url == proved.get_absolute_url()
    assert not Event.objects.filter(verb="referral.proof_downloaded").exists()
    assert Event.objects.filter(verb="journal.refused", target_id=proved.pk).count() == 1


def test_a_letter_without_a_proof_has_none_to_give(letter, seat, insurance_handler):
    address = reverse("referrals:referral_proof", args=[letter("sent").pk])
    assert seat(insurance_handler).post(address).status_code == 404


# --- the manifest in the form ------------------------------------------------------------------------------------
def test_copies_pages_and_remarks_are_kept_on_error_and_stand_in_the_manifest(case, seat, receiver, insurance_handler, now):
    client, url = seat(insurance_handler), reverse("referrals:new", args=[case.pk])
    first, second = case.evidence.order_by("pk")
    type(first).objects.filter(pk=first.pk).update(pages=12, origin="现场调取")
    assert [row.pages.value() for row in client.get(url).context["form"].rows()] == [12, None]
    fields = {
        "kind": "transfer", "receivers": [receiver.pk], "subject": "关于移交线索的函", "facts": "事实",
        "limit_on": (now + dt.timedelta(days=20)).date().isoformat(), "manifest": [first.pk],
        f"copies_{first.pk}": "0", f"pages_{first.pk}": "8", f"remark_{first.pk}": "仅第1—8页",
        f"copies_{second.pk}": "many", f"remark_{second.pk}": "未选",
    }  # fmt: skip
    page = post(client, url, **fields)
    form = page.context["form"]
    assert form.errors.keys() == {f"copies_{first.pk}"}
    html = page.content.decode()
    assert f'id="id_copies_{first.pk}_error"' in html
    assert [part in html for part in ("仅第1—8页", 'value="many"', "未选", "现场调取")] == [True] * 4
    assert [row.chosen for row in form.rows()] == [True, False]
    assert not Dispatch.objects.exists()
    post(client, url, **{**fields, f"copies_{first.pk}": "3"})
    dispatch = Dispatch.objects.get()
    items = dispatch.manifest.values_list("evidence", "quantity", "pages", "remark")
    assert list(items) == [(first.pk, 3, 8, "仅第1—8页")]
    paper = client.get(reverse("referrals:dispatch_preview", args=[dispatch.pk])).content.decode()
    assert [words in paper for words in ("仅第1—8页", "来源", "现场调取")] == [True] * 3
    edit = reverse("referrals:dispatch_edit", args=[dispatch.pk])
    rows = client.get(edit).context["form"].rows()
    assert [(row.chosen, row.copies.value(), row.pages.value(), row.remark.value()) for row in rows] == [
        (True, 3, 8, "仅第1—8页"), (False, 1, None, ""),
    ]  # fmt: skip
    changed = {**fields, f"copies_{first.pk}": "", f"pages_{first.pk}": "", "expected_version": dispatch.version}
    assert post(client, edit, **changed).status_code == 302
    assert list(dispatch.manifest.values_list("quantity", "pages")) == [(1, 12)]
