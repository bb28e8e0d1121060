"""What lower rooms may know of cases: kinds of thing, and who still has work in hand."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import (
    AfterStep,
    Case,
    CaseArchive,
    Discussion,
    Evidence,
    LegalReview,
    Strand,
    Subject,
    SubjectChange,
    SubjectRelation,
)
from cases.querysets import readable_ids, visible_ids
from cases.tabs import address_of
from core.registry import Kind
from departments.models import Post


def _case_url(case: Case) -> str:
    return reverse("cases:detail", args=[case.pk])


KINDS = (
    Kind(
        code="case",
        label=gettext_lazy("case"),
        visible=lambda user: Case.objects.visible_to(user),
        readable=lambda user: Case.objects.readable_by(user),
        title=lambda case: case.title,
        url=_case_url,
        ids=lambda user, whole: readable_ids(user) if whole else visible_ids(user),
        short=lambda case: case.number.rpartition("〕")[2] or case.number,
    ),
    Kind(
        code="strand",
        label=gettext_lazy("strand"),
        visible=lambda user: Strand.objects.visible_to(user).select_related("case", "department"),
        title=lambda strand: f"{strand.case.title} · {strand.department}",
        url=lambda strand: _case_url(strand.case),
    ),
    Kind(
        code="case_archive",  # its catalogue names papers other departments do not read
        label=CaseArchive._meta.verbose_name,
        visible=lambda user: CaseArchive.objects.visible_to(user).filter(department=user.department).select_related("case"),
        title=lambda archive: f"{archive.case.title} · {archive.number}",
        url=lambda archive: address_of(archive.case_id, "archive"),
    ),
    Kind(
        code="after_step",
        label=AfterStep._meta.verbose_name,
        visible=lambda user: AfterStep.objects.visible_to(user).select_related("case"),
        title=lambda step: f"{step.case.title} · {step.get_kind_display()}",
        url=lambda step: address_of(step.case_id, "after"),
    ),
    *(
        Kind(
            code=model.kind_code,
            label=model._meta.verbose_name,
            visible=lambda user, model=model: model.objects.visible_to(user).select_related("case"),
            title=lambda row: f"{row.case.title} · {row._meta.verbose_name}",
            url=lambda row: address_of(row.case_id, "gate"),
        )
        for model in (LegalReview, Discussion)
    ),
    Kind(
        code="evidence",
        label=gettext_lazy("evidence"),
        visible=lambda user: Evidence.objects.visible_to(user).select_related("case"),
        title=lambda evidence: evidence.name,
        url=lambda evidence: _case_url(evidence.case),
    ),
    Kind(
        code="subject",
        label=gettext_lazy("subject"),
        visible=lambda user: Subject.objects.visible_to(user),
        title=str,
        url=lambda subject: reverse("cases:subject", args=[subject.pk]),
    ),
    *(
        Kind(
            code=model.kind_code,
            label=model._meta.verbose_name,
            visible=lambda user, model=model: model.objects.visible_to(user).select_related("subject"),
            title=lambda row: f"{row.subject} · {row.get_kind_display()}",
            url=lambda row: row.get_absolute_url(),
        )
        for model in (SubjectRelation, SubjectChange)
    ),
)


def strands_in_hand(post: Post) -> list[str]:
    """The strands a leaving person still handles in the post's department (DESIGN §3)."""
    strands = Strand.objects.filter(handler=post.user_id, department=post.department_id, ended_at=None)
    return [
        _("Hand over the handling of %(case)s.") % {"case": strand.case.number}
        for strand in strands.select_related("case")
    ]
