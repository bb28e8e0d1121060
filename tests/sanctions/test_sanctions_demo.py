"""The demo county's sanctions: one carried out, one heard, one proposed; lists; told once."""

import datetime as dt
from collections import Counter

from config.demo.sanctions import tell_sanctions
from config.demo.world import build_world
from departments.enums import Function
from sanctions.models import Bar, ListEntry, MeasureTask, Sanction
from tests.factories.cases import make_subject
from tests.factories.sanctions import decided_case


def test_one_is_carried_out_one_is_heard_and_one_is_proposed(db, now):
    world = build_world(at=now - dt.timedelta(days=400))
    insurance = world.departments[Function.INSURANCE]
    for number in range(3):
        subject = make_subject(world.county, name=f"青禾第{number}医院", at=now)
        at = now - dt.timedelta(days=10 + number)
        decided_case(insurance, at=at, subject=subject, number=f"青医保罚〔2026〕{number + 1}号")
    for number in range(2):
        make_subject(world.county, name=f"青禾第{number}药店", kind="pharmacy", at=now)
    tell_sanctions(world, now)
    assert Counter(Sanction.objects.values_list("status", flat=True)) == {"in_force": 1, "proposed": 2}
    assert Counter(MeasureTask.objects.values_list("status", flat=True)) == {
        "executed": 1, "fed_back": 1, "decided": 1, "acknowledged": 1, "refused": 1, "issued": 1,
    }  # fmt: skip
    assert Bar.objects.get().until.year == now.year + 3
    assert Counter(ListEntry.objects.values_list("kind", "status")) == {
        ("red", "listed"): 1,
        ("black", "proposed"): 1,
    }
    tell_sanctions(world, now)
    assert Sanction.objects.count() == 3
