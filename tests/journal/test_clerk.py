"""The clerk goes on: past failing jobs, a database that went away, a clock that jumped; and stops when asked."""

import os
import signal
import subprocess
import sys
import threading
import time
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DataError, InterfaceError, OperationalError, connection
from django.utils import timezone

from journal import clerk
from journal.clerk import Clerk, Job, job_named, run_job
from journal.tasks import run_clerk_job


@pytest.fixture
def job(monkeypatch):
    """A job that counts its runs and raises what it is told to."""

    class Counting(Job):
        error = None
        runs = 0

        def __init__(self, name="count", seconds=60.0):
            super().__init__(name, seconds, self.work)

        def work(self, *, at):
            assert at.tzinfo is not None
            self.runs += 1
            if self.error:
                raise self.error

    return Counting


def test_the_house_registers_its_jobs():
    assert {"outbox", "seal"} <= {job.name for job in clerk.jobs}
    assert job_named("seal").run.__module__ == "journal.sealer"
    with pytest.raises(LookupError):
        job_named("nothing")


def test_a_name_registered_again_replaces_the_first(monkeypatch):
    monkeypatch.setattr(clerk, "jobs", [])
    clerk.register("a", 1, print)
    clerk.register("a", 2, print)
    assert clerk.jobs == [Job("a", 2, print)]


def test_each_job_in_its_own_time(job, monkeypatch):
    quick, slow = job("quick", 1), job("slow", 100)
    loop = Clerk([quick, slow])
    began = time.monotonic()
    assert loop.once() == 2
    assert loop.once() == 0
    monkeypatch.setattr(clerk.time, "monotonic", lambda: began + 10)
    monkeypatch.setattr(clerk.time, "time", lambda: began + 10 + loop._offset)
    assert loop.once() == 1
    assert (quick.runs, slow.runs) == (2, 1)


@pytest.mark.parametrize(
    "error", [RuntimeError("bug"), OperationalError("gone"), InterfaceError("closed"), DataError("bad value")]
)
@pytest.mark.django_db(transaction=True)
def test_a_failing_job_holds_up_no_other(job, error):
    bad, good = job("bad", 0.0), job("good", 0.0)
    bad.error = error
    loop = Clerk([bad, good])
    loop.once()
    loop.once()
    assert (bad.runs, good.runs) == (1, 2)  # the bad one rests before it is tried again


def test_a_clock_that_jumps_is_refused_once(job, monkeypatch):
    counting = job("count", 0.0)
    loop = Clerk([counting])
    assert loop.once() == 1
    real, steady = time.time, time.monotonic
    monkeypatch.setattr(clerk.time, "time", lambda: real() + 86_400)
    assert loop.once() == 0
    assert loop.once() == 0  # still resting
    monkeypatch.setattr(clerk.time, "monotonic", lambda: steady() + clerk.RETRY + 1)
    assert loop.once() == 1


def test_stopping_comes_between_two_jobs(job):
    first, second = job("first", 0.0), job("second", 0.0)
    loop = Clerk([first, second])
    first.run = lambda at: loop.stop(signal.SIGTERM, None)
    assert loop.once() == 1
    assert second.runs == 0


@pytest.mark.django_db(transaction=True)
def test_the_loop_ends_when_asked(job, monkeypatch):
    monkeypatch.setattr(clerk, "PAUSE", 0.01)
    counting = job("count", 0.0)
    loop = Clerk([counting])
    thread = threading.Thread(target=loop.forever)
    thread.start()
    time.sleep(0.2)
    loop.stop()
    thread.join(5)
    assert not thread.is_alive() and counting.runs > 1


@pytest.mark.django_db(transaction=True)
def test_a_dropped_connection_is_opened_again(connect_as):
    """What a restarted database looks like to us: the next run works on a new connection."""
    seen = []

    def look(at):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            seen.append(cursor.fetchone()[0])

    job = Job("look", 0, look)
    assert run_job(job, at=timezone.now())
    with connect_as("app") as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [seen[0]])
        assert cursor.fetchone()[0]
    deadline = time.monotonic() + 5
    while len(seen) == 1 and time.monotonic() < deadline:
        run_job(job, at=timezone.now())
    assert len(set(seen)) == 2


def test_celery_runs_the_same_jobs(job, monkeypatch):
    counting = job()
    monkeypatch.setattr(clerk, "jobs", [counting])
    run_clerk_job("count")
    assert counting.runs == 1
    with pytest.raises(LookupError):
        run_clerk_job("nothing")


def test_beat_runs_every_job_of_the_clerk():
    named = {
        entry["args"][0]
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
        if entry["task"] == run_clerk_job.name
    }
    assert named == {job.name for job in clerk.jobs}


def test_what_a_room_does_before_each_job_is_done(job, monkeypatch):
    done = []
    monkeypatch.setattr(clerk, "before_each", [lambda: done.append(1)])
    for one in (job(), job()):
        assert run_job(one, at=timezone.now())
    assert len(done) == 2


def test_no_job_counts_by_a_calendar_older_than_itself():
    from deadlines import calendar

    calendar._held.checked = True
    run_job(Job("nothing", 1, lambda *, at: None), at=timezone.now())
    assert not calendar._held.checked


@pytest.mark.django_db
def test_once_by_hand(job, monkeypatch):
    monkeypatch.setattr(clerk, "jobs", [job("a"), job("b")])
    out = StringIO()
    call_command("clerk", once=True, stdout=out)
    assert "2" in out.getvalue()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_process_stops_cleanly_on_a_signal(how):
    """The real process, on the test database, as the clerk's role."""
    name = connection.settings_dict["NAME"]
    program = (
        "import django; from django.conf import settings; "
        f"settings.DATABASES['default']['NAME'] = {name!r}; django.setup(); "
        "from django.core.management import call_command; call_command('clerk')"
    )
    process = subprocess.Popen(
        [sys.executable, "-u", "-W", "ignore", "-c", program],
        env={**os.environ, "HOUSE_ROLE": "clerk", "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=settings.BASE_DIR,
    )
    assert "works" in process.stdout.readline()
    time.sleep(1.5)
    process.send_signal(how)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0, err
    assert "stopped" in out
    assert "Traceback" not in err
