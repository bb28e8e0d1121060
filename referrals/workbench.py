"""What this room puts on the workbench: what waits for me, what waits for a signature, what I started."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from cases.models import Case
from core.gathering import Gathering, Steps, side_by_side, stepwise
from core.registry import TaskRow
from core.tally import Countable
from deadlines.models import Deadline
from departments.enums import LEADERS, Role
from departments.models import User
from referrals import offers, reading, receiving_workbench, rules, rules_writing
from referrals.enums import CRIME_LETTERS, LetterKind, PaperStatus, ReferralStatus
from referrals.enums_above import Purpose
from referrals.models import AssistLetter, Dispatch, Extension, FollowUp, Paper, Referral, Reply, TaskLetter

MOST = 2000
PAPERS: tuple[type[Paper], ...] = (Dispatch, Reply, FollowUp)  # those on the letters' own task list


def _kinds_for(user: User, step: str) -> list[str]:
    """The kinds of paper this person reviews or signs."""
    return [
        rule.kind
        for rule in rules.signing_rules(user).values()
        if getattr(rule, step) and rules.at_least(user, getattr(rule, step))
    ]


def _kind_is(model: type[Paper], kinds: list[str]) -> Q:
    if model in (Dispatch, FollowUp):
        return Q(kind__in=kinds)
    if model is AssistLetter:
        return Q(pk__isnull="assist" not in kinds)
    if model is TaskLetter:
        return Q(purpose__in=[purpose for purpose in Purpose if TaskLetter(purpose=purpose).kind in kinds])
    wanted = Q(pk=None)
    if "opinion" in kinds:
        wanted |= Q(referral__kind="support")
    if "answer" in kinds:
        wanted |= ~Q(referral__kind="support")
    return wanted


def waiting_papers(user: User, model: type[Paper]) -> QuerySet:
    """Papers of the person's department whose next step is theirs."""
    found = model.objects.visible_to(user).filter(department=user.department)
    if model is Dispatch:
        found = found.ordinary()
    reviewed, signed = _kinds_for(user, "reviewer"), _kinds_for(user, "signer")
    direct = [kind for kind in signed if not rules.signing_rules(user)[kind].reviewer]
    others = ~Q(drafted_by=user) & ~Q(pk__in=rules_writing.changed_by(user, model))
    mine = Q(status=PaperStatus.DRAFT, drafted_by=user)
    mine |= Q(status=PaperStatus.SUBMITTED) & others & (_kind_is(model, reviewed) | _kind_is(model, direct))
    mine |= Q(status=PaperStatus.REVIEWED) & others & ~Q(reviewed_by=user) & _kind_is(model, signed)
    if user.has_role(Role.REGISTRAR):
        mine |= Q(status=PaperStatus.APPROVED)
    elif model is FollowUp and user.has_role(Role.COORDINATOR):
        mine |= Q(status=PaperStatus.APPROVED, kind=LetterKind.SUPERVISION)
    if model is FollowUp:  # on paper, whoever sends has it served and proves it
        sends = [LetterKind.SUPERVISION] if user.has_role(Role.COORDINATOR) else []
        sends = list(LetterKind) if user.has_role(Role.REGISTRAR) else sends
        mine |= Q(pk__in=FollowUp.objects.unproved().filter(kind__in=sends).values("pk"))
    return found.filter(mine)


def waiting_letters(user: User) -> QuerySet[Referral]:
    """Letters whose next step is this person's, receipt excepted (it has a tab of its own)."""
    mine = Q(handler=user, receiver=user.department, status__in=(ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED))
    if user.has_role(*LEADERS):
        mine |= Q(receiver=user.department, status=ReferralStatus.RECEIVED, handler=None)
        asked = Extension.objects.filter(status="asked").values("referral")
        mine |= Q(sender=user.department, pk__in=asked)
    if user.has_role(*rules.WORKERS):
        mine |= Q(
            sender=user.department,
            author=user,
            status__in=(ReferralStatus.ANSWERED, ReferralStatus.RETURNED),
        )
    mine |= receiving_workbench.waits_for(user)
    return Referral.objects.readable_by(user).ordinary().filter(mine)


def to_sign(user: User) -> QuerySet[Referral]:
    """Letters the registrar has to sign for."""
    if not user.has_role(Role.REGISTRAR):
        return Referral.objects.none()
    found = Referral.objects.readable_by(user).ordinary()
    return found.filter(receiver=user.department, status=ReferralStatus.SENT)


def started(user: User) -> QuerySet[Referral]:
    """Letters that went out on this person's draft and are not over."""
    found = Referral.objects.readable_by(user).ordinary()
    return found.filter(sender=user.department, author=user).open()


def done(user: User) -> QuerySet[Referral]:
    """Letters this person dealt with that are over."""
    mine = Q(handler=user) | Q(received_by=user) | Q(author=user)
    return Referral.objects.readable_by(user).ordinary().filter(mine, status__in=("closed", "withdrawn"))


def _paper_row(paper: Any, user: User, clock: Any) -> TaskRow:
    offered = offers.of_paper(user, paper)
    shown = reading.lamp_row(clock)
    case = paper.case or paper.referral.case  # the office's own letters stand in no case
    return TaskRow(
        phrase=f"{offered[0].label}：{paper}" if offered else str(paper),
        url=paper.get_absolute_url(),
        case_title=case.title,
        case_url=reading.case_url(case),
        source=str(paper.department),
        action_label=str(offered[0].label) if offered else "",
        action_url=paper.get_absolute_url(),
        sort=paper.updated_at,
        target=(paper.kind_code, paper.pk),
        **shown,
    )


def _letter_row(referral: Referral, user: User, clock: Any, sort: Any = None) -> TaskRow:
    offered = offers.of_referral(user, referral)
    label = str(offered[0].label) if offered else ""
    subject = referral.dispatch.subject
    return TaskRow(
        phrase=f"{label}：{subject}" if label else f"{referral.get_status_display()}：{subject}",
        url=referral.get_absolute_url(),
        case_title=referral.case.title,
        case_url=reading.case_url(referral.case),
        source=str(referral.issuer if referral.receiver_id == user.department.pk else referral.receiver),
        action_label=label,
        action_url=(offered[0].url if offered and not offered[0].direct else referral.get_absolute_url()),
        sort=sort or referral.sent_at,
        target=(referral.kind_code, referral.pk),
        **reading.lamp_row(clock),
    )


def _letter_rows(found: QuerySet[Referral], user: User, limit: int, asked: Gathering) -> Steps:
    referrals = asked.rows(found.for_list().select_related("dispatch__drafted_by")[: min(limit, MOST)])
    yield
    offers.bring_along_in_step(referrals, user, asked)
    returned = [each for each in referrals if each.status == ReferralStatus.RETURNED]  # it may be sent elsewhere
    cases = asked.rows(Case.objects.for_page(user).filter(pk__in={each.case_id for each in returned}))
    clocks = yield from reading.lit.steps(referrals, Referral.kind_code, None, asked)
    offers.keep_waiting(referrals)
    known = {case.pk: case for case in cases}
    for each in returned:
        if each.case_id in known:
            each.case = known[each.case_id]
            each.case.loaded_for = user.pk  # type: ignore[attr-defined]
    return [_letter_row(referral, user, clocks.get(referral.pk), referral.updated_at) for referral in referrals]


@stepwise
def todo_rows(user: User, limit: int, asked: Gathering) -> Steps:
    if user.department is None:
        return []
    readings = [partial(_letter_rows, waiting_letters(user), user, limit)]
    readings += [partial(_paper_rows, model, user, limit) for model in PAPERS]
    found = yield from side_by_side(readings, asked)
    return [row for rows in found for row in rows]


def _paper_rows(model: type[Paper], user: User, limit: int, asked: Gathering) -> Steps:
    related = ("case", "department", "drafted_by") + (() if model is Dispatch else ("referral__case",))
    waiting = waiting_papers(user, model)
    waiting = waiting.for_list() if model is FollowUp else waiting.select_related(*related)
    papers = asked.rows(waiting[: min(limit, MOST)])
    yield
    about = {paper.pk: _about(paper) for paper in papers}
    running = asked.rows(_running(about.values()))
    yield
    clocks = _paper_clocks(about, running)
    return [_paper_row(paper, user, clocks.get(paper.pk)) for paper in papers]


def _about(paper: Any) -> tuple[str, int]:
    """What has the clocks of a paper: itself, the suspected crime or the letter it is about."""
    if isinstance(paper, Dispatch):
        return "dispatch", paper.pk
    if isinstance(paper, FollowUp) and paper.kind in CRIME_LETTERS:
        return "crime", paper.referral.crime.pk
    return "referral", paper.referral_id


def _running(about: Iterable[tuple[str, int]]) -> QuerySet[Deadline]:
    """The running clocks of these things, the most urgent first."""
    ids: dict[str, set[int]] = {}
    for kind, pk in about:
        ids.setdefault(kind, set()).add(pk)
    wanted = Q(pk__in=())
    for kind, of_kind in ids.items():
        wanted |= Q(target_kind=kind, target_id__in=of_kind)
    return Deadline.objects.open().filter(wanted).order_by("due_at", "pk")


def _paper_clocks(about: dict[int, tuple[str, int]], running: Iterable[Deadline]) -> dict[int, Any]:
    """The most urgent of these clocks for each paper, by its id; two papers about one letter share it."""
    first: dict[tuple[str, int], Deadline] = {}
    for row in running:
        first.setdefault((row.target_kind, row.target_id), row)
    return {paper: reading.lamp_pair(first[thing]) for paper, thing in about.items() if thing in first}


def todo_count(user: User) -> Countable:
    if user.department is None:
        return 0
    return [waiting_letters(user), *(waiting_papers(user, model) for model in PAPERS)]


@stepwise
def sign_rows(user: User, limit: int, asked: Gathering) -> Steps:
    return (yield from _letter_rows(to_sign(user).order_by("pk"), user, limit, asked))


def sign_count(user: User) -> Countable:
    return to_sign(user)


@stepwise
def started_rows(user: User, limit: int, asked: Gathering) -> Steps:
    return (yield from _letter_rows(started(user), user, limit, asked)) if user.department else []


def started_count(user: User) -> Countable:
    return started(user) if user.department else 0


@stepwise
def done_rows(user: User, limit: int, asked: Gathering) -> Steps:
    return (yield from _letter_rows(done(user).order_by("-updated_at"), user, limit, asked))


def done_count(user: User) -> Countable:
    return done(user)


def transfers_waiting(user: User) -> Countable:
    """What the side navigation counts beside 线索移交: only what this person must do."""
    if user.department is None:
        return None
    papers = waiting_papers(user, Dispatch).exclude(kind="support")
    return [waiting_letters(user).transfers(), to_sign(user).transfers(), papers]


def support_waiting(user: User) -> Countable:
    if user.department is None:
        return None
    papers = waiting_papers(user, Dispatch).filter(kind="support")
    return [waiting_letters(user).support(), to_sign(user).support(), papers]
