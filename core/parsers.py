"""How the API reads a body: as Django REST framework does, less what no text of the house may hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import parsers
from rest_framework.exceptions import ParseError, ValidationError

from core.texts import SENTENCE, UNSHOWN


def _texts(value: Any) -> Iterable[str]:
    """Every text in a value of JSON, names of fields included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from (name, *_texts(each))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _check(fields: Iterable[tuple[str, Any]]) -> None:
    """:raises ValidationError: under each field whose value holds such a character"""
    wrong = [name for name, value in fields if any(map(UNSHOWN.search, (name, *_texts(value))))]
    if wrong:
        raise ValidationError({UNSHOWN.sub("", name) or "non_field_errors": [SENTENCE] for name in wrong})


class JSONParser(parsers.JSONParser):
    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            body = super().parse(stream, media_type, parser_context)
            _check(body.items() if isinstance(body, dict) else [("non_field_errors", body)])
        except RecursionError:
            raise ParseError(_("The lists in this body lie too deep in one another.")) from None
        return body


class FormParser(parsers.FormParser):
    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        body = super().parse(stream, media_type, parser_context)
        _check(body.lists())
        return body


class MultiPartParser(parsers.MultiPartParser):
    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        body = super().parse(stream, media_type, parser_context)
        _check(body.data.lists())
        return body
