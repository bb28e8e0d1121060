"""Who may do what with a case. Loading through `visible_to` comes first: a stranger never gets here."""

from cases.enums import Permission
from cases.models import Case, CaseUserPermission, MoneyEntry, Strand, Subject
from cases.querysets import may_hold_cases
from departments.enums import LEADERS, Role
from departments.models import User


def can_view(user: User, case: Case) -> bool:
    """Whether the case shows at all, be it as a summary only."""
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def can_read(user: User, case: Case) -> bool:
    """Whether the whole case may be read. A case loaded by `for_page` for this person brings the answer along."""
    if getattr(case, "loaded_for", None) == user.pk:
        return bool(getattr(case, "whole"))  # noqa: B009 (an annotation of for_page)
    return Case.objects.readable_by(user).filter(pk=case.pk).exists()


def can_register(user: User) -> bool:
    """Handlers and leaders of a department register leads; the office coordinates (DESIGN §2)."""
    return may_hold_cases(user) and user.has_role(Role.HANDLER, Role.REPORT_OFFICER, *LEADERS)


def can_keep_subject(user: User, subject: Subject) -> bool:
    """Say what a body of one's region belongs to, who answers for it and what became of it."""
    return can_register(user) and user.region is not None and user.region.pk == subject.region_id


def is_named(user: User, case: Case) -> bool:
    """Whether the person is named on the case with the right to write."""
    if getattr(case, "loaded_for", None) == user.pk:
        return bool(getattr(case, "named"))  # noqa: B009
    return CaseUserPermission.objects.filter(
        user=user, content_object=case, permission__codename=Permission.WORK
    ).exists()


def can_work(user: User, case: Case) -> bool:
    """Write in the case: its named handlers, and leaders of a department that works in it."""
    if not can_read(user, case):
        return False
    if is_named(user, case):
        return True
    return user.has_role(*LEADERS) and takes_part(user, case)


def takes_part(user: User, case: Case) -> bool:
    """Whether the user's department has a strand in the case."""
    if getattr(case, "loaded_for", None) == user.pk:
        return bool(getattr(case, "takes_part"))  # noqa: B009
    return Strand.objects.filter(case=case, department=user.department).exists()


def is_owner(user: User, case: Case) -> bool:
    return user.department is not None and user.department.pk == case.owner_id


def can_open_strand(user: User, case: Case) -> bool:
    """The owner's people bring other departments in; a department joins through a referral otherwise."""
    return is_owner(user, case) and can_work(user, case)


def can_assign_strand(user: User, strand: Strand) -> bool:
    """分办: leaders of the strand's department."""
    return (
        user.has_role(*LEADERS) and user.department.pk == strand.department_id and can_read(user, strand.case)
    )


def can_work_strand(user: User, strand: Strand) -> bool:
    """The strand's named handler, or a section head of its department."""
    if (
        user.department is None
        or user.department.pk != strand.department_id
        or not can_read(user, strand.case)
    ):
        return False
    return strand.handler_id == user.pk or user.has_role(Role.SECTION_HEAD)


def can_decide_strand(user: User, strand: Strand) -> bool:
    """立案、不予立案 and decisions are taken by the department's deputy head or head."""
    return (
        user.has_role(Role.DEPUTY_HEAD, Role.HEAD)
        and user.department.pk == strand.department_id
        and can_read(user, strand.case)
    )


def can_decide(user: User, case: Case) -> bool:
    """Move the whole case on: the owner's handler or leaders."""
    return is_owner(user, case) and can_work(user, case)


def can_close(user: User, case: Case) -> bool:
    """Close and reopen: leaders of the owning department."""
    return is_owner(user, case) and user.has_role(*LEADERS) and can_read(user, case)


def can_reverse(user: User, entry: MoneyEntry) -> bool:
    """An entry is reversed by its own department."""
    return (
        user.department is not None
        and user.department.pk == entry.department_id
        and can_work(user, entry.case)
    )


def can_name_persons(user: User, case: Case) -> bool:
    """Restrict a case and name who sees it: the owner's deputy head or head, and its handler."""
    return (
        is_owner(user, case)
        and can_read(user, case)
        and (user.has_role(Role.DEPUTY_HEAD, Role.HEAD) or case.handler_id == user.pk)
    )
