"""Leads from an Excel list: judged cell by cell, all or none, and equal to those entered one by one."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cases import lead_sheet, stash
from cases.actions.importing import import_leads
from cases.actions.registration import register_case
from cases.models import Case, CaseGroupPermission, MoneyEntry, Strand, Subject
from core.forms import new_form_key
from core.refusals import BadInput
from departments.models import Category
from journal.models import Event, Notification
from tests.factories.cases import make_case, make_subject, resident_id, uscc

HEADS = lead_sheet.LAYOUT.heads


def row(**more):
    """A row that is right, with some cells of its own, by heading."""
    given = {
        "线索来源": "智能监控", "收到日期": "2026-11-13", "主体类别": "定点医疗机构", "主体名称": "青禾县康复医院",
        "统一社会信用代码": uscc(), "违规类型": "分解住院", "涉嫌金额（元）": "1,200.50", "主要事实": "多次出入院。",
    }  # fmt: skip
    words = lead_sheet._words()
    for head, name in (("线索来源", "source"), ("主体类别", "kind"), ("违规类型", "categories")):
        given[head] = next(iter(words[name]))
    return [{**given, **more}.get(head, "") for head in HEADS]


def book(*rows, heads=HEADS):
    made = Workbook()
    made.active.append(list(heads))
    for each in rows:
        made.active.append(each)
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile("线索.xlsx", out.getvalue())


@pytest.fixture
def read(insurance_handler, now):
    return lambda *rows: lead_sheet.read(book(*rows), by=insurance_handler, at=now)


@pytest.fixture
def faults(read):
    """Of one row with these cells: what is wrong, by column."""
    return lambda **more: read(row(**more))[0].faults


def test_a_row_becomes_the_case_its_single_action_would_make(read, insurance_handler, insurance_section_head, county, now):
    subject = make_subject(county, at=now)
    cells = {"统一社会信用代码": subject.uscc, "主体名称": subject.name, "来源编号": "监-1"}
    [line] = read(row(**cells, 重大案件="是", 案件名称="甲案"))
    assert line.faults == {}
    [imported] = import_leads(leads=[line.lead], by=insurance_handler, at=now)
    single = register_case(
        source=line.lead.source, source_number="监-1", subjects=[subject], categories=line.lead.categories, major=True,
        summary="多次出入院。", found_on=dt.date(2026, 11, 13), suspected="1200.50", title="甲案", duplicates_known=True,
        by=insurance_handler, at=now,
    )  # fmt: skip
    own = ("id", "number", "case", "case_id", "content_object", "content_object_id", "pk")

    def rows(case):
        told = Notification.objects.filter(case_id=case.pk).values("recipient", "verb", "tone")
        events = Event.objects.filter(case_id=case.pk).order_by("pk").values("verb", "actor_id", "post_id", "at")
        tables = [
            Case.objects.filter(pk=case.pk).values(), MoneyEntry.objects.filter(case=case).values(),
            Strand.objects.filter(case=case).values(), case.case_subjects.values(),
            CaseGroupPermission.objects.filter(content_object=case).order_by("permission").values(), told, events,
        ]  # fmt: skip
        return [[{k: v for k, v in each.items() if k not in own} for each in table] for table in tables]

    assert rows(imported) == rows(single)
    event = Event.objects.get(verb="registry.imported")
    assert event.params == {"rows": 1, "cases": [imported.pk]}


def test_every_fault_is_named_by_its_cell(read, insurance_handler):
    lines = read(
        row(), ["", *[""] * 15],
        row(线索来源="听说", 收到日期="昨天", 主体名称="", 统一社会信用代码="123", 违规类型="没有的", 重大案件="对"),
        row(**{"涉嫌金额（元）": "=1+1", "主要事实": "@SUM", "来源编号": "长" * 61}),
    )  # fmt: skip
    assert [line.row.number for line in lines] == [2, 4, 5]
    assert lines[0].faults == {} and lines[0].lead.row == 2
    assert set(lines[1].faults) == {"source", "found_on", "name", "uscc", "categories", "major"}
    assert set(lines[2].faults) == {"suspected", "summary", "source_number"}
    assert ("C4", "昨天", lines[1].faults["found_on"]) in lines[1].cells()
    assert lines[1].lead is None


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"收到日期": "2027-01-01"}, "found_on"),
        ({"收到日期": "1999-01-01"}, "found_on"),
        ({"收到日期": "2026-02-30"}, "found_on"),
        ({"涉嫌金额（元）": "-1"}, "suspected"),
        ({"涉嫌金额（元）": "1.005"}, "suspected"),
        ({"违规期间起": "2026-03-01", "违规期间止": "2026-02-01"}, "period_to"),
        ({"主要事实": ""}, "summary"),
        ({"统一社会信用代码": ""}, "uscc"),
        ({"主体类别": "", "统一社会信用代码": ""}, "kind"),
        ({"主体类别": "参保人", "身份证号": "439926198001010019"}, "id_number"),
    ],
)
def test_what_a_single_lead_may_not_be_no_row_may_be(faults, cells, column):
    assert column in faults(**cells)


def test_bodies_and_persons_are_known_by_their_numbers(read, county, insurance_handler, now):
    body, number, code = make_subject(county, at=now), resident_id(), uscc()
    person = {"主体类别": "参保人", "主体名称": "张三", "统一社会信用代码": "", "身份证号": number}
    lines = read(
        row(统一社会信用代码=body.uscc.lower(), 主体名称="别的医院"),
        row(统一社会信用代码=code), row(统一社会信用代码=code, 主体名称="又一家"),
        row(统一社会信用代码=code, 已核对重复="是"),
        row(**person), row(**{**person, "主体名称": "李四"}), row(**person), row(**{**person, "身份证号": ""}),
    )  # fmt: skip
    assert [set(line.faults) for line in lines] == [
        {"name"}, set(), {"name"}, set(), set(), {"name"}, {"duplicates_known"}, set(),
    ]  # fmt: skip
    assert body.name in lines[0].faults["name"] and "第 6 行" in lines[6].faults["duplicates_known"]
    import_leads(leads=[line.lead for line in lines if line.lead], by=insurance_handler, at=now)
    assert Subject.objects.filter(uscc=code).count() == 1 and Subject.objects.filter(name="张三").count() == 2
    again = read(row(**person), row(**{**person, "主体名称": "李四"}))
    assert [set(line.faults) for line in again] == [{"duplicates_known"}, {"name"}]


def test_a_case_about_the_same_body_asks_to_be_looked_at(read, county, insurance_handler, now):
    body = make_subject(county, at=now)
    make_case(by=insurance_handler, subject=body, at=now)
    cells = {"统一社会信用代码": body.uscc, "主体名称": body.name}
    lines = read(row(**cells), row(**cells, 已核对重复="是"), row(**cells, 已核对重复="否"))
    assert [set(line.faults) for line in lines] == [{"duplicates_known"}, set(), {"duplicates_known"}]


def test_all_or_none(read, insurance_handler, county, now):
    lines = read(row(), row())
    make_subject(county, at=now, uscc=lines[1].lead.uscc, name="先登记的")
    make_case(by=insurance_handler, at=now, subject=Subject.objects.get(name="先登记的"))
    before = Case.objects.count()
    with pytest.raises(BadInput, match="第3行"):
        import_leads(leads=[line.lead for line in lines], by=insurance_handler, at=now)
    assert Case.objects.count() == before and not Event.objects.filter(verb="registry.imported").exists()


def test_the_template_offers_its_words_and_a_marked_copy_comes_back(read):
    sheet = load_workbook(io.BytesIO(lead_sheet.template())).active
    assert tuple(cell.value for cell in sheet[1]) == HEADS and sheet.freeze_panes == "A2"
    assert len(sheet.data_validations.dataValidation) == 6
    lines = read(row(), row(主要事实="=1"))
    marked = load_workbook(io.BytesIO(lead_sheet.annotated(lines))).active
    place = HEADS.index("主要事实") + 1
    assert marked.cell(3, place).comment.text == lines[1].faults["summary"] and marked.cell(3, place).data_type == "s"
    assert marked.cell(2, place).comment is None and marked.cell(3, 17).value.startswith("L3：")
    assert marked.cell(1, 17).value == "存在问题"


@pytest.fixture
def page(as_user, insurance_handler, now):
    client = as_user(insurance_handler)
    key = new_form_key()

    def post(**data):
        return client.post(reverse("cases:import"), {"form_key": key, **data})

    with time_machine.travel(now, tick=False):
        yield post


def test_the_list_stays_with_its_form_until_it_is_registered_once(page, client):
    assert client.get(reverse("cases:import_template")).content[:2] == b"PK"
    assert client.get(reverse("cases:import")).status_code == 200
    seen = page(upload=book(row(), row()))
    assert "登记 2 条线索" in seen.content.decode() and not Case.objects.exists()
    kept = seen.context["form"]["kept"].value()
    assert page(kept=kept).context["lines"][1].row.number == 3
    for _click in range(2):
        done = page(kept=kept, **{"import": "1"})
        assert done["Location"] == reverse("cases:list")
    assert Case.objects.count() == 2
    assert default_storage.listdir(stash.FOLDER)[1] == []  # names and numbers of people stay no longer than needed


def test_a_list_the_clerk_has_swept_away_is_asked_for_again(page):
    kept = page(upload=book(row())).context["form"]["kept"].value()
    [name] = default_storage.listdir(stash.FOLDER)[1]
    default_storage.delete(f"{stash.FOLDER}/{name}")
    answer = page(kept=kept, **{"import": "1"})
    assert answer.status_code == 200 and answer.context["form"].errors["upload"] and not Case.objects.exists()


def test_wrong_cells_are_shown_and_nothing_is_registered(page):
    seen = page(upload=book(row(), row(主要事实="")))
    text = seen.content.decode()
    assert "L3" in text and seen.context["wrong"] == 1 and "登记 2 条线索" not in text
    kept = seen.context["form"]["kept"].value()
    refused = page(kept=kept, **{"import": "1"})
    assert refused.status_code == 200 and not Case.objects.exists()
    assert page(kept=kept, annotated="1").content[:2] == b"PK"


@pytest.mark.parametrize(
    "data",
    [{}, {"kept": "nonsense"}, {"upload": SimpleUploadedFile("a.xlsx", b"text")}, {"kept": "nonsense", "import": "1"}],
    ids=["nothing", "forged", "no workbook", "forged import"],
)
def test_bad_input_is_a_sentence(page, data):
    answer = page(**data)
    assert answer.status_code == 200 and answer.context["form"].errors["upload"]
    assert not Case.objects.exists()


def test_a_list_named_as_something_else_and_a_form_without_key(page, as_user, insurance_handler, county_leader):
    upload = book(row())
    upload.name = "线索.xlsm"
    assert page(upload=upload).context["form"].errors["upload"]
    client = as_user(insurance_handler)
    assert client.post(reverse("cases:import"), {"form_key": ""}).context["form"].errors["form_key"]
    for name in ("import", "import_template"):
        assert as_user(county_leader).get(reverse(f"cases:{name}")).status_code == 403


def test_several_categories_in_a_cell(read):
    names = list(Category.objects.filter(active=True).order_by("order", "code").values_list("name", flat=True)[:2])
    [line] = read(row(违规类型="、".join(names)))
    assert [category.name for category in line.lead.categories] == names
