"""督办 reaches what was handed over as a suspected crime: the police are late, account for it, and the file goes on."""

import datetime as dt

import pytest
from django.db import transaction as database
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.forms import new_form_key
from core.refusals import WrongState
from deadlines.models import Deadline
from referrals import crime_panels, crime_reading, rules, workbench_office
from referrals.actions.crime_police import decide_filing
from referrals.actions.crime_remedies import hand_over_property
from referrals.actions.follow_ups import draft_supervision
from referrals.actions.reminders import chase_referral
from referrals.batches import chase_many
from referrals.models import CriminalTransfer, Supervision
from referrals.receiving_rules import can_supervise
from tests.factories.crime import bring_transfer, on_paper
from tests.factories.follow_ups import decide_here, supervise

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    """What is late is asked of the clock on the wall."""
    return timezone.now()


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


def make_late(transfer, code="police_decision"):
    Deadline.objects.open().of("crime", transfer.pk).filter(rule_code=code).update(
        due_at=timezone.now() - 2 * DAY, due_on=timezone.localdate() - 2 * DAY
    )
    return transfer


def owed(user):
    """What waits for this person by the rule, and by the statement that counts it."""
    file = CriminalTransfer.objects.for_list().get()
    offer = crime_reading.owed(user, file)
    assert (offer is not None) == crime_panels.waiting(user).exists(), user.name
    return offer and offer.code


def test_police_who_are_late_are_pressed_and_account_for_it(
    crime, office_coordinator, office_head, police_section_head, police_registrar, insurance_handler,
    insurance_registrar, seat, now,
):  # fmt: skip
    transfer = crime("received")
    demand = {
        "demand": "说明",
        "reply_on": timezone.localdate() + 3 * DAY,
        "by": office_coordinator,
        "at": now,
    }
    assert not workbench_office.todo_count(office_coordinator).exists()
    assert not can_supervise(office_coordinator, transfer.referral)
    with pytest.raises(WrongState, match="未超期"), database.atomic():
        draft_supervision(referral=transfer.referral, **demand)
    make_late(transfer)
    [row] = workbench_office.todo_rows(office_coordinator, 9)
    assert (row.lamp, row.source) == ("r", "县公安局")
    office = seat(office_coordinator)
    assert "督办" in office.get(transfer.referral.get_absolute_url()).content.decode()
    assert (
        office.get(transfer.get_absolute_url()).status_code == 404
    )  # the office reads the letter, never the file
    assert office.get(row.action_url).status_code == 200
    supervise(referral=transfer.referral, **demand)
    document = Supervision.objects.get().document
    assert "公安机关审查决定" in str(document.context) and "诈骗" not in str(document.context)
    assert list(workbench_office.todo_count(office_coordinator)) == []
    assert owed(police_section_head) == "reply_supervision"
    assert owed(insurance_registrar) == "copy"  # not theirs: the police work here
    assert owed(insurance_handler) is None
    page = seat(police_section_head).get(transfer.get_absolute_url()).content.decode()
    url = reverse("referrals:referral_reply_supervision", args=[transfer.referral_id])
    assert url in page
    seat(police_section_head).post(
        url, {"form_key": new_form_key(), "seen": "received", "text": "案情复杂，三日内办结"}
    )
    assert Supervision.objects.get().status == "replied"
    assert owed(police_section_head) == "filing"


def test_the_registrar_enters_what_police_on_paper_reply_and_the_end_of_the_file_ends_it(
    crime_on_paper, office_coordinator, office_head, insurance_registrar, insurance_handler, now, seat
):
    transfer = make_late(crime_on_paper("received"))
    reply_on = timezone.localdate() + 3 * DAY
    supervise(referral=transfer.referral, demand="说明", reply_on=reply_on, by=office_coordinator, at=now)
    assert owed(insurance_registrar) == "reply_supervision"
    decide_filing(
        transfer=transfer, filed=True, reason="立案", paper=on_paper(now), by=insurance_registrar, at=now
    )
    hand_over_property(transfer=transfer, taken_by="秦卫东", by=insurance_handler, at=now)
    assert Supervision.objects.get().status == "lapsed"
    assert owed(insurance_registrar) == "copy"


@pytest.mark.parametrize(
    ("status", "owes"),
    [("incomplete", "县医保局"), ("refused", "县医保局"), ("filed", "县医保局"), ("supervising", "县检察院")],
)
def test_the_police_are_neither_chased_nor_pressed_while_somebody_else_owes(
    status, owes, crime, office_coordinator, insurance_handler, seat, now
):
    transfer = crime(status)
    code = "police_decision" if status == "incomplete" else "supervision"
    Deadline.objects.of("crime", transfer.pk).filter(rule_code=code).update(
        due_at=timezone.now() - 2 * DAY, due_on=timezone.localdate() - 2 * DAY
    )
    letter = transfer.referral
    assert not can_supervise(office_coordinator, letter) and not rules.can_chase(insurance_handler, letter)
    assert list(workbench_office.todo_count(office_coordinator)) == []
    with pytest.raises(WrongState, match=f"应由{owes}"), database.atomic():
        chase_referral(referral=letter, by=insurance_handler, at=now)
    demand = {"demand": "说明", "reply_on": timezone.localdate() + 3 * DAY, "by": office_coordinator, "at": now}
    with pytest.raises(WrongState, match=f"应由{owes}"), database.atomic():
        draft_supervision(referral=letter, **demand)
    [line] = chase_many([letter.pk], by=insurance_handler, at=now)
    assert not line.done and f"应由{owes}" in line.sentence
    answer = seat(insurance_handler).post(
        f"/api/v1/referrals/{letter.pk}/chase/", {}, content_type="application/json",
        headers={"If-Match": f'"{letter.version}"'},
    )  # fmt: skip
    assert answer.status_code == 409 and f"应由{owes}" in answer.content.decode()
    assert not letter.chases.exists()


def test_the_police_are_chased_while_they_owe(crime, insurance_handler, now):
    for status in ("sent", "received"):
        letter = bring_transfer(crime() if status == "sent" else CriminalTransfer.objects.get(), status, at=now).referral
        assert rules.can_chase(insurance_handler, letter)
    chase_referral(referral=letter, by=insurance_handler, at=now)
    assert letter.chases.count() == 1


def test_a_late_answer_to_reconsideration_is_pressed_too(crime, office_coordinator, now):
    transfer = make_late(crime("reconsidering"), "police_reply")
    assert can_supervise(office_coordinator, transfer.referral)


def test_what_the_sender_is_late_with_is_not_the_receivers(
    crime, office_coordinator, police_section_head, now
):
    transfer = crime("received")
    decide_here(transfer=transfer, filed=True, reason="立案", by=police_section_head, at=now)
    make_late(transfer, "property_handover")
    assert not can_supervise(office_coordinator, transfer.referral)
    assert list(workbench_office.todo_count(office_coordinator)) == []
