"""The world the doors stand in: one case of medical insurance, a transfer to health (being worked) and to market
regulation (not signed for), and something of everything that hangs on it."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.actions.archiving import file_for_archive
from cases.actions.evidence import add_evidence
from cases.actions.finance_confirming import confirm_money
from cases.actions.merging import confirm_merge, propose_merge
from cases.actions.money import enter_money
from cases.actions.registration import register_case
from cases.actions.restriction import name_on_case
from cases.actions.strands.after_decision import contest, serve
from cases.actions.subjects import add_subject
from cases.enums import Disposition, Keeping, MergeGround, MoneyKind, Source, SubjectKind
from cases.models import LegalReview
from deadlines.models import Deadline, Outage
from departments.models import Category
from desk import statistics
from desk.periods import read
from documents import storage
from documents.actions.reports import draft_report
from journal.models import Notification
from referrals.actions.bodies import record_said
from referrals.actions.circulation import circulate
from referrals.actions.comparisons import draft_comparison
from referrals.actions.crime_proposal import propose_transfer
from referrals.actions.drafting import Line, draft_dispatch
from referrals.actions.extensions import ask_extension
from referrals.actions.follow_ups import draft_completion
from referrals.actions.handling import accept_referral, assign_referral
from referrals.actions.papers import approve_paper, review_paper, submit_paper
from referrals.actions.receipt import prove_delivery, sign_for
from referrals.actions.replies import draft_reply
from referrals.actions.sending import send_dispatch
from referrals.models import (
    BulletinDuty,
    Copy,
    CrimeThreshold,
    DeliveryProof,
    FollowUp,
    JointTeam,
    ListSupervision,
    Supervision,
    TeamPaper,
)
from referrals.people_list import Listed
from rewards.actions.openings import request_opening
from rewards.models import BankFile, Custodian, Payment, RewardPaper
from tests.factories.above import make_letter, make_task
from tests.factories.assist import make_assist, make_stay
from tests.factories.cases import make_case, make_subject, pdf
from tests.factories.credit import doors as credit_doors
from tests.factories.draws import doors as draw_doors
from tests.factories.inspections import doors as inspection_doors
from tests.factories.meetings import doors
from tests.factories.registers import registers
from tests.factories.rewards import register, report_officer
from tests.factories.rewards_money import decide, make_reward
from tests.factories.sanctions import doors as sanction_doors
from workspace.models import Delegation, Draft, LongJob, SavedView

USCC = "52439926MJ000120XC"


@pytest.fixture(autouse=True)
def _numbers_kept(settings, _numbers_at_once):
    """Doors are tried by the thousand; counting beside the navigation each time would take longer than the doors."""
    settings.NUMBERS_SECONDS = 60


@pytest.fixture
def world(
    request, now, county, office, insurance, health, market, finance, police,
    insurance_handler, insurance_handler_2, insurance_section_head, insurance_deputy_head, insurance_registrar,
    health_registrar, health_section_head, health_handler, office_coordinator,
):  # fmt: skip
    """Build it through the actions; everybody of the cast who may knock exists afterwards."""
    import datetime as dt

    from core.identifiers import uscc_check

    code = USCC[:17] + uscc_check(USCC[:17])
    subject = add_subject(
        region=county, kind="institution", name="青禾仁和医院", uscc=code, by=insurance_handler, at=now
    )
    Category.objects.filter(code="split-admission").update(fraud=True)  # so that a bulletin is owed
    case = register_case(
        source=Source.MONITORING,
        subjects=[subject],
        categories=list(Category.objects.filter(code="split-admission")),
        summary="疑似分解住院。",
        found_on=now.date(),
        suspected="462318.50",
        files=[SimpleUploadedFile("疑点.txt", "疑点明细".encode())],
        by=insurance_handler,
        at=now,
    )
    evidence = case.evidence.get()
    dispatch = draft_dispatch(
        case=case, kind="transfer", receivers=[health, market], subject="关于移交线索的函", facts="疑似分解住院。",
        manifest=[Line(evidence=evidence)], limit_on=now.date() + dt.timedelta(days=30), by=insurance_handler, at=now,
    )  # fmt: skip
    submit_paper(paper=dispatch, by=insurance_handler, at=now)
    review_paper(paper=dispatch, by=insurance_section_head, at=now)
    approve_paper(paper=dispatch, by=insurance_deputy_head, at=now)
    sent = {referral.receiver_id: referral for referral in send_dispatch(dispatch=dispatch, by=insurance_registrar, at=now)}
    referral = sent[health.pk]
    sign_for(referral=referral, by=health_registrar, at=now)
    assign_referral(referral=referral, person=health_handler, by=health_section_head, at=now)
    follow_up = draft_completion(
        referral=referral, missing="缺结算单。", due_on=now.date() + dt.timedelta(days=9), by=health_handler, at=now
    )
    accept_referral(referral=referral, by=health_handler, at=now)
    # a letter that is accepted overtakes the draft: the doors are tried on one that is still to be written
    FollowUp.objects.filter(pk=follow_up.pk).update(status="draft", sent_back_reason="")
    follow_up.refresh_from_db()
    extension = ask_extension(
        referral=referral, new_on=now.date() + dt.timedelta(days=40), reason="病历较多。", by=health_handler, at=now
    )
    reply = draft_reply(referral=referral, text="经查属实。", by=health_handler, at=now)
    draft = draft_dispatch(
        case=case, kind="transfer", receivers=[finance], subject="关于移交线索的函", facts="另有线索。",
        limit_on=now.date() + dt.timedelta(days=30), by=insurance_handler, at=now,
    )  # fmt: skip
    comparison = draft_comparison(
        receiver=police, kind="household", people=[Listed("张三", "439926194001010019")], purpose="核查死亡冒领",
        basis="协作联动机制", limit_on=now.date() + dt.timedelta(days=14), by=insurance_handler, at=now,
    )  # fmt: skip
    list_supervision = ListSupervision.objects.create(
        comparison=comparison, office=office, number=1, status="issued", demand="说明", reply_on=now.date(), duty="数据比对",
        due_on=now.date(), days_late=1, drafted_by=office_coordinator, drafted_at=now, issued_by=insurance_handler,
        issued_at=now, created_at=now, updated_at=now,
    )  # fmt: skip
    money = enter_money(
        case=case, kind=MoneyKind.VERIFIED, amount="1000", happened_on=now.date(), by=insurance_handler, at=now
    )
    recovered, again = (
        enter_money(case=case, kind=MoneyKind.RECOVERED, amount=amount, happened_on=now.date(), by=insurance_handler, at=now)
        for amount in ("800", "200")
    )
    voucher = confirm_money(
        entry=again, voucher="财专1", amount=Decimal("200"), paid_on=now.date(), scan=pdf("凭证.pdf"),
        by=request.getfixturevalue("finance_handler"), at=now,
    )  # fmt: skip
    # a task from above that medical insurance works: a later date was asked for, the report is being drafted
    task = make_task(
        by=office_coordinator, at=now, status="accepted", department=insurance, handler=insurance_handler, cases=[case],
        scan=pdf("来文.pdf"),
    )  # fmt: skip
    make_letter(task, at=now, purpose="delay", status="sent")
    task_letter = make_letter(task, at=now)
    stay = make_stay(case, by=insurance_handler, at=now)
    assist = make_assist(case, by=insurance_handler, at=now, stage="delivered")
    assist_draft = make_assist(case, by=insurance_handler, at=now)
    strand = case.strands.get(department=insurance)
    stored, digest = storage.keep(b"%PDF-1.7", ".pdf")
    DeliveryProof.objects.create(
        referral=referral, delivered_on=now.date(), received_by_name="收发室", method="专人送达", file=stored,
        name="送达回证.pdf", sha256=digest, by=insurance_registrar, at=now,
    )  # fmt: skip
    named = name_on_case(
        case=case, user=insurance_section_head, permission="view_case", reason="协办", by=insurance_handler, at=now
    )
    threshold = CrimeThreshold.objects.first()
    crime = propose_transfer(
        case=case, found_on=now.date(), facts="疑似骗保。", threshold=threshold, persons=[subject],
        by=insurance_handler, at=now,
    )  # fmt: skip
    long_job = LongJob.objects.create(
        user=insurance_handler, post=insurance_handler.post, kind="cases.export", language="zh-hans", created_at=now
    )  # fmt: skip
    view = SavedView.objects.create(user=insurance_handler, page="cases", name="我的视图", query="", created_at=now)
    kept_form = Draft.objects.create(user=insurance_handler, form="cases:register", url="/cases/new/", saved_at=now)
    day = now.date() + dt.timedelta(days=300)
    outage = Outage.objects.create(
        region=case.region, begins_at=now - dt.timedelta(hours=9), ends_at=now - dt.timedelta(hours=8), what="机房停电",
        noted_by=insurance_handler, noted_at=now,
    )  # fmt: skip
    delegation = Delegation.objects.create(
        away=insurance_handler, delegate=insurance_handler_2, department=insurance, role="handler",
        since=day, until=day, set_by=insurance_handler, set_at=now,
    )  # fmt: skip
    note = Notification.objects.create(
        recipient=insurance_handler, verb="case.registered", target_kind="case", target_id=case.pk, case_id=case.pk,
        created_at=now,
    )  # fmt: skip
    invited = draft_dispatch(
        case=case, kind="early", receivers=[health], copied=[finance], subject="关于商请提前介入的函", facts="性质不明。",
        unclear="是否构成骗取医保基金。", limit_on=now.date() + dt.timedelta(days=10), by=insurance_handler, at=now,
    )  # fmt: skip
    submit_paper(paper=invited, by=insurance_handler, at=now)
    review_paper(paper=invited, by=insurance_section_head, at=now)
    approve_paper(paper=invited, by=insurance_deputy_head, at=now)
    [invitation] = send_dispatch(dispatch=invited, by=insurance_registrar, at=now)
    sign_for(referral=invitation, by=health_registrar, at=now)
    assign_referral(referral=invitation, person=health_handler, by=health_section_head, at=now)
    accept_referral(referral=invitation, by=health_handler, at=now)
    [reading] = circulate(letter=referral, people=[health_handler], by=health_registrar, at=now)
    team = JointTeam.objects.get()
    team_paper = TeamPaper.objects.create(
        team=team, department=police, person="武定安", dated_on=now.date(), file=stored, name="意见.pdf", sha256=digest,
        by=insurance_registrar, at=now,
    )  # fmt: skip
    body = request.getfixturevalue("procuratorate")
    paper = draft_dispatch(
        case=case, kind="transfer", receivers=[body], subject="关于移交线索的函", facts="另有线索。",
        limit_on=now.date() + dt.timedelta(days=30), by=insurance_handler, at=now,
    )  # fmt: skip
    submit_paper(paper=paper, by=insurance_handler, at=now)
    review_paper(paper=paper, by=insurance_section_head, at=now)
    approve_paper(paper=paper, by=insurance_deputy_head, at=now)
    (on_paper,) = send_dispatch(dispatch=paper, by=insurance_registrar, at=now)
    scan = b"%PDF-1.7 scan"
    prove_delivery(
        referral=on_paper, delivered_on=now.date(), received_by_name="收发室", method="专人送达",
        upload=SimpleUploadedFile("送达回证.pdf", scan), by=insurance_registrar, at=now,
    )  # fmt: skip
    said = record_said(
        referral=on_paper, kind="accepted", person="检察官助理", dated_on=now.date(),
        upload=SimpleUploadedFile("受理通知.pdf", scan), by=insurance_registrar, at=now,
    )  # fmt: skip
    pressed = Supervision.objects.create(
        referral=on_paper, office=office, number=1, status="replied", demand="说明", reply_on=now.date(), duty="反馈",
        due_on=now.date(), days_late=1, issued_by=office_coordinator, issued_at=now, reply="在办", paper_on=now.date(),
        replied_by=insurance_registrar, replied_at=now, paper_person="检察官", paper_file=stored, paper_name="说明.pdf",
        paper_sha256=digest, created_at=now, updated_at=now,
    )  # fmt: skip
    # the case is not decided: a reward was computed, and nobody may propose it yet
    reward = make_reward(case, at=now, by=insurance_handler)
    draft_notice = RewardPaper.objects.create(reward=reward, kind="notice", drafted_by=insurance_handler, drafted_at=now)
    reward_payment = Payment.objects.create(
        reward=reward, region=county, kind="payment", method="code", amount=reward.amount, voucher="付1",
        paid_on=now.date(), by=office_coordinator, at=now,
    )  # fmt: skip
    bank_file = BankFile.objects.create(
        department=finance, count=1, total=reward.amount, requested_by=office_coordinator, requested_at=now,
        created_at=now, updated_at=now,
    )  # fmt: skip
    tip, _code = register(insurance, at=now, files=[pdf("费用清单.pdf")])
    opening = request_opening(
        reporter=tip.reporters.get(), fields="contact", reason="当面核对单据", by=report_officer(insurance, at=now), at=now
    )
    custodian = Custodian.objects.order_by("pk").first()
    met = doors(
        office_coordinator.department, referral.document, insurance, at=now, file=stored, sha256=digest,
        by=office_coordinator,
    )  # fmt: skip
    lots = draw_doors(insurance, health, by=insurance_handler, witness=health_registrar, at=now)
    parties = {"lead": insurance, "partner": health, "by": insurance_handler, "answering": health_section_head}
    inspected = vars(inspection_doors(parties, referral.document, at=now))
    punished = sanction_doors(
        case, referral.document, insurance, health, at=now, file=stored, sha256=digest, handler=insurance_handler,
        chief=insurance_section_head, deputy=insurance_deputy_head,
    )  # fmt: skip
    credit = credit_doors(case, subject, at=now, by=insurance_handler, document_file=stored, sha256=digest)
    scan_of = add_evidence(case=case, upload=pdf("病历.pdf"), by=insurance_handler, at=now)
    elsewhere = make_case(by=insurance_handler, at=now, subject=subject)
    standing = decide(elsewhere, at=now, disposition=Disposition.PENALTY)
    serve(strand=standing, on=now.date(), body="直接送达", by=insurance_handler, at=now)
    contested = contest(strand=standing, kind="review", on=now.date(), body="青禾县人民政府", by=insurance_handler, at=now)
    review = LegalReview.objects.create(
        case=elsewhere, strand=standing, department=insurance, round=standing.round, proposal="拟罚款。",
        reviewer=insurance_deputy_head, asked_by=insurance_handler, asked_at=now,
    )  # fmt: skip
    person = make_subject(county, name="冯某某", kind=SubjectKind.INSURED, at=now)  # no department has to be told of it
    asked, gone, filed = (make_case(by=insurance_handler, at=now, subject=person) for _each in range(3))
    merging = {"main": elsewhere, "ground": MergeGround.FACTS, "reason": "同案", "by": insurance_handler, "at": now}
    propose_merge(case=asked, **merging)
    for each in (gone, filed):
        confirm_merge(merge=propose_merge(case=each, **merging), by=insurance_deputy_head, at=now)
    file_for_archive(case=filed, number="2026-1", keeping=Keeping.PERMANENT, by=insurance_handler, at=now)
    january = read("2026-01")
    counted = draft_report(
        period=january.code, last_day=january.until, figures=statistics.frozen(statistics.table(county, january)),
        by=office_coordinator, at=now,
    )  # fmt: skip
    kept = registers(insurance, by=request.getfixturevalue("finance_handler"), at=now)
    for thing in (case, referral, invitation, sent[market.pk]):
        thing.refresh_from_db()
    return SimpleNamespace(
        case=case, evidence=evidence, dispatch=dispatch, draft=draft, referral=referral, unsigned=sent[market.pk],
        comparison=comparison, list_supervision=list_supervision, amount=stay.threshold,
        stay=stay, assist=assist, assist_draft=assist_draft, assist_file=assist.files.get(),
        task=task, task_letter=task_letter, task_link=task.links.get(), task_file=task.files.get(),
        task_extension=task.extensions.get(), extension=extension, reply=reply, follow_up=follow_up,
        crime=crime, crime_step=crime.steps.get(), threshold=threshold,
        money=money, strand=strand, subject=subject, view=view, note=note, kept_form=kept_form, delegation=delegation,
        outage=outage,
        long_job=long_job,
        scan=scan_of, decided_part=standing, contested=contested, review=review,
        asked_case=asked, merged_case=gone, filed_case=filed,
        body=body, said=said, team_paper=team_paper, pressed=pressed,
        document=referral.document, person=insurance_handler, post=insurance_handler.post, department=insurance,
        duty=BulletinDuty.objects.get(case=case), invitation=invitation, reading=reading, copy=Copy.objects.get(), team=team,
        reward=reward, reward_paper=draft_notice, reward_payment=reward_payment, bank_file=bank_file,
        reward_reporter=reward.reporter, reward_report=reward.report,
        member=team.members.get(user=insurance_handler),
        named=named,
        report=opening.report, reporter=opening.reporter, opening=opening, report_file=opening.report.files.get(),
        custodian=custodian,
        meeting=met.planned, under_way=met.under_way, topic=met.topic, material=met.material, minutes=met.minutes,
        proposal=met.proposal, proposal_adopted=met.proposal_adopted, opinion_scan=met.opinion_scan,
        paper_proof=met.paper_proof,
        drafted_task=met.drafted_task,
        pool=lots.pool, people_pool=lots.people_pool, pool_target=lots.pool_target, pool_officer=lots.pool_officer,
        pool_recusal=lots.pool_recusal, random_plan=lots.random_plan, draw=lots.draw, drawn=lots.drawn,
        sanction=punished.sanction, standing=punished.standing, hearing=punished.hearing, measure_task=punished.task,
        applied=punished.applied, bar=punished.bar, entry=punished.entry, repair=punished.repair, measure=punished.measure,
        exemption=lots.exemption, statistics=counted, recovered=recovered, voucher=voucher,
        part=met.part, resolution=met.task, resolution_step=met.step,
        invitation_of_health=met.under_way.attendances.get(department=health),
        **vars(credit), **vars(kept),
        deadline=Deadline.objects.get(rule_code="verification", target_kind="strand", target_id=strand.pk),
        **inspected,
    )  # fmt: skip
