"""`/api/v1/routes/`: who may send which kind of letter to whom, and whom the form ticks by itself (默认收件单位).

Read by everybody in a post and by the system administrator, who alone edits them (If-Match), as on the pages.
"""

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from core.api import UNKNOWN, Versions
from core.dictionaries import version_of
from core.refusals import BadInput
from departments.actions.routes import LONGEST_BASIS, Way, set_routes
from departments.dictionaries import SENDERS, route_values
from departments.enums import Function, ReferralKind
from departments.models import Route
from departments.rules import can_keep_dictionaries


class RouteTo(serializers.Serializer):
    """An open route; `proposed`: ticked by itself on the form of a new letter."""

    receiver = serializers.ChoiceField(choices=Function.choices)
    proposed = serializers.BooleanField(required=False, default=False)
    basis = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST_BASIS)


class RouteSet(serializers.Serializer):
    """All routes of one kind of letter from one function of departments."""

    id = serializers.CharField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    kind = serializers.ChoiceField(choices=ReferralKind.choices, read_only=True)
    sender = serializers.ChoiceField(choices=Function.choices, read_only=True)
    to = RouteTo(many=True)


class KeeperOrInPost(IsAuthenticated):
    """A dictionary: everybody in a post reads it, and who keeps it."""

    def has_permission(self, request: Any, view: Any) -> bool:
        user = request.user
        if not super().has_permission(request, view):
            return False
        return can_keep_dictionaries(user) or bool(user.post and not user.is_administrator)


def _shown(kind: str, sender: str, routes: list[Route]) -> dict[str, Any]:
    return {
        "id": f"{kind}-{sender}",
        "version": version_of(route_values(routes)),
        "kind": kind,
        "sender": sender,
        "to": [{"receiver": each.receiver, "proposed": each.proposed, "basis": each.basis} for each in routes],
    }


class RouteViewSet(Versions, viewsets.ViewSet):
    """Routes, one row for every kind and sender. Filter by `kind`, `sender`."""

    permission_classes = [KeeperOrInPost]
    serializer_class = RouteSet
    lookup_value_regex = "[a-z_]+-[a-z_]+"

    @extend_schema(
        responses=RouteSet(many=True),
        parameters=[OpenApiParameter("kind", OpenApiTypes.STR), OpenApiParameter("sender", OpenApiTypes.STR)],
    )
    def list(self, request: Any) -> Response:
        """All of them, those without an open route too."""
        asked = request.query_params
        held: dict[tuple[str, str], list[Route]] = {}
        for route in Route.objects.all():  # door: a dictionary
            held.setdefault((route.kind, route.sender), []).append(route)
        rows = [
            _shown(kind, sender, held.get((kind, sender), []))
            for kind in ReferralKind.values
            for sender in SENDERS
            if asked.get("kind", kind) == kind and asked.get("sender", sender) == sender
        ]
        return Response(RouteSet(rows, many=True).data)

    @staticmethod
    def _place(pk: str) -> tuple[str, str]:
        """(kind, sender) of an address.

        :raises NotFound: no such kind, or nobody sends from there
        """
        kind, _dash, sender = pk.partition("-")
        if kind not in ReferralKind.values or sender not in SENDERS:
            raise NotFound(UNKNOWN)
        return kind, str(sender)

    def _answer(self, kind: str, sender: str) -> Response:
        held = list(Route.objects.of(kind, sender))  # door: a dictionary
        return Response(RouteSet(_shown(kind, sender, held)).data)

    @extend_schema(responses=RouteSet, parameters=[OpenApiParameter("id", OpenApiTypes.STR, OpenApiParameter.PATH)])
    def retrieve(self, request: Any, pk: str = "") -> Response:
        """The routes of one kind from one function, e.g. `transfer-insurance`."""
        return self._answer(*self._place(pk))

    @extend_schema(
        request=RouteSet, responses=RouteSet,
        parameters=[OpenApiParameter("id", OpenApiTypes.STR, OpenApiParameter.PATH)],
    )  # fmt: skip
    def update(self, request: Any, pk: str = "") -> Response:
        """Open exactly the routes named, close all others; by the system administrator."""
        kind, sender = self._place(pk)
        if not can_keep_dictionaries(request.user):
            raise PermissionDenied
        sent = RouteSet(data=request.data)
        sent.is_valid(raise_exception=True)
        given = sent.validated_data["to"]
        ways = {each["receiver"]: Way(proposed=each["proposed"], basis=each["basis"]) for each in given}
        try:
            set_routes(
                kind=kind, sender=sender, version=self.expected_version(), ways=ways, by=request.user, at=timezone.now()
            )
        except BadInput as refusal:  # the page has a field for each receiver, here they are one list
            raise BadInput.several({"to": next(iter(refusal.faults.values()))}) from None
        return self._answer(kind, sender)


router_entries = [("routes", RouteViewSet, "route")]
