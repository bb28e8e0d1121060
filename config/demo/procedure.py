"""What becomes of a demo case in its own department: filed, decided, performed, closed."""

from decimal import Decimal

from cases.actions.money import enter_money
from cases.actions.progress import close_case, decide_case
from cases.actions.strands import (
    decide_strand,
    decline_strand,
    file_strand,
    investigate,
    perform,
)
from cases.enums import Disposition, MoneyKind
from config.demo import informing
from config.demo.papers import somebody
from config.demo.told import Told
from core.dates import local_date
from core.money import yuan
from departments.enums import Role


class Procedure(Told):
    """The steps of the administrative procedure."""

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
        informing.settle_bulletins(self)
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
        deputy = somebody(self.world, strand.department, Role.DEPUTY_HEAD)
        decline_strand(
            strand=strand, reason="已责令改正，不另行立案。", by=deputy, at=self.diary.then(minutes=60)
        )
