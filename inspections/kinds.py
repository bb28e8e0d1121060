"""The kinds of thing of inspections that rows of lower rooms point to."""

from django.utils.translation import gettext_lazy as _

from core.registry import Kind
from inspections.models import Finding, Inspection, Partner, Rectification, Summary, Target, Visit


def _url(thing):
    return thing.get_absolute_url()


KINDS = (
    Kind("inspection", lambda user: Inspection.objects.visible_to(user), str, _url, label=_("joint inspection")),
    Kind(
        "inspection_partner", lambda user: Partner.objects.visible_to(user).select_related("inspection", "department"),
        lambda partner: f"{partner.inspection} · {partner.department}", _url, label=_("answer to an inspection"),
    ),
    Kind(
        "inspection_target", lambda user: Target.objects.visible_to(user).select_related("inspection", "subject"), str,
        _url, label=_("target of an inspection"),
    ),
    Kind(
        "inspection_visit", lambda user: Visit.objects.visible_to(user).select_related("target__subject"), str, _url,
        label=_("on-site record"),
    ),
    Kind("finding", lambda user: Finding.objects.visible_to(user), str, _url, label=_("finding of an inspection")),
    Kind(
        "rectification", lambda user: Rectification.objects.visible_to(user).select_related("finding"), str, _url,
        label=_("rectification"),
    ),
    Kind(
        "inspection_summary", lambda user: Summary.objects.visible_to(user).select_related("inspection"), str, _url,
        label=_("summary of an inspection"),
    ),
)  # fmt: skip
