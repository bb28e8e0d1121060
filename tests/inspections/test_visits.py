"""On site: two officers show their certificates, lines are checked, the record is printed and signed, or refused."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.dates import local_date
from core.refusals import BadInput, Stale, WrongState
from documents.refusals import Tampered
from inspections.actions import certificates, planning, records, team, visits
from inspections.actions.checklists import save_checklist
from inspections.models import Checklist, Visit, VisitItem, VisitOfficer
from journal.models import Event
from tests.factories import inspections as make
from tests.factories.cases import make_subject, pdf
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db


def test_a_visit_begins_with_its_officers_and_the_lists_of_their_departments(visit, insurance, health):
    assert (visit.status, visit.officers.filter(showed=True).count()) == ("open", 4)
    lines = {key: visit.items.filter(department=key).count() for key in (insurance, health)}
    assert lines == {insurance: 7, health: 6}
    assert visit.items.filter(category__code="split-admission").count() == 1
    assert Event.objects.filter(verb="inspection.visited", target_id=visit.pk).count() == 1


def test_later_edits_of_a_checklist_change_no_record(
    visit, insurance, insurance_handler, insurance_deputy_head, going, now
):
    save_checklist(
        department=insurance,
        title="本局清单",
        lines=[("是否冒名就医", "条例")],
        by=insurance_deputy_head,
        at=now,
    )
    assert visit.items.filter(department=insurance).count() == 7
    target = planning_target(going, insurance_handler, now)
    other = make.visit(going, target=target, by=insurance_handler, at=now)
    assert [item.text for item in other.items.filter(department=insurance)] == ["是否冒名就医"]


def planning_target(inspection, by, at):
    """Another target of an inspection that is under way already: rows only."""
    from inspections.models import Target

    subject = make_subject(inspection.region, name="青禾县中医院", at=at)
    return Target.objects.create(
        inspection=inspection, subject=subject, added_by=by, added_at=at, created_at=at, updated_at=at
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"visited_on": dt.date(2026, 11, 17)}, "visited_on"),
        ({"visited_on": dt.date(2026, 11, 15)}, "visited_on"),
        ({"place": " "}, "place"),
    ],
)
def test_a_visit_lies_in_the_days_of_the_inspection(going, insurance_handler, now, wrong, field):
    given = {"visited_on": local_date(now), "begins": dt.time(9), "place": "院内"} | wrong
    with pytest.raises(BadInput) as refused:
        visits.open_visit(
            target=going.targets.get(), officers=make.inspectors(going), by=insurance_handler, at=now, **given
        )
    assert refused.value.field == field


def test_one_visit_a_day(visit, insurance_handler, now):
    with pytest.raises(BadInput) as refused:
        make.visit(visit.inspection, by=insurance_handler, at=now)
    assert refused.value.field == "visited_on"


def test_another_clash_of_the_database_is_not_hidden(going, insurance_handler, now, monkeypatch):
    def fail(**fields):
        raise IntegrityError("something else")

    monkeypatch.setattr(Visit.objects, "create", fail)
    with pytest.raises(IntegrityError):
        make.visit(going, by=insurance_handler, at=now)


def test_a_target_left_out_is_not_visited(going, insurance_handler, now):
    target = planning_target(going, insurance_handler, now)
    planning.drop_target(target=target, reason="停业", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        make.visit(going, target=target, by=insurance_handler, at=now)


def test_nobody_visits_before_it_has_begun(approved, insurance_handler, now):
    with pytest.raises(WrongState):
        make.visit(approved, by=insurance_handler, at=now)


# -- who stands in the record ------------------------------------------------------------


def test_one_officer_alone_of_a_department_is_refused(going, insurance_handler, now):
    people = make.inspectors(going)
    for given in ([], people[:1], people[:3]):
        with pytest.raises(BadInput) as refused:
            make.visit(going, people=given, by=insurance_handler, at=now)
        assert refused.value.field == "officers"
    assert (
        make.visit(going, people=[*people[:2], people[0]], by=insurance_handler, at=now).officers.count() == 2
    )


def test_supporters_and_experts_do_not_stand_in_it_as_inspectors(
    going, market, market_handler, insurance_handler, now
):
    expert = team.add_expert(
        inspection=going, name="专家", unit="市医院", declared=True, by=insurance_handler, at=now
    )
    with pytest.raises(BadInput) as refused:
        make.visit(going, people=[*make.inspectors(going), expert], by=insurance_handler, at=now)
    assert refused.value.field == "officers" and refused.value.record


def test_officers_of_another_inspection_do_not_stand_in_it(going, parties, insurance_handler, now):
    other = make.submitted(**parties, at=now + DAY)
    with pytest.raises(BadInput) as refused:
        make.visit(going, people=make.inspectors(other), by=insurance_handler, at=now)
    assert refused.value.field == "officers"


def test_a_certificate_is_valid_on_the_day_of_the_visit(going, insurance_handler, health_section_head, now):
    people = make.inspectors(going)
    certificates.withdraw_certificate(
        certificate=people[0].certificate, reason="遗失", by=insurance_handler, at=now
    )
    with pytest.raises(BadInput) as refused:
        make.visit(going, people=people, by=insurance_handler, at=now)
    assert refused.value.field == "officers" and people[0].certificate_number in str(refused.value)


def test_the_database_lets_only_inspectors_into_a_record(visit, going, insurance_handler, now):
    expert = team.add_expert(
        inspection=going, name="专家", unit="市医院", declared=True, by=insurance_handler, at=now
    )
    with pytest.raises(IntegrityError, match="only a certified inspector"), transaction.atomic():
        VisitOfficer.objects.create(visit=visit, member=expert, showed=True)
    with pytest.raises(IntegrityError, match="at least two officers"), transaction.atomic():
        visit.officers.update(showed=False)
        Visit.objects.filter(pk=visit.pk).update(status="printed")


def test_the_officers_are_said_anew_while_the_record_is_open(visit, health, insurance_handler, now):
    people = make.inspectors(visit.inspection)
    visits.change_officers(visit=visit, officers=people[:2], by=insurance_handler, at=now)
    assert visit.officers.count() == 2
    visits.change_officers(visit=visit, officers=people, by=insurance_handler, at=now)
    assert visit.items.filter(department=health).count() == 6  # not copied a second time


def test_a_department_that_came_later_brings_its_list(going, market, insurance, insurance_handler, now):
    people = [each for each in make.inspectors(going) if each.partner.department_id == insurance.pk]
    made = make.visit(going, people=people, by=insurance_handler, at=now)
    assert set(made.items.values_list("department", flat=True)) == {insurance.pk}
    visits.change_officers(visit=made, officers=make.inspectors(going), by=insurance_handler, at=now)
    assert made.items.values("department").distinct().count() == 2


# -- the record ------------------------------------------------------------


def test_the_record_is_written_against_its_version(visit, insurance_handler, now):
    visits.write_record(visit=visit, version=1, by=insurance_handler, at=now, **make.RECORD)
    assert (visit.version, visit.ends) == (2, dt.time(11))
    with pytest.raises(Stale):
        visits.write_record(visit=visit, version=1, by=insurance_handler, at=now, **make.RECORD)
    for wrong, field in (({"ends": dt.time(8)}, "ends"), ({"place": ""}, "place")):
        with pytest.raises(BadInput) as refused:
            visits.write_record(visit=visit, version=2, by=insurance_handler, at=now, **make.RECORD | wrong)
        assert refused.value.field == field


def test_lines_are_checked_and_a_problem_is_explained(visit, going, insurance_handler, now):
    first, second = visit.items.order_by("pk")[:2]
    visits.check_items(
        visit=visit,
        results={first.pk: ("problem", "病历缺失"), second.pk: ("none", "")},
        by=insurance_handler,
        at=now,
    )
    first.refresh_from_db()
    assert (first.result, first.remark, first.checked_by) == ("problem", "病历缺失", insurance_handler)
    version = visit.version
    visits.check_items(visit=visit, results={first.pk: ("problem", "病历缺失")}, by=insurance_handler, at=now)
    assert visit.version == version  # nothing changed
    visits.check_items(visit=visit, results={first.pk: ("", "")}, by=insurance_handler, at=now)
    first.refresh_from_db()
    assert first.checked_at is None
    for wrong, field in (
        ({first.pk: ("problem", " ")}, f"remark_{first.pk}"), ({first.pk: ("good", "")}, f"result_{first.pk}"),
        ({0: ("fine", "")}, "result_0"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            visits.check_items(visit=visit, results=wrong, by=insurance_handler, at=now)
        assert refused.value.field == field


def test_nothing_is_printed_before_everything_is_said(visit, insurance_handler, now):
    with pytest.raises(BadInput) as refused:
        records.print_record(visit=visit, by=insurance_handler, at=now)
    assert set(refused.value.faults) == {"told_recusal", "ends", "situation", "party_name", "items"}
    assert Visit.objects.get(pk=visit.pk).status == "open"


def test_a_printed_record_is_numbered_and_signed(visit, insurance_handler, now):
    make.finding(visit, by=insurance_handler, at=now)
    make.signed(visit, by=insurance_handler, at=now)
    assert (visit.status, visit.ended_by) == ("signed", insurance_handler)
    said = str(visit.record.context)
    for words in (
        "现场检查笔录",
        "青禾县仁和医院",
        "李院长（院长）",
        "同一患者15日内两次住院",
        "12,000.00",
        "执法证号",
        "申请回避",
        "见证人",
    ):
        assert words in said
    assert visit.record.target_kind == "inspection_visit"


def test_a_refused_signature_has_its_reason_and_a_witness(visit, insurance_handler, now):
    make.written(visit, by=insurance_handler, at=now)
    records.print_record(visit=visit, by=insurance_handler, at=now)
    with pytest.raises(BadInput) as refused:
        records.refuse_record(visit=visit, reason=" ", witness="", by=insurance_handler, at=now)
    assert set(refused.value.faults) == {"reason", "witness"}
    records.refuse_record(
        visit=visit, reason="对事实有异议", witness="王主任（城东社区居委会）", upload=pdf("笔录.pdf"),
        by=insurance_handler, at=now,
    )  # fmt: skip
    assert (visit.status, visit.refusal, visit.files.count()) == ("refused", "对事实有异议", 1)
    with pytest.raises(WrongState):
        records.sign_record(visit=visit, by=insurance_handler, at=now)
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(refusal="")


def test_a_printed_record_changes_only_by_being_taken_back(visit, insurance_handler, now):
    make.written(visit, by=insurance_handler, at=now)
    records.print_record(visit=visit, by=insurance_handler, at=now)
    first = visit.record
    with pytest.raises(WrongState):
        visits.write_record(visit=visit, version=visit.version, by=insurance_handler, at=now, **make.RECORD)
    with pytest.raises(IntegrityError, match="printed record does not change"), transaction.atomic():
        VisitItem.objects.filter(visit=visit).update(remark="改")
    with pytest.raises(IntegrityError, match="printed record does not change"), transaction.atomic():
        visit.officers.all().delete()
    with pytest.raises(BadInput):
        records.correct_record(visit=visit, reason="", by=insurance_handler, at=now)
    records.correct_record(visit=visit, reason="地点有误", by=insurance_handler, at=now)
    first.refresh_from_db()
    assert (visit.status, visit.record, first.is_void) == ("open", None, True)
    records.print_record(visit=visit, by=insurance_handler, at=now)
    assert visit.record.number != first.number
    # somebody declared the paper void by itself: it is taken back all the same
    from documents.actions import void_document

    void_document(document=visit.record, reason="污损", by=insurance_handler, at=now)
    visit.refresh_from_db()
    records.correct_record(visit=visit, reason="污损", by=insurance_handler, at=now)
    assert visit.status == "open"


def test_a_scan_of_the_signed_record_is_kept(visit, insurance_handler, now):
    make.written(visit, by=insurance_handler, at=now)
    records.print_record(visit=visit, by=insurance_handler, at=now)
    records.sign_record(
        visit=visit, party_words="无异议", upload=pdf("笔录.pdf"), by=insurance_handler, at=now
    )
    assert visit.party_words == "无异议"
    file = visit.files.get()
    assert visits.take_file(file=file, by=insurance_handler, at=now).startswith(b"%PDF")
    assert Event.objects.filter(verb="inspection.file_taken", target_id=visit.pk).count() == 1
    with pytest.raises(BadInput) as refused:
        visits.add_visit_file(visit=visit, upload=pdf("笔录.pdf"), by=insurance_handler, at=now)
    assert refused.value.field == "upload"
    visits.add_visit_file(visit=visit, upload=pdf("现场.pdf"), by=insurance_handler, at=now)
    with pytest.raises(IntegrityError, match="kept as it was written"), transaction.atomic():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM inspections_visit WHERE id = %s", [visit.pk])


def test_a_file_that_is_not_what_was_handed_in_is_refused(visit, insurance_handler, now):
    made = visits.add_visit_file(visit=visit, upload=pdf("现场.pdf"), by=insurance_handler, at=now)
    made.sha256 = "0" * 64
    with pytest.raises(Tampered):
        visits.take_file(file=made, by=insurance_handler, at=now)


# -- checklists ------------------------------------------------------------


def test_a_departments_own_list_is_kept_by_version(insurance, insurance_deputy_head, now):
    given = {"department": insurance, "by": insurance_deputy_head, "at": now}
    shipped = Checklist.objects.get(department=None, function="insurance")
    made = save_checklist(title="本局清单", lines=[("一", ""), ("二", "依据")], **given)
    assert [(item.position, item.text, item.basis) for item in made.items.all()] == [
        (1, "一", ""),
        (2, "二", "依据"),
    ]
    save_checklist(checklist=made, version=1, title="本局清单", lines=[("二", "依据")], active=False, **given)
    assert (made.version, made.items.count(), made.active) == (2, 1, False)
    with pytest.raises(Stale):
        save_checklist(checklist=made, version=1, title="本局清单", lines=[("二", "")], **given)
    assert list(Checklist.objects.of(insurance)) == [shipped]  # its own is switched off


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"lines": []}, "lines"),
        ({"lines": [("长" * 201, "")]}, "lines"),
        ({"lines": [("一", ""), ("一 ", "")]}, "lines"),
        ({"lines": [(str(n), "") for n in range(61)]}, "lines"),
        ({"title": "已有"}, "title"),
    ],
)
def test_a_checklist_that_cannot_be_is_refused(insurance, insurance_deputy_head, now, wrong, field):
    given = {"department": insurance, "by": insurance_deputy_head, "at": now}
    save_checklist(title="已有", lines=[("一", "")], **given)
    with pytest.raises(BadInput) as refused:
        save_checklist(**({"title": "新", "lines": [("一", "")]} | wrong | given))
    assert list(refused.value.faults) == [field]
