"""Drafting, reviewing, signing and sending papers."""

import datetime as dt

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from cases.actions.evidence import void_evidence
from cases.models import Custody, GrantRecord
from core.refusals import BadInput, FourEyes, MovedOn, Stale, WrongState
from deadlines.actions.clocks import cancel_clock, open_clock
from deadlines.models import Deadline
from departments.models import Route
from journal.models import Event
from referrals import rules
from referrals.actions import papers
from referrals.actions.drafting import Line, draft_dispatch, edit_dispatch
from referrals.actions.sending import send_dispatch
from referrals.actions.support import discover_need
from referrals.models import Dispatch, Referral, SigningRule
from tests.factories.cases import make_case, pdf
from tests.factories.referrals import SUBJECT, make_dispatch, make_need

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def values(dispatch, **changes):
    return {
        "receivers": list(dispatch.receivers.all()),
        "subject": dispatch.subject,
        "facts": dispatch.facts,
        "limit_on": dispatch.limit_on,
        "manifest": [Line(evidence=item.evidence) for item in dispatch.manifest.all()],
    } | changes


# --- drafting ------------------------------------------------------------------------------------------------
def test_a_draft_holds_what_was_typed_and_freezes_hashes_in_its_manifest(
    dispatch, case, verbs, insurance_handler
):
    assert (dispatch.status, dispatch.department, dispatch.drafted_by) == ("draft", case.owner, insurance_handler)
    assert [(item.position, item.name, item.sha256) for item in dispatch.manifest.all()] == [
        (number, piece.name, piece.sha256) for number, piece in enumerate(case.evidence.all(), 1)
    ]
    assert verbs(dispatch) == ["dispatch.drafted"]


def bad_input(case, market, now):
    today = now.date()
    Route.objects.filter(kind="transfer", receiver="market").delete()
    return {
        "no receiver": ({"receivers": []}, "receivers"),
        "oneself": ({"receivers": [case.owner]}, "receivers"),
        "no route": ({"receivers": [market]}, "receivers"),
        "limit today": ({"limit_on": today}, "limit_on"),
        "limit past": ({"limit_on": today - DAY}, "limit_on"),
        "no subject": ({"subject": "  "}, "subject"),
        "no facts": ({"facts": ""}, "facts"),
        "negative": ({"amount": -1}, "amount"),
        "no copies": ({"manifest": [Line(evidence=case.evidence.first(), quantity=0)]}, "manifest"),
        "no pages": ({"manifest": [Line(evidence=case.evidence.first(), pages=0)]}, "manifest"),
        "twice": ({"manifest": [Line(evidence=case.evidence.first())] * 2}, "manifest"),
        "no page": ({"manifest": [Line(evidence=case.evidence.first(), pages=0)]}, "manifest"),
        "other kind": ({"kind": "criminal"}, "kind"),
    }


@pytest.mark.parametrize(
    "what",
    ["no receiver", "oneself", "no route", "limit today", "limit past", "no subject", "no facts", "negative",
     "no copies", "no pages", "twice", "other kind"],
)  # fmt: skip
def test_a_draft_refuses_what_cannot_be_right(what, case, receiver, market, insurance_handler, now):
    changes, field = bad_input(case, market, now)[what]
    given = {
        "kind": "transfer", "receivers": [receiver], "subject": SUBJECT, "facts": "事实",
        "limit_on": now.date() + DAY,
    } | changes  # fmt: skip
    with pytest.raises(BadInput) as refusal:
        draft_dispatch(case=case, by=insurance_handler, at=now, **given)
    assert refusal.value.field == field
    assert not Dispatch.objects.exists()


def test_a_draft_refuses_evidence_of_another_case_and_voided_evidence(case, receiver, insurance_handler, now):
    other = make_case(by=insurance_handler, at=now, files=[pdf("别案.pdf")])
    with pytest.raises(BadInput):
        make_dispatch(
            case, [receiver], by=insurance_handler, at=now, manifest=[Line(evidence=other.evidence.get())]
        )


def test_a_file_taken_out_of_use_goes_out_with_no_letter(dispatch, case, now, insurance_handler, insurance_registrar):
    void_evidence(evidence=case.evidence.first(), reason="误传", by=insurance_handler, at=now)
    with pytest.raises(BadInput, match="作废"):
        papers.submit_paper(paper=dispatch, by=insurance_handler, at=now)
    Dispatch.objects.filter(pk=dispatch.pk).update(
        status="approved", submitted_by=insurance_handler, submitted_at=now, approved_by=insurance_registrar, approved_at=now
    )
    dispatch.refresh_from_db()
    with pytest.raises(BadInput):
        send_dispatch(dispatch=dispatch, by=insurance_registrar, at=now)
    assert not Referral.objects.exists()


def test_support_is_asked_of_one_department(case, receiver, market, insurance_handler, now):
    dispatch = make_need(case, receiver, by=insurance_handler, at=now)
    with pytest.raises(BadInput) as refusal:
        edit_dispatch(
            dispatch=dispatch, version=1, by=insurance_handler, at=now,
            **values(dispatch, questions=["一"], receivers=[receiver, market]),
        )  # fmt: skip
    assert refusal.value.field == "receivers"


def test_another_county_never_receives(case, other_insurance, insurance_handler, now):
    Route.objects.get_or_create(kind="transfer", sender="insurance", receiver="insurance")
    with pytest.raises(BadInput):
        make_dispatch(case, [other_insurance], by=insurance_handler, at=now)


def test_nothing_is_drafted_on_a_closed_case(case, receiver, insurance_handler, now):
    type(case).objects.filter(pk=case.pk).update(**{"status": "closed", "closed_at": now})
    with pytest.raises(WrongState):
        make_dispatch(case, [receiver], by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        make_need(case, receiver, by=insurance_handler, at=now)


def test_editing_replaces_the_draft_and_counts_its_version(
    dispatch, case, insurance_handler, market, now, verbs
):
    only = case.evidence.first()
    edited = edit_dispatch(
        dispatch=dispatch, version=1, by=insurance_handler, at=now,
        **values(dispatch, subject="新标题", receivers=[market], manifest=[Line(evidence=only, quantity=2)]),
    )  # fmt: skip
    assert (edited.version, edited.subject, list(edited.receivers.all())) == (2, "新标题", [market])
    assert [(item.evidence, item.quantity) for item in edited.manifest.all()] == [(only, 2)]
    assert verbs(dispatch) == ["dispatch.drafted", "dispatch.edited"]


def test_editing_a_stale_version_is_refused_and_shows_theirs(dispatch, insurance_handler, now):
    edit_dispatch(dispatch=dispatch, version=1, by=insurance_handler, at=now, **values(dispatch, subject="甲"))
    with pytest.raises(Stale) as refusal:
        edit_dispatch(dispatch=dispatch, version=1, by=insurance_handler, at=now, **values(dispatch, subject="乙"))
    assert refusal.value.details["theirs"].subject == "甲"


@pytest.mark.parametrize("status", ["submitted", "reviewed", "approved", "sent", "discarded"])
def test_only_a_draft_is_edited(status, case, receiver, insurance_handler, now):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status=status)
    with pytest.raises(WrongState):
        edit_dispatch(
            dispatch=dispatch, version=dispatch.version, by=insurance_handler, at=now, **values(dispatch)
        )


# --- review and signature ------------------------------------------------------------------------------------
def test_a_transfer_goes_from_drafter_to_section_head_to_deputy_head(
    dispatch, now, told, verbs, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar
):
    papers.submit_paper(paper=dispatch, by=insurance_handler, at=now)
    assert (dispatch.status, told("paper.waits")) == ("submitted", ["何志远"])
    papers.review_paper(paper=dispatch, by=insurance_section_head, at=now, remark="同意")
    assert (dispatch.status, told("paper.waits")) == ("reviewed", ["何志远", "梁国栋"])
    papers.approve_paper(paper=dispatch, by=insurance_deputy_head, at=now)
    assert (dispatch.status, dispatch.approved_by, told("paper.signed")) == (
        "approved", insurance_deputy_head, ["曾小禾"],
    )  # fmt: skip
    assert verbs(dispatch) == [
        "dispatch.drafted", "dispatch.submitted", "dispatch.reviewed", "dispatch.approved",
    ]  # fmt: skip


def test_a_kind_without_reviewer_goes_straight_to_its_signer(case, receiver, insurance_handler, now, told):
    dispatch = make_dispatch(case, [receiver], kind="bulletin", by=insurance_handler, at=now, status="submitted")
    assert told("paper.waits") == ["何志远"]
    with pytest.raises(WrongState):
        papers.review_paper(paper=dispatch, by=case.owner.posts.last().user, at=now)


def test_where_nobody_has_the_rank_the_next_one_above_is_told(case, receiver, insurance_handler, now, told):
    SigningRule.objects.filter(kind="bulletin").update(signer="deputy_head")
    make_dispatch(case, [receiver], kind="bulletin", by=insurance_handler, at=now, status="submitted")
    assert told("paper.waits") == ["梁国栋"]


def test_the_signing_rule_may_name_a_role_outside_the_ranks(
    case, receiver, insurance_handler, insurance_legal, now, told
):
    SigningRule.objects.filter(kind="bulletin").update(signer="legal")
    dispatch = make_dispatch(case, [receiver], kind="bulletin", by=insurance_handler, at=now, status="submitted")
    assert told("paper.waits") == ["唐律安"]
    assert rules.can_approve(insurance_legal, dispatch)
    SigningRule.objects.filter(kind="bulletin").update(signer="finance")
    assert not rules.can_approve(insurance_legal, dispatch)


def test_the_drafter_neither_reviews_nor_signs_and_the_database_agrees(
    case, receiver, insurance_section_head, insurance_deputy_head, now
):
    dispatch = make_dispatch(case, [receiver], by=insurance_section_head, at=now, status="submitted")
    with pytest.raises(FourEyes):
        papers.review_paper(paper=dispatch, by=insurance_section_head, at=now)
    papers.review_paper(paper=dispatch, by=insurance_deputy_head, at=now)
    with pytest.raises(FourEyes):
        papers.approve_paper(paper=dispatch, by=insurance_section_head, at=now)
    with pytest.raises(IntegrityError, match="dispatch_four_eyes"), transaction.atomic():
        Dispatch.objects.filter(pk=dispatch.pk).update(reviewed_by=insurance_section_head)


def test_signing_before_the_review_is_refused(case, receiver, insurance_handler, insurance_deputy_head, now):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="submitted")
    with pytest.raises(WrongState):
        papers.approve_paper(paper=dispatch, by=insurance_deputy_head, at=now)


def test_a_paper_sent_back_loses_its_stamps_and_tells_its_drafter(
    case, receiver, insurance_handler, insurance_deputy_head, now, told
):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="reviewed")
    papers.send_back_paper(paper=dispatch, reason=" 金额有误 ", by=insurance_deputy_head, at=now)
    assert (dispatch.status, dispatch.sent_back_reason) == ("draft", "金额有误")
    assert (dispatch.submitted_at, dispatch.reviewed_by) == (None, None)
    assert told("paper.sent_back") == ["陈晓岚"]


ACTS = {
    "submit": (papers.submit_paper, {}),
    "review": (papers.review_paper, {}),
    "approve": (papers.approve_paper, {}),
    "send_back": (papers.send_back_paper, {"reason": "有误"}),
    "discard": (papers.discard_paper, {"reason": "重复"}),
}
ALLOWED = {
    "submit": {"draft"},
    "review": {"submitted"},
    "approve": {"reviewed"},
    "send_back": {"submitted", "reviewed", "approved"},
    "discard": {"draft"},
}
STATES = ("draft", "submitted", "reviewed", "approved", "sent", "discarded")


@pytest.mark.parametrize(
    ("act", "status"), [(act, state) for act in ACTS for state in STATES if state not in ALLOWED[act]]
)
def test_a_paper_refuses_every_step_its_state_does_not_allow(
    act, status, case, receiver, insurance_handler, insurance_deputy_head, now
):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status=status)
    action, more = ACTS[act]
    with pytest.raises(WrongState):
        action(paper=dispatch, by=insurance_deputy_head, at=now, **more)
    dispatch.refresh_from_db()
    assert dispatch.status == status


@pytest.mark.parametrize("act", ["send_back", "discard"])
def test_giving_back_and_giving_up_need_a_reason(
    act, case, receiver, insurance_handler, insurance_deputy_head, now
):
    dispatch = make_dispatch(
        case, [receiver], by=insurance_handler, at=now, status="draft" if act == "discard" else "submitted"
    )
    with pytest.raises(BadInput) as refusal:
        ACTS[act][0](paper=dispatch, by=insurance_deputy_head, at=now, reason=" ")
    assert refusal.value.field == "reason"


def test_the_second_of_two_who_sign_loses_with_a_sentence(
    case, receiver, insurance_handler, insurance_deputy_head, now
):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="reviewed")
    stale = Dispatch.objects.get(pk=dispatch.pk)
    papers.approve_paper(paper=dispatch, by=insurance_deputy_head, at=now)
    with pytest.raises(MovedOn, match=r"\w"):
        papers.approve_paper(paper=stale, by=insurance_deputy_head, at=now)


@pytest.mark.parametrize(("kind", "refused"), [("transfer", True), ("early", True), ("bulletin", False)])
def test_submitting_needs_a_limit_where_an_answer_is_asked(
    kind, refused, case, receiver, insurance_handler, now
):
    dispatch = make_dispatch(case, [receiver], kind=kind, by=insurance_handler, at=now, limit_on=None)
    if refused:
        with pytest.raises(BadInput) as refusal:
            papers.submit_paper(paper=dispatch, by=insurance_handler, at=now)
        assert refusal.value.field == "limit_on"
    else:
        assert papers.submit_paper(paper=dispatch, by=insurance_handler, at=now).status == "submitted"


# --- sending -------------------------------------------------------------------------------------------------
def test_sending_gives_each_receiver_a_numbered_letter_access_clocks_and_notice(
    case, receiver, market, market_registrar, insurance_handler, insurance_registrar, now, told, verbs
):
    dispatch = make_dispatch(case, [receiver, market], by=insurance_handler, at=now, status="approved")
    sent = send_dispatch(dispatch=dispatch, by=insurance_registrar, at=now)
    assert [(one.receiver, one.status, one.number) for one in sent] == [
        (receiver, "sent", "青医保函〔2026〕1号"), (market, "sent", "青医保函〔2026〕2号"),
    ]  # fmt: skip
    assert dispatch.status == "sent"
    for one in sent:
        assert one.document.number == one.number
        assert (one.document.target_kind, one.document.target_id) == ("referral", one.pk)
        clocks = Deadline.objects.filter(target_kind="referral", target_id=one.pk).order_by("rule_code")
        assert [(clock.rule_code, clock.department, clock.to_department) for clock in clocks] == [
            ("transfer_reply", one.receiver, case.owner), ("transfer_sign", one.receiver, case.owner),
        ]  # fmt: skip
        assert clocks[0].due_on == dispatch.limit_on
        assert GrantRecord.objects.filter(case=case, department=one.receiver, cause="referral", ended_at=None).count() == 1
        handed = Custody.objects.filter(kind="handed_over", cause_kind="referral", cause_id=one.pk)
        assert {(row.department, row.to_department) for row in handed} == {(case.owner, one.receiver)}
        assert handed.count() == 2
        assert verbs(one) == ["transfer.sent"]
    assert told("referral.to_sign") == ["彭立群", "罗采薇", "钟灵儿"]


def test_a_body_without_an_account_gets_a_letter_but_no_access(case, procuratorate, insurance_handler, now):
    Route.objects.get_or_create(kind="transfer", sender="insurance", receiver="other")
    dispatch = make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="sent")
    assert dispatch.referrals.get().number == "青医保函〔2026〕1号"
    assert not GrantRecord.objects.filter(department=procuratorate).exists()


def test_a_bulletin_without_limit_starts_only_the_clock_of_receipt(case, receiver, insurance_handler, now):
    dispatch = make_dispatch(
        case, [receiver], kind="bulletin", by=insurance_handler, at=now, status="sent", limit_on=None
    )
    codes = Deadline.objects.filter(target_kind="referral", target_id=dispatch.referrals.get().pk)
    assert list(codes.values_list("rule_code", flat=True)) == ["transfer_sign"]


def test_a_letter_whose_limit_has_passed_is_not_sent(
    case, receiver, insurance_handler, insurance_registrar, now
):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="approved", days=2)
    with pytest.raises(BadInput) as refusal:
        send_dispatch(dispatch=dispatch, by=insurance_registrar, at=now + 3 * DAY)
    assert refusal.value.field == "limit_on"
    assert not Referral.objects.exists()


@pytest.mark.parametrize("status", ["draft", "submitted", "reviewed", "sent", "discarded"])
def test_only_a_signed_paper_is_sent(status, case, receiver, insurance_handler, insurance_registrar, now):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status=status)
    before = Referral.objects.count()
    with pytest.raises(WrongState):
        send_dispatch(dispatch=dispatch, by=insurance_registrar, at=now)
    assert Referral.objects.count() == before


def test_a_broken_record_takes_everything_back_the_number_included(
    case, receiver, insurance_handler, insurance_registrar, now, monkeypatch
):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="approved")

    def broken(*args, **more):
        raise RuntimeError("the record does not answer")

    monkeypatch.setattr("referrals.actions.sending.record", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        send_dispatch(dispatch=dispatch, by=insurance_registrar, at=now)
    dispatch.refresh_from_db()
    assert (dispatch.status, Referral.objects.count()) == ("approved", 0)
    assert not Deadline.objects.filter(target_kind="referral").exists()
    assert not GrantRecord.objects.filter(department=receiver).exists()
    monkeypatch.undo()
    assert send_dispatch(dispatch=dispatch, by=insurance_registrar, at=now)[0].number == "青医保函〔2026〕1号"


@pytest.mark.parametrize("model", ["manifestitem", "question"])
def test_the_lines_of_a_sent_paper_are_kept_by_the_database(model, case, support, now):
    referral = support("sent")
    rows = referral.dispatch.manifest if model == "manifestitem" else referral.dispatch.questions
    for change in (lambda: rows.all().delete(), lambda: rows.update(position=99)):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# --- technical support: the notice ---------------------------------------------------------------------------
def test_a_need_starts_the_requesters_clock_from_the_day_of_discovery(
    case, receiver, insurance_handler, now, verbs
):
    # discovered on Friday 13 November 2026: Monday, Tuesday, Wednesday 18
    dispatch = make_need(case, receiver, by=insurance_handler, at=now, discovered_on=dt.date(2026, 11, 13))
    clock = Deadline.objects.get(target_kind="dispatch", target_id=dispatch.pk)
    assert (clock.rule_code, clock.department, clock.to_department) == ("support_notice", case.owner, receiver)
    assert (clock.started_on, clock.due_on, clock.status) == (dt.date(2026, 11, 13), dt.date(2026, 11, 18), "running")
    assert [question.text for question in dispatch.questions.all()] == ["入院指征是否成立", "医师执业资质是否相符"]
    assert verbs(dispatch) == ["support.needed"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"discovered_on": dt.date(2026, 11, 17)}, "discovered_on"),
        ({"questions": [" ", ""]}, "questions"),
        ({"limit_on": dt.date(2026, 11, 16)}, "limit_on"),
    ],
)
def test_a_need_refuses_what_cannot_be_right(changes, field, case, receiver, insurance_handler, now):
    given = {
        "discovered_on": now.date(), "questions": ["一"], "subject": "函", "facts": "事实",
    } | changes  # fmt: skip
    with pytest.raises(BadInput) as refusal:
        discover_need(case=case, receiver=receiver, by=insurance_handler, at=now, **given)
    assert refusal.value.field == field
    assert not Dispatch.objects.exists()


def test_a_notice_in_time_meets_the_clock(support):
    referral = support("sent")
    clock = Deadline.objects.get(target_kind="dispatch")
    assert (clock.status, clock.late) == ("met", False)
    assert Deadline.objects.open().of("referral", referral.pk).get().rule_code == "transfer_sign"


def test_a_late_notice_needs_a_reason_and_stays_late_for_ever(
    case, receiver, insurance_handler, insurance_registrar, now
):
    dispatch = make_need(
        case, receiver, by=insurance_handler, at=now, status="approved", discovered_on=dt.date(2026, 11, 9)
    )
    with pytest.raises(BadInput) as refusal:
        send_dispatch(dispatch=dispatch, by=insurance_registrar, at=now)
    assert refusal.value.field == "late_reason"
    dispatch.refresh_from_db()
    assert dispatch.status == "approved"
    send_dispatch(dispatch=dispatch, late_reason="等待病历封存", by=insurance_registrar, at=now)
    clock = Deadline.objects.get(target_kind="dispatch")
    assert (clock.status, clock.late, clock.late_reason) == ("met", True, "等待病历封存")
    assert dispatch.late_reason == "等待病历封存"


def test_a_need_given_up_cancels_its_clock_with_the_reason(case, receiver, insurance_handler, now):
    dispatch = make_need(case, receiver, by=insurance_handler, at=now, status="discarded")
    assert (dispatch.status, Deadline.objects.get(target_kind="dispatch").status) == ("discarded", "cancelled")


def test_a_notice_whose_clock_was_cancelled_is_still_sent(
    case, receiver, insurance_handler, insurance_registrar, now
):
    from deadlines.actions.clocks import cancel_clock

    dispatch = make_need(case, receiver, by=insurance_handler, at=now, status="approved")
    cancel_clock(deadline=Deadline.objects.get(target_kind="dispatch"), at=now, reason="规则调整")
    assert send_dispatch(dispatch=dispatch, by=insurance_registrar, at=now)[0].status == "sent"


def test_the_questions_of_a_draft_are_replaced_when_it_is_edited(case, receiver, insurance_handler, now):
    dispatch = make_need(case, receiver, by=insurance_handler, at=now)
    edit_dispatch(
        dispatch=dispatch, version=1, by=insurance_handler, at=now, **values(dispatch, questions=["只问一件"])
    )
    assert [question.text for question in dispatch.questions.all()] == ["只问一件"]


def test_the_clock_of_a_notice_follows_its_new_receiver(case, receiver, market, insurance_handler, now):
    dispatch = make_need(case, receiver, by=insurance_handler, at=now)
    assert open_clock(dispatch, "support_notice").to_department == receiver
    edit_dispatch(
        dispatch=dispatch, version=1, by=insurance_handler, at=now, **values(dispatch, questions=["一"], receivers=[market])
    )
    owed = open_clock(dispatch, "support_notice")
    assert owed.to_department == market
    told = Event.objects.filter(verb="deadline.redirected", target_id=owed.pk)
    assert told.count() == 1
    edit_dispatch(
        dispatch=dispatch, version=2, by=insurance_handler, at=now, **values(dispatch, questions=["二"], receivers=[market])
    )
    assert told.count() == 1
    cancel_clock(deadline=owed, reason="x", at=now)  # no clock, nothing to redirect
    edit_dispatch(
        dispatch=dispatch, version=3, by=insurance_handler, at=now,
        **values(dispatch, questions=["三"], receivers=[receiver]),
    )
    assert told.count() == 1


def test_set_up_must_have_loaded_the_signing_rules(dispatch, insurance_handler):
    SigningRule.objects.all().delete()
    with pytest.raises(ObjectDoesNotExist):
        rules.signing_rule(dispatch)
