"""What the API of inspections shares: rows by their door, and the steps of the pages on them."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from core.api import MATCH, InPost, NewestFirst, Versions, asked_of
from core.api_forms import body_of, read_form
from core.forms import VersionedForm
from core.parsers import JSONParser, MultiPartParser
from core.refusals import Refused
from inspections import api_shapes as shapes
from inspections.views import work_steps
from journal.actions import note_refusal
from workspace.once import KEY, once

PAGES_OWN = ("seen", "version")


def _lines(data: Any) -> dict[str, Any]:
    """The checked lines of a call as the page's form would have given them."""
    read = shapes.CheckedLines(data=data)
    read.is_valid(raise_exception=True)
    given: dict[str, Any] = {}
    for line in read.validated_data["lines"]:
        given |= {f"result_{line['item']}": line["result"], f"remark_{line['item']}": line["remark"]}
    return given


class Steps(Versions, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Rows by their door, filtered by the inspection they belong to, with the steps of the pages."""

    permission_classes = [InPost]
    pagination_class = NewestFirst
    parser_classes = [JSONParser, MultiPartParser]
    lookup_value_regex = r"\d{1,18}"
    together: tuple[str, ...] = ()
    fetched: tuple[str, ...] = ()
    of = "inspection"

    def get_queryset(self):
        model = self.queryset.model
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        found = model.objects.visible_to(self.request.user).select_related(*self.together)
        found = found.prefetch_related(*self.fetched)
        asked = asked_of(self)
        of = asked.get("inspection", "")
        if self.of and of.isdecimal() and len(of) < 19:
            found = found.filter(**{self.of: int(of)})
        return found

    def take(self, view: Any) -> Response:
        """One step of the pages; under an Idempotency-Key once, however often it is sent."""
        thing, user = self.get_object(), self.request.user

        def work(at):
            self.check_version(thing)
            if not view.rule(user, thing):
                raise PermissionDenied
            view.do(thing, self._given(view, thing), user, at)
            return thing

        self._once(work, view.verb, thing)
        shown = self.get_queryset().filter(pk=thing.pk).first()
        return Response(status=204) if shown is None else Response(self.get_serializer(shown).data)

    def _given(self, view: Any, thing: Any) -> dict[str, Any]:
        if view is work_steps.Items:
            return _lines(self.request.data)
        keywords = view.keywords(thing, self.request.user)
        edits = issubclass(view.form_class, VersionedForm)
        if edits:  # what a call leaves out stays as it is
            keywords |= {"initial": view.initial_of(thing, self.request.user)}
        given = read_form(
            view.form_class, self.request.data, files=self.request.FILES, kept=edits, **keywords
        )
        return given | {"expected_version": thing.version}

    def _once(self, work: Any, verb: str, target: Any) -> tuple[int, bool]:
        try:
            return once(self.request, work)
        except Refused as refusal:
            if refusal.record:
                note_refusal(
                    user=self.request.user, verb=verb, target=target, sentence=refusal, at=timezone.now()
                )
            raise

    def made(self, work: Any, verb: str) -> Response:
        """201 with the row `work(at)` makes; 200 with the same where its key was used before."""
        pk, before = self._once(work, verb, None)
        shown = self.get_queryset().get(pk=pk)
        code = status.HTTP_200_OK if before else status.HTTP_201_CREATED
        return Response(self.get_serializer(shown).data, status=code)


def _step(code: str, view: Any, serializer: Any) -> Any:
    """The address of one step, with the body its page's form asks for."""
    if view is work_steps.Items:
        body: Any = shapes.CheckedLines
    else:
        name = f"Inspection{code.title().replace('_', '')}"
        kept = issubclass(view.form_class, VersionedForm)
        body = body_of(view.form_class, name, kept=kept, without=PAGES_OWN)

    def step(self, request, pk=None):
        return self.take(view)

    step.__name__ = f"step_{code}"
    step.__doc__ = str(view.__doc__ or code)
    said = extend_schema(request=body, responses=serializer, parameters=[KEY, MATCH])
    path = code.replace("_", "-")
    return said(action(detail=True, methods=["post"], url_path=path, url_name=path)(step))


def with_steps(steps: dict[str, Any]) -> Any:
    def dress(viewset: Any) -> Any:
        for code, view in steps.items():
            setattr(viewset, f"step_{code}", _step(code, view, viewset.serializer_class))
        return viewset

    return dress
