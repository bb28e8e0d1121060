"""What the API of this room shares: load by the door, compare the version, ask the rule, call one action."""

from typing import Any

from django.utils import timezone
from rest_framework import mixins, status, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import MATCH, InPost, NewestFirst, Versions, unknown
from core.refusals import Refused
from departments.models import User
from journal.actions import note_refusal
from workspace.once import KEY, once

STEP = [KEY, MATCH]  # what every step takes: once under its key, on the version that was read


def one_of(model: Any, user: User, field: str, pk: int, **more: Any) -> Any:
    """The row of this id the person may see.

    :raises ValidationError: there is none (under `field`)
    """
    found = model.objects.visible_to(user).filter(pk=pk, **more).first()
    if found is None:
        raise unknown(field)
    return found


def person_of(user: User, pk: int | None) -> User | None:
    """The person of this id, as far as the caller sees people; None where none was named.

    :raises ValidationError: there is none (under `person`)
    """
    return None if pk is None else one_of(User, user, "person", pk)


class Steps(Versions, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Load by the door, compare the version, ask the rule, call one action."""

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
                note_refusal(
                    user=request.user, verb=f"meeting.{verb}", target=thing, sentence=refusal, at=timezone.now()
                )
            raise
        thing.refresh_from_db()
        return Response(self.get_serializer(thing).data)

    def made(self, request, form, act):
        """201 with the row `act(at, **values)` makes; 200 with the same where its key was used before."""
        values = form(data=request.data)
        values.is_valid(raise_exception=True)
        pk, before = once(request, lambda at: act(at, **values.validated_data))
        self.kwargs["pk"] = pk
        code = status.HTTP_200_OK if before else status.HTTP_201_CREATED
        return Response(self.get_serializer(self.get_object()).data, status=code)
