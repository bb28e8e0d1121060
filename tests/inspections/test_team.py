"""Who goes: two certified officers of each inspecting department, nobody of a supporting one signs as an inspector."""

import pytest
from django.db import IntegrityError, connection, transaction

from core.dates import local_date
from core.refusals import BadInput, WrongState
from deadlines.models import Deadline
from departments.actions.people import engage, fill_post
from departments.enums import Role
from inspections.actions import certificates, planning, team
from inspections.models import EnforcementCertificate, Member
from journal.models import Event, Notification
from tests.factories import inspections as make
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db


def confirm(part, *, by, at, **more):
    given = {"officers": (), "assistants": (), "declared": True, "by": by, "at": at} | more
    return team.confirm_part(partner=part, **given)


# -- certificates ------------------------------------------------------------


def test_a_newer_certificate_takes_the_place_of_the_one_in_force(insurance, insurance_handler, now):
    old = make.certificate(insurance_handler, insurance, at=now, number="甲1")
    new = make.certificate(insurance_handler, insurance, at=now, number="甲2")
    old.refresh_from_db()
    assert old.withdrawn_at == now and old.withdraw_reason == "换证。"
    assert list(EnforcementCertificate.objects.valid(local_date(now))) == [new]
    assert Event.objects.filter(verb="inspection.certificate_entered").count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"number": " "}, "number"), ({"days": -1}, "valid_until"), ({"days": 9000}, "valid_until")],
)
def test_a_certificate_has_a_number_and_a_day_to_come(insurance, insurance_handler, now, wrong, field):
    given = {"number": "甲1", "days": 100} | wrong
    with pytest.raises(BadInput) as refused:
        certificates.enter_certificate(
            department=insurance, user=insurance_handler, number=given["number"],
            valid_until=local_date(now) + given["days"] * DAY, by=insurance_handler, at=now,
        )  # fmt: skip
    assert list(refused.value.faults) == [field]


def test_a_certificate_is_one_persons_of_that_department(
    insurance, insurance_handler, insurance_handler_2, health_handler, office, office_head, now
):
    make.certificate(insurance_handler, insurance, at=now, number="甲1")
    for user, department, number, field in (
        (insurance_handler_2, insurance, "甲1", "number"), (health_handler, insurance, "甲2", "user"),
        (office_head, office, "甲3", "user"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            make.certificate(user, department, at=now, number=number)
        assert refused.value.field == field


def test_another_clash_of_the_database_is_not_hidden(insurance, insurance_handler, now, monkeypatch):
    def fail(**fields):
        raise IntegrityError("something else")

    monkeypatch.setattr(EnforcementCertificate.objects, "create", fail)
    with pytest.raises(IntegrityError):
        make.certificate(insurance_handler, insurance, at=now)


def test_a_certificate_is_withdrawn_once_with_a_reason(insurance, insurance_handler, now):
    held = make.certificate(insurance_handler, insurance, at=now)
    with pytest.raises(BadInput):
        certificates.withdraw_certificate(certificate=held, reason="", by=insurance_handler, at=now)
    certificates.withdraw_certificate(certificate=held, reason="遗失", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        certificates.withdraw_certificate(certificate=held, reason="遗失", by=insurance_handler, at=now)


# -- a department answers ------------------------------------------------------------


def test_a_department_names_two_officers_and_its_clock_is_met(
    asked, part, health, health_section_head, insurance_handler, now
):
    make.confirm(asked, health, by=health_section_head, at=now)
    part.refresh_from_db()
    assert (part.answer, part.plan_version, part.answered_by) == ("confirmed", 1, health_section_head)
    assert [each.role for each in part.members.all()] == ["inspector", "inspector"]
    assert Deadline.objects.get(target_kind="inspection_partner", target_id=part.pk).status == "met"
    told = Notification.objects.filter(recipient=insurance_handler).values_list("verb", flat=True)
    assert {"inspection.partner_confirmed", "inspection.all_confirmed"} <= set(told)


def test_one_officer_alone_is_refused(part, health, health_section_head, now):
    [one] = make.officers(health, at=now, n=1)
    for given in ([one], [one, one], []):
        with pytest.raises(BadInput) as refused:
            confirm(part, officers=given, by=health_section_head, at=now)
        assert refused.value.field == "officers" and "两名" in str(refused.value)


def test_an_officer_of_another_department_is_refused(part, health, insurance, health_section_head, now):
    held = [*make.officers(health, at=now, n=1), *make.officers(insurance, at=now, n=1)]
    with pytest.raises(BadInput) as refused:
        confirm(part, officers=held, by=health_section_head, at=now)
    assert refused.value.field == "officers" and refused.value.record
    assert not Member.objects.filter(partner=part).exists()


def test_an_expired_certificate_is_refused(part, health, health_section_head, now):
    """It has to last until the inspection is over."""
    held = make.officers(health, at=now, until=part.inspection.ends_on - DAY)
    with pytest.raises(BadInput) as refused:
        confirm(part, officers=held, by=health_section_head, at=now)
    assert refused.value.field == "officers" and held[0].number in str(refused.value)


def test_a_withdrawn_certificate_or_a_holder_who_has_left_is_refused(part, health, health_section_head, now):
    first, second = make.officers(health, at=now)
    certificates.withdraw_certificate(certificate=first, reason="遗失", by=health_section_head, at=now)
    with pytest.raises(BadInput):
        confirm(part, officers=[first, second], by=health_section_head, at=now)
    third, fourth = make.officers(health, at=now + DAY)
    fourth.user.is_active = False
    fourth.user.save(update_fields=["is_active"])
    with pytest.raises(BadInput) as refused:
        confirm(part, officers=[third, fourth], by=health_section_head, at=now + DAY)
    assert refused.value.field == "officers"


def test_nobody_of_a_supporting_department_signs_as_an_inspector(
    lead, market, market_section_head, market_handler, insurance_handler, now
):
    inspection = make.asked(lead, market, by=insurance_handler, at=now, role="supporting")
    row = inspection.partners.get(department=market)
    with pytest.raises(BadInput) as refused:
        confirm(row, officers=make.officers(market, at=now), by=market_section_head, at=now)
    assert refused.value.field == "officers" and refused.value.record
    confirm(row, assistants=[market_handler], by=market_section_head, at=now)
    assert [(each.role, each.certificate) for each in row.members.all()] == [("assistant", None)]


def test_somebody_goes_and_nobody_has_an_interest(
    lead, market, market_section_head, market_handler, insurance_handler, now
):
    inspection = make.asked(lead, market, by=insurance_handler, at=now, role="supporting")
    row = inspection.partners.get(department=market)
    for given, field in (
        ({}, "assistants"),
        ({"assistants": [market_handler], "declared": False}, "declared"),
    ):
        with pytest.raises(BadInput) as refused:
            confirm(row, by=market_section_head, at=now, **given)
        assert refused.value.field == field
    with pytest.raises(BadInput) as refused:
        confirm(row, assistants=[insurance_handler], by=market_section_head, at=now)
    assert refused.value.field == "assistants"


def test_naming_anew_takes_the_place_of_who_was_named(asked, part, health, health_section_head, now):
    make.confirm(asked, health, by=health_section_head, at=now)
    first = set(part.members.values_list("user", flat=True))
    make.confirm(asked, health, by=health_section_head, at=now + DAY)
    there = set(part.members.filter(left_at=None).values_list("user", flat=True))
    assert len(there) == 2 and not there & first


def test_the_same_person_is_named_once(asked, part, health, health_section_head, now):
    held = make.officers(health, at=now)
    with pytest.raises(BadInput) as refused:
        confirm(part, officers=held, assistants=[held[0].user], by=health_section_head, at=now)
    assert refused.value.field == "assistants"


def test_the_lead_names_its_people_before_it_asks_anybody(
    drafted, health, insurance, insurance_handler, health_section_head, now
):
    make.confirm(drafted, insurance, by=insurance_handler, at=now)
    assert drafted.partners.get(leads=True).answer == "confirmed"
    planning.add_partner(
        inspection=drafted, department=health, role="inspecting", by=insurance_handler, at=now
    )
    with pytest.raises(WrongState):
        make.confirm(drafted, health, by=health_section_head, at=now)


def test_a_department_declines_with_a_reason_and_the_office_hears_of_it(
    part, health_section_head, insurance_handler, office_coordinator, now
):
    with pytest.raises(BadInput):
        team.decline_part(partner=part, reason="", by=health_section_head, at=now)
    team.decline_part(partner=part, reason="人员不足", by=health_section_head, at=now)
    assert (part.answer, part.decline_reason) == ("declined", "人员不足")
    for person in (insurance_handler, office_coordinator):
        assert Notification.objects.filter(verb="inspection.partner_declined", recipient=person).count() == 1
    with pytest.raises(WrongState):
        team.decline_part(
            partner=part.inspection.partners.get(leads=True), reason="人员不足", by=insurance_handler, at=now
        )


# -- later ------------------------------------------------------------


def test_somebody_leaves_once_another_was_named(submitted, health, health_section_head, now):
    row = submitted.partners.get(department=health)
    member = row.members.filter(left_at=None).first()
    with pytest.raises(WrongState, match="先另定人员"):
        team.leave(member=member, reason="与对象有亲属关系", by=health_section_head, at=now)
    [spare] = make.officers(health, at=now, n=1)
    with pytest.raises(BadInput) as refused:
        team.name_officer(partner=row, certificate=spare, by=health_section_head, at=now)
    assert refused.value.field == "declared"
    team.name_officer(partner=row, certificate=spare, declared=True, by=health_section_head, at=now)
    with pytest.raises(BadInput):
        team.leave(member=member, reason="", by=health_section_head, at=now)
    team.leave(member=member, reason="与对象有亲属关系", by=health_section_head, at=now)
    with pytest.raises(WrongState):
        team.leave(member=member, reason="与对象有亲属关系", by=health_section_head, at=now)


def test_who_has_left_does_not_hold_up_a_department_that_has_not_confirmed(
    part, health, health_section_head, health_handler, now
):
    """An assistant may leave at any time."""
    held = make.officers(health, at=now)
    confirm(part, officers=held, assistants=[health_handler], by=health_section_head, at=now)
    member = part.members.get(user=health_handler)
    team.leave(member=member, reason="请假", by=health_section_head, at=now)
    assert member.left_at == now


@pytest.fixture
def expert(insurance, now):
    user = engage(
        staff_number="zj01",
        name="专家甲",
        job_title="",
        phone="",
        email="",
        password="qinghe-4711-long",
        by=None,
        at=now,
    )
    fill_post(
        user=user, department=insurance, role=Role.EXPERT, until=local_date(now) + 60 * DAY, by=None, at=now
    )
    return user


def test_an_expert_assists_and_never_inspects(going, expert, insurance_handler, now):
    member = team.add_expert(inspection=going, user=expert, declared=True, by=insurance_handler, at=now)
    assert (member.role, member.certificate, member.unit) == ("expert", None, "青禾县医疗保障局")
    assert Notification.objects.filter(verb="inspection.you_are_expert", recipient=expert).count() == 1
    with pytest.raises(BadInput) as refused:
        team.add_expert(inspection=going, user=expert, declared=True, by=insurance_handler, at=now)
    assert refused.value.field == "user"


def test_an_expert_without_a_post_is_written_down_by_name_and_unit(going, insurance_handler, now):
    member = team.add_expert(
        inspection=going, name="专家乙", unit="市中心医院", declared=True, by=insurance_handler, at=now
    )
    assert member.user is None and member.unit == "市中心医院"
    for wrong, field in (
        ({"name": "专家乙"}, "unit"), ({"unit": "市中心医院"}, "name"), ({"user": insurance_handler}, "user"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            team.add_expert(inspection=going, declared=True, by=insurance_handler, at=now, **wrong)
        assert refused.value.field == field


# -- the database ------------------------------------------------------------


def test_the_database_refuses_one_officer_alone(submitted, health):
    """At the end of the transaction, whoever writes."""
    row = submitted.partners.get(department=health)
    one = row.members.order_by("pk").first()
    with pytest.raises(IntegrityError, match="two certified officers"), transaction.atomic():
        Member.objects.filter(pk=one.pk).update(
            left_at=one.named_at, left_by=one.named_by, left_reason="病假"
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_an_inspector_of_a_supporting_department(lead, market, insurance_handler, now):
    inspection = make.asked(lead, market, by=insurance_handler, at=now, role="supporting")
    row = inspection.partners.get(department=market)
    [held] = make.officers(market, at=now, n=1)
    given = {
        "inspection": inspection, "user": held.user, "name": held.user.name, "role": "inspector", "certificate": held,
        "certificate_number": held.number, "created_at": now, "updated_at": now,
    }  # fmt: skip
    with (
        pytest.raises(IntegrityError, match="certificate of the inspecting department"),
        transaction.atomic(),
    ):
        Member.objects.create(partner=row, **given)
    with (
        pytest.raises(IntegrityError, match="certificate of the inspecting department"),
        transaction.atomic(),
    ):
        Member.objects.create(partner=inspection.partners.get(leads=True), **given)
    with pytest.raises(IntegrityError, match="same inspection"), transaction.atomic():
        other = make.draft(lead, by=insurance_handler, at=now)
        Member.objects.create(partner=other.partners.get(), **given)
    with pytest.raises(IntegrityError, match="member_inspector_is_certified"), transaction.atomic():
        Member.objects.create(partner=row, **given | {"role": "assistant"})


def test_rows_are_kept(submitted):
    for thing in (submitted.members.first(), submitted.targets.first()):
        with pytest.raises(IntegrityError, match="kept as it was written"), transaction.atomic():
            thing.delete()
