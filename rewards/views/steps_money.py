"""One step on one thing: load through `visible_to` (404), ask the rule (403), call one action, answer."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from core.refusals import MovedOn
from rewards.forms_money import StepForm
from workspace.once import note_no_money, submit

PAGE = 100  # rows of a list of money


def crumbs(label):
    return [(_("Rewards"), reverse("rewards:list")), (label, "")]


def form_page(request, form, **more):
    return render(request, "partials/form_page.html", {"form": form, **more})


class MoneyStep(LoginRequiredMixin, View):
    """A form or confirmation on GET, the action on POST.

    Subclasses give `model`, `rule(user, thing)`, `verb` (for the record of refusals) and `act(thing, given, at)`.
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

    def found(self):
        return self.model.objects.visible_to(self.request.user)

    def load(self, pk):
        return get_object_or_404(self.found(), pk=pk)

    def allowed(self, thing) -> bool:
        return type(self).rule(self.request.user, thing)

    def act(self, thing, given, at):
        raise NotImplementedError

    def keywords(self, thing) -> dict:
        return {}

    def initial(self, thing) -> dict:
        return {}

    def back_url(self, thing) -> str:
        return thing.get_absolute_url()

    def lead(self, thing) -> str:
        return str(thing)

    def get(self, request, pk):
        thing = self.load(pk)
        if not self.allowed(thing):
            raise PermissionDenied
        state = {"seen": getattr(thing, "status", "")}
        return self.show(thing, self.form_class(initial=state | self.initial(thing), **self.keywords(thing)))

    def post(self, request, pk):
        thing = self.load(pk)
        if not self.allowed(thing):
            seen = request.POST.get("seen")
            if seen and seen != getattr(thing, "status", ""):
                messages.warning(request, MovedOn.sentence)
                return redirect(self.back_url(thing))
            raise PermissionDenied
        form = self.form_class(request.POST, **self.keywords(thing))
        if form.is_valid():
            answer = submit(
                request, form, lambda at: self.act(thing, form.cleaned_data, at) or self.back_url(thing),
                verb=self.verb, target=thing, done=self.done,
            )  # fmt: skip
            if answer is not None:
                return answer
            thing = self.load(pk)  # a refused action leaves what it had locked in hand: show what is
        else:
            note_no_money(request, form, verb=self.verb, target=thing)
        return self.show(thing, form)

    def show(self, thing, form):
        return render(
            self.request,
            self.template,
            {
                "title": self.title, "object": self.lead(thing), "lead": self.lead(thing), "effect": self.effect,
                "form": form, "label": self.label, "danger": self.danger, "back_url": self.back_url(thing),
            },
        )  # fmt: skip
