"""`/api/v1/papers/`, `/api/v1/replies/`: what leaves a department, drafted, reviewed, signed and sent, as on the pages."""


from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import asked_of
from departments.enums import ReferralKind
from referrals import rules
from referrals.actions.drafting import Line, draft_dispatch, edit_dispatch
from referrals.actions.sending import send_dispatch
from referrals.actions.support import discover_need
from referrals.api_signed import PaperReader
from referrals.api_steps import (
    MOST_IDS,
    PaperSending,
    PaperSteps,
    Stepping,
    case_of,
    departments_of,
    evidence_of,
    optional,
    some_ids,
)
from referrals.enums import DRAFTABLE
from referrals.manifest_form import MOST_COPIES, MOST_PAGES
from referrals.models import Dispatch, ManifestItem
from referrals.reading_informing import signed_for_list


class PaperManifestSerializer(serializers.ModelSerializer):
    class Meta:
        model = ManifestItem
        fields = ("position", "evidence", "name", "quantity", "pages", "sha256", "remark")


class PaperSerializer(serializers.ModelSerializer):
    manifest = PaperManifestSerializer(many=True, read_only=True)

    class Meta:
        model = Dispatch
        fields = (
            "id", "version", "kind", "status", "case", "department", "drafted_by", "drafted_at", "submitted_at",
            "reviewed_at", "approved_at", "sent_at", "sent_back_reason", "receivers", "copied", "subject", "facts",
            "amount", "limit_on", "request", "unclear", "left_out", "handled", "circle",
            "discovered_on", "manifest", "referrals",
        )  # fmt: skip
        read_only_fields = fields


class PaperLine(serializers.Serializer):
    """A file of the case that is handed over; without pages it has those of the file."""

    evidence = serializers.IntegerField()
    quantity = serializers.IntegerField(min_value=1, max_value=MOST_COPIES, default=1)
    pages = serializers.IntegerField(min_value=1, max_value=MOST_PAGES, required=False, allow_null=True, default=None)
    remark = serializers.CharField(required=False, allow_blank=True, default="", max_length=100)


def _numbers() -> serializers.ListField:
    return some_ids(required=False, default=list)


class _PaperText(serializers.Serializer):
    subject = serializers.CharField(max_length=100)
    facts = serializers.CharField(max_length=4000)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, required=False, allow_null=True, default=None)
    limit_on = serializers.DateField(required=False, allow_null=True, default=None)
    manifest = PaperLine(many=True, required=False, default=list, max_length=MOST_IDS)


class PaperEdit(_PaperText):
    """`questions` go with a request for technical support, `request`, `copied`, `unclear`, `left_out` with others."""

    receivers = serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=20)
    copied = _numbers()
    request = optional(1000)
    unclear = optional(1000)
    left_out = optional(300)
    handled = optional(2000)
    circle = optional(100)
    questions = serializers.ListField(
        child=serializers.CharField(max_length=500), max_length=MOST_IDS, required=False, default=list
    )


class PaperDraft(PaperEdit):
    """A transfer, a bulletin (通报) or an invitation to take part early (提前介入)."""

    questions = None
    case = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in ReferralKind if kind in DRAFTABLE])


class PaperSupport(_PaperText):
    """技术支持: the three working days run from the day of discovery."""

    case = serializers.IntegerField()
    receiver = serializers.IntegerField()
    discovered_on = serializers.DateField()
    questions = serializers.ListField(
        child=serializers.CharField(max_length=500), max_length=MOST_IDS, allow_empty=False
    )


class PaperViewSet(PaperSteps, Stepping):
    """Papers of one's own department on their way out. Filter by `status`, `kind`, `case`."""

    queryset = Dispatch.objects.none()  # door: get_queryset
    serializer_class = PaperSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return Dispatch.objects.none()  # door: the schema only
        found = Dispatch.objects.visible_to(self.request.user).ordinary().for_list()
        asked = asked_of(self)
        for name in ("status", "kind"):
            if asked.get(name):
                found = found.filter(**{name: asked[name]})
        if asked.get("case", "").isdecimal():
            found = found.filter(case=int(asked["case"]))
        return found.prefetch_related("receivers", "copied", "manifest", "referrals")

    @extend_schema(responses=PaperReader(many=True))
    @action(detail=True, methods=["get"], url_path="signed-for", url_name="signed-for")
    def signed_for(self, request, pk=None):
        """签收表: who has signed for it, who has read it and who has not."""
        return Response(PaperReader(signed_for_list(self.get_object()), many=True).data)

    def _given(self, request, case, values, *lists):
        """What the actions take: rows in the place of numbers."""
        for name in lists:
            values[name] = departments_of(request, values[name], name)
        lines = values.pop("manifest")
        pieces = evidence_of(case, [line["evidence"] for line in lines], "manifest")
        return values | {
            "manifest": [Line(**{**line, "evidence": piece}) for line, piece in zip(lines, pieces, strict=True)]
        }

    def _new(self, request, form):
        """The case this person may write in, and what was sent."""
        if not request.user.has_role(*rules.WORKERS):
            raise PermissionDenied
        sent = form(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        case = case_of(request, values.pop("case"))
        if not rules.can_draft(request.user, case):
            raise PermissionDenied
        return case, values

    @extend_schema(request=PaperDraft, responses={201: PaperSerializer})
    def create(self, request):
        """Draft a transfer, a bulletin or an invitation."""
        case, values = self._new(request, PaperDraft)
        given = self._given(request, case, values, "receivers", "copied")
        return self._made(request, lambda at: draft_dispatch(case=case, by=request.user, at=at, **given))

    @extend_schema(request=PaperSupport, responses={201: PaperSerializer})
    @action(detail=False, methods=["post"])
    def support(self, request):
        """Record that a matter needs technical support; its clock starts and the notice is a draft."""
        case, values = self._new(request, PaperSupport)
        [receiver] = departments_of(request, [values.pop("receiver")], "receiver")
        given = self._given(request, case, values)
        return self._made(
            request, lambda at: discover_need(case=case, receiver=receiver, by=request.user, at=at, **given)
        )

    @extend_schema(request=PaperEdit, responses=PaperSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request, pk=None):
        """Change a draft that is still at the version named."""

        def act(thing, values, at):
            given = self._given(request, thing.case, values, "receivers", "copied")
            edit_dispatch(dispatch=thing, version=self.expected_version(), by=request.user, at=at, **given)

        return self._step(request, rules.can_edit, PaperEdit, act)

    @extend_schema(request=PaperSending, responses=PaperSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request, pk=None):
        """编号、发出, by the registrar."""
        return self._step(request, rules.can_send, PaperSending, lambda thing, values, at: send_dispatch(
            dispatch=thing, by=request.user, at=at, **values))  # fmt: skip


router_entries = [("papers", PaperViewSet)]
