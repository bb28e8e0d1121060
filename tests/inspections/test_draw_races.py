"""Two at once make one draw, and a worker killed at any statement leaves nothing or the whole."""

import os
import signal
import threading

import pytest
from django.db import connection

from core.refusals import Refused
from inspections.actions.draw import ask_annulment, make_draw
from inspections.draw_check import agrees, check
from inspections.draw_record import published
from inspections.models import Annulment, Draw, DrawnOfficer, DrawnTarget, Member, Target
from journal.models import Event
from tests.factories.draws import NUMBER, committed, setting


@pytest.fixture
def place(transactional_db, insurance, health, office_coordinator, insurance_handler, health_registrar, now):
    return setting(insurance, health, by=insurance_handler, witness=health_registrar, at=now)


def _at_once(*works):
    start, outcomes = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait()
            outcomes.append(work() and "done")
        except Refused as refusal:
            outcomes.append(str(refusal) and "refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_two_commitments_one_stands(place):
    assert _at_once(*[lambda: committed(place)] * 2) == ["done", "refused"]
    assert Draw.objects.get().attempt == 1


def test_of_two_witnesses_at_two_desks_one_draws(place, office_coordinator):
    draw = committed(place)

    def by(user, number):
        return lambda: make_draw(
            draw=Draw.objects.get(pk=draw.pk), public_number=number, by=user, at=place.out
        )

    assert _at_once(by(place.witness, NUMBER), by(office_coordinator, "99999999999999")) == [
        "done",
        "refused",
    ]
    draw.refresh_from_db()
    assert DrawnTarget.objects.count() == 2 and agrees(check(published(draw)))
    assert Event.objects.filter(verb="draw.drawn", target_id=draw.pk).count() == 1


def test_of_two_who_ask_to_annul_one_is_heard(place, office_coordinator):
    draw = committed(place)

    def by(user):
        return lambda: ask_annulment(draw=Draw.objects.get(pk=draw.pk), reason="误", by=user, at=place.out)

    assert _at_once(by(place.by), by(office_coordinator)) == ["done", "refused"]
    assert Annulment.objects.count() == 1


_inherited = []  # a child never closes the connection it was born with: that would end its parent's session


def _killed_before(number, work):
    """Fork, do `work` and be killed before the statement of this number; whether the child came through."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    try:
        _inherited.append(connection.connection)
        connection.connection = None
        count = 0

        def counting(execute, sql, params, many, context):
            nonlocal count
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(counting):
            work()
        os._exit(0)
    finally:
        os._exit(1)


def _rows(draw):
    return [
        DrawnTarget.objects.filter(draw=draw).count(), DrawnOfficer.objects.filter(draw=draw).count(),
        Target.objects.filter(inspection=draw.inspection_id).count(),
        Member.objects.filter(inspection=draw.inspection_id).count(),
        Event.objects.filter(verb="draw.drawn", target_id=draw.pk).count(),
    ]  # fmt: skip


def test_a_worker_killed_at_any_statement_leaves_nothing_and_the_next_draws_the_same(place):
    draw = committed(place)
    came_through, number = False, 0
    while not came_through:
        assert _rows(draw) == [0] * 5 and Draw.objects.get(pk=draw.pk).status == "committed"
        number += 4  # every fourth statement; with a step of one it takes a minute
        assert number < 800
        came_through = _killed_before(
            number,
            lambda: make_draw(
                draw=Draw.objects.get(pk=draw.pk), public_number=NUMBER, by=place.witness, at=place.out
            ),
        )
    draw.refresh_from_db()
    assert number > 40  # it was killed in the midst of it, often
    assert draw.status == "drawn" and agrees(check(published(draw)))
    assert all(_rows(draw)) and _rows(draw)[4] == 1
