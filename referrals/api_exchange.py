"""`/api/v1/exchanges/<case>/`: 往来图 of a case as data; the same door and the same figures as the page."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.response import Response

from cases.models import Case
from core.api import InPost
from referrals import exchange


class ExchangeSpan(serializers.Serializer):
    """days: working days; until is null while it lasts."""

    code = serializers.CharField()
    holder = serializers.CharField(source="department")
    since = serializers.DateTimeField(source="start")
    until = serializers.DateTimeField(source="end", allow_null=True)
    days = serializers.IntegerField()


class ExchangeLine(serializers.Serializer):
    sender = serializers.CharField(source="origin")
    receiver = serializers.CharField(source="to")
    kind = serializers.CharField()
    number = serializers.CharField()
    state = serializers.CharField()
    holder = serializers.CharField(allow_null=True)
    url = serializers.CharField()
    copied = serializers.ListField(child=serializers.CharField())
    spans = ExchangeSpan(many=True)


class ExchangeHeld(serializers.Serializer):
    """days: working days with at least one letter; now: letters held today."""

    department = serializers.CharField()
    letters = serializers.IntegerField()
    days = serializers.IntegerField()
    now = serializers.IntegerField()


class ExchangeSerializer(serializers.Serializer):
    """sealed: how many letters only named persons see."""

    lines = ExchangeLine(many=True)
    held = ExchangeHeld(many=True)
    sealed = serializers.IntegerField()


class ExchangeViewSet(viewsets.GenericViewSet):
    """Who sent what to whom in a case, where it stands, how long each department held it."""

    queryset = Case.objects.none()  # door: get_queryset
    permission_classes = [InPost]
    serializer_class = ExchangeSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Case.objects.none()  # door: the schema only
        return Case.objects.visible_to(self.request.user)

    @extend_schema(responses=ExchangeSerializer)
    def retrieve(self, request, pk=None):
        """The picture of one case."""
        found = exchange.picture(self.get_object(), request.user, now=timezone.now())
        return Response(ExchangeSerializer(found).data)


router_entries = [("exchanges", ExchangeViewSet, "exchange")]
