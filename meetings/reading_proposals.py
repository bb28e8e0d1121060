"""What the pages of a proposal show: what is next, who has answered, how far its tasks are, and the facts to begin with."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import registry
from core.dates import local_date
from core.wording import day
from deadlines.calendar import Calendar
from deadlines.lamps import Lamp, lamp_of
from deadlines.models import Deadline
from departments.models import Department, Region, User
from meetings import rules_proposals as rules
from meetings.actions.proposals import CLOCK, by_letter, members, objecting, unanswered
from meetings.enums import ProposalStatus, ResolutionStatus
from meetings.models import Opinion, Proposal, Resolution
from meetings.quarters import first_day, quarter_of
from meetings.querysets import in_office
from meetings.reading import Offer, offer


def facts(region: Region) -> str:
    """What the rooms have to say about the present quarter, a line each: where an analysis begins (000 四(一) 收集分析)."""
    today = local_date(timezone.now())
    since = first_day(*quarter_of(today))
    lines = [
        f"{topic.title}：{topic.text}" if topic.text else topic.title
        for _order, source in sorted(registry.agenda_sources, key=lambda each: each[0])
        for topic in source(region=region, since=since, until=today)
    ]
    return "\n".join(lines)


def _number(model: Any, **where: Any) -> Coalesce:
    counted = model.objects.filter(**where).order_by().values(next(iter(where))).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def counted(found: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With the opinions of the round, and the tasks that began and that are done."""
    return found.annotate(
        said=_number(Opinion, proposal=OuterRef("pk"), round=OuterRef("round")),
        begun=Count("tasks", filter=Q(tasks__status__in=("open", "reported", "done", "withdrawn"))),
        finished=Count("tasks", filter=Q(tasks__status__in=("done", "withdrawn"))),
    )


def clocks_of(proposals: Iterable[Proposal], user: User) -> QuerySet[Deadline]:
    """The clocks of the consultations under way that `lamps` shows."""
    return _clocks(proposals, user).filter(status="running").order_by("-pk")


def _clocks(proposals: Iterable[Proposal], user: User) -> QuerySet[Deadline]:
    ids = [proposal.pk for proposal in proposals]
    found = Deadline.objects.filter(target_kind=Proposal.kind_code, target_id__in=ids, rule_code=CLOCK)
    return (found if in_office(user) else found.filter(department=user.department)).select_related("rule")


def lamps(proposals: Iterable[Proposal], user: User, known: Iterable[Deadline] | None = None) -> dict[int, Lamp]:
    """The lamp of the consultation under way, by proposal: one's own department's, for the office anybody's. known:
    `clocks_of`, where they were asked for."""
    calendar, today = Calendar.current(), local_date(timezone.now())
    rows = clocks_of(proposals, user) if known is None else known
    return {row.target_id: lamp_of(row, today, calendar) for row in rows}


@dataclass(frozen=True)
class Asked:
    """A member in this round: its opinion, or its lamp while it owes one."""

    department: Department
    opinion: Opinion | None
    lamp: Lamp | None


def asked(proposal: Proposal, opinions: list[Opinion]) -> list[Asked]:
    """Every member and what it said in the present round."""
    said = {row.department_id: row for row in opinions if row.round == proposal.round}
    calendar, today = Calendar.current(), local_date(timezone.now())
    rows = Deadline.objects.open().of(proposal.kind_code, proposal.pk).filter(rule_code=CLOCK)
    lit = {row.department_id: lamp_of(row, today, calendar) for row in rows.select_related("rule")}
    return [Asked(each, said.get(each.pk), lit.get(each.pk)) for each in members(proposal)]


def offers(user: User, proposal: Proposal) -> list[Offer]:
    """What this person may do with it now, the likeliest first."""
    table = (
        (rules.can_give_opinion, _("Give an opinion"), "opinion", False),
        (rules.can_enter_opinion, _("Enter a written reply"), "enter_opinion", False),
        (rules.can_sign, _("Sign the deployment"), "sign_deployment", False),
        (rules.can_deploy, _("Deploy"), "deploy", False),
        (rules.can_submit, _("Submit anew"), "submit_deployment", False),
        (rules.can_consult, _("Consult the departments"), "consult", False),
        (rules.can_adopt, _("Adopt by circulation"), "adopt", False),
        (rules.can_bring, _("Bring before a meeting"), "bring", False),
        (rules.can_edit, _("Edit"), "edit_proposal", False),
        (rules.can_add_task, _("Add a task"), "add_task", False),
        (rules.can_revise, _("Revise"), "revise", False),
        (rules.can_bring_withdrawal, _("Have a meeting withdraw it"), "bring_withdrawal", False),
        (rules.can_return, _("Send back"), "return_deployment", True),
        (rules.can_withdraw, pgettext("proposal", "Withdraw"), "withdraw_proposal", True),
    )
    found = [
        each
        for rule, label, step, danger in table
        for each in offer(rule, user, proposal, label, step, danger=danger)
    ]
    if proposal.status == ProposalStatus.CONSULTING and (unanswered(proposal) or objecting(proposal)):
        # it would be refused: behind the others, before what gives the whole up
        found.sort(key=lambda each: (each.danger, each.url.endswith("/adopt/")))
    if proposal.status == ProposalStatus.ADOPTED and not proposal.tasks.exclude(status="dropped").exists():
        found.sort(key=lambda each: not each.url.endswith("/add-task/"))  # what is missing comes first
    return found


def next_step(proposal: Proposal, tasks: list[Resolution]) -> tuple[str, str]:
    """(what is next, why), in words."""
    if proposal.status == ProposalStatus.DRAFT:
        again = _("The opinions of the last round stay on the record.") if proposal.round else ""
        return _("Consult the departments on it"), again
    if proposal.status == ProposalStatus.CONSULTING:
        if not members(proposal):
            return _("Bring it before a meeting"), _("The county has no member department that could agree.")
        if left := unanswered(proposal):
            why = _("Not answered yet: %(names)s") % {"names": "、".join(left)}
            if paper := by_letter(proposal, left):
                why += _("; on paper, to be entered with the scan: %(names)s") % {"names": "、".join(paper)}
            return _("Opinions are wanted by %(day)s") % {"day": day(proposal.consult_until)}, why
        if rules.stands(proposal):
            return (
                _("The meeting decides it"),
                _("Take it off the agenda first where it is to be revised."),
            )
        if against := objecting(proposal):
            return (
                _("Revise it, or bring it before a meeting"),
                _("They object: %(names)s") % {"names": "、".join(against)},
            )
        return _("Adopt it"), _("Every member has answered, and none objects.")
    if proposal.status == ProposalStatus.ADOPTED:
        if rules.stands(proposal):
            return _("A meeting decides whether it is withdrawn"), ""
        if not tasks:
            return _("Say who does what until when"), _("It is deployed as tasks of named people.")
        if proposal.signed_at is None:
            return _("Wait for the signature"), _("Whoever signs is another than who wrote it.")
        return _("Number the notice and begin the tasks"), ""
    if proposal.status == ProposalStatus.RETURNED:
        why = _("Sent back: %(reason)s") % {"reason": proposal.return_reason}
        return _("Mend the tasks and submit it anew; other words need a new proposal"), why
    if proposal.status == ProposalStatus.DEPLOYED:
        left = [task for task in tasks if task.status in (ResolutionStatus.OPEN, ResolutionStatus.REPORTED)]
        if left:
            said = _("They stand on every agenda until they are done.")
            return _("Follow the tasks up: %(n)d unfinished") % {"n": len(left)}, said
    return "", ""
