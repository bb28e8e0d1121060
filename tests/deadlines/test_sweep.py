"""The sweep fires each stage exactly once, however often, late, doubly or badly it runs."""

import datetime as dt
import os
import random
import threading

import pytest
from django.db import connections as all_connections
from django.db import transaction

from core import registry
from core.dates import local_date
from deadlines.actions import bulk_sweep, clocks
from deadlines.actions.bulk_sweep import accept_clock, sweep
from deadlines.actions.guard import FAR
from deadlines.models import Deadline, Firing, SweepMark
from deadlines.refusals import ClockJumped
from departments.actions.people import block
from journal import clerk
from journal.models import Event, Message, Notification
from tests.deadlines.conftest import local, verbs_of
from tests.deadlines.reference import sweep_one_by_one


def stages(deadline):
    return list(deadline.firings.order_by("id").values_list("stage", flat=True))


def told(verb):
    return sorted(Notification.objects.filter(verb=verb).values_list("recipient__name", flat=True))


@pytest.mark.django_db
def test_nobody_is_warned_of_a_day_that_had_passed_when_the_clock_was_entered(clock, insurance_handler, case):
    deadline = clock(at="2026-11-24", started_at=local("2026-11-17"))  # due on the 20th
    sweep(at=local("2026-11-24 10:00"))
    assert stages(deadline) == ["overdue", "escalated"]
    assert told("deadline.warned") == [] and told("deadline.overdue") != []


@pytest.mark.django_db
def test_amber_red_and_the_superiors_turn(
    clock, insurance_handler, insurance_section_head, insurance_deputy_head, office_coordinator, lamps_told, case
):
    deadline = clock(at="2026-11-17")  # due on the 20th
    assert sweep(at=local("2026-11-18 23:59")) == 0
    assert sweep(at=local("2026-11-19 00:00")) == 1
    deadline.refresh_from_db()
    assert (deadline.stage, deadline.next_at, deadline.late) == ("warned", deadline.due_at, False)
    assert told("deadline.warned") == ["陈晓岚"]
    assert sweep(at=local("2026-11-20 23:59")) == 0
    assert sweep(at=local("2026-11-21 00:00")) == 1
    deadline.refresh_from_db()
    assert (deadline.stage, deadline.next_at, deadline.late) == ("overdue", deadline.escalate_at, True)
    assert told("deadline.overdue") == ["陈晓岚"]
    assert sweep(at=local("2026-11-24 00:00")) == 1  # a whole working day, Monday the 23rd, went by
    deadline.refresh_from_db()
    assert (deadline.stage, deadline.next_at) == ("escalated", None)
    assert told("deadline.escalated") == sorted(["何志远", "梁国栋", office_coordinator.name])
    for _again in range(3):
        assert sweep(at=local("2026-12-30")) == 0
    assert stages(deadline) == ["warned", "overdue", "escalated"]
    assert verbs_of(deadline) == ["deadline.started", "deadline.warned", "deadline.overdue", "deadline.escalated"]
    assert [ids for ids, _at in lamps_told] == [[case.pk]] * 4
    assert not Firing.objects.filter(told=False).exists()


@pytest.mark.django_db
def test_after_a_month_of_outage_each_stage_fires_once_in_order(clock, lamps_told):
    deadlines = [clock(at="2026-10-12"), clock("case_90", at="2026-09-01"), clock("transfer_sign", at="2026-11-17")]
    sweep(at=local("2026-10-12 10:00"))
    assert sweep(at=local("2026-11-18 23:00")) == 4
    assert [stages(each) for each in deadlines] == [["warned", "overdue", "escalated"], ["warned"], []]
    events = Event.objects.filter(target_id=deadlines[0].pk, target_kind="deadline").order_by("id")
    assert [event.verb for event in events] == [
        "deadline.started", "deadline.warned", "deadline.overdue", "deadline.escalated",
    ]  # fmt: skip


@pytest.mark.django_db
def test_without_a_person_the_department_is_told(clock, insurance_handler, insurance_handler_2, insurance_section_head):
    clock(person=None)
    sweep(at=local("2026-11-19"))
    assert told("deadline.warned") == sorted(["陈晓岚", "赵一鸣", "何志远"])


@pytest.mark.django_db
def test_a_blocked_person_leaves_it_to_the_department(clock, insurance_handler, insurance_handler_2, system_admin):
    clock()
    block(user=insurance_handler, reason="停职", by=system_admin, at=local("2026-11-18"))
    sweep(at=local("2026-11-19"))
    assert told("deadline.warned") == ["赵一鸣"]


@pytest.mark.django_db
def test_a_body_on_paper_is_watched_by_those_who_wait(clock, procuratorate, health, health_handler):
    clock(person=None, department=procuratorate, to_department=health)
    clock(person=None, department=procuratorate, to_department=None)
    assert sweep(at=local("2026-11-19")) == 2
    assert told("deadline.warned") == ["周敏仪"]


@pytest.mark.django_db
def test_an_extended_clock_warns_again_for_its_new_date(clock):
    deadline = clock(at="2026-11-17")
    sweep(at=local("2026-11-19"))
    clocks.extend_clock(deadline=deadline, at=local("2026-11-19 10:00"), reason="疑难", amount=2)
    assert sweep(at=local("2026-11-20")) == 0
    assert sweep(at=local("2026-11-23 00:00")) == 1
    assert list(deadline.firings.order_by("id").values_list("stage", "due_on")) == [
        ("warned", dt.date(2026, 11, 20)),
        ("warned", dt.date(2026, 11, 24)),
    ]
    assert Notification.objects.filter(verb="deadline.warned").count() == 2


@pytest.mark.django_db
def test_paused_met_and_cancelled_clocks_are_silent(clock):
    clocks.pause_clock(deadline=clock(), at=local("2026-11-17"), reason="补材料")
    clocks.meet_clock(deadline=clock(), at=local("2026-11-17"))
    clocks.cancel_clock(deadline=clock(), at=local("2026-11-17"), reason="撤回")
    assert sweep(at=local("2026-12-17")) == 0


@pytest.mark.django_db
def test_the_room_of_the_target_may_name_more_people(clock, monkeypatch, health_handler):
    asked = []

    def listener(deadline, stage, at):
        asked.append((deadline.pk, stage))
        return [health_handler]

    monkeypatch.setitem(registry.deadline_listeners, "referral", listener)
    deadline = clock()
    clock(target=("strand", 9))
    sweep(at=local("2026-11-19"))
    sweep(at=local("2026-11-19 09:01"))
    assert asked == [(deadline.pk, "warned")]
    notice = Notification.objects.get(recipient=health_handler)
    assert (notice.verb, notice.target_id, notice.tone) == ("deadline.warned", deadline.pk, "y")
    sweep(at=local("2026-11-21"))
    assert Notification.objects.filter(recipient=health_handler, tone="r").count() == 1


@pytest.mark.django_db
def test_who_left_the_post_today_is_told_nothing(clock, insurance_handler, insurance_section_head):
    """`until` is the first day without the post."""
    clock(person=None)
    insurance_section_head.posts.update(until=local("2026-11-21").date())
    sweep(at=local("2026-11-21"))
    assert Notification.objects.filter(recipient=insurance_handler).exists()
    assert not Notification.objects.filter(recipient=insurance_section_head).exists()


@pytest.mark.django_db
def test_one_rooms_trouble_stops_no_other_clock(clock, monkeypatch, caplog):
    def broken(deadline, stage, at):
        Deadline.objects.get(pk=-1)

    monkeypatch.setitem(registry.deadline_listeners, "referral", broken)
    deadlines = [clock(), clock()]
    assert sweep(at=local("2026-11-19")) == 2
    assert [stages(deadline) for deadline in deadlines] == [["warned"]] * 2
    assert told("deadline.warned") == ["陈晓岚"] * 2
    assert "nobody beside the owners" in caplog.text


@pytest.mark.django_db
def test_mail_goes_beside_notices_where_mail_is_set_up(clock, settings, insurance_handler):
    settings.EMAIL_NOTICES = True
    insurance_handler.email = "chen@qinghe.example"
    insurance_handler.save()
    clock()
    sweep(at=local("2026-11-19"))
    message = Message.objects.get()
    assert (message.channel, message.payload["user"]) == ("email", insurance_handler.pk)
    assert message.payload["verb"] == "deadline.warned"


@pytest.mark.django_db
def test_a_clock_that_jumps_is_refused_until_somebody_looked(clock, insurance_handler):
    deadline = clock()
    sweep(at=local("2026-11-17 10:00"))
    with pytest.raises(ClockJumped):
        sweep(at=local("2026-11-17 10:00") + FAR + dt.timedelta(seconds=1))
    assert stages(deadline) == []
    accept_clock(at=local("2028-01-01"), by=insurance_handler)
    assert Event.objects.filter(verb="deadline.clock_accepted").latest("pk").actor_id == insurance_handler.pk
    assert sweep(at=local("2028-01-02")) == 3


@pytest.mark.django_db
def test_the_sweep_is_a_job_of_the_clerk(clock):
    deadline = clock()
    assert clerk.run_job(clerk.job_named("sweep"), at=local("2026-11-19"))
    assert stages(deadline) == ["warned"]


def _seen(skip=()):
    """Everything a sweep leaves, without keys that differ between runs."""
    return {
        "deadlines": list(Deadline.objects.order_by("id").values_list("id", "stage", "next_at", "late", "updated_at")),
        "firings": sorted(Firing.objects.values_list("deadline_id", "stage", "due_on", "at", "told")),
        "events": [
            (e.at, e.verb, e.actor_id, e.post_id, e.department_id, e.region_id, e.case_id, e.target_kind, e.target_id,
             tuple(sorted(e.params.items())))
            for e in Event.objects.filter(verb__in=[f"deadline.{s}" for s in ("warned", "overdue", "escalated")])
            .order_by("id")
        ],
        "notices": sorted(
            (n.recipient_id, n.department_id, n.verb, tuple(sorted(n.params.items())), n.case_id, n.target_kind,
             n.target_id, n.tone, n.dedupe, n.created_at, n.read_at is None)
            for n in Notification.objects.filter(verb__startswith="deadline.")
        ),
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_one_statement_equals_one_by_one(
    clock, seed, insurance_handler, insurance_handler_2, insurance_section_head, insurance_deputy_head,
    health_handler, health_section_head, health_deputy_head, office_coordinator, procuratorate, health, insurance,
    lamps_told,
):  # fmt: skip
    dice = random.Random(seed + int(os.environ.get("SOAK_SEED", "0")))
    codes = ["support_notice", "verification", "case_90", "criminal_transfer", "reward_claim", "register_preserve"]
    made = []
    for _n in range(25):
        department = dice.choice([insurance, health, procuratorate])
        made.append(
            clock(
                dice.choice(codes),
                at=local("2026-09-15") + dt.timedelta(hours=dice.randrange(24 * 70)),
                department=department,
                person=dice.choice([None, insurance_handler_2]) if department == insurance else None,
                to_department=dice.choice([health, insurance, None]),
                case=None if dice.random() < 0.3 else dice.choice([None]),
            )
        )
    for deadline in dice.sample(made, 6):
        clocks.extend_clock(deadline=deadline, at=local("2026-11-24"), reason="疑难",
                            new_due_on=dt.date(2027, 2, dice.randrange(1, 28)))  # fmt: skip
    for at in (local("2026-11-25"), local("2026-12-20 03:00"), local("2027-03-01")):
        with transaction.atomic():
            one_by_one, want = sweep_one_by_one(at), _seen()
            transaction.set_rollback(True)
        assert sweep(at=at) == one_by_one
        assert _seen() == want


@pytest.mark.django_db(transaction=True)
def test_two_connections_at_once_fire_once(clock):
    deadlines = [clock(at="2026-10-12") for _n in range(30)]
    at = local("2026-11-19")
    results, start = [], threading.Barrier(4)

    def run():
        start.wait()
        try:
            results.append(sweep(at=at))
        finally:
            all_connections.close_all()

    threads = [threading.Thread(target=run) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(results) == 90
    assert [stages(deadline) for deadline in deadlines] == [["warned", "overdue", "escalated"]] * 30
    assert Event.objects.filter(verb="deadline.overdue").count() == 30
    assert Notification.objects.filter(verb="deadline.overdue").count() == 30


@pytest.mark.django_db(transaction=True)
def test_claimed_rows_are_skipped_and_fired_after_a_death(clock, connect_as):
    """A sweep that dies before its commit leaves nothing; a live one meanwhile waits for nobody."""
    mine, other = clock(at="2026-11-17"), clock(at="2026-11-17")
    dying = connect_as("clerk")
    values = {
        "at": local("2026-11-19"), "day": local_date(local("2026-11-19")), "office": "office",
        "roles": ["handler"], "mail": False,
    }  # fmt: skip
    cursor = dying.cursor()
    cursor.execute(f"SELECT id FROM deadlines_deadline WHERE id = {other.pk} FOR UPDATE")
    assert sweep(at=local("2026-11-19")) == 1
    assert (stages(mine), stages(other)) == (["warned"], [])
    cursor.execute(bulk_sweep._SWEEP, values)
    assert cursor.rowcount == 1
    with connect_as("clerk").cursor() as killer:
        killer.execute("SELECT pg_terminate_backend(%s, 5000)", [dying.info.backend_pid])
        assert killer.fetchone() == (True,)
    assert sweep(at=local("2026-11-19 09:01")) == 1
    assert stages(other) == ["warned"]
    assert Notification.objects.filter(verb="deadline.warned").count() == 2


@pytest.mark.django_db(transaction=True)
def test_killed_between_the_stages_and_the_lamps_the_next_sweep_tells(clock, lamps_told, case, monkeypatch):
    clock(at="2026-11-17")
    lamps_told.clear()

    def killed(at):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(bulk_sweep, "_renew_lamps", killed)
        with pytest.raises(KeyboardInterrupt):
            sweep(at=local("2026-11-19"))
    assert (Firing.objects.count(), lamps_told) == (1, [])
    assert sweep(at=local("2026-11-19 09:01")) == 0
    assert [ids for ids, _at in lamps_told] == [[case.pk]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", ["clerk", "app"])
def test_web_and_clerk_may_both_sweep(clock, as_role, role):
    deadline = clock()
    with as_role(role):
        assert sweep(at=local("2026-11-19")) == 1
    assert stages(deadline) == ["warned"]
    assert SweepMark.objects.get().last_at == local("2026-11-19")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE deadlines_deadlinechange SET old_due_on = '2020-01-01'",
        "DELETE FROM deadlines_deadlinechange",
        "UPDATE deadlines_firing SET stage = 'fresh'",
        "DELETE FROM deadlines_firing",
        "DELETE FROM deadlines_deadline",
        "TRUNCATE deadlines_firing",
    ],
)
def test_the_application_cannot_rewrite_old_dates(connect_as, statement):
    import psycopg2

    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        connect_as("app").cursor().execute(statement)


