"""Writing the record: what may be in it, who is named, and that it stands or falls with its action."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import transaction

from core import registry
from core.identifiers import resident_id_check
from departments.actions import people
from departments.enums import Role
from departments.models import User
from journal.actions import note_refusal, record
from journal.actions.events import UnknownVerb
from journal.models import Event
from journal.params import FORBIDDEN, plain, target_of


class Case:
    """What record() reads of a case (the room lies above)."""

    kind_code = "case"
    pk, owner_id, region_id = 7, 3, 2


def test_actor_post_department_and_region_come_from_the_person(insurance_handler, now):
    event = record("user.signed_in", target=insurance_handler, by=insurance_handler, at=now, case=Case())
    post = insurance_handler.post
    assert (event.actor_id, event.post_id, event.department_id, event.region_id) == (
        insurance_handler.pk,
        post.pk,
        post.department_id,
        post.department.region_id,
    )
    assert (event.case_id, event.target_kind, event.target_id) == (7, "user", insurance_handler.pk)
    assert Event.objects.get(pk=event.pk).at == now


def test_the_system_acts_for_the_department_that_owns_the_case(db, now):
    event = record("journal.anchored", target=("case", 7), by=None, at=now, case=Case(), seal=1)
    assert (event.actor_id, event.post_id, event.department_id, event.region_id) == (None, None, 3, 2)
    assert (event.target_kind, event.target_id) == ("case", 7)


def test_somebody_without_a_post_is_still_named(county, now):
    user = User.objects.create_user("x1", "", name="无岗")
    event = record("user.signed_in", target=user, by=user, at=now)
    assert (event.actor_id, event.post_id, event.department_id) == (user.pk, None, None)


def test_a_verb_nobody_registered_is_refused(db, now):
    with pytest.raises(UnknownVerb):
        record("case.vanished", target=None, by=None, at=now)
    assert not Event.objects.filter(verb="case.vanished").exists()


def test_refusal_is_noted_with_what_was_tried(insurance_handler, now):
    event = note_refusal(
        user=insurance_handler, verb="post.filled", target=insurance_handler, sentence="no", at=now
    )
    assert (event.verb, event.params) == ("journal.refused", {"attempt": "post.filled", "sentence": "no"})


@pytest.mark.parametrize(
    "given, held",
    [
        (dt.date(2026, 3, 2), "2026-03-02"),
        (dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC), "2026-03-02T01:00:00+00:00"),
        (Decimal("10.50"), "10.50"),
        (Role.HEAD, "head"),
        (None, None),
        (True, True),
        ([1, (2, 3)], [1, [2, 3]]),
        ({"a": Decimal("1.00")}, {"a": "1.00"}),
        ("编号 联办〔2026〕126号", "编号 联办〔2026〕126号"),
    ],
)
def test_params_are_held_as_json_says_them(given, held):
    assert plain({"x": given}) == {"x": held}


@pytest.mark.parametrize("value", [1.5, object(), b"bytes"])
def test_values_json_cannot_hold_exactly_are_refused(value):
    with pytest.raises(TypeError):
        plain({"x": value})


@pytest.mark.parametrize("key", sorted(FORBIDDEN))
def test_particulars_of_a_person_are_refused(key, db, now):
    with pytest.raises(ValueError, match=key):
        record("user.signed_in", target=None, by=None, at=now, **{key: "x"})
    with pytest.raises(ValueError, match=key):
        plain({"old": {key: "x"}})


def test_an_identity_number_in_a_reason_is_masked():
    first17 = "43992619800101001"
    number = first17 + resident_id_check(first17)
    wrong = first17 + ("0" if number[-1] != "0" else "1")
    assert plain({"reason": f"参保人{number}重复"}) == {"reason": f"参保人4399************{number[-2:]}重复"}
    assert plain({"reason": wrong}) == {"reason": wrong}
    assert plain({"reason": "9" + number}) == {"reason": "9" + number}


def test_no_registered_verb_asks_for_particulars():
    """Sentences and notes of every room's verbs use allowed parameters only."""
    import string

    asked = {
        verb.code: {name for _, name, _, _ in string.Formatter().parse(str(verb.sentence)) if name}
        | {verb.note}
        for verb in registry.verbs.values()
    }
    assert len(asked) >= 15
    assert {code: names & FORBIDDEN for code, names in asked.items() if names & FORBIDDEN} == {}


def test_targets():
    assert target_of(None) == ("", None)
    assert target_of(("case", 3)) == ("case", 3)
    assert target_of(Case()) == ("case", 7)


def test_a_broken_record_leaves_nothing_of_the_action(insurance, monkeypatch, now):
    def broken(verb, **fields):
        raise RuntimeError("the record is broken")

    monkeypatch.setitem(registry.journal, "record", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        people.engage(staff_number="neu1", name="新人", password="qinghe-4711-long", by=None, at=now)
    assert not User.objects.filter(staff_number="neu1").exists()
