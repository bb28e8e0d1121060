"""The pages of the steps in `sanctions.steps`: a form or a confirmation, one action, back to the thing."""

from typing import Any

from django.shortcuts import get_object_or_404

from sanctions.models import AppliedMeasure, Hearing, ListEntry, MeasureTask, Repair, Sanction
from sanctions.steps import APPLIED, ENTRY, HEARING, REPAIR, SANCTION, TASK, Spec
from workspace.steps import Step

RELATED: dict[Any, tuple[str, ...]] = {
    Sanction: ("case", "subject", "department", "authority", "region", "proposed_by", "reviewed_by", "strand"),
    Hearing: (
        "sanction__case", "sanction__subject", "sanction__authority", "sanction__region", "task__department", "task__person",
        "task__sanction__subject", "department", "document",
    ),
    MeasureTask: ("sanction__case", "sanction__subject", "sanction__authority", "sanction__region", "department", "person"),
    AppliedMeasure: (
        "task__department", "task__person", "task__sanction__case", "task__sanction__subject", "sanction__case",
        "sanction__authority", "sanction__subject", "department", "measure", "subject",
    ),
    ListEntry: ("sanction__case", "department", "subject", "region", "proposed_by"),
    Repair: (
        "applied__measure", "applied__sanction__case", "applied__task", "entry__sanction__case", "entry__subject",
        "department", "subject", "sanction__case", "recorded_by", "region",
    ),
}  # fmt: skip


def found(model: Any, user: Any) -> Any:
    """What this person may load, with what rules and actions ask of it."""
    return model.objects.visible_to(user).select_related(*RELATED[model])


class SpecStep(Step):
    """A page of one `Spec`."""

    spec: Spec

    def load(self, pk):
        return get_object_or_404(found(self.model, self.request.user), pk=pk)

    def form(self, thing, data=None, files=None):
        initial = {"seen": thing.status, **self.spec.initial(thing)}
        return self.form_class(data, files, initial=initial, **self.spec.keywords(self.request.user, thing))

    def act(self, thing, form, at):
        given = {
            name: value
            for name, value in form.cleaned_data.items()
            if name not in ("form_key", "seen", "version")
        }
        return self.spec.act(thing, given, self.request.user, at)

    def answer_refusal(self, thing, form, refusal, at):
        fields = [name for name in refusal.faults if name in form.fields]
        if fields and not refusal.record:
            form.refused(refusal)
            return self.show(self.load(thing.pk), form)
        return super().answer_refusal(thing, form, refusal, at)


def page(spec: Spec) -> type[SpecStep]:
    """The view of one step."""
    members = {
        "spec": spec, "model": spec.model, "rule": staticmethod(spec.rule), "verb": spec.verb, "form_class": spec.form,
        "title": spec.label, "label": spec.label, "effect": spec.effect, "done": spec.done, "danger": spec.danger,
        "versioned": spec.versioned, "__doc__": str(spec.name),
        "template": "partials/confirm.html" if spec.effect else "partials/form_page.html",
    }  # fmt: skip
    return type(f"{spec.name.title().replace('_', '')}Step", (SpecStep,), members)


PAGES = {
    "sanctions": SANCTION, "hearings": HEARING, "tasks": TASK, "measures": APPLIED, "lists/entries": ENTRY,
    "repairs": REPAIR,
}  # fmt: skip
