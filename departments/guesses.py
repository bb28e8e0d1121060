"""How many wrong passwords are looked at, over all addresses: slower than anybody can guess (FACTS §2.10).

django-axes locks one staff number at one address after five failures, until 15 minutes without one. Beside that, ten
failures for one staff number, or a hundred from one address, less than 15 minutes apart, are all that is looked at; a
desk from which the person signed in before stays open, so that nobody shuts a person out of it.
"""

import contextlib
import copy
import datetime as dt

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import connection, transaction
from django.db.models import Sum
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from core import visitors
from core.refusals import Refused
from departments.actions import sessions

OF_A_NAME, OF_AN_ADDRESS = 10, 100
KNOWN = dt.timedelta(days=90)


def _failures(rows, at):
    recent = rows.filter(attempt_time__gt=at - dt.timedelta(hours=settings.AXES_COOLOFF_TIME))
    return recent.aggregate(all=Sum("failures_since_start"))["all"] or 0


def too_many(request, staff_number, at):
    """Whether no further password is looked at for this number, or from this address, for a while."""
    address = visitors.address_of(request) or None
    of_address = _failures(AccessAttempt.objects.filter(ip_address=address), at)
    of_name = _failures(AccessAttempt.objects.filter(username=staff_number), at)
    if of_address < OF_AN_ADDRESS and of_name < OF_A_NAME:
        return False
    known = AccessLog.objects.filter(username=staff_number, ip_address=address, attempt_time__gt=at - KNOWN)
    return not known.exists()


class TooMany(Refused):
    """No further password is looked at for a while."""

    def __init__(self):
        super().__init__(
            _("Sign-in with this staff number is locked after %(times)d failures. "
              "Try again in %(minutes)d minutes, or ask the system administrator.")
            % {"times": settings.AXES_FAILURE_LIMIT, "minutes": round(settings.AXES_COOLOFF_TIME * 60)}
        )  # fmt: skip


@contextlib.contextmanager
def _one_at_a_time(staff_number):
    """Guesses at one number wait for each other: what is counted is counted before the next is looked at."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"guess:{staff_number.lower()}"])
        yield


def prove(request, staff_number, password):
    """The person with this number and password, or None; each wrong one counts, wherever it is asked for.

    :raises TooMany: it was not looked at
    """
    at, bare = timezone.now(), _without_what_was_sent(request)
    with _one_at_a_time(staff_number):
        locked = too_many(request, staff_number, at)
        user = None if locked else authenticate(bare, username=staff_number, password=password)
        if locked or getattr(bare, "axes_locked_out", False):
            sessions.locked_out(staff_number=staff_number, at=at)
            locked = True
    if locked:
        raise TooMany
    return user


def _without_what_was_sent(request):
    """For django-axes, which writes down what came with a wrong password: codes and passphrases may stand beside it."""
    bare = copy.copy(request)
    bare.POST = QueryDict()
    return bare
