"""The version a caller acted on, compared with the row as it stands under lock."""

from operator import attrgetter
from typing import Any

from core import registry
from core.refusals import Stale


def check_version(thing: Any, expected: int) -> None:
    """Lock the row of `thing`, after its case (the order of the house), and compare its version as it now is.

    Runs inside the transaction of what is done next, so that of two who act on the same version the second waits
    for the first and is refused. A model whose actions lock something else first names it in `locked_after`: the path
    of a row, or of a list of rows in their order.

    :raises Stale: it was changed since
    :raises TransactionManagementError: outside of a transaction, where the comparison would prove nothing
    """
    model = type(thing)
    for path in getattr(model, "locked_after", ()):
        first = attrgetter(path)(thing)
        for each in first if isinstance(first, list) else [first]:
            _locked(each).first()
    case_id, locker = getattr(thing, "case_id", None), registry.lockers.get("case")
    if case_id is not None and locker is not None:
        locker([case_id])
    version = _locked(thing).values_list("version", flat=True).first()
    if version != expected:
        raise Stale
    if thing.version != version:  # read before another's change was committed
        thing.refresh_from_db()


def _locked(thing: Any) -> Any:
    """Its row, under lock once it is read; children may still point at it."""
    return type(thing)._base_manager.select_for_update(no_key=True, of=("self",)).filter(pk=thing.pk)
