"""What nobody means to type is refused with a sentence, on pages and in the API, and never an error of the server."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.editing import edit_case
from core.dates import local_date
from core.forms import new_form_key
from core.refusals import BadInput, WrongState
from deadlines.actions.clocks import extend_clock, open_clock, start_clock
from departments.models import Department
from documents.actions import void_document
from journal.models import Event
from referrals import panels
from referrals.actions.crime_proposal import propose_transfer
from referrals.actions.drafting import check_limit
from referrals.actions.extensions import ask_extension, decide_extension
from referrals.actions.receipt import prove_delivery
from referrals.crime_forms import ReportForm
from referrals.models import Dispatch
from tests.factories.above import make_task
from tests.factories.cases import PDF
from tests.factories.follow_ups import ask_completion
from tests.factories.referrals import bring_paper, make_dispatch, make_need

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FAR, OLD = dt.date(9999, 12, 31), dt.date(1, 1, 1)


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


def refused(act, field, words):
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        act()
    assert refusal.value.field == field
    assert words in str(refusal.value)


# --- dates -----------------------------------------------------------------------------------------------------
def test_no_limit_lies_years_ahead(case, letter, insurance_handler, health_handler, receiver, now):
    today = local_date(now)
    check_limit(dt.date(today.year + 5, today.month, today.day), at=now)
    refused(
        lambda: make_dispatch(case, [receiver], by=insurance_handler, at=now, limit_on=FAR),
        "limit_on",
        "五年",
    )
    received = letter("received")
    refused(lambda: ask_completion(referral=received, missing="病历", due_on=FAR, by=health_handler, at=now),
            "due_on", "五年")  # fmt: skip
    for code in ("supervision", "transfer_reply"):
        refused(lambda code=code: start_clock(code=code, target=("referral", 0), department=receiver, case=case,
                                              due_on=FAR, at=now), "due_on", "五年")  # fmt: skip
    running = open_clock(received, "transfer_reply")
    refused(lambda: extend_clock(deadline=running, new_due_on=FAR, reason="因", at=now), "new_due_on", "五年")


def test_a_clock_beyond_the_calendar_is_refused_not_broken(letter, now):
    from deadlines.calendar import Calendar
    from deadlines.counting import replay

    running = open_clock(letter("sent"), "transfer_reply")
    running.first_due_on = FAR
    with pytest.raises(BadInput):
        replay(running, (), Calendar.fresh())


def test_a_longer_limit_is_later_than_today_and_not_years_ahead(
    letter, health_handler, insurance_handler, now
):
    referral = letter("accepted")
    later = now + 30 * DAY  # after the limit

    def ask(day, at=later):
        return ask_extension(referral=referral, new_on=day, reason="需鉴定", by=health_handler, at=at)

    refused(lambda: ask(referral.limit_on + DAY), "new_on", "晚于今日")
    refused(lambda: ask(local_date(later)), "new_on", "晚于今日")
    refused(lambda: ask(FAR), "new_on", "五年")
    extension = ask(local_date(later) + DAY)
    refused(lambda: decide_extension(extension=extension, agreed=True, by=insurance_handler, at=later + 2 * DAY),
            "agreed", "晚于今日")  # fmt: skip
    decide_extension(
        extension=extension, agreed=False, remark="已过", by=insurance_handler, at=later + 2 * DAY
    )


def test_nothing_is_discovered_before_the_year_2000(case, crime_case, receiver, insurance_handler, now):
    refused(lambda: make_need(case, receiver, by=insurance_handler, at=now, discovered_on=OLD),
            "discovered_on", "2000")  # fmt: skip
    refused(lambda: propose_transfer(
        case=crime_case, threshold=None, crime="诈骗罪", article="刑法第二百六十六条", found_on=OLD, facts="事实",
        persons=[crime_case.subjects.first()], by=insurance_handler, at=now), "found_on", "2000")  # fmt: skip


def test_a_lead_is_not_found_before_the_year_2000(case, insurance_handler, seat):
    client = seat(insurance_handler)
    subject, category = case.subjects.first(), case.categories.first()
    given = {"source": "monitoring", "subjects": [subject.pk], "found_on": "0001-01-01", "suspected": "1"}
    page = client.post(
        reverse("cases:register"),
        {**given, "categories": [category.pk], "summary": "事实", "form_key": new_form_key()},
    )
    assert (page.status_code, "早于2000年" in page.content.decode()) == (200, True)
    sent = client.post(
        "/api/v1/cases/",
        {**given, "categories": [category.code], "facts": "事实"},
        content_type="application/json",
    )
    assert (sent.status_code, list(sent.json())) == (400, ["found_on"])


# --- numbers ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("pages", ["99999999999", "1000001", "9" * 5000])
def test_an_item_has_no_more_pages_than_a_box_holds(pages):
    with pytest.raises(ValidationError, match="不得超过"):
        ReportForm._item(f"病历|1份||{pages}")
    assert ReportForm._item("病历|1份||1000000").pages == 1_000_000


# --- lengths ---------------------------------------------------------------------------------------------------
def test_a_question_is_as_long_and_as_many_as_a_letter_takes(case, receiver, insurance_handler, seat, now):
    def need(questions):
        return make_need(case, receiver, by=insurance_handler, at=now, questions=questions)

    refused(lambda: need(["问"] * 100), "questions", "99")
    refused(lambda: need(["短", "问" * 501]), "questions", "第2")
    most = need(["问" * 500] * 99)
    page = seat(insurance_handler).get(reverse("referrals:dispatch_preview", args=[most.pk]))
    assert page.status_code == 200


def test_a_long_file_name_is_kept_short(letter, insurance_registrar, now):
    referral = letter("sent")
    proof = prove_delivery(
        referral=referral, delivered_on=local_date(now), received_by_name="收发室", method="专人送达",
        upload=SimpleUploadedFile("送" * 200 + ".pdf", PDF), by=insurance_registrar, at=now,
    )  # fmt: skip
    assert proof.name == "送" * 150


def test_a_case_is_restricted_for_a_reason_its_grants_can_hold(case, insurance_deputy_head, seat):
    client, url = seat(insurance_deputy_head), reverse("cases:restrict", args=[case.pk])
    page = client.post(url, {"form_key": new_form_key(), "reason": "因" * 201})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["reason"])
    assert client.post(url, {"form_key": new_form_key(), "reason": "因" * 200}).status_code == 302
    case.refresh_from_db()
    assert case.restricted


# --- addresses -------------------------------------------------------------------------------------------------
def test_what_stands_in_an_address_is_not_trusted(case, dispatch, insurance_handler, receiver, seat):
    client = seat(insurance_handler)
    new, preview = reverse("referrals:new", args=[case.pk]), reverse("referrals:dispatch_preview", args=[dispatch.pk])
    asked = {
        f"{new}?kind=bogus": 404, f"{new}?kind=bulletin": 200, f"{preview}?to=abc": 404, f"{preview}?to=²": 404,
        f"{preview}?to={'9' * 30}": 404, f"{preview}?to={receiver.pk}": 200, f"{preview}?to=0": 404,
    }  # fmt: skip
    assert {url: client.get(url).status_code for url in asked} == asked


@pytest.mark.parametrize(
    "url",
    ["/cases/?q=%00", "/tasks/?q=a%00", "/tasks/?status=%00", "/record/?q=%00", "/api/v1/referrals/?status=%00",
     "/api/v1/papers/?kind=%00", "/api/v1/replies/?status=%00", "/cases/?%00=1"],
)  # fmt: skip
def test_nul_in_an_address_is_a_bad_request_with_a_page(url, insurance_handler, sender, office, seat):
    answer = seat(insurance_handler).get(url)
    assert (answer.status_code, "<html" in answer.content.decode()) == (400, True)


def test_nul_in_a_form_is_a_bad_request(insurance_handler, sender, office, seat):
    sent = seat(insurance_handler).post(reverse("cases:register"), {"summary": "a\0"})
    assert sent.status_code == 400


def test_raised_digits_are_no_number(insurance_handler, sender, office, seat):
    client = seat(insurance_handler)
    assert client.get("/record/?before=²").status_code in (200, 403)
    assert client.post(reverse("departments:switch_post"), {"post": "²"}).status_code == 404


# --- what a colleague is told ----------------------------------------------------------------------------------
@pytest.fixture
def sealed(case, procuratorate, insurance_handler, now):
    Department.objects.filter(pk=procuratorate.pk).update(named_only=True)
    procuratorate.refresh_from_db()
    return make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="sent").referrals.get()


def test_a_second_draft_tells_of_a_sealed_letter_only_who_may_read_it(
    sealed, case, insurance_handler, insurance_handler_2, insurance_registrar, now
):
    from cases.actions.access import name_person

    name_person(case=case, user=insurance_handler_2, cause_target=case, by=insurance_handler, at=now)
    receivers = [sealed.receiver]
    refused(lambda: make_dispatch(case, receivers, by=insurance_handler, at=now), "receivers", sealed.number)
    second = make_dispatch(case, receivers, by=insurance_handler_2, at=now)
    bring_paper(second, "approved", at=now)
    bring_sent(second, insurance_registrar, now)  # who may read the first sends it all the same: a refusal would tell
    assert second.referrals.get().beside_sealed


def bring_sent(paper, registrar, at):
    from referrals.actions.sending import send_dispatch

    return send_dispatch(dispatch=paper, by=registrar, at=at)


def test_what_keeps_a_case_open_names_no_subject_of_a_draft(sealed, case, dispatch):
    found = panels.open_letters(case)
    assert len(found) == 2
    assert "1件在拟函件" in found[0] and dispatch.department.short_name in found[0]
    assert not any(dispatch.subject in sentence or sealed.number in sentence for sentence in found)


# --- a letter under way is not voided ---------------------------------------------------------------------------
@pytest.mark.parametrize("state", ["sent", "received", "accepted", "answered"])
def test_a_letter_under_way_is_withdrawn_not_voided(state, letter, insurance_head, now):
    referral = letter(state)
    before = Event.objects.filter(verb="document.voided").count()
    with pytest.raises(WrongState, match="撤回"), transaction.atomic():
        void_document(document=referral.document, reason="错印", by=insurance_head, at=now)
    assert Event.objects.filter(verb="document.voided").count() == before


@pytest.mark.parametrize("state", ["closed", "returned"])
def test_the_letter_of_one_that_is_over_is_voided(state, letter, insurance_head, now):
    referral = letter(state)
    assert void_document(document=referral.document, reason="错印", by=insurance_head, at=now).is_void


# --- sentences -------------------------------------------------------------------------------------------------
def test_a_receiver_that_is_not_offered_is_refused_in_our_words(case, insurance, insurance_handler, seat):
    page = seat(insurance_handler).post(
        reverse("referrals:new", args=[case.pk]),
        {"kind": "transfer", "receivers": [insurance.pk], "copied": ["x"], "subject": "字" * 101, "facts": "事",
         "limit_on": (timezone.localdate() + 9 * DAY).isoformat(), "form_key": new_form_key()},
    ).content.decode()  # fmt: skip
    for said in ("该单位不能作为此函的主送", "不得超过100字，现为101字"):
        assert said in page
    assert "可用的选项" not in page and "有效的值" not in page
    assert not Dispatch.objects.exists()


def test_a_letter_one_may_not_read_is_named_by_nothing_but_its_body(
    case, receiver, market, insurance_handler, health_handler, now
):
    theirs = make_dispatch(case, [market], by=insurance_handler, at=now, status="sent").referrals.get()
    with pytest.raises(BadInput, match="县市监局") as refusal, transaction.atomic():
        make_dispatch(case, [market], by=health_handler, at=now)
    assert (refusal.value.field, theirs.number in str(refusal.value)) == ("receivers", False)


def test_nothing_was_found_or_received_before_the_year_2000(case, insurance_handler, office_coordinator, now):
    refused(
        lambda: edit_case(
            case=case, version=case.version, found_on=OLD, by=insurance_handler, at=now
        ),
        "found_on",
        "2000",
    )
    refused(lambda: make_task(by=office_coordinator, at=now, received_on=OLD), "received_on", "2000")


def test_a_place_in_a_list_that_is_none_is_no_error(case, dispatch, insurance_handler, seat):
    client = seat(insurance_handler)
    asked = {
        "/api/v1/referrals/?cursor=cD1hYmM=": 404,  # p=abc
        "/api/v1/referrals/?cursor=cD0x": 200,  # p=1
        reverse("cases:list") + "?at=a~2026-01-01T00:00:00%2B23:59~1": 200,
        reverse("referrals:letters_in") + "?before=2026-01-01T00:00:00%2B23:59~1~1": 200,
    }
    assert {url: client.get(url).status_code for url in asked} == asked
    sent = client.post(reverse("referrals:batch_chase"), {"ids": ["9" * 5000], "form_key": new_form_key()})
    assert sent.status_code == 200
