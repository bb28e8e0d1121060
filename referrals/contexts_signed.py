"""What the sheet of signatures of a paper says, from its signed-for list."""

import datetime as dt
from typing import Any

from core.dates import chinese_date, local_date
from core.wording import moment
from referrals import reading_informing
from referrals.models import Dispatch


def _signed(row: reading_informing.Receiver) -> str:
    if row.copy is not None or row.referral is None:
        return "抄送，不需签收"
    if row.referral.status == "withdrawn":
        return "已撤回"
    if not row.signed:
        return "未签收"
    by = row.referral.received_by.name if row.referral.received_by else ""
    return f"{by} {moment(row.referral.received_at)}".strip()


def signed_for_context(dispatch: Dispatch, *, at: dt.datetime) -> dict[str, Any]:
    """The state of the list at `at`; a sent paper."""
    found = reading_informing.signed_for_list(dispatch)
    asked = [row for row in found if row.referral is not None and row.referral.status != "withdrawn"]
    signed = sum(row.signed for row in asked)
    rows = [
        (
            row.department.name,
            row.referral.number if row.referral is not None else row.copy.number if row.copy is not None else "",
            _signed(row),
            "、".join(each.person.name for each in row.read) or "—",
            "、".join(each.person.name for each in row.unread) or "—",
        )
        for row in found
    ]
    return {
        "issuer": dispatch.department.name,
        "title": dispatch.subject,
        "date": local_date(at).isoformat(),
        "sent_on": chinese_date(local_date(dispatch.sent_at)) if dispatch.sent_at else "",
        "as_of": moment(at),
        "summary": f"应签收{len(asked)}个单位，已签收{signed}个，未签收{len(asked) - signed}个",
        "rows": rows,
    }
