"""`/api/v1/cases/{id}/people/` and `/notes/`: who is named on a case, and what was remarked on it."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.response import Response

from cases import rules
from cases.actions.notes import add_note
from cases.actions.restriction import name_on_case, nameable, take_name_off
from cases.api_base import CASE_PREFIX, IN_CASE, InCase, OfCase
from cases.enums import GrantCause
from cases.forms.case import NamePersonForm, NameReasonForm, NoteForm
from cases.models import GrantRecord, Note
from core.api_forms import body_of, read_form
from core.wording import today
from workspace.once import KEY, once

NameBody = body_of(NamePersonForm, "PersonNaming")
EndBody = body_of(NameReasonForm, "PersonTakingOff")
NoteBody = body_of(NoteForm, "NoteWriting")


class NamedSerializer(serializers.ModelSerializer):
    """A person named on a case, to read it (view_case) or to work it (work_case)."""

    name = serializers.CharField(source="user.name")

    class Meta:
        model = GrantRecord
        fields = ("id", "case", "user", "name", "permission", "reason", "since")


def _named(found):
    return found.filter(ended_at=None, user__isnull=False, cause=GrantCause.NAMED).select_related("user")


class CasePeopleViewSet(InCase):
    """Who is named on a case besides its handlers."""

    queryset = GrantRecord.objects.none()  # door: get_queryset
    serializer_class = NamedSerializer

    def get_queryset(self):
        return _named(super().get_queryset())

    @extend_schema(parameters=[IN_CASE], responses=NamedSerializer(many=True))
    def list(self, request, case_pk=None):
        """Those named now."""
        return super().list(request)

    @extend_schema(request=NameBody, responses={201: NamedSerializer}, parameters=[IN_CASE, KEY])
    def create(self, request, case_pk=None):
        """Name somebody of a department that holds the case; they are told."""
        case = self.case()
        if not rules.can_name_persons(request.user, case):
            raise PermissionDenied
        given = read_form(NamePersonForm, request.data, people=nameable(case, today()))
        return self.added(lambda at: name_on_case(case=case, by=request.user, at=at, **given))


class NamedViewSet(OfCase):
    """One naming. Gone once the name is taken off: the record of the case keeps it."""

    queryset = GrantRecord.objects.none()  # door: get_queryset
    serializer_class = NamedSerializer

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        named = GrantRecord.objects.visible_to(self.request.user).filter(user__isnull=False).select_related("user")
        return named if self.action == "end" else named.filter(ended_at=None)  # the same call again is answered

    @extend_schema(request=EndBody, responses={204: None}, parameters=[KEY])
    @action(detail=True, methods=["post"])
    def end(self, request, pk=None):
        """Take the name off the case; what the naming gave ends at once."""
        grant = self.get_object()
        self.ask(rules.can_name_persons(request.user, grant.case))
        given = read_form(NameReasonForm, request.data)
        once(request, lambda at: take_name_off(grant=grant, by=request.user, at=at, **given))
        return Response(status=204)


class NoteSerializer(serializers.ModelSerializer):
    department = serializers.CharField(source="department.short_name")
    by = serializers.CharField(source="by.name")

    class Meta:
        model = Note
        fields = ("id", "case", "audience", "text", "department", "by", "at")


class CaseNotesViewSet(InCase):
    """Remarks on a case: everybody's, one's department's and one's own."""

    queryset = Note.objects.none()  # door: get_queryset
    serializer_class = NoteSerializer

    def get_queryset(self):
        return super().get_queryset().select_related("by", "department")

    @extend_schema(parameters=[IN_CASE], responses=NoteSerializer(many=True))
    def list(self, request, case_pk=None):
        """Those this person may read, oldest first."""
        return super().list(request)

    @extend_schema(request=NoteBody, responses={201: NoteSerializer}, parameters=[IN_CASE, KEY])
    def create(self, request, case_pk=None):
        """Write a remark for everybody in the case, for one's department, or for oneself."""
        case = self.case()
        given = read_form(NoteForm, request.data)
        return self.added(lambda at: add_note(case=case, by=request.user, at=at, **given))


router_entries = [
    (f"{CASE_PREFIX}/people", CasePeopleViewSet, "case-people"),
    (f"{CASE_PREFIX}/notes", CaseNotesViewSet, "case-notes"),
    ("named", NamedViewSet, "named"),
]
