"""Every allowed (post, state, action) of a paper on its way out of the house, kind by kind; all else is refused.

Letters of every kind, both sorts of answer, letters to the body of a task, requests to another place with what
follows outside; and what is different where a leader drafted it or the addressee is for named persons only.
"""

import pytest

from departments.enums import Function
from departments.models import Route
from referrals import offers
from referrals.actions.crime_drafts import (
    draft_correction,
    draft_filing,
    draft_forward,
    draft_incomplete,
    draft_reconsider,
    draft_reconsidered,
    draft_revoke,
    draft_supervise,
)
from referrals.actions.drafting import Line
from referrals.actions.handling import assign_referral
from referrals.actions.papers import approve_paper, review_paper
from referrals.actions.replies import send_reply
from referrals.crime_enums import STEP_STATES
from referrals.enums import BY_POLICE, CRIME_LETTERS, FOLLOW_UPS, LetterKind, PaperStatus
from referrals.enums_assist import AssistStage
from referrals.offers import _FOLLOW_UP
from referrals.offers_assist import _STAGE, of_assist
from tests.factories.above import make_letter, make_task
from tests.factories.assist import make_assist
from tests.factories.follow_ups import bring_follow_up
from tests.factories.referrals import bring_paper, make_reply
from tests.referrals.machine import (  # noqa: F401 - fixtures
    PEOPLE,
    POLICE,
    health_legal,
    offered,
    police_handler_2,
    police_head,
    police_legal,
    spelled,
)
from tests.referrals.situations import make_paper, now, situation  # noqa: F401

pytestmark = pytest.mark.django_db

# posts of the writing department; every other person of the county is offered nothing
WRITE = {"submit", "edit", "discard"}
SENT_OUT = {"registrar": {"send", "send_back"}}
DIRECT = {  # the signing rule names no reviewer, and the section head signs
    "draft": {"handler": WRITE, "handler_2": WRITE, "leaders": WRITE},
    "submitted": {"leaders": {"approve", "send_back"}},
    "approved": SENT_OUT,
    "sent": {},
    "discarded": {},
}
REVIEWED = {  # reviewed by the section head, signed by the deputy head
    "draft": {"handler": WRITE, "handler_2": WRITE, "leaders": WRITE},
    "submitted": {"leaders": {"review", "send_back"}},
    "reviewed": {"deputy_head": {"approve", "send_back"}, "head": {"approve", "send_back"}},
    "approved": SENT_OUT,
    "sent": {},
    "discarded": {},
}
BY_SECTION_HEAD = {  # whoever drafted it neither reviews nor signs, and the deputy head who reviewed it does not sign
    "draft": REVIEWED["draft"],
    "submitted": {"deputy_head": {"review", "send_back"}, "head": {"review", "send_back"}},
    "reviewed": {"head": {"approve", "send_back"}},
    "approved": SENT_OUT,
}
SEALED = {  # to 纪检: the drafter, the deputy head and the head; the registrar once it is signed
    "draft": {"handler": WRITE, "deputy_head": WRITE, "head": WRITE},
    "submitted": {"deputy_head": {"review", "send_back"}, "head": {"review", "send_back"}},
    "reviewed": {"deputy_head": {"approve", "send_back"}, "head": {"approve", "send_back"}},
    "approved": SENT_OUT,
    "sent": {},
    "discarded": {},
}
OF_OFFICE = {  # the coordinator drafts, numbers and sends; the head of the office signs
    "draft": {"coordinator": WRITE, "head": WRITE},
    "submitted": {"head": {"approve", "send_back"}},
    "approved": {"coordinator": {"send", "send_back"}},
    "sent": {},
    "discarded": {},
}
BY_DEPUTY = {  # no reviewer, for it is due within 24 hours; signed by a person in charge
    "draft": DIRECT["draft"],
    "submitted": {"deputy_head": {"approve", "send_back"}, "head": {"approve", "send_back"}},
    "approved": SENT_OUT,
    "sent": {},
    "discarded": {},
}
OUTSIDE = {  # a request to another place, once it was sent: what its stage allows
    "posted": {
        "handler": {"deliver", "withdraw"}, "handler_2": {"withdraw"}, "leaders": {"withdraw"}, "registrar": {"deliver"},
    },
    "delivered": {
        "handler": {"answer", "withdraw"}, "handler_2": {"withdraw"}, "leaders": {"withdraw"}, "registrar": {"answer"},
    },
    "answered": {"handler": {"close"}, "handler_2": {"close"}, "leaders": {"close"}},
    "closed": {},
    "withdrawn": {},
}  # fmt: skip

def on_it(table):
    """Of a letter about a letter or a file: drafted by the person who has it, or a leader; another handler has no part."""
    return table | {"draft": {"handler": WRITE, "leaders": WRITE}}


# kind -> the writing department, who may do what in each state
ALLOWED = {
    "bulletin": ("insurance", DIRECT),
    "support": ("insurance", DIRECT),
    "transfer": ("insurance", REVIEWED),
    "early": ("insurance", REVIEWED),
    "transfer, forwarding": ("health", REVIEWED),
    "transfer, by the section head": ("insurance", BY_SECTION_HEAD),
    "transfer, for named persons": ("insurance", SEALED),
    "answer": ("health", DIRECT),
    "opinion": ("health", REVIEWED),
    "completion": ("health", on_it(DIRECT)),
    "supply": ("insurance", DIRECT),
    "supervision": ("office", OF_OFFICE),
    # of a suspected crime: the police who have the file, and the department that transferred it
    "filing": ("police", on_it(REVIEWED)),
    "incomplete": ("police", on_it(DIRECT)),
    "forward": ("police", on_it(BY_DEPUTY)),
    "reconsidered": ("police", on_it(REVIEWED)),
    "revoke": ("police", on_it(REVIEWED)),
    "complete": ("insurance", DIRECT),
    "reconsider": ("insurance", REVIEWED),
    # the procuratorate has no account: its 送达回证 is entered
    "supervise": ("insurance", REVIEWED | {"sent": {"registrar": {"deliver"}}}),
    "task_delay": ("insurance", DIRECT),
    "task_report": ("insurance", REVIEWED),
    "task_hand": ("insurance", REVIEWED),
    "assist": ("insurance", {state: REVIEWED[state] for state in ("draft", "submitted", "reviewed", "approved")} | OUTSIDE),
}  # fmt: skip


CRIME = {  # of a suspected crime: the action that drafts it, and what it says
    "filing": (draft_filing, {"filed": False, "reason": "轻微"}),
    "incomplete": (draft_incomplete, {"missing": "原件"}),
    "forward": (draft_forward, {"to": "云溪县公安局", "reason": "管辖"}),
    "reconsidered": (draft_reconsidered, {"filed": False, "reason": "维持"}),
    "revoke": (draft_revoke, {"reason": "没有犯罪事实"}),
    "complete": (draft_correction, {}),
    "reconsider": (draft_reconsider, {"reason": "应立案"}),
    "supervise": (draft_supervise, {"reason": "应立案"}),
}


@pytest.fixture
def paper(request, case, receiver, situation, now):  # noqa: F811
    """`paper("opinion", "reviewed")`: a paper of that kind in that state."""
    cast = request.getfixturevalue

    def dispatch(kind, state):
        by, body = cast("insurance_handler"), receiver
        if kind == "transfer, by the section head":
            by = cast("insurance_section_head")
        if kind == "transfer, for named persons":
            body = cast("procuratorate")
            type(body).objects.filter(pk=body.pk).update(named_only=True)
            assert Route.objects.filter(kind="transfer", sender="insurance", receiver=Function.OTHER).exists()
        if kind == "transfer, by the section head" and state in ("reviewed", "approved"):
            made = make_paper("transfer", case, body, by=by, at=now, status="submitted")
            review_paper(paper=made, by=cast("insurance_deputy_head"), at=now)
            return (
                made if state == "reviewed" else approve_paper(paper=made, by=cast("insurance_head"), at=now)
            )
        return make_paper(kind.split(",")[0], case, body, by=by, at=now, status=state)

    def reply(kind, state):
        letter = situation({"answer": "transfer", "opinion": "support"}[kind], "accepted")
        made = make_reply(letter, at=now, status="approved" if state == "sent" else state)
        return send_reply(reply=made, by=cast("health_registrar"), at=now) if state == "sent" else made

    def of_task(kind, state):
        purpose = {"task_delay": "delay", "task_report": "report", "task_hand": "handover"}[kind]
        task = make_task(
            by=cast("office_coordinator"), at=now, status="accepted", department=cast("insurance"), cases=[case],
            kind="raised" if kind == "task_hand" else "assigned",
        )  # fmt: skip
        letter = make_letter(task, at=now, purpose=purpose, status="draft" if state == "discarded" else state)
        return bring_paper(letter, state, at=now) if state == "discarded" else letter

    def assist(state):
        by = cast("insurance_handler")
        if state in AssistStage:
            return make_assist(case, by=by, at=now, stage=state)
        return bring_paper(make_assist(case, by=by, at=now), state, at=now)

    def follow_up(kind, state):
        if kind in CRIME_LETTERS:
            transfer = cast("crime")(STEP_STATES[kind][0])
            by = cast("insurance_handler")
            if kind in BY_POLICE:
                by = cast("police_handler")
                assign_referral(referral=transfer.referral, person=by, by=cast("police_section_head"), at=now)
            draft, said = CRIME[kind]
            if kind == "complete":
                said = {"lines": [Line(evidence=transfer.case.evidence.order_by("-pk").first())]}
            letter = draft(transfer=transfer, **said, by=by, at=now)
        else:
            events = {
                "completion": "received, completion drafted",
                "supply": "received, completion asked, supply drafted",
                "supervision": "accepted, overdue, supervision drafted",
            }
            letter = situation("transfer", events[kind]).follow_ups.get(kind=kind)
        return bring_follow_up(letter, state, at=now)

    def made(kind, state):
        if kind in FOLLOW_UPS:
            return follow_up(kind, state)
        if kind == "assist":
            return assist(state)
        if kind in ("answer", "opinion"):
            return reply(kind, state)
        if kind.startswith("task"):
            return of_task(kind, state)
        if kind == "transfer, forwarding":
            return bring_paper(
                situation("transfer", "received, forward drafted").forwardings.get(), state, at=now
            )
        return dispatch(kind, state)

    return made


@pytest.mark.parametrize(("kind", "state"), [(kind, state) for kind in ALLOWED for state in ALLOWED[kind][1]])
def test_every_allowed_step_is_named_and_nothing_else_is_allowed(kind, state, paper, offered):  # noqa: F811
    home, table = ALLOWED[kind]
    made = paper(kind, state)
    assert (made.kind, getattr(made, "stage", "") or made.status) == (kind.split(",")[0], state)
    people = PEOPLE | POLICE if kind in CRIME_LETTERS else PEOPLE | {"office_head": "head of the office"}
    found = offered(made, people, of=of_assist if kind == "assist" else offers.of_paper)
    assert found == spelled({f"{home}_{post}": codes for post, codes in table[state].items()})


def test_the_tables_name_every_kind_every_state_and_every_step():
    elsewhere = {
        "comparison",
        "criminal",
    }  # their papers are their own: test_state_machine_comparison, test_crime_states
    assert {kind.split(",")[0] for kind in ALLOWED} | elsewhere == set(LetterKind.values)
    for kind, (_home, table) in ALLOWED.items():
        if "," not in kind and kind != "assist":
            assert set(PaperStatus.values) - set(table) <= {"reviewed"}
    assert set(PaperStatus.values) - {"sent", "discarded"} | set(AssistStage.values) == set(
        ALLOWED["assist"][1]
    )
    named = {
        code
        for _home, table in ALLOWED.values()
        for row in table.values()
        for codes in row.values()
        for code in codes
    }
    assert named == {row[0] for row in (*_FOLLOW_UP, *_STAGE)}
