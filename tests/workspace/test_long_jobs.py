"""Long jobs: done once whoever dies on the way, seen by nobody else, given up, expired."""

import datetime as dt
import threading
from itertools import count
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from core import registry
from core.offers import LongWork, Made
from core.refusals import BadInput, MovedOn, Refused, WrongState
from journal.models import Event, Notification
from workspace import actions, kinds, rules, running, tasks
from workspace.actions import jobs
from workspace.models import LongJob

MINUTE = dt.timedelta(minutes=1)


class Trial:
    """A kind of work whose every move a test decides."""

    def __init__(self):
        self.runs, self.records, self.copies, self.gone, self.during = 0, [], [], 0, lambda work: None

    def run(self, work):
        self.runs += 1
        work.step(1, 2)
        self.during(work)
        work.step(2, 2)
        path = work.folder / "result.txt"
        path.write_text(f"{work.parameters['word']} {work.person().department}")
        return Made(path=str(path), name="结果.txt", media_type="text/plain", rows=2, covers=b"1,2")

    def ended(self, made, parameters, *, by, at):
        self.records.append((made.rows, parameters, by))

    def taken(self, rows, parameters, *, by, at):
        self.copies.append((rows, by))

    def lost(self, covers, user):
        assert covers == b"1,2"
        return self.gone


@pytest.fixture
def trial(monkeypatch):
    made = Trial()
    work = LongWork("trial", "试验", run=made.run, ended=made.ended, taken=made.taken, lost=made.lost)
    monkeypatch.setitem(registry.long_works, "trial", work)
    return made


@pytest.fixture
def begin(trial, insurance_handler, now):
    serial = count()

    def make(by=insurance_handler, at=now, **parameters):
        return actions.begin_job(kind="trial", parameters=parameters or {"word": f"词{next(serial)}"}, by=by, at=at)

    return make


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def test_a_job_is_done_once_and_its_person_told(begin, trial, insurance_handler, now):
    job = begin()
    assert (str(job), job.status, job.open, job.post) == ("试验", "queued", True, insurance_handler.post)
    assert running.run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.open, job.done, job.total, job.attempts) == ("done", False, 2, 2, 1)
    assert Path(default_storage.path(job.file)).read_text() == "词0 县医保局"
    assert job.size == len("词0 县医保局".encode())
    assert trial.records == [(2, {"word": "词0"}, insurance_handler)]
    told = Notification.objects.get(verb="long_job.done")
    assert (told.recipient, told.target_id, told.params["rows"]) == (insurance_handler, job.pk, 2)
    tasks.run_long_job(job.pk)  # the message came twice
    tasks.run_long_job(job.pk + 99)  # or was forged
    assert trial.runs == 1 and Notification.objects.count() == 1


def test_a_job_says_its_name_without_its_room(begin, monkeypatch):
    job = begin()
    assert kinds.work_label("trial") == "试验"
    monkeypatch.delitem(registry.long_works, "trial")
    assert (str(job), kinds.work_label("trial")) == ("trial", "trial")
    with pytest.raises(LookupError):
        begin()


def test_a_killed_workers_job_is_taken_again_and_the_dead_hand_ends_nothing(begin, trial, insurance_handler, now):
    job = begin()
    dead = jobs.take_job(job_id=job.pk, at=now)
    jobs.advance_job(job=dead, done=1, total=2, at=now + MINUTE)
    assert jobs.take_job(job_id=job.pk, at=now + 3 * MINUTE) is None  # it said a word a minute ago
    living = jobs.take_job(job_id=job.pk, at=now + 4 * MINUTE)
    assert (living.attempts, living.done) == (2, 0)
    made = trial.run(running.Work(living, Path(default_storage.path("")).parent))
    for late in (
        lambda: jobs.advance_job(job=dead, done=2, total=2, at=now + 5 * MINUTE),
        lambda: jobs.finish_job(job=dead, made=made, by=insurance_handler, at=now + 5 * MINUTE),
        lambda: jobs.fail_job(job=dead, sentence="x", at=now + 5 * MINUTE),
    ):
        with pytest.raises(MovedOn):
            late()
    jobs.finish_job(job=living, made=made, by=insurance_handler, at=now + 5 * MINUTE)
    assert len(trial.records) == 1 and Notification.objects.count() == 1
    assert jobs.take_job(job_id=job.pk, at=now + 60 * MINUTE) is None


def test_a_job_that_kills_every_worker_fails(begin, trial, now):
    job = begin()
    for attempt in range(3):
        assert jobs.take_job(job_id=job.pk, at=now + attempt * 4 * MINUTE).attempts == attempt + 1
    assert jobs.take_job(job_id=job.pk, at=now + 12 * MINUTE) is None
    job.refresh_from_db()
    assert job.status == "failed" and "多次中断" in job.sentence
    assert Notification.objects.get().verb == "long_job.failed"


def test_what_nobody_works_on_is_waiting(begin, now):
    lost = begin()
    fresh = begin(at=now + dt.timedelta(seconds=10))
    assert running.waiting(at=now + dt.timedelta(seconds=25)) == [lost.pk]
    jobs.take_job(job_id=lost.pk, at=now)
    assert running.waiting(at=now + MINUTE) == [fresh.pk]
    assert running.waiting(at=now + 4 * MINUTE) == [lost.pk, fresh.pk]


def test_two_workers_at_once_do_it_once(begin, trial, now):
    job = begin()
    trial.during = lambda work: trial.answers.append(running.run_job(job.pk))
    trial.answers = []
    assert running.run_job(job.pk)
    assert (trial.answers, trial.runs) == ([False], 1)


def test_a_cancelled_job_stops_at_its_next_portion(begin, trial, now):
    job = begin()
    trial.during = lambda work: actions.cancel_job(job=LongJob.objects.get(pk=job.pk), at=now)
    assert not running.run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.file, trial.records) == ("cancelled", "", [])
    with pytest.raises(WrongState):
        actions.cancel_job(job=job, at=now)


@pytest.mark.parametrize(
    ("fault", "said"),
    [(BadInput("表内有错。"), "表内有错。"), (ZeroDivisionError("/secret/path"), "未能完成")],
    ids=["refused", "broken"],
)
def test_a_job_that_cannot_be_done_says_so(begin, trial, fault, said):
    def fail(work):
        raise fault

    job, trial.during = begin(), fail
    assert not running.run_job(job.pk)
    job.refresh_from_db()
    assert job.status == "failed" and said in job.sentence and "secret" not in job.sentence
    assert not default_storage.exists(jobs.FOLDER) or job.file == ""


def test_one_given_up_while_it_failed_stays_given_up(begin, trial, now):
    def fail(work):
        actions.cancel_job(job=LongJob.objects.get(pk=job.pk), at=now)
        raise BadInput

    job, trial.during = begin(), fail
    assert not running.run_job(job.pk)
    job.refresh_from_db()
    assert job.status == "cancelled"


def test_the_rights_are_those_of_the_post_at_that_moment(begin, trial, insurance_handler, now):
    def leave(work):
        insurance_handler.posts.update(until=dt.date(2026, 11, 1))

    job, trial.during = begin(), leave
    assert not running.run_job(job.pk)
    job.refresh_from_db()
    assert job.status == "failed" and "岗位已终止" in job.sentence


def test_three_at_a_time_are_enough(begin, now):
    made = [begin() for _each in range(2)]
    made.append(begin(word="再"))
    assert begin(word="再") == made[-1]  # a second click
    with pytest.raises(jobs.TooManyJobs):
        begin()
    actions.cancel_job(job=made[0], at=now)
    begin()


def test_files_and_rows_go_when_their_time_is_over(begin, now):
    job, other = begin(), begin()
    with time_machine.travel(now, tick=False):
        assert running.run_job(job.pk)
    job.refresh_from_db()
    Path(default_storage.path(f"{jobs.FOLDER}/0-1.txt")).write_text("left by a killed worker")
    assert actions.forget_jobs(at=now + dt.timedelta(days=6)) == 0
    job.refresh_from_db()
    assert default_storage.exists(job.file)
    later = max(now, timezone.now()) + dt.timedelta(days=8)
    assert actions.forget_jobs(at=later) == 2
    assert not default_storage.exists(job.file)
    job.refresh_from_db()
    assert (job.file, job.covers) == ("", None)
    assert actions.forget_jobs(at=later + dt.timedelta(days=31)) == 0
    assert list(LongJob.objects.all()) == [other]


def test_sweeping_where_nothing_was_ever_kept(db, now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert actions.forget_jobs(at=now) == 0


def test_a_file_asks_for_the_rights_again(begin, trial, insurance_handler, insurance_handler_2, now):
    job = begin()
    with time_machine.travel(now, tick=False):
        running.run_job(job.pk)
    job.refresh_from_db()
    assert actions.take_file(job=job, by=insurance_handler, at=now) == job.file
    assert trial.copies == [(2, insurance_handler)]
    with pytest.raises(Refused, match="七天"):
        actions.take_file(job=job, by=insurance_handler, at=now + dt.timedelta(days=7))
    with pytest.raises(Refused, match="另一岗位"):
        actions.take_file(job=job, by=insurance_handler_2, at=now)
    trial.gone = 1
    with pytest.raises(Refused, match="1 行") as refused:
        actions.take_file(job=job, by=insurance_handler, at=now)
    assert refused.value.record and len(trial.copies) == 1


def test_the_page_shows_ones_own_jobs_only(begin, trial, as_user, insurance_handler, insurance_handler_2, system_admin):
    job, foreign = begin(), begin(by=insurance_handler_2)
    client = as_user(insurance_handler)
    page = client.get(reverse("workspace:jobs"))
    assert [row[0] for row in page.context["rows"]] == [job]
    assert "hx-get" in page.content.decode()
    for name in ("cancel_job", "job_file"):
        assert client.post(reverse(f"workspace:{name}", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("workspace:job_file", args=[job.pk]), follow=True).redirect_chain  # not made yet
    running.run_job(job.pk)
    answer = client.post(reverse("workspace:job_file", args=[job.pk]))
    assert b"".join(answer.streaming_content).decode() == "词0 县医保局"
    assert answer["Cache-Control"] == "no-store"
    rows = client.get(reverse("workspace:jobs"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in rows and "hx-get" not in rows and "2 / 2" in rows
    trial.gone = 2
    client.post(reverse("workspace:job_file", args=[job.pk]))
    assert Event.objects.get(verb="journal.refused").params["attempt"] == "long_job.taken"
    trial.gone = 0
    job.refresh_from_db()
    default_storage.delete(job.file)
    assert "begin" not in client.post(reverse("workspace:job_file", args=[job.pk]), follow=True).content.decode()
    second = begin()
    for said in ("已取消：", "当前状态下"):
        assert said in client.post(reverse("workspace:cancel_job", args=[second.pk]), follow=True).content.decode()
    assert as_user(system_admin).get(reverse("workspace:jobs")).status_code == 403
    assert not rules.can_begin_job(system_admin)


@pytest.mark.django_db(transaction=True)
def test_the_clerk_finds_what_the_broker_lost(request):
    trial, begin = request.getfixturevalue("trial"), request.getfixturevalue("begin")
    job, now = begin(), request.getfixturevalue("now")
    assert running.pick_up(at=now) is None  # its message may still come
    going = threading.Event()
    trial.during = lambda work: going.wait(10)
    thread = running.pick_up(at=now + MINUTE)
    assert running.pick_up(at=now + MINUTE) is None  # one at a time
    going.set()
    thread.join(20)
    job.refresh_from_db()
    assert job.status == "done" and trial.runs == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_leaves_the_job_to_be_taken_again(request):
    trial, job = request.getfixturevalue("trial"), request.getfixturevalue("begin")()

    def away(work):
        raise OperationalError("the server closed the connection")

    trial.during = away
    assert not running.run_job(job.pk)
    job.refresh_from_db()
    assert job.status == "running"
    trial.during = lambda work: None
    assert not running.run_job(job.pk)
    with time_machine.travel(timezone.now() + 4 * MINUTE, tick=True):
        assert running.run_job(job.pk)


def test_a_job_is_begun_though_nobody_listens(begin, settings, django_capture_on_commit_callbacks, monkeypatch):
    def no_broker(*_args, **_named):
        raise ConnectionRefusedError

    monkeypatch.setattr("workspace.actions.jobs.current_app.send_task", no_broker)
    with django_capture_on_commit_callbacks(execute=True):
        job = begin()
    assert LongJob.objects.get() == job
