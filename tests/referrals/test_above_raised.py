"""提级 and 指定管辖: what a case taken up by the higher level leaves behind, and where competence rests."""

import datetime as dt

import pytest

from cases.actions.strands import decide_strand, file_strand, investigate, open_strand
from cases.models import Case, CaseUserPermission, Custody
from core.refusals import BadInput, StillOpen, WrongState
from deadlines.models import Deadline
from journal.models import Event
from referrals import proposals
from referrals import rules_above as rules
from referrals.actions.above_closing import close_task, redo_task
from referrals.actions.above_letters import draft_task_letter, edit_task_letter, submit_task_letter
from referrals.actions.above_raised import conclude_raised
from referrals.actions.handling import return_referral
from tests.factories.above import answer_task, make_task
from tests.factories.cases import make_case, pdf

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def strand(case, sender):
    return case.strands.get(department=sender)


@pytest.fixture
def raised(case, sender, office_coordinator, now):
    """`raised(body=…)`: a task by which the city takes the case up, being worked."""

    def made(**more):
        return make_task(
            by=office_coordinator, at=now, kind="raised", status="accepted", department=sender, cases=[case], **more
        )

    return made


def to(strand, status, *, by, at):
    """Bring our part of the case on: filed, investigating, decided."""
    if status != "verifying":
        file_strand(strand=strand, filing_number="青医保立〔2026〕1号", by=by, at=at)
    if status in ("investigating", "decided"):
        investigate(strand=strand, by=by, at=at)
    if status == "decided":
        decide_strand(
            strand=strand, disposition="no_penalty", basis="处罚法第三十三条", findings="轻微", by=by, at=at
        )
    return strand


def clock(strand):
    """The state of the newest clock of our part."""
    return Deadline.objects.filter(target_kind="strand", target_id=strand.pk).order_by("-pk").first().status


# our part before → (its state, its clock) after a hand-over that suspends, after it came back, after it stayed above
FATES = {
    "verifying": (("verifying", "paused"), ("verifying", "running"), ("withdrawn", "cancelled")),
    "filed": (("filed", "paused"), ("filed", "running"), ("withdrawn", "cancelled")),
    "investigating": (("suspended", "paused"), ("investigating", "running"), ("terminated", "cancelled")),
    "decided": (("decided", "met"), ("decided", "met"), ("decided", "met")),
}


@pytest.mark.parametrize("given_back", [True, False])
@pytest.mark.parametrize("status", FATES)
def test_suspended_handling_stands_still_until_the_case_comes_back_or_stays(
    status, given_back, raised, strand, case, insurance_handler, insurance_deputy_head, office_coordinator, now
):
    suspended, back, stays = FATES[status]
    task = raised()
    to(strand, status, by=insurance_handler, at=now)
    letter = answer_task(task, at=now, manifest=list(case.evidence.all()))
    strand.refresh_from_db()
    assert (strand.status, clock(strand)) == suspended
    assert (task.status, task.handling, task.links.get().outcome) == ("reported", "suspended", "handed")
    assert letter.document.kind == "task_hand"
    with pytest.raises(StillOpen):
        close_task(task=task, by=office_coordinator, at=now)
    with pytest.raises(BadInput):
        conclude_raised(task=task, given_back=given_back, reason=" ", by=insurance_deputy_head, at=now)
    assert rules.can_conclude(insurance_deputy_head, task) and not rules.can_conclude(insurance_handler, task)
    conclude_raised(
        task=task, given_back=given_back, reason="沧医保函〔2026〕88号", by=insurance_deputy_head, at=now + DAY
    )
    strand.refresh_from_db()
    assert (strand.status, clock(strand)) == (back if given_back else stays)
    assert task.handling == ("resumed" if given_back else "ended")
    named = CaseUserPermission.objects.filter(user=insurance_handler, content_object=case).count()
    assert named == 1  # the case's own handler; the name by our part ended with it where it ended
    verb = "task.case_given_back" if given_back else "task.case_stays_above"
    assert Event.objects.filter(verb=verb, case_id=case.pk).exists()
    with pytest.raises(WrongState):
        conclude_raised(task=task, given_back=True, reason="再次", by=insurance_deputy_head, at=now + DAY)
    assert close_task(task=task, by=office_coordinator, at=now + DAY).status == "closed"


def test_ended_handling_ends_clock_and_name_and_leaves_partners_alone(
    raised, strand, case, receiver, health_handler, insurance_handler, insurance_handler_2, now, told
):
    part = open_strand(case=case, department=receiver, handler=health_handler, by=insurance_handler, at=now)
    open_strand_without_handler = case.strands.exclude(pk=part.pk).get()
    assert open_strand_without_handler == strand
    task = raised()
    answer_task(task, at=now, effect="ended", manifest=list(case.evidence.all()))
    strand.refresh_from_db(), part.refresh_from_db()
    assert (strand.status, clock(strand), part.status, task.handling) == ("withdrawn", "cancelled", "verifying", "ended")
    assert told("task.case_taken_up") == ["周敏仪"]
    rows = Custody.objects.filter(kind="handed_over", cause_kind="task_letter")
    assert sorted(rows.values_list("evidence", flat=True)) == sorted(case.evidence.values_list("pk", flat=True))


def test_a_part_nobody_handles_ends_too(
    case, receiver, health_section_head, insurance_handler, office_coordinator, health_handler, now
):
    part = open_strand(case=case, department=receiver, by=insurance_handler, at=now)
    task = make_task(
        by=office_coordinator, at=now, kind="raised", status="accepted", department=receiver, handler=health_handler,
        cases=[case],
    )  # fmt: skip
    answer_task(task, at=now, effect="ended")
    part.refresh_from_db()
    assert part.status == "withdrawn"


@pytest.mark.parametrize("given_back", [True, False])
def test_a_higher_level_that_works_here_reads_what_it_took_up(
    given_back, raised, case, city, insurance_deputy_head, strand, now
):
    from departments.actions.structure import create_department
    from departments.enums import Function

    body = create_department(
        region=city, function=Function.INSURANCE, name="沧澜市医疗保障局", short_name="市医保局", mark="沧医保",
        by=None, at=now,
    )  # fmt: skip
    task = raised(body=body)
    answer_task(task, at=now)
    group = case.group_permissions.filter(group=body.group)
    assert group.exists()
    conclude_raised(task=task, given_back=given_back, reason="88号", by=insurance_deputy_head, at=now)
    assert group.exists() is not given_back


def test_a_clock_that_stood_still_already_is_left_as_it_is(raised, strand, now, insurance_deputy_head):
    from deadlines.actions.clocks import open_clock, pause_clock, resume_clock

    pause_clock(deadline=open_clock(strand, "verification"), at=now, reason="鉴定")
    task = raised()
    answer_task(task, at=now)
    assert clock(strand) == "paused"
    resume_clock(deadline=open_clock(strand, "verification"), at=now, reason="鉴定完毕")
    conclude_raised(task=task, given_back=True, reason="发回", by=insurance_deputy_head, at=now)
    assert clock(strand) == "running"


def test_the_hand_over_refuses_what_does_not_fit(
    case, raised, sender, office_coordinator, insurance_handler, now
):
    task = raised()
    given = {"task": task, "purpose": "handover", "title": "移交函", "text": "已核查", "by": insurance_handler, "at": now}
    with pytest.raises(WrongState):
        draft_task_letter(**(given | {"purpose": "report"}))
    with pytest.raises(BadInput) as refusal:
        draft_task_letter(**given)
    assert refusal.value.field == "effect"
    foreign = make_case(by=insurance_handler, at=now, files=[pdf("别案.pdf")])
    with pytest.raises(BadInput) as refusal:
        draft_task_letter(**given, effect="ended", manifest=list(foreign.evidence.all()))
    assert refusal.value.field == "manifest"
    letter = draft_task_letter(**given, effect="ended", manifest=list(case.evidence.all()))
    edit_task_letter(
        letter=letter, version=1, title="移交函", text="已核查", effect="suspended", by=insurance_handler, at=now
    )
    assert not letter.manifest.exists()
    empty = make_task(by=office_coordinator, at=now, kind="raised", status="accepted", department=sender)
    bare = draft_task_letter(**(given | {"task": empty}), effect="ended")
    with pytest.raises(BadInput):
        submit_task_letter(letter=bare, by=insurance_handler, at=now)
    answer_task(make_task(
        by=office_coordinator, at=now, kind="raised", status="accepted", department=sender, cases=[foreign]
    ), at=now)  # fmt: skip
    handed = foreign.task_links.get().task
    with pytest.raises(WrongState):
        redo_task(task=handed, reason="再报", due_on=now.date() + DAY, by=office_coordinator, at=now)
    assert not rules.can_redo(office_coordinator, handed)


# --- 指定管辖 ------------------------------------------------------------------------------------------------------
def test_a_designated_department_is_proposed_and_cannot_return_for_want_of_competence(
    case, letter, receiver, office_coordinator, health_handler, now
):
    referral = letter("received")
    make_task(
        by=office_coordinator, at=now, kind="designated", status="assigned", department=receiver, handler=health_handler,
        cases=[case], number="沧医保函〔2026〕66号",
    )  # fmt: skip
    with pytest.raises(BadInput, match="66") as refusal:
        return_referral(referral=referral, category="competence", reason="不属职责", by=health_handler, at=now)
    assert refusal.value.field == "category"
    return_referral(referral=referral, category="incomplete", reason="材料不齐", by=health_handler, at=now)
    assert referral.status == "returned"


def test_a_withdrawn_designation_no_longer_binds(case, letter, receiver, office_coordinator, health_handler, now):
    from referrals.actions.above_intake import withdraw_task

    referral = letter("received")
    task = make_task(
        by=office_coordinator, at=now, kind="designated", status="assigned", department=receiver, handler=health_handler,
        cases=[case],
    )  # fmt: skip
    withdraw_task(task=task, reason="撤销指定", by=office_coordinator, at=now)
    return_referral(referral=referral, category="competence", reason="不属职责", by=health_handler, at=now)
    assert referral.status == "returned"


def test_the_form_of_a_transfer_proposes_the_designated_department(
    case, market, office_coordinator, market_handler, insurance_handler, now
):
    assert market not in proposals.proposed(case, "transfer", insurance_handler)
    make_task(
        by=office_coordinator, at=now, kind="designated", status="assigned", department=market, handler=market_handler,
        cases=[case],
    )  # fmt: skip
    assert market in proposals.proposed(Case.objects.get(pk=case.pk), "transfer", insurance_handler)
