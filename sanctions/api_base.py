"""What the API of this room shares: the steps of the pages, by the same rules, forms and actions."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import InPost, NewestFirst
from core.api_forms import body_of, read_form
from core.parsers import JSONParser, MultiPartParser
from core.refusals import Refused
from departments.models import User
from journal.actions import note_refusal
from sanctions.steps import Spec
from sanctions.views.steps import found
from workspace.api_steps import Once, StepSchema

PAGES_OWN = ("seen", "version")


class Steps(Once, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Rows that are read, and changed step by step with If-Match."""

    permission_classes = [InPost]
    pagination_class = NewestFirst
    schema = StepSchema()
    serializer_class: Any

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return found(self.queryset.model, self.request.user)

    def take(self, spec: Spec) -> Response:
        """One step: load by the door, compare the version, ask the rule, call its action."""
        thing, user, at = self.get_object(), self.request.user, timezone.now()
        self.check_version(thing)
        if not spec.rule(user, thing):
            raise PermissionDenied
        given = self.given(spec.form, user, **spec.keywords(user, thing))
        self.run(spec.verb, thing, lambda: spec.act(thing, given, user, at))
        return Response(self.get_serializer(self.get_queryset().get(pk=thing.pk)).data)

    def given(self, form: Any, user: User, **keywords: Any) -> dict[str, Any]:
        values = read_form(form, self.request.data, files=self.request.FILES or None, **keywords)
        return {name: value for name, value in values.items() if name not in PAGES_OWN}

    def run(self, verb: str, thing: Any, work: Any) -> Any:
        """A refusal worth knowing is written down after everything was taken back."""
        try:
            return work()
        except Refused as refusal:
            if refusal.record:
                user, sentence, at = self.request.user, str(refusal), timezone.now()
                self.afterwards(
                    lambda: note_refusal(user=user, verb=verb, target=thing, sentence=sentence, at=at)
                )
            raise


def step_of(spec: Spec, serializer: Any) -> Any:
    """The address of one step, for the body of a viewset."""
    body = body_of(spec.form, f"Sanction{spec.name.title().replace('_', '')}", without=PAGES_OWN)

    def take(self: Steps, request: Any, pk: Any = None) -> Response:
        return self.take(spec)

    take.__name__ = spec.name
    take.__doc__ = str(spec.name).replace("_", " ").capitalize() + "."
    described = extend_schema(request=body, responses=serializer)(take)
    return action(
        detail=True,
        methods=["post"],
        url_path=spec.name.replace("_", "-"),
        parser_classes=[JSONParser, MultiPartParser],
    )(described)
