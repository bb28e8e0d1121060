"""The case page among 10 000 cases: server time and number of queries."""

from django.urls import reverse

from bench.county import handler_of_ten_thousand
from bench.registry import signed_in, timed

TITLE = "Case page, 10 000 cases"


def measure():
    user, case = handler_of_ten_thousand()
    client, url = signed_in(user), reverse("cases:detail", args=[case.pk])
    taken, queries = timed(client, url)
    after, _queries = timed(client, url, anew=True)
    return {"ms": taken, "after a step of one's own, ms": after, "queries after a step": queries}
