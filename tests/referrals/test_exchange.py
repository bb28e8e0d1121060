"""The exchange of a case as one picture, the three lists, and many letters at once."""

import datetime as dt
import json
from urllib.parse import quote

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deadlines.calendar import Calendar
from departments.enums import Role
from departments.models import Department
from journal.models import Event
from referrals import boxes, exchange, exchange_spans
from referrals.actions.above_closing import redo_task
from referrals.actions.above_extensions import answer_extension
from referrals.actions.assist_letters import record_answer, record_delivery
from referrals.actions.bodies import record_said
from referrals.actions.closing import close_referral, redo_referral
from referrals.actions.completion import take_completion
from referrals.actions.handling import accept_referral, assign_referral
from referrals.actions.papers import discard_paper
from referrals.actions.receipt import prove_delivery, sign_for
from referrals.actions.reminders import chase_referral
from referrals.batches import chase_many, sign_many
from referrals.models import BulletinDuty, Copy, JointTeam, Reading, Referral, TaskLetter
from tests.casetabs import tab_url
from tests.factories.above import answer_task, make_letter, make_task
from tests.factories.assist import make_assist
from tests.factories.cases import pdf
from tests.factories.crime import make_transfer
from tests.factories.follow_ups import ask_completion, supply_completion
from tests.factories.informing import make_bulletin, make_fraud_case, make_invitation, signed
from tests.factories.referrals import acting, answer, bring_paper, bring_referral, make_dispatch

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now + dt.timedelta(hours=2), tick=False):
        yield


@pytest.fixture
def seat():
    def sit(user):
        client = Client()
        client.force_login(user, BACKEND)
        return client

    return sit


def days(now, n):
    return now + dt.timedelta(days=n)


def walked(referral, now):
    """A transfer that took its time: signed after 1 day, accepted after 3, answered after 10, closed after 11."""

    receiver = referral.receiver
    sign_for(referral=referral, by=acting(receiver, Role.REGISTRAR), at=days(now, 1))
    handler = acting(receiver, Role.HANDLER)
    head = acting(receiver, Role.SECTION_HEAD)
    assign_referral(referral=referral, person=handler, by=head, at=days(now, 3))
    accept_referral(referral=referral, by=handler, at=days(now, 3))
    answer(referral, at=days(now, 10))
    return close_referral(referral=referral, by=acting(referral.sender, Role.HANDLER), at=days(now, 11))


# --- the picture -----------------------------------------------------------------------------------------------------
def test_spans_are_counted_in_working_days_by_hand(case, receiver, insurance_handler, now):
    """Drafted Monday 16 November; signed Tuesday, accepted Thursday, answered Thursday 26th, closed Friday 27th."""
    letter = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent").referrals.get()
    walked(letter, now)
    [line] = exchange.picture(case, insurance_handler, now=days(now, 20)).lines
    assert [(span.code, str(span.department), span.days) for span in line.spans] == [
        ("drafting", "县医保局", 0),
        ("signing", "县卫健局", 1),
        ("deciding", "县卫健局", 2),
        ("working", "县卫健局", 5),
        ("closing", "县医保局", 1),
    ]
    assert line.holder is None
    held = exchange.picture(case, insurance_handler, now=days(now, 20)).held
    assert [(str(each.department), each.letters, each.days, each.now) for each in held] == [
        ("县医保局", 1, 1, 0), ("县卫健局", 1, 8, 0),
    ]  # fmt: skip


SPANS = {
    "sent": ["drafting", "signing"],
    "withdrawn": ["drafting", "signing"],
    "received": ["drafting", "signing", "deciding"],
    "returned": ["drafting", "signing", "deciding", "closing"],
    "accepted": ["drafting", "signing", "deciding", "working"],
    "answered": ["drafting", "signing", "deciding", "working", "closing"],
    "closed": ["drafting", "signing", "deciding", "working", "closing"],
}


@pytest.mark.parametrize("status", SPANS)
def test_every_state_of_a_letter_has_its_spans(status, letter, now):
    referral = Referral.objects.select_related("dispatch", "sender", "receiver").get(pk=letter(status).pk)
    spans = exchange_spans.of_letter(referral, [], days(now, 4), Calendar.current())
    assert [span.code for span in spans] == SPANS[status]
    assert spans[-1].running == (status not in ("closed", "withdrawn"))


def test_while_a_letter_is_being_completed_its_sender_holds_it(
    case, receiver, insurance_handler, health_section_head, now
):
    """Signed for and asked back on Monday, completed on Thursday; still to be decided on Friday."""
    letter = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent").referrals.get()
    signed(letter, at=now)
    due_on = days(now, 5).date()
    asked = ask_completion(referral=letter, missing="清单", due_on=due_on, by=health_section_head, at=days(now, 1))
    line, *about = exchange.picture(case, insurance_handler, now=days(now, 2)).lines
    assert [(span.code, span.days) for span in line.spans[2:]] == [("deciding", 1), ("completing", 1)]
    assert line.holder == insurance_handler.department
    supply_completion(completion=asked, lines=[], note="附后", by=insurance_handler, at=days(now, 3))
    line, *about = exchange.picture(case, insurance_handler, now=days(now, 4)).lines
    assert [(span.code, str(span.department), span.days) for span in line.spans[2:]] == [
        ("deciding", "县卫健局", 1), ("completing", "县医保局", 2), ("deciding", "县卫健局", 1),
    ]  # fmt: skip
    assert line.holder == letter.receiver
    letter.refresh_from_db()
    take_completion(completion=asked, by=acting(receiver, Role.REGISTRAR), at=days(now, 4))
    later = days(now, 9).date()
    again = ask_completion(referral=letter, missing="章", due_on=later, by=health_section_head, at=days(now, 4))
    accept_referral(referral=letter, by=letter.handler, at=days(now, 7))
    line, *about = exchange.picture(case, insurance_handler, now=days(now, 8)).lines
    assert [(span.code, span.days) for span in line.spans[-3:]] == [("deciding", 1), ("completing", 1), ("working", 1)]
    assert [each.kind for each in about] == ["补正函", "补充材料函", "补正函"]  # each letter is a line of its own
    again.refresh_from_db()
    assert again.status == "dropped"


def test_every_round_of_a_redo_is_counted_for_who_held_it(case, receiver, insurance_handler, now):
    """Answered on Thursday 26 November, sent back on Friday 27th, answered anew on Tuesday 1 December."""
    letter = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent").referrals.get()
    signed(letter, at=now)
    letter.refresh_from_db()
    accept_referral(referral=letter, by=letter.handler, at=days(now, 3))
    answer(letter, at=days(now, 10))
    redo_referral(
        referral=letter, reason="补充", limit_on=days(now, 30).date(), by=insurance_handler, at=days(now, 11)
    )
    [line] = exchange.picture(case, insurance_handler, now=days(now, 14)).lines
    assert [(span.code, span.days) for span in line.spans[3:]] == [("working", 5), ("closing", 1), ("working", 1)]
    assert line.holder == receiver
    answer(letter, at=days(now, 15))
    [line] = exchange.picture(case, insurance_handler, now=days(now, 16)).lines
    assert [(span.code, span.days) for span in line.spans[3:]] == [
        ("working", 5), ("closing", 1), ("working", 2), ("closing", 1),
    ]  # fmt: skip


def test_a_bulletin_that_asks_nothing_lies_with_its_sender_once_signed_for(case, receiver, insurance_handler, now):
    bulletin = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent", kind="bulletin", limit_on=None)
    sign_for(referral=bulletin.referrals.get(), by=acting(receiver, Role.REGISTRAR), at=days(now, 1))
    [line] = exchange.picture(case, insurance_handler, now=days(now, 3)).lines
    assert [span.code for span in line.spans] == ["drafting", "signing", "closing"]
    assert line.holder == insurance_handler.department


def test_a_request_to_another_place_is_in_the_picture_of_who_reads_it(
    case, sender, insurance_handler, office_coordinator, now
):
    letter = make_assist(case, by=insurance_handler, at=now, stage="answered")
    make_assist(case, by=insurance_handler, at=now)  # a draft is not drawn
    found = exchange.picture(case, insurance_handler, now=days(now, 20))
    [line] = found.lines
    assert (line.letter, str(line.to), line.number, line.url) == (
        letter, letter.body_name, letter.document.number, letter.get_absolute_url(),
    )  # fmt: skip
    assert [span.code for span in line.spans] == ["drafting", "signing", "working", "closing"]
    assert {str(each.department) for each in found.held} == {"县医保局", letter.body_name}
    assert exchange.picture(case, office_coordinator, now=days(now, 20)).lines == []


def test_a_task_from_above_and_what_was_written_back_are_in_the_picture(
    case, sender, receiver, insurance_handler, office_coordinator, health_handler, seat, now
):
    """The city's letter of Friday 13 November is worked from Monday 16th on; a later date was asked that day and refused
    by a letter of Wednesday; reported on Friday 20th, sent back on Monday 23rd, reported anew on Wednesday 25th."""
    task = make_task(
        by=office_coordinator, at=now, received_on=days(now, -3).date(), status="accepted", department=sender,
        handler=insurance_handler, cases=[case],
    )  # fmt: skip
    make_letter(task, at=now, purpose="delay", status="sent")
    make_letter(task, at=now)  # a draft is not drawn
    answer_extension(
        extension=task.extensions.get(), agreed=False, answer_number="沧医保函〔2026〕30号", by=office_coordinator,
        answer_on=days(now, 2).date(), at=days(now, 3),
    )  # fmt: skip
    discard_paper(paper=TaskLetter.objects.get(status="draft"), reason="重拟", by=insurance_handler, at=now)
    answer_task(task, at=days(now, 4))
    back = {"reason": "未附材料", "due_on": days(now, 20).date(), "by": office_coordinator, "at": days(now, 7)}
    redo_task(task=task, **back)
    [line, asked, report] = exchange.picture(case, insurance_handler, now=days(now, 8)).lines
    assert line.holder == sender
    answer_task(task, at=days(now, 9))
    found = exchange.picture(case, insurance_handler, now=days(now, 10))
    [line, asked, report, again] = found.lines
    assert (line.letter, line.origin, line.to, line.number, line.url) == (
        task, "沧澜市医疗保障局", sender, task.number, task.get_absolute_url(),
    )  # fmt: skip
    assert [(span.code, str(span.department), span.days) for span in line.spans] == [
        ("deciding", "联动办", 1), ("deciding", "县医保局", 0),
        ("working", "县医保局", 4), ("closing", "沧澜市医疗保障局", 1),
        ("working", "县医保局", 2), ("closing", "沧澜市医疗保障局", 1),
    ]  # fmt: skip
    assert [(span.code, str(span.department), span.days) for span in asked.spans] == [
        ("drafting", "县医保局", 0), ("deciding", "沧澜市医疗保障局", 2),
    ]  # fmt: skip
    assert [each.kind for each in (asked, report, again)] == ["延期申请函", "办理情况报告", "办理情况报告"]
    assert (report.number, report.url) == (report.letter.document.number, report.letter.get_absolute_url())
    assert {str(each.department) for each in found.held} == {"联动办", "县医保局", "沧澜市医疗保障局"}
    assert len(exchange.picture(case, office_coordinator, now=days(now, 10)).lines) == 4
    assert exchange.picture(case, health_handler, now=days(now, 10)).lines == []
    told = seat(insurance_handler).get(reverse("exchange-detail", args=[case.pk])).json()["lines"]
    assert [each["number"] for each in told] == [each.number for each in found.lines]
    with CaptureQueriesContext(connection) as one:
        exchange.picture(case, insurance_handler, now=now)
    for _ in range(2):
        make_task(by=office_coordinator, at=now, cases=[case], department=sender, status="reported")
    with CaptureQueriesContext(connection) as three:
        exchange.picture(case, office_coordinator, now=now)
    assert len(three) <= len(one)


def test_a_task_nobody_took_on_yet_lies_where_it_came_in(case, sender, office_coordinator, office, now):
    waiting = make_task(by=office_coordinator, at=now, cases=[case])
    over = make_task(by=office_coordinator, at=now, cases=[case], status="withdrawn")
    asked = make_task(by=office_coordinator, at=now, cases=[case], status="accepted", department=sender)
    letter = make_letter(asked, at=now, purpose="delay", status="sent")
    lines = exchange.picture(case, office_coordinator, now=days(now, 2)).lines
    held = {(line.letter.kind_code, line.letter.pk): line.holder for line in lines}
    assert held == {
        ("task", waiting.pk): office, ("task", over.pk): None, ("task", asked.pk): sender,
        ("task_letter", letter.pk): asked.body_name,
    }  # fmt: skip


def test_days_are_counted_by_the_papers_not_by_their_entry(
    case, procuratorate, insurance_handler, insurance_registrar, now
):
    """Served on Tuesday 17 November, something missing by a paper of Thursday 19th, all entered a week later; answered by
    a paper of Friday 27th, entered on Monday 30th, and sent back to be done again on Tuesday 1 December."""
    letter = make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="sent").referrals.get()
    given = {"referral": letter, "person": "孔祥", "upload": pdf("文书.pdf"), "by": insurance_registrar}
    prove_delivery(
        referral=letter, delivered_on=days(now, 1).date(), received_by_name="收发室", method="专人送达",
        upload=pdf("送达回证.pdf"), by=insurance_registrar, at=days(now, 7),
    )  # fmt: skip
    until = days(now, 20).date()
    record_said(**given, kind="missing", dated_on=days(now, 3).date(), text="清单", until=until, at=days(now, 7))
    [line] = exchange.picture(case, insurance_handler, now=days(now, 8)).lines
    assert [(span.code, span.days) for span in line.spans] == [
        ("drafting", 0), ("signing", 1), ("deciding", 2), ("completing", 3),
    ]  # fmt: skip
    letter.refresh_from_db()
    given |= {"upload": pdf("答.pdf"), "kind": "answered", "text": "属实"}
    record_said(**given, dated_on=days(now, 11).date(), at=days(now, 14))
    redo_referral(
        referral=letter, reason="补充", limit_on=days(now, 40).date(), by=insurance_handler, at=days(now, 15)
    )
    [line] = exchange.picture(case, insurance_handler, now=days(now, 15)).lines
    assert [(span.code, span.days) for span in line.spans[-3:]] == [("working", 0), ("closing", 2), ("working", 0)]


def test_a_request_to_another_place_is_counted_by_its_papers(
    case, sender, insurance_handler, insurance_registrar, now
):
    """Sent on Monday 16 November, delivered on Wednesday, answered by a letter of Friday; entered a week later."""
    letter, at = make_assist(case, by=insurance_handler, at=now, stage="posted"), days(now, 7)
    day = {name: days(now, n).date() for name, n in (("delivered_on", 2), ("answer_on", 4))}
    record_delivery(
        letter=letter, delivered_on=day["delivered_on"], how="机要", upload=pdf(), by=insurance_registrar, at=at
    )
    record_answer(
        letter=letter, answer_number="柳函1号", answer_on=day["answer_on"], text="属实", upload=pdf("复.pdf"),
        by=insurance_registrar, at=at,
    )  # fmt: skip
    [line] = exchange.picture(case, insurance_handler, now=at).lines
    assert [(span.code, span.days) for span in line.spans] == [
        ("drafting", 0), ("signing", 2), ("working", 2), ("closing", 1),
    ]  # fmt: skip


def test_the_api_says_what_the_page_says(case, receiver, insurance_handler, office_coordinator, market_handler, seat, now):
    letter = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent").referrals.get()
    signed(letter, at=now)
    url = reverse("exchange-detail", args=[case.pk])
    said = seat(insurance_handler).get(url).json()
    [line] = said["lines"]
    assert (line["number"], line["receiver"], line["holder"]) == (letter.number, "县卫健局", "县卫健局")
    assert [span["code"] for span in line["spans"]] == ["drafting", "signing", "deciding"]
    assert {each["department"] for each in said["held"]} == {"县医保局", "县卫健局"}
    assert seat(office_coordinator).get(url).json()["lines"][0]["url"] == ""
    assert seat(market_handler).get(url).status_code == 404
    signed_for = reverse("dispatch-signed-for", args=[letter.dispatch_id])
    [row] = seat(insurance_handler).get(signed_for).json()
    assert (row["department"], row["copy"], row["signed_by"], row["read"]) == ("县卫健局", False, "罗采薇", [])


def test_days_on_which_several_letters_lay_there_count_once(case, receiver, insurance_handler, now):
    for _ in range(2):
        make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent", kind="bulletin")
    later = make_dispatch(
        case, [receiver], by=insurance_handler, at=days(now, 14), status="sent", kind="bulletin"
    ).referrals.get()
    picture = exchange.picture(case, insurance_handler, now=days(now, 15))
    theirs = next(each for each in picture.held if each.department == receiver)
    assert (theirs.letters, theirs.days, theirs.now) == (3, 11, 3)
    assert picture.lines[-1].letter == later
    closed = exchange._merged(
        [(dt.date(2026, 11, 2), dt.date(2026, 11, 4)), (dt.date(2026, 11, 9), dt.date(2026, 11, 10))]
    )
    assert len(closed) == 2


def test_a_body_without_an_account_is_in_the_picture(
    case, receiver, procuratorate, insurance_handler, insurance_registrar, now
):
    dispatch = make_dispatch(
        case, [procuratorate], by=insurance_handler, at=now, status="sent", kind="bulletin"
    )
    letter = dispatch.referrals.get()
    assert exchange.state_words(letter) == "待签收（待纸质送达）"
    upload = pdf("送达回证.pdf")
    prove_delivery(
        referral=letter, delivered_on=now.date(), received_by_name="李检", method="直接送达", upload=upload,
        by=insurance_registrar, at=now,
    )  # fmt: skip
    letter = Referral.objects.get(pk=letter.pk)
    assert exchange.state_words(letter) == "已签收（纸质送达）"
    default_storage.delete(letter.delivery_proof.file.name)


def test_the_page_says_in_words_what_it_draws(
    case, receiver, finance, insurance_handler, office_coordinator, finance_handler, seat, now
):
    url = reverse("referrals:exchange", args=[case.pk])
    assert '<svg class="exchange"' not in seat(insurance_handler).get(url).content.decode()
    letter = make_dispatch(
        case, [receiver], by=insurance_handler, at=now, status="sent", copied=[finance]
    ).referrals.get()
    page = seat(insurance_handler).get(url).content.decode()
    assert letter.number in page
    assert letter.get_absolute_url() in page
    assert '<svg class="exchange"' in page
    assert "县财政局" in page
    office = seat(office_coordinator).get(url)
    assert [line.url for line in office.context["picture"].lines] == [""]
    assert seat(finance_handler).get(url).status_code == 404
    assert url in seat(insurance_handler).get(tab_url(case.pk, "transfer")).content.decode()


def test_one_receiver_does_not_see_the_letter_to_another(
    case, receiver, market, market_registrar, insurance_handler, health_handler, now
):
    make_dispatch(case, [receiver, market], by=insurance_handler, at=now, status="sent")
    assert [
        str(line.to) for line in exchange.picture(case, health_handler, now=now).lines
    ] == ["县卫健局"]
    assert len(exchange.picture(case, insurance_handler, now=now).lines) == 2


def test_the_picture_asks_the_same_for_one_letter_and_three(
    case, receiver, finance, insurance_handler, seat, now
):
    client = seat(insurance_handler)
    url = reverse("referrals:exchange", args=[case.pk])
    make_dispatch(
        case, [receiver], by=insurance_handler, at=now, status="sent", kind="bulletin", copied=[finance]
    )
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(2):
        make_dispatch(
            case, [receiver], by=insurance_handler, at=now, status="sent", kind="bulletin", copied=[finance]
        )
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(one) == len(three)


# --- the lists -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("which", ["in", "out", "copied"])
def test_a_list_asks_the_same_for_one_row_and_three(
    which, case, receiver, finance, finance_handler, insurance_handler, health_registrar, seat, now
):
    client = seat({"in": health_registrar, "out": insurance_handler, "copied": finance_handler}[which])
    url = reverse(f"referrals:letters_{which}")

    def make():
        make_dispatch(
            case, [receiver], by=insurance_handler, at=now, status="sent", kind="bulletin", copied=[finance]
        )

    make()
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        page = client.get(url)
    shown = "copies" if which == "copied" else "rows"
    assert len(page.context[shown]) == 1
    make()
    make()
    with CaptureQueriesContext(connection) as three:
        page = client.get(url)
    assert len(page.context[shown]) == 3
    assert len(one) == len(three)


def test_lists_are_narrowed_by_what_stands_in_the_address(
    case, receiver, market, market_registrar, insurance_handler, seat, now
):
    over = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent").referrals.get()
    bring_referral(over, "withdrawn", at=now)
    transfer = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent").referrals.get()
    late = make_bulletin(
        case, [market], by=insurance_handler, at=now - dt.timedelta(days=20), status="sent"
    ).referrals.get()
    soon = make_bulletin(
        case, [receiver], by=insurance_handler, at=now - dt.timedelta(days=4), status="sent"
    ).referrals.get()
    client = seat(insurance_handler)

    def listed(query):
        page = client.get(reverse("referrals:letters_out") + query)
        return {row.thing.pk for row in page.context["rows"]}

    every = {transfer.pk, late.pk, soon.pk, over.pk}
    place = f"{soon.sent_at.isoformat()}~4~{soon.pk}"
    expected = {
        "": every,
        "?kind=transfer": {transfer.pk, over.pk},
        "?kind=nonsense": every,
        "?status=withdrawn": {over.pk},
        f"?department={market.pk}": {late.pk},
        f"?department={receiver.pk}&kind=bulletin": {soon.pk},
        "?open=1": every - {over.pk},
        "?lamp=r": {late.pk},
        "?lamp=y": {soon.pk},
        "?lamp=g": {transfer.pk},
        "?lamp=n": {over.pk},
        f"?q={transfer.number}": {transfer.pk},
        "?q=案情通报": {late.pk, soon.pk},
        "?before=nonsense": every,
        "?before=2026-01-01~4~1": every,  # no instant of a zone
        f"?before={quote(place)}": {late.pk},
    }
    assert {query: listed(query) for query in expected} == expected


def test_copies_are_narrowed_too(
    case, receiver, finance, finance_handler, insurance, insurance_handler, seat, now
):
    for kind in ("transfer", "bulletin"):
        make_dispatch(
            case, [receiver], by=insurance_handler, at=now, status="sent", copied=[finance], kind=kind
        )
    first, second = Copy.objects.order_by("pk")
    Reading.objects.create(
        dispatch=first.dispatch, department=finance, person=finance_handler, asked_by=insurance_handler, asked_at=now,
        read_at=now,
    )  # fmt: skip
    client = seat(finance_handler)
    expected = {
        "": [(second, 0, 0), (first, 1, 1)],
        "?kind=bulletin": [(second, 0, 0)],
        "?open=1": [(second, 0, 0)],
        f"?department={insurance.pk}&q=仁和": [(second, 0, 0), (first, 1, 1)],
        f"?before={second.pk}": [(first, 1, 1)],
    }
    url = reverse("referrals:letters_copied")
    assert {query: client.get(url + query).context["copies"] for query in expected} == expected


def test_pages_follow_by_key(case, receiver, insurance_handler, seat, now, monkeypatch):
    monkeypatch.setattr(boxes, "PAGE", 1)
    for _ in range(2):
        make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent", kind="bulletin")
    client = seat(insurance_handler)
    url = reverse("referrals:letters_out")
    page = client.get(url + "?open=1").context["page"]
    assert (page["has_next"], page["has_previous"], "open=1" in page["next_query"]) == (True, False, True)
    page = client.get(f"{url}?{page['next_query']}").context["page"]
    assert (page["has_next"], page["has_previous"]) == (False, True)


# --- many at once ----------------------------------------------------------------------------------------------------
def batch(client, url, ids):
    page = client.get(reverse("referrals:letters_in" if "sign" in url else "referrals:letters_out"))
    key = page.context["batch"]["form_key"].value()
    return client.post(url, {"form_key": key, "ids": ids}), key


def test_signing_many_answers_line_by_line(case, receiver, insurance_handler, health_registrar, seat, now):
    letters = [
        make_dispatch(
            case, [receiver], by=insurance_handler, at=now, status="sent", kind="bulletin", manifest=()
        ).referrals.get()
        for _ in range(2)
    ]
    whole = make_dispatch(
        case, [receiver], by=insurance_handler, at=now, status="sent", kind="bulletin"
    ).referrals.get()
    with default_storage.open(case.evidence.first().file.name, "wb") as stored:
        stored.write(b"something else")
    bring_referral(letters[1], "received", at=now)
    client = seat(health_registrar)
    assert client.get(reverse("referrals:letters_in")).context["bulk_label"] == "签收所选函件"
    url = reverse("referrals:batch_sign")
    answer_, key = batch(client, url, [letters[0].pk, letters[1].pk, whole.pk, 999_999])
    lines = answer_.context["lines"]
    assert [(line.pk, line.done) for line in lines] == [
        (letters[0].pk, True), (letters[1].pk, False), (whole.pk, False), (999_999, False),
    ]  # fmt: skip
    letters[0].refresh_from_db()
    whole.refresh_from_db()
    assert (letters[0].status, whole.status) == ("received", "sent")
    assert Event.objects.filter(verb="referral.mismatch", target_id=whole.pk).count() == 1
    again = client.post(url, {"form_key": key, "ids": [whole.pk]})
    assert "lines" not in again.context
    nothing = client.post(url, {"form_key": "n" * 24})
    assert "至少勾选一件函件" in nothing.content.decode()


def test_chasing_many_is_once_a_working_day_each(
    case, receiver, insurance_handler, insurance_registrar, health_registrar, seat, now
):
    first, second = (
        make_dispatch(
            case, [receiver], by=insurance_handler, at=now, status="sent", kind="bulletin"
        ).referrals.get()
        for _ in range(2)
    )
    chase_referral(referral=first, by=insurance_handler, at=now)
    answer_, _key = batch(seat(insurance_handler), reverse("referrals:batch_chase"), [first.pk, second.pk])
    assert [(line.done, str(line.sentence)) for line in answer_.context["lines"]] == [
        (False, "今日已催办，每个工作日最多催办一次。"), (True, "已催办，第1次。"),
    ]  # fmt: skip
    assert seat(insurance_registrar).post(reverse("referrals:batch_chase")).status_code == 403
    assert seat(insurance_handler).post(reverse("referrals:batch_sign")).status_code == 403
    assert [line.done for line in sign_many([first.pk], by=health_registrar, at=now)] == [True]
    assert [line.done for line in chase_many([second.pk], by=health_registrar, at=now)] == [False]


# --- API -------------------------------------------------------------------------------------------------------------
def post(client, url, data=None, version=None):
    headers = {"If-Match": f'"{version}"'} if version else {}
    return client.post(url, json.dumps(data or {}), content_type="application/json", headers=headers)


def test_batches_copies_and_circulation_by_the_api(
    case, receiver, finance, finance_handler, insurance_handler, health_registrar, health_handler, seat, now
):
    letter = make_bulletin(
        case, [receiver], by=insurance_handler, at=now, status="sent", copied=[finance]
    ).referrals.get()
    theirs = seat(health_registrar)
    assert post(theirs, reverse("referral-batch-sign"), {"ids": []}).status_code == 400
    assert post(theirs, reverse("referral-batch-sign"), {"ids": [letter.pk, 999_999]}).json() == [
        {"id": letter.pk, "number": letter.number, "done": True, "sentence": "已签收。"},
        {"id": 999_999, "number": "", "done": False, "sentence": "没有这件函件。"},
    ]
    assert (
        post(seat(insurance_handler), reverse("referral-batch-sign"), {"ids": [letter.pk]}).status_code == 403
    )
    chased = post(seat(insurance_handler), reverse("referral-batch-chase"), {"ids": [letter.pk]})
    assert [line["done"] for line in chased.json()] == [True]
    letter.refresh_from_db()
    url = reverse("referral-circulate", args=[letter.pk])
    assert post(theirs, url, {"people": [999_999]}, letter.version).status_code == 400
    assert post(theirs, url, {"people": [health_handler.pk]}, letter.version).status_code == 200
    assert Reading.objects.filter(person=health_handler).exists()
    copies = seat(finance_handler).get(reverse("copy-list") + "?box=in").json()["results"]
    assert [copy["number"] for copy in copies] == [letter.number]
    assert (
        seat(finance_handler).get(reverse("copy-detail", args=[copies[0]["id"]])).json()["kind"] == "bulletin"
    )
    assert seat(insurance_handler).get(reverse("copy-list") + "?box=in").json()["results"] == []


def test_a_duty_by_the_api(office, sender, receiver, insurance_handler, insurance_section_head, seat, now):
    case = make_fraud_case(by=insurance_handler, at=now)
    duty = BulletinDuty.objects.get(case=case)
    assert seat(insurance_handler).get(reverse("bulletinduty-list")).json()["results"][0]["status"] == "due"
    url = reverse("bulletinduty-waive", args=[duty.pk])
    assert post(seat(insurance_handler), url, {"reason": "不涉及"}, duty.version).status_code == 403
    answer_ = post(seat(insurance_section_head), url, {"reason": "不涉及"}, duty.version)
    assert answer_.json()["status"] == "waived"
    assert "不涉及" not in json.dumps(answer_.json(), ensure_ascii=False)


def test_a_team_by_the_api(
    case,
    receiver,
    insurance_handler,
    insurance_section_head,
    health_handler,
    health_handler_2,
    health_section_head,
    office_coordinator,
    seat,
    now,
):
    letter = make_invitation(case, [receiver], by=insurance_handler, at=now).referrals.get()
    signed(letter, at=now)
    theirs, own = seat(health_handler), seat(insurance_handler)
    letter.refresh_from_db()
    assert (
        post(theirs, reverse("referral-join", args=[letter.pk]), {"people": []}, letter.version).status_code
        == 200
    )
    team = JointTeam.objects.get()

    def step(client, code, data):
        version = JointTeam.objects.get().version
        return post(client, reverse(f"jointteam-{code}", args=[team.pk]), data, version)

    assert step(theirs, "members", {"people": [health_handler_2.pk]}).status_code == 200
    piece = case.evidence.first()
    assert step(theirs, "share", {"text": "病历不全", "evidence": [piece.pk]}).json()["findings"][0][
        "evidence"
    ] == [piece.pk]
    assert step(theirs, "share", {"text": "病历不全", "evidence": [999_999]}).status_code == 400
    for client in (theirs, own):
        assert step(client, "view", {"nature": "penalty", "text": "一致"}).status_code == 200
    assert step(own, "conclude", {"outcome": "penalty", "reasons": "一致"}).status_code == 403
    summary = seat(office_coordinator).get(reverse("jointteam-detail", args=[team.pk])).json()
    assert ("findings" in summary, summary["status"]) == (False, "working")
    done = step(seat(insurance_section_head), "conclude", {"outcome": "penalty", "reasons": "一致"}).json()
    assert (done["status"], done["views"][0]["dissents"]) == ("concluded", False)
    assert own.get(reverse("jointteam-list")).json()["results"][0]["outcome"] == "penalty"


def test_declining_and_dissolving_by_the_api(
    case, receiver, insurance_handler, insurance_section_head, health_section_head, seat, now
):
    letter = make_invitation(case, [receiver], by=insurance_handler, at=now).referrals.get()
    signed(letter, at=now)
    letter.refresh_from_db()
    url = reverse("referral-decline", args=[letter.pk])
    assert post(seat(health_section_head), url, {"reason": "人手不足"}, letter.version).status_code == 200
    team = JointTeam.objects.get()
    url = reverse("jointteam-dissolve", args=[team.pk])
    assert (
        post(seat(insurance_section_head), url, {"reason": "无部门介入"}, team.version).json()["status"]
        == "dissolved"
    )


# --- passed on, taken back, in confidence, to the police -------------------------------------------------------------
def test_a_letter_passed_on_or_taken_back_is_held_no_longer(
    case, letter, market, market_registrar, market_handler, market_section_head, insurance_handler, health_handler, now
):
    from referrals.actions.forwarding import draft_forward
    from referrals.actions.withdrawal import ask_withdrawal, decide_withdrawal

    first = bring_referral(letter("sent"), "received", at=now)
    dispatch = draft_forward(
        referral=first, receiver=market, reason="市监职责", limit_on=days(now, 20).date(), by=health_handler, at=now
    )
    onward = bring_paper(dispatch, "sent", at=days(now, 1)).referrals.get()
    gone, after = exchange.picture(case, insurance_handler, now=days(now, 10)).lines
    assert (gone.holder, gone.spans[-1].days) == (None, 1)
    assert (str(after.origin), str(after.spans[0].department)) == ("县卫健局", "县卫健局")  # who forwarded drafted it
    bring_referral(onward, "accepted", at=days(now, 1))
    asked = ask_withdrawal(referral=onward, reason="已另案处理", by=insurance_handler, at=days(now, 2))
    head = acting(market, Role.SECTION_HEAD)
    decide_withdrawal(withdrawal=asked, agreed=True, by=head, at=days(now, 2))
    picture = exchange.picture(case, insurance_handler, now=days(now, 10))
    assert [(line.holder, each.now) for line, each in zip(picture.lines, picture.held, strict=False)] == [(None, 0)] * 2


def test_the_copy_of_a_suspected_crime_is_in_the_picture(
    crime_case, police_registrar, procuratorate, insurance_handler, now, seat
):
    make_transfer(crime_case, by=insurance_handler, at=now, status="sent")
    [line] = exchange.picture(crime_case, insurance_handler, now=now).lines
    assert line.copied == [procuratorate.name]
    url = reverse("referrals:exchange", args=[crime_case.pk])
    assert procuratorate.name in seat(insurance_handler).get(url).content.decode()


def test_the_picture_says_how_many_letters_named_persons_see(
    case, procuratorate, insurance_handler, insurance_section_head, seat, now
):
    Department.objects.filter(pk=procuratorate.pk).update(named_only=True)
    procuratorate.refresh_from_db()
    make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="sent")
    said = {
        user: "另有1件函件仅指定人员可见"
        in seat(user).get(reverse("referrals:exchange", args=[case.pk])).content.decode()
        for user in (insurance_handler, insurance_section_head)
    }
    assert said == {insurance_handler: False, insurance_section_head: True}
