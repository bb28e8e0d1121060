"""What the figures of the steering pages narrow the registry to, beside what people choose themselves (ADR 0063)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cases.enums import BODIES, CaseStatus
from core.dates import end_of, start_of

_BODIES = "{" + ",".join(sorted(BODIES)) + "}"
_ABOUT = "SELECT FROM cases_casesubject j JOIN cases_subject t ON t.id = j.subject_id WHERE j.case_id ="
_LEDGER = (
    "EXISTS (SELECT FROM cases_moneyentry m WHERE m.case_id = a.content_object_id"
    " AND m.kind = %s AND m.happened_on BETWEEN %s AND %s)"
)

_MERGED = (
    "EXISTS (SELECT FROM cases_casemerge x WHERE x.case_id = a.content_object_id AND x.at IS NOT NULL"
    " AND x.undone_at IS NULL)"
)
_ARCHIVED = (
    "EXISTS (SELECT FROM cases_casearchive y WHERE y.case_id = a.content_object_id AND y.ended_at IS NULL"
    " AND y.confirmed_at IS NOT NULL)"
)
_ENDINGS = {
    "single": f"NOT {_MERGED}", "merged": _MERGED, "archived": _ARCHIVED,
    "unarchived": f"a.status = '{CaseStatus.CLOSED.value}' AND NOT {_ARCHIVED}",
}  # fmt: skip

# days typed by hand may lie where no instant does
EARLY, LATE = dt.date(1900, 1, 1), dt.date(9000, 1, 1)


def _first(day: dt.date | None) -> dt.datetime | None:
    return start_of(max(day, EARLY)) if day else None


def _last(day: dt.date | None) -> dt.datetime | None:
    return end_of(min(day, LATE)) if day else None


@dataclass(frozen=True)
class More:
    """What figures narrow the list to beside (core.boards): days are local and included, ids of region and body.

    live: not closed. body: about this institution, pharmacy or supplier; money: something of this kind was entered in the
    ledger, dated money_from … money_to.
    """

    source: str = ""
    subject_kind: str = ""
    region: int | None = None
    body: int | None = None
    live: bool = False
    opened_from: dt.date | None = None
    opened_to: dt.date | None = None
    closed_from: dt.date | None = None
    closed_to: dt.date | None = None
    money: str = ""
    money_from: dt.date | None = None
    money_to: dt.date | None = None
    ending: str = ""

    def said(self) -> tuple[str, list[Any], bool]:
        """(conditions, parameters, whether they read the case itself), on `a` and `c` as the list names them."""
        case = [
            ("c.source = %s", self.source), ("c.region_id = %s", self.region),
            ("c.closed_at >= %s", _first(self.closed_from)),
            ("c.closed_at < %s", _last(self.closed_to)),
        ]  # fmt: skip
        about = " a.content_object_id AND t.kind"
        held = [
            ("a.opened_at >= %s", _first(self.opened_from)),
            ("a.opened_at < %s", _last(self.opened_to)),
            (f"EXISTS ({_ABOUT}{about} = %s)", self.subject_kind),
            (f"EXISTS ({_ABOUT}{about} = ANY('{_BODIES}') AND t.id = %s)", self.body),
            ("a.status <> %s", CaseStatus.CLOSED.value if self.live else None),
        ]
        parts: list[tuple[str, list[Any]]] = [(sql, [value]) for sql, value in [*case, *held] if value not in (None, "")]
        if self.ending:
            parts.append((_ENDINGS[self.ending], []))
        if self.money:
            dated = (self.money_from or dt.date.min, self.money_to or dt.date.max)
            parts.append((_LEDGER, [self.money, *dated]))
        joined = any(value not in (None, "") for _sql, value in case)
        return " AND ".join(sql for sql, _values in parts) or "TRUE", [v for _s, vs in parts for v in vs], joined
