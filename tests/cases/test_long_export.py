"""An export of any length: in bounded memory, in the rights of each moment, on the record."""

import json
import subprocess
import sys

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from bench.county import _COPY, _GRANT
from cases import long_export
from cases.models import Case
from documents.models import Series
from journal.models import Event
from tests.factories.cases import make_case
from tests.harness import acting_as
from workspace import actions, running
from workspace.models import LongJob


@pytest.fixture
def begin(insurance_handler, now):
    def make(query="sort=oldest"):
        return actions.begin_job(kind=long_export.CODE, parameters={"query": query}, by=insurance_handler, at=now)

    return make


def copies(case, number):
    with connection.cursor() as cursor:
        cursor.execute(_COPY, [number, case.pk, case.pk, case.pk, case.pk])
        cursor.execute(_GRANT, [case.pk, case.pk])


def titles(job):
    book = load_workbook(default_storage.path(job.file), read_only=True)
    found = [row[1] for row in book.active.iter_rows(min_row=4, values_only=True)]
    book.close()
    return found


def test_a_job_writes_all_rows_in_order_portion_by_portion(begin, case, insurance_handler, health_handler, now, monkeypatch):
    monkeypatch.setattr(long_export, "PORTION", 3)
    copies(case, 8)
    Series.objects.update(last=50)
    make_case(by=health_handler, at=now, title="别局的")
    wanted = list(Case.objects.filter(owner=case.owner).order_by("opened_at", "pk").values_list("title", flat=True))
    job = begin()
    assert running.run_job(job.pk)
    job.refresh_from_db()
    assert (titles(job), job.done, job.total) == (wanted, 8, 8)
    event = Event.objects.get(verb="registry.exported")
    assert event.params == {"rows": 8, "query": "sort=oldest", "picked": False}
    assert event.actor_id == insurance_handler.pk
    sheet = load_workbook(default_storage.path(job.file)).active
    assert sheet.freeze_panes == "C4" and sheet.oddFooter.center.text == "&P / &N"
    assert sheet["A1"].value == "医疗保障基金案件线索台账" and "陈晓岚" in sheet["A2"].value
    assert sorted(str(each) for each in sheet.merged_cells.ranges) == ["A1:K1", "A2:K2"]
    assert sheet.column_dimensions["B"].width == 48 and sheet.print_title_rows == "$3:$3"


def test_filters_and_an_order_nobody_knows(begin, case):
    copies(case, 4)
    job = begin("lamp=r&sort=nonsense")
    assert running.run_job(job.pk)
    job.refresh_from_db()
    assert len(titles(job)) == Case.objects.filter(lamp="r").count() == 1


def test_no_more_rows_than_a_sheet_holds(begin, case, monkeypatch):
    monkeypatch.setattr("cases.excel.MOST", 2)
    monkeypatch.setattr(long_export, "PORTION", 1)
    copies(case, 4)
    job = begin()
    assert running.run_job(job.pk)
    job.refresh_from_db()
    assert (job.done, job.total, len(titles(job))) == (2, 2, 2)


def test_nothing_to_export_is_a_file_without_rows(begin, insurance_handler):
    job = begin("q=nobody")
    assert running.run_job(job.pk)
    job.refresh_from_db()
    assert (titles(job), job.done) == ([], 0)


def test_rights_that_end_on_the_way_end_the_rows(begin, case, insurance_handler, insurance_deputy_head, now, monkeypatch):
    """A case restricted between two portions is not in the second; a blocked person gets nothing at all."""
    monkeypatch.setattr(long_export, "PORTION", 2)
    copies(case, 6)
    last = Case.objects.order_by("-opened_at", "-pk").first()
    steps = []

    def step(work, done, total):
        steps.append(done)
        if done == 2:
            Case.objects.filter(pk=last.pk).update(restricted=True)
            connection.cursor().execute("DELETE FROM cases_caseuserpermission WHERE content_object_id = %s", [last.pk])

    monkeypatch.setattr(running.Work, "step", step)
    job = begin()
    assert running.run_job(job.pk)
    job.refresh_from_db()
    assert last.title not in titles(job) and steps == [0, 2, 4, 5]
    insurance_handler.is_active = False
    insurance_handler.save()
    job = LongJob.objects.create(
        user=insurance_handler, post=insurance_handler.post, kind=long_export.CODE, parameters={"query": ""},
        language="zh-hans", created_at=now,
    )  # fmt: skip
    assert not running.run_job(job.pk)
    job.refresh_from_db()
    assert job.status == "failed"


def test_a_post_that_opens_no_case_gets_no_row(system_admin, case, now):
    job = LongJob.objects.create(
        user=system_admin, post=system_admin.post, kind=long_export.CODE, parameters={"query": ""},
        language="zh-hans", created_at=now,
    )  # fmt: skip
    assert not running.run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.file) == ("failed", "")


def test_the_file_is_not_given_out_once_a_case_was_closed_to_its_reader(
    begin, as_user, insurance_handler_2, insurance_handler, case, now
):
    copies(case, 3)
    job = begin()
    assert running.run_job(job.pk)
    client = as_user(insurance_handler)
    address = reverse("workspace:job_file", args=[job.pk])
    answer = client.post(address)
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert Event.objects.get(verb="registry.copied").params == {"rows": 3}
    hidden = Case.objects.order_by("pk").last()
    Case.objects.filter(pk=hidden.pk).update(restricted=True)
    page = client.post(address, follow=True).content.decode()
    assert "其中 1 行您已无权查看" in page
    assert Event.objects.filter(verb="registry.copied").count() == 1


# the child's own highest memory, in kilobytes, before and after it exported everything
_CHILD = """
import json, resource, sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[2]
from django.conf import settings
settings.MEDIA_ROOT = sys.argv[3]
from workspace import running
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
assert running.run_job(int(sys.argv[1]))
print(json.dumps([before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


@pytest.mark.django_db(transaction=True)
def test_twenty_thousand_rows_cost_no_more_memory_than_a_few(request, settings):
    case, begin = request.getfixturevalue("case"), request.getfixturevalue("begin")
    copies(case, 20_000)
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    job = begin()
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(job.pk), connection.settings_dict["NAME"],
         str(settings.MEDIA_ROOT)],
        capture_output=True, timeout=300, check=False, text=True, cwd=settings.BASE_DIR,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    before, after = json.loads(done.stdout.splitlines()[-1])
    job.refresh_from_db()
    assert (job.status, job.done) == ("done", 20_000)
    assert len(titles(job)) == 20_000
    assert after - before < 80 * 1024, (before, after)
