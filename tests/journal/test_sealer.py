"""The chain: complete whatever the order of commits, found broken wherever it was touched."""

import json
import threading
import time
from io import StringIO

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from journal import sealer
from journal.actions import record
from journal.models import Event, Seal
from journal.sealer import canonical, digest_of, seal
from journal.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)


def happened(now, count=1):
    return [record("user.signed_in", target=("user", number), by=None, at=now).pk for number in range(count)]


def quiet():
    """Wait until no other database of the cluster holds a transaction: the sealer's horizon is the whole cluster's.

    With several test workers on one cluster, another worker's test may hold it back for as long as it lasts.
    """
    until = time.monotonic() + 120
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                " WHERE l.locktype = 'transactionid' AND l.granted AND a.datname <> current_database()"
            )
            if cursor.fetchone()[0] == 0:
                return
            time.sleep(0.005)


@pytest.fixture
def chain(as_role, now):
    """Three events at the end of a complete chain, as (events, run) with run() sealing as the clerk."""

    def run():
        quiet()
        with as_role("clerk"):
            return seal(at=now)

    run()
    events = happened(now, 3)
    assert run() == 3
    return events, run


@pytest.fixture
def tamper(connect_as, chain):
    """Change the record as its owner with the triggers off; everything is put back after the test."""
    owner = connect_as("owner")
    with owner, owner.cursor() as cursor:
        for table in ("event", "seal"):
            cursor.execute(f"CREATE TABLE public.saved_{table} AS TABLE audit.{table}")

    def switch(cursor, how):
        for table in ("event", "seal"):
            cursor.execute(f"ALTER TABLE audit.{table} {how} TRIGGER {table}_stays")

    def change(sql, *values):
        with owner, owner.cursor() as cursor:
            switch(cursor, "DISABLE")
            cursor.execute(sql, values)
            switch(cursor, "ENABLE ALWAYS")

    yield change
    with owner, owner.cursor() as cursor:
        switch(cursor, "DISABLE")
        for table in ("seal", "event"):
            cursor.execute(f"DELETE FROM audit.{table}")
            cursor.execute(f"INSERT INTO audit.{table} SELECT * FROM public.saved_{table}")
            cursor.execute(f"DROP TABLE public.saved_{table}")
        switch(cursor, "ENABLE ALWAYS")


def test_finished_events_are_chained_once(chain, now):
    events, run = chain
    assert run() == 0
    seals = list(Seal.objects.order_by("-id")[:3])[::-1]
    assert [link.event_id for link in seals] == events
    assert seals[1].previous == seals[0].digest and seals[2].previous == seals[1].digest
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sealer.SELECTED} FROM audit.event e WHERE id = %s", [events[2]])
        event = canonical(cursor.fetchone())
    assert json.loads(event)["params"] == {} and json.loads(event)["verb"] == "user.signed_in"
    assert digest_of(seals[2].pk, seals[1].digest, sealer.micros(now), event) == seals[2].digest
    proof = verify()
    assert proof.sound, proof.broken
    assert (proof.seals, proof.newest, proof.unsealed) == (seals[2].pk, seals[2].digest, 0)


def test_the_application_leaves_sealing_to_the_clerk(chain, now):
    happened(now)
    assert seal(at=now) == 0
    assert verify().unsealed == 1
    assert chain[1]() == 1


def test_a_gap_of_a_rolled_back_transaction_is_no_break(chain, now):
    with pytest.raises(RuntimeError), transaction.atomic():
        lost = happened(now)
        raise RuntimeError
    after = happened(now)
    assert after[0] > lost[0]
    assert chain[1]() == 1
    assert verify().sound


def test_a_lower_id_that_commits_late_is_sealed_later(chain, connect_as, now):
    slow = connect_as("app")
    with slow.cursor() as cursor:
        cursor.execute("INSERT INTO audit.event (at, verb) VALUES (now(), 'user.signed_in') RETURNING id")
        low = cursor.fetchone()[0]
    high = happened(now)[0]
    assert low < high
    assert chain[1]() == 0  # an older transaction still runs: nothing behind it is sealed yet
    slow.commit()
    assert chain[1]() == 2
    assert list(Seal.objects.order_by("-id").values_list("event_id", flat=True)[:2]) == [high, low]
    assert verify().sound


def test_an_id_taken_before_its_transaction_began_is_not_lost(chain, connect_as, now):
    """The sequence may be asked before the transaction has a number: order of ids is not order of numbers."""
    slow = connect_as("app")
    with slow.cursor() as cursor:
        cursor.execute("SELECT nextval('audit.event_id_seq')")
        low = cursor.fetchone()[0]
    slow.commit()
    high = happened(now)[0]
    assert chain[1]() == 1
    owner = connect_as("owner")
    with owner, owner.cursor() as cursor:
        cursor.execute("INSERT INTO audit.event (id, at, verb) VALUES (%s, now(), 'user.signed_in')", [low])
    assert low < high
    assert chain[1]() == 1
    assert verify().sound


def test_two_sealers_at_once_make_one_chain(chain, as_role, now):
    happened(now, 50)
    start = threading.Barrier(2)
    sealed = []

    def work():
        try:
            start.wait(10)
            sealed.append(seal(at=now))
        finally:
            connections.close_all()

    quiet()
    with as_role("clerk"):
        threads = [threading.Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(sealed) == 50
    proof = verify()
    assert proof.sound and proof.unsealed == 0


def test_more_than_a_batch(chain, as_role, now, monkeypatch):
    monkeypatch.setattr(sealer, "BATCH", 4)
    happened(now, 9)
    assert chain[1]() == 9
    assert verify().sound
    happened(now, 4)
    assert chain[1]() == 4
    assert chain[1]() == 0


@pytest.mark.parametrize("batch", [2, 2000])
def test_a_restore_into_another_cluster_is_survived(chain, tamper, as_role, now, monkeypatch, batch):
    """There transaction numbers start anew: restored rows carry numbers far ahead of the new cluster's."""
    happened(now, 5)  # not sealed when the backup was taken
    tamper("UPDATE audit.seal SET cluster = 17, horizon = '900000000000'")
    tamper("UPDATE audit.event SET cluster = 17, xid = '900000000001' WHERE id > %s", chain[0][-1])
    happened(now, 2)  # after the restore
    monkeypatch.setattr(sealer, "BATCH", batch)
    assert chain[1]() == 7
    assert chain[1]() == 0
    happened(now, 1)
    assert chain[1]() == 1
    proof = verify()
    assert proof.sound, proof.broken
    assert proof.unsealed == 0


TAMPERING = [
    ("UPDATE audit.event SET params = '{\"old\": 1}' WHERE id = %s", "event"),
    ("UPDATE audit.event SET at = at - interval '1 second' WHERE id = %s", "event"),
    ("UPDATE audit.event SET actor_id = 99 WHERE id = %s", "event"),
    ("UPDATE audit.event SET recorded_at = recorded_at - interval '1 day' WHERE id = %s", "event"),
    ("DELETE FROM audit.event WHERE id = %s", "event"),
    ("UPDATE audit.seal SET sealed_at = sealed_at + interval '1 second' WHERE event_id = %s", "seal"),
    ("UPDATE audit.seal SET digest = repeat('0', 64) WHERE event_id = %s", "seal"),
    ("UPDATE audit.seal SET previous = repeat('0', 64) WHERE event_id = %s", "seal"),
    ("DELETE FROM audit.seal WHERE event_id = %s", "seal"),
]


@pytest.mark.parametrize("sql, named", TAMPERING)
def test_tampering_is_found_and_named(chain, tamper, sql, named):
    event = chain[0][1]
    link = Seal.objects.get(event_id=event)
    tamper(sql, event)
    proof = verify()
    assert not proof.sound
    assert str(event if named == "event" else link.pk) in proof.broken[0]
    with pytest.raises(CommandError):
        call_command("verify_journal", stdout=StringIO())


def test_an_event_slipped_in_is_found(chain, tamper):
    tamper("INSERT INTO audit.event (at, verb, xid) VALUES (now(), 'user.signed_in', '3')")
    assert len(verify().broken) == 1


def test_a_trigger_left_off_and_a_right_too_many_are_found(chain, connect_as):
    owner = connect_as("owner")
    with owner, owner.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE audit.seal ENABLE TRIGGER seal_stays"
        )  # ordinary: skipped in replica mode
        cursor.execute("GRANT UPDATE (verb) ON audit.event TO app")
        cursor.execute("GRANT INSERT ON audit.seal TO opener")
    try:
        broken = " ".join(verify().broken)
        assert "audit.seal" in broken and "audit.event" in broken and "opener" in broken
    finally:
        with owner, owner.cursor() as cursor:
            cursor.execute("ALTER TABLE audit.seal ENABLE ALWAYS TRIGGER seal_stays")
            cursor.execute("REVOKE UPDATE (verb) ON audit.event FROM app")
            cursor.execute("REVOKE INSERT ON audit.seal FROM opener")
    assert verify().sound


def test_replica_mode_does_not_pass_the_trigger(chain, connect_as):
    """ALWAYS triggers fire there too; only a superuser may ask for that mode at all."""
    with connect_as("owner").cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE tgname IN ('event_stays', 'seal_stays') ORDER BY 1"
        )
        assert cursor.fetchall() == [("event_stays", "A"), ("seal_stays", "A")]


def anchored(path):
    out = StringIO()
    call_command("anchor_journal", to=path, stdout=out)
    return out.getvalue()


def test_anchors_find_a_chain_cut_or_written_anew(chain, tamper, tmp_path, now):
    path = tmp_path / "anchors" / "county.jsonl"
    assert verify().newest in anchored(path)
    anchored(path)
    assert len(path.read_text().splitlines()) == 1  # nothing new, nothing added
    happened(now)
    chain[1]()
    anchored(path)
    out = StringIO()
    call_command("verify_journal", anchors=path, stdout=out)
    assert len(path.read_text().splitlines()) == 2 and verify().newest in out.getvalue()
    last = Seal.objects.latest("id")
    tamper("DELETE FROM audit.seal WHERE id = %s", last.pk)
    tamper("DELETE FROM audit.event WHERE id = %s", last.event_id)
    assert verify().sound  # the chain alone cannot know
    with pytest.raises(CommandError, match=str(last.pk)):
        call_command("verify_journal", anchors=path, stdout=StringIO())
    with pytest.raises(CommandError):
        anchored(path)
    happened(now)
    chain[1]()  # another event takes the place of the one that was cut off
    with pytest.raises(CommandError, match=str(last.pk)):
        call_command("verify_journal", anchors=path, stdout=StringIO())


def test_the_command_says_what_it_proved(chain, tmp_path):
    out = StringIO()
    call_command("verify_journal", anchors=tmp_path / "none", stdout=out)
    assert str(Seal.objects.count()) in out.getvalue()
    assert Event.objects.count() >= 3
    assert psycopg2.apilevel == "2.0"
