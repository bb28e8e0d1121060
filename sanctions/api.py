"""`/api/v1/sanctions/`, their hearings, tasks, measures, bars, list entries and repairs: the doors, rules, forms and
actions of the pages."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from cases.models import Case, Subject
from core.api import InPost, NewestFirst, asked_of, unknown
from core.api_forms import body_of
from sanctions import choices, rules, rules_lists
from sanctions import steps as s
from sanctions.actions import lists, proposing
from sanctions.api_base import PAGES_OWN, Steps, step_of
from sanctions.api_shapes import (
    AppliedMeasureSerializer,
    BarSerializer,
    CreditRepairSerializer,
    ListEntrySerializer,
    MeasureSerializer,
    MeasureTaskSerializer,
    SanctionHearingSerializer,
    SanctionSerializer,
)
from sanctions.forms import EditProposalForm, ProposalForm
from sanctions.forms_lists import EntryForm
from sanctions.models import AppliedMeasure, Bar, Hearing, ListEntry, Measure, MeasureTask, Repair, Sanction

SanctionProposal = body_of(ProposalForm, "SanctionProposal", case=serializers.IntegerField())
SanctionEdit = body_of(EditProposalForm, "SanctionEdit", without=PAGES_OWN)
SanctionEntryProposal = body_of(
    EntryForm, "SanctionEntryProposal", without=PAGES_OWN, subject=serializers.IntegerField()
)


def steps(specs, serializer):
    """A base with the addresses of these steps."""
    return type("Addresses", (Steps,), {spec.name: step_of(spec, serializer) for spec in specs})


def _id(view, name):
    """The id a call names.

    :raises ValidationError: none
    """
    try:
        return int(view.request.data.get(name))
    except (TypeError, ValueError, AttributeError):
        raise unknown(name) from None


class SanctionViewSet(steps(s.SANCTION, SanctionSerializer)):
    """Sanctions as far as one sees them. Filter by `status`."""

    queryset = Sanction.objects.none()  # door: get_queryset
    serializer_class = SanctionSerializer

    def filter_queryset(self, queryset):
        asked = asked_of(self).get("status")
        found = queryset.readable_by(self.request.user).prefetch_related(
            "measures"
        )  # the office tracks on the page
        return found.filter(status=asked) if asked else found

    @extend_schema(request=SanctionProposal, responses={201: SanctionSerializer})
    def create(self, request):
        """Propose a sanction of one subject of the `case`."""
        user = request.user
        case = (
            Case.objects.visible_to(user)
            .filter(pk=_id(self, "case"))
            .select_related("region", "owner")
            .first()
        )
        if case is None:
            raise unknown("case")
        if not rules.can_propose(user, case):
            raise PermissionDenied
        given, at = self.given(ProposalForm, user, choices=choices.for_proposal(case, user)), timezone.now()
        made = self.run("sanction.proposed", case, lambda: proposing.propose_sanction(
            case=case, department=user.department, by=user, at=at, **given
        ))  # fmt: skip
        return Response(self.get_serializer(self.get_queryset().get(pk=made.pk)).data, status=201)

    @extend_schema(request=SanctionEdit, responses=SanctionSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Change a proposal nobody has reviewed; by who proposed it."""
        thing, user, at = self.get_object(), request.user, timezone.now()
        self.check_version(thing)
        if not rules.can_edit(user, thing):
            raise PermissionDenied
        given = self.given(EditProposalForm, user, choices=choices.for_proposal(thing.case, user))
        self.run("sanction.edited", thing, lambda: proposing.edit_proposal(
            sanction=thing, expected_version=thing.version, by=user, at=at, **given
        ))  # fmt: skip
        return Response(self.get_serializer(self.get_queryset().get(pk=thing.pk)).data)


class HearingViewSet(steps(s.HEARING, SanctionHearingSerializer)):
    """Hearings of subjects."""

    queryset = Hearing.objects.none()  # door: get_queryset
    serializer_class = SanctionHearingSerializer

    def filter_queryset(self, queryset):
        asked = asked_of(self).get("sanction", "")
        return queryset.filter(sanction=int(asked)) if asked.isdecimal() else queryset


class MeasureTaskViewSet(steps(s.TASK, MeasureTaskSerializer)):
    """Tasks of departments. Filter by `status`, `sanction`."""

    queryset = MeasureTask.objects.none()  # door: get_queryset
    serializer_class = MeasureTaskSerializer

    def filter_queryset(self, queryset):
        asked = asked_of(self)
        found = queryset.filter(status=asked["status"]) if asked.get("status") else queryset
        return (
            found.filter(sanction=int(asked["sanction"])) if asked.get("sanction", "").isdecimal() else found
        )


class AppliedMeasureViewSet(steps(s.APPLIED, AppliedMeasureSerializer)):
    """Measures drafted and taken. Filter by `task`."""

    queryset = AppliedMeasure.objects.none()  # door: get_queryset
    serializer_class = AppliedMeasureSerializer

    def filter_queryset(self, queryset):
        asked = asked_of(self).get("task", "")
        return queryset.filter(task=int(asked)) if asked.isdecimal() else queryset


class ListEntryViewSet(steps(s.ENTRY, ListEntrySerializer)):
    """Entries of the lists. Filter by `kind`, `status`."""

    queryset = ListEntry.objects.none()  # door: get_queryset
    serializer_class = ListEntrySerializer

    def filter_queryset(self, queryset):
        asked = asked_of(self)
        return queryset.filter(**{name: asked[name] for name in ("kind", "status") if asked.get(name)})

    @extend_schema(request=SanctionEntryProposal, responses={201: ListEntrySerializer})
    def create(self, request):
        """Propose a `subject` for a list."""
        user = request.user
        if not rules_lists.can_propose_entry(user):
            raise PermissionDenied
        subject = get_object_or_404(Subject.objects.visible_to(user), pk=_id(self, "subject"))
        given, at = self.given(EntryForm, user, sanctions=choices.for_entry(subject, user)), timezone.now()
        made = self.run("sanction.entry_proposed", subject, lambda: lists.propose_entry(
            subject=subject, department=user.department, by=user, at=at, **given
        ))  # fmt: skip
        return Response(self.get_serializer(self.get_queryset().get(pk=made.pk)).data, status=201)


class RepairViewSet(steps(s.REPAIR, CreditRepairSerializer)):
    """Applications for credit repair."""

    queryset = Repair.objects.none()  # door: get_queryset
    serializer_class = CreditRepairSerializer


class _Read(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    permission_classes = [InPost]
    pagination_class = NewestFirst


class BarViewSet(_Read):
    """Bars of application. Filter by `subject`."""

    queryset = Bar.objects.none()  # door: get_queryset
    serializer_class = BarSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Bar.objects.none()  # door: the schema only
        seen, asked = Bar.objects.visible_to(self.request.user), asked_of(self).get("subject", "")
        return seen.filter(subject=int(asked)) if asked.isdecimal() else seen


class MeasureViewSet(_Read):
    """The measure catalogue. Filter by `function`."""

    queryset = Measure.objects.none()  # door: get_queryset
    serializer_class = MeasureSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Measure.objects.none()  # door: the schema only
        seen, asked = Measure.objects.visible_to(self.request.user), asked_of(self).get("function")
        return seen.filter(function=asked) if asked else seen


router_entries = [
    ("sanctions", SanctionViewSet),
    ("sanction-hearings", HearingViewSet),
    ("sanction-tasks", MeasureTaskViewSet),
    ("sanction-measures", AppliedMeasureViewSet),
    ("sanction-bars", BarViewSet),
    ("list-entries", ListEntryViewSet),
    ("credit-repairs", RepairViewSet),
    ("measure-catalogue", MeasureViewSet),
]
