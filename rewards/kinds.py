"""The kinds of thing of this room that rows of lower rooms point to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.registry import Kind
from rewards.models import Custodian, Opening, Report, Supervisor

KINDS = [
    Kind(
        "report",
        Report.objects.visible_to,
        lambda report: report.number,
        lambda report: report.get_absolute_url(),
        label=_("report"),
    ),
    Kind(
        "opening",
        Opening.objects.visible_to,
        str,
        lambda opening: reverse("rewards:opening", args=[opening.pk]),
        label=_("opening of an identity"),
    ),
    Kind(
        "custodian",
        Custodian.objects.visible_to,
        str,
        lambda custodian: reverse("rewards:own_key"),
        label=_("custodian"),
    ),
    Kind(
        "supervisor",
        Supervisor.objects.visible_to,
        str,
        lambda supervisor: reverse("rewards:supervisors"),
        label=_("social supervisor"),
    ),
]
