"""The fixed words of official paper."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Layout(TextChoices):
    """How a paper looks; the layout's number series follow from it (a letter's mark ends in 函)."""

    LETTER = "letter", _("official letter")
    FORM = "form", _("internal form")
    HONOUR = "honour", _("certificate")
    MINUTES = "minutes", _("minutes of a meeting")


SERIES_SUFFIX = {Layout.LETTER: "函", Layout.FORM: "", Layout.HONOUR: "", Layout.MINUTES: "纪"}


class ReportStatus(TextChoices):
    """A statistics report of a period: written by one, signed by another, then frozen."""

    DRAFT = "draft", _("to be signed")
    RETURNED = "returned", pgettext_lazy("statistics", "sent back")
    ISSUED = "issued", pgettext_lazy("statistics", "issued")
    DROPPED = "dropped", pgettext_lazy("statistics", "dropped")


REPORT_MOVES = {
    ReportStatus.DRAFT: {ReportStatus.ISSUED, ReportStatus.RETURNED, ReportStatus.DROPPED},
    ReportStatus.RETURNED: {ReportStatus.DRAFT, ReportStatus.DROPPED},
    ReportStatus.ISSUED: set(),
    ReportStatus.DROPPED: set(),
}
REPORT_OPEN = (ReportStatus.DRAFT, ReportStatus.RETURNED)
