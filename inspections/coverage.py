"""年度全覆盖 (E35) by the statistics of E48: institutions visited in a year, of all the region has, in percent."""

import datetime as dt
import io
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from cases.enums import SubjectKind
from cases.models import Subject
from core.dates import end_of, local_date
from core.texts import shown
from departments.models import Region
from inspections.models import CoverageExemption, Visit

# what the register holds of them, with an agreement or not; a supplier is visited, and covered by no such duty
KINDS = (SubjectKind.INSTITUTION, SubjectKind.PHARMACY)
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """Of one kind of ownership or body: how many there are, and how many had a visit."""

    total: int
    visited: int

    @property
    def left(self) -> int:
        return self.total - self.visited

    @property
    def share(self) -> Decimal | None:
        """Percent with two places, rounded half up; None of nothing. Never 100.00 while one is left."""
        if not self.total:
            return None
        share = (Decimal(100 * self.visited) / self.total).quantize(HUNDREDTH, ROUND_HALF_UP)
        return min(share, Decimal("99.99")) if self.left else share


@dataclass(frozen=True)
class Coverage:
    """A region's year: all, by kind of body, and of medical institutions by ownership. exempt: left out of all of them."""

    region: Region
    year: int
    whole: Line
    kinds: dict[str, Line]
    public: Line
    private: Line
    unknown: Line
    exempt: int


def exemptions(region: Region, year: int) -> QuerySet[CoverageExemption]:
    """Those that hold for a year: begun by then, and not ended before it was over."""
    begun = CoverageExemption.objects.filter(region=region, from_year__lte=year)  # door: of one's region, asked by rules
    return begun.filter(Q(ended_at=None) | Q(ended_at__gte=end_of(dt.date(year, 12, 31))))


def institutions(region: Region, year: int) -> QuerySet[Subject]:
    """The region's institutions and pharmacies entered by the end of that year, each with `visited`: a record of the
    year was signed or refused.

    Without those exempt, unless one was visited in that year all the same.
    """
    visits = Visit.objects.over().filter(
        target__subject=OuterRef("pk"), inspection__region=region, visited_on__year=year
    )
    found = Subject.objects.filter(
        region=region, kind__in=KINDS, created_at__lt=end_of(dt.date(year, 12, 31))
    )
    left_out = Exists(exemptions(region, year).filter(subject=OuterRef("pk")))
    return found.annotate(visited=Exists(visits)).filter(Q(visited=True) | ~left_out)


def coverage_of(region: Region, year: int) -> Coverage:
    """Counted anew each time, in one statement."""
    rows = list(institutions(region, year).values_list("kind", "public", "visited"))

    def line(keep) -> Line:
        chosen = [visited for kind, public, visited in rows if keep(kind, public)]
        return Line(len(chosen), sum(chosen))

    clinic = SubjectKind.INSTITUTION
    return Coverage(
        region=region, year=year, whole=line(lambda kind, public: True),
        kinds={each.value: line(lambda kind, public, each=each: kind == each) for each in KINDS},
        public=line(lambda kind, public: kind == clinic and public is True),
        private=line(lambda kind, public: kind == clinic and public is False),
        unknown=line(lambda kind, public: kind == clinic and public is None),
        exempt=exemptions(region, year).exclude(subject__in=institutions(region, year)).count(),
    )  # fmt: skip


def not_yet(region: Region, year: int) -> QuerySet[Subject]:
    """Those without a visit in that year, by kind and name."""
    return institutions(region, year).filter(Q(visited=False)).order_by("kind", "name", "pk")


def years(today: dt.date) -> list[int]:
    """The years a page offers: this one and the four before."""
    return [today.year - back for back in range(5)]


def workbook(coverage: Coverage, *, user, at: dt.datetime) -> bytes:
    """The figures and the list of those left, as .xlsx; text stays text."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Coverage")

    def put(values, *, bold=False) -> None:
        sheet.append([""] * len(values))
        for column, value in enumerate(values, 1):
            cell = sheet.cell(sheet.max_row, column, shown(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            if isinstance(value, Decimal):
                cell.number_format = "0.00"
            cell.font = Font(bold=bold)

    put([_("Annual coverage of inspections, %(year)d") % {"year": coverage.year}], bold=True)
    sheet.merge_cells("A1:E1")
    sheet["A1"].font, sheet["A1"].alignment = Font(size=16, bold=True), Alignment(horizontal="center")
    put(
        [
            _("Made by %(unit)s %(name)s on %(when)s")
            % {"unit": user.department, "name": user, "when": local_date(at)}
        ]
    )
    sheet.merge_cells("A2:E2")
    if coverage.exempt:
        put([_("Not counted, with the reason on record: %(n)d") % {"n": coverage.exempt}])
    number = pgettext("coverage", "Number")
    put([_("Bodies"), number, _("Visited"), _("Not yet visited"), _("Coverage in percent")], bold=True)
    for label, line in lines(coverage):
        put([str(label), line.total, line.visited, line.left, line.share if line.share is not None else "—"])
    put([""])
    put([_("Code"), _("Institution"), _("Kind"), _("Address"), _("Ownership")], bold=True)
    for subject in not_yet(coverage.region, coverage.year):
        owned = {True: _("public"), False: _("not public"), None: "—"}[subject.public]
        put(
            [
                subject.uscc or "—",
                subject.name,
                str(subject.get_kind_display()),
                subject.address or "—",
                owned,
            ]
        )
    for width, column in zip((26, 40, 14, 34, 14), "ABCDE", strict=True):
        sheet.column_dimensions[column].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lines(coverage: Coverage) -> list[tuple[str, Line]]:
    """The rows of the statistics with their words (E48)."""
    return [
        (_("all institutions and pharmacies"), coverage.whole),
        *((str(SubjectKind(kind).label), line) for kind, line in coverage.kinds.items()),
        (_("medical institutions: public"), coverage.public),
        (_("medical institutions: not public"), coverage.private),
        (_("medical institutions: ownership not entered"), coverage.unknown),
    ]
