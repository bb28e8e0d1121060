"""The register: owed by itself, prepared by one, released by another, sent, received, withdrawn with proof."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, OperationalError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.actions import strands
from cases.actions.relations import add_relation
from cases.actions.restriction import restrict_case
from core.dictionaries import version_of
from core.refusals import AlreadyDone, BadInput, FourEyes, Stale, WrongState
from deadlines.actions.clocks import cancel_clock
from deadlines.models import ClockRule, Deadline
from documents import storage
from journal.models import Event
from journal.render import sentence
from sanctions import rules_credit as rules
from sanctions import set_up_credit, workbench_credit
from sanctions.actions import publication as actions
from sanctions.actions.bulk_publications import _fall, _owe, _seen_to, begin_publications, see_to_publications
from sanctions.actions.publication_exports import (
    Said,
    change_mapping,
    export_publications,
    mapping_of,
    note_file_taken,
    record_receipts,
    values_of,
)
from sanctions.actions.publication_withdrawal import prove_withdrawal, start_withdrawal
from sanctions.enums_credit import InfoKind
from sanctions.models import (
    Bar,
    ExportLine,
    ListEntry,
    Publication,
    PublicationExport,
    PublicationMapping,
    Repair,
)
from sanctions.panels_credit import hidden_publications
from sanctions.publication_masking import answering, reveals, scrubbed
from sanctions.publication_sources import STANDING, fallen, of_strand, owed
from tests.factories.cases import make_subject, pdf, resident_id
from tests.factories.credit import bar, entry, penalty, xlsx

TODAY = dt.date(2026, 11, 16)
TEXT = {"words": "违规使用医保基金", "basis": "条例第四十条", "number": "青医保罚〔2026〕3号"}


@pytest.fixture
def prepare(insurance, subject, insurance_handler, now):
    def prepare(**more):
        given = {
            "department": insurance, "subject": subject, "kind": "penalty", "formed_on": TODAY,
            "by": insurance_handler, "at": now,
            **TEXT,
        }  # fmt: skip
        return actions.prepare_publication(**(given | more))

    return prepare


@pytest.fixture
def release(insurance_section_head, now):
    def release(row):
        return actions.release_publication(row=row, by=insurance_section_head, at=now)

    return release


@pytest.fixture
def publish(prepare, release, reform, reform_handler, now):
    """A published row, by way of a file and its receipt."""

    def publish(**more):
        row = release(prepare(**more))
        file = export_publications(rows=[row], form="csv_utf8", by=reform_handler, at=now)
        said = Said(1, True, "XY-1", TODAY)
        record_receipts(export=file, said=[said], by=reform_handler, at=now)
        row.refresh_from_db()
        return row

    return publish


def clock(row, code):
    return Deadline.objects.get(target_kind="publication", target_id=row.pk, rule_code=code)


def faults(call, **more):
    with pytest.raises(BadInput) as refused:
        call(**more)
    return set(refused.value.faults)


# -- clocks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", InfoKind.values)
def test_every_kind_of_information_has_its_clock_seven_days_for_penalties(prepare, kind):
    row = prepare(kind=kind)
    found = Deadline.objects.get(target_kind="publication", target_id=row.pk)
    assert (found.amount, found.unit) == ((7 if kind == "penalty" else 20), "working_day")
    assert found.rule.basis


def test_the_clock_runs_from_the_day_it_was_formed_and_is_editable(prepare):
    assert clock(prepare(), "penalty_publication").due_on == dt.date(2026, 11, 25)
    late = prepare(formed_on=dt.date(2026, 10, 9))
    assert clock(late, "penalty_publication").due_on < TODAY
    codes = {
        "publication_agreement",
        "publication_red",
        "publication_black",
        "publication_sanction",
        "publication_withdrawal",
    }
    assert set(ClockRule.objects.filter(code__in=codes).values_list("code", flat=True)) == codes


# -- preparing and releasing ---------------------------------------------------------------------------------


def test_a_person_goes_out_masked_and_is_named_nowhere(prepare, county, now):
    number = resident_id(81)
    person = make_subject(county, name="王小明", kind="insured", id_number=number, at=now)
    row = prepare(subject=person)
    assert row.name == "王*明" and number not in row.code and "*" in row.code
    for field in ("words", "basis", "opinion"):
        assert faults(prepare, subject=person, **{field: "王小明冒名"}) == {field}
        assert faults(prepare, **{field: f"冒用{number}"}) == {field}


def test_what_cannot_go_out_is_refused_by_its_field(prepare, other_county, now):
    assert faults(prepare, kind="x", execution="x", words=" ", basis="") == {
        "kind",
        "execution",
        "words",
        "basis",
    }
    for wrong in (TODAY + dt.timedelta(days=1), dt.date(1999, 12, 31), None):
        assert faults(prepare, formed_on=wrong) == {"formed_on"}
    assert faults(prepare, until=TODAY) == {"until"}
    assert faults(prepare, since=TODAY, until=TODAY - dt.timedelta(days=1)) == {"until"}
    assert faults(prepare, since=TODAY, until=dt.date(2200, 1, 1)) == {"until"}
    assert faults(prepare, subject=make_subject(other_county, name="云溪医院", at=now)) == {"subject"}
    assert not Publication.objects.exists()


def test_one_prepares_and_another_releases(prepare, insurance_handler, insurance_section_head, now):
    row = prepare()
    with pytest.raises(FourEyes):
        actions.release_publication(row=row, by=insurance_handler, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=row.pk).update(released_by=insurance_handler, released_at=now)
    done = actions.release_publication(row=row, by=insurance_section_head, at=now)
    assert (done.status, done.published_on) == ("released", None)  # nothing is published by itself
    assert sentence(Event.objects.filter(verb="sanction.publication_released").latest("pk"))
    with pytest.raises(WrongState):
        actions.release_publication(row=row, by=insurance_section_head, at=now)


def test_it_is_sent_back_mended_and_dropped(prepare, insurance_handler, insurance_section_head, now):
    row = prepare()
    assert faults(actions.send_back_publication, row=row, reason=" ", by=insurance_section_head, at=now) == {
        "reason"
    }
    actions.send_back_publication(row=row, reason="表述不清", by=insurance_section_head, at=now)
    with pytest.raises(Stale):
        actions.edit_publication(row=row, version=1, by=insurance_handler, at=now, **TEXT)
    assert faults(
        actions.edit_publication, row=row, version=None, words="", basis="x", by=insurance_handler, at=now
    ) == {"words"}
    mended = actions.edit_publication(row=row, version=row.version, by=insurance_section_head, at=now, **TEXT)
    assert (mended.status, mended.prepared_by, mended.reason) == ("prepared", insurance_section_head, "")
    with pytest.raises(FourEyes):  # who wrote last prepared it
        actions.release_publication(row=mended, by=insurance_section_head, at=now)
    dropped = actions.drop_publication(row=mended, reason="依法不予公开", by=insurance_handler, at=now)
    assert dropped.status == "dropped" and clock(row, "penalty_publication").status == "cancelled"
    with pytest.raises(WrongState):
        actions.drop_publication(row=mended, reason="再次", by=insurance_handler, at=now)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


# -- files and receipts ----------------------------------------------------------------------------------------


def test_a_file_is_kept_and_publishes_nothing(prepare, release, reform, reform_handler, now):
    rows = [release(prepare()), release(prepare(kind="other"))]
    file = export_publications(rows=rows, form="json", by=reform_handler, at=now)
    assert (file.rows, file.columns) == (2, mapping_of(reform.region).columns)
    assert TEXT["words"] in storage.fetch(file.file, file.sha256).decode()
    assert set(Publication.objects.values_list("status", flat=True)) == {"released"}
    with pytest.raises(WrongState):  # it waits for its receipt
        export_publications(rows=rows[:1], form="json", by=reform_handler, at=now)
    with pytest.raises(WrongState):
        actions.drop_publication(row=rows[0], reason="不公开", by=reform_handler, at=now)
    note_file_taken(export=file, by=reform_handler, at=now)
    assert Event.objects.filter(verb="sanction.publications_taken").count() == 1


def test_what_does_not_go_into_a_file_is_refused(
    prepare, release, reform, reform_handler, now, settings, monkeypatch
):
    row = prepare()
    with pytest.raises(WrongState):
        export_publications(rows=[row], form="json", by=reform_handler, at=now)
    assert faults(export_publications, rows=[row], form="doc", by=reform_handler, at=now) == {"form"}
    assert faults(export_publications, rows=[], form="json", by=reform_handler, at=now) == {"rows"}
    monkeypatch.setattr("sanctions.actions.publication_exports.MOST", 1)
    rows = [release(row), release(prepare(kind="other"))]
    assert faults(export_publications, rows=rows, form="json", by=reform_handler, at=now) == {"rows"}


def test_receipts_publish_and_reject_all_or_nothing(prepare, release, reform, reform_handler, now):
    rows = [release(prepare()), release(prepare(kind="other"))]
    file = export_publications(rows=rows, form="xlsx", by=reform_handler, at=now)
    given = {"export": file, "by": reform_handler, "at": now}
    yes, no = Said(1, True, "XY-1", TODAY), Said(2, False, "", TODAY, "代码不存在")
    wrong = [
        [], [yes, yes], [yes, Said(3, True, "", TODAY)], [yes, Said(2, False, "", TODAY)], [Said(1, True, "", None)],
        [Said(1, True, "", TODAY + dt.timedelta(days=1))], [Said(1, True, "", TODAY - dt.timedelta(days=1))],
    ]  # fmt: skip
    for said in wrong:
        assert faults(record_receipts, said=said, **given) == {"receipts"}
    assert set(Publication.objects.values_list("status", flat=True)) == {"released"}
    record_receipts(said=[yes, no], **given)
    for row in rows:
        row.refresh_from_db()
    assert (rows[0].status, rows[0].published_on, rows[0].receipt) == ("published", TODAY, "XY-1")
    assert clock(rows[0], "penalty_publication").status == "met"
    assert (rows[1].status, rows[1].reason) == ("rejected", "代码不存在")
    assert clock(rows[1], "publication").status == "running"
    assert faults(record_receipts, said=[yes], **given) == {"receipts"}
    mended = actions.edit_publication(row=rows[1], version=None, by=reform_handler, at=now, **TEXT)
    assert mended.status == "prepared" and mended.released_by is None


def test_the_mapping_is_the_countys_own(reform, system_admin, county, other_county, now):
    shipped = mapping_of(county)
    assert [column for column, _field in shipped.columns][:5] == [
        "uscc",
        "主体名称",
        "主体类型",
        "信息类别",
        "奖惩说明",
    ]
    assert {"执行状态", "执行意见"} <= {column for column, _field in shipped.columns}

    def change(columns, version=None):
        held = mapping_of(county)
        version = version_of(values_of(held)) if version is None else version
        return change_mapping(region=county, version=version, columns=columns, by=system_admin, at=now)

    own = change("code = code")
    assert own.region == county and mapping_of(other_county).region is None
    assert change("code = code").version == 1
    assert change("code = code\nname = name").version == 2
    with pytest.raises(Stale):
        change("x = code", version=1)
    assert faults(change, columns="x") == {"columns"}
    assert PublicationMapping.objects.count() == 2
    assert set_up_credit.mapping(system_admin)[0]


# -- withdrawal ------------------------------------------------------------------------------------------------


def test_what_is_published_is_withdrawn_in_three_working_days_with_proof(publish, insurance_handler, now):
    row = publish()
    given = {"row": row, "by": insurance_handler, "at": now}
    assert faults(start_withdrawal, cause="x", cause_on=TODAY + dt.timedelta(days=1), **given) == {
        "cause",
        "cause_on",
    }
    start_withdrawal(cause="annulled", cause_on=TODAY, **given)
    assert clock(row, "publication_withdrawal").due_on == dt.date(2026, 11, 19)
    with pytest.raises(WrongState):
        start_withdrawal(cause="annulled", cause_on=TODAY, **given)
    later = now + dt.timedelta(days=2)
    proof = {"row": row, "by": insurance_handler, "at": later}
    assert faults(prove_withdrawal, withdrawn_on=TODAY, proof=None, **proof) == {"proof"}
    assert faults(prove_withdrawal, withdrawn_on=TODAY - dt.timedelta(days=1), proof=pdf(), **proof) == {
        "withdrawn_on"
    }
    assert faults(prove_withdrawal, withdrawn_on=TODAY + dt.timedelta(days=9), proof=pdf(), **proof) == {
        "withdrawn_on"
    }
    done = prove_withdrawal(withdrawn_on=TODAY + dt.timedelta(days=1), proof=pdf("撤下截图.pdf"), **proof)
    assert (done.status, done.proof_name) == ("withdrawn", "撤下截图.pdf")
    met = clock(row, "publication_withdrawal")
    assert (met.status, met.late) == ("met", False)
    with pytest.raises(WrongState):
        prove_withdrawal(withdrawn_on=TODAY, proof=pdf(), **proof)


def test_what_is_not_published_is_not_withdrawn(prepare, release, insurance_handler, now):
    row = prepare()
    for _step in ("prepared", "released"):
        with pytest.raises(WrongState) as refused:
            start_withdrawal(row=row, cause="wrong", cause_on=TODAY, by=insurance_handler, at=now)
        assert (
            "not published" in str(refused.value)
            or "未公开" in str(refused.value)
            or "未公示" in str(refused.value)
        )
        if row.status == "prepared":
            release(row)


def test_what_is_published_is_not_dropped(publish, insurance_handler, now):
    with pytest.raises(WrongState):
        actions.drop_publication(row=publish(), reason="x", by=insurance_handler, at=now)


def test_without_a_keeper_of_the_platform_and_without_a_clock_it_goes_its_way(
    prepare, release, insurance_handler, insurance_section_head, now
):
    row, other = release(prepare()), prepare(kind="other")
    for running in Deadline.objects.filter(target_kind="publication"):
        cancel_clock(deadline=running, at=now, reason="按手工台账掌握", by=insurance_section_head)
    file = export_publications(rows=[row], form="json", by=insurance_handler, at=now)
    record_receipts(export=file, said=[Said(1, True, "XY-1", TODAY)], by=insurance_handler, at=now)
    row.refresh_from_db()
    assert (
        start_withdrawal(row=row, cause="wrong", cause_on=TODAY, by=insurance_handler, at=now).status
        == "withdrawing"
    )
    assert (
        actions.drop_publication(row=other, reason="不公开", by=insurance_handler, at=now).status == "dropped"
    )


# -- what is owed and what has fallen --------------------------------------------------------------------------


@pytest.fixture
def standing(case, subject, insurance_handler, insurance_deputy_head, now):
    """A decided penalty, a bar, and two list entries."""
    people = {"by": insurance_handler, "other": insurance_deputy_head, "at": now}
    strand = penalty(case, by=insurance_handler, deputy=insurance_deputy_head, at=now)
    until = dt.date(2029, 11, 15)
    return (
        strand, bar(case, subject, by=insurance_handler, at=now, since=TODAY, until=until),
        entry(subject, since=TODAY, until=until, **people), entry(subject, since=TODAY, until=until, kind="red", **people),
    )  # fmt: skip


def test_the_job_finds_what_is_owed_once(standing, now, insurance_handler):
    assert see_to_publications(at=now) == 4
    rows = {row.kind: row for row in Publication.objects.all()}
    assert set(rows) == {"penalty", "agreement", "black", "red"}
    assert {row.status for row in rows.values()} == {"owed"}
    assert (rows["penalty"].number, rows["penalty"].formed_on) == ("青医保罚〔2026〕3号", TODAY)
    assert see_to_publications(at=now) == 0
    source = next(owed(), None)
    assert source is None
    assert workbench_credit.publications(insurance_handler).count() == 4
    phrases = [row.phrase for row in workbench_credit.publication_rows(insurance_handler, 10)]
    assert len(phrases) == 4
    with pytest.raises(AlreadyDone):
        actions.owe_publication(source=_again(standing[0]), at=now)


def _again(strand):
    """The penalty as the job reads it."""
    return of_strand(STANDING["strand"]().get(pk=strand.pk))


def test_two_runs_of_the_job_do_nothing_twice(standing, publish, insurance_handler, now):
    source = next(owed())
    assert _owe(source, now) and not _owe(source, now)
    listed = standing[2]
    row = publish(kind="black")
    Publication.objects.filter(pk=row.pk).update(source_kind="list_entry", source_id=listed.pk)
    row.refresh_from_db()
    ListEntry.objects.filter(pk=listed.pk).update(status="removed", ended_at=now, end_reason="x")
    standing_row = Publication(source_kind="list_entry", source_id=standing[3].pk, status="owed")
    assert not _fall(standing_row, now)
    other_run = Publication.objects.select_related("department__region", "subject").get(pk=row.pk)
    assert _fall(row, now) and not _fall(other_run, now)  # read before the first run committed


def test_a_case_without_a_subject_owes_nothing(standing, county, now):
    strand = standing[0]
    begin_publications(region=county, since=now)
    assert "strand" in {source.kind for source in owed()}
    strand.case.case_subjects.all().delete()
    assert _again(strand) is None
    assert "strand" not in {source.kind for source in owed()}


def test_what_has_fallen_is_dropped_or_withdrawn_by_the_job(
    standing,
    publish,
    release,
    insurance_handler,
    insurance_deputy_head,
    insurance_section_head,
    reform,
    reform_handler,
    now,
):
    see_to_publications(at=now)
    rows = list(Publication.objects.order_by("pk"))
    for row in rows:
        actions.edit_publication(row=row, version=None, by=insurance_handler, at=now, **TEXT)
        release(row)
    black = next(row for row in rows if row.kind == "black")
    others = [row for row in rows if row != black]
    file = export_publications(rows=others, form="json", by=reform_handler, at=now)
    strand, bar_row, listed, red = standing
    strands.redo(strand=strand, reason="复议变更", by=insurance_deputy_head, at=now)
    Bar.objects.filter(pk=bar_row.pk).update(status="lifted", ended_at=now, end_reason="复议撤销")
    Repair.objects.create(
        region=listed.region, department=listed.department, entry=red, subject=red.subject, status="granted",
        applied_on=TODAY,
        grounds="改正", commitment="承诺", recorded_by=insurance_handler, recorded_at=now, decided_by=insurance_deputy_head,
        decided_at=now, reason="同意", created_at=now, updated_at=now,
    )  # fmt: skip
    over = {"ended_at": now, "end_reason": "期满"}
    ListEntry.objects.filter(pk=red.pk).update(status="removed", **over)
    ListEntry.objects.filter(pk=listed.pk).update(status="removed", **over)
    assert see_to_publications(at=now) == 1  # what is with the platform waits for its receipt
    black.refresh_from_db()
    assert black.status == "dropped" and black.reason
    said = [Said(n, True, f"XY-{n}", TODAY) for n in range(1, 4)]
    record_receipts(export=file, said=said, by=reform_handler, at=now)
    assert see_to_publications(at=now) == 3
    for row in others:
        row.refresh_from_db()
    assert {row.kind: row.cause for row in others} == {
        "penalty": "annulled",
        "agreement": "removed",
        "red": "repaired",
    }
    assert clock(others[0], "publication_withdrawal").started_on == TODAY
    assert see_to_publications(at=now) == 0
    assert Event.objects.filter(verb="sanction.withdrawal_begun", actor_id=None).count() == 3


@pytest.mark.parametrize(
    ("status", "cause"),
    [("expired", "expired"), ("suspended", "annulled"), ("removed", "removed"), ("listed", None)],
)
def test_why_a_list_entry_or_a_bar_fell(standing, now, status, cause):
    see_to_publications(at=now)
    ended = {} if status in ("suspended", "listed") else {"ended_at": now, "end_reason": "x"}
    ListEntry.objects.filter(pk=standing[2].pk).update(status=status, **ended)
    names = {"removed": "lifted", "listed": "in_force"}
    Bar.objects.filter(pk=standing[1].pk).update(status=names.get(status, status), **ended)
    for kind in ("black", "agreement"):
        found = fallen(Publication.objects.get(kind=kind), now)
        assert (found and found.cause) == cause
    assert fallen(Publication(source_kind="", source_id=None), now) is None


def _decide(strand, number, deputy, at):
    strands.decide_strand(
        strand=strand, disposition="penalty", basis="条例第四十条", findings="属实。", decision_number=number,
        by=deputy, at=at,
    )  # fmt: skip


def numbers(kind):
    return sorted(Publication.objects.filter(kind=kind).values_list("status", "number"))


def test_what_the_job_dropped_is_owed_again_when_its_ground_stands_again(standing, insurance_deputy_head, now):
    see_to_publications(at=now)
    strand, bar_row, listed, red = standing
    strands.redo(strand=strand, reason="复议", by=insurance_deputy_head, at=now)
    Bar.objects.filter(pk=bar_row.pk).update(status="suspended")
    ListEntry.objects.filter(pk=listed.pk).update(status="suspended")
    actions.drop_publication(
        row=Publication.objects.get(kind="red"), reason="不公开", by=insurance_deputy_head, at=now
    )
    ListEntry.objects.filter(pk=red.pk).update(status="suspended")
    assert see_to_publications(at=now) == 3
    assert not Publication.objects.exclude(status="dropped").exists() and see_to_publications(at=now) == 0
    _decide(strand, "青医保罚〔2026〕9号", insurance_deputy_head, now)
    Bar.objects.filter(pk=bar_row.pk).update(status="in_force")
    ListEntry.objects.filter(pk__in=(listed.pk, red.pk)).update(status="listed")
    assert see_to_publications(at=now) == 3
    assert numbers("penalty") == [("dropped", "青医保罚〔2026〕3号"), ("owed", "青医保罚〔2026〕9号")]
    assert [status for status, _number in numbers("agreement")] == ["dropped", "owed"]
    assert [status for status, _number in numbers("black")] == ["dropped", "owed"]
    assert [status for status, _number in numbers("red")] == ["dropped"]  # a person dropped it
    assert clock(Publication.objects.get(kind="penalty", status="owed"), "penalty_publication").status == "running"
    assert see_to_publications(at=now) == 0


@pytest.mark.parametrize(("cause", "again"), [("repaired", 0), ("expired", 0), ("wrong", 1)])
def test_what_left_the_public_for_good_is_not_owed_again(
    standing, release, reform_handler, insurance_handler, insurance_deputy_head, now, cause, again
):
    see_to_publications(at=now)
    row = Publication.objects.get(kind="penalty")
    actions.edit_publication(row=row, version=None, by=insurance_handler, at=now, **TEXT)
    release(row)
    file = export_publications(rows=[row], form="json", by=reform_handler, at=now)
    record_receipts(export=file, said=[Said(1, True, "XY-1", TODAY)], by=reform_handler, at=now)
    row.refresh_from_db()
    start_withdrawal(row=row, cause=cause, cause_on=TODAY, by=insurance_handler, at=now)
    prove_withdrawal(row=row, withdrawn_on=TODAY, proof=pdf(), by=insurance_handler, at=now)
    assert see_to_publications(at=now) == again  # the penalty stands as it stood
    strands.redo(strand=standing[0], reason="复议", by=insurance_deputy_head, at=now)
    see_to_publications(at=now)
    _decide(standing[0], "青医保罚〔2026〕9号", insurance_deputy_head, now)
    assert see_to_publications(at=now) == 1  # another decision
    assert numbers("penalty")[0] == ("owed", "青医保罚〔2026〕9号") or again


def test_what_a_person_dropped_is_owed_again_once_it_is_another_decision(standing, insurance_deputy_head, now):
    see_to_publications(at=now)
    row = Publication.objects.get(kind="penalty")
    actions.drop_publication(row=row, reason="不公开", by=insurance_deputy_head, at=now)
    assert see_to_publications(at=now) == 0
    strands.redo(strand=standing[0], reason="复议", by=insurance_deputy_head, at=now)
    _decide(standing[0], "青医保罚〔2026〕3号", insurance_deputy_head, now)
    assert see_to_publications(at=now) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=row.pk).update(dropped_by=None)


def test_decided_anew_between_two_runs_the_old_number_does_not_stay(
    standing, publish, release, reform_handler, insurance_handler, insurance_deputy_head, now
):
    see_to_publications(at=now)
    for row in Publication.objects.exclude(kind="red").order_by("pk"):
        actions.edit_publication(row=row, version=None, by=insurance_handler, at=now, **TEXT)
        release(row)
    rows = list(Publication.objects.filter(status="released").order_by("pk"))
    file = export_publications(rows=rows[:2], form="json", by=reform_handler, at=now)
    record_receipts(
        export=file, said=[Said(n, True, f"XY-{n}", TODAY) for n in (1, 2)], by=reform_handler, at=now
    )
    strand, bar_row, listed, _red = standing
    strands.redo(strand=strand, reason="复议", by=insurance_deputy_head, at=now)
    _decide(strand, "青医保罚〔2026〕9号", insurance_deputy_head, now)
    Bar.objects.filter(pk=bar_row.pk).update(until=dt.date(2029, 11, 10))
    ListEntry.objects.filter(pk=listed.pk).update(decision_number="青医保认〔2026〕2号")
    with pytest.raises(WrongState):
        export_publications(rows=rows[2:], form="json", by=reform_handler, at=now)
    assert see_to_publications(at=now) == 4  # two withdrawn, one dropped, one owed anew
    penalty_row, agreement, black = (Publication.objects.get(pk=row.pk) for row in rows)
    assert [row.status for row in (penalty_row, agreement, black)] == ["withdrawing", "withdrawing", "dropped"]
    assert penalty_row.cause == agreement.cause == "annulled" and penalty_row.cause_on == TODAY
    assert numbers("black")[-1] == ("owed", "青医保认〔2026〕2号")
    for row in (penalty_row, agreement):
        prove_withdrawal(row=row, withdrawn_on=TODAY, proof=pdf(), by=insurance_handler, at=now)
    assert see_to_publications(at=now) == 2
    assert numbers("penalty")[0] == ("owed", "青医保罚〔2026〕9号")
    assert Publication.objects.get(kind="agreement", status="owed").until == dt.date(2029, 11, 10)


def test_the_job_goes_on_past_a_row_it_cannot_see_to(standing, now, caplog):
    see_to_publications(at=now)
    _strand, bar_row, listed, red = standing
    ClockRule.objects.filter(code="publication_red").update(code="gone")  # no clock can be begun by it
    Publication.objects.filter(kind__in=("red", "black")).update(source_id=None, source_kind="")
    Bar.objects.filter(pk=bar_row.pk).update(status="suspended")
    made = see_to_publications(at=now)
    assert made == 2, caplog.text  # the bar's row is dropped, the black entry's made; the red one was passed over
    assert "passed over" in caplog.text
    assert Publication.objects.filter(source_kind="list_entry", source_id=listed.pk).count() == 1
    assert not Publication.objects.filter(source_kind="list_entry", source_id=red.pk).exists()


def test_a_database_that_went_away_ends_the_run(county, now):
    def away(thing, at):
        raise OperationalError(thing)

    with pytest.raises(OperationalError):  # the clerk waits for it
        _seen_to(away, "a row", now)


def test_penalties_of_before_the_register_are_not_owed(standing, county, now):
    begin_publications(region=county, since=now + dt.timedelta(days=1))
    assert begin_publications(region=county, since=now).since > now  # the first call counts
    begun = Event.objects.get(verb="sanction.publications_begun", region_id=county.pk)
    assert begun.params["on"] == (TODAY + dt.timedelta(days=1)).isoformat() and begun.target_kind == county.kind_code
    see_to_publications(at=now)
    assert set(Publication.objects.values_list("kind", flat=True)) == {"agreement", "black", "red"}


def test_the_job_asks_a_fixed_number_of_questions_when_nothing_is_to_be_done(
    standing, publish, now, django_assert_num_queries
):
    see_to_publications(at=now)
    with django_assert_num_queries(5):  # regions, what fell, what is owed of three kinds
        assert see_to_publications(at=now) == 0
    for number in range(3):
        row = publish(kind="black", number=f"{number}")
        Publication.objects.filter(pk=row.pk).update(source_kind="other", source_id=number)
    with django_assert_num_queries(5):
        assert see_to_publications(at=now) == 0


def test_what_bars_a_person_is_no_agreement(case, subject, county, insurance_handler, now):
    person = make_subject(county, name="孙七", kind="practitioner", id_number=resident_id(43), at=now)
    given = {"by": insurance_handler, "at": now, "since": TODAY, "until": dt.date(2031, 11, 15)}
    bar(case, person, because_of=subject, **given)
    bar(case, make_subject(county, name="周八", kind="practitioner", id_number=resident_id(45), at=now), **given)
    see_to_publications(at=now)
    rows = Publication.objects.filter(source_kind="bar").order_by("pk")
    assert [row.kind for row in rows] == ["sanction", "sanction"]
    assert "管理活动" in rows[0].words and not any("协议" in row.words for row in rows)


def test_who_answers_for_a_body_is_not_named_with_it(prepare, subject, insurance_handler, now):
    said = {"subject": subject, "from_on": TODAY, "basis": "许可证", "by": insurance_handler, "at": now}
    add_relation(kind="legal", name="孙小七", id_number=resident_id(46), **said)
    for field in ("words", "basis", "opinion", "number"):
        assert faults(prepare, **{field: "法定代表人孙小七"}) == {field}
    assert faults(prepare, number=f"ID{resident_id(47)}") == {"number"}
    text = f"法定代表人孙小七，ID{resident_id(47)}"
    offered = scrubbed(text, subject, answering(subject))
    assert "孙*七" in offered and resident_id(47) not in offered and not reveals(offered, subject, answering(subject))


def test_it_left_the_platform_not_before_its_ground_fell(publish, insurance_handler, now):
    row = publish()
    later = now + dt.timedelta(days=3)
    start_withdrawal(
        row=row, cause="annulled", cause_on=TODAY + dt.timedelta(days=2), by=insurance_handler, at=later
    )
    given = {"row": row, "proof": pdf(), "by": insurance_handler, "at": later}
    assert faults(prove_withdrawal, withdrawn_on=TODAY + dt.timedelta(days=1), **given) == {"withdrawn_on"}
    prove_withdrawal(withdrawn_on=TODAY + dt.timedelta(days=2), **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=row.pk).update(withdrawn_on=TODAY - dt.timedelta(days=1))


def test_who_prepared_what_the_platform_rejected_does_not_release_it(
    publish, prepare, release, insurance_handler, reform_handler, now
):
    row = release(prepare())
    file = export_publications(rows=[row], form="json", by=reform_handler, at=now)
    record_receipts(export=file, said=[Said(1, False, "", TODAY, "代码不存在")], by=reform_handler, at=now)
    row.refresh_from_db()
    with pytest.raises(FourEyes):
        actions.release_publication(row=row, by=insurance_handler, at=now)
    assert release(row).status == "released"  # as it was, by the second person


# -- doors -----------------------------------------------------------------------------------------------------


def test_who_sees_a_publication(
    prepare, publish, case, standing, now, insurance_handler, insurance_handler_2, health_handler, reform_handler, outsider,
    audit_admin, insurance_deputy_head,
):  # fmt: skip
    own, out = prepare(), publish(kind="other")

    def seen(user):
        return set(Publication.objects.visible_to(user).values_list("pk", flat=True))

    assert seen(insurance_handler_2) == {own.pk, out.pk}
    assert seen(health_handler) == {out.pk} and seen(reform_handler) == {out.pk}
    assert seen(outsider) == set() and seen(audit_admin) == set()
    see_to_publications(at=now)
    restrict_case(case=case, reason="涉密", by=insurance_handler, at=now)
    hidden = Publication.objects.get(kind="penalty", status="owed")
    assert hidden.pk not in seen(insurance_handler_2)
    assert hidden.pk in set(hidden_publications(insurance_handler_2).values_list("pk", flat=True))
    assert (
        not Deadline.objects.visible_to(insurance_handler_2)
        .filter(target_kind="publication", target_id=hidden.pk)
        .exists()
    )
    for user, count in ((reform_handler, 1), (health_handler, 0), (audit_admin, 0)):
        assert PublicationExport.objects.visible_to(user).count() == count
    assert [ExportLine.objects.visible_to(user).count() for user in (health_handler, outsider)] == [1, 0]
    assert PublicationMapping.objects.visible_to(health_handler).count() == 1
    assert not PublicationMapping.objects.visible_to(AnonymousUser()).exists()


def test_rules_as_a_table(
    prepare,
    publish,
    insurance_handler,
    insurance_section_head,
    health_handler,
    reform_handler,
    insurance_registrar,
):
    row, out = prepare(), publish(kind="other")
    table = {
        insurance_handler: (True, False, True, True), insurance_section_head: (True, True, True, True),
        health_handler: (False, False, False, False), reform_handler: (False, False, False, False),
        insurance_registrar: (False, False, False, False),
    }  # fmt: skip
    for user, wanted in table.items():
        found = (
            rules.can_prepare(user, row), rules.can_release(user, row), rules.can_drop(user, row),
            rules.can_start_withdrawal(user, out),
        )  # fmt: skip
        assert found == wanted, user
    assert [rules.can_export(user) for user in table] == [True, True, False, True, True]
    Publication.objects.filter(pk=out.pk).update(cause="wrong", cause_on=TODAY)
    out.status = "withdrawing"  # as it would be read
    assert [rules.can_prove_withdrawal(user, out) for user in table] == [True, True, False, True, False]
    row.status = "owed"
    assert [rules.can_drop(user, row) for user in table] == [False, True, False, False, False]


# -- pages and API -----------------------------------------------------------------------------------------------


def key(client, url):
    return client.get(url).context["form"].initial["form_key"]


def test_the_pages_go_the_whole_way(
    as_user,
    subject,
    insurance,
    insurance_handler,
    insurance_section_head,
    reform,
    reform_handler,
    health_handler,
):
    today = timezone.localdate().isoformat()
    client, url = as_user(insurance_handler), reverse("sanctions:new_publication")
    sent = {"code": subject.uscc, "kind": "other", "formed_on": today, "execution": "running", **TEXT}
    assert (
        client.post(url, {**sent, "code": "1", "form_key": key(client, url)}).context["form"].errors["code"]
    )
    assert (
        client.post(url, {**sent, "words": "", "form_key": key(client, url)}).context["form"].errors["words"]
    )
    made = client.post(url, {**sent, "form_key": key(client, url)})
    row = Publication.objects.get()
    assert made.url == row.get_absolute_url()
    assert (
        "another" in client.get(made.url).content.decode() or "他人" in client.get(made.url).content.decode()
    )
    step = reverse("sanctions:edit_publication", args=[row.pk])
    given = {**sent, "words": "更正", "form_key": key(client, step), "version": 1}
    assert client.post(step, given).status_code == 302
    stale = client.post(step, {**given, "words": "再更正", "form_key": key(client, step)})  # an older version
    assert stale.status_code == 200 and stale.context["form"].differences
    assert stale.context["form"].data["version"] == "2"
    client = as_user(insurance_section_head)
    step = reverse("sanctions:release_publication", args=[row.pk])
    assert client.post(step, {"form_key": key(client, step), "version": 1}).status_code == 302
    row.refresh_from_db()
    assert row.status == "prepared"  # it was changed since
    assert client.post(step, {"form_key": key(client, step), "version": row.version}).status_code == 302
    client, url = as_user(reform_handler), reverse("sanctions:exports")
    made = client.post(url, {"form": "csv_gb", "rows": [str(row.pk)], "form_key": key(client, url)})
    file = PublicationExport.objects.get()
    assert made.url == file.get_absolute_url()
    assert client.post(made.url + "file/").content.decode("gb18030").startswith("uscc")
    step = reverse("sanctions:receipts", args=[file.pk])
    assert client.post(step, {"form_key": key(client, step)}).status_code == 200  # nothing said
    upload = xlsx((1, "也许", "", today, ""))
    page = client.post(step, {"form_key": key(client, step), "upload": upload}).content.decode()
    assert "B2" in page
    given = {
        "position": 1,
        "accepted": "true",
        "number": "XY-9",
        "said_on": today,
        "form_key": key(client, step),
    }
    assert client.post(step, given).status_code == 302
    row.refresh_from_db()
    assert row.status == "published"
    assert TEXT["basis"] in as_user(health_handler).get(row.get_absolute_url()).content.decode()
    client = as_user(insurance_handler)
    step = reverse("sanctions:withdraw_publication", args=[row.pk])
    given = {"cause": "wrong", "cause_on": today, "form_key": key(client, step)}
    assert client.post(step, given).status_code == 302
    step = reverse("sanctions:prove_withdrawal", args=[row.pk])
    given = {"withdrawn_on": today, "proof": pdf("截图.pdf"), "form_key": key(client, step)}
    assert client.post(step, given).status_code == 302
    proof = client.get(reverse("sanctions:publication_proof", args=[row.pk]))
    assert proof.content.startswith(b"%PDF")


def test_releasing_ones_own_is_refused_on_the_record(as_user, prepare, insurance_section_head, now):
    row = prepare(by=insurance_section_head)
    client, step = as_user(insurance_section_head), reverse("sanctions:release_publication", args=[row.pk])
    client.post(step, {"form_key": key(client, step), "version": 1})
    row.refresh_from_db()
    refused = Event.objects.filter(verb="journal.refused").latest("pk")
    assert (row.status, refused.params["attempt"]) == ("prepared", "sanction.publication_released")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_asks_a_fixed_number_of_questions(
    as_user, prepare, insurance_handler, rows, django_assert_max_num_queries
):
    for _n in range(rows):
        prepare(kind="other")
    client, url = as_user(insurance_handler), reverse("sanctions:publications")
    client.get(url)
    with django_assert_max_num_queries(40) as asked:
        page = client.get(url + "?kind=other&q=仁和")
    assert page.status_code == 200 and len(page.context["rows"]) == rows
    COUNTS.add(len(asked))
    assert len(COUNTS) == 1
    for tab in page.context["tabs"]:
        assert client.get(f"{url}?tab={tab[0]}").status_code == 200


COUNTS: set[int] = set()


def test_the_mapping_page(as_user, system_admin, county):
    client, url = as_user(system_admin), reverse("sanctions:mapping")
    version = client.get(url).context["form"].initial["version"]
    assert client.post(url, {"columns": "x", "version": version}).context["form"].errors["columns"]
    assert client.post(url, {"columns": "a = code", "version": version}).status_code == 302
    assert mapping_of(county).columns == [["a", "code"]]


def test_the_api_goes_the_whole_way(
    as_user, subject, insurance, insurance_handler, insurance_section_head, insurance_deputy_head, reform,
    reform_handler, outsider,
):  # fmt: skip
    today = timezone.localdate().isoformat()
    url, client = "/api/v1/publications/", as_user(insurance_handler)
    sent = {"subject": subject.pk, "kind": "other", "formed_on": today, **TEXT}
    made = client.post(url, sent, "application/json", HTTP_IDEMPOTENCY_KEY="publication-00001")
    assert made.status_code == 201, made.content
    assert (
        client.post(url, sent, "application/json", HTTP_IDEMPOTENCY_KEY="publication-00001").json()
        == made.json()
    )
    pk = made.json()["id"]
    assert client.post(f"{url}{pk}/release/", {}, "application/json", HTTP_IF_MATCH='"1"').status_code == 403
    edited = client.post(f"{url}{pk}/edit/", TEXT, "application/json", HTTP_IF_MATCH='"1"')
    assert edited.json()["version"] == 2, edited.content
    client = as_user(insurance_section_head)
    assert (
        client.post(
            f"{url}{pk}/send-back/", {"reason": "改"}, "application/json", HTTP_IF_MATCH='"2"'
        ).status_code
        == 200
    )
    assert client.post(f"{url}{pk}/edit/", TEXT, "application/json", HTTP_IF_MATCH='"3"').status_code == 200
    own = client.post(f"{url}{pk}/release/", {}, "application/json", HTTP_IF_MATCH='"4"')
    assert own.status_code == 403 and Event.objects.filter(verb="journal.refused").count() == 1
    again = as_user(insurance_handler).post(f"{url}{pk}/edit/", TEXT, "application/json", HTTP_IF_MATCH='"4"')
    assert again.status_code == 200
    wrote = as_user(insurance_section_head)  # in the row once, and so does not release it
    assert wrote.post(f"{url}{pk}/release/", {}, "application/json", HTTP_IF_MATCH='"5"').status_code == 403
    client = as_user(insurance_deputy_head)
    assert client.post(f"{url}{pk}/release/", {}, "application/json", HTTP_IF_MATCH='"5"').status_code == 200
    client, files = as_user(reform_handler), "/api/v1/publication-files/"
    made = client.post(files, {"form": "json", "publications": [pk]}, "application/json")
    assert made.status_code == 201, made.content
    file = made.json()["id"]
    assert (
        client.post(files, {"form": "json", "publications": [10**9]}, "application/json").status_code == 400
    )
    upload = {"upload": xlsx((1, "也许", "", today, ""))}
    assert client.post(f"{files}{file}/receipt-list/", upload).status_code == 400
    upload = {"upload": xlsx((1, "失败", "", today, "代码不存在"))}
    assert client.post(f"{files}{file}/receipt-list/", upload).json()["lines"][0]["receipt"] == "rejected"
    done = client.post(f"{files}{file}/receipts/", {"receipts": []}, "application/json")
    assert done.status_code == 403  # nothing waits any more
    client = as_user(insurance_handler)
    tag = f'"{Publication.objects.get().version}"'
    refused = client.post(
        f"{url}{pk}/withdraw/", {"cause": "wrong", "cause_on": today}, "application/json", HTTP_IF_MATCH=tag
    )
    assert refused.status_code == 409
    dropped = client.post(f"{url}{pk}/drop/", {"reason": "不公开"}, "application/json", HTTP_IF_MATCH=tag)
    assert dropped.json()["status"] == "dropped"
    assert [
        row["id"] for row in client.get(f"{url}?status=dropped&subject={subject.pk}").json()["results"]
    ] == [pk]
    assert as_user(outsider).get(f"{url}{pk}/").status_code == 404
