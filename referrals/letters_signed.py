"""签收表: who has signed for a bulletin and who has read it, to be printed and put with the file (FACTS §3)."""

import datetime as dt

from documents.letter import Form, Table


def signed_for_sheet(context: dict) -> Form:
    """One row a receiver, copies behind them; the day it shows is the day it was printed.

    context: issuer, title, number, sent_on, as_of (both in words), date (ISO) and rows of five texts.
    """
    return Form(
        issuer=context["issuer"],
        title="案情通报签收阅知表",
        date=dt.date.fromisoformat(context["date"]),
        fields=(
            ("通报标题", context["title"]),
            ("发出日期", context["sent_on"]),
            ("统计时间", context["as_of"]),
            ("签收情况", context["summary"]),
        ),
        tables=(
            Table(
                head=("收文单位", "文号", "签收人、时间", "已阅", "未阅"),
                rows=tuple(tuple(row) for row in context["rows"]),
                widths=(0.2, 0.22, 0.22, 0.18, 0.18),
            ),
        ),
        signatures=("制表人（签名）",),
    )
