"""`manage.py demo`: the demo county, built through the actions of the rooms."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from cases.actions.subjects import add_subject
from cases.enums import Source
from cases.models import Case, Subject
from config.demo import content
from config.demo.above import tell_above
from config.demo.comparisons import tell_comparisons
from config.demo.credit import tell_credit
from config.demo.diary import Diary
from config.demo.discipline import tell_discipline
from config.demo.draw import tell_draws
from config.demo.inspections import tell_inspections
from config.demo.meetings import tell_meetings
from config.demo.papers import file_scans
from config.demo.plots import PLOTS
from config.demo.proposals import tell_proposals
from config.demo.registers import tell_registers
from config.demo.reports import tell_reports
from config.demo.rewards import tell_rewards
from config.demo.sanctions import tell_sanctions
from config.demo.stories import Story
from config.demo.world import World, build_world, known_world
from core.dates import local_date
from deadlines.actions.bulk_sweep import sweep
from deadlines.calendar import Calendar
from departments.enums import Function, Role
from departments.models import User
from referrals.models import Comparison, Referral, Task

CLOCKED_DAYS = 130  # how far back clocks of the plots run


@contextmanager
def in_haste() -> Iterator[None]:
    """Commits wait for no disk, and an action within an action sets no savepoint (a third of all statements).

    A power cut may take the last cases: the next start tells them again. Nothing here is meant to fail half-way, and
    each story is one transaction: an interrupted start leaves none half told.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        del connection.features.uses_savepoints


class Command(BaseCommand):
    help = "Build the demo county (only in demo mode, only once)."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The demo county is only built with HOUSE_DEMO=1.")
        now = timezone.now()
        with in_haste():
            self._build(now)

    def _build(self, now: dt.datetime) -> None:
        world = known_world()
        if world is None:
            if User.objects.exists():
                raise CommandError(
                    "This installation has people of its own; no demo county is built into it."
                )
            with transaction.atomic():
                world = build_world(at=now - dt.timedelta(days=400))
        self._subjects(world, now)
        told = Case.objects.exclude(source__in=(Source.COMPARISON,)).count()
        calendar = Calendar.current()
        # the oldest first: numbers then run with the dates
        order = sorted(range(len(PLOTS)), key=lambda index: -PLOTS[index].ago)
        for place, index in enumerate(order[told:], told):  # an interrupted start goes on where it stopped
            plot = PLOTS[index]
            start = first_day(calendar, local_date(now), plot.ago)
            diary = Diary(calendar=calendar, start=start, now=now, random=world.random)
            with transaction.atomic():
                Story(world, diary, plot, index).tell()
            if place % 10 == 9:
                self.stdout.write(f"  {place + 1} of {len(PLOTS)} cases")
        with transaction.atomic():
            if not Task.objects.exists():
                tell_above(world, now=now, calendar=calendar)
        with transaction.atomic():
            if not Comparison.objects.exists():
                tell_comparisons(world, now=now, calendar=calendar)
        with transaction.atomic():
            if not Referral.objects.filter(receiver__named_only=True).exists():
                tell_discipline(world, now=now, calendar=calendar)
                file_scans(world, now=now)
        for tell in (
            tell_reports, tell_rewards, tell_inspections, tell_draws, tell_sanctions, tell_meetings, tell_proposals,
            tell_credit, tell_registers,
        ):  # fmt: skip
            tell(world, now)
        for days in range(CLOCKED_DAYS, -1, -1):  # each day's stages on their day, as the clerk would have found them
            sweep(at=now - dt.timedelta(days=days))

    def _subjects(self, world: World, now: dt.datetime) -> None:
        handler = world.one(Function.INSURANCE, Role.HANDLER)
        at = now - dt.timedelta(days=399)
        for fields in content.SUBJECTS:
            if not Subject.objects.filter(uscc=fields["uscc"]).exists():
                add_subject(region=world.county, by=handler, at=at, **fields)
        if not Subject.objects.exclude(id_index=None).exists():
            for fields in content.PERSONS:
                add_subject(region=world.county, by=handler, at=at, **fields)


def first_day(calendar: Calendar, today: dt.date, ago: int) -> dt.date:
    """The working day `ago` working days before today."""
    day = today
    while calendar.working_days_between(day, today) < ago or not calendar.is_working(day):
        day -= dt.timedelta(days=1)
    return day
