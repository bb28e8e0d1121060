"""No one person gets round a draw: not by the kind, not by leaving out what was drawn, not by cancelling."""

from types import SimpleNamespace

import pytest
import time_machine
from django.db import DatabaseError, transaction

from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from inspections import draw_reading, draw_rules, reading
from inspections.actions import team
from inspections.actions.changes import cancel_inspection
from inspections.actions.draw import answer_annulment, ask_annulment
from inspections.actions.draw_ends import ask_leave_out, on_plan
from inspections.actions.planning import PLAN, drop_target, edit_plan
from inspections.actions.pools_officers import declare_recusal
from inspections.actions.records import void_record
from inspections.draw_check import agrees, check
from inspections.draw_record import published
from inspections.models import Annulment, Inspection, Member, Target
from inspections.views.draw import LeaveOut
from journal.models import Event, Notification
from tests.factories.draws import HOUR, committed, drawn, inspection_of, paper, setting, visited
from tests.inspections.test_draw_pages import send, text, url, wrong


@pytest.fixture
def place(insurance, health, office, office_coordinator, insurance_handler, health_registrar, now):
    return setting(insurance, health, by=insurance_handler, witness=health_registrar, at=now)


def confirmed(place):
    """Both departments confirmed those who were drawn."""
    place.inspection.partners.update(
        answer="confirmed", answered_by=place.by, answered_at=place.out, plan_version=1
    )


def signed(place):
    """The plan as it stands once the deputy head signed it."""
    confirmed(place)
    Inspection.objects.filter(pk=place.inspection.pk).update(status="agreed")
    Inspection.objects.filter(pk=place.inspection.pk).update(
        approved_at=place.out, approved_by=place.witness, submitted_by=place.by, submitted_at=place.out
    )
    place.inspection.refresh_from_db()


def refused_by_the_database(act, words):
    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        act()


@pytest.mark.parametrize("made", [committed, drawn])
def test_the_kind_stays_once_a_draw_was_committed_to(place, made):
    made(place)
    plan = place.inspection
    plan.refresh_from_db()
    given = {name: getattr(plan, name) for name in PLAN}
    with pytest.raises(BadInput) as caught:
        edit_plan(inspection=plan, version=plan.version, by=place.by, at=place.out, **(given | {"kind": "joint"}))
    assert caught.value.field == "kind" and caught.value.record
    edited = edit_plan(
        inspection=plan, version=plan.version, by=place.by, at=place.out, **(given | {"key_areas": "门诊"})
    )
    assert (edited.kind, edited.key_areas) == ("random", "门诊")  # the rest may change
    rows = Inspection.objects.filter(pk=plan.pk)
    refused_by_the_database(lambda: rows.update(kind="joint"), "the kind of an inspection stays")


def test_before_any_draw_the_kind_may_change(place, now):
    plan = place.inspection
    given = {name: getattr(plan, name) for name in PLAN} | {"kind": "joint"}
    assert edit_plan(inspection=plan, version=plan.version, by=place.by, at=now, **given).kind == "joint"


def test_a_random_plan_is_agreed_with_what_was_drawn_alone(place, county, now):
    rows = Inspection.objects.filter(pk=place.inspection.pk)
    refused_by_the_database(lambda: rows.update(status="agreed"), "with the targets that were drawn")
    draw = drawn(place)
    others = place.target_pool.targets.exclude(subject__in=draw.drawn_targets.values("subject"))
    by_hand = Target.objects.create(
        inspection=place.inspection, subject=others.first().subject, drawn=True, added_by=place.by, added_at=now,
        created_at=now, updated_at=now,
    )  # fmt: skip
    refused_by_the_database(lambda: rows.update(status="agreed"), "with the targets that were drawn")
    drop_target(target=by_hand, reason="误加", by=place.by, at=place.out)  # no draw named it
    confirmed(place)
    assert rows.update(status="agreed") == 1


def test_a_drawn_target_is_left_out_by_two_departments(place, office_coordinator):
    draw = drawn(place)
    first, second = draw.drawn_targets.order_by("place")
    target = place.inspection.targets.get(subject=first.subject)
    with pytest.raises(WrongState, match=draw.number):
        drop_target(target=target, reason="停业", by=place.by, at=place.out)
    rows = Target.objects.filter(pk=target.pk)
    out = {"dropped_by": place.by, "dropped_at": place.out, "drop_reason": "停业"}
    refused_by_the_database(lambda: rows.update(**out), "only with a second person")

    asking = {"draw": draw, "target": first, "by": place.by, "at": place.out}
    for reason in (" ", "长" * 301):
        with pytest.raises(BadInput) as caught:
            ask_leave_out(reason=reason, **asking)
        assert caught.value.field == "reason"
    asked = ask_leave_out(reason="已停业", **asking)
    told = Notification.objects.filter(verb="draw.to_leave_out").values_list("recipient", flat=True)
    assert place.witness.pk in told and place.by.pk not in told
    with pytest.raises(AlreadyDone):
        ask_leave_out(draw=draw, target=second, reason="误", by=place.witness, at=place.out)
    answer = {"draw": draw, "by": place.witness, "at": place.out + HOUR}
    with pytest.raises(FourEyes):
        answer_annulment(agreed=True, words="", **(answer | {"by": place.by}))
    answer_annulment(agreed=False, words="仍在营业", **answer)
    assert place.inspection.targets.staying().count() == 2
    assert Event.objects.filter(verb="draw.leave_out_refused").latest("pk").params["code"] == first.code

    asked = ask_leave_out(reason="已注销", **asking)
    answer_annulment(agreed=True, words="属实", **answer)
    draw.refresh_from_db()
    target.refresh_from_db()
    asked.refresh_from_db()
    assert (draw.status, target.drop_reason, target.dropped_by, asked.status) == (
        "drawn", "已注销", place.witness, "agreed",
    )  # fmt: skip
    assert [each.subject for each in place.inspection.targets.staying()] == [second.subject]
    assert [each["target"] for each in published(draw)["annulments"]] == [first.code, first.code]
    assert agrees(check(published(draw)))
    with pytest.raises(WrongState):
        ask_leave_out(reason="再", **asking)
    # one target's word ends no draw
    rows = type(draw).objects.filter(pk=draw.pk)
    end = {"status": "annulled", "ended_by": place.witness, "ended_at": place.out}
    refused_by_the_database(lambda: rows.update(**end), "second person")


def test_what_was_asked_about_is_a_target_of_that_draw(place, now, insurance, health):
    draw = drawn(place)
    with_others = inspection_of(insurance, by=place.by, at=now, partners=[health])
    place.inspection = with_others
    other = drawn(place)
    row = {
        "draw": draw, "target": other.drawn_targets.first(), "reason": "误", "asked_by": place.by,
        "asked_for": insurance, "asked_at": now,
    }  # fmt: skip
    refused_by_the_database(lambda: Annulment.objects.create(**row), "only a target of this draw")


def test_a_visited_target_and_an_inspection_that_is_over_keep_what_was_drawn(place):
    draw = drawn(place)
    first, second = draw.drawn_targets.order_by("place")
    signed(place)
    visited(place.inspection, first.subject, place.out.date(), by=place.by, at=place.out)
    draw = type(draw).objects.get(pk=draw.pk)
    asking = {"draw": draw, "by": place.by, "at": place.out}
    with pytest.raises(WrongState):
        ask_leave_out(target=first, reason="停业", **asking)
    with pytest.raises(WrongState):
        ask_annulment(reason="误", **asking)
    ask_leave_out(target=second, reason="停业", **asking)  # not visited yet
    answer_annulment(draw=draw, agreed=True, words="", by=place.witness, at=place.out)
    assert place.inspection.targets.staying().count() == 1
    draw.inspection.status = "cancelled"
    with pytest.raises(WrongState):
        on_plan(draw, second)


@pytest.mark.parametrize("whole", [False, True])
def test_a_record_begun_by_mistake_is_no_visit_to_a_draw(place, whole):
    draw = drawn(place)
    first = draw.drawn_targets.order_by("place").first()
    signed(place)
    Inspection.objects.filter(pk=place.inspection.pk).update(
        status="under_way", started_by=place.by, started_at=place.out,
        approval_form=paper(place.inspection.targets.first(), by=place.by, at=place.out),
    )  # fmt: skip
    visit = visited(
        place.inspection, first.subject, place.inspection.starts_on, by=place.by, at=place.out, over=False
    )
    draw = type(draw).objects.get(pk=draw.pk)
    page = LeaveOut.keywords(SimpleNamespace(request=SimpleNamespace(user=place.by)), draw)
    assert first not in page["targets"]
    void_record(visit=visit, reason="对象录错", by=place.by, at=place.out)
    page = LeaveOut.keywords(SimpleNamespace(request=SimpleNamespace(user=place.by)), draw)
    assert first in page["targets"]
    asking = {"draw": draw, "reason": "已停业", "by": place.by, "at": place.out}
    asked = ask_annulment(**asking) if whole else ask_leave_out(target=first, **asking)
    answer_annulment(draw=draw, agreed=True, words="", by=place.witness, at=place.out)
    asked.refresh_from_db()
    place.inspection.refresh_from_db()
    assert asked.status == "agreed" and place.inspection.targets.staying().count() == (2 if whole else 1)
    assert place.inspection.status == ("cancelled" if whole else "under_way")


@pytest.mark.parametrize("made", [committed, drawn])
def test_an_inspection_is_not_cancelled_while_its_draw_stands(place, made):
    draw = made(place)
    cancel = {"inspection": place.inspection, "reason": "计划调整", "by": place.by}
    with pytest.raises(WrongState, match=draw.number):
        cancel_inspection(at=place.out, **cancel)
    over = {"status": "cancelled", "cancelled_by": place.by, "cancelled_at": place.out, "cancel_reason": "误"}
    rows = Inspection.objects.filter(pk=place.inspection.pk)
    refused_by_the_database(lambda: rows.update(**over), "while its draw stands")
    ask_annulment(draw=draw, reason="计划调整", by=place.by, at=place.out)
    answer_annulment(draw=draw, agreed=True, words="", by=place.witness, at=place.out)
    draw.refresh_from_db()
    assert draw.seed and cancel_inspection(at=place.out, **cancel).status == "cancelled"


def test_a_signed_inspection_is_cancelled_with_its_draw(place):
    draw = drawn(place)
    signed(place)
    draw = type(draw).objects.get(pk=draw.pk)
    assert draw_rules.can_ask_annulment(place.by, draw) and draw_rules.can_ask_leave_out(place.by, draw)
    ask_annulment(draw=draw, reason="上级另有任务", by=place.by, at=place.out)
    assert not draw_rules.can_ask_leave_out(place.by, draw)
    answer_annulment(draw=draw, agreed=True, words="", by=place.witness, at=place.out)
    draw.refresh_from_db()
    place.inspection.refresh_from_db()
    assert (draw.status, place.inspection.status, place.inspection.cancel_reason) == (
        "annulled", "cancelled", "上级另有任务",
    )  # fmt: skip


def test_a_plan_made_anew_does_not_hide_the_draws_before_it(place, now, insurance, health):
    draw = committed(place)
    assert draw_reading.ended_before(draw) == 0
    ask_annulment(draw=draw, reason="误", by=place.by, at=place.out)
    answer_annulment(draw=draw, agreed=True, words="", by=place.witness, at=place.out)
    cancel_inspection(inspection=place.inspection, reason="另行计划", by=place.by, at=place.out)
    place.at = place.out
    place.inspection = inspection_of(insurance, by=place.by, at=place.out, partners=[health])
    again = committed(place)
    assert (again.attempt, draw_reading.ended_before(again)) == (1, 1)


def test_it_is_asked_and_answered_on_the_pages(place, client):
    draw = drawn(place)
    first = draw.drawn_targets.order_by("place").first()
    backend = "django.contrib.auth.backends.ModelBackend"
    with time_machine.travel(place.out, tick=False):
        client.force_login(place.by, backend=backend)
        assert "申请不查某一对象" in text(client, draw.get_absolute_url())
        step = url("leave_target_out", draw)
        assert wrong(send(client, step, reason="")) == {"target", "reason"}
        assert send(client, step, target=first.pk, reason="已停业").status_code == 302
        said = text(client, draw.get_absolute_url())
        assert f"是否不查{first.subject.name}" in said and "已停业" in said
        client.force_login(place.witness, backend=backend)
        assert "已停业" in text(client, url("answer_annulment", draw))
        assert send(client, url("answer_annulment", draw), answer="yes", words="").status_code == 302
    assert place.inspection.targets.staying().count() == 1


def test_it_is_asked_through_the_api(place, client):
    draw = drawn(place)
    first = draw.drawn_targets.order_by("place").first()
    client.force_login(place.by, backend="django.contrib.auth.backends.ModelBackend")
    path = f"/api/v1/draws/{draw.pk}/leave-out/"
    head = {"If-Match": f'"{draw.version}"'}
    with time_machine.travel(place.out, tick=False):
        for code, status in (("52439926MJ0001000A", 400), (first.code, 200)):
            given = {"code": code, "reason": "已停业"}
            answer = client.post(path, given, content_type="application/json", headers=head)
            assert answer.status_code == status, answer.content
    assert Annulment.objects.get().target == first


def test_a_department_that_declined_witnesses_nothing(place, health_section_head):
    """It said that it does not take part: it neither draws nor agrees that a draw is annulled."""
    draw = committed(place)
    assert draw_rules.takes_part(place.witness, place.inspection)
    assert draw_rules.can_ask_annulment(place.witness, draw)
    partner = place.inspection.partners.select_related("inspection__lead", "department").get(leads=False)
    team.decline_part(partner=partner, reason="人手不足", by=health_section_head, at=place.at)
    assert not draw_rules.takes_part(place.witness, place.inspection)
    assert not draw_rules.can_ask_annulment(place.witness, draw)


def test_the_reserve_goes_in_place_of_who_does_not(place):
    """Who is drawn for one target and stands in reserve for another goes to the first alone."""
    draw = drawn(place)

    def teams():
        return [team for _row, _line, found in draw_reading.targets(draw) for team in found]

    behind = draw.drawn_officers.filter(reserve=True).order_by("department", "target", "place").first()
    certificate, partner = behind.certificate, place.inspection.partners.get(department=behind.department)
    Member.objects.get_or_create(  # as if drawn for the other target
        inspection=place.inspection, user=certificate.user, left_at=None,
        defaults={
            "partner": partner, "name": certificate.user.name, "role": "inspector", "certificate": certificate,
            "certificate_number": certificate.number, "named_by": place.by, "named_at": place.out,
            "declared_by": place.by, "declared_at": place.out, "created_at": place.out, "updated_at": place.out,
        },
    )  # fmt: skip
    assert all(goes for team in teams() for _name, _code, goes in team.officers)
    assert not any(goes for team in teams() for _name, _code, goes in team.reserve)
    out = behind.target.officers.filter(reserve=False, department=behind.department).first()
    place.inspection.members.filter(user=out.certificate.user).update(
        left_by=place.by, left_at=place.out, left_reason="病假"
    )
    team = next(
        team for row, _line, found in draw_reading.targets(draw) for team in found
        if row.pk == behind.target_id and team.department == behind.department_name
    )  # fmt: skip
    assert [goes for _name, _code, goes in team.officers].count(False) == 1
    assert team.reserve[0][2] and [goes for _name, _code, goes in team.reserve].count(True) == 1


def test_who_stands_aside_from_a_target_is_named_with_it(place):
    officer = place.officer_pool.officers.first()
    subject = place.target_pool.targets.first().subject
    declare_recusal(officer=officer, subject=subject, reason="配偶在该院工作", by=place.by, at=place.at)
    place.officer_pool.refresh_from_db()
    recused = [each for row in draw_reading.listed(committed(place))["officers"] for each in row["recused"]]
    assert [each["name"] for each in recused] == [subject.name]


def test_what_ends_something_is_offered_last(place):
    own = place.inspection.partners.get(leads=True)
    dangers = [each.danger for each in reading.inspection_offers(place.by, place.inspection, own)]
    assert True in dangers and False in dangers and dangers == sorted(dangers)
