"""Payment by bank: the rows are frozen, two custodians agree, the opener makes the file once, the payer takes it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import Refused
from core.wording import money, today
from journal.actions import note_refusal
from rewards import bank_file, rules
from rewards import reading_money as reading
from rewards.actions import bank_files
from rewards.enums import Naming
from rewards.forms_keys import FileKeyForm
from rewards.forms_money import BankFileForm, CloseFileForm, MakeFileForm
from rewards.models import BankFile, Reward
from rewards.querysets_money import in_finance
from rewards.refusals_opening import OfRows
from rewards.views.steps_money import PAGE, MoneyStep, crumbs, form_page
from workspace.once import submit


@require_GET
@login_required
def bank_file_list(request):
    """The bank files of the finance department."""
    if not in_finance(request.user):
        raise PermissionDenied
    title = _("Bank files")
    rows = BankFile.objects.visible_to(request.user).select_related("requested_by")[:PAGE]
    context = {
        "title": title,
        "crumbs": crumbs(title),
        "rows": rows,
        "may_request": rules.can_request_file(request.user),
    }
    return render(request, "rewards/bank_files.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new_bank_file(request):
    """Choose funded rewards for one file."""
    user = request.user
    if not rules.can_request_file(user):
        raise PermissionDenied
    ready = (
        Reward.objects.visible_to(user)
        .filter(status="funded", report__naming=Naming.REAL_NAME)  # a token has no account
        .exclude(bank_lines__open=True)
        .order_by("number")
    )
    form = BankFileForm(request.POST or None, rewards=ready)
    if request.method == "POST" and form.is_valid():

        def work(at):
            made = bank_files.request_bank_file(rewards=form.cleaned_data["rewards"], by=user, at=at)
            return made.get_absolute_url()

        answer = submit(request, form, work, verb="reward.file_requested", done=_("The rows are frozen."))
        if answer is not None:
            return answer
    title = _("New bank file")
    return form_page(
        request,
        form,
        title=title,
        label=_("Freeze the rows"),
        back_url=reverse("rewards:bank_files"),
        crumbs=crumbs(title),
    )


@require_GET
@login_required
def bank_file_page(request, pk):
    """One bank file: numbers and amounts, how it stands, what may be done."""
    file = get_object_or_404(BankFile.objects.visible_to(request.user).select_related("requested_by"), pk=pk)
    user = request.user
    title, failure = _("Bank file %(n)d") % {"n": file.pk}, reading.failure_of(file)
    context = {
        "title": title, "crumbs": [*crumbs("")[:1], (_("Bank files"), reverse("rewards:bank_files")), (title, "")],
        "file": file, "lines": file.lines.select_related("reward"), "days": reading.history(file, user),
        "may_make": rules.can_make_file(user, file) and not (failure and failure[1]),
        "may_download": rules.can_download_file(user, file),
        "may_close": rules.can_close_file(user, file), "keys": file.payee_keys.filter(until__gt=timezone.now()).count(),
        "failure": failure,
    }  # fmt: skip
    return render(request, "rewards/bank_file.html", context)


class MakeFile(MoneyStep):
    model, rule, verb, form_class = BankFile, rules.can_make_file, "reward.file_made", MakeFileForm
    title = label = gettext_lazy("Make the bank file")
    done = gettext_lazy("Made: download it, it opens with your passphrase.")

    def lead(self, thing):
        return f"{thing.count} · {money(thing.total)}"

    def act(self, thing, given, at):
        bank_files.make_bank_file(file=thing, passphrase=given["passphrase"], by=self.request.user, at=at)


class CloseFile(MoneyStep):
    model, rule, verb, form_class = BankFile, rules.can_close_file, "reward.file_closed", CloseFileForm
    title = label = gettext_lazy("Close the bank file")
    done = gettext_lazy("Closed.")

    def initial(self, thing):
        return {"paid_on": today()}

    def lead(self, thing):
        return f"{thing.count} · {money(thing.total)}"

    def act(self, thing, given, at):
        bank_files.close_bank_file(
            file=thing, voucher=given["voucher"], paid_on=given["paid_on"], returned=given["returned"],
            by=self.request.user, at=at,
        )  # fmt: skip


@method_decorator([never_cache, sensitive_post_parameters("passphrase", "code")], name="dispatch")
class GiveFileKey(MoneyStep):
    """A custodian agrees to a bank file: sees how many and how much, and gives the key to the opener."""

    model, verb, form_class = BankFile, "reward.file_key", FileKeyForm
    title = label = gettext_lazy("Agree to the bank file")
    done = gettext_lazy("The key was given. With two of them the payer can have the file made.")
    failed = None

    def found(self):
        user = self.request.user
        files = BankFile.objects.to_agree(user, given=True)  # door: for custodians, who see no other file
        return files.select_related("department")

    def allowed(self, thing):
        return True

    def back_url(self, thing):
        return reverse("desk:workbench")

    def lead(self, thing):
        return _("%(n)d payments, %(total)s yuan; names and accounts go to the payer alone.") % {
            "n": thing.count, "total": money(thing.total),
        }  # fmt: skip

    def post(self, request, pk):
        answer = super().post(request, pk)
        if self.failed is not None:  # after the refused step was undone
            bank_files.tell_of_failure(file=self.failed, at=timezone.now())
        return answer

    def load(self, pk):
        # once refused for its rows, nobody's key is asked any more: it is shown as it was to who gave one
        return self.failed or super().load(pk)

    def act(self, thing, given, at):
        try:
            bank_file.give_key(thing, by=self.request.user, passphrase=given["passphrase"], code=given["code"])
        except OfRows:
            self.failed = thing
            raise


@require_POST
@login_required
def download_file(request, pk):
    """The encrypted bytes, the same every time; a download is on the record."""
    user, at = request.user, timezone.now()
    file = get_object_or_404(BankFile.objects.visible_to(user), pk=pk)
    if not rules.can_download_file(user, file):
        raise PermissionDenied
    try:
        content = bank_files.download_bank_file(file=file, by=user, at=at)
    except Refused as refusal:
        note_refusal(user=user, verb="reward.file_downloaded", target=file, sentence=refusal, at=at)
        messages.warning(request, str(refusal))
        return redirect(file)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(True, f"rewards-{file.pk}.zip")
    answer["Cache-Control"] = "no-store"
    return answer
