"""The registry page at 10 000 cases: server time and number of queries, for 50 rows and for one."""

import statistics
import time

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.county import handler_of_ten_thousand

TITLE = "Registry page, 10 000 cases"
TIMES = 30


def timed(client, url, *, anew=False):
    """(median milliseconds, number of queries) of a page; `anew`: the frame counts again, as after one's own step."""
    client.get(url)
    taken = []
    for _ in range(TIMES):
        if anew:
            cache.clear()
        start = time.perf_counter()
        assert client.get(url).status_code == 200
        taken.append((time.perf_counter() - start) * 1000)
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return round(statistics.median(taken), 1), len(queries)


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def measure():
    user, _case = handler_of_ten_thousand()
    client, url = signed_in(user), reverse("cases:list")
    fifty, queries = timed(client, url)
    after, _queries = timed(client, url, anew=True)
    one, queries_of_one = timed(client, url + "?q=%E8%81%94%E5%8A%9E%E3%80%942026%E3%80%957777%E5%8F%B7")
    due, _queries = timed(client, url + "?sort=due")
    return {
        "50 rows, ms": fifty,
        "50 rows after a step of one's own, ms": after,
        "50 rows, queries after a step": queries,
        "one row by its number, ms": one,
        "one row, queries after a step": queries_of_one,
        "50 rows by due date, ms": due,
    }
