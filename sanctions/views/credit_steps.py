"""One step on a publication, an entry of points, a score or a consequence; what was typed stays when it is refused."""

from django.shortcuts import get_object_or_404

from core.refusals import Stale
from core.versions import Renewing
from workspace.steps import Step


class CreditStep(Step):
    related: tuple[str, ...] = ("department__region", "subject")

    def load(self, pk):
        found = self.model.objects.visible_to(self.request.user).select_related(*self.related)
        return get_object_or_404(found, pk=pk)

    def keywords(self, thing) -> dict:
        return {}

    def initial(self, thing) -> dict:
        return {}

    def form(self, thing, data=None, files=None):
        initial = {"seen": thing.status, **self.initial(thing)}
        return self.form_class(data, files, initial=initial, **self.keywords(thing))

    def given(self, form) -> dict:
        """What was entered, without what only a page carries."""
        return {
            name: value
            for name, value in form.cleaned_data.items()
            if name not in ("form_key", "seen", "version")
        }

    def answer_refusal(self, thing, form, refusal, at):
        if refusal.record or (isinstance(refusal, Stale) and not isinstance(form, Renewing)):
            return super().answer_refusal(thing, form, refusal, at)
        form.refused(refusal)
        return self.show(self.load(thing.pk), form)  # the refused action left what it had read: show what is


class Confirm(CreditStep):
    """A final act that is asked once more."""

    template = "partials/confirm.html"
