"""What the actions of reports do, and everything they refuse."""

import datetime as dt

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from cases.actions.merging import confirm_merge, propose_merge
from cases.actions.progress import close_case, reopen_case
from cases.actions.strands import decline_strand, file_strand, open_strand
from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from deadlines.actions.clocks import open_clock
from deadlines.models import Deadline
from journal.models import Event, Notification
from journal.render import sentence
from rewards import panels_reports, receipts, storage
from rewards.actions.custodians import candidates, end_custody, name_custodian
from rewards.actions.openings import decline_opening, request_opening
from rewards.actions.report_progress import (
    answer_report,
    case_was_filed,
    check_summary,
    refuse_report,
    tell_reporter,
)
from rewards.actions.reports import add_to_report, withdraw_report
from rewards.enums import Naming, OpeningStatus, ReportStatus, ToldVia
from rewards.identities import Identity
from rewards.models import Addition, Custodian, Opening, Report
from tests.factories.cases import make_case, pdf
from tests.factories.rewards import (
    FACTS,
    accept,
    identity,
    make_custodians,
    make_report,
    register,
    report_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(insurance_report_officer):
    return insurance_report_officer


@pytest.fixture
def case(insurance_handler, office, now):
    return make_case(by=insurance_handler, at=now)


def filed(case, by, at):
    file_strand(strand=case.strands.get(), filing_number="青医保立〔2026〕1号", by=by, at=at)
    case.refresh_from_db()
    return case


# -- receipt codes ---------------------------------------------------------------------------------------------


def test_a_code_finds_every_slip_of_one_digit_and_neighbours_that_changed_places():
    code = receipts.code_of("a form")
    assert receipts.is_code(code) and receipts.code_of("a form") == code
    for place in range(16):
        for digit in "0123456789":
            other = code[:place] + digit + code[place + 1 :]
            assert receipts.is_code(other) == (other == code)
    assert receipts.plain_code("１２３４ 5678-9012 3456") == "1234567890123456"
    assert not receipts.is_code("１２３４５６７８９０１２３４５６")
    assert receipts.grouped("1234567890123456") == "1234 5678 9012 3456"


def test_an_identity_is_never_said_by_repr():
    assert repr(identity()) == "Identity(…)"
    assert f"{identity()!r} {[identity()]}".count("丁") == 0


# -- coming in -------------------------------------------------------------------------------------------------


def test_the_words_of_a_report_and_its_files_are_sealed_where_they_lie(insurance, now, media):
    report, _code = register(insurance, at=now, files=[pdf("清单.pdf"), pdf("清单.pdf")])
    piece = report.files.get()  # the same file twice is one
    stored = next(path for path in media.rglob("*") if path.is_file()).read_bytes()
    assert b"%PDF" not in stored
    assert storage.fetch(piece.place, piece.sha256).startswith(b"%PDF")
    assert Report.objects.get().facts == FACTS


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"files": [pdf(f"{n}.pdf") for n in range(11)]}, "files"),
        ({"received_at": dt.datetime(2999, 1, 1, tzinfo=dt.UTC)}, "received_at"),
        ({"received_at": dt.datetime(1999, 12, 30, tzinfo=dt.UTC)}, "received_at"),
        ({"received_at": dt.datetime(1, 1, 1, tzinfo=dt.UTC)}, "received_at"),
        ({"reporters": [identity() for _n in range(21)]}, "name"),
        ({"subject_name": " "}, "subject_name"),
        ({"facts": " "}, "facts"),
    ],
)
def test_what_cannot_be_right_is_refused_and_leaves_nothing(wrong, field, insurance, now):
    with pytest.raises(BadInput) as caught:
        register(insurance, at=now, **wrong)
    assert set(caught.value.faults) == {field}
    assert not Report.objects.exists()


def test_more_than_twenty_reporters_are_told_what_to_do_with_the_others(insurance, now):
    make_report(insurance, at=now, status="received", reporters=[identity() for _n in range(20)])
    with pytest.raises(BadInput, match="20") as many:
        register(insurance, at=now, reporters=[identity() for _n in range(21)])
    with pytest.raises(BadInput) as none:
        register(insurance, at=now, reporters=[])
    assert str(many.value) != str(none.value) and Report.objects.count() == 1


def test_the_record_says_on_which_day_a_report_was_received(insurance, officer, now):
    """Entered days afterwards: the record has both, the day of receipt in its sentence."""
    earlier = dt.datetime(2026, 10, 9, 23, 30, tzinfo=dt.UTC)  # the 10th in the county
    report, _code = register(insurance, at=now, received_at=earlier)
    event = Event.objects.filter(verb="report.registered", target_id=report.pk).get()
    assert event.at == now and event.params["received_on"] == "2026-10-10"
    assert "2026-10-10" in sentence(event)
    told = Notification.objects.filter(verb="report.registered", target_id=report.pk).latest("pk")
    assert "2026-10-10" in sentence(told)


def test_bodies_and_others_report_with_their_codes(insurance, now):
    body = Identity("青禾县药师协会", "0799-6620001", kind="legal")
    other = Identity("业主委员会", "0799-6620002", id_number="任意", kind="other")
    report, _code = register(insurance, at=now, reporters=[body, other])
    assert [one.kind for one in report.reporters.all()] == ["legal", "other"]


def test_additions_have_their_limits(insurance, officer, now):
    report, _code = register(insurance, at=now)
    with pytest.raises(BadInput):
        add_to_report(report=report, text="", by=None, at=now)
    with pytest.raises(BadInput):
        add_to_report(report=report, files=[pdf(f"{n}.pdf") for n in range(11)], by=officer, at=now)
    add_to_report(report=report, files=[pdf("a.pdf")], by=officer, at=now)
    assert report.additions.count() == 0 and report.files.count() == 1
    assert not Notification.objects.filter(
        verb="report.added_to", recipient=officer
    ).exists()  # he did it himself


def test_a_report_is_taken_back_once(insurance, officer, now):
    report, _code = register(insurance, at=now)
    withdraw_report(report=report, by=officer, at=now)
    with pytest.raises(WrongState):
        withdraw_report(report=report, by=None, at=now)


# -- into a case -----------------------------------------------------------------------------------------------


def test_a_summary_travels_only_in_other_words_without_particulars(insurance, now):
    report, _code = register(insurance, at=now, facts="甲" * 30 + FACTS * 3)
    for text in (
        " ",
        FACTS * 3,
        "请联系13907990011",
        "身份证439926198001010019",
        "账号6217990011223344556",
        FACTS * 2,
        "，".join(FACTS * 3),
        "请联系138 1234 5678",
        "请联系138-1234-5678",
        "请拨０７９９—１２３４５６７",
        "身份证439926 19980101 0019",
    ):
        with pytest.raises(BadInput) as caught:
            check_summary(report, text)
        assert caught.value.field == "summary"
    assert check_summary(report, " 反映重复收费。 ") == "反映重复收费。"
    assert check_summary(report, "2025-01-01至2025-06-30多收床位费1200.00元。")


def test_short_words_and_words_told_later_do_not_travel_either(insurance, now):
    short, _code = register(insurance, at=now, facts="我是药店店员李小花，老板每天空刷医保卡")
    with pytest.raises(BadInput):
        check_summary(short, "我是药店店员李小花，老板每天空刷医保卡。")
    add_to_report(report=short, text="我在三楼仓库值夜班时亲眼看见他们撕发票", by=None, at=now)
    with pytest.raises(BadInput):
        check_summary(short, "反映：我在三楼仓库值夜班时亲眼看见他们撕发票。")
    catchword, _code = register(insurance, at=now, facts="重复收费")
    assert check_summary(catchword, "反映该院重复收费。")


def test_the_second_click_adds_nothing(insurance, now):
    report, _code = register(insurance, at=now)
    for after in (0, 5):
        at = now + dt.timedelta(seconds=after)
        add_to_report(report=report, text="还有一次在七月。", files=[pdf("收据.pdf")], by=None, at=at)
    assert (report.additions.count(), report.files.count()) == (1, 1)
    assert Event.objects.filter(verb="report.added_to", target_id=report.pk).count() == 1
    add_to_report(report=report, text="还有一次在七月。", by=None, at=now + dt.timedelta(hours=1))
    assert report.additions.count() == 2


def test_what_was_decided_is_not_decided_again(insurance, officer, case, now):
    report = make_report(insurance, at=now, case=case)
    for again in (
        lambda: accept(report, at=now, by=officer),
        lambda: accept(report, at=now, by=officer, case=case),
        lambda: refuse_report(report=report, reason="x", by=officer, at=now),
    ):
        with pytest.raises(WrongState):
            again()
    other, _code = register(insurance, at=now)
    with pytest.raises(BadInput):
        refuse_report(report=other, reason=" ", by=officer, at=now)
    with pytest.raises(WrongState):
        answer_report(report=other, text="结果", by=officer, at=now)


def test_a_report_joins_no_closed_case_and_none_of_another_county(
    insurance, other_insurance, officer, case, insurance_deputy_head, outsider, now
):
    elsewhere = make_case(by=outsider, at=now)
    decline_strand(strand=case.strands.get(), reason="查无实据", by=insurance_deputy_head, at=now)
    close_case(case=case, reason="查无实据", by=insurance_deputy_head, at=now)
    report, _code = register(insurance, at=now)
    for where in (case, elsewhere):
        with pytest.raises(WrongState):
            accept(report, at=now, by=officer, case=where)


def test_the_filing_starts_the_clock_of_telling_and_telling_meets_it(
    insurance, officer, case, insurance_deputy_head, now
):
    named = make_report(insurance, at=now, case=case)
    nameless = make_report(insurance, at=now, case=case, naming=Naming.ANONYMOUS)
    with pytest.raises(WrongState):
        tell_reporter(report=named, via=ToldVia.PHONE, by=officer, at=now)
    filed(case, insurance_deputy_head, now)
    (clock,) = Deadline.objects.filter(rule_code="reporter_notice")
    assert (clock.target_id, clock.department, clock.due_on) == (named.pk, insurance, dt.date(2026, 11, 23))
    assert Notification.objects.filter(verb="report.filed", recipient=officer).exists()
    with pytest.raises(WrongState):
        answer_report(report=named, text="结果", by=officer, at=now)
    case_was_filed(
        strand=case.strands.get(), by=officer, at=now
    )  # a second department files: the clock runs already
    assert Deadline.objects.filter(rule_code="reporter_notice").count() == 1
    tell_reporter(report=named, via=ToldVia.PAGE, by=officer, at=now + dt.timedelta(hours=3))
    clock.refresh_from_db()
    assert clock.status == "met"
    assert "立案" in named.additions.get().text
    with pytest.raises(WrongState):
        tell_reporter(report=named, via=ToldVia.PAGE, by=officer, at=now + dt.timedelta(hours=4))
    with pytest.raises(BadInput):
        answer_report(report=named, text=" ", by=officer, at=now)
    answer_report(report=nameless, text="已查处。", by=officer, at=now)
    answer_report(report=named, text="已查处。", by=officer, at=now + dt.timedelta(days=1))
    with pytest.raises(AlreadyDone):
        answer_report(report=named, text=" 已查处。", by=officer, at=now + dt.timedelta(days=1))
    version = named.version
    answer_report(report=named, text="复议后改为罚款。", by=officer, at=now + dt.timedelta(days=2))
    answers = list(named.additions.filter(outgoing=True))
    assert [one.text for one in answers][1:] == [
        "已查处。",
        "复议后改为罚款。",
    ]  # after the notice of the filing
    assert (named.status, named.version) == ("answered", version + 1)
    verbs = (
        Event.objects.filter(target_kind="report", target_id=named.pk)
        .order_by("-pk")
        .values_list("verb", flat=True)
    )
    assert list(verbs[:2]) == ["report.answered_again", "report.answered"]
    for overwrite in (lambda: Addition.objects.update(text="x"), lambda: answers[0].delete()):
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            overwrite()
    unjoined, _code = register(insurance, at=now)
    with pytest.raises(WrongState):
        tell_reporter(report=unjoined, via=ToldVia.PHONE, by=officer, at=now)


def test_who_joins_a_case_that_was_filed_is_told_within_the_limit_too(
    insurance, case, insurance_deputy_head, now
):
    filed(case, insurance_deputy_head, now)
    later = now + dt.timedelta(days=7)
    make_report(insurance, at=later, case=case)
    assert Deadline.objects.get(rule_code="reporter_notice").started_on == dt.date(2026, 11, 23)


def test_who_gave_a_name_is_told_also_that_it_was_not_filed(
    insurance, health, officer, case, insurance_deputy_head, now
):
    named = make_report(insurance, at=now, case=case)
    make_report(insurance, at=now, case=case, naming=Naming.ANONYMOUS)
    other = open_strand(case=case, department=health, by=insurance_deputy_head, at=now)
    decline_strand(strand=other, reason="查无实据", by=insurance_deputy_head, at=now)
    assert not Deadline.objects.filter(rule_code="reporter_notice").exists()  # its own department still verifies
    decline_strand(
        strand=case.strands.get(department=insurance), reason="查无实据", by=insurance_deputy_head, at=now
    )
    clock = Deadline.objects.get(rule_code="reporter_notice")
    assert (clock.target_id, clock.due_on) == (named.pk, dt.date(2026, 11, 23))
    told = Notification.objects.filter(recipient=officer).latest("pk")
    assert (told.verb, told.target_id) == ("report.not_filed", named.pk)
    with pytest.raises(WrongState):
        answer_report(report=named, text="结果", by=officer, at=now)
    tell_reporter(report=named, via=ToldVia.PAGE, by=officer, at=now)
    assert "不予立案" in named.additions.get().text
    joined = make_report(insurance, at=now, case=case)  # who comes afterwards too
    assert Deadline.objects.filter(rule_code="reporter_notice", target_id=joined.pk).exists()


def test_what_tells_that_somebody_gave_a_name_stays_with_the_report_officer(
    insurance, health, officer, health_handler, insurance_handler, case, insurance_deputy_head, now
):
    open_strand(case=case, department=health, by=insurance_deputy_head, at=now)
    named = make_report(insurance, at=now, case=case)
    file_strand(
        strand=case.strands.get(department=insurance), filing_number="青医保立〔2026〕1号",
        by=insurance_deputy_head, at=now,
    )  # fmt: skip
    clock = Deadline.objects.get(rule_code="reporter_notice")
    assert clock.case_id is None and Deadline.objects.filter(case_id=case.pk).exists()
    for user, seen in ((officer, True), (insurance_handler, False), (health_handler, False)):
        visible = Deadline.objects.visible_to(user)
        assert visible.filter(pk=clock.pk).exists() == seen, user
    tell_reporter(report=named, via=ToldVia.PHONE, by=officer, at=now)
    assert Event.objects.filter(verb="report.told", case_id=None, target_id=named.pk).count() == 1


def test_a_case_with_a_result_asks_for_the_answer_until_it_is_given(
    insurance, officer, case, insurance_handler, insurance_deputy_head, now
):
    wants = make_report(insurance, at=now, case=case, naming=Naming.ANONYMOUS)
    silent = make_report(insurance, at=now, case=case, naming=Naming.ANONYMOUS, wants_answer=False)
    decline_strand(strand=case.strands.get(), reason="查无实据", by=insurance_deputy_head, at=now)
    assert not panels_reports.to_do(officer).exists()
    close_case(case=case, reason="查无实据", by=insurance_deputy_head, at=now)
    told = Notification.objects.filter(verb="report.result_due")
    assert [(each.recipient_id, each.target_id) for each in told] == [(officer.pk, wants.pk)]
    assert list(panels_reports.to_do(officer)) == [wants]
    assert not panels_reports.to_do(insurance_handler).exists()
    (row,) = panels_reports.todo_rows(officer, 9)
    assert row.action_url == reverse("rewards:report_answer", args=[wants.pk])
    answer_report(report=wants, text="查无实据。", by=officer, at=now)
    assert not panels_reports.to_do(officer).exists()
    reopen_case(case=case, reason="新线索", by=insurance_deputy_head, at=now)
    close_case(case=case, reason="查无实据", by=insurance_deputy_head, at=now)
    assert told.count() == 1 and silent.status == "accepted"


def test_told_by_telephone_leaves_no_answer_on_the_page(insurance, officer, case, insurance_deputy_head, now):
    report = make_report(insurance, at=now, case=case)
    filed(case, insurance_deputy_head, now)
    tell_reporter(report=report, via=ToldVia.PHONE, by=officer, at=now)
    assert report.additions.count() == 0
    assert Report.objects.get(pk=report.pk).told_via == "phone"


# -- custodians and openings -----------------------------------------------------------------------------------


def test_the_office_the_report_officer_finance_and_administrators_hold_no_key(
    insurance, office, office_coordinator, officer, insurance_finance, system_admin, insurance_head, insurance_legal, now
):
    offered = candidates(insurance.region, now.date())
    assert set(offered[:2]) == {insurance_head, insurance_legal}  # the defaults stand first
    for user in (office_coordinator, officer, insurance_finance, system_admin):
        assert user not in offered
        with pytest.raises(BadInput):
            name_custodian(region=insurance.region, user=user, by=system_admin, at=now)
    name_custodian(region=insurance.region, user=insurance_legal, by=system_admin, at=now)
    told = Notification.objects.filter(verb="custodian.named")
    before = set(told.values_list("pk", flat=True))
    custodian = name_custodian(region=insurance.region, user=insurance_head, by=system_admin, at=now)
    people = [each.recipient_id for each in told.exclude(pk__in=before)]
    assert sorted(people) == sorted([insurance_head.pk, insurance_legal.pk, officer.pk])  # each of them once
    with pytest.raises(AlreadyDone):
        name_custodian(region=insurance.region, user=insurance_head, by=system_admin, at=now)
    end_custody(custodian=custodian, by=system_admin, at=now)
    with pytest.raises(WrongState):
        end_custody(custodian=custodian, by=system_admin, at=now)
    assert str(custodian) == insurance_head.name


@pytest.fixture
def reporter(insurance, now):
    return register(insurance, at=now)[0].reporters.get()


def ask(reporter, officer, at, **more):
    given = {"fields": "contact", "reason": "需当面核对"} | more
    return request_opening(reporter=reporter, by=officer, at=at, **given)


def test_an_opening_needs_a_reason_a_set_of_fields_and_a_name(insurance, reporter, officer, now):
    for wrong, field in (({"reason": "核对"}, "reason"), ({"fields": "all"}, "fields")):
        with pytest.raises(BadInput) as caught:
            ask(reporter, officer, now, **wrong)
        assert caught.value.field == field
    token = register(insurance, at=now, naming=Naming.TOKEN)[0].reporters.get()
    with pytest.raises(WrongState):
        ask(token, officer, now)
    opening = ask(reporter, officer, now)
    assert opening.expires_at - now == dt.timedelta(hours=24)
    with pytest.raises(AlreadyDone):
        ask(reporter, officer, now)
    ask(reporter, officer, now, fields="payee")
    keepers = Custodian.objects.in_force().values_list("user", flat=True)
    assert set(Notification.objects.filter(target_id=opening.pk, verb="opening.requested").values_list(
        "recipient", flat=True)) == set(keepers)  # fmt: skip


def test_a_custodian_declines_with_a_reason_and_the_asker_cannot(insurance, reporter, officer, now):
    keeper = make_custodians(insurance, at=now)[0]
    opening = ask(reporter, officer, now)
    with pytest.raises(BadInput):
        decline_opening(opening=opening, reason=" ", by=keeper, at=now)
    with pytest.raises(FourEyes):
        decline_opening(opening=opening, reason="x", by=officer, at=now)
    with pytest.raises(WrongState):
        decline_opening(opening=opening, reason="x", by=keeper, at=opening.expires_at)
    decline_opening(opening=opening, reason="可通过查询页答复", by=keeper, at=now)
    assert Opening.objects.get().status == OpeningStatus.DECLINED
    assert Notification.objects.get(recipient=officer, verb="opening.declined")
    with pytest.raises(WrongState):
        decline_opening(opening=opening, reason="x", by=keeper, at=now)
    ask(reporter, officer, now)  # it may be asked for anew


def test_the_database_refuses_one_person_twice(insurance, reporter, officer, now):
    keeper, other = make_custodians(insurance, at=now)
    opening = ask(reporter, officer, now)
    for wrong in (
        {"first_by": keeper, "first_at": now, "second_by": keeper, "second_at": now},
        {"first_by": officer, "first_at": now},
        {"second_by": other, "second_at": now},
        {"first_by": keeper},
        {"status": "ready"},
        {"shown_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opening.objects.filter(pk=opening.pk).update(**wrong)


def test_every_step_of_a_report_is_on_the_record_without_a_word_of_it(insurance, officer, case, now):
    report = make_report(insurance, at=now, case=case)
    found = Event.objects.filter(target_kind="report", target_id=report.pk).order_by("pk")
    assert [event.verb for event in found] == ["report.registered", "report.accepted"]
    assert found[0].region_id == insurance.region_id and found[0].department_id == insurance.pk
    assert FACTS[:6] not in str([event.params for event in found])
    assert report_officer(insurance, at=now) == officer
    assert Report.objects.get(pk=report.pk).status == ReportStatus.ACCEPTED


# -- doors -----------------------------------------------------------------------------------------------------


def test_only_officers_of_the_department_and_custodians_of_the_county_see_anything(
    insurance, health, reporter, officer, insurance_handler, system_admin, outsider, case, now
):
    from django.contrib.auth.models import AnonymousUser

    from rewards import rules_reports as rules
    from rewards.models import Reporter, ReportFile, Supervisor
    from rewards.querysets import holds_key

    keeper = make_custodians(insurance, at=now)[0]
    opening = ask(reporter, officer, now)
    elsewhere = report_officer(health, at=now)
    stranger = AnonymousUser()
    for model, seen in (
        (Report, {officer}),
        (Reporter, {officer}),
        (ReportFile, set()),
        (Opening, {officer, keeper}),
        (Custodian, {officer, keeper, elsewhere, system_admin}),
        (Supervisor, set()),
    ):
        for user in (officer, keeper, elsewhere, insurance_handler, system_admin, outsider, stranger):
            assert model.objects.visible_to(user).exists() == (user in seen), (model, user)
    assert not holds_key(stranger) and holds_key(keeper) and not holds_key(officer)
    assert not rules.works_on_reports(stranger) and not rules.works_on_reports(insurance_handler)
    report = reporter.report
    assert rules.can_decide(officer, report) and not rules.can_decide(elsewhere, report)
    assert rules.can_withdraw(officer, report) and not rules.can_tell(officer, report)
    assert not rules.can_answer(officer, report)
    assert rules.can_ask_opening(officer, reporter) and not rules.can_ask_opening(keeper, reporter)
    Opening.objects.filter(pk=opening.pk).update(expires_at=now + dt.timedelta(days=3650))
    opening.refresh_from_db()
    assert rules.can_give(keeper, opening) and not rules.can_give(officer, opening)
    assert rules.can_decline(keeper, opening) and not rules.can_decline(officer, opening)
    assert (
        not rules.can_show(officer, opening) and rules.opens_list(keeper) and not rules.opens_list(outsider)
    )
    assert not rules.can_name_custodians(stranger) and rules.can_name_custodians(system_admin)
    assert not Supervisor.objects.serving(now.date()).exists()


def test_a_report_of_a_merged_case_has_the_result_of_the_one_it_went_into(
    insurance, officer, case, insurance_handler, insurance_deputy_head, now
):
    wants = make_report(insurance, at=now, case=case, naming=Naming.ANONYMOUS)
    named = make_report(insurance, at=now, case=case)
    main = make_case(by=insurance_handler, at=now)
    merge = propose_merge(case=case, main=main, ground="facts", reason="同案", by=insurance_handler, at=now)
    confirm_merge(merge=merge, by=insurance_deputy_head, at=now)
    assert not panels_reports.to_do(officer).filter(pk=wants.pk).exists()  # closed by merging alone: no result yet
    assert panels_reports._left_alone(officer.post) == 2
    decline_strand(strand=main.strands.get(), reason="查无实据", by=insurance_deputy_head, at=now)
    assert open_clock(named, "reporter_notice") is not None
    tell_reporter(report=named, via=ToldVia.PAGE, by=officer, at=now)
    assert "不予立案" in named.additions.get().text or "not to file" in named.additions.get().text
    close_case(case=main, reason="查无实据", by=insurance_deputy_head, at=now)
    told = Notification.objects.filter(verb="report.result_due", target_id=wants.pk)
    assert [each.recipient_id for each in told] == [officer.pk]
    assert list(panels_reports.to_do(officer).filter(pk=wants.pk)) == [wants]
