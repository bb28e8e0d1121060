"""The words of reports, and how they may move (举报处理, FACTS §2.2)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(TextChoices):
    """How a report came (S0 C28, 令5号: published channels)."""

    WEB = "web", _("web form")
    PHONE = "phone", _("telephone")
    LETTER = "letter", _("letter")
    VISIT = "visit", _("visit")
    HOTLINE = "hotline", _("12345 hotline")
    PETITION = "petition", _("petition")
    REFERRED = "referred", _("referred by another body")
    SUPERVISOR = "supervisor", _("social supervisor")


class Naming(TextChoices):
    """How the reporter names himself."""

    REAL_NAME = "real_name", _("real name")
    ANONYMOUS = "anonymous", _("anonymous")
    TOKEN = "token", _("identifying token")


class ToldVia(TextChoices):
    """How a reporter learnt that the case was filed."""

    PAGE = "page", _("on the follow-up page")
    PHONE = "phone", _("by telephone")
    LETTER = "letter", _("by letter")
    VISIT = "visit", _("in person")


class ReporterKind(TextChoices):
    """Citizens, legal persons and others (C28)."""

    NATURAL = "natural", _("natural person")
    LEGAL = "legal", _("legal person")
    OTHER = "other", _("other organisation")


class ReportStatus(TextChoices):
    RECEIVED = "received", pgettext_lazy("report", "received")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("not accepted")
    ANSWERED = "answered", _("answered")


# accepted: verified in a case, a new one or one that was there; answered: the result was given back
REPORT_MOVES = {
    ReportStatus.RECEIVED: {ReportStatus.ACCEPTED, ReportStatus.REFUSED},
    ReportStatus.ACCEPTED: {ReportStatus.ANSWERED},
    ReportStatus.REFUSED: set(),
    ReportStatus.ANSWERED: set(),
}


class FieldSet(TextChoices):
    """What is sealed together and opened together; never both at once."""

    CONTACT = "contact", _("name and contact")
    PAYEE = "payee", _("payee account")


class OpeningStatus(TextChoices):
    REQUESTED = "requested", _("waiting for two custodians")
    READY = "ready", _("both keys given")
    SHOWN = "shown", _("shown once")
    DECLINED = "declined", pgettext_lazy("opening", "declined")
    EXPIRED = "expired", _("expired")


# requested: at most one custodian gave a key; ready: two did, within 24 hours; shown: the officer has read it, once
OPENING_MOVES = {
    OpeningStatus.REQUESTED: {OpeningStatus.READY, OpeningStatus.DECLINED, OpeningStatus.EXPIRED},
    OpeningStatus.READY: {OpeningStatus.SHOWN, OpeningStatus.EXPIRED},
    OpeningStatus.SHOWN: set(),
    OpeningStatus.DECLINED: set(),
    OpeningStatus.EXPIRED: set(),
}
