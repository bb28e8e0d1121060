"""`/api/v1/meeting-rule/own/`: how one's county meets. Read by everybody in a post; set by who keeps it (If-Match)."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from core.api import MATCH, Versions
from core.dictionaries import version_of
from departments.enums import Function
from meetings import rules
from meetings.actions.quarter import rule_of
from meetings.actions.rule import BOUNDS, change_rule, values_of


def _number(name: str) -> serializers.IntegerField:
    least, most = BOUNDS[name]
    return serializers.IntegerField(min_value=least, max_value=most)


class MeetingRuleShape(serializers.Serializer):
    """lead: the department that must be present; more_than: percent of the members; the days are working days."""

    version = serializers.IntegerField(read_only=True)
    own = serializers.BooleanField(read_only=True, help_text="false: the shipped rule holds")
    lead = serializers.ChoiceField(choices=Function.choices)
    more_than = _number("more_than")
    month = _number("month")
    notice_days = _number("notice_days")
    topics_days = _number("topics_days")
    remind_days = _number("remind_days")
    sign_days = _number("sign_days")


class KeeperOrInRegion(IsAuthenticated):
    """Who keeps the rule, and everybody in a business post."""

    def has_permission(self, request: Any, view: Any) -> bool:
        user = request.user
        return super().has_permission(request, view) and (rules.can_keep_rule(user) or rules.can_list(user))


class MeetingRuleViewSet(Versions, viewsets.GenericViewSet):
    """The rule of the region one acts in, else the shipped one."""

    permission_classes = [KeeperOrInRegion]
    serializer_class = MeetingRuleShape
    pagination_class = None

    def _answer(self, user: Any) -> Response:
        rule = rule_of(user.region)
        values = values_of(rule)
        said = {**values, "version": version_of(values), "own": rule.region_id is not None}
        return Response(MeetingRuleShape(said).data)

    @extend_schema(responses=MeetingRuleShape)
    @action(detail=False, methods=["get"])
    def own(self, request):
        """As it holds now."""
        return self._answer(request.user)

    @extend_schema(request=MeetingRuleShape, responses=MeetingRuleShape, parameters=[MATCH])
    @own.mapping.put
    def change(self, request):
        """The county's own in place of what holds now; for what is opened, called and circulated from now on."""
        user = request.user
        if not rules.can_keep_rule(user):
            raise PermissionDenied
        version = self.expected_version()
        sent = MeetingRuleShape(data=request.data)
        sent.is_valid(raise_exception=True)
        change_rule(region=user.region, version=version, by=user, at=timezone.now(), **sent.validated_data)
        return self._answer(user)


router_entries = [("meeting-rule", MeetingRuleViewSet, "meetingrule")]
