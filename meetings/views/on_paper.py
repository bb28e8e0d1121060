"""What went to a department without an account on paper, and what came from it: entered by the office, with its scan."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.refusals import Refused
from core.wording import today
from departments.models import Department
from documents.downloads import attachment
from journal.actions import note_refusal
from meetings import rules_on_paper as rules
from meetings.actions import on_paper
from meetings.actions.taking import take_file
from meetings.forms_on_paper import PaperAnswerForm, PaperSignForm, PaperTopicForm, ServedForm
from meetings.models import Attendance, Minutes, PaperProof
from meetings.views.steps import MeetingStep
from workspace.steps import StepForm


class AskOnPaper(MeetingStep):
    rule, verb, template = rules.can_ask_on_paper, "meeting.topics_letter", "partials/confirm.html"
    title = label = _("Ask for topics by letter")
    effect = _(
        "A letter to the members without an account is numbered; what they answer is entered with its scan."
    )
    done = _("The letter is numbered: print it and have it served.")
    form_class = StepForm

    def act(self, thing, form, at):
        on_paper.ask_on_paper(meeting=thing, by=self.request.user, at=at)


class PaperStep(MeetingStep):
    """On the invitation of one department."""

    model = Attendance

    def found(self):
        found = Attendance.objects.visible_to(self.request.user)
        return found.select_related("meeting__office", "meeting__region", "department")

    def initial(self, thing):
        return {"on": today()}


class EnterNotice(PaperStep):
    rule, verb, form_class = rules.can_enter_notice, "meeting.paper_entered", ServedForm
    title = label = _("Enter that the notice was served")
    done = _("The proof of service is on the record.")

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("on", "scan")}
        on_paper.enter_notice(attendance=thing, by=self.request.user, at=at, **given)


class EnterTopics(PaperStep):
    rule, verb, form_class = rules.can_enter_topics, "meeting.paper_entered", PaperTopicForm
    title = label = _("Enter a topic named on paper")
    done = _("It is on the record with its scan.")

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("kind", "title", "text", "on", "scan")}
        on_paper.enter_topics(attendance=thing, by=self.request.user, at=at, **given)


class EnterAnswer(PaperStep):
    rule, verb, form_class = rules.can_enter_answer, "meeting.paper_entered", PaperAnswerForm
    title = label = _("Enter the answer on paper")
    done = _("The answer is on the record with its scan.")

    def act(self, thing, form, at):
        given = {
            name: form.cleaned_data[name]
            for name in ("answer", "person_name", "job_title", "reason", "on", "scan")
        }
        on_paper.enter_answer(attendance=thing, by=self.request.user, at=at, **given)


class EnterSignature(MeetingStep):
    model, rule, verb, form_class = Minutes, rules.can_enter_signature, "meeting.paper_entered", PaperSignForm
    title = label = _("Enter a countersignature on paper")
    done = _("The department's word is on the record with its scan.")

    def found(self):
        return Minutes.objects.visible_to(self.request.user).select_related(
            "meeting__office", "meeting__region"
        )

    def keywords(self, thing):
        asked = [each.pk for each in on_paper.unsigned(thing)]
        return {"departments": Department.objects.filter(pk__in=asked)}  # door: members asked to the meeting

    def initial(self, thing):
        return {"on": today(), "text_version": thing.text_version}

    def act(self, thing, form, at):
        given = {
            name: form.cleaned_data[name]
            for name in ("department", "kind", "words", "text_version", "on", "scan")
        }
        on_paper.enter_signature(minutes=thing, by=self.request.user, at=at, **given)


ATTENDANCE_STEPS = {"enter_notice": EnterNotice, "enter_topics": EnterTopics, "enter_answer": EnterAnswer}


@require_GET
@login_required
def proof(request, pk):
    """The scan of one paper."""
    found = PaperProof.objects.visible_to(request.user).select_related("attendance__meeting")
    row = get_object_or_404(found, pk=pk)
    meeting, at = row.attendance.meeting, timezone.now()
    try:
        data = take_file(row=row, of=meeting, by=request.user, at=at)
    except Refused as refusal:
        note_refusal(
            user=request.user,
            verb="meeting.paper_entered",
            target=meeting,
            sentence=refusal,
            at=at,
        )
        messages.error(request, str(refusal))
        return redirect(row.attendance.get_absolute_url())
    return attachment(data, name=row.name, content_type=row.media_type)
