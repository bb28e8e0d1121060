"""What the search over everything finds among cases and subjects, each through its door."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case, CaseSubject, Subject
from cases.querysets import may_hold_cases
from core.finding import CANDIDATES, Wanted
from core.offers import SearchRow, SearchSource
from departments.models import User

CASE = ("number", "title", "pinyin")
SUBJECT = ("name", "uscc", "pinyin")


def cases(user: User, wanted: Wanted, limit: int) -> Iterable[SearchRow]:
    """Cases by number, name, or whom they are about, which only who reads a case whole may know."""
    if not may_hold_cases(user):
        return []
    subjects = Subject.objects.filter(wanted.indexed(*SUBJECT)).order_by("-pk").values("pk")[:CANDIDATES]
    parts = CaseSubject.objects.filter(subject__in=subjects).order_by("-case")
    said = Case.objects.filter(wanted.indexed(*CASE)).order_by("-pk")
    # all=True: a case found both ways may be seen for its name where it may not for its subject
    both = said.values_list("pk", Value(True))[:CANDIDATES].union(
        parts.values_list("case", Value(False))[:CANDIDATES], all=True
    )
    found: dict[bool, list[int]] = {True: [], False: []}
    for pk, by_name in both:
        found[by_name].append(pk)
    if not (found[True] or found[False]):
        return []
    seen = Case.objects.for_page(user)
    rows = _rows(seen.filter(Q(pk__in=found[True]) | Q(pk__in=found[False], whole=True)), wanted, limit)
    if len(rows) < limit and max(map(len, found.values())) == CANDIDATES:
        # the newest that match are others': one's own are walked instead
        about = CaseSubject.objects.filter(wanted.on(*(f"subject__{name}" for name in SUBJECT)), case=OuterRef("pk"))
        rows = _rows(seen.filter(wanted.on(*CASE) | Q(Exists(about), whole=True)), wanted, limit)
    return rows


def _rows(found, wanted, limit):
    shown = found.annotate(place=wanted.rank(number="number", name="title")).order_by("place", "-opened_at", "-pk")
    return [
        SearchRow(
            reverse("cases:detail", args=[case.pk]), case.title, case.number,
            f"{case.get_status_display()} · {case.owner}",
        )
        for case in shown.select_related("owner").defer("summary")[:limit]
    ]  # fmt: skip


def subjects(user: User, wanted: Wanted, limit: int) -> Iterable[SearchRow]:
    """Institutions of the region and persons in cases one reads, by name, code or initials."""
    if not may_hold_cases(user):
        return []
    near = Subject.objects.filter(wanted.indexed(*SUBJECT)).order_by("-pk").values("pk")[:CANDIDATES]
    found = Subject.objects.visible_to(user).filter(pk__in=near)
    shown = found.annotate(place=wanted.rank(name="name")).order_by("place", "name", "pk")
    return [
        SearchRow(
            reverse("cases:subject", args=[subject.pk]), subject.name, subject.uscc or subject.id_masked,
            str(subject.get_kind_display()),
        )
        for subject in shown[:limit]
    ]  # fmt: skip


def _list(name):
    return lambda user, text: f"{reverse(name)}?{urlencode({'q': text})}"


SOURCES = (
    SearchSource("cases", 10, _("Cases"), cases, _list("cases:list")),
    SearchSource("subjects", 20, _("Institutions and persons"), subjects, _list("cases:subjects")),
)
