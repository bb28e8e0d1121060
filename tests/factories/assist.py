"""Stays in other places and requests to the bureaus there, brought to any stage through the actions of the room."""

import datetime as dt
from decimal import Decimal

from core.dates import local_date
from departments.enums import Role
from referrals.actions.assist_letters import (
    close_assist,
    draft_assist,
    record_answer,
    record_delivery,
    send_assist,
    withdraw_assist,
)
from referrals.actions.assist_stays import register_stay
from tests.factories.cases import pdf
from tests.factories.referrals import acting, bring_paper

DAY = dt.timedelta(days=1)


def make_stay(case, *, by, at, **more):
    given = {"place": "桂岭省柳川市", "hospital": "柳川康健医院", "cost": Decimal("46820.50"),
             "admitted_on": local_date(at) - 20 * DAY, "discharged_on": local_date(at) - 8 * DAY}  # fmt: skip
    return register_stay(case=case, by=by, at=at, **(given | more))


def make_assist(case, *, by, at, stage="draft", stay=None, **more):
    """A request brought to a stage by the people of the asking department."""
    given = {"body_name": "柳川市医疗保障局", "title": "关于商请协查的函", "facts": "疑似挂床。", "request": "请核实。"}
    letter = draft_assist(case=case, stay=stay, by=by, at=at, **({"reason": "涉嫌欺诈"} | given | more))
    if stage == "draft":
        return letter
    bring_paper(letter, "approved", at=at)
    registrar = acting(letter.department, Role.REGISTRAR)
    send_assist(letter=letter, by=registrar, at=at)
    if stage == "withdrawn":
        return withdraw_assist(letter=letter, reason="不再需要", by=by, at=at)
    if stage != "posted":
        record_delivery(letter=letter, delivered_on=local_date(at), how="机要", upload=pdf(), by=registrar, at=at)
    if stage in ("answered", "closed"):
        record_answer(letter=letter, answer_number="柳函1号", answer_on=local_date(at), text="属实", upload=pdf("复.pdf"),
                      by=registrar, at=at)  # fmt: skip
    if stage == "closed":
        close_assist(letter=letter, by=by, at=at)
    return letter
