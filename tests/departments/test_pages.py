"""The pages of people and departments: who gets which answer, what stays typed, how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core import registry
from departments.actions.people import end_post, engage, fill_post
from departments.enums import Role
from departments.models import Department, Post, User
from tests.cast import PASSWORD, WHEN, person

# the door's own address, then what each post gets: handler of the county, security administrator, system administrator
PAGES = {
    "/departments/": (200, 200, 200),
    "/departments/add/": (403, 403, 200),
    "/departments/{department}/edit/": (403, 403, 200),
    "/people/": (403, 200, 200),
    "/people/engage/": (403, 403, 200),
    "/people/{person}/": (403, 200, 200),
    "/people/{person}/fill-post/": (403, 403, 200),
    "/people/{person}/block/": (403, 200, 200),
    "/people/{person}/unblock/": (405, 405, 405),
    "/people/{person}/password/": (403, 403, 200),
    "/posts/{post}/end/": (403, 403, 200),
    "/departments/{other_department}/edit/": (404, 404, 404),
    "/people/{other_person}/": (404, 404, 404),
    "/people/{other_person}/fill-post/": (404, 404, 404),
    "/people/{other_person}/block/": (404, 404, 404),
    "/people/{other_person}/password/": (404, 404, 404),
    "/posts/{other_post}/end/": (404, 404, 404),
}
WHO = ("insurance_handler", "security_admin", "system_admin")


@pytest.fixture
def places(insurance_head, outsider):
    return {
        "department": insurance_head.department.pk,
        "person": insurance_head.pk,
        "post": insurance_head.post.pk,
        "other_department": outsider.department.pk,
        "other_person": outsider.pk,
        "other_post": outsider.post.pk,
    }


@pytest.mark.parametrize("address", PAGES)
def test_who_gets_which_answer(request, client, places, address):
    url = address.format(**places)
    if PAGES[address][0] != 405:
        assert client.get(url)["Location"].startswith("/sign-in/")
    got = []
    for who in WHO:
        client.force_login(request.getfixturevalue(who))
        got.append(client.get(url).status_code)
    assert tuple(got) == PAGES[address]


@pytest.mark.parametrize("address", sorted(PAGES.keys() - {"/departments/", "/people/", "/people/{person}/"}))
def test_nobody_else_changes_anything(client, places, insurance_handler, address):
    before = list(User.objects.values()), list(Post.objects.values()), list(Department.objects.values())
    client.force_login(insurance_handler)
    assert client.post(
        address.format(**places), {"reason": "x", "password": "another-4711-x"}
    ).status_code in {403, 404, 405}
    after = list(User.objects.values()), list(Post.objects.values()), list(Department.objects.values())
    # signing in notes when
    for rows in (before[0], after[0]):
        for row in rows:
            row.pop("last_login")
    assert after == before


@pytest.fixture
def admin(client, system_admin):
    client.force_login(system_admin)
    return client


def test_engaging_and_filling_a_post(admin, insurance):
    words = {"staff_number": "yb77", "name": "新人", "job_title": "科员", "password": "short"}
    page = admin.post("/people/engage/", words)
    assert "password" in page.context["form"].errors
    assert 'value="yb77"' in page.content.decode()
    words["password"] = "first-4711-pass"
    answer = admin.post("/people/engage/", words)
    user = User.objects.get(staff_number="yb77")
    assert answer["Location"] == f"/people/{user.pk}/fill-post/"
    assert "staff_number" in admin.post("/people/engage/", words).context["form"].errors
    fill = f"/people/{user.pk}/fill-post/"
    form = admin.post(fill, {"department": insurance.pk, "role": "coordinator"}).context["form"]
    assert "role" in form.errors
    form = admin.post(fill, {"department": "", "role": ""}).context["form"]
    assert set(form.errors) == {"department", "role"}
    answer = admin.post(fill, {"department": insurance.pk, "role": "handler", "section": "基金监管股"})
    assert answer["Location"] == f"/people/{user.pk}/"
    assert User.objects.get(pk=user.pk).has_role(Role.HANDLER)
    assert "基金监管股" in admin.get(f"/people/{user.pk}/").content.decode()


def test_departments_of_another_county_are_no_choice(admin, insurance_head, outsider):
    fill = f"/people/{insurance_head.pk}/fill-post/"
    form = admin.post(fill, {"department": outsider.department.pk, "role": "handler"}).context["form"]
    assert "department" in form.errors


def test_administrators_do_not_fill_their_own_posts(admin, system_admin):
    assert admin.get(f"/people/{system_admin.pk}/fill-post/").status_code == 403
    assert admin.post(f"/posts/{system_admin.post.pk}/end/").status_code == 403
    assert admin.post(f"/people/{system_admin.pk}/block/", {"reason": "x"}).status_code == 403
    assert admin.get(f"/people/{system_admin.pk}/password/")["Location"] == "/password/"


def test_ending_a_post_names_what_is_open(admin, insurance_head, monkeypatch):
    end = f"/posts/{insurance_head.post.pk}/end/"
    assert "县医保局" in admin.get(end).content.decode()
    monkeypatch.setattr(registry, "leave_vetoes", [lambda post: ["待办案件 3 件"]])
    assert "待办案件 3 件" in admin.post(end).content.decode()
    monkeypatch.setattr(registry, "leave_vetoes", [])
    assert admin.post(end)["Location"] == f"/people/{insurance_head.pk}/"
    assert not insurance_head.posts.current().exists()
    assert admin.post(end).status_code == 200  # it says so, and does nothing twice
    assert insurance_head.posts.count() == 1


def test_blocking_and_letting_in(admin, insurance_head):
    block = f"/people/{insurance_head.pk}/block/"
    assert "reason" in admin.post(block, {"reason": ""}).context["form"].errors
    assert admin.post(block, {"reason": "紧急"}).status_code == 302
    assert not User.objects.get(pk=insurance_head.pk).is_active
    assert admin.post(block, {"reason": "紧急"}).context["form"].non_field_errors()
    unblock = f"/people/{insurance_head.pk}/unblock/"
    assert admin.post(unblock).status_code == 302
    assert User.objects.get(pk=insurance_head.pk).is_active
    page = admin.post(unblock, follow=True)
    assert [message.level_tag for message in page.context["messages"]][-1] == "warning"


def test_a_new_password(admin, insurance_head):
    url = f"/people/{insurance_head.pk}/password/"
    assert "password" in admin.post(url, {"password": "short"}).context["form"].errors
    assert admin.post(url, {"password": "another-4711-x"}).status_code == 302
    assert User.objects.get(pk=insurance_head.pk).check_password("another-4711-x")


def test_adding_and_editing_departments(admin, insurance):
    words = {
        "function": "other",
        "name": "青禾县税务局",
        "short_name": "县税务局",
        "mark": "青税",
        "postcode": "12",
    }
    assert "postcode" in admin.post("/departments/add/", words).context["form"].errors
    words["postcode"] = ""
    assert admin.post("/departments/add/", words)["Location"] == "/departments/"
    added = Department.objects.get(name="青禾县税务局")
    assert not added.has_account and added.region == insurance.region
    assert "name" in admin.post("/departments/add/", words).context["form"].errors
    edit = f"/departments/{insurance.pk}/edit/"
    form = admin.get(edit).context["form"]
    words = {**form.initial, "hotline": "12393"}
    assert admin.post(edit, words)["Location"] == "/departments/"
    insurance.refresh_from_db()
    assert (insurance.hotline, insurance.version) == ("12393", 2)
    stale = admin.post(edit, {**words, "hotline": "1"})
    assert stale.context["form"].non_field_errors()
    assert 'value="1"' in stale.content.decode()  # what was typed stays
    form = stale.context["form"]
    assert [tuple(map(str, each[1:])) for each in form.differences] == [("12393", "1")]
    again = {**words, "hotline": "0799-1", "version": form["version"].value()}
    assert admin.post(edit, again)["Location"] == "/departments/"


def test_the_directory_shows_hotlines_and_posts(
    client, insurance_handler, insurance_head, procuratorate, now
):
    end_post(post=insurance_head.post, by=None, at=timezone.now())
    client.force_login(insurance_handler)
    page = client.get("/departments/").content.decode()
    assert "0799-6620393" in page and "青禾县人民检察院" in page
    assert "陈晓岚" in page and "宋明哲" not in page
    assert "/departments/add/" not in page


def test_people_are_found_by_name_and_number(admin, insurance_handler, health_handler, outsider):
    engage(staff_number="neu1", name="新人", password=PASSWORD, by=None, at=WHEN)
    rows = lambda q: {user.staff_number for user in admin.get("/people/", {"q": q}).context["rows"]}  # noqa: E731
    assert rows("") == {"yb01", "wj01", "gl01", "neu1"}
    assert rows("晓岚") == {"yb01"}
    assert rows("wj") == {"wj01"}
    assert rows("nobody") == set()


@pytest.mark.parametrize("url", ["/people/", "/departments/"])
def test_one_row_or_many_the_same_queries(admin, insurance, health, url, django_assert_num_queries):
    person("q1", "甲", insurance, Role.HANDLER)
    admin.get(url)
    with CaptureQueriesContext(connection) as few:
        admin.get(url)
    person("q2", "乙", insurance, Role.HANDLER)
    person("q3", "丙", health, Role.HEAD)
    with django_assert_num_queries(len(few)):
        admin.get(url)


def test_a_person_with_many_posts_costs_the_same(admin, insurance, health, django_assert_num_queries):
    one = person("q1", "甲", insurance, Role.HANDLER)
    admin.get(f"/people/{one.pk}/")
    with CaptureQueriesContext(connection) as few:
        admin.get(f"/people/{one.pk}/")
    for role in (Role.HEAD, Role.LEGAL, Role.REGISTRAR):
        fill_post(user=one, department=health, role=role, by=None, at=WHEN)
    with django_assert_num_queries(len(few)):
        admin.get(f"/people/{one.pk}/")
