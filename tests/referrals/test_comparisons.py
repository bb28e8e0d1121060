"""Data comparisons: the list sealed, the letter signed by another, the hits written down, the list destroyed."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from cases.models import Case
from core.refusals import BadInput, FourEyes, MovedOn, WrongState
from core.sealing import unseal
from core.tally import tally
from deadlines.models import Deadline
from departments.actions.structure import edit_department
from departments.enums import ReferralKind, Role
from departments.models import Category, Department, Route
from journal.models import Event, Notification
from referrals import rules_comparison as rules
from referrals import workbench_comparison as workbench
from referrals.actions import comparison_ends as ends
from referrals.actions import comparison_results as results
from referrals.actions import comparisons
from referrals.letters_comparison import BUILDERS
from referrals.models import Comparison, ComparisonRow
from referrals.people_list import NAME, NUMBER, Hit
from tests.factories.cases import PDF, resident_id
from tests.factories.comparisons import HITS, PEOPLE, make_comparison
from tests.factories.referrals import acting

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def cast(
    insurance_handler, insurance_handler_2, insurance_section_head, insurance_registrar,
    police_handler, police_section_head, police_registrar,
):  # fmt: skip
    """Both sides have their people."""


@pytest.fixture
def comparison(insurance_handler, police, now):
    """`comparison("sent")`: medical insurance asks the police to compare three people."""
    return lambda status="draft", **more: make_comparison(
        police, by=insurance_handler, at=now, status=status, **more
    )


@pytest.fixture
def on_paper(police, comparison, now):
    """A comparison with a police that has no account here, in a state."""

    def made(status):
        thing = comparison("sent")
        edit_department(department=police, version=police.version, has_account=False, by=None, at=now)
        thing = Comparison.objects.select_related("receiver", "sender").get(pk=thing.pk)
        if status == "received":
            results.receive_comparison(
                comparison=thing, delivered_on=now.date(), upload=scan(), by=acting(thing.sender, Role.REGISTRAR), at=now
            )
        return thing

    return made


def scan():
    return SimpleUploadedFile("scan.pdf", PDF)


def verbs(thing):
    found = Event.objects.filter(target_kind="comparison", target_id=thing.pk).order_by("pk")
    return list(found.values_list("verb", flat=True))


# --- the list ------------------------------------------------------------------------------------------------
def test_the_list_is_sealed_and_shown_masked(comparison):
    row = comparison().rows.get(position=1)
    assert PEOPLE[0].number.encode() not in bytes(row.id_sealed) and PEOPLE[0].number not in row.masked
    assert (unseal(row.name_sealed, purpose=NAME), unseal(row.id_sealed, purpose=NUMBER)) == (
        PEOPLE[0].name, PEOPLE[0].number,
    )  # fmt: skip
    assert row.masked.startswith("张** 4399")


def test_no_record_and_no_notice_names_a_person(comparison):
    comparison("closed")
    said = str(list(Event.objects.values_list("params", flat=True)))
    said += str(list(Notification.objects.values_list("params", flat=True)))
    assert "household" in str(list(Comparison.objects.values_list("kind", flat=True)))
    for person in PEOPLE:
        assert person.name not in said and person.number not in said


def test_the_letters_name_counts_and_no_person(comparison):
    thing = comparison("answered")
    for document in (thing.document, thing.result_document):
        said = str(document.context)
        assert "3" in said and not any(person.name in said or person.number in said for person in PEOPLE)
    assert "命中1人，未命中2人" in str(thing.result_document.context)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": " "}, "purpose"),
        ({"basis": ""}, "basis"),
        ({"limit_on": None}, "limit_on"),
        ({"limit_on": dt.date(2026, 11, 16)}, "limit_on"),
        ({"people": []}, "people"),
        ({"people": [PEOPLE[0]] * 5001}, "people"),
    ],
    ids=["purpose", "basis", "no limit", "limit today", "nobody", "too many"],
)
def test_a_draft_refuses_what_cannot_be_right(changes, field, police, insurance_handler, now):
    given = {
        "receiver": police, "kind": "household", "people": PEOPLE, "purpose": "核查", "basis": "机制",
        "limit_on": now.date() + DAY,
    } | changes  # fmt: skip
    with pytest.raises(BadInput) as refusal:
        comparisons.draft_comparison(by=insurance_handler, at=now, **given)
    assert refusal.value.field == field
    assert not Comparison.objects.exists() and not ComparisonRow.objects.exists()


def test_only_along_a_route_and_unasked_only_against_it(
    police, insurance, health, police_handler, insurance_handler, other_insurance, now
):
    assert comparisons.may_exchange(insurance, police, unasked=False)
    assert comparisons.may_exchange(police, insurance, unasked=True)
    assert not comparisons.may_exchange(police, insurance, unasked=False)
    assert not comparisons.may_exchange(insurance, health, unasked=False)
    assert not comparisons.may_exchange(other_insurance, police, unasked=False)
    assert not comparisons.may_exchange(police, police, unasked=False)
    assert rules.partners(insurance_handler) == [police]
    assert insurance in rules.partners(police_handler)
    with pytest.raises(BadInput) as refusal:
        comparisons.draft_comparison(
            receiver=health, kind="household", people=PEOPLE, purpose="核查", basis="机制", limit_on=now.date() + DAY,
            by=insurance_handler, at=now,
        )  # fmt: skip
    assert refusal.value.field == "receiver"
    Route.objects.filter(kind=ReferralKind.COMPARISON).delete()
    assert rules.partners(insurance_handler) == [] and not rules.can_draft(insurance_handler)


# --- its way -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("change", ["route", "receiver"])
def test_the_route_is_asked_again_on_the_way(change, comparison, police, insurance_handler, insurance_registrar, now):
    """The county has changed its routes, or the receiver works no more, since the draft was written."""
    draft, signed = comparison("draft"), comparison("approved")
    if change == "route":
        Route.objects.filter(kind="comparison").delete()
    else:
        Department.objects.filter(pk=police.pk).update(active=False)
    submit, send = comparisons.submit_comparison, comparisons.send_comparison
    for thing, act, by in ((draft, submit, insurance_handler), (signed, send, insurance_registrar)):
        thing = Comparison.objects.get(pk=thing.pk)
        with pytest.raises(BadInput) as refused, transaction.atomic():
            act(comparison=thing, by=by, at=now)
        assert refused.value.field == "receiver"
        assert Comparison.objects.get(pk=thing.pk).status == thing.status


def test_it_goes_out_comes_back_and_is_destroyed(comparison, now):
    thing = comparison("closed")
    assert verbs(thing) == [
        "comparison.drafted", "comparison.submitted", "comparison.approved", "comparison.sent", "comparison.received",
        "comparison.prepared", "comparison.answered", "comparison.closed", "comparison.destroyed",
    ]  # fmt: skip
    assert (thing.total, thing.hits, thing.rows.count(), len(thing.list_sha256)) == (3, 1, 0, 64)
    assert (thing.destroyed_at, thing.destroyed_by) == (now, thing.closed_by)
    clocks = Deadline.objects.filter(target_kind="comparison", target_id=thing.pk)
    assert sorted(clocks.values_list("rule_code", "status")) == [("comparison", "met"), ("transfer_sign", "met")]


def test_the_result_has_its_clock_until_the_stated_day(comparison):
    thing = comparison("received")
    clock = Deadline.objects.open().get(target_kind="comparison", target_id=thing.pk)
    assert (clock.rule_code, clock.due_on, clock.department) == ("comparison", thing.limit_on, thing.receiver)


def test_four_eyes_on_both_sides(comparison, insurance_handler, police_handler, now):
    with pytest.raises(FourEyes):
        comparisons.approve_comparison(comparison=comparison("submitted"), by=insurance_handler, at=now)
    thing = comparison("prepared")
    with pytest.raises(FourEyes):
        results.answer_comparison(comparison=thing, by=police_handler, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comparison.objects.filter(pk=thing.pk).update(answered_by=police_handler, answered_at=now)


def test_given_back_with_a_reason(comparison, insurance_section_head, police_section_head, told, now):
    thing = comparisons.send_back_comparison(
        comparison=comparison("approved"), reason="目的写明", by=insurance_section_head, at=now
    )
    assert (thing.status, thing.approved_by, thing.sent_back_reason) == ("draft", None, "目的写明")
    assert told("comparison.was_sent_back") == [thing.drafted_by.name]
    with pytest.raises(BadInput):
        comparisons.send_back_comparison(
            comparison=comparison("submitted"), reason=" ", by=insurance_section_head, at=now
        )
    again = results.send_back_result(
        comparison=comparison("prepared"), reason="漏一人", by=police_section_head, at=now
    )
    assert (again.status, again.hits, again.prepared_by) == ("received", None, None)


def test_a_draft_given_up_destroys_its_list_at_once(comparison, insurance_handler, now):
    thing = comparisons.discard_comparison(
        comparison=comparison(), reason="重复", by=insurance_handler, at=now
    )
    assert (thing.status, thing.rows.count(), thing.destroyed_at) == ("discarded", 0, now)
    assert comparisons.destroy_list(comparison=thing, by=None, at=now) == 0


def test_a_late_second_hand_hears_that_it_moved_on(comparison, insurance_registrar, now):
    thing = comparison("approved")
    stale = Comparison.objects.get(pk=thing.pk)
    comparisons.send_comparison(comparison=thing, by=insurance_registrar, at=now)
    with pytest.raises(MovedOn):
        comparisons.send_comparison(comparison=stale, by=insurance_registrar, at=now)
    assert Comparison.objects.get(pk=thing.pk).number.endswith("1号")


def test_unasked_hits_come_with_their_findings_and_need_no_answer(
    police_handler, insurance, insurance_handler, now, told
):
    thing = make_comparison(insurance, by=police_handler, at=now, status="answered", unasked=True)
    assert (thing.hits, thing.limit_on, thing.answered_at) == (3, None, now)
    assert not Deadline.objects.open().filter(target_kind="comparison").exists()
    assert insurance_handler.name in told("comparison.hits_came")
    assert "通报" in str(thing.document.context)
    assert rules.can_open_leads(insurance_handler, thing) and not rules.can_open_leads(police_handler, thing)
    assert thing in workbench.to_do(insurance_handler)


# --- the result ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "hits", [[Hit(resident_id(899))], [HITS[0], HITS[0]]], ids=["a stranger", "twice"]
)
def test_a_hit_is_on_the_list_and_named_once(hits, comparison, police_handler, now):
    thing = comparison("received")
    with pytest.raises(BadInput):
        results.prepare_result(comparison=thing, hits=hits, by=police_handler, at=now)
    assert Comparison.objects.get(pk=thing.pk).status == "received"
    assert not thing.rows.exclude(hit=None).exists()


def test_leads_are_opened_once_from_hits_only(comparison, insurance_handler, now):
    thing = comparison("answered")
    hit, other = thing.rows.get(hit=True), thing.rows.filter(hit=False).first()
    category = Category.objects.order_by("pk").first()

    def leads(*rows):
        return results.open_leads(comparison=thing, rows=rows, category=category, by=insurance_handler, at=now)

    for rows in ((), (other,), (hit, other)):
        with pytest.raises(BadInput):
            leads(*rows)
    assert not Case.objects.exists()
    (case,) = leads(hit)
    assert (case.source, case.source_number) == ("comparison", thing.number)
    assert "2025-03-01注销户籍" in case.summary
    subject = case.subjects.get()
    assert (subject.kind, subject.id_masked[:4]) == ("insured", "4399")
    with pytest.raises(BadInput):
        leads(hit)
    results.close_comparison(comparison=thing, by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        leads(hit)


def test_a_person_already_known_is_the_same_subject(comparison, insurance_handler, county, now):
    from cases.actions.subjects import add_subject

    known = add_subject(
        region=county, kind="insured", name="张三", id_number=PEOPLE[0].number, by=insurance_handler, at=now
    )
    thing = comparison("answered", hits=[Hit(PEOPLE[0].number)])
    (case,) = results.open_leads(
        comparison=thing, rows=[thing.rows.get(hit=True)], category=Category.objects.first(),
        by=insurance_handler, at=now,
    )  # fmt: skip
    assert case.subjects.get() == known


def test_every_download_is_recorded_with_its_reason(comparison, police_handler, insurance_handler, now):
    thing = comparison("received")
    content = results.download_list(
        comparison=thing, passphrase="correct-horse-battery", reason="比对", by=police_handler, at=now
    )
    assert content[:2] == b"PK"
    event = Event.objects.filter(verb="comparison.downloaded").latest("pk")
    assert (event.actor_id, event.params) == (police_handler.pk, {"total": 3, "reason": "比对"})
    with pytest.raises(BadInput):
        results.download_list(comparison=thing, passphrase="correct-horse-battery", reason="", by=police_handler, at=now)
    gone = comparison("closed")
    with pytest.raises(WrongState):
        results.download_list(comparison=gone, passphrase="correct-horse-battery", reason="看", by=insurance_handler, at=now)


def test_the_clerk_destroys_lists_on_their_day_and_once(comparison, now):
    thing = comparison("answered")
    due = dt.datetime.combine(thing.destroy_on, dt.time(1), dt.UTC)
    assert ends.destroy_due_lists(at=due - DAY) == 0 and thing.rows.count() == 3
    assert ends.destroy_due_lists(at=due) == 3
    assert ends.destroy_due_lists(at=due) == 0
    thing.refresh_from_db()
    assert (thing.rows.count(), thing.destroyed_by, verbs(thing)[-1]) == (0, None, "comparison.destroyed")


# --- a police that works on paper ----------------------------------------------------------------------------
def test_served_and_answered_on_paper_by_the_senders_registrar(on_paper, insurance_registrar, police_registrar, now):
    thing = on_paper("received")
    assert (thing.received_by, thing.status) == (insurance_registrar, "received")
    assert rules.can_record_result(insurance_registrar, thing) and thing in workbench.to_do(insurance_registrar)
    assert not rules.can_record_result(police_registrar, thing)
    results.record_paper_result(
        comparison=thing, hits=HITS, received_on=now.date(), note="纸质复函", number=" 青公函〔2026〕7号 ", upload=scan(),
        by=insurance_registrar, at=now,
    )  # fmt: skip
    assert thing.paper_number == "青公函〔2026〕7号"
    assert (thing.status, thing.hits, len(thing.scan_sha256)) == ("answered", 1, 64)
    assert not Deadline.objects.open().filter(target_kind="comparison").exists()


def test_paper_needs_its_day_its_proof_and_its_scan(on_paper, comparison, insurance_registrar, now):
    thing = on_paper("sent")
    assert thing in workbench.to_sign_for(insurance_registrar)
    for given, field in (
        ({"delivered_on": None, "upload": scan()}, "delivered_on"),
        ({"delivered_on": now.date() + DAY, "upload": scan()}, "delivered_on"),
        ({"delivered_on": now.date() - DAY, "upload": scan()}, "delivered_on"),
        ({"delivered_on": now.date(), "upload": None}, "upload"),
    ):
        with pytest.raises(BadInput) as refusal:
            results.receive_comparison(comparison=thing, by=insurance_registrar, at=now, **given)
        assert refusal.value.field == field
    results.receive_comparison(
        comparison=thing, delivered_on=now.date(), upload=scan(), by=insurance_registrar, at=now
    )
    for day, given, field in ((0, {"upload": None}, "upload"), (1, {}, "received_on"), (-1, {}, "received_on")):
        with pytest.raises(BadInput) as refusal:
            results.record_paper_result(
                comparison=thing, hits=[], received_on=now.date() + day * DAY, by=insurance_registrar, at=now,
                **({"upload": scan()} | given),
            )  # fmt: skip
        assert refusal.value.field == field
    assert Comparison.objects.get(pk=thing.pk).status == "received"


def test_who_has_an_account_answers_itself(comparison, insurance_registrar, now):
    with pytest.raises(WrongState):
        results.record_paper_result(
            comparison=comparison("received"), hits=[], received_on=now.date(), upload=scan(), by=insurance_registrar, at=now
        )


# --- who sees what (who may do what: test_state_machine_comparison.py) ---------------------------------
HANDLER, HEAD, REGISTRAR = "insurance_handler", "insurance_section_head", "insurance_registrar"
P_HANDLER, P_REGISTRAR = "police_handler", "police_registrar"


def test_a_draft_is_seen_by_its_department_and_a_letter_by_both(comparison, request, system_admin):
    thing = comparison()
    sees = lambda name: Comparison.objects.visible_to(request.getfixturevalue(name)).filter(pk=thing.pk).exists()  # noqa: E731
    assert [sees(name) for name in (HANDLER, P_HANDLER, "health_handler", "outsider", "office_coordinator")] == [
        True, False, False, False, False,
    ]  # fmt: skip
    comparisons.submit_comparison(comparison=thing, by=thing.drafted_by, at=thing.drafted_at)
    comparisons.approve_comparison(comparison=thing, by=acting(thing.sender, Role.SECTION_HEAD), at=thing.drafted_at)
    comparisons.send_comparison(comparison=thing, by=acting(thing.sender, Role.REGISTRAR), at=thing.drafted_at)
    assert [sees(name) for name in (P_HANDLER, "health_handler", "outsider")] == [True, False, False]
    assert not Comparison.objects.visible_to(system_admin).exists()
    assert ComparisonRow.objects.visible_to(request.getfixturevalue(P_HANDLER)).count() == 3
    assert not ComparisonRow.objects.visible_to(request.getfixturevalue("outsider")).exists()


def test_the_workbench_shows_each_what_waits(comparison, request):
    thing = comparison("submitted")
    head, registrar = request.getfixturevalue(HEAD), request.getfixturevalue(REGISTRAR)
    (row,) = workbench.todo_rows(head, 10)
    assert row.url == thing.get_absolute_url() and tally([workbench.todo_count(head), workbench.waiting(head)]) == [1, 1]
    comparisons.approve_comparison(comparison=thing, by=head, at=thing.drafted_at)
    (row,) = workbench.todo_rows(registrar, 10)
    assert row.action_url.endswith("/send/")
    comparisons.send_comparison(comparison=thing, by=registrar, at=thing.drafted_at)
    (row,) = workbench.sign_rows(request.getfixturevalue(P_REGISTRAR), 10)
    assert row.due and tally([workbench.sign_count(request.getfixturevalue(P_REGISTRAR))]) == [1]
    assert tally([workbench.waiting(request.getfixturevalue("outsider"))]) == [0]


def test_administrators_have_nothing_to_do_here(system_admin):
    assert not workbench.to_do(system_admin).exists() and not workbench.to_sign_for(system_admin).exists()


def test_a_leaving_drafter_hands_over_first(comparison, insurance_handler):
    assert workbench.in_hand(insurance_handler.post) == []
    comparison()
    assert len(workbench.in_hand(insurance_handler.post)) == 1


def test_both_kinds_of_letter_have_a_builder(comparison):
    assert set(BUILDERS) == {"comparison_letter", "comparison_result"}


def test_an_administrator_compares_with_nobody(system_admin):
    assert rules.partners(system_admin) == []
