"""Medical insurance leads, health inspects with it; the office coordinates."""

import pytest

from tests.factories import inspections as make


@pytest.fixture
def lead(insurance, insurance_handler, insurance_deputy_head, office, office_coordinator):
    """The lead department, with who drafts, who signs, and the office of its county."""
    return insurance


@pytest.fixture
def parties(lead, health, insurance_handler, health_section_head):
    """What the factories want: who leads, who inspects with it, who acts for either."""
    return {"lead": lead, "partner": health, "by": insurance_handler, "answering": health_section_head}


@pytest.fixture
def drafted(lead, insurance_handler, now):
    return make.draft(lead, by=insurance_handler, at=now)


@pytest.fixture
def asked(lead, health, insurance_handler, health_section_head, now):
    """Health was asked and has not answered."""
    return make.asked(lead, health, by=insurance_handler, at=now)


@pytest.fixture
def part(asked, health):
    """What health was asked to."""
    return asked.partners.select_related("inspection__lead", "inspection__region", "department").get(
        department=health
    )


@pytest.fixture
def submitted(parties, now):
    return make.submitted(**parties, at=now)


@pytest.fixture
def approved(parties, now):
    return make.approved(**parties, at=now)


@pytest.fixture
def going(parties, now):
    """Under way, unannounced."""
    return make.under_way(**parties, at=now)


@pytest.fixture
def visit(going, insurance_handler, now):
    """A visit of today being recorded."""
    return make.visit(going, by=insurance_handler, at=now)


@pytest.fixture
def finding(visit, insurance_handler, now):
    """A finding of today by medical insurance."""
    return make.finding(visit, by=insurance_handler, at=now)
