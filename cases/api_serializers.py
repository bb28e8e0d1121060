"""Cases as the API says them, and what it asks for."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from cases.enums import CaseStatus, Source, SubjectKind
from cases.forms.case import CloseForm, EditCaseForm, NameReasonForm, ReasonForm
from cases.models import Case, Strand, Subject
from core.api_forms import body_of
from departments.models import Category


class StrandSerializer(serializers.ModelSerializer):
    department = serializers.CharField(source="department.short_name")
    handler = serializers.CharField(source="handler.name", default=None)

    class Meta:
        model = Strand
        fields = (
            "id", "version", "department", "handler", "status", "opened_at", "filed_on", "disposition", "ended_at",
        )  # fmt: skip


class SummarySerializer(serializers.ModelSerializer):
    """Metadata and status: all that the leading group's office sees."""

    owner = serializers.CharField(source="owner.short_name")
    summary_only = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = (
            "id", "number", "title", "owner", "status", "filed", "source", "found_on", "opened_at", "closed_at",
            "lamp", "next_due_on", "suspected", "version", "summary_only", "url",
        )  # fmt: skip

    def get_summary_only(self, case) -> bool:
        return True

    def get_url(self, case) -> str:
        return reverse("cases:detail", args=[case.pk])


class CaseSerializer(SummarySerializer):
    """The whole case. Amounts are decimal strings in yuan."""

    handler = serializers.CharField(source="handler.name", default=None)
    subjects = serializers.SerializerMethodField()
    categories = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    strands = StrandSerializer(many=True, read_only=True)

    class Meta(SummarySerializer.Meta):
        fields = (
            *SummarySerializer.Meta.fields, "handler", "source_number", "period_from", "period_to", "major",
            "restricted", "subjects", "categories", "strands", "facts",
        )  # fmt: skip

    facts = serializers.CharField(source="summary")

    def get_summary_only(self, case) -> bool:
        return False

    def get_subjects(self, case) -> list[dict]:
        return [
            {"id": link.subject_id, "kind": link.subject.kind, "name": link.subject.name, "uscc": link.subject.uscc,
             "principal": link.principal}
            for link in case.case_subjects.all()
        ]  # fmt: skip


class NewSubject(serializers.Serializer):
    """A subject not yet entered. A body has its 统一社会信用代码; a person's number is sealed at once."""

    kind = serializers.ChoiceField(choices=SubjectKind.choices)
    name = serializers.CharField(max_length=100)
    uscc = serializers.CharField(max_length=18, required=False, default="", allow_blank=True)
    id_number = serializers.CharField(max_length=18, required=False, default="", allow_blank=True)
    level = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    address = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)


class RegisterSerializer(serializers.Serializer):
    """A new lead. subjects: ids of known subjects, the principal one first; categories: codes.

    `new_subject` is entered with the lead and comes last; a person can only be entered so.
    """

    source = serializers.ChoiceField(choices=Source.choices)
    source_number = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    subjects = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**62),
        max_length=50,
        required=False,
        default=list,
    )
    new_subject = NewSubject(required=False, default=None, allow_null=True)
    categories = serializers.ListField(child=serializers.CharField(max_length=30), max_length=30)
    facts = serializers.CharField(max_length=5000)
    found_on = serializers.DateField()
    title = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    suspected = serializers.DecimalField(
        max_digits=14, decimal_places=2, required=False, default=Decimal("0.00"), min_value=Decimal("0.00")
    )
    period_from = serializers.DateField(required=False, default=None, allow_null=True)
    period_to = serializers.DateField(required=False, default=None, allow_null=True)
    major = serializers.BooleanField(required=False, default=False)
    restricted = serializers.BooleanField(required=False, default=False)
    duplicates_known = serializers.BooleanField(required=False, default=False)

    def known(self, user) -> dict:
        """The validated values with rows for ids and codes.

        :raises ValidationError: for a subject the user may not see, or an unknown category
        """
        given = dict(self.validated_data)
        given["summary"] = given.pop("facts")
        subjects = Subject.objects.visible_to(user).in_bulk(given["subjects"])
        _refuse_unknown("subjects", given["subjects"], subjects)
        given["subjects"] = [subjects[key] for key in dict.fromkeys(given["subjects"])]
        given["categories"] = categories_of(given["categories"])
        return given


def categories_of(codes) -> list[Category]:
    """The categories with these codes.

    :raises ValidationError: naming those there are not
    """
    found = Category.objects.filter(code__in=codes)  # door: dictionary
    known = {category.code: category for category in found}
    _refuse_unknown("categories", codes, known)
    return [known[code] for code in dict.fromkeys(codes)]


def _refuse_unknown(name, wanted, known):
    unknown = [key for key in wanted if key not in known]
    if unknown:
        raise ValidationError({name: [_("Unknown: %(what)s") % {"what": ", ".join(map(str, unknown))}]})


EDIT_NAMES = {"summary": "facts"}
CODES = serializers.ListField(child=serializers.CharField(max_length=30), max_length=30, required=False)
EditBody = body_of(EditCaseForm, "CaseEdit", names=EDIT_NAMES, kept=True, categories=CODES)
ReasonBody = body_of(ReasonForm, "CaseReason")
RestrictBody = body_of(NameReasonForm, "CaseRestriction")
CloseBody = body_of(CloseForm, "CaseClosing")


class LineSerializer(serializers.Serializer):
    """One line of a case's record, in the reader's language."""

    id = serializers.IntegerField(source="pk")
    at = serializers.DateTimeField()
    group = serializers.CharField()
    text = serializers.CharField()
    note = serializers.CharField()
    who = serializers.CharField()
    verb = serializers.CharField()
    target_kind = serializers.CharField()
    target_id = serializers.IntegerField(allow_null=True)


class FilterSerializer(serializers.Serializer):
    """What the list may be narrowed to; as in the registry's address."""

    q = serializers.CharField(required=False, max_length=60, default="")
    status = serializers.ChoiceField(choices=CaseStatus.choices, required=False, default="")
    lamp = serializers.ChoiceField(choices=["g", "y", "r", "n"], required=False, default="")
    mine = serializers.BooleanField(required=False, default=False)
    major = serializers.BooleanField(required=False, default=False)
    found_from = serializers.DateField(required=False, default=None)
    found_to = serializers.DateField(required=False, default=None)
    category = serializers.IntegerField(required=False, default=None, min_value=1, max_value=2**62)
    owner = serializers.IntegerField(required=False, default=None, min_value=1, max_value=2**62)
    department = serializers.IntegerField(required=False, default=None, min_value=1, max_value=2**62)
    subject = serializers.IntegerField(required=False, default=None, min_value=1, max_value=2**62)
