"""What a restricted case's sanction, its tasks, clocks, notices and look-ups say to whom it does not name."""

import pytest

from cases.actions.restriction import restrict_case
from core.dates import local_date
from deadlines.models import Deadline
from departments.enums import Role
from departments.models import User
from journal.models import Notification
from sanctions import eligibility_words, notices
from sanctions.actions.eligibility import look_up
from sanctions.actions.repairs import apply_repair
from sanctions.models import MeasureTask, Repair, Sanction
from tests.factories import sanctions as made
from tests.factories.cases import make_subject, pdf


def again(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def insider(insurance):
    return made.somebody(insurance, Role.HANDLER)


@pytest.fixture
def colleague(insurance, insider):
    return again(made.somebody(insurance, Role.HANDLER, but=(insider,)))


def told(user):
    return set(Notification.objects.filter(recipient=user).values_list("verb", flat=True))


def test_a_proposal_is_told_to_who_reads_the_case_only(members, insurance, insider, now):
    chief, deputy = made.somebody(insurance, Role.SECTION_HEAD), made.somebody(insurance, Role.DEPUTY_HEAD)
    case = made.decided_case(insurance, at=now)
    restrict_case(case=case, reason="涉密", by=chief, at=now)
    before = Notification.objects.count()
    made.proposed(insurance, at=now, case=case, by=insider)
    assert "sanction.to_review" in told(chief)
    assert "sanction.to_review" not in told(deputy)
    assert Notification.objects.count() == before + 1


def test_the_authority_is_told_by_name_and_late_tasks_are_not_told_to_the_office(
    members, insurance, health, insider, colleague, office_coordinator, now
):
    sanction = made.in_force(insurance, at=now)
    task = made.task_of(sanction, health)
    clock = Deadline.objects.get(target_kind="measure_task", target_id=task.pk)
    everybody = {user.pk for user in notices.told_when_late(clock, "overdue", now)}
    assert {insider.pk, colleague.pk, office_coordinator.pk} <= everybody
    restrict_case(case=sanction.case, reason="涉密", by=insider, at=now)
    assert {user.pk for user in notices.told_when_late(clock, "overdue", now)} == {insider.pk}
    sanction = made.fresh(sanction)
    notices.tell_authority("was_fed_back", sanction, at=now, from_department=health.pk)
    assert "sanction.was_fed_back" in told(insider)
    assert "sanction.was_fed_back" not in told(colleague)
    assert notices.may_know([insider], sanction.case, health) == []  # nobody reads it for a department without the case


def test_a_restricted_sanction_is_read_by_who_takes_its_task_in_leads_or_does_it(
    members, insurance, health, insider, colleague, now
):
    sanction = made.in_force(insurance, at=now)
    task = made.taken_in(sanction, health, at=now)
    one = again(task.person)
    other = again(made.somebody(health, Role.HANDLER, but=(one,)))
    chief, registrar = made.somebody(health, Role.SECTION_HEAD), made.somebody(health, Role.REGISTRAR)
    people = [one, other, again(chief), again(registrar), again(insider), colleague]

    def seen(model):
        return [model.objects.visible_to(user).exists() for user in people]

    assert all(seen(Sanction)) and all(seen(MeasureTask))
    restrict_case(case=sanction.case, reason="涉密", by=insider, at=now)
    assert seen(Sanction) == seen(MeasureTask) == [True, False, True, True, True, False]
    assert not Sanction.objects.readable_by(other).exists()


def test_clocks_of_a_restricted_sanction_are_hidden_with_it(members, insurance, health, insider, colleague, now):
    heard = made.heard(insurance, at=now, printed=True)
    other = made.in_force(insurance, at=now, subject=None)
    task = made.taken_in(other, health, at=now)
    measured = made.executed(other, insurance, "suspend-designation", at=now)
    repair = apply_repair(
        applied=measured.applied.get(), applied_on=local_date(now), grounds="已退回", commitment="守信",
        scan=pdf("申请.pdf"), by=insider, at=now,
    )  # fmt: skip
    outsider = again(made.somebody(health, Role.HANDLER, but=(task.person,)))

    def clocks(user, thing):
        return Deadline.objects.visible_to(user).of(thing.kind_code, thing.pk).exists()

    assert clocks(colleague, heard) and clocks(colleague, repair) and clocks(outsider, task)
    assert Repair.objects.visible_to(colleague).exists()
    for sanction in (heard, other):
        restrict_case(case=sanction.case, reason="涉密", by=insider, at=now)
    assert not clocks(colleague, heard) and not clocks(colleague, repair) and not clocks(outsider, task)
    assert not Repair.objects.visible_to(colleague).exists()
    assert clocks(again(insider), heard) and clocks(again(task.person), task)


def test_an_application_for_repair_is_open_to_who_decides_and_the_authority(
    members, insurance, health, market, insider, office_coordinator, now
):
    sanction = made.in_force(insurance, at=now)
    task = made.executed(sanction, health, "health-grading", at=now)
    apply_repair(
        applied=task.applied.get(), applied_on=local_date(now), grounds="已整改", commitment="守信", scan=pdf("申请.pdf"),
        by=made.somebody(health, Role.HANDLER), at=now,
    )  # fmt: skip
    people = (made.somebody(health, Role.HANDLER), insider, made.somebody(market, Role.HANDLER), office_coordinator)
    assert [Repair.objects.visible_to(again(user)).exists() for user in people] == [True, True, False, False]
    assert Sanction.objects.visible_to(again(office_coordinator)).exists()  # what it tracks, it tracks


def test_an_answer_names_no_decision_of_a_restricted_case(members, insurance, insider, now):
    subject = make_subject(insurance.region, at=now)
    case = made.decided_case(insurance, at=now, subject=subject, number="青医保罚〔2026〕77号")
    open_one = look_up(code=subject.uscc, on=local_date(now), by=again(insider), at=now)
    assert "77号" in str(open_one.facts)
    restrict_case(case=case, reason="涉密", by=insider, at=now)
    answer = look_up(code=subject.uscc, on=local_date(now), by=again(insider), at=now)
    assert not answer.eligible and "77号" not in str(answer.facts)


def test_an_answer_given_before_does_not_name_it_any_more(members, insurance, insider, colleague, client, now):
    subject = make_subject(insurance.region, at=now)
    case = made.decided_case(insurance, at=now, subject=subject, number="青医保罚〔2026〕77号")
    answer = look_up(code=subject.uscc, on=local_date(now), by=again(insider), at=now)

    def read(user):
        client.force_login(again(user), backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(answer.get_absolute_url()).content.decode()
        api = client.get(f"/api/v1/eligibility/{answer.pk}/").content.decode()
        [line] = eligibility_words.lines(answer, again(user))
        form = str(eligibility_words.paper(answer, again(user)))
        return ["77号" in text for text in (page, api, line["number"], form)]

    assert read(insider) == read(colleague) == [True] * 4
    restrict_case(case=case, reason="涉密", by=insider, at=now)
    assert read(colleague) == read(insider) == [False] * 4  # the insider asked, the answer is the department's
    [line] = eligibility_words.lines(answer, again(colleague))
    assert line["department"] == "" and line["what"]
    answer.facts["reasons"][0].pop("case")  # given before answers kept the case
    assert eligibility_words.lines(answer, again(insider))[0]["number"] == ""


def test_a_publication_owed_of_a_restricted_case_is_told_to_who_reads_it(members, insurance, insider, colleague, now):
    from sanctions.actions.bulk_publications import see_to_publications

    case = made.decided_case(insurance, at=now)
    restrict_case(case=case, reason="涉密", by=insider, at=now)
    see_to_publications(at=now)
    assert "sanction.to_publish" in told(insider)
    assert "sanction.to_publish" not in told(colleague)
