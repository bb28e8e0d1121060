"""The clocks of 国务院令第310号 against sixty dates worked out by hand from the official calendars.

日 in that regulation is the natural day: the day it starts is not counted, the third day after it is the last;
where that is a day off, the next working day is (FACTS §2.4, §2.8). Make-up workdays on weekends are working
days. 小时 run from the moment and skip nothing.

Official days off and make-up workdays, as announced:
2024 (国办发明电〔2023〕7号): off 1/1, 2/10–17, 4/4–6, 5/1–5, 6/10, 9/15–17, 10/1–7; work 2/4, 2/18, 4/7, 4/28,
5/11, 9/14, 9/29, 10/12.
2025 (国办发明电〔2024〕12号): off 1/1, 1/28–2/4, 4/4–6, 5/1–5, 5/31–6/2, 10/1–8; work 1/26, 2/8, 4/27, 9/28, 10/11.
2026 (国办发明电〔2025〕7号): off 1/1–3, 2/15–23, 4/4–6, 5/1–5, 6/19–21, 9/25–27, 10/1–7; work 1/4, 2/14, 2/28,
5/9, 9/20, 10/10.
"""

import datetime as dt

import pytest

from core.dates import SHANGHAI
from deadlines.actions.clock_rules import change_rule
from deadlines.actions.clocks import start_clock
from deadlines.models import ClockRule, Deadline

pytestmark = pytest.mark.django_db

DAYS = (
    # 2024: an ordinary week, then weekends
    ("criminal_decision", "2024-01-02", "2024-01-05", "Tuesday + 3 = Friday"),
    ("criminal_decision", "2024-01-03", "2024-01-08", "day 3 is Saturday 1/6: Monday"),
    ("police_decision", "2024-01-04", "2024-01-08", "day 3 is Sunday 1/7: Monday"),
    ("police_decision", "2024-01-05", "2024-01-08", "the weekend lies inside and counts: Monday is day 3"),
    # Spring Festival 2024
    ("criminal_decision", "2024-02-01", "2024-02-04", "day 3 is Sunday 2/4, a make-up workday"),
    ("police_decision", "2024-02-06", "2024-02-09", "New Year's Eve was a working day in 2024"),
    ("police_decision", "2024-02-07", "2024-02-18", "day 3 is 2/10, off until 2/17; Sunday 2/18 is worked"),
    ("police_reconsideration", "2024-02-08", "2024-02-18", "day 3 is 2/11, inside the holiday"),
    ("police_reply", "2024-02-14", "2024-02-18", "starts and ends inside the holiday: day 3 is 2/17"),
    ("supervision_request", "2024-02-15", "2024-02-18", "day 3 is itself the make-up Sunday"),
    ("property_handover", "2024-02-16", "2024-02-19", "day 3 is Monday after the make-up Sunday"),
    # Qingming, May Day, Dragon Boat 2024
    ("criminal_decision", "2024-04-01", "2024-04-07", "day 3 is 4/4, off until 4/6; Sunday 4/7 is worked"),
    ("police_decision", "2024-04-03", "2024-04-07", "day 3 is Saturday 4/6, the last day off"),
    ("police_reply", "2024-04-25", "2024-04-28", "day 3 is Sunday 4/28, a make-up workday"),
    ("police_decision", "2024-04-26", "2024-04-29", "Friday + 3 = Monday"),
    ("property_handover", "2024-04-28", "2024-05-06", "day 3 is 5/1, off until Sunday 5/5"),
    ("police_decision", "2024-05-08", "2024-05-11", "day 3 is Saturday 5/11, a make-up workday"),
    ("criminal_decision", "2024-06-07", "2024-06-11", "day 3 is Monday 6/10, Dragon Boat"),
    # Mid-Autumn, National Day 2024
    ("police_decision", "2024-09-11", "2024-09-14", "day 3 is Saturday 9/14, a make-up workday"),
    ("criminal_correction", "2024-09-12", "2024-09-18", "day 3 is 9/15, off until Tuesday 9/17"),
    ("police_decision", "2024-09-26", "2024-09-29", "day 3 is Sunday 9/29, a make-up workday"),
    ("police_decision", "2024-09-28", "2024-10-08", "day 3 is 10/1, off until 10/7"),
    ("supervision_request", "2024-10-05", "2024-10-08", "day 3 is the first working day after the holiday"),
    ("criminal_decision", "2024-10-09", "2024-10-12", "day 3 is Saturday 10/12, a make-up workday"),
    # the turn of the year 2024/2025
    ("police_decision", "2024-12-29", "2025-01-02", "day 3 is New Year's Day, one day off"),
    ("criminal_decision", "2024-12-30", "2025-01-02", "New Year's Day lies inside and counts"),
    ("police_reconsideration", "2024-12-31", "2025-01-03", "Tuesday + 3 = Friday, in the next year"),
    # Spring Festival 2025
    ("criminal_decision", "2025-01-23", "2025-01-26", "day 3 is Sunday 1/26, a make-up workday"),
    ("police_decision", "2025-01-24", "2025-01-27", "the last Monday before the holiday"),
    ("police_decision", "2025-01-26", "2025-02-05", "day 3 is 1/29, off until 2/4"),
    ("police_reply", "2025-02-01", "2025-02-05", "day 3 is 2/4, the last day off"),
    ("property_handover", "2025-02-02", "2025-02-05", "day 3 is the first working day"),
    ("criminal_decision", "2025-02-05", "2025-02-08", "day 3 is Saturday 2/8, a make-up workday"),
    # Qingming, May Day, Dragon Boat 2025
    ("police_decision", "2025-04-01", "2025-04-07", "day 3 is Friday 4/4, off with the weekend; no make-up day"),
    ("criminal_correction", "2025-04-24", "2025-04-27", "day 3 is Sunday 4/27, a make-up workday"),
    ("police_decision", "2025-04-28", "2025-05-06", "day 3 is 5/1, off until Monday 5/5"),
    ("police_reconsideration", "2025-05-28", "2025-06-03", "day 3 is Saturday 5/31, off until Monday 6/2"),
    # National Day with Mid-Autumn 2025
    ("police_decision", "2025-09-25", "2025-09-28", "day 3 is Sunday 9/28, a make-up workday"),
    ("police_decision", "2025-09-30", "2025-10-09", "day 3 is 10/3, off until 10/8"),
    ("supervision_request", "2025-10-05", "2025-10-09", "day 3 is 10/8, the eighth day off"),
    ("criminal_decision", "2025-10-08", "2025-10-11", "day 3 is Saturday 10/11, a make-up workday"),
    # the turn of the year 2025/2026
    ("police_decision", "2025-12-29", "2026-01-04", "day 3 is 1/1, off until 1/3; Sunday 1/4 is worked"),
    ("property_handover", "2025-12-31", "2026-01-04", "day 3 is Saturday 1/3, the last day off"),
    ("criminal_decision", "2026-01-01", "2026-01-04", "starts on a holiday; day 3 is the make-up Sunday"),
    # Spring Festival 2026
    ("police_decision", "2026-02-11", "2026-02-14", "day 3 is Saturday 2/14, a make-up workday"),
    ("police_decision", "2026-02-12", "2026-02-24", "day 3 is 2/15, off until Monday 2/23"),
    ("police_reconsideration", "2026-02-20", "2026-02-24", "day 3 is 2/23, the ninth day off"),
    ("criminal_decision", "2026-02-25", "2026-02-28", "day 3 is Saturday 2/28, a make-up workday"),
    # the other holidays of 2026
    ("police_reply", "2026-04-01", "2026-04-07", "day 3 is Saturday 4/4, off until Monday 4/6"),
    ("police_decision", "2026-05-06", "2026-05-09", "day 3 is Saturday 5/9, a make-up workday"),
    ("criminal_decision", "2026-06-16", "2026-06-22", "day 3 is Friday 6/19, off with the weekend"),
    ("criminal_correction", "2026-09-17", "2026-09-20", "day 3 is Sunday 9/20, a make-up workday"),
    ("police_decision", "2026-09-28", "2026-10-08", "day 3 is 10/1, off until 10/7"),
)
HOURS = (
    ("criminal_transfer", "2026-11-20 17:00", "2026-11-21 17:00", "Friday evening: Saturday evening, no day is skipped"),
    ("criminal_transfer", "2024-02-09 16:30", "2024-02-10 16:30", "into the first day of the Spring Festival"),
    ("police_notice", "2026-09-30 09:15", "2026-10-01 09:15", "into National Day"),
    ("police_forward", "2025-12-31 15:40", "2026-01-01 15:40", "over the turn of the year"),
    ("criminal_transfer", "2025-10-08 23:30", "2025-10-09 23:30", "from the last evening of a holiday"),
    ("police_notice", "2024-02-28 10:00", "2024-02-29 10:00", "into the leap day"),
    ("police_forward", "2026-02-14 00:00", "2026-02-15 00:00", "from midnight to midnight, on a make-up Saturday"),
)


def test_the_table_has_sixty_dates():
    assert len(DAYS) + len(HOURS) == 60
    assert len({row[:2] for row in DAYS + HOURS}) == 60


def local(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(("code", "start", "due", "why"), DAYS, ids=lambda value: str(value)[:10])
def test_the_last_day(code, start, due, why, insurance):
    at = local(start + " 10:30")
    deadline = start_clock(code=code, target=("crime", 1), department=insurance, at=at)
    assert deadline.due_on == dt.date.fromisoformat(due), why
    assert deadline.due_at == local(due + " 00:00") + dt.timedelta(days=1), why
    assert (deadline.amount, deadline.unit, deadline.provisional) == (3, "day", False)


@pytest.mark.parametrize(("code", "start", "due", "why"), HOURS, ids=lambda value: str(value)[:13])
def test_the_last_hour(code, start, due, why, insurance):
    deadline = start_clock(code=code, target=("crime", 1), department=insurance, at=local(start))
    assert deadline.due_at == local(due), why
    assert (deadline.amount, deadline.unit) == (24, "hour")


def test_a_year_without_calendar_is_counted_mon_to_fri_and_says_so(insurance):
    # 2027 is not announced: 2027-01-01 is a Friday to a calendar that knows no holiday, 1/2 a Saturday
    for start, due in (("2026-12-29", "2027-01-01"), ("2026-12-30", "2027-01-04")):
        deadline = start_clock(
            code="police_decision", target=("crime", int(start[-2:])), department=insurance, at=local(start + " 10:00")
        )
        assert (deadline.due_on, deadline.provisional) == (dt.date.fromisoformat(due), True)


@pytest.mark.parametrize(
    ("amount", "unit", "due"),
    [
        (3, "working_day", "2026-02-25"),  # from Friday 2/13: 2/14 (make-up), off 2/15–23, 2/24, 2/25
        (10, "day", "2026-02-24"),  # ten natural days end on 2/23, the last day off
    ],
)
def test_the_province_sets_amount_and_unit_and_running_clocks_keep_theirs(amount, unit, due, insurance, system_admin):
    before = start_clock(code="police_decision", target=("crime", 1), department=insurance, at=local("2026-02-11 09:00"))
    rule = ClockRule.objects.get(code="police_decision")
    change_rule(
        rule=rule, amount=amount, unit=unit, warn_days=1, escalate_days=1, roll_over=True, asks_reason=False,
        basis="本省实施办法", effective_from=dt.date(2026, 2, 12), by=system_admin, at=local("2026-02-11 10:00"),
    )  # fmt: skip
    after = start_clock(code="police_decision", target=("crime", 2), department=insurance, at=local("2026-02-13 09:00"))
    assert (after.amount, after.unit) == (amount, unit)
    assert after.due_on == dt.date.fromisoformat(due)
    before = Deadline.objects.get(pk=before.pk)
    assert (before.amount, before.unit, before.due_on) == (3, "day", dt.date(2026, 2, 14))
