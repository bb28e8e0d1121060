"""Papers, replies, requests to other places, tasks and crimes by the API: the rules and actions of the pages."""

import datetime as dt
import hashlib
import io
import json

import pytest
import pyzipper
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.api import UNKNOWN
from core.dates import local_date
from departments.enums import Role
from departments.models import Category
from journal.models import Event
from referrals.models import (
    AssistLetter,
    Comparison,
    Copy,
    CrimeThreshold,
    CriminalTransfer,
    Dispatch,
    JointTeam,
    Reading,
    Referral,
    Reply,
)
from tests.cast import person
from tests.factories.above import make_letter, make_task
from tests.factories.assist import make_assist, make_stay
from tests.factories.cases import pdf
from tests.factories.comparisons import make_comparison
from tests.factories.crime import make_transfer, scan
from tests.factories.informing import joined, make_bulletin, make_invitation
from tests.factories.referrals import bring_referral

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    """The API stamps with the clock of the wall."""
    return timezone.now()


@pytest.fixture
def send():
    """`send(user, "assistletter-close", thing, remark="…")`: JSON, or multipart where a file goes with it."""

    def call(user, name, thing=None, **data):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        url = reverse(name, args=[thing.pk] if thing is not None else [])
        headers = {}
        if thing is not None:
            thing.refresh_from_db()
            headers = {"If-Match": f'"{thing.version}"'} if hasattr(thing, "version") else {}
        if any(hasattr(value, "read") for value in data.values()):
            return client.post(url, data, headers=headers)
        return client.post(
            url, json.dumps(data, default=str), content_type="application/json", headers=headers
        )

    return call


def get(user, name, **query):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(name), query).json()["results"]


# --- papers and replies --------------------------------------------------------------------------------------------
def test_a_transfer_is_drafted_changed_signed_and_sent(
    send, case, receiver, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar,
    health_handler, now,
):  # fmt: skip
    piece = case.evidence.first()
    given = {
        "case": case.pk, "kind": "transfer", "receivers": [receiver.pk], "subject": "关于移交线索的函",
        "facts": "疑似骗保。", "amount": "1200.50", "limit_on": local_date(now) + 30 * DAY,
        "manifest": [{"evidence": piece.pk, "quantity": 2, "remark": "复印件"}],
    }  # fmt: skip
    for wrong, field in (
        ({"case": 0}, "case"), ({"receivers": [0]}, "receivers"), ({"manifest": [{"evidence": 0}]}, "manifest"),
        ({"kind": "support"}, "kind"), ({"limit_on": local_date(now) - DAY}, "limit_on"),
    ):  # fmt: skip
        refused = send(insurance_handler, "dispatch-list", **(given | wrong))
        assert (refused.status_code, list(refused.json())) == (400, [field])
    assert send(insurance_registrar, "dispatch-list", **given).status_code == 403
    assert send(health_handler, "dispatch-list", **given).json() == {"case": [UNKNOWN]}
    made = send(insurance_handler, "dispatch-list", **given)
    assert (made.status_code, made.json()["manifest"][0]["quantity"]) == (201, 2)
    paper = Dispatch.objects.get(pk=made.json()["id"])
    names = ("receivers", "subject", "facts", "limit_on")
    changed = {name: given[name] for name in names} | {"subject": "关于移交违法线索的函"}
    assert (
        send(insurance_handler, "dispatch-edit", paper, **changed).json()["subject"] == "关于移交违法线索的函"
    )
    for user, step, more, status in (
        (insurance_handler, "submit", {}, "submitted"),
        (insurance_section_head, "send-back", {"reason": "补数额"}, "draft"),
        (insurance_handler, "submit", {}, "submitted"),
        (insurance_section_head, "review", {}, "reviewed"),
        (insurance_deputy_head, "approve", {}, "approved"),
        (insurance_registrar, "send", {}, "sent"),
    ):
        assert send(user, f"dispatch-{step}", paper, **more).json()["status"] == status
    assert paper.referrals.get().number
    assert [
        row["id"]
        for row in get(insurance_handler, "dispatch-list", status="sent", kind="transfer", case=case.pk)
    ] == [paper.pk]
    bulletin = given | {"kind": "bulletin", "limit_on": None, "manifest": []}
    other = send(insurance_handler, "dispatch-list", **bulletin).json()["id"]
    gone = send(insurance_handler, "dispatch-discard", Dispatch.objects.get(pk=other), reason="重复")
    assert gone.json()["status"] == "discarded"


def test_a_need_for_support_is_recorded(send, case, receiver, insurance_handler, insurance_registrar, now):
    given = {
        "case": case.pk, "receiver": receiver.pk, "discovered_on": local_date(now), "questions": ["是否过度检查？"],
        "subject": "关于商请技术支持的函", "facts": "检查异常。", "limit_on": local_date(now) + 30 * DAY,
    }  # fmt: skip
    assert send(insurance_registrar, "dispatch-support", **given).status_code == 403
    assert send(insurance_handler, "dispatch-support", **(given | {"receiver": 0})).json() == {
        "receiver": [UNKNOWN]
    }
    made = send(insurance_handler, "dispatch-support", **given)
    assert (made.status_code, made.json()["kind"], made.json()["discovered_on"]) == (
        201,
        "support",
        str(local_date(now)),
    )


def test_a_case_one_only_reads_is_not_written_in(
    send, case, receiver, insurance_handler, insurance_handler_2, now
):
    given = {"case": case.pk, "kind": "transfer", "receivers": [receiver.pk], "subject": "函", "facts": "事"}
    assert send(insurance_handler_2, "dispatch-list", **given).status_code == 403
    stay = {"case": case.pk, "place": "柳川", "hospital": "医院", "cost": "1", "admitted_on": local_date(now)}
    assert send(insurance_handler_2, "outsidestay-list", **stay).status_code == 403
    asked = {
        "case": case.pk,
        "body_name": "局",
        "title": "函",
        "facts": "事",
        "request": "查",
        "reason": "因",
    }
    assert send(insurance_handler_2, "assistletter-list", **asked).status_code == 403
    crime = {"case": case.pk, "found_on": local_date(now), "facts": "事"}
    assert send(insurance_handler_2, "criminaltransfer-list", **crime).status_code == 403


def test_a_reply_is_changed_and_sent(
    send, letter, health_handler, health_section_head, health_deputy_head, health_registrar, insurance_handler
):
    referral = letter("accepted")
    assert send(health_handler, "referral-answer", referral, text="经查").status_code == 201
    reply = Reply.objects.get()
    assert send(health_handler, "reply-edit", reply, text="属实", answers={"x": "1"}).status_code == 400
    assert send(health_handler, "reply-edit", reply, text="经查属实").json()["text"] == "经查属实"
    assert get(insurance_handler, "reply-list") == []
    send(health_handler, "reply-submit", reply)
    send(health_section_head, "reply-review", reply)
    send(health_deputy_head, "reply-approve", reply)
    assert send(health_registrar, "reply-send", reply).json()["status"] == "sent"
    assert Referral.objects.get(pk=referral.pk).status == "answered"
    assert [
        row["id"] for row in get(insurance_handler, "reply-list", status="sent", referral=referral.pk)
    ] == [reply.pk]


# --- between receipt and decision -------------------------------------------------------------------------------------
def test_a_longer_limit_is_decided(send, letter, health_handler, insurance_handler, insurance_section_head):
    referral = letter("accepted")
    assert send(insurance_section_head, "referral-decide-extension", referral, agreed=True).status_code == 403
    new_on = referral.limit_on + 10 * DAY
    send(health_handler, "referral-extend", referral, new_on=new_on, reason="病历较多")
    assert send(insurance_handler, "referral-decide-extension", referral, agreed=True).status_code == 403
    refused = send(insurance_section_head, "referral-decide-extension", referral, agreed=False)
    assert list(refused.json()) == ["remark"]
    decided = send(insurance_section_head, "referral-decide-extension", referral, agreed=True).json()
    assert decided["limit_on"] == str(new_on)


def test_letters_and_copies_are_read(
    send, case, receiver, finance, finance_handler, insurance_handler, health_registrar,
    health_handler, now,
):  # fmt: skip
    finance_registrar = person("cz09", "彭登", finance, Role.REGISTRAR, at=now)
    paper = make_bulletin(case, [receiver], by=insurance_handler, at=now, status="sent", copied=[finance])
    referral = bring_referral(paper.referrals.get(), "received", at=now)
    send(health_registrar, "referral-circulate", referral, people=[health_handler.pk])
    assert send(health_handler, "referral-confirm-read", referral).status_code == 200
    assert send(health_handler, "referral-confirm-read", referral).status_code == 403
    copy = Copy.objects.get()
    assert send(finance_handler, "copy-circulate", copy, people=[finance_handler.pk]).status_code == 403
    assert send(finance_registrar, "copy-circulate", copy, people=[999_999]).json() == {"people": [UNKNOWN]}
    assert send(finance_registrar, "copy-circulate", copy, people=[finance_handler.pk]).status_code == 200
    assert send(finance_handler, "copy-confirm-read", copy).status_code == 200
    assert send(finance_handler, "copy-confirm-read", copy).status_code == 403
    assert Reading.objects.exclude(read_at=None).count() >= 2


def test_a_person_leaves_the_team(
    send, case, receiver, insurance_handler, health_handler, health_handler_2, now
):
    joined(
        make_invitation(case, [receiver], by=insurance_handler, at=now).referrals.get(),
        at=now,
        people=[health_handler_2],
    )
    team = JointTeam.objects.get()
    theirs = team.members.get(user=health_handler_2)
    assert send(health_handler, "jointteam-remove-member", team, member=0).json() == {"member": [UNKNOWN]}
    assert send(insurance_handler, "jointteam-remove-member", team, member=theirs.pk).status_code == 403
    left = send(health_handler, "jointteam-remove-member", team, member=theirs.pk).json()["members"]
    assert [row["ended_at"] is not None for row in left if row["user"] == health_handler_2.pk] == [True]


# --- other places ----------------------------------------------------------------------------------------------------
def test_a_request_to_another_place_from_stay_to_answer(
    send, case, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar,
    office_coordinator, now,
):  # fmt: skip
    today = local_date(now)
    amount = {"amount": "50000", "basis": "市局通知", "effective_from": today}
    assert send(insurance_handler, "assistthreshold-list", **amount).status_code == 403
    assert send(office_coordinator, "assistthreshold-list", **(amount | {"amount": "0"})).status_code == 400
    assert send(office_coordinator, "assistthreshold-list", **amount).status_code == 201
    assert len(get(insurance_handler, "assistthreshold-list")) == 2
    given = {
        "case": case.pk,
        "place": "桂岭省柳川市",
        "hospital": "柳川医院",
        "cost": "60000",
        "admitted_on": today - 9 * DAY,
    }
    assert send(insurance_registrar, "outsidestay-list", **given).status_code == 403
    assert send(insurance_handler, "outsidestay-list", **(given | {"cost": "0"})).json().keys() == {"cost"}
    made = send(insurance_handler, "outsidestay-list", **given).json()
    assert (made["proposed"], get(insurance_handler, "outsidestay-list", case=case.pk)) == (True, [made])
    waived = make_stay(case, by=insurance_handler, at=now, cost=90_000)
    assert send(insurance_handler, "outsidestay-waive", waived).json() == {"reason": ["此项须填写。"]}
    assert (
        send(insurance_handler, "outsidestay-waive", waived, reason="已核").json()["waive_reason"] == "已核"
    )
    assert send(insurance_handler, "outsidestay-waive", waived, reason="再").status_code == 403
    piece = case.evidence.first()
    asked = {"case": case.pk, "stay": made["id"], "body_name": "柳川市医疗保障局", "title": "关于商请协查的函",
             "facts": "疑似挂床。", "request": "请核实。", "manifest": [piece.pk]}  # fmt: skip
    assert send(insurance_registrar, "assistletter-list", **asked).status_code == 403
    for wrong, field in (({"stay": 0}, "stay"), ({"manifest": [0]}, "manifest"), ({"case": 0}, "case"),
                         ({"stay": None}, "reason")):  # fmt: skip
        refused = send(insurance_handler, "assistletter-list", **(asked | wrong))
        assert (refused.status_code, list(refused.json())) == (400, [field])
    letter = AssistLetter.objects.get(pk=send(insurance_handler, "assistletter-list", **asked).json()["id"])
    assert send(insurance_handler, "assistletter-list", **asked).status_code == 403  # one request a stay
    changed = {name: value for name, value in asked.items() if name not in ("case", "stay")} | {
        "request": "请速核实。"
    }
    assert send(insurance_handler, "assistletter-edit", letter, **changed).json()["request"] == "请速核实。"
    send(insurance_handler, "assistletter-submit", letter)
    send(insurance_section_head, "assistletter-review", letter)
    send(insurance_deputy_head, "assistletter-approve", letter)
    assert send(insurance_registrar, "assistletter-send", letter).json()["stage"] == "posted"
    late = {"delivered_on": today + DAY, "how": "机要", "upload": pdf()}
    assert list(send(insurance_registrar, "assistletter-deliver", letter, **late).json()) == ["delivered_on"]
    delivered = {"delivered_on": today, "how": "机要", "upload": pdf()}
    assert (
        send(insurance_registrar, "assistletter-deliver", letter, **delivered).json()["stage"] == "delivered"
    )
    answer = {"answer_number": "柳函1号", "answer_on": today, "text": "属实", "upload": pdf("复.pdf")}
    answered = send(insurance_registrar, "assistletter-answer", letter, **answer).json()
    assert (answered["stage"], len(answered["files"])) == ("answered", 2)
    assert send(insurance_handler, "assistletter-close", letter, remark="并卷").json()["stage"] == "closed"
    listed = get(insurance_handler, "assistletter-list", status="sent", stage="closed", case=case.pk)
    assert [row["id"] for row in listed] == [letter.pk] and "manifest" not in listed[0]
    second = make_assist(case, by=insurance_handler, at=now, stage="posted")
    assert (
        send(insurance_handler, "assistletter-withdraw", second, reason="不需").json()["stage"] == "withdrawn"
    )


# --- tasks from above -----------------------------------------------------------------------------------------------
def test_the_letters_cases_and_dates_of_a_task(
    send, case, sender, office_coordinator, insurance_handler, insurance_section_head, insurance_deputy_head,
    insurance_registrar, now,
):  # fmt: skip
    task = make_task(
        by=office_coordinator,
        at=now,
        status="accepted",
        department=sender,
        handler=insurance_handler,
        cases=[case],
    )
    assert send(insurance_handler, "task-state", task, case=0, outcome="confirmed").json() == {
        "case": [UNKNOWN]
    }
    assert send(office_coordinator, "task-state", task, case=case.pk, outcome="confirmed").status_code == 403
    stated = send(insurance_handler, "task-state", task, case=case.pk, outcome="confirmed").json()
    assert stated["cases"][0]["outcome"] == "confirmed"
    subject, code = case.subjects.first(), case.categories.first().code
    lead = {"subjects": [subject.pk], "categories": [code], "facts": "另有疑点", "duplicates_known": True}
    assert send(office_coordinator, "task-lead", task, **lead).status_code == 403
    assert list(send(insurance_handler, "task-lead", task, **lead | {"subjects": [0]}).json()) == ["subjects"]
    opened = send(insurance_handler, "task-lead", task, **lead)
    assert (opened.status_code, len(opened.json()["cases"])) == (201, 2)
    new = task.links.exclude(case=case).get().case
    assert (new.source_number, new.found_on) == (task.number, task.received_on)
    filed = send(insurance_registrar, "task-file", task, kind="other", upload=pdf()).json()["scans"][-1]
    assert filed["what"] == "other"
    client = Client()
    client.force_login(insurance_registrar, "django.contrib.auth.backends.ModelBackend")
    assert hashlib.sha256(client.post(filed["url"]).content).hexdigest() == filed["sha256"]
    nobody = {
        "agreed": False,
        "answer_number": "1号",
        "answer_on": local_date(now),
        "remark": "不同意",
        "scan": pdf(),
    }
    assert send(insurance_registrar, "task-answer-delay", task, **nobody).status_code == 403
    make_letter(task, at=now, purpose="delay", status="sent")
    nobody["scan"] = pdf()
    assert send(insurance_registrar, "task-answer-delay", task, **nobody).status_code == 200
    letter = make_letter(task, at=now)
    given = {"title": "报告", "text": "属实"}
    assert send(insurance_handler, "taskletter-edit", letter, **given, manifest=[999_999]).json() == {
        "manifest": [UNKNOWN]
    }
    assert send(insurance_handler, "taskletter-edit", letter, **given).json()["text"] == "属实"
    send(insurance_handler, "taskletter-submit", letter)
    send(insurance_section_head, "taskletter-review", letter)
    send(insurance_deputy_head, "taskletter-approve", letter)
    assert send(insurance_registrar, "taskletter-send", letter).json()["status"] == "sent"
    listed = get(insurance_handler, "taskletter-list", status="sent", task=task.pk)
    assert letter.pk in [row["id"] for row in listed]


# --- comparisons ------------------------------------------------------------------------------------------------------
def test_results_are_given_back_and_open_leads(
    send, police, police_registrar, police_handler, police_section_head, insurance_handler, insurance_section_head,
    insurance_registrar, sender, now,
):  # fmt: skip
    thing = make_comparison(police, by=insurance_handler, at=now, status="prepared")
    back = send(police_section_head, "comparison-send-back-result", thing, reason="复核")
    assert back.json()["status"] == "received"
    thing = make_comparison(police, by=insurance_handler, at=now, status="answered")
    hit = thing.rows.filter(hit=True).first()
    category = Category.objects.first()
    for wrong, field in (({"positions": [999]}, "positions"), ({"category": 0}, "category")):
        given = {"positions": [hit.position], "category": category.pk} | wrong
        assert send(insurance_handler, "comparison-leads", thing, **given).json() == {field: [UNKNOWN]}
    opened = send(
        insurance_handler, "comparison-leads", thing, positions=[hit.position], category=category.pk
    )
    hit.refresh_from_db()
    assert (opened.status_code, hit.lead is not None) == (200, True)
    draft = make_comparison(police, by=insurance_handler, at=now)
    assert send(insurance_handler, "comparison-discard", draft, reason="误").json()["status"] == "discarded"


def test_a_list_comes_out_encrypted_and_on_the_record(
    send, police, police_registrar, insurance_handler, insurance_legal, sender, now
):
    thing = make_comparison(police, by=insurance_handler, at=now, status="sent")
    given = {"reason": "核对", "passphrase": "Qing-He-2026-list"}
    assert send(insurance_legal, "comparison-download", thing, **given).status_code == 403
    assert send(police_registrar, "comparison-download", thing, **given).status_code == 403  # not signed for yet
    assert list(send(insurance_handler, "comparison-download", thing, **given | {"passphrase": "x"}).json()) == [
        "passphrase"
    ]
    before = Event.objects.filter(verb="comparison.downloaded").count()
    done = send(insurance_handler, "comparison-download", thing, **given)
    assert (done.status_code, done["Content-Type"], done["Cache-Control"]) == (200, "application/zip", "no-store")
    with pyzipper.AESZipFile(io.BytesIO(done.content)) as file:
        with pytest.raises(RuntimeError):
            file.read(file.namelist()[0])
        file.setpassword(given["passphrase"].encode())
        assert file.read(file.namelist()[0])
    assert Event.objects.filter(verb="comparison.downloaded").count() == before + 1


def test_a_list_is_served_on_paper(send, police, insurance_handler, insurance_registrar, sender, now):
    thing = make_comparison(police, by=insurance_handler, at=now, status="sent")
    type(police).objects.filter(pk=police.pk).update(has_account=False)
    assert list(send(insurance_registrar, "comparison-receive", thing).json()) == ["delivered_on"]
    served = send(insurance_registrar, "comparison-receive", thing, delivered_on=local_date(now), upload=pdf())
    assert served.json()["status"] == "received"


def test_a_result_on_paper(send, police, police_registrar, insurance_handler, insurance_registrar, sender, now):
    thing = make_comparison(police, by=insurance_handler, at=now, status="received")
    type(police).objects.filter(pk=police.pk).update(has_account=False)
    assert list(send(insurance_registrar, "comparison-record-result", thing, scan=pdf()).json()) == ["received_on"]
    given = {"note": "无", "scan": pdf(), "received_on": local_date(now)}
    done = send(insurance_registrar, "comparison-record-result", thing, **given)
    assert (done.json()["status"], Comparison.objects.get().hits) == ("answered", 0)


# --- suspected crime -----------------------------------------------------------------------------------------------------
def test_a_crime_is_proposed_and_a_duty_noted(
    send, case, sender, police, insurance_handler, insurance_registrar, insurance_deputy_head, now
):
    person, crime = case.subjects.first(), CrimeThreshold.objects.first()
    given = {
        "case": case.pk,
        "threshold": crime.pk,
        "found_on": local_date(now),
        "facts": "虚构住院。",
        "persons": [person.pk],
    }
    assert send(insurance_registrar, "criminaltransfer-list", **given).status_code == 403
    for wrong, field in (
        ({"threshold": 0}, "threshold"),
        ({"persons": [0]}, "persons"),
        ({"threshold": None}, "crime"),
    ):
        assert list(send(insurance_handler, "criminaltransfer-list", **(given | wrong)).json()) == [field]
    made = send(insurance_handler, "criminaltransfer-list", **given)
    assert (made.status_code, made.json()["crime"], made.json()["steps"][0]["kind"]) == (
        201,
        crime.crime,
        "proposed",
    )
    transfer = CriminalTransfer.objects.get()
    noted = send(
        insurance_deputy_head,
        "criminaltransfer-duty",
        transfer,
        number="青医保函〔2026〕5号",
        sent_on=local_date(now),
    )
    assert noted.json()["steps"][-1]["kind"] == "duty"


def test_what_comes_on_paper_goes_in_with_its_scan(
    send,
    case,
    sender,
    police,
    insurance_handler,
    insurance_handler_2,
    insurance_head,
    insurance_registrar,
    now,
):
    type(police).objects.filter(pk=police.pk).update(has_account=False)
    past = now - dt.timedelta(hours=2)
    transfer = make_transfer(case, by=insurance_handler, at=past, status="sent")
    paper = {
        "number": "青公接字1号",
        "happened_at": (past + dt.timedelta(minutes=30)).isoformat(),
        "signed_name": "秦卫东",
    }
    missing = send(insurance_registrar, "criminaltransfer-sign", transfer, **paper)
    assert missing.json() == {"upload": ["该字段是必填项。"]}
    assert (
        send(insurance_registrar, "criminaltransfer-sign", transfer).status_code == 409
    )  # nobody else's to sign
    signed = send(insurance_registrar, "criminaltransfer-sign", transfer, **paper, upload=scan())
    assert signed.json()["status"] == "received"
    refused = {
        "number": "2号",
        "happened_at": (past + dt.timedelta(minutes=40)).isoformat(),
        "filed": False,
        "reason": "轻微",
    }
    assert (
        send(insurance_registrar, "criminaltransfer-filing", transfer, **refused, upload=scan()).json()[
            "status"
        ]
        == "refused"
    )


def test_what_came_of_the_supervision(send, crime, insurance_registrar, now):
    transfer = crime("supervising")
    given = {"filed": True, "reason": "应当立案"}
    assert list(send(insurance_registrar, "criminaltransfer-supervised", transfer, **given).json()) == [
        "upload"
    ]
    paper = {"number": "青检1号", "happened_at": timezone.now().isoformat(), "upload": scan()}
    assert (
        send(insurance_registrar, "criminaltransfer-supervised", transfer, **given, **paper).json()["status"]
        == "filed"
    )


def test_the_amounts_of_prosecution(send, office_coordinator, insurance_handler):
    row = CrimeThreshold.objects.get()
    given = {
        "crime": row.crime, "article": "刑法第二百六十六条", "large_from": "5000", "large_to": "5000", "huge_from": "50000",
        "huge_to": "50000", "enormous_from": "500000", "basis": "本省规定",
    }  # fmt: skip
    assert send(insurance_handler, "crimethreshold-edit", row, **given).status_code == 403
    assert (
        send(office_coordinator, "crimethreshold-edit", row, **(given | {"large_to": "60000"})).status_code
        == 400
    )
    assert send(office_coordinator, "crimethreshold-edit", row, **given).json()["basis"] == "本省规定"
    assert list(send(office_coordinator, "crimethreshold-list", **given).json()) == ["crime"]
    assert (
        send(office_coordinator, "crimethreshold-list", **(given | {"crime": "职务侵占罪"})).status_code
        == 201
    )
    assert len(get(insurance_handler, "crimethreshold-list")) == 2
