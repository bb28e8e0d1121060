"""What goes to the public is masked; what goes into a file is never a formula; a list is read cell by cell."""

import csv
import io
import json
from types import SimpleNamespace

import openpyxl
import pytest

from core.refusals import BadInput
from sanctions import publication_files as files
from sanctions.points_sheet import (
    POINT_HEADS,
    RECEIPT_HEADS,
    SCORE_HEADS,
    WrongCells,
    day_of,
    read_points,
    read_receipts,
    read_scores,
    template,
)
from sanctions.publication_masking import numbers_in, public_name, reveals, scrubbed, shown_code
from tests.factories.cases import resident_id, uscc
from tests.factories.credit import xlsx

BODY = SimpleNamespace(is_body=True, name="仁和医院", uscc=uscc(7), id_masked="")
PERSON = SimpleNamespace(is_body=False, name="王小明", uscc=None, id_masked="4399**********12")


def test_a_natural_person_is_masked_and_a_body_is_not():
    assert (public_name(BODY), shown_code(BODY)) == (BODY.name, BODY.uscc)
    assert public_name(PERSON) == "王*明"
    assert shown_code(PERSON) == PERSON.id_masked


@pytest.mark.parametrize("name", ["王", "王明", "王小明", "欧阳修文", "阿依古丽·买买提"])
def test_no_name_comes_out_whole(name):
    shown = public_name(SimpleNamespace(is_body=False, name=name))
    assert name not in shown and "*" in shown and len(shown) == len(name)


def test_a_text_that_names_the_person_or_a_number_is_found_and_offered_masked():
    number = resident_id(11)
    text = f"王小明（{number}）冒名就医"
    assert numbers_in(text) == [number] and reveals(text, PERSON)
    assert reveals("经查王小明违规", PERSON) and not reveals("经查当事人违规", PERSON)
    assert not reveals("王小明违规", BODY) and reveals(number, BODY)
    offered = scrubbed(text, PERSON)
    assert not reveals(offered, PERSON) and "王*明" in offered and number not in offered
    assert numbers_in("123456789012345678") == []  # eighteen figures, and no identity number


def row(**more):
    given = {
        "subject": SimpleNamespace(get_kind_display=lambda: "医疗机构"), "get_kind_display": lambda: "行政处罚",
        "get_execution_display": lambda: "执行中", "department": SimpleNamespace(name="县医保局"), "pk": 7,
        "name": "仁和医院",
        "code": BODY.uscc, "words": "=1+1", "basis": "条例", "number": "@x", "since": None, "until": None, "opinion": "-1",
        "formed_on": None,
    }  # fmt: skip
    return SimpleNamespace(**(given | more))


COLUMNS = [
    ["uscc", "code"],
    ["奖惩说明", "words"],
    ["文书号", "number"],
    ["执行意见", "opinion"],
    ["主体类型", "subject_kind"],
    ["=a", "id"],
]


def test_csv_neutralises_formulas_in_both_encodings():
    for form, encoding, mark in (("csv_utf8", "utf-8-sig", b"\xef\xbb\xbf"), ("csv_gb", "gb18030", b"uscc")):
        data = files.made([row()], COLUMNS, form)
        assert data.startswith(mark)
        heads, line = csv.reader(io.StringIO(data.decode(encoding)))
        assert heads == ["uscc", "奖惩说明", "文书号", "执行意见", "主体类型", "'=a"]
        assert line == [BODY.uscc, "'=1+1", "'@x", "'-1", "医疗机构", "7"]


def test_excel_keeps_text_and_json_keeps_fields():
    sheet = openpyxl.load_workbook(io.BytesIO(files.made([row()], COLUMNS, "xlsx"))).active
    assert sheet["B2"].value == "=1+1" and sheet["B2"].data_type == "s"
    assert json.loads(files.made([row()], COLUMNS[:2], "json")) == [{"uscc": BODY.uscc, "奖惩说明": "=1+1"}]


def test_a_mapping_is_read_line_by_line():
    assert files.read_columns("uscc = code\n\n 奖惩说明=words ") == [["uscc", "code"], ["奖惩说明", "words"]]
    assert files.written_columns([["uscc", "code"]]) == "uscc = code"
    too_many = "\n".join(f"c{n} = code" for n in range(41))
    for wrong in ("", "uscc", "uscc = nothing", "a = code\na = name", f"{'长' * 41} = code", too_many):
        with pytest.raises(BadInput) as refused:
            files.read_columns(wrong)
        assert refused.value.field == "columns"


# -- lists ---------------------------------------------------------------------------------------------------


def cells_of(read, upload):
    with pytest.raises(WrongCells) as refused:
        read(upload)
    return [(cell.row, cell.column, cell.sentence) for cell in refused.value.details["cells"]]


def test_a_list_of_points_is_read_and_every_wrong_cell_is_named():
    good = ("张三", resident_id(21), uscc(21), 3, "2026-11-01", "超量开药", "细则")
    [line] = read_points(xlsx(good, heads=POINT_HEADS))
    assert (line.row, line.points, line.dated_on.isoformat()) == (2, 3, "2026-11-01")
    bad = ("", "439926198001010019", "523", "三", "2026-02-30", "", "=A1")
    found = cells_of(read_points, xlsx(good, (), bad, heads=POINT_HEADS))
    assert [(number, column) for number, column, _said in found] == [(4, letter) for letter in "ABCDEFG"]
    assert "ormula" in found[-1][2] or "公式" in found[-1][2]


def test_a_formula_is_refused_also_as_text_and_its_value_is_never_taken():
    line = ["张三", resident_id(22), "", "=1+2", "2026-11-01", "超量开药", "细则"]
    assert [cell[:2] for cell in cells_of(read_points, xlsx(line, heads=POINT_HEADS))] == [(2, "D")]
    line[3], line[5] = 3, "＝cmd"
    assert [cell[:2] for cell in cells_of(read_points, xlsx(line, heads=POINT_HEADS))] == [(2, "F")]


def test_a_list_of_scores_names_doubles_and_what_is_no_number():
    code = uscc(23)
    rows = [
        (code, "仁和医院", 2025, "88.5", "考核"),
        (code, "", 2025, 90, "考核"),
        (code, "", 2024, "九十", "考核" * 200),
    ]
    found = cells_of(read_scores, xlsx(*rows, heads=SCORE_HEADS))
    assert [cell[:2] for cell in found] == [(3, "A"), (4, "D"), (4, "E")]
    assert [line.score for line in read_scores(xlsx(rows[0], heads=SCORE_HEADS))] == [pytest.approx(88.5)]


def test_receipts_say_yes_or_no():
    [line] = read_receipts(xlsx((1, "成功", "R1", "2026/11/20", ""), heads=RECEIPT_HEADS))
    assert (line.position, line.accepted, line.number) == (1, True, "R1")
    assert [
        cell[:2] for cell in cells_of(read_receipts, xlsx((1, "也许", "", "x"), heads=RECEIPT_HEADS))
    ] == [(2, "B"), (2, "D")]


def test_a_list_without_a_row_or_with_too_many_is_refused():
    with pytest.raises(BadInput):
        read_points(xlsx(heads=POINT_HEADS))
    with pytest.raises(BadInput):
        read_receipts(xlsx(*[(n, "成功", "", "2026-11-01", "") for n in range(2001)], heads=RECEIPT_HEADS))


@pytest.mark.parametrize("text", ["2026-11-01", "2026/11/1", "2026.11.01", "20261101", "2026年11月1日"])
def test_days_are_read_as_people_write_them(text):
    assert day_of(text).isoformat() == "2026-11-01"


def test_the_empty_list_has_its_heading():
    sheet = openpyxl.load_workbook(io.BytesIO(template(POINT_HEADS))).active
    assert [cell.value for cell in sheet[1]] == list(POINT_HEADS)
