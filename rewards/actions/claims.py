"""The claim code, the day the notice was received, and what happens when nobody claims."""

import datetime as dt
import logging
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core.dates import add_months, local_date
from core.refusals import AlreadyDone, BadInput, Refused, WrongState
from core.sealing import blind_index
from core.wording import for_the_record
from deadlines.actions.clocks import start_clock
from deadlines.enums import DeadlineStatus
from deadlines.models import Deadline
from departments.models import User
from rewards import notices_money as notices
from rewards.actions.approval import let_go
from rewards.actions.money_common import lock_reward, note
from rewards.actions.releasing import CLAIM
from rewards.enums_money import RewardStatus
from rewards.models import Reward

log = logging.getLogger(__name__)
LENGTH = 16
PURPOSE = "rewards.Reward.claim_digest"


def check_digit(first: str) -> str:
    """Luhn's digit: a slip of the finger is told from a wrong code."""
    total = 0
    for place, sign in enumerate(reversed(first)):
        digit = int(sign) * (2 if place % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return str(-total % 10)


def new_code() -> str:
    """16 digits, the last of them Luhn's: 10^15 codes, of which a county has some hundred."""
    first = "".join(secrets.choice("0123456789") for _place in range(LENGTH - 1))
    return first + check_digit(first)


def read_code(text: str) -> str:
    """The digits of a code as somebody typed it, in groups or full width.

    :raises BadInput: not sixteen digits, or the check digit is wrong
    """
    code = (
        "".join(text.split()).replace("-", "").translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    )
    if len(code) != LENGTH or not code.isascii() or not code.isdigit() or check_digit(code[:-1]) != code[-1]:
        raise BadInput(_("This is no claim code: it has 16 digits, and one of them is mistyped."), field="code",
                       record=True)  # fmt: skip
    return code


def digest_of(code: str) -> str:
    return blind_index(code, purpose=PURPOSE)


@transaction.atomic
def issue_code(*, reward: Reward, by: User, at: dt.datetime) -> str:
    """A new claim code for a reward that is funded, or part of which is to be given back; an older code ends. It is
    returned once and kept as a digest only.

    :raises WrongState: nothing waits for a code (neither funded nor to be given back, or the bank has paid), or it is in
        a bank file
    """
    lock_reward(reward)
    if not reward.takes_code:
        raise WrongState(state=reward.status)
    if reward.bank_lines.filter(open=True).exists():
        raise WrongState(_("It is in a bank file: close the file first."))
    code = new_code()
    again = bool(reward.claim_digest)
    reward.claim_digest, reward.code_issued_by, reward.code_issued_at = digest_of(code), by, at
    reward.updated_at, reward.version = at, reward.version + 1
    reward.save(update_fields=["claim_digest", "code_issued_by", "code_issued_at", "updated_at", "version"])
    note("reward.code_issued", reward, by=by, at=at, again=again)
    return code


@transaction.atomic
def note_received(*, reward: Reward, received_on: dt.date, by: User, at: dt.datetime) -> Reward:
    """The reporter has the notice and the code: the window to claim runs, where the rule has one.

    :raises AlreadyDone: it was noted
    :raises BadInput: a day in the future, or before the code was issued
    :raises WrongState: not funded, or no code was issued
    """
    lock_reward(reward)
    if reward.status != RewardStatus.FUNDED or reward.code_issued_at is None:
        raise WrongState(state=reward.status)
    if reward.notified_on is not None:
        raise AlreadyDone(_("The day is noted already."))
    if not local_date(reward.code_issued_at) <= received_on <= local_date(at):
        raise BadInput(_("Between the day of the code and today."), field="received_on")
    reward.notified_on, reward.updated_at, reward.version = received_on, at, reward.version + 1
    reward.save(update_fields=["notified_on", "updated_at", "version"])
    months = reward.rule.claim_months
    due_on = add_months(received_on, months) if months else None
    if due_on is not None:
        start_clock(
            code=CLAIM, target=reward, department=reward.department, region_id=reward.region_id, person=by,
            due_on=due_on, started_at=max(reward.code_issued_at, timezone.make_aware(
                dt.datetime.combine(received_on, dt.time.min))),
            at=at, by=by,
        )  # fmt: skip
    note("reward.notified", reward, by=by, at=at, received_on=received_on, due_on=due_on)
    return reward


@transaction.atomic
def lapse_reward(*, clock: Deadline, at: dt.datetime) -> Reward:
    """逾期未领: the window of a notified reward has passed. Nobody's act; report officers and finance are told.

    :raises WrongState: by now the reward is not funded, or this window runs no more or longer; or it is in a bank file
    """
    found = Reward.objects.select_related("case", "department", "region", "report")
    reward = found.defer("report__facts").get(pk=clock.target_id)
    lock_reward(reward)  # the ledger may have moved, or the code have been brought, since the clock was listed
    running = Deadline.objects.select_for_update().filter(
        pk=clock.pk, status=DeadlineStatus.RUNNING, due_at__lte=at
    )
    if reward.status != RewardStatus.FUNDED or not running.exists():
        raise WrongState(_("The window to claim this reward does not run any more, or runs on."))
    let_go(reward, for_the_record(gettext_noop("Not claimed within the window.")), None, at)
    notices.to_officers(reward, "reward.lapsed", at=at, tone="r")
    notices.to_finance(reward, "reward.lapsed", at=at, tone="r")
    return reward


def waive_unclaimed(*, at: dt.datetime) -> int:
    """Waive what was not claimed within its window; how many. Each in a transaction of its own, as often as run."""
    over = Deadline.objects.filter(
        status=DeadlineStatus.RUNNING, rule_code=CLAIM, target_kind=Reward.kind_code, due_at__lte=at
    )
    done = 0
    for clock in over.order_by("pk"):
        try:
            lapse_reward(clock=clock, at=at)
        except Refused as refusal:  # in a bank file, or claimed or changed in this very moment
            log.warning("reward %s is not waived: %s", clock.target_id, refusal)
        else:
            done += 1
    return done
