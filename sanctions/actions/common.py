"""What the verbs of sanctions have in common: locks, words that must be written, days in order, files, clocks."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.actions.locking import lock_case
from cases.enums import Disposition, StrandStatus
from cases.models import Strand
from cases.uploads import check_upload
from core.dates import EARLIEST, local_date, too_far
from core.refusals import BadInput, WrongState
from core.wording import for_the_record
from deadlines.actions.clocks import cancel_clock, meet_clock, open_clock
from deadlines.models import Deadline
from departments.models import User
from documents import storage
from journal.models import Event
from sanctions.enums import LONGEST_WORDS, Effect, TermUnit
from sanctions.models import Hearing, Measure, MeasureTask, Sanction
from sanctions.terms import BY_LAW, PERSON_BAR_YEARS, last_day, within_law

RECEIPT, DECISION, EXECUTION, FEEDBACK = (
    "sanction_receipt", "sanction_decision", "sanction_execution", "sanction_feedback",
)  # fmt: skip
DETERMINATION, REPAIR = "sanction_determination", "credit_repair"
NO_LONGER = gettext_noop("No longer owed: %(why)s")


def needed(text: str, field: str = "reason", most: int = LONGEST_WORDS) -> str:
    """:raises BadInput: nothing was written, or more than is kept"""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise BadInput(_("Fill this in."), field=field)
    if len(text) > most:
        raise BadInput(_("At most %(most)d characters.") % {"most": most}, field=field)
    return text


def lock_sanction(sanction: Sanction, *allowed: str) -> None:
    """The case's row, then the sanction's, for this transaction; `sanction` as it is now.

    :raises WrongState: it is in none of the allowed states
    """
    lock_case(sanction.case)
    Sanction.objects.select_for_update(of=("self",), no_key=True).get(pk=sanction.pk)
    sanction.refresh_from_db()
    if allowed and sanction.status not in allowed:
        raise WrongState(state=sanction.status)


def wrote(user: User, thing: Any, *verbs: str) -> bool:
    """Whether the person ever wrote in a draft: a later hand's edit makes nobody a stranger to it (four eyes)."""
    written = Event.objects.filter(verb__in=[f"sanction.{verb}" for verb in verbs], actor_id=user.pk)
    return written.filter(target_kind=thing.kind_code, target_id=thing.pk).exists()


def check_running(sanction: Sanction) -> None:
    """:raises WrongState: what the sanction rests on was taken up again"""
    if sanction.suspended_at is not None:
        raise WrongState(
            _("What this sanction rests on is being reviewed: nothing is done about it until that is over.")
        )


def check_heard_out(hearing: Hearing, at: dt.datetime) -> None:
    """:raises WrongState: the subject may still speak, and has not said that nothing more comes"""
    if hearing.due_on is not None and hearing.may_go_on(local_date(at)):
        raise WrongState(
            _("The subject may speak until %(day)s and has not said that nothing more comes: decide after that day.")
            % {"day": hearing.due_on.isoformat()}
        )


def lock_task(task: MeasureTask, *allowed: str) -> None:
    """The sanction's rows, then the task's.

    :raises WrongState: the task is in none of the allowed states, or the sanction is suspended
    """
    lock_sanction(task.sanction)
    MeasureTask.objects.select_for_update(of=("self",), no_key=True).get(pk=task.pk)
    task.refresh_from_db()
    if task.status not in allowed:
        raise WrongState(state=task.status)
    check_running(task.sanction)


def on_or_before(day: dt.date, today: dt.date, field: str) -> None:
    """:raises BadInput: a day ahead, or before the house's time"""
    if day > today:
        raise BadInput(_("This day lies ahead."), field=field)
    if day < EARLIEST:
        raise BadInput(_("Check the year."), field=field)


def term_of(
    since: dt.date, amount: int | None, unit: str, until: dt.date | None, today: dt.date
) -> dict[str, Any]:
    """The columns of a term: an amount and a unit, or a last day, or neither.

    :raises BadInput: both, an amount without its unit, no such term, or days out of order
    """
    if amount is not None and until is not None:
        raise BadInput(_("Give a term or a last day, not both."), field="until")
    if (amount is None) != (not unit):
        raise BadInput(_("A term has an amount and a unit."), field="amount")
    if too_far(since, today) or since < EARLIEST:
        raise BadInput(_("Check the year."), field="since")
    if amount is not None:
        try:
            until = last_day(since, amount, unit)
        except (ValueError, OverflowError):
            raise BadInput(_("There is no such term."), field="amount") from None
    if until is not None and until < since:
        raise BadInput(_("The last day lies before the first."), field="until")
    return {"since": since, "amount": amount, "unit": unit, "until": until}


def check_law(measure: Measure, given: dict[str, Any]) -> dict[str, Any]:
    """The columns of a term, as the article a measure rests on allows it; a person's bar is one of five years.

    :raises BadInput: another term than the article's (field `amount`, or `until` where a last day was given)
    """
    since, until = given["since"], given["until"]
    field = "amount" if given["amount"] else "until"
    if measure.effect == Effect.PERSON_BAR:
        if until != last_day(since, PERSON_BAR_YEARS, TermUnit.YEAR):
            raise BadInput(
                _("By article 43 of the Regulations on the fund this bar lasts five years, no more and no less."),
                field=field,
            )
        return given | {"amount": PERSON_BAR_YEARS, "unit": str(TermUnit.YEAR)}
    if not within_law(measure.code, since, until):
        least, most, article = BY_LAW[measure.code]
        raise BadInput(
            _("By %(article)s this lasts at least %(least)d and at most %(most)d months.")
            % {"article": article, "least": least, "most": most},
            field=field,
        )
    return given


def decided(strand: Strand) -> bool:
    """Whether a decision stands in the strand on which a sanction may rest."""
    return strand.status in (StrandStatus.DECIDED, StrandStatus.PERFORMED) and strand.disposition in (
        Disposition.PENALTY, Disposition.AGREEMENT,
    )  # fmt: skip


def keep(scan: Any, field: str) -> dict[str, str]:
    """The columns of a file handed in, kept under its SHA-256.

    :raises BadInput: a file that cannot be filed
    """
    checked = check_upload(scan, field=field)
    name, digest = storage.keep(checked.content, "." + checked.name.rpartition(".")[2].lower())
    return {"name": checked.name, "file": name, "media_type": checked.media_type, "sha256": digest}


def end_clock(thing: Any, code: str, by: User | None, at: dt.datetime) -> None:
    """What was owed is done."""
    clock = open_clock(thing, code)
    if clock is not None:
        meet_clock(deadline=clock, at=at, by=by)


def drop_clocks(thing: Any, why: str, by: User | None, at: dt.datetime) -> None:
    """Nothing is owed for `thing` any more. why: for the record, in Chinese."""
    for clock in Deadline.objects.open().of(thing.kind_code, thing.pk).order_by("pk"):
        cancel_clock(deadline=clock, at=at, reason=for_the_record(NO_LONGER, why=why), by=by)
