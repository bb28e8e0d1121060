"""What every changing call of the API goes through: one transaction, and under an Idempotency-Key one time."""

import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from drf_spectacular.openapi import AutoSchema
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from core.api import MATCH, Versions
from workspace.actions import first_answer, forget_answer, keep_answer
from workspace.once import KEY, digest_of, key_of


class Once(Versions):
    """Mixin for viewsets: every POST runs in one transaction and, under an Idempotency-Key, one time.

    The same call again (address, body and department) is answered with the first answer, whatever became of the
    thing meanwhile; another call under the key is refused with a sentence. A refused call leaves its key unused.
    """

    request: Any
    action: str
    once_apart: tuple[str, ...] = ()  # many things at once, each of which commits by itself
    told_once: tuple[str, ...] = ()  # the answer carries a secret: it is not kept
    not_keyed: tuple[str, ...] = ()  # changes nothing that could be done twice, or sees to it by itself
    matched = True  # a step on one thing names the version it was made on

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """The door: whoever is let in by the permissions of the view comes through `_once`."""
        super().initial(request, *args, **kwargs)  # type: ignore[misc]  # a viewset's
        self._after: list[Callable[[], Any]] = []
        handler = getattr(self, "post", None)  # set by the viewset where the address knows the method
        if request.method == "POST" and handler is not None and self.action not in self.not_keyed:
            self.post = lambda *given, **named: self._once(lambda: handler(*given, **named))

    def afterwards(self, work: Callable[[], Any]) -> None:
        """Do this once the refusal that follows has taken everything back, such as write down what was wrong."""
        self._after.append(work)

    def _once(self, work: Callable[[], Response]) -> Response:
        key = key_of(self.request)
        try:
            if key and self.action in self.once_apart:
                return self._apart(key, work)
            if self.action in self.once_apart:
                return work()
            with transaction.atomic():
                return self._keyed(key, work) if key else work()
        except Exception:
            for each in self._after:
                each()
            raise

    def _before(self, key: str) -> Response | None:
        """The first answer, where this call came before; else the key is used up."""
        user, digest = self.request.user, digest_of(self.request)
        before = first_answer(user=user, key=key, digest=digest, at=timezone.now())
        if before is None:
            return None
        code, text = before
        return Response(json.loads(text) if text else None, status=code)

    def _keep(self, key: str, answer: Response) -> Response:
        text = "" if answer.data is None else JSONRenderer().render(answer.data).decode()
        told = None if self.action in self.told_once else text
        keep_answer(user=self.request.user, key=key, code=answer.status_code, text=told)
        return answer

    def _keyed(self, key: str, work: Callable[[], Response]) -> Response:
        return self._before(key) or self._keep(key, work())

    def _apart(self, key: str, work: Callable[[], Response]) -> Response:
        before = self._before(key)
        if before is not None:
            return before
        try:
            answer = work()
        except Exception:
            forget_answer(user=self.request.user, key=key)
            raise
        return self._keep(key, answer)


class StepSchema(AutoSchema):
    """Names the two headers of every such call in the description of the API."""

    def get_override_parameters(self) -> list[Any]:
        said = list(super().get_override_parameters())
        view = self.view
        if self.method != "POST" or not isinstance(view, Once) or view.action in view.not_keyed:
            return said
        if getattr(view, "detail", False) and view.matched:
            said.append(MATCH)
        return [*said, KEY]
