"""What a draw means for the plan it belongs to, and the yearly count where a target is added and approved."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from core.refusals import BadInput
from inspections import contexts, letters, reading
from inspections.actions.approval import missing
from inspections.actions.planning import add_target
from inspections.actions.team import confirm_part
from inspections.frequency import caps_of, visits_before
from inspections.models import Draw
from tests.factories.cases import make_subject
from tests.factories.draws import certified, drawn, inspection_of, setting, visited
from tests.inspections.test_draw_pages import send


@pytest.fixture
def place(insurance, health, office, office_coordinator, insurance_handler, health_registrar, now):
    return setting(insurance, health, by=insurance_handler, witness=health_registrar, at=now)


def test_targets_of_a_random_inspection_are_not_added_by_hand(place, county, now):
    with pytest.raises(BadInput) as caught:
        add_target(inspection=place.inspection, subject=make_subject(county, at=now), by=place.by, at=now)
    assert caught.value.field == "subject"
    assert place.inspection.targets.count() == 0


def test_the_plan_waits_for_its_draw(place, insurance, now):
    wanted = "请先抽取检查对象和检查人员。"
    assert wanted in missing(place.inspection)
    assert "抽取检查对象" in reading.next_step(place.inspection, [])[0]
    silent = inspection_of(insurance, by=place.by, at=now, asked=False)
    assert "参加部门" in reading.next_step(silent, [])[0]
    assert (
        next(each.label for each in reading.inspection_offers(place.by, place.inspection, None))
        == "作出抽取承诺"
    )
    assert "添加对象" not in [each.label for each in reading.inspection_offers(place.by, silent, None)]
    drawn(place)
    place.inspection.refresh_from_db()
    assert wanted not in missing(place.inspection)


def test_only_those_drawn_and_their_reserve_inspect(place, health_section_head, now):
    draw = drawn(place)
    partner = place.inspection.partners.select_related("inspection__lead", "department").get(leads=False)
    mine = draw.drawn_officers.filter(department=partner.department).select_related("certificate__user")
    named = {each.certificate.user_id: each.certificate for each in mine}
    going = [
        named[user]
        for user in place.inspection.members.filter(partner=partner).values_list("user", flat=True)
    ]
    confirm = {"partner": partner, "declared": True, "by": health_section_head, "at": place.out}
    other = certified(partner.department, "Z", at=now)[0]
    with pytest.raises(BadInput) as caught:  # somebody drawn does not go: why?
        confirm_part(officers=[going[0], other], **confirm)
    assert caught.value.field == "reason"
    with pytest.raises(BadInput) as caught:
        confirm_part(officers=[going[0], other], reason="病假", **confirm)
    assert caught.value.field == "officers" and caught.value.record and draw.number in str(caught.value)
    confirm_part(officers=going, **confirm)
    partner.refresh_from_db()
    assert partner.answer == "confirmed"
    assert not Draw.objects.filter(
        inspection=inspection_of(place.inspection.lead, by=place.by, at=now)
    ).exists()


def _often(insurance, subject, by, now):
    """Visited as often as the cap allows."""
    for day in range(caps_of(insurance.region)[subject.kind]):
        plan = inspection_of(insurance, by=by, at=now, kind="special", asked=False)
        visited(plan, subject, dt.date(2026, 11, 2 + day), by=by, at=now)


@pytest.mark.parametrize(
    ("source", "number", "warned"), [("plan", "", True), ("report", "举报2026-1", False)]
)
def test_who_adds_a_target_beyond_its_cap_is_told_at_once(
    insurance, county, insurance_handler, client, now, source, number, warned
):
    hospital = make_subject(county, name="仁和医院", at=now)
    _often(insurance, hospital, insurance_handler, now)
    plan = inspection_of(
        insurance,
        by=insurance_handler,
        at=now,
        kind="joint",
        asked=False,
        source=source,
        source_number=number,
    )
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(now, tick=False):
        url = reverse("inspections:add_target", args=[plan.pk])
        answer = send(client, url, subject=hospital.uscc, reason="年度覆盖")
        assert answer.status_code == 302, answer.context["form"].errors
        page = client.get(plan.get_absolute_url() + "?tab=visits").content.decode()
    assert ("年度上限为2次" in page) == warned
    assert "2 / 2" in page
    over = contexts.over_cap(plan, visits_before(plan))
    assert over == (["仁和医院（已查2次，上限2次）"] if warned else [])


def test_the_approval_form_says_who_is_visited_beyond_the_cap(
    insurance, county, insurance_handler, insurance_deputy_head, now
):
    hospital, other = (
        make_subject(county, name="仁和医院", at=now),
        make_subject(county, name="康宁医院", at=now),
    )
    _often(insurance, hospital, insurance_handler, now)
    plan = inspection_of(insurance, by=insurance_handler, at=now, kind="joint", asked=False)
    add_target(inspection=plan, subject=other, by=insurance_handler, at=now)

    def said():
        context = contexts.of_approval(plan, opinion="", by=insurance_deputy_head, at=now)
        return dict(letters.approval_form(context).fields)["频次核对"]

    assert said().endswith("未超过年度检查次数上限。")
    add_target(inspection=plan, subject=hospital, by=insurance_handler, at=now)
    assert "超过年度检查次数上限的：仁和医院（已查2次，上限2次）。" in said()
    context = contexts.of_approval(plan, opinion="", by=insurance_deputy_head, at=now)
    context.pop("over")  # as papers were frozen before there were caps
    assert dict(letters.approval_form(context).fields)["频次核对"].endswith("见下表。")
