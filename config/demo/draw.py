"""The demo county's pools and draws: one drawn and put to its leader, one whose number is out and waits for its witness."""

import datetime as dt

from django.db import transaction

from cases.models import Subject
from config.demo.world import World
from core.dates import local_date
from departments.enums import Function, Role
from departments.models import Department, User
from inspections.actions.approval import submit_inspection
from inspections.actions.certificates import enter_certificate
from inspections.actions.coverage import run_coverage
from inspections.actions.draw import commit_draw, make_draw
from inspections.actions.planning import add_partner, ask_partners, draft_inspection
from inspections.actions.pools import add_target, make_pool
from inspections.actions.pools_officers import add_officer, declare_recusal
from inspections.actions.team import confirm_part
from inspections.coverage import KINDS
from inspections.draw_numbers import PROPOSED
from inspections.models import EnforcementCertificate, Inspection, Pool

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
# weights above one: place in the list of institutions → (weight, why)
HEAVY = {1: (3, "上年度查实分解住院"), 4: (2, "住院费用增幅居全县前列")}
INSPECTING = (Function.INSURANCE, Function.HEALTH)
OFFICERS = (Role.HANDLER, Role.SECTION_HEAD)


class Draws:
    """The people who act, and the present."""

    def __init__(self, world: World, now: dt.datetime) -> None:
        self.world, self.now = world, now
        self.handler = world.one(Function.INSURANCE, Role.HANDLER)
        self.lead, self.partner = (world.departments[each] for each in INSPECTING)
        self.witness = world.one(Function.OFFICE, Role.COORDINATOR)

    def certificate(self, user: User, department: Department, at: dt.datetime) -> EnforcementCertificate:
        """The one in force, else a new one."""
        held = EnforcementCertificate.objects.valid(local_date(self.now) + 60 * DAY)
        found = held.filter(user=user, department=department).first()
        return found or enter_certificate(
            department=department, user=user, number=f"赣QH{user.staff_number[-4:]}",
            valid_until=local_date(self.now) + 700 * DAY, by=user, at=at,
        )  # fmt: skip

    def pools(self, at: dt.datetime) -> tuple[Pool, Pool]:
        by = {"by": self.handler, "at": at}
        targets = make_pool(kind="targets", name="定点医药机构对象库", **by)
        bodies = Subject.objects.filter(region=self.world.county, kind__in=KINDS, uscc__isnull=False)
        for place, subject in enumerate(bodies.order_by("uscc")):
            weight, reason = HEAVY.get(place, (1, ""))
            risk = "high" if weight > 2 else "medium" if weight > 1 else "low"
            add_target(pool=targets, subject=subject, risk=risk, weight=weight, reason=reason, **by)
        officers = make_pool(kind="officers", name="执法检查人员库", **by)
        for function in INSPECTING:
            department = self.world.departments[function]
            people = [user for role in OFFICERS for user in self.world.posts[(function, role)]]
            for user in people:
                add_officer(pool=officers, certificate=self.certificate(user, department, at), **by)
        last = officers.officers.filter(certificate__department=self.lead).order_by("-pk").first()
        hospital = bodies.order_by("uscc")[0]
        assert last is not None
        declare_recusal(officer=last, subject=hospital, ground="relative", **by)
        return Pool.objects.get(pk=targets.pk), Pool.objects.get(pk=officers.pk)

    def plan(self, title: str, at: dt.datetime) -> Inspection:
        made = draft_inspection(
            lead=self.lead, title=title, kind="random", source="plan", basis="《年度“双随机、一公开”检查计划》",
            start_condition="年度计划安排", starts_on=local_date(self.now) + 6 * DAY,
            ends_on=local_date(self.now) + 20 * DAY, key_areas="住院、门诊慢特病", content="医保基金使用和诊疗服务行为。",
            by=self.handler, at=at,
        )  # fmt: skip
        add_partner(
            inspection=made,
            department=self.partner,
            role="inspecting",
            task="诊疗服务行为",
            by=self.handler,
            at=at,
        )
        ask_partners(inspection=made, by=self.handler, at=at)
        return Inspection.objects.get(pk=made.pk)

    def commit(self, inspection: Inspection, pools: tuple[Pool, Pool], *, out: dt.datetime, at: dt.datetime):
        return commit_draw(
            inspection=inspection, target_pool=pools[0], officer_pool=pools[1], target_version=pools[0].version,
            officer_version=pools[1].version, targets_wanted=3, officers_wanted=2, public_what=PROPOSED, public_from=out,
            declared=True, by=self.handler, at=at,
        )  # fmt: skip

    def tell(self) -> None:
        pools = self.pools(self.now - 12 * DAY)
        first = self.plan("定点医药机构“双随机”检查（第一批）", self.now - 10 * DAY)
        draw = self.commit(first, pools, out=self.now - 8 * DAY, at=self.now - 9 * DAY)
        make_draw(
            draw=draw, public_number="04 11 16 20 28 33 + 09", by=self.witness, at=self.now - 8 * DAY + HOUR
        )
        self.confirm(first, self.now - 7 * DAY)
        submit_inspection(inspection=first, by=self.handler, at=self.now - 6 * DAY)
        second = self.plan("定点医药机构“双随机”检查（第二批）", self.now - 2 * DAY)
        self.commit(second, pools, out=self.now - 2 * HOUR, at=self.now - DAY)
        run_coverage(at=self.now)

    def confirm(self, inspection: Inspection, at: dt.datetime) -> None:
        """Each department confirms the officers that were drawn."""
        people = {
            self.lead.pk: self.world.one(Function.INSURANCE, Role.SECTION_HEAD),
            self.partner.pk: self.world.one(Function.HEALTH, Role.SECTION_HEAD),
        }
        for partner in inspection.partners.select_related("inspection__lead", "department"):
            drawn = inspection.members.there().filter(partner=partner).select_related("certificate__user")
            certificates = [member.certificate for member in drawn.order_by("pk") if member.certificate]
            confirm_part(
                partner=partner, officers=certificates, declared=True, by=people[partner.department_id], at=at
            )


@transaction.atomic
def tell_draws(world: World, now: dt.datetime) -> None:
    """Told once."""
    if not Pool.objects.exists():
        Draws(world, now).tell()
