"""A draw from its commitment to its end: what is written down, what is refused, and what the database keeps."""

import datetime as dt
import json

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from core.refusals import AlreadyDone, BadInput, FourEyes, Refused, Stale, WrongState
from inspections.actions import draw as actions
from inspections.actions.pools import add_target, change_target, retire_pool
from inspections.actions.pools_officers import declare_recusal, end_recusal
from inspections.draw_algorithm import commitment_of, digest_of
from inspections.draw_check import agrees, check
from inspections.draw_paper import result_list
from inspections.draw_record import listed_of, published
from inspections.models import (
    Annulment,
    Draw,
    DrawnTarget,
    DrawSecret,
    EnforcementCertificate,
    Inspection,
    Member,
)
from journal.models import Event, Notification
from tests.factories.cases import make_subject
from tests.factories.draws import HOUR, NUMBER, committed, drawn, inspection_of, pools, setting

DAY = dt.timedelta(days=1)


@pytest.fixture
def place(insurance, health, office, office_coordinator, insurance_handler, health_registrar, now):
    return setting(insurance, health, by=insurance_handler, witness=health_registrar, at=now)


def refused(error, field, act, *words):
    with pytest.raises(error) as caught:
        act()
    assert field in caught.value.faults, caught.value.faults
    said = str(caught.value.faults[field])
    assert all(word in said for word in words), said
    return caught.value


def test_what_is_committed_to_is_the_list_and_a_seed_nobody_sees(place):
    draw = committed(place)
    listed = listed_of(draw)
    assert draw.number == "439926-2026-001" and draw.attempt == 1 and draw.status == "committed"
    assert [len(listed["targets"]), len(listed["officers"])] == [4, 8]
    assert [each["code"] for each in listed["targets"]] == sorted(each["code"] for each in listed["targets"])
    assert listed["departments"] == [
        {"id": place.inspection.lead_id, "name": "青禾县医疗保障局"},
        {"id": place.witness.department.pk, "name": "青禾县卫生健康局"},
    ]
    assert draw.list_digest == digest_of(draw.listed)
    assert draw.seed == "" and draw.public_number == ""
    seed = actions._seed_of(draw)
    assert len(seed) == 64 and commitment_of(seed, draw.list_digest) == draw.commitment
    event = Event.objects.filter(verb="draw.committed").latest("pk")
    assert event.params["commitment"] == draw.commitment and seed not in json.dumps(event.params)
    assert seed not in json.dumps(published(draw)) and seed.encode() not in bytes(draw.secret.sealed)
    told = Notification.objects.filter(verb="draw.to_make").values_list("recipient__staff_number", flat=True)
    assert set(told) == {"wj06", "ld01"}  # the other department's desk and the office; not who committed


def test_it_is_drawn_with_the_published_number_and_joins_the_plan(place):
    draw = drawn(place)
    assert (
        draw.status == "drawn" and draw.public_number == "03071219253108" and draw.drawn_by == place.witness
    )
    assert agrees(check(published(draw))) and len(check(published(draw))) == 5
    targets = list(draw.drawn_targets.all())
    assert len(targets) == 2 == place.inspection.targets.filter(drawn=True).count()
    assert draw.drawn_officers.filter(reserve=False).count() == 2 * 2 * 2
    assert draw.drawn_officers.filter(reserve=True).count() == 2 * 2 * 2
    for target in targets:
        for department in (place.inspection.lead, place.witness.department):
            assert target.officers.filter(department=department, reserve=False).count() == 2
    members = place.inspection.members.filter(left_at=None)
    going = set(draw.drawn_officers.filter(reserve=False).values_list("certificate__user", flat=True))
    assert set(members.values_list("user", flat=True)) == going
    assert all(member.role == "inspector" and member.declared_by == place.by for member in members)
    event = Event.objects.filter(verb="draw.drawn").latest("pk")
    assert event.params["seed"] == draw.seed and event.params["codes"] == [each.code for each in targets]
    assert event.params["left_out"] == 0


def test_the_lead_and_the_office_are_told_what_was_drawn_and_not_who_drew(
    place, insurance, office, insurance_deputy_head
):
    draw = drawn(place)
    told = Notification.objects.filter(verb="draw.was_drawn")
    assert set(told.values_list("department_id", flat=True)) == {insurance.pk, office.pk}
    assert draw.drawn_for_id not in (insurance.pk, office.pk)
    assert insurance_deputy_head.pk in told.values_list("recipient", flat=True)


def test_who_left_or_lost_the_certificate_meanwhile_stands_in_the_record_and_does_not_go(place, now):
    draw = committed(place)
    EnforcementCertificate.objects.filter(pk__in=[each.pk for each in place.certificates[:4]]).update(
        withdrawn_by=place.by, withdrawn_at=now, withdraw_reason="遗失"
    )
    made = actions.make_draw(draw=draw, public_number=NUMBER, by=place.witness, at=place.out)
    assert agrees(check(published(made)))
    there = place.inspection.members.filter(left_at=None)
    assert set(there.values_list("partner__department__function", flat=True)) == {"health"}
    event = Event.objects.filter(verb="draw.drawn").latest("pk")
    mine = made.drawn_officers.filter(reserve=False, department=place.inspection.lead).values(
        "certificate__user"
    )
    assert event.params["left_out"] == mine.distinct().count() > 0


def test_people_named_before_make_room_for_those_drawn(place, now):
    partner = place.inspection.partners.get(department=place.inspection.lead)
    for certificate in place.certificates[:4]:
        Member.objects.create(
            inspection=place.inspection, partner=partner, user=certificate.user, name=certificate.user.name,
            role="inspector", certificate=certificate, certificate_number=certificate.number, named_by=place.by,
            named_at=now, created_at=now, updated_at=now,
        )  # fmt: skip
    draw = drawn(place)
    going = set(draw.drawn_officers.filter(reserve=False).values_list("certificate__user", flat=True))
    there = place.inspection.members.filter(left_at=None)
    assert set(there.values_list("user", flat=True)) == going
    gone = place.inspection.members.exclude(left_at=None)
    assert all(draw.number in member.left_reason for member in gone)
    assert there.count() + gone.count() >= len(going)


def test_who_was_named_to_assist_and_is_drawn_inspects(place, now):
    partner = place.inspection.partners.get(department=place.inspection.lead)
    for certificate in place.certificates[:4]:
        Member.objects.create(
            inspection=place.inspection, partner=partner, user=certificate.user, name=certificate.user.name,
            role="assistant", named_by=place.by, named_at=now, created_at=now, updated_at=now,
        )  # fmt: skip
    draw = drawn(place)
    going = set(draw.drawn_officers.filter(reserve=False).values_list("certificate__user", flat=True))
    there = place.inspection.members.filter(left_at=None)
    assert set(there.filter(role="inspector").values_list("user", flat=True)) == going
    assert not there.filter(role="assistant", user__in=going).exists()
    assert Event.objects.filter(verb="draw.drawn").latest("pk").params["left_out"] == 0


def test_only_a_random_inspection_whose_departments_were_asked_is_drawn(place, insurance, now):
    special = inspection_of(insurance, by=place.by, at=now, kind="special", asked=False)
    silent = inspection_of(insurance, by=place.by, at=now, asked=False)
    for inspection in (special, silent):
        place.inspection = inspection
        refused(WrongState, None, lambda: committed(place))


def test_an_agreed_plan_is_not_drawn_any_more(place):
    draw = drawn(place)
    place.inspection.partners.update(answer="confirmed", answered_by=place.by, answered_at=place.out, plan_version=1)
    Inspection.objects.filter(pk=place.inspection.pk).update(status="agreed")
    refused(WrongState, None, lambda: committed(place))
    refused(
        WrongState, None, lambda: actions.ask_annulment(draw=draw, reason="误", by=place.by, at=place.out)
    )


def test_pools_too_small_and_numbers_people_may_know_are_refused_with_a_sentence(place, now):
    refused(BadInput, "targets_wanted", lambda: committed(place, targets_wanted=5), "4")
    refused(BadInput, "targets_wanted", lambda: committed(place, targets_wanted=0))
    refused(BadInput, "officer_pool", lambda: committed(place, officers_wanted=5), "5", "4")
    refused(BadInput, "officers_wanted", lambda: committed(place, officers_wanted=1))
    refused(BadInput, "officers_wanted", lambda: committed(place, officers_wanted=10))
    refused(
        BadInput, "public_from", lambda: committed(place, public_from=now + HOUR - dt.timedelta(seconds=1))
    )
    refused(BadInput, "public_from", lambda: committed(place, public_from=now + 32 * DAY))
    refused(BadInput, "public_what", lambda: committed(place, public_what="  "))
    refused(BadInput, "declared", lambda: committed(place, declared=False))
    assert not Draw.objects.exists() and not DrawSecret.objects.exists()
    assert committed(place).number == "439926-2026-001"  # a refusal uses up no number


def test_recusals_can_leave_too_few_for_one_target_alone(place, now):
    target = place.target_pool.targets.select_related("subject").order_by("pk").first()
    officers = place.officer_pool.officers.filter(certificate__department=place.inspection.lead)
    for officer in officers[:3]:
        declare_recusal(officer=officer, subject=target.subject, reason="近亲属任职", by=place.by, at=now)
    place.officer_pool.refresh_from_db()
    refused(BadInput, "officer_pool", lambda: committed(place), target.subject.name, "1", "2")


def test_who_stands_aside_is_listed_with_the_kind_of_ground_and_not_drawn(place, now):
    officers = list(place.officer_pool.officers.filter(certificate__department=place.inspection.lead))
    declare_recusal(
        officer=officers[0], subject=None, ground="relative", reason="配偶任院长", by=place.by, at=now
    )
    place.officer_pool.refresh_from_db()
    draw = drawn(place)
    lines = {each["code"]: each["recused"] for each in listed_of(draw)["officers"]}
    assert lines[officers[0].certificate.number] == [{"target": "*", "ground": "relative"}]
    assert not draw.drawn_officers.filter(certificate=officers[0].certificate).exists()


def test_what_an_officer_said_of_a_family_stays_in_the_pool(place, office_coordinator, client, now):
    """Not in the list that stays for ever, not in the record, on the page, on the paper to post, nor in the journal."""
    officer = place.officer_pool.officers.filter(certificate__department=place.inspection.lead).first()
    said = "配偶任院长"
    first = declare_recusal(officer=officer, subject=None, ground="relative", reason=said, by=place.by, at=now)
    place.officer_pool.refresh_from_db()
    draw = drawn(place)
    name = officer.certificate.user.name
    assert said not in json.dumps(published(draw), ensure_ascii=False)
    (table,) = [each for each in result_list(draw).tables if "回避人员" in each.head]
    assert name in str(table.rows) and "近亲属" not in str(table) and said not in str(table)
    address = place.officer_pool.get_absolute_url()
    api = f"/api/v1/pools/{place.officer_pool.pk}/"
    with time_machine.travel(place.out, tick=False):
        for user, reads in ((place.by, True), (office_coordinator, False)):
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            for page in (address, api):
                content = client.get(page).content.decode()
                assert (said in content) == reads and ("近亲属" in content or "relative" in content)
            drawn_page = client.get(draw.get_absolute_url()).content.decode()
            assert "近亲属" in drawn_page and said not in drawn_page
    end_recusal(recusal=first, by=place.by, at=now)
    told = Event.objects.filter(verb__in=("pool.recused", "pool.recusal_ended"))
    assert [each.params["recusal_ground"] for each in told] == ["relative", "relative"]
    assert said not in json.dumps([each.params for each in told], ensure_ascii=False)


@pytest.mark.parametrize(
    "change", [{"valid_until": dt.date(2026, 11, 20)}, {"withdraw_reason": "遗失"}, {"left": True}],
    ids=["ends-before", "withdrawn", "left"],
)  # fmt: skip
def test_an_officer_who_cannot_inspect_until_the_end_is_named_in_the_refusal(place, now, change):
    certificate = place.certificates[0]
    if change.pop("left", False):
        certificate.user.posts.update(until=now.date())
    else:
        if "withdraw_reason" in change:
            change |= {"withdrawn_by": place.by, "withdrawn_at": now}
        EnforcementCertificate.objects.filter(pk=certificate.pk).update(**change)
    refused(BadInput, "officer_pool", lambda: committed(place), certificate.user.name)


def test_officers_of_departments_that_do_not_inspect_here_are_not_in_the_list(place, market, now):
    from inspections.actions.pools_officers import add_officer
    from tests.factories.draws import certified

    add_officer(pool=place.officer_pool, certificate=certified(market, "M", at=now)[0], by=place.by, at=now)
    place.officer_pool.refresh_from_db()
    assert {each["department"] for each in listed_of(committed(place))["officers"]} == {
        "青禾县医疗保障局", "青禾县卫生健康局",
    }  # fmt: skip


def test_a_pool_of_another_department_out_of_use_or_of_the_other_kind_is_refused(place, health_handler, now):
    theirs, others = pools(by=health_handler, at=now, targets=2)
    kept = (place.target_pool, place.officer_pool)
    place.target_pool, place.officer_pool = theirs, others
    found = refused(BadInput, "target_pool", lambda: committed(place))
    assert "officer_pool" in found.faults
    place.target_pool, place.officer_pool = kept[1], kept[0]
    refused(BadInput, "target_pool", lambda: committed(place))
    place.target_pool, place.officer_pool = kept
    retire_pool(pool=place.target_pool, by=place.by, at=now)
    refused(BadInput, "target_pool", lambda: committed(place))


def test_a_pool_changed_since_the_page_was_opened_is_looked_at_again(place, now):
    old = place.target_pool.version
    row = place.target_pool.targets.first()
    change_target(target=row, area="", risk="high", weight=9, reason="投诉多", by=place.by, at=now)
    refused(Stale, None, lambda: committed(place, target_version=old))


def test_a_pool_changed_after_the_commitment_changes_nothing_in_it(place, county, now):
    draw = committed(place)
    row = place.target_pool.targets.first()
    change_target(target=row, area="", risk="high", weight=99, reason="改", by=place.by, at=now)
    add_target(
        pool=place.target_pool, subject=make_subject(county, name="后来者", at=now), by=place.by, at=now
    )
    made = actions.make_draw(draw=draw, public_number=NUMBER, by=place.witness, at=place.out)
    assert len(listed_of(made)["targets"]) == 4 and {
        each["weight"] for each in listed_of(made)["targets"]
    } == {1}
    assert agrees(check(published(made)))


def test_a_target_put_on_the_plan_by_hand_is_refused(place, now):
    from inspections.models import Target

    subject = place.target_pool.targets.first().subject
    Target.objects.create(
        inspection=place.inspection,
        subject=subject,
        added_by=place.by,
        added_at=now,
        created_at=now,
        updated_at=now,
    )
    refused(BadInput, "target_pool", lambda: committed(place), subject.name)


def test_nothing_is_drawn_before_the_number_is_out_and_not_by_who_committed(
    place, insurance_section_head, now
):
    draw = committed(place)
    early = draw.public_from - dt.timedelta(seconds=1)
    refused(
        WrongState,
        None,
        lambda: actions.make_draw(draw=draw, public_number=NUMBER, by=place.witness, at=early),
    )
    for person in (place.by, insurance_section_head):
        said = refused(
            FourEyes,
            None,
            lambda who=person: actions.make_draw(draw=draw, public_number=NUMBER, by=who, at=place.out),
        )
        assert said.record
    for wrong in ("12345", "", "1234567x", "1" * 41, "一二三四五六"):
        refused(
            BadInput, "public_number",
            lambda text=wrong: actions.make_draw(draw=draw, public_number=text, by=place.witness, at=place.out),
        )  # fmt: skip
    draw.refresh_from_db()
    assert draw.status == "committed" and not DrawnTarget.objects.exists()


def test_it_is_drawn_once(place, now):
    draw = drawn(place)
    again = {"public_number": NUMBER, "by": place.witness, "at": place.out}
    refused(AlreadyDone, None, lambda: actions.make_draw(draw=draw, **again), draw.number)
    refused(AlreadyDone, None, lambda: committed(place), draw.number)
    assert Draw.objects.count() == 1 and DrawnTarget.objects.count() == 2


def test_a_seed_or_a_list_that_is_not_the_one_committed_to_reveals_nothing(place, monkeypatch):
    draw = committed(place)
    monkeypatch.setattr(actions, "PURPOSE", "another purpose")  # the sealed bytes open no more
    said = refused(
        Refused,
        None,
        lambda: actions.make_draw(draw=draw, public_number=NUMBER, by=place.witness, at=place.out),
    )
    assert said.record and isinstance(said, actions.SeedChanged)
    monkeypatch.undo()
    monkeypatch.setattr(actions, "unseal", lambda sealed, purpose: "0" * 64)
    refused(
        actions.SeedChanged, None,
        lambda: actions.make_draw(draw=draw, public_number=NUMBER, by=place.witness, at=place.out),
    )  # fmt: skip
    draw.refresh_from_db()
    assert draw.status == "committed" and draw.seed == ""


def _agree(draw, place, at, agreed=True, words=""):
    return actions.answer_annulment(draw=draw, agreed=agreed, words=words, by=place.witness, at=at)


def test_a_mistaken_draw_is_annulled_by_two_departments_and_stays(place, now):
    draw = drawn(place)
    later = place.out + HOUR
    refused(BadInput, "reason", lambda: actions.ask_annulment(draw=draw, reason=" ", by=place.by, at=later))
    refused(
        BadInput, "reason", lambda: actions.ask_annulment(draw=draw, reason="长" * 301, by=place.by, at=later)
    )
    refused(WrongState, None, lambda: _agree(draw, place, later))
    actions.ask_annulment(draw=draw, reason="公开数录入有误", by=place.by, at=later)
    refused(
        AlreadyDone, None, lambda: actions.ask_annulment(draw=draw, reason="再", by=place.witness, at=later)
    )
    refused(
        FourEyes, None,
        lambda: actions.answer_annulment(draw=draw, agreed=True, words="", by=place.by, at=later),
    )  # fmt: skip
    refused(BadInput, "words", lambda: _agree(draw, place, later, agreed=False, words="  "))
    _agree(draw, place, later, agreed=False, words="号码无误")
    draw.refresh_from_db()
    assert draw.status == "drawn" and place.inspection.targets.staying().count() == 2
    actions.ask_annulment(draw=draw, reason="号码确有误", by=place.by, at=later)
    _agree(draw, place, later)
    assert draw.status == "annulled" and draw.ended_by == place.witness and draw.seed
    assert place.inspection.targets.staying().count() == 0 == place.inspection.members.there().count()
    assert agrees(check(published(draw)))
    assert [each["answer"] for each in published(draw)["annulments"]] == ["refused", "agreed"]
    place.at = later
    place.out = later + 3 * HOUR
    second = drawn(place)
    assert (second.number, second.attempt) == ("439926-2026-002", 2)
    assert place.inspection.targets.staying().count() == 2
    assert Event.objects.filter(verb="draw.annulled").latest("pk").params["reason"] == "号码确有误"


def test_a_commitment_nobody_drew_is_given_up_openly_with_its_seed(place):
    draw = committed(place)
    refused(AlreadyDone, None, lambda: committed(place), draw.number)  # nobody tries again until it suits
    actions.ask_annulment(draw=draw, reason="检查取消", by=place.by, at=place.out)
    _agree(draw, place, place.out)
    assert draw.status == "abandoned" and commitment_of(draw.seed, draw.list_digest) == draw.commitment
    assert len(check(published(draw))) == 3 and agrees(check(published(draw)))
    assert Event.objects.filter(verb="draw.abandoned").latest("pk").params["seed"] == draw.seed
    assert committed(place).attempt == 2


FORBIDDEN = [
    "UPDATE inspections_draw SET commitment = repeat('a', 64)",
    "UPDATE inspections_draw SET listed = '{}'",
    "UPDATE inspections_draw SET public_from = public_from + interval '1 day'",
    "DELETE FROM inspections_draw",
    "TRUNCATE inspections_draw CASCADE",
    "DELETE FROM inspections_drawsecret",
    "UPDATE inspections_drawsecret SET sealed = ''",
    "UPDATE inspections_drawntarget SET place = place + 1",
    "DELETE FROM inspections_drawnofficer",
    "UPDATE inspections_drawnofficer SET reserve = NOT reserve",
    "UPDATE inspections_annulment SET reason = 'x'",
    "DELETE FROM inspections_annulment",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_rewrites_no_draw(place, statement):
    draw = drawn(place)
    actions.ask_annulment(draw=draw, reason="误", by=place.by, at=place.out)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_takes_no_other_seed_and_no_second_draw(place):
    draw = committed(place)
    reveal = {
        "status": "drawn", "public_number": "123456", "drawn_by": place.witness, "drawn_at": place.out,
        "drawn_for": place.witness.department,
    }  # fmt: skip
    wrong = [
        reveal | {"seed": "a" * 64},  # not the one committed to
        reveal | {"seed": actions._seed_of(draw)},  # with nothing drawn
        {
            "status": "abandoned",
            "seed": actions._seed_of(draw),
            "ended_by": place.by,
            "ended_at": place.out,
        },  # nobody agreed
        {"status": "annulled"},
        {"seed": actions._seed_of(draw)},
    ]
    for values in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            Draw.objects.filter(pk=draw.pk).update(**values)
    made = actions.make_draw(draw=draw, public_number=NUMBER, by=place.witness, at=place.out)
    for values in ({"public_number": "999999"}, {"status": "committed"}, {"drawn_at": place.out + HOUR}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Draw.objects.filter(pk=made.pk).update(**values)
    with pytest.raises(DatabaseError), transaction.atomic():
        target = made.drawn_targets.first()
        DrawnTarget.objects.create(
            draw=made, place=9, subject=make_subject(made.region, at=place.at), code=target.code
        )


@pytest.mark.parametrize(
    "values",
    [
        {"list_digest": "a" * 64}, {"attempt": 3}, {"status": "drawn"}, {"seed": "a" * 64}, {"commitment": "x"},
    ],
    ids=["digest", "attempt", "status", "seed", "commitment"],
)  # fmt: skip
def test_the_database_lets_no_draw_begin_otherwise(place, values):
    draw = committed(place)
    fields = {
        each.attname: getattr(draw, each.attname)
        for each in Draw._meta.concrete_fields
        if each.name not in ("id", "number")
    }
    other = inspection_of(place.inspection.lead, by=place.by, at=place.at)
    base = fields | {"inspection_id": other.pk, "number": "439926-2026-777"}
    with transaction.atomic():
        Draw.objects.create(**base)
        transaction.set_rollback(True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Draw.objects.create(**(base | values))


def test_a_request_to_annul_is_answered_once_and_by_somebody_else(place):
    draw = drawn(place)
    asked = actions.ask_annulment(draw=draw, reason="误", by=place.by, at=place.out)
    own = {
        "status": "agreed", "answered_by": place.by, "answered_at": place.out, "answered_for": place.by.department,
    }  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Annulment.objects.filter(pk=asked.pk).update(**own)
    _agree(draw, place, place.out, agreed=False, words="不同意")
    with pytest.raises(DatabaseError), transaction.atomic():
        Annulment.objects.filter(pk=asked.pk).update(words="同意")


def test_an_outside_expert_reads_no_list(place, insurance, now):
    """Named on the inspection, an expert sees it; the pools with their recusals are no expert's business."""
    from departments.actions.people import engage, fill_post
    from departments.enums import Role
    from inspections.actions.team import add_expert

    draw = drawn(place)
    given = {"name": "专家乙", "job_title": "", "phone": "", "email": "", "password": None}
    expert = engage(staff_number="zj99", by=None, at=now, **given)
    fill_post(
        user=expert, department=insurance, role=Role.EXPERT, until=now.date() + 60 * DAY, by=None, at=now
    )
    add_expert(inspection=place.inspection, user=expert, unit="省立医院", declared=True, by=place.by, at=now)
    assert Inspection.objects.visible_to(expert).exists()
    assert not Draw.objects.visible_to(expert).exists()
    assert not DrawnTarget.objects.visible_to(expert).exists()
    assert DrawnTarget.objects.visible_to(place.witness).filter(draw=draw).count() == 2
