"""The demo county's credit: who answers for whom, what goes to the public, points, a score that fails, a look-up."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from cases.actions.changes import record_change
from cases.actions.relations import add_relation
from cases.models import Subject
from config.demo.world import World
from core.dates import local_date, start_of
from core.identifiers import resident_id_check
from deadlines.calendar import Calendar
from departments.enums import Function, Role
from sanctions.actions.bulk_publications import begin_publications, see_to_publications
from sanctions.actions.eligibility import look_up
from sanctions.actions.points import confirm_points, enter_points
from sanctions.actions.publication import edit_publication, prepare_publication, release_publication
from sanctions.actions.publication_exports import Said, export_publications, record_receipts
from sanctions.actions.scores import confirm_score, enter_score
from sanctions.enums_credit import PublicationStatus
from sanctions.models import PointEntry, Publication

DAY = dt.timedelta(days=1)
RULES = "医疗保障支付资格管理办法（医保发〔2024〕23号）"


def tell_credit(world: World, now: dt.datetime) -> None:
    """Once; what the stories decided is owed to the public by itself."""
    with transaction.atomic():
        if not PointEntry.objects.exists():
            Credit(world, now).tell()


class Credit:
    """The people who act, and the present."""

    def __init__(self, world: World, now: dt.datetime) -> None:
        self.world, self.now = world, now
        self.insurance = world.departments[Function.INSURANCE]
        self.handler = world.one(Function.INSURANCE, Role.HANDLER)
        self.leader = world.one(Function.INSURANCE, Role.SECTION_HEAD)
        self.reform = world.one(Function.REFORM, Role.HANDLER)

    def working(self, days: int) -> dt.datetime:
        """Ten o'clock of the working day at least so many days ago."""
        calendar, day = Calendar.current(), local_date(self.now) - days * DAY
        while not calendar.is_working(day):
            day -= DAY
        return start_of(day) + dt.timedelta(hours=10)

    def body(self, name: str) -> Subject:
        return Subject.objects.get(region=self.world.county, name=name)

    def tell(self) -> None:
        self.relations()
        self.points()
        self.scores()
        self.publications()
        look_up(
            code=self.body("青禾仁和医院").uscc or "", on=local_date(self.now), by=self.handler, at=self.now
        )

    def relations(self) -> None:
        at = self.working(200)
        said = {"by": self.handler, "at": at}
        hospital, centre = self.body("青禾县人民医院"), self.body("双河镇中心卫生院")
        add_relation(
            subject=centre,
            kind="parent",
            other=hospital,
            from_on=dt.date(2022, 1, 1),
            basis="县域医共体建设方案",
            **said,
        )
        for place, (name, person) in enumerate((("青禾仁和医院", "贺某仁"), ("同德骨科医院", "同某德"))):
            first = f"43992619700{101 + place}{201 + place}"
            add_relation(
                subject=self.body(name),
                kind="legal",
                name=person,
                id_number=first + resident_id_check(first),
                from_on=dt.date(2019, 5, 1),
                basis="医疗机构执业许可证",
                **said,
            )
        record_change(
            subject=self.body("仁爱康复医院"),
            kind="renamed",
            new_name="青禾仁爱康复医院",
            happened_on=local_date(at),
            basis="医疗机构执业许可证变更登记",
            **said,
        )

    def points(self) -> None:
        """Eight points of the year, three more that wait to be confirmed."""
        doctor = Subject.objects.get(region=self.world.county, name="郑某医师")
        for days, points, what in (
            (60, 3, "超医保支付限定范围用药"),
            (25, 5, "串换诊疗项目"),
            (2, 3, "病历记载与收费不符"),
        ):
            at = self.working(days)
            entry = enter_points(
                department=self.insurance,
                subject=doctor,
                points=points,
                dated_on=local_date(at),
                behaviour=what,
                basis=RULES,
                institution=self.body("青禾仁和医院"),
                by=self.handler,
                at=at,
            )
            if days > 2:
                confirm_points(entry=entry, by=self.leader, at=at + dt.timedelta(hours=4))

    def scores(self) -> None:
        at, year = self.working(20), local_date(self.now).year - 1
        for name, score in (
            ("青禾县人民医院", "92.50"),
            ("青禾仁和医院", "58.00"),
            ("同德骨科医院", "71.25"),
        ):
            row = enter_score(
                department=self.insurance,
                subject=self.body(name),
                year=year,
                score=Decimal(score),
                basis="定点机构年度考核",
                by=self.handler,
                at=at,
            )
            if name != "同德骨科医院":
                confirm_score(row=row, by=self.leader, at=at + dt.timedelta(hours=3))

    def publications(self) -> None:
        """One of every state: published, with the platform, waiting to be released, owed."""
        at = self.working(12)
        text = {"basis": "医疗保障基金使用监督管理条例第三十四条", "number": "青医保协〔2026〕6号"}
        rows = [
            prepare_publication(
                department=self.insurance,
                subject=self.body(name),
                kind="agreement",
                words=words,
                formed_on=local_date(at),
                by=self.handler,
                at=at,
                **text,
            )
            for name, words in (
                ("青禾博爱综合门诊部", "暂停医保协议三个月"),
                ("安康血液透析中心", "约谈并限期整改"),
                ("同德骨科医院", "新签医保服务协议"),
            )
        ]
        for row in rows[:2]:
            release_publication(row=row, by=self.leader, at=at + dt.timedelta(hours=2))
        later = self.working(9)
        file = export_publications(rows=rows[:1], form="csv_utf8", by=self.reform, at=later)
        said = Said(1, True, "XYQH-2026-0001", local_date(later))
        record_receipts(export=file, said=[said], by=self.reform, at=later + dt.timedelta(hours=5))
        begin_publications(region=self.insurance.region, since=self.now - dt.timedelta(days=400))
        see_to_publications(at=self.now)
        owed = Publication.objects.filter(status=PublicationStatus.OWED, department=self.insurance).order_by(
            "pk"
        )
        for row in owed[:1]:
            edit_publication(
                row=row,
                version=None,
                words="违规使用医保基金，依法处以罚款",
                basis=row.basis or text["basis"],
                number=row.number,
                since=row.since,
                by=self.handler,
                at=self.now,
            )
