"""What a new county still lacks, computed from its rows."""

import pytest

from departments import set_up
from departments.actions.categories import switch_category
from departments.actions.founding import found_county
from departments.actions.people import block, end_post
from departments.actions.structure import edit_department
from departments.enums import Function, Role
from departments.models import Category, Department, Route
from tests.cast import PASSWORD, WHEN, person


@pytest.fixture
def first(db):
    """The administrator of a county founded a minute ago."""
    return found_county(
        code="439926", county="青禾县", character="青", staff_number="gl01", name="安守规", password=PASSWORD, at=WHEN
    )


def test_a_county_just_founded_lacks_nearly_everything(first):
    assert set_up.county(first) == (True, "青禾县 · 439926")
    done, said = set_up.departments(first)
    assert not done and said.startswith("尚未填写举报电话：县医保局、") and said.endswith("联动办")
    done, said = set_up.people(first)
    assert not done and "县医保局" in said and "联动办" in said
    assert said.endswith("未任命：安全管理员、审计管理员")
    assert set_up.categories(first)[0] and set_up.routes(first)[0]  # loaded with the tables


def test_hotlines_done(first, now):
    for department in Department.objects.all():
        edit_department(department=department, version=1, hotline="12393", by=first, at=now)
    assert set_up.departments(first) == (True, "各部门均已填写举报电话。")


def test_people_done_and_undone(first, now):
    for number, department in enumerate(Department.objects.all()):
        roles = (
            (Role.COORDINATOR, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
            if department.function == Function.OFFICE
            else (Role.HANDLER, Role.HEAD, Role.REGISTRAR)
        )
        people = {role: person(f"x{number}{role}"[:20], "某人", department, role) for role in roles}
    assert people.keys() == {Role.COORDINATOR, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}
    assert set_up.people(first) == (True, "各部门均可拟稿、签发和发文。")
    block(user=people[Role.AUDIT_ADMIN], reason="离岗", by=first, at=now)
    assert set_up.people(first) == (False, "未任命：审计管理员")
    end_post(post=people[Role.COORDINATOR].posts.get(), by=first, at=now)
    done, said = set_up.people(first)
    assert not done and said.startswith("承办人、负责人或机要人员未配齐：联动办")


def test_categories_without_a_department(first, no_checklists, now):
    orphan = Category.objects.get(code="agreement-breach")
    orphan.competences.exclude(function="agency").delete()
    done, said = set_up.categories(first)
    assert not done and str(orphan) in said
    switch_category(category=orphan, active=False, by=first, at=now)
    done, said = set_up.categories(first)
    assert done and said.startswith("在用33类")
    Category.objects.all().delete()
    assert set_up.categories(first) == (False, "尚未设置。")


def test_kinds_of_letter_nobody_may_send(first):
    done, said = set_up.routes(first)
    assert done and said == f"6种函件共{Route.objects.count()}条路径。"
    Route.objects.filter(kind="support").delete()
    assert set_up.routes(first) == (False, "没有可用路径：技术支持")
