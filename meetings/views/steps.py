"""One step on one thing of a meeting, on the base of `workspace.steps`: what was typed stays when it is refused."""

from django.shortcuts import get_object_or_404

from meetings.models import AgendaItem, Meeting
from workspace.steps import Step


class MeetingStep(Step):
    """A step on a meeting. Subclasses say by `keywords` what their form needs beside the data."""

    model = Meeting

    def found(self):
        return self.model.objects.visible_to(self.request.user).select_related("office", "region")

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
        form.refused(refusal)
        return self.show(self.load(thing.pk), form)  # the refused action left what it had read: show what is


class ItemStep(MeetingStep):
    """A step on a topic; done, it leads back to the agenda."""

    model = AgendaItem

    def found(self):
        found = AgendaItem.objects.visible_to(self.request.user)
        return found.select_related("meeting__office", "meeting__region", "department")

    def back_url(self, thing):
        return thing.meeting.get_absolute_url()
