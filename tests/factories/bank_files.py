"""Bank files whose reporters are sealed: reports taken on, rewards computed, approved and funded through the actions."""

from departments.enums import Role
from rewards.actions.bank_files import request_bank_file
from rewards.models import Reward
from tests.factories.cases import make_case
from tests.factories.rewards import accept, report_officer
from tests.factories.rewards_money import ask, bring_reward, decide, payer, somebody, verify


def funded_rewards(reports, *, at):
    """A funded reward of 500 yuan for every reporter of these reports, which are of one department."""
    department = reports[0].department
    handler = somebody(department, Role.HANDLER, "陈晓岚")
    case = make_case(by=handler, at=at)
    decide(case, at=at)
    case.refresh_from_db()
    for report in reports:
        accept(report, at=at, case=case, by=report_officer(department, at=at))
        report.refresh_from_db()
        ask(report, at=at)
        verify(report, "10000", by=handler, at=at)
    found = list(Reward.objects.filter(report__in=reports).order_by("pk"))
    return [bring_reward(reward, "funded", at=at) for reward in found]


def bank_file(reports, *, at, by=None):
    """A bank file of these reports' rewards, waiting for two keys."""
    by = by or payer(reports[0].region)
    return request_bank_file(rewards=funded_rewards(reports, at=at), by=by, at=at)
