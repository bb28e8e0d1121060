"""Papers and letters for tests, brought to any state through the actions of the room."""

import datetime as dt

from core.dates import local_date
from departments.enums import Role
from departments.models import User
from referrals.actions.closing import close_referral, withdraw_referral
from referrals.actions.drafting import Line, draft_dispatch
from referrals.actions.handling import accept_referral, assign_referral, return_referral
from referrals.actions.papers import approve_paper, discard_paper, review_paper, submit_paper
from referrals.actions.receipt import sign_for
from referrals.actions.replies import draft_reply, send_reply
from referrals.actions.sending import send_dispatch
from referrals.actions.support import discover_need
from referrals.rules import signing_rule

SUBJECT = "关于移交仁和医院涉嫌分解住院线索的函"


def acting(department, role):
    """The first person of a department with a role, a fresh instance each time."""
    return User.objects.acting_for(department, role).order_by("pk").first()


def make_dispatch(case, receivers, *, by, at, kind="transfer", status="draft", days=20, **more):
    """A transfer of the whole evidence of `case` (or another kind), brought to `status`."""
    given = {
        "kind": kind,
        "subject": SUBJECT,
        "facts": "37名参保人员52人次出院后3日内再次入院。",
        "manifest": [Line(evidence=piece) for piece in case.evidence.all()],
        "limit_on": local_date(at) + dt.timedelta(days=days),
    }
    if kind == "early":
        given["unclear"] = "违规还是犯罪"
    dispatch = draft_dispatch(case=case, receivers=receivers, by=by, at=at, **given | more)
    return bring_paper(dispatch, status, at=at)


def make_need(case, receiver, *, by, at, status="draft", days=14, **more):
    """A need for technical support, its notice brought to `status`."""
    given = {
        "discovered_on": local_date(at),
        "questions": ["入院指征是否成立", "医师执业资质是否相符"],
        "subject": "关于商请对仁和医院诊疗行为提供技术支持的函",
        "facts": "涉及37份住院病历。",
        "manifest": [Line(evidence=piece) for piece in case.evidence.all()],
        "limit_on": local_date(at) + dt.timedelta(days=days),
    } | more
    return bring_paper(discover_need(case=case, receiver=receiver, by=by, at=at, **given), status, at=at)


def bring_paper(paper, status, *, at):
    """Submit, review and sign as far as `status`; sending is `make_referral` and `answer`."""
    if status == "discarded":
        return discard_paper(paper=paper, reason="重复", by=paper.drafted_by, at=at)
    rule = signing_rule(paper)
    if status in ("submitted", "reviewed", "approved", "sent"):
        submit_paper(paper=paper, by=paper.drafted_by, at=at)
    if status in ("reviewed", "approved", "sent") and rule.reviewer:
        review_paper(paper=paper, by=acting(paper.department, rule.reviewer), at=at)
    if status in ("approved", "sent"):
        approve_paper(paper=paper, by=acting(paper.department, rule.signer), at=at)
    if status == "sent":
        send_dispatch(dispatch=paper, by=acting(paper.department, Role.REGISTRAR), at=at)
    return paper


def bring_referral(referral, status, *, at):
    """A letter that was just sent, brought to `status` by the people of both sides."""
    receiver, sender = referral.receiver, referral.sender
    if status == "withdrawn":
        return withdraw_referral(referral=referral, reason="错发", by=referral.dispatch.drafted_by, at=at)
    if status == "sent":
        return referral
    sign_for(referral=referral, by=acting(receiver, Role.REGISTRAR), at=at)
    if status == "received":
        return referral
    handler = acting(receiver, Role.HANDLER)
    assign_referral(referral=referral, person=handler, by=acting(receiver, Role.SECTION_HEAD), at=at)
    if status == "returned":
        return return_referral(referral=referral, category="competence", reason="不属本局职责", by=handler, at=at)
    accept_referral(referral=referral, by=handler, at=at)
    if status in ("answered", "closed"):
        answer(referral, at=at)
    if status == "closed":
        close_referral(referral=referral, by=acting(sender, Role.HANDLER), at=at)
    return referral


def make_reply(referral, *, at, status="draft", **more):
    """The reply to a letter that is being worked, brought to `status`."""
    questions = referral.dispatch.questions.all()
    given = {"text": "经核查属实。", "answers": {question.pk: "是" for question in questions}} | more
    reply = draft_reply(referral=referral, by=referral.handler, at=at, **given)
    return bring_paper(reply, status, at=at)


def answer(referral, *, at, **more):
    """A reply drafted, signed and sent."""
    reply = make_reply(referral, at=at, status="approved", **more)
    send_reply(reply=reply, by=acting(referral.receiver, Role.REGISTRAR), at=at)
    referral.refresh_from_db()
    return reply
