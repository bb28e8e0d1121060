"""Who may do what with rewards and their money: the rules and the doors themselves, asked of everybody at once."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from cases.actions.money import reverse_entry
from cases.enums import MoneyKind
from cases.models import MoneyEntry
from core.dates import local_date
from core.refusals import WrongState
from departments.actions.people import end_post
from departments.actions.structure import create_department
from departments.enums import Function, Role
from rewards import rules
from rewards.actions.bank_files import close_bank_file, request_bank_file
from rewards.actions.custodians import name_custodian
from rewards.actions.papers_money import discard_paper, draft_paper, number_paper, sign_paper
from rewards.actions.payments import recover, reverse_payment
from rewards.models import (
    BankFile,
    BankLine,
    Eligibility,
    Payment,
    Reward,
    RewardBudget,
    RewardPaper,
    RewardRule,
)
from tests.cast import person
from tests.factories.rewards_money import make_reward, somebody, verify


@pytest.fixture
def cast(
    county, other_county, finance, cashier, insurance_finance, insurance_handler, insurance_report_officer,
    insurance_registrar, insurance_deputy_head, office_coordinator, county_leader, outsider, now,
):  # fmt: skip
    """Everybody by a name: two counties' finance departments, the department of the report, the office, one who left."""
    far = create_department(
        region=other_county, function=Function.FINANCE, name="云溪县财政局", short_name="云溪财政局", mark="云财",
        hotline="0799-7723301", has_account=True, by=None, at=now,
    )  # fmt: skip
    gone = person("cz77", "卸任人", finance, Role.FINANCE)
    end_post(post=gone.posts.get(), by=None, at=now)
    return SimpleNamespace(
        cashier=cashier, chief=somebody(finance, Role.SECTION_HEAD, "汪成业"),
        far_cashier=person("yc01", "云出纳", far, Role.FINANCE), far_chief=person("yc02", "云股长", far, Role.SECTION_HEAD),
        bookkeeper=insurance_finance, officer=insurance_report_officer, deputy=insurance_deputy_head,
        registrar=insurance_registrar, handler=insurance_handler, coordinator=office_coordinator, leader=county_leader,
        outsider=outsider, gone=gone,
    )  # fmt: skip


def who(cast, may):
    """The names of those who may."""
    return {name for name, user in vars(cast).items() if may(user)}


def take_back(reward, by, at):
    """The ledger carries the reward's amount no more."""
    entry = MoneyEntry.objects.get(
        clue_id=reward.report_id, kind=MoneyKind.VERIFIED, reverses=None, reversal=None
    )
    reverse_entry(entry=entry, remark="复议撤销", by=by, at=at)
    reward.refresh_from_db()


def test_money_comes_back_and_goes_out_through_the_clerk_of_the_county_alone(decided, cast, now):
    reward = make_reward(decided, at=now, by=cast.handler, status="paid")
    payment = Payment.objects.get()
    back = (rules.can_recover, rules.can_give_back)
    for rule in back:
        assert who(cast, lambda user, rule=rule: rule(user, reward)) == set()  # nothing is owed either way
    take_back(reward, cast.handler, now)
    assert [who(cast, lambda user, rule=rule: rule(user, reward)) for rule in back] == [{"cashier"}, set()]
    given = {"paid_on": local_date(now), "remark": "追回", "by": cast.cashier, "at": now}
    recovery = recover(reward=reward, amount=Decimal("120"), voucher="追1", **given)
    verify(reward.report, "10000", by=cast.handler, at=now)
    reward.refresh_from_db()
    assert [who(cast, lambda user, rule=rule: rule(user, reward)) for rule in back] == [set(), {"cashier"}]
    assert who(cast, lambda user: rules.can_issue_code(user, reward)) == {"officer"}
    assert who(cast, lambda user: rules.can_reverse(user, payment)) == {"chief"}
    assert who(cast, lambda user: rules.can_reverse(user, recovery)) == set()


def test_a_payment_is_reversed_once_by_a_leader_of_the_county_s_finance(decided, cast, now):
    make_reward(decided, at=now, by=cast.handler, status="paid")
    payment = Payment.objects.get()
    assert who(cast, lambda user: rules.can_reverse(user, payment)) == {"chief"}
    reverse_payment(payment=payment, voucher="冲1", remark="账户有误", by=cast.chief, at=now)
    payment = Payment.objects.get(pk=payment.pk)
    assert (
        payment.reward.status == "funded"
        and who(cast, lambda user: rules.can_reverse(user, payment)) == set()
    )


def test_pages_of_rewards_open_to_those_who_have_to_do_with_them(cast):
    paying, leading = {"cashier", "far_cashier"}, {"chief", "far_chief"}
    with_rewards = paying | leading | {"bookkeeper", "officer", "deputy", "registrar"}
    assert who(cast, rules.can_list) == with_rewards
    assert who(cast, rules.can_see_budget) == with_rewards | {"coordinator", "leader"}
    assert who(cast, rules.can_keep_budget) == leading
    assert who(cast, rules.can_pay) == who(cast, rules.can_request_file) == paying
    for rule in (
        rules.can_list,
        rules.can_see_budget,
        rules.can_keep_budget,
        rules.can_pay,
        rules.can_request_file,
    ):
        assert not rule(AnonymousUser())


def test_the_steps_of_a_reward_are_each_somebody_s(decided, cast, now):
    steps = {
        "propose": rules.can_propose, "approve": rules.can_approve, "send back": rules.can_send_back,
        "fund": rules.can_fund, "code": rules.can_issue_code, "notify": rules.can_notify, "waive": rules.can_waive,
    }  # fmt: skip
    expected = {
        "computed": {"propose": {"officer"}, "waive": {"officer"}},
        "proposed": {"approve": {"deputy"}, "send back": {"deputy"}, "waive": {"officer"}},
        "approved": {"fund": {"cashier"}, "waive": {"officer"}},
        "funded": {"code": {"officer"}, "waive": {"officer"}},
        "paid": {},
    }
    for status, may in expected.items():
        reward = make_reward(decided, at=now, by=cast.handler, status=status)
        found = {
            name: who(cast, lambda user, rule=rule, reward=reward: rule(user, reward))
            for name, rule in steps.items()
        }
        assert {name: people for name, people in found.items() if people} == may, status
    honorary = make_reward(decided, at=now, by=cast.handler, verified="1000", status="approved")
    assert who(cast, lambda user: rules.can_fund(user, honorary)) == set()  # no money to allocate
    coded, _code = make_reward(decided, at=now, by=cast.handler, status="funded", code=True)
    assert who(cast, lambda user: rules.can_notify(user, coded)) == {"officer"}


def test_papers_pass_from_hand_to_hand(decided, cast, now):
    funded = make_reward(decided, at=now, by=cast.handler, status="funded")
    honorary = make_reward(decided, at=now, by=cast.handler, verified="1000", status="approved")
    paid = make_reward(decided, at=now, by=cast.handler, status="paid")
    for reward, kinds in ((funded, {"notice", "voucher"}), (honorary, {"certificate"}), (paid, {"voucher"})):
        for kind in ("approval", "notice", "voucher", "certificate"):
            may = who(cast, lambda user, reward=reward, kind=kind: rules.can_draft_paper(user, reward, kind))
            assert may == ({"officer"} if kind in kinds else set()), (reward, kind)

    def hands(paper):
        rows = (rules.can_sign_paper, rules.can_issue_paper, rules.can_discard_paper)
        return [who(cast, lambda user, rule=rule: rule(user, paper)) for rule in rows]

    assert hands(funded.papers.get()) == [set()] * 3  # the approval form goes with the approval
    paper = draft_paper(reward=funded, kind="notice", by=cast.officer, at=now)
    assert hands(paper) == [{"deputy"}, set(), {"officer"}]
    sign_paper(paper=paper, by=cast.deputy, at=now)
    assert hands(paper) == [set(), {"registrar"}, {"officer"}]
    number_paper(paper=paper, by=cast.registrar, at=now)
    assert hands(paper) == [set()] * 3
    other = draft_paper(reward=funded, kind="voucher", by=cast.officer, at=now)
    discard_paper(paper=other, by=cast.officer, at=now)
    assert draft_paper(reward=paid, kind="voucher", by=cast.officer, at=now).status == "draft"
    with pytest.raises(WrongState):
        draft_paper(reward=paid, kind="notice", by=cast.officer, at=now)
    assert hands(other) == [set()] * 3


def test_a_bank_file_waits_for_custodians_of_its_county_and_then_for_its_payer(
    decided, cast, insurance, insurance_head, insurance_legal, system_admin, now
):
    reward = make_reward(decided, at=now, by=cast.handler, status="funded")
    file = request_bank_file(rewards=[reward], by=cast.cashier, at=now)
    name_custodian(region=insurance.region, user=insurance_head, by=system_admin, at=now)
    for given in (False, True):
        asked = {user.pk for user in (insurance_head, insurance_legal, cast.cashier, cast.far_chief, cast.gone)
                 if BankFile.objects.to_agree(user, given=given).exists()}  # fmt: skip
        assert asked == {insurance_head.pk}  # the other is a custodian no more than the payer is
    second = somebody(reward.region.departments.get(function=Function.FINANCE), Role.DEPUTY_HEAD, "副局长")
    assert who(cast, lambda user: rules.can_make_file(user, file)) == {"cashier"}
    assert not rules.can_make_file(second, file)
    assert who(cast, lambda user: rules.can_download_file(user, file)) == set()  # nothing is made yet
    close_bank_file(file=file, voucher="", paid_on=None, by=cast.cashier, at=now)
    assert who(cast, lambda user: rules.can_make_file(user, file)) == set()
    assert who(cast, lambda user: rules.can_close_file(user, file)) == set()
    for given in (False, True):
        assert not BankFile.objects.to_agree(insurance_head, given=given).exists()


def test_doors_show_each_department_its_own(decided, cast, now):
    hidden = make_reward(decided, at=now, by=cast.handler)
    reward = make_reward(decided, at=now, by=cast.handler, status="funded")
    request_bank_file(rewards=[reward], by=cast.cashier, at=now)

    def seen(model, **where):
        assert model.objects.exists() and not model.objects.visible_to(AnonymousUser()).exists()
        return who(cast, lambda user: model.objects.visible_to(user).filter(**where).exists())

    paying, own = {"cashier", "chief"}, {"bookkeeper", "officer", "deputy", "registrar"}
    assert seen(Reward, pk=reward.pk) == seen(RewardPaper, reward=reward) == paying | own
    assert seen(Reward, pk=hidden.pk) == own  # not before its approval
    assert seen(RewardBudget) == paying | own | {"coordinator", "leader"}
    assert seen(BankFile) == seen(BankLine) == paying
    assert seen(Eligibility) == {"officer"}
    in_a_post = set(vars(cast)) - {"gone"}
    assert seen(RewardRule, region=None) == in_a_post
    assert seen(RewardRule, region=reward.region) <= in_a_post - {"far_cashier", "far_chief", "outsider"}
    found = RewardRule.objects.in_force(reward.region, local_date(now))
    assert found.first() == reward.rule
