"""What becomes of a letter at its receiver in the demo county: completed, accepted in part, forwarded, on paper, pressed."""

from cases.actions.evidence import add_evidence
from config.demo.letters import Letters
from config.demo.papers import follow_up, later, send, sign, somebody
from config.demo.world import scan
from core.dates import local_date
from departments.enums import Function, Role
from referrals.actions.bodies import record_said
from referrals.actions.completion import take_completion
from referrals.actions.drafting import Line
from referrals.actions.follow_ups import draft_completion, draft_supervision, draft_supply
from referrals.actions.forwarding import draft_forward
from referrals.actions.handling import accept_referral, assign_referral
from referrals.actions.receipt import prove_delivery
from referrals.actions.supervision import reply_to_supervision
from referrals.actions.verdicts import Refusal


class Receiving(Letters):
    """The steps between receipt and decision, and those of bodies without an account."""

    def assign(self) -> None:
        head = somebody(self.world, self.first.receiver, Role.SECTION_HEAD)
        person = somebody(self.world, self.first.receiver, Role.HANDLER, self.index)
        assign_referral(referral=self.first, person=person, by=head, at=self.diary.then(minutes=60))

    def ask_completion(self) -> None:
        letter = draft_completion(
            referral=self.first,
            missing="所附疑点数据缺少对应的结算单号。\n请说明现场核查记录的形成时间和核查人员。",
            due_on=later(self.diary, 5),
            by=self.first.handler,
            at=self.diary.then(days=1),
        )
        follow_up(self.world, self.diary, letter)
        self.completion = self.first.completions.get()

    def complete(self) -> None:
        at = self.diary.then(days=2)
        piece = add_evidence(case=self.case, upload=scan(self.world, "补充说明"), by=self.handler, at=at)
        letter = draft_supply(
            completion=self.completion, lines=[Line(evidence=piece)], note="结算单号已在补充说明中逐条列明。",
            by=self.handler, at=at,
        )  # fmt: skip
        follow_up(self.world, self.diary, letter)
        self.completion.refresh_from_db()
        registrar = somebody(self.world, self.first.receiver, Role.REGISTRAR)
        take_completion(completion=self.completion, by=registrar, at=self.diary.then(minutes=60))

    def accept_in_part(self) -> None:
        accept_referral(
            referral=self.first,
            refused=[Refusal("line-2", "该份记录与本单位职责无关，请移交有权部门。")],
            by=self.first.handler,
            at=self.diary.then(days=1),
        )

    def forward(self) -> None:
        """The first receiver has no power and passes the letter on to market regulation."""
        paper = draft_forward(
            referral=self.first, receiver=self.world.departments[Function.MARKET],
            reason="经审核，所反映问题主要涉及药品经营和价格行为。", limit_on=later(self.diary, 18),
            by=self.first.handler, at=self.diary.then(days=1),
        )  # fmt: skip
        sign(self.world, self.diary, paper)
        self.referrals += send(self.world, self.diary, paper, seal=False)

    def serve_on_paper(self) -> None:
        registrar = somebody(self.world, self.owner, Role.REGISTRAR)
        at = self.diary.then(days=1)
        prove_delivery(
            referral=self.first, delivered_on=local_date(at), received_by_name="收发室 田某", method="专人送达",
            upload=scan(self.world, "送达回证"), by=registrar, at=at,
        )  # fmt: skip
        at = self.diary.then(days=2)
        record_said(
            referral=self.first, kind="accepted", person="检察官助理 孔某", number="青检受〔2026〕17号",
            dated_on=local_date(at), upload=scan(self.world, "受理通知"), by=registrar, at=at,
        )  # fmt: skip

    def answer_on_paper(self) -> None:
        registrar = somebody(self.world, self.owner, Role.REGISTRAR)
        at = self.diary.then(days=6)
        record_said(
            referral=self.first, kind="answered", person="检察官助理 孔某", number="青检函〔2026〕23号",
            dated_on=local_date(at), text="经审查，现有材料尚不足以认定涉嫌犯罪，建议补充鉴定意见后再行会商。",
            upload=scan(self.world, "复函"), by=registrar, at=at,
        )  # fmt: skip

    def supervise(self) -> None:
        """The office presses a receiver who is late, and reads its reply."""
        coordinator = somebody(self.world, self.world.departments[Function.OFFICE], Role.COORDINATOR)
        letter = draft_supervision(
            referral=self.first, demand="请说明超期原因和完成时间，并按承诺时间办结反馈。", reply_on=later(self.diary, 27),
            by=coordinator, at=self.diary.then(days=24),
        )  # fmt: skip
        follow_up(self.world, self.diary, letter, sender=Role.COORDINATOR)
        supervision = self.first.supervisions.get()
        reply_to_supervision(
            supervision=supervision, text="涉及票据较多，已增派人员核查，预计两周内办结反馈。",
            by=self.first.handler, at=self.diary.then(days=1),
        )  # fmt: skip
