"""One step on a pool or a draw, on the base of `workspace.steps`: what was typed stays when it is refused."""

from django.shortcuts import get_object_or_404

from inspections.models import Draw, Pool
from workspace.steps import Step


class KeptStep(Step):
    """Subclasses say by `keywords` what their form needs beside the data."""

    def found(self):
        return self.model.objects.visible_to(self.request.user)

    def load(self, pk):
        return get_object_or_404(self.found(), pk=pk)

    def keywords(self, thing) -> dict:
        return {}

    def initial(self, thing) -> dict:
        return {}

    def form(self, thing, data=None, files=None):
        initial = {"seen": getattr(thing, "status", ""), **self.initial(thing)}
        return self.form_class(data, files, initial=initial, **self.keywords(thing))

    def answer_refusal(self, thing, form, refusal, at):
        if self.direct:
            return super().answer_refusal(thing, form, refusal, at)
        if refusal.record:
            super().answer_refusal(thing, form, refusal, at)
        else:
            form.refused(refusal)
        return self.show(self.load(thing.pk), form)


class PoolStep(KeptStep):
    model = Pool

    def found(self):
        return Pool.objects.visible_to(self.request.user).select_related("department", "region")


class DrawStep(KeptStep):
    model = Draw

    def found(self):
        return Draw.objects.visible_to(self.request.user).select_related(
            "inspection__lead", "region", "committed_by", "committed_for", "drawn_by", "drawn_for"
        )
