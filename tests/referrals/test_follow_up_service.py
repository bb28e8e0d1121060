"""送达回证 of letters about a letter to a body without an account: what runs from receipt waits for it."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction as database
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.dates import local_date, start_of
from core.forms import new_form_key
from core.refusals import AlreadyDone, BadInput, WrongState
from deadlines.models import Deadline
from departments.models import Department
from journal.models import Event
from referrals import rules, workbench
from referrals.actions.crime_drafts import draft_reconsider, draft_supervise
from referrals.actions.crime_remedies import answer_reconsideration
from referrals.actions.follow_ups import draft_supervision
from referrals.actions.serving import prove_service
from referrals.crime_rules import CAN
from referrals.models import CriminalTransfer, FollowUp, FollowUpDelivery
from tests.factories.crime import on_paper, scan
from tests.factories.follow_ups import bring_follow_up

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    """Two days before the clock on the wall: pages ask that one."""
    return timezone.now() - 2 * DAY


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


@pytest.fixture
def request_letter(crime_on_paper, insurance_handler, now):
    """提请复议书 to police without an account, sent."""
    transfer = crime_on_paper("refused")
    letter = draft_reconsider(transfer=transfer, reason="应立案", by=insurance_handler, at=now)
    return bring_follow_up(letter, "sent", at=now)


def proof(**more):
    return {"received_by_name": "秦卫东", "method": "专人送达", "upload": scan("回证.pdf")} | more


def test_the_answer_to_a_request_on_paper_is_owed_from_its_service(request_letter, insurance_registrar, now):
    reply = Deadline.objects.filter(rule_code="police_reply")
    assert not reply.exists()
    served = local_date(now) + DAY
    given = {
        "letter": request_letter,
        "by": insurance_registrar,
        "at": now + 2 * DAY,
        **proof(delivered_on=served),
    }
    for wrong, field in (
        ({"delivered_on": local_date(now) - DAY}, "delivered_on"), ({"delivered_on": served + 9 * DAY}, "delivered_on"),
        ({"received_by_name": " "}, "received_by_name"), ({"method": " "}, "method"),
        ({"upload": SimpleUploadedFile("x.exe", b"MZ")}, "upload"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refusal, database.atomic():
            prove_service(**given | wrong)
        assert refusal.value.field == field
    prove_service(**given | {"upload": scan("回证.pdf")})
    assert reply.get().started_at == start_of(served) + dt.timedelta(
        hours=12
    )  # not from sending, nor from the entry
    assert reply.get().department == request_letter.referral.receiver
    assert Event.objects.get(verb="follow_up.delivered").params["number"] == request_letter.document.number
    with pytest.raises(AlreadyDone, match="已录入"), database.atomic():
        prove_service(**given | {"upload": scan("回证.pdf")})
    assert reply.count() == 1


@pytest.mark.parametrize("filed", [True, False])
def test_a_request_is_served_and_answered_on_the_same_morning(
    filed, crime_on_paper, insurance_handler, insurance_registrar
):
    """Service counts from noon of its day; the police may have answered before."""
    morning = start_of(timezone.localdate() - 4 * DAY) + dt.timedelta(hours=8)
    transfer = crime_on_paper("refused", at=morning)
    letter = draft_reconsider(transfer=transfer, reason="应立案", by=insurance_handler, at=morning)
    letter = bring_follow_up(letter, "sent", at=morning)
    entered = morning + 2 * DAY
    served = proof(delivered_on=local_date(morning))
    prove_service(letter=letter, by=insurance_registrar, at=entered, **served)
    answer = {"transfer": letter.referral.crime, "filed": filed, "reason": "经审查"}
    paper = on_paper(morning + dt.timedelta(hours=2))
    answer_reconsideration(**answer, paper=paper, by=insurance_registrar, at=entered)
    reply = Deadline.objects.get(rule_code="police_reply")
    assert (reply.status, reply.late, reply.ended_at) == ("met", False, morning + dt.timedelta(hours=4))
    assert letter.referral.crime.status == ("filed" if filed else "upheld")


def test_no_answer_is_entered_to_a_request_whose_service_nothing_proves(request_letter, insurance_registrar, now):
    transfer = CriminalTransfer.objects.for_list().get(pk=request_letter.referral.crime.pk)
    answer = {"transfer": transfer, "filed": True, "reason": "立案", "by": insurance_registrar, "at": now + 2 * DAY}
    assert not CAN["reconsidered"](insurance_registrar, transfer)
    with pytest.raises(WrongState, match="请先登记提请复议书的送达回证"), database.atomic():
        answer_reconsideration(paper=on_paper(now + DAY), **answer)
    served = proof(delivered_on=local_date(now) + 2 * DAY)
    prove_service(letter=FollowUp.objects.get(), by=insurance_registrar, at=now + 2 * DAY, **served)
    transfer = CriminalTransfer.objects.for_list().get(pk=transfer.pk)
    assert CAN["reconsidered"](insurance_registrar, transfer)
    with pytest.raises(BadInput) as refused, database.atomic():  # before it reached them
        answer_reconsideration(paper=on_paper(now + DAY), **answer | {"transfer": transfer})
    assert refused.value.field == "happened_at"
    answer_reconsideration(paper=on_paper(now + 2 * DAY), **answer | {"transfer": transfer})
    assert transfer.status == "filed"


def test_a_proof_that_comes_after_the_answer_starts_nothing(request_letter, insurance_registrar, now):
    """As in files answered before the proof was asked for first."""
    CriminalTransfer.objects.filter(pk=request_letter.referral.crime.pk).update(status="upheld")
    prove_service(
        letter=FollowUp.objects.get(), by=insurance_registrar, at=now + 2 * DAY, **proof(delivered_on=local_date(now))
    )
    assert not Deadline.objects.filter(rule_code="police_reply").exists()


def test_what_is_received_here_is_not_served(crime, insurance_handler, insurance_registrar, now):
    letter = draft_reconsider(transfer=crime("refused"), reason="应立案", by=insurance_handler, at=now)
    given = {"letter": letter, "by": insurance_registrar, "at": now, **proof(delivered_on=local_date(now))}
    with pytest.raises(WrongState), database.atomic():
        prove_service(**given)
    bring_follow_up(letter, "sent", at=now)
    assert Deadline.objects.get(rule_code="police_reply").started_at == now
    assert not rules.can_prove_service(insurance_registrar, letter)
    assert not FollowUp.objects.unproved().exists()
    with pytest.raises(WrongState), database.atomic():
        prove_service(**given)


def test_the_registrar_proves_it_on_the_page_and_takes_a_copy(
    request_letter, seat, insurance_registrar, insurance_handler, health_handler
):
    letter, registrar = request_letter, seat(insurance_registrar)
    assert [row.action_label for row in workbench.todo_rows(insurance_registrar, 9)] == ["登记送达"]
    assert not any("登记送达" in row.action_label for row in workbench.todo_rows(insurance_handler, 9))
    page = registrar.get(letter.referral.criminal_transfer.get_absolute_url()).content.decode()
    assert "缺送达回证" in page
    url = reverse("referrals:follow_up_deliver", args=[letter.pk])
    assert seat(insurance_handler).get(url).status_code == 403
    given = {"form_key": new_form_key(), "seen": "sent", "received_by_name": "秦卫东", "method": "专人送达"}
    given["delivered_on"] = local_date(timezone.now()).isoformat()
    assert list(registrar.post(url, given).context["form"].errors) == ["upload"]
    assert registrar.post(url, given | {"upload": scan("回证.pdf")}).status_code == 302
    assert list(workbench.todo_rows(insurance_registrar, 9)) == []
    assert not rules.can_prove_service(insurance_registrar, FollowUp.objects.get())
    page = registrar.get(letter.get_absolute_url()).content.decode()
    assert "秦卫东" in page and "回证.pdf" in page
    address = reverse("referrals:follow_up_proof", args=[letter.pk])
    assert registrar.get(address).status_code == 405
    assert seat(health_handler).post(address).status_code == 404
    copy = seat(insurance_handler).post(address)
    assert (copy.status_code, Event.objects.filter(verb="follow_up.proof_downloaded").count()) == (200, 1)
    shown = seat(insurance_handler).get(f"/api/v1/follow-ups/{letter.pk}/").json()
    assert shown["delivery"]["received_by_name"] == "秦卫东"
    default_storage.delete(FollowUpDelivery.objects.get().file.name)
    assert seat(insurance_handler).post(address).status_code == 302
    assert Event.objects.filter(verb="follow_up.proof_downloaded").count() == 1


def test_a_letter_to_the_procuratorate_is_proved_by_the_api(
    crime, seat, insurance_handler, insurance_registrar, now
):
    letter = draft_supervise(transfer=crime("refused"), reason="应立案", by=insurance_handler, at=now)
    bring_follow_up(letter, "sent", at=now)
    url = f"/api/v1/follow-ups/{letter.pk}/deliver/"
    given = proof(delivered_on=local_date(now).isoformat())
    headers = {"If-Match": f'"{FollowUp.objects.get(pk=letter.pk).version}"'}
    assert seat(insurance_handler).get(f"/api/v1/follow-ups/{letter.pk}/").json()["delivery"] is None
    assert seat(insurance_handler).post(url, given, headers=headers).status_code == 403
    answer = seat(insurance_registrar).post(url, given | {"upload": scan("回证.pdf")}, headers=headers)
    assert (answer.status_code, answer.json()["delivery"]["method"]) == (200, "专人送达")


def test_the_office_proves_the_service_of_its_own_letter(
    letter, office_coordinator, office_head, insurance_registrar, now
):
    referral = letter("accepted")
    Deadline.objects.open().of("referral", referral.pk).update(
        due_at=now - 2 * DAY, due_on=local_date(now) - 2 * DAY
    )
    press = draft_supervision(
        referral=referral, demand="说明", reply_on=local_date(now) + 9 * DAY, by=office_coordinator, at=now
    )
    bring_follow_up(press, "sent", at=now)
    assert not rules.can_prove_service(office_coordinator, FollowUp.objects.for_list().get())
    Department.objects.filter(pk=referral.receiver_id).update(has_account=False)
    assert rules.can_prove_service(office_coordinator, FollowUp.objects.for_list().get())
    assert not rules.can_prove_service(insurance_registrar, FollowUp.objects.for_list().get())
    assert [row.action_label for row in workbench.todo_rows(office_coordinator, 9)] == ["登记送达"]
