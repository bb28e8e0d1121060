"""The only code that changes a state."""

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F

from core.refusals import MovedOn, WrongState


def move(thing, new, *, at, field="status", **fields):
    """Move `thing` to the state `new` if its model's `MOVES` allows it and nobody was first.

    `MOVES` maps each state to the set of states that may follow. The row is updated only while it
    is still in the state the caller read (compare and set); `updated_at` and `version` follow.
    Returns the old state.

    :raises WrongState: the table does not allow this move
    :raises MovedOn: the row is no longer in the state that was read
    """
    model = type(thing)
    old = getattr(thing, field)
    if new not in model.MOVES.get(old, ()):
        raise WrongState(state=old, wanted=new)
    values = {field: new, **fields}
    for name, value in (("updated_at", at), ("version", F("version") + 1)):
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        values.setdefault(name, value)
    changed = model._base_manager.filter(pk=thing.pk, **{field: old}).update(**values)
    if not changed:
        raise MovedOn(state=old, wanted=new)
    thing.refresh_from_db(fields=list(values))
    return old
