"""Steps on a subject: what it belongs to, who answers for it, what became of it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import rules
from cases.actions.changes import record_change, void_change
from cases.actions.relations import add_relation, end_relation
from cases.forms.history import ChangeForm, EndRelationForm, RelationForm, VoidChangeForm
from cases.models import Subject, SubjectChange, SubjectRelation
from core.refusals import BadInput, Stale
from workspace.steps import Step


def body_by_code(user, code, field):
    """The institution with this code the person may see; None without a code.

    :raises BadInput: none has it (by `field`)
    """
    code = code.strip().upper()
    if not code:
        return None
    found = Subject.objects.visible_to(user).filter(uscc=code).first()
    if found is None:
        raise BadInput(_("No institution of this region has this code. Enter it first."), field=field)
    return found


class SubjectStep(Step):
    model = Subject
    verb = "subject.related"

    def allowed(self, thing):
        return rules.can_keep_subject(self.request.user, thing)

    def back_url(self, thing):
        return reverse("cases:subject", args=[thing.pk])

    def answer_refusal(self, thing, form, refusal, at):
        if isinstance(refusal, Stale):
            return super().answer_refusal(thing, form, refusal, at)
        form.refused(refusal)
        return self.show(thing, form)


class AddRelation(SubjectStep):
    form_class = RelationForm
    title, label = gettext_lazy("Enter a parent or a person in charge"), gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def act(self, thing, form, at):
        given = form.cleaned_data
        add_relation(
            subject=thing, kind=given["kind"], other=body_by_code(self.request.user, given["other_code"], "other_code"),
            name=given["name"], id_number=given["id_number"], from_on=given["from_on"], until_on=given["until_on"],
            basis=given["basis"], by=self.request.user, at=at,
        )  # fmt: skip

    def answer_refusal(self, thing, form, refusal, at):
        refusal.faults = {
            "other_code" if name == "other" else name: said for name, said in refusal.faults.items()
        }
        return super().answer_refusal(thing, form, refusal, at)


class RecordChange(SubjectStep):
    form_class, verb = ChangeForm, "subject.changed"
    title, label = gettext_lazy("Enter what became of it"), gettext_lazy("Save")
    done = gettext_lazy("Saved.")

    def form(self, thing, data=None, files=None):
        return ChangeForm(data, files, subject=thing)

    def act(self, thing, form, at):
        given = form.cleaned_data
        successor = body_by_code(self.request.user, given.get("successor_code", ""), "successor_code")
        record_change(
            subject=thing, kind=given["kind"], happened_on=given["happened_on"], new_name=given["new_name"],
            successor=successor, basis=given["basis"], by=self.request.user, at=at,
        )  # fmt: skip

    def answer_refusal(self, thing, form, refusal, at):
        names = {"successor": "successor_code"}
        refusal.faults = {names.get(name, name): said for name, said in refusal.faults.items()}
        return super().answer_refusal(thing, form, refusal, at)


class OfSubject(SubjectStep):
    more = ()

    def load(self, pk):
        found = self.model.objects.visible_to(self.request.user).select_related("subject", *self.more)
        return get_object_or_404(found, pk=pk)

    def allowed(self, thing):
        return rules.can_keep_subject(self.request.user, thing.subject)

    def back_url(self, thing):
        return thing.get_absolute_url()


class EndRelation(OfSubject):
    model, form_class, verb = SubjectRelation, EndRelationForm, "subject.relation_ended"
    more = ("other",)
    title = label = gettext_lazy("Enter the last day")
    done = gettext_lazy("Saved.")

    def act(self, thing, form, at):
        end_relation(
            relation=thing, until_on=form.cleaned_data["until_on"], version=form.cleaned_data["version"],
            by=self.request.user, at=at,
        )  # fmt: skip


class VoidChange(OfSubject):
    model, form_class, verb = SubjectChange, VoidChangeForm, "subject.change_voided"
    title = label = gettext_lazy("Take the entry back")
    effect = gettext_lazy("It stays on the record as taken back; look-ups no longer count it.")
    done = gettext_lazy("Taken back.")
    danger = True

    def act(self, thing, form, at):
        void_change(change=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)
