"""Rewards: the list, one reward, and its steps."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from core.tally import tally
from core.wording import money, today
from rewards import reading_money as reading
from rewards import rules
from rewards.actions import approval, budgets, claims, papers_money, payments
from rewards.enums_money import PaperKind, RewardStatus
from rewards.forms_money import GiveBackForm, PaperForm, ProposeForm, ReasonForm, ReceivedForm, RecoverForm
from rewards.models import Reward, RewardPaper
from rewards.reading_reports import clocks
from rewards.views.steps_money import MoneyStep
from rewards.workbench_money import to_do

PAGE = 50
S = RewardStatus
TABS = {
    "open": (S.COMPUTED, S.PROPOSED, S.APPROVED, S.FUNDED), "computed": (S.COMPUTED,), "proposed": (S.PROPOSED,),
    "approved": (S.APPROVED,), "funded": (S.FUNDED,), "paid": (S.PAID,), "honoured": (S.HONOURED,),
    "over": (S.WAIVED, S.VOID),
}  # fmt: skip


def _tab_words():
    return {
        "mine": _("To be done by me"), "open": pgettext("reward", "Under way"), "computed": _("Computed"),
        "proposed": _("Proposed"),
        "approved": _("Approved"), "funded": _("Funded"), "paid": _("Paid"), "honoured": _("Honoured"),
        "over": _("Waived or void"),
    }  # fmt: skip


@require_GET
@login_required
def reward_list(request):
    """Rewards by state, newest first; the tabs count."""
    user = request.user
    if not rules.can_list(user):
        raise PermissionDenied
    seen = Reward.objects.visible_to(user)
    found = {"mine": to_do(user), **{tab: seen.filter(status__in=states) for tab, states in TABS.items()}}
    tab = request.GET.get("tab", "open")
    tab = tab if tab in found else "open"
    word = request.GET.get("q", "").strip()[:60]
    rows = found[tab].for_list()
    if word:
        rows = rows.filter(number__icontains=word)
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    shown = list(rows.order_by("-pk")[: PAGE + 1])
    more, shown = len(shown) > PAGE, shown[:PAGE]
    keep = {"tab": tab, **({"q": word} if word else {})}
    counts = tally(found.values())
    words = _tab_words()
    context = {
        "title": _("Rewards"), "crumbs": [(_("Rewards"), "")], "tab": tab, "word": word, "rows": shown,
        "tabs": [(code, words[code], n) for code, n in zip(found, counts, strict=True)],
        "may_pay": rules.can_pay(user),
        "page": {
            "has_previous": bool(before), "has_next": more, "first_query": urlencode(keep),
            "previous_query": urlencode(keep), "next_query": urlencode({**keep, "before": shown[-1].pk}) if more else "",
        },
    }  # fmt: skip
    return render(request, "rewards/list_money.html", context)


@require_GET
@login_required
def detail(request, pk):
    """One reward: what it comes from, where it stands, what this person may do."""
    user = request.user
    found = Reward.objects.visible_to(user).select_related(
        "department", "region", "rule", "case", "report", "reporter", "budget", "proposed_by", "approved_by", "funded_by",
        "paid_by", "honoured_by",
    )  # fmt: skip
    reward = get_object_or_404(found.defer("report__facts"), pk=pk)
    lacking = reading.undecided(reward)
    text, why = reading.waiting_for(reward, lacking)
    offers = reading.offers(user, reward, lacking)
    step = None
    if text:
        first = offers[0] if offers and not offers[0].danger else None
        step = {
            "text": text,
            "why": why,
            "lamp": "y",
            "url": first.url if first else "",
            "label": first.label if first else "",
        }
    own = rules.of_department(user, reward)
    payments_made = reward.payments.select_related("by", "reward", "reversal")
    return render(
        request,
        "rewards/reward.html",
        {
            "reward": reward, "step": step, "offers": offers[1:] if step and step["url"] else offers,
            "steps": reading.track(reward), "clocks": clocks(reward), "days": reading.history(reward, user),
            "papers": reading.papers(reward, user), "own": own,
            "payments": [(payment, rules.can_reverse(user, payment)) for payment in payments_made],
        },
    )  # fmt: skip


class RewardStep(MoneyStep):
    model = Reward

    def found(self):
        return (
            super()
            .found()
            .select_related("case", "report", "region", "department", "rule")
            .defer("report__facts")
        )

    def lead(self, thing):
        """What is decided about: the number, what was verified, and what it comes to."""
        values = {"number": thing.number, "base": money(thing.base), "amount": money(thing.amount)}
        if thing.honorary:
            return _("%(number)s: %(base)s yuan verified, honorary") % values
        return _("%(number)s: %(base)s yuan verified, reward %(amount)s yuan") % values


class Propose(RewardStep):
    rule, verb, form_class = rules.can_propose, "reward.proposed", ProposeForm
    title = label = gettext_lazy("Propose the reward")
    done = gettext_lazy("Proposed.")

    def act(self, thing, given, at):
        approval.propose_reward(reward=thing, effective_on=given["effective_on"], by=self.request.user, at=at)


class Approve(RewardStep):
    rule, verb, template = rules.can_approve, "reward.approved", "partials/confirm.html"
    title = label = gettext_lazy("Approve the reward")
    effect = gettext_lazy(
        "The approval form is numbered and printed; then the finance department allocates the money."
    )
    done = gettext_lazy("Approved.")

    def act(self, thing, given, at):
        approval.approve_reward(reward=thing, by=self.request.user, at=at)


class SendBack(RewardStep):
    rule, verb, form_class = rules.can_send_back, "reward.sent_back", ReasonForm
    title = label = gettext_lazy("Send the proposal back")
    done = gettext_lazy("Sent back.")

    def act(self, thing, given, at):
        approval.send_back_reward(reward=thing, reason=given["reason"], by=self.request.user, at=at)


class Waive(RewardStep):
    rule, verb, form_class = rules.can_waive, "reward.waived", ReasonForm
    title = label = gettext_lazy("The reporter gives the reward up")
    done = gettext_lazy("The reward is waived.")
    danger = True

    def act(self, thing, given, at):
        approval.waive_reward(reward=thing, reason=given["reason"], by=self.request.user, at=at)


class Fund(RewardStep):
    rule, verb, template = rules.can_fund, "reward.funded", "partials/confirm.html"
    title = label = gettext_lazy("Allocate the reward")
    effect = gettext_lazy(
        "The amount is taken from this year's reward budget and waits for who brings the claim code."
    )
    done = gettext_lazy("Allocated.")

    def act(self, thing, given, at):
        budgets.fund_reward(reward=thing, by=self.request.user, at=at)


class Code(RewardStep):
    """The answer is the code itself, once: the step cannot redirect, and no cache may keep it."""

    rule, verb, template = rules.can_issue_code, "reward.code_issued", "partials/confirm.html"
    title = label = gettext_lazy("Issue the claim code")
    effect = gettext_lazy("The code is shown once, now. A code issued before ends.")

    def post(self, request, pk):
        self.code = ""
        answer = super().post(request, pk)
        if not self.code:
            return answer
        reward = self.load(pk)
        shown = render(
            request, "rewards/claim_code.html", {"reward": reward, "code": self.code, "title": self.title}
        )
        shown["Cache-Control"] = "no-store"
        return shown

    def act(self, thing, given, at):
        self.code = claims.issue_code(reward=thing, by=self.request.user, at=at)


class Received(RewardStep):
    rule, verb, form_class = rules.can_notify, "reward.notified", ReceivedForm
    title = label = gettext_lazy("Note the receipt of the notice")
    done = gettext_lazy("Noted.")

    def initial(self, thing):
        return {"received_on": today()}

    def act(self, thing, given, at):
        claims.note_received(reward=thing, received_on=given["received_on"], by=self.request.user, at=at)


class Recover(RewardStep):
    rule, verb, form_class = rules.can_recover, "reward.recovered", RecoverForm
    title = label = gettext_lazy("Enter what came back")
    done = gettext_lazy("Entered.")

    def initial(self, thing):
        return {"amount": thing.to_recover, "paid_on": today()}

    def act(self, thing, given, at):
        names = ("amount", "voucher", "paid_on", "remark")
        payments.recover(reward=thing, by=self.request.user, at=at, **{name: given[name] for name in names})


class GiveBack(RewardStep):
    rule, verb, form_class = rules.can_give_back, "reward.given_back", GiveBackForm
    title = label = gettext_lazy("Give back what was recovered")
    done = gettext_lazy("Entered.")

    def initial(self, thing):
        return {"amount": thing.to_return, "paid_on": today()}

    def act(self, thing, given, at):
        names = ("amount", "code", "voucher", "paid_on", "remark")
        payments.give_back(reward=thing, by=self.request.user, at=at, **{name: given[name] for name in names})


def _kinds(user, reward) -> list[str]:
    return [kind for kind in PaperKind.values if rules.can_draft_paper(user, reward, kind)]


class Draft(RewardStep):
    verb, form_class = "reward.paper_drafted", PaperForm
    title = label = gettext_lazy("Draft a paper")
    done = gettext_lazy("Drafted: another person signs it.")

    def allowed(self, thing):
        return bool(_kinds(self.request.user, thing))

    def keywords(self, thing):
        return {"kinds": _kinds(self.request.user, thing)}

    def act(self, thing, given, at):
        papers_money.draft_paper(
            reward=thing, kind=given["kind"], text=given["text"], by=self.request.user, at=at
        )


class PaperStep(MoneyStep):
    model, template = RewardPaper, "partials/confirm.html"

    def found(self):
        return (
            super()
            .found()
            .select_related("reward__case", "reward__department", "reward__region", "reward__rule")
        )

    def back_url(self, thing):
        return thing.reward.get_absolute_url()


class PaperSign(PaperStep):
    rule, verb = rules.can_sign_paper, "reward.paper_signed"
    title = label = gettext_lazy("Sign the paper")
    effect = gettext_lazy("It is signed as it stands; the registrar numbers and prints it.")
    done = gettext_lazy("Signed: the registrar numbers it.")

    def act(self, thing, given, at):
        papers_money.sign_paper(paper=thing, by=self.request.user, at=at)


class PaperNumber(PaperStep):
    rule, verb = rules.can_issue_paper, "reward.paper_numbered"
    title = label = gettext_lazy("Number the paper")
    effect = gettext_lazy("It gets its number and is printed; it does not change any more.")
    done = gettext_lazy("Numbered.")

    def act(self, thing, given, at):
        papers_money.number_paper(paper=thing, by=self.request.user, at=at)


class PaperDiscard(PaperStep):
    rule, verb, danger = rules.can_discard_paper, "reward.paper_discarded", True
    title = label = gettext_lazy("Give the paper up")
    done = gettext_lazy("Given up.")

    def act(self, thing, given, at):
        papers_money.discard_paper(paper=thing, by=self.request.user, at=at)


STEPS = {
    "propose": Propose, "approve": Approve, "send_back": SendBack, "waive": Waive, "fund": Fund, "code": Code,
    "received": Received, "recover": Recover, "give_back": GiveBack, "draft": Draft,
}  # fmt: skip
PAPER_STEPS = {"paper_sign": PaperSign, "paper_number": PaperNumber, "paper_discard": PaperDiscard}
