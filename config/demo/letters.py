"""The letters of a demo case: transfers and technical support."""

from config.demo import content
from config.demo.papers import later, receive, send, sign, somebody, take_on
from config.demo.procedure import Procedure
from core.dates import local_date
from departments.enums import ReferralKind, Role
from referrals.actions.closing import close_referral, redo_referral, withdraw_referral
from referrals.actions.drafting import Line, draft_dispatch
from referrals.actions.extensions import ask_extension, decide_extension
from referrals.actions.handling import return_referral
from referrals.actions.papers import review_paper, submit_paper
from referrals.actions.reminders import chase_referral
from referrals.actions.replies import draft_reply, send_reply
from referrals.actions.support import discover_need
from referrals.models import Referral


class Letters(Procedure):
    """The steps by which letters are drafted, sent, worked and answered."""

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
        submit_paper(paper=self.dispatch, by=self.handler, at=self.diary.then())

    def review(self) -> None:
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
