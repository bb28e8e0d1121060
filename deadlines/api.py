"""The API of clocks: read, extended, handed over and explained by the same doors, rules and forms as the pages."""

from django.db import transaction
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import MATCH, InPost, Pages, Versions
from core.api_forms import body_of, read_form
from core.dates import local_date
from deadlines import forms, rules
from deadlines.actions.changes import extend_clock
from deadlines.actions.clocks import explain_lateness, reassign_clock
from deadlines.calendar import Calendar
from deadlines.explain import explain, without_words
from deadlines.lamps import lamp_of
from deadlines.models import Deadline, DeadlineChange

ExtendBody = body_of(forms.ExtendForm, "DeadlineExtending")
ReasonBody = body_of(forms.ReasonForm, "DeadlineReason")
ReassignBody = body_of(forms.ReassignForm, "DeadlineHandover")


class SoonestFirst(Pages):
    """The most urgent first."""

    ordering = ("due_at", "id")


class ChangeSerializer(serializers.ModelSerializer):
    class Meta:
        model = DeadlineChange
        fields = ("kind", "at", "by_id", "reason", "old_due_on", "new_due_on")


class DeadlineSerializer(serializers.ModelSerializer):
    """A clock with its lamp, as the list shows it."""

    lamp = serializers.SerializerMethodField(help_text="g, y, r or n")
    working_days_left = serializers.SerializerMethodField(
        help_text="negative: working days late; null when over"
    )

    class Meta:
        model = Deadline
        fields = (
            "id", "name", "rule_code", "amount", "unit", "department", "person", "to_department", "region_id",
            "case_id", "target_kind", "target_id", "started_at", "started_on", "first_due_on", "due_on", "due_at",
            "status", "stage", "late", "late_reason", "provisional", "ended_at", "lamp", "working_days_left",
            "version",
        )  # fmt: skip

    def to_representation(self, deadline):
        """Without what people wrote, for who sees the case as a summary only."""
        if "request" in self.context and not rules.reads_words(self.context["request"].user, deadline):
            deadline = without_words(deadline) if hasattr(self, "get_sentence") else deadline
            deadline.late_reason = ""
        return super().to_representation(deadline)

    def _lamp(self, deadline):
        return lamp_of(deadline, local_date(timezone.now()), Calendar.current())

    def get_lamp(self, deadline) -> str:
        return self._lamp(deadline).color

    def get_working_days_left(self, deadline) -> int | None:
        return self._lamp(deadline).days


class DayField(serializers.Serializer):
    date = serializers.DateField()
    kind = serializers.CharField()
    label = serializers.CharField()
    index = serializers.IntegerField(allow_null=True)


class DeadlineDetailSerializer(DeadlineSerializer):
    """A clock with everything that moved it and the reason for every day."""

    changes = ChangeSerializer(many=True)
    sentence = serializers.SerializerMethodField()
    days = serializers.SerializerMethodField()

    class Meta(DeadlineSerializer.Meta):
        fields = (*DeadlineSerializer.Meta.fields, "changes", "sentence", "days")

    def _explained(self, deadline):
        return explain(deadline, local_date(timezone.now()))

    def get_sentence(self, deadline) -> str:
        return self._explained(deadline).sentence

    def get_days(self, deadline) -> list[dict]:
        return DayField(self._explained(deadline).days, many=True).data


class DeadlineFilter(filters.FilterSet):
    """lamp: g, y, r or n; department: who owes; case; status."""

    lamp = filters.ChoiceFilter(choices=[(code, code) for code in "gyrn"], method="by_lamp")
    department = filters.NumberFilter(field_name="department_id")
    case = filters.NumberFilter(field_name="case_id")

    class Meta:
        model = Deadline
        fields = ("lamp", "department", "case", "status")

    def by_lamp(self, queryset, name, value):
        """The lamp of `deadlines.lamps`, said in SQL."""
        return queryset.with_lamp(value, timezone.now())


class DeadlineViewSet(Versions, viewsets.ReadOnlyModelViewSet):
    """Clocks of the cases one may see, and those one's department owes."""

    permission_classes = (InPost,)
    pagination_class = SoonestFirst
    filter_backends = (filters.DjangoFilterBackend,)
    filterset_class = DeadlineFilter
    queryset = Deadline.objects.none()  # door: for the schema only

    def get_queryset(self):
        found = Deadline.objects.visible_to(self.request.user).select_related("rule")
        if self.action == "list":
            return found
        return found.select_related("department__region", "person").prefetch_related("changes")

    def filter_queryset(self, queryset):
        """Filters narrow the list; one clock is found whatever stands in the address."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def get_serializer_class(self):
        return DeadlineSerializer if self.action == "list" else DeadlineDetailSerializer

    @transaction.atomic
    def _step(self, rule, form, act, **keywords):
        """Ask the rule, read the page's form, run the action on the version named."""
        deadline = self.get_object()
        if not rule(self.request.user, deadline):
            raise PermissionDenied
        self.check_version(deadline)
        given = read_form(form, self.request.data, **{name: of(deadline) for name, of in keywords.items()})
        act(deadline=deadline, by=self.request.user, at=timezone.now(), **given)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=ExtendBody, responses=DeadlineDetailSerializer, parameters=[MATCH])
    @action(detail=True, methods=["post"])
    def extend(self, request, pk=None):
        """More time for a clock of one's own department; the old date stays on the record."""
        return self._step(rules.can_extend, forms.ExtendForm, extend_clock)

    @extend_schema(request=ReasonBody, responses=DeadlineDetailSerializer, parameters=[MATCH])
    @action(detail=True, methods=["post"])
    def reason(self, request, pk=None):
        """Say why something was late, once."""
        return self._step(rules.can_explain_lateness, forms.ReasonForm, explain_lateness)

    @extend_schema(request=ReassignBody, responses=DeadlineDetailSerializer, parameters=[MATCH])
    @action(detail=True, methods=["post"])
    def reassign(self, request, pk=None):
        """Hand a clock to another person of the department; without a person, to the whole department."""
        return self._step(
            rules.can_reassign, forms.ReassignForm, reassign_clock,
            department=lambda deadline: deadline.department, on=lambda deadline: local_date(timezone.now()),
        )  # fmt: skip


router_entries = [("deadlines", DeadlineViewSet)]
