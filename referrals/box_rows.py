"""收 / 发: letters, letters about letters (补正函, 督办函, 立案通知书 …), answers (复函, 书面意见), lists for comparison
(比对), requests between places (协查函), tasks from above and what is written back, as rows of one list, newest first.

Each table is asked by itself for one page from where the reader stands; the pages are laid together by the instant
at which a row went out or came in.
"""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from departments.enums import ReferralKind
from departments.models import User
from referrals import box_answers, box_lamps, boxes, reading_follow_up
from referrals.box_shapes import BoxRow, Place, Source
from referrals.enums import FOLLOW_UPS, TO_RECEIVER, TO_SENDER, ComparisonStatus, LetterKind, ReferralStatus
from referrals.enums_above import TASK_OWING, TaskKind, TaskStatus
from referrals.enums_assist import AssistStage
from referrals.models import AssistLetter, Comparison, FollowUp, Referral, Task

# a state of letters, and what says the same of the others
_COMPARED = {
    ReferralStatus.RECEIVED: (ComparisonStatus.RECEIVED, ComparisonStatus.PREPARED),
    ReferralStatus.WITHDRAWN: (ComparisonStatus.WITHDRAWN, ComparisonStatus.EXPIRED),
}
_ASSISTED = {ReferralStatus.SENT: AssistStage.POSTED, ReferralStatus.RECEIVED: AssistStage.DELIVERED}
# kinds of paper that are no letter of their own; of a kind nobody knows every letter is shown
NO_LETTERS = (LetterKind.ASSIST, *FOLLOW_UPS, *box_answers.REPLIES, *box_answers.TASK_LETTERS, *TaskKind)
_WORKED = {
    ReferralStatus.SENT: (TaskStatus.REGISTERED,),
    ReferralStatus.RECEIVED: (TaskStatus.ASSIGNED,),
    ReferralStatus.ANSWERED: (TaskStatus.REPORTED,),
}


def rows(user: User, box: str, chosen: dict[str, Any], *, at: dt.datetime) -> list[BoxRow]:
    """A page and one more row of the list "in" or "out". A fixed number of queries, however many rows."""
    place = Place.read(chosen.get("before") or "")
    found: list[BoxRow] = []
    for source in _sources(user, box, chosen, at):
        things = source.found
        if place is not None:
            things = things.filter(place.after(source.field, source.rank))
        things = list(things.order_by(f"-{source.field}", "-pk")[: boxes.PAGE + 1])
        if not things:
            continue
        lamps = box_lamps.lamps(things)
        for thing in things:
            row = source.row(thing)
            found.append(BoxRow(**{**row.__dict__, "lamp": lamps.get(thing.pk, (None, None))[0]}))
    found.sort(key=lambda row: (row.at, row.rank, row.thing.pk), reverse=True)
    return found[: boxes.PAGE + 1]


def _sources(user: User, box: str, chosen: dict[str, Any], at: dt.datetime) -> list[Source]:
    kind = chosen.get("kind") or ""
    sources = box_answers.sources(user, box, chosen, at)
    if kind in ("", *FOLLOW_UPS):
        found = _narrowed(_follow_ups(user, box, chosen), chosen, at)
        sources.append(Source(5, "sent_at", found, lambda thing: _follow_up(box, thing)))
    if kind not in NO_LETTERS:
        letters = boxes.letters(user, box, chosen, at=at)
        sources.append(Source(4, "sent_at", letters, lambda thing: _letter(user, box, thing)))
    if kind in ("", ReferralKind.COMPARISON):
        compared = _narrowed(_comparisons(user, box, chosen), chosen, at)
        sources.append(Source(3, "sent_at", compared, lambda thing: _comparison(box, thing)))
    if chosen.get("department"):  # the other side of what follows is no department here
        return sources
    if box == "out" and kind in ("", LetterKind.ASSIST):
        sources.append(Source(2, "sent_at", _narrowed(_assists(user, chosen), chosen, at), _assist))
    if box == "in" and kind in ("", *TaskKind):
        sources.append(Source(1, "created_at", _narrowed(_asked(user, chosen), chosen, at), _task))
    return sources


def _narrowed(found: QuerySet[Any], chosen: dict[str, Any], at: dt.datetime) -> QuerySet[Any]:
    return boxes.with_lamp(found, chosen.get("lamp") or "", at=at)


def _letter(user: User, box: str, letter: Referral) -> BoxRow:
    assert letter.sent_at is not None  # a letter is one that was sent
    return BoxRow(
        thing=letter, at=letter.sent_at, rank=4, subject=letter.dispatch.subject, kind=letter.get_kind_display(),
        number=letter.number, other=letter.issuer if box == "in" else letter.receiver,
        state=letter.get_status_display(), handler=letter.handler,
        pick=letter.pk if boxes.may_tick(user, box, letter) else None,
    )  # fmt: skip


def _follow_ups(user: User, box: str, chosen: dict[str, Any]) -> QuerySet[FollowUp]:
    """Letters about a letter that went out: one's own, or those to one's department. Drafts stand among the drafts."""
    mine = FollowUp.objects.visible_to(user).filter(status="sent", department=user.department)
    found = (FollowUp.objects.received_by(user) if box == "in" else mine).for_list()  # door: its own, what one reads
    if chosen.get("kind"):
        found = found.filter(kind=chosen["kind"])
    if chosen.get("department"):
        other = chosen["department"]
        watched = Q(kind=LetterKind.OVERSIGHT, referral__dispatch__criminal_transfer__procuratorate=other)
        to = Q(kind__in=TO_SENDER, referral__sender=other) | Q(kind__in=TO_RECEIVER, referral__receiver=other)
        found = found.filter(Q(department=other) if box == "in" else to | watched)
    if chosen.get("status") in ReferralStatus.values:
        proved = {ReferralStatus.SENT: True, ReferralStatus.RECEIVED: False}.get(chosen["status"])
        found = found.none() if proved is None else found.filter(delivery__isnull=proved)
    if chosen.get("open") == "1":  # nothing is done with it here but to prove its service
        found = found.unproved()
    if chosen.get("q"):
        read = ~Q(kind=LetterKind.SUPERVISION)  # the office does not read what the letter says
        number = Q(document__number__icontains=chosen["q"]) | Q(referral__number__icontains=chosen["q"])
        found = found.filter(number | read & Q(referral__dispatch__subject__icontains=chosen["q"]))
    return found


def _follow_up(box: str, thing: FollowUp) -> BoxRow:
    assert thing.sent_at is not None and thing.document is not None  # by constraint of what was sent
    return BoxRow(
        thing=thing, at=thing.sent_at, rank=5, subject=reading_follow_up.title(thing), kind=thing.get_kind_display(),
        number=thing.document.number, other=thing.department if box == "in" else reading_follow_up.sent_to(thing),
        state=reading_follow_up.state(thing), handler=thing.drafted_by if box == "out" else None,
        page=reading_follow_up.about_url(thing) if box == "in" else "",
    )  # fmt: skip


def _comparisons(user: User, box: str, chosen: dict[str, Any]) -> QuerySet[Comparison]:
    here, other = ("receiver", "sender") if box == "in" else ("sender", "receiver")
    found = Comparison.objects.visible_to(user).for_list().filter(sent_at__isnull=False, **{here: user.department})
    if chosen.get("department"):
        found = found.filter(**{other: chosen["department"]})
    if chosen.get("status") in ReferralStatus.values:
        found = found.filter(status__in=_COMPARED.get(chosen["status"], (chosen["status"],)))
    if chosen.get("open") == "1":
        found = found.open()
    if chosen.get("q"):
        found = found.filter(Q(number__icontains=chosen["q"]) | Q(purpose__icontains=chosen["q"]))
    return found


def _comparison(box: str, thing: Comparison) -> BoxRow:
    assert thing.sent_at is not None  # asked for above
    return BoxRow(
        thing=thing, at=thing.sent_at, rank=3, subject=f"{thing.get_kind_display()}：{thing.purpose}",
        kind=ReferralKind.COMPARISON.label, number=thing.number,
        other=thing.sender if box == "in" else thing.receiver, state=thing.get_status_display(),
        handler=thing.drafted_by if box == "out" else None,
    )  # fmt: skip


def _assists(user: User, chosen: dict[str, Any]) -> QuerySet[AssistLetter]:
    found = AssistLetter.objects.visible_to(user).for_list().filter(department=user.department, status="sent")
    if chosen.get("status") in ReferralStatus.values:
        found = found.filter(stage=_ASSISTED.get(chosen["status"], chosen["status"]))
    if chosen.get("open") == "1":
        found = found.unsettled()
    if chosen.get("q"):
        found = found.filter(Q(document__number__icontains=chosen["q"]) | Q(title__icontains=chosen["q"]))
    return found


def _assist(thing: AssistLetter) -> BoxRow:
    assert thing.sent_at is not None and thing.document is not None  # by constraint of what was sent
    return BoxRow(
        thing=thing, at=thing.sent_at, rank=2, subject=thing.title, kind=LetterKind.ASSIST.label,
        number=thing.document.number, other=thing.body_name, state=thing.get_stage_display(), handler=thing.drafted_by,
    )  # fmt: skip


def _asked(user: User, chosen: dict[str, Any]) -> QuerySet[Task]:
    """Tasks from above and 协查函 of other places that this department took in or works."""
    found = Task.objects.visible_to(user).for_list()
    if chosen.get("kind"):
        found = found.filter(kind=chosen["kind"])
    found = found.filter(Q(department=user.department) | Q(registered_in=user.department))
    if chosen.get("status") in ReferralStatus.values:
        found = found.filter(status__in=_WORKED.get(chosen["status"], (chosen["status"],)))
    if chosen.get("open") == "1":
        found = found.filter(status__in=TASK_OWING)
    if chosen.get("q"):
        found = found.filter(Q(number__icontains=chosen["q"]) | Q(subject__icontains=chosen["q"]))
    return found


def _task(thing: Task) -> BoxRow:
    return BoxRow(
        thing=thing, at=thing.created_at, rank=1, subject=thing.subject,
        kind=LetterKind.ASSIST.label if thing.kind == TaskKind.ASSIST else thing.get_kind_display(),
        number=thing.number, other=thing.body_name, state=thing.get_status_display(), handler=thing.handler,
    )  # fmt: skip
