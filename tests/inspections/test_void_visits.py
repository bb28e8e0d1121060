"""A visit recorded by mistake stays to be read and is no visit: it keeps nothing open and counts nowhere."""

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.dates import local_date
from core.refusals import BadInput, StillOpen, WrongState
from inspections import contexts, coverage, rules_work
from inspections.actions import approval, changes, closing, findings, outcomes, planning, records, visits
from inspections.frequency import visits_in_year
from inspections.models import Visit
from journal.models import Event
from tests.factories import inspections as make
from tests.factories.cases import pdf
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db


def void(visit, by, now, **more):
    return records.void_record(visit=visit, by=by, at=now, **({"reason": "对象录错"} | more))


def test_it_stays_and_nothing_more_is_written(visit, insurance_handler, now):
    void(visit, insurance_handler, now)
    assert (visit.status, visit.void_reason, visit.voided_by) == ("void", "对象录错", insurance_handler)
    assert "对象录错" in str(Event.objects.filter(verb="inspection.record_voided").latest("pk").params)
    for rule in (
        rules_work.can_write,
        rules_work.can_find,
        rules_work.can_add_file,
        rules_work.can_sign_record,
    ):
        assert not rule(insurance_handler, visit)
    given = {"by": insurance_handler, "at": now}
    for again in (
        lambda: void(visit, insurance_handler, now), lambda: records.print_record(visit=visit, **given),
        lambda: make.finding(visit, **given), lambda: visits.add_visit_file(visit=visit, upload=pdf("照.pdf"), **given),
    ):  # fmt: skip
        with pytest.raises(WrongState):
            again()
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(place="别处")


def test_a_reason_is_given_and_a_printed_record_is_taken_back_first(visit, insurance_handler, now):
    with pytest.raises(BadInput):
        void(visit, insurance_handler, now, reason=" ")
    records.print_record(
        visit=make.written(visit, by=insurance_handler, at=now), by=insurance_handler, at=now
    )
    with pytest.raises(WrongState):
        void(visit, insurance_handler, now)
    records.correct_record(visit=visit, reason="对象录错", by=insurance_handler, at=now)
    assert void(visit, insurance_handler, now).record is None


def test_the_target_may_be_left_out_and_the_inspection_cancelled(visit, going, insurance_handler, now):
    with pytest.raises(WrongState):
        planning.drop_target(target=visit.target, reason="停业", by=insurance_handler, at=now)
    void(visit, insurance_handler, now)
    planning.drop_target(target=visit.target, reason="停业", by=insurance_handler, at=now)
    changes.cancel_inspection(inspection=going, reason="停止", by=insurance_handler, at=now)


def test_it_is_no_visit_to_the_summary(visit, going, insurance_handler, now):
    void(visit, insurance_handler, now)
    with pytest.raises(StillOpen):
        closing.report_inspection(inspection=going, text="共检查1家。", by=insurance_handler, at=now)
    again = make.visit(going, by=insurance_handler, at=now)  # the same day, once more
    make.signed(again, by=insurance_handler, at=now)
    make.reported(going, by=insurance_handler, at=now)
    assert len(contexts.of_summary(going, at=now)["visits"]) == 1


def test_it_counts_towards_neither_cap_nor_coverage(visit, county, insurance_handler, now):
    subject, year = visit.target.subject, local_date(now).year
    assert visits_in_year([subject], year, insurance_handler)[subject.pk].counted == 1
    void(visit, insurance_handler, now)
    assert visits_in_year([subject], year, insurance_handler)[subject.pk].counted == 0
    assert coverage.coverage_of(county, year).whole.visited == 0


def test_its_findings_go_to_the_record_they_belong_to(parties, insurance_handler, now):
    later = now + DAY
    plan = make.asked(parties["lead"], parties["partner"], by=insurance_handler, at=now, kind="unannounced")
    right = make.with_target(plan, by=insurance_handler, at=now, name="青禾县康宁医院")
    make.confirm(plan, parties["partner"], by=parties["answering"], at=now)
    approval.submit_inspection(inspection=plan, by=insurance_handler, at=now)
    approval.approve_inspection(inspection=plan, by=make.signer_of(plan.lead), at=now)
    going = approval.begin_inspection(inspection=plan, by=insurance_handler, at=now)
    wrong = make.visit(going, by=insurance_handler, at=now)
    finding = make.finding(wrong, by=insurance_handler, at=now)
    with pytest.raises(BadInput) as refused:
        void(wrong, insurance_handler, later)
    assert refused.value.field == "findings_to"
    with pytest.raises(BadInput):
        void(wrong, insurance_handler, later, findings_to=wrong)
    other = make.visit(going, by=insurance_handler, at=later, target=right, on=local_date(later))
    void(wrong, insurance_handler, later, findings_to=other)
    finding.refresh_from_db()
    assert (finding.visit, finding.found_on) == (other, local_date(later))
    printed = records.print_record(
        visit=make.written(other, by=insurance_handler, at=later), by=insurance_handler, at=later
    )
    third = make.visit(going, by=insurance_handler, at=later, on=local_date(later))
    findings.add_finding(
        visit=third, category=finding.category, text="另一事实", by=insurance_handler, at=later
    )
    with pytest.raises(BadInput):  # a printed record takes no more
        void(third, insurance_handler, later, findings_to=printed)
    third.refresh_from_db()
    outcomes.remark(finding=third.findings.get(), text="轻微", by=insurance_handler, at=later)
    with pytest.raises(WrongState):
        void(third, insurance_handler, later)


def test_the_page_voids_it_and_says_so(client, visit, going, insurance_handler, now):
    client.force_login(insurance_handler, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(now, tick=False):
        address = reverse("inspections:void_record", args=[visit.pk])
        form = client.get(address)
        key = form.context["form"]["form_key"].value()
        answer = client.post(address, {"form_key": key, "reason": "日期录错"})
        assert answer.status_code == 302
        page = client.get(visit.get_absolute_url()).content.decode()
        assert "作废" in page and "日期录错" in page
        assert "作废" in client.get(f"{going.get_absolute_url()}?tab=visits").content.decode()
        assert (
            reverse("inspections:drop_target", args=[visit.target_id])
            in client.get(f"{going.get_absolute_url()}?tab=visits").content.decode()
        )


def test_what_was_found_later_keeps_its_day(visit, going, insurance_handler, now):
    """Only what was found on the wrong day, or before the right one, moves."""
    later = now + 2 * DAY
    found = make.finding(visit, by=insurance_handler, at=later, found_on=local_date(later))
    other = make.visit(going, by=insurance_handler, at=later, on=local_date(now + DAY))
    void(visit, insurance_handler, later, findings_to=other)
    found.refresh_from_db()
    assert (found.visit, found.found_on) == (other, local_date(later))
