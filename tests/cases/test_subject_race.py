"""Two desks enter the same person, or the same body, at the same moment: each with a connection of its own."""

import threading
import time

import pytest
from django.db import connection, transaction

from cases.actions.subjects import add_subject, subject_for_lead
from cases.enums import SubjectKind
from cases.models import Subject
from core.refusals import BadInput
from journal.models import Event
from tests.factories.cases import resident_id, uscc

pytestmark = pytest.mark.django_db(transaction=True)


def blocked():
    """Until the second desk waits for the row the first one has not committed."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("the second desk did not wait")


def second(work):
    """`work()` at the other desk, begun before the first one commits; what it got."""
    got = []

    def desk():
        try:
            got.append(work())
        except BadInput as refusal:
            got.append(refusal)
        finally:
            connection.close()

    return got, threading.Thread(target=desk)


def race(first, then):
    got, desk = second(then)
    with transaction.atomic():
        made = first()
        desk.start()
        blocked()
    desk.join()
    return made, got[0]


def test_the_same_person_is_the_first_ones_subject(county, insurance_handler, health_handler, now):
    given = {
        "region": county,
        "kind": SubjectKind.INSURED,
        "name": "李四",
        "id_number": resident_id(),
        "at": now,
    }
    made, got = race(
        lambda: subject_for_lead(by=insurance_handler, **given),
        lambda: subject_for_lead(by=health_handler, **given),
    )
    assert got == made and Subject.objects.filter(id_index=made.id_index).count() == 1
    assert Event.objects.filter(verb="subject.added", target_id=made.pk).count() == 1


def test_a_person_of_another_name_is_told_beside_the_name(county, insurance_handler, health_handler, now):
    given = {"region": county, "kind": SubjectKind.INSURED, "id_number": resident_id(), "at": now}
    made, got = race(
        lambda: subject_for_lead(name="李四", by=insurance_handler, **given),
        lambda: subject_for_lead(name="王五", by=health_handler, **given),
    )
    assert list(got.faults) == ["name"] and Subject.objects.filter(id_index=made.id_index).get() == made


@pytest.mark.parametrize("kind", [SubjectKind.INSTITUTION, SubjectKind.INSURED])
def test_entered_twice_it_is_refused_with_a_sentence(county, insurance_handler, health_handler, now, kind):
    body = kind == SubjectKind.INSTITUTION
    more = {"uscc": uscc()} if body else {"id_number": resident_id()}
    given = {"region": county, "kind": kind, "name": "青禾仁和医院", "at": now, **more}
    made, got = race(
        lambda: add_subject(by=insurance_handler, **given), lambda: add_subject(by=health_handler, **given)
    )
    assert list(got.faults) == ["uscc" if body else "id_number"]
    assert Subject.objects.filter(region=county, name="青禾仁和医院").get() == made


def test_a_body_entered_with_two_leads_at_once_is_refused_to_the_second(
    county, insurance_handler, health_handler, now
):
    """A body is searched for before a lead is written: the second desk finds it then."""
    given = {"region": county, "kind": SubjectKind.INSTITUTION, "name": "青禾仁和医院", "uscc": uscc(), "at": now}
    made, got = race(
        lambda: subject_for_lead(by=insurance_handler, **given),
        lambda: subject_for_lead(by=health_handler, **given),
    )
    assert list(got.faults) == ["uscc"]
    assert Subject.objects.filter(region=county, name="青禾仁和医院").get() == made


def test_another_fault_of_the_database_is_not_hidden(county, insurance_handler, now, monkeypatch):
    from django.db import IntegrityError

    def fail(**fields):
        raise IntegrityError("something else")

    monkeypatch.setattr(Subject.objects, "create", fail)
    with pytest.raises(IntegrityError):
        add_subject(
            region=county,
            kind=SubjectKind.INSTITUTION,
            name="青禾仁和医院",
            uscc=uscc(),
            by=insurance_handler,
            at=now,
        )
