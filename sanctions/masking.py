"""Names and numbers of natural persons on what is shown to the public (T10; PIPL art. 25)."""

from collections.abc import Iterable
from typing import Any

from cases.models import Subject


def masked_name(name: str) -> str:
    """`张三` → `张*`, `王小明` → `王*明`: only the first and, from three characters on, the last character stay."""
    name = name.strip()
    if len(name) <= 1:
        return "*" * len(name)
    if len(name) == 2:
        return f"{name[0]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def public_name(subject: Subject) -> str:
    """A body's name as it is; a natural person's masked."""
    return subject.name if subject.is_body else masked_name(subject.name)


def names_for(user: Any, things: Iterable[Any]) -> dict[int, str]:
    """Subject → its name as this person may read it on a list of the county: of a natural person in full only to who may
    see that person at all. things: rows with a `subject`."""
    subjects = {thing.subject_id: thing.subject for thing in things}
    persons = [pk for pk, subject in subjects.items() if not subject.is_body]
    seen = set(Subject.objects.visible_to(user).filter(pk__in=persons).values_list("pk", flat=True)) if persons else set()
    return {pk: subject.name if pk in seen else public_name(subject) for pk, subject in subjects.items()}


def public_code(subject: Subject) -> str:
    """A body's 统一社会信用代码; of a natural person the identity number as it is always shown, masked."""
    return (subject.uscc if subject.is_body else subject.id_masked) or "—"
