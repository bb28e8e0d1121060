"""The ground the rooms stand on: roles and rights of the database, the flush, the network, the browser."""

import socket

import psycopg2
import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from pytest_socket import SocketConnectBlockedError


def whoami() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_bodies_run_as_the_application() -> None:
    assert whoami() == "app"


@pytest.mark.django_db
def test_application_may_not_change_the_schema(connect_as) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        connect_as("app").cursor().execute("CREATE TABLE mine (id int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        connect_as("app").cursor().execute("TRUNCATE django_content_type CASCADE")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["owner", "clerk", "opener", "backup"])
def test_application_cannot_become_another_role(connect_as, role: str) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        connect_as("app").cursor().execute(f"SET ROLE {role}")


def test_roles(as_role) -> None:
    for role in ("owner", "clerk"):
        with as_role(role):
            assert whoami() == role
            assert ContentType.objects.exists()
    with as_role("opener"), pytest.raises(Exception, match="permission denied"):
        ContentType.objects.exists()
    assert whoami() == "app"


def test_backup_reads_everything_and_writes_nothing(connect_as) -> None:
    with connect_as("backup").cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_content_type")
        assert cursor.fetchone()[0] > 0
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("DELETE FROM django_content_type")


@pytest.mark.django_db
def test_reopening_inside_a_transaction_is_refused() -> None:
    from tests.harness import acting_as

    with pytest.raises(RuntimeError, match="transaction=True"), acting_as("clerk"):
        pass


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", [1, 2])
def test_flush_runs_as_owner_and_leaves_nothing(round_: int) -> None:
    assert not Group.objects.filter(name="leftover").exists()
    Group.objects.create(name="leftover")
    assert ContentType.objects.exists()


def test_network_is_closed() -> None:
    with pytest.raises((SocketConnectBlockedError, UserWarning)), socket.socket() as line:
        line.connect(("192.0.2.1", 80))


def test_cache_is_a_real_server() -> None:
    cache.set("word", "医保", 10)
    assert cache.get("word") == "医保"


@pytest.mark.browser
def test_browser_shows_chinese(page) -> None:
    page.set_content("<h1>医疗保障</h1>")
    assert page.inner_text("h1") == "医疗保障"
