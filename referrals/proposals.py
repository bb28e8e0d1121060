"""What a form proposes before anybody types: receivers by route and competence, a limit, a subject line."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from core import registry
from core.dates import local_date
from core.gathering import Gathering
from core.wording import long_day
from deadlines.calendar import Calendar
from departments.enums import ReferralKind
from departments.models import Competence, Department, Route, User
from referrals.actions.above_cases import designated
from referrals.actions.informing import default_recipients
from referrals.models import Dispatch, Referral

ANSWER_WORKING_DAYS = 10  # proposed, never imposed: the mechanism only says 及时 (T6)
JOIN_WORKING_DAYS = 5  # three to sign for it, two to say whether to take part (FACTS §2.11)
# the evidence goes along unless somebody unticks it (及时移交证据材料, C16)
HANDED_OVER = (ReferralKind.TRANSFER, ReferralKind.SUPPORT)
_SUBJECTS = {
    ReferralKind.TRANSFER: "关于移交{who}涉嫌{what}线索的函",
    ReferralKind.BULLETIN: "关于{who}涉嫌{what}有关案情的通报",
    ReferralKind.EARLY: "关于商请提前介入{who}涉嫌{what}案件的函",
    ReferralKind.SUPPORT: "关于商请对{who}涉嫌{what}提供技术支持的函",
}


def departments_for(user: User, kind: str) -> QuerySet[Department]:
    """The departments of the user's region to whom their department may send this kind."""
    functions = Route.objects.filter(kind=kind, sender=user.department.function).values("receiver")
    found = Department.objects.visible_to(user).active()
    return found.filter(region=user.region, function__in=functions).exclude(pk=user.department.pk)


def proposed(case: Case, kind: str, user: User) -> list[Department]:
    """Of those, the ones competent for the case's categories or designated; else those proposed by default.

    A bulletin goes to those proposed by default (C10).
    """
    if kind == ReferralKind.BULLETIN:
        return default_recipients(user.department)
    gathering = Gathering()
    competences = Competence.objects.filter(category__in=case.categories.all()).values_list("function", flat=True)
    gathering.rows(competences)
    named = gathering.rows(designated(case).values_list("department__function", flat=True))
    possible = gathering.rows(departments_for(user, kind))
    gathering.ask()
    competent = {*competences, *named}
    chosen = [department for department in possible if department.function in competent]
    if chosen:
        return chosen
    default = set(
        Route.objects.filter(kind=kind, sender=user.department.function, proposed=True).values_list(
            "receiver", flat=True
        )
    )
    return [department for department in possible if department.function in default]


def proposed_limit(today: dt.date) -> dt.date:
    return Calendar.current().add_working_days(today, ANSWER_WORKING_DAYS)


def for_form(user: User, kind: str) -> dict[str, Any]:
    """The receivers to choose from, and the help beside the limit."""
    today = local_date(timezone.now())
    limit = proposed_limit(today)
    calendar = Calendar.current()
    said = _("The next working day is %(next)s; %(n)d working days from today is %(limit)s.") % {
        "next": long_day(calendar.add_working_days(today, 1)),
        "n": ANSWER_WORKING_DAYS,
        "limit": long_day(limit),
    }
    if calendar.provisional(today, limit):
        said += _(" The calendar of that year is not published yet.")
    others = Department.objects.visible_to(user).active().filter(region=user.region).exclude(pk=user.department.pk)
    return {"departments": departments_for(user, kind), "limit_help": said, "kind": kind, "copied_to": others}


def initial(case: Case, kind: str, user: User) -> dict[str, Any]:
    """What a new form shows."""
    today = local_date(timezone.now())
    gathering = Gathering()
    subjects = gathering.rows(case.subjects.order_by("-case_subjects__principal", "pk")[:1])
    named = gathering.rows(case.categories.values_list("name", flat=True)[:3])
    handed_over = case.evidence.filter(voided_at=None).values_list("pk", flat=True)
    if kind in HANDED_OVER:
        gathering.rows(handed_over)
    gathering.ask()
    subject, categories = next(iter(subjects), None), "、".join(named)
    chosen = proposed(case, kind, user)
    values: dict[str, Any] = {
        "kind": kind,
        "receivers": chosen,
        "subject": _SUBJECTS.get(ReferralKind(kind), "{who}{what}").format(
            who=subject.name if subject else "", what=categories or "违法违规问题"
        )[:100],
        "facts": case.summary,
        "amount": case.suspected or None,
        "limit_on": proposed_limit(today),
        "discovered_on": min([today, *(day for tell in registry.discoveries for day in tell(case))]),
    }
    if kind in HANDED_OVER:
        values["manifest"] = list(handed_over)
    if kind == ReferralKind.SUPPORT:
        values["receiver"] = chosen[0] if chosen else None
        values["amount"] = None
    if kind == ReferralKind.BULLETIN:
        values["limit_on"] = None
    if kind == ReferralKind.EARLY:
        values["limit_on"] = Calendar.current().add_working_days(today, JOIN_WORKING_DAYS)
    return values


def again(case: Case, user: User, returned: Referral) -> dict[str, Any]:
    """What a new form shows after a letter came back: what that letter said, to those it was not sent to."""
    said = of_draft(returned.dispatch)
    before = set(said["receivers"])
    chosen = [department for department in proposed(case, returned.kind, user) if department not in before]
    fresh = initial(case, returned.kind, user)
    names = ("subject", "facts", "amount", "request", "manifest", "lines", "copied", "unclear", "questions")
    return fresh | {name: said[name] for name in names} | {
        "receivers": chosen, "receiver": chosen[0] if chosen else None,
        "discovered_on": returned.dispatch.discovered_on or fresh["discovered_on"],
    }  # fmt: skip


def of_draft(dispatch: Dispatch) -> dict[str, Any]:
    """What the form of an existing draft shows."""
    return {
        "receivers": dispatch.receivers.all(),
        "copied": dispatch.copied.all(),
        "unclear": dispatch.unclear,
        "left_out": dispatch.left_out,
        "handled": dispatch.handled,
        "circle": dispatch.circle,
        "subject": dispatch.subject,
        "facts": dispatch.facts,
        "amount": dispatch.amount,
        "limit_on": dispatch.limit_on,
        "request": dispatch.request,
        "manifest": [item.evidence_id for item in dispatch.manifest.all()],
        "lines": {
            item.evidence_id: (item.quantity, item.pages, item.remark) for item in dispatch.manifest.all()
        },
        "questions": "\n".join(question.text for question in dispatch.questions.all()),
    }
