"""Cases in tests: one registered by 陈晓岚, and a calendar that forgets between tests."""

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
    """联办〔2026〕1号 of the medical-insurance department, its own strand being verified by 陈晓岚."""
    return make_case(by=insurance_handler, at=now, subject=subject)


@pytest.fixture
def strand(case):
    return case.strands.get()


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
