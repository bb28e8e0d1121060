"""The steps on site, of a finding, and of a rectification."""

from django.utils.translation import gettext_lazy as _

from inspections import choices, rules_work
from inspections.actions import findings, records, visits
from inspections.forms import ReasonForm
from inspections.forms_work import (
    FileForm,
    FindingForm,
    ItemsForm,
    OfficersForm,
    RecordForm,
    RefusedForm,
    SignedForm,
    VoidForm,
    results_of,
)
from inspections.views.base import VisitStep


class Write(VisitStep):
    rule, verb, form_class = rules_work.can_write, "inspection.record_written", RecordForm
    title = label = _("Write the record")
    done = _("Saved.")

    @staticmethod
    def initial_of(thing, user):
        return {name: getattr(thing, name) for name in visits.SAID}

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in visits.SAID}
        visits.write_record(visit=thing, version=given["expected_version"], by=by, at=at, **said)


class Items(VisitStep):
    rule, verb, form_class = rules_work.can_write, "inspection.items_checked", ItemsForm
    title, label = _("Work the checklists"), _("Save")
    done = _("Saved.")
    template = "inspections/items.html"

    @staticmethod
    def keywords(thing, user):
        return {"items": list(thing.items.select_related("department").order_by("department", "position"))}

    @staticmethod
    def do(thing, given, by, at):
        visits.check_items(visit=thing, results=results_of(given), by=by, at=at)


class Officers(VisitStep):
    rule, verb, form_class = rules_work.can_write, "inspection.officers_changed", OfficersForm
    title = label = _("Change the officers")
    done = _("Changed.")

    @staticmethod
    def keywords(thing, user):
        return {"officers": choices.officers(thing.target), "drawn": choices.drawn(thing.inspection)}

    @staticmethod
    def initial_of(thing, user):
        there = list(thing.officers.values_list("member", flat=True))
        return {"officers": there, "reserve_reason": thing.reserve_reason}

    @staticmethod
    def do(thing, given, by, at):
        visits.change_officers(
            visit=thing, officers=list(given["officers"]), reserve_reason=given["reserve_reason"], by=by, at=at
        )


class Print(VisitStep):
    rule, verb, template = rules_work.can_write, "inspection.record_printed", "partials/confirm.html"
    title = label = _("Print to sign")
    effect = _(
        "The record is numbered and does not change any more, unless it is taken back before anybody signs."
    )
    done = _("Printed: have it read and signed.")

    @staticmethod
    def do(thing, given, by, at):
        records.print_record(visit=thing, by=by, at=at)


class Correct(VisitStep):
    rule, verb, form_class, danger = (
        rules_work.can_sign_record,
        "inspection.record_reopened",
        ReasonForm,
        True,
    )
    title = label = _("Correct the record")
    done = _("The printed paper is void; correct it and print it anew.")

    @staticmethod
    def do(thing, given, by, at):
        records.correct_record(visit=thing, reason=given["reason"], by=by, at=at)


class Void(VisitStep):
    rule, verb, form_class, danger = rules_work.can_write, "inspection.record_voided", VoidForm, True
    title = label = _("Recorded by mistake")
    effect = _("The record stays to be read, but it is no visit: it is counted nowhere.")
    done = _("The record is void.")

    @staticmethod
    def keywords(thing, user):
        return {"records": choices.open_records(thing)}

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in ("reason", "findings_to")}
        records.void_record(visit=thing, by=by, at=at, **said)


class Signed(VisitStep):
    rule, verb, form_class = rules_work.can_sign_record, "inspection.record_signed", SignedForm
    title = label = _("The inspected signed")
    done = _("The record is signed.")

    @staticmethod
    def do(thing, given, by, at):
        records.sign_record(
            visit=thing, party_words=given["party_words"], upload=given["upload"], by=by, at=at
        )


class Refused(VisitStep):
    rule, verb, form_class, danger = (
        rules_work.can_sign_record,
        "inspection.record_refused",
        RefusedForm,
        True,
    )
    title = label = _("Signature refused")
    done = _("Recorded with its witness: the record stands all the same.")

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in ("reason", "witness", "upload")}
        records.refuse_record(visit=thing, by=by, at=at, **said)


class AddFile(VisitStep):
    rule, verb, form_class = rules_work.can_add_file, "inspection.visit_file_added", FileForm
    title = label = _("Add a file")
    done = _("Filed.")

    @staticmethod
    def do(thing, given, by, at):
        visits.add_visit_file(visit=thing, upload=given["upload"], by=by, at=at)


class Find(VisitStep):
    rule, verb, form_class = rules_work.can_find, "inspection.found", FindingForm
    title = label = _("Write down a finding")
    done = _("Written down.")

    @staticmethod
    def keywords(thing, user):
        return {"categories": choices.categories()}

    @staticmethod
    def initial_of(thing, user):
        return {"found_on": thing.visited_on}

    @staticmethod
    def do(thing, given, by, at):
        said = {name: given[name] for name in ("category", "text", "found_on", "evidence", "amount", "files")}
        return findings.add_finding(visit=thing, by=by, at=at, **said)

    def after(self, thing, result):
        return result.get_absolute_url()


VISIT_STEPS = {
    "write": Write, "items": Items, "officers": Officers, "print_record": Print, "correct_record": Correct,
    "sign_record": Signed, "refuse_record": Refused, "visit_file": AddFile, "find": Find,
    "void_record": Void,
}  # fmt: skip
