"""What ends with a letter, however it ends."""

import datetime as dt

from deadlines.actions.clocks import cancel_clock, open_clock
from departments.models import User
from referrals.actions.completion import REPLY_CLOCKS
from referrals.actions.overtaken import drop_stale
from referrals.actions.supervision import lapse_supervision
from referrals.models import Referral


def end_clocks(referral: Referral, *, by: User, at: dt.datetime, reason: str) -> None:
    """Cancel what still runs on a letter that has ended; nobody has to account for it to the office any more, and what
    is being drafted about it is given up."""
    for code in ("transfer_sign", "completion", *REPLY_CLOCKS):
        deadline = open_clock(referral, code)
        if deadline is not None:
            cancel_clock(deadline=deadline, at=at, by=by, reason=reason)
    lapse_supervision(referral, by=by, at=at, reason=reason)
    drop_stale(referral, by=by, at=at)
