"""并案: one case goes into another of the same lead department, and comes back while nothing followed (ADR 0075)."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cases.actions.locking import lock_case
from cases.actions.progress import tell_departments, what_is_open
from cases.actions.strands.legal import drop_open
from cases.enums import MERGING, RUNNING, CaseStatus, Disposition, MergeGround, StrandStatus
from cases.models import Case, CaseMerge, CaseSubject, CaseUserPermission, Strand
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, FourEyes, StillOpen, WrongState
from core.states import move
from core.wording import for_the_record
from deadlines.actions.clocks import cancel_clock, start_clock
from deadlines.calendar import Calendar
from deadlines.enums import Unit
from deadlines.models import Deadline
from departments.enums import Role
from departments.models import User
from journal.actions import notify, record
from journal.models import Event

STOPPED = gettext_noop("The case was merged into another.")
FOLLOWS = ("strand.decided", "strand.declined")  # what may rest on what was merged in


def _lock_both(case: Case, main: Case) -> None:
    """Always in the same order, so that two merges into each other wait for one another."""
    for each in sorted((case, main), key=lambda each: each.pk):
        lock_case(each)


@transaction.atomic
def propose_merge(*, case: Case, main: Case, ground: str, reason: str, by: User, at: dt.datetime) -> CaseMerge:
    """Ask that the case go on in `main`, the leading case; somebody else of the department confirms it.

    :raises BadInput: no reason or ground; `main` is the case itself, of another region or lead department, not being
        worked, itself merged, or not about the same subject where that is the ground (by field)
    :raises WrongState: the case is not being worked, a department decided in it, or others were merged into it
    :raises AlreadyDone: it is proposed already
    """
    if case.pk == main.pk:
        raise BadInput(_("A case is not merged into itself."), field="number")
    _lock_both(case, main)
    _check_case(case)
    if case.merges.waiting().exists():
        raise AlreadyDone(_("A merge of this case is proposed already."))
    faults = _faults(case, main, ground)
    if ground not in MergeGround.values:
        faults["ground"] = _("Choose one of those offered here.")
    if not reason.strip():
        faults["reason"] = _("Give a reason.")
    if faults:
        raise BadInput.several(faults)
    merge = CaseMerge.objects.create(
        case=case, main=main, ground=ground, reason=reason.strip(), proposed_by=by, proposed_at=at
    )
    record("case.merge_proposed", target=case, case=case, by=by, at=at, reason=reason.strip())
    heads = User.objects.acting_for(case.owner, Role.DEPUTY_HEAD, Role.HEAD, on=local_date(at)).exclude(pk=by.pk)
    if case.restricted:
        heads = heads.filter(pk__in=CaseUserPermission.objects.filter(content_object=case).values("user"))
    notify(
        heads, "case.merge_proposed", target=case, case=case, department=case.owner, at=at, tone="y", reason=reason.strip()
    )
    return merge


@transaction.atomic
def confirm_merge(*, merge: CaseMerge, by: User, at: dt.datetime) -> CaseMerge:
    """The case ends by going on in the main one: its departments' open parts and their clocks stop, all else stays with it.

    :raises FourEyes: whoever proposed it does not confirm it
    :raises WrongState: it does not wait any more; one of the two cases is not what it was when it was proposed
    :raises StillOpen: letters, transfers or other clocks are open, listed in `details["items"]`
    """
    case, main = merge.case, merge.main
    _lock_both(case, main)
    _check_waits(merge)
    if merge.proposed_by_id == by.pk:
        raise FourEyes
    _check_case(case)
    for said in _faults(case, main, merge.ground).values():
        raise WrongState(said)
    merge.strands, merge.clocks = _stop(case, by, at)
    items = what_is_open(case)
    if items:
        raise StillOpen(_("The case cannot be merged while these are open."), items=items)
    old = move(case, CaseStatus.CLOSED, at=at, closed_at=at)
    merge.by, merge.at = by, at
    merge.save(update_fields=["strands", "clocks", "by", "at"])
    record("case.merged", target=case, case=case, by=by, at=at, old=old, new=case.status, reason=merge.reason)
    if not case.restricted:  # of a case only named persons see, the other one's record says nothing
        record("case.merged_in", target=main, case=main, by=by, at=at)
    tell_departments("case.merged", case, by, at, reason=merge.reason)
    return merge


@transaction.atomic
def turn_down_merge(*, merge: CaseMerge, reason: str, by: User, at: dt.datetime) -> CaseMerge:
    """The proposal ends: turned down by who would confirm it, or withdrawn by who made it.

    :raises BadInput: no reason
    :raises WrongState: it does not wait any more
    """
    lock_case(merge.case)
    _check_waits(merge)
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    merge.undone_by, merge.undone_at, merge.undo_reason = by, at, reason.strip()
    merge.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    case = merge.case
    record("case.merge_turned_down", target=case, case=case, by=by, at=at, reason=reason.strip())
    if merge.proposed_by_id != by.pk:
        notify(
            [merge.proposed_by], "case.merge_turned_down", target=case, case=case, department=case.owner, at=at, tone="y",
            reason=reason.strip(),
        )  # fmt: skip
    return merge


def _check_waits(merge: CaseMerge) -> None:
    merge.refresh_from_db()
    if merge.at is not None or merge.undone_at is not None:
        raise WrongState(_("This does not wait to be confirmed any more."))


def _faults(case: Case, main: Case, ground: str) -> dict[str, Any]:
    """Why the two cannot be worked as one, by field."""
    if (main.region_id, main.owner_id) != (case.region_id, case.owner_id):
        return {"number": _("The main case has to be led by the same department.")}
    if main.status not in RUNNING:
        return {"number": _("The main case is decided or closed already.")}
    if ground == MergeGround.SUBJECT and not _share_a_subject(case, main):
        return {"ground": _("The two cases have no subject in common.")}
    return {}


def _check_case(case: Case) -> None:
    if case.status not in RUNNING:
        raise WrongState(_("Only a case that is being worked is merged."))
    if case.merged_in.in_force().exists():
        raise WrongState(_("Other cases were merged into this one. Take those back first."))
    parts = Strand.objects.filter(case=case)
    decided = parts.filter(status__in=(StrandStatus.DECIDED, StrandStatus.PERFORMED)).exists()
    if decided or parts.filter(status=StrandStatus.NOT_FILED).exclude(disposition=Disposition.NONE).exists():
        raise WrongState(_("A department has decided in this case already: its decision stands on its own."))


def _share_a_subject(case: Case, main: Case) -> bool:
    own = CaseSubject.objects.filter(case=case).values("subject")
    return CaseSubject.objects.filter(case=main, subject__in=own).exists()


def _stop(case: Case, by: User, at: dt.datetime) -> tuple[dict[str, str], list[int]]:
    """Open parts and their clocks: (states by strand, the clocks that ran). What lies with a reviewer is asked no more."""
    parts = list(Strand.objects.filter(case=case, status__in=MERGING).order_by("pk"))
    for strand in parts:
        drop_open(strand, by, at)
    pks = [strand.pk for strand in parts]
    running = Deadline.objects.open().filter(case_id=case.pk, target_kind=Strand.kind_code, target_id__in=pks)
    clocks = list(running.order_by("pk"))
    for clock in clocks:
        cancel_clock(deadline=clock, by=by, at=at, reason=for_the_record(STOPPED))
    strands = {str(strand.pk): str(strand.status) for strand in parts}
    for strand in parts:
        move(strand, StrandStatus.MERGED, at=at, ended_at=at)
    return strands, [clock.pk for clock in clocks]


@transaction.atomic
def undo_merge(*, merge: CaseMerge, reason: str, by: User, at: dt.datetime) -> CaseMerge:
    """Take a merge back: the parts go on where they stood, each clock with the time it had left.

    :raises BadInput: no reason
    :raises WrongState: taken back before or never confirmed, something was decided in the main case since, or the case is
        archived
    """
    case, main = merge.case, merge.main
    _lock_both(case, main)
    merge.refresh_from_db()
    if not reason.strip():
        raise BadInput(_("Give a reason."), field="reason")
    if merge.at is None or merge.undone_at is not None:
        raise WrongState(_("There is no merge to take back."))
    followed = Event.objects.filter(case_id=main.pk, verb__in=FOLLOWS, at__gte=merge.at)
    if main.status not in RUNNING or followed.exists():
        raise WrongState(_("The main case is decided, or a department has decided in it since: the merge stays."))
    if case.archives.in_force().exists():
        raise WrongState(_("The case is archived. Nothing is added unless it is reopened with a reason."))
    merge.undone_by, merge.undone_at, merge.undo_reason = by, at, reason.strip()
    merge.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    old = move(case, CaseStatus.WORKING, at=at, closed_at=None)
    for strand in Strand.objects.filter(case=case, pk__in=merge.strands).order_by("pk"):
        move(strand, StrandStatus(merge.strands[str(strand.pk)]), at=at, ended_at=None)
    for clock in Deadline.objects.filter(pk__in=merge.clocks).select_related("department", "person").order_by("pk"):
        start_clock(
            code=clock.rule_code, target=(clock.target_kind, clock.target_id), department=clock.department, case=case,
            person=clock.person, to_department=clock.to_department, started_at=clock.started_at,
            due_on=_later(clock, local_date(merge.at), local_date(at)), name=clock.name, by=by, at=at,
        )  # fmt: skip
    record("case.unmerged", target=case, case=case, by=by, at=at, old=old, new=case.status, reason=reason.strip())
    if not case.restricted:
        record("case.unmerged_out", target=main, case=main, by=by, at=at)
    tell_departments("case.unmerged", case, by, at, reason=reason.strip())
    return merge


def _later(clock: Deadline, stopped: dt.date, on: dt.date) -> dt.date:
    """The last day moved by the time the clock stood still; working days by working days. What was late stays late."""
    calendar = Calendar.fresh()
    if clock.due_on < stopped:
        return clock.due_on
    if clock.unit == Unit.WORKING_DAY:
        return calendar.add_working_days(on, calendar.working_days_between(stopped, clock.due_on))
    return calendar.next_working_day(clock.due_on + (on - stopped))
