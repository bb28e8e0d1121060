"""The opener as a real process, people who hold keys, and a county that receives reports."""

import os
import subprocess
import sys
import time
from types import SimpleNamespace
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from config import environment
from deadlines import calendar
from departments.enums import Role
from rewards import openers
from rewards.actions import opener_keys
from rewards.actions.custodians import name_custodian
from rewards.opener import keys
from rewards.opener.keys import House
from tests.cast import _person
from tests.harness import acting_as

STARTED = []  # the opener of this session, once a test asked for it
PASSPHRASES = {"first": "青山不改绿水长流在此", "second": "守口如瓶防意如城勿忘"}

insurance_report_officer_2 = _person("yb10", "许慎之", "insurance", Role.REPORT_OFFICER, "基金监管股")


@pytest.fixture(autouse=True)
def _light_keys(monkeypatch):
    """Keys made in this process are derived in a thousandth of the time: each keeps its own cost with it. The real
    opener, and test_a_key_costs_what_it_should_in_the_opener, know nothing of this."""
    monkeypatch.setattr(keys, "COST", (2**8, 8, 1))


@pytest.fixture(autouse=True)
def _forget_calendar():
    calendar.drop()
    yield
    calendar.drop()


def _environ(folder, socket):
    """What the process needs to work on the test database, as its own role."""
    name = connection.settings_dict["NAME"]
    urls = {
        environment.url_name(role): urlunsplit(
            urlsplit(environment.database_url(role))._replace(path="/" + name)
        )
        for role in environment.ROLES
    }
    return {
        **os.environ, **urls, "HOUSE_ROLE": "opener", "HOUSE_OPENER": str(folder / "own"),
        "HOUSE_OPENER_SOCKET": str(socket), "REDIS_URL": settings.REDIS_URL,
    }  # fmt: skip


@pytest.fixture(scope="session")
def opener_process(django_db_setup, tmp_path_factory):
    """`manage.py opener` as a process of its own, for the whole session: starting it takes longer than a test."""
    folder = tmp_path_factory.mktemp("op")
    socket, log = folder / "o.sock", (folder / "log").open("ab")
    running = SimpleNamespace(process=None, folder=folder, socket=socket)

    def start():
        running.process = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "opener"],
            env=_environ(folder, socket), stdout=log, stderr=subprocess.STDOUT, cwd=settings.BASE_DIR,
        )  # fmt: skip

    def stop():
        running.process.terminate()
        running.process.wait(20)

    running.start, running.stop = start, stop
    STARTED.append(running)
    running.log = lambda: (folder / "log").read_text()
    start()
    yield running
    if running.process.poll() is None:
        stop()
    log.close()


@pytest.fixture
def opener(transactional_db, settings, opener_process):
    """The opener, answering: `.restart()` ends it and starts another, `.stop()` ends it, `.log()` is what it wrote."""
    settings.OPENER_SOCKET = opener_process.socket
    if opener_process.process.poll() is not None:
        opener_process.start()

    def wait():
        began = time.monotonic()
        while True:
            try:
                return openers.ask("ping")
            except openers.OpenerAway:
                if opener_process.process.poll() is not None or time.monotonic() - began > 60:
                    raise RuntimeError(opener_process.log()) from None
                time.sleep(0.05)

    def restart():
        if opener_process.process.poll() is None:
            opener_process.stop()
        opener_process.start()
        wait()

    wait()
    yield SimpleNamespace(restart=restart, stop=opener_process.stop, log=opener_process.log)
    if opener_process.process.poll() is not None:
        restart()


@pytest.fixture
def no_opener():
    """No opener of its own looks after what the test does in its stead."""
    for running in STARTED:
        if running.process.poll() is None:
            running.stop()


@pytest.fixture
def custodians(opener, insurance, insurance_head, insurance_legal, system_admin):
    """The head and the legal reviewer with keys made in the opener: `.first`, `.second`, each with `.codes`."""
    held = {}
    for name, user in (("first", insurance_head), ("second", insurance_legal)):
        name_custodian(region=insurance.region, user=user, by=system_admin, at=timezone.now())
        made = openers.ask(
            "enrol", user_id=user.pk, region_id=insurance.region_id, passphrase=PASSPHRASES[name]
        )
        held[name] = SimpleNamespace(
            user=user, codes=made["codes"], file_codes=made["file_codes"], passphrase=PASSPHRASES[name]
        )
    return SimpleNamespace(**held)


@pytest.fixture
def house(tmp_path):
    """The secret of an opener of this process."""
    return House.at(tmp_path / "opener")


@pytest.fixture
def held(house, insurance, insurance_head, insurance_legal, system_admin):
    """Two custodians with keys of this process's making: `.codes` for openings, `.file_codes` for bank files."""
    found = {}
    for name, user in (("first", insurance_head), ("second", insurance_legal)):
        name_custodian(region=insurance.region, user=user, by=system_admin, at=timezone.now())
        found[name] = make_key(house, user, insurance.region_id, PASSPHRASES[name])
    return SimpleNamespace(**found)


def make_key(house, user, region_id, passphrase):
    """A key made as the opener makes it, and its two lists."""
    with acting_as("opener"):
        made = opener_keys.enrol(
            house=house, user_id=user.pk, region_id=region_id, passphrase=passphrase, at=timezone.now()
        )
    return SimpleNamespace(user=user, passphrase=passphrase, codes=made.openings, file_codes=made.bank_files)
