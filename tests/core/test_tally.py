"""Counting in one statement gives what counting one by one gives."""

import pytest

from core.memory import begin, remembered
from core.tally import Rows, tally
from departments.models import Department, User

pytestmark = pytest.mark.django_db


def test_everything_is_counted_in_one_statement(insurance, health, health_handler, django_assert_num_queries):
    departments, people = Department.objects.all(), User.objects.all()
    wanted = [
        departments, None, 7, [departments, people, 3], people.none(), [], [None, people],
        departments.filter(pk=health.pk).order_by("name"), Rows("SELECT 1 WHERE %s", (True,)),
        people.filter(posts__department=insurance),
    ]  # fmt: skip
    with django_assert_num_queries(1):
        assert tally(wanted) == [2, None, 7, 6, 0, 0, 1, 1, 1, 0]


def test_nothing_is_asked_where_there_is_nothing_to_ask(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert tally([]) == []
        assert tally([None, 4, User.objects.none()]) == [None, 4, 0]


def test_only_the_person_of_a_request_remembers(health_handler):
    calls = []

    def make():
        calls.append(1)
        return len(calls)

    assert [remembered(health_handler, "x", make) for _ in range(2)] == [1, 2]
    begin(health_handler)
    assert [remembered(health_handler, key, make) for key in ("x", "x", "y")] == [3, 3, 4]
    begin(health_handler)
    assert remembered(health_handler, "x", make) == 5
