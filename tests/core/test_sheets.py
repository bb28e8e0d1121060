"""A small Excel list is read; anything that is not one, or wants too much, is a sentence."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from core import sheets
from core.refusals import BadInput
from core.sheets import read_sheet


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
