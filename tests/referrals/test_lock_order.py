"""The order of the house: case, then letter, then what hangs on it. Whoever turns it round meets another in a deadlock."""

import datetime as dt
import threading

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from cases.actions.locking import lock_case
from core.locking import check_version
from departments.actions.structure import allow_links
from referrals.actions.links import LinkOver, issue_link, use_link
from referrals.models import AnswerLink, Task, TaskLetter
from tests.factories.above import make_letter, make_task
from tests.factories.referrals import make_dispatch
from tests.referrals.test_bodies import scan

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)


def beside(first, then, act):
    """Another connection holds `first` and reaches for `then` while this one is at `act`: what went wrong there."""
    holds, faults = threading.Event(), []

    def other():
        try:
            with transaction.atomic():
                first()
                holds.set()
                waits.wait(5)  # until this connection waits, or holds what it should not
                then()
        except OperationalError as fault:
            faults.append(fault)
        finally:
            holds.set()
            connection.close()

    waits = threading.Event()
    thread = threading.Thread(target=other)
    thread.start()
    holds.wait(10)
    threading.Timer(1.0, waits.set).start()
    try:
        act()
    finally:
        thread.join()
    return faults


def taken(row):
    """Its lock, at once or not at all."""
    return lambda: type(row).objects.select_for_update(nowait=True, of=("self",)).get(pk=row.pk)


def test_a_link_is_used_in_the_order_in_which_it_is_issued(
    case, procuratorate, insurance_handler, insurance_registrar, office_coordinator
):
    now = timezone.now()
    referral = make_dispatch(
        case, [procuratorate], by=insurance_handler, at=now, status="sent"
    ).referrals.get()
    allow_links(department=procuratorate, allowed=True, by=office_coordinator, at=now)
    referral.refresh_from_db()
    link, token = issue_link(referral=referral, days=7, by=insurance_registrar, at=now)
    said = {"kind": "accepted", "person": "孔祥", "upload": scan(), "at": timezone.now()}
    faults = beside(lambda: lock_case(case), taken(link), lambda: use_link(token=token, **said))
    assert faults == []
    assert AnswerLink.objects.get(pk=link.pk).used_at is not None
    with pytest.raises(LinkOver):
        use_link(token="x" * 43, **said)


@pytest.mark.parametrize("which", ["letter", "task"])
def test_the_version_of_what_belongs_to_a_task_is_compared_after_its_cases(
    which, case, sender, insurance_handler, office_coordinator
):
    now = timezone.now()
    task = make_task(
        by=office_coordinator,
        at=now,
        status="accepted",
        department=sender,
        handler=insurance_handler,
        cases=[case],
    )
    letter = make_letter(task, at=now)
    thing = TaskLetter.objects.get(pk=letter.pk) if which == "letter" else Task.objects.get(pk=task.pk)

    def act():
        with transaction.atomic():
            check_version(thing, thing.version)

    def then():
        taken(task)()
        taken(letter)()

    assert beside(lambda: lock_case(case), then, act) == []
