"""The steps of a meeting: prepared, called, attended, closed, or not held."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import local_date
from core.wording import today
from meetings import choices, rules
from meetings.actions import agenda, attendance, calling, holding, quarter, topics
from meetings.forms import (
    AnswerForm,
    CallAgainForm,
    CallForm,
    InviteForm,
    ReasonForm,
    RecordForm,
    TopicForm,
    TopicsByForm,
)
from meetings.models import Attendance
from meetings.views.steps import MeetingStep


class TopicsBy(MeetingStep):
    rule, verb, form_class = rules.can_set_topics, "meeting.topics_set", TopicsByForm
    title = label = _("Ask for topics")
    done = _("Asked: every department that has not answered was told.")

    def initial(self, thing):
        return {"topics_by": thing.topics_by or today()}

    def act(self, thing, form, at):
        quarter.set_topics_by(
            meeting=thing, topics_by=form.cleaned_data["topics_by"], by=self.request.user, at=at
        )


class Skip(MeetingStep):
    rule, verb, form_class, danger = rules.can_skip, "meeting.skipped", ReasonForm, True
    title = label = _("The meeting is not held")
    done = _("Recorded: the meeting is not held. What departments proposed comes next time.")

    def act(self, thing, form, at):
        quarter.give_up(meeting=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Collect(MeetingStep):
    rule, verb, direct = rules.can_collect, "meeting.agenda_collected", True
    done = _("Collected: the agenda says what holds now.")

    def act(self, thing, form, at):
        agenda.collect_agenda(meeting=thing, by=self.request.user, at=at)


class Call(MeetingStep):
    rule, verb, form_class = rules.can_call, "meeting.called", CallForm
    title = label = _("Call the meeting")
    done = _("Called: the notice is numbered, and every department was asked who comes.")

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("starts_at", "place", "chair", "requirements")}
        calling.call_meeting(meeting=thing, by=self.request.user, at=at, **given)


class CallAgain(MeetingStep):
    rule, verb, form_class = rules.can_call_again, "meeting.called_again", CallAgainForm
    title = label = _("Change day or place")
    done = _("A new notice is numbered, and every department was asked anew who comes.")

    def initial(self, thing):
        return {"starts_at": thing.starts_at, "place": thing.place}

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("starts_at", "place", "reason")}
        calling.call_again(meeting=thing, by=self.request.user, at=at, **given)


class Invite(MeetingStep):
    rule, verb, form_class = rules.can_invite, "meeting.invited", InviteForm
    title = label = _("Invite without vote")
    done = _("Invited.")

    def keywords(self, thing):
        return {"departments": choices.guests(thing)}

    def act(self, thing, form, at):
        calling.invite(meeting=thing, department=form.cleaned_data["department"], by=self.request.user, at=at)

    def after(self, thing, result):
        return f"{thing.get_absolute_url()}?tab=people"


class Topic(MeetingStep):
    form_class = TopicForm

    def keywords(self, thing):
        return {"cases": choices.cases(self.request.user)}

    def given(self, form):
        return {name: form.cleaned_data[name] for name in ("kind", "title", "text", "case")}


class Add(Topic):
    rule, verb = rules.can_add, "meeting.item_added"
    title = label = _("Add a topic")
    done = _("It stands on the agenda.")

    def act(self, thing, form, at):
        item = agenda.add_item(meeting=thing, by=self.request.user, at=at, **self.given(form))
        if form.cleaned_data["file"]:
            topics.add_material(item=item, upload=form.cleaned_data["file"], by=self.request.user, at=at)


class Propose(Topic):
    rule, verb = rules.can_propose, "meeting.item_proposed"
    title = label = _("Propose a topic")
    done = _("Proposed: the office puts it on the agenda, or says why not.")

    def act(self, thing, form, at):
        file = form.cleaned_data["file"]
        topics.propose_item(
            meeting=thing, department=self.request.user.department, files=[file] if file else [],
            by=self.request.user, at=at, **self.given(form),
        )  # fmt: skip


class NoTopic(MeetingStep):
    rule, verb, direct = rules.can_propose, "meeting.topics_none", True
    done = _("Noted: your department has no topic.")

    def act(self, thing, form, at):
        topics.no_topic(meeting=thing, department=self.request.user.department, by=self.request.user, at=at)


class Record(MeetingStep):
    rule, verb, form_class = rules.can_record, "meeting.attendance_recorded", RecordForm
    title = label = _("Record the attendance")
    done = _("Recorded.")

    def keywords(self, thing):
        rows = thing.attendances.select_related("department").order_by("-member", "pk")
        return {"attendances": list(rows)}

    def act(self, thing, form, at):
        attendance.record_attendance(meeting=thing, presences=form.presences(), by=self.request.user, at=at)

    def after(self, thing, result):
        return f"{thing.get_absolute_url()}?tab=people"


class Close(MeetingStep):
    rule, verb, template = rules.can_close, "meeting.closed", "partials/confirm.html"
    title = label = _("Close the meeting")
    effect = _(
        "Every resolution becomes the task of a named person with a clock; the agenda does not change any more."
    )
    done = _("Closed. The minutes are drafted within minutes.")

    def act(self, thing, form, at):
        holding.close_meeting(meeting=thing, by=self.request.user, at=at)


class AnswerInvitation(MeetingStep):
    model, rule, verb, form_class = Attendance, rules.can_answer, "meeting.answered", AnswerForm
    title = label = _("Say who comes")
    done = _("The office knows who comes.")

    def found(self):
        found = Attendance.objects.visible_to(self.request.user)
        return found.select_related("meeting__office", "meeting__region", "department")

    def keywords(self, thing):
        return {"people": choices.people(thing.department, local_date(timezone.now()))}

    def initial(self, thing):
        return {"answer": thing.answer, "person": thing.person_id, "job_title": thing.job_title,
                "reason": thing.leave_reason}  # fmt: skip

    def act(self, thing, form, at):
        given = {name: form.cleaned_data[name] for name in ("answer", "person", "job_title", "reason")}
        attendance.answer_invitation(attendance=thing, by=self.request.user, at=at, **given)


STEPS = {
    "topics_by": TopicsBy, "skip": Skip, "collect": Collect, "call": Call, "call_again": CallAgain, "invite": Invite,
    "add": Add, "propose": Propose, "no_topic": NoTopic, "record": Record, "close": Close,
}  # fmt: skip
