"""Names and numbers of natural persons on what is shown to the public (T10; PIPL art. 25)."""

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


def public_code(subject: Subject) -> str:
    """A body's 统一社会信用代码; of a natural person the identity number as it is always shown, masked."""
    return (subject.uscc if subject.is_body else subject.id_masked) or "—"
