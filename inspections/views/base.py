"""One step on one thing of an inspection: pages on the base of `workspace.steps`, and the API, read the same class.

What the step does stands in `do(thing, given, by, at)`, what its form offers in `keywords(thing, user)`.
"""

import datetime as dt
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from core.dates import local_date
from core.forms import VersionedForm
from departments.models import User
from inspections.models import Finding, Inspection, Member, Partner, Rectification, Target, Visit
from journal.actions import note_refusal
from workspace.steps import Step, StepForm


def today() -> dt.date:
    return local_date(timezone.now())


class InspectionStep(Step):
    """A step on an inspection. `tab`: of its page, to which it leads when done."""

    model: Any = Inspection
    form_class: Any = StepForm
    together: tuple[str, ...] = ("lead", "region", "drafted_by")
    tab = ""

    @staticmethod
    def do(thing: Any, given: dict[str, Any], by: User, at: dt.datetime) -> Any:
        raise NotImplementedError

    @staticmethod
    def keywords(thing: Any, user: User) -> dict[str, Any]:
        return {}

    @staticmethod
    def initial_of(thing: Any, user: User) -> dict[str, Any]:
        return {}

    def load(self, pk):
        if pk >= 2**63:
            raise Http404
        return get_object_or_404(
            self.model.objects.visible_to(self.request.user).select_related(*self.together), pk=pk
        )

    def form(self, thing, data=None, files=None):
        user = self.request.user
        initial = {"seen": getattr(thing, "status", ""), **self.initial_of(thing, user)}
        keywords = self.keywords(thing, user)
        if issubclass(self.form_class, VersionedForm):
            keywords["instance"] = thing
        return self.form_class(data, files, initial=initial, **keywords)

    def act(self, thing, form, at):
        return self.do(thing, form.cleaned_data, self.request.user, at)

    def inspection_of(self, thing) -> Inspection:
        return thing if isinstance(thing, Inspection) else thing.inspection

    def back_url(self, thing):
        url = self.inspection_of(thing).get_absolute_url()
        return f"{url}?tab={self.tab}" if self.tab else url

    def answer_refusal(self, thing, form, refusal, at):
        known = refusal.field is None or refusal.field in form.fields or len(refusal.faults) > 1
        if self.direct or not known:
            return super().answer_refusal(thing, form, refusal, at)
        if refusal.record:
            note_refusal(user=self.request.user, verb=self.verb, target=thing, sentence=refusal, at=at)
        form.refused(refusal)
        return self.show(self.load(thing.pk), form)  # the refused action left what it had read: show what is


class PartnerStep(InspectionStep):
    model, together, tab = Partner, ("inspection__lead", "inspection__region", "department"), "team"


class MemberStep(InspectionStep):
    model, tab = Member, "team"
    together = ("inspection__lead", "inspection__region", "partner__department")


class TargetStep(InspectionStep):
    model, together, tab = Target, ("inspection__lead", "inspection__region", "subject"), "visits"


class VisitStep(InspectionStep):
    """Done, it leads back to the page of the visit."""

    model, together = Visit, ("inspection__lead", "inspection__region", "target__subject", "record")

    def back_url(self, thing):
        return thing.get_absolute_url()


class FindingStep(InspectionStep):
    """Done, it leads back to the page of the finding."""

    model = Finding
    together = (
        "inspection__lead", "inspection__region", "visit__target__subject", "department", "category", "case",
        "rectification",
    )  # fmt: skip

    def back_url(self, thing):
        return thing.get_absolute_url()


class RectificationStep(FindingStep):
    model = Rectification
    together = ("finding__inspection__lead", "finding__inspection__region", "department", "person")

    def inspection_of(self, thing):
        return thing.finding.inspection
