"""Bodies without an account: written down by the registrar, or answered by a one-time link without signing in."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.refusals import Refused
from core.visitors import address_of, too_often
from documents import storage
from documents.downloads import attachment, file_name
from documents.letter import from_json
from referrals import reading
from referrals import receiving_rules as rules
from referrals.actions.bodies import record_said
from referrals.actions.links import LinkOver, end_link, issue_link, open_link, use_link
from referrals.forms_bodies import LinkAnswerForm, LinkForm, SaidForm
from referrals.models import AnswerLink
from referrals.views.referrals import ReferralStep

TRIES_A_MINUTE = 30


class RecordSaid(ReferralStep):
    rule, verb = rules.can_record_said, "said.record"
    title, label = _("Record what the body says"), _("Record")
    done = _("Recorded. The scan stands beside the letter.")

    def form(self, thing, data=None, files=None):
        form = SaidForm(
            data, files, referral=thing, initial={"seen": thing.status, "dated_on": timezone.localdate()}
        )
        if not reading.asks_why_late(thing):
            del form.fields["late_reason"]
        return form

    def act(self, thing, form, at):
        names = ("kind", "person", "number", "dated_on", "category", "text", "until", "upload")
        return record_said(
            referral=thing, late_reason=form.cleaned_data.get("late_reason", ""),
            refused=form.cleaned_data.get("refused", ()), by=self.request.user, at=at,
            **{name: form.cleaned_data[name] for name in names},
        )  # fmt: skip


class IssueLink(ReferralStep):
    """The address is shown in the answer to this very form, and never again."""

    rule, verb, form_class = rules.can_issue_link, "link.issue", LinkForm
    title, label = _("Issue a one-time answer link"), _("Issue the link")

    def post(self, request, pk):
        thing, at = self.load(pk), timezone.now()
        form = self.form(thing, request.POST)
        if not self.allowed(thing) or not form.is_valid():
            return super().post(request, pk)
        try:
            with transaction.atomic():
                self.once(form, at)
                link, token = issue_link(referral=thing, days=form.cleaned_data["days"], by=request.user, at=at)
        except Refused as refusal:
            return self.answer_refusal(thing, form, refusal, at)
        address = request.build_absolute_uri(reverse("referrals:answer", args=[token]))
        answer = render(request, "referrals/link_issued.html", {"thing": thing, "link": link, "address": address})
        answer["Cache-Control"] = "no-store"
        return answer


class EndLink(ReferralStep):
    rule, verb, direct = rules.can_end_link, "link.end", True
    done = _("The link is no longer valid.")

    def act(self, thing, form, at):
        links = AnswerLink.objects.visible_to(self.request.user).filter(used_at=None, ended_at=None)
        return end_link(link=get_object_or_404(links, referral=thing), by=self.request.user, at=at)


STEPS = {"record_said": RecordSaid, "issue_link": IssueLink, "end_link": EndLink}


# -- without an account --------------------------------------------------------------------------------------
def _too_often(request):
    """Whether somebody at this address tries more often than a person with a letter in hand would."""
    return too_often(f"referrals:answer:{address_of(request)}", times=TRIES_A_MINUTE, seconds=60)


def _said(request, template, context, status=200):
    answer = render(request, template, context, status=status)
    answer["Referrer-Policy"] = "no-referrer"  # the address is the key
    return answer


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request, token):
    """The letter and a form to answer it: nothing of the case beyond the letter itself."""
    if _too_often(request):
        tired = _said(request, "documents/verify_wait.html", {}, 429)
        tired["Retry-After"] = "60"
        return tired
    at = timezone.now()
    try:
        link = open_link(token=token, at=at)
    except LinkOver as over:
        return _said(request, "referrals/answer_over.html", {"sentence": str(over)}, 404)
    referral = link.referral
    form = LinkAnswerForm(request.POST or None, request.FILES or None, referral=referral)
    if request.method == "POST" and form.is_valid():
        try:
            use_link(token=token, at=at, **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            return _said(request, "referrals/answer_done.html", {"number": referral.number, "issuer": referral.sender})
    paper = from_json(referral.document.context)
    return _said(request, "referrals/answer.html", {"paper": paper, "form": form, "link": link, "token": token})


@never_cache
@require_GET
def answer_letter(request, token):
    """The letter as it was issued, through its link."""
    if _too_often(request):
        return redirect("referrals:answer", token)
    try:
        document = open_link(token=token, at=timezone.now()).referral.document
    except LinkOver:
        raise Http404 from None
    data = storage.fetch(document.file, document.sha256)
    return attachment(data, name=file_name(document.number, suffix=".pdf"), content_type="application/pdf")
