"""Where the money goes: paying against a code, the ledger, the budget, ageing, bank files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, Sum
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.wording import money, today
from departments.enums import Role
from rewards import reading_money as reading
from rewards import rules
from rewards.actions import budgets, payments
from rewards.forms_money import BudgetForm, PayForm, ReverseForm
from rewards.models import Payment, Reward, RewardBudget
from rewards.querysets_money import in_finance
from rewards.views.steps_money import PAGE, MoneyStep, crumbs, form_page
from workspace.once import note_no_money, submit


@require_http_methods(["GET", "POST"])
@login_required
def pay(request):
    """At the counter: a code, a voucher number, and no name."""
    if not rules.can_pay(request.user):
        raise PermissionDenied
    form = PayForm(request.POST or None, initial={"paid_on": today()})
    if request.method == "POST" and form.is_valid():
        names = ("code", "voucher", "paid_on", "remark")

        def work(at):
            made = payments.pay_against_code(
                by=request.user, at=at, **{name: form.cleaned_data[name] for name in names}
            )
            messages.success(
                request,
                _("Paid: %(number)s, %(amount)s yuan.")
                % {"number": made.reward.number, "amount": money(made.amount)},
            )
            return made.reward.get_absolute_url()

        answer = submit(request, form, work, verb="reward.paid")
        if answer is not None:
            return answer
    title = _("Pay against the code")
    return form_page(
        request, form, title=title, label=_("Pay"), back_url=reverse("rewards:list"), crumbs=crumbs(title),
        lead=_("Whoever brings the code is paid; number and amount are all that is shown."),
    )  # fmt: skip


class ReversePayment(MoneyStep):
    model, rule, verb, form_class = Payment, rules.can_reverse, "reward.payment_reversed", ReverseForm
    title = label = gettext_lazy("Reverse the payment")
    done = gettext_lazy("Reversed: the reward waits to be paid again.")
    danger = True

    def found(self):
        return (
            super()
            .found()
            .select_related("reward__case", "reward__report", "reward__department", "reward__region")
        )

    def back_url(self, thing):
        return thing.reward.get_absolute_url()

    def lead(self, thing):
        return f"{thing.reward.number}　{money(thing.amount)}"

    def act(self, thing, given, at):
        payments.reverse_payment(
            payment=thing, voucher=given["voucher"], remark=given["remark"], by=self.request.user, at=at
        )


@require_GET
@login_required
def ledger(request):
    """Every payment, reversal and recovery of a year, with its sums."""
    if not rules.can_list(request.user):
        raise PermissionDenied
    year = _year(request)
    rows = Payment.objects.visible_to(request.user).filter(paid_on__year=year)
    sums = rows.aggregate(
        out=Sum("amount", filter=Q(amount__gt=0)), back=Sum("amount", filter=Q(amount__lt=0))
    )
    out, back = sums["out"] or 0, -(sums["back"] or 0)
    shown = rows.select_related("reward", "by").order_by("-paid_on", "-pk")[:PAGE]
    title = _("Payments of rewards")
    context = {
        "title": title, "crumbs": crumbs(title), "rows": shown, "year": year, "years": _years(),
        "sums": [(_("Paid"), out), (_("Came back"), back), (_("Balance"), out - back)], "most": PAGE,
    }  # fmt: skip
    return render(request, "rewards/ledger.html", context)


def _years():
    this = today().year
    return [this, this - 1, this - 2]


def _year(request):
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and int(asked) in _years() else today().year


@require_GET
@login_required
def budget(request):
    """The year's money: granted, allocated, paid, left; and what changed it."""
    user = request.user
    if not rules.can_see_budget(user):
        raise PermissionDenied
    rows = []
    for each in RewardBudget.objects.visible_to(user):
        paid = Payment.objects.filter(reward__budget=each).aggregate(n=Sum("amount"))["n"] or 0  # door: a sum
        rows.append((each, paid))
    entries = []
    if in_finance(user) and rows:
        entries = rows[0][0].entries.select_related("by", "reward").order_by("-pk")[:PAGE]
    title = _("Reward budget")
    context = {
        "title": title, "crumbs": crumbs(title), "rows": rows, "entries": entries,
        "may_keep": rules.can_keep_budget(user),
    }  # fmt: skip
    return render(request, "rewards/budget.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def change_budget(request):
    """Grant or cut the money of a year."""
    user = request.user
    if not rules.can_keep_budget(user):
        raise PermissionDenied
    form = BudgetForm(request.POST or None, initial={"year": today().year})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given.pop("form_key")
        verb = budgets.grant_budget if given.pop("change") == "grant" else budgets.cut_budget

        def work(at):
            verb(region=user.region, by=user, at=at, **given)
            return reverse("rewards:budget")

        answer = submit(request, form, work, verb="reward.budget_granted", done=_("The budget was changed."))
        if answer is not None:
            return answer
    elif request.method == "POST":
        note_no_money(request, form, verb="reward.budget_granted")
    title = _("Change the budget")
    return form_page(
        request, form, title=title, label=_("Save"), back_url=reverse("rewards:budget"), crumbs=crumbs(title)
    )


@require_GET
@login_required
def ageing(request):
    """及时兑现: how long approved rewards wait for their money. The office sees counts and amounts only."""
    user = request.user
    if not rules.can_see_budget(user):
        raise PermissionDenied
    if user.has_role(Role.COORDINATOR, Role.OBSERVER):
        found = Reward.objects.filter(region=user.region)  # door: counts and amounts of the region, no row
    else:
        found = Reward.objects.visible_to(user)
    title = _("Prompt payment of rewards")
    context = {
        "title": title, "crumbs": [(title, "")] if not rules.can_list(user) else crumbs(title), "year": today().year,
        "rows": reading.ageing(found, timezone.now()), "prompt": reading.promptness(found, today().year),
    }  # fmt: skip
    return render(request, "rewards/ageing.html", context)
