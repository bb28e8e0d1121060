"""频次核对: how often a body was inspected in a year, against the cap (国办发〔2024〕54号 caps inspections, not days).

One inspection of a body is one, however many days it went on; a record begun by mistake is none.

What a report or a task from above set off is counted and marked exempt: it does not use up the cap. The count is the
region's, whoever inspected, for a body is visited by departments and not by files; which inspections they were is told
of those alone the person sees.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from cases.models import Subject
from departments.models import Region, User
from inspections.enums import EXEMPT
from inspections.models import Inspection, Target, Visit, VisitCap


@dataclass
class Frequency:
    """Inspections of one body in a year. counted: towards the cap; exempt: beside it; seen: the inspections one may open."""

    subject: Subject
    most: int | None
    counted: int = 0
    exempt: int = 0
    seen: list[Inspection] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.counted + self.exempt

    @property
    def reached(self) -> bool:
        """Whether a further visit that is not exempt would go beyond the cap."""
        return self.most is not None and self.counted >= self.most

    @property
    def lamp(self) -> str:
        """g: none counted yet, y: the next one is the last, r: reached."""
        if self.most is None:
            return "n"
        if self.reached:
            return "r"
        return "y" if self.counted == self.most - 1 and self.counted else "g"


def caps_of(region: Region) -> dict[str, int]:
    """Kind of body → visits a year at most: the region's own figure, else the shipped one."""
    return most_of(caps_asked(region))


def caps_asked(region: Region) -> QuerySet[VisitCap]:
    """The region's own first: PostgreSQL puts NULL last."""
    return VisitCap.objects.of(region).order_by("region_id")


def most_of(found: Iterable[VisitCap]) -> dict[str, int]:
    """Kind of body → visits a year at most, of these caps the first of each kind."""
    caps: dict[str, int] = {}
    for cap in found:
        caps.setdefault(cap.kind, cap.most)
    return caps


def visits_in_year(subjects: Iterable[Subject], year: int, user: User) -> dict[int, Frequency]:
    """Subject id → its visits in the calendar year `year` in the region `user` acts in.

    Subjects the person may not see are left out. Three statements, however many subjects.
    """
    if user.region is None:
        return {}
    asked = [subject.pk for subject in subjects]
    caps = caps_of(user.region)
    seen_subjects = Subject.objects.visible_to(user).filter(pk__in=asked).order_by("name", "pk")
    found = {subject.pk: Frequency(subject, caps.get(subject.kind)) for subject in seen_subjects}
    mine = set(
        Inspection.objects.visible_to(user).filter(targets__subject__in=found).values_list("pk", flat=True)
    )
    for target in inspected_in(year, user.region).filter(subject__in=found).select_related("inspection"):
        row = found[target.subject_id]
        if target.inspection.source in EXEMPT:
            row.exempt += 1
        else:
            row.counted += 1
        if target.inspection_id in mine:
            row.seen.append(target.inspection)
    return found


def inspected_in(year: int, region: Region) -> QuerySet[Target]:
    """Targets of the region's inspections that were visited in the calendar year, in order of their first day there."""
    visits = (
        Visit.objects.standing().filter(target=OuterRef("pk"), visited_on__year=year).order_by("visited_on")
    )
    first = Subquery(visits.values("visited_on")[:1])
    found = Target.objects.filter(inspection__region=region).annotate(first=first)
    return found.filter(first__isnull=False).order_by("first", "pk")


def visits_before(inspection: Inspection) -> dict[int, tuple[int, int]]:
    """{subject id: (inspections that count, exempt ones)} of the year the inspection begins in, its own left out."""
    mine = inspected_in(inspection.starts_on.year, inspection.region).exclude(inspection=inspection)
    exempt = Q(inspection__source__in=EXEMPT)
    rows = mine.filter(subject__in=inspection.targets.values("subject")).order_by().values("subject")
    counted = rows.annotate(n=Count("pk", filter=~exempt), free=Count("pk", filter=exempt))
    return {row["subject"]: (row["n"], row["free"]) for row in counted}


def warnings(found: Iterable[Frequency], *, exempt: bool) -> list[Frequency]:
    """Those for which one more visit goes beyond the cap; none for an inspection that is exempt."""
    return [] if exempt else [row for row in found if row.reached]
