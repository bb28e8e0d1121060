"""What the API of pools and draws shares: load by the door, compare the version, ask the rule, call one action."""

from typing import Any

from django.utils import timezone
from rest_framework import mixins, status, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import MATCH, InPost, NewestFirst, Versions, unknown
from core.refusals import Refused
from journal.actions import note_refusal
from workspace.once import KEY, once

STEP = [KEY, MATCH]  # what every step takes: once under its key, on the version that was read


def one_of(found: Any, field: str, **wanted: Any) -> Any:
    """The one row of `found`, which was asked of its door.

    :raises ValidationError: there is none (under `field`)
    """
    row = found.filter(**wanted).first()
    if row is None:
        raise unknown(field)
    return row


class Kept(Versions, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Rows one sees, and their steps."""

    permission_classes = [InPost]
    pagination_class = NewestFirst

    def step(self, request, verb, rule, form, act):
        """`act(thing, at, **values)` does it; under an Idempotency-Key once, however often it is sent."""
        thing = self.get_object()

        def work(at):
            self.check_version(thing)
            if not rule(request.user, thing):
                raise PermissionDenied
            values = form(data=request.data)
            values.is_valid(raise_exception=True)
            act(thing, at, **values.validated_data)
            return thing

        try:
            once(request, work)
        except Refused as refusal:
            if refusal.record:
                note_refusal(user=request.user, verb=verb, target=thing, sentence=refusal, at=timezone.now())
            raise
        return Response(self.get_serializer(self.get_object()).data)

    def made(self, request, form, act):
        """201 with the row `act(at, **values)` makes; 200 with the same where its key was used before."""
        values = form(data=request.data)
        values.is_valid(raise_exception=True)
        pk, before = once(request, lambda at: act(at, **values.validated_data))
        self.kwargs["pk"] = pk
        code = status.HTTP_200_OK if before else status.HTTP_201_CREATED
        return Response(self.get_serializer(self.get_object()).data, status=code)
