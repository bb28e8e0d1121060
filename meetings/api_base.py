"""What the API of this room shares: load by the door, compare the version, ask the rule, call one action."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework import mixins, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import InPost, NewestFirst, Versions, unknown
from core.refusals import Refused
from departments.models import User
from journal.actions import note_refusal


def one_of(model: Any, user: User, field: str, pk: int, **more: Any) -> Any:
    """The row of this id the person may see.

    :raises ValidationError: there is none (under `field`)
    """
    found = model.objects.visible_to(user).filter(pk=pk, **more).first()
    if found is None:
        raise unknown(field)
    return found


class Steps(Versions, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Load by the door, compare the version, ask the rule, call one action."""

    permission_classes = [InPost]
    pagination_class = NewestFirst

    def step(self, request, verb, rule, form, act):
        """`act(thing, at, **values)` does it."""
        thing, at = self.get_object(), timezone.now()
        try:
            with transaction.atomic():
                self.check_version(thing)
                if not rule(request.user, thing):
                    raise PermissionDenied
                values = form(data=request.data)
                values.is_valid(raise_exception=True)
                act(thing, at, **values.validated_data)
        except Refused as refusal:
            if refusal.record:
                note_refusal(user=request.user, verb=f"meeting.{verb}", target=thing, sentence=refusal, at=at)
            raise
        thing.refresh_from_db()
        return Response(self.get_serializer(thing).data)
