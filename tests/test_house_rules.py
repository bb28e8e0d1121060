"""The rules of the house that a machine can keep: floors, scopes, one way to change a state, clean templates."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from core.scopes import Classification, Retention, Scope
from tests.branches import measured as must_be_covered

ROOT = Path(settings.BASE_DIR)
FLOORS = [
    ("core",),
    ("departments",),
    ("journal",),
    ("deadlines", "documents", "workspace"),
    ("cases",),
    ("referrals", "inspections", "sanctions", "rewards", "meetings", "finance"),
    ("desk",),
    ("config",),
]
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
ROOMS = [room for rooms in FLOORS for room in rooms if (ROOT / room).is_dir()]
OUR_MODELS = [model for model in apps.get_models() if model._meta.app_label in FLOOR_OF]

EDGE = re.compile(r"(^|_)(api|views)(_\w+)?\.py$")  # api.py, api_strands.py, crime_api.py


def python_files(*, edges_only=False):
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            if edges_only and not (EDGE.search(path.name) or "views" in path.parts):
                continue
            yield path


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_foreign_keys_point_only_down(model):
    """String foreign keys escape import-linter, so walk them: no room points up or at a sibling."""
    room = model._meta.app_label
    upward = [
        f"{field.name} -> {field.related_model._meta.label}"
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model is not None
        and (other := field.related_model._meta.app_label) in FLOOR_OF
        and other != room
        and FLOOR_OF[other] >= FLOOR_OF[room]
    ]
    assert upward == []


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_model_says_whose_its_rows_are_and_how_long_they_stay(model):
    if model._meta.auto_created:
        pytest.skip("a table of pairs follows its two sides")
    assert isinstance(model.__dict__.get("scope"), Scope)
    assert isinstance(model.__dict__.get("retention"), Retention)
    names = {field.name for field in model._meta.get_fields()}
    for name, secrecy in getattr(model, "classification", {}).items():
        assert name in names
        assert isinstance(secrecy, Classification)


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_whoever_acted_and_when_come_together(model):
    """A field x_at of an act that has an x_by is set by constraint together with it, or never empty."""
    names = {field.name: field for field in model._meta.fields}
    for name, field in names.items():
        if not name.endswith("_by") or name.startswith("granted"):
            continue
        other = names.get(name.removesuffix("_by") + "_at")
        if other is None or (not field.null and not other.null):
            continue
        constrained = [
            constraint
            for constraint in model._meta.constraints
            if isinstance(constraint, models.CheckConstraint)
            and {name, other.name} <= set(re.findall(r"\b(\w+_(?:by|at))\b", str(constraint.condition)))
        ]
        assert constrained, f"{model._meta.label}: {name} and {other.name} are not paired by a constraint"


def test_no_generic_foreign_keys_and_no_signals_between_rooms():
    found = []
    for path in python_files():
        text = path.read_text()
        for word in ("GenericForeignKey", "django.dispatch", "post_save", "pre_save"):
            if word in text:
                found.append(f"{path.relative_to(ROOT)}: {word}")
    assert found == []


def test_views_and_api_reach_rows_only_through_visible_to():
    found = []
    for path in python_files(edges_only=True):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if ".objects" in line and ".visible_to(" not in line and "# door:" not in line:
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert found == []


def test_states_are_written_only_by_move():
    found = []
    for path in python_files():
        if path == ROOT / "core" / "states.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == "status":
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "update"
            ):
                if any(keyword.arg == "status" for keyword in node.keywords):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


def test_only_actions_write():
    """Views, API, tasks, forms and panels never save, create, update or delete a row, nor their split modules."""
    writing = re.compile(r"\.(save|create|bulk_create|update_or_create|get_or_create|delete|bulk_update)\(")
    edges = re.compile(r"(^|[/_])(views|api|tasks|panels|forms)(_\w+)?(\.py|/)")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in python_files()
        if edges.search(str(path.relative_to(ROOT)))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if writing.search(line) and "# door:" not in line
    ]
    assert found == []


def test_actions_never_read_the_clock():
    found = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if "actions" in path.parts
        and re.search(r"timezone\.now\(|datetime\.now\(|date\.today\(", path.read_text())
    ]
    assert found == []


def test_bodies_of_calls_are_read_by_the_parsers_of_the_house():
    """Those of the framework would let characters in that no paper can show."""
    brought = "from rest_framework.parsers"
    assert [str(path.relative_to(ROOT)) for path in python_files() if brought in path.read_text()] == []


def test_no_words_to_translate_stand_inside_an_f_string():
    """The collector of the catalogue does not look there: the words would stay English."""
    inside = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in python_files()
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"_", "gettext", "pgettext", "ngettext"}
    ]
    assert inside == []


def test_templates_hold_no_inline_script_or_style():
    bad = re.compile(
        r"\sstyle\s*=|<style|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son[a-z]+\s*=\s*[\"']"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if "letters" not in path.parts  # printed by WeasyPrint, never served as a page
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if bad.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_tells_a_newcomer_what_it_is(room):
    assert len((ROOT / room / "README.md").read_text().splitlines()) >= 8


def test_no_file_wants_to_be_split():
    found = {
        str(path.relative_to(ROOT)): lines
        for path in python_files()
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert found == {}


def test_what_must_be_covered_is_measured_even_where_nobody_imports_it():
    """Coverage knows only of files that were loaded: one that nothing loads would pass the gate unseen."""
    found = [path.relative_to(ROOT) for path in python_files() if must_be_covered(path)]
    for path in found:
        importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
    measured = {path.parts[0] for path in found}
    assert measured >= {"cases", "departments", "referrals", "inspections", "sanctions", "rewards", "meetings", "finance"}


def test_what_an_action_stores_is_not_in_the_actors_language():
    """Reasons of clocks and ways of delivery stay on the record: `core.wording.for_the_record`."""
    stored = re.compile(r"\b(reason|late_reason|method|remark|text|note)\s?=\s?(str\()?_\(")
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in python_files()
        if "actions" in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if stored.search(line)
    ]
    assert found == []
