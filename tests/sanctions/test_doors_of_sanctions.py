"""Who sees what of a sanction, and who may do what: the querysets and the rules as tables."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from core.dates import local_date
from departments.enums import Role
from departments.models import User
from sanctions import rules, rules_lists
from sanctions.actions.lists import approve_entry
from sanctions.actions.repairs import apply_repair
from sanctions.models import AppliedMeasure, Bar, Hearing, ListEntry, Measure, MeasureTask, Repair, Sanction
from tests.factories import sanctions as made
from tests.factories.cases import make_case, pdf


def again(user):
    """As the next request sees the person."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def standing(office_coordinator, members, insurance, health, now):
    """In force: insurance has cancelled and executed, health has a draft and hears the subject on its own."""
    sanction = made.in_force(insurance, at=now, codes=("cancel-designation",))
    made.executed(sanction, insurance, "cancel-designation", at=now)
    task = made.drafted(sanction, health, "health-closure", "health-grading", at=now)
    made.heard_row(sanction, task, at=now)
    return made.fresh(sanction)


MODELS = (Measure, Sanction, Hearing, MeasureTask, AppliedMeasure, Bar, ListEntry, Repair)


def test_strangers_see_nothing(standing, outsider, system_admin):
    for user in (AnonymousUser(), system_admin, outsider):
        for model in MODELS[1:]:
            assert not model.objects.visible_to(user).exists(), (user, model)
    assert not Measure.objects.visible_to(AnonymousUser()).exists()
    assert Measure.objects.visible_to(outsider).exists()
    assert not Sanction.objects.readable_by(outsider).exists()
    assert not Sanction.objects.readable_by(system_admin).exists()
    assert not AppliedMeasure.objects.with_proof(system_admin).exists()


def test_each_sees_its_part(standing, insurance, health, market, office_coordinator, insurance_handler, now):
    health_one = again(made.somebody(health, Role.HANDLER))
    market_one = again(made.somebody(market, Role.HANDLER))
    office, home = again(office_coordinator), again(insurance_handler)

    def count(model, user):
        return model.objects.visible_to(user).count()

    assert [count(Sanction, user) for user in (home, office, health_one, market_one)] == [1, 1, 1, 1]
    assert [Sanction.objects.readable_by(user).count() for user in (home, office, market_one)] == [1, 0, 1]
    assert [count(MeasureTask, user) for user in (home, office, health_one, market_one)] == [6, 6, 1, 1]
    # two hearings of insurance (the determination's and its own), one of health
    assert [count(Hearing, user) for user in (home, office, health_one, market_one)] == [3, 0, 2, 1]
    # what health drafts is its own; what insurance decided is seen with its task
    assert [count(AppliedMeasure, user) for user in (home, office, health_one, market_one)] == [1, 1, 2, 0]
    assert [AppliedMeasure.objects.with_proof(user).count() for user in (home, office, health_one)] == [
        1,
        0,
        0,
    ]
    assert [count(Bar, user) for user in (home, office, health_one, market_one)] == [1, 1, 1, 1]


def test_a_reviewed_proposal_is_seen_by_the_authority_a_restricted_one_is_not(
    insurance, health, health_handler, now
):
    case = make_case(by=health_handler, at=now)
    sanction = Sanction.objects.create(
        region=case.region, case=case, subject=case.subjects.get(), department=health, authority=insurance,
        proposed_by=health_handler, proposed_at=now, facts="事实", basis="依据", created_at=now, updated_at=now,
        **made.judged(at=now),
    )  # fmt: skip
    authority = again(made.somebody(insurance, Role.HANDLER))
    assert not Sanction.objects.visible_to(authority).exists()
    chief = made.somebody(health, Role.SECTION_HEAD)
    Sanction.objects.filter(pk=sanction.pk).update(reviewed_by=chief, reviewed_at=now)
    assert Sanction.objects.visible_to(authority).exists()
    type(case).objects.filter(pk=case.pk).update(restricted=True)
    assert not Sanction.objects.visible_to(authority).exists()


def test_a_proposed_entry_is_its_departments_until_it_is_decided(insurance, health_handler, now):
    handler, head = made.somebody(insurance, Role.HANDLER), made.somebody(insurance, Role.HEAD)
    entry = made.proposed_entry(insurance, at=now, by=handler)
    other = again(health_handler)
    assert not ListEntry.objects.visible_to(other).exists()
    assert ListEntry.objects.visible_to(again(handler)).exists()
    approve_entry(entry=entry, by=head, at=now)
    assert ListEntry.objects.visible_to(other).live().count() == 1
    day = local_date(now)
    assert ListEntry.objects.holding_on(day).count() == 1
    assert ListEntry.objects.holding_on(day + dt.timedelta(days=366)).count() == 0
    repair = apply_repair(
        entry=entry,
        applied_on=day,
        grounds="已退回",
        commitment="守信",
        scan=pdf("申请.pdf"),
        by=handler,
        at=now,
    )
    assert not Repair.objects.visible_to(other).exists()
    assert Repair.objects.visible_to(again(handler)).open().get() == repair
    assert not rules_lists.can_repair_entry(again(handler), entry)  # one is open


def test_filters_of_the_day(standing, insurance, now):
    day = local_date(now)
    assert Bar.objects.live().holding_on(day).count() == 1
    assert Bar.objects.holding_on(dt.date(2029, 11, 17)).count() == 0
    assert Sanction.objects.live().count() == 1
    assert AppliedMeasure.objects.live().count() == 1
    assert AppliedMeasure.objects.standing().count() == 1
    assert Hearing.objects.open().count() == 0
    assert MeasureTask.objects.owed_by(made.somebody(insurance, Role.HANDLER)).count() == 1
    assert Measure.objects.fitting("health", "pharmacy").count() == 0
    assert MeasureTask.objects.open().count() == 6


def who(insurance, *roles):
    return [again(made.somebody(insurance, role)) for role in roles]


H, S, D, B, R = Role.HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.HEAD, Role.REGISTRAR


def may(rule, thing, department, *roles):
    return [rule(again(made.somebody(department, role)), thing) for role in roles]


def test_rules_of_a_proposal(insurance, health, office_coordinator, now):
    case = made.decided_case(insurance, at=now)
    assert may(rules.can_propose, case, insurance, H, S, D, R) == [True, True, True, False]
    assert not rules.can_propose(again(office_coordinator), case)
    assert not rules.can_propose(AnonymousUser(), case)
    sanction = made.proposed(insurance, at=now, case=case)
    type(case).objects.filter(pk=case.pk).update(status="closed", closed_at=now)
    case.refresh_from_db()
    assert not rules.can_propose(again(sanction.proposed_by), case)
    assert may(rules.can_edit, sanction, insurance, H, S) == [True, False]
    assert may(rules.can_review, sanction, insurance, H, S, D) == [False, True, True]
    assert may(rules.can_review, sanction, health, S) == [False]
    assert may(rules.can_withdraw, sanction, insurance, H, S, R) == [True, True, False]
    assert may(rules.can_draft_notice, sanction, insurance, H) == [False]
    assert rules.can_list(again(office_coordinator))
    assert not rules.can_keep_catalogue(again(office_coordinator))


def test_rules_of_a_hearing(insurance, health, now):
    sanction = made.reviewed(insurance, at=now)
    assert may(rules.can_draft_notice, sanction, insurance, H, R) == [True, False]
    assert may(rules.can_draft_notice, sanction, health, H) == [False]
    hearing = made.hear(sanction, at=now, until="drafted")
    assert may(rules.can_draft_notice, sanction, insurance, H) == [False]
    assert may(rules.can_sign_notice, hearing, insurance, H, S, D) == [False, True, True]
    assert may(rules.can_discard_notice, hearing, insurance, H) == [True]
    assert may(rules.can_serve_notice, hearing, insurance, H, R) == [False, False]
    Hearing.objects.filter(pk=hearing.pk).update(
        status="signed", signed_by=made.somebody(insurance, S), signed_at=now
    )
    hearing.refresh_from_db()
    assert may(rules.can_serve_notice, hearing, insurance, H, R) == [True, True]
    assert may(rules.can_serve_notice, hearing, health, H, R) == [False, False]
    assert may(rules.can_record_statement, hearing, insurance, H) == [False]
    assert may(rules.can_answer_statement, hearing, insurance, H) == [False]


def test_rules_of_a_determination(insurance, health, now):
    sanction = made.heard(insurance, at=now)
    assert may(rules.can_determine, sanction, insurance, H, S, D, B) == [False, False, True, True]
    assert may(rules.can_determine, sanction, health, D) == [False]
    for rule in (rules.can_suspend, rules.can_resume, rules.can_annul):
        assert may(rule, sanction, insurance, D) == [False]


def test_rules_of_what_stands(standing, insurance, health, finance, now):
    assert may(rules.can_suspend, standing, insurance, S, D) == [False, True]
    assert may(rules.can_annul, standing, insurance, S, D) == [False, True]
    assert may(rules.can_resume, standing, insurance, D) == [False]
    task = made.task_of(standing, health)
    assert may(rules.can_acknowledge, task, health, H, R) == [False, False]
    assert may(rules.can_draft, task, health, H, R) == [True, False]
    assert may(rules.can_draft_own_notice, task, health, H) == [False]  # it was heard
    assert may(rules.can_decide, task, health, H, D) == [False, True]
    assert may(rules.can_refuse, task, health, H, D) == [False, True]
    assert may(rules.can_reassign, task, health, H, S) == [False, True]
    assert may(rules.can_feed_back, task, health, H) == [False]
    draft = task.applied.select_related("task__sanction", "measure", "department", "sanction").first()
    assert may(rules.can_drop, draft, health, H, R) == [True, False]
    assert may(rules.can_execute, draft, health, H) == [False]
    assert may(rules.can_lift, draft, health, D) == [False]
    own = made.task_of(standing, insurance)
    assert may(rules.can_feed_back, own, insurance, H) == [True]
    done = own.applied.select_related("task__sanction", "measure", "department", "sanction").get()
    assert may(rules.can_lift, done, insurance, H, D) == [False, True]
    assert may(rules.can_change, done, insurance, D) == [True]
    assert may(rules_lists.can_repair_measure, done, insurance, H) == [False]  # a cancellation
    empty = made.task_of(standing, finance)
    assert may(rules.can_acknowledge, empty, finance, H, R) == [True, True]
    assert may(rules.can_decide, empty, finance, D) == [False]
    made.taken_in(standing, finance, at=now)
    empty = made.task_of(standing, finance)
    assert may(rules.can_decide, empty, finance, D) == [False]  # nothing is drafted
    assert may(rules.can_draft_own_notice, empty, finance, H) == [False]
    Sanction.objects.filter(pk=standing.pk).update(suspended_by=made.somebody(insurance, D), suspended_at=now)
    assert may(rules.can_draft, made.task_of(standing, health), health, H) == [False]
    assert may(rules.can_resume, made.fresh(standing), insurance, D) == [True]


def test_a_measure_that_wants_a_hearing_waits_for_it(members, insurance, health, now):
    sanction = made.in_force(insurance, at=now)
    task = made.drafted(sanction, health, "health-closure", at=now)
    assert may(rules.can_draft_own_notice, task, health, H) == [True]
    assert may(rules.can_decide, task, health, D) == [False]


def test_rules_of_lists(insurance, reform, health, now):
    assert [rules_lists.can_propose_entry(again(made.somebody(each, H))) for each in (insurance, reform, health)] == [
        True, True, False,
    ]  # fmt: skip
    assert not rules_lists.can_propose_entry(AnonymousUser())
    assert not rules_lists.can_propose_entry(again(made.somebody(insurance, R)))
    entry = ListEntry(department=insurance, kind="permanent", status="proposed")
    assert may(rules_lists.can_approve, entry, insurance, D, B) == [False, True]
    assert may(rules_lists.can_refuse, entry, insurance, D, B) == [False, True]
    entry.status = "listed"
    assert may(rules_lists.can_remove, entry, insurance, D, B) == [False, True]
    assert may(rules_lists.can_repair_entry, entry, insurance, H) == [False]
    repair = Repair(department=insurance, status="applied")
    assert may(rules_lists.can_decide_repair, repair, insurance, H, D) == [False, True]
