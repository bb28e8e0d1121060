"""The finance department: what came in, confirmed by voucher against the ledger."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from cases import finance
from cases import rules_finance as rules
from cases.actions import finance_confirming as actions
from cases.enums import ACCOUNTS, MoneyKind
from cases.forms.finance import ConfirmForm, TakeBackForm
from cases.models import MoneyConfirmation, MoneyEntry
from core.books import XLSX
from core.refusals import Refused
from core.tally import tally
from core.wording import money, today
from documents import storage
from documents.downloads import attachment, file_name
from workspace.steps import Step

PAGE = 50
TITLE = gettext_lazy("Money confirmed by voucher")
LABELS = {
    "open": gettext_lazy("To be confirmed"),
    "confirmed": gettext_lazy("Confirmed"),
    "different": pgettext_lazy("voucher", "Differences"),
}


def _year(request):
    said = request.GET.get("year", "")
    now = today().year
    year = int(said) if said.isascii() and said.isdigit() and len(said) == 4 else now
    return year if now - 5 < year <= now else now


def _see(request):
    if not rules.can_see_accounts(request.user):
        raise PermissionDenied


@require_GET
@login_required
def overview(request):
    """To confirm, confirmed, differences; and the months of a year."""
    _see(request)
    user, year = request.user, _year(request)
    tab = request.GET.get("tab", "open")
    if tab not in finance.TABS:
        raise Http404
    after = request.GET.get("after", "")
    skip = int(after) if after.isdecimal() and len(after) < 7 else 0
    found = list(finance.entries(user, tab).prefetch_related("confirmations")[skip : skip + PAGE + 1])
    counts = tally(finance.entries(user, each) for each in finance.TABS)
    query = {"tab": tab, "year": year}
    context = {
        "title": TITLE, "crumbs": [(TITLE, "")], "tab": tab, "year": year,
        "years": range(today().year - 4, today().year + 1),
        "tabs": [(each, LABELS[each], count) for each, count in zip(finance.TABS, counts, strict=True)],
        "rows": [
            {
                "entry": entry, "account": ACCOUNTS[MoneyKind(entry.kind)].label, "state": finance.state_of(entry),
                "left": entry.amount - entry.confirmed, "may_confirm": tab == "open" and rules.can_confirm(user, entry),
                "vouchers": [
                    (each, rules.can_take_back(user, each)) for each in entry.confirmations.all() if each.voided_at is None
                ],
            }
            for entry in found[:PAGE]
        ],
        "months": finance.months(user, year), "elsewhere": finance.elsewhere(user, year),
        "page": {
            "has_previous": skip > 0, "has_next": len(found) > PAGE, "first_query": urlencode(query), "no_keys": True,
            "previous_query": urlencode({**query, "after": max(0, skip - PAGE)}),
            "next_query": urlencode({**query, "after": skip + PAGE}),
        },
    }  # fmt: skip
    return render(request, "cases/finance.html", context)


@require_GET
@login_required
def overview_file(request):
    """Every amount of the year as Excel."""
    _see(request)
    year, at = _year(request), timezone.now()
    data, rows = finance.book(request.user, year, at)
    actions.note_taken(rows=rows, by=request.user, at=at)
    return attachment(data, name=file_name(_("Money confirmed"), str(year), suffix=".xlsx"), content_type=XLSX)


@require_GET
@login_required
def scan(request, pk):
    """The scan of a voucher."""
    row = get_object_or_404(MoneyConfirmation.objects.visible_to(request.user).select_related("case"), pk=pk)
    try:
        data = storage.fetch(row.scan, row.scan_sha256)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("/")
    actions.note_scan(confirmation=row, by=request.user, at=timezone.now())
    suffix = row.scan[row.scan.rindex(".") :]
    return attachment(data, name=file_name(row.voucher, suffix=suffix), content_type=row.scan_type)


class Confirm(Step):
    model, verb, form_class = MoneyEntry, "money.confirmed", ConfirmForm
    rule = staticmethod(rules.can_confirm)
    title = gettext_lazy("Confirm by voucher")
    label = pgettext_lazy("voucher", "Confirm")
    done = gettext_lazy("The amount is confirmed.")

    def load(self, pk):
        found = MoneyEntry.objects.to_finance(self.request.user)  # door: the finance department's
        return get_object_or_404(found.with_confirmed().select_related("case", "department"), pk=pk)

    def form(self, thing, data=None, files=None):
        return self.form_class(data, files, initial={"amount": thing.amount - thing.confirmed, "paid_on": today()})

    def context(self, thing):
        lead = _("%(case)s · %(kind)s %(amount)s yuan, entered by %(unit)s on %(day)s; into the %(account)s") % {
            "case": thing.case.number, "kind": thing.get_kind_display(), "amount": money(thing.amount),
            "unit": thing.department, "day": thing.happened_on, "account": ACCOUNTS[MoneyKind(thing.kind)].label,
        }  # fmt: skip
        return {"lead": lead, "crumbs": [(TITLE, self.back_url(thing)), (self.title, "")]}

    def back_url(self, thing):
        return reverse("cases:finance")

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("voucher", "amount", "paid_on", "scan", "difference")}
        return actions.confirm_money(entry=thing, by=self.request.user, at=at, **given)


class TakeBack(Step):
    model, verb, form_class, template = MoneyConfirmation, "money.unconfirmed", TakeBackForm, "partials/confirm.html"
    rule, danger = staticmethod(rules.can_take_back), True
    title = label = gettext_lazy("Take the confirmation back")
    effect = gettext_lazy("The voucher counts no more; it stays on record with the reason.")
    done = gettext_lazy("The confirmation was taken back.")

    def load(self, pk):
        found = MoneyConfirmation.objects.visible_to(self.request.user).select_related("case", "entry")
        return get_object_or_404(found, pk=pk)

    def back_url(self, thing):
        return reverse("cases:finance")

    def act(self, thing, form, at):
        reason = form.cleaned_data["reason"]
        return actions.take_back(confirmation=thing, reason=reason, by=self.request.user, at=at)
