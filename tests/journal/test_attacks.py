"""Nobody changes the record: not the application, not the clerk, not its owner by mistake."""

import psycopg2
import pytest

from journal.actions import record
from journal.models import Event

ATTACKS = [
    "UPDATE audit.event SET verb = 'x'",
    "UPDATE audit.event SET params = '{}' WHERE false",
    "DELETE FROM audit.event",
    "TRUNCATE audit.event",
    "TRUNCATE audit.event, audit.seal CASCADE",
    "UPDATE audit.seal SET digest = 'x'",
    "DELETE FROM audit.seal",
    "TRUNCATE audit.seal",
    "ALTER TABLE audit.event DISABLE TRIGGER ALL",
    "ALTER TABLE audit.event DISABLE TRIGGER event_stays",
    "ALTER TABLE audit.seal DISABLE TRIGGER USER",
    "DROP TRIGGER event_stays ON audit.event",
    "DROP TABLE audit.event",
    "DROP SCHEMA audit CASCADE",
    "ALTER TABLE audit.event OWNER TO CURRENT_USER",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE RULE quiet AS ON INSERT TO audit.event DO INSTEAD NOTHING",
    "CREATE TABLE audit.mine (id int)",
    "SELECT setval('audit.event_id_seq', 1)",
    "INSERT INTO audit.event (id, at, verb) VALUES (1, now(), 'x')",
    "INSERT INTO audit.event (at, verb, xid) VALUES (now(), 'x', '3')",
    "INSERT INTO audit.event (at, verb, cluster) VALUES (now(), 'x', 1)",
    "INSERT INTO audit.event (at, verb, recorded_at) VALUES (now(), 'x', '2020-01-01')",
]
SEAL = (
    "INSERT INTO audit.seal (id, event_id, previous, digest, sealed_at, horizon, cluster) "
    "VALUES (999999999, 1, '', '', now(), '1', 1)"
)
BY_OWNER = [attack for attack in ATTACKS if attack.split()[0] in {"UPDATE", "DELETE", "TRUNCATE"}]


@pytest.mark.parametrize("attack", [*ATTACKS, SEAL])
def test_the_application_can_only_add_and_read(db, connect_as, attack):
    with connect_as("app").cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_clerk_can_seal_but_not_change(db, connect_as, attack):
    with connect_as("clerk").cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(attack)


@pytest.mark.parametrize("attack", BY_OWNER)
def test_the_owner_is_stopped_by_the_trigger(db, connect_as, attack):
    stopped = pytest.raises(psycopg2.errors.InsufficientPrivilege, match="never changed")
    with connect_as("owner").cursor() as cursor, stopped:
        cursor.execute(attack)


@pytest.mark.parametrize(
    ("role", "attack"),
    [
        ("backup", "INSERT INTO audit.event (at, verb) VALUES (now(), 'x')"),
        ("backup", SEAL),
        ("opener", SEAL),
        ("opener", "SELECT params FROM audit.event"),  # it writes what it did, and reads nobody's record
        ("opener", "UPDATE audit.event SET verb = 'x'"),
        ("opener", "DELETE FROM audit.event"),
    ],
)
def test_other_roles_write_nothing(db, connect_as, role, attack):
    with connect_as(role).cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(attack)


def test_backup_reads_the_record(db, connect_as):
    with connect_as("backup").cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM audit.event), (SELECT count(*) FROM audit.seal)")


def test_the_clerk_seals_and_nobody_else(db, connect_as):
    with connect_as("clerk").cursor() as cursor:
        cursor.execute(SEAL)
        assert cursor.rowcount == 1
        cursor.connection.rollback()


def test_the_database_says_when_and_in_which_transaction(db, now):
    from django.db import connection

    event = record("user.signed_in", target=None, by=None, at=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT xid = pg_current_xact_id(), cluster = audit.cluster(), "
            "recorded_at BETWEEN now() - interval '1 hour' AND clock_timestamp() FROM audit.event WHERE id = %s",
            [event.pk],
        )
        assert cursor.fetchone() == (True, True, True)


def test_the_orm_cannot_either(db, now):
    from django.db import DatabaseError, transaction

    event = record("user.signed_in", target=None, by=None, at=now)
    for attempt in (event.delete, event.save, lambda: Event.objects.update(verb="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert Event.objects.get(pk=event.pk).verb == "user.signed_in"
