"""The fixed words of departments, posts and routes (DESIGN §2)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    PROVINCE = "province", _("province")
    CITY = "city", _("city")
    COUNTY = "county", _("county")


class Function(TextChoices):
    """What a department does in the mechanism (C2); OTHER covers bodies without an account."""

    INSURANCE = "insurance", _("medical insurance")
    HEALTH = "health", _("health")
    MARKET = "market", _("market regulation")
    FINANCE = "finance", _("finance")
    REFORM = "reform", _("development and reform")
    POLICE = "police", _("police")
    OFFICE = "office", _("leading group's office")
    AGENCY = "agency", _("insurance handling agency")
    OTHER = "other", _("other body")


# the seal character of each function, in the order of the mock-up's seals 医卫市财发公
SEALS = {
    Function.INSURANCE: "医",
    Function.HEALTH: "卫",
    Function.MARKET: "市",
    Function.FINANCE: "财",
    Function.REFORM: "发",
    Function.POLICE: "公",
    Function.OFFICE: "办",
    Function.AGENCY: "经",
    Function.OTHER: "他",
}


class Role(TextChoices):
    HANDLER = "handler", _("handler")
    SECTION_HEAD = "section_head", _("section head")
    DEPUTY_HEAD = "deputy_head", _("deputy head")
    HEAD = "head", _("head")
    LEGAL = "legal", _("legal reviewer")
    REGISTRAR = "registrar", _("registrar")
    FINANCE = "finance", _("finance clerk")
    REPORT_OFFICER = "report_officer", _("report officer")
    COORDINATOR = "coordinator", _("office coordinator")
    OBSERVER = "observer", _("county leader")
    EXPERT = "expert", _("outside expert")
    SYSTEM_ADMIN = "system_admin", _("system administrator")
    SECURITY_ADMIN = "security_admin", _("security administrator")
    AUDIT_ADMIN = "audit_admin", _("audit administrator")


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
# posts that open no case: three administrators without business data, experts for named inspections only
OUTSIDE_CASES = ADMINISTRATORS | {Role.EXPERT}
LEADERS = frozenset({Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.HEAD})


class ReferralKind(TextChoices):
    """What may travel between departments; `Route` says who may send which to whom."""

    BULLETIN = "bulletin", _("case bulletin")
    TRANSFER = "transfer", _("lead transfer")
    SUPPORT = "support", _("technical support")
    EARLY = "early", _("early involvement")
    COMPARISON = "comparison", _("data comparison")
    CRIMINAL = "criminal", _("criminal transfer")
