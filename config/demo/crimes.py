"""Two suspicions of crime in the demo county: one the police filed, one they refused and reconsider now."""

from cases.actions.evidence import add_evidence
from config.demo.papers import follow_up, somebody
from config.demo.told import Told
from config.demo.world import scan
from core.dates import local_date
from departments.enums import Function, Role
from referrals.actions.crime_drafts import (
    draft_correction,
    draft_filing,
    draft_incomplete,
    draft_reconsider,
    draft_reconsidered,
)
from referrals.actions.crime_handover import hand_over, sign_receipt
from referrals.actions.crime_proposal import assign_officers, propose_transfer
from referrals.actions.crime_remedies import hand_over_property
from referrals.actions.crime_report import Attachments, Item, decide_transfer, report_transfer
from referrals.actions.drafting import Line
from referrals.actions.handling import assign_referral
from referrals.models import CrimeThreshold, CriminalTransfer

FACTS = (
    "经查，当事人以虚构服务事实、伪造凭证的方式，将未实际发生的费用申报医保结算，骗取医疗保障基金。"
    "上述事实有结算明细、原始凭证、参保人员证言等证据证实。"
)


def send_to_police(story: Told) -> CriminalTransfer:
    """Proposed, verified by two, reported, approved, handed over within 24 hours, signed for."""
    world, diary, case = story.world, story.diary, story.case
    at = diary.then(days=1)
    transfer = propose_transfer(
        case=case, found_on=local_date(at), facts=FACTS, threshold=CrimeThreshold.objects.order_by("pk").first(),
        measures="已暂停拨付医保基金，先行登记保存相关凭证。", persons=list(case.subjects.all()),
        others="负责人王某", by=story.handler, at=at,
    )  # fmt: skip
    officers = [somebody(world, story.owner, Role.HANDLER, story.index + place) for place in (0, 1)]
    chief = somebody(world, story.owner, Role.SECTION_HEAD)
    assign_officers(transfer=transfer, officers=officers, by=chief, at=diary.then(minutes=60))
    files = list(case.evidence.order_by("pk"))
    report_transfer(
        transfer=transfer,
        report="经两名执法人员核实，当事人主观上具有非法占有目的，客观上实施了虚构事实骗取基金的行为，"
        "涉案金额已达到追诉标准，建议移送公安机关。",
        attachments=Attachments(
            report=files[-1:],
            items=(
                Item(name="结算凭证原件", quantity="37份", pages=1260, source="被检查单位", remark="先行登记保存"),
                Item(name="结算专用章", quantity="1枚", source="被检查单位"),
            ),
            no_expert="本案事实认定不需检验或者鉴定",
            other=files[:-1],
        ),
        by=officers[0],
        at=diary.then(days=1),
    )  # fmt: skip
    head = somebody(world, story.owner, Role.HEAD)
    reason = "事实清楚，涉案金额达到追诉标准，批准移送。"
    decide_transfer(transfer=transfer, approved=True, reason=reason, by=head, at=diary.then(minutes=120))
    registrar = somebody(world, story.owner, Role.REGISTRAR)
    hand_over(transfer=transfer, by=registrar, at=diary.then(minutes=60))
    police = world.departments[Function.POLICE]
    sign_receipt(transfer=transfer, by=somebody(world, police, Role.REGISTRAR), at=diary.then(minutes=90))
    person = somebody(world, police, Role.HANDLER)
    assign_referral(
        referral=transfer.referral, person=person, by=somebody(world, police, Role.SECTION_HEAD),
        at=diary.then(minutes=40),
    )  # fmt: skip
    transfer.refresh_from_db()
    return transfer


def filed(story: Told) -> None:
    """Completed on request, filed, property handed over."""
    transfer = send_to_police(story)
    diary, officer = story.diary, transfer.officers.order_by("pk").first().user
    person = transfer.referral.handler
    missing = "结算明细未附数据来源说明。"
    notice = draft_incomplete(transfer=transfer, missing=missing, by=person, at=diary.then(minutes=90))
    follow_up(story.world, diary, notice)
    transfer.refresh_from_db()
    at = diary.then(days=1)
    added = add_evidence(case=story.case, upload=scan(story.world, "数据来源说明"), by=story.handler, at=at)
    lines = [Line(evidence=added)]
    letter = draft_correction(transfer=transfer, lines=lines, by=officer, at=diary.then(minutes=30))
    follow_up(story.world, diary, letter)
    transfer.refresh_from_db()
    reason = "有犯罪事实需要追究刑事责任，且属于本机关管辖"
    letter = draft_filing(transfer=transfer, filed=True, reason=reason, by=person, at=diary.then(minutes=30))
    follow_up(story.world, diary, letter)
    transfer.refresh_from_db()
    hand_over_property(transfer=transfer, taken_by=person.name, by=officer, at=diary.then(days=1))


def reconsidered(story: Told) -> None:
    """Refused with reasons, and the police asked to reconsider: their decision is being drafted."""
    transfer = send_to_police(story)
    diary = story.diary
    reason = "现有证据不足以证明当事人主观上具有非法占有目的"
    person = transfer.referral.handler
    letter = draft_filing(transfer=transfer, filed=False, reason=reason, by=person, at=diary.then(days=1))
    follow_up(story.world, diary, letter)
    transfer.refresh_from_db()
    asked = draft_reconsider(
        transfer=transfer, by=transfer.officers.order_by("pk").first().user, at=diary.then(days=1),
        reason="当事人伪造凭证并统一保管参保人员医保凭证，足以证明其明知服务未实际发生而申报结算，主观故意明确。",
    )  # fmt: skip
    follow_up(story.world, diary, asked)
    transfer.refresh_from_db()
    draft_reconsidered(
        transfer=transfer, filed=True, reason="补充的证据足以证明当事人主观上具有非法占有目的", by=person,
        at=diary.then(minutes=90),
    )  # fmt: skip
