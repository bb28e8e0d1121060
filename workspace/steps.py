"""One step on one thing: load through `visible_to` (404), ask the rule (403), call one action, answer."""

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from core.forms import KeyedForm
from core.locking import check_version
from core.refusals import MovedOn, Refused, Stale
from journal.actions import note_refusal
from workspace.actions import use_form_key


class StepForm(KeyedForm):
    """One step on one thing. `seen` is the state the page showed: when it has moved on, the page says so.

    `version` is what the page showed of it: who signs (`Step.versioned`) signs that and nothing newer.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)


class Step(LoginRequiredMixin, View):
    """A form or a confirmation on GET, the action on POST.

    Subclasses give `model`, `verb` (for the record of refusals), `rule(user, thing)` and `act(thing, form, at)`.
    `direct` steps have no page of their own: their button stands on the page of the thing.
    """

    model = None
    rule = None
    verb = ""
    form_class = StepForm
    template = "partials/form_page.html"
    title = label = _("Continue")
    effect = ""
    done = _("Done.")
    danger = False
    direct = False
    versioned = False  # refused where the thing was changed since the page was opened

    def load(self, pk):
        """The thing, if this person may see it; a stranger finds nothing."""
        return get_object_or_404(self.model.objects.visible_to(self.request.user), pk=pk)

    def allowed(self, thing) -> bool:
        return type(self).rule(self.request.user, thing)

    def act(self, thing, form, at):
        raise NotImplementedError

    def refused(self, thing, refusal, at) -> None:
        """What the edge writes after a refusal, in a transaction of its own."""

    def form(self, thing, data=None, files=None):
        return self.form_class(data, files, initial={"seen": getattr(thing, "status", "")})

    def context(self, thing) -> dict:
        return {}

    def back_url(self, thing) -> str:
        return thing.get_absolute_url()

    def after(self, thing, result) -> str:
        """Where to go when it is done."""
        return self.back_url(thing)

    def get(self, request, pk):
        thing = self.load(pk)
        if not self.allowed(thing):
            raise PermissionDenied
        if self.direct:
            return redirect(self.back_url(thing))
        form = self.form(thing)
        form.initial.setdefault("version", getattr(thing, "version", None))
        return self.show(thing, form)

    def post(self, request, pk):
        thing, at = self.load(pk), timezone.now()
        if not self.allowed(thing):
            seen = request.POST.get("seen")
            if seen and seen != getattr(thing, "status", ""):
                messages.warning(request, MovedOn.sentence)
                return redirect(self.back_url(thing))
            raise PermissionDenied
        form = self.form(thing, request.POST, request.FILES)
        if not form.is_valid():
            return self.invalid(thing, form)
        try:
            with transaction.atomic():
                self.once(form, at)
                self.same(thing, form)
                result = self.act(thing, form, at)
        except Refused as refusal:
            return self.answer_refusal(thing, form, refusal, at)
        messages.success(request, self.done)
        return redirect(self.after(thing, result))

    def once(self, form, at) -> None:
        """The same form a second time does nothing."""
        use_form_key(user=self.request.user, key=form.cleaned_data["form_key"], at=at)

    def same(self, thing, form) -> None:
        """Whoever signs signs what the page showed: compared under lock, in the transaction of the step.

        :raises Stale: it was changed since
        """
        if not self.versioned or form.cleaned_data.get("version") is None:
            return
        try:
            check_version(thing, form.cleaned_data["version"])
        except Stale:
            raise Stale(_("This was changed since you opened it. Read it again before you go on.")) from None

    def answer_refusal(self, thing, form, refusal, at):
        if refusal.record:
            note_refusal(
                user=self.request.user, verb=self.verb, target=thing, sentence=refusal, at=at,
                case=getattr(thing, "case", None),
            )  # fmt: skip
        self.refused(thing, refusal, at)
        if refusal.field in form.fields and not self.direct:
            form.refused(refusal)
            return self.show(thing, form)
        messages.warning(self.request, str(refusal))
        return redirect(self.back_url(thing))

    def invalid(self, thing, form):
        if self.direct:
            messages.warning(self.request, _("Open this page again: its form has expired."))
            return redirect(self.back_url(thing))
        return self.show(thing, form)

    def show(self, thing, form):
        return render(
            self.request,
            self.template,
            {
                "title": self.title,
                "object": str(thing),
                "lead": str(thing),
                "effect": self.effect,
                "form": form,
                "label": self.label,
                "danger": self.danger,
                "back_url": self.back_url(thing),
                "thing": thing,
                **self.context(thing),
            },
        )
