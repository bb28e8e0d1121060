"""信息互通: who has to be told, the clock, leaving somebody out, copies, and who has read."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.editing import edit_case
from cases.models import Case
from core.refusals import AlreadyDone, BadInput, StillOpen, WrongState
from deadlines.models import Deadline
from departments.enums import Role
from departments.models import Category, Route, User
from journal.models import Event
from referrals import (
    contexts,
    contexts_signed,
    letters,
    letters_signed,
    panels_informing,
    reading,
    rules_informing,
    workbench_informing,
)
from referrals.actions.circulation import circulate, confirm_read
from referrals.actions.closing import close_referral, withdraw_referral
from referrals.actions.drafting import edit_dispatch
from referrals.actions.informing import owe_bulletin, waive_bulletin
from referrals.actions.leaving_out import missing_receivers
from referrals.actions.papers import submit_paper
from referrals.actions.sending import send_dispatch
from referrals.actions.withdrawal import ask_withdrawal, decide_withdrawal
from referrals.models import BulletinDuty, Copy, Dispatch, DutyReceiver, Reading, Referral
from referrals.views.informing import letter_url
from tests.casetabs import whole_page
from tests.cast import person
from tests.factories.cases import make_case, make_subject
from tests.factories.informing import make_bulletin, make_fraud_case
from tests.factories.referrals import acting, bring_referral, make_dispatch

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def partners(receiver, market, market_handler, market_registrar, police, police_registrar):
    """卫健, 市监 and 公安: the departments 医保 tells by default."""
    return [receiver, market, police]


@pytest.fixture
def fraud(office, sender, partners, insurance_handler, now):
    return make_fraud_case(by=insurance_handler, at=now)


@pytest.fixture
def duty(fraud):
    return BulletinDuty.objects.get(case=fraud)


@pytest.fixture
def seat():
    def sit(user):
        client = Client()
        client.force_login(user, BACKEND)
        return client

    return sit


# --- who has to be told ----------------------------------------------------------------------------------------------
OWED = [
    ("insurance_handler", "false-service", "institution", ["县卫健局", "县市监局", "县公安局"]),
    ("insurance_handler", "impersonation", "pharmacy", ["县卫健局", "县市监局", "县公安局"]),
    ("insurance_handler", "false-service", "supplier", []),
    ("insurance_handler", "split-admission", "institution", []),
    ("health_handler", "staff-qualification", "institution", ["县医保局"]),
    ("market_handler", "drug-quality", "supplier", ["县医保局"]),
    ("finance_handler", "other", "institution", []),
]


@pytest.mark.parametrize(("who", "category", "kind", "told"), OWED)
def test_registering_a_lead_proposes_whom_to_tell(
    request, office, sender, partners, county, now, who, category, kind, told
):
    by = request.getfixturevalue(who)
    subject = make_subject(county, at=now, kind=kind)
    case = make_case(by=by, at=now, subject=subject, categories=[Category.objects.get(code=category)])
    found = BulletinDuty.objects.filter(case=case).first()
    assert [str(row.department) for row in found.proposed.all()] == told if told else found is None
    assert Deadline.objects.filter(rule_code="bulletin", case_id=case.pk).count() == bool(told)


def test_the_clock_is_internal_and_the_handlers(duty, verbs, insurance_handler, now):
    clock = Deadline.objects.get(target_kind="bulletin_duty", target_id=duty.pk)
    assert (clock.rule.internal, clock.person, clock.amount, clock.unit) == (
        True,
        insurance_handler,
        5,
        "working_day",
    )
    assert clock.due_on == dt.date(2026, 11, 23)
    assert verbs(duty) == ["bulletin.owed"]


def test_default_recipients_follow_the_routes(office, sender, partners, insurance_handler, now):
    Route.objects.filter(kind="bulletin", sender="insurance").exclude(receiver="police").update(
        proposed=False
    )
    case = make_fraud_case(by=insurance_handler, at=now)
    duty = BulletinDuty.objects.get(case=case)
    assert [str(row.department) for row in duty.proposed.all()] == ["县公安局"]


def test_a_category_added_later_starts_the_duty_once(case, partners, insurance_handler, now):
    assert not BulletinDuty.objects.exists()
    fraud = Category.objects.get(code="false-service")
    edit_case(case=case, version=case.version, categories=[fraud], by=insurance_handler, at=now)
    duty = BulletinDuty.objects.get()
    edit_case(
        case=case,
        version=case.version,
        categories=[fraud, Category.objects.get(code="other")],
        by=insurance_handler,
        at=now,
    )
    assert BulletinDuty.objects.get() == duty
    assert owe_bulletin(case=case, by=insurance_handler, at=now) is None


def test_nobody_owes_by_name_where_the_handler_left(
    case, partners, insurance_handler, insurance_section_head, now
):
    case.handler = None
    case.save()
    Category.objects.filter(pk__in=case.categories.all()).update(fraud=True)
    duty = owe_bulletin(case=case, by=insurance_section_head, at=now)
    assert Deadline.objects.get(target_kind="bulletin_duty", target_id=duty.pk).person is None


# --- leaving somebody out --------------------------------------------------------------------------------------------
def test_leaving_one_out_asks_a_reason_that_stays(
    duty, fraud, partners, insurance_handler, insurance_registrar, verbs, now
):
    health, market, police = partners
    with pytest.raises(BadInput) as refused:
        make_bulletin(fraud, [health, market], by=insurance_handler, at=now)
    assert (refused.value.field, "县公安局" in str(refused.value)) == ("left_out", True)
    dispatch = make_bulletin(
        fraud, [health, market], by=insurance_handler, at=now, left_out=" 尚无涉刑线索 ", status="approved"
    )
    sent = send_dispatch(dispatch=dispatch, by=insurance_registrar, at=now)
    duty.refresh_from_db()
    rows = [(str(row.department), row.referral, row.left_out_reason) for row in duty.proposed.all()]
    assert rows == [("县卫健局", sent[0], ""), ("县市监局", sent[1], ""), ("县公安局", None, "尚无涉刑线索")]
    assert (duty.status, duty.met_by) == ("met", insurance_registrar)
    assert Deadline.objects.get(target_kind="bulletin_duty", target_id=duty.pk).status == "met"
    assert verbs(duty) == ["bulletin.owed", "bulletin.left_out"]
    assert Event.objects.get(verb="bulletin.left_out").params["reason"] == "尚无涉刑线索"
    # told after all: no reason is asked again, and the row names the letter
    later = make_bulletin(fraud, [police], by=insurance_handler, at=now, status="sent")
    assert duty.proposed.get(department=police).referral == later.referrals.get()
    again = make_bulletin(fraud, [health], by=insurance_handler, at=now, status="sent")
    assert duty.proposed.get(department=health).referral != again.referrals.get()


def test_the_reason_is_asked_again_before_the_draft_goes_on(duty, fraud, partners, insurance_handler, now):
    health, _market, _police = partners
    dispatch = make_bulletin(fraud, partners, by=insurance_handler, at=now, left_out="没有人被略去")
    assert dispatch.left_out == ""  # nobody is left out: nothing to give a reason for
    dispatch.receivers.set([health])
    with pytest.raises(BadInput, match="县市监局、县公安局"):
        submit_paper(paper=dispatch, by=insurance_handler, at=now)


def test_sending_to_all_meets_the_clock_and_says_when_it_is_late(
    duty, fraud, partners, insurance_handler, insurance_registrar, now
):
    late = now + dt.timedelta(days=14)
    dispatch = make_bulletin(fraud, partners, by=insurance_handler, at=late, status="approved")
    send_dispatch(dispatch=dispatch, late_reason="等待核实", by=insurance_registrar, at=late)
    clock = Deadline.objects.get(target_kind="bulletin_duty", target_id=duty.pk)
    assert (clock.status, clock.late, clock.late_reason) == ("met", True, "等待核实")
    assert not duty.proposed.filter(referral=None).exists()


def test_withdrawing_every_letter_makes_the_bulletin_due_again(
    duty, fraud, partners, insurance_handler, insurance_registrar, health_section_head, verbs, now
):
    """The new clock begins on the first day, the one that was met stays; a letter that stands keeps the duty met."""
    dispatch = make_bulletin(fraud, partners, by=insurance_handler, at=now, status="sent")
    letters = list(dispatch.referrals.order_by("pk"))
    other = make_dispatch(fraud, [partners[0]], by=insurance_handler, at=now, status="sent")
    withdraw_referral(referral=other.referrals.get(), reason="错发", by=insurance_handler, at=now)
    later = now + dt.timedelta(days=20)
    bring_referral(letters[0], "received", at=now)
    for letter in letters[1:]:
        withdraw_referral(referral=letter, reason="错发", by=insurance_handler, at=later)
        duty.refresh_from_db()
        assert duty.status == "met"
    asked = ask_withdrawal(referral=letters[0], reason="错发", by=insurance_handler, at=later)
    decide_withdrawal(withdrawal=asked, agreed=True, by=health_section_head, at=later)
    duty.refresh_from_db()
    assert (duty.status, duty.met_by, duty.met_at) == ("due", None, None)
    assert not duty.proposed.exclude(referral=None).exists()
    first, second = Deadline.objects.filter(target_kind="bulletin_duty", target_id=duty.pk).order_by("pk")
    assert (first.status, first.late) == ("met", False)
    assert (second.started_at, second.due_on) == (first.started_at, first.due_on)
    assert Deadline.objects.open().filter(pk=second.pk).exists()
    assert verbs(duty) == ["bulletin.owed", "bulletin.owed_again"]
    assert missing_receivers(dispatch, []) == list(partners)  # asked again whom it goes to
    again = make_bulletin(fraud, partners, by=insurance_handler, at=later, status="approved")
    send_dispatch(dispatch=again, late_reason="原件撤回重发", by=insurance_registrar, at=later)
    second.refresh_from_db()
    assert (second.status, second.late) == ("met", True)


def test_a_closed_case_owes_no_bulletin_again(duty, fraud, partners, insurance_handler, now):
    dispatch = make_bulletin(fraud, partners, by=insurance_handler, at=now, status="sent")
    type(fraud).objects.filter(pk=fraud.pk).update(status="closed", closed_at=now)
    for letter in dispatch.referrals.select_related("case"):
        withdraw_referral(referral=letter, reason="错发", by=insurance_handler, at=now)
    duty.refresh_from_db()
    assert duty.status == "met"


# state of the duty → which of the two steps is allowed
MACHINE = [("due", {"send", "waive"}), ("met", set()), ("waived", set())]


@pytest.mark.parametrize("action", ["send", "waive"])
@pytest.mark.parametrize(("status", "allowed"), MACHINE)
def test_the_states_of_a_bulletin_owed(
    status,
    allowed,
    action,
    duty,
    fraud,
    partners,
    insurance_handler,
    insurance_section_head,
    insurance_registrar,
    now,
):
    dispatch = make_bulletin(fraud, partners, by=insurance_handler, at=now, status="approved")
    if status == "waived":
        waive_bulletin(duty=duty, reason="不涉及其他部门", by=insurance_section_head, at=now)
    if status == "met":
        make_bulletin(fraud, partners, by=insurance_handler, at=now, status="sent")
        duty.refresh_from_db()
    before = (duty.status, duty.version)
    assert rules_informing.can_waive(insurance_section_head, duty) == ("waive" in allowed)
    if action == "send":
        send_dispatch(dispatch=dispatch, by=insurance_registrar, at=now)  # a bulletin may always be sent
        duty.refresh_from_db()
        assert (duty.status, duty.version) == (("met", before[1] + 1) if "send" in allowed else before)
    elif "waive" in allowed:
        assert (
            waive_bulletin(duty=duty, reason="不涉及", by=insurance_section_head, at=now).status == "waived"
        )
    else:
        with pytest.raises(WrongState):
            waive_bulletin(duty=duty, reason="不涉及", by=insurance_section_head, at=now)


def test_waiving_needs_a_reason_and_ends_the_clock(duty, insurance_section_head, told, now):
    with pytest.raises(BadInput) as refused:
        waive_bulletin(duty=duty, reason=" ", by=insurance_section_head, at=now)
    assert refused.value.field == "reason"
    waive_bulletin(duty=duty, reason="仅涉及个人", by=insurance_section_head, at=now)
    assert Deadline.objects.get(target_kind="bulletin_duty", target_id=duty.pk).status == "cancelled"
    assert told("bulletin.was_waived") == ["陈晓岚"]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("insurance_section_head", True),
        ("insurance_head", True),
        ("insurance_handler", False),
        ("health_section_head", False),
    ],
)
def test_a_leader_of_the_owner_waives(request, duty, who, may):
    assert rules_informing.can_waive(request.getfixturevalue(who), duty) is may


def test_without_running_clock_a_duty_still_ends(
    duty, fraud, partners, insurance_handler, insurance_section_head, now
):
    from deadlines.actions.clocks import cancel_clock, open_clock

    cancel_clock(deadline=open_clock(duty, "bulletin"), reason="另计", at=now)
    dispatch = make_bulletin(fraud, partners, by=insurance_handler, at=now, status="sent")
    duty.refresh_from_db()
    assert duty.status == "met"
    assert (
        rules_informing.can_circulate(acting(partners[0], Role.REGISTRAR), dispatch.referrals.first())
        is False
    )


def test_waiving_without_running_clock(duty, insurance_section_head, now):
    from deadlines.actions.clocks import cancel_clock, open_clock

    cancel_clock(deadline=open_clock(duty, "bulletin"), reason="另计", at=now)
    assert waive_bulletin(duty=duty, reason="不涉及", by=insurance_section_head, at=now).status == "waived"


# --- copies and circulation ------------------------------------------------------------------------------------------
@pytest.fixture
def sent(duty, fraud, partners, finance, finance_handler, reform, reform_handler, insurance_handler, now):
    """A bulletin to the three with copies to finance (whose section head is asked to read) and reform (nobody is)."""
    person("cz03", "苗青", finance, Role.SECTION_HEAD)
    return make_bulletin(
        fraud, partners, by=insurance_handler, at=now, status="sent", copied=[finance, reform]
    )


def test_a_copy_is_for_information(sent, finance, reform, finance_handler, insurance_handler, told, now):
    copies = list(Copy.objects.order_by("pk"))
    assert [(str(copy.department), copy.number) for copy in copies] == [
        ("县财政局", sent.referrals.order_by("pk")[0].number), ("县发改局", copies[0].number),
    ]  # fmt: skip
    assert Reading.objects.filter(department=finance).values_list("person__name", flat=True).get() == "苗青"
    assert told("referral.to_read") == ["苗青"]
    assert not Reading.objects.filter(department=reform).exists()
    assert not Case.objects.visible_to(finance_handler).exists()  # a copy opens no access to the case
    assert list(Copy.objects.visible_to(finance_handler)) == [copies[0]]
    assert Copy.objects.visible_to(insurance_handler).count() == 2
    assert not Deadline.objects.filter(department=finance).exists()
    letter = letters.bulletin_letter(contexts.dispatch_context(sent.referrals.first(), at=now))
    assert letter.copies == ("县财政局", "县发展和改革局")


def test_a_copy_in_a_restricted_case_is_for_those_asked(
    sent, fraud, finance, finance_handler, insurance_handler, now
):
    fraud.restricted = True
    fraud.save()
    head = User.objects.get(name="苗青")
    copy = Copy.objects.get(department=finance)
    assert (Copy.objects.visible_to(finance_handler).exists(), Copy.objects.visible_to(head).exists()) == (
        False,
        True,
    )
    circulate(letter=copy, people=[finance_handler], by=head, at=now)
    assert Copy.objects.visible_to(finance_handler).get() == copy


COPIES = [
    ("insurance", "不能接收抄送件"),
    ("health", "无需再抄送"),
    ("other_insurance", "不能接收抄送件"),
]


@pytest.mark.parametrize(("to", "sentence"), COPIES)
def test_copies_that_cannot_be(request, case, receiver, insurance_handler, now, to, sentence):
    with pytest.raises(BadInput, match=sentence) as refused:
        make_bulletin(case, [receiver], by=insurance_handler, at=now, copied=[request.getfixturevalue(to)])
    assert refused.value.field == "copied"
    assert not Dispatch.objects.exists()


def test_signed_for_is_not_read(
    sent, partners, health_handler, health_registrar, insurance_handler, seat, verbs, now
):
    letter = sent.referrals.get(receiver=partners[0])
    with pytest.raises(WrongState, match="签收"):
        circulate(letter=letter, people=[health_handler], by=health_registrar, at=now)
    bring_referral(letter, "received", at=now)
    [reading] = circulate(letter=letter, people=[health_handler], by=health_registrar, at=now)
    page = seat(insurance_handler).get(sent.get_absolute_url())
    row = page.context["signed_for"][0]
    assert (row.signed, row.nobody_has_read, row.unread) == (True, True, [reading])
    assert "尚无人阅" in page.content.decode()
    confirm_read(reading=reading, by=health_handler, at=now)
    row = seat(insurance_handler).get(letter.get_absolute_url()).context["signed_for"][0]
    assert (row.nobody_has_read, row.unread, row.read) == (False, [], [reading])
    with pytest.raises(AlreadyDone):
        confirm_read(reading=reading, by=health_handler, at=now)
    assert verbs(reading) == ["referral.read"]
    assert Event.objects.filter(verb="referral.circulated").count() == 1


@pytest.mark.parametrize("who", ["market_handler", "health_handler"])
def test_circulation_is_for_new_colleagues(
    request, sent, partners, health_handler, health_registrar, who, now
):
    letter = bring_referral(sent.referrals.get(receiver=partners[0]), "received", at=now)
    circulate(letter=letter, people=[health_handler], by=health_registrar, at=now)
    with pytest.raises(BadInput) as refused:
        circulate(letter=letter, people=[request.getfixturevalue(who)], by=health_registrar, at=now)
    assert refused.value.field == "people"
    with pytest.raises(BadInput):
        confirm_read(reading=Reading.objects.get(person=health_handler), by=health_registrar, at=now)


def test_circulating_opens_a_restricted_letter_to_the_reader(
    sent, fraud, partners, health_handler_2, health_registrar, now
):
    letter = bring_referral(sent.referrals.get(receiver=partners[0]), "received", at=now)
    fraud.restricted = True
    fraud.save()
    assert not Referral.objects.readable_by(health_handler_2).exists()
    circulate(letter=letter, people=[health_handler_2], by=health_registrar, at=now)
    assert Referral.objects.readable_by(health_handler_2).get() == letter


def test_feedback_comes_as_a_reply(duty, fraud, partners, insurance_handler, now):
    limit = dt.date(2026, 12, 1)
    dispatch = make_bulletin(fraud, partners, by=insurance_handler, at=now, status="sent", limit_on=limit)
    letter = bring_referral(dispatch.referrals.get(receiver=partners[0]), "answered", at=now)
    assert (letter.status, letter.replies.get().status) == ("answered", "sent")
    assert not fraud.strands.filter(
        department=partners[0]
    ).exists()  # who takes note owes no decision to file


# --- pages -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def live(office, sender, partners, insurance_handler):
    """A lead of today: pages read the clock themselves."""
    return make_fraud_case(by=insurance_handler, at=timezone.now())


def _form(page, **values):
    form = page.context["form"]
    return {
        "form_key": form["form_key"].value(),
        **{name: form[name].value() or "" for name in ("kind", "subject", "facts", "request", "limit_on")},
        "amount": "",
        **values,
    }


def test_the_form_proposes_the_three_and_asks_for_the_reason(live, partners, seat, insurance_handler):
    client = seat(insurance_handler)
    case_page = whole_page(client, live.pk)
    assert "制作案情通报" in case_page
    assert "内部时限" in case_page
    url = reverse("referrals:new", args=[live.pk]) + "?kind=bulletin"
    page = client.get(url)
    assert page.context["form"]["receivers"].value() == [each.pk for each in partners]
    answer = client.post(url, _form(page, receivers=[partners[0].pk], left_out=""))
    assert "说明不通报县市监局、县公安局的原因" in answer.content.decode()
    assert not Dispatch.objects.exists()
    answer = client.post(
        url, _form(page, receivers=[partners[0].pk], left_out="另行商议", copied=[partners[1].pk])
    )
    dispatch = Dispatch.objects.get()
    assert (dispatch.left_out, list(dispatch.copied.all())) == ("另行商议", [partners[1]])
    assert "另行商议" in client.get(answer.url).content.decode()
    assert panels_informing.next_bulletin(live, insurance_handler) is None  # it is being drafted
    page = client.get(reverse("referrals:dispatch_edit", args=[dispatch.pk]))
    assert (page.context["form"]["left_out"].value(), "unclear" in page.context["form"].fields) == (
        "另行商议",
        False,
    )


def test_an_edited_draft_keeps_its_copies(live, partners, insurance_handler):
    at = timezone.now()
    dispatch = make_bulletin(
        live, partners[:2], by=insurance_handler, at=at, left_out="另行商议", copied=[partners[2]]
    )
    edited = edit_dispatch(
        dispatch=dispatch,
        version=1,
        receivers=partners,
        subject="通报",
        facts="事实",
        by=insurance_handler,
        at=at,
    )
    assert (edited.left_out, list(edited.copied.all()), edited.unclear) == ("", [], "")


def test_the_duty_page_and_waiving_it(
    live, seat, insurance_handler, insurance_section_head, office_coordinator, health_handler
):
    duty = BulletinDuty.objects.get(case=live)
    assert seat(health_handler).get(duty.get_absolute_url()).status_code == 404
    page = seat(insurance_handler).get(duty.get_absolute_url())
    assert (page.context["may_waive"], "?kind=bulletin" in page.context["new_url"]) == (False, True)
    step = panels_informing.next_bulletin(live, insurance_handler)
    assert ("县卫健局、县市监局、县公安局" in step["text"], step["days"], step["order"]) == (True, 5, 12)
    client = seat(insurance_section_head)
    url = reverse("referrals:duty_waive", args=[duty.pk])
    key = client.get(url).context["form"]["form_key"].value()
    client.post(url, {"form_key": key, "seen": "due", "reason": "经研究不涉及其他部门"})
    assert "经研究不涉及其他部门" in client.get(duty.get_absolute_url()).content.decode()
    office = seat(office_coordinator).get(duty.get_absolute_url()).content.decode()
    assert "无需通报" in office
    assert "经研究不涉及其他部门" not in office  # the reason stays with the department
    assert panels_informing.next_bulletin(live, insurance_handler) is None
    assert seat(insurance_handler).get(reverse("cases:detail", args=[live.pk])).status_code == 200


def test_a_case_does_not_close_while_a_bulletin_is_owed(live, insurance_section_head, market_handler):
    from cases.actions.progress import close_case

    with pytest.raises(StillOpen) as refused:
        close_case(case=live, reason="结案", by=insurance_section_head, at=timezone.now())
    assert any("案情通报" in str(item) for item in refused.value.details["items"])
    assert panels_informing.informing(live, market_handler) is None


def test_reading_by_the_pages(
    live, partners, seat, insurance_handler, health_handler, health_registrar, finance, market_registrar
):
    person("cz03", "苗青", finance, Role.SECTION_HEAD)
    at = timezone.now()
    dispatch = make_bulletin(live, partners, by=insurance_handler, at=at, status="sent", copied=[finance])
    letter = bring_referral(dispatch.referrals.get(receiver=partners[0]), "received", at=at)
    client = seat(health_registrar)
    url = reverse("referrals:referral_circulate", args=[letter.pk])
    key = client.get(url).context["form"]["form_key"].value()
    client.post(url, {"form_key": key, "seen": "received", "people": [health_handler.pk]})
    [row] = workbench_informing.read_rows(health_handler, 12)
    assert (row.method, row.url, workbench_informing.read_count(health_handler).count()) == (
        "post",
        letter.get_absolute_url(),
        1,
    )
    reader = seat(health_handler)
    assert "待阅" in reader.get(reverse("desk:read")).content.decode()
    page = reader.get(letter.get_absolute_url())
    assert page.context["circulated"].mine == Reading.objects.get(person=health_handler)
    key = "k" * 24
    answer = reader.post(row.action_url, {"form_key": key})
    assert answer.url == letter.get_absolute_url()
    assert workbench_informing.read_count(health_handler).count() == 0
    assert reader.get(letter.get_absolute_url()).context["circulated"].mine is None
    # the copy
    copy, head = Copy.objects.get(), User.objects.get(name="苗青")
    [row] = workbench_informing.read_rows(head, 12)
    assert (row.url, row.case_url) == (copy.get_absolute_url(), "")
    reader = seat(head)
    assert dispatch.subject in reader.get(copy.get_absolute_url()).content.decode()
    assert "抄送" in reader.get(reverse("referrals:copy_letter", args=[copy.pk])).content.decode()
    assert letter_url(Reading.objects.get(person=head)) == copy.get_absolute_url()
    colleague = person("cz02", "石磊", finance, Role.HANDLER)
    url = reverse("referrals:copy_circulate", args=[copy.pk])
    key = reader.get(url).context["form"]["form_key"].value()
    reader.post(url, {"form_key": key, "people": [colleague.pk]})
    assert Reading.objects.filter(person=colleague, read_at=None).exists()
    assert seat(market_registrar).get(copy.get_absolute_url()).status_code == 404
    assert list(workbench_informing.read_rows(insurance_handler, 12)) == []


def test_a_letter_withdrawn_is_no_longer_to_be_read(
    live, partners, health_handler, health_registrar, insurance_handler
):
    """A reading whose letter the person may no longer open is left out of the list."""
    at = timezone.now()
    dispatch = make_bulletin(live, partners, by=insurance_handler, at=at, status="sent")
    Reading.objects.create(
        dispatch=dispatch,
        department=partners[0],
        person=health_handler,
        asked_by=health_registrar,
        asked_at=at,
    )
    bring_referral(dispatch.referrals.get(receiver=partners[0]), "withdrawn", at=at)
    assert list(workbench_informing.read_rows(health_handler, 12)) == []


def test_the_sheet_of_signatures_is_printed(
    live, partners, finance, health_registrar, health_handler, insurance_handler, seat, now
):
    """签收表: who signed, who was withdrawn, who got a copy, who has read and who has not."""
    dispatch = make_bulletin(live, partners, by=insurance_handler, at=timezone.now(), status="sent", copied=[finance])
    first, second, _third = dispatch.referrals.order_by("pk")
    at = timezone.now()
    bring_referral(first, "received", at=at)
    circulate(letter=first, people=[health_handler, health_registrar], by=health_registrar, at=at)
    confirm_read(reading=Reading.objects.get(person=health_handler), by=health_handler, at=at)
    bring_referral(second, "withdrawn", at=at)
    sheet = letters_signed.signed_for_sheet(contexts_signed.signed_for_context(dispatch, at=at))
    rows = {row[0]: row[1:] for row in sheet.tables[0].rows}
    assert rows[partners[0].name][1].startswith(health_registrar.name)
    assert rows[partners[0].name][2:] == (health_handler.name, health_registrar.name)
    assert [row[1] for row in rows.values()][1:] == ["已撤回", "未签收", "抄送，不需签收"]
    assert dict(sheet.fields)["签收情况"] == "应签收2个单位，已签收1个，未签收1个"
    client, url = seat(insurance_handler), reverse("referrals:dispatch_signed_for", args=[dispatch.pk])
    assert url in client.get(dispatch.get_absolute_url()).content.decode()
    assert url in client.get(first.get_absolute_url()).content.decode()
    page = client.get(url)
    assert "案情通报签收阅知表" in page.content.decode() and page["Cache-Control"] == "no-store"
    printed = client.get(reverse("referrals:dispatch_signed_for_pdf", args=[dispatch.pk]))
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    draft = make_bulletin(live, partners, by=insurance_handler, at=at)
    assert client.get(reverse("referrals:dispatch_signed_for", args=[draft.pk])).status_code == 404


def test_a_bulletin_that_asks_for_nothing_shows_no_work(case, receiver, insurance_handler, now):
    referral = make_bulletin(case, [receiver], by=insurance_handler, at=now, status="sent").referrals.get()
    bring_referral(referral, "received", at=now)
    assert [(str(step.label), step.state) for step in reading.track(referral)] == [
        ("发出", "ok"), ("签收", "ok"), ("办结", ""),
    ]  # fmt: skip
    close_referral(referral=referral, by=insurance_handler, at=now)
    assert reading.track(referral)[-1].state == "ok"


def test_a_later_bulletin_leaves_alone_whom_the_first_left_out(fraud, duty, health, market, insurance_handler, now):
    first = make_bulletin(
        fraud, [health, market], by=insurance_handler, at=now, left_out="尚无涉刑线索", status="sent"
    )
    assert first.referrals.count() == 2
    rows = list(duty.proposed.order_by("pk").values())
    make_bulletin(fraud, [health], by=insurance_handler, at=now, left_out="另行商议", status="sent")
    assert list(duty.proposed.order_by("pk").values()) == rows


def test_copies_readings_and_duties_are_nobodys_without_a_post(
    fraud, duty, health, market, finance, health_handler, health_registrar, insurance_handler, system_admin, now
):
    dispatch = make_bulletin(
        fraud, [health, market], by=insurance_handler, at=now, left_out="另行商议", status="sent", copied=[finance]
    )
    letter = bring_referral(dispatch.referrals.get(receiver=health), "received", at=now)
    circulate(letter=letter, people=[health_handler], by=health_registrar, at=now)
    things = (Copy, Reading, BulletinDuty, DutyReceiver)
    assert all(model.objects.visible_to(insurance_handler).exists() for model in things)
    assert not any(model.objects.visible_to(system_admin).exists() for model in things)
    assert not Reading.objects.waiting_for(system_admin).exists()
