"""Engaging, posts, blocking, passwords: what is done, what is written, what is refused."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections, transaction

from core import registry
from core.refusals import AlreadyDone, BadInput, FourEyes, Refused, StillOpen, WrongState
from departments.actions import people
from departments.enums import ADMINISTRATORS, Role
from departments.models import Post, User
from journal.models import Event, Notification
from tests.cast import PASSWORD, WHEN, person

WORDS = {"staff_number": "neu1", "name": "新人", "password": PASSWORD}
EVERY_OTHER = [role for role in Role if role not in {Role.EXPERT, Role.SYSTEM_ADMIN}]


def last(verb):
    return Event.objects.filter(verb=verb).latest("id")


# -- engage --------------------------------------------------------------------------------------------------
def test_engage_by_an_administrator(system_admin, now):
    user = people.engage(
        **WORDS, job_title="科员", phone="0799-1", email="a@example.org", by=system_admin, at=now
    )
    user = User.objects.get(pk=user.pk)
    assert (user.staff_number, user.name, user.job_title, user.phone) == ("neu1", "新人", "科员", "0799-1")
    assert user.check_password(PASSWORD) and user.must_change_password and user.is_active
    event = last("user.engaged")
    assert (event.target_id, event.actor_id, event.at) == (user.pk, system_admin.pk, now)
    assert event.params == {"staff_number": "neu1"}
    assert (user.post, user.department, user.region, user.is_administrator, user.is_staff) == (
        None,
        None,
        None,
        False,
        False,
    )


def test_set_up_chooses_its_own_password(db, now):
    assert people.engage(**WORDS, by=None, at=now).must_change_password is False


def test_an_account_nobody_can_sign_in_to_by_password(db, now):
    user = people.engage(staff_number="neu1", name="新人", password=None, by=None, at=now)
    assert not user.has_usable_password() and not user.must_change_password


@pytest.mark.parametrize("number", ["", "x", "a b", "一号", "x" * 21, "a'b"])
def test_malformed_staff_numbers(db, now, number):
    with pytest.raises(BadInput) as refused:
        people.engage(**{**WORDS, "staff_number": number}, by=None, at=now)
    assert refused.value.field == "staff_number"


@pytest.mark.parametrize("number", ["yb01", "YB01", " yb01 "])
def test_a_staff_number_belongs_to_one_person(insurance_handler, now, number):
    with pytest.raises(BadInput) as refused:
        people.engage(**{**WORDS, "staff_number": number}, by=None, at=now)
    assert refused.value.field == "staff_number"


@pytest.mark.parametrize("password", ["short", "1234567890", "password123", ""])
def test_weak_passwords(db, now, password):
    with pytest.raises(BadInput) as refused:
        people.engage(**{**WORDS, "password": password}, by=None, at=now)
    assert refused.value.field == "password"
    assert not User.objects.exists()


# -- posts ---------------------------------------------------------------------------------------------------
def test_filling_a_post(system_admin, insurance, now):
    user = people.engage(**WORDS, by=None, at=now)
    post = people.fill_post(
        user=user, department=insurance, role=Role.HANDLER, section="基金监管股", certificate="4399", by=system_admin,
        at=now,
    )  # fmt: skip
    assert (post.section, post.certificate, post.since, post.until) == (
        "基金监管股",
        "4399",
        dt.date(2026, 11, 16),
        None,
    )
    user = User.objects.get(pk=user.pk)
    assert (user.post, user.department, user.region) == (post, insurance, insurance.region)
    assert list(user.groups.all()) == [insurance.group]
    event = last("post.filled")
    assert event.params == {"user": user.pk, "department": insurance.pk, "role": "handler", "until": None}
    assert (event.target_kind, event.target_id, event.actor_id) == ("post", post.pk, system_admin.pk)


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_administrators_stay_outside_the_group_cases_are_opened_to(office, now, role):
    user = person("neu1", "新人", office, role, at=now)
    assert not user.groups.exists()


def test_an_expert_is_appointed_until_a_day_and_stays_outside_too(health, now):
    user = people.engage(**WORDS, by=None, at=now)

    def fill(**more):
        return people.fill_post(user=user, department=health, role=Role.EXPERT, by=None, at=now, **more)

    for until in (None, dt.date(2026, 11, 16), dt.date(2025, 1, 1)):
        with pytest.raises(BadInput) as refused:
            fill(until=until)
        assert refused.value.field == "until"
    post = fill(until=dt.date(2026, 11, 18))
    assert not user.groups.exists()
    assert last("post.filled").params["until"] == "2026-11-18"
    held = [Post.objects.current(dt.date(2026, 11, day)).contains(post) for day in (15, 16, 17, 18)]
    assert held == [False, True, True, False]
    acting = [
        User.objects.acting_for(health, on=dt.date(2026, 11, day)).contains(user) for day in (15, 16, 17, 18)
    ]
    assert acting == held


def test_only_experts_have_an_end_in_advance(insurance, now):
    user = people.engage(**WORDS, by=None, at=now)
    with pytest.raises(BadInput) as refused:
        people.fill_post(
            user=user, department=insurance, role=Role.HANDLER, until=dt.date(2027, 1, 1), by=None, at=now
        )
    assert refused.value.field == "until"


def test_a_post_is_held_once(insurance_handler, insurance, now):
    with pytest.raises(AlreadyDone):
        people.fill_post(user=insurance_handler, department=insurance, role=Role.HANDLER, by=None, at=now)


def test_several_posts_but_one_at_a_time(insurance_handler, health, now):
    second = people.fill_post(user=insurance_handler, department=health, role=Role.HEAD, by=None, at=now)
    user = User.objects.get(pk=insurance_handler.pk)
    assert user.post != second and user.groups.count() == 2
    assert user.has_role(Role.HANDLER) and not user.has_role(Role.HEAD)


@pytest.mark.parametrize("role", EVERY_OTHER)
def test_an_administrator_holds_no_second_post(system_admin, office, now, role):
    with pytest.raises(FourEyes):
        people.fill_post(user=system_admin, department=office, role=role, by=None, at=now)


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_nobody_with_a_post_becomes_administrator(insurance_handler, office, now, role):
    with pytest.raises(FourEyes):
        people.fill_post(user=insurance_handler, department=office, role=role, by=None, at=now)
    post = insurance_handler.post
    people.end_post(post=post, by=None, at=now)
    people.fill_post(user=insurance_handler, department=office, role=role, by=None, at=now)


@pytest.mark.parametrize("role", EVERY_OTHER)
def test_the_database_keeps_administrators_apart(system_admin, office, role):
    with pytest.raises(IntegrityError, match="no other post"), transaction.atomic():
        Post.objects.create(user=system_admin, department=office, role=role, since=dt.date(2026, 11, 1))


def test_the_database_lets_posts_follow_each_other(system_admin, office):
    Post.objects.filter(user=system_admin).update(until=dt.date(2026, 11, 1))
    Post.objects.create(
        user=system_admin, department=office, role=Role.AUDIT_ADMIN, since=dt.date(2026, 11, 1)
    )
    with pytest.raises(IntegrityError, match="no other post"), transaction.atomic():
        Post.objects.filter(user=system_admin, role=Role.SYSTEM_ADMIN).update(until=None)


@pytest.mark.django_db(transaction=True)
def test_two_posts_filled_at_once_for_one_person(office, insurance, now):
    """The trigger makes them wait for each other, even past the action's own question."""
    user = people.engage(**WORDS, by=None, at=now)
    start, errors = threading.Barrier(2), []

    def fill(department, role):
        try:
            start.wait(10)
            Post.objects.create(user=user, department=department, role=role, since=dt.date(2026, 11, 1))
        except IntegrityError as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=fill, args=args)
        for args in ((office, Role.SYSTEM_ADMIN), (insurance, Role.HANDLER))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(errors) == 1 and user.posts.count() == 1


def test_departments_without_account_have_no_posts(procuratorate, insurance, now):
    user = people.engage(**WORDS, by=None, at=now)
    insurance.active = False
    for department in (procuratorate, insurance):
        with pytest.raises(BadInput) as refused:
            people.fill_post(user=user, department=department, role=Role.HANDLER, by=None, at=now)
        assert refused.value.field == "department"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OBSERVER])
def test_posts_of_the_office_are_the_offices(insurance, office, now, role):
    user = people.engage(**WORDS, by=None, at=now)
    with pytest.raises(BadInput) as refused:
        people.fill_post(user=user, department=insurance, role=role, by=None, at=now)
    assert refused.value.field == "role"
    people.fill_post(user=user, department=office, role=role, by=None, at=now)


def test_a_blocked_person_gets_no_post(insurance_handler, health, system_admin, now):
    people.block(user=insurance_handler, reason="紧急", by=system_admin, at=now)
    with pytest.raises(WrongState):
        people.fill_post(user=insurance_handler, department=health, role=Role.HANDLER, by=None, at=now)


def test_ending_a_post_ends_its_rights_today(insurance_handler, system_admin, now):
    post = insurance_handler.post
    ended = people.end_post(post=post, by=system_admin, at=now)
    assert ended.until == dt.date(2026, 11, 16)
    user = User.objects.get(pk=insurance_handler.pk)
    assert not Post.objects.current(dt.date(2026, 11, 16)).contains(post)
    assert not user.groups.exists()
    event = last("post.ended")
    assert (event.target_id, event.params) == (
        post.pk,
        {"user": user.pk, "department": post.department_id, "role": "handler"},
    )
    with pytest.raises(WrongState):
        people.end_post(post=post, by=system_admin, at=now)


def test_another_post_in_the_department_keeps_the_group(insurance_handler, insurance, now):
    second = people.fill_post(
        user=insurance_handler, department=insurance, role=Role.SECTION_HEAD, by=None, at=now
    )
    people.end_post(post=insurance_handler.post, by=None, at=now)
    assert insurance_handler.groups.contains(insurance.group)
    people.end_post(post=second, by=None, at=now)
    assert not insurance_handler.groups.exists()


def test_open_matters_hold_a_post(insurance_handler, now, monkeypatch):
    monkeypatch.setattr(
        registry,
        "leave_vetoes",
        [lambda post: [f"案件 {post.pk}"], lambda post: [], lambda post: ["草稿 1 件"]],
    )
    post = insurance_handler.post
    with pytest.raises(StillOpen) as refused:
        people.end_post(post=post, by=None, at=now)
    assert refused.value.details["items"] == [f"案件 {post.pk}", "草稿 1 件"]
    assert Post.objects.get(pk=post.pk).until is None


def test_somebody_can_always_engage_people(system_admin, security_admin, office, now):
    with pytest.raises(WrongState):
        people.end_post(post=system_admin.post, by=None, at=now)
    with pytest.raises(WrongState):
        people.block(user=system_admin, reason="紧急", by=security_admin, at=now)
    second = person("gl09", "安二", office, Role.SYSTEM_ADMIN)
    people.block(user=second, reason="紧急", by=security_admin, at=now)
    with pytest.raises(WrongState):  # a blocked one does not count
        people.end_post(post=system_admin.post, by=None, at=now)
    people.unblock(user=second, by=security_admin, at=now)
    people.end_post(post=system_admin.post, by=None, at=now)
    assert not system_admin.posts.current(dt.date(2026, 11, 16)).exists()


# -- blocking ------------------------------------------------------------------------------------------------
def test_blocking_waits_for_nothing_and_tells_the_leaders(
    insurance_handler, insurance_section_head, insurance_head, health_head, security_admin, now, monkeypatch
):
    monkeypatch.setattr(registry, "leave_vetoes", [lambda post: ["案件一", "案件二"]])
    people.block(user=insurance_handler, reason=" 涉嫌泄密 ", by=security_admin, at=now)
    user = User.objects.get(pk=insurance_handler.pk)
    assert not user.is_active and not user.has_role(Role.HANDLER)
    event = last("user.blocked")
    assert (event.target_id, event.params) == (user.pk, {"reason": "涉嫌泄密", "open": 2})
    told = Notification.objects.order_by("recipient_id")
    assert {row.recipient for row in told} == {insurance_section_head, insurance_head}
    assert {(row.tone, row.department_id) for row in told} == {("r", insurance_head.department.pk)}
    assert "reason" not in told[0].params


def test_blocking_is_refused(insurance_handler, security_admin, now):
    with pytest.raises(BadInput) as refused:
        people.block(user=insurance_handler, reason="  ", by=security_admin, at=now)
    assert refused.value.field == "reason"
    with pytest.raises(FourEyes):
        people.block(user=security_admin, reason="x", by=security_admin, at=now)
    people.block(user=insurance_handler, reason="x", by=security_admin, at=now)
    with pytest.raises(WrongState):
        people.block(user=insurance_handler, reason="x", by=security_admin, at=now)


def test_letting_in_again(insurance_handler, security_admin, now):
    with pytest.raises(WrongState):
        people.unblock(user=insurance_handler, by=security_admin, at=now)
    people.block(user=insurance_handler, reason="x", by=security_admin, at=now)
    people.unblock(user=insurance_handler, by=security_admin, at=now)
    assert User.objects.get(pk=insurance_handler.pk).has_role(Role.HANDLER)
    assert last("user.unblocked").target_id == insurance_handler.pk


# -- passwords -----------------------------------------------------------------------------------------------
def test_a_given_password(insurance_handler, system_admin, now):
    with pytest.raises(BadInput):
        people.set_new_password(user=insurance_handler, password="x", by=system_admin, at=now)
    people.set_new_password(user=insurance_handler, password="another-4711-x", by=system_admin, at=now)
    user = User.objects.get(pk=insurance_handler.pk)
    assert user.check_password("another-4711-x") and user.must_change_password
    assert last("user.password_given").params == {}


@pytest.mark.parametrize(
    "old, new, field",
    [("wrong", "another-4711-x", "old"), (PASSWORD, PASSWORD, "new"), (PASSWORD, "short", "new")],
)
def test_changing_ones_own_password_is_refused(insurance_handler, now, old, new, field):
    with pytest.raises(BadInput) as refused:
        people.change_own_password(by=insurance_handler, old=old, new=new, at=now)
    assert refused.value.field == field
    assert User.objects.get(pk=insurance_handler.pk).check_password(PASSWORD)


def test_changing_ones_own_password(insurance_handler, now):
    people.change_own_password(by=insurance_handler, old=PASSWORD, new="another-4711-x", at=now)
    user = User.objects.get(pk=insurance_handler.pk)
    assert user.check_password("another-4711-x") and not user.must_change_password
    assert last("user.password_changed").actor_id == user.pk


# -- all of it or nothing ------------------------------------------------------------------------------------
ACTS = {
    "engage": lambda who, at: people.engage(**WORDS, by=None, at=at),
    "fill_post": lambda who, at: people.fill_post(
        user=who, department=who.department, role=Role.HEAD, by=None, at=at
    ),
    "end_post": lambda who, at: people.end_post(post=who.post, by=None, at=at),
    "block": lambda who, at: people.block(user=who, reason="x", by=User(pk=0), at=at),
    "set_new_password": lambda who, at: people.set_new_password(
        user=who, password="another-4711-x", by=None, at=at
    ),
    "change_own_password": lambda who, at: people.change_own_password(
        by=who, old=PASSWORD, new="another-4711-x", at=at
    ),
}


def everything():
    return (
        list(User.objects.order_by("pk").values()),
        list(Post.objects.order_by("pk").values()),
        list(User.groups.through.objects.order_by("pk").values()),
        Notification.objects.count(),
        Event.objects.count(),
    )


@pytest.mark.parametrize("act", ACTS)
def test_a_broken_record_leaves_nothing(insurance_handler, insurance_head, monkeypatch, now, act):
    assert insurance_handler.post
    before = everything()
    monkeypatch.setitem(registry.journal, "record", lambda verb, **fields: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ACTS[act](insurance_handler, now)
    assert everything() == before


def test_every_refusal_is_a_sentence():
    for refusal in (AlreadyDone, BadInput, FourEyes, StillOpen, WrongState):
        assert issubclass(refusal, Refused) and str(refusal())
    assert WHEN.tzinfo is not None
