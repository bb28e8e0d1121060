"""A small Excel list is read; anything that is not one, or wants too much, is a sentence."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from core import sheets
from core.refusals import BadInput
from core.sheets import Layout, read_sheet, read_table


def book(*rows, name="list.xlsx"):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return SimpleUploadedFile("list.xlsx", out.getvalue())


def test_rows_are_text_without_blanks_and_without_empty_rows():
    upload = book(("姓名", "号码", "x"), (" 张三 ", 12, None), (None, None, None), ("李四", 1.5, "备注"))
    assert read_sheet(upload, columns=3, most=10) == [
        ["姓名", "号码", "x"], ["张三", "12", ""], ["李四", "1.5", "备注"],
    ]  # fmt: skip


def test_as_many_rows_as_allowed_and_not_one_more():
    rows = [("张三", str(number)) for number in range(4)]
    assert len(read_sheet(book(*rows), columns=2, most=4)) == 4
    with pytest.raises(BadInput) as refusal:
        read_sheet(book(*rows), columns=2, most=3)
    assert "3" in str(refusal.value)


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("list.xlsx", b"name,number"),
        zipped(a_txt=b"x"),
        zipped(xl__workbook_xml=b"this is no workbook"),
        zipped(xl__workbook_xml=b"x" * (61 * 1024 * 1024)),
    ],
    ids=["text", "another zip", "broken", "bomb"],
)
def test_what_is_no_list_is_refused_beside_its_field(upload):
    with pytest.raises(BadInput) as refusal:
        read_sheet(upload, columns=2, most=10, field="scan")
    assert refusal.value.field == "scan"


def test_a_large_file_is_not_even_read(monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST", 10)
    with pytest.raises(BadInput):
        read_sheet(book(("a",)), columns=1, most=1)


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(sheets, "SECONDS", 0.01)
    with pytest.raises(BadInput):
        read_sheet(book(("a",)), columns=1, most=1)


LAYOUT = Layout(("姓名", "事实"), "存在问题")


def test_a_table_keeps_the_numbers_of_its_rows_and_what_was_written():
    upload = book(("姓名", "事实"), (None, None), (" 张三 ", "长" * 600), ("=1+1", "x"))
    rows = read_table(upload, LAYOUT, most=9, longest=700)
    assert [(row.number, row.cells[0], len(row.cells[1]), row.formulas) for row in rows] == [
        (3, "张三", 600, frozenset()), (4, "=1+1", 1, frozenset({0})),
    ]  # fmt: skip
    marked = read_table(book(("姓名", "事实", "存在问题"), ("张三", "x", "A2：不对")), LAYOUT, most=9, longest=9)
    assert [row.cells for row in marked] == [("张三", "x")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("姓名", "别的"), ("张三", "x")], "模板表头"),
        ([("名单", None), ("姓名", "事实"), ("张三", "x")], "模板表头"),  # a merged title above
        ([("姓名", "事实", *range(1000)), ("张三", "x")], "模板表头"),
        ([("姓名", "事实"), ("张三", "x", "多")], "第 2 行的列数"),
        ([("姓名", "事实", "存在问题"), ("张三", "x", "不对", "多")], "第 2 行的列数"),
        ([("姓名", "事实")], "没有数据"),
        ([("姓名", "事实"), *[("张三", "x")] * 5000], "超过3行"),
    ],
)
def test_a_table_that_is_not_the_templates_is_refused(rows, said):
    with pytest.raises(BadInput) as refusal:
        read_table(book(*rows), LAYOUT, most=3, longest=9)
    assert said.replace(" ", "") in str(refusal.value).replace(" ", "")


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        (zipped(xl__workbook_xml=b"x", xl__vbaProject_bin=b"x"), "宏"),
        (SimpleUploadedFile("list.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600), "密码"),
    ],
    ids=["macros", "encrypted"],
)
def test_macros_and_passwords_are_named(upload, said):
    with pytest.raises(BadInput, match=said):
        read_table(upload, LAYOUT, most=3, longest=9)
