"""Data comparisons brought to a state through the actions."""

import datetime as dt

from departments.enums import Role
from referrals.actions import comparison_results, comparisons
from referrals.people_list import Hit, Listed
from tests.factories.cases import resident_id
from tests.factories.referrals import acting

PEOPLE = [Listed("张三", resident_id(801)), Listed("李四", resident_id(802)), Listed("王五", resident_id(803))]
HITS = [Hit(PEOPLE[0].number, "2025-03-01注销户籍")]


def make_comparison(receiver, *, by, at, status="draft", people=PEOPLE, hits=HITS, unasked=False):
    """A comparison of `by`'s department with `receiver`, in a state; the others act in their posts."""
    if unasked:
        people = [Listed(person.name, person.number, "已注销户籍") for person in people]
    thing = comparisons.draft_comparison(
        receiver=receiver, kind="household", people=people, purpose="核查死亡人员待遇", basis="协作联动机制第三条",
        limit_on=None if unasked else at.date() + dt.timedelta(days=14), unasked=unasked, by=by, at=at,
    )  # fmt: skip

    steps = {
        "submitted": lambda: comparisons.submit_comparison(comparison=thing, by=by, at=at),
        "approved": lambda: comparisons.approve_comparison(
            comparison=thing, by=acting(thing.sender, Role.SECTION_HEAD), at=at
        ),
        "sent": lambda: comparisons.send_comparison(
            comparison=thing, by=acting(thing.sender, Role.REGISTRAR), at=at
        ),
        "received": lambda: comparison_results.receive_comparison(
            comparison=thing, by=acting(receiver, Role.REGISTRAR), at=at
        ),
        "prepared": lambda: comparison_results.prepare_result(
            comparison=thing, hits=hits, by=acting(receiver, Role.HANDLER), at=at
        ),
        "answered": lambda: comparison_results.answer_comparison(
            comparison=thing, by=acting(receiver, Role.SECTION_HEAD), at=at
        ),
        "closed": lambda: comparison_results.close_comparison(comparison=thing, by=by, at=at),
    }
    for name, step in steps.items():
        if thing.status == status:
            break
        if thing.status == "answered" and name != "closed":
            continue
        step()
    assert thing.status == status, thing.status
    return thing
