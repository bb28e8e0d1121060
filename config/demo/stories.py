"""What happened in the demo county: each case is a story told through the actions of the rooms."""

import datetime as dt
from decimal import Decimal

from cases.actions.progress import begin_work
from cases.actions.registration import register_case
from cases.enums import Source
from cases.models import Subject
from config.demo import content, crimes, informing
from config.demo.receiving import Receiving
from config.demo.world import scan, settlement_sheet
from core.dates import local_date
from core.money import yuan
from departments.models import Category

SOURCES = (Source.MONITORING, Source.REPORT, Source.INSPECTION, Source.REVIEW, Source.SUPERIOR, Source.AUDIT)


class Story(Receiving):
    """One case from its registration to the end its plot names, or to the present."""

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
        informing.inform(self)

    # -- early involvement ------------------------------------------------------------------------------
    def invite(self) -> None:
        informing.invite(self)

    def join(self) -> None:
        informing.join(self)

    def find(self) -> None:
        informing.find(self)

    def conclude(self) -> None:
        informing.conclude(self)

    def crime_filed(self) -> None:
        crimes.filed(self)

    def crime_reconsidered(self) -> None:
        crimes.reconsidered(self)
