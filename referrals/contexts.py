"""What goes into the papers of this room: plain data, frozen with the issued document.

Always Chinese, whatever language the person works in. `letters` turns a context into a paper.
"""

import datetime as dt
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import override

from core.dates import local_date
from departments.enums import ReferralKind
from departments.models import Department, User
from referrals.enums import ReferralStatus
from referrals.models import Dispatch, JointTeam, Referral, Reply, SuppliedItem

LETTER_OF = {
    ReferralKind.BULLETIN: "bulletin_letter",
    ReferralKind.TRANSFER: "transfer_letter",
    ReferralKind.SUPPORT: "support_letter",
    ReferralKind.EARLY: "early_letter",
}
# the mechanism's clauses: 三、（一）信息互通 （二）联合检查与技术支持 （三）线索移交
_CLAUSE = {
    ReferralKind.BULLETIN: "一",
    ReferralKind.EARLY: "一",
    ReferralKind.SUPPORT: "二",
    ReferralKind.TRANSFER: "三",
}


def letter_kind(dispatch: Dispatch) -> str:
    """Which paper a dispatch is printed as."""
    return "forward_letter" if dispatch.forwards_id else LETTER_OF[ReferralKind(dispatch.kind)]


def addressed(department: Department) -> str:
    """How a letter within the county addresses a department: 青禾县卫生健康局 → 县卫生健康局."""
    region = department.region.name
    return region[-1] + department.name[len(region) :] if department.name.startswith(region) else department.name


def word(name: str) -> str:
    """局, 办 or 院 as in 我局, 你局; 单位 for anything else."""
    return next((word for end, word in (("局", "局"), ("办公室", "办"), ("院", "院")) if name.endswith(end)), "单位")


def _mechanism(department: Department, kind: str) -> str:
    return f"《{department.region.name}医疗保障领域协作联动工作机制》第三条第（{_CLAUSE[ReferralKind(kind)]}）项"


def contact(person: User, department: Department) -> str:
    """The 附注 of a letter: whom to call."""
    phone = person.phone or department.hotline
    return f"联系人：{person.name}" + (f"，电话：{phone}" if phone else "")


def dispatch_context(referral: Referral, *, at: dt.datetime) -> dict[str, Any]:
    """Everything the letter of a referral says, as JSON-ready data."""
    return draft_context(referral.dispatch, referral.receiver, at=at)


def draft_context(dispatch: Dispatch, receiver: Department, *, at: dt.datetime) -> dict[str, Any]:
    """The same for a paper that was not sent yet (preview)."""
    case = dispatch.case
    with override("zh-hans"):
        return {
            "kind": dispatch.kind,
            "issuer": dispatch.department.name,
            "receiver": addressed(receiver),
            "receiver_word": word(receiver.name),
            "title": dispatch.subject,
            "date": local_date(at).isoformat(),
            "case_number": case.number,
            "case_title": case.title,
            "mechanism": _mechanism(dispatch.department, dispatch.kind),
            "source": str(case.get_source_display()),
            "subjects": [
                {"name": subject.name, "uscc": subject.uscc or "", "address": subject.address}
                for subject in case.subjects.order_by("-case_subjects__principal", "pk")
            ],
            "categories": [category.name for category in case.categories.all()],
            "facts": dispatch.facts,
            "amount": None if dispatch.amount is None else str(dispatch.amount),
            "request": dispatch.request,
            "unclear": dispatch.unclear,
            "handled": dispatch.handled,
            "circle": dispatch.circle,
            "copies": [addressed(department) for department in dispatch.copied.order_by("pk")],
            "limit_on": dispatch.limit_on.isoformat() if dispatch.limit_on else None,
            "discovered_on": dispatch.discovered_on.isoformat() if dispatch.discovered_on else None,
            "questions": [question.text for question in dispatch.questions.all()],
            "manifest": [
                [item.name, item.quantity, item.pages, item.sha256, item.remark, item.evidence.origin]
                for item in dispatch.manifest.select_related("evidence")
            ],
            "contact": contact(dispatch.drafted_by, dispatch.department),
            **_forwarded(dispatch),
        }


def _forwarded(dispatch: Dispatch) -> dict[str, Any]:
    """What a 转送函 says of the letter it passes on; nothing for any other paper."""
    letter = dispatch.forwards
    if letter is None:
        return {}
    return {
        "asked_title": letter.dispatch.subject,
        "asked_number": letter.number,
        "asked_by": addressed(letter.sender),
    }


def reply_context(reply: Reply, *, at: dt.datetime) -> dict[str, Any]:
    """Everything a letter of answer or a written opinion says, as JSON-ready data."""
    referral = reply.referral
    with override("zh-hans"):
        return {
            "kind": reply.kind.value,
            "issuer": reply.department.name,
            "receiver": addressed(referral.sender),
            "receiver_word": word(referral.sender.name),
            "date": local_date(at).isoformat(),
            "asked_title": referral.dispatch.subject,
            "asked_number": referral.number,
            "text": reply.text,
            "answers": [[answer.question.text, answer.text] for answer in reply.answers.select_related("question")],
            "basis": reply.basis,
            "reservation": reply.reservation,
            "experts": reply.experts,
            "contact": contact(reply.drafted_by, reply.department),
        }


def receipt_context(referral: Referral, *, at: dt.datetime) -> dict[str, Any]:
    """What a 移交回执 says, as JSON-ready data: after acceptance or return."""
    accepted = referral.status == ReferralStatus.ACCEPTED
    proof = getattr(referral, "delivery_proof", None)
    with override("zh-hans"):
        return {
            "kind": referral.kind,
            "issuer": referral.receiver.name,
            "date": local_date(at).isoformat(),
            "asked_number": referral.number,
            "asked_title": referral.dispatch.subject,
            "sender": referral.sender.name,
            "received_on": local_date(referral.received_at).isoformat(),
            "received_by": proof.received_by_name if proof else referral.received_by.name,
            "received_how": proof.method if proof else "",
            "received_at": "" if proof else f"{localtime(referral.received_at):%H:%M}",
            "items": referral.dispatch.manifest.count(),
            "proved": proof is not None,
            "accepted": accepted,
            "handler": referral.handler.name if referral.handler else "",
            "category": "" if accepted else str(referral.get_return_category_display()),
            "reason": "" if accepted else referral.return_reason,
            "limit_on": referral.limit_on.isoformat() if referral.limit_on else None,
            "refused": [[verdict.name, verdict.reason] for verdict in referral.verdicts.filter(accepted=False)],
            "supplied": SuppliedItem.objects.filter(
                completion__referral=referral, completion__status="taken"
            ).count(),
        }


def team_context(team: JointTeam, *, at: dt.datetime) -> dict[str, Any]:
    """What a 定性意见 says, as JSON-ready data: who took part, what each department held, what was recorded."""
    views = list(team.views.select_related("department").order_by("pk"))
    members = list(team.members.select_related("department", "user").order_by("pk"))
    taking_part: dict[str, list[str]] = {}
    for member in members:
        names = taking_part.setdefault(member.department.name, [])
        if str(member) not in names:
            names.append(str(member))
    with override("zh-hans"):
        return {
            "issuer": team.department.name,
            "date": local_date(at).isoformat(),
            "case_title": team.case.title,
            "case_number": team.case.number,
            "subjects": [
                {"name": subject.name, "uscc": subject.uscc or "", "address": ""}
                for subject in team.case.subjects.order_by("-case_subjects__principal", "pk")
            ],
            "receivers": [
                addressed(department)
                for department in dict.fromkeys(member.department for member in members)
                if department.pk != team.department_id
            ],
            "mechanism": _mechanism(team.department, ReferralKind.EARLY),
            "unclear": team.unclear,
            "members": [[name, people] for name, people in taking_part.items()],
            "views": [
                [view.department.name, str(view.get_nature_display()), view.text, view.nature != team.outcome]
                for view in views
            ],
            "outcome": str(team.get_outcome_display()),
            "reasons": team.reasons,
            "contact": contact(team.concluded_by, team.department),
        }
