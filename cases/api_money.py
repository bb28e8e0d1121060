"""`/api/v1/money/`: the ledger of a case: entries are added and reversed, never edited. Amounts in yuan."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied

from cases import rules
from cases.actions.money import clues_of, enter_money, reverse_entry
from cases.api_base import CASE_PREFIX, IN_CASE, InCase, OfCase
from cases.forms.case import MoneyForm, ReverseForm
from cases.models import MoneyEntry, Strand
from core.api_forms import body_of, read_form
from workspace.once import KEY

MoneyBody = body_of(MoneyForm, "MoneyEntering")
ReverseBody = body_of(ReverseForm, "MoneyReversing")


class MoneySerializer(serializers.ModelSerializer):
    """`reverses`: the entry this one cancels; `reversed_by`: the one that cancels it."""

    department = serializers.CharField(source="department.short_name")
    by = serializers.CharField(source="by.name")
    reversed_by = serializers.IntegerField(source="reversal.pk", default=None)

    class Meta:
        model = MoneyEntry
        fields = (
            "id", "case", "strand", "department", "kind", "amount", "happened_on", "document", "remark", "reverses",
            "reversed_by", "by", "at",
        )  # fmt: skip


class CaseMoneyViewSet(InCase):
    """The ledger of a case."""

    queryset = MoneyEntry.objects.none()  # door: get_queryset
    serializer_class = MoneySerializer

    def get_queryset(self):
        return super().get_queryset().select_related("department", "by", "reversal")

    @extend_schema(parameters=[IN_CASE], responses=MoneySerializer(many=True))
    def list(self, request, case_pk=None):
        """Every entry, oldest first."""
        return super().list(request)

    @extend_schema(request=MoneyBody, responses={201: MoneySerializer}, parameters=[IN_CASE, KEY])
    def create(self, request, case_pk=None):
        """Enter an amount. clue: of a verified amount, the report that led to it, as kind:id."""
        case = self.case()
        if not rules.can_work(request.user, case):
            raise PermissionDenied
        clues = clues_of(case)
        given = read_form(MoneyForm, request.data, clues=clues)
        offered = {f"{clue.kind_code}:{clue.pk}": clue for clue in clues}
        given["clue"] = offered.get(given.get("clue", ""))
        strands = Strand.objects.visible_to(request.user)
        own = strands.filter(case=case, department=request.user.department).first()
        return self.added(lambda at: enter_money(case=case, strand=own, by=request.user, at=at, **given))


class MoneyViewSet(OfCase):
    """One entry of a ledger."""

    queryset = MoneyEntry.objects.none()  # door: get_queryset
    serializer_class = MoneySerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return MoneyEntry.objects.visible_to(self.request.user).select_related("department", "by", "reversal")

    @extend_schema(request=ReverseBody, responses=MoneySerializer, parameters=[KEY])
    @action(detail=True, methods=["post"])
    def reverse(self, request, pk=None):
        """Cancel the entry by its negative, saying why; by its own department only."""
        entry = self.get_object()
        self.ask(rules.can_reverse(request.user, entry))
        given = read_form(ReverseForm, request.data)

        def work(at):
            reverse_entry(entry=entry, by=request.user, at=at, **given)
            return entry

        return self.step(entry, work)


router_entries = [
    (f"{CASE_PREFIX}/money", CaseMoneyViewSet, "case-money"),
    ("money", MoneyViewSet),
]
