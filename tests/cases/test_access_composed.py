"""A door composed once a request is the same door: what it lets through is asked of the database each time."""

import pytest

from cases.actions.access import grant_department, revoke
from cases.actions.restriction import lift_restriction, restrict_case
from cases.enums import GrantCause
from cases.models import Case, Evidence, Strand
from cases.querysets import readable_ids, visible_ids
from core import memory
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


def seen(user):
    return (
        set(Case.objects.filter(pk__in=visible_ids(user)).values_list("pk", flat=True)),
        set(Case.objects.filter(pk__in=readable_ids(user)).values_list("pk", flat=True)),
        set(Strand.objects.visible_to(user).values_list("case", flat=True)),
    )


def asked(user):
    visible = set(Case.objects.visible_to(user).values_list("pk", flat=True))
    readable = set(Case.objects.readable_by(user).values_list("pk", flat=True))
    return visible, readable, readable


def test_within_one_request_a_grant_and_its_end_count_at_once(
    office_coordinator, insurance_handler, health_handler, now
):
    first, second = (make_case(by=insurance_handler, at=now) for _n in range(2))
    for user in (office_coordinator, insurance_handler, health_handler):
        memory.begin(user)
        assert seen(user) == asked(user)
    assert seen(office_coordinator) == ({first.pk, second.pk}, set(), set())
    assert seen(health_handler) == (set(), set(), set())
    given = {
        "case": first,
        "department": health_handler.department,
        "cause": GrantCause.REFERRAL,
        "by": insurance_handler,
    }
    grant_department(**given, at=now)
    assert seen(health_handler) == asked(health_handler) == ({first.pk}, {first.pk}, {first.pk})
    restrict_case(case=first, reason="x", by=insurance_handler, at=now)
    assert seen(health_handler) == asked(health_handler) == (set(), set(), set())
    lift_restriction(case=first, reason="x", by=insurance_handler, at=now)
    assert seen(health_handler)[0] == {first.pk}
    revoke(**given, at=now)
    assert seen(health_handler) == asked(health_handler) == (set(), set(), set())
    assert seen(insurance_handler) == asked(insurance_handler)


def test_it_is_composed_once_a_request_and_anew_without_one(insurance_handler, health_handler, system_admin):
    assert readable_ids(insurance_handler) is not readable_ids(insurance_handler)
    memory.begin(insurance_handler)
    kept = readable_ids(insurance_handler)
    assert readable_ids(insurance_handler) is kept
    assert visible_ids(insurance_handler) is not kept
    other, insurance_handler.post = insurance_handler.post, health_handler.post  # acting in another post
    assert readable_ids(insurance_handler) is not kept
    insurance_handler.post = other
    assert readable_ids(insurance_handler) is kept
    memory.begin(insurance_handler)
    assert readable_ids(insurance_handler) is not kept


def test_an_administrator_is_let_through_nowhere(case, system_admin):
    memory.begin(system_admin)
    assert seen(system_admin) == (set(), set(), set())
    assert not Evidence.objects.visible_to(system_admin).exists()
