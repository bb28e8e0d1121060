"""What the tests of a person's own things share."""

import pytest

from deadlines import calendar
from tests.factories.cases import make_case


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _forget_calendar():
    calendar.drop()
    yield
    calendar.drop()


@pytest.fixture
def case(insurance_handler, now):
    """联办〔2026〕1号 of the medical-insurance department."""
    return make_case(by=insurance_handler, at=now)
