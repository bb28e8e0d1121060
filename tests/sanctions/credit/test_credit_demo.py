"""The demo county's credit, told once through the actions of the rooms."""

import datetime as dt
from collections import Counter

from cases.actions.subjects import add_subject
from cases.models import SubjectChange, SubjectRelation
from config.demo import content
from config.demo.credit import tell_credit
from config.demo.world import build_world
from departments.enums import Function, Role
from sanctions.models import AnnualScore, Consequence, EligibilityAnswer, PointEntry, Publication


def test_it_is_told_once(db):
    now = dt.datetime(2026, 11, 16, 2, tzinfo=dt.UTC)
    world = build_world(at=now - dt.timedelta(days=400))
    for fields in [*content.SUBJECTS, *content.PERSONS]:
        add_subject(
            region=world.county,
            by=world.one(Function.INSURANCE, Role.HANDLER),
            at=now - dt.timedelta(days=399),
            **fields,
        )
    for _again in range(2):
        tell_credit(world, now)
    assert Counter(PointEntry.objects.values_list("status", flat=True)) == {"confirmed": 2, "entered": 1}
    assert Counter(AnnualScore.objects.values_list("status", flat=True)) == {"confirmed": 2, "entered": 1}
    assert set(Consequence.objects.values_list("kind", flat=True)) == {"talk", "terminate"}
    assert Counter(Publication.objects.values_list("status", flat=True)) == {
        "published": 1,
        "released": 1,
        "prepared": 1,
    }
    assert (
        SubjectRelation.objects.count(),
        SubjectChange.objects.count(),
        EligibilityAnswer.objects.count(),
    ) == (3, 1, 1)
