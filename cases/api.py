"""Cases under /api/v1/cases/: the same doors, rules, forms and actions as the pages."""

import io
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.response import Response

from cases import excel, listing, rules, rules_end
from cases.actions import restriction
from cases.actions.editing import edit_case
from cases.actions.export import note_export
from cases.actions.progress import begin_work, close_case, decide_case, reopen_case
from cases.actions.registration import register_case
from cases.actions.subjects import subject_for_lead
from cases.api_serializers import (
    EDIT_NAMES,
    CaseSerializer,
    CloseBody,
    EditBody,
    FilterSerializer,
    LineSerializer,
    ReasonBody,
    RegisterSerializer,
    RestrictBody,
    SummarySerializer,
    categories_of,
)
from cases.forms.case import CloseForm, EditCaseForm, NameReasonForm, ReasonForm
from cases.listing import Filters
from cases.models import Case
from core.api import MATCH, Versions
from core.api_forms import read_form
from core.forms import KeyedForm
from core.refusals import BadInput
from documents.downloads import attachment
from journal.models import Event
from journal.render import timeline
from workspace.once import KEY, once

SORT = OpenApiParameter("sort", str)
MOST_LINES = 200


class CaseViewSet(Versions, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Cases the user may see; an office reads metadata and status only (`summary_only`)."""

    queryset = Case.objects.none()  # door: for the schema; get_queryset scopes
    serializer_class = CaseSerializer
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self):
        return (
            Case.objects.visible_to(self.request.user)
            .for_page(self.request.user)
            .select_related("owner", "handler", "region")
            .prefetch_related(
                "strands__department", "strands__handler", "case_subjects__subject", "categories"
            )
        )

    def get_object(self):
        case = super().get_object()
        case.loaded_for = self.request.user.pk
        return case

    def _said(self, case) -> dict:
        return (CaseSerializer if case.whole else SummarySerializer)(
            case, context=self.get_serializer_context()
        ).data

    def retrieve(self, request, *args, **kwargs):
        return Response(self._said(self.get_object()))

    def _page(self, data, query, number=None):
        given = FilterSerializer(data=data)
        given.is_valid(raise_exception=True)
        sort = query.get("sort", "newest")
        if sort not in listing.SORTS:
            raise ValidationError(
                {"sort": [_("Choose one of: %(sorts)s") % {"sorts": ", ".join(listing.SORTS)}]}
            )
        cursor = listing.read_cursor(query.get("at", ""), sort)
        more = () if number is None else (number,)
        return listing.page(self.request.user, Filters(**given.validated_data), cursor, sort, *more)

    @extend_schema(
        parameters=[FilterSerializer, SORT, OpenApiParameter("at", str)],
        responses=SummarySerializer(many=True),
    )
    def list(self, request):
        """A keyset page of 50, newest first unless `sort` says otherwise; `next` and `previous` are values of `at`."""
        page = self._page(request.query_params, request.query_params)
        results = []
        for case in listing.rows(page):
            said = dict(SummarySerializer(case).data)
            said["summary_only"] = case.pk in page.summaries
            results.append(said)
        return Response(
            {
                "next": str(page.next) if page.next else None,
                "previous": str(page.previous) if page.previous else None,
                "results": results,
            }
        )

    @extend_schema(
        request=None, parameters=[FilterSerializer, SORT], responses={(200, excel.MEDIA_TYPE): bytes}
    )
    @action(detail=False, methods=["post"])
    def export(self, request):
        """The cases of these filters as an Excel file; written into the record."""
        if not rules.may_hold_cases(request.user):
            raise PermissionDenied
        query = request.query_params.copy()
        query.pop("at", None)
        listed, at = self._page(query, query, excel.AT_ONCE), timezone.now()
        out = io.BytesIO()
        with excel.Registry(user=request.user, at=at, more=listed.next is not None) as book:
            book.add(listing.rows(listed))
            note_export(rows=book.rows, query=query.urlencode()[:2000], picked=False, by=request.user, at=at)
            book.write_to(out)
        return attachment(out.getvalue(), name="cases.xlsx", content_type=excel.MEDIA_TYPE)

    def _answer(self, pk, code=status.HTTP_200_OK):
        self.kwargs["pk"] = pk
        return Response(self._said(self.get_object()), status=code)

    @extend_schema(request=RegisterSerializer, responses={201: CaseSerializer}, parameters=[KEY])
    def create(self, request):
        """Register a lead."""
        if not rules.can_register(request.user):
            raise PermissionDenied
        given = RegisterSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.known(request.user)
        new = values.pop("new_subject")

        @transaction.atomic
        def work(at):
            if new:
                values["subjects"].append(self._entered(new, at))
            return register_case(by=request.user, at=at, **values)

        pk, before = once(request, work)
        return self._answer(pk, status.HTTP_200_OK if before else status.HTTP_201_CREATED)

    def _entered(self, new, at):
        try:
            return subject_for_lead(region=self.request.user.region, by=self.request.user, at=at, **new)
        except BadInput as refusal:
            raise BadInput.several(
                {f"new_subject.{field}": said for field, said in refusal.faults.items()}
            ) from None

    def _step(self, rule, work, form=KeyedForm):
        """Ask the rule, read the page's form, run the action once on the version named."""
        case = self.get_object()
        if not rule(self.request.user, case):
            raise PermissionDenied
        given = read_form(form, self.request.data)

        def checked(at):
            self.check_version(case)
            return work(case=case, by=self.request.user, at=at, **given)

        pk, _before = once(self.request, checked)
        return self._answer(pk)

    @extend_schema(request=None, responses=CaseSerializer, parameters=[KEY, MATCH])
    @action(detail=True, methods=["post"])
    def begin(self, request, pk=None):
        """Take a registered lead up."""
        return self._step(rules.can_decide, begin_work)

    @extend_schema(request=None, responses=CaseSerializer, parameters=[KEY, MATCH])
    @action(detail=True, methods=["post"])
    def decide(self, request, pk=None):
        """Every department has decided; 409 with those that have not, as `open`."""
        return self._step(rules.can_decide, decide_case)

    @extend_schema(request=CloseBody, responses=CaseSerializer, parameters=[KEY, MATCH])
    @action(detail=True, methods=["post"])
    def close(self, request, pk=None):
        """Close a case; 409 with the list of what is `open` while anything is."""
        return self._step(rules.can_close, close_case, CloseForm)

    @extend_schema(request=ReasonBody, responses=CaseSerializer, parameters=[KEY, MATCH])
    @action(detail=True, methods=["post"])
    def reopen(self, request, pk=None):
        """Open a closed case again."""
        return self._step(rules_end.can_reopen, reopen_case, ReasonForm)

    @extend_schema(request=RestrictBody, responses=CaseSerializer, parameters=[KEY, MATCH])
    @action(detail=True, methods=["post"])
    def restrict(self, request, pk=None):
        """Only named persons see the case from now on."""
        return self._step(rules.can_name_persons, restriction.restrict_case, NameReasonForm)

    @extend_schema(request=ReasonBody, responses=CaseSerializer, parameters=[KEY, MATCH])
    @action(detail=True, methods=["post"])
    def lift(self, request, pk=None):
        """Open the case to its departments again."""
        return self._step(rules.can_name_persons, restriction.lift_restriction, ReasonForm)

    @extend_schema(request=EditBody, responses=CaseSerializer, parameters=[KEY, MATCH])
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Change the particulars; what is left out stays. categories: codes."""
        case = self.get_object()
        if not rules.can_decide(request.user, case):
            raise PermissionDenied
        version, data = self.expected_version(), request.data
        if isinstance(data, Mapping) and "categories" in data:
            codes = data.getlist("categories") if hasattr(data, "getlist") else data["categories"]
            if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
                raise ValidationError({"categories": [_("Send a list of codes.")]})
            data = {**data, "categories": [category.pk for category in categories_of(codes)]}
        given = read_form(EditCaseForm, data, kept=True, names=EDIT_NAMES, instance=case)
        pk, _before = once(
            request, lambda at: edit_case(case=case, version=version, by=request.user, at=at, **given)
        )
        return self._answer(pk)

    @extend_schema(
        parameters=[OpenApiParameter("before", int, description="the id of the last line read")],
        responses=LineSerializer(many=True),
    )
    @action(detail=True, methods=["get"], pagination_class=None)
    def timeline(self, request, pk=None):
        """The case's record, newest first, 200 lines at a time."""
        case = self.get_object()
        if not case.whole:
            raise PermissionDenied
        events = Event.objects.visible_to(request.user).of_case(case).order_by("-id")
        before = request.query_params.get("before", "")
        if before.isdecimal() and len(before) < 19:
            events = events.filter(pk__lt=int(before))
        days = timeline(events[:MOST_LINES], request.user)
        return Response(LineSerializer([line for _day, lines in days for line in lines], many=True).data)


router_entries = [("cases", CaseViewSet)]
