"""Pools: what they hold, who keeps them, what is refused, and lists read in whole or not at all."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from cases.models import Subject
from core.refusals import AlreadyDone, BadInput, Stale, WrongState
from inspections import pools_lists, pools_rules
from inspections.actions import pools as actions
from inspections.actions import pools_officers as officers
from inspections.models import EnforcementCertificate, Pool, PoolOfficer, PoolRecusal, PoolTarget
from journal.models import Event
from journal.render import sentence
from tests.factories.cases import make_subject, uscc
from tests.factories.draws import certified


@pytest.fixture
def pool(insurance, insurance_handler, now):
    return actions.make_pool(kind="targets", name="定点机构库", by=insurance_handler, at=now)


@pytest.fixture
def people(insurance, insurance_handler, now):
    return actions.make_pool(kind="officers", name="人员库", by=insurance_handler, at=now)


def refused(error, field, act, *words):
    with pytest.raises(error) as caught:
        act()
    assert field in caught.value.faults, caught.value.faults
    assert all(word in str(caught.value.faults[field]) for word in words), str(caught.value.faults[field])


def test_a_pool_is_made_renamed_and_taken_out_of_use(pool, insurance_handler, now):
    by = {"by": insurance_handler, "at": now}
    refused(BadInput, "name", lambda: actions.make_pool(kind="targets", name="定点机构库", **by))
    refused(BadInput, "name", lambda: actions.make_pool(kind="targets", name=" ", **by))
    refused(BadInput, "kind", lambda: actions.make_pool(kind="both", name="库", **by))
    other = actions.make_pool(kind="targets", name="药店库", **by)
    refused(
        BadInput, "name", lambda: actions.rename_pool(pool=other, name="定点机构库", expected_version=1, **by)
    )
    refused(Stale, None, lambda: actions.rename_pool(pool=other, name="新名", expected_version=7, **by))
    actions.rename_pool(pool=other, name="零售药店库", expected_version=1, **by)
    assert (other.name, other.version) == ("零售药店库", 2)
    said = sentence(Event.objects.filter(verb="pool.renamed").latest("pk"))
    assert "药店库" in said and "零售药店库" in said
    actions.retire_pool(pool=other, **by)
    refused(WrongState, None, lambda: actions.retire_pool(pool=other, **by))
    assert not Pool.objects.in_use().filter(pk=other.pk).exists()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM inspections_pool")


def test_targets_have_weights_with_reasons(pool, people, county, other_county, insurance_handler, now):
    by = {"by": insurance_handler, "at": now}
    hospital = make_subject(county, at=now)
    refused(BadInput, "reason", lambda: actions.add_target(pool=pool, subject=hospital, weight=3, **by))
    refused(
        BadInput, "reason", lambda: actions.add_target(pool=pool, subject=hospital, reason="长" * 201, **by)
    )
    refused(BadInput, "weight", lambda: actions.add_target(pool=pool, subject=hospital, weight=0, **by))
    refused(
        BadInput,
        "weight",
        lambda: actions.add_target(pool=pool, subject=hospital, weight=101, reason="高", **by),
    )
    refused(BadInput, "risk", lambda: actions.add_target(pool=pool, subject=hospital, risk="huge", **by))
    added = actions.add_target(
        pool=pool, subject=hospital, weight=3, reason="上年度查实违规", risk="high", **by
    )
    refused(AlreadyDone, None, lambda: actions.add_target(pool=pool, subject=hospital, **by), hospital.name)
    refused(WrongState, None, lambda: actions.add_target(pool=people, subject=hospital, **by))
    stranger = make_subject(other_county, at=now)
    patient = make_subject(county, kind="insured", name="张三", at=now)
    nameless = make_subject(county, name="无码诊所", at=now)
    Subject.objects.filter(pk=nameless.pk).update(uscc=None)
    nameless.refresh_from_db()
    for subject in (stranger, patient, nameless):
        refused(BadInput, "subject", lambda it=subject: actions.add_target(pool=pool, subject=it, **by))
    refused(
        BadInput,
        "reason",
        lambda: actions.change_target(target=added, area="", risk="low", weight=2, reason="", **by),
    )
    actions.change_target(target=added, area="城关镇", risk="medium", weight=2, reason="投诉", **by)
    old = PoolTarget.objects.get(pk=added.pk).mark
    other = PoolTarget.objects.select_related("pool", "subject").get(pk=added.pk)
    given = {"area": "城关镇", "risk": "medium", "weight": 2}
    with pytest.raises(Stale):
        actions.change_target(target=other, seen="0" * 16, reason="改", **given, **by)
    assert PoolTarget.objects.get(pk=added.pk).mark == old
    event = Event.objects.filter(verb="pool.target_changed").latest("pk")
    assert (event.params["old"], event.params["weight"]) == (3, 2) and hospital.uscc in sentence(event)
    pool.refresh_from_db()
    assert pool.version == 3 and added.area == "城关镇"
    refused(BadInput, "reason", lambda: actions.remove_target(target=added, reason="", **by))
    actions.remove_target(target=added, reason="停业", **by)
    assert not pool.targets.exists()
    for wrong in ({"weight": 0}, {"weight": 101, "reason": "高"}, {"weight": 5, "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            given = {"pool": pool, "subject": hospital, "by": insurance_handler, "at": now}
            PoolTarget.objects.create(**(given | wrong))


def test_officers_are_certified_and_of_the_region(
    people, pool, insurance, health, other_insurance, outsider, insurance_handler, now
):
    by = {"by": insurance_handler, "at": now}
    mine, theirs = certified(insurance, "A", at=now)[0], certified(health, "B", at=now)[0]
    abroad = certified(other_insurance, "X", at=now)[0]
    added = officers.add_officer(pool=people, certificate=mine, **by)
    officers.add_officer(pool=people, certificate=theirs, **by)
    refused(
        AlreadyDone, None, lambda: officers.add_officer(pool=people, certificate=mine, **by), mine.user.name
    )
    refused(BadInput, "certificate", lambda: officers.add_officer(pool=people, certificate=abroad, **by))
    refused(WrongState, None, lambda: officers.add_officer(pool=pool, certificate=mine, **by))
    old = certified(insurance, "O", at=now, until=now.date())[0]
    later = now + dt.timedelta(days=1)
    refused(
        BadInput, "certificate", lambda: officers.add_officer(pool=people, certificate=old, by=insurance_handler, at=later),
        old.number,
    )  # fmt: skip
    moved = certified(insurance, "M", at=now)[0]
    moved.user.posts.update(department=health)  # an officer whose post is now in a foreign department
    refused(
        BadInput,
        "certificate",
        lambda: officers.add_officer(pool=people, certificate=moved, **by),
        moved.user.name,
    )
    EnforcementCertificate.objects.filter(pk=theirs.pk).update(
        withdrawn_by=insurance_handler, withdrawn_at=now, withdraw_reason="遗失"
    )
    theirs.refresh_from_db()
    refused(
        BadInput,
        "certificate",
        lambda: officers.add_officer(pool=people, certificate=theirs, **by),
        theirs.number,
    )
    refused(BadInput, "reason", lambda: officers.remove_officer(officer=added, reason=" ", **by))
    officers.remove_officer(officer=added, reason="调离", **by)
    assert PoolOfficer.objects.filter(pool=people).count() == 1


def test_recusals_are_declared_once_with_a_reason_and_end(
    people, county, other_county, insurance, insurance_handler, now
):
    by = {"by": insurance_handler, "at": now}
    officer = officers.add_officer(pool=people, certificate=certified(insurance, "A", at=now)[0], **by)
    hospital, stranger = make_subject(county, at=now), make_subject(other_county, at=now)
    declare = officers.declare_recusal
    refused(BadInput, "reason", lambda: declare(officer=officer, subject=hospital, reason="", **by))
    refused(BadInput, "reason", lambda: declare(officer=officer, subject=hospital, reason="长" * 201, **by))
    refused(BadInput, "ground", lambda: declare(officer=officer, subject=hospital, ground="x", reason="亲属", **by))
    refused(BadInput, "subject", lambda: declare(officer=officer, subject=stranger, reason="亲属", **by))
    one = declare(officer=officer, subject=hospital, ground="relative", **by)  # the kind says enough
    assert (one.ground, one.reason) == ("relative", "")
    whole = declare(officer=officer, subject=None, reason="借调", **by)
    for subject in (hospital, None):
        refused(AlreadyDone, None, lambda it=subject: declare(officer=officer, subject=it, reason="再", **by))
        with pytest.raises(IntegrityError), transaction.atomic():
            PoolRecusal.objects.create(officer=officer, subject=subject, reason="再", **by)
    officers.end_recusal(recusal=one, **by)
    assert list(officer.recusals.all()) == [whole]
    people.refresh_from_db()
    assert people.version == 5
    officers.remove_officer(officer=officer, reason="调离", **by)  # what was declared leaves with the officer
    assert not PoolRecusal.objects.exists()


def csv_of(*lines, encoding="utf-8-sig", name="名单.csv"):
    return SimpleUploadedFile(name, "\n".join([",".join(pools_lists.HEADS), *lines]).encode(encoding))


def xlsx_of(*rows, head=pools_lists.HEADS):
    book = openpyxl.Workbook()
    for row in ([head] if head else []) + list(rows):
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("名单.xlsx", out.getvalue())


def line(
    code, name="仁和医院", kind="医疗机构", area="城关镇", risk="高", weight="3", reason="投诉多", public="是"
):
    return [code, name, kind, area, risk, weight, reason, public]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_list_is_read_in_and_enters_bodies_the_register_does_not_know(
    pool, county, insurance_handler, now, encoding
):
    known = make_subject(county, name="中医院", at=now)
    new, shop = uscc(), uscc()
    upload = csv_of(
        ",".join(line(known.uscc, "别名")), ",".join(line(new)),
        ",".join(line(shop.lower(), "惠民药房", "零售药店", "", "", "", "", "")), encoding=encoding,
    )  # fmt: skip
    rows = pools_lists.read_targets(upload)
    given = {"pool": pool, "rows": rows, "by": insurance_handler, "at": now}
    assert actions.import_targets(**given) == (3, 0, 2)
    held = {row.subject.uscc: row for row in pool.targets.select_related("subject")}
    assert held[known.uscc].subject.name == "中医院"  # the register's name, whatever the list says
    assert (held[new].weight, held[new].risk, held[new].subject.public) == (3, "high", True)
    assert (held[shop].weight, held[shop].risk, held[shop].subject.kind) == (1, "low", "pharmacy")
    version = Pool.objects.get(pk=pool.pk).version
    assert actions.import_targets(**given) == (0, 0, 0) and Pool.objects.get(pk=pool.pk).version == version
    rows = pools_lists.read_targets(csv_of(",".join(line(new, weight="5"))))
    assert actions.import_targets(pool=pool, rows=rows, by=insurance_handler, at=now) == (0, 1, 0)


def test_what_is_written_out_is_read_in_again(pool, county, insurance_handler, now):
    add = {"pool": pool, "by": insurance_handler, "at": now}
    actions.add_target(
        subject=make_subject(county, name="=SUM(1)医院", public=False, at=now), weight=2, reason="重点", **add
    )
    actions.add_target(subject=make_subject(county, kind="supplier", name="青禾药业", at=now), **add)
    data = pools_lists.workbook(pool.targets.select_related("subject").order_by("pk"))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet["B2"].data_type == "s" and sheet["B2"].value == "=SUM(1)医院"
    with pytest.raises(BadInput):  # a name like a formula is not taken back from a file
        pools_lists.read_targets(SimpleUploadedFile("库.xlsx", data))
    Subject.objects.filter(name__startswith="=").update(name="总和医院")
    data = pools_lists.workbook(pool.targets.select_related("subject").order_by("pk"))
    rows = pools_lists.read_targets(SimpleUploadedFile("库.xlsx", data))
    assert [(row.name, row.weight, row.reason, row.public) for row in rows] == [
        ("总和医院", 2, "重点", False), ("青禾药业", 1, "", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (line("52431026MJ9000001X"), "52431026MJ9000001X"),
        (line(""), "—"),
        (line(uscc(), name=""), "名称"),
        (line(uscc(), name="=HYPERLINK(1)"), "公式"),
        (line(uscc(), reason="+1"), "公式"),
        (line(uscc(), area="@x"), "公式"),
        (line(uscc(), kind="学校"), "医疗机构"),
        (line(uscc(), risk="特高"), "风险"),
        (line(uscc(), weight="0"), "权重"),
        (line(uscc(), weight="101"), "权重"),
        (line(uscc(), weight="1" * 5000), "权重"),  # more digits than Python turns into a number
        (line(uscc(), weight="1.5"), "权重"),
        (line(uscc(), weight="３"), "权重"),
        (line(uscc(), reason=""), "理由"),
        (line(uscc(), area="长" * 41), "40"),
        (line(uscc(), public="也许"), "公立"),
        (line(uscc(), name="坏\x07名"), "字符"),
    ],
)
def test_a_row_that_cannot_be_right_is_named_and_nothing_is_read_in(db, row, word):
    good = line(uscc())
    for upload in (csv_of(",".join(good), ",".join(row)),):
        with pytest.raises(BadInput) as caught:
            pools_lists.read_targets(upload)
        assert caught.value.field == "upload" and "3" in str(caught.value) and word in str(caught.value)


def test_a_formula_in_excel_is_refused_even_where_its_value_is_kept_beside_it(db):
    upload = xlsx_of(line(uscc()), line(uscc(), weight="=1+1"))
    with pytest.raises(BadInput) as caught:
        pools_lists.read_targets(upload)
    assert "3" in str(caught.value) and "公式" in str(caught.value)


def test_the_same_target_twice_too_many_rows_and_no_list_at_all(db, monkeypatch):
    twice = uscc()
    refused(
        BadInput, "upload", lambda: pools_lists.read_targets(csv_of(*[",".join(line(twice))] * 2)), "3", "2"
    )
    bad = [",".join(line(f"{n}")) for n in range(12)]
    refused(BadInput, "upload", lambda: pools_lists.read_targets(csv_of(*bad)), "2")
    refused(BadInput, "upload", lambda: pools_lists.read_targets(csv_of()))
    refused(BadInput, "upload", lambda: pools_lists.read_targets(xlsx_of(head=None)))
    refused(
        BadInput,
        "upload",
        lambda: pools_lists.read_targets(SimpleUploadedFile("a.csv", b"\xff\xfe\x00\x81\x00")),
    )
    refused(
        BadInput,
        "upload",
        lambda: pools_lists.read_targets(SimpleUploadedFile("a.csv", b'"' + b"x" * 200_000)),
    )
    monkeypatch.setattr(pools_lists, "MOST", 1)
    refused(
        BadInput,
        "upload",
        lambda: pools_lists.read_targets(csv_of(*[",".join(line(uscc())) for _ in range(3)])),
    )
    monkeypatch.setattr(pools_lists, "LARGEST", 10)
    refused(BadInput, "upload", lambda: pools_lists.read_targets(csv_of(",".join(line(uscc())))))
    assert pools_lists.read_targets(xlsx_of(line(twice), head=None))[0].place == 1


def test_a_list_against_the_register_is_all_or_nothing(pool, county, insurance_handler, now):
    code = uscc()
    rows = pools_lists.read_targets(csv_of(",".join(line(uscc())), ",".join(line(code))))
    broken = [rows[0], pools_lists.Row(**(vars(rows[1]) | {"name": " "}))]
    with pytest.raises(BadInput) as caught:
        actions.import_targets(pool=pool, rows=broken, by=insurance_handler, at=now)
    assert caught.value.field == "upload" and "3" in str(caught.value)
    assert not pool.targets.exists() and not Subject.objects.filter(region=county).exists()


def test_who_sees_and_keeps_them(
    pool, insurance_section_head, insurance_registrar, health_handler, office_coordinator, county_leader, outsider,
    system_admin, insurance_handler,
):  # fmt: skip
    sees = (insurance_section_head, insurance_registrar, office_coordinator, county_leader)
    assert all(Pool.objects.visible_to(user).exists() for user in sees)
    assert not any(
        Pool.objects.visible_to(user).exists() for user in (health_handler, outsider, system_admin)
    )
    assert [pools_rules.can_keep(user, pool) for user in (insurance_handler, insurance_section_head)] == [
        True,
        True,
    ]
    assert not any(
        pools_rules.can_keep(user, pool)
        for user in (insurance_registrar, health_handler, office_coordinator, county_leader, system_admin)
    )
    assert not pools_rules.can_make(office_coordinator) and pools_rules.can_make(health_handler)
