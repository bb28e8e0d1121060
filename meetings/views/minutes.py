"""Minutes: read, edited part by part, countersigned, signed for issue, numbered; on paper whole and in extracts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from cases.models import Case
from core.refusals import Stale
from documents.preview import draft_pdf, draft_word, preview_page
from meetings import minutes_paper, rules_minutes, rules_on_paper
from meetings.actions import minutes as actions
from meetings.actions.returning import return_minutes
from meetings.discretion import for_reader
from meetings.forms import ReasonForm
from meetings.forms_minutes import ApproveForm, PartForm, SignForm
from meetings.models import Extract, Minutes, MinutesPart
from meetings.querysets import in_office
from meetings.views.steps import MeetingStep
from workspace.steps import StepForm


class MinutesStep(MeetingStep):
    model = Minutes

    def found(self):
        found = Minutes.objects.visible_to(self.request.user)
        return found.select_related("meeting__office", "meeting__region", "document")


class EditPart(MeetingStep):
    """The text as it is typed stays through a conflict; the text somebody else wrote meanwhile stands beside it."""

    model, rule, verb = MinutesPart, rules_minutes.can_edit_part, "meeting.part_edited"
    form_class, template = PartForm, "meetings/edit_part.html"
    title = label = _("Edit the minutes")
    done = _("Changed. Countersignatures of the earlier version are void.")

    def found(self):
        found = MinutesPart.objects.visible_to(self.request.user)
        return found.select_related("minutes__meeting__office", "minutes__meeting__region")

    def initial(self, thing):
        return {"text": thing.text, "expected_version": thing.version}

    def act(self, thing, form, at):
        actions.edit_part(
            part=thing, text=form.cleaned_data["text"], expected_version=form.cleaned_data["expected_version"],
            by=self.request.user, at=at,
        )  # fmt: skip

    def answer_refusal(self, thing, form, refusal, at):
        if isinstance(refusal, Stale):
            now = self.load(thing.pk)
            form.data = form.data.copy()
            form.data["expected_version"] = str(now.version)  # what is sent next was compared with this text
            form.refused(refusal)
            return self.show(now, form)
        return super().answer_refusal(thing, form, refusal, at)

    def context(self, thing):
        return {"now": thing.text, "edits": thing.edits.select_related("by").order_by("-pk")}

    def back_url(self, thing):
        return thing.minutes.get_absolute_url()


class Circulate(MinutesStep):
    rule, verb, template = rules_minutes.can_circulate, "meeting.minutes_circulated", "partials/confirm.html"
    title = label = _("Send to be countersigned")
    effect = _(
        "Every member countersigns this version, or objects with words. An edit makes their signatures void."
    )
    done = _("Sent to every member.")
    form_class = StepForm

    def act(self, thing, form, at):
        actions.circulate_minutes(minutes=thing, by=self.request.user, at=at)


class Sign(MinutesStep):
    rule, verb, form_class = rules_minutes.can_sign, "meeting.minutes_signed", SignForm
    title = label = _("Countersign the minutes")
    done = _("Your department's word is on the record.")

    def initial(self, thing):
        return {"text_version": thing.text_version}

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("kind", "words", "text_version")}
        user = self.request.user
        actions.sign_minutes(minutes=thing, department=user.department, by=user, at=at, **given)


class Approve(MinutesStep):
    rule, verb, form_class = rules_minutes.can_approve, "meeting.minutes_approved", ApproveForm
    title = label = _("Sign the minutes for issue")
    done = _("Signed: the office numbers them.")

    def act(self, thing, form, at):
        actions.approve_minutes(
            minutes=thing, unsigned_reason=form.cleaned_data["unsigned_reason"], by=self.request.user, at=at
        )


class Issue(MinutesStep):
    rule, verb, template = rules_minutes.can_issue, "meeting.minutes_numbered", "partials/confirm.html"
    title = label = _("Number and issue the minutes")
    effect = _("They get their number and are printed; nothing of them changes afterwards.")
    done = _("Issued. The extracts have their numbers and are printed within a minute or two.")
    form_class = StepForm

    def act(self, thing, form, at):
        actions.issue_minutes(minutes=thing, by=self.request.user, at=at)


class Return(MinutesStep):
    rule, verb, form_class = rules_minutes.can_return, "meeting.minutes_returned", ReasonForm
    title = label = _("Send the minutes back")
    danger = True
    done = _("Sent back: the office mends the minutes and circulates them anew.")

    def act(self, thing, form, at):
        return_minutes(minutes=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


STEPS = {"circulate": Circulate, "sign": Sign, "approve": Approve, "issue": Issue, "return_minutes": Return}


def _load(request, pk) -> Minutes:
    found = Minutes.objects.visible_to(request.user).select_related(
        "meeting__office", "meeting__region", "document", "approved_by"
    )
    return get_object_or_404(found, pk=pk)


@require_GET
@login_required
def preview(request, pk):
    """The minutes as they would be printed now; of issued ones the numbered paper."""
    minutes = _load(request, pk)
    if minutes.document is not None:
        return redirect(minutes.document)
    paper = minutes_paper.paper(minutes_paper.context(minutes, at=timezone.now()))
    return preview_page(
        request, paper=paper, heading=str(minutes.meeting), back_url=minutes.get_absolute_url(),
        word_url=reverse("meetings:minutes_word", args=[pk]), pdf_url=reverse("meetings:minutes_pdf", args=[pk]),
    )  # fmt: skip


@require_GET
@login_required
def pdf(request, pk):
    minutes = _load(request, pk)
    if minutes.document is not None:
        return redirect("documents:pdf", pk=minutes.document_id)
    return draft_pdf(minutes_paper.paper(minutes_paper.context(minutes, at=timezone.now())))


@require_GET
@login_required
def word(request, pk):
    """Editable: of issued minutes with their number and day."""
    minutes = _load(request, pk)
    if minutes.document is not None:
        return redirect("documents:word", pk=minutes.document_id)
    return draft_word(minutes_paper.paper(minutes_paper.context(minutes, at=timezone.now())))


@require_GET
@login_required
def extract(request, pk):
    """What concerns one's own department, or one case the reader sees (`case`); the office picks a department.

    Before they are issued as it would be printed now, afterwards the numbered paper.
    """
    user, minutes = request.user, _load(request, pk)
    asked, case, department = request.GET.get("case", ""), None, None
    if asked:
        case = get_object_or_404(Case.objects.visible_to(user), pk=int(asked) if asked.isdecimal() else 0)
        whose = case.number
    else:
        department = user.department
        chosen = request.GET.get("department", "")
        if in_office(user) and chosen.isdecimal():
            rows = minutes.meeting.attendances.select_related("department")
            department = get_object_or_404(rows, department_id=int(chosen)).department
        whose = department.name
    mine = minutes_paper.parts_of(minutes, department=department, case=case)
    if not mine:
        raise Http404(gettext("Nothing in these minutes concerns them."))
    kept = Extract.objects.visible_to(user).filter(minutes=minutes, department=department, case=case).first()
    if kept is not None and kept.document is None:  # the job is printing it
        messages.info(
            request, gettext("The extract %(number)s is being printed. Look again in a minute.") % {"number": kept.number}
        )
        return redirect(minutes.get_absolute_url())
    if kept is not None:  # issued with the minutes: that paper, not another one
        return redirect(kept.document.get_absolute_url())
    given = minutes_paper.extract_context(minutes, mine, whose=whose, of_case=case is not None, at=timezone.now())
    return draft_pdf(minutes_paper.paper(given))


def tab(user, meeting) -> dict:
    """What the tab of the minutes shows."""
    minutes = Minutes.objects.visible_to(user).filter(meeting=meeting).select_related(
        "meeting__office", "meeting__region", "document", "approved_by"
    ).first()  # fmt: skip
    if minutes is None:
        return {"minutes": None}
    parts = list(minutes.parts.select_related("minutes__meeting", "item__case").order_by("position"))
    signatures = list(
        minutes.signatures.select_related("department", "by", "proof", "voided_edit__part__item__case").order_by("-pk")
    )
    for_reader(user, [row.voided_edit.part for row in signatures if row.voided_edit])
    extracts = list(
        Extract.objects.visible_to(user).filter(minutes=minutes)
        .select_related("document", "department", "case", "series").order_by("pk")
    )  # fmt: skip
    cases = {part.item.case_id for part in parts if part.item and part.item.case_id}
    return {
        "minutes": minutes,
        "parts": [(part, rules_minutes.can_edit_part(user, part)) for part in for_reader(user, parts)],
        "scans": in_office(user), "signatures": signatures, "missing": actions.missing(minutes),
        "cases": Case.objects.visible_to(user).filter(pk__in=cases) if cases else [],
        "extracts": extracts, "printing": [row for row in extracts if row.document is None],
    }  # fmt: skip


def offers(user, meeting) -> list[tuple]:
    """(label, url, danger) of the steps this person may do with the minutes now, the likeliest first."""
    minutes = (
        Minutes.objects.visible_to(user).filter(meeting=meeting).select_related("meeting__region").first()
    )
    if minutes is None:
        return []
    table = (
        (rules_minutes.can_sign, _("Countersign"), "sign", False),
        (rules_minutes.can_issue, _("Number and issue"), "issue", False),
        (rules_minutes.can_approve, _("Sign for issue"), "approve", False),
        (rules_minutes.can_circulate, _("Send to be countersigned"), "circulate", False),
        (rules_on_paper.can_enter_signature, _("Enter a countersignature on paper"), "enter_signature", False),
        (rules_minutes.can_return, _("Send back"), "return_minutes", True),
    )  # fmt: skip
    return [
        (label, reverse(f"meetings:{step}", args=[minutes.pk]), danger)
        for rule, label, step, danger in table
        if rule(user, minutes)
    ]
