"""What the API of everything in a case shares: found through the case, once under a key, on the version named."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter
from rest_framework import viewsets
from rest_framework.response import Response

from cases.models import Case
from cases.views.loading import load_case
from core.api import InPost, Versions
from core.refusals import AlreadyDone
from workspace.once import once

IN_CASE = OpenApiParameter("case_pk", int, OpenApiParameter.PATH)
CASE_PREFIX = r"cases/(?P<case_pk>\d{1,18})"


class InCase(viewsets.GenericViewSet):
    """Rows of one case, listed and added to under /cases/{case_pk}/. A stranger to the case gets 404."""

    permission_classes = [InPost]
    pagination_class = None

    def case(self) -> Case:
        """The case of the address, with what the rules ask of it; 403 where only its summary is open."""
        pk = int(self.kwargs["case_pk"])
        if pk >= 2**63:
            raise Http404
        return load_case(self.request.user, pk)

    def get_queryset(self) -> Any:
        """The rows of the case that this person may see."""
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        model = self.queryset.model  # type: ignore[union-attr]  # every child has one
        return model.objects.visible_to(self.request.user).filter(case=self.case())

    def list(self, request: Any, case_pk: Any = None) -> Response:
        return Response(self.get_serializer(self.get_queryset(), many=True).data)

    def added(self, work: Callable[[Any], Any]) -> Response:
        """201 with the row `work(at)` makes; 200 with the same where its key was used before."""
        pk, before = once(self.request, work)
        made = self.get_queryset().filter(pk=pk).first()
        if made is None:  # it was ended since
            raise AlreadyDone
        return Response(self.get_serializer(made).data, status=200 if before else 201)


class OfCase(Versions, viewsets.GenericViewSet):
    """One row that hangs on a case, and its steps."""

    permission_classes = [InPost]
    lookup_value_regex = r"\d{1,18}"

    def get_object(self) -> Any:
        """The row and its case, as the rules ask for them."""
        thing = super().get_object()
        thing.case = load_case(self.request.user, thing.case_id)
        return thing

    def retrieve(self, request: Any, pk: Any = None) -> Response:
        return Response(self.get_serializer(self.get_object()).data)

    def step(self, thing: Any, work: Callable[[Any], Any]) -> Response:
        """Run `work(at)` once, and answer with the row as it is then; 204 where it is out of sight."""
        once(self.request, lambda at: work(at) or thing)
        shown = self.get_queryset().filter(pk=thing.pk).first()
        return Response(status=204) if shown is None else Response(self.get_serializer(shown).data)

    def ask(self, allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied
