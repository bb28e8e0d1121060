"""The statistics report (E48): every figure by brute force, its rows, who sees them, the report issued and frozen."""

import datetime as dt
import io
import re
from decimal import Decimal

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from cases.actions.money import enter_money, reverse_entry
from cases.actions.restriction import restrict_case
from cases.actions.strands import decline_strand, redo, verify_again
from cases.models import MoneyEntry
from core.refusals import AlreadyDone, BadInput, FourEyes, MovedOn, WrongState
from departments.actions.structure import create_department
from departments.enums import Function, Role
from desk import periods, statistics, statistics_tasks
from documents.actions import reports
from documents.letter import from_json
from documents.models import PeriodReport
from documents.refusals import StillInUse
from inspections.actions.coverage import exempt_body
from inspections.coverage import coverage_of
from inspections.models import Visit, VisitOfficer
from journal.models import Event
from journal.render import sentence
from tests.cast import person
from tests.documents.measure import pages
from tests.factories.cases import make_case, make_subject
from tests.factories.draws import inspection_of, paper, visited
from tests.factories.inspections import officers
from tests.factories.rewards_money import decide

HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
Q3 = periods.read("2026Q3")
YEAR = periods.read("2026")
CASES = ("violating", "violating_amount", "suspected", "recovered", "teams", "checked")


def local(text):
    """Ten in the morning of a day in Shanghai."""
    return dt.datetime.fromisoformat(f"{text}T02:00:00+00:00")


@pytest.fixture
def agency(county, insurance):
    return create_department(
        region=county, function=Function.AGENCY, name="青禾县医疗保障服务中心", short_name="县医保中心", mark="青医保中心",
        hotline="", parent=insurance, by=None, at=local("2026-03-02"),
    )  # fmt: skip


@pytest.fixture
def world(office, office_coordinator, insurance, insurance_handler, insurance_deputy_head, agency, county):
    """Cases, visits and money of several months of 2026, one of them restricted."""
    by = insurance_handler

    def case(on, name, kind="institution", *, decided=None, disposition="agreement", money=(), others=(), **more):
        subject = make_subject(county, name=name, kind=kind, at=local(on), **more)
        made = make_case(
            by=by, at=local(on), subject=None, subjects=[subject, *others], suspected="0", title=f"{name}案",
        )  # fmt: skip
        for sort, amount, day in money:
            on_day = dt.date.fromisoformat(day)
            enter_money(case=made, kind=sort, amount=Decimal(amount), happened_on=on_day, by=by, at=local("2026-10-20"))
        if decided:
            decide(made, at=local(decided), disposition=disposition)
        return made

    patient = make_subject(county, name="李病人", kind="insured", at=local("2026-04-01"))
    clerk = make_subject(county, name="王经办", kind="practitioner", at=local("2026-04-01"))
    centre = make_subject(county, name=agency.name, at=local("2026-04-01"))
    found = {
        "hospital": case(
            "2026-07-02", "仁和医院", public=False, decided="2026-07-20", others=[patient],
            money=[
                ("suspected", "86240.00", "2026-07-02"), ("verified", "50000.05", "2026-07-18"),
                ("recovered", "30000.00", "2026-08-03"),
            ],
        ),
        "pharmacy": case(
            "2026-08-03", "惠民药房", "pharmacy", decided="2026-08-20",
            money=[
                ("suspected", "1200.50", "2026-08-03"), ("verified", "1000.00", "2026-08-19"),
                ("fined", "5000", "2026-08-20"),
            ],
        ),
        "insured": case(
            "2026-08-04", "张参保", "insured", decided="2026-09-02", disposition="judicial",
            money=[
                ("verified", "9178.45", "2026-09-01"), ("recovered", "9178.45", "2026-09-03"),
                ("refunded", "4.00", "2026-09-03"),
            ],
        ),
        "agency": case(
            "2026-08-05", "县第二中心", "supplier", decided="2026-09-10", others=[centre, clerk],
            money=[("verified", "777.00", "2026-09-09")],
        ),
        "nothing": case(
            "2026-08-06", "清白诊所", decided="2026-09-11", disposition="none", money=[("verified", "1.00", "2026-09-09")]
        ),
        "open": case("2026-08-07", "未结医院", money=[("verified", "3.00", "2026-09-09")]),
        "secret": case(
            "2026-08-08", "受限医院", decided="2026-08-21",
            money=[
                ("suspected", "999.00", "2026-08-08"), ("verified", "999.00", "2026-08-20"),
                ("recovered", "999.00", "2026-08-21"),
            ],
        ),
        "early": case("2026-05-08", "春天医院", decided="2026-06-21", money=[("verified", "20000.00", "2026-06-20")]),
    }  # fmt: skip
    restrict_case(case=found["secret"], reason="举报人可能被识别", by=insurance_deputy_head, at=local("2026-08-22"))
    return found


@pytest.fixture
def visits(county, insurance, insurance_handler, world):
    """Two inspections in two months; one visit is not over."""
    at = local("2026-07-01")
    bodies = {
        "public": make_subject(county, name="中医院", public=True, at=at),
        "unknown": make_subject(county, name="康宁医院", at=at),
        "shop": make_subject(county, name="春芽药房", kind="pharmacy", at=at),
        "late": make_subject(county, name="新开诊所", at=local("2026-10-10")),
    }
    hospital = world["hospital"].subjects.get(kind="institution")
    plans = [inspection_of(insurance, by=insurance_handler, at=at, kind="special", asked=False) for _n in range(2)]
    held = officers(insurance, at=at, n=3)
    went = []
    for plan, body, day, people in (
        (0, hospital, "2026-07-03", 2), (0, bodies["public"], "2026-07-03", 2), (0, bodies["public"], "2026-07-06", 3),
        (1, bodies["unknown"], "2026-09-01", 2), (1, bodies["shop"], "2026-09-02", 2), (1, hospital, "2026-09-02", 3),
    ):  # fmt: skip
        made = visited(plans[plan], body, dt.date.fromisoformat(day), by=insurance_handler, at=at, over=False)
        went.append((plan, body, day, people))
        for number in range(people):
            member = _member(plans[plan], held[number], insurance_handler, at)
            VisitOfficer.objects.create(visit=made, member=member, showed=True)
        Visit.objects.filter(pk=made.pk).update(
            status="signed", party_name="李院长", record=paper(made.target, by=insurance_handler, at=at),
            printed_by=insurance_handler, printed_at=at, ended_by=insurance_handler, ended_at=at,
        )  # fmt: skip
    visited(plans[1], bodies["late"], dt.date(2026, 9, 3), by=insurance_handler, at=at, over=False)
    return bodies | {"hospital": hospital, "went": went}


def _member(plan, certificate, by, at):
    partner = plan.partners.get(leads=True)
    found = plan.members.filter(user=certificate.user).first()
    return found or plan.members.create(
        partner=partner, user=certificate.user, name=certificate.user.name, role="inspector", certificate=certificate,
        certificate_number=certificate.number, named_by=by, named_at=at, declared_by=by, declared_at=at, created_at=at,
        updated_at=at,
    )  # fmt: skip


def numbers(region, period):
    return {line.period.code: line.values for line in statistics.table(region, period)}


# -- periods -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "2026Q5", "2026-13", "1999", "2100", "26", "2026-1", "２０２６", "2026Q1 x"])
def test_what_names_no_period_is_none(text):
    assert periods.read(text) is None


def test_periods_have_their_days_names_and_parts():
    assert YEAR.span == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert [each.code for each in YEAR.parts] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
    assert Q3.span == (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    assert [each.code for each in Q3.parts] == ["2026-07", "2026-08", "2026-09"]
    month = periods.read(" 2026-02 ")
    assert (month.until, month.parts) == (dt.date(2026, 2, 28), [])
    assert [each.chinese for each in (YEAR, Q3, month)] == ["2026年度", "2026年第三季度", "2026年2月"]
    assert [each.code for each in periods.offered(2026)][:6] == ["2026", "2026Q1", "2026Q2", "2026Q3", "2026Q4", "2026-01"]
    assert len(periods.offered(2026)) == 17
    for each in periods.offered(2026):
        assert periods.read(each.code) == each


# -- figures -------------------------------------------------------------------------------------------------


def test_every_figure_of_cases_and_money_by_brute_force(world, county):
    found = numbers(county, YEAR)["2026"]
    counted = [world[name] for name in ("hospital", "pharmacy", "insured", "agency", "early")]
    principal = {case.pk: case.case_subjects.get(principal=True).subject for case in counted}

    def verified(*kinds):
        return sum(
            (
                entry.amount
                for case in counted
                for entry in MoneyEntry.objects.filter(case=case, kind="verified")
                if principal[case.pk].kind in kinds
            ),
            Decimal("0.00"),
        )

    bodies = {
        subject.pk
        for case in counted
        for subject in case.subjects.all()
        if subject.kind in ("institution", "pharmacy") and subject.name != "青禾县医疗保障服务中心"
    }
    assert found["violating"] == len(bodies) == 3
    assert found["violating_amount"] == verified("institution", "pharmacy") == Decimal("71000.05")
    assert (found["insured"], found["insured_amount"]) == (1, verified("insured"))  # the patient of a hospital is none
    assert (found["agency_cases"], found["agency_persons"]) == (1, 1)

    def ledger(kind):
        return sum(
            (each.amount for each in MoneyEntry.objects.filter(kind=kind) if each.case_id != world["secret"].pk),
            Decimal("0.00"),
        )

    assert found["suspected"] == ledger("suspected") == Decimal("87440.50")
    assert found["recovered"] == ledger("recovered") == Decimal("39178.45")


def test_months_add_up_to_their_quarter_and_each_case_stands_in_one(world, county):
    found = numbers(county, Q3)
    assert {code: found[code]["violating"] for code in found} == {
        "2026-07": 1, "2026-08": 1, "2026-09": 0, "2026Q3": 2,
    }  # fmt: skip
    for code in ("violating_amount", "insured", "insured_amount", "agency_cases", "suspected", "recovered"):
        assert sum(found[part.code][code] for part in Q3.parts) == found["2026Q3"][code]
    assert found["2026-08"]["recovered"] == Decimal("30000.00")
    assert found["2026-09"]["agency_persons"] == 1
    assert numbers(county, periods.read("2025"))["2025"]["violating_amount"] == Decimal("0.00")


def test_a_case_counts_on_the_day_of_its_first_standing_decision(
    world, county, health, health_deputy_head, insurance_handler, insurance_deputy_head
):
    from cases.actions.strands import decide_strand, file_strand, investigate, open_strand

    case = world["hospital"]
    second = open_strand(case=case, department=health, by=insurance_handler, at=local("2026-07-21"))
    file_strand(strand=second, filing_number="青卫立1号", by=health_deputy_head, at=local("2026-07-22"))
    investigate(strand=second, by=health_deputy_head, at=local("2026-07-22"))
    decide_strand(
        strand=second, disposition="penalty", decision_number="青卫罚1号", basis="条例", findings="查实",
        by=health_deputy_head, at=local("2026-09-22"),
    )  # fmt: skip
    found = numbers(county, Q3)
    assert [found[part.code]["violating"] for part in Q3.parts] == [1, 1, 0]
    first = case.strands.exclude(pk=second.pk).get()
    redo(strand=first, reason="复议撤销", by=insurance_deputy_head, at=local("2026-10-08"))
    found = numbers(county, Q3)
    assert [found[part.code]["violating"] for part in Q3.parts] == [0, 1, 1]
    assert found["2026-09"]["violating_amount"] == Decimal("50000.05")


def test_who_is_dealt_with_without_filing_counts_on_the_day_of_the_decline(
    world, county, office_coordinator, insurance_deputy_head
):
    """不予立案, but handled under the agreement or handed to justice: a result that stands (E48)."""
    strand, deputy = world["open"].strands.get(), insurance_deputy_head
    before = numbers(county, Q3)
    decline_strand(strand=strand, reason="情节轻微", by=deputy, at=local("2026-08-10"))
    assert numbers(county, Q3) == before  # nothing more: nobody was dealt with
    verify_again(strand=strand, reason="新证据", by=deputy, at=local("2026-08-12"))
    decline_strand(strand=strand, reason="按协议处理", disposition="agreement", by=deputy, at=local("2026-09-14"))
    found = numbers(county, Q3)
    assert [found[part.code]["violating"] - before[part.code]["violating"] for part in Q3.parts] == [0, 0, 1]
    assert found["2026Q3"]["violating_amount"] - before["2026Q3"]["violating_amount"] == Decimal("3.00")
    rows = statistics.listed("violating_amount", county, periods.read("2026-09"), office_coordinator, 0, 9).rows
    assert [row.cells[3:] for row in rows] == [("2026-09-14", Decimal("3.00"))]
    verify_again(strand=strand, reason="新证据", by=deputy, at=local("2026-10-12"))
    assert numbers(county, Q3) == before


def test_a_reversed_amount_counts_for_the_day_of_its_reversal(world, county, insurance_handler):
    entry = MoneyEntry.objects.get(case=world["hospital"], kind="recovered")
    reverse_entry(entry=entry, remark="误记", by=insurance_handler, at=local("2026-10-09"))
    found = numbers(county, YEAR)
    assert found["2026Q3"]["recovered"] == Decimal("39178.45")
    assert found["2026Q4"]["recovered"] == Decimal("-30000.00")
    assert found["2026"]["recovered"] == Decimal("9178.45")


def test_every_figure_of_inspections_by_brute_force(visits, county, insurance_deputy_head):
    found = numbers(county, YEAR)
    for code, period in (("2026Q3", Q3), ("2026", YEAR), ("2026Q4", periods.read("2026Q4"))):
        since, until = period.span
        went = [each for each in visits["went"] if since.isoformat() <= each[2] <= until.isoformat()]
        bodies = {body.pk: body for _plan, body, _day, _people in went}
        values = found[code]
        assert values["checked"] == len(bodies)
        clinics = [each.public for each in bodies.values() if each.kind == "institution"]
        assert [values[name] for name in ("public", "private", "unknown")] == [
            clinics.count(True), clinics.count(False), clinics.count(None),
        ]  # fmt: skip
        assert values["teams"] == len({plan for plan, *_rest in went})
        people = {(plan, day, n) for plan, _body, day, number in went for n in range(number)}
        assert values["person_times"] == len(people)
    assert [found["2026Q3"][name] for name in ("checked", "teams", "person_times")] == [4, 2, 10]
    whole = coverage_of(county, 2026).whole
    assert (found["2026"]["checked"], found["2026"]["coverage"]) == (whole.visited, whole.share)
    # at the end of the third quarter the clinic opened in October was not on record
    assert found["2026Q3"]["coverage"] == (Decimal(400) / (whole.total - 1)).quantize(Decimal("0.01"))
    exempt_body(subject=visits["late"], from_year=2026, reason="停业", by=insurance_deputy_head, at=local("2026-10-20"))
    exempt_body(subject=visits["shop"], from_year=2026, reason="停业", by=insurance_deputy_head, at=local("2026-10-20"))
    again = coverage_of(county, 2026).whole
    found = numbers(county, YEAR)
    assert found["2026"]["coverage"] == again.share and again.total == whole.total - 1  # the shop was visited all the same
    assert found["2026Q4"]["coverage"] == Decimal("0.00")


def test_of_a_county_without_institutions_there_is_no_coverage(other_county, world):
    values = numbers(other_county, YEAR)["2026"]
    assert values["coverage"] is None and set(values) == set(statistics.CODES)
    assert {code: value for code, value in values.items() if value} == {}
    assert statistics.said(statistics.BY_CODE["coverage"], None) == "—"


def test_amounts_are_shown_in_ten_thousands_rounded_half_up():
    column = statistics.BY_CODE["recovered"]
    assert [statistics.said(column, Decimal(each)) for each in ("0.00", "50.00", "49.99", "82168123.45")] == [
        "0.00", "0.01", "0.00", "8,216.81",
    ]  # fmt: skip
    assert statistics.said(statistics.BY_CODE["checked"], 35268) == "35,268"
    assert sum(span for _group, span in statistics.groups()) == len(statistics.COLUMNS) == 16


# -- the rows behind a number --------------------------------------------------------------------------------


def test_each_number_opens_as_many_rows_as_it_counts(visits, world, county, office_coordinator):
    values = numbers(county, Q3)["2026Q3"]
    for code in statistics.BY_CODE:
        found = statistics.listed(code, county, Q3, office_coordinator, 0, 100)
        assert len(found.rows) == found.total
        assert all(len(row.cells) == len(found.heads) for row in found.rows)
        if statistics.BY_CODE[code].unit == "n":
            assert found.total == values[code], code
        elif code != "coverage":
            assert sum(row.cells[-1] for row in found.rows) == values[code], code
        page = statistics.listed(code, county, Q3, office_coordinator, 1, 2)
        assert page.rows == found.rows[1:2] and page.total == found.total
    with pytest.raises(KeyError):
        statistics.listed("lottery", county, Q3, office_coordinator, 0, 1)


def test_rows_name_nobody_whose_case_is_not_read(world, county, office_coordinator, insurance_handler, outsider):
    september = periods.read("2026-09")
    rows = statistics.listed("agency_persons", county, september, office_coordinator, 0, 9).rows
    assert [row.cells[0] for row in rows] == ["从业人员"] and rows[0].url
    rows = statistics.listed("agency_persons", county, september, insurance_handler, 0, 9).rows
    assert [row.cells[0] for row in rows] == ["王经办"]
    rows = statistics.listed("insured", county, september, outsider, 0, 9).rows
    assert set(rows[0].cells) == {"—"} and rows[0].url == ""  # neither its day nor its amount
    rows = statistics.listed("suspected", county, Q3, outsider, 0, 9).rows
    assert rows and {cell for row in rows for cell in row.cells} == {"—"}
    assert "受限" not in repr([statistics.listed(code, county, YEAR, insurance_handler, 0, 99) for code in CASES])


# -- pages ---------------------------------------------------------------------------------------------------


@pytest.fixture
def seat(client):
    def of(user):
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


def body(answer):
    return answer.content.decode()


def test_the_page_shows_the_table_and_leads_to_the_rows(visits, world, seat, office_coordinator, now):
    with time_machine.travel(now, tick=False):
        client = seat(office_coordinator)
        page = body(client.get(reverse("desk:statistics"), {"period": "2026Q3"}))
        assert "2026年第3季度" in page and "5.10" in page and "figure=recovered&amp;period=2026-08" in page
        assert reverse("desk:statistics_draft") in page
        assert "另有1家已检查的医疗机构未登记所有制" in page
        running = body(client.get(reverse("desk:statistics")))
        assert "该期间尚未结束" in running and reverse("desk:statistics_draft") not in running
        assert "2026年度" in body(client.get(reverse("desk:statistics"), {"period": "zzz", "region": "1"}))
        rows = body(client.get(reverse("desk:statistics_rows"), {"figure": "violating", "period": "2026Q3"}))
        assert "仁和医院" in rows and "惠民药房" in rows and "受限医院" not in rows
        empty = body(client.get(reverse("desk:statistics_rows"), {"figure": "violating", "period": "2025", "after": "x"}))
        assert "该期间没有计入的内容" in empty
        for query in ({"figure": "lottery", "period": "2026"}, {"figure": "checked", "period": "now"}, {}):
            assert client.get(reverse("desk:statistics_rows"), query).status_code == 404
            assert client.get(reverse("desk:statistics_rows_file"), query).status_code == 404


def test_files_hold_the_same_numbers_and_are_written_down(visits, world, seat, office_coordinator, now):
    with time_machine.travel(now, tick=False):
        client = seat(office_coordinator)
        sheet = openpyxl.load_workbook(
            io.BytesIO(client.get(reverse("desk:statistics_file"), {"period": "2026Q3"}).content)
        ).active
        assert [cell.value for cell in sheet[3]][1].startswith("检查情况")
        assert [row[0].value for row in sheet.iter_rows(min_row=4, max_row=7)][-1] == "2026年第3季度"
        assert sheet.cell(7, 9).value == Decimal("5.10") or float(sheet.cell(7, 9).value) == 5.1
        found = client.get(reverse("desk:statistics_rows_file"), {"figure": "recovered", "period": "2026Q3"})
        sheet = openpyxl.load_workbook(io.BytesIO(found.content)).active
        assert sum(row[4].value for row in sheet.iter_rows(min_row=4, max_row=5)) == pytest.approx(39178.45)
    taken = Event.objects.filter(verb="statistics.exported").order_by("pk")
    assert [event.params["what"] for event in taken] == ["table", "recovered"]
    assert "2026Q3" in sentence(taken[0])


def test_a_city_sees_sums_of_its_counties_only(world, city, county, seat, other_insurance, now):
    above = create_department(
        region=city, function=Function.OFFICE, name="沧澜市联动办", short_name="市联动办", mark="沧联动", by=None, at=now
    )
    chief = person("sl01", "顾全局", above, Role.COORDINATOR)
    client = seat(chief)
    page = body(client.get(reverse("desk:statistics"), {"period": "2026Q3", "region": county.code}))
    assert "5.10" in page and "figure=recovered" not in page
    rows = body(client.get(reverse("desk:statistics_rows"), {"figure": "violating", "period": "2026Q3"}))
    assert "仁和医院" not in rows


@pytest.mark.parametrize("name", ["insurance_deputy_head", "finance_handler", "outsider", "system_admin", "audit_admin"])
def test_only_the_office_and_the_leaders_see_it(name, request, office, county, seat, world):
    client = seat(request.getfixturevalue(name))
    for url in ("statistics", "statistics_file", "statistics_reports", "statistics_draft"):
        assert client.get(reverse(f"desk:{url}")).status_code == 403
    for url in ("statistics_rows", "statistics_rows_file"):
        assert client.get(reverse(f"desk:{url}"), {"figure": "checked", "period": "2026"}).status_code == 403


def test_pages_cost_the_same_for_a_month_and_a_year_and_few_statements(visits, world, seat, office_coordinator, now):
    client = seat(office_coordinator)
    counts = []
    for query in ({"period": "2026-07"}, {"period": "2026"}):
        client.get(reverse("desk:statistics"), query)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("desk:statistics"), query)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 20, counts
    lists = []
    for figure in ("violating", "suspected"):
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("desk:statistics_rows"), {"figure": figure, "period": "2026-07"})
        one = len(seen)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("desk:statistics_rows"), {"figure": figure, "period": "2026"})
        lists.append((one, len(seen)))
    assert all(one == more <= 15 for one, more in lists), lists


# -- the issued report ---------------------------------------------------------------------------------------


def draft(county, by, at, period=Q3, **more):
    figures = statistics.frozen(statistics.table(county, period))
    return reports.draft_report(period=period.code, last_day=period.until, figures=figures, by=by, at=at, **more)


@pytest.fixture
def drafted(world, visits, county, office_coordinator, now):
    return draft(county, office_coordinator, now)


@pytest.fixture
def issued(drafted, office_head, now):
    return reports.sign_report(report=drafted, by=office_head, at=now)


def test_an_issued_report_is_numbered_printed_and_stays(issued, drafted, county, office_head, insurance_handler, world, now):
    document = issued.document
    assert document.number == "青联动办统〔2026〕1号" and document.kind == "statistics_report"
    assert issued.status == "issued" and issued.signed_by == office_head
    paper = from_json(document.context)
    assert paper.wide and paper.title == "青禾县医疗保障基金监管情况统计表（2026年第三季度）"
    assert dict(paper.fields)["统计期间"] == "2026-07-01 至 2026-09-30" and "未登记所有制" in dict(paper.fields)["说明"]
    assert [row[0] for row in paper.tables[0].rows] == ["2026年7月", "2026年8月", "2026年9月", "2026年第三季度"]
    assert paper.tables[0].rows[-1][8] == "5.10" and len(paper.tables[0].head) == 17
    assert all("\u4e00" <= each[0] <= "\u9fff" for each in paper.tables[0].head)  # in Chinese, whoever signed
    from documents import storage

    (first, *_more) = pages(storage.fetch(document.file, document.sha256))
    assert first.width > first.height  # A4 on its side
    before = issued.figures
    enter_money(
        case=world["hospital"], kind="recovered", amount=Decimal("60.00"), happened_on=dt.date(2026, 9, 1),
        by=insurance_handler, at=now,
    )  # fmt: skip
    issued.refresh_from_db()
    assert issued.figures == before
    changed = statistics.differences(before, statistics.frozen(statistics.table(county, Q3)))
    assert changed == []  # 60 yuan are nothing in ten thousands


def test_the_page_says_what_is_counted_otherwise_today(issued, seat, office_coordinator, insurance_handler, world, now):
    enter_money(
        case=world["hospital"], kind="recovered", amount=Decimal("10000.00"), happened_on=dt.date(2026, 9, 1),
        by=insurance_handler, at=now,
    )  # fmt: skip
    with time_machine.travel(now, tick=False):
        client = seat(office_coordinator)
        page = body(client.get(reverse("desk:statistics_report", args=[issued.pk])))
    assert "3.92" in page and "4.92" in page and "与现在统计的差异" in page


def test_reports_are_drafted_once_for_periods_that_are_over(drafted, county, office_coordinator, office_head, now):
    with pytest.raises(AlreadyDone):
        draft(county, office_head, now)
    with pytest.raises(BadInput):
        draft(county, office_coordinator, now, period=YEAR)
    with pytest.raises(FourEyes):
        reports.sign_report(report=drafted, by=office_coordinator, at=now)
    with pytest.raises(FourEyes):
        reports.return_report(report=drafted, reason="数字", by=office_coordinator, at=now)
    stale = PeriodReport.objects.get(pk=drafted.pk)
    reports.sign_report(report=drafted, by=office_head, at=now)
    for late in (
        lambda: reports.sign_report(report=stale, by=office_head, at=now),
        lambda: reports.count_again(report=stale, figures={}, by=office_coordinator, at=now),
        lambda: reports.drop_report(report=stale, by=office_coordinator, at=now),
        lambda: reports.return_report(report=stale, reason="数字", by=office_head, at=now),
    ):
        with pytest.raises((WrongState, MovedOn)):
            late()
    with pytest.raises(AlreadyDone):
        draft(county, office_coordinator, now)


def test_who_signs_an_old_page_signs_what_stands_in_the_row(drafted, county, office_coordinator, office_head, now):
    """The draft was counted again while its page was open."""
    old, older = (PeriodReport.objects.get(pk=drafted.pk) for _n in range(2))
    figures = dict(drafted.figures)
    reports.count_again(report=drafted, figures=figures, by=office_head, at=now + dt.timedelta(minutes=1))
    with pytest.raises(FourEyes):  # the hand that counted last does not sign
        reports.sign_report(report=old, by=office_head, at=now + dt.timedelta(minutes=2))
    with pytest.raises(FourEyes):
        reports.return_report(
            report=PeriodReport(pk=drafted.pk, drafted_by=office_coordinator), reason="数字", by=office_head, at=now
        )
    later = now + dt.timedelta(minutes=3)
    reports.count_again(report=drafted, figures=figures | {"counted": "anew"}, by=office_coordinator, at=later)
    issued = reports.sign_report(report=older, by=office_head, at=later)
    assert (issued.figures["counted"], issued.counted_at) == ("anew", later)


def test_a_second_draft_of_an_issued_period_is_not_signed(issued, office_coordinator, office_head, now):
    second = PeriodReport.objects.create(  # begun in the moment the first was signed
        region=issued.region, department=issued.department, period=issued.period, figures=issued.figures, counted_at=now,
        drafted_by=office_coordinator, drafted_at=now, created_at=now, updated_at=now,
    )  # fmt: skip
    with pytest.raises(AlreadyDone):
        reports.sign_report(report=second, by=office_head, at=now)


def test_a_draft_is_sent_back_counted_again_and_dropped(drafted, county, office_coordinator, office_head, now):
    with pytest.raises(BadInput):
        reports.return_report(report=drafted, reason=" ", by=office_head, at=now)
    reports.return_report(report=drafted, reason="八月漏记", by=office_head, at=now)
    assert statistics_tasks.todo_rows(office_coordinator, 5)[0].phrase == "重新统计2026年第3季度统计报表"
    assert list(statistics_tasks.todo_count(office_head)) == []
    later = now + dt.timedelta(hours=1)
    reports.count_again(report=drafted, figures=drafted.figures, by=office_coordinator, at=later)
    assert (drafted.status, drafted.counted_at) == ("draft", later)
    assert statistics_tasks.todo_rows(office_head, 5)[0].phrase == "签发2026年第3季度统计报表"
    reports.count_again(report=drafted, figures=drafted.figures, by=office_head, at=later)  # who counts is the drafter now
    with pytest.raises(FourEyes):
        reports.sign_report(report=drafted, by=office_head, at=later)
    reports.drop_report(report=drafted, by=office_coordinator, at=later)
    assert drafted.status == "dropped" and draft(county, office_coordinator, now).status == "draft"


def test_a_correction_names_what_it_corrects_once(issued, county, office_coordinator, office_head, now):
    with pytest.raises(BadInput):
        draft(county, office_coordinator, now, corrects=issued, reason=" ")
    with pytest.raises(WrongState):
        draft(county, office_coordinator, now, period=periods.read("2026Q2"), corrects=issued, reason="错")
    second = draft(county, office_coordinator, now, corrects=issued, reason="补录九月追回")
    with pytest.raises(WrongState):
        draft(county, office_coordinator, now, corrects=second, reason="错")
    reports.sign_report(report=second, by=office_head, at=now)
    fields = dict(from_json(second.document.context).fields)
    assert issued.document.number in fields["更正"] and "补录九月追回" in fields["更正"]
    with pytest.raises(AlreadyDone):
        draft(county, office_coordinator, now, corrects=issued, reason="再更正")
    third = draft(county, office_coordinator, now, corrects=second, reason="再更正")
    assert third.corrects == second
    from documents.actions import void_document

    with pytest.raises(StillInUse):
        void_document(document=issued.document, reason="错", by=office_head, at=now)


def send(client, url, **fields):
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    return client.post(url, {**dict(HIDDEN.findall(body(page))), **fields}, follow=True)


def test_the_report_by_its_pages(world, visits, client, office_coordinator, office_head, county_leader, now):
    def seat(user):
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    with time_machine.travel(now, tick=False):
        seat(office_coordinator)
        place = reverse("desk:statistics_draft") + "?period=2026Q3"
        assert client.get(reverse("desk:statistics_draft") + "?period=x").status_code == 404
        page = client.get(place)
        fields = dict(HIDDEN.findall(body(page)))
        assert client.post(place, fields).status_code == 302
        again = client.post(place, fields, follow=True)  # the second click
        assert PeriodReport.objects.count() == 1 and "未重复办理" in body(again)
        report = PeriodReport.objects.get()

        def at(name):
            return reverse(f"desk:statistics_{name}", args=[report.pk])

        assert client.get(at("sign")).status_code == 403
        assert client.get(at("correct")).status_code == 403
        send(client, at("count"))
        seat(county_leader)
        assert client.get(at("report")).status_code == 200 and client.get(at("sign")).status_code == 403
        seat(office_head)
        assert "退回" in body(client.get(at("report")))
        send(client, at("return"), reason="八月漏记")
        seat(office_coordinator)
        assert "八月漏记" in body(client.get(at("report")))
        send(client, at("count"))
        seat(office_head)
        page = send(client, at("sign"))
        report.refresh_from_db()
        assert report.status == "issued" and report.document.number in body(page)
        assert 'class="page form wide"' in body(client.get(reverse("documents:detail", args=[report.document.pk])))
        word = Document(io.BytesIO(client.get(reverse("documents:word", args=[report.document.pk])).content))
        assert word.sections[0].page_width > word.sections[0].page_height
        seat(office_coordinator)
        page = send(client, at("correct"), reason="补录")
        second = PeriodReport.objects.get(corrects=report)
        assert "正在起草更正报表" in body(client.get(at("report")))
        assert client.get(at("correct")).status_code == 403
        send(client, reverse("desk:statistics_drop", args=[second.pk]))
        second.refresh_from_db()
        assert second.status == "dropped"
        page = body(client.get(reverse("desk:statistics_reports")))
        assert report.document.number in page and "已放弃" in page
        assert client.get(reverse("desk:statistics_reports"), {"before": "1"}).status_code == 200
        foreign = reverse("desk:statistics_report", args=[999_999])
        assert client.get(foreign).status_code == 404


def test_a_report_is_nothing_to_other_regions_and_departments(issued, client, outsider, insurance_head, insurance, now):
    for user in (outsider, insurance_head):
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        for name in ("report", "sign", "return", "count", "drop", "correct"):
            assert client.get(reverse(f"desk:statistics_{name}", args=[issued.pk])).status_code == 404
        assert client.get(reverse("documents:detail", args=[issued.document.pk])).status_code == 404




def test_only_papers_of_reports_are_kept_from_being_void(issued, office_head):
    from documents.rules_reports import can_correct_report, void_veto

    assert len(void_veto(issued.document)) == 1
    issued.document.target_kind = "case"
    assert void_veto(issued.document) == []
    assert can_correct_report(office_head, issued)
