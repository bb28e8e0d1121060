"""The fixed words of joint inspections and their transition tables (C13, E23, E42; DESIGN §2 inspections)."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from departments.enums import Function


class InspectionKind(TextChoices):
    """E23 and E42. 飞行检查 is organised by nation and province alone (FACTS §2.6): a county assists."""

    JOINT = "joint", pgettext_lazy("inspection", "joint inspection")
    SPECIAL = "special", pgettext_lazy("inspection", "special inspection")
    DAILY = "daily", pgettext_lazy("inspection", "daily inspection round")
    RANDOM = "random", pgettext_lazy("inspection", "random inspection")
    UNANNOUNCED = "unannounced", pgettext_lazy("inspection", "unannounced inspection")
    ASSIST = "assist", pgettext_lazy("inspection", "assisting a flying inspection from above")


# 四不两直 and flying inspections announce themselves to nobody
WITHOUT_NOTICE = (InspectionKind.UNANNOUNCED, InspectionKind.ASSIST)


class InspectionSource(TextChoices):
    """What set it off. What a report or a task from above triggered is counted, and exempt from the yearly cap."""

    PLAN = "plan", pgettext_lazy("inspection", "yearly plan")
    REPORT = "report", pgettext_lazy("inspection", "triggered by a report")
    ABOVE = "above", pgettext_lazy("inspection", "task from above")


EXEMPT = (InspectionSource.REPORT, InspectionSource.ABOVE)


class InspectionStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("inspection", "being planned")
    AGREED = "agreed", pgettext_lazy("inspection", "agreed")
    UNDER_WAY = "under_way", pgettext_lazy("inspection", "under way")
    REPORTED = "reported", pgettext_lazy("inspection", "summary being signed")
    CLOSED = "closed", pgettext_lazy("inspection", "closed")
    CANCELLED = "cancelled", pgettext_lazy("inspection", "cancelled")


# AGREED back to DRAFT: the signer sends it back; REPORTED back: a partner objects and somebody has to go there again
INSPECTION_MOVES = {
    InspectionStatus.DRAFT: {InspectionStatus.AGREED, InspectionStatus.CANCELLED},
    InspectionStatus.AGREED: {InspectionStatus.DRAFT, InspectionStatus.UNDER_WAY, InspectionStatus.CANCELLED},
    InspectionStatus.UNDER_WAY: {InspectionStatus.REPORTED, InspectionStatus.CANCELLED},
    InspectionStatus.REPORTED: {InspectionStatus.UNDER_WAY, InspectionStatus.CLOSED},
    InspectionStatus.CLOSED: set(),
    InspectionStatus.CANCELLED: set(),
}
# the plan may still change; its days may still be put off; something is still to be done
PLANNED = (InspectionStatus.DRAFT, InspectionStatus.AGREED)
OPEN = (*PLANNED, InspectionStatus.UNDER_WAY, InspectionStatus.REPORTED)


class PartRole(TextChoices):
    """What a department does in an inspection: only an inspecting one signs (T4, 条例 art. 29)."""

    INSPECTING = "inspecting", pgettext_lazy("inspection", "inspecting department")
    SUPPORTING = "supporting", pgettext_lazy("inspection", "supporting department")


# who has a statutory power of inspection on site (FACTS §2.6); a fund's keeper, a planner, an agency under contract and a
# coordinating body have none and support
WITH_POWER = (Function.INSURANCE, Function.HEALTH, Function.MARKET, Function.POLICE)


class PartAnswer(TextChoices):
    NONE = "none", pgettext_lazy("inspection", "not answered")
    CONFIRMED = "confirmed", pgettext_lazy("inspection", "takes part")
    DECLINED = "declined", pgettext_lazy("inspection", "does not take part")


class MemberRole(TextChoices):
    INSPECTOR = "inspector", pgettext_lazy("inspection", "inspector")
    ASSISTANT = "assistant", pgettext_lazy("inspection", "assistant")
    EXPERT = "expert", pgettext_lazy("inspection", "expert")


class VisitStatus(TextChoices):
    OPEN = "open", pgettext_lazy("visit", "being recorded")
    PRINTED = "printed", pgettext_lazy("visit", "record printed, not signed")
    SIGNED = "signed", pgettext_lazy("visit", "record signed")
    REFUSED = "refused", pgettext_lazy("visit", "signature refused")
    VOID = "void", pgettext_lazy("visit", "void")


# VOID: recorded by mistake; a printed one is taken back first, so that its paper is void, too
VISIT_MOVES = {
    VisitStatus.OPEN: {VisitStatus.PRINTED, VisitStatus.VOID},
    VisitStatus.PRINTED: {VisitStatus.OPEN, VisitStatus.SIGNED, VisitStatus.REFUSED},
    VisitStatus.SIGNED: set(),
    VisitStatus.REFUSED: set(),
    VisitStatus.VOID: set(),
}
VISIT_OVER = (VisitStatus.SIGNED, VisitStatus.REFUSED)


class WhyBack(TextChoices):
    """Why a notice is taken back."""

    POSTPONED = "postponed", pgettext_lazy("notice", "put off")
    CANCELLED = "cancelled", pgettext_lazy("notice", "cancelled")
    LEFT_OUT = "left_out", pgettext_lazy("notice", "not visited")


class ItemResult(TextChoices):
    """What was found on one line of a checklist."""

    OPEN = "", pgettext_lazy("checklist", "not checked yet")
    FINE = "fine", pgettext_lazy("checklist", "in order")
    PROBLEM = "problem", pgettext_lazy("checklist", "problem found")
    NONE = "none", pgettext_lazy("checklist", "does not apply")


class Outcome(TextChoices):
    """Where a finding went; an inspection closes only when each went somewhere."""

    OPEN = "open", pgettext_lazy("finding", "open")
    CASE = "case", pgettext_lazy("finding", "became a case")
    JOINED = "joined", pgettext_lazy("finding", "joined a case")
    RECTIFY = "rectify", pgettext_lazy("finding", "to be rectified")
    REMARK = "remark", pgettext_lazy("finding", "remark")


FINDING_MOVES = {
    Outcome.OPEN: {Outcome.CASE, Outcome.JOINED, Outcome.RECTIFY, Outcome.REMARK},
    # rectification that fails becomes a case after all; a remark, too, may turn out to be more
    Outcome.RECTIFY: {Outcome.CASE, Outcome.JOINED},
    Outcome.REMARK: {Outcome.CASE, Outcome.JOINED, Outcome.RECTIFY},
    Outcome.CASE: set(),
    Outcome.JOINED: set(),
}
IN_A_CASE = (Outcome.CASE, Outcome.JOINED)


class RectificationStatus(TextChoices):
    OPEN = "open", pgettext_lazy("rectification", "to be done")
    DONE = "done", pgettext_lazy("rectification", "reported as done")
    CONFIRMED = "confirmed", pgettext_lazy("rectification", "confirmed")
    REPLACED = "replaced", pgettext_lazy("rectification", "followed up otherwise")


RECTIFICATION_MOVES = {
    RectificationStatus.OPEN: {RectificationStatus.DONE, RectificationStatus.REPLACED},
    RectificationStatus.DONE: {
        RectificationStatus.OPEN,
        RectificationStatus.CONFIRMED,
        RectificationStatus.REPLACED,
    },
    RectificationStatus.CONFIRMED: set(),
    RectificationStatus.REPLACED: set(),
}


class MoreTimeStatus(TextChoices):
    """What became of a request for more time."""

    ASKED = "asked", pgettext_lazy("more time", "asked for")
    AGREED = "agreed", pgettext_lazy("more time", "agreed")
    REFUSED = "refused", pgettext_lazy("more time", "not agreed")
    OVERTAKEN = "overtaken", pgettext_lazy("more time", "overtaken")


MORE_TIME_MOVES = {
    MoreTimeStatus.ASKED: {MoreTimeStatus.AGREED, MoreTimeStatus.REFUSED, MoreTimeStatus.OVERTAKEN},
    MoreTimeStatus.AGREED: set(),
    MoreTimeStatus.REFUSED: set(),
    MoreTimeStatus.OVERTAKEN: set(),
}


class SignKind(TextChoices):
    SIGNED = "signed", pgettext_lazy("summary", "signed")
    OBJECTED = "objected", pgettext_lazy("summary", "objected")
