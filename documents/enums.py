"""The fixed words of official paper."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Layout(TextChoices):
    """How a paper looks; the layout's number series follow from it (a letter's mark ends in 函)."""

    LETTER = "letter", _("official letter")
    FORM = "form", _("internal form")
    HONOUR = "honour", _("certificate")
    MINUTES = "minutes", _("minutes of a meeting")


SERIES_SUFFIX = {Layout.LETTER: "函", Layout.FORM: "", Layout.HONOUR: "", Layout.MINUTES: "纪"}
