"""Letters about a letter, or about a suspected crime, inside the writing department."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.refusals import Refused
from documents import storage
from documents.downloads import attachment
from documents.preview import preview_page
from journal.actions import note_refusal
from referrals import offers, reading, reading_follow_up, rules
from referrals.actions.crime_forwarding import bodies_with_power
from referrals.actions.drafting import Line
from referrals.actions.follow_ups import (
    TEXT,
    date_field,
    edit_follow_up,
    send_follow_up,
    submit_follow_up,
)
from referrals.actions.serving import note_service_download, prove_service
from referrals.enums import LetterKind
from referrals.forms import DeliveryForm
from referrals.forms_follow_up import EDIT
from referrals.models import FollowUp, FollowUpDelivery
from referrals.views import papers
from referrals.views.steps import Step
from workspace.actions import use_form_key


def _letter(request, pk):
    return get_object_or_404(FollowUp.objects.visible_to(request.user).for_list(), pk=pk)


@require_GET
@login_required
def detail(request, pk):
    """A letter with its track and the one next step."""
    letter = _letter(request, pk)
    return render(
        request,
        "referrals/follow_up.html",
        {
            "letter": letter,
            "referral": letter.referral,
            "about_url": reading_follow_up.about_url(letter),
            "proof": getattr(letter, "delivery", None),
            "addressee": reading_follow_up.addressee(letter),
            "manifest": letter.manifest.all(),
            "steps": reading.paper_track(letter, request.user),
            "offers": offers.of_paper(request.user, letter),
            "clocks": reading.clocks(letter.referral, *reading_follow_up.clocked(letter)),
            "days": reading.history(letter, request.user),
        },
    )


@require_GET
@login_required
def preview(request, pk):
    """How the letter will look; a 督办函 says by how much somebody is late today."""
    letter = _letter(request, pk)
    try:
        paper = reading_follow_up.as_letter(letter, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(letter)
    return preview_page(
        request, paper=paper, heading=_("Draft, not numbered"), back_url=letter.get_absolute_url()
    )


def _form(request, letter):
    kind = LetterKind(letter.kind)
    initial = {
        TEXT[kind]: letter.text, date_field(letter): letter.due_on, "filed": "yes" if letter.filed else "no",
        "to": letter.to,
    }  # fmt: skip
    options = {"instance": letter, "initial": initial}
    if kind == LetterKind.SUPPLY:
        options["files"] = reading_follow_up.files_to_supply(letter.referral, request.user)
        initial["lines"] = [item.evidence_id for item in letter.manifest.all()]
    if kind == LetterKind.FORWARDING:
        options["bodies"] = bodies_with_power(letter.referral.crime)
    if kind == LetterKind.CORRECTION:
        options["evidence"] = reading_follow_up.files_to_complete(letter.referral.crime)
        initial["files"] = [item.evidence_id for item in letter.manifest.all()]
    return EDIT[kind](request.POST or None, **options)


@require_http_methods(["GET", "POST"])
@login_required
def edit(request, pk):
    """A draft opened again; an older version is refused."""
    letter = _letter(request, pk)
    if not rules.can_edit(request.user, letter):
        raise PermissionDenied
    form, kind = _form(request, letter), LetterKind(letter.kind)
    if request.method == "POST" and form.is_valid():
        at, given = timezone.now(), form.cleaned_data
        try:
            with transaction.atomic():
                use_form_key(user=request.user, key=given["form_key"], at=at)
                edit_follow_up(
                    letter=letter, version=given["expected_version"], text=given[TEXT[kind]],
                    due_on=given.get(date_field(letter)), filed=given["filed"] == "yes" if "filed" in given else None,
                    lines=[Line(evidence=piece) for piece in given.get("lines", given.get("files", ()))],
                    to=given.get("to", ""), by=request.user, at=at,
                )  # fmt: skip
        except Refused as refusal:
            form.refused(refusal)
        else:
            messages.success(request, _("The draft was saved."))
            return redirect(letter)
    context = {
        "title": letter.get_kind_display(), "lead": str(letter), "form": form, "label": _("Save the draft"),
        "back_url": letter.get_absolute_url(),
    }  # fmt: skip
    return render(request, "referrals/form.html", context)


class Submit(papers.Submit):
    def act(self, thing, form, at):
        return submit_follow_up(letter=thing, by=self.request.user, at=at)


class Send(papers.Send):
    effect = gettext_lazy(
        "The letter is numbered and can no longer be changed. What it says holds from now on: clocks stop or run, and "
        "whom it is for is told. Print and seal it, then add the scan of the sealed copy."
    )

    def form(self, thing, data=None, files=None):
        form = self.form_class(data, files, initial={"seen": thing.status})
        if not reading_follow_up.is_late(thing):
            del form.fields["late_reason"]
        return form

    def act(self, thing, form, at):
        reason = form.cleaned_data.get("late_reason", "")
        return send_follow_up(letter=thing, late_reason=reason, by=self.request.user, at=at)

    def after(self, thing, result):
        return reading_follow_up.about_url(thing)


class Deliver(Step):
    """送达回证, where whom it is for does not work here."""

    rule, verb, form_class = rules.can_prove_service, "follow_up.deliver", DeliveryForm
    title = gettext_lazy("Prove that the letter was delivered")
    label = gettext_lazy("Record the delivery")
    done = gettext_lazy("Recorded. The proof of service is on the file.")

    def act(self, thing, form, at):
        names = ("delivered_on", "received_by_name", "method", "upload")
        return prove_service(
            letter=thing, by=self.request.user, at=at, **{name: form.cleaned_data[name] for name in names}
        )


@require_POST
@login_required
def proof(request, pk):
    """The proof of service as it was handed in; written into the record, never kept by a browser or a proxy."""
    letter = _letter(request, pk)
    found = get_object_or_404(FollowUpDelivery.objects.visible_to(request.user), letter=letter)
    found.letter, now = letter, timezone.now()
    try:
        data = storage.fetch(found.file.name, found.sha256)
    except Refused as refusal:
        note_refusal(
            user=request.user, verb="follow_up.proof_downloaded", target=letter, case=letter.case, sentence=refusal, at=now
        )
        messages.error(request, str(refusal))
        return redirect(letter)
    note_service_download(proof=found, by=request.user, at=now)
    return attachment(data, name=found.name, content_type="application/octet-stream")


STEPS = {
    "submit": Submit,
    "review": papers.Review,
    "approve": papers.Approve,
    "send_back": papers.SendBack,
    "discard": papers.Discard,
    "send": Send,
    "deliver": Deliver,
}
