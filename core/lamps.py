"""How a lamp is said: always shape, colour and words together, with the number of working days."""

from django.utils.translation import gettext, ngettext, pgettext

COLOURS = ("g", "y", "r", "n")


def words(lamp: str, days: int | None, *, long: bool = False) -> str:
    """The words beside a lamp of colour `lamp` ("g", "y", "r" or "n") with `days` working days left.

    Negative `days` are days late, 0 is today, None is no limit at all. `long` spells the unit out
    (“剩 1 个工作日”), else the short form of lists (“剩 1 日”).

    :raises ValueError: for a colour that is not one of `COLOURS`
    """
    if lamp not in COLOURS:
        raise ValueError(f"no such lamp: {lamp!r}")
    if days is None:
        return gettext("No limit") if lamp == "n" else gettext("Running")
    if lamp == "r" and days >= 0:  # only days off have passed since
        return pgettext("lamp, working days", "overdue")
    if days == 0:
        return gettext("Due today")
    n = abs(days)
    if days < 0:
        return (
            ngettext("%(n)d working day late", "%(n)d working days late", n)
            if long
            else pgettext("lamp, working days", "%(n)d d late")
        ) % {"n": n}
    return (
        ngettext("%(n)d working day left", "%(n)d working days left", n)
        if long
        else pgettext("lamp, working days", "%(n)d d left")
    ) % {"n": n}


def face(thing, days=None) -> tuple[str, int | None, str]:
    """(colour, days, own words) of `thing`: a colour code, or anything with `lamp` and `days`.

    A thing may carry `lamp_words` that replace the counted words (已办结, 已暂停).

    :raises ValueError: for a colour that is not one of `COLOURS`
    """
    if isinstance(thing, str):
        colour, own = thing, ""
    else:
        colour, days, own = thing.lamp, thing.days, str(getattr(thing, "lamp_words", "") or "")
    if colour not in COLOURS:
        raise ValueError(f"no such lamp: {colour!r}")
    return colour, days, own
