"""The desks and every list at 100 000 cases: server time and number of queries, for who reads most of them."""

from django.urls import reverse

from bench.large import county_of_a_hundred_thousand
from bench.registry import signed_in, timed
from departments.enums import Function, Role

TITLE = "Desks and lists, 100 000 cases"

# page, address, query string, who looks
PAGES = (
    ("workbench", "desk:workbench", "", "handler"),
    ("registry", "cases:list", "", "handler"),
    ("registry, by due date", "cases:list", "?sort=due", "handler"),
    ("registry, a word", "cases:list", "?q=7777", "handler"),
    ("institutions and persons", "cases:subjects", "", "handler"),
    ("case", "cases:detail", "", "handler"),
    ("registry of the office", "cases:list", "", "office"),
    ("monitor of clocks", "desk:monitor", "", "office"),
    ("who owes whom", "desk:owes", "", "office"),
    ("dashboard", "desk:dashboard", "", "office"),
    ("statistics", "desk:statistics", "", "office"),
    ("risk", "desk:risk", "", "office"),
    ("search, one word", "desk:search", "?q=人民", "handler"),
    ("search, initials", "desk:search", "?q=rmyy", "handler"),
)


def measure():
    _county, named, case = county_of_a_hundred_thousand()
    people = {
        "handler": named[Function.INSURANCE, Role.HANDLER],
        "office": named[Function.OFFICE, Role.COORDINATOR],
    }
    clients = {name: signed_in(person) for name, person in people.items()}
    figures = {}
    for page, name, query, who in PAGES:
        url = reverse(name, args=[case.pk]) if name == "cases:detail" else reverse(name)
        taken, asked = timed(clients[who], url + query)
        figures[f"{page}, ms"] = taken
        figures[f"{page}, queries"] = asked
    return figures
