"""What pages and panels show of papers and referrals: tracks, clocks, history. Nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from cases.tabs import address_of
from core.dates import local_date
from core.gathering import Gathering, Steps, stepwise
from core.seeded import seeded
from core.wording import moment, short_day
from deadlines.calendar import Calendar
from deadlines.explain import Explanation, explain, limit_words
from deadlines.lamps import lamp_of
from deadlines.models import Deadline, DeadlineChange
from departments.enums import ReferralKind
from journal.models import Event
from journal.render import timeline
from referrals.enums import LetterKind, PaperStatus, ReferralStatus
from referrals.models import CriminalTransfer, Paper, Referral, Reply
from referrals.rules import signing_rules


def case_url(case: Case, panel: str = "") -> str:
    """The case page; with a panel, on its tab."""
    return address_of(case.pk, panel)


@dataclass(frozen=True)
class StepShown:
    """One step of a track: state is ok, wait, blue, bad or empty (partials/track.html)."""

    label: str
    state: str = ""
    who: str = ""
    when_text: str = ""


@dataclass(frozen=True)
class ClockShown:
    """A clock with its lamp and the reason for every day (partials/deadline.html)."""

    name: str
    lamp: str
    days: int | None
    lamp_words: Any
    explanation: Explanation
    meta: str
    due_on: Any
    over: bool
    late_reason: str

    @property
    def label(self) -> str:
        """The name in the reader's language, as of a `Deadline`; letters print `name`."""
        return seeded(self.name)


def clocks(*things: Any, owing: str = "") -> list[ClockShown]:
    """The clocks on some things of this room, running ones first, in one query.

    owing: the body that owes, where it is none of this system."""
    gathering = Gathering()
    rows = clocks_asked(gathering, *things)
    gathering.ask()
    return clocks_shown(rows, owing)


def clocks_asked(gathering: Gathering, *things: Any) -> QuerySet:
    """The clocks on some things with what changed them, asked together with the rest of a page."""
    wanted: dict[str, list[int]] = {}
    for thing in things:
        wanted.setdefault(thing.kind_code, []).append(thing.pk)
    on, of_change = Q(pk__in=[]), Q(pk__in=[])
    for kind, ids in wanted.items():
        on |= Q(target_kind=kind, target_id__in=ids)
        of_change |= Q(deadline__target_kind=kind, deadline__target_id__in=ids)
    rows = gathering.rows(Deadline.objects.filter(on).select_related("department", "rule"))
    gathering.hang_each(rows, "changes", DeadlineChange.objects.filter(of_change))
    return rows


def clocks_shown(rows: Iterable[Deadline], owing: str = "") -> list[ClockShown]:
    """Those clocks in words, running ones first."""
    today, calendar = local_date(timezone.now()), Calendar.current()
    found = sorted(rows, key=lambda row: (row.ended_at is not None, row.due_at, row.pk))
    return [_clock(row, today, calendar, owing) for row in found]


def _meta(row: Deadline, owing: str) -> str:
    """“县公安局应于2026-11-23前完成 · 3个自然日”: who owes, until when, the limit in its unit, whether it is internal."""
    who = _("%(department)s, due on %(day)s") % {"department": owing or row.department, "day": row.due_on.isoformat()}
    limit = [limit_words(row.amount, row.unit)] if row.amount is not None else []
    return " · ".join([who, *limit, *([_("internal limit")] if row.rule.internal else [])])


def _clock(row: Deadline, today: Any, calendar: Calendar, owing: str) -> ClockShown:
    lamp = lamp_of(row, today, calendar)
    return ClockShown(
        name=row.name,
        lamp=lamp.color,
        days=lamp.days,
        lamp_words=lamp.words,
        explanation=explain(row, today, calendar=calendar, changes=row.changes.all()),
        meta=_meta(row, owing),
        due_on=row.due_on,
        over=row.ended_at is not None,
        late_reason=row.late_reason,
    )


def lamps(
    things: Iterable[Any], kind: str = "referral", known: Iterable[Deadline] | None = None
) -> dict[int, Any]:
    """The most urgent running clock of each thing of a kind as a lamp with its words, in one query; none where the
    running clocks are `known`, the most urgent first.

    A letter of suspected crime has those of its file where the file is now: one query more where there is one."""
    return lit(list(things), kind, known)


@stepwise
def lit(things: Iterable[Any], kind: str, known: Iterable[Deadline] | None, asked: Gathering) -> Steps:
    """`lamps` in step with other readings: one query, with that for the files of suspected crime."""
    today, calendar = local_date(timezone.now()), Calendar.current()
    wanted = Q(target_kind=kind, target_id__in=[thing.pk for thing in things])
    handed = [thing.pk for thing in things if getattr(thing, "kind", "") == ReferralKind.CRIMINAL]
    files = CriminalTransfer.objects.none()
    if kind == Referral.kind_code and handed:
        files = CriminalTransfer.objects.filter(referral__in=handed).order_by()  # door: of letters the caller may see
        wanted |= Q(target_kind="crime", target_id__in=files.values("pk"))
    pairs = asked.rows(files.values_list("pk", "referral_id"))
    if known is None:
        known = asked.rows(Deadline.objects.open().filter(wanted).order_by("due_at", "pk"))
    yield
    crimes = dict(pairs)
    shown: dict[int, Any] = {}
    of_these = {(kind, thing.pk) for thing in things} | {("crime", pk) for pk in crimes}
    for row in known:
        if (row.target_kind, row.target_id) not in of_these:
            continue
        target = row.target_id if row.target_kind == kind else crimes[row.target_id]
        shown.setdefault(target, (lamp_of(row, today, calendar), row))
    return shown


def asks_why_late(*things: Any) -> bool:
    """Whether a running clock of one of these is late and wants a reason."""
    wanted = Q()
    for thing in things:
        wanted |= Q(target_kind=thing.kind_code, target_id=thing.pk)
    late = Deadline.objects.open().filter(wanted, due_at__lte=timezone.now(), rule__asks_reason=True)
    return late.exists()  # door: the caller may see the things


def lamp_pair(row: Deadline) -> tuple[Any, Deadline]:
    """One running clock as a lamp, with the clock."""
    return lamp_of(row, local_date(timezone.now()), Calendar.current()), row


def lamp_row(pair: tuple[Any, Deadline] | None) -> dict[str, Any]:
    """The lamp of a task row."""
    if pair is None:
        return {"lamp": "n", "days": None, "due": None}
    shown, row = pair
    return {"lamp": shown.color, "days": shown.days, "due": row.due_on}


def paper_track(paper: Paper, user: Any) -> list[StepShown]:
    """拟稿 → 审核 → 签发 → 发出, as far as it has come. user: the reader, who is asked for the signing rules once."""
    rule = signing_rules(user)[LetterKind(paper.kind)]  # type: ignore[attr-defined]
    stages = [(_("Drafted"), "drafted", PaperStatus.DRAFT)]
    if rule.reviewer:
        stages.append((_("Reviewed"), "reviewed", PaperStatus.SUBMITTED))
        stages.append((_("Signed"), "approved", PaperStatus.REVIEWED))
    else:
        stages.append((_("Signed"), "approved", PaperStatus.SUBMITTED))
    stages.append((_("Numbered and sent"), "sent", PaperStatus.APPROVED))
    steps = []
    for label, stem, waiting_in in stages:
        at, by = getattr(paper, f"{stem}_at"), getattr(paper, f"{stem}_by")
        if paper.status == waiting_in:
            state = "bad" if paper.status == PaperStatus.DRAFT and paper.sent_back_reason else "wait blue"
        else:
            state = "ok" if at is not None and paper.status != PaperStatus.DISCARDED else ""
        shown = at if state in ("ok", "bad") or stem == "drafted" else None
        steps.append(StepShown(label, state.replace("wait blue", "blue"), by.name if shown and by else "", moment(shown)))
    return steps


def _taken_by(referral: Referral) -> str:
    """Who took the letter there: on paper the person the proof names, never our own registrar who wrote it down."""
    proof = getattr(referral, "delivery_proof", None)
    if proof is not None:
        return proof.received_by_name
    if not referral.receiver.has_account:  # by its one-time link
        return str(referral.receiver)
    return referral.received_by.name if referral.received_by else ""


def track(referral: Referral) -> list[StepShown]:
    """The four steps of the mock-up: 发出 / 签收 / 核查 / 反馈; a bulletin that asks for nothing has no work in it."""
    status, limit = referral.status, referral.limit_on
    sent = StepShown(_("Sent"), "ok", referral.sent_by.name if referral.sent_by else "", moment(referral.sent_at))
    if status == ReferralStatus.WITHDRAWN:
        return [sent, StepShown(_("Withdrawn"), "bad", "", moment(referral.withdrawn_at))]
    if referral.received_at:
        received = StepShown(_("Signed for"), "ok", _taken_by(referral), moment(referral.received_at))
    else:
        received = StepShown(_("Sign for"), "wait", _("waiting for %(who)s") % {"who": referral.receiver})
    if referral.returned_at:
        return [sent, received, StepShown(_("Returned"), "bad", "", moment(referral.returned_at))]
    if limit is None and referral.accepted_at is None and referral.kind == ReferralKind.BULLETIN:
        # nothing is asked for: once it was signed for, its sender closes it
        over = StepShown(_("Close"), "ok" if referral.closed_at else "", "", moment(referral.closed_at))
        return [sent, received, over]
    worker = referral.handler.name if referral.handler else ""
    until = _("until %(day)s") % {"day": short_day(limit)} if limit else ""
    working_label = _("Opinion") if referral.kind == ReferralKind.SUPPORT else _("Work")
    if referral.answered_at:
        working = StepShown(working_label, "ok", worker, moment(referral.accepted_at))
    elif status == ReferralStatus.ACCEPTED:
        since = _("redo") if referral.redo_count else moment(referral.accepted_at)
        working = StepShown(working_label, "blue", worker, since)
    elif status == ReferralStatus.RECEIVED:
        working = StepShown(working_label, "wait", worker or _("to be assigned"), "")
    else:
        working = StepShown(working_label)
    if referral.answered_at:
        answered = StepShown(_("Answer"), "ok", "", moment(referral.answered_at))
    else:
        answered = StepShown(_("Answer"), "", "", until)
    return [sent, received, working, answered]


def history(thing: Any, user: Any, *more: Any) -> list[tuple[Any, list]]:
    """What happened to a thing and to those that belong to it, by day. The caller may see them."""
    return timeline(events_of(thing, *(Q(target_kind=other.kind_code, target_id=other.pk) for other in more)), user)


def events_of(thing: Any, *also: Q) -> QuerySet:
    """The events of a thing, and those of its case that `also` names."""
    wanted = Q(target_kind=thing.kind_code, target_id=thing.pk)
    for other in also:
        wanted |= other
    return Event.objects.filter(wanted, case_id=getattr(thing, "case_id", None))


def replies_of(referral: Referral, user: Any) -> list[Reply]:
    """The replies this person may read, newest first."""
    return list(replies_asked(referral, user))


def replies_asked(referral: Referral, user: Any) -> QuerySet:
    """The same, not asked yet."""
    found = Reply.objects.visible_to(user).filter(referral=referral).select_related("document", "drafted_by")
    return found.order_by("-pk")


def last_answer(referral: Referral, user: Any) -> tuple[dict[str, str], dict[int, str]]:
    """What a new reply begins with after a redo: the last answer, without the questions that are to be answered anew."""
    last = next((reply for reply in replies_of(referral, user) if reply.status == PaperStatus.SENT), None)
    if last is None:
        return {}, {}
    again = set(
        referral.redo_points.filter(round=referral.redo_count, kind="matter").values_list("position", flat=True)
    )
    answers = last.answers.select_related("question")
    kept = {answer.question_id: answer.text for answer in answers if answer.question.position not in again}
    return {name: getattr(last, name) for name in ("text", "basis", "reservation", "experts")}, kept
