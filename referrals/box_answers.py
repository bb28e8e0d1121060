"""收 / 发: answers (复函, 书面意见), letters to the body of a task, and 督办函 on data comparisons, once they went out."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from departments.enums import ReferralKind
from departments.models import User
from referrals import boxes
from referrals.box_shapes import BoxRow, Source
from referrals.enums import LetterKind, ReferralStatus
from referrals.enums_above import Purpose
from referrals.models import ListSupervision, Reply, TaskLetter
from referrals.receiving_enums import ListSupervisionStatus

REPLIES = (LetterKind.ANSWER, LetterKind.OPINION)
_PURPOSES = {
    LetterKind.TASK_REPORT: Purpose.REPORT, LetterKind.TASK_DELAY: Purpose.DELAY, LetterKind.TASK_HAND: Purpose.HANDOVER,
}  # fmt: skip
TASK_LETTERS = tuple(_PURPOSES)
KINDS = {"in": REPLIES, "out": (*REPLIES, *TASK_LETTERS)}


def sources(user: User, box: str, chosen: dict[str, Any], at: dt.datetime) -> list[Source]:
    """The tables of the list "in" or "out" that hold something of the kind asked for."""
    kind = chosen.get("kind") or ""
    found = []
    if kind in ("", LetterKind.SUPERVISION):
        pressed = _lit(_supervisions(user, box, chosen), chosen, at)
        found.append(Source(8, "issued_at", pressed, lambda thing: _supervision(box, thing)))
    # the other side of a letter to the body of a task is no department here
    if box == "out" and kind in ("", *TASK_LETTERS) and not chosen.get("department"):
        found.append(Source(7, "sent_at", _lit(_task_letters(user, chosen), chosen, at), _task_letter))
    if kind in ("", *REPLIES):
        answers = _lit(_replies(user, box, chosen), chosen, at)
        found.append(Source(6, "sent_at", answers, lambda thing: _reply(box, thing)))
    return found


def _lit(found: QuerySet[Any], chosen: dict[str, Any], at: dt.datetime) -> QuerySet[Any]:
    return boxes.with_lamp(found, chosen.get("lamp") or "", at=at)


def _settled(found: QuerySet[Any], chosen: dict[str, Any]) -> QuerySet[Any]:
    """A letter that only tells waits for nothing: it is in no state a letter could still be in, and never open."""
    asked = chosen.get("status") in ReferralStatus.values or chosen.get("open") == "1"
    return found.none() if asked else found


def _replies(user: User, box: str, chosen: dict[str, Any]) -> QuerySet[Reply]:
    found = Reply.objects.visible_to(user).filter(status="sent")
    here, other = ("referral__sender", "department") if box == "in" else ("department", "referral__sender")
    found = found.filter(**{here: user.department})
    if chosen.get("kind") == LetterKind.OPINION:
        found = found.filter(referral__kind=ReferralKind.SUPPORT)
    if chosen.get("kind") == LetterKind.ANSWER:
        found = found.exclude(referral__kind=ReferralKind.SUPPORT)
    if chosen.get("department"):
        found = found.filter(**{other: chosen["department"]})
    if chosen.get("q"):
        number = Q(document__number__icontains=chosen["q"]) | Q(referral__number__icontains=chosen["q"])
        found = found.filter(number | Q(referral__dispatch__subject__icontains=chosen["q"]))
    return _settled(found, chosen).select_related(
        "referral__dispatch", "referral__sender", "department", "document", "drafted_by"
    )


def _reply(box: str, thing: Reply) -> BoxRow:
    assert thing.sent_at is not None and thing.document is not None  # by constraint of what was sent
    return BoxRow(
        thing=thing, at=thing.sent_at, rank=6, subject=f"{thing.kind.label}：{thing.referral.dispatch.subject}",
        kind=thing.kind.label, number=thing.document.number,
        other=thing.department if box == "in" else thing.referral.sender, state=thing.get_status_display(),
        handler=thing.drafted_by if box == "out" else None,
    )  # fmt: skip


def _task_letters(user: User, chosen: dict[str, Any]) -> QuerySet[TaskLetter]:
    found = TaskLetter.objects.visible_to(user).filter(status="sent", department=user.department)
    if chosen.get("kind"):
        found = found.filter(purpose=_PURPOSES[LetterKind(chosen["kind"])])
    if chosen.get("q"):
        number = Q(document__number__icontains=chosen["q"]) | Q(task__number__icontains=chosen["q"])
        found = found.filter(number | Q(title__icontains=chosen["q"]))
    return _settled(found, chosen).select_related("task", "document", "drafted_by")


def _task_letter(thing: TaskLetter) -> BoxRow:
    assert thing.sent_at is not None and thing.document is not None  # by constraint of what was sent
    return BoxRow(
        thing=thing, at=thing.sent_at, rank=7, subject=thing.title, kind=thing.kind.label, number=thing.document.number,
        other=thing.task.body_name, state=thing.get_status_display(), handler=thing.drafted_by,
    )  # fmt: skip


def _supervisions(user: User, box: str, chosen: dict[str, Any]) -> QuerySet[ListSupervision]:
    """督办函 on data comparisons: of the own office, or to one's own department. They name the comparison by its number."""
    found = (
        ListSupervision.objects.visible_to(user)
        .filter(issued_at__isnull=False, document__isnull=False)
        .for_list()
    )
    here, other = ("comparison__receiver", "office") if box == "in" else ("office", "comparison__receiver")
    found = found.filter(**{here: user.department})
    if chosen.get("department"):
        found = found.filter(**{other: chosen["department"]})
    if chosen.get("status") in ReferralStatus.values:
        answered = (
            Q(status=ListSupervisionStatus.REPLIED)
            if chosen["status"] == ReferralStatus.ANSWERED
            else Q(pk=None)
        )
        found = found.filter(answered)
    if chosen.get("open") == "1":
        found = found.filter(status=ListSupervisionStatus.ISSUED)
    if chosen.get("q"):
        found = found.filter(
            Q(document__number__icontains=chosen["q"]) | Q(comparison__number__icontains=chosen["q"])
        )
    return found


def _supervision(box: str, thing: ListSupervision) -> BoxRow:
    assert thing.issued_at is not None and thing.document is not None  # asked for above
    label = LetterKind.SUPERVISION.label
    return BoxRow(
        thing=thing, at=thing.issued_at, rank=8,
        subject=f"{label}：{thing.comparison._meta.verbose_name} {thing.comparison.number}",
        kind=label, number=thing.document.number, other=thing.office if box == "in" else thing.comparison.receiver,
        state=thing.get_status_display(), handler=thing.drafted_by if box == "out" else None,
    )  # fmt: skip
