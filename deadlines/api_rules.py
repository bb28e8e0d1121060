"""`/api/v1/calendar/` and `/api/v1/clock-rules/`: the dictionaries of time, as on their pages.

Open to everybody who acts in a post, administrators included: they hold no business data.
"""

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from core.api import MATCH, Versions
from core.api_forms import body_of, read_form
from core.dates import local_date
from deadlines import rules
from deadlines.actions.calendar import FIRST_YEAR, LAST_YEAR, SpecialDay, set_year
from deadlines.actions.clock_rules import change_rule
from deadlines.forms import RuleForm
from deadlines.models import CalendarDay, CalendarYear, ClockRule
from deadlines.versions import in_force, next_version, versions_or_404

RuleBody = body_of(RuleForm, "ClockRuleChange", kept=True)
YEAR = OpenApiParameter("id", int, OpenApiParameter.PATH, description="the year")
CODE = OpenApiParameter("code", str, OpenApiParameter.PATH)


class Dictionary(IsAuthenticated):
    """Calendar and rules are for everybody acting in a post."""

    def has_permission(self, request, view):
        return bool(super().has_permission(request, view) and rules.can_see_dictionaries(request.user))


class SpecialDaySerializer(serializers.Serializer):
    """A day off, or a working day on a weekend (调休)."""

    date = serializers.DateField()
    working = serializers.BooleanField()
    name = serializers.CharField(max_length=40)


class YearSerializer(serializers.Serializer):
    """A year of the calendar; version 0: it has not been entered, Monday to Friday are counted."""

    year = serializers.IntegerField()
    version = serializers.IntegerField()
    published = serializers.BooleanField()
    notice_number = serializers.CharField()
    days = SpecialDaySerializer(many=True)


class YearBody(serializers.Serializer):
    """days: all special days of the year; those left out become ordinary."""

    notice_number = serializers.CharField(max_length=60)
    days = SpecialDaySerializer(many=True)


class CalendarViewSet(Versions, viewsets.ViewSet):
    """The official working calendar, a year at a time."""

    permission_classes = [Dictionary]
    lookup_value_regex = r"\d{4}"

    def _year(self, pk):
        year = int(pk)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise Http404
        row = CalendarYear.objects.filter(year=year).first()  # door: a dictionary, open to every post
        return year, row

    def _said(self, pk):
        year, row = self._year(pk)
        days = CalendarDay.objects.filter(date__year=year)  # door: a dictionary, open to every post
        said = {
            "year": year, "version": row.version if row else 0, "published": bool(row and row.published),
            "notice_number": row.notice_number if row else "", "days": days,
        }  # fmt: skip
        return Response(YearSerializer(said).data)

    @extend_schema(parameters=[YEAR], responses=YearSerializer)
    def retrieve(self, request, pk=None):
        """A year with its days off and make-up workdays."""
        return self._said(pk)

    @extend_schema(request=YearBody, parameters=[YEAR, MATCH], responses=YearSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Enter a year as its notice gives it; every open clock is counted again."""
        year, _row = self._year(pk)
        if not rules.can_edit_calendar(request.user):
            raise PermissionDenied
        version = self.expected_version()
        given = YearBody(data=request.data)
        given.is_valid(raise_exception=True)
        days = [SpecialDay(**day) for day in given.validated_data["days"]]
        notice = given.validated_data["notice_number"]
        set_year(
            year=year, notice_number=notice, days=days, version=version, by=request.user, at=timezone.now()
        )
        return self._said(pk)


class ClockRuleSerializer(serializers.ModelSerializer):
    class Meta:
        model = ClockRule
        fields = (
            "id", "version", "code", "name", "amount", "unit", "warn_days", "escalate_days", "roll_over", "internal",
            "asks_reason", "basis", "start_text", "end_text", "effective_from",
        )  # fmt: skip


class ClockRuleViewSet(Versions, viewsets.ViewSet):
    """Every limit with its unit, lamp, escalation and basis."""

    permission_classes = [Dictionary]
    lookup_field = "code"
    lookup_value_regex = r"[-\w]{1,40}"

    @extend_schema(responses=ClockRuleSerializer(many=True))
    def list(self, request):
        """The version of each rule in force today."""
        found = ClockRule.objects.order_by("code", "-effective_from")  # door: a dictionary, open to every post
        today = [rule for rule, _coming in in_force(found, local_date(timezone.now()))]
        return Response(ClockRuleSerializer(today, many=True).data)

    @extend_schema(parameters=[CODE], responses=ClockRuleSerializer)
    def retrieve(self, request, code=None):
        """The newest version of a rule, in force or still to come."""
        return Response(ClockRuleSerializer(versions_or_404(code)[0]).data)

    @extend_schema(parameters=[CODE], responses=ClockRuleSerializer(many=True))
    @action(detail=True, methods=["get"])
    def versions(self, request, code=None):
        """All versions of a rule, newest first."""
        return Response(ClockRuleSerializer(versions_or_404(code), many=True).data)

    @extend_schema(request=RuleBody, parameters=[CODE, MATCH], responses=ClockRuleSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request, code=None):
        """A new version of a rule from a day that has not passed; what is left out stays as it is."""
        rule = versions_or_404(code)[0]
        if not rules.can_edit_rules(request.user):
            raise PermissionDenied
        version, at = self.expected_version(), timezone.now()
        initial = next_version(rule, local_date(at))
        given = read_form(RuleForm, request.data, kept=True, initial=initial)
        change_rule(rule=rule, version=version, by=request.user, at=at, **given)
        return Response(ClockRuleSerializer(versions_or_404(code)[0]).data)


router_entries = [("calendar", CalendarViewSet, "calendar"), ("clock-rules", ClockRuleViewSet, "clock-rule")]
