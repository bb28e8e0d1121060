"""Whom the state machine asks: one person for every post of every side, and what the house offers each of them.

A table of the state-machine tests names, for one state, who may do what: name → codes of the steps. A name is a
fixture of the cast or one of `GROUPS`. Who is not named may do nothing; pages and API ask the same rules (403).
"""

import pytest

from departments.enums import Role
from referrals import offers
from referrals.models import Referral
from tests.cast import _person

health_legal = _person("wj07", "段明法", "health", Role.LEGAL, "法规股")
police_handler_2 = _person("ga02", "石云开", "police", Role.HANDLER, "经侦大队")
police_head = _person("ga05", "武定安", "police", Role.HEAD)
police_legal = _person("ga07", "严守正", "police", Role.LEGAL, "法制大队")

# fixture of the cast -> post
INSURANCE = {
    "insurance_handler": "handler who wrote it",
    "insurance_handler_2": "another handler",
    "insurance_section_head": "section head",
    "insurance_deputy_head": "deputy head",
    "insurance_head": "head",
    "insurance_registrar": "registrar",
    "insurance_legal": "legal reviewer",
    "insurance_finance": "finance",
    "insurance_report_officer": "report officer",
}
HEALTH = {
    "health_handler": "handler it is assigned to",
    "health_handler_2": "another handler",
    "health_section_head": "section head",
    "health_deputy_head": "deputy head",
    "health_head": "head",
    "health_registrar": "registrar",
    "health_legal": "legal reviewer",
}
POLICE = {
    "police_handler": "handler who writes the result",
    "police_handler_2": "another handler",
    "police_section_head": "section head",
    "police_deputy_head": "deputy head",
    "police_head": "head",
    "police_registrar": "registrar",
    "police_legal": "legal reviewer",
}
OFFICE = {"office_coordinator": "coordinator", "county_leader": "observer"}
NOBODY = {
    "market_handler": "handler of another department",
    "market_section_head": "section head of another department",
    "market_registrar": "registrar of another department",
    "outsider": "handler of another county",
    "system_admin": "system administrator",
    "security_admin": "security administrator",
    "audit_admin": "audit administrator",
}
GROUPS = {
    f"{side}_leaders": (f"{side}_section_head", f"{side}_deputy_head", f"{side}_head")
    for side in ("insurance", "health", "police")
}
PEOPLE = INSURANCE | HEALTH | OFFICE | NOBODY

# --- rows that many states share ---------------------------------------------------------------------------------
WRITERS = ("insurance_handler", "insurance_handler_2", "insurance_leaders")
CHASE = {name: {"chase"} for name in WRITERS}
SUPPLY = {name: {"supply"} for name in WRITERS}
CLOSE = {name: {"close"} for name in WRITERS}
CLOSE_OR_REDO = {name: {"close", "redo"} for name in WRITERS}
ON_ITS_WAY = {
    "insurance_handler": {"chase", "withdraw"},
    "insurance_handler_2": {"chase"},
    "insurance_leaders": {"chase", "withdraw"},
    "insurance_registrar": {"deliver"},
}
SENT = ON_ITS_WAY | {"health_registrar": {"sign"}}
WAITING = {  # the sender, once the letter is there
    "insurance_handler": {"chase", "ask_withdrawal"},
    "insurance_handler_2": {"chase"},
    "insurance_leaders": {"chase", "ask_withdrawal"},
}
WORKED = {"health_handler": {"reply", "extend"}, "health_leaders": {"assign", "extend"}}
ASK_COMPLETION = {"health_handler": {"ask_completion"}, "health_leaders": {"ask_completion"}}
# a letter that waits for material is the sender's to complete: it is not chased meanwhile
COMPLETING = {
    "insurance_handler": {"supply", "ask_withdrawal"},
    "insurance_handler_2": {"supply"},
    "insurance_leaders": {"supply", "ask_withdrawal"},
}
SERVED = WAITING | {"insurance_registrar": {"record_said", "issue_link"}}
ELSEWHERE = {  # what came back is closed, or sent to another department
    "insurance_handler": {"close", "send_elsewhere"},
    "insurance_handler_2": {"close"},
    "insurance_leaders": {"close", "send_elsewhere"},
}
SUPERVISE = {"office_coordinator": {"supervise"}}
OVER: dict[str, set[str]] = {}


def both(*tables):
    """The tables laid over each other: every name with all its codes."""
    found: dict[str, set[str]] = {}
    for table in tables:
        for name, codes in table.items():
            found[name] = found.get(name, set()) | codes
    return found


def spelled(table):
    """The table with each group spelled out, person by person; who may do nothing is not in it."""
    persons = ({person: codes} for name, codes in table.items() for person in GROUPS.get(name, (name,)))
    return {name: codes for name, codes in both(*persons).items() if codes}


@pytest.fixture
def offered(request):
    """`offered(thing, PEOPLE, offers.of_paper)`: who is offered what, each through their own door to the thing."""

    def asked(thing, people=PEOPLE, of=offers.of_referral):
        users = {name: request.getfixturevalue(name) for name in people}
        found = {}
        for name, user in users.items():
            seen = type(thing).objects.visible_to(user).filter(pk=thing.pk)
            seen = (seen.for_list() if isinstance(thing, Referral) else seen).first()
            found[name] = {offer.code for offer in of(user, seen)} if seen is not None else set()
        return {name: codes for name, codes in found.items() if codes}

    return asked
