"""What happened in the demo county: each case is a story told through the actions of the rooms."""

import datetime as dt
from decimal import Decimal

from cases.actions.money import enter_money
from cases.actions.progress import begin_work, close_case, decide_case
from cases.actions.registration import register_case
from cases.actions.strands import decide_strand, file_strand, investigate, open_strand, perform
from cases.enums import Disposition, MoneyKind, Source
from cases.models import Case, Strand, Subject
from config.demo import content
from config.demo.diary import Diary
from config.demo.papers import later, receive, send, sign, somebody, take_on
from config.demo.plots import FILED_SINCE, Plot
from config.demo.world import World, scan, settlement_sheet
from core.dates import local_date
from core.money import yuan
from departments.enums import ReferralKind, Role
from departments.models import Category, Department
from referrals.actions.closing import close_referral, redo_referral, withdraw_referral
from referrals.actions.drafting import Line, draft_dispatch
from referrals.actions.extensions import ask_extension, decide_extension
from referrals.actions.handling import return_referral
from referrals.actions.reminders import chase_referral
from referrals.actions.replies import draft_reply, send_reply
from referrals.actions.support import discover_need
from referrals.models import Dispatch, Referral, Reply

SOURCES = (Source.MONITORING, Source.REPORT, Source.INSPECTION, Source.REVIEW, Source.SUPERIOR, Source.AUDIT)


class Story:
    """One case from its registration to the end its plot names, or to the present."""

    def __init__(self, world: World, diary: Diary, plot: Plot, index: int):
        self.world, self.diary, self.plot, self.index = world, diary, plot, index
        self.owner: Department = world.departments[plot.owner]
        self.handler = somebody(world, self.owner, Role.HANDLER, index)
        self.receivers = [world.departments[function] for function in plot.receivers]
        self.case: Case | None = None
        self.dispatch: Dispatch | None = None
        self.reply: Reply | None = None
        self.strand: Strand | None = None
        self.referrals: list[Referral] = []

    def tell(self) -> None:
        """Run the steps in order until the plot's end; a story that reaches the present stops there."""
        try:
            for name in self._chapters():
                self._look_again()
                getattr(self, name)()
        except Diary.StopStory:
            pass

    def _chapters(self) -> list[str]:
        """The chapters of the plot; an older lead was filed in time, before its verification ran out."""
        chapters = list(CHAPTERS[self.plot.end])
        if self.plot.ago >= FILED_SINCE and "begin" in chapters:
            chapters.insert(chapters.index("begin") + 1, "file")
        return chapters

    def _look_again(self) -> None:
        """Read anew what the last chapter changed through other hands."""
        for thing in (self.case, self.dispatch, self.reply, self.strand, *self.referrals):
            if thing is not None:
                thing.refresh_from_db()

    # -- the lead ---------------------------------------------------------------------------------------
    def register(self) -> None:
        number, about, codes, amount, facts = content.SUSPICIONS[self.index % len(content.SUSPICIONS)]
        subject = Subject.objects.get(uscc=content.SUBJECTS[number]["uscc"])
        share = Decimal(37 + self.index * 13 % 61) / 100
        found_on = local_date(self.diary.at)
        self.case = register_case(
            source=SOURCES[self.index % len(SOURCES)],
            subjects=[subject],
            categories=list(Category.objects.filter(code__in=codes)),
            title=f"{subject.name}涉嫌{about}线索",
            summary=facts,
            suspected=yuan(Decimal(amount) * share) if self.index >= len(content.SUSPICIONS) else amount,
            found_on=found_on,
            period_from=dt.date(found_on.year - 1, 1, 1),
            period_to=dt.date(found_on.year - 1, 12, 31),
            major=self.plot.major,
            duplicates_known=True,
            files=[settlement_sheet(self.world, subject.name), scan(self.world, "现场核查记录")],
            by=self.handler,
            at=self.diary.at,
        )

    def begin(self) -> None:
        begin_work(case=self.case, by=self.handler, at=self.diary.then(minutes=60))

    # -- the transfer -----------------------------------------------------------------------------------
    def draft(self) -> None:
        self.dispatch = draft_dispatch(
            case=self.case,
            kind=ReferralKind.TRANSFER,
            receivers=self.receivers,
            subject=f"关于移交{self.case.title.removesuffix('线索')}线索的函",
            facts=self.case.summary,
            manifest=[Line(evidence=evidence) for evidence in self.case.evidence.all()],
            limit_on=later(self.diary, 22),
            amount=self.case.suspected,
            request="请依职责核查处理，并将办理结果书面反馈我局。",
            by=self.handler,
            at=self.diary.then(days=1),
        )

    def submit(self) -> None:
        from referrals.actions.papers import submit_paper

        submit_paper(paper=self.dispatch, by=self.handler, at=self.diary.then())

    def review(self) -> None:
        from referrals.actions.papers import review_paper

        self.submit()
        head = somebody(self.world, self.owner, Role.SECTION_HEAD)
        review_paper(paper=self.dispatch, by=head, at=self.diary.then())

    def sign_dispatch(self) -> None:
        sign(self.world, self.diary, self.dispatch)

    def send(self) -> None:
        self.referrals = send(self.world, self.diary, self.dispatch, seal=self.index % 3 != 0)

    def receive(self) -> None:
        for place, referral in enumerate(self.referrals):
            receive(self.world, self.diary, referral, days=1 if place == 0 else 0)

    def accept(self) -> None:
        for referral in self.referrals:
            take_on(self.world, self.diary, referral, self.index)

    @property
    def first(self) -> Referral:
        return self.referrals[0]

    def return_first(self) -> None:
        head = somebody(self.world, self.first.receiver, Role.SECTION_HEAD)
        reason = content.RETURN_REASONS[self.index % len(content.RETURN_REASONS)]
        category = ("competence", "incomplete")[self.index % len(content.RETURN_REASONS)]
        return_referral(
            referral=self.first, category=category, reason=reason, by=head, at=self.diary.then(days=1)
        )

    def withdraw_first(self) -> None:
        withdraw_referral(
            referral=self.first,
            reason="移交对象有误，另行移交有权部门。",
            by=self.handler,
            at=self.diary.then(minutes=90),
        )

    def chase(self) -> None:
        chase_referral(referral=self.first, by=self.handler, at=self.diary.then(days=9))
        chase_referral(referral=self.first, by=self.handler, at=self.diary.then(days=3))

    def extend(self) -> None:
        asked = ask_extension(
            referral=self.first,
            new_on=self.diary.calendar.add_working_days(self.first.limit_on, 5),
            reason="涉及病历数量较多，专家评议尚需时日。",
            by=self.first.handler,
            at=self.diary.then(days=3),
        )
        head = somebody(self.world, self.owner, Role.SECTION_HEAD)
        decide_extension(extension=asked, agreed=True, by=head, at=self.diary.then(days=1))

    def answer(self) -> None:
        for referral in self.referrals:
            self._answer(referral)

    def _answer(self, referral: Referral) -> None:
        reply = draft_reply(
            referral=referral,
            text=content.FINDINGS[self.index % len(content.FINDINGS)],
            by=referral.handler,
            at=self.diary.then(days=3),
        )
        sign(self.world, self.diary, reply)
        registrar = somebody(self.world, referral.receiver, Role.REGISTRAR)
        send_reply(reply=reply, by=registrar, at=self.diary.then(minutes=30))
        own = self.case.strands.filter(department=referral.receiver, ended_at=None).first()
        if own is not None:
            self._finish_partner(own)

    def redo(self) -> None:
        redo_referral(
            referral=self.first,
            reason="答复未说明差额耗材的去向，请补充核查。",
            limit_on=later(self.diary, 8),
            by=self.handler,
            at=self.diary.then(days=1),
        )

    def settle(self) -> None:
        for referral in self.referrals:
            close_referral(referral=referral, by=self.handler, at=self.diary.then(minutes=60))

    # -- technical support ------------------------------------------------------------------------------
    def need(self) -> None:
        at = self.diary.then(days=1)
        count = 2 + self.index % 3
        self.dispatch = discover_need(
            case=self.case,
            receiver=self.receivers[0],
            discovered_on=local_date(at),
            questions=content.QUESTIONS[:count],
            subject=f"关于商请对{self.case.title.split('涉嫌')[0]}有关行为提供技术支持的函",
            facts=self.case.summary,
            manifest=[Line(evidence=evidence) for evidence in self.case.evidence.all()],
            limit_on=later(self.diary, 9),
            by=self.handler,
            at=at,
        )

    def answer_questions(self, *, gap: int = 3) -> None:
        referral = self.first
        questions = list(self.dispatch.questions.all())
        self.reply = draft_reply(
            referral=referral,
            text="受你局商请，我局组织专家对所提事项进行了评议，意见如下。",
            answers={question.pk: content.ANSWERS[place] for place, question in enumerate(questions)},
            basis="《医疗机构管理条例》《病历书写基本规范》及相关诊疗规范",
            experts="专家组3人（内科、康复、病案各1人）",
            by=referral.handler,
            at=self.diary.then(days=gap),
        )

    def issue_opinion(self) -> None:
        sign(self.world, self.diary, self.reply)
        registrar = somebody(self.world, self.first.receiver, Role.REGISTRAR)
        send_reply(reply=self.reply, by=registrar, at=self.diary.then(minutes=30))

    def opinion_late(self) -> None:
        self.answer_questions(gap=11)
        sign(self.world, self.diary, self.reply)
        registrar = somebody(self.world, self.first.receiver, Role.REGISTRAR)
        send_reply(
            reply=self.reply, late_reason="专家评议时间顺延。", by=registrar, at=self.diary.then(minutes=30)
        )

    # -- the procedure ----------------------------------------------------------------------------------
    def file(self) -> None:
        self.strand = self.case.strands.get(department=self.owner)
        deputy = somebody(self.world, self.owner, Role.DEPUTY_HEAD)
        mark = self.owner.mark
        at = self.diary.then(days=2)
        file_strand(
            strand=self.strand,
            filing_number=f"{mark}立〔{local_date(at).year}〕{40 + self.index}号",
            by=deputy,
            at=at,
        )
        investigate(strand=self.strand, by=self.handler, at=self.diary.then(days=1))

    def decide(self) -> None:
        at = self.diary.then(days=14)
        deputy = somebody(self.world, self.owner, Role.DEPUTY_HEAD)
        verified = yuan(self.case.suspected * Decimal("0.72"))
        decided = decide_strand(
            strand=self.strand,
            disposition=Disposition.PENALTY,
            basis="《医疗保障基金使用监督管理条例》第三十八条、第四十条",
            findings="经调查，所涉违法事实清楚，证据确凿，当事人对事实无异议。",
            decision_number=f"{self.owner.mark}罚决〔{local_date(at).year}〕{20 + self.index}号",
            by=deputy,
            at=at,
        )
        self._money(MoneyKind.VERIFIED, verified, decided.decision_number)
        self._money(MoneyKind.FINED, yuan(verified * 2), decided.decision_number)

    def _money(self, kind: str, amount: Decimal, document: str) -> None:
        enter_money(
            case=self.case,
            kind=kind,
            amount=amount,
            happened_on=local_date(self.diary.at),
            strand=self.strand,
            document=document,
            by=self.handler,
            at=self.diary.then(minutes=30),
        )

    def perform(self) -> None:
        self.diary.then(days=6)
        verified = yuan(self.case.suspected * Decimal("0.72"))
        self._money(MoneyKind.RECOVERED, verified, "财政专户进账单")
        self._money(MoneyKind.FINE_PAID, yuan(verified * 2), "非税收入缴款书")
        perform(
            strand=self.strand,
            remark="退回款和罚款均已缴清。",
            by=self.handler,
            at=self.diary.then(minutes=60),
        )

    def finish(self) -> None:
        for strand in self.case.strands.filter(ended_at=None).select_related("department", "handler"):
            self._finish_partner(strand)
        decide_case(case=self.case, by=self.handler, at=self.diary.then(days=1))
        deputy = somebody(self.world, self.owner, Role.DEPUTY_HEAD)
        close_case(
            case=self.case,
            reason="违规资金已追回，处罚决定已履行，案卷归档。",
            by=deputy,
            at=self.diary.then(minutes=60),
        )

    def _finish_partner(self, strand) -> None:
        from cases.actions.strands import decline_strand

        deputy = somebody(self.world, strand.department, Role.DEPUTY_HEAD)
        decline_strand(
            strand=strand, reason="已责令改正，不另行立案。", by=deputy, at=self.diary.then(minutes=60)
        )

    def open_partner(self) -> None:
        """Another department is brought in without a letter."""
        open_strand(
            case=self.case, department=self.receivers[0], by=self.handler, at=self.diary.then(minutes=60)
        )


_SENT = ("register", "begin", "draft", "sign_dispatch", "send")
_WORKED = (*_SENT, "receive", "accept")
_SETTLED = (*_WORKED, "answer", "settle")
_ASKED = ("register", "begin", "need", "sign_dispatch", "send")
_SUPPORT = (*_ASKED, "receive", "accept")
_OPINION = (*_SUPPORT, "answer_questions", "issue_opinion")
_DECIDED = (*_WORKED, "answer", "settle", "decide")
CHAPTERS = {
    "registered": ("register",),
    "drafted": ("register", "begin", "draft"),
    "submitted": ("register", "begin", "draft", "submit"),
    "reviewed": ("register", "begin", "draft", "review"),
    "approved": ("register", "begin", "draft", "sign_dispatch"),
    "sent": _SENT,
    "withdrawn": (*_SENT, "withdraw_first"),
    "received": (*_SENT, "receive"),
    "accepted": _WORKED,
    "returned": (*_SENT, "receive", "return_first"),
    "extended": (*_WORKED, "extend"),
    "chased": (*_WORKED, "chase"),
    "answered": (*_WORKED, "answer"),
    "redone": (*_WORKED, "answer", "redo"),
    "settled": _SETTLED,
    "need": ("register", "begin", "need"),
    "need_signed": ("register", "begin", "need", "sign_dispatch"),
    "asked": _ASKED,
    "working": _SUPPORT,
    "opinion_drafted": (*_SUPPORT, "answer_questions"),
    "opinion": _OPINION,
    "opinion_late": (*_SUPPORT, "opinion_late"),
    "investigating": _SETTLED,
    "decided": _DECIDED,
    "performed": (*_DECIDED, "perform"),
    "closed": (*_DECIDED, "perform", "finish"),
}
