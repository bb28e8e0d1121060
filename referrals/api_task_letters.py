"""`/api/v1/task-letters/`, and the cases, scans and later dates of a task: as on the pages."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from cases.models import Case, Evidence
from core.api import asked_of, unknown
from core.parsers import MultiPartParser
from referrals import rules as paper_rules
from referrals import rules_above as rules
from referrals.actions.above_cases import state_case
from referrals.actions.above_extensions import answer_extension
from referrals.actions.above_intake import add_task_file
from referrals.actions.above_letters import (
    edit_task_letter,
    send_task_letter,
    submit_task_letter,
)
from referrals.api_steps import PaperNothing, PaperSending, PaperSteps, Stepping, some_ids
from referrals.enums_above import Handling, Outcome, TaskFileKind
from referrals.models import TaskCase, TaskExtension, TaskLetter


class TaskOutcome(serializers.Serializer):
    """`case`: one of the task's cases, by its id; handed over is said by the letter that hands over."""

    case = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=[choice for choice in Outcome.choices if choice[0] != Outcome.HANDED])
    remark = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


class TaskScan(serializers.Serializer):
    kind = serializers.ChoiceField(choices=TaskFileKind.choices)
    upload = serializers.FileField()


class TaskDelayAnswer(serializers.Serializer):
    agreed = serializers.BooleanField()
    answer_number = serializers.CharField(max_length=60)
    answer_on = serializers.DateField()
    remark = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)
    scan = serializers.FileField(required=False, allow_null=True, default=None)


def _states(user: Any, task: Any) -> bool:
    """The rule asks a case's task alone, so any case of it will do."""
    return rules.can_state(user, TaskCase(task=task))


def _asked(task: Any) -> TaskExtension | None:
    return task.extensions.filter(status="asked").first()


def _answers(user: Any, task: Any) -> bool:
    asked = _asked(task)
    return asked is not None and rules.can_answer_extension(user, asked)


class TaskSteps:
    """Mixin of `TaskViewSet`, which gives `_step`."""

    _step: Any

    @extend_schema(request=TaskOutcome, responses=None)
    @action(detail=True, methods=["post"])
    def state(self, request: Any, pk: Any = None) -> Response:
        """What became of one case of the task: what the report tells the body."""

        def act(task: Any, values: dict, who: dict) -> None:
            seen = Case.objects.visible_to(request.user).filter(pk=values.pop("case"))
            found = TaskCase.objects.visible_to(request.user).filter(task=task, case__in=seen)
            link = found.select_related("task", "case").first()
            if link is None:
                raise unknown("case")
            state_case(link=link, **values, **who)

        return self._step(request, _states, TaskOutcome, act)

    @extend_schema(request=TaskScan, responses=None)
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def file(self, request: Any, pk: Any = None) -> Response:
        """Keep a scan with the task."""
        return self._step(
            request, rules.can_add_file, TaskScan, lambda task, values, who: add_task_file(task=task, **values, **who)
        )

    @extend_schema(request=TaskDelayAnswer, responses=None)
    @action(
        detail=True, methods=["post"], url_path="answer-delay", url_name="answer-delay", parser_classes=[MultiPartParser]
    )
    def answer_delay(self, request: Any, pk: Any = None) -> Response:
        """What the body answered to the request for a later date."""
        return self._step(request, _answers, TaskDelayAnswer, lambda task, values, who: answer_extension(
            extension=_asked(task), **values, **who))  # fmt: skip


class TaskLetterSerializer(serializers.ModelSerializer):
    class Meta:
        model = TaskLetter
        fields = (
            "id", "version", "purpose", "status", "task", "department", "title", "text", "new_on", "effect", "drafted_by",
            "drafted_at", "submitted_at", "reviewed_at", "approved_at", "sent_at", "sent_back_reason", "document",
        )  # fmt: skip
        read_only_fields = fields


class TaskLetterEdit(serializers.Serializer):
    """`new_on` goes with a request for a later date, `effect` and `manifest` with a hand-over."""

    title = serializers.CharField(max_length=100)
    text = serializers.CharField(max_length=6000)
    new_on = serializers.DateField(required=False, allow_null=True, default=None)
    effect = serializers.ChoiceField(
        choices=[Handling.SUSPENDED.value, Handling.ENDED.value], required=False, allow_blank=True, default=""
    )
    manifest = some_ids(required=False, default=list)


class TaskLetterViewSet(PaperSteps, Stepping):
    """Letters to the bodies that gave tasks. Filter by `status`, `task`."""

    queryset = TaskLetter.objects.none()  # door: get_queryset
    serializer_class = TaskLetterSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return TaskLetter.objects.none()  # door: the schema only
        found = TaskLetter.objects.visible_to(self.request.user).select_related("task", "department", "drafted_by")
        asked = asked_of(self)
        if asked.get("status"):
            found = found.filter(status=asked["status"])
        return found.filter(task=int(asked["task"])) if asked.get("task", "").isdecimal() else found

    @extend_schema(request=TaskLetterEdit, responses=TaskLetterSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Change a draft that is still at the version named."""

        def act(thing, values, at):
            ids = values["manifest"]
            cases = thing.task.links.values("case")
            found = Evidence.objects.visible_to(request.user).filter(case__in=cases, voided_at=None).in_bulk(ids)
            if len(found) != len(set(ids)):
                raise unknown("manifest")
            values["manifest"] = [found[each] for each in ids]
            edit_task_letter(letter=thing, version=self.expected_version(), by=request.user, at=at, **values)

        return self._step(request, paper_rules.can_edit, TaskLetterEdit, act)

    @extend_schema(request=PaperNothing, responses=TaskLetterSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request, pk=None):
        """Hand a complete letter to the reviewer."""
        return self._step(request, paper_rules.can_submit, PaperNothing, lambda thing, values, at: submit_task_letter(
            letter=thing, by=request.user, at=at))  # fmt: skip

    @extend_schema(request=PaperSending, responses=TaskLetterSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request, pk=None):
        """编号、发出, by the registrar; a report meets the clock of the task."""
        return self._step(request, paper_rules.can_send, PaperSending, lambda thing, values, at: send_task_letter(
            letter=thing, by=request.user, at=at, **values))  # fmt: skip


router_entries = [("task-letters", TaskLetterViewSet)]
