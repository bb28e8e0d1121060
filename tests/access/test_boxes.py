"""The boxes of the workbench, walked by everybody in a world in which every room has something."""

import pytest

from core import registry
from core.tally import tally
from departments.models import User
from tests.access.actors import ACTORS

TABS = ("todo", "sign", "read", "started", "done")


@pytest.mark.parametrize("actor", sorted(set(ACTORS) - {"anonymous"}))
def test_every_row_is_counted_and_says_what_it_is_about_or_is_sealed(world, actor, request):
    user = User.objects.get(pk=request.getfixturevalue(ACTORS[actor]).pk)
    for source in registry.task_sources:
        if source.tab not in TABS:
            continue
        rows = list(source.rows(user, 50))
        (number,) = tally([source.count(user)])
        assert number is None or number >= len(rows) or source.rows.__module__.startswith("referrals"), source
        for row in rows:
            if source.tab in ("started", "done"):
                assert row.sort is not None
            if row.target is None:
                room, _dot, module = source.rows.__module__.partition(".")
                assert room in ("rewards", "cases", "workspace") or module == "workbench_office", (source, row)
            else:
                code, pk = row.target
                assert registry.kinds[code].visible(user).filter(pk=pk).exists(), row


def test_the_boxes_of_what_was_begun_hold_what_each_room_began(world, office_coordinator, insurance_handler):
    def urls(user, tab):
        user = User.objects.get(pk=user.pk)
        return {row.url for source in registry.task_sources if source.tab == tab for row in source.rows(user, 50)}

    assert world.proposal.get_absolute_url() in urls(office_coordinator, "started")
    assert f"/cases/{world.case.pk}/" in urls(insurance_handler, "started")
