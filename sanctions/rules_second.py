"""Whose button is not shown because another hand has to do it. The actions refuse, with a sentence, whoever comes anyway."""

from departments.enums import Role
from departments.models import User
from sanctions.actions.common import wrote
from sanctions.actions.weights import DRAFTING
from sanctions.enums import EntryStatus, ListKind
from sanctions.models import AppliedMeasure, Hearing, ListEntry, MeasureTask, Repair, Sanction


def anybody(user: User, thing: object) -> bool:
    return True


def not_proposer(user: User, thing: Sanction | ListEntry) -> bool:
    return thing.proposed_by_id != user.pk


def determines(user: User, sanction: Sanction) -> bool:
    return user.pk not in (sanction.proposed_by_id, sanction.reviewed_by_id)


def not_determiner(user: User, sanction: Sanction) -> bool:
    return sanction.determined_by_id != user.pk


def annuls(user: User, sanction: Sanction) -> bool:
    """Who determined it only as the head who alone takes its subject off the permanent list."""
    return not_determiner(user, sanction) or (user.has_role(Role.HEAD) and _permanent(sanction))


def _permanent(thing: Sanction | AppliedMeasure) -> bool:
    standing = (EntryStatus.LISTED, EntryStatus.SUSPENDED)
    listed = ListEntry.objects.filter(kind=ListKind.PERMANENT, status__in=standing)
    of = {"sanction": thing} if isinstance(thing, Sanction) else {"applied": thing}
    return listed.filter(**of).exists()


def signs_notice(user: User, hearing: Hearing) -> bool:
    return hearing.drafted_by_id != user.pk


def decides(user: User, task: MeasureTask) -> bool:
    return task.drafted_by_id != user.pk and not wrote(user, task, *DRAFTING)


def changes(user: User, applied: AppliedMeasure) -> bool:
    return applied.task.decided_by_id != user.pk and decides(user, applied.task)


def lifts(user: User, applied: AppliedMeasure) -> bool:
    """Who decided it only as the head who alone takes its subject off the permanent list."""
    decided_it = applied.task.decided_by_id == user.pk
    return decides(user, applied.task) and (
        not decided_it or (user.has_role(Role.HEAD) and _permanent(applied))
    )


def removes(user: User, entry: ListEntry) -> bool:
    """Of the permanent list not who proposed it, of the others not who approved it."""
    first = entry.proposed_by_id if entry.kind == ListKind.PERMANENT else entry.approved_by_id
    return first != user.pk


def decides_repair(user: User, repair: Repair) -> bool:
    return repair.recorded_by_id != user.pk
