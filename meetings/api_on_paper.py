"""The API's steps on paper: what the office enters of departments without an account, each with its day and its scan."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action

from core.parsers import MultiPartParser
from departments.models import Department
from meetings import rules_on_paper
from meetings.actions import on_paper
from meetings.actions.common import LONGEST_NAME
from meetings.api_base import STEP, one_of
from meetings.api_files import WHICH, asked_row, kept
from meetings.api_shapes import AttendanceSerializer, MeetingNothing, MeetingSerializer, MinutesSerializer
from meetings.enums import ANSWERS, LONGEST_TOPIC, SignKind
from meetings.models import PaperProof


class OnPaper(serializers.Serializer):
    """`on`: the day of the paper."""

    on = serializers.DateField()
    scan = serializers.FileField()


class OnPaperTopic(OnPaper):
    """Without `kind`: it has no topic."""

    kind = serializers.CharField(max_length=10, required=False, allow_blank=True, default="")
    title = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    text = serializers.CharField(max_length=LONGEST_TOPIC, required=False, allow_blank=True, default="")


class OnPaperAnswer(OnPaper):
    """`person_name`: who comes; `reason`: of leave."""

    answer = serializers.ChoiceField(choices=ANSWERS)
    person_name = serializers.CharField(max_length=LONGEST_NAME, required=False, allow_blank=True, default="")
    job_title = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class OnPaperSignature(OnPaper):
    """`text_version`: the version the department signed, or objects to with `words`."""

    department = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=SignKind.choices)
    words = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    text_version = serializers.IntegerField()


class MeetingOnPaper:
    """Of a meeting."""

    @extend_schema(request=MeetingNothing, responses=MeetingSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="ask-on-paper")
    def ask_on_paper(self, request, pk=None):
        """The numbered letter that asks the members without an account for topics."""
        return self.step(
            request, "topics_letter", rules_on_paper.can_ask_on_paper, MeetingNothing,
            lambda thing, at: on_paper.ask_on_paper(meeting=thing, by=request.user, at=at),
        )  # fmt: skip


class AttendanceOnPaper:
    """Of an invitation."""

    @extend_schema(request=OnPaper, responses=AttendanceSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="enter-notice", parser_classes=[MultiPartParser])
    def enter_notice(self, request, pk=None):
        """The notice was served: the day, and the proof of service."""
        return self.step(
            request, "paper_entered", rules_on_paper.can_enter_notice, OnPaper,
            lambda thing, at, **given: on_paper.enter_notice(attendance=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=OnPaperTopic, responses=AttendanceSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="enter-topics", parser_classes=[MultiPartParser])
    def enter_topics(self, request, pk=None):
        """A topic named in writing, or that there is none."""
        return self.step(
            request, "paper_entered", rules_on_paper.can_enter_topics, OnPaperTopic,
            lambda thing, at, **given: on_paper.enter_topics(attendance=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(request=OnPaperAnswer, responses=AttendanceSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="enter-answer", parser_classes=[MultiPartParser])
    def enter_answer(self, request, pk=None):
        """Who comes, or leave, as the department wrote it."""
        return self.step(
            request, "paper_entered", rules_on_paper.can_enter_answer, OnPaperAnswer,
            lambda thing, at, **given: on_paper.enter_answer(attendance=thing, by=request.user, at=at, **given),
        )  # fmt: skip

    @extend_schema(parameters=[WHICH], responses={(200, "*/*"): bytes})
    @action(detail=True, methods=["get"])
    def paper(self, request, pk=None):
        """The scan of one of its papers (`id`: of `papers`)."""
        thing = self.get_object()
        row = asked_row(request, PaperProof.objects.visible_to(request.user).filter(attendance=thing))
        return kept(request, row, "meeting.paper_entered", thing.meeting)


class MinutesOnPaper:
    """Of minutes."""

    @extend_schema(request=OnPaperSignature, responses=MinutesSerializer, parameters=STEP)
    @action(detail=True, methods=["post"], url_path="enter-signature", parser_classes=[MultiPartParser])
    def enter_signature(self, request, pk=None):
        """The word of a member without an account, with the scan of what it signed."""

        def act(thing, at, department, **given):
            row = one_of(Department, request.user, "department", department)
            on_paper.enter_signature(minutes=thing, department=row, by=request.user, at=at, **given)

        return self.step(request, "paper_entered", rules_on_paper.can_enter_signature, OnPaperSignature, act)
