"""Everything that is wrong with a lead is said at once, each beside its field."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from cases.actions.registration import PossibleDuplicate, faults_of
from cases.models import Case
from core.forms import new_form_key
from core.money import LIMIT
from core.refusals import BadInput
from tests.factories.cases import make_case, make_subject, uscc

TODAY = dt.date(2026, 11, 16)


@pytest.fixture
def register(client, insurance_handler, now):
    def send(**values):
        with time_machine.travel(now, tick=False):
            client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
            return client.post(reverse("cases:register"), {"form_key": new_form_key(), **values})

    return send


def test_the_action_names_every_fault(insurance_handler, now):
    with pytest.raises(BadInput) as refused:
        make_case(
            by=insurance_handler, at=now, subjects=[], categories=[], summary=" ", suspected="-1",
            found_on=TODAY + dt.timedelta(days=1), period_from=TODAY + dt.timedelta(days=2),
            period_to=TODAY + dt.timedelta(days=1), duplicates_known=False,
        )  # fmt: skip
    assert set(refused.value.faults) == {
        "subjects", "categories", "summary", "suspected", "found_on", "period_from", "period_to",
    }  # fmt: skip
    assert refused.value.field == "subjects"


def test_a_duplicate_is_asked_about_once_all_else_is_right(insurance_handler, case, subject, now):
    with pytest.raises(PossibleDuplicate) as refused:
        make_case(by=insurance_handler, at=now, subject=subject, duplicates_known=False)
    assert set(refused.value.faults) == {"duplicates_known"}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, set()),
        ({"found_on": TODAY, "suspected": 0, "period_from": TODAY, "period_to": TODAY}, set()),
        ({"suspected": LIMIT + 1}, {"suspected"}),
        ({"period_to": TODAY + dt.timedelta(days=1)}, {"period_from"}),
        ({"period_from": TODAY, "period_to": TODAY - dt.timedelta(days=1)}, {"period_to"}),
    ],
)
def test_what_is_not_given_is_not_judged(given, wrong):
    nothing = dict.fromkeys(("found_on", "suspected", "period_from", "period_to"))
    assert set(faults_of(**(nothing | given), today=TODAY)) == wrong


def test_the_page_says_all_at_once(register, insurance_handler):
    answer = register(
        found_on="2026-11-17", suspected="12,3456", period_from="2026-11-18", period_to="2026-11-17",
        new_kind="pharmacy", new_name="康泰药房", new_uscc="123",
    )  # fmt: skip
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {
        "source", "categories", "summary", "suspected", "found_on", "period_from", "period_to", "new_uscc",
    }  # fmt: skip
    assert not Case.objects.exists()


def test_a_code_known_already_is_said_with_the_rest(register, county, now):
    code = uscc()
    make_subject(county, at=now, uscc=code)
    answer = register(found_on="2026-11-15", new_kind="pharmacy", new_name="康泰药房", new_uscc=code)
    assert set(answer.context["form"].errors) == {"source", "categories", "summary", "new_uscc"}
