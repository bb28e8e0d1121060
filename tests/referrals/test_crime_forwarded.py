"""A suspected crime that was forwarded: the body that holds the file now owes, decides, returns and is pressed."""

import datetime as dt
import re

import pytest
from django.core.files.storage import default_storage
from django.db import transaction as database
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Custody
from core.dates import local_date
from core.refusals import BadInput, WrongState
from deadlines.models import Deadline
from departments.actions.structure import create_department
from departments.enums import Function, Role
from departments.models import Department, Post, User
from journal.models import Event, Notification
from referrals import crime_panels, crime_reading, receiving_rules, rules, workbench_office
from referrals.actions.crime_common import WrongSide
from referrals.actions.crime_drafts import draft_filing, draft_forward, draft_incomplete, draft_reconsider
from referrals.actions.crime_forwarding import forward_file
from referrals.actions.crime_handover import record_receipt, sign_receipt
from referrals.actions.crime_police import decide_filing
from referrals.actions.follow_ups import draft_supervision, edit_follow_up, send_follow_up
from referrals.actions.reminders import chase_referral
from referrals.crime_rules import CAN
from referrals.models import CrimeStep, CriminalTransfer, FollowUp, Referral
from referrals.refusals import HashMismatch
from tests.factories.crime import bring_transfer, correct, elsewhere, on_paper, serve_request
from tests.factories.follow_ups import bring_follow_up, decide_here, supervise
from tests.factories.referrals import acting

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def now():
    """Pages and pressing ask the clock on the wall."""
    return timezone.now()


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


@pytest.fixture
def forwarded(crime, now):
    """`forwarded(has_account=True)`: a file that 县公安局 passed on to 云溪县公安局."""

    def made(status="forwarded", *, has_account=False):
        transfer = crime("received")
        elsewhere(transfer, has_account=has_account)
        return bring_transfer(transfer, "forwarded", at=now) if status == "forwarded" else transfer

    return made


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def clocks(transfer):
    """code → (state, who owes), the last of each."""
    found = Deadline.objects.filter(case_id=transfer.case_id).select_related("department").order_by("pk")
    return {row.rule_code: (row.status, str(row.department)) for row in found}


def sign(transfer, at):
    """The receipt of whoever holds the file."""
    if transfer.on_paper:
        by = acting(transfer.department, Role.REGISTRAR)
        return record_receipt(transfer=transfer, paper=on_paper(at), by=by, at=at)
    return sign_receipt(transfer=transfer, by=acting(transfer.police, Role.REGISTRAR), at=at)


def custody(transfer):
    """(kind, department, to) of the first file, oldest first."""
    rows = Custody.objects.filter(
        evidence=transfer.attachments.exclude(evidence=None).first().evidence
    ).order_by("pk")
    return [(row.kind, str(row.department), str(row.to_department or "")) for row in rows]


# --- clocks, custody, access ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("has_account", [True, False], ids=["with account", "on paper"])
def test_what_the_forwarder_owed_ends_and_the_next_body_owes_from_its_own_receipt(
    has_account, forwarded, police, now
):
    transfer = forwarded(has_account=has_account)
    first, second = Referral.objects.order_by("pk")
    found = clocks(transfer)
    assert (found["police_decision"], found["police_forward"]) == (
        ("cancelled", "县公安局"),
        ("met", "县公安局"),
    )
    assert not Deadline.objects.open().filter(department=police).exists()
    assert found["transfer_sign"] == ("running", "云溪公安局")
    assert (first.status, first.receiver, first.forwarded_at) == ("forwarded", police, now)
    assert (second.status, str(second.receiver), second.sender) == ("sent", "云溪公安局", transfer.department)
    assert (transfer.referral, str(transfer.police), second.number) == (second, "云溪公安局", first.number)
    assert custody(transfer)[-1] == ("handed_over", "县公安局", "云溪公安局")
    sign(transfer, now + 2 * HOUR)
    transfer = again(transfer)
    decision = Deadline.objects.open().get(rule_code="police_decision")
    assert (transfer.status, decision.started_at, str(decision.department)) == (
        "received", now + 2 * HOUR, "云溪公安局",
    )  # fmt: skip
    assert clocks(transfer)["transfer_sign"][0] == "met"
    assert custody(transfer)[-1] == ("received", "云溪公安局", "")
    assert again(second).status == "received"


@pytest.mark.parametrize("has_account", [True, False], ids=["with account", "on paper"])
def test_completion_refusal_return_and_reconsideration_are_of_the_body_that_holds_it(
    has_account, forwarded, insurance_handler, insurance_registrar, now
):
    transfer = again(sign(forwarded(has_account=has_account), now))
    bring_transfer(transfer, "incomplete", at=now)
    found = clocks(transfer)
    assert (found["police_notice"], found["criminal_correction"]) == (
        ("met", "云溪公安局"),
        ("running", "县医保局"),
    )
    piece = transfer.case.evidence.order_by("-pk").first()
    correct(transfer, at=now, files=[piece])
    assert Custody.objects.filter(evidence=piece).latest("pk").to_department == transfer.police
    bring_transfer(transfer, "refused", at=now)
    assert custody(transfer)[-1] == ("handed_over", "云溪公安局", "县医保局")
    assert clocks(transfer)["police_decision"] == ("met", "云溪公安局")
    letter = bring_follow_up(
        draft_reconsider(transfer=transfer, reason="应立案", by=insurance_handler, at=now), "sent", at=now
    )
    assert letter.document.context["recipients"] == ["云溪县公安局"]
    assert letter.served_on_paper == (not has_account)
    assert FollowUp.objects.unproved().filter(pk=letter.pk).exists() == (not has_account)
    assert rules.can_prove_service(insurance_registrar, letter) == (not has_account)
    if has_account:
        assert clocks(transfer)["police_reply"] == ("running", "云溪公安局")


def test_what_was_completed_at_the_first_body_goes_along_and_is_verified(crime, now):
    transfer = crime("incomplete")
    piece = transfer.case.evidence.order_by("-pk").first()
    correct(transfer, at=now, files=[piece])
    elsewhere(transfer, has_account=True)
    bring_transfer(again(transfer), "forwarded", at=now)
    transfer = again(transfer)
    assert str(Custody.objects.filter(evidence=piece).latest("pk").to_department) == "云溪公安局"
    sign(again(transfer), now)
    last = Custody.objects.filter(evidence=piece).latest("pk")
    assert (last.kind, str(last.department)) == ("received", "云溪公安局")
    bring_transfer(again(transfer), "incomplete", at=now)  # the next body names anew what it misses, once
    correct(again(transfer), at=now, files=[transfer.case.evidence.order_by("pk")[1]])
    with pytest.raises(BadInput, match="一次告知"), database.atomic():
        draft_incomplete(
            transfer=again(transfer), missing="又缺", by=acting(transfer.police, Role.SECTION_HEAD), at=now
        )


def test_a_file_completed_at_the_first_body_that_is_broken_is_not_signed_for(crime, now):
    transfer = crime("incomplete")
    piece = transfer.case.evidence.order_by("-pk").first()
    correct(transfer, at=now, files=[piece])
    elsewhere(transfer, has_account=True)
    bring_transfer(again(transfer), "forwarded", at=now)
    default_storage.delete(piece.file.name)
    with pytest.raises(HashMismatch) as refusal, database.atomic():
        sign(again(transfer), now)
    assert (refusal.value.evidence, again(transfer).status) == ([piece], "forwarded")


def test_access_follows_the_file_and_the_forwarder_keeps_its_letter(
    forwarded, police_section_head, police_registrar, seat, now
):
    transfer = forwarded(has_account=True)
    there = acting(transfer.police, Role.SECTION_HEAD)
    readable = Case.objects.readable_by(there)
    assert readable.filter(pk=transfer.case_id).exists()
    assert not Case.objects.readable_by(police_section_head).filter(pk=transfer.case_id).exists()
    page = seat(there).get(transfer.get_absolute_url())
    owed = Deadline.objects.open().get(rule_code="transfer_sign")
    assert page.status_code == 200 and f"<b>{owed.name}</b>" in page.content.decode()
    sign(transfer, now)
    decide_here(transfer=again(transfer), filed=False, reason="秘密的理由", by=there, at=now)
    first = Referral.objects.earliest("pk")
    assert list(Referral.objects.readable_by(police_section_head)) == [first]
    page = seat(police_section_head).get(first.get_absolute_url(), follow=True)
    text = page.content.decode()
    assert page.status_code == 200 and "云溪县公安局" in text
    assert "秘密的理由" not in text  # what the next body says is not for who had it before
    assert "/evidence/" not in text  # nor are the files of a case that is closed to it now
    links = re.findall(r'href="(/documents/[^"]+)"', text)
    assert links and {seat(police_section_head).get(link).status_code for link in links} == {200}
    kinds = set(CrimeStep.objects.visible_to(police_section_head).values_list("kind", flat=True))
    assert "forwarded" in kinds and "refused" not in kinds
    assert "refused" in set(CrimeStep.objects.visible_to(there).values_list("kind", flat=True))
    notice = FollowUp.objects.get(kind="forward")
    assert seat(police_registrar).get(notice.get_absolute_url()).status_code == 200


# --- who may do what -----------------------------------------------------------------------------------------------
# state → step → who: `sender` side, `first` police, `next` body; everything else is refused
OFFICERS = {"officer", "section_head", "deputy_head", "head"}
LEADERS = {"section_head", "deputy_head", "head"}
AFTER = {
    "forwarded": {"sign": ("next", {"registrar"})},
    "received": dict.fromkeys(("incomplete", "forward", "filing"), ("next", LEADERS)),
    "incomplete": {"complete": ("sender", OFFICERS), "filing": ("next", LEADERS)},
    "refused": {
        "reconsider": ("sender", OFFICERS), "supervise": ("sender", OFFICERS), "resume": ("sender", {"deputy_head", "head"}),
    },
    "reconsidering": {"reconsidered": ("next", LEADERS)},
    "upheld": {"supervise": ("sender", OFFICERS), "resume": ("sender", {"deputy_head", "head"})},
    "filed": {"property": ("sender", OFFICERS), "revoke": ("next", LEADERS)},
}  # fmt: skip
ALWAYS = ("copy", "duty")  # the sender's own, at any time: test_crime_states


@pytest.mark.parametrize("has_account", [True, False], ids=["with account", "on paper"])
@pytest.mark.parametrize("last", ["upheld", "filed"])
def test_after_forwarding_only_the_holder_and_the_sender_act_each_in_its_states(
    last, has_account, forwarded, insurance, insurance_handler, police, now
):
    transfer, wrong = forwarded(has_account=has_account), []
    way = ("forwarded", "received", "incomplete", "refused", "reconsidering", "upheld")
    for state in way if last == "upheld" else ("forwarded", "received", "filed"):
        if state == "received":
            sign(transfer, now)
        elif state == "refused":
            correct(transfer, at=now, files=[transfer.case.evidence.order_by("-pk").first()])
            bring_transfer(again(transfer), "refused", at=now)
        elif state != "forwarded":
            bring_transfer(again(transfer), state, at=now)
        if state == "reconsidering" and not has_account:
            serve_request(again(transfer), at=now)  # an answer on paper is entered once the request was served
        transfer = CriminalTransfer.objects.for_list().get(pk=transfer.pk)
        assert transfer.status == state
        sides = {"sender": insurance, "first": police, "next": transfer.police}
        for name, department in sides.items():
            for user in User.objects.acting_for(department):
                for step in set(CAN) - set(ALWAYS):
                    side, posts = AFTER[state].get(step, ("", set()))
                    if side == "next" and not has_account:  # the sender's registrar enters its paper
                        side, posts = "sender", {"registrar"}
                    post = Post.objects.get(user=user).role
                    officer = "officer" in posts and transfer.officers.filter(user=user).exists()
                    expected = side == name and (post in posts or officer)
                    if CAN[step](user, transfer) != expected:
                        wrong.append((state, step, name, post, expected))
            for user in User.objects.acting_for(department):  # what is counted is what the rules say waits
                fresh = CriminalTransfer.objects.for_list().get(pk=transfer.pk)
                counted = crime_panels.waiting(user).filter(pk=transfer.pk).exists()
                if counted != (crime_reading.owed(user, fresh) is not None):
                    wrong.append((state, "owed", name, user.name, counted))
    assert not wrong


def test_the_first_police_decide_no_more(
    forwarded, police_section_head, police_registrar, insurance_registrar, now
):
    transfer = forwarded(has_account=True)
    with pytest.raises(WrongSide), database.atomic():
        sign_receipt(transfer=transfer, by=police_registrar, at=now)
    with pytest.raises(WrongState, match="自行签收"), database.atomic():
        record_receipt(
            transfer=transfer, paper=on_paper(now), by=acting(transfer.police, Role.REGISTRAR), at=now
        )
    sign(transfer, now)
    for by in (police_section_head, insurance_registrar):
        with pytest.raises(WrongSide), database.atomic():
            draft_filing(transfer=again(transfer), filed=True, reason="立案", by=by, at=now)
        with pytest.raises(WrongSide), database.atomic():
            decide_filing(
                transfer=again(transfer), filed=True, reason="立案", paper=on_paper(now), by=by, at=now
            )


# --- to whom -------------------------------------------------------------------------------------------------------
def test_the_body_is_one_of_the_directory_that_has_not_had_the_file(
    forwarded, insurance, police, procuratorate, health, other_police, police_section_head, now
):
    transfer = forwarded("received")
    given = {"transfer": transfer, "reason": "管辖", "by": police_section_head, "at": now}
    for to, said in (
        ("", "理由|原因"), ("某市某局", "先"), (police.name, "其他"), (insurance.short_name, "其他"),
        (procuratorate.name, "其他"), (health.name, "其他"),
    ):  # fmt: skip
        with pytest.raises(BadInput, match=said) as refusal, database.atomic():
            draft_forward(to=to, **given)
        assert refusal.value.field == "to", to
    twin = create_department(
        region=police.region, function=Function.OTHER, name="某局", short_name="云溪公安局", mark="某",
        has_account=False, by=None, at=now,
    )  # fmt: skip
    with pytest.raises(BadInput, match="全称"), database.atomic():
        draft_forward(to="云溪公安局", **given)
    Department.objects.filter(pk=twin.pk).update(active=False)
    letter = draft_forward(to="云溪公安局", **given)
    assert letter.to == "云溪县公安局"
    with pytest.raises(BadInput), database.atomic():
        edit_follow_up(letter=letter, version=1, text="管辖", to="某市某局", by=police_section_head, at=now)


def test_a_file_does_not_go_back_to_who_forwarded_it(forwarded, police, now):
    transfer = again(sign(forwarded(has_account=True), now))
    by = acting(transfer.police, Role.SECTION_HEAD)
    with pytest.raises(BadInput, match="其他"), database.atomic():
        draft_forward(transfer=transfer, to=police.name, reason="管辖", by=by, at=now)


def test_the_page_offers_the_bodies_of_the_directory(forwarded, seat, police, police_section_head):
    transfer = forwarded("received")
    page = seat(police_section_head).get(reverse("referrals:crime_forward", args=[transfer.pk]))
    names = [str(label) for value, label in page.context["form"].fields["to"].choices if value]
    assert names == ["云溪县公安局"]


# --- letters and pressing ----------------------------------------------------------------------------------------------
def test_letters_under_way_at_the_forwarder_are_given_up_and_a_stale_one_is_refused(
    crime, other_police, police_section_head, police_registrar, office_coordinator, office_head, now
):
    transfer = crime("received")
    Deadline.objects.open().filter(rule_code="police_decision").update(
        due_at=timezone.now() - DAY, due_on=timezone.localdate() - DAY
    )
    reply_on = timezone.localdate() + 3 * DAY
    press = draft_supervision(
        referral=transfer.referral, demand="说明", reply_on=reply_on, by=office_coordinator, at=now
    )
    letter = draft_forward(
        transfer=transfer, to=other_police.name, reason="管辖", by=police_section_head, at=now
    )
    letter = bring_follow_up(letter, "sent", at=now)
    assert (again(press).status, bool(again(press).sent_back_reason)) == ("discarded", True)
    FollowUp.objects.filter(pk=letter.pk).update(status="approved", sent_at=None, sent_by=None, document=None)
    with pytest.raises(WrongState, match="云溪公安局"), database.atomic():
        send_follow_up(letter=again(letter), by=police_registrar, at=now)


@pytest.mark.parametrize("has_account", [True, False], ids=["with account", "on paper"])
def test_the_office_presses_and_the_sender_chases_the_holder(
    has_account, forwarded, police, police_section_head, office_coordinator, office_head, insurance_handler,
    insurance_registrar, now,
):  # fmt: skip
    transfer = again(sign(forwarded(has_account=has_account), now))
    first, second = Referral.objects.order_by("pk")
    assert not rules.can_chase(insurance_handler, first)
    with pytest.raises(WrongState), database.atomic():
        chase_referral(referral=first, by=insurance_handler, at=now)
    assert rules.can_chase(insurance_handler, second)
    chase_referral(referral=second, by=insurance_handler, at=now)
    assert str(Event.objects.filter(verb="referral.chased").latest("pk").params["receiver"]) == "云溪公安局"
    Deadline.objects.open().filter(rule_code="police_decision").update(
        due_at=timezone.now() - 2 * DAY, due_on=timezone.localdate() - 2 * DAY
    )
    assert list(workbench_office.todo_count(office_coordinator)) == [second]
    assert not receiving_rules.can_supervise(office_coordinator, first)
    reply_on = timezone.localdate() + 3 * DAY
    supervision = supervise(referral=second, demand="说明", reply_on=reply_on, by=office_coordinator, at=now)
    assert clocks(transfer)["supervision"] == ("running", "云溪公安局")
    second = again(second)
    there = acting(transfer.police, Role.SECTION_HEAD)
    speaks = there if has_account else insurance_registrar
    assert receiving_rules.can_reply_to_supervision(speaks, second)
    assert not receiving_rules.can_reply_to_supervision(police_section_head, second)
    assert supervision.referral == second


def test_those_whose_turn_it_is_are_told(forwarded, now):
    transfer = forwarded(has_account=True)
    told = Notification.objects.filter(
        verb="crime.waits", target_id=transfer.pk, department_id=transfer.police_id
    )
    assert set(told.values_list("recipient__name", flat=True)) == {"于静"}
    event = Event.objects.filter(verb="crime.forwarded").latest("pk")
    assert event.params["police"] == "县公安局"
    assert local_date(transfer.steps.get(kind="forwarded").happened_at) == local_date(now)


def test_a_file_is_forwarded_on_paper_twice(crime_on_paper, other_police, insurance_registrar, city, now):
    transfer = bring_transfer(crime_on_paper("received"), "forwarded", at=now)
    sign(transfer, now + HOUR)
    third = create_department(
        region=city, function=Function.POLICE, name="沧澜市公安局", short_name="市公安局", mark="沧公",
        has_account=False, by=None, at=now,
    )  # fmt: skip
    paper = on_paper(now + 2 * HOUR, number="云公转〔2026〕2号")
    transfer = again(transfer)
    forward_file(
        transfer=transfer,
        to=third.name,
        reason="管辖",
        paper=paper,
        by=insurance_registrar,
        at=now + 3 * HOUR,
    )
    assert [str(each.receiver) for each in Referral.objects.order_by("pk")] == [
        "县公安局",
        "云溪公安局",
        "市公安局",
    ]
    assert clocks(transfer)["transfer_sign"] == ("running", "市公安局")
    assert (
        Deadline.objects.get(rule_code="police_forward", department=other_police).ended_at == now + 2 * HOUR
    )
    assert custody(transfer)[-1] == ("handed_over", "云溪公安局", "市公安局")
    assert Referral.objects.first().crime == transfer  # every letter knows its file


def test_who_has_no_post_any_more_sees_no_step(forwarded, police_section_head):
    forwarded()
    assert CrimeStep.objects.visible_to(police_section_head).exists()
    police_section_head.posts.all().delete()
    assert not CrimeStep.objects.visible_to(User.objects.get(pk=police_section_head.pk)).exists()
