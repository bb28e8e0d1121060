"""What pages show of rewards: next step, track, clocks, history, ageing. Nothing here writes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from core.wording import moment
from departments.models import User
from journal.models import Event
from journal.render import timeline
from rewards import rules
from rewards.actions.deciding import still_to_decide
from rewards.enums_money import BankFileStatus, PaperKind, PaperStatus, RewardStatus
from rewards.models import BankFile, Reward
from rewards.refusals_opening import FOR_GOOD, REFUSALS, EarlierKey

ZERO = Decimal("0.00")
BEFORE_APPROVAL = (RewardStatus.COMPUTED, RewardStatus.PROPOSED)


@dataclass(frozen=True)
class Offer:
    """One button of a reward's page."""

    label: Any
    url: str
    danger: bool = False


def _url(step: str, reward: Reward) -> str:
    return reverse(f"rewards:{step}", args=[reward.pk])


def undecided(reward: Reward) -> str:
    """Who has to decide before anything can be granted, in a sentence; nothing where all have, or it is granted."""
    return still_to_decide(reward) if reward.status in BEFORE_APPROVAL else ""


def offers(user: User, reward: Reward, lacking: str | None = None) -> list[Offer]:
    """What this person may do now, the likeliest first. lacking: `undecided`, where the caller knows it."""
    lacking = undecided(reward) if lacking is None else lacking
    found = []
    table = (
        (rules.can_propose, _("Propose the reward"), "propose", False),
        (rules.can_approve, _("Approve"), "approve", False),
        (rules.can_fund, _("Allocate"), "fund", False),
        (rules.can_notify, _("Note the receipt"), "received", False),
        (rules.can_issue_code, _("Issue the claim code"), "code", False),
        (rules.can_recover, _("Enter what came back"), "recover", False),
        (rules.can_give_back, _("Give back what was recovered"), "give_back", False),
        (rules.can_send_back, _("Send back"), "send_back", False),
        (rules.can_waive, _("Given up by the reporter"), "waive", True),
    )
    for rule, label, step, danger in table:
        if rule(user, reward) and not (lacking and step in ("propose", "approve")):
            if step == "code" and reward.code_issued_at:  # the one handed over would end: never the likeliest step
                label, danger = _("Issue a new claim code"), True
            found.append(Offer(label, _url(step, reward), danger))
    if any(rules.can_draft_paper(user, reward, kind) for kind in PaperKind.values):
        place = 0 if reward.honorary or reward.code_issued_at is None else len(found)
        found.insert(place, Offer(_("Draft a paper"), _url("draft", reward)))
    if reward.status == RewardStatus.FUNDED and rules.can_pay(user):
        found.insert(0, Offer(_("Pay against the code"), reverse("rewards:pay")))
    return found


def waiting_for(reward: Reward, lacking: str | None = None) -> tuple[str, str]:
    """(what is next, who does it), in words. lacking: `undecided`, where the caller knows it."""
    lacking = undecided(reward) if lacking is None else lacking
    if lacking:
        return _("Wait for the decision of the case"), lacking
    if reward.status == RewardStatus.COMPUTED:
        return _("Propose the reward"), _("The decision stands: the report officer proposes.")
    if reward.status == RewardStatus.PROPOSED:
        return _("Approve or send back"), _("A deputy head or the head, never who proposed it.")
    if reward.status == RewardStatus.APPROVED and reward.honorary:
        return _("Issue the certificate of honour"), _(
            "The report officer drafts, another signs, the registrar numbers it."
        )
    if reward.status == RewardStatus.APPROVED:
        return _("Allocate the money"), _("The finance clerk, from this year's reward budget.")
    if reward.status == RewardStatus.FUNDED and reward.code_issued_at is None:
        return _("Hand over notice and claim code"), _("The code is shown once and kept as a digest only.")
    if reward.status == RewardStatus.FUNDED:
        return _("Wait for the claim"), _("The finance clerk pays whoever brings the code, without a name.")
    if reward.to_recover:
        return _("Recover what was paid too much"), _("The ledger carries less than was paid.")
    if reward.to_return:
        return _("Give back what was recovered too much"), _(
            "The ledger carries more again than is left paid. A reporter whose code is lost gets a new one of the report"
            " officer."
        )
    return "", ""


def track(reward: Reward) -> list[dict[str, Any]]:
    """核算 → 拟奖 → 审批 → 拨付 → 领取, as far as it has come."""
    done = [(_("Computed"), reward.computed_at, None), (_("Proposed"), reward.proposed_at, reward.proposed_by),
            (_("Approved"), reward.approved_at, reward.approved_by)]  # fmt: skip
    if reward.honorary:
        done.append((_("Honoured"), reward.honoured_at, reward.honoured_by))
    else:
        done += [
            (_("Funded"), reward.funded_at, reward.funded_by),
            (_("Paid"), reward.paid_at, reward.paid_by),
        ]
    over = reward.status in (RewardStatus.WAIVED, RewardStatus.VOID)
    steps, now = [], True
    for label, at, by in done:
        state = "ok" if at else "blue" if now and not over else ""
        now = now and at is not None
        steps.append(
            {
                "label": label,
                "state": state,
                "who": by.name if by else "",
                "when_text": moment(at) if at else "",
            }
        )
    if over:
        steps.append(
            {
                "label": reward.get_status_display(),
                "state": "bad",
                "who": "",
                "when_text": moment(reward.updated_at),
            }
        )
    return steps


def history(reward: Reward, user: User) -> list[tuple[Any, list]]:
    return timeline(Event.objects.filter(target_kind=reward.kind_code, target_id=reward.pk), user)


def failure_of(file: BankFile) -> tuple[str, bool] | None:
    """(why a custodian's key did not open a bank file that waits, with the rows; whether it is to be closed)."""
    if file.status != BankFileStatus.REQUESTED:
        return None
    told = Event.objects.filter(target_kind=file.kind_code, target_id=file.pk)
    told = told.filter(params__attempt_reason__in=[*FOR_GOOD, EarlierKey.__name__])
    # one refused for good outweighs whatever came afterwards
    last = told.filter(params__attempt_reason__in=FOR_GOOD).order_by("-pk").first() or told.order_by("-pk").first()
    if last is None:
        return None
    name, rows = last.params["attempt_reason"], last.params.get("rows", [])
    return str(REFUSALS[name](positions=rows)), name in FOR_GOOD


BUCKETS = (30, 60, 90, None)  # days since the approval


def ageing(found: Iterable[Any], at: dt.datetime) -> list[dict[str, Any]]:
    """及时兑现: approved and not paid yet, by the days since the approval; counts and yuan."""
    rows, low = [], -1
    for high in BUCKETS:
        since = Q(approved_at__lte=at - dt.timedelta(days=low + 1)) if low >= 0 else Q()
        if high is not None:
            since &= Q(approved_at__gt=at - dt.timedelta(days=high + 1))
        rows.append((high, since))
        low = high or 0
    unpaid = found.filter(status__in=(RewardStatus.APPROVED, RewardStatus.FUNDED), honorary=False)  # type: ignore[attr-defined]
    asked = {}
    for place, (_days, since) in enumerate(rows):
        asked[f"n{place}"] = Count("pk", filter=since)
        asked[f"sum{place}"] = Sum("amount", filter=since)
    got = unpaid.aggregate(**asked)
    words = (_("up to 30 days"), _("31 to 60 days"), _("61 to 90 days"), _("more than 90 days"))
    return [
        {
            "label": words[place],
            "count": got[f"n{place}"],
            "sum": got[f"sum{place}"] or ZERO,
            "late": place > 0,
        }
        for place in range(len(rows))
    ]


def promptness(found: Any, year: int) -> dict[str, Any]:
    """Of the rewards paid in a year: how many, how much, and the days from approval to payment."""
    paid = found.filter(status=RewardStatus.PAID, paid_at__year=year)
    got = paid.aggregate(n=Count("pk"), sum=Sum(F("amount") - F("recovered")))
    spans = sorted(
        (paid_at - approved_at).days for paid_at, approved_at in paid.values_list("paid_at", "approved_at")
    )
    return {"count": got["n"], "sum": got["sum"] or ZERO, "median": spans[len(spans) // 2] if spans else None,
            "longest": spans[-1] if spans else None}  # fmt: skip


def papers(reward: Reward, user: User) -> list[tuple[Any, list[Offer]]]:
    """The papers with what this person may do with each."""
    found = []
    for paper in reward.papers.exclude(status=PaperStatus.DISCARDED).select_related(
        "document", "drafted_by", "reward"
    ):
        steps = (
            (rules.can_sign_paper, _("Sign"), "paper_sign", False),
            (rules.can_issue_paper, _("Number and print"), "paper_number", False),
            (rules.can_discard_paper, _("Give up"), "paper_discard", True),
        )  # fmt: skip
        may = [
            Offer(label, reverse(f"rewards:{step}", args=[paper.pk]), bad)
            for rule, label, step, bad in steps
            if rule(user, paper)
        ]
        found.append((paper, may))
    return found
