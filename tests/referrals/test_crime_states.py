"""The state machine of a transfer of suspected crime: every allowed (post, side, state, action); all else is refused.

The table is written by hand from 国务院令第310号 and FACTS §4; the rules are compared with it for every post on
every side in every state. The actions are then asked the same of every state.
"""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction as database
from django.test import Client
from django.urls import reverse

from core.dates import local_date
from core.forms import new_form_key
from core.refusals import AlreadyDone, BadInput, Refused, WrongState
from deadlines.models import Deadline
from departments.actions.people import OFFICE_ROLES
from departments.enums import OUTSIDE_CASES, Role
from departments.models import Department
from journal.models import Event
from referrals import crime_panels, crime_reading
from referrals.actions.crime_common import WrongSide
from referrals.actions.crime_drafts import (
    draft_correction,
    draft_filing,
    draft_forward,
    draft_incomplete,
    draft_reconsider,
    draft_reconsidered,
    draft_revoke,
    draft_supervise,
)
from referrals.actions.crime_handover import hand_over, record_receipt, serve_copy, sign_receipt
from referrals.actions.crime_police import decide_filing
from referrals.actions.crime_proposal import assign_officers, discard_transfer
from referrals.actions.crime_remedies import (
    answer_supervision,
    hand_over_property,
    note_duty_crime,
    resume_administrative,
)
from referrals.actions.crime_report import decide_transfer, report_transfer
from referrals.actions.drafting import Line
from referrals.crime_enums import CRIME_MOVES, STEP_STATES, CrimeStatus
from referrals.crime_rules import CAN
from referrals.models import CriminalTransfer
from tests.cast import person
from tests.factories.crime import all_attachments, bring_transfer, make_transfer, on_paper, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


HANDLER, SECTION, DEPUTY, HEAD, REGISTRAR = (
    Role.HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.HEAD, Role.REGISTRAR,
)  # fmt: skip
LEADERS = {SECTION, DEPUTY, HEAD}
CHIEFS = {DEPUTY, HEAD}
OFFICER, PROPOSER, ON_THE_FILE = "officer", "proposer", "police handler on the file"
VERIFIED = LEADERS | {OFFICER, PROPOSER}  # the proposer is an officer here

# (state, action) → who of the sender, who of police working here, who where the body is on paper (sender's)
ALLOWED = {
    ("proposed", "assign"): (LEADERS, set(), LEADERS),
    ("proposed", "discard"): (LEADERS | {PROPOSER}, set(), LEADERS | {PROPOSER}),
    ("verifying", "assign"): (LEADERS, set(), LEADERS),
    ("verifying", "discard"): (LEADERS | {PROPOSER}, set(), LEADERS | {PROPOSER}),
    ("verifying", "report"): ({OFFICER, PROPOSER}, set(), {OFFICER, PROPOSER}),  # the proposer is an officer here
    ("reported", "decide"): ({HEAD}, set(), {HEAD}),
    ("approved", "hand_over"): ({REGISTRAR}, set(), {REGISTRAR}),
    ("sent", "sign"): (set(), {REGISTRAR}, {REGISTRAR}),
    ("received", "incomplete"): (set(), LEADERS | {ON_THE_FILE}, {REGISTRAR}),
    ("received", "forward"): (set(), LEADERS | {ON_THE_FILE}, {REGISTRAR}),
    ("received", "filing"): (set(), LEADERS | {ON_THE_FILE}, {REGISTRAR}),
    ("incomplete", "complete"): (LEADERS | {OFFICER, PROPOSER}, set(), LEADERS | {OFFICER, PROPOSER}),
    ("incomplete", "filing"): (set(), LEADERS | {ON_THE_FILE}, {REGISTRAR}),
    # forwarded: the body that holds it now signs for it, and everything begins anew there (test_crime_forwarded)
    ("forwarded", "sign"): (set(), {REGISTRAR}, {REGISTRAR}),
    # what is asked of the police again, or of the procuratorate, is drafted by who verified, and signed by another
    ("refused", "reconsider"): (VERIFIED, set(), VERIFIED),
    ("refused", "supervise"): (VERIFIED, set(), VERIFIED),
    ("refused", "resume"): (CHIEFS, set(), CHIEFS),
    ("reconsidering", "reconsidered"): (set(), LEADERS | {ON_THE_FILE}, {REGISTRAR}),
    ("upheld", "supervise"): (VERIFIED, set(), VERIFIED),
    ("upheld", "resume"): (CHIEFS, set(), CHIEFS),
    # the procuratorate is asked once (art. 9); what it did not order is handled administratively (art. 10)
    ("not_ordered", "resume"): (CHIEFS, set(), CHIEFS),
    # what was filed may be revoked by the police, also after the property came; then it is handled administratively
    ("filed", "revoke"): (set(), LEADERS | {ON_THE_FILE}, {REGISTRAR}),
    ("closed", "revoke"): (set(), LEADERS | {ON_THE_FILE}, {REGISTRAR}),
    ("revoked", "resume"): (CHIEFS, set(), CHIEFS),
    ("supervising", "supervised"): ({REGISTRAR}, set(), {REGISTRAR}),
    ("filed", "property"): (LEADERS | {OFFICER, PROPOSER}, set(), LEADERS | {OFFICER, PROPOSER}),
    # the copy to the procuratorate is proved by who sent it, at any time after the hand-over
    **{(state, "copy"): ({REGISTRAR}, set(), {REGISTRAR}) for state in (
        "sent", "received", "incomplete", "forwarded", "filed", "refused", "reconsidering", "upheld", "supervising",
        "not_ordered", "resumed", "closed", "revoked",
    )},
    # a duty crime may be noted at any time but after the proposal was given up
    **{(state, "duty"): (CHIEFS, set(), CHIEFS) for state in CrimeStatus if state != "discarded"},
}
MOVES = {
    "proposed": {"verifying", "discarded"},
    "verifying": {"reported", "discarded"},
    "reported": {"approved", "declined"},
    "approved": {"sent"},
    "sent": {"received"},
    "received": {"incomplete", "forwarded", "filed", "refused"},
    "incomplete": {"received", "filed", "refused"},
    "forwarded": {"received"},
    "refused": {"reconsidering", "supervising", "resumed"},
    "reconsidering": {"filed", "upheld"},
    "upheld": {"supervising", "resumed"},
    "supervising": {"filed", "not_ordered"},
    "not_ordered": {"resumed"},
    "filed": {"closed", "revoked"},
    "closed": {"revoked"},
    "revoked": {"resumed"},
}


def test_the_transition_table_is_the_one_written_here():
    assert {str(old): {str(new) for new in news} for old, news in CRIME_MOVES.items()} == MOVES
    assert {(state, step) for step, states in STEP_STATES.items() for state in states} == set(ALLOWED)


def everybody(department, at):
    """One person for every post of the house in `department`."""
    roles = [role for role in Role if role not in OUTSIDE_CASES | OFFICE_ROLES]
    return {
        role: person(f"z{department.pk}x{number}", f"某{role}", department, role, at=at)
        for number, role in enumerate(roles)
    }


@pytest.mark.parametrize("side", ["here", "on paper"])
def test_rules_allow_exactly_what_the_table_names(
    side, crime_case, insurance, police, health, insurance_handler, insurance_handler_2, police_handler, system_admin,
    office_coordinator, county_leader, now,
):  # fmt: skip
    transfer = make_transfer(crime_case, by=insurance_handler, at=now, status="sent")
    transfer.referral.handler = police_handler
    transfer.police.has_account = side == "here"
    ours, theirs, others = (everybody(department, now) for department in (insurance, police, health))
    others |= {"coordinator": office_coordinator, "county leader": county_leader, "administrator": system_admin}
    ours |= {OFFICER: insurance_handler_2, PROPOSER: insurance_handler}
    theirs |= {ON_THE_FILE: police_handler}
    wrong = []
    for state in CrimeStatus:
        transfer = _in(transfer, state)
        for step, can in CAN.items():
            sender, police_, paper = ALLOWED.get((state, step), (set(), set(), set()))
            expected = {
                "sender": sender if side == "here" else paper,
                "police": police_ if side == "here" else set(),
                "other": set(),
            }
            people = {"sender": ours, "police": theirs, "other": others}
            for name, posts in people.items():
                may = {str(post) for post, user in posts.items() if can(user, transfer)}
                if may != {str(post) for post in expected[name]}:
                    wrong.append((side, state, step, name, may, expected[name]))
    assert not wrong


def _in(transfer, state):
    """The same transfer as the rules would find it in another state, without a database."""
    values = {field.attname: getattr(transfer, field.attname) for field in CriminalTransfer._meta.concrete_fields}
    values |= {"status": str(state), "forwarded_to": "云溪县公安局" if state == "forwarded" else ""}
    found = CriminalTransfer(**values)
    found.police, found.referral = transfer.police, transfer.referral
    found._state.adding = False
    return found


def _files(transfer):
    return [Line(evidence=transfer.case.evidence.order_by("-pk").first())]


# action → how it is asked, with input that is right in its own state
ACTS = {
    "assign": lambda t, by, at, officers: assign_officers(transfer=t, officers=officers, by=by, at=at),
    "discard": lambda t, by, at, _: discard_transfer(transfer=t, reason="不清", by=by, at=at),
    "report": lambda t, by, at, _: report_transfer(
        transfer=t, report="建议", attachments=all_attachments(t.case), by=by, at=at
    ),
    "decide": lambda t, by, at, _: decide_transfer(transfer=t, approved=True, reason="同意", by=by, at=at),
    "hand_over": lambda t, by, at, _: hand_over(transfer=t, by=by, at=at),
    "sign": lambda t, by, at, _: sign_receipt(transfer=t, by=by, at=at),
    "incomplete": lambda t, by, at, _: draft_incomplete(transfer=t, missing="原件", by=by, at=at),
    "complete": lambda t, by, at, _: draft_correction(transfer=t, lines=_files(t), by=by, at=at),
    "forward": lambda t, by, at, _: draft_forward(transfer=t, to="云溪县公安局", reason="管辖", by=by, at=at),
    "filing": lambda t, by, at, _: draft_filing(transfer=t, filed=True, reason="立案", by=by, at=at),
    "reconsider": lambda t, by, at, _: draft_reconsider(transfer=t, reason="应立案", by=by, at=at),
    "reconsidered": lambda t, by, at, _: draft_reconsidered(transfer=t, filed=True, reason="立案", by=by, at=at),
    "supervise": lambda t, by, at, _: draft_supervise(transfer=t, reason="应立案", by=by, at=at),
    "revoke": lambda t, by, at, _: draft_revoke(transfer=t, reason="没有犯罪事实", by=by, at=at),
    "supervised": lambda t, by, at, _: answer_supervision(
        transfer=t, filed=True, reason="立案", paper=on_paper(at), by=by, at=at
    ),
    "property": lambda t, by, at, _: hand_over_property(transfer=t, taken_by="秦卫东", by=by, at=at),
    "resume": lambda t, by, at, _: resume_administrative(transfer=t, reason="不立案", by=by, at=at),
    "copy": lambda t, by, at, _: serve_copy(
        transfer=t, served_on=at.date(), signed_name="孔祥", upload=scan(), by=by, at=at
    ),
    "duty": lambda t, by, at, _: note_duty_crime(transfer=t, number="1号", sent_on=at.date(), by=by, at=at),
}
RIGHT = {  # who of the cast takes the step in its state
    "assign": "insurance_section_head", "discard": "insurance_handler", "report": "insurance_handler",
    "decide": "insurance_head", "hand_over": "insurance_registrar", "sign": "police_registrar",
    "incomplete": "police_section_head", "complete": "insurance_handler", "forward": "police_section_head",
    "filing": "police_section_head", "reconsider": "insurance_head", "reconsidered": "police_section_head",
    "supervise": "insurance_head", "supervised": "insurance_registrar", "property": "insurance_handler",
    "revoke": "police_section_head", "resume": "insurance_head", "copy": "insurance_registrar", "duty": "insurance_head",
}  # fmt: skip
WALK = (  # three ways through all states: each transfer is asked everything at every station
    ("proposed", "verifying", "reported", "approved", "sent", "received", "incomplete"),
    ("refused", "reconsidering", "upheld", "supervising", "not_ordered"),
    ("filed", "closed", "revoked"),
    ("discarded",), ("declined",), ("forwarded",), ("resumed",),
)  # fmt: skip


@pytest.mark.parametrize("states", WALK, ids=lambda states: states[0])
def test_every_action_refuses_every_state_and_every_side_that_is_not_its_own(
    states, crime_case, insurance_handler, insurance_handler_2, health_handler, now, request
):
    cast = {step: request.getfixturevalue(name) for step, name in RIGHT.items()}
    officers = [insurance_handler, insurance_handler_2]
    people = {*cast.values(), *officers, *map(request.getfixturevalue, ("insurance_deputy_head", "police_handler"))}
    transfer = make_transfer(crime_case, by=insurance_handler, at=now, status=states[0])
    for state in states:
        bring_transfer(transfer, state, at=now)
        steps_before = transfer.steps.count()
        for user in people:  # what is counted as waiting is what the rules say waits
            fresh = CriminalTransfer.objects.for_list().get(pk=transfer.pk)
            counted = crime_panels.waiting(user).filter(pk=transfer.pk).exists()
            assert counted == (crime_reading.owed(user, fresh) is not None), (state, user.name)
        for step, act in ACTS.items():
            if state not in STEP_STATES[step]:
                with pytest.raises(WrongState), database.atomic():
                    act(transfer, cast[step], now, officers)
            else:
                with pytest.raises(WrongSide, match="不由您办理"), database.atomic():
                    act(transfer, health_handler, now, officers)
            transfer.refresh_from_db()
            assert (transfer.status, transfer.steps.count()) == (state, steps_before), step


def test_a_decision_entered_by_the_wrong_side_is_refused_and_changes_nothing(
    crime, insurance_registrar, insurance_head, police_section_head, now
):
    transfer = crime("received")
    for by in (insurance_registrar, insurance_head):
        with pytest.raises(WrongSide) as refusal, database.atomic():
            decide_filing(transfer=transfer, filed=True, reason="立案", paper=on_paper(now), by=by, at=now)
        assert refusal.value.record
    transfer.refresh_from_db()
    assert transfer.status == "received"


def test_a_body_here_does_not_take_paper_and_one_on_paper_does_not_sign_here(
    crime, insurance_registrar, police_registrar, police, now
):
    transfer = crime("sent")
    with pytest.raises(WrongState, match="自行签收"), database.atomic():
        record_receipt(transfer=transfer, paper=on_paper(now), by=police_registrar, at=now)
    Department.objects.filter(pk=police.pk).update(has_account=False)
    transfer = CriminalTransfer.objects.get(pk=transfer.pk)
    with pytest.raises(Refused), database.atomic():
        sign_receipt(transfer=transfer, by=insurance_registrar, at=now)


def test_the_service_of_the_copy_is_proved_once(
    crime, seat, insurance_registrar, insurance_handler, police_registrar, now
):
    transfer, later = crime("received"), now + dt.timedelta(days=3)
    page = seat(insurance_handler).get(transfer.get_absolute_url()).content.decode()
    assert "尚无" in page and "送达回证" in page
    assert "抄送检察院的送达回证" in seat(insurance_handler).get(
        reverse("cases:detail", args=[transfer.case_id]) + "?tab=handling"
    ).content.decode()
    clocks = Deadline.objects.count()
    given = {"transfer": transfer, "served_on": local_date(later), "signed_name": "孔祥", "upload": scan("回证.pdf"),
             "by": insurance_registrar, "at": later}  # fmt: skip
    for wrong, field in (
        ({"served_on": local_date(now) - dt.timedelta(days=1)}, "served_on"),
        ({"served_on": local_date(later) + dt.timedelta(days=1)}, "served_on"), ({"signed_name": " "}, "signed_name"),
        ({"upload": SimpleUploadedFile("x.exe", b"MZ")}, "upload"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refusal, database.atomic():
            serve_copy(**(given | wrong))
        assert refusal.value.field == field
    assert [CAN["copy"](user, transfer) for user in (insurance_registrar, police_registrar)] == [True, False]
    serve_copy(**given)
    step = transfer.steps.get(kind="copy_served")
    assert (step.signed_name, local_date(step.happened_at)) == ("孔祥", transfer.copy_served_on)
    assert transfer.copy_served_on == local_date(later)
    assert Event.objects.get(verb="crime.copy_served").params["signed_name"] == "孔祥"
    assert (CAN["copy"](insurance_registrar, transfer), Deadline.objects.count()) == (False, clocks)
    with pytest.raises(AlreadyDone), database.atomic():
        serve_copy(**given)
    page = seat(insurance_handler).get(transfer.get_absolute_url()).content.decode()
    assert "尚无" not in page and "回证.pdf" in page
    assert seat(insurance_handler).post(reverse("referrals:crime_scan", args=[step.pk])).status_code == 200


def test_the_copy_served_today_does_not_bind_the_moments_of_the_police(crime, police, insurance_registrar, now):
    """The procuratorate signed later than what the police wrote: their paper is entered all the same."""
    Department.objects.filter(pk=police.pk).update(has_account=False)
    transfer, later = crime("sent"), now + dt.timedelta(days=4)
    given = {"served_on": local_date(later), "signed_name": "孔祥", "upload": scan()}
    serve_copy(transfer=transfer, by=insurance_registrar, at=later, **given)
    transfer = CriminalTransfer.objects.get(pk=transfer.pk)
    record_receipt(transfer=transfer, paper=on_paper(now + dt.timedelta(days=1)), by=insurance_registrar, at=later)
    assert transfer.status == "received"


def test_the_note_of_a_duty_crime_does_not_bind_the_moments_of_the_police(
    crime, police, insurance_head, insurance_registrar, now
):
    Department.objects.filter(pk=police.pk).update(has_account=False)
    transfer, later = crime("sent"), now + dt.timedelta(days=4)
    note_duty_crime(transfer=transfer, number="青纪移〔2026〕1号", sent_on=local_date(later), by=insurance_head, at=later)
    transfer = CriminalTransfer.objects.get(pk=transfer.pk)
    record_receipt(transfer=transfer, paper=on_paper(now + dt.timedelta(days=1)), by=insurance_registrar, at=later)
    assert transfer.status == "received"


def test_the_registrar_records_it_on_the_page(crime, seat, insurance_registrar):
    transfer = crime("sent")
    url = reverse("referrals:crime_copy", args=[transfer.pk])
    page = seat(insurance_registrar).get(url)
    assert "检察院" in page.content.decode()
    served = local_date(transfer.steps.get(kind="copied").happened_at).isoformat()
    given = {"form_key": new_form_key(), "seen": "sent", "served_on": served, "signed_name": "孔祥"}
    assert list(seat(insurance_registrar).post(url, given).context["form"].errors) == ["upload"]
    assert seat(insurance_registrar).post(url, given | {"upload": scan()}).status_code == 302
    transfer.refresh_from_db()
    assert transfer.copy_served_on.isoformat() == served
