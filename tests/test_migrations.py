"""The chain of migrations as a whole."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from config.checks import BEFORE, FOLDED, made_by_the_first_chain
from core.tables import CreateModels


def test_a_room_begins_with_all_its_tables():
    first = {key[0]: each for key, each in MigrationLoader(None).disk_migrations.items() if key[1] == "0001_tables"}
    assert len(first) >= 11
    for each in first.values():
        assert [type(operation) for operation in each.operations] == [CreateModels]


@pytest.mark.django_db
def test_a_database_of_the_first_chain_is_refused_with_a_way_out():
    assert made_by_the_first_chain(databases=["default"]) == []
    applied = MigrationRecorder(connection).migration_qs
    applied.filter(app=FOLDED[0], name=FOLDED[1]).update(name=BEFORE[1])
    (refused,) = made_by_the_first_chain(databases=["default"])
    assert "earlier chain" in refused.msg and "make clean" in refused.hint


def test_nothing_is_asked_of_no_database():
    assert made_by_the_first_chain(databases=None) == []
