"""A case that was decided, and a report in it."""

import pytest

from tests.factories.cases import make_case
from tests.factories.rewards_money import decide, payer, report_row


@pytest.fixture
def lead(office, insurance_handler, insurance_report_officer, now):
    """A lead of medical insurance nobody has decided yet."""
    return make_case(by=insurance_handler, at=now)


@pytest.fixture
def decided(lead, insurance_deputy_head, finance, now):
    """The same lead, decided: handled under the agreement."""
    decide(lead, at=now)
    lead.refresh_from_db()
    return lead


@pytest.fixture
def report(decided, now):
    """An accepted report of one natural person in the decided case."""
    return report_row(decided, at=now)


@pytest.fixture
def cashier(county, finance):
    """The finance clerk of the finance department."""
    return payer(county)
