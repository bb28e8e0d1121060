"""信息互通: the bulletin that is owed, circulation inside a department, copies."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.gathering import Gathering
from departments.models import User
from documents.letter import from_json
from documents.preview import draft_pdf, preview_page
from referrals import (
    contexts_signed,
    letters_signed,
    reading,
    reading_informing,
    rules,
    rules_informing,
)
from referrals.actions.circulation import READERS, circulate, confirm_read
from referrals.actions.informing import waive_bulletin
from referrals.forms import ReasonForm
from referrals.forms_informing import PeopleForm
from referrals.models import BulletinDuty, Copy, Dispatch, Reading, Referral
from referrals.views.steps import Step


@require_GET
@login_required
def duty(request, pk):
    """A bulletin that is owed: to whom, until when, who was told, who was left out and why."""
    found = BulletinDuty.objects.visible_to(request.user).select_related("case", "department", "met_by", "waived_by")
    thing = get_object_or_404(found, pk=pk)
    may_draft = thing.status == "due" and rules.of(request.user, thing.department_id)
    may_draft = may_draft and rules.can_draft(request.user, thing.case)
    gathering = Gathering()
    proposed = gathering.rows(thing.proposed.select_related("department", "referral", "left_out_by"))
    clocks = reading.clocks_asked(gathering, thing)
    gathering.ask()
    return render(
        request,
        "referrals/duty.html",
        {
            "duty": thing,
            "proposed": proposed,
            "clocks": reading.clocks_shown(clocks),
            "may_waive": rules_informing.can_waive(request.user, thing),
            "new_url": reverse("referrals:new", args=[thing.case_id]) + "?kind=bulletin" if may_draft else "",
            "mine": rules.of(request.user, thing.department_id),
        },
    )


class Waive(Step):
    """不需通报."""

    model, rule, verb, form_class = BulletinDuty, rules_informing.can_waive, "bulletin.waive", ReasonForm
    template, danger = "partials/confirm.html", True
    title = label = _("No bulletin is needed")
    effect = _("The clock of the bulletin ends. Your reason stays on the record.")
    done = _("Recorded: no bulletin is needed.")

    def load(self, pk):
        found = BulletinDuty.objects.visible_to(self.request.user).select_related("case", "department")
        return get_object_or_404(found, pk=pk)

    def back_url(self, thing):
        return reading.case_url(thing.case)

    def act(self, thing, form, at):
        return waive_bulletin(duty=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class _Circulate(Step):
    rule, verb = rules_informing.can_circulate, "referral.circulate"
    title, label, done = _("Circulate the letter"), _("Circulate"), _("Circulated: the persons have been told.")

    def form(self, thing, data=None, files=None):
        department = thing.department if isinstance(thing, Copy) else thing.receiver
        asked = Reading.objects.filter(dispatch=thing.dispatch_id, department=department)  # door: own department
        people = User.objects.acting_for(department, *READERS)  # door: colleagues in one's own department
        people = people.exclude(pk__in=asked.values("person"))
        return PeopleForm(data, people=people, initial={"seen": getattr(thing, "status", "")})

    def act(self, thing, form, at):
        return circulate(letter=thing, people=list(form.cleaned_data["people"]), by=self.request.user, at=at)


class CirculateLetter(_Circulate):
    model = Referral

    def load(self, pk):
        found = Referral.objects.readable_by(self.request.user)  # door: visible_to, whole letters only
        found = found.select_related("case", "sender", "receiver")
        return get_object_or_404(found, pk=pk)


class CirculateCopy(_Circulate):
    model = Copy

    def load(self, pk):
        return get_object_or_404(Copy.objects.visible_to(self.request.user).for_list(), pk=pk)


class Confirm(Step):
    """已阅, from the page of the letter or from the list of what is to be read."""

    model, rule, verb, direct = Reading, rules_informing.can_confirm, "referral.confirm_read", True
    done = _("Recorded that you have read it.")

    def load(self, pk):
        found = Reading.objects.visible_to(self.request.user).select_related("dispatch")
        return get_object_or_404(found, pk=pk)

    def back_url(self, thing):
        return letter_url(thing)

    def act(self, thing, form, at):
        return confirm_read(reading=thing, by=self.request.user, at=at)


def letter_url(thing: Reading) -> str:
    """The page of the letter or copy a person was asked to read."""
    letter = Referral.objects.filter(dispatch=thing.dispatch_id, receiver=thing.department_id).first()  # door: asked
    copy = Copy.objects.filter(dispatch=thing.dispatch_id, department=thing.department_id).first()  # door: asked
    return (letter or copy).get_absolute_url()


def _sheet(request, pk):
    """A paper of one's own department that was sent, and its 签收表 as it stands now."""
    found = Dispatch.objects.visible_to(request.user).ordinary().for_list().filter(status="sent")
    dispatch = get_object_or_404(found, pk=pk)
    return dispatch, letters_signed.signed_for_sheet(contexts_signed.signed_for_context(dispatch, at=timezone.now()))


@require_GET
@login_required
def signed_for(request, pk):
    """签收表 on the screen, to be printed or taken as PDF."""
    dispatch, sheet = _sheet(request, pk)
    return preview_page(
        request, paper=sheet, heading=dispatch.subject, back_url=dispatch.get_absolute_url(),
        pdf_url=reverse("referrals:dispatch_signed_for_pdf", args=[pk]),
    )  # fmt: skip


@require_GET
@login_required
def signed_for_pdf(request, pk):
    """The same as PDF."""
    return draft_pdf(_sheet(request, pk)[1])


def _copy(request, pk):
    return get_object_or_404(Copy.objects.visible_to(request.user).for_list(), pk=pk)


@require_GET
@login_required
def copy(request, pk):
    """A copy: what the letter says, to whom it went, and who here has read it."""
    thing, gathering = _copy(request, pk), Gathering()
    receivers = gathering.rows(thing.dispatch.receivers.all())
    asked = reading_informing.circulated_asked(gathering, thing, request.user)
    gathering.ask()
    url, may_add = reverse("referrals:copy_circulate", args=[thing.pk]), rules_informing.can_circulate(request.user, thing)
    circulated = reading_informing.circulated(thing, request.user, may_add, url, asked)
    return render(request, "referrals/copy.html", {"copy": thing, "receivers": receivers, "circulated": circulated})


@require_GET
@login_required
def copy_letter(request, pk):
    """The letter as it was issued, to read and print."""
    thing = _copy(request, pk)
    letter = Referral.objects.filter(dispatch=thing.dispatch_id).order_by("pk").first()  # door: the copy was loaded by it
    if letter is None or letter.document is None:
        raise Http404
    return preview_page(
        request, paper=from_json(letter.document.context), heading=letter.number, back_url=thing.get_absolute_url()
    )
