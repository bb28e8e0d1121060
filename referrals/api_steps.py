"""What every paper of the API goes through: found, drafted, reviewed, signed, given back."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from cases.models import Case, Evidence
from core.api import InPost, NewestFirst, unknown
from departments.models import Department
from referrals import rules
from referrals.actions.papers import (
    approve_paper,
    discard_paper,
    review_paper,
    send_back_paper,
    submit_paper,
)
from workspace.api_steps import Once

MOST_IDS = 100


class PaperNothing(serializers.Serializer):
    pass


class PaperReason(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class PaperSending(serializers.Serializer):
    late_reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)


def optional(most: int) -> serializers.CharField:
    """A text that may be left out."""
    return serializers.CharField(required=False, allow_blank=True, default="", max_length=most)


def case_of(request: Any, pk: int) -> Case:
    """A case this person reads whole."""
    case = Case.objects.readable_by(request.user).filter(pk=pk).first()  # door: visible_to, whole cases only
    if case is None:
        raise unknown("case")
    return case


def evidence_of(case: Case, ids: list[int], field: str) -> list[Evidence]:
    """Files that stand in a case, in the order asked for."""
    found = case.evidence.filter(voided_at=None).in_bulk(ids)
    if len(found) != len(set(ids)):
        raise unknown(field)
    return [found[pk] for pk in ids]


def departments_of(request: Any, ids: list[int], field: str) -> list[Department]:
    found = Department.objects.visible_to(request.user).in_bulk(ids)
    if len(found) != len(set(ids)):
        raise unknown(field)
    return list(found.values())


class Made(serializers.Serializer):
    """What a step drafted: `url` is its address in the API, where it is read, reviewed, signed and sent."""

    id = serializers.IntegerField()
    status = serializers.CharField()
    version = serializers.IntegerField()
    url = serializers.CharField()


def made(thing: Any, name: str) -> Response:
    """The answer to a step that drafted `thing`, read at the address called `name`."""
    url = reverse(name, args=[thing.pk])
    shown = {"id": thing.pk, "status": thing.status, "version": thing.version, "url": url}
    return Response(Made(shown).data, status=201, headers={"Location": url})


def some_ids(**more: Any) -> serializers.ListField:
    """Ids of rows, at most a hundred."""
    return serializers.ListField(child=serializers.IntegerField(min_value=1), max_length=MOST_IDS, **more)


class Stepping(Once, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Rows that are read, and changed step by step with If-Match."""

    permission_classes = [InPost]
    pagination_class = NewestFirst

    def _step(self, request, rule, form, act, drafts=""):
        """drafts: the name of the address where what `act` returns is read; else the thing itself is the answer."""
        thing = self.get_object()
        self.check_version(thing)
        if not rule(request.user, thing):
            raise PermissionDenied
        values = form(data=request.data)
        values.is_valid(raise_exception=True)
        result = act(thing, values.validated_data, timezone.now())
        return made(result, drafts) if drafts else self._now(thing)

    def _made(self, request, work):
        """What `work(at)` makes."""
        pk = work(timezone.now()).pk
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=201)

    def _now(self, thing):
        """The thing as it is now."""
        shown = self.get_queryset().filter(pk=thing.pk).first()
        if shown is None:  # passed on or given away: out of sight
            return Response(status=204)
        return Response(self.get_serializer(shown).data)


class PaperSteps:
    """审核、签发 of any paper; mixin of a viewset that gives `_step`."""

    _step: Any

    @extend_schema(request=PaperNothing)
    @action(detail=True, methods=["post"])
    def submit(self, request: Any, pk: Any = None) -> Response:
        """Hand a complete draft to the reviewer, or to the signer."""
        return self._step(request, rules.can_submit, PaperNothing, lambda thing, values, at: submit_paper(
            paper=thing, by=request.user, at=at))  # fmt: skip

    @extend_schema(request=PaperNothing)
    @action(detail=True, methods=["post"])
    def review(self, request: Any, pk: Any = None) -> Response:
        """审核, never by the drafter."""
        return self._step(request, rules.can_review, PaperNothing, lambda thing, values, at: review_paper(
            paper=thing, by=request.user, at=at))  # fmt: skip

    @extend_schema(request=PaperNothing)
    @action(detail=True, methods=["post"])
    def approve(self, request: Any, pk: Any = None) -> Response:
        """签发, never by the drafter."""
        return self._step(request, rules.can_approve, PaperNothing, lambda thing, values, at: approve_paper(
            paper=thing, by=request.user, at=at))  # fmt: skip

    @extend_schema(request=PaperReason)
    @action(detail=True, methods=["post"], url_path="send-back", url_name="send-back")
    def send_back(self, request: Any, pk: Any = None) -> Response:
        """退回修改, with a reason."""
        return self._step(request, rules.can_send_back, PaperReason, lambda thing, values, at: send_back_paper(
            paper=thing, by=request.user, at=at, **values))  # fmt: skip

    @extend_schema(request=PaperReason)
    @action(detail=True, methods=["post"])
    def discard(self, request: Any, pk: Any = None) -> Response:
        """Give a draft up, with a reason."""
        return self._step(request, rules.can_discard, PaperReason, lambda thing, values, at: discard_paper(
            paper=thing, by=request.user, at=at, **values))  # fmt: skip
