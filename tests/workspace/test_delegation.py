"""Standing in: who may, for whom, when; what is seen, how it is recorded, and how it ends."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from cases.actions.restriction import restrict_case
from core import registry
from core.forms import new_form_key
from core.refusals import AlreadyDone, BadInput, WrongState
from core.registry import TaskRow, TaskSource
from departments.actions.people import fill_post
from departments.enums import Role
from departments.models import Post
from journal.actions import notify
from journal.models import Event, Notification
from journal.render import sentence, timeline
from tests.cast import person
from workspace import actions, rules_delegation, standing_in
from workspace.models import Delegation

TODAY = dt.date(2026, 11, 16)
LATER = TODAY + dt.timedelta(days=4)


@pytest.fixture
def at(now):
    with time_machine.travel(now, tick=False):
        yield now


def name(away, delegate, now, *, since=TODAY, until=LATER, by=None, **more):
    return actions.set_delegation(
        away=away.post, delegate=delegate, since=since, until=until, by=by or away, at=now, **more
    )


# -- naming ---------------------------------------------------------------------------------------------------


def test_both_are_told_and_it_is_on_the_record(insurance_handler, insurance_handler_2, insurance_section_head, now):
    made = name(insurance_handler, insurance_handler_2, now, by=insurance_section_head, reason=" 病假 ")
    assert (made.reason, str(made)) == ("病假", "陈晓岚 → 赵一鸣")
    assert {note.recipient for note in Notification.objects.all()} == {insurance_handler, insurance_handler_2}
    assert sentence(Notification.objects.first()) == "2026-11-16 至 2026-11-20 由赵一鸣代陈晓岚办理"
    assert Event.objects.get(verb="delegation.set").target_id == made.pk


def test_days_that_cannot_be_right(insurance_handler, insurance_handler_2, now):
    day = dt.timedelta(days=1)
    for since, until, field in (
        (TODAY - day, LATER, "since"), (LATER, TODAY, "until"), (TODAY, TODAY + 185 * day, "until"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            name(insurance_handler, insurance_handler_2, now, since=since, until=until)
        assert refused.value.field == field
    assert name(insurance_handler, insurance_handler_2, now, until=TODAY + 184 * day)


def test_never_oneself_another_department_or_an_unfitting_post(
    insurance_handler, health_handler, insurance_registrar, insurance_report_officer, now
):
    for delegate in (insurance_handler, health_handler, insurance_registrar, insurance_report_officer):
        with pytest.raises(BadInput) as refused:
            name(insurance_handler, delegate, now)
        assert refused.value.field == "delegate"
    assert not Delegation.objects.exists()


def test_days_that_overlap_are_refused_by_the_database(
    insurance_handler, insurance_handler_2, insurance_section_head, now
):
    first = name(insurance_handler, insurance_handler_2, now)
    with pytest.raises(AlreadyDone):
        name(insurance_handler, insurance_section_head, now, since=LATER, until=LATER + dt.timedelta(days=1))
    after = name(insurance_handler, insurance_section_head, now, since=LATER + dt.timedelta(days=1),
                 until=LATER + dt.timedelta(days=2))  # fmt: skip
    actions.end_delegation(delegation=first, by=insurance_handler, at=now)
    assert name(insurance_handler, insurance_section_head, now)
    assert Delegation.objects.count() == 3 and after.ended_at is None


def test_a_colleague_who_is_away_minds_nobody(insurance_handler, insurance_handler_2, insurance_section_head, now):
    name(insurance_handler_2, insurance_section_head, now, since=LATER)
    with pytest.raises(BadInput):
        name(insurance_handler, insurance_handler_2, now)
    assert name(insurance_handler, insurance_handler_2, now, until=LATER - dt.timedelta(days=1))


def test_who_may_name_and_end(
    insurance_handler, insurance_handler_2, insurance_section_head, insurance_deputy_head, insurance_head,
    insurance_report_officer, health_section_head, system_admin, county_leader, now,
):  # fmt: skip
    own, rules = insurance_handler.post, rules_delegation
    assert [rules.can_set_for(user, own) for user in (
        insurance_handler, insurance_handler_2, insurance_section_head, insurance_deputy_head, insurance_report_officer,
        health_section_head, system_admin, county_leader, AnonymousUser(),
    )] == [True, False, True, True, False, False, False, False, False]  # fmt: skip
    assert not rules.can_set_for(insurance_section_head, insurance_deputy_head.post)
    assert not rules.can_set_for(insurance_deputy_head, insurance_report_officer.post)
    made = name(insurance_handler, insurance_handler_2, now)
    assert [rules.can_end(user, made) for user in (
        insurance_handler, insurance_handler_2, insurance_section_head, health_section_head, insurance_report_officer,
    )] == [True, True, True, False, False]  # fmt: skip
    up = name(insurance_deputy_head, insurance_head, now)
    assert not rules.can_end(insurance_section_head, up)
    actions.end_delegation(delegation=made, by=insurance_handler, at=now)
    made.refresh_from_db()
    assert not rules.can_end(insurance_handler, made)


def test_ended_once_and_not_after_its_days(insurance_handler, insurance_handler_2, now):
    made = name(insurance_handler, insurance_handler_2, now)
    actions.end_delegation(delegation=made, by=insurance_handler_2, at=now)
    assert Notification.objects.filter(verb="delegation.ended", recipient=insurance_handler).exists()
    with pytest.raises(WrongState):
        actions.end_delegation(delegation=made, by=insurance_handler, at=now)
    again = name(insurance_handler, insurance_handler_2, now)
    with pytest.raises(WrongState):
        actions.end_delegation(delegation=again, by=insurance_handler, at=now + dt.timedelta(days=5))


# -- the clerk ------------------------------------------------------------------------------------------------


def test_it_ends_by_itself_and_both_are_told_once(insurance_handler, insurance_handler_2, now):
    name(insurance_handler, insurance_handler_2, now)
    assert actions.see_to_delegations(at=now) == (0, 0)
    after = now + dt.timedelta(days=5)
    assert actions.see_to_delegations(at=after) == (1, 0)
    assert actions.see_to_delegations(at=after) == (0, 0)
    assert Notification.objects.filter(verb="delegation.over").count() == 2
    assert Event.objects.get(verb="delegation.over").actor_id is None


def test_reminders_of_clocks_are_passed_on_where_they_may_be_read(
    case, insurance_handler, insurance_handler_2, insurance_deputy_head, now, monkeypatch
):
    clock = registry.kinds["deadline"].visible(insurance_handler).filter(case_id=case.pk).first()
    made = name(insurance_handler, insurance_handler_2, now)
    later = now + dt.timedelta(minutes=1)
    notify([insurance_handler], "deadline.warned", target=clock, at=later, case=case, name="核查", due_on="2026-11-20",
           owing_department=insurance_handler.department.pk)  # fmt: skip
    assert actions.see_to_delegations(at=later) == (0, 1)
    assert actions.see_to_delegations(at=later) == (0, 0)
    told = Notification.objects.get(verb="deadline.warned", recipient=insurance_handler_2)
    assert told.target_id == clock.pk
    restrict_case(case=case, reason="涉密", by=insurance_deputy_head, at=later)
    notify([insurance_handler], "deadline.overdue", target=clock, at=later, case=case, name="核查", due_on="2026-11-20",
           owing_department=insurance_handler.department.pk)  # fmt: skip
    assert actions.see_to_delegations(at=later) == (0, 0)
    Post.objects.filter(user=insurance_handler_2).update(role=Role.REGISTRAR)
    assert actions.see_to_delegations(at=later) == (0, 0)
    monkeypatch.delitem(registry.kinds, "deadline")
    Post.objects.filter(user=insurance_handler_2).update(role=Role.HANDLER)
    assert actions.see_to_delegations(at=later) == (0, 0)
    assert made.ended_at is None


# -- what is seen ---------------------------------------------------------------------------------------------


def contribute(monkeypatch, tab="todo", **row):
    """A room's one row for whoever asks, said to wait for that person."""
    def rows(user, limit):
        yield TaskRow(phrase=f"等{user.name}办", url="/x/", **row)

    own = [each for each in registry.task_sources if each.order == standing_in.ORDER]
    sources = [TaskSource(tab, 1, rows, lambda user: 1), *own]
    monkeypatch.setattr(registry, "task_sources", sources)


def shown(user, tab="todo"):
    return list(standing_in.rows_of(tab)(user, 9))


def test_the_delegate_sees_what_waits_marked_and_only_while_it_runs(
    case, insurance_handler, insurance_handler_2, at, monkeypatch
):
    contribute(monkeypatch, target=("case", case.pk), action_label="办理", action_url="/go/")
    assert shown(insurance_handler_2) == []
    made = name(insurance_handler, insurance_handler_2, at)
    (row,) = shown(insurance_handler_2)
    assert (row.phrase, row.behalf, row.method, row.hidden) == ("等陈晓岚办", "陈晓岚", "post", {"next": "/go/"})
    assert shown(insurance_handler) == []
    assert shown(insurance_handler_2, "sign") == []
    with time_machine.travel(at + dt.timedelta(days=5), tick=False):
        assert shown(insurance_handler_2) == []
    actions.end_delegation(delegation=made, by=insurance_handler, at=at)
    assert shown(insurance_handler_2) == []


def test_what_the_delegate_may_not_see_is_left_out(
    case, insurance_handler, insurance_handler_2, insurance_deputy_head, at, monkeypatch
):
    name(insurance_handler, insurance_handler_2, at)
    contribute(monkeypatch)  # a row that does not say what it is about
    assert shown(insurance_handler_2) == []
    contribute(monkeypatch, target=("no such kind", 1))
    assert shown(insurance_handler_2) == []
    contribute(monkeypatch, target=("case", case.pk), method="post", action_url="/at-once/")
    assert [row.hidden for row in shown(insurance_handler_2)] == [{"next": "/x/"}]
    restrict_case(case=case, reason="涉密", by=insurance_deputy_head, at=at)
    assert shown(insurance_handler_2) == []


def test_a_post_that_ended_or_no_longer_fits_shows_nothing(
    case, insurance_handler, insurance_handler_2, at, monkeypatch
):
    contribute(monkeypatch, target=("case", case.pk))
    name(insurance_handler, insurance_handler_2, at)
    Post.objects.filter(user=insurance_handler).update(role=Role.REPORT_OFFICER)
    assert shown(insurance_handler_2) == []
    Post.objects.filter(user=insurance_handler).update(role=Role.HANDLER, until=TODAY)
    assert shown(insurance_handler_2) == []
    assert list(Delegation.objects.visible_to(AnonymousUser())) == []


def test_a_source_with_nothing_is_not_asked(case, insurance_handler, insurance_handler_2, at, monkeypatch):
    def never(user, limit):
        raise AssertionError("asked")

    monkeypatch.setattr(registry, "task_sources", [TaskSource("todo", 1, never, lambda user: 0)])
    name(insurance_handler, insurance_handler_2, at)
    assert shown(insurance_handler_2) == []


# -- acting ---------------------------------------------------------------------------------------------------


def test_acts_are_recorded_as_done_on_behalf(
    as_user, case, insurance_handler, insurance_handler_2, insurance_section_head, at
):
    made = name(insurance_handler, insurance_section_head, at)
    client = as_user(insurance_section_head)
    url = reverse("cases:detail", args=[case.pk])
    assert client.post(reverse("workspace:act_for", args=[made.pk]), {"next": url}).url == url
    client.post(reverse("workspace:act_for", args=[made.pk]), {"next": "https://example.org/"})
    assert Event.objects.filter(verb="delegation.taken_up").count() == 1
    assert "您正在代 陈晓岚 办理" in client.get(url).content.decode()
    note = {"text": "已核对", "audience": "shared", "form_key": new_form_key()}
    client.post(reverse("cases:add_note", args=[case.pk]), note)
    event = Event.objects.filter(case_id=case.pk).latest("pk")
    assert (event.actor_id, event.params["behalf_user"]) == (insurance_section_head.pk, insurance_handler.pk)
    ((_day, lines),) = timeline([event], insurance_section_head)
    assert "何志远（代陈晓岚）" in lines[0].who
    client.post(reverse("workspace:stop_behalf"))
    client.post(reverse("workspace:stop_behalf"))
    client.post(reverse("cases:add_note", args=[case.pk]), {**note, "form_key": new_form_key()})
    assert "behalf_user" not in Event.objects.filter(case_id=case.pk).latest("pk").params


def test_it_stops_when_the_days_are_over_and_nobody_else_acts_for_them(
    as_user, case, insurance_handler, insurance_handler_2, insurance_section_head, at
):
    made = name(insurance_handler, insurance_handler_2, at)
    act = reverse("workspace:act_for", args=[made.pk])
    assert as_user(insurance_section_head).post(act).status_code == 404
    client = as_user(insurance_handler_2)
    assert client.post(act).url == "/"
    actions.end_delegation(delegation=made, by=insurance_handler, at=at)
    page = client.get(reverse("desk:help")).content.decode()
    assert "已恢复以本人名义办理" in page and "您正在代" not in page


# -- the pages ------------------------------------------------------------------------------------------------


def test_naming_and_ending_by_the_pages(as_user, insurance_handler, insurance_handler_2, insurance_section_head, at):
    client, url = as_user(insurance_handler), reverse("workspace:new_delegation")
    assert [post.user for post in client.get(url).context["form"].fields["away"].queryset] == [insurance_handler]
    sent = {
        "away": insurance_handler.post.pk, "delegate": insurance_handler_2.pk, "since": "2026-11-16",
        "until": "2026-11-18", "reason": "培训",
    }  # fmt: skip
    wrong = client.post(url, {**sent, "until": "2026-11-01", "form_key": new_form_key()})
    assert wrong.context["form"].errors["until"] == ["结束日期早于开始日期。"]
    foreign = client.post(url, {**sent, "away": insurance_handler_2.post.pk, "form_key": new_form_key()})
    assert "away" in foreign.context["form"].errors
    assert client.post(url, {**sent, "form_key": new_form_key()}).url == reverse("workspace:delegations")
    page = client.get(reverse("workspace:delegations")).content.decode()
    assert "赵一鸣" in page and "代办中" in page and "立即终止" in page
    directory = client.get(reverse("departments:directory")).content.decode()
    assert "离岗至 2026-11-18，由赵一鸣代办" in directory
    made = Delegation.objects.get()
    client = as_user(insurance_section_head)
    assert len(client.get(url).context["form"].fields["away"].queryset) == 3
    end = reverse("workspace:end_delegation", args=[made.pk])
    assert "立即终止" in client.get(end).content.decode()
    client.post(end, {"form_key": new_form_key()})
    page = client.get(reverse("workspace:delegations")).content.decode()
    assert "已结束" in page and "立即终止" not in page


def test_the_system_administrator_reads_of_it_beside_the_person(
    as_user, insurance_handler, insurance_handler_2, system_admin, at
):
    name(insurance_handler, insurance_handler_2, at)
    page = as_user(system_admin).get(reverse("departments:person", args=[insurance_handler.pk])).content.decode()
    assert "离岗至 2026-11-20" in page
    assert as_user(system_admin).get(reverse("workspace:delegations")).status_code == 403


def test_days_to_come_stand_in_the_list(as_user, insurance_handler, insurance_handler_2, at):
    name(insurance_handler, insurance_handler_2, at, since=LATER)
    assert "未开始" in as_user(insurance_handler).get(reverse("workspace:delegations")).content.decode()


def test_of_two_posts_the_one_named_is_minded(insurance, insurance_section_head, at):
    """A section head who also handles cases names somebody for these; the other post is not opened with it."""
    away, delegate = insurance_section_head, person("yb31", "田可人", insurance, Role.SECTION_HEAD)
    fill_post(user=away, department=insurance, role=Role.HANDLER, by=None, at=at - dt.timedelta(days=9))
    away.post = Post.objects.get(user=away, role=Role.HANDLER)
    assert name(away, delegate, at).role == Role.HANDLER
    ((_delegation, minded),) = standing_in.minded(delegate)
    assert minded.post.role == Role.HANDLER
