"""A case of medical insurance, its institution, and who looks up, publishes and scores."""

import pytest

from deadlines import calendar
from tests.factories.cases import make_case, make_subject


@pytest.fixture(autouse=True)
def _forget_calendar():
    calendar.drop()
    yield
    calendar.drop()


@pytest.fixture
def subject(county, now):
    return make_subject(county, at=now)


@pytest.fixture
def case(insurance_handler, subject, now):
    return make_case(by=insurance_handler, at=now, subject=subject)


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
