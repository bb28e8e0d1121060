"""Money goes out against a claim code, once; corrections by reversal; what was too much comes back."""

import datetime as dt
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cases.actions.money import enter_money, reverse_entry
from cases.enums import MoneyKind
from cases.models import MoneyEntry
from core.dates import local_date
from core.money import exact
from core.refusals import AlreadyDone, BadInput, FourEyes, MovedOn, WrongState
from core.states import move
from core.wording import money
from deadlines.actions.clocks import meet_clock, open_clock
from departments.models import User
from rewards import notices_money as notices
from rewards.actions.approval import check_figures
from rewards.actions.claims import digest_of, read_code
from rewards.actions.computing import say_what_is_owed, settle_report
from rewards.actions.deciding import check_effective
from rewards.actions.money_common import lock_reward, needed, note
from rewards.actions.releasing import CLAIM
from rewards.enums_money import BudgetKind, PaymentKind, PaymentMethod, RewardStatus
from rewards.models import BudgetEntry, Payment, Reward, RewardBudget


def find_by_code(code: str, by: User) -> Reward:
    """The reward of a claim code in the payer's region.

    :raises BadInput: no code, or nobody's
    :raises AlreadyDone: it was used; where part is to be given back, the sentence says so
    """
    digest = digest_of(read_code(code))
    reward = Reward.objects.filter(claim_digest=digest, region=by.region).select_related("case").first()
    if reward is None:
        raise BadInput(_("This claim code is not known: nothing is paid."), field="code", record=True)
    if reward.status == RewardStatus.PAID and reward.takes_code:
        raise AlreadyDone(
            _("Reward %(number)s is paid; %(back)s yuan of it are to be given back: do that on its page, with this code.")
            % {"number": reward.number, "back": money(reward.to_return)},
            field="code", record=True,
        )  # fmt: skip
    if reward.status == RewardStatus.PAID:
        raise AlreadyDone(
            _("This claim code was used already: reward %(number)s is paid.") % {"number": reward.number},
            field="code", record=True,
        )  # fmt: skip
    return reward


@transaction.atomic
def pay_against_code(
    *, code: str, voucher: str, paid_on: dt.date, remark: str = "", by: User, at: dt.datetime
) -> Payment:
    """Pay the reward a claim code stands for, whoever brings it. The payer sees its number and amount only.

    :raises BadInput: a wrong code, a voucher used before, or a day that cannot be
    :raises AlreadyDone: the code was used
    :raises FourEyes: by who proposed or approved it
    :raises WrongState, MovedOn: it is not funded, the window is over, or somebody pays it in this moment
    """
    reward = find_by_code(code, by)
    lock_reward(reward)
    find_by_code(code, by)  # while the lock was waited for, it may have been paid, or the code have ended
    clock = open_clock(reward, CLAIM)
    if clock is not None and clock.due_at <= at:
        raise WrongState(_("The window to claim this reward is over."), field="code", record=True)
    if reward.bank_lines.filter(open=True).exists():
        raise WrongState(_("It is in a bank file: close the file first."), field="code", record=True)
    return pay(reward, PaymentMethod.CODE, voucher, paid_on, remark, by, at)


def pay(
    reward: Reward, method: str, voucher: str, paid_on: dt.date, remark: str, by: User, at: dt.datetime
) -> Payment:
    """Part of the ways to pay: the reward is locked, everything else is asked here."""
    if reward.status != RewardStatus.FUNDED or reward.funded_at is None:
        raise WrongState(_("This reward is not ready to be paid."), field="code", record=True)
    if by.pk in (reward.proposed_by_id, reward.approved_by_id):
        raise FourEyes(_("You proposed or approved this reward: somebody else has to pay it."))
    if not local_date(reward.funded_at) <= paid_on <= local_date(at):
        raise BadInput(_("Between the day it was funded and today."), field="paid_on")
    if method == PaymentMethod.CODE:  # what the bank has paid is paid; the ledger asks it back
        check_effective(reward, reward.effective_on, at)
        check_figures(reward)
    move(reward, RewardStatus.PAID, at=at, paid_by=by, paid_at=at)
    entry = enter_money(
        case=reward.case, kind=MoneyKind.REWARDED, amount=reward.amount, happened_on=paid_on,
        document=voucher.strip(), remark=reward.number, by=by, at=at,
    )  # fmt: skip
    attempt = reward.payments.filter(kind=PaymentKind.PAYMENT).count() + 1
    payment = _write(
        reward, PaymentKind.PAYMENT, reward.amount, voucher, paid_on, remark, by, at, method=method, attempt=attempt,
        entry=entry,
    )  # fmt: skip
    clock = open_clock(reward, CLAIM)
    if clock is not None:
        meet_clock(deadline=clock, at=at)
    note(
        "reward.paid", reward, by=by, at=at, amount=reward.amount, voucher=payment.voucher, method=str(method)
    )
    notices.to_officers(reward, "reward.was_paid", at=at, tone="g")
    say_what_is_owed(reward, at=at)  # the ledger may have shrunk while the bank had it
    return payment


def _write(
    reward: Reward, kind: str, amount: Decimal, voucher: str, paid_on: dt.date, remark: str, by: User, at: dt.datetime,
    **more: object,
) -> Payment:  # fmt: skip
    voucher = voucher.strip()
    if not voucher:
        raise BadInput(_("Enter the voucher number."), field="voucher")
    try:
        with transaction.atomic():
            return Payment.objects.create(
                reward=reward, region=reward.region, kind=kind, amount=amount, voucher=voucher, paid_on=paid_on,
                remark=remark.strip(), by=by, at=at, **more,
            )  # fmt: skip
    except IntegrityError as clash:
        if "payment_voucher_once" in str(clash):
            taken = _("This voucher number is used already.")
            raise BadInput(taken, field="voucher", record=True) from clash
        raise MovedOn from clash


@transaction.atomic
def reverse_payment(*, payment: Payment, voucher: str, remark: str, by: User, at: dt.datetime) -> Payment:
    """A payment that came back or was wrong is cancelled by its negative; the reward waits to be paid again.

    :raises FourEyes: by who paid it
    :raises AlreadyDone: it was reversed
    :raises BadInput: no reason, no voucher number, or one used before
    :raises WrongState: the reward is not paid, or some of it was recovered
    """
    remark = needed(remark, "remark")
    reward = payment.reward
    lock_reward(reward)
    if payment.by_id == by.pk:
        raise FourEyes(_("You made this payment: somebody else has to reverse it."))
    if Payment.objects.filter(reverses=payment).exists():
        raise AlreadyDone(_("This payment was reversed already."), record=True)
    if reward.status != RewardStatus.PAID or payment.kind != PaymentKind.PAYMENT or reward.recovered:
        raise WrongState(_("Only a whole payment is reversed."))
    entry = _entry(reward)
    reverse_entry(entry=entry, remark=remark, by=by, at=at)
    made = _write(
        reward, PaymentKind.REVERSAL, -payment.amount, voucher, local_date(at), remark, by, at, reverses=payment,
    )  # fmt: skip
    # paid_by stays with the payment; the code was seen: a new one has to be issued
    move(
        reward, RewardStatus.FUNDED, at=at, paid_by=None, paid_at=None, claim_digest="", code_issued_by=None,
        code_issued_at=None, notified_on=None,
    )  # fmt: skip
    note(
        "reward.payment_reversed",
        reward,
        by=by,
        at=at,
        amount=payment.amount,
        voucher=made.voucher,
        reason=remark,
    )
    notices.to_officers(reward, "reward.was_reversed", at=at, tone="r")
    settle_report(report=reward.report, at=at)
    reward.refresh_from_db()
    return made


@transaction.atomic
def recover(
    *, reward: Reward, amount: Decimal, voucher: str, paid_on: dt.date, remark: str, by: User, at: dt.datetime
) -> Payment:
    """追回: what was paid beyond what the ledger carries now has come back, in yuan; the budget gets it.

    :raises BadInput: not above zero, finer than the fen, more than is to be recovered, a day that cannot be
    :raises WrongState: nothing is to be recovered
    """
    amount, remark = exact(amount), needed(remark, "remark")
    lock_reward(reward)
    if not reward.to_recover:
        raise WrongState(_("Nothing is to be recovered here."))
    if amount > reward.to_recover:
        raise BadInput(_("More than is to be recovered."), field="amount", record=True)
    if reward.paid_at is None or not local_date(reward.paid_at) <= paid_on <= local_date(at):
        raise BadInput(_("Between the day it was paid and today."), field="paid_on")
    payment = _correct(reward, PaymentKind.RECOVERY, -amount, voucher, paid_on, remark, by, at)
    note("reward.recovered", reward, by=by, at=at, amount=amount, voucher=payment.voucher, reason=remark)
    return payment


@transaction.atomic
def give_back(
    *,
    reward: Reward,
    amount: Decimal,
    code: str,
    voucher: str,
    paid_on: dt.date,
    remark: str,
    by: User,
    at: dt.datetime,
) -> Payment:
    """退还: what was recovered, and by the ledger as it is now should not have been, goes back to the reporter, in yuan.
    code: the claim code the reward was paid against, or the one issued in its place (`issue_code`); empty where the bank
    paid, which has the account.

    :raises BadInput: not above zero, finer than the fen, more than is owed, a wrong code, a day that cannot be, or more
        than the budget has left
    :raises FourEyes: by who proposed or approved the reward
    :raises WrongState: nothing is to be given back
    """
    amount, remark = exact(amount), needed(remark, "remark")
    lock_reward(reward)
    if not reward.to_return:
        raise WrongState(_("Nothing is to be given back here."))
    if by.pk in (reward.proposed_by_id, reward.approved_by_id):
        raise FourEyes(_("You proposed or approved this reward: somebody else has to pay it."))
    if amount > reward.to_return:
        raise BadInput(_("More than is to be given back."), field="amount", record=True)
    if reward.paid_by_code and digest_of(read_code(code)) != reward.claim_digest:
        raise BadInput(
            _(
                "This is not the code of this reward: nothing is paid. For a lost one the report officer issues a new one."
            ),
            field="code",
            record=True,
        )
    if reward.paid_at is None or not local_date(reward.paid_at) <= paid_on <= local_date(at):
        raise BadInput(_("Between the day it was paid and today."), field="paid_on")
    payment = _correct(reward, PaymentKind.RETURN, amount, voucher, paid_on, remark, by, at)
    note("reward.given_back", reward, by=by, at=at, amount=amount, voucher=payment.voucher, reason=remark)
    return payment


def _correct(
    reward: Reward,
    kind: str,
    amount: Decimal,
    voucher: str,
    paid_on: dt.date,
    remark: str,
    by: User,
    at: dt.datetime,
) -> Payment:
    """A part that came back (`amount` below zero) or goes out again, with the case's ledger and the budget."""
    reverse_entry(entry=_entry(reward), remark=remark, by=by, at=at)
    rest = reward.amount - reward.recovered + amount
    entry = None
    if rest:
        entry = enter_money(
            case=reward.case, kind=MoneyKind.REWARDED, amount=rest, happened_on=paid_on, document=voucher.strip(),
            remark=reward.number, by=by, at=at,
        )  # fmt: skip
    payment = _write(reward, kind, amount, voucher, paid_on, remark, by, at, entry=entry)
    reward.recovered -= amount
    reward.updated_at, reward.version = at, reward.version + 1
    reward.save(update_fields=["recovered", "updated_at", "version"])
    assert reward.budget_id is not None
    budget = RewardBudget.objects.select_for_update().get(pk=reward.budget_id)
    if budget.left < amount:
        raise BadInput(
            _("Only %(left)s yuan of the budget are left.") % {"left": money(budget.left)},
            field="amount",
            record=True,
        )
    budget.allocated += amount
    budget.updated_at, budget.version = at, budget.version + 1
    budget.save(update_fields=["allocated", "updated_at", "version"])
    BudgetEntry.objects.create(
        budget=budget,
        kind=BudgetKind.ALLOCATED if amount > 0 else BudgetKind.RELEASED,
        amount=abs(amount),
        reward=reward,
        remark=remark[:200],
        by=by,
        at=at,
    )
    return payment


def _entry(reward: Reward) -> MoneyEntry:
    """The live entry of this reward in the ledger of its case."""
    paid = reward.payments.filter(entry__isnull=False).select_related("entry__case").order_by("-pk").first()
    assert paid is not None and paid.entry is not None
    return paid.entry
