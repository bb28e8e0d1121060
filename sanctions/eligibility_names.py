"""Which body somebody means by a name. What is not exactly its name is offered, never judged.

Persons are looked up by number alone: a name is not a person. Near is, as people mistype Chinese names: a part of the name,
a name with more around it, the name it had before, or one that sounds the same (equal pinyin initials).
"""

from dataclasses import dataclass
from difflib import SequenceMatcher

from cases.enums import BODIES
from cases.models import Subject, SubjectChange
from core.pinyin import initials
from departments.models import Region

MOST = 20  # offered at once; who sees that many writes more of the name
CANDIDATES = 60  # read from each way of finding
SHORTEST_PART = 3  # characters a part needs to be found by the index
SHORTEST_WITHIN = 4  # characters of a recorded name found within what was typed
LONGEST = 60


@dataclass(frozen=True)
class Match:
    """A body somebody may mean. way: same, former, near. former: the name by which it was found, where it is not its own."""

    subject: Subject
    way: str
    former: str = ""


def find(region: Region, text: str) -> list[Match]:
    """The bodies of the region somebody may mean, those of exactly that name first; at most `MOST`."""
    text = "".join(text.split())[:LONGEST]
    if not text:
        return []
    bodies = Subject.objects.filter(region=region, kind__in=sorted(BODIES))
    same = list(bodies.filter(name=text).order_by("pk")[:MOST])
    found = {row.pk: Match(row, "same") for row in same}
    changes = SubjectChange.objects.in_force().filter(subject__region=region, former_name=text)
    for change in changes.select_related("subject").order_by("pk")[:MOST]:
        found.setdefault(change.subject_id, Match(change.subject, "former", text))
    near: dict[int, Subject] = {}
    for way in _ways(region, text):
        for row in bodies.filter(**way)[:CANDIDATES]:
            if row.pk not in found:
                near[row.pk] = row
    ranked = sorted(near.values(), key=lambda row: (-_alike(row.name, text), row.name, row.pk))
    return [*found.values(), *(Match(row, "near") for row in ranked)][:MOST]


def _ways(region: Region, text: str) -> list[dict[str, object]]:
    """Conditions each of which an index answers."""
    ways: list[dict[str, object]] = [{"pinyin": initials(text)}, {"name__startswith": text}]
    if not text.startswith(region.name):
        ways += [{"name__startswith": region.name + text}, {"pinyin": initials(region.name + text)}]
    if len(text) >= SHORTEST_PART:
        ways.append({"name__contains": text})
    within = {text[i:j] for i in range(len(text)) for j in range(i + SHORTEST_WITHIN, len(text) + 1)} - {text}
    if within:
        ways.append({"name__in": sorted(within)})
    return ways


def _alike(name: str, text: str) -> float:
    return SequenceMatcher(None, name, text).ratio()
