"""The first lock of every action that moves a case or what hangs on it (DESIGN §1: case → referral → deadline)."""

from django.utils.translation import gettext_lazy as _

from cases.enums import CaseStatus
from cases.models import Case, CaseArchive, CaseMerge
from core.refusals import WrongState


def lock_case(case: Case) -> Case:
    """The case's row, locked until the transaction ends; `case` itself is brought up to date.

    Children added meanwhile may still point at the row: the lock leaves its key free.
    """
    locked = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)
    case.refresh_from_db()
    return locked


def check_open(case: Case) -> None:
    """What nothing is added to any more; the case is locked.

    The main case is not named: not everybody who reads the one sees the other. The page links to it for those who do.

    :raises WrongState: closed, merged into another, or archived
    """
    if case.status != CaseStatus.CLOSED:
        return
    if CaseMerge.objects.in_force().filter(case=case).exists():
        raise WrongState(_("The case was merged into another. This step is taken in the main case."))
    check_kept(case)
    raise WrongState(_("The case is closed. Reopen it first."))


def check_kept(case: Case) -> None:
    """:raises WrongState: the case is archived, or waits for that to be confirmed"""
    if CaseArchive.objects.in_force().filter(case=case).exists():
        raise WrongState(_("The case is archived. Nothing is added unless it is reopened with a reason."))
