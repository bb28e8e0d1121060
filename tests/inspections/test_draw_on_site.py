"""On site those inspect whom the draw named for the target; who stands aside from it never does."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from core.refusals import BadInput
from inspections import choices, contexts
from inspections.actions import draw_plan, visits
from inspections.actions.approval import approve_inspection, submit_inspection
from inspections.actions.pools_officers import declare_recusal
from inspections.actions.team import confirm_part
from inspections.models import Inspection, Member, VisitOfficer
from tests.factories.draws import drawn, setting
from tests.factories.inspections import signer_of

DAY = dt.timedelta(days=1)


@pytest.fixture
def place(
    insurance, health, office, office_coordinator, insurance_handler, insurance_deputy_head, health_registrar, now
):
    return setting(insurance, health, by=insurance_handler, witness=health_registrar, at=now, targets=3, officers=5)


def under_way(place):
    """Confirmed by both, signed, and begun before its first day."""
    for partner in place.inspection.partners.select_related("inspection__lead", "department"):
        there = partner.members.filter(left_at=None).select_related("certificate__user")
        held = [each.certificate for each in there]
        confirm_part(partner=partner, officers=held, declared=True, by=place.by, at=place.out)
    submit_inspection(inspection=place.inspection, by=place.by, at=place.out)
    signer = signer_of(place.inspection.lead)
    approve_inspection(inspection=place.inspection, by=signer, at=place.out)
    Inspection.objects.filter(pk=place.inspection.pk).update(
        status="under_way", started_by=place.by, started_at=place.out, starts_on=place.out.date() - DAY
    )
    place.inspection.refresh_from_db()


def member(place, row):
    """The person a row of the draw names, as a member of the inspection."""
    held, partner = row.certificate, place.inspection.partners.get(department=row.department_id)
    found = place.inspection.members.filter(user=held.user, left_at=None).first()
    return found or Member.objects.create(
        inspection=place.inspection, partner=partner, user=held.user, name=held.user.name, role="inspector",
        certificate=held, certificate_number=held.number, named_by=place.by, named_at=place.out,
        created_at=place.out, updated_at=place.out,
    )  # fmt: skip


def team(place, drawn_target, *, reserve=0):
    """The lead's two who were drawn for a target, with so many of them replaced by the reserve."""
    rows = list(drawn_target.officers.filter(department=place.inspection.lead).order_by("place"))
    return [member(place, row) for row in rows[reserve : 2 + reserve]]


def visit(place, drawn_target, people, **more):
    target = place.inspection.targets.get(subject=drawn_target.subject)
    return visits.open_visit(
        target=target, visited_on=place.out.date(), begins=dt.time(9), place="一楼", officers=people, by=place.by,
        at=place.out, **more,
    )  # fmt: skip


@pytest.fixture
def going(place, now):
    """Under way, with an officer of the lead who stands aside from the first target drawn and goes to the second."""
    bodies = [each.subject for each in place.target_pool.targets.select_related("subject").order_by("pk")]
    aside = place.officer_pool.officers.filter(certificate__department=place.inspection.lead).first()
    declare_recusal(officer=aside, subject=bodies[0], reason="亲属", by=place.by, at=now)
    place.officer_pool.refresh_from_db()
    place.draw = drawn(place, targets_wanted=3)
    place.aside = aside.certificate
    place.barred = place.draw.drawn_targets.get(subject=bodies[0])
    place.other = place.draw.drawn_targets.exclude(subject=bodies[0]).first()
    under_way(place)
    return place


def test_who_stands_aside_from_a_target_never_inspects_it(going):
    partner = going.inspection.partners.get(leads=True)
    one = going.inspection.members.filter(user=going.aside.user, left_at=None).first() or Member.objects.create(
        inspection=going.inspection, partner=partner, user=going.aside.user, name=going.aside.user.name, role="inspector",
        certificate=going.aside, certificate_number=going.aside.number, named_by=going.by, named_at=going.out,
        created_at=going.out, updated_at=going.out,
    )  # fmt: skip
    people = team(going, going.barred)
    with pytest.raises(BadInput) as caught:
        visit(going, going.barred, [people[0], one], reserve_reason="临时调整")
    assert caught.value.field == "officers" and caught.value.record and going.draw.number in str(caught.value)
    target = going.inspection.targets.get(subject=going.barred.subject)
    assert one not in choices.officers(target) and set(people) <= set(choices.officers(target))
    made = visit(going, going.barred, people)
    with pytest.raises(BadInput):
        visits.change_officers(visit=made, officers=[people[0], one], by=going.by, at=going.out)
    with pytest.raises(DatabaseError, match="only who was drawn"), transaction.atomic():
        VisitOfficer.objects.create(visit=made, member=one, showed=True)


def test_the_reserve_goes_in_its_order_with_a_reason_for_everybody_passed_over(going):
    """Four stand in the order drawn: two who go, two in reserve."""
    rows = list(going.other.officers.filter(department=going.inspection.lead).order_by("place"))
    first, second, third, fourth = (member(going, row) for row in rows)
    assert [row.reserve for row in rows] == [False, False, True, True]
    for people, reason, missing in (
        ([first, third], "", [second]),
        ([first, third], "  ", [second]),
        ([first, third], "抽中人员住院", [second]),
        ([first, third], f"{second.name}：  ", [second]),
        ([third, fourth], f"{second.name}：住院", [first]),
        ([first, fourth], f"{second.name}：住院", [third]),  # the first of the reserve comes first
        ([first, fourth], f"{third.name}：住院", [second]),
    ):
        with pytest.raises(BadInput) as caught:
            visit(going, going.other, people, reserve_reason=reason)
        assert caught.value.field == "reserve_reason"
        named = [each for each in (first, second, third, fourth) if each.name in str(caught.value)]
        assert named == missing
    with pytest.raises(BadInput) as caught:  # nobody is passed over, and yet the reserve goes
        visit(going, going.other, [first, second, third])
    assert caught.value.field == "reserve_reason" and third.name in str(caught.value)
    both = f"{second.name}：住院\n{third.name}: 出差"
    made = visit(going, going.other, [first, fourth], reserve_reason=both)
    assert made.reserve_reason == both
    more = {"visit": made, "by": going.by, "at": going.out}
    visits.change_officers(officers=[first, second, third], reserve_reason="数据量大", **more)
    made.refresh_from_db()
    assert made.reserve_reason == "数据量大"


def test_two_of_one_name_have_a_line_each():
    assert draw_plan._without_line(["王伟", "王伟"], "王伟：住院") == ["王伟"]
    assert draw_plan._without_line(["王伟", "王伟"], "王伟：住院\n王伟：产假") == []


def test_the_reserve_goes_with_a_reason_that_is_kept(going):
    people = team(going, going.other, reserve=1)
    passed = going.other.officers.filter(department=going.inspection.lead).order_by("place")[0]
    said = f"{passed.certificate.user.name}：住院"
    made = visit(going, going.other, people, reserve_reason=said)
    assert made.reserve_reason == said
    target = going.inspection.targets.get(subject=going.other.subject)
    assert [each.pk for each in choices.officers(target) if each.reserve and each in people] == [people[1].pk]
    visits.change_officers(visit=made, officers=team(going, going.other), by=going.by, at=going.out)
    made.refresh_from_db()
    assert made.reserve_reason == ""  # those drawn go after all
    with pytest.raises(DatabaseError, match="only who was drawn"), transaction.atomic():
        VisitOfficer.objects.create(visit=made, member=people[1], showed=True)


def test_a_department_that_leaves_out_who_was_drawn_says_why(place, health_section_head):
    draw = drawn(place)
    partner = place.inspection.partners.select_related("inspection__lead", "department").get(leads=True)
    there = partner.members.filter(left_at=None).select_related("certificate__user").order_by("pk")
    gone, *rest = there
    behind = draw.drawn_officers.filter(department=partner.department, reserve=True)
    spare = behind.exclude(certificate__user__in=[each.user_id for each in there]).first()
    named = [each.certificate for each in rest]
    while len(named) < 2:
        named.append(spare.certificate)
    confirm = {"partner": partner, "officers": named, "declared": True, "by": health_section_head, "at": place.out}
    with pytest.raises(BadInput) as caught:
        confirm_part(**confirm)
    assert caught.value.field == "reason" and gone.name in str(caught.value)
    assert there.filter(pk=gone.pk).exists()
    confirm_part(reason="产假", **confirm)
    gone.refresh_from_db()
    assert (gone.left_reason, gone.left_by) == ("产假", health_section_head)
    confirm_part(**confirm)  # said once


def test_the_notice_names_who_was_drawn_for_the_target(going):
    """Not everybody of the inspection: the inspected may ask that one of those stands aside."""
    target = going.inspection.targets.select_related("inspection__lead", "subject").get(subject=going.other.subject)

    def named():
        return {row[0] for row in contexts.of_notice(target, by=going.by, at=going.out)["team"]}

    mine = going.other.officers.select_related("certificate__user")
    drawn_names = {row.certificate.user.name for row in mine if not row.reserve}
    rows = list(mine.filter(department=going.inspection.lead).order_by("place"))
    gone, _second, first, _last = (member(going, row) for row in rows)  # the reserve goes elsewhere
    assert named() == drawn_names
    Member.objects.filter(pk=gone.pk).update(left_at=going.out, left_by=going.by, left_reason="住院")
    assert named() == drawn_names - {gone.name} | {first.name}  # the first of the reserve goes instead
