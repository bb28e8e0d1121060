"""The first lock of every action that moves a case or what hangs on it (DESIGN §1: case → referral → deadline)."""

from cases.models import Case


def lock_case(case: Case) -> Case:
    """The case's row, locked until the transaction ends; `case` itself is brought up to date.

    Children added meanwhile may still point at the row: the lock leaves its key free.
    """
    locked = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)
    case.refresh_from_db()
    return locked
