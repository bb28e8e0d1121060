"""Suspected crimes and letters about letters in the lists 收 / 发, among the drafts, in the picture and the API."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from deadlines.models import Deadline
from departments.enums import Role
from departments.models import Department
from referrals import exchange, reading
from referrals.actions.crime_drafts import draft_filing, draft_reconsider, draft_supervise
from referrals.actions.crime_handover import sign_receipt
from referrals.actions.crime_remedies import resume_administrative
from referrals.actions.follow_ups import draft_completion, draft_supervision
from referrals.actions.serving import prove_service
from referrals.models import FollowUp, Referral
from tests.factories.cases import make_case, pdf
from tests.factories.crime import bring_transfer, correct, elsewhere, make_transfer, scan
from tests.factories.follow_ups import bring_follow_up
from tests.factories.referrals import acting, make_dispatch

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def now():
    """The lamps of the pages are of today."""
    return timezone.now() - 2 * HOUR


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


def listed(client, box, **query):
    page = client.get(reverse(f"referrals:letters_{box}"), query)
    return page.context["rows"]


def things(client, box, **query):
    return [row.thing for row in listed(client, box, **query)]


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


# --- lamps and spans of a suspected crime ----------------------------------------------------------------------------
def test_a_letter_of_suspected_crime_has_the_lamp_of_its_file_where_the_file_is(
    crime, seat, insurance_handler, police_section_head, now
):
    transfer = crime("received")
    assert not Deadline.objects.open().of("referral", transfer.referral_id).exists()
    rows = {box: listed(seat(user), box, kind="criminal") for box, user in
            (("out", insurance_handler), ("in", police_section_head))}  # fmt: skip
    assert [len(found) for found in rows.values()] == [1, 1] and all(found[0].lamp for found in rows.values())
    Deadline.objects.open().of("crime", transfer.pk).update(
        due_at=timezone.now() - 2 * DAY, due_on=timezone.localdate() - 2 * DAY
    )
    assert [row.lamp.color for row in listed(seat(insurance_handler), "out", lamp="r")] == ["r"]
    assert listed(seat(insurance_handler), "out", lamp="n", kind="criminal") == []
    elsewhere(transfer, has_account=True)
    bring_transfer(transfer, "forwarded", at=now)
    first, second = Referral.objects.order_by("pk")
    assert set(reading.lamps([first, second])) == {second.pk}  # the clock of the receipt there
    assert things(seat(insurance_handler), "out", lamp="n", kind="criminal") == [first]
    there = acting(again(transfer).police, Role.SECTION_HEAD)
    assert things(seat(there), "in") == [second]
    assert things(seat(police_section_head), "in") == [first]  # its own register keeps the row


def spans(line):
    return [(span.code, str(span.department), span.running) for span in line.spans]


def test_the_picture_draws_who_held_a_suspected_crime_at_every_body(
    crime, insurance_handler, insurance_section_head, office_coordinator, seat, now
):
    transfer = crime("incomplete")
    piece = transfer.case.evidence.order_by("-pk").first()
    correct(transfer, at=now, files=[piece])
    elsewhere(transfer, has_account=True)
    bring_transfer(again(transfer), "forwarded", at=now)
    first, second = Referral.objects.order_by("pk")

    def lines(user):
        found = exchange.picture(transfer.case, user, now=now + HOUR).lines
        return {line.letter.pk: line for line in found if line.letter.kind_code == "referral"}

    shown = lines(insurance_handler)
    assert spans(shown[first.pk]) == [
        ("drafting", "县医保局", False), ("signing", "县公安局", False), ("deciding", "县公安局", False),
        ("completing", "县医保局", False), ("deciding", "县公安局", False),
    ]  # fmt: skip
    assert spans(shown[second.pk]) == [("signing", "云溪公安局", True)]
    assert (str(shown[second.pk].origin), str(shown[second.pk].holder)) == ("县公安局", "云溪公安局")
    assert (shown[first.pk].copied, shown[second.pk].copied) == (["青禾县人民检察院"], [])
    sign_receipt(transfer=again(transfer), by=acting(again(transfer).police, Role.REGISTRAR), at=now)
    bring_transfer(again(transfer), "supervising", at=now)
    assert spans(lines(office_coordinator)[second.pk]) == [
        ("signing", "云溪公安局", False), ("deciding", "云溪公安局", False), ("closing", "县医保局", False),
        ("working", "云溪公安局", False), ("closing", "县医保局", False), ("working", "县检察院", True),
    ]  # fmt: skip
    bring_transfer(again(transfer), "not_ordered", at=now)
    assert str(lines(insurance_handler)[second.pk].holder) == "县医保局"
    resume_administrative(
        transfer=again(transfer), reason="不立案", by=acting(transfer.department, Role.HEAD), at=now
    )
    assert lines(insurance_handler)[second.pk].holder is None


def test_a_file_that_was_filed_is_held_by_the_sender_until_the_property_is_handed_over(
    crime, insurance_handler, now
):
    transfer = crime("filed")

    def holder():
        [line] = [each for each in exchange.picture(transfer.case, insurance_handler, now=now + HOUR).lines
                  if each.letter.kind_code == "referral"]  # fmt: skip
        return line.holder

    assert str(holder()) == "县医保局"
    bring_transfer(transfer, "closed", at=now)
    assert holder() is None


# --- letters about a letter as rows ------------------------------------------------------------------------------------
def test_a_letter_about_a_letter_stands_at_both_sides_once_it_is_sent(
    crime, seat, insurance_handler, police_section_head, health_handler, now
):
    transfer = crime("refused")
    filing = FollowUp.objects.get(kind="filing")
    draft = draft_reconsider(transfer=transfer, reason="应立案", by=insurance_handler, at=now)
    sender, police_ = seat(insurance_handler), seat(police_section_head)
    assert filing in things(police_, "out") and filing in things(sender, "in")
    assert draft not in things(sender, "out") and draft not in things(police_, "in")
    page = sender.get(reverse("referrals:transfers"), {"box": "drafts"})
    assert (
        draft in [paper for paper, _subject, _to in page.context["papers"]]
        and "提请复议书" in page.content.decode()
    )
    assert police_.get(reverse("referrals:transfers"), {"box": "drafts"}).context["papers"] == []
    assert sender.get(reverse("referrals:support"), {"box": "drafts"}).context["papers"] == []
    bring_follow_up(draft, "sent", at=now)
    assert draft in things(sender, "out") and draft in things(police_, "in")
    assert things(seat(health_handler), "in") == [] == things(seat(health_handler), "out")
    [row] = [row for row in listed(police_, "in") if row.thing == draft]
    assert (row.url, row.number) == (transfer.get_absolute_url(), again(draft).document.number)
    assert (str(row.other), row.handler) == ("县医保局", None)
    assert police_.get(row.url).status_code == 200
    [row] = [row for row in listed(sender, "out") if row.thing == draft]
    assert (row.url, str(row.other)) == (draft.get_absolute_url(), "县公安局")
    assert sender.get(row.url).status_code == 200


def test_the_rows_are_searched_and_narrowed(
    crime_on_paper, seat, insurance_handler, insurance_registrar, police, procuratorate, now
):
    transfer = crime_on_paper("refused")
    request = bring_follow_up(
        draft_reconsider(transfer=transfer, reason="应立案", by=insurance_handler, at=now), "sent", at=now
    )
    client, letter = seat(insurance_handler), transfer.referral
    number = again(request).document.number
    expected = {
        ("kind", "reconsider"): [request],
        ("kind", "filing"): [],
        ("kind", "criminal"): [letter],
        ("q", number): [request],
        ("q", letter.dispatch.subject): [request, letter],
        ("department", police.pk): [request, letter],
        ("department", procuratorate.pk): [],
        ("status", "sent"): [request],
        ("status", "closed"): [],
        ("open", "1"): [request, letter],
        ("lamp", "r"): [],
    }
    assert {query: things(client, "out", **dict([query])) for query in expected} == expected
    assert "待纸质送达" in client.get(reverse("referrals:letters_out")).content.decode()
    prove_service(
        letter=request, delivered_on=timezone.localdate(now), received_by_name="秦卫东", method="专人送达", upload=scan(),
        by=insurance_registrar, at=timezone.now(),
    )  # fmt: skip
    assert things(client, "out", status="sent") == []
    assert things(client, "out", status="received", kind="reconsider") == [request]
    assert things(client, "out", open="1") == [letter]


def test_a_proposal_to_the_procuratorate_is_found_by_that_body(
    crime, seat, insurance_handler, procuratorate, now
):
    letter = draft_supervise(transfer=crime("refused"), reason="应立案", by=insurance_handler, at=now)
    bring_follow_up(letter, "sent", at=now)
    [row] = listed(seat(insurance_handler), "out", department=procuratorate.pk)
    assert (row.thing, str(row.other)) == (letter, "县检察院")


def test_the_office_lists_its_own_letter_without_what_it_does_not_read(
    letter, seat, office_coordinator, office_head, health_handler, insurance_handler, now
):
    referral = letter("accepted")
    Deadline.objects.open().of("referral", referral.pk).update(
        due_at=timezone.now() - 2 * DAY, due_on=timezone.localdate() - 2 * DAY
    )
    reply_on = timezone.localdate() + 9 * DAY
    draft = draft_supervision(
        referral=referral, demand="说明", reply_on=reply_on, by=office_coordinator, at=now
    )
    office, receiver = seat(office_coordinator), seat(health_handler)
    page = office.get(reverse("referrals:transfers"), {"box": "drafts"})
    subject = referral.dispatch.subject
    assert draft in [paper for paper, *_ in page.context["papers"]] and subject not in page.content.decode()
    bring_follow_up(draft, "sent", at=now)
    [row] = listed(office, "out")
    assert (row.thing, subject in row.subject, referral.number in row.subject) == (draft, False, True)
    assert listed(office, "out", q=subject) == [] and len(listed(office, "out", q=referral.number)) == 1
    assert draft in things(receiver, "in") and draft not in things(seat(insurance_handler), "in")
    [row] = [row for row in listed(receiver, "in") if row.thing == draft]
    assert row.url == referral.get_absolute_url() and receiver.get(row.url).status_code == 200


def test_letters_about_a_sealed_letter_are_rows_for_named_persons_only(
    case, procuratorate, seat, office_coordinator, office_head, insurance_handler, insurance_handler_2,
    insurance_registrar, now,
):  # fmt: skip
    Department.objects.filter(pk=procuratorate.pk).update(named_only=True)
    referral = make_dispatch(
        case, [again(procuratorate)], by=insurance_handler, at=now, status="sent"
    ).referrals.get()
    FollowUp.objects.create(
        referral=referral, kind="completion", department=procuratorate, case=case, text="缺原件",
        due_on=timezone.localdate(),
        drafted_by=office_head, drafted_at=now, created_at=now, updated_at=now, status="sent",
        submitted_by=office_head, submitted_at=now, approved_by=office_coordinator, approved_at=now,
        sent_by=office_coordinator, sent_at=now, document=referral.document,
    )  # fmt: skip
    assert FollowUp.objects.get() in things(seat(insurance_handler), "in")
    assert things(seat(insurance_handler_2), "in") == []
    api = "/api/v1/follow-ups/?box=in"
    assert len(seat(insurance_handler).get(api).json()["results"]) == 1
    assert seat(insurance_handler_2).get(api).json()["results"] == []

    def drawn(user):
        return [line.letter.kind_code for line in exchange.picture(case, user, now=timezone.now()).lines]

    assert drawn(insurance_handler) == ["referral", "follow_up"]
    assert (drawn(insurance_handler_2), drawn(office_coordinator)) == ([], [])


def test_the_picture_has_them_with_how_long_they_took(
    crime_on_paper,
    insurance_handler,
    insurance_registrar,
    office_coordinator,
    office_head,
    police_section_head,
    now,
):
    transfer = crime_on_paper("refused")
    request = draft_reconsider(transfer=transfer, reason="应立案", by=insurance_handler, at=now)

    def line(user):
        found = exchange.picture(transfer.case, user, now=timezone.now()).lines
        return next((each for each in found if each.letter == request), None)

    assert line(insurance_handler) is None  # a draft is nobody else's
    bring_follow_up(request, "sent", at=now)
    mine = line(insurance_handler)
    assert spans(mine) == [("drafting", "县医保局", False), ("signing", "县公安局", True)]
    assert (str(mine.origin), str(mine.to), mine.kind, bool(mine.url)) == (
        "县医保局",
        "县公安局",
        "提请复议书",
        True,
    )
    office = line(office_coordinator)
    assert (office.kind, office.url) == ("补充往来函件", "")
    prove_service(
        letter=request, delivered_on=timezone.localdate(now), received_by_name="秦卫东", method="专人送达", upload=scan(),
        by=insurance_registrar, at=timezone.now(),
    )  # fmt: skip
    assert [span.running for span in line(insurance_handler).spans] == [False, False]


# --- as many questions for one row as for three -------------------------------------------------------------------------
@pytest.fixture
def crimes(crime_case, crime_sides, insurance_handler, county, now):
    """`crimes(2)`: so many more suspected crimes the police did not file, each in a case of its own."""

    def made(number):
        for index in range(number):
            files = [
                pdf(f"调查报告{timezone.now().timestamp()}{index}.pdf"),
                pdf(f"疑点{timezone.now().timestamp()}{index}.pdf"),
            ]
            case = make_case(by=insurance_handler, at=now, subject=crime_case.subjects.first(), files=files)
            make_transfer(case, by=insurance_handler, at=now, status="refused")

    return made


@pytest.mark.parametrize("box", ["in", "out", "drafts", "api"])
def test_one_of_them_asks_as_much_as_three(box, crimes, seat, insurance_handler, police_section_head, now):
    client = seat(insurance_handler if box in ("in", "drafts", "api") else police_section_head)
    crimes(1)

    def draft():
        for letter in FollowUp.objects.filter(kind="filing").exclude(referral__follow_ups__kind="reconsider"):
            draft_reconsider(transfer=letter.referral.crime, reason="应立案", by=insurance_handler, at=now)

    def ask():
        if box == "drafts":
            return len(client.get(reverse("referrals:transfers"), {"box": "drafts"}).context["papers"])
        if box == "api":
            return len(client.get("/api/v1/follow-ups/?box=in").json()["results"])
        return len([row for row in listed(client, box) if row.thing.kind_code == "follow_up"])

    draft()
    ask()
    with CaptureQueriesContext(connection) as one:
        assert ask() == 1
    crimes(2)
    draft()
    with CaptureQueriesContext(connection) as three:
        assert ask() == 3
    assert len(one) == len(three)


def test_the_picture_asks_the_same_for_one_of_them_and_three(
    crime, insurance_handler, police_section_head, seat, now
):
    transfer = crime("received")
    client, url = seat(insurance_handler), reverse("referrals:exchange", args=[transfer.case_id])
    bring_follow_up(
        draft_filing(transfer=transfer, filed=False, reason="轻微", by=police_section_head, at=now),
        "sent",
        at=now,
    )
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        assert len(client.get(url).context["picture"].lines) == 2
    bring_transfer(again(transfer), "upheld", at=now)
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(url).context["picture"].lines) == 4
    assert len(one) == len(three)


# --- the API -----------------------------------------------------------------------------------------------------------
def test_the_api_lists_what_came_in_as_it_was_issued(letter, seat, insurance_handler, health_handler, now):
    referral = letter("received")
    Referral.objects.filter(pk=referral.pk).update(handler=health_handler)
    due = timezone.localdate() + 5 * DAY
    draft = draft_completion(referral=again(referral), missing="原件", due_on=due, by=health_handler, at=now)
    sender, receiver = seat(insurance_handler), seat(health_handler)
    assert sender.get("/api/v1/follow-ups/?box=in").json()["results"] == []
    assert receiver.get("/api/v1/follow-ups/?box=out").json()["results"] == []
    bring_follow_up(draft, "sent", at=now)
    [row] = sender.get("/api/v1/follow-ups/?box=in").json()["results"]
    assert (row["kind"], row["text"], row["number"]) == ("completion", "原件", again(draft).document.number)
    assert not {"drafted_by", "sent_back_reason", "approved_at"} & set(row)
    assert (
        sender.get(f"/api/v1/follow-ups/{draft.pk}/?box=in").status_code == 404
    )  # steps are the writer's own
    assert [each["id"] for each in receiver.get("/api/v1/follow-ups/?box=out").json()["results"]] == [
        draft.pk
    ]
    assert sender.get("/api/v1/follow-ups/?box=in&kind=supply").json()["results"] == []


def test_only_a_business_post_is_sent_letters(crime, police_section_head, insurance_handler, system_admin, now):
    draft = draft_filing(transfer=crime("received"), filed=False, reason="轻微", by=police_section_head, at=now)
    bring_follow_up(draft, "sent", at=now)
    assert FollowUp.objects.received_by(insurance_handler).count() == 1
    assert not FollowUp.objects.received_by(system_admin).exists()
