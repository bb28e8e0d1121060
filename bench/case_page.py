"""The case page among 10 000 cases: server time and number of queries, with one file, amount and remark and with 50."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bench.county import handler_of_ten_thousand
from bench.registry import signed_in, timed
from cases.actions.evidence import add_evidence
from cases.actions.money import enter_money
from cases.actions.notes import add_note

TITLE = "Case page, 10 000 cases"
ROWS = 50


def _fill(case, by, rows):
    """A file, an amount and a remark for each row, with their events."""
    start = timezone.now() - dt.timedelta(hours=5)
    for row in rows:
        at = start + dt.timedelta(minutes=row)
        upload = SimpleUploadedFile(f"病历{row}.csv", f"序号,{row}\n".encode())
        add_evidence(case=case, upload=upload, by=by, at=at)
        enter_money(case=case, kind="verified", amount="120.50", happened_on=at.date(), by=by, at=at)
        add_note(case=case, text=f"第{row}次核对", audience="case", by=by, at=at)


def measure():
    user, case = handler_of_ten_thousand()
    client, url = signed_in(user), reverse("cases:detail", args=[case.pk])
    _fill(case, user, range(1, 2))
    one, queries = timed(client, url)
    after, _queries = timed(client, url, anew=True)
    _fill(case, user, range(2, ROWS + 1))
    fifty, queries_of_fifty = timed(client, url)
    return {
        "one row, ms": one,
        "one row after a step of one's own, ms": after,
        "one row, queries after a step": queries,
        f"{ROWS} rows, ms": fifty,
        f"{ROWS} rows, queries after a step": queries_of_fifty,
    }
