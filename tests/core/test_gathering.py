"""What a page gathers is asked once, and relations give what was hung on them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.gathering import Gathering
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
