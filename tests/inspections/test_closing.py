"""汇总 and 办结: every department signs the newest version, every finding goes somewhere, then it is closed."""

import pytest
from django.db import IntegrityError, transaction

from core.dates import local_date
from core.refusals import BadInput, Stale, StillOpen, WrongState
from documents.models import IssuedDocument
from inspections.actions import closing, more_time, outcomes, planning
from inspections.models import Finding, Inspection, Summary
from journal.models import Notification
from tests.factories import inspections as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(visit, finding, going, insurance_handler, now):
    """Its one record is signed, its one finding open."""
    make.signed(visit, by=insurance_handler, at=now)
    make.reported(going, by=insurance_handler, at=now)
    return going


def row_of(inspection, department):
    return inspection.partners.select_related("inspection").get(department=department)


def sign(inspection, department, by, at, **more):
    given = {"number": closing.newest(inspection).number, "by": by, "at": at} | more
    return closing.sign_summary(partner=row_of(inspection, department), **given)


def test_every_target_is_visited_and_every_record_over_first(visit, going, insurance_handler, now):
    with pytest.raises(StillOpen) as refused:
        make.reported(going, by=insurance_handler, at=now)
    assert len(refused.value.details["items"]) == 1
    visit.target.inspection.refresh_from_db()


def test_a_target_nobody_visited_keeps_it_open(going, insurance_handler, now):
    with pytest.raises(StillOpen):
        make.reported(going, by=insurance_handler, at=now)
    target = going.targets.get()
    planning.drop_target(target=target, reason="停业", by=insurance_handler, at=now)
    with pytest.raises(BadInput):
        make.reported(going, by=insurance_handler, at=now, text=" ")
    make.reported(going, by=insurance_handler, at=now)
    assert going.status == "reported"


def test_everybody_is_asked_to_sign(reported, health_section_head, insurance_deputy_head):
    for person in (health_section_head, insurance_deputy_head):
        assert Notification.objects.filter(verb="inspection.summary_to_sign", recipient=person).count() == 1
    assert len(closing.unsigned(reported)) == 2


def test_a_department_signs_once_what_it_read(
    reported, health, insurance, health_section_head, insurance_deputy_head, insurance_handler, now
):
    with pytest.raises(Stale):
        sign(reported, health, health_section_head, now, number=7)
    sign(reported, health, health_section_head, now)
    with pytest.raises(WrongState):
        sign(reported, health, health_section_head, now)
    sign(reported, insurance, insurance_deputy_head, now)
    assert closing.unsigned(reported) == []
    assert Notification.objects.filter(verb="inspection.all_signed", recipient=insurance_handler).count() == 1


def test_an_objection_says_what_and_a_new_version_is_signed_anew(
    reported, health, insurance, health_section_head, insurance_deputy_head, insurance_handler, now
):
    sign(reported, insurance, insurance_deputy_head, now)
    for wrong, field in (({"kind": "objected"}, "words"), ({"kind": "maybe"}, "kind")):
        with pytest.raises(BadInput) as refused:
            sign(reported, health, health_section_head, now, **wrong)
        assert refused.value.field == field
    sign(reported, health, health_section_head, now, kind="objected", words="漏记一项")
    assert Notification.objects.filter(verb="inspection.objection", recipient=insurance_handler).count() == 1
    for wrong, error in (
        ({"number": 9}, Stale),
        ({"text": closing.newest(reported).text}, BadInput),
        ({"text": " "}, BadInput),
    ):
        given = {"text": "补记一项。", "number": 1} | wrong
        with pytest.raises(error):
            closing.rewrite_summary(inspection=reported, by=insurance_handler, at=now, **given)
    closing.rewrite_summary(inspection=reported, text="补记一项。", number=1, by=insurance_handler, at=now)
    assert closing.newest(reported).number == 2 and len(closing.unsigned(reported)) == 2


def test_what_is_decided_after_departments_signed_is_signed_anew(
    reported, finding, health, insurance_handler, insurance_section_head, health_section_head, now
):
    """The paper says where each finding went, and until when: nobody signed that by signing what stood there before."""
    outcomes.have_rectified(
        finding=finding, text="补正", due_on=local_date(now) + make.DAY, person=insurance_handler, by=insurance_handler,
        at=now,
    )  # fmt: skip
    assert closing.newest(reported).number == 1  # nobody had signed
    sign(reported, health, health_section_head, now)
    told = Notification.objects.filter(verb="inspection.summary_to_sign", recipient=health_section_head).count()
    task = finding.rectification
    given = {"new_on": task.due_on + make.DAY, "reason": "缺货", "by": insurance_handler, "at": now}
    more_time.ask_more_time(task=task, **given)
    assert closing.newest(reported).number == 1
    more_time.decide_more_time(task=task, agreed=True, by=insurance_section_head, at=now)
    second = closing.newest(reported)
    assert second.number == 2 and second.text == reported.summaries.get(number=1).text
    assert len(closing.unsigned(reported)) == 2
    assert Notification.objects.filter(
        verb="inspection.summary_to_sign", recipient=health_section_head
    ).count() > told
    make.sign_all(reported, at=now)
    finding = Finding.objects.select_related("inspection__lead", "rectification").get(pk=finding.pk)
    outcomes.open_case(finding=finding, by=insurance_handler, at=now)
    assert closing.newest(reported).number == 3
    with pytest.raises(StillOpen):
        closing.close_inspection(inspection=reported, by=insurance_handler, at=now)


def test_who_was_left_out_does_not_sign(reported, health, health_section_head, now):
    row = row_of(reported, health)
    type(row).objects.filter(pk=row.pk).update(dropped_at=now, dropped_by=health_section_head)
    with pytest.raises(WrongState):
        sign(reported, health, health_section_head, now)


def test_it_is_closed_only_when_nothing_is_open(
    reported, finding, health, insurance_handler, health_section_head, office_coordinator, now
):
    with pytest.raises(StillOpen) as refused:
        closing.close_inspection(inspection=reported, by=insurance_handler, at=now)
    assert len(refused.value.details["items"]) == 3  # a finding, two signatures
    outcomes.remark(finding=finding, text="已改", by=insurance_handler, at=now)
    make.sign_all(reported, at=now)
    closing.close_inspection(inspection=reported, by=insurance_handler, at=now)
    assert (reported.status, reported.closed_by) == ("closed", insurance_handler)
    for person in (health_section_head, office_coordinator):
        assert Notification.objects.filter(verb="inspection.was_closed", recipient=person).count() == 1
    paper = IssuedDocument.objects.get(kind="inspection_summary")
    said = str(paper.context)
    for words in ("联合检查情况汇总表", "已签名", "提示", "青禾县卫生健康局"):
        assert words in said
    with pytest.raises(WrongState):
        closing.close_inspection(inspection=reported, by=insurance_handler, at=now)


def test_the_paper_says_where_each_finding_went(visit, going, insurance_handler, now):
    first, second, third = (make.finding(visit, by=insurance_handler, at=now, amount=None) for _n in range(3))
    case = outcomes.open_case(finding=first, by=insurance_handler, at=now)
    outcomes.join_case(finding=second, case=case, by=insurance_handler, at=now)
    outcomes.have_rectified(
        finding=third,
        text="补正",
        due_on=local_date(now),
        person=insurance_handler,
        by=insurance_handler,
        at=now,
    )
    make.signed(visit, by=insurance_handler, at=now)
    make.reported(going, by=insurance_handler, at=now)
    make.sign_all(going, at=now)
    closing.close_inspection(inspection=going, by=insurance_handler, at=now)
    said = str(IssuedDocument.objects.get(kind="inspection_summary").context)
    assert (
        f"转为{case.number}" in said and f"并入{case.number}" in said and "责令整改，2026-11-16前完成" in said
    )


def test_somebody_has_to_go_there_again(reported, insurance_handler, now):
    with pytest.raises(BadInput):
        closing.go_back(inspection=reported, reason="", by=insurance_handler, at=now)
    closing.go_back(inspection=reported, reason="漏查药房", by=insurance_handler, at=now)
    assert (reported.status, reported.reported_at) == ("under_way", None)
    make.reported(reported, by=insurance_handler, at=now, text="补查药房。")
    assert closing.newest(reported).number == 2


def test_the_database_closes_nothing_that_is_open(reported, finding, insurance_handler, now):
    def close():
        Inspection.objects.filter(pk=reported.pk).update(
            status="closed", closed_at=now, closed_by=insurance_handler
        )

    with pytest.raises(IntegrityError, match="every finding goes somewhere"), transaction.atomic():
        close()
    outcomes.remark(finding=finding, text="已改", by=insurance_handler, at=now)
    with pytest.raises(IntegrityError, match="every department signs"), transaction.atomic():
        close()
    make.sign_all(reported, at=now)
    close()
    assert Summary.objects.count() == 1
