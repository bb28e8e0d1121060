"""提请审批, 审批, 通知, start, 延期, 取消: nobody goes before another leader has signed."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from core.dates import local_date
from core.refusals import BadInput, FourEyes, StillOpen, WrongState
from deadlines.models import Deadline
from documents.models import IssuedDocument
from inspections import notices
from inspections.actions import approval, certificates, changes, planning, team
from inspections.models import Inspection
from inspections.rules_writing import writers
from journal.models import Event, Notification
from tests.factories import inspections as make
from tests.factories.inspections import DAY

pytestmark = pytest.mark.django_db


def text_of(document):
    return str(document.context)


def test_a_plan_is_submitted_when_everybody_confirmed(
    asked, health, health_section_head, insurance_handler, insurance_deputy_head, now
):
    with pytest.raises(StillOpen) as refused:
        approval.submit_inspection(inspection=asked, by=insurance_handler, at=now)
    assert len(refused.value.details["items"]) == 1 and "县卫健局" in str(refused.value)
    make.confirm(asked, health, by=health_section_head, at=now)
    approval.submit_inspection(inspection=asked, by=insurance_handler, at=now)
    assert (asked.status, asked.submitted_by) == ("agreed", insurance_handler)
    told = Notification.objects.filter(verb="inspection.to_approve", target_id=asked.pk)
    assert [row.recipient_id for row in told] == [insurance_deputy_head.pk]


def test_what_is_missing_is_said_all_at_once(drafted, health, insurance_handler, now):
    planning.add_partner(
        inspection=drafted, department=health, role="inspecting", by=insurance_handler, at=now
    )
    assert len(approval.missing(drafted)) == 4  # a target, asking, the lead's people, health's answer


def test_a_department_that_declined_is_left_out_first(
    asked, part, health_section_head, insurance_handler, now
):
    team.decline_part(partner=part, reason="人员不足", by=health_section_head, at=now)
    with pytest.raises(StillOpen):
        approval.submit_inspection(inspection=asked, by=insurance_handler, at=now)
    planning.drop_partner(partner=part, by=insurance_handler, at=now)
    approval.submit_inspection(inspection=asked, by=insurance_handler, at=now)
    assert asked.status == "agreed"


def test_too_few_officers_and_days_that_have_passed_are_refused(
    asked, part, health, health_section_head, insurance_handler, now
):
    make.confirm(asked, health, by=health_section_head, at=now)
    part.members.filter(pk=part.members.first().pk).update(
        left_at=now, left_by=health_section_head, left_reason="病假"
    )
    with pytest.raises(StillOpen):
        approval.submit_inspection(inspection=asked, by=insurance_handler, at=now)
    part.members.update(left_at=None, left_by=None, left_reason="")
    with pytest.raises(BadInput):
        approval.submit_inspection(inspection=asked, by=insurance_handler, at=now + 31 * DAY)


def test_a_certificate_that_ended_meanwhile_is_found(
    submitted, health, health_section_head, insurance_deputy_head, now
):
    member = submitted.partners.get(department=health).members.select_related("certificate").first()
    certificates.withdraw_certificate(
        certificate=member.certificate, reason="遗失", by=health_section_head, at=now
    )
    with pytest.raises(BadInput) as refused:
        approval.approve_inspection(inspection=submitted, by=insurance_deputy_head, at=now)
    assert member.name in str(refused.value)


def test_another_leader_signs_and_the_form_is_numbered(
    submitted, insurance_deputy_head, insurance_handler, health_section_head, now
):
    approval.approve_inspection(
        inspection=submitted, opinion="同意，注意安全。", by=insurance_deputy_head, at=now
    )
    form = submitted.approval_form
    assert (submitted.status, submitted.approved_by, form.layout) == ("agreed", insurance_deputy_head, "form")
    assert form.number == "青医保〔2026〕1号" and form.title == "联合检查审批表"
    said = text_of(form)
    for words in (
        "青禾县仁和医院",
        "检查员",
        "同意，注意安全。",
        insurance_deputy_head.name,
        "本年已检查次数",
    ):
        assert words in said
    for person, verb in ((insurance_handler, "was_approved"), (health_section_head, "goes_ahead")):
        assert Notification.objects.filter(verb=f"inspection.{verb}", recipient=person).count() == 1
    with pytest.raises(WrongState):
        approval.approve_inspection(inspection=submitted, by=insurance_deputy_head, at=now)


def test_who_drafted_or_submitted_does_not_sign(
    lead, health, insurance_deputy_head, insurance_head, health_section_head, now
):
    given = {"lead": lead, "partner": health, "answering": health_section_head}
    made = make.submitted(**given, by=insurance_deputy_head, at=now)
    with pytest.raises(FourEyes):
        approval.approve_inspection(inspection=made, by=insurance_deputy_head, at=now)
    assert Inspection.objects.get(pk=made.pk).approved_at is None
    approval.approve_inspection(inspection=made, by=insurance_head, at=now)


def test_the_database_knows_that_the_signer_is_another(submitted, insurance_handler, now):
    with pytest.raises(IntegrityError, match="inspection_signer_is_another"), transaction.atomic():
        Inspection.objects.filter(pk=submitted.pk).update(approved_by=insurance_handler, approved_at=now)
    with pytest.raises(IntegrityError, match="inspection_started_when_signed"), transaction.atomic():
        Inspection.objects.filter(pk=submitted.pk).update(status="under_way")


def test_the_signer_sends_back_and_what_was_confirmed_stands(
    submitted, part_of_health, insurance_deputy_head, insurance_handler, now
):
    with pytest.raises(BadInput):
        approval.return_inspection(inspection=submitted, reason=" ", by=insurance_deputy_head, at=now)
    approval.return_inspection(
        inspection=submitted, reason="检查内容不具体", by=insurance_deputy_head, at=now
    )
    assert (submitted.status, submitted.return_reason, submitted.submitted_by) == (
        "draft",
        "检查内容不具体",
        None,
    )
    assert (
        Notification.objects.filter(verb="inspection.was_returned", recipient=insurance_handler).count() == 1
    )
    part_of_health.refresh_from_db()
    assert part_of_health.answer == "confirmed"
    approval.submit_inspection(inspection=submitted, by=insurance_handler, at=now)
    assert submitted.return_reason == ""


@pytest.fixture
def part_of_health(submitted, health):
    return submitted.partners.get(department=health)


def test_a_signed_plan_is_not_sent_back(approved, insurance_deputy_head, now):
    with pytest.raises(WrongState):
        approval.return_inspection(inspection=approved, reason="改", by=insurance_deputy_head, at=now)


# -- notices and the start ------------------------------------------------------------


def test_each_target_gets_one_numbered_notice(approved, insurance_handler, now):
    with pytest.raises(WrongState):
        approval.begin_inspection(inspection=approved, by=insurance_handler, at=now)
    [target] = approval.send_notices(inspection=approved, by=insurance_handler, at=now)
    assert target.notice.number == "青医保函〔2026〕1号" and target.notice.layout == "letter"
    said = text_of(target.notice)
    for words in ("青禾县仁和医院", "出示执法证件", "申请回避", "陈述、申辩", "会同青禾县卫生健康局"):
        assert words in said
    with pytest.raises(WrongState):
        approval.send_notices(inspection=approved, by=insurance_handler, at=now)
    approval.begin_inspection(inspection=approved, by=insurance_handler, at=now)
    assert approved.status == "under_way"
    told = Notification.objects.filter(verb="inspection.has_begun", target_id=approved.pk).count()
    assert told == 4  # the officers of both departments


def test_nothing_is_announced_or_begun_before_it_is_signed(submitted, insurance_handler, now):
    for action in (approval.send_notices, approval.begin_inspection):
        with pytest.raises(WrongState):
            action(inspection=submitted, by=insurance_handler, at=now)


@pytest.mark.parametrize("kind", ["unannounced", "assist"])
def test_who_comes_unannounced_sends_no_notice(parties, insurance_handler, now, kind):
    above = {"source": "above", "source_number": "市飞检〔2026〕3号"}
    made = make.approved(**parties, at=now, kind=kind, **(above if kind == "assist" else {}))
    assert not made.announced
    with pytest.raises(WrongState):
        approval.send_notices(inspection=made, by=insurance_handler, at=now)
    approval.begin_inspection(inspection=made, by=insurance_handler, at=now)
    assert not IssuedDocument.objects.filter(kind="inspection_notice").exists()
    assert "不发通知" in text_of(made.approval_form)


def test_it_begins_on_its_first_day(parties, insurance_handler, now):
    made = make.approved(**parties, at=now, kind="unannounced", starts_in=3)
    with pytest.raises(BadInput):
        approval.begin_inspection(inspection=made, by=insurance_handler, at=now)
    approval.begin_inspection(inspection=made, by=insurance_handler, at=now + 3 * DAY)
    assert made.status == "under_way"


# -- 延期 and 取消 ------------------------------------------------------------


def later(inspection, by, at, **more):
    given = {
        "starts_on": inspection.starts_on + 7 * DAY, "ends_on": inspection.ends_on + 7 * DAY, "reason": "防汛值守",
        "by": by, "at": at,
    }  # fmt: skip
    return changes.postpone_inspection(inspection=inspection, **(given | more))


def test_a_postponed_inspection_keeps_its_state_and_sends_its_notices_anew(
    approved, insurance_handler, health_section_head, office_coordinator, now
):
    first = approval.send_notices(inspection=approved, by=insurance_handler, at=now)[0].notice
    before = approved.starts_on
    later(approved, insurance_handler, now)
    row = approved.postponements.get()
    assert (approved.status, row.old_starts_on, row.starts_on, row.reason) == (
        "agreed",
        before,
        before + 7 * DAY,
        "防汛值守",
    )
    for person in (health_section_head, office_coordinator):
        assert Notification.objects.filter(verb="inspection.was_postponed", recipient=person).count() == 1
    back = taken_back(approved)
    assert first.number in back and "改于2026年11月23日至" in back and "防汛值守" not in back
    second = approval.send_notices(inspection=approved, by=insurance_handler, at=now)[0].notice
    assert second.number != first.number and "检查时间有调整，以本通知为准" in text_of(second)
    assert "防汛值守" not in text_of(second)  # why stays inside


def taken_back(inspection):
    """The text of the newest letter that takes a notice of the one target back."""
    target = inspection.targets.get()
    papers = IssuedDocument.objects.filter(kind="inspection_taken_back", target_id=target.pk)
    return text_of(papers.latest("pk")) if papers else ""


def test_what_was_announced_is_taken_back_when_it_is_called_off(
    approved, insurance_handler, insurance_section_head, client, now
):
    later(approved, insurance_handler, now)
    assert not taken_back(approved)  # nothing was announced yet
    first = approval.send_notices(inspection=approved, by=insurance_handler, at=now)[0].notice
    later(approved, insurance_handler, now)
    changes.cancel_inspection(inspection=approved, reason="人员被抽调", by=insurance_handler, at=now)
    back = taken_back(approved)  # told of other days, and now that there are none
    assert "现决定不再开展" in back and first.number not in back and "抽调" not in back
    assert IssuedDocument.objects.filter(kind="inspection_taken_back").count() == 2
    event = Event.objects.filter(verb="inspection.notice_taken_back").latest("pk")
    assert event.params["back"] == "cancelled"
    client.force_login(insurance_section_head, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(approved.get_absolute_url() + "?tab=visits")
    assert page.content.decode().count("收回") >= 2


def test_a_target_left_out_after_its_notice_is_told(approved, insurance_handler, now):
    notice = approval.send_notices(inspection=approved, by=insurance_handler, at=now)[0].notice
    target = approved.targets.select_related("inspection__lead", "subject").get()
    planning.drop_target(target=target, reason="已停业", by=insurance_handler, at=now)
    back = taken_back(approved)
    assert notice.number in back and "不再对你单位开展" in back and "停业" not in back


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"starts_on": dt.date(2026, 1, 1)}, "starts_on"),
        ({"ends_on": dt.date(2026, 1, 1)}, "ends_on"),
    ],
)
def test_a_postponement_has_a_reason_and_days_in_order(drafted, insurance_handler, now, wrong, field):
    with pytest.raises(BadInput) as refused:
        later(drafted, insurance_handler, now, **wrong)
    assert refused.value.field == field
    later(drafted, insurance_handler, now)
    assert not Notification.objects.filter(verb="inspection.was_postponed").exists()  # nobody was asked yet


def test_the_same_days_are_no_postponement(drafted, insurance_handler, now):
    with pytest.raises(BadInput):
        later(drafted, insurance_handler, now, starts_on=drafted.starts_on, ends_on=drafted.ends_on)


def test_once_begun_only_the_last_day_moves(going, insurance_handler, now):
    with pytest.raises(BadInput) as refused:
        later(going, insurance_handler, now + DAY)
    assert refused.value.field == "starts_on"
    later(going, insurance_handler, now + DAY, starts_on=going.starts_on)
    assert going.status == "under_way"


def test_certificates_last_until_the_new_last_day(submitted, insurance_handler, now):
    with pytest.raises(BadInput) as refused:
        later(submitted, insurance_handler, now, ends_on=local_date(now) + 400 * DAY)
    assert refused.value.field == "ends_on"


def test_a_cancelled_inspection_owes_nothing(
    asked, part, insurance_handler, health_section_head, office_coordinator, now
):
    with pytest.raises(BadInput):
        changes.cancel_inspection(inspection=asked, reason="", by=insurance_handler, at=now)
    changes.cancel_inspection(inspection=asked, reason="并入省级检查", by=insurance_handler, at=now)
    assert (asked.status, asked.cancel_reason) == ("cancelled", "并入省级检查")
    assert Deadline.objects.get(target_kind="inspection_partner", target_id=part.pk).status == "cancelled"
    for person in (health_section_head, office_coordinator):
        assert Notification.objects.filter(verb="inspection.was_cancelled", recipient=person).count() == 1
    assert Event.objects.filter(verb="inspection.cancelled", target_id=asked.pk).count() == 1
    with pytest.raises(WrongState):
        changes.cancel_inspection(inspection=asked, reason="并入省级检查", by=insurance_handler, at=now)


def test_a_draft_is_cancelled_quietly_and_a_visited_one_never(drafted, visit, insurance_handler, now):
    changes.cancel_inspection(inspection=drafted, reason="重复", by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        changes.cancel_inspection(inspection=visit.inspection, reason="重复", by=insurance_handler, at=now)


def test_what_nobody_did_is_nobodys_writing(submitted, insurance_handler, now):
    """An event of a job names no actor."""
    before = writers(submitted)
    notices.note("edited", submitted, by=None, at=now)
    assert writers(submitted) == before == {insurance_handler.pk}
