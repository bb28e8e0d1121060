"""What the pages of the registers share: a new row, a step on a row, the way back."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from finance import reading
from workspace.once import note_no_money, submit
from workspace.steps import Step


def crumbs(register, label):
    return [(register.title, reverse(f"finance:{register.code}")), (label, "")]


def new_row(request, form_class, verb_of_room, register, *, verb, title, done, template="partials/form_page.html", **more):
    """A form page on which `verb_of_room` enters a new row; leads to the row's page."""
    form = form_class(request.POST or None, departments=reading.departments(request.user))
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "form_key"}

        def work(at):
            return verb_of_room(by=request.user, at=at, **given).get_absolute_url()

        answer = submit(request, form, work, verb=verb, done=done)
        if answer is not None:
            return answer
    elif request.method == "POST":
        note_no_money(request, form, verb=verb)
    context = {
        "form": form, "title": title, "label": _("Save"), "crumbs": crumbs(register, title),
        "back_url": reverse(f"finance:{register.code}"), **more,
    }  # fmt: skip
    return render(request, template, context)


class RegisterStep(Step):
    register = reading.FUNDS

    def found(self):
        return self.model.objects.visible_to(self.request.user)

    def load(self, pk):
        return get_object_or_404(self.found(), pk=pk)

    def context(self, thing):
        return {"crumbs": [crumbs(self.register, "")[0], (str(thing), self.back_url(thing)), (self.title, "")]}
