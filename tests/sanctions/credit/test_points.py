"""Points and scores: entered by one, confirmed by another, what follows is proposed; lists all or nothing."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.actions.subjects import find_person
from cases.models import Subject
from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from deadlines.models import Deadline
from departments.enums import Function, Role
from journal.models import Event
from sanctions import rules_credit as rules
from sanctions import workbench_credit
from sanctions.actions.consequences import dismiss_consequence, lift_consequence, settle_consequence
from sanctions.actions.eligibility import look_up
from sanctions.actions.imports import confirm_scores, import_points, import_scores
from sanctions.actions.points import (
    confirm_import,
    confirm_points,
    enter_points,
    points_of,
    reject_points,
    revoke_points,
)
from sanctions.actions.scores import confirm_score, enter_score, reject_score, revoke_score
from sanctions.credit_record import paper, sections
from sanctions.models import AnnualScore, Consequence, PointEntry, PointImport
from sanctions.panels_credit import of_subject
from sanctions.points_sheet import POINT_HEADS, SCORE_HEADS, WrongCells
from tests.cast import _department
from tests.cast import person as engaged
from tests.factories.cases import make_subject, resident_id
from tests.factories.credit import bar, entry, penalty, xlsx

TODAY = dt.date(2026, 11, 16)
GIVEN = {"behaviour": "超量开药", "basis": "医保支付资格管理办法", "dated_on": TODAY}
agency = _department(Function.AGENCY, "青禾县医疗保障服务中心", "县医保中心", "青医保中心", "0799-6620400")


@pytest.fixture
def doctor(county, now):
    return make_subject(county, name="钱医师", kind="practitioner", id_number=resident_id(501), at=now)


@pytest.fixture
def enter(insurance, doctor, insurance_handler, now):
    def enter(points=3, **more):
        given = {"department": insurance, "subject": doctor, "by": insurance_handler, "at": now, **GIVEN}
        return enter_points(**(given | {"points": points} | more))

    return enter


@pytest.fixture
def count(enter, insurance_section_head, now):
    """An entry that counts."""

    def count(points=3, **more):
        return confirm_points(entry=enter(points, **more), by=insurance_section_head, at=now)

    return count


@pytest.fixture
def score(insurance, subject, insurance_handler, now):
    def score(points="58.5", **more):
        given = {
            "department": insurance,
            "subject": subject,
            "year": 2025,
            "basis": "年度考核",
            "by": insurance_handler,
            "at": now,
        }
        return enter_score(**(given | {"score": Decimal(points)} | more))

    return score


def faults(call, **more):
    with pytest.raises(BadInput) as refused:
        call(**more)
    return set(refused.value.faults)


def proposed():
    return {(row.kind, row.year): row.status for row in Consequence.objects.all()}


# -- points ----------------------------------------------------------------------------------------------------


def test_points_count_once_another_has_confirmed_them(
    enter, doctor, insurance_handler, insurance_section_head, now
):
    row = enter(5)
    assert points_of(doctor, 2026).total == 0
    with pytest.raises(FourEyes):
        confirm_points(entry=row, by=insurance_handler, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        PointEntry.objects.update(confirmed_by=insurance_handler, confirmed_at=now)
    confirm_points(entry=row, by=insurance_section_head, at=now)
    assert (points_of(doctor, 2026).total, points_of(doctor, 2027).total, row.year) == (5, 0, 2026)
    with pytest.raises(WrongState):
        confirm_points(entry=row, by=insurance_section_head, at=now)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_what_cannot_be_is_refused_by_its_field(enter, subject, other_county, doctor, now):
    assert (
        faults(enter, points=0)
        == faults(enter, points=13)
        == faults(enter, points=5, kind="repair")
        == {"points"}
    )
    assert faults(enter, kind="x", behaviour=" ", basis="") == {"kind", "behaviour", "basis"}
    for wrong in (TODAY + dt.timedelta(days=1), dt.date(1999, 12, 31)):
        assert faults(enter, dated_on=wrong) == {"dated_on"}
    assert faults(enter, subject=subject) == {"subject"}
    assert faults(enter, institution=doctor) == {"institution"}
    assert faults(enter, subject=make_subject(other_county, name="孙", kind="practitioner", at=now)) == {
        "subject"
    }


def test_what_follows_is_proposed_with_a_clock_and_falls_with_its_ground(
    enter, count, doctor, insurance_section_head, insurance_deputy_head, insurance_handler, now
):
    first = count(6)
    assert proposed() == {("talk", 2026): "proposed"}
    talk = Consequence.objects.get()
    assert Deadline.objects.get(target_kind="credit_consequence", target_id=talk.pk).amount == 15
    assert Event.objects.filter(verb="sanction.consequence_proposed", actor_id=None).count() == 1
    count(3)
    assert proposed() == {("talk", 2026): "proposed", ("suspend", 2026): "proposed"}
    count(3)
    assert set(proposed()) == {("talk", 2026), ("suspend", 2026), ("end", 2026)}
    assert "1" in Consequence.objects.get(kind="end").cause
    with pytest.raises(FourEyes):
        revoke_points(entry=first, reason="复核", by=insurance_handler, at=now)
    assert faults(revoke_points, entry=first, reason=" ", by=insurance_deputy_head, at=now) == {"reason"}
    revoke_points(entry=first, reason="复核不成立", by=insurance_deputy_head, at=now)
    assert proposed() == {("talk", 2026): "proposed", ("suspend", 2026): "fallen", ("end", 2026): "fallen"}
    assert Deadline.objects.filter(target_kind="credit_consequence", status="cancelled").count() == 2
    count(3)
    assert proposed()[("suspend", 2026)] == "proposed"  # asked for anew


def test_at_most_four_points_are_repaired_in_a_year(count, enter, doctor, insurance_section_head, now):
    count(9)
    count(3, kind="repair")
    assert points_of(doctor, 2026).total == 6 and proposed()[("suspend", 2026)] == "fallen"
    row = enter(2, kind="repair")
    with pytest.raises(BadInput):
        confirm_points(entry=row, by=insurance_section_head, at=now)
    count(1, kind="repair")
    reject_points(entry=row, reason="超过上限", by=insurance_section_head, at=now)
    assert row.status == "rejected"


def test_twelve_in_one_act_ends_for_three_years_and_bars(
    count, doctor, case, insurance_deputy_head, insurance_handler, now
):
    count(12)
    end = Consequence.objects.get(kind="end")
    given = {"row": end, "by": insurance_deputy_head, "at": now}
    assert faults(settle_consequence, number="", done_on=TODAY + dt.timedelta(days=1), months=6, **given) == {
        "number", "done_on", "months",
    }  # fmt: skip
    settle_consequence(number="青医保终〔2026〕1号", done_on=TODAY, months=36, **given)
    asked = {"id_number": resident_id(501), "purpose": "资格审核", "by": insurance_handler, "at": now}
    answer = look_up(on=dt.date(2029, 11, 16), **asked)
    assert (answer.eligible, answer.free_from) == (False, dt.date(2029, 11, 17))
    assert look_up(on=dt.date(2029, 11, 17), **asked).eligible
    with pytest.raises(WrongState):
        settle_consequence(number="x", done_on=TODAY, months=36, **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consequence.objects.filter(pk=end.pk).update(months=5)


def test_a_suspension_lasts_one_to_six_months_and_a_task_may_be_dismissed(count, insurance_deputy_head, now):
    count(9)
    rows = {row.kind: row for row in Consequence.objects.all()}
    given = {"number": "青医保停〔2026〕1号", "done_on": TODAY, "by": insurance_deputy_head, "at": now}
    for wrong in (None, 0, 7):
        assert faults(settle_consequence, row=rows["suspend"], months=wrong, **given) == {"months"}
    assert settle_consequence(row=rows["suspend"], months=6, **given).months == 6
    assert faults(dismiss_consequence, row=rows["talk"], reason="", by=insurance_deputy_head, at=now) == {
        "reason"
    }
    dismiss_consequence(row=rows["talk"], reason="已离职", by=insurance_deputy_head, at=now)
    count(1)
    assert proposed()[("talk", 2026)] == "dismissed"  # not proposed again this year
    talk = settle_consequence(row=_talk(count), months=3, **given)
    assert talk.months is None


@pytest.fixture
def ended(count, insurance_deputy_head, now):
    """An end that was done, on two acts of six points, or on the points given."""

    def ended(*points, months=12):
        entries = [count(each) for each in points or (6, 6)]
        row = Consequence.objects.get(kind="end", status="proposed")
        done = settle_consequence(
            row=row, number="青医保终〔2026〕1号", done_on=TODAY, months=months, by=insurance_deputy_head, at=now
        )
        return done, entries

    return ended


def test_an_end_of_three_years_needs_one_act_of_twelve(count, insurance_section_head, insurance_deputy_head, now):
    count(6)
    count(6)
    row = Consequence.objects.get(kind="end")
    given = {"row": row, "number": "青医保终〔2026〕1号", "done_on": TODAY, "by": insurance_deputy_head, "at": now}
    with pytest.raises(FourEyes):  # confirmed the points
        settle_consequence(months=12, **given | {"by": insurance_section_head})
    for wrong in (36, 24, None):
        assert faults(settle_consequence, months=wrong, **given) == {"months"}
    count(12)
    assert faults(settle_consequence, months=12, **given) == {"months"}
    assert settle_consequence(months=36, **given).months == 36


LIFT = {"number": "青医保撤〔2026〕1号", "lifted_on": TODAY, "reason": "记分经复核撤销"}


def test_points_revoked_ask_to_lift_what_was_done_and_the_bar_ends_the_day_before(
    ended, doctor, case, insurance_handler, insurance_section_head, insurance_deputy_head, now
):
    done, entries = ended()
    later = now + dt.timedelta(days=30)
    lifted_on = TODAY + dt.timedelta(days=30)
    assert not rules.can_settle(insurance_deputy_head, done)
    revoke_points(entry=entries[0], reason="复核不成立", by=insurance_deputy_head, at=later)
    done.refresh_from_db()
    assert (done.status, done.fell_on) == ("done", lifted_on)
    running = Deadline.objects.get(target_kind="credit_consequence", target_id=done.pk, status="running")
    assert running.started_on == lifted_on
    assert Event.objects.filter(verb="sanction.consequence_ground_fell", target_id=done.pk).count() == 1
    assert workbench_credit.consequences(insurance_section_head).filter(pk=done.pk).exists()
    assert not workbench_credit.consequences(insurance_deputy_head).filter(pk=done.pk).exists()  # entered it
    phrases = [row.phrase for row in workbench_credit.point_rows(insurance_section_head, 9) if row.due]
    assert any("：" in phrase for phrase in phrases)
    with pytest.raises(FourEyes):
        lift_consequence(row=done, by=insurance_deputy_head, at=later, **LIFT)
    asked = {"id_number": resident_id(501), "purpose": "资格审核", "by": insurance_handler}
    assert not look_up(on=lifted_on, at=later, **asked).eligible
    given = {"row": done, "by": insurance_section_head, "at": later}
    assert faults(lift_consequence, number=" ", lifted_on=TODAY - dt.timedelta(days=1), reason="", **given) == {
        "number", "lifted_on", "reason",
    }  # fmt: skip
    assert faults(lift_consequence, **given, **LIFT | {"lifted_on": lifted_on + dt.timedelta(days=1)}) == {
        "lifted_on"
    }
    lift_consequence(**given, **LIFT | {"lifted_on": lifted_on})
    assert (done.status, done.lift_number, done.lifted_by) == ("lifted", LIFT["number"], insurance_section_head)
    running.refresh_from_db()
    assert running.status == "met"
    assert not look_up(on=lifted_on - dt.timedelta(days=1), at=later, **asked).eligible
    assert look_up(on=lifted_on, at=later, **asked).eligible
    with pytest.raises(WrongState):
        lift_consequence(**given, **LIFT)
    for wrong in ({"lift_number": ""}, {"lifted_by": done.done_by}, {"lifted_on": TODAY - dt.timedelta(days=1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consequence.objects.filter(pk=done.pk).update(**wrong)


def test_lifted_on_the_day_it_was_done_it_never_held(ended, case, insurance_handler, insurance_section_head, now):
    done, _entries = ended()
    lift_consequence(row=done, by=insurance_section_head, at=now, **LIFT)  # reversed by itself: its points stand
    answer = look_up(
        id_number=resident_id(501), on=TODAY, purpose="资格审核", by=insurance_handler, at=now
    )
    assert answer.eligible and done.fell_on is None
    assert Consequence.objects.filter(kind="end").count() == 1


def test_it_is_proposed_anew_when_points_ask_for_it_again(
    ended, count, insurance_section_head, insurance_deputy_head, now
):
    done, entries = ended()
    revoke_points(entry=entries[0], reason="复核不成立", by=insurance_deputy_head, at=now)
    count(6)  # asked for again before it was lifted
    done.refresh_from_db()
    assert (done.status, done.fell_on) == ("done", None)
    assert Deadline.objects.filter(target_id=done.pk, target_kind="credit_consequence", status="cancelled").exists()
    revoke_points(entry=entries[1], reason="复核不成立", by=insurance_deputy_head, at=now)
    done.refresh_from_db()
    lift_consequence(row=done, by=insurance_section_head, at=now, **LIFT)
    count(6)
    assert list(Consequence.objects.filter(kind="end").order_by("pk").values_list("status", flat=True)) == [
        "lifted", "proposed",
    ]  # fmt: skip


def test_three_years_are_lifted_and_one_proposed_when_the_one_act_falls(
    ended, count, insurance_section_head, insurance_deputy_head, now
):
    done, entries = ended(12, 6, 6, months=36)
    revoke_points(entry=entries[0], reason="复核不成立", by=insurance_deputy_head, at=now)
    done.refresh_from_db()
    assert done.fell_on == TODAY
    lift_consequence(row=done, by=insurance_section_head, at=now, **LIFT)
    assert list(Consequence.objects.filter(kind="end").order_by("pk").values_list("status", flat=True)) == [
        "lifted", "proposed",
    ]  # fmt: skip


def test_a_talk_that_was_held_is_not_lifted(count, insurance_section_head, insurance_deputy_head, now):
    entry_row = count(6)
    talk = settle_consequence(
        row=Consequence.objects.get(), number="约谈1", done_on=TODAY, by=insurance_deputy_head, at=now
    )
    assert not rules.can_lift(insurance_section_head, talk)
    with pytest.raises(WrongState):
        lift_consequence(row=talk, by=insurance_section_head, at=now, **LIFT)
    revoke_points(entry=entry_row, reason="复核不成立", by=insurance_deputy_head, at=now)
    talk.refresh_from_db()
    assert talk.fell_on is None


def test_an_agreement_terminated_for_a_score_that_fell_is_lifted(
    score, insurance_section_head, insurance_deputy_head, now
):
    row = confirm_score(row=score("55"), by=insurance_section_head, at=now)
    task = {"row": Consequence.objects.get(), "number": "青协终1", "done_on": TODAY, "at": now}
    with pytest.raises(FourEyes):  # confirmed the score
        settle_consequence(by=insurance_section_head, **task)
    done = settle_consequence(by=insurance_deputy_head, **task)
    revoke_score(row=row, reason="计分有误", by=insurance_deputy_head, at=now)
    done.refresh_from_db()
    assert done.fell_on == TODAY
    confirm_score(row=score("57"), by=insurance_section_head, at=now)
    done.refresh_from_db()
    assert done.fell_on is None
    lift_consequence(row=done, by=insurance_section_head, at=now, **LIFT)
    assert done.status == "lifted"


def test_the_page_and_the_api_lift(as_user, ended, insurance_section_head, insurance_deputy_head, now):
    done, entries = ended()
    day = timezone.localdate().isoformat()
    given = {"number": LIFT["number"], "lifted_on": day, "reason": "复核"}
    revoke_points(entry=entries[0], reason="复核不成立", by=insurance_deputy_head, at=now)
    step = reverse("sanctions:lift_consequence", args=[done.pk])
    assert step not in as_user(insurance_deputy_head).get(done.get_absolute_url()).content.decode()
    client = as_user(insurance_section_head)
    assert step in client.get(done.get_absolute_url()).content.decode()
    page = client.get(step)
    key = page.context["form"].initial["form_key"]
    seen = page.context["form"].initial["seen"]
    assert client.post(step, {**given, "form_key": key, "seen": seen}).status_code == 302
    done.refresh_from_db()
    assert done.status == "lifted"
    assert LIFT["number"] in client.get(done.get_absolute_url()).content.decode()
    api = f"/api/v1/credit-consequences/{done.pk}/lift/"
    again = client.post(api, given, "application/json", HTTP_IF_MATCH=f'"{done.version}"')
    assert again.status_code == 403  # the rule: it is lifted


def _talk(count):
    count(6, dated_on=dt.date(2025, 12, 31))
    return Consequence.objects.get(kind="talk", year=2025)


# -- scores ----------------------------------------------------------------------------------------------------


def test_a_score_under_sixty_asks_the_agency_to_terminate(
    score, subject, agency, insurance_handler, insurance_section_head, insurance_deputy_head, now
):
    head = engaged("zx01", "贺中心", agency, Role.SECTION_HEAD)
    row = score("59.99")
    with pytest.raises(FourEyes):
        confirm_score(row=row, by=insurance_handler, at=now)
    confirm_score(row=row, by=insurance_section_head, at=now)
    task = Consequence.objects.get()
    assert (task.kind, task.department, task.subject) == ("terminate", agency, subject)
    assert rules.can_settle(head, task) and not rules.can_settle(insurance_section_head, task)
    assert workbench_credit.consequences(head).count() == 1
    [line] = list(workbench_credit.point_rows(head, 5))
    assert line.case_title == subject.name
    with pytest.raises(AlreadyDone):
        score("80")
    with pytest.raises(FourEyes):
        revoke_score(row=row, reason="复核", by=insurance_handler, at=now)
    revoke_score(row=row, reason="计分有误", by=insurance_deputy_head, at=now)
    task.refresh_from_db()
    assert task.status == "fallen"
    confirm_score(row=score("60"), by=insurance_section_head, at=now)
    assert Consequence.objects.get().status == "fallen"


def test_without_an_agency_the_department_does_it_and_a_score_is_rejected(
    score, insurance, insurance_section_head, now
):
    confirm_score(row=score(), by=insurance_section_head, at=now)
    assert Consequence.objects.get().department == insurance
    row = score(year=2024)
    assert faults(reject_score, row=row, reason="", by=insurance_section_head, at=now) == {"reason"}
    assert reject_score(row=row, reason="年度有误", by=insurance_section_head, at=now).status == "rejected"


def test_what_is_no_score_is_refused_by_its_field(score, doctor, other_county, now):
    for wrong in ("-0.01", "100.01", "58.555"):
        assert faults(score, points=wrong) == {"score"}
    assert faults(score, year=1999) == faults(score, year=2027) == {"year"}
    assert faults(score, basis=" ", subject=doctor) == {"basis", "subject"}
    assert faults(score, subject=make_subject(other_county, name="云溪医院", at=now)) == {"subject"}


# -- lists -----------------------------------------------------------------------------------------------------


def line(n, **more):
    given = {
        "name": f"医师{n}",
        "number": resident_id(520 + n),
        "code": "",
        "points": 3,
        "on": "2026-11-01",
        "what": "超量开药",
        "basis": "细则",
    }
    return tuple((given | more).values())


def test_a_list_is_taken_whole_and_confirmed_by_another(
    subject, insurance_handler, insurance_section_head, county, now
):
    upload = xlsx(line(1, code=subject.uscc), line(2), heads=POINT_HEADS)
    source = import_points(upload=upload, by=insurance_handler, at=now)
    assert source.rows == 2 and PointEntry.objects.filter(source=source, status="entered").count() == 2
    assert find_person(county, resident_id(521)).name == "医师1"
    assert faults(import_points, upload=upload, by=insurance_handler, at=now) == {"upload"}  # the very same
    with pytest.raises(FourEyes):
        confirm_import(source=source, by=insurance_handler, at=now)
    assert confirm_import(source=source, by=insurance_section_head, at=now) == 2
    with pytest.raises(WrongState):
        confirm_import(source=source, by=insurance_section_head, at=now)


def test_a_wrong_cell_keeps_the_whole_list_out(subject, doctor, insurance_handler, now):
    people = Subject.objects.count()
    rows = [
        line(1), line(2, points=13), line(3, code="52439926MJ000120XC"), line(4, on="2027-01-01"),
        line(5, name="别人", number=resident_id(501)), line(6, what="=1+1"),
    ]  # fmt: skip
    with pytest.raises(WrongCells) as refused:
        import_points(upload=xlsx(*rows[-1:], heads=POINT_HEADS), by=insurance_handler, at=now)
    assert [str(cell).count("F2") for cell in refused.value.details["cells"]] == [1]
    good_code = line(3, code=_unknown_code())
    with pytest.raises(WrongCells) as refused:
        import_points(
            upload=xlsx(rows[0], rows[1], good_code, rows[3], rows[4], heads=POINT_HEADS),
            by=insurance_handler,
            at=now,
        )
    assert [(cell.row, cell.column) for cell in refused.value.details["cells"]] == [
        (3, "D"),
        (4, "C"),
        (5, "E"),
        (6, "A"),
    ]
    assert (Subject.objects.count(), PointEntry.objects.count(), PointImport.objects.count()) == (
        people,
        0,
        0,
    )


def test_the_same_row_twice_is_refused_by_its_cell(insurance_handler, now):
    rows = [line(1), line(2), line(1)]
    with pytest.raises(WrongCells) as refused:
        import_points(upload=xlsx(*rows, heads=POINT_HEADS), by=insurance_handler, at=now)
    assert [(cell.row, cell.column) for cell in refused.value.details["cells"]] == [(4, "B")]
    assert not PointEntry.objects.exists()
    import_points(upload=xlsx(rows[0], line(1, what="串换药品"), heads=POINT_HEADS), by=insurance_handler, at=now)


def _unknown_code():
    from tests.factories.cases import uscc

    return uscc(7777777)


def test_scores_are_taken_whole_too(subject, insurance_handler, insurance_section_head, now):
    code = subject.uscc
    wrong = [
        (_unknown_code(), "", 2025, 80, "考核"),
        (code, "别的医院", 2025, 101, "考核"),
        (code, "", 2024, 55, ""),
    ]
    with pytest.raises(WrongCells) as refused:
        import_scores(upload=xlsx(*wrong, heads=SCORE_HEADS), by=insurance_handler, at=now)
    assert [(cell.row, cell.column) for cell in refused.value.details["cells"]] == [(4, "E")]
    with pytest.raises(WrongCells) as refused:
        import_scores(upload=xlsx(*wrong[:2], heads=SCORE_HEADS), by=insurance_handler, at=now)
    assert [(cell.row, cell.column) for cell in refused.value.details["cells"]] == [
        (2, "A"),
        (3, "D"),
        (3, "B"),
    ]
    source = import_scores(
        upload=xlsx((code, "", 2025, 55, "考核"), heads=SCORE_HEADS), by=insurance_handler, at=now
    )
    with pytest.raises(WrongCells):  # it has one of that year
        import_scores(
            upload=xlsx((code, "", 2025, 56, "考核"), heads=SCORE_HEADS), by=insurance_handler, at=now
        )
    with pytest.raises(FourEyes):
        confirm_scores(source=source, by=insurance_handler, at=now)
    assert confirm_scores(source=source, by=insurance_section_head, at=now) == 1
    with pytest.raises(WrongState):
        confirm_scores(source=source, by=insurance_section_head, at=now)
    assert AnnualScore.objects.get().score == Decimal("55") and Consequence.objects.get().kind == "terminate"


# -- who sees ----------------------------------------------------------------------------------------------------


def test_points_are_the_business_of_medical_insurance(
    enter, score, insurance_handler, health_handler, outsider, audit_admin
):
    enter(), score()
    for model in (PointEntry, AnnualScore, Consequence, PointImport):
        for user in (health_handler, outsider, audit_admin):
            assert not model.objects.visible_to(user).exists()
    assert PointEntry.objects.visible_to(insurance_handler).count() == 1
    assert not rules.can_list_points(health_handler) and rules.can_enter_points(insurance_handler)


def test_the_workbench_shows_what_another_entered(enter, score, insurance_handler, insurance_section_head):
    enter(), score()
    assert len(list(workbench_credit.point_rows(insurance_section_head, 5))) == 2
    assert list(workbench_credit.point_rows(insurance_handler, 5)) == []


# -- the credit record -------------------------------------------------------------------------------------------


@pytest.fixture
def recorded(case, subject, score, insurance_handler, insurance_deputy_head, insurance_section_head, now):
    penalty(case, by=insurance_handler, deputy=insurance_deputy_head, at=now)
    bar(case, subject, by=insurance_handler, at=now, since=TODAY, until=dt.date(2029, 11, 16))
    entry(
        subject,
        since=TODAY,
        until=dt.date(2029, 11, 16),
        by=insurance_handler,
        other=insurance_deputy_head,
        at=now,
    )
    confirm_score(row=score(), by=insurance_section_head, at=now)
    from sanctions.actions.bulk_publications import see_to_publications

    see_to_publications(at=now)
    return subject


def counts(subject, user):
    return {part.code: len(part.rows) for part in sections(subject, user)}


def test_the_record_shows_each_row_only_to_who_may_see_it(recorded, insurance_handler, health_handler):
    assert counts(recorded, insurance_handler) == {
        "cases": 1, "decisions": 1, "sanctions": 1, "measures": 1, "bars": 1, "lists": 1, "scores": 1, "consequences": 1,
        "publications": 3,
    }  # fmt: skip
    assert counts(recorded, health_handler) == {
        "cases": 0, "decisions": 0, "sanctions": 0, "measures": 0, "bars": 1, "lists": 1, "publications": 0,
    }  # fmt: skip


def test_a_persons_record_is_read_on_the_record(as_user, case, doctor, count, insurance_handler, now):
    from cases.models import CaseSubject

    CaseSubject.objects.create(case=case, subject=doctor)
    count(4)
    client = as_user(insurance_handler)
    page = client.get(reverse("sanctions:credit", args=[doctor.pk]))
    assert (
        page.status_code == 200
        and "超量开药" in page.content.decode()
        and page.context["points"].total in (0, 4)
    )
    assert Event.objects.filter(verb="sanction.credit_record_read").count() == 1
    pdf = client.get(reverse("sanctions:credit_pdf", args=[doctor.pk]))
    assert (
        pdf.content.startswith(b"%PDF")
        and Event.objects.filter(verb="sanction.credit_record_printed").count() == 1
    )
    assert client.get(f"/api/v1/credit-records/{doctor.pk}/").json()["name"] == doctor.name
    assert Event.objects.filter(verb="sanction.credit_record_read").count() == 2
    assert "超量开药" in str(paper(doctor, insurance_handler, now))
    assert of_subject(doctor, insurance_handler)["points"] is not None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_record_asks_a_fixed_number_of_questions(
    rows, case, subject, score, insurance_handler, django_assert_num_queries
):
    for n in range(rows):
        score(year=2020 + n)
    sections(subject, insurance_handler)
    with django_assert_num_queries(9):
        found = sections(subject, insurance_handler)
    assert sum(len(part.rows) for part in found) == rows + 1


# -- pages and API -----------------------------------------------------------------------------------------------


def key(client, url):
    return client.get(url).context["form"].initial["form_key"]


def test_the_pages_enter_confirm_and_settle(
    as_user, subject, insurance_handler, insurance_section_head, insurance_deputy_head, health_handler
):
    today = timezone.localdate().isoformat()
    client, url = as_user(insurance_handler), reverse("sanctions:new_points")
    sent = {
        "name": "周医师", "id_number": resident_id(541), "kind": "points", "points": 6, "dated_on": today,
        "behaviour": "串换项目",
        "basis": "细则", "institution_code": subject.uscc,
    }  # fmt: skip
    wrong = client.post(
        url, {**sent, "institution_code": "1", "id_number": "1", "form_key": key(client, url)}
    )
    assert wrong.status_code == 200 and wrong.context["form"].errors
    made = client.post(url, {**sent, "form_key": key(client, url)})
    row = PointEntry.objects.get()
    assert made.url == row.get_absolute_url() and client.get(made.url).status_code == 200
    client = as_user(insurance_section_head)
    step = reverse("sanctions:confirm_points", args=[row.pk])
    assert client.post(step, {"form_key": key(client, step), "version": 1}).status_code == 302
    task = Consequence.objects.get()
    page = client.get(task.get_absolute_url()).content.decode()
    assert task.cause in page
    step = reverse("sanctions:settle_consequence", args=[task.pk])
    client = as_user(insurance_deputy_head)
    assert client.post(step, {"form_key": key(client, step), "done_on": today}).status_code == 200
    assert (
        client.post(step, {"form_key": key(client, step), "done_on": today, "number": "谈1"}).status_code
        == 302
    )
    step = reverse("sanctions:revoke_points", args=[row.pk])
    client = as_user(insurance_deputy_head)
    assert client.post(step, {"form_key": key(client, step), "reason": "复核"}).status_code == 302
    client, url = as_user(insurance_handler), reverse("sanctions:new_score")
    sent = {"code": subject.uscc, "year": 2025, "score": "58", "basis": "考核"}
    assert client.post(url, {**sent, "code": "", "form_key": key(client, url)}).status_code == 200
    made = client.post(url, {**sent, "form_key": key(client, url)})
    assert client.get(made.url).status_code == 200
    score = AnnualScore.objects.get()
    client = as_user(insurance_section_head)
    step = reverse("sanctions:reject_score", args=[score.pk])
    assert client.post(step, {"form_key": key(client, step), "reason": "年度不对"}).status_code == 302
    for tab in ("people", "entries", "scores", "tasks", "x"):
        assert client.get(reverse("sanctions:points") + f"?tab={tab}&year=2025").status_code == 200
    assert as_user(health_handler).get(reverse("sanctions:points")).status_code == 403


def test_a_list_is_handed_in_on_a_page(as_user, insurance_handler, insurance_section_head):
    client = as_user(insurance_handler)
    for kind, heads in (("points", POINT_HEADS), ("scores", SCORE_HEADS)):
        assert client.get(reverse(f"sanctions:{kind}_template")).content.startswith(b"PK")
        url = reverse(f"sanctions:import_{kind}")
        page = client.post(
            url, {"upload": xlsx(("x",) * len(heads), heads=heads), "form_key": key(client, url)}
        )
        assert (
            page.status_code == 200 and len(page.context["cells"]) > 1 and "2</td>" in page.content.decode()
        )
    url = reverse("sanctions:import_points")
    made = client.post(
        url, {"upload": xlsx(line(9, on="2026-01-05"), heads=POINT_HEADS), "form_key": key(client, url)}
    )
    assert made.status_code == 302 and client.get(made.url).context["waits"] == 1
    client = as_user(insurance_section_head)
    assert client.get(made.url).context["may_confirm"]
    step = reverse("sanctions:confirm_list", args=[PointImport.objects.get().pk])
    assert client.post(step, {"form_key": key(client, step)}).status_code == 302
    assert PointEntry.objects.get().status == "confirmed"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(
    as_user, count, insurance_handler, rows, django_assert_max_num_queries
):
    for _n in range(rows):
        count(1)
    client, url = as_user(insurance_handler), reverse("sanctions:points") + "?tab=entries&year=2026"
    client.get(url)
    with django_assert_max_num_queries(40) as asked:
        assert len(client.get(url).context["rows"]) == rows
    COUNTS.add(len(asked))
    assert len(COUNTS) == 1


COUNTS: set[int] = set()


def test_the_api_enters_confirms_and_settles(
    as_user, subject, insurance_handler, insurance_section_head, insurance_deputy_head, health_handler
):
    today, client, url = timezone.localdate().isoformat(), as_user(insurance_handler), "/api/v1/points/"
    sent = {
        "name": "吴医师",
        "id_number": resident_id(551),
        "points": 6,
        "dated_on": today,
        "behaviour": "串换",
        "basis": "细则",
    }
    made = client.post(
        url, {**sent, "institution": subject.pk}, "application/json", HTTP_IDEMPOTENCY_KEY="points-000000001"
    )
    assert made.status_code == 201, made.content
    again = client.post(
        url, {**sent, "institution": subject.pk}, "application/json", HTTP_IDEMPOTENCY_KEY="points-000000001"
    )
    assert again.json() == made.json() and PointEntry.objects.count() == 1
    pk = made.json()["id"]
    assert client.post(f"{url}{pk}/confirm/", {}, "application/json", HTTP_IF_MATCH='"1"').status_code == 403
    client = as_user(insurance_section_head)
    assert client.post(f"{url}{pk}/confirm/", {}, "application/json", HTTP_IF_MATCH='"9"').status_code == 412
    assert (
        client.post(f"{url}{pk}/confirm/", {}, "application/json", HTTP_IF_MATCH='"1"').json()["status"]
        == "confirmed"
    )
    assert (
        client.post(
            f"{url}{pk}/revoke/", {"reason": "x"}, "application/json", HTTP_IF_MATCH='"2"'
        ).status_code
        == 403
    )
    task = client.get("/api/v1/credit-consequences/?status=proposed").json()["results"][0]
    step = f"/api/v1/credit-consequences/{task['id']}/"
    own = client.post(f"{step}settle/", {"number": "谈1", "done_on": today}, "application/json", HTTP_IF_MATCH='"1"')
    assert own.status_code == 403  # confirmed the points
    client = as_user(insurance_deputy_head)
    assert (
        client.post(
            f"{step}settle/", {"number": "谈1", "done_on": today}, "application/json", HTTP_IF_MATCH='"1"'
        ).json()["status"]
        == "done"
    )
    late = client.post(f"{step}dismiss/", {"reason": "x"}, "application/json", HTTP_IF_MATCH='"2"')
    assert late.status_code == 403
    client = as_user(insurance_handler)
    assert client.post(url, {**sent, "id_number": "1"}, "application/json").json().keys() == {"id_number"}
    score = client.post(
        "/api/v1/annual-scores/",
        {"subject": subject.pk, "year": 2025, "score": "58", "basis": "考核"},
        "application/json",
    ).json()
    step = f"/api/v1/annual-scores/{score['id']}/"
    client = as_user(insurance_section_head)
    assert (
        client.post(f"{step}confirm/", {}, "application/json", HTTP_IF_MATCH='"1"').json()["status"]
        == "confirmed"
    )
    assert (
        client.post(f"{step}reject/", {"reason": "x"}, "application/json", HTTP_IF_MATCH='"2"').status_code
        == 403
    )
    client = as_user(insurance_handler)
    lists = "/api/v1/point-lists/"
    assert client.post(f"{lists}points/", {"upload": xlsx(("x",) * 7, heads=POINT_HEADS)}).status_code == 400
    made = client.post(f"{lists}points/", {"upload": xlsx(line(11, on="2026-01-05"), heads=POINT_HEADS)})
    assert made.status_code == 201, made.content
    assert client.post(f"{lists}scores/", {"upload": xlsx(("x",) * 5, heads=SCORE_HEADS)}).status_code == 400
    pk = made.json()["id"]
    assert (
        as_user(insurance_section_head).post(f"{lists}{pk}/confirm/", {}, "application/json").status_code
        == 200
    )
    assert as_user(health_handler).get(f"{lists}{pk}/").status_code == 404
