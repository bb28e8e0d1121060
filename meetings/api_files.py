"""The files of meetings by the API: the same doors and the same bytes as the pages give."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action

from cases.models import Case
from core.api import unknown
from core.refusals import Refused, WrongState
from documents import storage, word
from documents.actions import note_download
from documents.downloads import DOCX_TYPE, attachment, file_name
from documents.letter import from_json
from documents.models import IssuedDocument
from documents.preview import draft_pdf, draft_word
from journal.actions import note_refusal
from meetings import contexts, ics, letters, minutes_paper
from meetings.actions import topics
from meetings.actions.taking import take_file
from meetings.models import Extract, Material, Opinion, ResolutionStep
from meetings.querysets import in_office

PDF = {(200, "application/pdf"): bytes}
DOCX = {(200, DOCX_TYPE): bytes}
ANY = {(200, "*/*"): bytes}
WHICH = OpenApiParameter("id", int, required=True, description="of the row whose file it is")
CASE = OpenApiParameter("case", int, description="id of a case one sees")
DEPARTMENT = OpenApiParameter("department", int, description="for the office; else one's own")


def number(request: Any, name: str) -> int | None:
    """A number the address asks for.

    :raises ValidationError: it is none (under its name)
    """
    given = request.query_params.get(name, "")
    if given and not (given.isdecimal() and len(given) < 19):
        raise unknown(name)
    return int(given) if given else None


def asked_row(request: Any, found: QuerySet[Any]) -> Any:
    """The row `id` asks for.

    :raises ValidationError: there is none, or it is not open to the caller (under `id`)
    """
    row = found.filter(pk=number(request, "id") or 0).first()
    if row is None:
        raise unknown("id")
    return row


def issued(request: Any, document: IssuedDocument | None, what: str = "pdf") -> HttpResponse:
    """A numbered paper as it was printed (`pdf`), or an editable copy of what it says (`word`); on the record.

    :raises WrongState: it is not numbered, or not printed yet
    :raises Tampered: the file is not what was printed
    """
    if (
        document is None
        or not IssuedDocument.objects.visible_to(request.user).filter(pk=document.pk).exists()
    ):
        raise WrongState(_("There is no such paper yet."))
    if what == "pdf":
        data, suffix, kind = storage.fetch(document.file, document.sha256), ".pdf", "application/pdf"
    else:
        data, suffix, kind = word.docx(from_json(document.context)), ".docx", DOCX_TYPE
    note_download(document=document, what=what, by=request.user, at=timezone.now())
    return attachment(data, name=file_name(document.number, document.title, suffix=suffix), content_type=kind)


def kept(request: Any, row: Any, verb: str, target: Any) -> HttpResponse:
    """A file somebody handed in, on the record; where it was tampered with, that is, and nobody gets it.

    :raises Tampered: it is not what was handed in
    """
    at = timezone.now()
    try:
        data = take_file(row=row, of=target, by=request.user, at=at)
    except Refused as refusal:
        note_refusal(user=request.user, verb=verb, target=target, sentence=refusal, at=at)
        raise
    return attachment(data, name=row.name, content_type=row.media_type)


class MeetingFiles:
    """Of a meeting: its notice, calendar file, sign-in sheet, agenda with the list of material."""

    @extend_schema(responses=PDF)
    @action(detail=True, methods=["get"])
    def notice(self, request, pk=None):
        """The numbered notice; 409 before the meeting is called."""
        return issued(request, self.get_object().notice)

    @extend_schema(responses=DOCX)
    @action(detail=True, methods=["get"], url_path="notice-word")
    def notice_word(self, request, pk=None):
        return issued(request, self.get_object().notice, "word")

    @extend_schema(responses=PDF)
    @action(detail=True, methods=["get"], url_path="topics-letter")
    def topics_letter(self, request, pk=None):
        """The numbered letter to members without an account; 409 where there is none."""
        return issued(request, self.get_object().topics_letter)

    @extend_schema(responses={(200, "text/calendar"): bytes})
    @action(detail=True, methods=["get"])
    def calendar(self, request, pk=None):
        """For one's own calendar; 409 before the meeting is called."""
        meeting = self.get_object()
        if meeting.notice is None:
            raise WrongState(_("There is no such paper yet."))
        name = file_name(meeting.title, suffix=".ics")
        return attachment(ics.calendar_file(meeting), name=name, content_type=ics.TYPE)

    @extend_schema(responses=PDF)
    @action(detail=True, methods=["get"], url_path="sign-in-sheet")
    def sign_in_sheet(self, request, pk=None):
        """签到表, to print; 409 before the meeting is called."""
        meeting = self.get_object()
        if meeting.starts_at is None:
            raise WrongState(_("There is no such paper yet."))
        return draft_pdf(letters.sign_in_sheet(contexts.of_sheet(meeting, at=timezone.now())))

    @extend_schema(responses=PDF)
    @action(detail=True, methods=["get"])
    def booklet(self, request, pk=None):
        """会议材料: the agenda with the list of its material."""
        return draft_pdf(letters.booklet(contexts.of_booklet(self.get_object(), at=timezone.now())))


class MinutesFiles:
    """Of minutes: issued, the numbered paper; before, as they would be printed now."""

    @extend_schema(responses=PDF)
    @action(detail=True, methods=["get"])
    def pdf(self, request, pk=None):
        minutes = self.get_object()
        if minutes.document is not None:
            return issued(request, minutes.document)
        return draft_pdf(minutes_paper.paper(minutes_paper.context(minutes, at=timezone.now())))

    @extend_schema(responses=DOCX)
    @action(detail=True, methods=["get"])
    def word(self, request, pk=None):
        minutes = self.get_object()
        if minutes.document is not None:
            return issued(request, minutes.document, "word")
        return draft_word(minutes_paper.paper(minutes_paper.context(minutes, at=timezone.now())))

    @extend_schema(responses=PDF, parameters=[CASE, DEPARTMENT])
    @action(detail=True, methods=["get"])
    def extract(self, request, pk=None):
        """摘录 about one's own department (the office names one), or about a case; 409 while it is being printed."""
        minutes, of_case, of_department = (
            self.get_object(),
            number(request, "case"),
            number(request, "department"),
        )
        case, department = None, request.user.department
        if of_case is not None:
            case, department = Case.objects.visible_to(request.user).filter(pk=of_case).first(), None
            if case is None:
                raise unknown("case")
        elif of_department is not None and in_office(request.user):
            row = (
                minutes.meeting.attendances.select_related("department")
                .filter(department=of_department)
                .first()
            )
            if row is None:
                raise unknown("department")
            department = row.department
        mine = minutes_paper.parts_of(minutes, department=department, case=case)
        if not mine:
            raise WrongState(_("Nothing in these minutes concerns them."))
        found = Extract.objects.visible_to(request.user).filter(
            minutes=minutes, department=department, case=case
        )
        row = found.select_related("document").first()
        if row is not None:
            return issued(request, row.document)
        whose = case.number if case is not None else department.name
        given = minutes_paper.extract_context(
            minutes, mine, whose=whose, of_case=case is not None, at=timezone.now()
        )
        return draft_pdf(minutes_paper.paper(given))


class ItemFiles:
    """Of a topic."""

    @extend_schema(responses=ANY, parameters=[WHICH])
    @action(detail=True, methods=["get"])
    def material(self, request, pk=None):
        """One version of a file (`id`: of `materials`); who took it is on the record."""
        item = self.get_object()
        row = asked_row(request, Material.objects.visible_to(request.user).filter(item=item))
        row.item = item
        at = timezone.now()
        try:
            data = topics.take_material(material=row, by=request.user, at=at)
        except Refused as refusal:
            note_refusal(
                user=request.user, verb="meeting.material_taken", target=item.meeting, sentence=refusal, at=at
            )
            raise
        return attachment(data, name=row.name, content_type=row.media_type)


class TaskFiles:
    """Of a resolution."""

    @extend_schema(responses=ANY, parameters=[WHICH])
    @action(detail=True, methods=["get"])
    def evidence(self, request, pk=None):
        """The file of one step (`id`: of `steps`)."""
        task = self.get_object()
        steps = ResolutionStep.objects.visible_to(request.user).filter(resolution=task)
        return kept(request, asked_row(request, steps.exclude(file="")), "meeting.task_progress", task)

    @extend_schema(responses=PDF, parameters=[WHICH])
    @action(detail=True, methods=["get"])
    def letter(self, request, pk=None):
        """The letter of supervision of one step (`id`: of `steps`)."""
        task = self.get_object()
        steps = ResolutionStep.objects.visible_to(request.user).filter(
            resolution=task, document__isnull=False
        )
        return issued(request, asked_row(request, steps.select_related("document")).document)


class ProposalFiles:
    """Of a proposal."""

    @extend_schema(responses=PDF)
    @action(detail=True, methods=["get"])
    def letter(self, request, pk=None):
        """征求意见函 of the last round; 409 before the first."""
        return issued(request, self.get_object().letter)

    @extend_schema(responses=PDF)
    @action(detail=True, methods=["get"])
    def notice(self, request, pk=None):
        """The notice of the deployment; 409 before it is deployed."""
        return issued(request, self.get_object().document)

    @extend_schema(responses=ANY, parameters=[WHICH])
    @action(detail=True, methods=["get"])
    def scan(self, request, pk=None):
        """The written reply an opinion was entered with (`id`: of `opinions`)."""
        proposal = self.get_object()
        rows = Opinion.objects.visible_to(request.user).filter(proposal=proposal).exclude(file="")
        return kept(request, asked_row(request, rows), "meeting.opinion_entered", proposal)
