"""The statistics as an Excel file and as an issued paper."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from core.books import workbook
from core.dates import SHANGHAI, local_date
from core.offers import Listed
from core.wording import moment
from desk.periods import Period, read
from desk.statistics import COLUMNS, Line, cells, ten_thousands, unknown_note
from documents.letter import Form, Table

MOST = 5000  # rows of a list in a file


def made_by(user: Any, at: dt.datetime) -> str:
    """Who made a file, and when."""
    return _("Made by %(unit)s %(name)s on %(when)s") % {"unit": user.department, "name": user, "when": moment(at)}


def table_file(lines: list[Line], *, region: Any, period: Period, user: Any, at: dt.datetime) -> bytes:
    """The table with what each number counts below; amounts in 万元."""
    values = [
        [line.period.label, *(_cell(column.unit, line.values[column.code]) for column in COLUMNS)] for line in lines
    ]
    notes = [f"{column.label}: {column.about}" for column in COLUMNS]
    return workbook(
        title=_("Statistics of fund supervision, %(region)s, %(period)s") % {"region": region, "period": period.label},
        under=made_by(user, at),
        heads=[pgettext("statistics", "Period"), *(f"{column.group}\n{column.label}" for column in COLUMNS)],
        rows=values, widths=[18, *([12] * len(COLUMNS))], notes=notes,
    )  # fmt: skip


def _cell(unit: str, value: Any) -> Any:
    if value is None:
        return "—"
    return ten_thousands(value) if unit == "y" else value


def rows_file(found: Listed, *, title: str, user: Any, at: dt.datetime) -> bytes:
    """The rows behind a number."""
    under = made_by(user, at)
    if found.total > len(found.rows):
        under += " " + _("Only the first %(most)d rows are here.") % {"most": MOST}
    rows = [
        [each if isinstance(each, int | Decimal) else str(each) for each in row.cells] for row in found.rows
    ]
    return workbook(title=title, under=under, heads=found.heads, rows=rows, widths=[24] * len(found.heads))


def paper(context: dict[str, Any]) -> Form:
    """The report as it is issued: A4 on its side, in the words of the paper, from nothing but what was frozen."""
    with override("zh-hans"):
        period = read(context["period"])
        assert period is not None
        figures = context["figures"]
        when = dt.datetime.fromisoformat(context["counted_at"]).astimezone(SHANGHAI)
        fields = [
            ("统计期间", f"{period.since.isoformat()} 至 {period.until.isoformat()}"),
            ("统计时点", f"{when:%Y-%m-%d %H:%M}"),
            ("制表人", context["drafted_by"]),
            ("签发人", context["signed_by"]),
        ]
        if context["corrects"]:
            words = f"本表更正{context['corrects']}，原表自本表签发之日起不再使用。更正原因：{context['reason']}"
            fields.append(("更正", words))
        whole = dict(zip(figures["codes"], figures["rows"][-1]["values"], strict=True))
        if left := unknown_note(whole):
            fields.append(("说明", f"另有{left}家已检查的医疗机构未登记所有制，未计入公立、非公立。"))
        head = ("统计期间", *(f"{column.group}：{column.label}" for column in COLUMNS))
        wide = len(COLUMNS)
        return Form(
            issuer=context["issuer"], title=f"{context['region']}医疗保障基金监管情况统计表（{period.chinese}）",
            date=local_date(dt.datetime.fromisoformat(context["issued_at"])), number=context.get("number", ""),
            fields=tuple(fields), wide=True,
            tables=(
                Table(
                    head=head,
                    rows=tuple((row["label"], *cells(figures, row)) for row in figures["rows"]),
                    widths=(2.0, *([1.2] * wide)), right=tuple(range(1, wide + 1)),
                ),
                Table(
                    head=("指标", "口径"),
                    rows=tuple((f"{column.group}：{column.label}", str(column.about)) for column in COLUMNS),
                    widths=(1.0, 3.0),
                ),
            ),
        )  # fmt: skip
