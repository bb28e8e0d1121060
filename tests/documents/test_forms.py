"""docs/forms.md tells the truth: every kind of paper a room prints stands there, and none that nobody prints."""

import re
from pathlib import Path

from django.conf import settings

from core import registry

PAGE = (Path(settings.BASE_DIR) / "docs" / "forms.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in PAGE.splitlines() if line.count("|") == 5 and "`" in line]


def test_every_kind_of_paper_stands_in_one_row_and_none_else():
    named = [kind for row in ROWS for kind in re.findall(r"`([a-z_]+)`", row[2])]
    assert sorted(named) == sorted(registry.letters)


def test_each_stands_with_the_room_that_prints_it():
    """The room of the builder is among those its row names."""
    wrong = {
        kind: registry.letters[kind].__module__.partition(".")[0]
        for row in ROWS
        for kind in re.findall(r"`([a-z_]+)`", row[2])
        if registry.letters[kind].__module__.partition(".")[0] not in row[1]
    }
    assert wrong == {}


def test_what_takes_a_paper_back_is_a_paper():
    """A slip of the pen in a kind would leave the public page saying that a withdrawn paper stands."""
    assert {"inspection_notice", "meeting_notice"} <= set(registry.overtaken_by)
    tables = {kind: later for kind, later in registry.overtaken_by.items() if not callable(later)}
    for kind, later in tables.items():
        assert {kind, *later} <= set(registry.letters)
        assert set(later.values()) <= {"withdrawn", "replaced"}
