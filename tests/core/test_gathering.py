"""What a page gathers is asked once, and relations give what was hung on them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.gathering import Gathering, begun, in_step, side_by_side, stepwise
from departments.models import Department, Post, Region, User

pytestmark = pytest.mark.django_db


def test_rows_and_relations_come_in_one_statement(county, insurance_handler, health_handler):
    region, gathering = Region.objects.get(pk=county.pk), Gathering()
    departments = gathering.hang(region, "departments", Department.objects.order_by("pk"))
    people = gathering.rows(User.objects.filter(pk__in=[insurance_handler.pk, health_handler.pk]).order_by("pk"))
    gathering.hang_each(people, "posts", Post.objects.filter(user__in=[insurance_handler.pk, health_handler.pk]))
    with CaptureQueriesContext(connection) as queries:
        gathering.ask()
        found = list(region.departments.all())
        posts = {user.pk: [post.user_id for post in user.posts.all()] for user in people}
        assert all(department.region is region for department in departments)
    assert len(queries) == 1
    assert found == list(Department.objects.filter(region=county).order_by("pk"))
    assert posts == {insurance_handler.pk: [insurance_handler.pk], health_handler.pk: [health_handler.pk]}


def test_nobody_to_hang_on_is_no_error():
    gathering = Gathering()
    people = gathering.rows(User.objects.none())
    gathering.hang_each(people, "posts", Post.objects.none())
    gathering.ask()
    assert list(people) == []


@stepwise
def _posts_of(numbers, asked, *, after=""):
    """Two steps: the people, then their posts."""
    people = asked.rows(User.objects.filter(staff_number__in=numbers).order_by("pk"))
    yield
    posts = asked.rows(Post.objects.filter(user__in=[user.pk for user in people]).order_by("pk"))
    yield
    return [f"{post.role}{after}" for post in posts]


@stepwise
def _nothing(numbers, asked):
    return numbers
    yield


def test_readings_go_in_step_and_each_may_go_alone(insurance_handler, health_registrar):
    one, other = insurance_handler.staff_number, health_registrar.staff_number
    readings = [
        begun(_posts_of, [one]), begun(_nothing, [1]), begun(_posts_of, [other], after="!"),
        begun(lambda numbers: numbers * 2, [3]),
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        assert in_step(readings) == [["handler"], [1], ["registrar!"], [3, 3]]
    assert len(queries) == 2
    assert _posts_of([one, other], after="?") == ["handler?", "registrar?"] and in_step([]) == []
    assert _posts_of.__name__ == "_posts_of" and _posts_of.__module__ == __name__


def test_a_reading_may_hold_others(insurance_handler, health_registrar):
    numbers = [insurance_handler.staff_number, health_registrar.staff_number]

    @stepwise
    def both(asked):
        found = yield from side_by_side([begun(_posts_of, [number]) for number in numbers], asked)
        return dict(zip(numbers, found, strict=True))

    with CaptureQueriesContext(connection) as queries:
        assert both() == {numbers[0]: ["handler"], numbers[1]: ["registrar"]}
    assert len(queries) == 2
