"""The demo county's reports are told through the actions, once."""

import datetime as dt

import pytest
from django.utils import timezone

from cases.actions.strands import file_strand
from config.demo.reports import tell_reports
from config.demo.world import build_world
from departments.enums import Function, Role
from rewards import openers
from rewards.models import Opening, Report
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db(transaction=True)


def test_reports_stand_at_every_stage_and_their_keys_are_laid_out(opener, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    now = timezone.now()
    world = build_world(at=now - dt.timedelta(days=400))
    handler, head = (
        world.one(Function.INSURANCE, Role.HANDLER),
        world.one(Function.INSURANCE, Role.DEPUTY_HEAD),
    )
    for number in (1, 2, 3):
        at = now - dt.timedelta(days=60 - number)
        case = make_case(by=handler, at=at)
        if number < 3:
            file_strand(
                strand=case.strands.get(), filing_number=f"青医保立〔2026〕{number}号", by=head, at=at
            )
    for _twice in range(2):
        tell_reports(world, now)
    assert sorted(Report.objects.values_list("status", flat=True)) == [
        "accepted", "accepted", "answered", "received", "received", "refused",
    ]  # fmt: skip
    assert Opening.objects.get().status == "requested"
    lines = (tmp_path / "demo-custodians.txt").read_text().splitlines()
    user = world.one(Function.INSURANCE, Role.HEAD)
    passphrase, code = lines[3], lines[5]  # after “openings:”
    given = openers.ask(
        "give_key", opening_id=Opening.objects.get().pk, user_id=user.pk, passphrase=passphrase, code=code
    )
    assert given == {"status": "requested"}
