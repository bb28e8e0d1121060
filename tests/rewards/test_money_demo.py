"""The demo county's rewards, told over decided cases of its own: every stage is there, and nothing is told twice."""

import datetime as dt
from collections import Counter

from cases.actions.progress import begin_work, decide_case
from config.demo import rewards as demo
from config.demo.world import build_world
from departments.enums import Function, Role
from rewards.models import Payment, Reward, RewardPaper
from tests.factories.cases import make_case
from tests.factories.rewards_money import decide


def test_every_stage_is_told_once(db, now):
    world = build_world(at=now - dt.timedelta(days=400))
    before = now - dt.timedelta(days=50)
    for _case in range(2):
        case = make_case(by=world.one(Function.INSURANCE, Role.HANDLER), at=before)
        decide(case, at=before)
        begin_work(case=case, by=case.handler, at=before)
        decide_case(case=case, by=case.handler, at=before)
    demo.tell_rewards(world, now)  # before the reports: nothing
    assert not Reward.objects.exists()
    demo.Rewards(world, now).tell()
    states = Counter(Reward.objects.values_list("status", flat=True))
    assert states == {
        "paid": 1, "funded": 2, "honoured": 1, "approved": 1, "proposed": 1, "computed": 1, "waived": 1,
    }  # fmt: skip
    assert Payment.objects.get().amount == Reward.objects.get(status="paid").amount
    assert set(RewardPaper.objects.filter(status="issued").values_list("kind", flat=True)) == {
        "approval", "notice", "voucher", "certificate",
    }  # fmt: skip
    demo.tell_rewards(world, now)
    assert Reward.objects.count() == 8
