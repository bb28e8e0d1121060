"""What is written back to the body of a task: the report, a request for a later date, the hand-over."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import Evidence
from core.dates import local_date
from core.refusals import BadInput, Stale, WrongState
from core.states import move
from deadlines.actions.clocks import meet_clock, open_clock
from departments.models import User
from documents.actions import issue_document
from journal.actions import record
from referrals import contexts_above as contexts
from referrals import notices_above as notices
from referrals.actions.above_cases import unstated
from referrals.actions.above_intake import clock_code, lock_with_cases
from referrals.actions.above_raised import hand_over
from referrals.actions.drafting import check_limit
from referrals.actions.overtaken import drop_stale_of_task
from referrals.actions.papers import submit_paper
from referrals.enums import PaperStatus
from referrals.enums_above import Handling, Purpose, TaskStatus
from referrals.models import HandoverItem, Task, TaskExtension, TaskLetter
from referrals.rules_above import asks_later_date

_EFFECTS = (Handling.SUSPENDED, Handling.ENDED)


@transaction.atomic
def draft_task_letter(
    *,
    task: Task,
    purpose: str,
    title: str,
    text: str,
    new_on: dt.date | None = None,
    effect: str = "",
    manifest: Sequence[Evidence] = (),
    by: User,
    at: dt.datetime,
) -> TaskLetter:
    """Begin a letter to the body. A raised case is answered by its hand-over, every other task by a report.

    :raises WrongState: the task is not being worked, such a letter is under way, or it is not for this task
    :raises BadInput: a text, the new date or the effect is missing, or a file that is in none of its cases
    """
    locked = lock_with_cases(task)
    if locked.status != TaskStatus.ACCEPTED:
        raise WrongState
    if purpose not in (Purpose.DELAY, locked.answer_purpose):
        raise WrongState(_("This task is not answered by such a letter."))
    if TaskLetter.objects.filter(task=locked, purpose=purpose).open().exists():
        raise WrongState(_("Such a letter is already being drafted."))
    letter = TaskLetter(
        task=locked, purpose=purpose, department=locked.department, drafted_by=by, drafted_at=at,
        created_at=at, updated_at=at,
    )  # fmt: skip
    _fill(letter, title=title, text=text, new_on=new_on, effect=effect, manifest=manifest, at=at)
    record("task_letter.drafted", target=letter, by=by, at=at, number=locked.number, purpose=purpose)
    return letter


@transaction.atomic
def edit_task_letter(
    *,
    letter: TaskLetter,
    version: int,
    title: str,
    text: str,
    new_on: dt.date | None = None,
    effect: str = "",
    manifest: Sequence[Evidence] = (),
    by: User,
    at: dt.datetime,
) -> TaskLetter:
    """Change a draft that is still at `version`.

    :raises Stale: somebody saved the draft since
    :raises WrongState: it is no longer a draft
    :raises BadInput: as for a new draft
    """
    locked = TaskLetter.objects.select_for_update().get(pk=letter.pk)
    if locked.status != PaperStatus.DRAFT:
        raise WrongState(_("This paper is no longer a draft. Ask the reviewer to send it back first."))
    if locked.version != version:
        raise Stale(theirs=locked)
    locked.version += 1
    _fill(locked, title=title, text=text, new_on=new_on, effect=effect, manifest=manifest, at=at)
    record("task_letter.edited", target=locked, by=by, at=at, version=locked.version)
    return locked


@transaction.atomic
def submit_task_letter(*, letter: TaskLetter, by: User, at: dt.datetime) -> TaskLetter:
    """Hand the draft to its reviewer or signer once what it says is whole.

    :raises BadInput: see `check_task_letter`
    :raises WrongState, MovedOn: it is no longer a draft, or the task is not being worked
    """
    check_task_letter(letter, at=at)
    submit_paper(paper=letter, by=by, at=at)
    return letter


def check_task_letter(letter: TaskLetter, *, at: dt.datetime) -> None:
    """Whether a letter may go on.

    :raises WrongState: the task is not being worked, or the body still owes an answer to an earlier request
    :raises BadInput: a report while a case is unstated, a hand-over without a case, a new date that is not later
    """
    task = letter.task
    if task.status != TaskStatus.ACCEPTED:
        raise WrongState
    if letter.purpose == Purpose.REPORT and (numbers := unstated(task)):
        raise BadInput(_("State first what became of %(numbers)s.") % {"numbers": "、".join(numbers)})
    if letter.purpose == Purpose.HANDOVER and not task.links.exists():
        raise BadInput(_("Link the case that is handed over first."))
    if letter.purpose == Purpose.DELAY:
        if asks_later_date(task):
            raise WrongState(_("A later date was already asked for."))
        _check_new_on(task, letter.new_on, at=at)


@transaction.atomic
def send_task_letter(*, letter: TaskLetter, late_reason: str = "", by: User, at: dt.datetime) -> TaskLetter:
    """Number, issue and send a signed letter, with what follows from it.

    A report or hand-over meets the task's clock and makes it reported; late, it needs `late_reason`. A request
    for a later date waits for the body's answer, the old date holds until then.

    :raises BadInput: late without a reason, or what `check_task_letter` asks
    :raises WrongState, MovedOn: the letter is not signed, or the task is no longer being worked
    """
    task = lock_with_cases(letter.task)
    letter.task = task
    check_task_letter(letter, at=at)
    answers = letter.purpose != Purpose.DELAY
    reason = _meet(task, late_reason.strip(), by=by, at=at) if answers else ""
    if answers:
        move(task, TaskStatus.REPORTED, at=at, reported_by=by, reported_at=at)
    if letter.purpose == Purpose.HANDOVER:
        hand_over(letter=letter, by=by, at=at)
    document = issue_document(
        kind=letter.kind.value, department=letter.department, target=letter, case=None,
        context=contexts.letter_context(letter, at=at), by=by, at=at,
    )  # fmt: skip
    move(letter, PaperStatus.SENT, at=at, sent_by=by, sent_at=at, document=document, late_reason=reason)
    if not answers:
        assert letter.new_on is not None  # the database says so of every request for a later date
        TaskExtension.objects.create(
            task=task, letter=letter, old_on=task.due_on, new_on=letter.new_on, asked_by=letter.drafted_by,
            asked_at=at, created_at=at, updated_at=at,
        )  # fmt: skip
    else:
        drop_stale_of_task(task, by=by, at=at)
    verb = {Purpose.REPORT: "task.reported", Purpose.DELAY: "task.delay_asked", Purpose.HANDOVER: "task.handed_over"}
    said = {"number": task.number, "body": task.body_name, "document": document.number}
    record(verb[Purpose(letter.purpose)], target=task, by=by, at=at, new_on=letter.new_on, reason=reason, **said)
    if answers:
        for link in task.links.select_related("case"):
            record("task.case_reported", target=task, by=by, at=at, case=link.case, outcome=link.outcome, **said)
    notices.letter_sent(letter, at=at)
    return letter


def _meet(task: Task, late_reason: str, *, by: User, at: dt.datetime) -> str:
    """Meet the clock of the report; the reason, where it is late.

    :raises BadInput: late, and no reason
    """
    deadline = open_clock(task, clock_code(task))
    assert deadline is not None  # runs while the report is owed
    late = deadline.late or at >= deadline.due_at
    if late and not late_reason:
        raise BadInput(_("This is late. Say why."), field="late_reason")
    meet_clock(deadline=deadline, at=at, by=by, late_reason=late_reason)
    return late_reason if late else ""


def _check_new_on(task: Task, new_on: dt.date | None, *, at: dt.datetime) -> None:
    if new_on is None or new_on <= task.due_on or new_on <= local_date(at):
        raise BadInput(_("The new date must be later than the old one."), field="new_on")
    check_limit(new_on, at=at, field="new_on")


def _fill(
    letter: TaskLetter,
    *,
    title: str,
    text: str,
    new_on: dt.date | None,
    effect: str,
    manifest: Sequence[Evidence],
    at: dt.datetime,
) -> None:
    for name, value in (("title", title), ("text", text)):
        if not value.strip():
            raise BadInput(_("This may not be empty."), field=name)
    letter.title, letter.text, letter.updated_at = title.strip(), text.strip(), at
    if letter.purpose == Purpose.DELAY:
        _check_new_on(letter.task, new_on, at=at)
        letter.new_on = new_on
    if letter.purpose == Purpose.HANDOVER:
        if effect not in _EFFECTS:
            raise BadInput(_("Say whether our own handling is suspended or ended."), field="effect")
        letter.effect = effect
    letter.save()
    if letter.purpose == Purpose.HANDOVER:
        _list_files(letter, manifest)


def _list_files(letter: TaskLetter, manifest: Sequence[Evidence]) -> None:
    cases = set(letter.task.links.values_list("case", flat=True))
    if any(piece.case_id not in cases or piece.voided_at is not None for piece in manifest):
        raise BadInput(_("The manifest names a file that is not in this case."), field="manifest")
    letter.manifest.all().delete()
    HandoverItem.objects.bulk_create(
        HandoverItem(
            letter=letter, evidence=piece, position=position, name=piece.name, sha256=piece.sha256, pages=piece.pages
        )
        for position, piece in enumerate(manifest, 1)
    )
