"""Lists of people: every row checked, every fault named, out of the house only encrypted."""

import io

import openpyxl
import pytest
import pyzipper

from core.refusals import BadInput
from referrals import people_list
from referrals.people_list import Hit, Listed, digest, encrypted, read_hits, read_people
from tests.core.test_sheets import book
from tests.factories.cases import resident_id

ONE, TWO = resident_id(701), resident_id(702)


def test_typed_lines_and_files_say_the_same():
    typed = read_people(text=f"张三,{ONE}\n李四 {TWO.lower()} 备注 两处\n")
    filed = read_people(upload=book(("姓名", "身份证号", "说明"), ("张三", ONE), ("李四", TWO, "备注 两处")))
    assert typed == filed == [Listed("张三", ONE), Listed("李四", TWO, "备注 两处")]
    assert digest(typed) == digest(filed) != digest(typed[:1])


@pytest.mark.parametrize(
    ("text", "findings", "words"),
    [
        ("", False, []),
        ("姓名,身份证号", False, []),
        (f"张三,{ONE[:-1]}", False, ["1"]),
        (f"张三,{ONE}\n,{TWO}", False, ["2"]),
        (f"{'长' * 41},{ONE}", False, ["1"]),
        (f"张三,{ONE}\n张三,{ONE}", False, ["2", "1"]),
        (f"张三,{ONE}", True, ["1"]),
    ],
    ids=["nothing", "heading only", "check digit", "no name", "long name", "twice", "no finding"],
)
def test_a_list_that_cannot_be_right_names_its_rows(text, findings, words):
    with pytest.raises(BadInput) as refusal:
        read_people(text=text, findings=findings)
    assert refusal.value.field == "people"
    assert all(word in str(refusal.value) for word in words)


def test_only_the_first_ten_faults_are_named_and_the_rest_counted():
    with pytest.raises(BadInput) as refusal:
        read_people(text="\n".join(f"张三,{number}" for number in range(13)))
    assert "10" in str(refusal.value) and "3" in str(refusal.value) and "12" not in str(refusal.value)


def test_a_list_is_not_longer_than_allowed(monkeypatch):
    monkeypatch.setattr(people_list, "MOST", 1)
    with pytest.raises(BadInput):
        read_people(text=f"张三,{ONE}\n李四,{TWO}")


HEAD = ("序号", "姓名", "身份证号", "比对结果（是/否）", "说明")


def test_hits_from_a_file_and_typed():
    filled = book(HEAD, (1, "张三", ONE, "是", "2025-03-01注销"), (2, "李四", TWO, "否", None))
    assert read_hits(upload=filled) == [Hit(ONE, "2025-03-01注销")]
    assert read_hits(text=f"{ONE} 2025-03-01注销") == [Hit(ONE, "2025-03-01注销")]
    assert read_hits(text="") == []


def test_a_result_that_leaves_a_row_open_is_refused():
    with pytest.raises(BadInput) as refusal:
        read_hits(upload=book(HEAD, (1, "张三", ONE, None, None)))
    assert (refusal.value.field, "2" in str(refusal.value)) == ("upload", True)
    with pytest.raises(BadInput) as refusal:
        read_hits(text="12345 注销")
    assert refusal.value.field == "people"


@pytest.fixture
def listed(police, insurance_handler, now):
    from referrals.actions.comparisons import draft_comparison

    return draft_comparison(
        receiver=police, kind="household",
        people=[Listed("=张三", ONE), Listed("李四", TWO)], purpose="核查死亡冒领", basis="协作联动机制",
        limit_on=now.date().replace(day=30), by=insurance_handler, at=now,
    )  # fmt: skip


def test_the_archive_opens_with_its_passphrase_only_and_holds_no_formula(listed):
    content = encrypted(listed, "correct-horse-battery")
    assert ONE.encode() not in content
    archive = pyzipper.AESZipFile(io.BytesIO(content))
    with pytest.raises(RuntimeError):
        archive.read("list.xlsx")
    archive.setpassword(b"correct-horse-battery")
    sheet = openpyxl.load_workbook(io.BytesIO(archive.read("list.xlsx"))).active
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    assert rows == [HEAD, (1, "=张三", ONE, None, None), (2, "李四", TWO, None, None)]
    assert sheet["B2"].data_type == "s"
    with pytest.raises(BadInput):
        encrypted(listed, "short")
