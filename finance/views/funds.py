"""A supervision fund: opened, its entries, a reversal."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.wording import money
from finance import reading, rules
from finance.actions import funds as actions
from finance.enums import USES
from finance.forms import EntryForm, FundForm, ReasonForm
from finance.models import FundEntry, SupervisionFund
from finance.views.base import RegisterStep, crumbs, new_row


@require_GET
@login_required
def fund_page(request, pk):
    """The entries of a fund and what they come to."""
    user = request.user
    found = SupervisionFund.objects.visible_to(user).with_sums().select_related("department", "by")
    fund = get_object_or_404(found, pk=pk)
    entries = fund.entries.select_related("by", "reverses", "reversal").order_by("-pk")
    context = {
        "title": str(fund), "crumbs": crumbs(reading.FUNDS, str(fund)), "fund": fund, "may_write": rules.can_write(user),
        "entries": [(entry, rules.can_reverse(user, entry)) for entry in entries],
    }  # fmt: skip
    return render(request, "finance/fund.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_fund(request):
    """Open a fund with its budget."""
    if not rules.can_write(request.user):
        raise PermissionDenied
    return new_row(
        request, FundForm, actions.open_fund, reading.FUNDS, verb="fund.entered", title=_("Open a fund"),
        done=_("The fund stands in the register."), template="finance/fund_form.html", uses=USES,
    )  # fmt: skip


class Enter(RegisterStep):
    model, verb, form_class, register = SupervisionFund, "fund.entered", EntryForm, reading.FUNDS
    title = gettext_lazy("Enter an amount of the fund")
    label = pgettext_lazy("fund", "Enter")
    done = gettext_lazy("The amount is entered.")

    def found(self):
        return super().found().with_sums().select_related("department")

    def allowed(self, thing):
        return rules.can_write(self.request.user)

    def context(self, thing):
        lead = _("Budgeted %(budgeted)s, granted %(granted)s, spent %(spent)s yuan") % {
            "budgeted": money(thing.budgeted), "granted": money(thing.granted), "spent": money(thing.spent),
        }  # fmt: skip
        return {**super().context(thing), "lead": f"{thing} · {lead}"}

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("kind", "amount", "document", "happened_on", "remark")}
        return actions.enter_amount(fund=thing, by=self.request.user, at=at, **given)


class Reverse(RegisterStep):
    model, verb, form_class, register = FundEntry, "fund.reversed", ReasonForm, reading.FUNDS
    template, danger = "partials/confirm.html", True
    rule = staticmethod(rules.can_reverse)
    title = label = pgettext_lazy("fund", "Reverse the entry")
    effect = gettext_lazy("An entry of the same amount below zero is added; both stay on record.")
    done = pgettext_lazy("fund", "The entry was reversed.")

    def found(self):
        return super().found().select_related("fund__department", "reversal")

    def context(self, thing):
        said = pgettext("fund", "%(fund)s: %(kind)s %(amount)s yuan, %(document)s") % {
            "fund": thing.fund, "kind": thing.get_kind_display(), "amount": money(thing.amount), "document": thing.document,
        }  # fmt: skip
        return {**super().context(thing), "object": said}

    def back_url(self, thing):
        return thing.fund.get_absolute_url()

    def act(self, thing, form, at):
        return actions.reverse_entry(entry=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)
