"""A letter passed on to who has power, taken back by consent, done again point by point, pressed by the office."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.strands import file_strand
from cases.models import Case, Custody, GrantRecord, Strand
from core.forms import new_form_key
from core.refusals import BadInput, Refused, WrongState
from deadlines.models import Deadline
from departments.models import Route
from documents.models import IssuedDocument
from referrals import reading, receiving_reading, receiving_rules, workbench
from referrals.actions.closing import close_referral, redo_referral
from referrals.actions.completion import take_completion
from referrals.actions.drafting import Line
from referrals.actions.forwarding import draft_forward, leave_behind
from referrals.actions.handling import accept_referral, assign_referral, return_referral
from referrals.actions.sending import send_dispatch
from referrals.actions.supervision import reply_to_supervision
from referrals.actions.withdrawal import ask_withdrawal, decide_withdrawal
from referrals.models import Dispatch, FollowUp, RedoPoint, Referral, Reply, Supervision, Withdrawal
from tests.factories.cases import pdf
from tests.factories.follow_ups import ask_completion, bring_follow_up, supervise, supply_completion
from tests.factories.referrals import answer, bring_paper, make_reply

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"
STATES = ("sent", "received", "accepted", "returned", "answered", "closed", "withdrawn")


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, BACKEND)
        return client

    return of


def post(client, url, **fields):
    return client.post(url, {"form_key": new_form_key(), **fields})


def call(client, referral, step, **data):
    referral.refresh_from_db()
    return client.post(
        f"/api/v1/referrals/{referral.pk}/{step}/", data, content_type="application/json",
        headers={"If-Match": f'"{referral.version}"'},
    )  # fmt: skip


def clocks(referral):
    rows = Deadline.objects.filter(target_kind="referral", target_id=referral.pk).order_by("pk")
    return {row.rule_code: row.status for row in rows}


@pytest.fixture
def forward(letter, market, market_section_head, market_registrar, market_handler, health_handler, now):
    """`forward("sent")`: health has no power and passes a transfer on to market regulation."""

    def made(status="draft", referral=None):
        referral = referral or letter("received")
        dispatch = draft_forward(
            referral=referral, receiver=market, reason="属药品经营环节问题。", limit_on=now.date() + 20 * DAY,
            by=health_handler, at=now,
        )  # fmt: skip
        return bring_paper(dispatch, status, at=now)

    return made


# --- forwarding ------------------------------------------------------------------------------------------------
def test_evidence_custody_access_and_clock_follow_a_forwarded_letter(
    forward, market, insurance_handler, health_handler, now, told, verbs
):
    dispatch = forward("sent")
    old, new = dispatch.forwards, dispatch.referrals.get()
    old.refresh_from_db()
    assert (old.status, old.over, new.status) == ("forwarded", True, "sent")
    assert (new.sender, new.receiver, new.author) == (old.sender, market, insurance_handler)
    assert set(clocks(old).values()) == {"met", "cancelled"}
    rows = Deadline.objects.open().of("referral", new.pk)
    assert {(row.rule_code, row.department, row.to_department) for row in rows} == {
        ("transfer_sign", market, old.sender), ("transfer_reply", market, old.sender),
    }  # fmt: skip
    handed = Custody.objects.filter(cause_kind="referral", cause_id=new.pk).values_list(
        "kind", "department__function", "to_department__function"
    )
    assert set(handed) == {("handed_over", "health", "market")}
    assert not GrantRecord.objects.filter(department=old.receiver, ended_at=None).exists()
    assert GrantRecord.objects.filter(department=market, cause_id=new.pk, ended_at=None).exists()
    assert told("referral.was_forwarded") == ["何志远", "陈晓岚"]
    assert (verbs(old)[-1], verbs(new)) == ("referral.forwarded", ["transfer.sent"])
    letter = new.document.context
    assert (new.document.department, letter["recipients"], letter["copies"]) == (
        old.receiver, ["县市场监督管理局"], ["县医疗保障局"],
    )  # fmt: skip
    assert letter["title"].startswith("关于转送")
    assert next(para["heading"] for para in letter["body"] if para["heading"]) == "一、转送理由"
    # who forwarded it has left the case, and keeps both letters in its register
    assert not Case.objects.visible_to(health_handler).exists()
    assert set(Referral.objects.readable_by(health_handler)) == {old, new}
    assert IssuedDocument.objects.visible_to(health_handler).filter(pk=new.document_id).exists()


def test_the_answer_to_a_forwarded_letter_goes_to_who_sent_it_first(
    forward, market, market_handler, insurance_handler, insurance_registrar, health_handler, now, told
):
    new = forward("sent").referrals.get()
    from tests.factories.referrals import bring_referral

    bring_referral(new, "accepted", at=now)
    reply = answer(new, at=now)
    assert reply.document.context["recipients"] == ["县医疗保障局"]
    assert told("referral.was_answered") == ["曾小禾", "陈晓岚"]
    assert list(Reply.objects.visible_to(insurance_handler)) == [reply]
    assert not Reply.objects.visible_to(health_handler).exists()
    assert [row.pk for row in workbench.waiting_letters(insurance_handler)] == [new.pk]
    close_referral(referral=new, by=insurance_handler, at=now)
    assert new.status == "closed"


def test_a_second_forwarding_shows_the_whole_chain_and_never_goes_back(
    forward, market, market_section_head, police, police_registrar, insurance_handler, market_registrar, health, now
):
    from referrals.actions.receipt import sign_for

    first = forward("sent")
    second = first.referrals.get()
    sign_for(referral=second, by=market_registrar, at=now)
    for back in (health, second.sender):
        with pytest.raises(BadInput, match=back.short_name) as refusal, transaction.atomic():
            draft_forward(
                referral=second, receiver=back, reason="因", limit_on=now.date() + DAY, by=market_section_head, at=now
            )
        assert refusal.value.field == "receivers"
    draft_forward(
        referral=second, receiver=police, reason="涉嫌犯罪", limit_on=now.date() + DAY, by=market_section_head, at=now
    )
    shown = receiving_reading.chain(first.forwards, insurance_handler)
    assert [(link["letter"].receiver.short_name, link["here"]) for link in shown] == [
        ("县卫健局", True), ("县市监局", False),
    ]  # fmt: skip
    assert [link["here"] for link in receiving_reading.chain(second, insurance_handler)] == [False, True]


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"reason": " "}, "reason"), ({"limit_on": None}, "limit_on"), ({"limit_on": dt.date(2026, 11, 16)}, "limit_on")],
)
def test_forwarding_needs_a_reason_and_a_limit(changes, field, letter, market, health_section_head, now):
    referral = letter("received")
    given = {"reason": "因", "limit_on": now.date() + DAY} | changes
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        draft_forward(referral=referral, receiver=market, by=health_section_head, at=now, **given)
    assert (refusal.value.field, Dispatch.objects.filter(forwards=referral).count()) == (field, 0)


@pytest.mark.parametrize("wrong", ["oneself", "no route", "several"])
def test_forwarding_refuses_the_wrong_receiver(
    wrong, letter, market, police, health, health_section_head, insurance_handler, forward, now
):
    referral = letter("received")
    limit = now.date() + DAY
    if wrong == "several":
        from referrals.actions.drafting import edit_dispatch

        dispatch = forward(referral=referral)
        with pytest.raises(BadInput), transaction.atomic():
            edit_dispatch(
                dispatch=dispatch, version=1, receivers=[market, police], subject="函", facts="事实", limit_on=limit,
                by=health_section_head, at=now,
            )  # fmt: skip
        return
    Route.objects.filter(kind="transfer", sender="health", receiver="market").delete()
    with pytest.raises(Refused, match=r"\w"), transaction.atomic():
        draft_forward(
            referral=referral, receiver=health if wrong == "oneself" else market, reason="因", limit_on=limit,
            by=health_section_head, at=now,
        )  # fmt: skip


def test_one_forwarding_at_a_time(forward, letter):
    referral = letter("received")
    forward(referral=referral)
    with pytest.raises(WrongState), transaction.atomic():
        forward(referral=referral)


def test_a_letter_decided_on_meanwhile_is_not_forwarded(
    forward, letter, health_handler, health_section_head, health_registrar, now
):
    referral = letter("received")
    dispatch = forward("approved", referral=referral)
    assign_referral(referral=referral, person=health_handler, by=health_section_head, at=now)
    accept_referral(referral=referral, by=health_handler, at=now)
    with pytest.raises(WrongState), transaction.atomic():
        send_dispatch(dispatch=Dispatch.objects.get(pk=dispatch.pk), by=health_registrar, at=now)
    assert Referral.objects.count() == 1


def test_what_was_supplied_goes_along(
    forward, letter, case, insurance_handler, health_registrar, health_section_head, now
):
    from cases.actions.evidence import add_evidence

    referral = letter("received")
    completion = ask_completion(
        referral=referral, missing="缺清单", due_on=now.date() + DAY, by=health_section_head, at=now
    )
    piece = add_evidence(case=case, upload=pdf("费用清单.pdf"), by=insurance_handler, at=now)
    supply_completion(completion=completion, lines=[Line(evidence=piece)], by=insurance_handler, at=now)
    take_completion(completion=completion, by=health_registrar, at=now)
    dispatch = forward(referral=referral)
    assert [item.name for item in dispatch.manifest.all()][-1] == "费用清单.pdf"


@pytest.fixture
def supplied(letter, case, insurance_handler, health_section_head, now):
    """`supplied(dispatch)`: a letter to which a file was supplied, perhaps while `dispatch` forwards it; the completion."""
    from cases.actions.evidence import add_evidence

    def made(dispatch=None):
        referral = dispatch.forwards if dispatch else letter("received")
        completion = ask_completion(
            referral=referral, missing="缺清单", due_on=now.date() + DAY, by=health_section_head, at=now
        )
        piece = add_evidence(case=case, upload=pdf("费用清单.pdf"), by=insurance_handler, at=now)
        return supply_completion(completion=completion, lines=[Line(evidence=piece)], by=insurance_handler, at=now)

    return made


def test_what_is_supplied_while_a_forwarding_is_being_signed_does_not_stay_behind(
    forward, supplied, health_registrar, now
):
    dispatch = forward("approved")
    completion = supplied(dispatch)
    for sentence, field in (("请先接收对方补送的材料", ""), ("费用清单.pdf", "manifest")):
        paper = Dispatch.objects.get(pk=dispatch.pk)
        with pytest.raises(BadInput, match=sentence) as refusal, transaction.atomic():
            send_dispatch(dispatch=paper, by=health_registrar, at=now + 2 * DAY)
        assert (refusal.value.field or "") == field
        if not field:
            take_completion(completion=completion, by=health_registrar, at=now + DAY)
    paper.forwards.refresh_from_db()
    assert paper.forwards.status == "received"


def test_what_was_supplied_is_taken_in_before_it_is_forwarded(supplied, forward):
    completion = supplied()
    with pytest.raises(BadInput, match="请先接收对方补送的材料"), transaction.atomic():
        forward(referral=completion.referral)


@pytest.mark.parametrize("status", [state for state in STATES if state != "received"])
def test_only_a_letter_that_waits_for_its_receiver_is_forwarded(status, letter, market, health_section_head, now):
    referral = letter(status)
    with pytest.raises(Refused, match=r"\w"), transaction.atomic():
        draft_forward(
            referral=referral, receiver=market, reason="因", limit_on=now.date() + DAY, by=health_section_head, at=now
        )
    assert not receiving_rules.can_forward(health_section_head, referral)


# --- withdrawal by consent -------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", ["received", "accepted"])
def test_a_letter_is_withdrawn_after_receipt_with_the_receivers_consent(
    status, letter, insurance_handler, health_section_head, health_handler, health_registrar, now, told
):
    referral = letter(status)
    asked = ask_withdrawal(referral=referral, reason="线索重复", by=insurance_handler, at=now)
    assert "彭立群" in told("withdrawal.to_decide")
    decide_withdrawal(withdrawal=asked, agreed=True, by=health_section_head, at=now)
    referral.refresh_from_db()
    assert (referral.status, referral.withdraw_reason, told("withdrawal.was_agreed")) == (
        "withdrawn", "线索重复", ["陈晓岚"],
    )  # fmt: skip
    assert set(clocks(referral).values()) == {"met", "cancelled"}
    assert not GrantRecord.objects.filter(department=referral.receiver, ended_at=None).exists()
    assert IssuedDocument.objects.get(pk=referral.document_id).is_void
    assert not Strand.objects.filter(department=referral.receiver, ended_at=None).exists()
    # what was signed for stays in the receiver's register
    assert list(Referral.objects.readable_by(health_registrar)) == [referral]


def test_without_consent_the_letter_stands(letter, insurance_handler, health_section_head, now, told):
    referral = letter("accepted")
    asked = ask_withdrawal(referral=referral, reason="线索重复", by=insurance_handler, at=now)
    with pytest.raises(WrongState), transaction.atomic():
        ask_withdrawal(referral=referral, reason="再", by=insurance_handler, at=now)
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        decide_withdrawal(withdrawal=asked, agreed=False, by=health_section_head, at=now)
    assert refusal.value.field == "remark"
    decide_withdrawal(withdrawal=asked, agreed=False, remark="已立案", by=health_section_head, at=now)
    referral.refresh_from_db()
    assert (referral.status, told("withdrawal.was_refused")) == ("accepted", ["陈晓岚"])
    with pytest.raises(WrongState), transaction.atomic():
        decide_withdrawal(withdrawal=Withdrawal.objects.get(), agreed=True, by=health_section_head, at=now)


@pytest.mark.parametrize("meanwhile", ["reply drafted", "filed"])
def test_consent_is_refused_where_the_receiver_has_gone_on(
    meanwhile, letter, insurance_handler, health_section_head, health_deputy_head, now
):
    referral = letter("accepted")
    asked = ask_withdrawal(referral=referral, reason="线索重复", by=insurance_handler, at=now)
    if meanwhile == "reply drafted":
        make_reply(referral, at=now)
    else:
        strand = Strand.objects.get(department=referral.receiver)
        file_strand(strand=strand, filing_number="青卫健立〔2026〕1号", by=health_deputy_head, at=now)
    with pytest.raises(WrongState), transaction.atomic():
        decide_withdrawal(withdrawal=asked, agreed=True, by=health_section_head, at=now)
    assert Withdrawal.objects.get().status == "asked"


def test_a_line_fed_by_another_letter_goes_on(letter, insurance_handler, health_section_head, health_handler, now):
    first = letter("accepted")
    second = letter("accepted", kind="bulletin")
    IssuedDocument.objects.filter(pk=first.document_id).exists()
    asked = ask_withdrawal(referral=first, reason="线索重复", by=insurance_handler, at=now)
    decide_withdrawal(withdrawal=asked, agreed=True, by=health_section_head, at=now)
    assert Strand.objects.get(department=second.receiver).ended_at is None


def test_a_void_letter_is_not_voided_again(letter, insurance_handler, insurance_deputy_head, health_section_head, now):
    referral = letter("received")
    # voided in the days when a letter under way could be
    IssuedDocument.objects.filter(pk=referral.document_id).update(
        voided_at=now, voided_by=insurance_deputy_head, void_reason="错印"
    )
    asked = ask_withdrawal(referral=referral, reason="错发", by=insurance_handler, at=now)
    decide_withdrawal(withdrawal=asked, agreed=True, by=health_section_head, at=now)
    referral.refresh_from_db()
    assert referral.status == "withdrawn"


@pytest.mark.parametrize("status", [state for state in STATES if state not in ("received", "accepted")])
def test_only_what_is_being_worked_is_asked_back(status, letter, insurance_handler, now):
    referral = letter(status)
    with pytest.raises(WrongState), transaction.atomic():
        ask_withdrawal(referral=referral, reason="因", by=insurance_handler, at=now)
    assert not receiving_rules.can_ask_withdrawal(insurance_handler, referral)


# --- redo point by point ---------------------------------------------------------------------------------------
def test_a_redo_names_its_points_and_keeps_the_other_answers(support, insurance_handler, health_handler, now, verbs):
    referral = support("answered")
    redo_referral(
        referral=referral, reason="资质未说明", points=["matter-2"], limit_on=now.date() + 9 * DAY,
        by=insurance_handler, at=now,
    )  # fmt: skip
    assert [(point.round, point.name) for point in RedoPoint.objects.all()] == [(1, "医师执业资质是否相符")]
    given, kept = reading.last_answer(referral, health_handler)
    first = referral.dispatch.questions.first()
    assert (given["text"], kept) == ("经核查属实。", {first.pk: "是"})
    with pytest.raises(IntegrityError), transaction.atomic():
        RedoPoint.objects.update(name="x")


def test_a_redo_refuses_a_point_the_letter_does_not_have(letter, insurance_handler, now):
    referral = letter("answered")
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        redo_referral(
            referral=referral, reason="因", points=["line-9"], limit_on=now.date() + DAY, by=insurance_handler, at=now
        )
    assert (refusal.value.field, Referral.objects.get().status) == ("points", "answered")


def test_nothing_is_kept_where_nothing_was_answered(letter, health_handler):
    assert reading.last_answer(letter("accepted"), health_handler) == ({}, {})


# --- 督办 ------------------------------------------------------------------------------------------------------
LATE = 30 * DAY


def test_the_office_demands_a_reply_from_who_is_late(
    letter, office_coordinator, health_handler, health_section_head, now, told, verbs
):
    referral, at = letter("accepted"), now + LATE
    supervision = supervise(
        referral=referral, demand="说明超期原因。", reply_on=at.date() + 3 * DAY, by=office_coordinator, at=at
    )
    assert (supervision.number, supervision.duty, supervision.due_on) == (1, "反馈办理结果", referral.limit_on)
    assert supervision.days_late > 0
    assert clocks(referral)["supervision"] == "running"
    owed = Deadline.objects.open().of("referral", referral.pk).get(rule_code="supervision")
    assert (owed.department, owed.to_department) == (referral.receiver, office_coordinator.department)
    assert told("supervision.to_reply") == ["周敏仪", "彭立群", "蒋思远", "邓汉章"]
    document = supervision.document
    assert document.context["title"] == "关于督办线索移交办理事项的函"
    words = "".join(para["text"] for para in document.context["body"])
    assert referral.dispatch.subject not in words
    assert f"截至目前已超期{supervision.days_late}个工作日" in words
    for user in (office_coordinator, health_handler):
        assert IssuedDocument.objects.visible_to(user).filter(pk=document.pk).exists()
    with pytest.raises(WrongState), transaction.atomic():
        supervise(referral=referral, demand="再", reply_on=at.date() + DAY, by=office_coordinator, at=at)
    reply_to_supervision(supervision=supervision, text="专家评议中，月底前完成。", by=health_handler, at=at)
    assert (supervision.status, clocks(referral)["supervision"]) == ("replied", "met")
    assert told("supervision.was_replied") == ["江望舒"]
    assert verbs(referral)[-2:] == ["supervision.issued", "supervision.replied"]
    again = supervise(referral=referral, demand="限期完成", reply_on=at.date() + DAY, by=office_coordinator, at=at)
    assert again.number == 2
    assert "第2次督办" in again.document.context["body"][0]["text"]
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        reply_to_supervision(supervision=again, text=" ", by=health_handler, at=at)
    assert refusal.value.field == "text"


@pytest.mark.parametrize(
    ("changes", "field"), [({"demand": " "}, "demand"), ({"reply_on": dt.date(2026, 11, 1)}, "reply_on")]
)
def test_a_supervision_refuses_what_cannot_be_right(changes, field, letter, office_coordinator, now):
    referral, at = letter("accepted"), now + LATE
    given = {"demand": "说明", "reply_on": at.date() + DAY} | changes
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        supervise(referral=referral, by=office_coordinator, at=at, **given)
    assert (refusal.value.field, Supervision.objects.count()) == (field, 0)


@pytest.mark.parametrize("status", ["sent", "received", "accepted"])
def test_who_is_in_time_is_not_supervised(status, letter, office_coordinator, now):
    with pytest.raises(WrongState, match=r"\w"), transaction.atomic():
        supervise(
            referral=letter(status), demand="说明", reply_on=now.date() + DAY, by=office_coordinator, at=now
        )


def test_a_letter_that_ends_ends_its_supervision(letter, office_coordinator, health_handler, health_section_head, now):
    from deadlines.actions.clocks import cancel_clock, open_clock

    for cancelled in (False, True):
        referral = letter("received")
        at = now + LATE
        supervise(referral=referral, demand="说明", reply_on=at.date() + DAY, by=office_coordinator, at=at)
        if cancelled:
            cancel_clock(deadline=open_clock(referral, "supervision"), at=at, reason="补录")
        return_referral(referral=referral, category="other", reason="不属职责", by=health_section_head, at=at)
        assert (referral.supervisions.get().status, clocks(referral)["supervision"]) == ("lapsed", "cancelled")


def test_a_supervision_without_its_clock_is_replied_to(letter, office_coordinator, health_handler, now):
    from deadlines.actions.clocks import cancel_clock, open_clock

    referral, at = letter("accepted"), now + LATE
    supervision = supervise(referral=referral, demand="说明", reply_on=at.date() + DAY, by=office_coordinator, at=at)
    cancel_clock(deadline=open_clock(referral, "supervision"), at=at, reason="补录")
    reply_to_supervision(supervision=supervision, text="已办", by=health_handler, at=at)
    assert supervision.status == "replied"


def test_who_may_supervise_and_who_replies(
    letter, office_coordinator, county_leader, health_handler, health_handler_2, insurance_registrar, now
):
    at = now - LATE
    referral = letter("accepted")
    Deadline.objects.filter(target_kind="referral").update(due_at=at, due_on=at.date())
    assert receiving_rules.can_supervise(office_coordinator, referral)
    assert not receiving_rules.can_supervise(county_leader, referral)
    assert not receiving_rules.can_reply_to_supervision(health_handler, referral)
    supervise(referral=referral, demand="说明", reply_on=now.date() + DAY, by=office_coordinator, at=now)
    assert not receiving_rules.can_supervise(office_coordinator, referral)
    may = [
        receiving_rules.can_reply_to_supervision(user, referral)
        for user in (health_handler, health_handler_2, insurance_registrar)
    ]
    assert may == [True, False, False]


def test_a_supervision_of_a_body_on_paper_is_delivered_and_written_down_by_the_registrar(
    case, procuratorate, insurance_handler, insurance_registrar, office_coordinator, office, now, told,
    insurance_section_head, insurance_deputy_head,
):  # fmt: skip
    from tests.factories.referrals import make_dispatch

    referral = make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="sent").referrals.get()
    at = now + LATE
    supervise(referral=referral, demand="说明", reply_on=at.date() + DAY, by=office_coordinator, at=at)
    assert told("supervision.to_reply") == ["曾小禾"]
    assert receiving_rules.can_reply_to_supervision(insurance_registrar, referral)
    assert list(workbench.waiting_letters(insurance_registrar)) == [referral]


# --- by the pages and the API ----------------------------------------------------------------------------------
class TestByThePages:
    @pytest.fixture
    def now(self):
        return timezone.now()

    def test_a_letter_is_forwarded(
        self, letter, market, seat, health_section_head, health_handler, health_registrar, insurance_handler, now
    ):
        referral = letter("received")
        assign_referral(referral=referral, person=health_handler, by=health_section_head, at=now)
        head, page = seat(health_handler), reverse("referrals:referral_forward", args=[referral.pk])
        form = head.get(page).context["form"]
        assert referral.sender not in form.fields["receiver"].queryset
        limit = (timezone.localdate() + 9 * DAY).isoformat()
        wrong = post(head, page, receiver=market.pk, reason="因", limit_on="2020-01-01")
        assert list(wrong.context["form"].errors) == ["limit_on"]
        to = post(head, page, receiver=market.pk, reason="属药品经营环节", limit_on=limit)
        dispatch = Dispatch.objects.get(forwards=referral)
        assert to.url == dispatch.get_absolute_url()
        assert "转送" in head.get(reverse("referrals:dispatch_preview", args=[dispatch.pk])).content.decode()
        bring_paper(dispatch, "approved", at=now)
        registrar = seat(health_registrar)
        done = post(registrar, reverse("referrals:dispatch_send", args=[dispatch.pk]))
        assert done.url == referral.get_absolute_url()
        new = Referral.objects.get(dispatch=dispatch)
        for client in (registrar, seat(insurance_handler)):
            assert new.number in client.get(referral.get_absolute_url()).content.decode()
            assert client.get(new.get_absolute_url()).status_code == 200
        assert registrar.get(new.document.get_absolute_url()).status_code == 200

    def test_a_withdrawal_is_asked_for_and_decided(self, letter, seat, insurance_handler, health_section_head):
        referral = letter("accepted")
        ask = reverse("referrals:referral_ask_withdrawal", args=[referral.pk])
        decide = reverse("referrals:referral_decide_withdrawal", args=[referral.pk])
        assert seat(health_section_head).get(decide).status_code == 403
        assert seat(insurance_handler).get(ask).status_code == 200
        post(seat(insurance_handler), ask, reason="线索重复")
        head = seat(health_section_head)
        assert [row.action_label for row in workbench.todo_rows(health_section_head, 9)] == ["处理撤回请求"]
        assert "线索重复" in head.get(decide).content.decode()
        assert list(post(head, decide, agreed="no", remark="").context["form"].errors) == ["remark"]
        post(head, decide, agreed="yes", remark="")
        assert Referral.objects.get().status == "withdrawn"
        assert "线索重复" in head.get(referral.get_absolute_url()).content.decode()

    def test_a_redo_names_points_by_the_page(self, support, seat, insurance_handler, health_handler):
        referral = support("answered")
        page = reverse("referrals:referral_redo", args=[referral.pk])
        assert "医师执业资质是否相符" in seat(insurance_handler).get(page).content.decode()
        limit = (timezone.localdate() + 9 * DAY).isoformat()
        post(seat(insurance_handler), page, points=["matter-2"], reason="补充", limit_on=limit)
        worker = seat(health_handler)
        assert "医师执业资质是否相符" in worker.get(referral.get_absolute_url()).content.decode()
        form = worker.get(reverse("referrals:referral_reply", args=[referral.pk])).context["form"]
        assert form.initial["text"] == "经核查属实。"

    def test_the_office_supervises_and_reads_the_reply(self, letter, seat, office_coordinator, health_handler, now):
        referral = letter("accepted")
        begun, due = now - 2 * LATE, now - LATE
        Deadline.objects.filter(target_kind="referral").update(
            started_at=begun, started_on=begun.date(), first_due_on=due.date(), due_on=due.date(), due_at=due
        )
        office = seat(office_coordinator)
        assert "督办" in office.get(referral.get_absolute_url()).content.decode()
        page = reverse("referrals:referral_supervise", args=[referral.pk])
        assert office.get(page).status_code == 200
        due = (timezone.localdate() + 3 * DAY).isoformat()
        assert list(post(office, page, demand="说明", reply_on="2020-01-01").context["form"].errors) == ["reply_on"]
        post(office, page, demand="说明超期原因", reply_on=due)
        bring_follow_up(FollowUp.objects.get(), "sent", at=timezone.now())
        reply = reverse("referrals:referral_reply_supervision", args=[referral.pk])
        worker = seat(health_handler)
        assert "说明超期原因" in worker.get(reply).content.decode()
        post(worker, reply, text="月底前完成")
        shown = office.get(referral.get_absolute_url()).content.decode()
        assert "月底前完成" in shown
        assert referral.dispatch.facts not in shown
        assert office.get(Supervision.objects.get().document.get_absolute_url()).status_code == 200

    def test_the_api_does_the_same(
        self, letter, seat, market, insurance_handler, health_section_head, office_coordinator, health_handler, now
    ):
        referral = letter("received")
        head, limit = seat(health_section_head), (timezone.localdate() + 9 * DAY).isoformat()
        assert call(head, referral, "forward", receiver=0, reason="因", limit_on=limit).status_code == 400
        assert call(head, referral, "forward", receiver=market.pk, reason="因", limit_on=limit).status_code == 201
        assert call(seat(insurance_handler), referral, "ask-withdrawal", reason="重复").status_code == 200
        assert call(head, referral, "decide-withdrawal", agreed=False, remark="在办").status_code == 200
        Deadline.objects.filter(target_kind="referral").update(due_at=now - LATE, due_on=(now - LATE).date())
        office = seat(office_coordinator)
        answer_ = call(office, referral, "supervise", demand="说明", reply_on=limit)
        assert (answer_.status_code, "facts" in answer_.json()) == (201, False)
        bring_follow_up(FollowUp.objects.get(), "sent", at=timezone.now())
        assert call(head, referral, "reply-supervision", text="月底前").status_code == 200


def test_what_was_decided_on_meanwhile_is_left_where_it_is(letter, health_registrar, now):
    decided = letter("accepted")
    with pytest.raises(WrongState, match="不再转送"):
        leave_behind(decided, decided, by=health_registrar, at=now)
    decided.refresh_from_db()
    assert decided.status == "accepted"
