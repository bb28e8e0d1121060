"""Drafts about a letter that has moved on are given up, however far they had come, and their drafters told."""

import datetime as dt

import pytest
from django.db import transaction

from core.dates import local_date
from core.refusals import MovedOn, WrongState
from deadlines.models import Deadline
from journal.models import Event
from referrals import rules_above
from referrals.actions.above_closing import redo_task
from referrals.actions.above_intake import withdraw_task
from referrals.actions.closing import close_referral, redo_referral
from referrals.actions.completion import drop_completion
from referrals.actions.extensions import ask_extension, decide_extension
from referrals.actions.follow_ups import draft_completion, draft_supervision, draft_supply
from referrals.actions.forwarding import draft_forward
from referrals.actions.handling import accept_referral, assign_referral, return_referral
from referrals.actions.overtaken import drop_stale
from referrals.actions.receipt import sign_for
from referrals.actions.teams import conclude_team, dissolve_team, give_view
from referrals.actions.withdrawal import ask_withdrawal, decide_withdrawal
from referrals.models import Referral
from referrals.workbench import waiting_letters
from tests.factories.above import answer_task, make_letter, make_task
from tests.factories.follow_ups import ask_completion, bring_follow_up, supervise
from tests.factories.informing import make_bulletin, make_invitation, signed
from tests.factories.referrals import answer, bring_paper, make_reply

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def given_up(paper, told):
    """With its reason on the record, and its drafter told."""
    paper = again(paper)
    said = Event.objects.filter(verb=f"{paper.kind_code}.discarded", target_id=paper.pk)
    known = said.exists() and paper.drafted_by.name in told("paper.sent_back")
    return paper.status == "discarded" and bool(paper.sent_back_reason) and known


@pytest.fixture
def received(letter, health_handler, now):
    """A transfer that was signed for and assigned."""
    referral = letter("received")
    Referral.objects.filter(pk=referral.pk).update(
        handler=health_handler, assigned_by=health_handler, assigned_at=now
    )
    return again(referral)


@pytest.mark.parametrize("status", ["draft", "submitted", "approved"])
@pytest.mark.parametrize("way", ["accepted", "returned"])
def test_a_request_for_completion_and_a_forward_go_with_the_decision(
    way, status, received, market, market_registrar, health_handler, now, told
):
    due = local_date(now) + 5 * DAY
    asked = bring_follow_up(
        draft_completion(referral=received, missing="清单", due_on=due, by=health_handler, at=now),
        status,
        at=now,
    )
    forward = draft_forward(
        referral=received, receiver=market, reason="职责", limit_on=due + 9 * DAY, by=health_handler, at=now
    )
    if way == "accepted":
        accept_referral(referral=again(received), by=health_handler, at=now)
    else:
        return_referral(
            referral=again(received), category="other", reason="不属实", by=health_handler, at=now
        )
    assert given_up(asked, told) and given_up(forward, told)


def test_a_supplement_goes_when_nobody_waits_for_it_any_more(
    received, insurance_handler, health_handler, health_section_head, now, told
):
    due = local_date(now) + 5 * DAY
    asked = ask_completion(referral=received, missing="清单", due_on=due, by=health_handler, at=now)
    supply = draft_supply(completion=asked, lines=[], note="附后", by=insurance_handler, at=now)
    received.refresh_from_db()
    drop_completion(completion=again(asked), reason="已自行取得", by=health_section_head, at=now)
    assert given_up(supply, told)
    # what was asked anew is not touched
    again_asked = ask_completion(
        referral=again(received), missing="章", due_on=due, by=health_handler, at=now
    )
    supply = draft_supply(completion=again_asked, lines=[], note="附后", by=insurance_handler, at=now)
    assert again(supply).status == "draft"


def late(referral, now):
    clocks = Deadline.objects.open().of("referral", referral.pk)
    assert clocks.update(due_at=now - DAY, due_on=local_date(now) - DAY)


@pytest.mark.parametrize("way", ["signed", "answered", "extended"])
def test_the_supervision_of_who_is_late_no_more_is_not_sent(
    way, letter, office_coordinator, health_registrar, health_handler, insurance_section_head, now, told
):
    referral = letter("sent" if way == "signed" else "accepted")
    if way == "signed":
        Deadline.objects.open().of("referral", referral.pk).filter(rule_code="transfer_sign").update(
            due_at=now - DAY, due_on=local_date(now) - DAY
        )
    else:
        late(referral, now)
    press = draft_supervision(
        referral=referral, demand="说明", reply_on=local_date(now) + DAY, by=office_coordinator, at=now
    )
    match way:
        case "signed":
            sign_for(referral=again(referral), by=health_registrar, at=now, late_reason="休假")
        case "answered":
            answer(again(referral), at=now)
        case _:
            new_on = referral.limit_on + 9 * DAY
            asked = ask_extension(
                referral=again(referral), new_on=new_on, reason="量大", by=health_handler, at=now
            )
            decide_extension(extension=asked, agreed=True, by=insurance_section_head, at=now)
    assert given_up(press, told)


def test_who_is_still_late_is_still_pressed(
    letter, office_coordinator, health_handler, health_section_head, now, told
):
    referral = letter("received")
    late(referral, now)
    press = draft_supervision(
        referral=referral, demand="说明", reply_on=local_date(now) + DAY, by=office_coordinator, at=now
    )
    assign_referral(referral=again(referral), person=health_handler, by=health_section_head, at=now)
    accept_referral(referral=again(referral), by=health_handler, at=now)
    assert again(press).status == "draft" and not told("paper.sent_back")


def test_letters_to_the_body_of_a_task_go_with_its_report_and_its_withdrawal(
    case, sender, office_coordinator, insurance_handler, now, told
):
    task = make_task(
        by=office_coordinator, at=now, status="accepted", department=sender, handler=insurance_handler
    )
    delay = make_letter(task, at=now, purpose="delay")
    answer_task(task, at=now)
    assert given_up(delay, told)
    other = make_task(
        by=office_coordinator, at=now, status="accepted", department=sender, handler=insurance_handler
    )
    report = make_letter(other, at=now, status="submitted")
    withdraw_task(task=again(other), reason="来文单位撤销", by=office_coordinator, at=now)
    assert given_up(report, told)
    with pytest.raises(WrongState), transaction.atomic():
        bring_paper(again(report), "approved", at=now)


# --- what was asked for in a state that is past ------------------------------------------------------------------
def both_asked(referral, insurance_handler, health_handler, now):
    """A longer limit asked by who works the letter, and a withdrawal by who sent it."""
    longer = ask_extension(
        referral=referral, new_on=referral.limit_on + DAY, reason="量大", by=health_handler, at=now
    )
    return longer, ask_withdrawal(referral=again(referral), reason="线索重复", by=insurance_handler, at=now)


def test_who_answers_is_asked_for_nothing_more_and_a_redo_begins_anew(
    letter, insurance_handler, insurance_section_head, health_handler, health_section_head, now
):
    referral = letter("accepted")
    longer, back = both_asked(referral, insurance_handler, health_handler, now)
    for head in (insurance_section_head, health_section_head):
        assert waiting_letters(head).filter(pk=referral.pk).exists()
    answer(again(referral), at=now)
    assert (again(longer).status, again(back).status) == ("lapsed", "lapsed")
    for head in (insurance_section_head, health_section_head):
        assert not waiting_letters(head).filter(pk=referral.pk).exists()
    with pytest.raises(MovedOn), transaction.atomic():
        decide_withdrawal(withdrawal=back, agreed=True, by=health_section_head, at=now)
    redo_referral(
        referral=again(referral), reason="不清", limit_on=local_date(now) + 30 * DAY, by=insurance_handler, at=now
    )
    assert not waiting_letters(health_section_head).filter(pk=referral.pk).exists()
    # both may be asked for again
    both_asked(again(referral), insurance_handler, health_handler, now)


@pytest.mark.parametrize("way", ["returned", "closed", "accepted"])
def test_a_withdrawal_asked_for_ends_with_the_letter_and_only_with_it(
    way, case, receiver, insurance_handler, health_handler, health_section_head, now
):
    paper = make_bulletin(case, [receiver], by=insurance_handler, at=now, status="sent")
    referral = signed(paper.referrals.get(), at=now)
    back = ask_withdrawal(referral=referral, reason="错发", by=insurance_handler, at=now)
    match way:
        case "returned":
            return_referral(referral=again(referral), category="other", reason="不属职责", by=health_handler, at=now)
        case "closed":
            close_referral(referral=again(referral), by=insurance_handler, at=now)
        case _:
            accept_referral(referral=again(referral), by=health_handler, at=now)
    stands = way == "accepted"
    assert again(back).status == ("asked" if stands else "lapsed")
    assert waiting_letters(health_section_head).filter(pk=referral.pk).exists() is stands


def test_a_reply_goes_with_a_letter_that_is_not_worked_any_more(letter, insurance_handler, now, told):
    referral = letter("accepted")
    reply = make_reply(referral, at=now)
    drop_stale(again(referral), by=insurance_handler, at=now)
    assert again(reply).status == "draft"
    over = {"withdrawn_by": insurance_handler, "withdrawn_at": now, "withdraw_reason": "错发"}
    Referral.objects.filter(pk=referral.pk).update(status="withdrawn", **over)
    drop_stale(again(referral), by=insurance_handler, at=now)
    assert given_up(reply, told)


def test_a_later_date_asked_of_a_body_lapses_with_the_report_and_may_be_asked_anew(
    sender, office_coordinator, insurance_handler, now
):
    task = make_task(by=office_coordinator, at=now, status="accepted", department=sender)
    make_letter(task, at=now, purpose="delay", status="sent")
    answer_task(task, at=now)
    assert task.extensions.get().status == "lapsed"
    redo_task(task=task, reason="未附材料", due_on=task.due_on + 30 * DAY, by=office_coordinator, at=now)
    assert rules_above.can_ask_delay(insurance_handler, again(task))
    make_letter(again(task), at=now, purpose="delay", new_on=task.due_on + DAY, status="sent")
    assert sorted(task.extensions.values_list("status", flat=True)) == ["asked", "lapsed"]


@pytest.mark.parametrize("way", ["concluded", "dissolved"])
def test_the_end_of_a_team_ends_what_the_office_and_the_sender_asked_about_its_invitations(
    way, case, receiver, market, market_handler, market_section_head, market_registrar, insurance_handler,
    insurance_section_head, health_handler, office_coordinator, now, told,
):  # fmt: skip
    team = make_invitation(case, [receiver, market], by=insurance_handler, at=now).team
    joins, undecided = (Referral.objects.get(receiver=each) for each in (receiver, market))
    for letter in (joins, undecided):
        signed(letter, at=now)
        late(letter, now)
    by_office = {"demand": "说明", "reply_on": local_date(now) + DAY, "by": office_coordinator, "at": now}
    pressed = supervise(referral=again(joins), **by_office)
    press = draft_supervision(referral=again(undecided), **by_office)
    accept_referral(referral=again(joins), by=health_handler, at=now)
    back = ask_withdrawal(referral=again(joins), reason="另有安排", by=insurance_handler, at=now)
    if way == "concluded":
        for who in (insurance_handler, health_handler):
            give_view(team=again(team), nature="penalty", text="事实清楚", by=who, at=now)
        conclude_team(team=again(team), outcome="penalty", reasons="一致", by=insurance_section_head, at=now)
    else:
        dissolve_team(team=again(team), reason="案情已明", by=insurance_section_head, at=now)
    assert {again(joins).status, again(undecided).status} == {"closed"}
    assert (again(pressed).status, again(back).status) == ("lapsed", "lapsed")
    assert given_up(press, told)
    assert not Deadline.objects.open().filter(target_kind="referral", target_id__in=(joins.pk, undecided.pk)).exists()
