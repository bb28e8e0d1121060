"""How many wrong passwords are looked at, over all addresses: slower than anybody can guess (FACTS §2.10).

django-axes locks one staff number at one address after five failures. Beside that, one staff number is tried at most
ten times in its 15 minutes from addresses it never signed in from, so that nobody shuts a person out of their own desk;
and one address tries at most a hundred.
"""

import datetime as dt

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Sum

from core import visitors

OF_A_NAME, OF_AN_ADDRESS = 10, 100
KNOWN = dt.timedelta(days=90)


def _failures(rows, at):
    recent = rows.filter(attempt_time__gt=at - dt.timedelta(hours=settings.AXES_COOLOFF_TIME))
    return recent.aggregate(all=Sum("failures_since_start"))["all"] or 0


def too_many(request, staff_number, at):
    """Whether no further password is looked at for this number, or from this address, for a while."""
    address = visitors.address_of(request) or None
    if _failures(AccessAttempt.objects.filter(ip_address=address), at) >= OF_AN_ADDRESS:
        return True
    if _failures(AccessAttempt.objects.filter(username=staff_number), at) < OF_A_NAME:
        return False
    known = AccessLog.objects.filter(username=staff_number, ip_address=address, attempt_time__gt=at - KNOWN)
    return not known.exists()
