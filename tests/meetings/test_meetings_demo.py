"""The demo county's meetings: the last quarter's issued with what it resolved, the present one called; told once."""

import datetime as dt
from collections import Counter

import pytest

from config.demo.meetings import tell_meetings
from config.demo.proposals import tell_proposals
from config.demo.world import build_world
from meetings.models import Meeting, Proposal, Resolution


@pytest.mark.parametrize(
    ("now", "present"),
    [
        (dt.datetime(2026, 11, 16, 2, tzinfo=dt.UTC), "called"),
        (dt.datetime(2026, 12, 30, 2, tzinfo=dt.UTC), "planned"),  # no day is left in the quarter
        (dt.datetime(2026, 1, 1, 2, tzinfo=dt.UTC), "called"),  # the last quarter was another year's
    ],
)
def test_the_last_quarter_is_issued_and_the_present_one_called(db, now, present):
    world = build_world(at=now - dt.timedelta(days=400))
    tell_meetings(world, now)
    assert list(Meeting.objects.order_by("year", "quarter").values_list("status", flat=True)) == [
        "issued",
        present,
    ]
    assert Meeting.objects.get(status="issued").minutes.document.number.startswith("青联动办纪")
    assert Counter(Resolution.objects.values_list("status", flat=True)) == {"done": 1, "open": 2}
    later = Meeting.objects.get(status=present)
    assert [item.first for item in later.items.listed()][:3] == [True, True, False]
    tell_meetings(world, now)
    assert Meeting.objects.count() == 2


@pytest.mark.parametrize("day", [dt.date(2026, 11, 16), dt.date(2026, 10, 8), dt.date(2026, 1, 1)])
def test_one_proposal_is_deployed_and_one_is_being_asked_about(db, day):
    now = dt.datetime.combine(day, dt.time(2), dt.UTC)
    world = build_world(at=now - dt.timedelta(days=400))
    tell_proposals(world, now)
    deployed, asked = Proposal.objects.order_by("pk")
    assert (deployed.status, deployed.round, asked.status, asked.round) == ("deployed", 2, "consulting", 1)
    assert deployed.document.number.startswith("青联动办函")
    assert [opinion.kind for opinion in deployed.opinions.filter(round=1).exclude(kind="agreed").order_by("kind")] == [
        "objected", "remarks",
    ]  # fmt: skip
    assert Counter(deployed.tasks.values_list("status", flat=True)) == {"done": 1, "open": 1}
    assert asked.opinions.count() == 3
    tell_proposals(world, now)
    assert Proposal.objects.count() == 2
