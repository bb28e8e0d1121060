"""What weighs on a subject once a measure is decided: what follows by itself, how it is changed, suspended and ended."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from cases.models import Subject
from core.dates import local_date
from core.refusals import BadInput, FourEyes, Refused, WrongState
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import start_clock
from departments.enums import Role
from departments.models import User
from sanctions import notices
from sanctions.actions.aftermath import repairs_fall
from sanctions.actions.common import (
    EXECUTION,
    FEEDBACK,
    check_law,
    end_clock,
    lock_sanction,
    needed,
    term_of,
    wrote,
)
from sanctions.bars import bar_term
from sanctions.enums import (
    APPLIED_LIVE,
    AppliedStatus,
    BarGround,
    BarStatus,
    Effect,
    EntryStatus,
    ListKind,
    MeasureTaskStatus,
)
from sanctions.masking import public_name
from sanctions.models import AppliedMeasure, Bar, ListEntry, MeasureTask
from sanctions.terms import last_day

DRAFTING = ("measure_drafted", "measure_dropped")  # whoever did one of these wrote in the draft
LISTS = {Effect.BLACK: ListKind.BLACK, Effect.SERIOUS: ListKind.SERIOUS, Effect.PERMANENT: ListKind.PERMANENT}
NEEDS_TERM = (Effect.PERSON_BAR, Effect.BLACK, Effect.SERIOUS)  # what follows from them has to end
LISTED_FOR = gettext_noop("Determination %(number)s: %(measure)s")
BAR_WORDS = gettext_noop("bar of application")


def follow(applied: AppliedMeasure, *, by: User, at: dt.datetime) -> None:
    """What a decided measure of this effect brings about: a bar, or a proposal for a list."""
    effect, sanction = applied.measure.effect, applied.sanction
    assert applied.since is not None  # by the state
    if effect in (Effect.BAR, Effect.PERSON_BAR):
        own = effect == Effect.BAR
        amount, unit = bar_term(applied.since) if own else (applied.amount, applied.unit)
        until = last_day(applied.since, amount, unit) if amount else applied.until
        bar = Bar.objects.create(
            region=sanction.region, subject=applied.subject, because_of=None if own else sanction.subject,
            sanction=sanction, applied=applied, basis=applied.basis, decision_number=applied.decision_number,
            ground=BarGround.CANCELLATION if own else BarGround.RESPONSIBLE_PERSON,
            since=applied.since, amount=amount, unit=unit, until=until, created_at=at, updated_at=at,
        )  # fmt: skip
        notices.of_department(
            "bar_began", applied.task, by=by, at=at, subject=public_name(bar.subject), until=bar.until
        )
    if Effect(effect) in LISTS:
        list_anew(applied, by=by, at=at)


def list_anew(applied: AppliedMeasure, *, by: User, at: dt.datetime) -> None:
    """Propose the subject of a measure for its list; where it stands there already, `end_entry` comes back to it."""
    sanction, kind = applied.sanction, LISTS[Effect(applied.measure.effect)]
    live = (EntryStatus.PROPOSED, EntryStatus.LISTED, EntryStatus.SUSPENDED)
    Subject.objects.select_for_update(no_key=True).get(pk=applied.subject_id)  # one proposal after the other
    if ListEntry.objects.filter(subject=applied.subject, kind=kind, status__in=live).exists():
        notices.of_department(
            "entry_stands", applied.task, by=by, at=at, subject=public_name(applied.subject), list_kind=kind
        )
        return
    judged: dict[str, Any] = {}
    if sanction.convicting:
        judged = {
            "judgment_number": sanction.decision_number, "judgment_court": sanction.decision_authority,
            "judgment_effective_on": sanction.effective_on, "convicting": True,
        }  # fmt: skip
    assert sanction.determination_document is not None  # by the state
    why = for_the_record(
        LISTED_FOR, number=sanction.determination_document.number, measure=applied.measure.name
    )
    entry = ListEntry.objects.create(
        region=sanction.region, department=applied.department, subject=applied.subject, sanction=sanction,
        applied=applied, kind=kind, reason=why[:300], basis=applied.basis, decision_number=applied.decision_number,
        amount=applied.amount, unit=applied.unit, until=None if applied.amount else applied.until,
        since=None if applied.amount or applied.until is None else applied.since,
        proposed_by=by, proposed_at=at, created_at=at, updated_at=at, **judged,
    )  # fmt: skip
    told = [user for user in notices.people(applied.department, *notices.SIGNING, at=at) if user.pk != by.pk]
    notices.tell(told, "entry_to_approve", entry, at=at, department=applied.department)


def settle(task: MeasureTask, by: User | None, at: dt.datetime) -> None:
    """After a measure of a locked task was executed or ended: once none waits to be executed, the feedback is due.

    Where one ran out unexecuted the task counts as LAPSED, whoever acted last: not every measure was executed.
    """
    waiting = (AppliedStatus.DECIDED, AppliedStatus.SUSPENDED)
    if task.status != MeasureTaskStatus.DECIDED:
        return
    if task.applied.filter(status__in=waiting, executed_at=None).exists():
        return
    end_clock(task, EXECUTION, by, at)
    if task.applied.filter(status=AppliedStatus.LAPSED).exists():
        move(task, MeasureTaskStatus.LAPSED, at=at, lapsed_at=at)
    else:  # by a person: what ends by itself while it waits to be executed lapses
        move(task, MeasureTaskStatus.EXECUTED, at=at, executed_by=by, executed_at=at)
    start_clock(
        code=FEEDBACK, target=task, department=task.department, to_department=task.sanction.authority,
        person=task.person if task.department.has_account else None, region_id=task.sanction.region_id, at=at, by=by,
    )  # fmt: skip


def _lock(applied: AppliedMeasure) -> MeasureTask:
    """:raises WrongState: it does not weigh on anybody (any more)"""
    task = applied.task
    lock_sanction(task.sanction)
    MeasureTask.objects.select_for_update(of=("self",), no_key=True).get(pk=task.pk)
    task.refresh_from_db()
    applied.refresh_from_db()
    if applied.status not in (*APPLIED_LIVE, AppliedStatus.SUSPENDED):
        raise WrongState(state=applied.status)
    return task


def check_permanent(entries: QuerySet[ListEntry], number: str, by: User) -> bool:
    """Nobody comes off the permanent list by a side door; whether one of the entries stands there.

    :raises Refused: by another than the head (DESIGN §2)
    :raises BadInput: no number of the reversing judgment (field `number`)
    """
    listed = (EntryStatus.LISTED, EntryStatus.SUSPENDED)
    if not entries.filter(kind=ListKind.PERMANENT, status__in=listed).exists():
        return False
    if not by.has_role(Role.HEAD):
        raise Refused(_("The permanent blacklist is decided by the head of the department."), record=True)
    if not number.strip():
        raise BadInput(
            _("Give the number of the judgment by which the conviction was reversed."), field="number"
        )
    return True


def check_reversal(bars: QuerySet[Bar], number: str, on: dt.date | None, at: dt.datetime) -> None:
    """A bar ends by its term or by a decision that reverses it, which has a number and a day.

    :raises BadInput: one of them is missing, the day lies ahead or before the bar (fields `number`, `reversed_on`)
    """
    first = bars.filter(status__in=(BarStatus.IN_FORCE, BarStatus.SUSPENDED)).order_by("since").first()
    if first is None:
        return
    assert first.since is not None  # by the database
    faults = {}
    if not number:
        faults["number"] = _(
            "A bar ends by its term or by a reversal: give the number of the decision that reverses it."
        )
    if on is None:
        faults["reversed_on"] = _("Give the day of the decision that reverses it.")
    elif not first.since <= on <= local_date(at):
        faults["reversed_on"] = _("It was reversed between the beginning of the bar and today.")
    if faults:
        raise BadInput.several(faults)


def end_applied(
    applied: AppliedMeasure, why: str, by: User | None, at: dt.datetime, number: str = "", on: dt.date | None = None
) -> list[str]:  # fmt: skip
    """Lift a locked measure that weighs on its subject, with its bar and its list entry; what ended, by name.

    number, on: of the decision that reversed it, where there is one.
    """
    move(applied, AppliedStatus.LIFTED, at=at, ended_by=by, ended_at=at, end_reason=why[:300])
    repairs_fall(applied, why, by, at)
    ended = [applied.measure.name]
    for bar in Bar.objects.filter(applied=applied, status__in=(BarStatus.IN_FORCE, BarStatus.SUSPENDED)):
        reversal = {"end_number": number, "reversed_on": on} if number and on is not None else {}
        move(bar, BarStatus.LIFTED, at=at, ended_by=by, ended_at=at, end_reason=why[:300], **reversal)
        ended.append(for_the_record(BAR_WORDS))
    for entry in ListEntry.objects.filter(applied=applied):
        ended += end_entry(entry, why, by, at, number)
    return ended


def end_entry(entry: ListEntry, why: str, by: User | None, at: dt.datetime, number: str = "") -> list[str]:
    """Off its list, or out of what waits to be approved; its name where it had been listed."""
    gone = {"at": at, "ended_by": by, "ended_at": at, "end_reason": why[:300], "end_number": number}
    if entry.status == EntryStatus.PROPOSED:
        move(entry, EntryStatus.WITHDRAWN, **gone)
        follow_up(entry, at)
    elif entry.status in (EntryStatus.LISTED, EntryStatus.SUSPENDED):
        move(entry, EntryStatus.REMOVED, **gone)
        repairs_fall(entry, why, by, at)
        follow_up(entry, at)
        return [list_words(entry.kind)]
    return []


def follow_up(entry: ListEntry, at: dt.datetime) -> None:
    """The entry ended: the next measure of another sanction that asks for this list is proposed in its place."""
    effect = next((effect for effect, kind in LISTS.items() if kind == entry.kind), None)
    standing = AppliedMeasure.objects.filter(
        subject=entry.subject, measure__effect=effect, status__in=APPLIED_LIVE, entry=None
    )
    standing = standing.filter(Q(until=None) | Q(until__gte=local_date(at)))
    standing = standing.exclude(sanction=entry.sanction_id) if entry.sanction_id else standing
    related = ("measure", "subject", "department", "task__department", "task__decided_by", "sanction__region")
    following = standing.select_related(*related, "sanction__determination_document").order_by("pk").first()
    if following is not None:
        assert following.task.decided_by is not None  # by the state
        list_anew(following, by=following.task.decided_by, at=at)


def stand_again(applied: AppliedMeasure, by: User, at: dt.datetime) -> None:
    """A measure counts again after a review: if it asks for a list it has not come to yet, it is proposed now."""
    if Effect(applied.measure.effect) in LISTS and not ListEntry.objects.filter(applied=applied).exists():
        list_anew(applied, by=by, at=at)


def list_words(kind: str) -> str:
    """The name of a list as it stands on the record."""
    with override("zh-hans"):
        return str(ListKind(kind).label)


@transaction.atomic
def lift_measure(
    *, applied: AppliedMeasure, reason: str, number: str = "", reversed_on: dt.date | None = None, by: User, at: dt.datetime
) -> list[str]:  # fmt: skip
    """The department that took it lifts a measure early, with what followed from it; what was lifted, by name.

    number, reversed_on: of the paper by which the decision was reversed; a bar and the permanent list end by that only.

    :raises BadInput: no reason, no number or day where they are needed (fields `number`, `reversed_on`)
    :raises FourEyes: the same person wrote in its draft or decided it; the head alone decides on the permanent list
    :raises Refused: the permanent list is the head's (DESIGN §2)
    :raises WrongState: it is over, or not decided
    """
    reason = needed(reason, most=300)
    task = _lock(applied)
    if task.drafted_by_id == by.pk or wrote(by, task, *DRAFTING):
        raise FourEyes(_("Who drafted the measures does not lift them."))
    number = number.strip()[:60]
    head_alone = check_permanent(ListEntry.objects.filter(applied=applied), number, by)
    if task.decided_by_id == by.pk and not head_alone:
        raise FourEyes(_("Who decided the measures does not lift them."))
    check_reversal(Bar.objects.filter(applied=applied), number, reversed_on, at)
    ended = end_applied(applied, f"{reason}（{number}）" if number else reason, by, at, number, reversed_on)
    settle(task, by, at)
    notices.of_department("measure_lifted", task, by=by, at=at, measure=applied.measure.name, reason=reason)
    notices.tell_authority(
        "was_lifted", task.sanction, at=at, tone="b", measure=applied.measure.name, reason=reason
    )
    return ended


def _change_entry(applied: AppliedMeasure, at: dt.datetime) -> None:
    """The list entry of a changed measure: its new term runs from the day it was listed."""
    live = (EntryStatus.PROPOSED, EntryStatus.LISTED, EntryStatus.SUSPENDED)
    for entry in ListEntry.objects.filter(applied=applied, status__in=live).exclude(kind=ListKind.PERMANENT):
        entry.amount, entry.unit, entry.until = applied.amount, applied.unit, applied.until
        if entry.amount:
            entry.until = last_day(entry.since, entry.amount, entry.unit) if entry.since else None
        elif entry.since is None:
            entry.since = applied.since
        if entry.until is not None and entry.since is not None and entry.until < entry.since:
            raise BadInput(
                _("The subject was listed on %(day)s only: a last day before that lifts the measure instead.")
                % {"day": entry.since.isoformat()},
                field="until",
            )
        entry.updated_at, entry.version = at, entry.version + 1
        entry.save(update_fields=["since", "amount", "unit", "until", "updated_at", "version"])


@transaction.atomic
def change_measure(
    *, applied: AppliedMeasure, decision_number: str, since: dt.date, amount: int | None = None, unit: str = "",
    until: dt.date | None = None, reason: str, by: User, at: dt.datetime,
) -> AppliedMeasure:  # fmt: skip
    """A review or a court changed the decision: new days, and what hangs on them is computed anew.

    :raises BadInput: no reason, no number, days out of order or beginning ahead of today
    :raises FourEyes: the same person drafted or decided it
    :raises WrongState: it is over, or not decided
    """
    reason, number = needed(reason, most=300), needed(decision_number, "decision_number", 60)
    task = _lock(applied)
    if task.drafted_by_id == by.pk or wrote(by, task, *DRAFTING):
        raise FourEyes(_("Who drafted the measures does not change them."))
    if task.decided_by_id == by.pk:
        raise FourEyes(_("Who decided the measures does not change them."))
    today, effect = local_date(at), applied.measure.effect
    if effect in (Effect.BAR, Effect.PERMANENT) and (amount is not None or unit or until is not None):
        raise BadInput(
            _("This measure has no term of its own: what follows from it is computed."), field="amount"
        )
    if effect in NEEDS_TERM and amount is None and until is None:
        raise BadInput(_("Say how long: a term, or the last day."), field="amount")
    given = check_law(applied.measure, term_of(since, amount, unit, until, today))
    if since > today:
        raise BadInput(_("It weighs on the subject already: this day lies ahead."), field="since")
    for name, value in (given | {"decision_number": number}).items():
        setattr(applied, name, value)
    applied.updated_at, applied.version = at, applied.version + 1
    applied.save(update_fields=[*given, "decision_number", "updated_at", "version"])
    live = (BarStatus.IN_FORCE, BarStatus.SUSPENDED)
    for bar in Bar.objects.filter(applied=applied, status__in=live):
        if effect == Effect.BAR:
            years, of = bar_term(since)
            given = {"since": since, "amount": years, "unit": of, "until": last_day(since, years, of)}
        for name, value in (given | {"decision_number": number}).items():
            setattr(bar, name, value)
        bar.updated_at, bar.version = at, bar.version + 1
        bar.save(update_fields=[*given, "decision_number", "updated_at", "version"])
        notices.of_department(
            "bar_recomputed", task, by=by, at=at, subject=public_name(bar.subject), until=bar.until
        )
    _change_entry(applied, at)
    notices.of_department(
        "measure_changed", task, by=by, at=at, measure=applied.measure.name, number=number, reason=reason
    )
    notices.tell_authority("was_changed", task.sanction, at=at, measure=applied.measure.name, reason=reason)
    return applied
