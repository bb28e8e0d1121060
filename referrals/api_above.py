"""`/api/v1/tasks/`: tasks from above and beside, by the same doors, rules and actions as the pages."""

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from cases.api import RegisterSerializer
from cases.models import Case
from core.api import asked_of, unknown
from departments.models import Department, User
from referrals import api_scans
from referrals import rules_above as rules
from referrals.actions.above_cases import link_case, open_case
from referrals.actions.above_closing import chase_task, close_task, redo_task
from referrals.actions.above_intake import (
    accept_task,
    assign_task,
    hand_back_task,
    register_task,
    withdraw_task,
)
from referrals.actions.above_letters import draft_task_letter
from referrals.actions.above_raised import conclude_raised
from referrals.api import LetterReason, LetterRemark, LetterStep
from referrals.api_steps import Made, Stepping
from referrals.api_task_letters import TaskSteps
from referrals.api_task_letters import router_entries as letter_entries
from referrals.enums_above import Handling, Purpose, TaskKind
from referrals.models import Task, TaskCase


class TaskCaseSerializer(serializers.ModelSerializer):
    class Meta:
        model = TaskCase
        fields = ("case", "outcome", "remark", "stated_at")


class TaskSerializer(serializers.ModelSerializer):
    class Meta:
        model = Task
        fields = (
            "id", "version", "kind", "status", "body_name", "number", "subject", "request", "received_on", "due_on",
            "registered_in", "department", "handler", "registered_at", "assigned_at", "accepted_at", "reported_at",
            "closed_at", "withdrawn_at", "handling", "redo_count",
        )  # fmt: skip
        read_only_fields = fields


class TaskDetailSerializer(TaskSerializer):
    """With the cases of the task that the reader may see."""

    cases = serializers.SerializerMethodField()
    scans = serializers.SerializerMethodField()

    class Meta(TaskSerializer.Meta):
        fields = (*TaskSerializer.Meta.fields, "cases", "scans")
        read_only_fields = fields

    @extend_schema(responses=api_scans.ScanSerializer(many=True))
    def get_scans(self, task) -> list:
        return api_scans.of_task(task)

    @extend_schema(responses=TaskCaseSerializer(many=True))
    def get_cases(self, task) -> list:
        seen = Case.objects.visible_to(self.context["request"].user)
        return TaskCaseSerializer(task.links.filter(case__in=seen), many=True).data


class TaskEntry(serializers.Serializer):
    kind = serializers.ChoiceField(choices=TaskKind.choices)
    body_name = serializers.CharField(max_length=60)
    number = serializers.CharField(max_length=60)
    subject = serializers.CharField(max_length=100)
    request = serializers.CharField(max_length=2000)
    received_on = serializers.DateField()
    due_on = serializers.DateField(required=False, allow_null=True, default=None)
    scan = serializers.FileField(required=False, allow_null=True, default=None)


class TaskAssignment(serializers.Serializer):
    department = serializers.IntegerField()
    person = serializers.IntegerField()


class TaskRedo(LetterReason):
    due_on = serializers.DateField()


class TaskLink(serializers.Serializer):
    case = serializers.IntegerField()


class TaskLead(RegisterSerializer):
    """A lead from the task: source, source number and day of receipt are the task's."""

    source = source_number = found_on = period_from = period_to = major = restricted = None
    new_subject = None  # of those known already


class TaskConclusion(LetterReason):
    given_back = serializers.BooleanField()


class TaskAnswer(serializers.Serializer):
    title = serializers.CharField(max_length=100)
    text = serializers.CharField(max_length=6000)
    effect = serializers.ChoiceField(
        choices=[Handling.SUSPENDED.value, Handling.ENDED.value], required=False, allow_blank=True, default=""
    )


class TaskDelay(TaskAnswer):
    effect = None
    new_on = serializers.DateField()


def _one(found, pk, name):
    """The row, or a sentence under the field: what one may not see is not told from what does not exist."""
    thing = found.filter(pk=pk).first()
    if thing is None:
        raise unknown(name)
    return thing


class TaskViewSet(TaskSteps, Stepping):
    """Tasks from above and beside. Filter by `status`, `kind`, `department`, `case`."""

    queryset = Task.objects.none()  # door: get_queryset
    serializer_class = TaskDetailSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Task.objects.none()  # door: the schema only
        asked, wanted = asked_of(self), Q()
        for name in ("status", "kind"):
            if asked.get(name):
                wanted &= Q(**{name: asked[name]})
        if asked.get("department", "").isdecimal():
            wanted &= Q(department=int(asked["department"]))
        if asked.get("case", "").isdecimal():
            cases = Case.objects.visible_to(self.request.user).filter(pk=int(asked["case"]))
            wanted &= Q(links__case__in=cases)
        return Task.objects.visible_to(self.request.user).for_list().filter(wanted)

    def get_serializer_class(self):
        return TaskSerializer if self.action == "list" else self.serializer_class

    def _now(self, task, status=200):
        task = Task.objects.visible_to(self.request.user).for_list().filter(pk=task.pk).first()
        if task is None:  # handed back or given to another department: out of sight
            return Response(status=204)
        return Response(TaskDetailSerializer(task, context=self.get_serializer_context()).data, status=status)

    def _step(self, request, rule, form, act, drafts=""):
        return super()._step(
            request, rule, form, lambda task, values, at: act(task, values, {"by": request.user, "at": at}), drafts
        )

    @extend_schema(request=TaskEntry, responses={201: TaskDetailSerializer})
    def create(self, request):
        """Register a letter from a body outside."""
        if not rules.can_register(request.user):
            raise PermissionDenied
        values = TaskEntry(data=request.data)
        values.is_valid(raise_exception=True)
        return self._now(register_task(by=request.user, at=timezone.now(), **values.validated_data), status=201)

    @extend_schema(request=TaskAssignment, responses=TaskDetailSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request, pk=None):
        """分办 to a department and one of its people; only the office names another department than its own."""

        def act(task, values, who):
            found = Department.objects.visible_to(request.user)
            if not rules.may_choose_department(request.user, task):
                found = found.filter(pk=(task.department or request.user.department).pk)
            department = _one(found, values["department"], "department")
            person = _one(User.objects.visible_to(request.user), values["person"], "person")
            assign_task(task=task, department=department, person=person, **who)

        return self._step(request, rules.can_assign, TaskAssignment, act)

    @extend_schema(request=LetterStep, responses=TaskDetailSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request, pk=None):
        """受理, by the assigned person."""
        return self._step(request, rules.can_accept, LetterStep, lambda task, values, who: accept_task(task=task, **who))

    @extend_schema(request=LetterReason, responses=TaskDetailSerializer)
    @action(detail=True, methods=["post"])
    def hand_back(self, request, pk=None):
        """退回分办 with a reason."""
        return self._step(
            request, rules.can_hand_back, LetterReason, lambda task, values, who: hand_back_task(task=task, **values, **who)
        )

    @extend_schema(request=TaskLink, responses=TaskDetailSerializer)
    @action(detail=True, methods=["post"])
    def link(self, request, pk=None):
        """Put a case under the task."""

        def act(task, values, who):
            link_case(task=task, case=_one(Case.objects.visible_to(request.user), values["case"], "case"), **who)

        return self._step(request, rules.can_link, TaskLink, act)

    @extend_schema(request=TaskLead, responses={201: TaskDetailSerializer})
    @action(detail=True, methods=["post"])
    def lead(self, request, pk=None):
        """Register a lead from the task and put it under it."""
        task = self.get_object()
        if not rules.can_open_case(request.user, task):
            raise PermissionDenied
        values = TaskLead(data=request.data)
        values.is_valid(raise_exception=True)
        given = values.known(request.user)

        self.check_version(task)
        open_case(task=task, by=request.user, at=timezone.now(), **given)
        return self._now(task, status=201)

    @extend_schema(request=TaskAnswer, responses={201: Made})
    @action(detail=True, methods=["post"])
    def answer(self, request, pk=None):
        """Draft the letter that answers the task; it is reviewed, signed and sent by others on the pages."""
        return self._step(
            request, rules.can_answer, TaskAnswer,
            lambda task, values, who: draft_task_letter(task=task, purpose=task.answer_purpose, **values, **who),
            "taskletter-detail",
        )  # fmt: skip

    @extend_schema(request=TaskDelay, responses={201: Made})
    @action(detail=True, methods=["post"])
    def delay(self, request, pk=None):
        """Draft the request for a later date."""
        return self._step(
            request, rules.can_ask_delay, TaskDelay,
            lambda task, values, who: draft_task_letter(task=task, purpose=Purpose.DELAY, **values, **who),
            "taskletter-detail",
        )  # fmt: skip

    @extend_schema(request=LetterRemark, responses=TaskDetailSerializer)
    @action(detail=True, methods=["post"])
    def chase(self, request, pk=None):
        """催办, at most once a working day."""
        return self._step(
            request, rules.can_chase, LetterRemark, lambda task, values, who: chase_task(task=task, **values, **who)
        )

    @extend_schema(request=LetterRemark, responses=TaskDetailSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """办结: only what was reported, with every case stated."""
        return self._step(
            request, rules.can_close, LetterRemark, lambda task, values, who: close_task(task=task, **values, **who)
        )

    @extend_schema(request=TaskRedo, responses=TaskDetailSerializer)
    @action(detail=True, methods=["post"])
    def redo(self, request, pk=None):
        """The body wants it reported again by a new date."""
        return self._step(
            request, rules.can_redo, TaskRedo, lambda task, values, who: redo_task(task=task, **values, **who)
        )

    @extend_schema(request=TaskConclusion, responses=TaskDetailSerializer)
    @action(detail=True, methods=["post"])
    def conclude(self, request, pk=None):
        """What became of a case taken up by the higher level."""
        return self._step(
            request, rules.can_conclude, TaskConclusion,
            lambda task, values, who: conclude_raised(task=task, **values, **who),
        )  # fmt: skip

    @extend_schema(request=LetterReason, responses=TaskDetailSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request, pk=None):
        """The body took the task back."""
        return self._step(
            request, rules.can_withdraw, LetterReason, lambda task, values, who: withdraw_task(task=task, **values, **who)
        )


router_entries = [("tasks", TaskViewSet), *letter_entries]
