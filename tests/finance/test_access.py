"""Who reads and who keeps the registers."""

import pytest
from django.contrib.auth.models import AnonymousUser

from departments.enums import Role
from finance import rules
from finance.actions.reviews import confirm
from finance.models import Appraisal, BudgetReview, FundEntry, SupervisionFund
from tests.cast import person
from tests.factories.registers import make_appraisal, registers

MODELS = (SupervisionFund, FundEntry, BudgetReview, Appraisal)


@pytest.fixture
def rows(insurance, health, writer, now):
    made = [registers(department, by=writer, at=now) for department in (insurance, health)]
    make_appraisal(None, by=writer, at=now, body="县医保经办中心")
    return made


def seen(user):
    return [model.objects.visible_to(user).count() for model in MODELS]


def test_the_finance_department_sees_all_the_others_what_was_confirmed_and_is_theirs(
    rows, writer, deputy, insurance_handler, office_coordinator, county_leader, outsider, system_admin, market_handler, now
):
    assert seen(writer) == [2, 2, 2, 3]
    assert seen(office_coordinator) == seen(county_leader) == [2, 2, 0, 0]
    assert seen(insurance_handler) == [1, 1, 0, 0]
    assert seen(outsider) == seen(system_admin) == seen(market_handler) == seen(AnonymousUser()) == [0, 0, 0, 0]
    for row in (*BudgetReview.objects.all(), *Appraisal.objects.all()):
        confirm(row=row, by=deputy, at=now)
    assert seen(office_coordinator) == [2, 2, 2, 3]
    assert seen(insurance_handler) == [1, 1, 1, 1]
    assert seen(outsider) == seen(system_admin) == seen(market_handler) == [0, 0, 0, 0]


def test_who_writes_and_who_confirms(rows, writer, clerk, deputy, insurance_deputy_head, insurance_handler, finance):
    row, entry = rows[0].budget_review, rows[0].fund_entry
    chief = person("cz03", "汪成业", finance, Role.SECTION_HEAD)
    head = person("cz05", "卢正平", finance, Role.HEAD)
    registrar = person("cz06", "夏雨荷", finance, Role.REGISTRAR)
    assert all(rules.can_write(user) and rules.can_reverse(user, entry) for user in (writer, clerk, chief))
    assert not any(rules.can_write(user) for user in (deputy, head, registrar, insurance_handler, insurance_deputy_head))
    assert all(rules.can_confirm(user, row) and rules.can_send_back(user, row) for user in (deputy, head))
    assert not any(rules.can_confirm(user, row) for user in (writer, clerk, chief, registrar, insurance_deputy_head))
    assert rules.can_send_back(writer, row) and not rules.can_send_back(clerk, row)
    assert not rules.can_correct(writer, row)
    assert rules.can_list(registrar) and rules.can_list(insurance_deputy_head) and not rules.can_list(insurance_handler)
    row.by = deputy  # a post changed meanwhile: whoever entered it still does not confirm
    assert not rules.can_confirm(deputy, row) and rules.can_confirm(head, row)
