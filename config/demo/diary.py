"""A clock for the demo county that walks forward through office hours only."""

import datetime as dt
from random import Random

from core.dates import SHANGHAI, local_date
from deadlines.calendar import Calendar

MORNING = dt.time(8, 40)
EVENING = dt.time(17, 20)


class Diary:
    """The time of one demo case. `then()` moves on; it never passes `now`, and says so by raising StopStory."""

    class StopStory(Exception):
        """The story has reached the present: what would come next has not happened yet."""

    def __init__(self, *, calendar: Calendar, start: dt.date, now: dt.datetime, random: Random):
        self.calendar = calendar
        self.now = now
        self.random = random
        day = start
        opened = dt.datetime.combine(day, MORNING, SHANGHAI) + dt.timedelta(minutes=random.randrange(0, 170))
        self.at = min(opened, now - dt.timedelta(minutes=random.randrange(5, 120)))

    def _check(self) -> None:
        if self.at > self.now:
            raise self.StopStory

    def then(self, *, minutes: int = 45, days: int = 0) -> dt.datetime:
        """The next moment: `days` working days on, or some `minutes` later the same day."""
        if days:
            day = self.calendar.add_working_days(local_date(self.at), days)
            self.at = dt.datetime.combine(day, MORNING, SHANGHAI) + dt.timedelta(
                minutes=self.random.randrange(0, 420)
            )
        else:
            self.at += dt.timedelta(minutes=self.random.randrange(minutes // 2, minutes + 1))
            if self.at.astimezone(SHANGHAI).time() > EVENING:
                return self.then(days=1)
        self._check()
        return self.at
