"""Of a restricted case nobody learns through the inspection who is not named on it: page, lists, API, history, paper."""

import pytest

from inspections import contexts, reading
from inspections.actions import outcomes
from journal.models import Event
from tests.factories import inspections as make
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(finding, insurance_handler, now):
    return outcomes.open_case(finding=finding, restricted=True, by=insurance_handler, at=now)


@pytest.fixture
def joined(visit, insurance_handler, now):
    """Another finding, rectified first, joins a restricted case there was before."""
    other, by = make.finding(visit, by=insurance_handler, at=now), insurance_handler
    due_on = visit.visited_on + make.DAY
    outcomes.have_rectified(finding=other, text="补正", due_on=due_on, person=by, by=by, at=now)
    case = make_case(by=by, at=now, subject=visit.target.subject, restricted=True, duplicates_known=True)
    return outcomes.join_case(finding=other, case=case, by=by, at=now)


def _pages(visit):
    at = visit.inspection.get_absolute_url()
    found = [each.get_absolute_url() for each in visit.inspection.findings.order_by("pk")]
    return [visit.get_absolute_url(), *found, f"{at}?tab=findings", f"{at}?tab=history", "/api/v1/inspection-findings/",
            *(f"/api/v1/inspection-findings/{each.pk}/" for each in visit.inspection.findings.all())]  # fmt: skip


def test_the_partner_reads_of_no_restricted_case(
    client, opened, joined, visit, insurance_handler, health_section_head, office_coordinator
):
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    told = "".join(client.get(url).content.decode() for url in _pages(visit))
    assert opened.number in told and joined.number in told and "转为案件" in told
    for reader in (health_section_head, office_coordinator):
        client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
        read = [client.get(url) for url in _pages(visit)]
        words = "".join(answer.content.decode() for answer in read if answer.status_code == 200)
        assert opened.number not in words and joined.number not in words
        assert "转为案件" not in words and "并入案件" not in words and "另行处理" in words


def test_the_api_says_it_went_elsewhere(client, opened, finding, health_section_head, insurance_handler):
    for reader, case, outcome in (
        (health_section_head, None, "elsewhere"),
        (insurance_handler, opened.number, "case"),
    ):
        client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
        row = client.get(f"/api/v1/inspection-findings/{finding.pk}/").json()
        assert (row["case"], row["outcome"]) == (case, outcome)


def test_the_summary_on_paper_names_no_restricted_case(opened, joined, visit, insurance_handler, now):
    plain = make.finding(visit, by=insurance_handler, at=now)
    case = outcomes.open_case(finding=plain, duplicates_known=True, by=insurance_handler, at=now)
    said = [row[-1] for row in contexts.of_summary(visit.inspection, at=now)["findings"]]
    assert said == ["另行处理", "另行处理", f"转为{case.number}"]


def test_the_record_of_the_case_keeps_where_it_came_from(opened, finding, insurance_handler):
    event = Event.objects.of_case(opened).get(verb="inspection.finding_became_case")
    assert event.params["number"] == opened.number
    assert "另行处理" in str(reading.story(finding, insurance_handler))


def test_an_open_case_is_told_of_as_before(client, finding, insurance_handler, health_section_head, now):
    case = outcomes.open_case(finding=finding, by=insurance_handler, at=now)
    client.force_login(health_section_head, backend="django.contrib.auth.backends.ModelBackend")
    assert case.number in client.get(finding.get_absolute_url()).content.decode()
