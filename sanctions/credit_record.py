"""The credit record of a subject (C8, E26): everything on record, each row only where the reader may see it.

Nothing is counted that is not shown; a row the reader may not see leaves no trace.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from cases.enums import StrandStatus
from cases.models import Case, Strand, Subject
from core.dates import SHANGHAI, local_date
from core.wording import money
from documents.letter import Form, Table
from sanctions.actions.following import points_of
from sanctions.models import (
    AnnualScore,
    AppliedMeasure,
    Bar,
    Consequence,
    ListEntry,
    PointEntry,
    Publication,
    Sanction,
)
from sanctions.querysets_credit import scores

DECIDED = (StrandStatus.DECIDED, StrandStatus.PERFORMED)


@dataclass(frozen=True)
class Section:
    """A part of the record: heading, column headings, rows of (texts, address or "")."""

    code: str
    title: str
    heads: tuple[str, ...]
    rows: list[tuple[tuple[str, ...], str]]


def _day(value: Any) -> str:
    return value.isoformat() if value else "—"


def _span(since: Any, until: Any) -> str:
    return _("%(since)s to %(until)s") % {"since": _day(since), "until": _day(until)} if since else "—"


def sections(subject: Subject, user: Any) -> list[Section]:
    """Every part in its order, empty ones too; a fixed number of statements."""
    return [
        _cases(subject, user), _decisions(subject, user), _sanctions(subject, user), _measures(subject, user),
        _bars(subject, user), _entries(subject, user), *_scored(subject, user), _publications(subject, user),
    ]  # fmt: skip


def _cases(subject: Subject, user: Any) -> Section:
    found = (
        Case.objects.readable_by(user)
        .filter(subjects=subject)
        .order_by("-opened_at", "-pk")
        .select_related("owner")
    )
    rows = [
        ((case.number, case.title, str(case.get_status_display()), case.owner.short_name, money(case.suspected)),
         reverse("cases:detail", args=[case.pk]))
        for case in found
    ]  # fmt: skip
    heads = (_("Case number"), _("Case name"), _("Stage"), _("Lead department"), _("Suspected, yuan"))
    return Section("cases", _("Cases"), heads, rows)


def _decisions(subject: Subject, user: Any) -> Section:
    found = Strand.objects.visible_to(user).filter(case__subjects=subject, status__in=DECIDED)
    rows = [
        ((row.case.number, row.department.short_name, str(row.get_disposition_display()), row.decision_number or "—",
          str(row.get_status_display())), reverse("cases:detail", args=[row.case_id]))
        for row in found.select_related("case", "department").order_by("pk")
    ]  # fmt: skip
    heads = (_("Case number"), _("Department"), _("Disposition"), _("Decision number"), _("State"))
    return Section("decisions", _("Decisions"), heads, rows)


def _sanctions(subject: Subject, user: Any) -> Section:
    found = (
        Sanction.objects.visible_to(user).filter(subject=subject).select_related("authority").order_by("-pk")
    )
    rows = [
        ((row.decision_number, row.authority.short_name, str(row.get_status_display()), _day(row.decided_on)),
         _url(row)) for row in found
    ]  # fmt: skip
    heads = (_("Decision number"), _("Department"), _("State"), _("Date of the decision"))
    return Section("sanctions", _("Joint sanctions"), heads, rows)


def _measures(subject: Subject, user: Any) -> Section:
    found = AppliedMeasure.objects.visible_to(user).filter(subject=subject).standing()
    rows = [
        ((str(row.measure), row.department.short_name, row.decision_number, _span(row.since, row.until),
          str(row.get_status_display())), "")
        for row in found.select_related("measure", "department").order_by("pk")
    ]  # fmt: skip
    heads = (_("Measure"), _("Department"), _("Decision number"), pgettext("publication", "Term"), _("State"))
    return Section("measures", _("Measures taken"), heads, rows)


def _bars(subject: Subject, user: Any) -> Section:
    found = Bar.objects.visible_to(user).filter(subject=subject).order_by("-since", "-pk")
    rows = [
        ((str(row.get_ground_display()), row.decision_number, _span(row.since, row.until),
          str(row.get_status_display())), "")
        for row in found
    ]  # fmt: skip
    return Section(
        "bars",
        _("Bars of application"),
        (_("Ground"), _("Decision number"), pgettext("publication", "Term"), _("State")),
        rows,
    )


def _entries(subject: Subject, user: Any) -> Section:
    found = ListEntry.objects.visible_to(user).filter(subject=subject).order_by("-pk")
    rows = [
        ((str(row.get_kind_display()), row.judgment_number or row.decision_number or "—", _span(row.since, row.until),
          str(row.get_status_display())), "")
        for row in found
    ]  # fmt: skip
    return Section(
        "lists",
        _("Lists"),
        (_("List"), _("Decision number"), pgettext("publication", "Term"), _("State")),
        rows,
    )


def _scored(subject: Subject, user: Any) -> list[Section]:
    """Points of a person, scores of an institution, and what followed: only for those whose business they are."""
    if not scores(user):
        return []
    consequences = Consequence.objects.visible_to(user).filter(subject=subject)
    followed = Section(
        "consequences", _("What points and scores led to"), (_("Year"), _("Kind"), _("Because of"), _("State")),
        [((str(row.year), str(row.get_kind_display()), row.cause, str(row.get_status_display())), row.get_absolute_url())
         for row in consequences],
    )  # fmt: skip
    if subject.is_body:
        found = AnnualScore.objects.visible_to(user).filter(subject=subject)
        rows = [
            (
                (str(row.year), str(row.score), row.basis, str(row.get_status_display())),
                row.get_absolute_url(),
            )
            for row in found
        ]
        return [
            Section("scores", _("Yearly scores"), (_("Year"), _("Score"), _("Basis"), _("State")), rows),
            followed,
        ]
    entries = PointEntry.objects.visible_to(user).filter(subject=subject)
    rows = [
        ((_day(row.dated_on), f"{'-' if row.kind == 'repair' else ''}{row.points}", row.behaviour, row.basis,
          str(row.get_status_display())), row.get_absolute_url())
        for row in entries
    ]  # fmt: skip
    heads = (_("Date"), _("Points"), _("Behaviour"), _("Basis"), _("State"))
    return [Section("points", _("Points"), heads, rows), followed]


def _publications(subject: Subject, user: Any) -> Section:
    found = Publication.objects.visible_to(user).filter(subject=subject)
    rows = [
        ((str(row.get_kind_display()), row.number or "—", _day(row.published_on), _day(row.withdrawn_on),
          str(row.get_status_display())), row.get_absolute_url())
        for row in found
    ]  # fmt: skip
    heads = (_("Kind of information"), _("Decision number"), _("Published on"), _("Withdrawn on"), _("State"))
    return Section("publications", _("Publications"), heads, rows)


def _url(row: Any) -> str:
    return str(row.get_absolute_url())


def points_now(subject: Subject, user: Any, at: Any) -> Any:
    """This year's points of a person, for those whose business they are; else None."""
    if subject.is_body or not scores(user):
        return None
    return points_of(subject, local_date(at).year)


def paper(subject: Subject, user: Any, at: Any) -> Form:
    """信用记录: an internal form, always in Chinese; what the reader may see."""
    with override("zh-hans"):
        tables, fields = [], [
            ("主体名称", subject.name), ("主体类型", str(subject.get_kind_display())),
            ("代码", subject.uscc or subject.id_masked or "—"), ("查阅人", user.name),
            ("记录截至", f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"),
        ]  # fmt: skip
        for part in sections(subject, user):
            if part.rows:
                head = (part.title, *part.heads)
                rows = tuple((str(n), *texts) for n, (texts, _link) in enumerate(part.rows, 1))
                tables.append(Table(head=head, rows=rows))
            else:
                fields.append((part.title, "无"))
    return Form(
        issuer=user.department.name, title="医疗保障信用主体信用记录", date=local_date(at), number="", fields=tuple(fields),
        tables=tuple(tables),
    )  # fmt: skip
