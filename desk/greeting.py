"""Good morning, said at the right time of the day in Shanghai."""

import datetime as dt

from django.utils.translation import gettext

from core.dates import SHANGHAI


def greeting(name: str, at: dt.datetime) -> str:
    """`陈晓岚，上午好`: by the local hour of `at`."""
    hour = at.astimezone(SHANGHAI).hour
    if 5 <= hour < 12:
        said = gettext("Good morning, %(name)s")
    elif 12 <= hour < 18:
        said = gettext("Good afternoon, %(name)s")
    else:
        said = gettext("Good evening, %(name)s")
    return said % {"name": name}
