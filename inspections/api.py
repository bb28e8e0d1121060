"""`/api/v1/inspections/` and what hangs on them: the same doors, rules, forms and actions as the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import MATCH, InPost, NewestFirst, asked_of
from core.api_forms import body_of, read_form
from inspections import api_shapes as shapes
from inspections import choices, rules
from inspections.actions import certificates, checklists, planning
from inspections.api_steps import Steps, with_steps
from inspections.forms import CertificateForm, PlanForm
from inspections.models import (
    Checklist,
    EnforcementCertificate,
    Finding,
    Inspection,
    Member,
    Partner,
    Rectification,
    Summary,
    Target,
    Visit,
)
from inspections.views import finding_steps, plan_steps, team_steps, work_steps
from inspections.views.base import today
from inspections.views.certificates import Withdraw
from inspections.views.checklists import ChecklistForm
from workspace.once import KEY


@with_steps(plan_steps.STEPS)
class InspectionViewSet(Steps):
    """Inspections one's department leads or is asked to. Filter by `status`."""

    queryset = Inspection.objects.none()  # door: get_queryset
    serializer_class = shapes.InspectionSerializer
    together, of = ("lead", "region", "drafted_by"), ""

    def get_queryset(self):
        found = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return found
        asked = asked_of(self).get("status")
        return found.filter(status=asked) if asked else found

    @extend_schema(
        request=body_of(PlanForm, "InspectionPlan"),
        responses={201: shapes.InspectionSerializer},
        parameters=[KEY],
    )
    def create(self, request):
        """A plan of one's own department, which leads it."""
        user = request.user
        if not rules.can_plan(user):
            raise PermissionDenied
        plan = read_form(PlanForm, request.data)
        return self.made(
            lambda at: planning.draft_inspection(lead=user.department, by=user, at=at, **plan),
            "inspection.drafted",
        )


@with_steps(team_steps.PARTNER_STEPS)
class PartnerViewSet(Steps):
    """Departments that take part; `confirm` names people: `officers` are ids of certificates. Filter by `inspection`."""

    queryset = Partner.objects.none()  # door: get_queryset
    serializer_class = shapes.InspectionPartnerSerializer
    together = ("inspection__lead", "inspection__region", "department")


@with_steps(team_steps.MEMBER_STEPS)
class MemberViewSet(Steps):
    """Who goes. Filter by `inspection`."""

    queryset = Member.objects.none()  # door: get_queryset
    serializer_class = shapes.InspectionMemberSerializer
    together = ("inspection__lead", "inspection__region", "partner__department")


@with_steps(team_steps.TARGET_STEPS)
class TargetViewSet(Steps):
    """Targets; `open-visit` begins a record, with ids of members as `officers`. Filter by `inspection`."""

    queryset = Target.objects.none()  # door: get_queryset
    serializer_class = shapes.InspectionTargetSerializer
    together = ("inspection__lead", "inspection__region", "subject")


@with_steps(work_steps.VISIT_STEPS)
class VisitViewSet(Steps):
    """On-site records. Filter by `inspection`."""

    queryset = Visit.objects.none()  # door: get_queryset
    serializer_class = shapes.InspectionVisitSerializer
    together = ("inspection__lead", "inspection__region", "target__subject", "record")
    fetched = ("officers", "items", "files")


@with_steps(finding_steps.FINDING_STEPS)
class FindingViewSet(Steps):
    """What was found and where it went. Filter by `inspection`."""

    queryset = Finding.objects.none()  # door: get_queryset
    serializer_class = shapes.InspectionFindingSerializer
    together = (
        "inspection__lead",
        "inspection__region",
        "visit__target__subject",
        "department",
        "category",
        "case",
    )
    fetched = ("files",)

    def get_queryset(self):
        found = super().get_queryset()
        return found if getattr(self, "swagger_fake_view", False) else found.for_reader(self.request.user)


@with_steps(finding_steps.RECTIFICATION_STEPS)
class RectificationViewSet(Steps):
    """What is to be put right. Filter by `inspection`."""

    queryset = Rectification.objects.none()  # door: get_queryset
    serializer_class = shapes.RectificationSerializer
    together, of = (
        ("finding__inspection__lead", "finding__inspection__region", "department", "person"),
        "finding__inspection",
    )
    fetched = ("more_time",)


class SummaryViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Every version of the summary with its signatures; a department signs at `/inspection-partners/{id}/sign-summary/`."""

    permission_classes = [InPost]
    pagination_class = NewestFirst
    lookup_value_regex = r"\d{1,18}"
    queryset = Summary.objects.none()  # door: get_queryset
    serializer_class = shapes.InspectionSummarySerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        found = Summary.objects.visible_to(self.request.user).prefetch_related("signatures")
        of = asked_of(self).get("inspection", "")
        return found.filter(inspection=int(of)) if of.isdecimal() and len(of) < 19 else found


@with_steps({"withdraw": Withdraw})
class CertificateViewSet(Steps):
    """Enforcement certificates of the county."""

    queryset = EnforcementCertificate.objects.none()  # door: get_queryset
    serializer_class = shapes.EnforcementCertificateSerializer
    together, of = ("user", "department"), ""

    @extend_schema(
        request=body_of(CertificateForm, "CertificateEntry"), responses={201: shapes.EnforcementCertificateSerializer},
        parameters=[KEY],
    )  # fmt: skip
    def create(self, request):
        """A certificate of somebody of one's department; it takes the place of the one in force."""
        user = request.user
        if not rules.can_keep_certificates(user):
            raise PermissionDenied
        given = read_form(CertificateForm, request.data, people=choices.people(user.department, today()))
        return self.made(
            lambda at: certificates.enter_certificate(department=user.department, by=user, at=at, **given),
            "inspection.certificate_entered",
        )


class ChecklistViewSet(Steps):
    """Checklists; `lines` is a text, one a line, its basis after a vertical bar."""

    queryset = Checklist.objects.none()  # door: get_queryset
    serializer_class = shapes.ChecklistSerializer
    fetched, of = ("items",), ""

    @extend_schema(
        request=body_of(ChecklistForm, "ChecklistEntry"),
        responses={201: shapes.ChecklistSerializer},
        parameters=[KEY],
    )
    def create(self, request):
        """A checklist of one's own department."""
        user = request.user
        if not rules.can_keep_certificates(user):
            raise PermissionDenied
        return self.made(lambda at: self._save(request, None, at), "inspection.checklist_saved")

    @extend_schema(
        request=body_of(ChecklistForm, "ChecklistChange"),
        responses=shapes.ChecklistSerializer,
        parameters=[KEY, MATCH],
    )
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Change a checklist of one's own department; visits begun before keep their lines."""
        checklist = self.get_object()

        def work(at):
            self.check_version(checklist)
            if not rules.can_keep_checklist(request.user, checklist):
                raise PermissionDenied
            return self._save(request, checklist, at)

        self._once(work, "inspection.checklist_saved", checklist)
        return Response(self.get_serializer(self.get_queryset().get(pk=checklist.pk)).data)

    def _save(self, request, checklist, at):
        given = read_form(ChecklistForm, request.data)
        return checklists.save_checklist(
            department=request.user.department, checklist=checklist, version=checklist and checklist.version,
            title=given["title"], lines=checklists.lines_in(given["lines"]), active=given["active"], by=request.user,
            at=at,
        )  # fmt: skip


router_entries = [
    ("inspections", InspectionViewSet, "inspection"),
    ("inspection-partners", PartnerViewSet, "inspection-partner"),
    ("inspection-members", MemberViewSet, "inspection-member"),
    ("inspection-targets", TargetViewSet, "inspection-target"),
    ("inspection-visits", VisitViewSet, "inspection-visit"),
    ("inspection-findings", FindingViewSet, "inspection-finding"),
    ("inspection-summaries", SummaryViewSet, "inspection-summary"),
    ("rectifications", RectificationViewSet, "rectification"),
    ("certificates", CertificateViewSet, "certificate"),
    ("checklists", ChecklistViewSet, "checklist"),
]
