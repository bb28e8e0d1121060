"""The demo county's inspections: one closed, one under way, one waiting for answers; told once."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection

from cases.actions.subjects import add_subject
from config.demo import content
from config.demo.inspections import tell_inspections
from config.demo.world import build_world
from deadlines.models import Deadline
from documents.models import IssuedDocument
from inspections.models import Finding, Inspection, Rectification, Visit


@pytest.mark.parametrize("day", [dt.date(2026, 11, 16), dt.date(2026, 10, 8), dt.date(2026, 1, 4)])
def test_one_is_closed_one_under_way_and_one_waits(db, day):
    now = dt.datetime.combine(day, dt.time(2), dt.UTC)
    world = build_world(at=now - dt.timedelta(days=400))
    for fields in content.SUBJECTS:
        add_subject(region=world.county, by=None, at=now - dt.timedelta(days=399), **fields)
    tell_inspections(world, now)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Counter(Inspection.objects.values_list("status", flat=True)) == {
        "closed": 1,
        "under_way": 1,
        "draft": 1,
    }
    outcomes = Counter(Finding.objects.values_list("outcome", flat=True))
    assert outcomes == {"case": 1, "rectify": 1, "remark": 1, "open": 1}
    assert Rectification.objects.get().status == "confirmed"
    assert Counter(Visit.objects.values_list("status", flat=True)) == {"signed": 1, "refused": 1, "open": 1}
    kinds = Counter(
        IssuedDocument.objects.filter(kind__startswith="inspection_").values_list("kind", flat=True)
    )
    assert kinds == {
        "inspection_approval": 2, "inspection_notice": 2, "inspection_record": 2, "inspection_summary": 1,
    }  # fmt: skip
    waiting = Inspection.objects.get(status="draft")
    assert Counter(waiting.partners.values_list("answer", flat=True)) == {"confirmed": 2, "none": 1}
    assert Deadline.objects.open().filter(rule_code="inspection_answer").count() == 1
    tell_inspections(world, now)
    assert Inspection.objects.count() == 3
