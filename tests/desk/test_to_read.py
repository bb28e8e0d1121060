"""待阅: one's unread notices of the verbs rooms named; the rest stays under notifications."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core import registry
from desk import to_read
from journal.actions import notify
from journal.models import Notification
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db
QUERIES = 4  # the notices, their names, cases, things, and the count of this test


@pytest.fixture
def told(insurance_handler):
    """Tells somebody of a case by a verb that is to be read, and by one that is not."""

    def tell(case, person=insurance_handler, department=None):
        for verb in ("referral.was_closed", "case.registered"):
            notify([person], verb, target=case, case=case, at=timezone.now(), department=department)

    return tell


def test_every_verb_to_read_is_one_a_room_says():
    assert registry.to_read
    assert registry.to_read <= set(registry.verbs)


def test_a_notice_to_read_leads_to_its_thing_and_goes_once_opened(client, insurance_handler, told):
    case = make_case(by=insurance_handler, at=timezone.now())
    told(case)
    (row,) = to_read.read_rows(insurance_handler, 10)
    assert (row.url, row.case_title, row.target) == (registry.kinds["case"].url(case), case.title, ("case", case.pk))
    assert to_read.read_count(insurance_handler).count() == 1
    client.force_login(insurance_handler)
    assert row.phrase in client.get(reverse("desk:read")).content.decode()
    assert client.post(row.action_url).url == registry.kinds["case"].url(case)
    assert list(to_read.read_rows(insurance_handler, 10)) == []


def test_what_one_was_told_in_another_post_or_somebody_else_was_told_is_not_shown(
    insurance_handler, health_handler, told
):
    case = make_case(by=insurance_handler, at=timezone.now())
    told(case, department=health_handler.department)
    told(case, person=health_handler)
    assert list(to_read.read_rows(insurance_handler, 10)) == []


def test_of_a_case_that_is_not_open_nothing_is_said(insurance_handler, health_handler, told):
    case = make_case(by=insurance_handler, at=timezone.now())
    told(case, person=health_handler)
    (row,) = to_read.read_rows(health_handler, 10)
    assert case.title not in f"{row.phrase}{row.case_title}"
    assert (row.url, row.case_url, row.target) == (reverse("desk:notifications"), "", None)


def test_who_acts_for_no_department_reads_nothing(insurance_handler):
    insurance_handler.post = None
    insurance_handler.held = []
    assert not to_read.waiting(insurance_handler).exists()


def test_rows_cost_the_same_for_one_and_three(insurance_handler, told, django_assert_num_queries):
    for many in (1, 2):
        for _each in range(many):
            told(make_case(by=insurance_handler, at=timezone.now()))
        list(to_read.read_rows(insurance_handler, 10))
        with django_assert_num_queries(QUERIES):
            assert len(list(to_read.read_rows(insurance_handler, 10))) == Notification.objects.filter(
                verb="referral.was_closed"
            ).count()  # fmt: skip
