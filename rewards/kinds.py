"""The kinds of thing of this room that rows of lower rooms point to."""

from django.utils.translation import gettext_lazy as _

from core.registry import Kind
from rewards.models import Report

KINDS = [
    Kind(
        "report",
        Report.objects.visible_to,
        lambda report: report.number,
        lambda report: report.get_absolute_url(),
        label=_("report"),
    ),
]
