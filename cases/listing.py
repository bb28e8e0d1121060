"""The registry's fast path: a page of cases straight from the access copy (PLATFORM, ADR 0005).

Starts from `CaseGroupPermission` under the reader's group, takes a page by keyset, and joins cases by primary
key. Says exactly what `Case.objects.visible_to` says; a test on random data holds the two together.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.auth.models import Permission as AuthPermission
from django.db import connection
from django.db.models import Prefetch

from cases.enums import CaseStatus, Permission
from cases.listing_more import More
from cases.models import Case, Strand
from cases.querysets import may_hold_cases
from core.memory import remembered
from core.tally import Rows

PAGE = 50
CAP = 1001  # counts stop here: “1000+” is enough for a tab
FAR = dt.date(9999, 12, 31)  # a case without a running clock sorts after all that have one


@dataclass(frozen=True)
class Sort:
    """A column the list may be sorted by; ties are broken by id in the same direction."""

    column: str
    descending: bool
    parse: Any


def _instant(text: str) -> dt.datetime:
    value = dt.datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(text)
    return value.astimezone(dt.UTC)  # an offset the database would not take ends here


_OPENED = "a.opened_at"
_DUE = "COALESCE(a.next_due_on, DATE '9999-12-31')"
_AMOUNT = "a.suspected"
SORTS = {
    "newest": Sort(_OPENED, True, _instant),
    "oldest": Sort(_OPENED, False, _instant),
    "due": Sort(_DUE, False, dt.date.fromisoformat),
    "due_last": Sort(_DUE, True, dt.date.fromisoformat),
    "amount": Sort(_AMOUNT, True, Decimal),
    "amount_least": Sort(_AMOUNT, False, Decimal),
}


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to. lamp: g | y | r among open cases, n for closed ones; `mine` is handler=me."""

    q: str = ""
    status: str = ""
    lamp: str = ""
    category: int | None = None
    owner: int | None = None
    department: int | None = None
    subject: int | None = None
    mine: bool = False
    major: bool = False
    found_from: dt.date | None = None
    found_to: dt.date | None = None
    more: More | None = None
    opened_since: dt.datetime | None = None

    def without(self, name: str) -> "Filters":
        return dataclasses.replace(self, **{name: type(self)().__getattribute__(name)})


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after (or before) the row with this sort value and id."""

    before: bool
    value: Any
    pk: int

    def __str__(self) -> str:
        said = self.value.isoformat() if hasattr(self.value, "isoformat") else str(self.value)
        return f"{'b' if self.before else 'a'}~{said}~{self.pk}"


def read_cursor(text: str, sort: str) -> Cursor | None:
    """The cursor of an address; None (the first page) for anything else."""
    try:
        way, value, pk = text.split("~")
        number = int(pk)
        parsed = SORTS[sort].parse(value)
    except (ValueError, OverflowError, InvalidOperation):
        return None
    if way not in ("a", "b") or not 0 < number < 2**63:
        return None
    if isinstance(parsed, Decimal) and not (parsed.is_finite() and abs(parsed) < 10**14):
        return None
    return Cursor(way == "b", parsed, number)


@dataclass(frozen=True)
class Page:
    """One page: ids in order, those seen only as a summary, and the cursors around it (None: no such page)."""

    ids: list[int]
    summaries: frozenset[int]
    previous: Cursor | None
    next: Cursor | None


def _permissions(user: Any) -> dict[str, int]:
    """The ids of the two permissions by which a case is listed."""
    return remembered(user, "cases.listing.permissions", _ask_permissions)


def _ask_permissions() -> dict[str, int]:
    codes = (Permission.VIEW.value, Permission.SUMMARY.value)
    found = dict(
        AuthPermission.objects.filter(content_type__app_label="cases", codename__in=codes).values_list(
            "codename", "pk"
        )
    )
    return {code: found[code] for code in codes}


def _like(text: str) -> str:
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _lamp(code: str) -> tuple[str, ...]:
    """The condition of a lamp and its parameters."""
    if code == "n":
        return "a.status = %s", CaseStatus.CLOSED.value
    return "a.lamp = %s AND a.status <> %s", code, CaseStatus.CLOSED.value


def _granted(view: str) -> list[str]:
    """What holds of a grant that lists a case; its parameter is the reader. view: SQL that gives the permission's id."""
    return [
        "(NOT a.restricted OR EXISTS (SELECT FROM cases_caseuserpermission n"
        " WHERE n.content_object_id = a.content_object_id AND n.user_id = %s))",
        # a department that holds both sees the case once, whole
        f"(a.permission_id = {view} OR NOT EXISTS (SELECT FROM cases_casegrouppermission w"
        f" WHERE w.content_object_id = a.content_object_id AND w.group_id = a.group_id AND w.permission_id = {view}))",
    ]


def _where(user: Any, filters: Filters, view: int) -> tuple[str, list[Any], bool]:
    """(conditions, parameters, whether they read the case itself). The grant decides, the filters narrow."""
    parts = _granted("%s")
    params: list[Any] = [user.pk, view, view]
    joined = False

    def add(sql: str, *values: Any, case: bool = False) -> None:
        nonlocal joined
        parts.append(sql)
        params.extend(values)
        joined = joined or case

    if filters.status:
        add("a.status = %s", filters.status)
    if filters.lamp:
        add(*_lamp(filters.lamp))
    if filters.owner is not None:
        add("a.owner_id = %s", filters.owner)
    if filters.mine:
        add(
            "(c.handler_id = %s OR EXISTS (SELECT FROM cases_strand s"
            " WHERE s.case_id = a.content_object_id AND s.handler_id = %s))",
            user.pk, user.pk, case=True,
        )  # fmt: skip
    if filters.major:
        add("c.major", case=True)
    if filters.category is not None:
        add(
            "EXISTS (SELECT FROM cases_case_categories k"
            " WHERE k.case_id = a.content_object_id AND k.category_id = %s)",
            filters.category,
        )
    if filters.department is not None:
        add(
            "(a.owner_id = %s OR EXISTS (SELECT FROM cases_strand s"
            " WHERE s.case_id = a.content_object_id AND s.department_id = %s))",
            filters.department, filters.department,
        )  # fmt: skip
    if filters.subject is not None:
        add(
            "(a.permission_id = %s AND EXISTS (SELECT FROM cases_casesubject j"
            " WHERE j.case_id = a.content_object_id AND j.subject_id = %s))",
            view, filters.subject,
        )  # fmt: skip
    if filters.found_from is not None:
        add("c.found_on >= %s", filters.found_from, case=True)
    if filters.found_to is not None:
        add("c.found_on <= %s", filters.found_to, case=True)
    if filters.more is not None:
        sql, values, of_case = filters.more.said()
        add(sql, *values, case=of_case)
    if filters.opened_since is not None:
        add("a.opened_at >= %s", filters.opened_since)
    if filters.q:
        like = _like(filters.q)
        add(  # whom a case is about is found only by those who may read it
            # subjects are few beside cases: found once, not once a case
            "(c.title ILIKE %s OR c.number ILIKE %s OR c.pinyin LIKE %s"
            " OR (a.permission_id = %s AND a.content_object_id IN (SELECT j.case_id"
            " FROM cases_casesubject j JOIN cases_subject t ON t.id = j.subject_id"
            " WHERE t.name ILIKE %s OR t.uscc ILIKE %s OR t.pinyin LIKE %s)))",
            like, like, _like(filters.q.lower()), view, like, like, _like(filters.q.lower()), case=True,
        )  # fmt: skip
    return " AND ".join(parts), params, joined


_HELD = "a.group_id = %s AND a.permission_id = ANY(%s)"


def _source(joined: bool) -> str:
    case = " JOIN cases_case c ON c.id = a.content_object_id" if joined else ""
    return f"cases_casegrouppermission a{case}"


def page(user: Any, filters: Filters, cursor: Cursor | None, sort: str = "newest", size: int = PAGE) -> Page:
    """One page of the cases `user` may see. Two statements, whatever the size."""
    if not may_hold_cases(user):
        return Page([], frozenset(), None, None)
    permissions = _permissions(user)
    view = permissions[Permission.VIEW]
    by = SORTS[sort]
    where, params, joined = _where(user, filters, view)
    descending = by.descending
    if cursor is not None:
        descending = by.descending != cursor.before
        where += f" AND ({by.column}, a.content_object_id) {'<' if descending else '>'} (%s, %s)"
        params += [cursor.value, cursor.pk]
    order = "DESC" if descending else "ASC"
    found = f"SELECT a.content_object_id AS id, {by.column} AS key, a.permission_id FROM {_source(joined)}"
    if filters.q:
        # few cases match, so that walking them in order until the page is full would read all of them one by one
        source = f"WITH g AS MATERIALIZED ({found} WHERE {_HELD} AND {where}) SELECT g.* FROM g"
        given = [user.department.group_id, list(permissions.values()), *params]
    else:
        source = f"""
            SELECT g.* FROM unnest(%s::int[]) AS p(id) CROSS JOIN LATERAL (
                {found} WHERE a.group_id = %s AND a.permission_id = p.id AND {where}
                ORDER BY {by.column} {order}, a.content_object_id {order} LIMIT %s
            ) AS g"""
        given = [list(permissions.values()), user.department.group_id, *params, size + 1]
    with connection.cursor() as execute:
        execute.execute(f"{source} ORDER BY g.key {order}, g.id {order} LIMIT %s", [*given, size + 1])
        rows = execute.fetchall()
    more, rows = len(rows) > size, rows[:size]
    backwards = cursor is not None and cursor.before
    if backwards:
        rows.reverse()
    before = after = None
    if rows:
        if more if backwards else cursor is not None:
            before = Cursor(True, rows[0][1], rows[0][0])
        if backwards or more:
            after = Cursor(False, rows[-1][1], rows[-1][0])
    return Page(
        ids=[pk for pk, _key, _permission in rows],
        summaries=frozenset(pk for pk, _key, permission in rows if permission != view),
        previous=before,
        next=after,
    )


def counts(user: Any, wanted: list[Filters]) -> list[int]:
    """How many cases each of these filters leaves, up to `CAP`, in one statement."""
    if not wanted:
        return []
    if not may_hold_cases(user):
        return [0] * len(wanted)
    permissions = _permissions(user)
    view, held = permissions[Permission.VIEW], [user.department.group_id, list(permissions.values())]
    selects: list[str] = []
    params: list[Any] = []
    counted: list[list[Filters]] = []
    for base in dict.fromkeys(filters.without("lamp") for filters in wanted if filters.q):
        # a search reads every case of the department: once for all its lamps
        same = [filters for filters in dict.fromkeys(wanted) if filters.without("lamp") == base]
        tallies = []
        for filters in same:
            condition, *values = _lamp(filters.lamp) if filters.lamp else ("TRUE",)
            tallies.append(f"count(*) FILTER (WHERE {condition})")
            params += values
        where, values, joined = _where(user, base, view)
        selects.append(
            f"(SELECT ARRAY[{', '.join(tallies)}] FROM {_source(joined)} WHERE {_HELD} AND {where})"
        )
        params += [*held, *values]
        counted.append(same)
    for filters in dict.fromkeys(filters for filters in wanted if not filters.q):
        where, values, joined = _where(user, filters, view)
        capped = f"SELECT FROM {_source(joined)} WHERE {_HELD} AND {where} LIMIT {CAP}"
        selects.append(f"ARRAY[(SELECT count(*) FROM ({capped}) AS x)]")
        params += [*held, *values]
        counted.append([filters])
    with connection.cursor() as execute:
        execute.execute("SELECT " + ", ".join(selects), params)
        row = execute.fetchone()
    found = {
        filters: n
        for same, tally in zip(counted, row, strict=True)
        for filters, n in zip(same, tally, strict=True)
    }
    return [min(found[filters], CAP) for filters in wanted]


def total(user: Any, filters: Filters) -> int:
    """How many cases these filters leave, without a cap: for the progress of a long work, not for a page."""
    if not may_hold_cases(user):
        return 0
    permissions = _permissions(user)
    where, values, joined = _where(user, filters, permissions[Permission.VIEW])
    with connection.cursor() as execute:
        execute.execute(
            f"SELECT count(*) FROM {_source(joined)} WHERE {_HELD} AND {where}",
            [user.department.group_id, list(permissions.values()), *values],
        )
        return int(execute.fetchone()[0])


def _named(code: str) -> str:
    """SQL that gives a permission's id, looked up inside the statement."""
    return (
        "(SELECT q.id FROM auth_permission q JOIN django_content_type t ON t.id = q.content_type_id"
        f" WHERE t.app_label = 'cases' AND t.model = 'case' AND q.codename = '{code}')"
    )


def all_cases(user: Any) -> Rows | int:
    """Every case of the user, up to `CAP`, for `core.tally`: part of the one statement of every page's frame."""
    if not may_hold_cases(user):
        return 0
    view, summary = _named(Permission.VIEW.value), _named(Permission.SUMMARY.value)
    where = " AND ".join([f"a.group_id = %s AND a.permission_id = ANY(ARRAY[{view}, {summary}])", *_granted(view)])
    return Rows(f"SELECT FROM {_source(False)} WHERE {where} LIMIT {CAP}", (user.department.group_id, user.pk))


def rows(listed: Page) -> list[Case]:
    """The cases of a page in its order, with owner, handler, departments and categories: a fixed three queries."""
    found = (
        Case.objects.filter(pk__in=listed.ids)
        .with_end()
        .select_related("owner", "handler")
        .defer("summary")
        .prefetch_related(Prefetch("strands", Strand.objects.select_related("department")), "categories")
    )
    known = {case.pk: case for case in found}
    return [known[pk] for pk in listed.ids]
