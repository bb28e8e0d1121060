"""补正函, 补充材料函, 督办函, 立案（不予立案）通知书 pass through a second hand, and hold from the day they go out."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.evidence import add_evidence
from core.forms import new_form_key
from core.refusals import BadInput, FourEyes, Refused, Stale, WrongState
from deadlines.models import Deadline
from departments.enums import Role
from journal.models import Event, Notification
from referrals import crime_panels, crime_reading, panels, receiving_rules, workbench, workbench_office
from referrals.actions.completion import drop_completion
from referrals.actions.crime_drafts import draft_filing
from referrals.actions.crime_police import decide_filing
from referrals.actions.drafting import Line
from referrals.actions.follow_ups import (
    draft_completion,
    draft_supervision,
    draft_supply,
    edit_follow_up,
    send_follow_up,
    submit_follow_up,
)
from referrals.actions.handling import accept_referral, assign_referral
from referrals.actions.papers import approve_paper, review_paper
from referrals.actions.serving import prove_service
from referrals.models import Completion, FollowUp, Referral, Supervision
from tests.casetabs import whole_page
from tests.cast import person
from tests.factories.cases import pdf
from tests.factories.crime import on_paper
from tests.factories.follow_ups import ask_completion, bring_follow_up

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    """What is overdue is asked of the clock on the wall."""
    return timezone.now()


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


@pytest.fixture
def assigned(letter, health_section_head, health_handler, now):
    referral = letter("received")
    assign_referral(referral=referral, person=health_handler, by=health_section_head, at=now)
    return referral


@pytest.fixture
def completion_letter(assigned, health_handler, now):
    return draft_completion(
        referral=assigned, missing=" 缺结算单。 ", due_on=timezone.localdate(now) + 5 * DAY, by=health_handler, at=now
    )


@pytest.fixture
def overdue(letter, now):
    referral = letter("accepted")
    Deadline.objects.open().of("referral", referral.pk).update(
        due_at=now - 2 * DAY, due_on=timezone.localdate(now) - 2 * DAY
    )
    return referral


@pytest.fixture
def waits():
    """Who was told that one of these letters waits."""

    def of():
        told = Notification.objects.filter(verb="paper.waits", target_kind="follow_up")
        return list(told.values_list("recipient__name", flat=True))

    return of


def post(client, url, **fields):
    return client.post(url, {"form_key": new_form_key(), **fields})


def step(letter, name):
    return reverse(f"referrals:follow_up_{name}", args=[letter.pk])


def statuses(referral):
    rows = Deadline.objects.filter(target_kind="referral", target_id=referral.pk).order_by("pk")
    return {row.rule_code: row.status for row in rows}


@pytest.fixture
def overdue_twin(case, market, market_registrar, insurance_handler, now):
    """Another letter of the same case, at market regulation, that nobody signed for in time."""
    from tests.factories.referrals import make_dispatch

    referral = make_dispatch(case, [market], by=insurance_handler, at=now, status="sent").referrals.get()
    Deadline.objects.open().of("referral", referral.pk).update(
        due_at=now - 2 * DAY, due_on=timezone.localdate(now) - 2 * DAY
    )
    return referral


# --- 补正函 and what answers it ---------------------------------------------------------------------------------------
def test_a_request_for_completion_stops_no_clock_until_it_was_signed_by_another_and_sent(
    completion_letter, assigned, health_handler, health_section_head, health_registrar, now, waits, verbs
):
    letter, before = completion_letter, {"transfer_sign": "met", "transfer_reply": "running"}
    submit_follow_up(letter=letter, by=health_handler, at=now)
    assert (letter.status, waits()) == ("submitted", [health_section_head.name])
    with pytest.raises(FourEyes), transaction.atomic():
        approve_paper(paper=letter, by=health_handler, at=now)
    approve_paper(paper=letter, by=health_section_head, at=now)
    assert (statuses(assigned), Completion.objects.count(), letter.document) == (before, 0, None)
    later = now + 2 * DAY
    send_follow_up(letter=letter, by=health_registrar, at=later)
    completion = Completion.objects.get()
    assert statuses(assigned) == {"transfer_sign": "met", "transfer_reply": "paused", "completion": "running"}
    assert (completion.missing, completion.asked_by, completion.asked_at) == ("缺结算单。", health_handler, later)
    assert (completion.letter, letter.status) == (letter.document, "sent")
    assert health_handler.name in letter.document.context["contact"]  # who drafted it answers for it
    paused = Deadline.objects.get(rule_code="transfer_reply", target_id=assigned.pk)
    assert paused.changes.get().at == later  # it stands from the day the letter went out, not from the draft
    assert verbs(letter) == [
        "follow_up.drafted", "follow_up.submitted", "follow_up.approved", "follow_up.sent",
    ]  # fmt: skip
    assert verbs(assigned)[-1] == "completion.asked"


def test_what_has_moved_on_is_neither_submitted_nor_sent(completion_letter, assigned, health_handler, now):
    bring_follow_up(completion_letter, "approved", at=now)
    with pytest.raises(BadInput) as refusal, transaction.atomic():  # its date has come meanwhile
        send_follow_up(letter=completion_letter, by=health_handler, at=now + 6 * DAY)
    assert refusal.value.field == "due_on"
    accept_referral(referral=assigned, by=health_handler, at=now)
    with pytest.raises(WrongState, match=r"不再补正|已作出"), transaction.atomic():
        send_follow_up(letter=completion_letter, by=health_handler, at=now)
    completion_letter.refresh_from_db()
    assert (completion_letter.status, Completion.objects.count()) == ("discarded", 0)  # overtaken by the decision


def test_one_draft_at_a_time_and_an_unsigned_one_is_not_sent(completion_letter, assigned, health_handler, now):
    due = timezone.localdate(now) + DAY
    with pytest.raises(WrongState, match=r"起草|拟"), transaction.atomic():
        draft_completion(referral=assigned, missing="x", due_on=due, by=health_handler, at=now)
    with pytest.raises(WrongState), transaction.atomic():
        send_follow_up(letter=completion_letter, by=health_handler, at=now)
    with pytest.raises(IntegrityError, match="follow_up_one_open_a_kind"), transaction.atomic():
        FollowUp.objects.create(
            referral=assigned, kind="completion", text="x", due_on=due, case=assigned.case, department=assigned.receiver,
            drafted_by=health_handler, drafted_at=now, created_at=now, updated_at=now,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="follow_up_four_eyes"), transaction.atomic():
        FollowUp.objects.filter(pk=completion_letter.pk).update(approved_by=health_handler, approved_at=now)


def test_a_draft_is_changed_at_its_version_only(completion_letter, health_handler, now):
    day = timezone.localdate(now)
    given = {"letter": completion_letter, "by": health_handler, "at": now}
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        edit_follow_up(version=1, text="x", due_on=None, **given)
    assert refusal.value.field == "due_on"
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        edit_follow_up(version=1, text=" ", due_on=day + DAY, **given)
    assert refusal.value.field == "missing"
    with pytest.raises(BadInput, match="1000") as refusal, transaction.atomic():
        edit_follow_up(version=1, text="缺" * 1001, due_on=day + DAY, **given)
    assert refusal.value.field == "missing"
    changed = edit_follow_up(version=1, text="缺原件。", due_on=day + 7 * DAY, **given)
    assert (changed.text, changed.due_on, changed.version) == ("缺原件。", day + 7 * DAY, 2)
    with pytest.raises(Stale), transaction.atomic():
        edit_follow_up(version=1, text="y", due_on=day + DAY, **given)
    submit_follow_up(letter=changed, by=health_handler, at=now)
    with pytest.raises(WrongState), transaction.atomic():
        edit_follow_up(version=3, text="y", due_on=day + DAY, **given)


@pytest.fixture
def asked(assigned, health_handler, now):
    day = timezone.localdate(now)
    return ask_completion(referral=assigned, missing="缺结算单。", due_on=day + 5 * DAY, by=health_handler, at=now)


def test_what_is_supplied_arrives_when_it_was_signed_and_sent(
    asked, assigned, case, insurance_handler, insurance_section_head, insurance_registrar, health_handler, now
):
    piece = add_evidence(case=case, upload=pdf("结算单.pdf"), by=insurance_handler, at=now)
    letter = draft_supply(completion=asked, lines=[Line(evidence=piece, remark="原件")], by=insurance_handler, at=now)
    assert [row.action_label for row in workbench.todo_rows(insurance_handler, 9)] == ["提交审核"]
    edit_follow_up(
        letter=letter, version=1, text="附后", lines=[Line(evidence=piece, quantity=2)], by=insurance_handler, at=now
    )
    letter.refresh_from_db()
    submit_follow_up(letter=letter, by=insurance_handler, at=now)
    assert [row.action_label for row in workbench.todo_rows(insurance_section_head, 9)] == ["签发"]
    assert panels.next_letter(assigned.case, insurance_section_head)["label"] == "签发"
    approve_paper(paper=letter, by=insurance_section_head, at=now)
    asked.refresh_from_db()
    assert (asked.status, asked.items.count(), statuses(assigned)["transfer_reply"]) == ("asked", 0, "paused")
    assert [row.action_label for row in workbench.todo_rows(insurance_registrar, 9)] == ["编号发出"]
    send_follow_up(letter=letter, by=insurance_registrar, at=now)
    asked.refresh_from_db()
    assert (asked.status, asked.note, asked.items.get().quantity) == ("supplied", "附后", 2)
    assert (asked.supplied_by, asked.supply_letter) == (insurance_handler, letter.document)
    assert statuses(assigned)["transfer_reply"] == "running"


def test_nothing_is_handed_over_that_nobody_waits_for(asked, insurance_handler, health_handler, now):
    letter = draft_supply(completion=asked, lines=[], note="附后", by=insurance_handler, at=now)
    bring_follow_up(letter, "approved", at=now)
    drop_completion(completion=asked, reason="已调取", by=health_handler, at=now)
    with pytest.raises(WrongState, match="不再要求补正"), transaction.atomic():
        send_follow_up(letter=letter, by=insurance_handler, at=now)


# --- 督办函 -----------------------------------------------------------------------------------------------------------
def test_the_head_of_the_office_signs_what_its_coordinator_drafts_and_sends(
    overdue, office_coordinator, office_head, county_leader, health_handler, now, waits
):
    assert workbench_office.todo_count(office_coordinator).exists()
    day = timezone.localdate(now)
    letter = draft_supervision(referral=overdue, demand="说明", reply_on=day + 9 * DAY, by=office_coordinator, at=now)
    assert not workbench_office.todo_count(office_coordinator).exists()
    assert not receiving_rules.can_supervise(office_coordinator, Referral.objects.get())
    rows = workbench.todo_rows(office_coordinator, 9)
    assert [(row.action_label, row.case_title) for row in rows] == [("提交审核", overdue.case.title)]
    submit_follow_up(letter=letter, by=office_coordinator, at=now)
    assert (waits(), Supervision.objects.count()) == ([office_head.name], 0)
    assert [row.action_label for row in workbench.todo_rows(office_head, 9)] == ["签发"]
    approve_paper(paper=letter, by=office_head, at=now)
    assert [row.action_label for row in workbench.todo_rows(office_coordinator, 9)] == ["编号发出"]
    assert statuses(overdue).get("supervision") is None
    send_follow_up(letter=letter, by=office_coordinator, at=now + DAY)
    supervision = Supervision.objects.get()
    assert (supervision.issued_by, supervision.demand, supervision.document) == (
        office_coordinator, "说明", letter.document,
    )  # fmt: skip
    assert supervision.issued_at == now + DAY
    assert statuses(overdue)["supervision"] == "running"
    # the office's paper stands in no case: nobody of the case reads who drafted it
    assert (letter.case, Event.objects.filter(verb__startswith="follow_up", case_id=overdue.case_id).count()) == (None, 0)
    assert not FollowUp.objects.visible_to(health_handler).exists()


def test_who_is_late_no_longer_is_not_pressed(overdue, office_coordinator, seat, now):
    day = timezone.localdate(now)
    letter = draft_supervision(referral=overdue, demand="说明", reply_on=day + 9 * DAY, by=office_coordinator, at=now)
    office = seat(office_coordinator)
    assert "督办" in office.get(step(letter, "preview")).content.decode()
    Deadline.objects.open().of("referral", overdue.pk).update(due_at=now + 9 * DAY, due_on=day + 9 * DAY)
    assert office.get(step(letter, "preview")).status_code == 302
    with pytest.raises(WrongState), transaction.atomic():
        submit_follow_up(letter=letter, by=office_coordinator, at=now)


# --- 立案（不予立案）通知书 -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("filed", "status", "clock"),
    [(True, "filed", "property_handover"), (False, "refused", "police_reconsideration")],
)
def test_the_police_decide_on_the_day_their_signed_notice_goes_out(
    filed, status, clock, crime, police, police_handler, police_section_head, police_deputy_head, police_registrar, now
):
    transfer = crime("received")
    letter = draft_filing(transfer=transfer, filed=filed, reason=" 经审查 ", by=police_section_head, at=now)
    file = type(transfer).objects.for_list().get(pk=transfer.pk)
    assert crime_reading.owed(police_section_head, file) is None
    assert not crime_panels.waiting(police_section_head).exists()
    submit_follow_up(letter=letter, by=police_section_head, at=now)
    with pytest.raises(FourEyes), transaction.atomic():
        review_paper(paper=letter, by=police_section_head, at=now)
    review_paper(paper=letter, by=police_deputy_head, at=now)
    with pytest.raises(FourEyes, match="审核人"), transaction.atomic():
        approve_paper(paper=letter, by=police_deputy_head, at=now)
    approve_paper(paper=letter, by=person("ga05", "局长甲", police, Role.HEAD), at=now)
    transfer.refresh_from_db()
    assert (transfer.status, Deadline.objects.get(rule_code="police_decision").status) == ("received", "running")
    later = now + dt.timedelta(hours=3)
    send_follow_up(letter=letter, by=police_registrar, at=later)
    transfer.refresh_from_db()
    made = transfer.steps.get(kind=status)
    assert (transfer.status, made.happened_at, made.document, made.text) == (status, later, letter.document, "经审查")
    assert Deadline.objects.get(rule_code=clock).started_at == later
    assert Deadline.objects.get(rule_code="police_decision").status == "met"


def test_police_who_work_here_do_not_enter_paper_and_those_on_paper_write_nothing_here(
    crime, police_section_head, insurance_registrar, now
):
    transfer = crime("received")
    with pytest.raises(WrongState, match="系统内"), transaction.atomic():
        decide_filing(transfer=transfer, filed=True, reason="立案", paper=on_paper(now), by=police_section_head, at=now)
    type(transfer.police).objects.update(has_account=False)
    transfer = type(transfer).objects.get(pk=transfer.pk)
    with pytest.raises(WrongState, match="未使用本系统"), transaction.atomic():
        draft_filing(transfer=transfer, filed=True, reason="立案", by=insurance_registrar, at=now)


def test_a_late_decision_says_why_when_it_is_sent(crime, police_section_head, police_registrar, seat, now):
    transfer = crime("received")
    letter = draft_filing(transfer=transfer, filed=False, reason="轻微", by=police_section_head, at=now)
    bring_follow_up(letter, "approved", at=now)
    page = seat(police_registrar)
    assert "late_reason" not in page.get(step(letter, "send")).context["form"].fields
    Deadline.objects.filter(rule_code="police_decision").update(due_at=now - DAY, due_on=timezone.localdate(now) - DAY)
    assert "late_reason" in page.get(step(letter, "send")).context["form"].fields
    answer = post(page, step(letter, "send"), late_reason="案情复杂")
    assert answer.url == transfer.get_absolute_url()
    clock = Deadline.objects.get(rule_code="police_decision")
    assert (clock.late, FollowUp.objects.get().late_reason) == (True, "案情复杂")


# --- pages, API, vetoes ------------------------------------------------------------------------------------------------
def test_a_letter_passes_every_desk_by_the_pages(
    completion_letter, assigned, seat, health_handler, health_section_head, health_registrar, insurance_handler, now
):
    letter, handler = completion_letter, seat(health_handler)
    page = handler.get(letter.get_absolute_url())
    assert "补正函" in page.content.decode() and "缺结算单" in page.content.decode()
    assert "补正函" in handler.get(assigned.get_absolute_url()).content.decode()
    assert "缺结算单" in handler.get(step(letter, "preview")).content.decode()
    due = (timezone.localdate() + 8 * DAY).isoformat()
    form = handler.get(step(letter, "edit")).context["form"]
    assert (form.initial["missing"], form.initial["due_on"]) == ("缺结算单。", letter.due_on)
    wrong = post(handler, step(letter, "edit"), expected_version=1, missing="缺", due_on="2020-01-01")
    assert list(wrong.context["form"].errors) == ["due_on"]
    assert post(handler, step(letter, "edit"), expected_version=1, missing="缺原件。", due_on=due).status_code == 302
    post(handler, step(letter, "submit"))
    assert handler.get(step(letter, "edit")).status_code == 403
    head = seat(health_section_head)
    post(head, step(letter, "send_back"), reason="写明数量")
    assert "写明数量" in handler.get(letter.get_absolute_url()).content.decode()
    post(handler, step(letter, "submit"))
    post(head, step(letter, "approve"))
    assert seat(insurance_handler).get(letter.get_absolute_url()).status_code == 404
    registrar = seat(health_registrar)
    assert "late_reason" not in registrar.get(step(letter, "send")).context["form"].fields
    answer = post(registrar, step(letter, "send"))
    assert answer.url == assigned.get_absolute_url()
    letter.refresh_from_db()
    assert (letter.status, Completion.objects.get().missing) == ("sent", "缺原件。")
    assert letter.document.number in handler.get(letter.get_absolute_url()).content.decode()
    assert seat(insurance_handler).get(letter.document.get_absolute_url()).status_code == 200


def test_the_other_drafts_are_opened_again_by_the_page(
    asked, overdue_twin, crime, case, seat, insurance_handler, office_coordinator, police_section_head, now
):
    piece = add_evidence(case=case, upload=pdf("结算单.pdf"), by=insurance_handler, at=now)
    due = (timezone.localdate() + 8 * DAY).isoformat()
    supply = draft_supply(completion=asked, lines=[], note="附后", by=insurance_handler, at=now)
    press = draft_supervision(
        referral=overdue_twin, demand="说明", reply_on=timezone.localdate() + DAY, by=office_coordinator, at=now
    )
    filing = draft_filing(transfer=crime("received"), filed=True, reason="立案", by=police_section_head, at=now)
    for letter, user, said, changed in (
        (supply, insurance_handler, {"note": "见附件", "lines": [piece.pk]}, ("见附件", None, None)),
        (press, office_coordinator, {"demand": "限期说明", "reply_on": due}, ("限期说明", due, None)),
        (filing, police_section_head, {"reason": "轻微", "filed": "no"}, ("轻微", None, False)),
    ):
        client = seat(user)
        assert client.get(letter.get_absolute_url()).status_code == 200
        assert client.get(step(letter, "preview")).status_code == 200
        assert client.get(step(letter, "edit")).status_code == 200
        assert post(client, step(letter, "edit"), expected_version=1, **said).status_code == 302
        letter.refresh_from_db()
        assert (letter.text, letter.due_on and letter.due_on.isoformat(), letter.filed) == changed
    assert [item.evidence for item in supply.manifest.all()] == [piece]
    assert "结算单.pdf" in seat(insurance_handler).get(step(supply, "preview")).content.decode()


def test_the_api_does_the_same(
    completion_letter, seat, health_handler, health_section_head, health_registrar, insurance_handler, assigned
):
    def call(user, name, **data):
        letter = FollowUp.objects.get()
        return seat(user).post(
            f"/api/v1/follow-ups/{letter.pk}/{name}/", data, content_type="application/json",
            headers={"If-Match": f'"{letter.version}"'},
        )  # fmt: skip

    due = (timezone.localdate() + 8 * DAY).isoformat()
    asked_for = {"status": "draft", "kind": "completion", "referral": assigned.pk}
    listed = seat(health_handler).get("/api/v1/follow-ups/", asked_for)
    assert [row["text"] for row in listed.json()["results"]] == ["缺结算单。"]
    assert seat(insurance_handler).get("/api/v1/follow-ups/").json()["results"] == []
    wrong = call(health_handler, "edit", text=" ", due_on=due)
    assert (wrong.status_code, "text" in str(wrong.json())) == (400, True)
    assert call(health_handler, "edit", text="缺原件。", due_on=due).json()["text"] == "缺原件。"
    assert call(health_handler, "submit").json()["status"] == "submitted"
    assert call(health_handler, "approve").status_code == 403
    assert call(health_section_head, "approve").json()["status"] == "approved"
    assert call(health_section_head, "send").status_code == 403
    assert call(health_registrar, "send").json()["status"] == "sent"
    assert Completion.objects.get().missing == "缺原件。"


def test_a_draft_keeps_the_case_open_and_its_drafter_in_place(completion_letter, assigned, health_handler):
    assert any("县卫健局" in sentence and "1" in sentence for sentence in panels.open_letters(assigned.case))
    assert any("补正函" in str(sentence) for sentence in panels.letters_in_hand(health_handler.post))


def test_others_of_the_case_read_of_a_letter_once_it_is_sent(
    completion_letter, assigned, health_handler, health_registrar, insurance_handler, now
):
    def read(user):
        of_case = Event.objects.visible_to(user).of_case(assigned.case)
        return set(of_case.filter(verb__startswith="follow_up").values_list("verb", flat=True))

    assert (read(health_handler), read(insurance_handler)) == ({"follow_up.drafted"}, set())
    letter = bring_follow_up(completion_letter, "approved", at=now)
    assert read(insurance_handler) == set()
    send_follow_up(letter=letter, by=health_registrar, at=now)
    assert read(insurance_handler) == read(health_handler) > {"follow_up.sent"}


def test_letters_about_a_sealed_one_are_seen_by_named_persons_and_who_sends_them(
    case, procuratorate, insurance_handler, insurance_handler_2, insurance_section_head, insurance_deputy_head,
    insurance_registrar, health_handler, now, waits, seat,
):  # fmt: skip
    from referrals import sealed
    from tests.factories.referrals import make_dispatch

    type(procuratorate).objects.filter(pk=procuratorate.pk).update(named_only=True)
    procuratorate.refresh_from_db()
    sent = make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="approved")
    from referrals.actions.bodies import record_said
    from referrals.actions.receipt import prove_delivery
    from referrals.actions.sending import send_dispatch
    from tests.factories.crime import scan

    [referral] = send_dispatch(dispatch=sent, by=insurance_registrar, at=now)
    day = timezone.localdate(now)
    prove_delivery(
        referral=referral, delivered_on=day, received_by_name="收发室", method="专人送达", upload=scan("回证.pdf"),
        by=insurance_registrar, at=now,
    )  # fmt: skip
    record_said(
        referral=referral, kind="missing", person="孔某", dated_on=day, text="缺原件", until=day + 5 * DAY,
        upload=scan("函.pdf"), by=insurance_registrar, at=now,
    )  # fmt: skip
    letter = draft_supply(completion=Completion.objects.get(), lines=[], note="附后", by=insurance_handler, at=now)
    submit_follow_up(letter=letter, by=insurance_handler, at=now)
    assert waits() == [insurance_deputy_head.name]
    asked = (insurance_handler, insurance_handler_2, insurance_section_head, insurance_deputy_head, health_handler)
    seen = {user.name for user in asked if FollowUp.objects.visible_to(user).exists()}
    assert seen == {insurance_handler.name, insurance_deputy_head.name}
    hidden = Event.objects.filter(sealed.hidden_events(insurance_handler_2), verb__startswith="follow_up")
    assert hidden.count() == 2
    assert not Event.objects.filter(sealed.hidden_events(insurance_handler), verb__startswith="follow_up").exists()
    approve_paper(paper=letter, by=insurance_deputy_head, at=now)
    assert FollowUp.objects.visible_to(insurance_registrar).exists()
    send_follow_up(letter=letter, by=insurance_registrar, at=now)
    assert Completion.objects.get().status == "supplied"
    prove_service(
        letter=letter, delivered_on=day, received_by_name="孔某", method="专人送达", upload=scan("回证.pdf"),
        by=insurance_registrar, at=now,
    )  # fmt: skip
    # every event of its way is in the case, and read by who is named on the letter, nobody else of the case
    about = {f"follow_up.{step}" for step in ("drafted", "submitted", "approved", "sent", "delivered")}
    of_case = Event.objects.filter(case_id=case.pk, verb__startswith="follow_up")
    assert set(of_case.values_list("verb", flat=True)) == about
    kept = Event.objects.filter(case_id=case.pk, target_kind="document", verb__startswith="document")
    kept = set(kept.filter(target_id=letter.document_id).values_list("pk", flat=True))
    assert kept
    for user in (insurance_handler_2, insurance_section_head):
        read = Event.objects.visible_to(user).of_case(case)
        assert read.exists() and not read.filter(verb__startswith="follow_up").exists()
        assert not read.filter(pk__in=kept).exists()
        shown = whole_page(seat(user), case.pk)
        told = seat(user).get(f"/api/v1/cases/{case.pk}/timeline/").content.decode()
        assert "补充材料函" not in shown and "follow_up" not in told
    read = Event.objects.visible_to(insurance_handler).of_case(case)
    assert set(read.filter(verb__startswith="follow_up").values_list("verb", flat=True)) == about
    assert "补充材料函" in whole_page(seat(insurance_handler), case.pk)


def test_not_filed_is_refused_while_material_is_being_completed(crime, police_section_head, now):
    transfer = crime("incomplete")
    with pytest.raises(Refused, match="不得以材料不全"), transaction.atomic():
        draft_filing(transfer=transfer, filed=False, reason="缺材料", by=police_section_head, at=now)
    letter = draft_filing(transfer=transfer, filed=True, reason="立案", by=police_section_head, at=now)
    with pytest.raises(Refused, match="不得以材料不全"), transaction.atomic():
        edit_follow_up(letter=letter, version=1, text="缺材料", filed=False, by=police_section_head, at=now)
