"""Who may do what with people, as a table over every post of the house."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from departments import rules
from departments.actions.people import engage
from departments.enums import Role
from departments.models import User
from tests.cast import PASSWORD, WHEN, person

ORDINARY = [
    "insurance_handler",
    "insurance_section_head",
    "insurance_head",
    "insurance_registrar",
    "health_handler",
    "office_coordinator",
    "county_leader",
    "audit_admin",
    "outsider",
]
# rule over a person of the county → who may
MAY = {
    "directory": [*ORDINARY, "system_admin", "security_admin"],
    "list": ["system_admin", "security_admin"],
    "manage_people": ["system_admin"],
    "manage": ["system_admin"],
    "end": ["system_admin"],
    "block": ["system_admin", "security_admin"],
    "edit_department": ["system_admin"],
    "business": [name for name in ORDINARY if name != "audit_admin"],
}


def answers(user, target):
    return {
        "directory": rules.can_view_directory(user),
        "list": rules.can_list_people(user),
        "manage_people": rules.can_manage_people(user),
        "manage": rules.can_manage(user, target),
        "end": rules.can_end(user, target.post),
        "block": rules.can_block(user, target),
        "edit_department": rules.can_edit_department(user, target.department),
        "business": rules.has_business(user),
    }


@pytest.fixture
def target(insurance_deputy_head):
    return insurance_deputy_head


@pytest.mark.parametrize("who", [*ORDINARY, "system_admin", "security_admin"])
def test_table(request, who, target):
    user = request.getfixturevalue(who)
    assert {rule for rule, may in answers(user, target).items() if may} == {
        rule for rule, people in MAY.items() if who in people
    }


def test_strangers_may_nothing(target, system_admin, county):
    nobody = User.objects.create_user("x1", "", name="无岗")
    blocked = User.objects.get(pk=system_admin.pk)
    blocked.is_active = False
    for user in (AnonymousUser(), nobody, blocked):
        assert not any(answers(user, target).values())


def test_an_administrator_of_another_county_may_nothing_here(target, other_insurance):
    stranger = person("yx09", "外管理", other_insurance, Role.SYSTEM_ADMIN)
    may = answers(stranger, target)
    assert not any(may[rule] for rule in ("manage", "end", "block", "edit_department"))


def test_nobody_acts_on_their_own_account(system_admin, security_admin):
    assert not rules.can_end(system_admin, system_admin.post)
    assert not rules.can_block(system_admin, system_admin)
    assert not rules.can_block(security_admin, security_admin)
    assert rules.can_manage(system_admin, system_admin)


def test_new_people_without_a_post_are_managed(system_admin, security_admin):
    new = engage(staff_number="neu1", name="新人", password=PASSWORD, by=None, at=WHEN)
    assert rules.can_manage(system_admin, new)
    assert not rules.can_block(security_admin, new)
    assert isinstance(WHEN, dt.datetime)
