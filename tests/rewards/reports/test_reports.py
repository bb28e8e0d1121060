"""Reports come in by every channel, and go on into a case."""

import pytest

from rewards.enums import Channel, Naming, ReportStatus
from rewards.models import Report
from tests.factories.rewards import identity, make_report, register

pytestmark = pytest.mark.django_db


def test_a_report_by_real_name_is_received_and_its_reporter_is_a_number(insurance, now):
    report, code = register(insurance, at=now)
    assert report.number == "举报〔2026〕1号"
    assert (report.channel, report.naming, report.status) == (
        Channel.WEB,
        Naming.REAL_NAME,
        ReportStatus.RECEIVED,
    )
    assert [str(reporter) for reporter in report.reporters.all()] == ["举报〔2026〕1号-1"]
    assert len(code) == 16


def test_an_accepted_report_has_a_case(insurance, now):
    report = make_report(
        insurance, at=now, reporters=[identity(), identity(name="丁家安", phone="13907990012", id_number="")]
    )
    report = Report.objects.get(pk=report.pk)
    assert report.status == ReportStatus.ACCEPTED
    assert report.case.source_number == report.number
    assert report.reporters.count() == 2
