"""What cases offer to the case page, the workbench and the frame of every page."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import finance, listing, rules, rules_after, rules_finance
from cases.actions.money import clues_of
from cases.enums import GrantCause, MoneyKind
from cases.models import AfterStep, Case, Evidence, GrantRecord, MoneyEntry, Note, Strand
from cases.previews import can_show
from core import registry
from core.dates import add_months
from core.gathering import Gathering, Steps, stepwise
from core.memory import remembered
from core.wording import today
from departments.enums import LEADERS

TOTALS = (MoneyKind.SUSPECTED, MoneyKind.VERIFIED, MoneyKind.RECOVERED, MoneyKind.FINED)


def strands_panel(case: Case, user: Any) -> dict:
    """Every department's line, each with what this person may do with it."""
    from cases.views.strand import verbs_for  # the forms of the verbs live with the page

    return {
        "strands": [
            (strand, [(code, label) for code, label in verbs_for(user, strand) if code not in GATE_VERBS])
            for strand in case.strands.all()
        ],
        "may_open": case.status != "closed" and rules.can_open_strand(user, case),
    }


GATE_VERBS = frozenset({"nature", "ask-review", "discuss"})
NATURE_VERBS = frozenset({"assign", "file", "decline", "verify-again"})


def nature_panel(case: Case, user: Any) -> dict:
    """How each department judged the lead: verifying, filed under which number, or not filed and why."""
    from cases.views.strand import verbs_for

    return {
        "rows": [
            (strand, [(code, label) for code, label in verbs_for(user, strand) if code in NATURE_VERBS])
            for strand in case.strands.all()
        ]
    }


def evidence_of(case: Case) -> QuerySet[Evidence]:
    return Evidence.objects.filter(case=case)


def money_of(case: Case) -> QuerySet[MoneyEntry]:
    return MoneyEntry.objects.filter(case=case)


def notes_of(case: Case, user: Any) -> QuerySet[Note]:
    return Note.objects.visible_to(user).filter(case=case)


def asks(case: Case, user: Any) -> dict[str, QuerySet]:
    """What of this room the overview asks for."""
    named = GrantRecord.objects.filter(case=case, ended_at=None, user__isnull=False, cause=GrantCause.NAMED)
    return {
        f"cases.subjects.{case.pk}": case.case_subjects.select_related("subject"),
        f"cases.categories.{case.pk}": case.categories.all(),
        f"cases.named.{case.pk}": named.select_related("user").order_by("id"),
    }


def _asked(case: Case, user: Any, name: str) -> list:
    key = f"cases.{name}.{case.pk}"
    return remembered(user, key, lambda: list(asks(case, user)[key]))


def after_panel(case: Case, user: Any) -> dict | None:
    """What followed each decision that was taken, with the days and amounts that follow from it."""
    from cases.views.after import verbs_for

    steps = list(after_of(case).select_related("by"))
    fines = list(money_of(case).filter(kind__in=(MoneyKind.FINED, MoneyKind.FINE_PAID)))
    settled = {step.about_id for step in steps}
    rows = []
    for strand in case.strands.all():
        own = [step for step in steps if step.strand_id == strand.pk]
        if strand.status not in rules_after.STANDING and not own:
            continue
        state = rules_after.after(
            strand, own, [entry for entry in fines if entry.strand_id == strand.pk], today()
        )
        for step in own:
            step.strand = strand
        ended = [(step, step.pk not in settled and rules_after.can_settle(user, step)) for step in own]
        rows.append({"strand": strand, "state": state, "steps": ended, "verbs": verbs_for(user, strand, state)})
    return {"rows": rows} if rows else None


def after_of(case: Case) -> QuerySet[AfterStep]:
    return AfterStep.objects.filter(case=case)


def evidence_panel(case: Case, user: Any) -> dict:
    evidence = evidence_of(case).select_related("department", "added_by")
    shown = [(item, can_show(item)) for item in evidence]
    return {"evidence": shown, "may_add": case.status != "closed" and rules.can_work(user, case)}


def money_panel(case: Case, user: Any) -> dict:
    entries = list(
        money_of(case).with_confirmed().select_related("department", "by", "reversal").order_by("id")
    )
    sums = dict.fromkeys(TOTALS, Decimal("0.00"))
    for entry in entries:
        if entry.kind in sums:
            sums[MoneyKind(entry.kind)] += entry.amount
    named = {(clue.kind_code, clue.pk): clue.label for clue in clues_of(case)} if _attributed(entries) else {}
    for entry in entries:
        entry.clue_label = named.get((entry.clue_kind, entry.clue_id), "")
    runs = case.status != "closed"
    return {
        "entries": [
            (entry, runs and entry.reverses_id is None and not hasattr(entry, "reversal") and _own(user, entry))
            for entry in entries
        ],
        "sums": [(kind.label, amount) for kind, amount in sums.items()],
        "may_enter": runs and rules.can_work(user, case),
    }


def _attributed(entries: list[MoneyEntry]) -> bool:
    return any(entry.clue_kind for entry in entries)


def _own(user: Any, entry: MoneyEntry) -> bool:
    return entry.department_id == user.department.pk


def notes_panel(case: Case, user: Any) -> dict:
    from cases.forms.case import NoteForm

    notes = notes_of(case, user).select_related("by", "department").order_by("-id")
    return {"notes": notes, "note_form": NoteForm()}


def facts_panel(case: Case, user: Any) -> dict:
    return {
        "subjects": [link.subject for link in _asked(case, user, "subjects")],
        "categories": _asked(case, user, "categories"),
        "may_edit": case.status != "closed" and rules.can_decide(user, case),
    }


def people_panel(case: Case, user: Any) -> dict:
    return {
        "people": [(strand, strand.department_id == case.owner_id) for strand in case.strands.all()],
        "named_people": _asked(case, user, "named"),
        "may_name": rules.can_name_persons(user, case),
    }


# -- figures of the desks -----------------------------------------------------------------------------------


@stepwise
def cases_by_lamp(user: Any, asked: Gathering) -> Steps:
    """Open cases the user may see, by lamp."""
    found = asked.rows(Case.objects.visible_to(user).open().values_list("lamp").annotate(n=Count("pk")).order_by())
    yield
    return {"g": 0, "y": 0, "r": 0, **{lamp: n for lamp, n in found if lamp != "n"}}


@stepwise
def recovered_by_month(user: Any, asked: Gathering, *, months: list[dt.date]) -> Steps:
    """Recovered fund in yuan by month, over the cases the user may see; `months` are first days."""
    if not months:
        return {}
    rows = asked.rows(
        MoneyEntry.objects.filter(
            case__in=Case.objects.visible_to(user),
            kind=MoneyKind.RECOVERED,
            happened_on__gte=min(months),
            happened_on__lt=add_months(max(months), 1),
        )
        .annotate(month=TruncMonth("happened_on"))
        .values_list("month")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    yield
    found = dict(rows)
    return {month: found.get(month, Decimal("0.00")) for month in months}


# -- the workbench ------------------------------------------------------------------------------------------


def _unassigned(user: Any):
    if not user.has_role(*LEADERS):
        return Strand.objects.none()
    return Strand.objects.visible_to(user).filter(department=user.department, handler=None, ended_at=None)


@stepwise
def todo_rows(user: Any, limit: int, asked: Gathering) -> Steps:
    """Strands of one's department nobody handles yet, for its leaders."""
    from cases.next_steps import strand_objects

    strands = asked.rows(_unassigned(user).select_related("case__owner").order_by("opened_at")[:limit])
    yield
    about = yield from strand_objects.steps(user, [strand.pk for strand in strands], asked)
    rows = []
    for strand in strands:
        url = reverse("cases:strand", args=[strand.pk, "assign"])
        rows.append(
            registry.TaskRow(
                phrase=_("Name who handles: %(about)s") % {"about": about.get(strand.pk) or strand.case.number},
                url=url,
                case_title=strand.case.title,
                case_url=reverse("cases:detail", args=[strand.case_id]),
                source=str(strand.case.owner),
                action_label=_("Assign"),
                action_url=url,
                target=(strand.kind_code, strand.pk),
            )
        )
    return rows


def todo_count(user: Any) -> QuerySet:
    return _unassigned(user)


def _mine(user: Any, **state: Any):
    return Strand.objects.visible_to(user).filter(handler=user, **state)


@stepwise
def done_rows(user: Any, limit: int, asked: Gathering) -> Steps:
    """The strands one has finished, newest first."""
    from cases.next_steps import strand_objects

    found = _mine(user, ended_at__isnull=False).select_related("case__owner", "department")
    strands = asked.rows(found.order_by("-ended_at")[:limit])
    yield
    about = yield from strand_objects.steps(user, [strand.pk for strand in strands], asked)
    return [
        registry.TaskRow(
            phrase=_("%(what)s: %(status)s")
            % {"what": about.get(strand.pk) or strand.department, "status": strand.get_status_display()},
            url=reverse("cases:detail", args=[strand.case_id]),
            case_title=strand.case.title,
            case_url=reverse("cases:detail", args=[strand.case_id]),
            source=str(strand.case.owner),
            sort=strand.ended_at,
        )
        for strand in strands
    ]


def done_count(user: Any) -> QuerySet:
    return _mine(user, ended_at__isnull=False)


def _registered(user: Any):
    return Case.objects.visible_to(user).filter(handler=user)


@stepwise
def started_rows(user: Any, limit: int, asked: Gathering) -> Steps:
    """The leads one has registered, newest first."""
    cases = asked.rows(_registered(user).select_related("owner").order_by("-opened_at")[:limit])
    yield
    return [
        registry.TaskRow(
            phrase=_("Registered as %(number)s") % {"number": case.number},
            url=reverse("cases:detail", args=[case.pk]),
            case_title=case.title,
            case_url=reverse("cases:detail", args=[case.pk]),
            source=str(case.owner),
            sort=case.opened_at,
        )
        for case in cases
    ]


def started_count(user: Any) -> QuerySet:
    return _registered(user)


def register() -> None:
    """Everything this room offers upward, called once from `apps.py`."""
    from cases.next_steps import next_step, strand_actions, strand_objects
    from cases.querysets import may_hold_cases

    for place, order, code, load in (
        ("main", 10, "facts", facts_panel),
        ("rail", 30, "people", people_panel),
    ):
        registry.case_panels.append(registry.Panel(place, order, code, f"cases/panels/{code}.html", load))
    for order, code, load, tab, count in (
        (10, "nature", nature_panel, "nature", None),
        (30, "strands", strands_panel, "handling", lambda case, user: Strand.objects.filter(case=case)),
        (35, "after", after_panel, "after", lambda case, user: after_of(case)),
        (40, "evidence", evidence_panel, "material", lambda case, user: evidence_of(case)),
        (50, "money", money_panel, "money", lambda case, user: money_of(case)),
        (60, "notes", notes_panel, "comments", lambda case, user: notes_of(case, user)),
    ):
        registry.case_panels.append(
            registry.Panel("main", order, code, f"cases/panels/{code}.html", load, tab=tab, count=count)
        )
    registry.foreseen.append(registry.Foreseen(("overview",), asks))
    registry.next_steps.append(next_step)
    registry.clock_actions["strand"] = strand_actions
    registry.clock_objects["strand"] = strand_objects
    registry.figures.update(cases_by_lamp=cases_by_lamp, recovered_by_month=recovered_by_month)
    registry.task_sources += [
        registry.TaskSource("todo", 10, todo_rows, todo_count),
        registry.TaskSource("todo", 70, finance.todo_rows, finance.todo_count),
        registry.TaskSource("done", 10, done_rows, done_count),
        registry.TaskSource("started", 10, started_rows, started_count),
    ]
    registry.nav += [
        registry.NavEntry(
            "cases", 70, gettext_lazy("Money confirmed by voucher"), "cases:finance", "bank",
            rules_finance.can_see_accounts, finance.todo_count, hot=True,
        ),
        registry.NavEntry(
            "cases", 10, gettext_lazy("Case registry"), "cases:list", "folder2-open",
            allowed=may_hold_cases, count=listing.all_cases,
        ),
        registry.NavEntry(
            "files", 10, gettext_lazy("Institutions"), "cases:subjects", "hospital", allowed=may_hold_cases
        ),
    ]  # fmt: skip
    registry.workbench_actions.append(
        registry.NavEntry(
            "cases",
            100,
            gettext_lazy("Register lead"),
            "cases:register",
            "plus-lg",
            allowed=rules.can_register,
        )
    )
