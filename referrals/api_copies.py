"""`/api/v1/copies/`: copies for information, who is to read them and who has; as on the pages."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import InPost, NewestFirst, asked_of
from referrals import rules_informing
from referrals.actions.circulation import circulate, confirm_read
from referrals.api_informing import LetterPeople, LetterReadBy, people_of, reading_of, reads
from referrals.models import Copy
from workspace.api_steps import Once


class CopySerializer(serializers.ModelSerializer):
    subject = serializers.CharField(source="dispatch.subject", read_only=True)
    kind = serializers.CharField(source="dispatch.kind", read_only=True)
    facts = serializers.CharField(source="dispatch.facts", read_only=True)

    class Meta:
        model = Copy
        fields = ("id", "number", "kind", "subject", "facts", "sender", "department", "sent_at")
        read_only_fields = fields


class CopyViewSet(Once, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """抄送: copies one's department received or sent. Filter by `box` (in, out)."""

    matched = False  # a copy carries no version
    queryset = Copy.objects.none()  # door: get_queryset
    permission_classes = [InPost]
    pagination_class = NewestFirst
    serializer_class = CopySerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Copy.objects.none()  # door: the schema only
        found = Copy.objects.visible_to(self.request.user).for_list()
        box = asked_of(self).get("box")
        if box in ("in", "out"):
            found = found.filter(**{"department" if box == "in" else "sender": self.request.user.department})
        return found

    def _step(self, request, rule, act):
        copy = self.get_object()
        if not rule(request.user, copy):
            raise PermissionDenied
        act(copy, timezone.now())
        return Response(CopySerializer(copy).data)

    @extend_schema(request=LetterPeople, responses=CopySerializer)
    @action(detail=True, methods=["post"])
    def circulate(self, request, pk=None):
        """传阅 to persons of the department that got the copy."""
        sent = LetterPeople(data=request.data)
        sent.is_valid(raise_exception=True)
        people = people_of(request, sent.validated_data["people"])
        return self._step(request, rules_informing.can_circulate, lambda copy, at: circulate(
            letter=copy, people=people, by=request.user, at=at))  # fmt: skip

    @extend_schema(request=LetterReadBy, responses=CopySerializer)
    @action(detail=True, methods=["post"], url_path="confirm-read", url_name="confirm-read")
    def confirm_read(self, request, pk=None):
        """已阅, by the person who was asked."""
        return self._step(request, reads, lambda copy, at: confirm_read(
            reading=reading_of(request.user, copy), by=request.user, at=at))  # fmt: skip


router_entries = [("copies", CopyViewSet)]
