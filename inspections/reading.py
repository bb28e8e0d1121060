"""What the pages of inspections show: lamps and clocks, what is offered to whom, what is next, what happened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import local_date
from core.forms import new_form_key
from deadlines.calendar import Calendar
from deadlines.explain import explain
from deadlines.lamps import Lamp, lamp_of
from deadlines.models import Deadline
from departments.models import User
from inspections import draw_rules, rules, rules_work
from inspections.enums import InspectionKind, InspectionStatus, PartAnswer, SignKind, VisitStatus
from inspections.models import Finding, Inspection, Partner, SummarySignature
from journal.models import Event
from journal.render import timeline

S = InspectionStatus


@dataclass(frozen=True)
class Offer:
    """One button. `post`: it does its step at once."""

    label: Any
    url: str
    danger: bool = False
    post: bool = False
    icon: str = ""
    key: str = field(default_factory=new_form_key)


def offer(
    rule: Any, user: User, thing: Any, label: Any, step: str, *, danger=False, post=False
) -> list[Offer]:
    """The button of a step, if this person may do it now."""
    if not rule(user, thing):
        return []
    return [Offer(label, reverse(f"inspections:{step}", args=[thing.pk]), danger, post)]


def _offers(table: Iterable[tuple], user: User, thing: Any) -> list[Offer]:
    return [
        found
        for rule, label, step, danger, post in table
        for found in offer(rule, user, thing, label, step, danger=danger, post=post)
    ]


def clocks_of(things: Iterable[Any]) -> QuerySet[Deadline]:
    """The clocks of these things, all of one kind, the newest last."""
    rows = list(things)
    if not rows:
        return Deadline.objects.none()
    found = Deadline.objects.filter(target_kind=rows[0].kind_code, target_id__in=[row.pk for row in rows])
    return found.select_related("rule").order_by("pk")


def lamps(things: Iterable[Any], known: Iterable[Deadline] | None = None) -> dict[int, Lamp]:
    """The lamp of each thing (all of one kind) by its newest clock, by id. known: `clocks_of`, where they were asked for."""
    calendar, today = Calendar.current(), local_date(timezone.now())
    return {
        row.target_id: lamp_of(row, today, calendar) for row in (clocks_of(things) if known is None else known)
    }


@dataclass(frozen=True)
class Clock:
    """A clock as the rail draws it."""

    label: str
    lamp: str
    days: int | None
    lamp_words: Any
    explanation: Any
    meta: str


def clocks(kind: str, ids: Iterable[int]) -> list[Clock]:
    """The clocks that run on these things, with the reason for every day and who owes it."""
    today, calendar = local_date(timezone.now()), Calendar.current()
    rows = Deadline.objects.open().filter(target_kind=kind, target_id__in=list(ids)).order_by("due_on", "pk")
    shown = []
    for row in rows.select_related("department", "rule").prefetch_related("changes"):
        lamp = lamp_of(row, today, calendar)
        shown.append(
            Clock(
                f"{row.label} · {row.department}", lamp.color, lamp.days, lamp.words,
                explain(row, today, calendar=calendar, changes=row.changes.all()),
                _("due on %(day)s") % {"day": row.due_on.isoformat()},
            )
        )  # fmt: skip
    return shown


def for_list(found: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """With how many targets, visited ones, findings, open ones, and departments that answered."""
    staying = Q(targets__dropped_at=None)
    part = Partner.objects.filter(inspection=OuterRef("pk"), dropped_at=None)
    count = {"distinct": True}
    return found.for_list().annotate(
        bodies=Count("targets", filter=staying, **count),
        seen=Count("visits__target", filter=~Q(visits__status=VisitStatus.VOID), **count),
        found=Count("findings", **count),
        undecided=Count("findings", filter=Q(findings__outcome="open"), **count),
        departments=Count("partners", filter=Q(partners__dropped_at=None), **count),
        answered=Count(
            "partners", filter=Q(partners__dropped_at=None, partners__answer="confirmed"), **count
        ),
        silent=Exists(part.filter(answer="none", leads=False)),
    )


def inspection_offers(user: User, inspection: Inspection, own: Partner | None) -> list[Offer]:
    """What this person may do with the inspection, the likeliest first."""
    found: list[Offer] = []
    if draw_rules.can_commit(user, inspection):
        found.append(Offer(_("Commit to a draw"), reverse("inspections:commit_draw", args=[inspection.pk])))
    if own is not None:
        found += own_offers(user, own)
    notices = rules.can_send_notices(user, inspection)
    if notices and inspection.targets.filter(dropped_at=None, notice=None).exists():
        found += [Offer(_("Issue the notices"), reverse("inspections:notices", args=[inspection.pk]))]
    table = (
        (rules.can_approve, _("Sign the plan"), "approve", False, False),
        (rules_work.can_close, _("Close the inspection"), "close", False, False),
        (rules.can_begin, _("Begin the inspection"), "begin", False, False),
        (rules.can_ask, _("Put it to the departments"), "ask", False, False),
        (rules.can_submit, _("Submit for approval"), "submit", False, False),
        (rules_work.can_report, _("Write the summary"), "report", False, False),
        (rules_work.can_rewrite, _("Rewrite the summary"), "rewrite", False, False),
        (rules.can_add_target, _("Add a target"), "add_target", False, False),
        (rules.can_edit, _("Add a department"), "add_partner", False, False),
        (rules.can_edit, _("Change the plan"), "edit", False, False),
        (rules.can_add_expert, _("Name an expert"), "add_expert", False, False),
        (rules.can_postpone, _("Postpone"), "postpone", False, False),
        (rules.can_return, pgettext("inspection", "Send back"), "return", True, False),
        (rules_work.can_go_back, _("Take it up again"), "go_back", True, False),
        (rules.can_cancel, pgettext("inspection", "Cancel it"), "cancel", True, False),
    )
    found += _offers(table, user, inspection) + (later_offers(user, own) if own is not None else [])
    return sorted(found, key=lambda each: each.danger)  # what ends something stands last


def own_offers(user: User, partner: Partner) -> list[Offer]:
    """What this person has to do for the own department: answer, sign."""
    table = [(rules_work.can_sign_summary, _("Sign the summary"), "sign_summary", False, False)]
    if partner.answer == PartAnswer.NONE:
        label = _("Name our people") if partner.leads else _("Take part and name our people")
        table += [
            (rules.can_confirm, label, "confirm", False, False),
            (rules.can_decline, _("Do not take part"), "decline", True, False),
        ]
    return _offers(table, user, partner)


def later_offers(user: User, partner: Partner) -> list[Offer]:
    """What this person may still change for the own department."""
    table = [(rules.can_name_officer, _("Name another officer"), "name_officer", False, False)]
    if partner.answer != PartAnswer.NONE:
        table += [
            (rules.can_confirm, _("Name our people anew"), "confirm", False, False),
            (rules.can_decline, _("Do not take part"), "decline", True, False),
        ]
    return _offers(table, user, partner)


def finding_offers(user: User, finding: Finding) -> list[Offer]:
    """Where a finding may go, and what may be done to it before."""
    table = (
        (rules_work.can_open_case, _("Register a case"), "open_case", False, False),
        (rules_work.can_join_case, _("Join a case"), "join_case", False, False),
        (rules_work.can_have_rectified, _("Have it rectified"), "rectify", False, False),
        (rules_work.can_remark, _("Leave it a remark"), "remark", False, False),
        (rules_work.can_add_evidence, _("Add evidence"), "finding_files", False, False),
        (rules_work.can_edit_finding, _("Correct"), "edit_finding", False, False),
    )
    found = _offers(table, user, finding)
    task = getattr(finding, "rectification", None)
    if task is not None:
        tasks = (
            (rules_work.can_report_rectified, _("Report as rectified"), "rectified", False, False),
            (
                rules_work.can_confirm_rectified,
                _("Confirm the rectification"),
                "confirm_rectified",
                False,
                False,
            ),
            (rules_work.can_send_back, _("Not rectified yet"), "send_back", True, False),
            (rules_work.can_decide_more_time, _("Decide on more time"), "decide_more_time", False, False),
            (rules_work.can_ask_more_time, _("Ask for more time"), "ask_more_time", False, False),
            (rules_work.can_reassign, _("Name another person"), "reassign", False, False),
        )
        found = _offers(tasks, user, task) + found
    return found


def visit_offers(user: User, visit: Any) -> list[Offer]:
    """What may be done with a record as it stands."""
    table = (
        (rules_work.can_write, _("Write the record"), "write", False, False),
        (rules_work.can_write, _("Work the checklists"), "items", False, False),
        (rules_work.can_find, _("Write down a finding"), "find", False, False),
        (rules_work.can_sign_record, pgettext("visit", "Signed"), "sign_record", False, False),
        (rules_work.can_sign_record, _("Signature refused"), "refuse_record", True, False),
        (rules_work.can_write, _("Print to sign"), "print_record", False, False),
        (rules_work.can_write, _("Change the officers"), "officers", False, False),
        (rules_work.can_add_file, _("Add a file"), "visit_file", False, False),
        (rules_work.can_sign_record, _("Correct the record"), "correct_record", True, False),
        (rules_work.can_write, _("Recorded by mistake"), "void_record", True, False),
    )
    return _offers(table, user, visit)


def next_step(inspection: Inspection, partners: list[Partner]) -> tuple[str, str]:
    """(what is next, why), in words for everybody who sees the plan."""
    silent = [str(each.department) for each in partners if each.answer == PartAnswer.NONE and not each.leads]
    status = inspection.status
    if status == S.DRAFT and inspection.asked_at is None and inspection.kind == InspectionKind.RANDOM:
        return _("Name departments and put the plan to them; then targets and officers are drawn"), ""
    if status == S.DRAFT and inspection.asked_at is None:
        return _("Name targets and departments, then put the plan to the departments"), ""
    if status == S.DRAFT and not draw_rules.drawn_or_none(inspection):
        return _("Draw the targets and the officers"), _("Nothing is drawn before the departments were asked.")
    if status == S.DRAFT and silent:
        names = _(", ").join(silent)
        return _("Departments answer and name their people"), _("Not answered: %(names)s.") % {"names": names}
    if status == S.DRAFT:
        return _("Submit the plan for approval"), _(
            "At least two certified officers of each inspecting department."
        )
    if status == S.AGREED and inspection.approved_at is None:
        return _("The lead's deputy head signs the plan"), _("Nobody signs what they drafted or submitted.")
    if status == S.AGREED:
        said = _("It begins on %(day)s.") % {"day": inspection.starts_on.isoformat()}
        notice = _("Issue the notices, then begin") if inspection.announced else _("Begin without notice")
        return notice, said
    if status == S.UNDER_WAY:
        return _("Visit every target, have the records signed, then write the summary"), ""
    if status == S.REPORTED:
        return (
            _("Every department signs the summary; every finding goes somewhere"),
            _("Then the lead closes the inspection."),
        )
    return "", ""


def signatures(partners: list[Partner], summary: Any) -> list[tuple[Partner, SummarySignature | None]]:
    """Each department with its last word on the summary; a signature stands before an objection."""
    said: dict[int, SummarySignature] = {}
    if summary is not None:
        for row in summary.signatures.select_related("by").order_by("pk"):
            before = said.get(row.partner_id)
            if before is None or before.kind != SignKind.SIGNED:
                said[row.partner_id] = row
    return [(partner, said.get(partner.pk)) for partner in partners]


def history(inspection: Inspection, user: User) -> list[tuple[Any, list]]:
    """What happened to an inspection the caller has loaded through its door; what was found, for who may read it."""
    events = Event.objects.filter(target_kind=inspection.kind_code, target_id=inspection.pk)
    if rules.can_read(user, inspection):
        for kind, ids in (
            ("inspection_visit", inspection.visits.values("pk")), ("finding", inspection.findings.values("pk")),
            ("rectification", inspection.findings.values("rectification")),
        ):  # fmt: skip
            events = events | Event.objects.filter(target_kind=kind, target_id__in=ids)
    return timeline(events, user)


def story(thing: Any, user: User, *, also: Any = None) -> list[tuple[Any, list]]:
    """What happened to one thing, and to one that hangs on it, which the caller has loaded through their door."""
    events = Event.objects.filter(target_kind=thing.kind_code, target_id=thing.pk)
    if also is not None:
        events = events | Event.objects.filter(target_kind=also.kind_code, target_id=also.pk)
    return timeline(events, user)
