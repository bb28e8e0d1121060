"""撤销案件: what the police had filed comes back, before or after the property went, and is handled administratively."""

import pytest
from django.db import transaction as database
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.strands import file_strand, investigate
from cases.models import Custody, Strand
from core.forms import new_form_key
from core.refusals import BadInput, WrongState
from deadlines.models import Deadline
from departments.models import Department
from referrals import crime_reading, exchange
from referrals.actions.crime_drafts import draft_revoke
from referrals.actions.crime_police import revoke_case
from referrals.actions.crime_remedies import hand_over_property, resume_administrative
from referrals.models import CriminalTransfer, FollowUp
from tests.factories.crime import bring_transfer, make_transfer, on_paper, scan
from tests.factories.follow_ups import write_here

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """Pages ask the clock on the wall."""
    return timezone.now()


def seat(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def property_clock(transfer):
    return Deadline.objects.get(
        target_kind="crime", target_id=transfer.pk, rule_code="property_handover"
    ).status


@pytest.mark.parametrize("state", ["filed", "closed"])
def test_the_police_revoke_and_the_suspended_handling_runs_on(
    state, crime, crime_case, insurance, police_section_head, insurance_head, insurance_deputy_head, insurance_handler,
    now, told,
):  # fmt: skip
    strand = Strand.objects.get(case=crime_case, department=insurance)
    file_strand(strand=strand, filing_number="青医保立〔2026〕1号", by=insurance_deputy_head, at=now)
    investigate(strand=strand, by=insurance_handler, at=now)
    transfer = crime(state)
    strand.refresh_from_db()
    assert (strand.status, transfer.strand_suspended) == ("suspended", True)
    back = Custody.objects.filter(to_department=transfer.department).count()
    transfer = write_here(
        draft_revoke, transfer=transfer, reason="经侦查没有犯罪事实。", by=police_section_head, at=now
    )
    assert (transfer.status, property_clock(transfer)) == (
        "revoked",
        "cancelled" if state == "filed" else "met",
    )
    step = transfer.steps.get(kind="revoked")
    words = str(step.document.context)
    assert (step.document.kind, step.text) == ("crime_revoked", "经侦查没有犯罪事实。")
    assert "没有犯罪事实" in words
    assert Custody.objects.filter(to_department=transfer.department).count() > back  # the files came back
    assert insurance_head.name in told("crime.waits")
    assert (
        crime_reading.owed(insurance_head, CriminalTransfer.objects.for_list().get(pk=transfer.pk)).code
        == "resume"
    )
    resume_administrative(transfer=transfer, reason="公安机关撤销案件。", by=insurance_head, at=now)
    strand.refresh_from_db()
    transfer.referral.refresh_from_db()
    assert (transfer.status, strand.status, transfer.referral.status) == (
        "resumed",
        "investigating",
        "closed",
    )
    line = next(line for line in exchange.picture(transfer.case, insurance_handler, now=now).lines
                if line.letter == transfer.referral)  # fmt: skip
    assert line.holder is None
    codes = [span.code for span in line.spans]
    assert codes[-2:] == (["closing", "closing"] if state == "filed" else ["working", "closing"])


def test_what_does_not_fit_is_refused(crime, crime_case, police_section_head, insurance_handler, now):
    transfer = crime("closed")
    with pytest.raises(BadInput), database.atomic():
        draft_revoke(transfer=transfer, reason=" ", by=police_section_head, at=now)
    letter = draft_revoke(transfer=transfer, reason="没有犯罪事实", by=police_section_head, at=now)
    make_transfer(
        crime_case, by=insurance_handler, at=now
    )  # another one is under way: it would be the second open one
    with pytest.raises(WrongState, match="另有移送"), database.atomic():
        write_here(lambda **_: letter, transfer=transfer, at=now)
    transfer.refresh_from_db()
    assert transfer.status == "closed"


def test_it_is_entered_from_the_paper_of_police_without_an_account(
    crime, police, insurance_registrar, insurance_handler, now
):
    Department.objects.filter(pk=police.pk).update(has_account=False)
    transfer = crime("filed")
    url = reverse("referrals:crime_revoke", args=[transfer.pk])
    client = seat(insurance_registrar)
    assert seat(insurance_handler).get(url).status_code == 403
    given = {"form_key": new_form_key(), "reason": "没有犯罪事实", "number": "青公撤〔2026〕1号",
             "happened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), "seen": "filed"}  # fmt: skip
    wrong = client.post(url, given)
    assert list(wrong.context["form"].errors) == ["upload"]
    assert client.post(url, {**given, "form_key": new_form_key(), "upload": scan()}).status_code == 302
    transfer.refresh_from_db()
    step = transfer.steps.get(kind="revoked")
    assert (transfer.status, step.number, bool(step.sha256)) == ("revoked", "青公撤〔2026〕1号", True)
    with pytest.raises(WrongState), database.atomic():
        revoke_case(transfer=transfer, reason="再", paper=on_paper(now), by=insurance_registrar, at=now)


def test_by_the_api(crime, police_section_head):
    transfer = crime("filed")
    url = reverse("criminaltransfer-revoke", args=[transfer.pk])
    tag = {"If-Match": f'"{transfer.version}"'}
    made = seat(police_section_head).post(
        url, {"reason": "没有犯罪事实"}, content_type="application/json", headers=tag
    )
    assert (made.status_code, FollowUp.objects.get(pk=made.json()["id"]).kind) == (201, "revoke")


def test_a_draft_that_the_property_did_not_overtake(crime, police_section_head, insurance_handler, now):
    """The police may revoke after the property came as before."""
    transfer = crime("filed")
    letter = draft_revoke(transfer=transfer, reason="没有犯罪事实", by=police_section_head, at=now)
    hand_over_property(transfer=transfer, taken_by="秦卫东", by=insurance_handler, at=now)
    letter.refresh_from_db()
    assert letter.status == "draft"
    assert bring_transfer(CriminalTransfer.objects.get(pk=transfer.pk), "closed", at=now).status == "closed"
