"""The access copy: filled on insert, followed on update, and never behind, whoever comes first."""

import datetime as dt
import threading

import pytest
from django.contrib.auth.models import Permission
from django.db import DatabaseError, connection, transaction
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm

from cases.actions.access import grant_department
from cases.actions.progress import begin_work
from cases.enums import GrantCause
from cases.models import Case, CaseGroupPermission, GrantRecord, MoneyEntry
from tests.factories.cases import make_case, pdf

COPIED = ("opened_at", "status", "owner_id", "lamp", "next_due_on", "suspected", "restricted")


def copies(case):
    return list(CaseGroupPermission.objects.filter(content_object=case).values(*COPIED))


def truth(case):
    return Case.objects.values(*COPIED).get(pk=case.pk)


def test_assign_perm_fills_the_copy(case, health):
    assign_perm("view_case", health.group, case)
    assert copies(case) == [truth(case)] * 2


def test_bulk_assign_perm_fills_the_copy(insurance_handler, health, now):
    cases = [make_case(by=insurance_handler, at=now) for _ in range(2)]
    assign_perm("view_case", health.group, Case.objects.filter(pk__in=[case.pk for case in cases]))
    rows = CaseGroupPermission.objects.filter(group=health.group)
    assert {row.content_object_id for row in rows} == {case.pk for case in cases}
    assert all(copies(case) == [truth(case)] * 2 for case in cases)


def test_the_copy_follows_the_case(case, insurance_handler, now):
    begin_work(case=case, by=insurance_handler, at=now)
    Case.objects.filter(pk=case.pk).update(
        lamp="r", next_due_on=dt.date(2026, 12, 1), restricted=True, suspected="7.00"
    )
    assert copies(case) == [truth(case)]
    assert truth(case)["status"] == "working"


def test_guardian_keeps_working(case, insurance_handler, health, health_handler):
    assert insurance_handler.has_perm("cases.view_case", case)
    assert not health_handler.has_perm("cases.view_case", case)
    assign_perm("view_case", health.group, case)
    assert list(get_objects_for_user(health_handler, "cases.view_case")) == [case]
    remove_perm("view_case", health.group, case)
    assert list(get_objects_for_user(health_handler, "cases.view_case")) == []


@pytest.mark.django_db(transaction=True)
def test_a_grant_racing_a_change_of_state_is_never_behind(request):
    """Two connections: one moves the case while the other grants; whoever is second reads what the first wrote."""
    now = request.getfixturevalue("now")
    handler = request.getfixturevalue("insurance_handler")
    health = request.getfixturevalue("health")
    case = make_case(by=handler, at=now)
    moved, done = threading.Event(), threading.Event()

    def grant():
        moved.wait(5)
        try:
            with (
                transaction.atomic()
            ):  # guardian alone, without the lock of our action: the trigger has to wait
                assign_perm("view_case", health.group, Case(pk=case.pk))
        finally:
            done.set()
            connection.close()

    other = threading.Thread(target=grant)
    other.start()
    with transaction.atomic():
        begin_work(case=case, by=handler, at=now)
        moved.set()
        assert not done.wait(0.3), "the grant read the case before its change was committed"
    other.join(5)
    assert {row["status"] for row in copies(case)} == {"working"}
    assert len(copies(case)) == 2


@pytest.mark.django_db(transaction=True)
def test_a_change_of_state_racing_a_grant_is_never_behind(request):
    now = request.getfixturevalue("now")
    handler = request.getfixturevalue("insurance_handler")
    health = request.getfixturevalue("health")
    case = make_case(by=handler, at=now)
    granted, done = threading.Event(), threading.Event()

    def begin():
        granted.wait(5)
        try:
            begin_work(case=Case.objects.get(pk=case.pk), by=handler, at=now)
        finally:
            done.set()
            connection.close()

    other = threading.Thread(target=begin)
    other.start()
    with transaction.atomic():
        grant_department(case=case, department=health, cause=GrantCause.NAMED, by=handler, at=now)
        granted.set()
        assert not done.wait(0.3), "the change did not wait for the grant"
    other.join(5)
    assert [row["status"] for row in copies(case)] == ["working", "working"]


def refused(statement, *params):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_custody SET sha256 = ''",
        "DELETE FROM cases_custody",
        "UPDATE cases_moneyentry SET amount = 1",
        "DELETE FROM cases_moneyentry",
        "DELETE FROM cases_grantrecord",
        "UPDATE cases_grantrecord SET reason = 'x', ended_at = now()",
        "UPDATE cases_grantrecord SET ended_at = NULL",
        "UPDATE cases_evidence SET sha256 = repeat('0', 64)",
        "UPDATE cases_evidence SET file = 'elsewhere'",
        "DELETE FROM cases_evidence",
        "TRUNCATE cases_custody",
    ],
)
def test_the_database_refuses_to_rewrite_what_happened(insurance_handler, now, statement):
    case = make_case(by=insurance_handler, at=now, files=[pdf()])
    assert MoneyEntry.objects.count() == case.evidence.count() == 1
    assert GrantRecord.objects.exists()
    refused(statement)


def test_an_ended_grant_is_not_ended_again(case):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_grantrecord SET ended_at = now()")
    refused("UPDATE cases_grantrecord SET ended_at = now()")


def test_permissions_of_the_room_exist(db):
    known = set(Permission.objects.filter(content_type__app_label="cases").values_list("codename", flat=True))
    assert {"view_case", "summary_case", "work_case"} <= known
