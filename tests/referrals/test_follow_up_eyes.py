"""Who wrote a letter about a letter neither reviews nor signs it; who may not draft it does not change it."""

import datetime as dt

import pytest
from django.db import connection
from django.db import transaction as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.forms import new_form_key
from core.refusals import FourEyes
from deadlines.models import Deadline
from departments.enums import Role
from referrals import crime_reading, rules, workbench
from referrals.actions.crime_drafts import draft_filing, draft_reconsider
from referrals.actions.follow_ups import draft_completion, edit_follow_up, submit_follow_up
from referrals.actions.papers import approve_paper, review_paper, send_back_paper
from referrals.models import CriminalTransfer, FollowUp
from tests.cast import person

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    """Pages ask the clock on the wall."""
    return timezone.now()


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


@pytest.fixture
def filing(crime, police_handler, now):
    """A draft of the police handler on the file."""
    transfer = crime("received")
    transfer.referral.handler = police_handler
    transfer.referral.save(update_fields=["handler"])
    return draft_filing(transfer=transfer, filed=False, reason="轻微", by=police_handler, at=now)


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def test_who_changed_the_draft_of_somebody_else_neither_reviews_nor_signs_it(
    filing, police_handler, police_section_head, police_deputy_head, seat, now, police
):
    edit_follow_up(letter=filing, version=1, text="证据不足", by=police_section_head, at=now)
    submit_follow_up(letter=again(filing), by=police_handler, at=now)
    letter = again(filing)
    assert not rules.can_review(police_section_head, letter)
    with pytest.raises(FourEyes, match="修改过"), database.atomic():
        review_paper(paper=letter, by=police_section_head, at=now)
    assert not workbench.waiting_papers(police_section_head, FollowUp).exists()
    offered = seat(police_section_head).get(letter.get_absolute_url()).context["offers"]
    assert not {"review", "approve"} & {offer.code for offer in offered}
    answer = seat(police_section_head).post(
        reverse("referrals:follow_up_review", args=[letter.pk]),
        {"form_key": new_form_key(), "seen": "submitted"},
    )
    assert answer.status_code == 403
    # another section head reviews it, the deputy head signs: neither wrote a word
    other = person("ga33", "另科长", police, Role.SECTION_HEAD)
    assert list(workbench.waiting_papers(other, FollowUp)) == [letter]
    review_paper(paper=letter, by=other, at=now)
    letter = again(letter)
    assert rules.can_approve(police_deputy_head, letter)
    assert approve_paper(paper=letter, by=police_deputy_head, at=now).approved_by == police_deputy_head


def test_a_change_of_an_earlier_round_is_not_forgotten(
    filing, police_handler, police_deputy_head, police, now
):
    """The deputy head changed it, sent it back through the handler, and does not sign it after all."""
    edit_follow_up(letter=filing, version=1, text="证据不足", by=police_deputy_head, at=now)
    submit_follow_up(letter=again(filing), by=police_handler, at=now)
    send_back_paper(paper=again(filing), reason="再改", by=police_deputy_head, at=now)
    letter = again(filing)
    edit_follow_up(letter=letter, version=letter.version, text="证据确不足", by=police_handler, at=now)
    submit_follow_up(letter=again(filing), by=police_handler, at=now)
    other = person("ga33", "另科长", police, Role.SECTION_HEAD)
    review_paper(paper=again(filing), by=other, at=now)
    letter = again(filing)
    assert not rules.can_approve(police_deputy_head, letter)
    with pytest.raises(FourEyes, match="修改过"), database.atomic():
        approve_paper(paper=letter, by=police_deputy_head, at=now)


def test_who_may_not_draft_it_does_not_change_submit_or_give_up_the_draft(
    filing,
    letter,
    crime,
    police,
    health_handler,
    health_handler_2,
    insurance_handler,
    insurance,
    police_handler,
    seat,
    now,
):
    stranger = person("ga34", "别科员", police, Role.HANDLER)
    for rule in (rules.can_edit, rules.can_submit, rules.can_discard):
        assert rule(police_handler, filing) and not rule(stranger, filing)
    assert seat(stranger).get(reverse("referrals:follow_up_edit", args=[filing.pk])).status_code in (403, 404)
    referral = letter("received")
    type(referral).objects.filter(pk=referral.pk).update(handler=health_handler)
    due = timezone.localdate() + 5 * DAY
    asked = draft_completion(referral=again(referral), missing="原件", due_on=due, by=health_handler, at=now)
    assert rules.can_edit(health_handler, asked) and not rules.can_edit(health_handler_2, asked)


def test_a_request_is_changed_by_the_officers_and_leaders_only(
    crime, insurance, insurance_handler, insurance_head, now
):
    draft = draft_reconsider(transfer=crime("refused"), reason="应立案", by=insurance_handler, at=now)
    outsider = person("yb77", "别经办", insurance, Role.HANDLER)
    assert [rules.can_edit(user, draft) for user in (insurance_handler, insurance_head, outsider)] == [
        True,
        True,
        False,
    ]


def test_the_workbench_asks_once_who_changed_what(filing, police_section_head, police_handler, seat, now):
    submit_follow_up(letter=filing, by=police_handler, at=now)
    client = seat(police_section_head)
    page = filing.get_absolute_url()
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    assert sum("follow_up.edited" in query["sql"] for query in asked.captured_queries) == 1


# --- 提请复议 only in its time -------------------------------------------------------------------------------------------
def test_reconsideration_is_offered_in_its_three_days_and_refused_later_by_its_article(
    crime, insurance_handler, insurance_head, seat, now
):
    transfer = crime("refused")

    def codes(user):
        loaded = CriminalTransfer.objects.for_list().get(pk=transfer.pk)
        found = {offer.code for offer in crime_reading.offers(user, loaded)}
        assert found == {offer.code for offer in crime_reading.offers(user, again(transfer))}
        return found

    assert {"reconsider", "supervise"} <= codes(insurance_handler)
    assert "第九条" not in seat(insurance_handler).get(transfer.get_absolute_url()).content.decode()
    Deadline.objects.open().filter(rule_code="police_reconsideration").update(
        due_at=timezone.now() - DAY, due_on=timezone.localdate() - DAY
    )
    assert "reconsider" not in codes(insurance_handler) and "supervise" in codes(insurance_head)
    page = seat(insurance_handler).get(transfer.get_absolute_url()).content.decode()
    assert "第九条" in page and reverse("referrals:crime_reconsider", args=[transfer.pk]) not in page
    url = reverse("referrals:crime_reconsider", args=[transfer.pk])
    answer = seat(insurance_handler).post(
        url, {"form_key": new_form_key(), "seen": "refused", "reason": "应立案"}
    )
    assert "第九条" in answer.content.decode()
    assert not FollowUp.objects.filter(kind="reconsider").exists()
    assert not crime_reading.reconsider_lapsed(CriminalTransfer(status="upheld"))
