"""What every room's API shares: the same doors and refusals as the pages (DESIGN §6)."""

from typing import Any

from django.core.exceptions import ValidationError as ModelValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import APIException, ErrorDetail, NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from core.locking import check_version
from core.refusals import AlreadyDone, BadInput, FourEyes, MovedOn, Refused, Stale, StillOpen, WrongState

MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description="the ETag last read"
)
UNKNOWN = _("This does not exist, or is not open to you.")

# by the code of the machine's sentence, which names types of data: what a person would say instead
SAID = {
    "null": _("Fill this in."),
    "blank": _("Fill this in."),
    "required": _("Fill this in."),
    "empty": _("Name at least one."),
    "not_a_list": _("Several are given here as a list."),
}

STATUS_OF_REFUSAL = {
    BadInput: status.HTTP_400_BAD_REQUEST,
    FourEyes: status.HTTP_403_FORBIDDEN,
    Stale: status.HTTP_412_PRECONDITION_FAILED,
    MovedOn: status.HTTP_409_CONFLICT,
    WrongState: status.HTTP_409_CONFLICT,
    StillOpen: status.HTTP_409_CONFLICT,
    AlreadyDone: status.HTTP_409_CONFLICT,
    Refused: status.HTTP_409_CONFLICT,
}


class PreconditionRequired(APIException):
    """A change came without saying which version it was made on (RFC 6585)."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_detail = _("Send If-Match with the ETag you read, so that nobody's work is overwritten.")
    default_code = "precondition_required"


def answer_exception(exc, context):
    """An exception as a JSON answer: refusals carry their sentence under the field they are about.

    Shape: {"field or non_field_errors": ["sentence"]}, plus "open": [sentences] where things are still open.
    """
    if isinstance(exc, Refused):
        code = next(STATUS_OF_REFUSAL[cls] for cls in type(exc).__mro__ if cls in STATUS_OF_REFUSAL)
        body = {field or "non_field_errors": [str(sentence)] for field, sentence in exc.faults.items()}
        if "items" in exc.details:
            body["open"] = [str(item) for item in exc.details["items"]]
        return Response(body, status=code)
    if isinstance(exc, ModelValidationError):
        exc = ValidationError(exc.message_dict if hasattr(exc, "error_dict") else exc.messages)
    if isinstance(exc, ValidationError):
        exc.detail = _in_words(exc.detail)
    # rest_framework.views reads the settings that name this module: imported only once it is complete
    from rest_framework.views import exception_handler

    return exception_handler(exc, context)


def _in_words(detail: Any) -> Any:
    """The faults of a call with the sentences of the house; texts of our own stay as they are."""
    if isinstance(detail, dict):
        return {field: _in_words(each) for field, each in detail.items()}
    if isinstance(detail, list):
        return [_in_words(each) for each in detail]
    sentence = SAID.get(detail.code)
    return detail if sentence is None else ErrorDetail(str(sentence), detail.code)


def unknown(field: str) -> ValidationError:
    """What one may not see is not told from what does not exist."""
    return ValidationError({field: [UNKNOWN]})


class Pages(CursorPagination):
    """Keyset pages of 50, or of the `limit` the call asks for, at most 200."""

    page_size = 50
    page_size_query_param = "limit"
    max_page_size = 200


class NewestFirst(Pages):
    """Newest first."""

    ordering = "-id"

    def decode_cursor(self, request):
        """As the library reads it; a position that is no row number is no cursor either."""
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position is not None:
            number = str(cursor.position)
            if not (number.isascii() and number.isdecimal() and len(number) < 19):
                raise NotFound(self.invalid_cursor_message)
        return cursor


class InPost(IsAuthenticated):
    """Only a person acting in a post; administrators have no business data (DESIGN §2)."""

    def has_permission(self, request, view):
        return bool(
            super().has_permission(request, view) and request.user.post and not request.user.is_administrator
        )


def asked_of(view: Any) -> Any:
    """What the address asks of a list, such as `status`; one row is found whatever stands there."""
    return view.request.query_params if view.action == "list" else QueryDict()


def etag(thing) -> str:
    """The entity tag of a versioned row."""
    return f'"{thing.version}"'


class Versions:
    """Mixin for viewsets over versioned rows: ETag on reading, If-Match required on changing."""

    request: Any

    def expected_version(self) -> int:
        """The version named by If-Match.

        :raises PreconditionRequired: without the header
        :raises Stale: where the tag is not one of ours
        """
        tag = self.request.headers.get("If-Match")
        if tag is None:
            raise PreconditionRequired
        try:
            return int(tag.strip().removeprefix("W/").strip('"'))
        except ValueError:
            raise Stale from None

    def check_version(self, thing) -> None:
        """Compare the version named by If-Match with the row under lock, in the transaction of what follows.

        :raises PreconditionRequired: without the header
        :raises Stale: where `thing` has moved on since the caller read it
        """
        check_version(thing, self.expected_version())

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]  # a viewset's
        version = response.data.get("version") if isinstance(getattr(response, "data", None), dict) else None
        if version is not None:
            response["ETag"] = f'"{version}"'
        return response
