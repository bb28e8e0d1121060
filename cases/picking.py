"""Choosing subjects by search: at most `MOST` matches to tick, and the ones ticked before."""

from dataclasses import dataclass

from cases.models import Subject

MOST = 20
LONGEST = 60  # of a search, as in the list of institutions


@dataclass(frozen=True)
class Picks:
    """What a picker shows: `chosen` in the order they were ticked, `matches` without those, by name."""

    text: str
    chosen: list[Subject]
    matches: list[Subject]
    more: bool  # there are further matches than `MOST`


def picks(user, text, values) -> Picks:
    """The subjects `user` may see that match `text`, and those of `values` (primary keys as sent).

    Two statements whatever the number of subjects; a key of a subject that may not be seen is passed over.
    """
    text = text.replace("\x00", "").strip()[:LONGEST]
    wanted = [
        int(value) for value in map(str, values) if value.isascii() and value.isdigit() and len(value) < 19
    ]
    seen = Subject.objects.visible_to(user)
    known = {subject.pk: subject for subject in seen.filter(pk__in=wanted)}
    chosen = [known[pk] for pk in dict.fromkeys(wanted) if pk in known]
    matches = list(seen.matching(text).exclude(pk__in=known).order_by("name", "id")[: MOST + 1])
    return Picks(text, chosen, matches[:MOST], len(matches) > MOST)
