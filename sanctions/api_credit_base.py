"""What the API of this half of the room shares: the doors, rules and actions of the pages; once under a key."""

from typing import Any

from django.utils import timezone
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from cases.models import Subject
from core.api import InPost, NewestFirst, asked_of, unknown
from core.refusals import Refused
from journal.actions import note_refusal
from workspace.api_steps import Once


class CreditNothing(serializers.Serializer):
    pass


class CreditReason(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class CreditUpload(serializers.Serializer):
    """`upload`: an .xlsx list as the pages offer it to fill in."""

    upload = serializers.FileField()


class CreditRows(Once, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Load by the door, compare the version, ask the rule, call one action."""

    permission_classes = [InPost]
    pagination_class = NewestFirst
    lookup_value_regex = r"\d{1,18}"
    joined: tuple[str, ...] = ("subject", "department__region")
    filters: tuple[str, ...] = ("status",)

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        model: Any = self.queryset.model  # type: ignore[union-attr]  # every one of them has a queryset
        found = model.objects.visible_to(self.request.user).select_related(*self.joined)
        for name in self.filters:
            asked = asked_of(self).get(name, "")
            if asked and (name not in ("subject", "year") or (asked.isdecimal() and len(asked) < 19)):
                found = found.filter(**{name: asked})
        return found

    def ask(self, allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied

    def given(self, shape: Any) -> dict[str, Any]:
        values = shape(data=self.request.data)
        values.is_valid(raise_exception=True)
        return dict(values.validated_data)

    def subject(self, pk: int, field: str = "subject") -> Subject:
        """A subject the person may see.

        :raises ValidationError: there is none (under `field`)
        """
        found = (
            Subject.objects.visible_to(self.request.user).filter(pk=pk).first() if 0 < pk < 2**63 else None
        )
        if found is None:
            raise unknown(field)
        return found

    def act(self, verb: str, target: Any, work: Any) -> Any:
        """Run `work(at)`; a refusal worth knowing is written down once it has taken everything back."""
        at = timezone.now()
        try:
            return work(at)
        except Refused as refusal:
            if refusal.record:
                user, sentence = self.request.user, refusal
                self.afterwards(
                    lambda: note_refusal(user=user, verb=verb, target=target, sentence=sentence, at=at)
                )
            raise

    def step(self, verb: str, rule: Any, shape: Any, work: Any) -> Response:
        """One step on the row of the address: `work(row, at, **given)`."""
        row = self.get_object()
        self.ask(rule(self.request.user, row))
        self.check_version(row)
        given = self.given(shape)
        self.act(verb, row, lambda at: work(row, at, **given))
        return self.shown(row.pk)

    def shown(self, pk: int, code: int = 200) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=code)
