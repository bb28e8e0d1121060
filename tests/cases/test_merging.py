"""并案 (ADR 0075): proposed by one, confirmed by another; nothing is copied, lost or counted twice; access stays."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cases import panels_end, rules_end
from cases.actions import access, editing, evidence, merging, money, notes, progress, strands
from cases.actions.locking import check_kept
from cases.ending import result_case
from cases.enums import CaseStatus, Disposition, GrantCause, Keeping, MergeGround, MoneyKind, StrandStatus
from cases.models import Case, CaseArchive, CaseMerge, LegalReview, Strand
from core.refusals import AlreadyDone, BadInput, FourEyes, StillOpen, WrongState
from deadlines.actions.clocks import open_clock, start_clock
from journal.models import Event, Notification
from tests.factories.cases import make_case, make_subject, pdf

DAY = dt.timedelta(days=1)


@pytest.fixture
def other(insurance_handler_2, subject, now):
    """联办〔2026〕2号 about the same hospital: the leading case."""
    return make_case(by=insurance_handler_2, at=now, subject=subject, suspected="1000.00")


@pytest.fixture
def propose(case, other, insurance_handler, now):
    def ask(**more):
        given = {"case": case, "main": other, "ground": MergeGround.SUBJECT, "reason": "同一机构同一手法"}
        return merging.propose_merge(**(given | {"by": insurance_handler, "at": now} | more))

    return ask


@pytest.fixture
def merge(propose, insurance_deputy_head, now):
    return merging.confirm_merge(merge=propose(), by=insurance_deputy_head, at=now + DAY)


def refused(expected, call, /, **values):
    with pytest.raises(expected) as caught:
        call(**values)
    return caught.value


def test_a_merge_is_proposed_by_one_and_confirmed_by_another(
    propose, case, other, insurance_handler, insurance_deputy_head, insurance_head, now
):
    propose(by=insurance_deputy_head)
    merge = case.merges.get()
    told = Notification.objects.filter(verb="case.merge_proposed").values_list("recipient__name", flat=True)
    assert list(told) == ["宋明哲"]
    refused(FourEyes, merging.confirm_merge, merge=merge, by=insurance_deputy_head, at=now)
    refused(AlreadyDone, propose)
    said = refused(StillOpen, progress.close_case, case=case, reason="查结", by=insurance_head, at=now)
    assert any("proposed" in item or "并案" in item for item in said.details["items"])
    merging.confirm_merge(merge=merge, by=insurance_head, at=now)
    refused(WrongState, merging.confirm_merge, merge=merge, by=insurance_head, at=now)
    refused(WrongState, merging.turn_down_merge, merge=merge, reason="不", by=insurance_head, at=now)


def test_the_merged_case_ends_and_everything_of_it_stays(
    case, strand, other, merge, insurance_handler, insurance_deputy_head, now
):
    case.refresh_from_db()
    strand.refresh_from_db()
    assert (case.status, strand.status, strand.ended_at) == (CaseStatus.CLOSED, StrandStatus.MERGED, now + DAY)
    assert open_clock(strand, "verification") is None and open_clock(other.strands.get(), "verification")
    assert merge.strands == {str(strand.pk): "verifying"} and len(merge.clocks) == 1
    assert Event.objects.filter(case_id=other.pk, verb="case.merged_in").count() == 1
    assert Notification.objects.filter(verb="case.merged", recipient=insurance_handler).exists()
    by = {"by": insurance_handler, "at": now + DAY}
    for call, values in (
        (evidence.add_evidence, {"upload": pdf()}), (progress.reopen_case, {"reason": "再查"}),
        (editing.edit_case, {"version": case.version, "title": "改名"}),
        (money.enter_money, {"kind": MoneyKind.SUSPECTED, "amount": "1.00", "happened_on": now.date()}),
    ):  # fmt: skip
        refused(WrongState, call, case=case, **values, **by)
    with pytest.raises(WrongState):
        strands.file_strand(strand=strand, filing_number="1", **by)
    notes.add_note(case=case, text="仍可评论", audience="department", **by)
    for statement in ("UPDATE cases_case SET status = 'working', closed_at = NULL", "UPDATE cases_strand SET reason = 'x'"):
        column = "id" if "cases_case " in statement else "case_id"
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE {column} = %s", [case.pk])  # noqa: S608
    assert (result_case(case), result_case(other)) == (other, other)
    assert str(merge) == "联办〔2026〕1号 → 联办〔2026〕2号"


def test_a_verified_amount_of_a_report_and_what_its_reporter_is_paid_are_still_entered(case, merge, insurance_handler, now):
    money._check_open(case, MoneyKind.REWARDED, False)
    case.refresh_from_db()
    money._check_open(case, MoneyKind.VERIFIED, True)
    refused(WrongState, money._check_open, case=case, kind=MoneyKind.VERIFIED, clue=False)


def test_what_cannot_be_merged_is_refused_by_field(
    propose, case, other, county, insurance_handler, insurance_deputy_head, health_handler, now
):
    assert refused(BadInput, propose, main=case).field == "number"
    said = refused(BadInput, propose, reason=" ", ground="whim")
    assert set(said.faults) == {"reason", "ground"}
    assert refused(BadInput, propose, main=make_case(by=health_handler, at=now)).field == "number"
    stranger = make_case(by=insurance_handler, at=now, subject=make_subject(county, name="青禾县平安药房", at=now))
    assert refused(BadInput, propose, main=stranger).field == "ground"
    facts = propose(main=stranger, ground=MergeGround.FACTS)
    refused(BadInput, merging.turn_down_merge, merge=facts, reason=" ", by=insurance_handler, at=now)
    merging.turn_down_merge(merge=facts, reason="另案处理", by=insurance_handler, at=now)
    assert not Notification.objects.filter(verb="case.merge_turned_down").exists()
    waiting = propose(main=stranger, ground=MergeGround.FACTS)
    Strand.objects.filter(case=stranger).update(ended_at=now)
    part = stranger.strands.get()
    progress.begin_work(case=stranger, by=insurance_handler, at=now)
    Strand.objects.filter(pk=part.pk).update(status=StrandStatus.TERMINATED, ended_at=now)
    progress.decide_case(case=stranger, by=insurance_handler, at=now)
    refused(WrongState, merging.confirm_merge, merge=waiting, by=insurance_deputy_head, at=now)
    merging.turn_down_merge(merge=waiting, reason="主案已办结", by=insurance_deputy_head, at=now)
    assert Notification.objects.get(verb="case.merge_turned_down").recipient == insurance_handler
    assert refused(BadInput, propose, main=stranger, ground=MergeGround.FACTS).field == "number"


@pytest.mark.parametrize(
    ("status", "disposition"),
    [(StrandStatus.DECIDED, Disposition.PENALTY), (StrandStatus.NOT_FILED, Disposition.AGREEMENT)],
)
def test_a_case_a_department_decided_in_stands_alone(propose, strand, status, disposition):
    Strand.objects.filter(pk=strand.pk).update(status=status, disposition=disposition)
    refused(WrongState, propose)


def test_open_letters_and_other_clocks_keep_it_from_being_merged(propose, case, strand, insurance_deputy_head, now):
    start_clock(code="verification", target=case, department=case.owner, case=case, at=now)
    merge = propose()
    said = refused(StillOpen, merging.confirm_merge, merge=merge, by=insurance_deputy_head, at=now)
    assert len(said.details["items"]) == 1
    strand.refresh_from_db()
    assert strand.status == StrandStatus.VERIFYING  # all or nothing


def test_no_chains_and_nothing_twice(merge, case, other, insurance_handler_2, insurance_handler, subject, now):
    third = make_case(by=insurance_handler, at=now, subject=subject)
    more = {"ground": MergeGround.SUBJECT, "reason": "同案", "by": insurance_handler, "at": now}
    refused(WrongState, merging.propose_merge, case=other, main=third, **more)  # others went into it
    refused(WrongState, merging.propose_merge, case=case, main=third, **more)  # it is merged
    assert refused(BadInput, merging.propose_merge, case=third, main=case, **more).field == "number"
    for values in ({"reason": "x"}, {"undone_at": None, "at": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseMerge.objects.filter(pk=merge.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        merge.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseMerge.objects.create(
            case=other, main=third, ground="facts", reason="x", proposed_by=insurance_handler, proposed_at=now
        )


def test_taken_back_the_clocks_run_with_the_time_they_had_left(case, strand, merge, other, insurance_deputy_head, now):
    due = dt.date(2026, 12, 7)
    undo = {"merge": merge, "by": insurance_deputy_head, "at": now + 3 * DAY}
    refused(BadInput, merging.undo_merge, **undo | {"reason": " "})
    merging.undo_merge(**undo | {"reason": "并错"})
    case.refresh_from_db()
    strand.refresh_from_db()
    assert (case.status, strand.status, strand.ended_at) == (CaseStatus.WORKING, StrandStatus.VERIFYING, None)
    assert open_clock(strand, "verification").due_on == due + 2 * DAY  # 17 November to 19 November
    assert Event.objects.filter(case_id=other.pk, verb="case.unmerged_out").exists()
    refused(WrongState, merging.undo_merge, **undo | {"reason": "再撤"})


def test_it_is_not_taken_back_once_something_followed(case, merge, other, insurance_deputy_head, now):
    undo = {"merge": merge, "reason": "并错", "by": insurance_deputy_head, "at": now + 3 * DAY}
    archive = CaseArchive.objects.create(
        case=case, department=case.owner, number="2026-1", volume=1, keeping=Keeping.PERMANENT,
        filed_by=insurance_deputy_head, filed_at=now,
    )  # fmt: skip
    refused(WrongState, merging.undo_merge, **undo)
    refused(WrongState, check_kept, case=case)
    assert (str(archive), archive.is_confirmed) == ("2026-1", False)
    part = other.strands.get()
    strands.decline_strand(
        strand=part, reason="查无实据", disposition=Disposition.NONE, by=insurance_deputy_head, at=now + 2 * DAY
    )
    refused(WrongState, merging.undo_merge, **undo)


def test_a_late_clock_stays_late_and_calendar_days_move_by_calendar_days(strand, now):
    clock = open_clock(strand, "verification")
    clock.due_on, clock.unit = dt.date(2026, 11, 18), "day"
    assert merging._later(clock, dt.date(2026, 11, 19), dt.date(2026, 11, 25)) == clock.due_on
    assert merging._later(clock, dt.date(2026, 11, 17), dt.date(2026, 11, 20)) == dt.date(2026, 11, 23)


def test_an_open_legal_review_is_asked_no_more(
    case, strand, propose, insurance_legal, insurance_handler, insurance_deputy_head, now
):
    LegalReview.objects.create(
        case=case, strand=strand, department=case.owner, round=1, proposal="拟处罚", reviewer=insurance_legal,
        asked_by=insurance_handler, asked_at=now,
    )  # fmt: skip
    merging.confirm_merge(merge=propose(), by=insurance_deputy_head, at=now)
    assert LegalReview.objects.get().withdrawn_by == insurance_deputy_head


def test_who_sees_the_one_does_not_see_the_other(
    case, other, merge, health_handler, insurance_handler, insurance_handler_2, now
):
    given = {"department": health_handler.department, "cause": GrantCause.REFERRAL, "by": insurance_handler, "at": now}
    access.grant_department(case=other, **given)
    assert set(Case.objects.visible_to(health_handler)) == {other}
    seen = Case.objects.for_page(health_handler).get(pk=other.pk)
    assert seen.merging and panels_end.merged_panel(seen, health_handler) is None
    own = Case.objects.for_page(insurance_handler_2).get(pk=other.pk)
    panel = panels_end.merged_panel(own, insurance_handler_2)
    assert [row.case for row, _values in panel["rows"]] == [case]
    assert panel["together"][0] == Decimal("87240.00")
    access.grant_department(case=case, **given)
    access.revoke(case=other, **{name: given[name] for name in ("department", "cause", "by", "at")})
    seen = Case.objects.for_page(health_handler).get(pk=case.pk)
    assert panels_end.merged_panel(seen, health_handler)["main_case"] is None
    seen = Case.objects.for_page(insurance_handler).get(pk=case.pk)
    assert panels_end.merged_panel(seen, insurance_handler)["main_case"] == other
    assert not Case.objects.for_page(health_handler).filter(merge_asked=True).exists()


def test_a_restricted_case_leaves_no_word_in_the_other(
    other, subject, insurance_handler, insurance_deputy_head, insurance_head, now
):
    case = make_case(by=insurance_handler, at=now, subject=subject, restricted=True)
    access.name_person(case=case, user=insurance_deputy_head, by=insurance_handler, at=now)
    merge = merging.propose_merge(
        case=case, main=other, ground=MergeGround.SUBJECT, reason="同案", by=insurance_handler, at=now
    )
    told = Notification.objects.filter(verb="case.merge_proposed")
    assert [row.recipient for row in told] == [insurance_deputy_head]
    merging.confirm_merge(merge=merge, by=insurance_deputy_head, at=now)
    merging.undo_merge(merge=merge, reason="并错", by=insurance_deputy_head, at=now)
    assert not Event.objects.filter(case_id=other.pk, verb__startswith="case.merged").exists()
    assert not Event.objects.filter(case_id=other.pk, verb__startswith="case.unmerged").exists()


def test_a_part_nobody_handles_is_told_to_its_section_heads(
    case, insurance_handler, health_section_head, insurance_deputy_head, propose, now
):
    strands.open_strand(case=case, department=health_section_head.department, by=insurance_handler, at=now)
    merging.confirm_merge(merge=propose(), by=insurance_deputy_head, at=now)
    told = Notification.objects.filter(verb="case.merged").values_list("recipient__name", flat=True)
    assert set(told) == {insurance_handler.name, health_section_head.name}


def test_who_may_merge(
    case, propose, insurance_handler, insurance_handler_2, insurance_deputy_head, health_handler, insurance_registrar
):
    merge = propose()
    assert rules_end.can_propose_merge(insurance_handler, case)
    assert not rules_end.can_propose_merge(insurance_registrar, case)
    assert rules_end.can_merge(insurance_deputy_head, case) and not rules_end.can_merge(insurance_handler, case)
    assert rules_end.can_confirm_merge(insurance_deputy_head, merge)
    assert not rules_end.can_confirm_merge(insurance_handler_2, merge)
    assert rules_end.can_turn_down_merge(insurance_deputy_head, merge)
    assert rules_end.can_turn_down_merge(insurance_handler, merge)
    assert not rules_end.can_turn_down_merge(insurance_handler_2, merge)


def test_the_pages_from_proposal_to_taking_back(
    as_user, case, other, insurance_handler, insurance_deputy_head, insurance_handler_2
):
    def step(user, name, of=case, **values):
        client, url = as_user(user), reverse(f"cases:{name}", args=[of.pk])
        page = client.get(url)
        assert page.status_code == 200, (name, page.status_code)
        key = re.search(r'name="form_key" value="([^"]+)"', page.content.decode())
        return client.post(url, {"form_key": key.group(1), **values})

    def page(user, of):
        return as_user(user).get(reverse("cases:detail", args=[of.pk]), {"tab": "overview"}).content.decode()

    said = {"ground": "subject", "reason": "同一机构"}
    assert step(insurance_handler, "merge", number="联办〔2026〕99号", **said).status_code == 200
    assert other.number in as_user(insurance_handler).get(reverse("cases:merge", args=[case.pk])).content.decode()
    assert step(insurance_handler, "merge", number=other.number, **said).status_code == 302
    assert other.number in page(insurance_handler, case)
    assert step(insurance_handler, "turn_down_merge", reason="再议").status_code == 302
    assert step(insurance_handler, "merge", number=other.number, **said).status_code == 302
    assert as_user(insurance_handler).get(reverse("cases:confirm_merge", args=[case.pk])).status_code == 403
    assert reverse("cases:confirm_merge", args=[case.pk]) in page(insurance_deputy_head, case)
    assert step(insurance_deputy_head, "confirm_merge").status_code == 302
    assert case.number in page(insurance_handler_2, other)
    listed = as_user(insurance_deputy_head).get(reverse("cases:list"), {"ending": "merged"}).content.decode()
    assert case.number in listed and other.number not in listed
    listed = as_user(insurance_deputy_head).get(reverse("cases:list"), {"ending": "single"}).content.decode()
    assert case.number not in listed and other.number in listed
    assert reverse("cases:reopen", args=[case.pk]) not in page(insurance_deputy_head, case)
    assert step(insurance_deputy_head, "unmerge", reason="并错").status_code == 302
    assert as_user(insurance_deputy_head).get(reverse("cases:unmerge", args=[case.pk])).status_code == 404
