"""Topics dealt with together: each keeps its own case, proposal, words and tasks, and has the outcome of the whole."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.refusals import BadInput
from core.states import move
from departments.models import User
from meetings.discretion import one_case
from meetings.enums import Outcome
from meetings.models import AgendaItem


def group_of(item: AgendaItem) -> list[AgendaItem]:
    """The topic, then what was merged into it."""
    return [item, *item.merged.select_related("case").order_by("position", "pk")]


def own_words(group: list[AgendaItem], text: str, given: Mapping[int, str]) -> dict[int, str]:
    """What was decided about each merged topic, by id: its own words, else those of the whole.

    :raises BadInput: it has no words of its own although the topics are about different cases (field
        `merged<id>_text`): the extract of a case names no other
    """
    together, faults, words = one_case(group), {}, {}
    for each in group[1:]:
        said = given.get(each.pk, "").strip()
        if not said and not together:
            faults[f"merged{each.pk}_text"] = _(
                "Say here what was decided about this topic: the extract of a case names no other case."
            )
        words[each.pk] = said or text
    if faults:
        raise BadInput.several(faults)
    return words


def spread(
    group: list[AgendaItem], outcome: str, words: Mapping[int, str], *, by: User, at: dt.datetime, **more: Any
) -> None:
    """The merged topics have the outcome of the whole, with these words of their own."""
    for each in group[1:]:
        move(
            each, outcome, field="outcome", at=at, outcome_text=words.get(each.pk, ""), outcome_by=by, outcome_at=at,
            **more,
        )  # fmt: skip


def take_back(group: list[AgendaItem], at: dt.datetime) -> None:
    """None of them has its outcome any more."""
    for each in group:
        move(
            each, Outcome.OPEN, field="outcome", at=at, outcome_text="", outcome_by=None, outcome_at=None,
            deferred_to=None, withdraws=False, new_due_on=None,
        )  # fmt: skip


def shared(group: list[AgendaItem], text: str) -> dict[int, str]:
    """Words on the whole topic for those merged into it; none where the topics are about different cases."""
    return {each.pk: text for each in group[1:]} if one_case(group) else {}
