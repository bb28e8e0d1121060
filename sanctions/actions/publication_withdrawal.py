"""Withdrawing what was published: within three working days of what made it fall (行政处罚法 art. 48), with proof."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.uploads import check_upload
from core.refusals import BadInput, WrongState
from core.states import move
from departments.enums import LEADERS, Role
from departments.models import Department, User
from documents import storage
from sanctions.actions.credit_common import begin, lock, met, note, past_day, tell
from sanctions.enums_credit import WITHDRAWAL_CLOCK, PublicationStatus, WithdrawalCause
from sanctions.models import Publication

S = PublicationStatus


@transaction.atomic
def start_withdrawal(
    *, row: Publication, cause: str, cause_on: dt.date, reason: str = "", by: User | None, at: dt.datetime
) -> Publication:
    """What was published has fallen: it must leave the platform; the clock runs from the day that happened.

    by: None for the job that saw the decision annulled, the entry removed or the credit repaired.

    :raises WrongState: it is not published
    :raises BadInput: no such cause, or a day that cannot be (by field)
    """
    lock(row)
    if row.status in (S.WITHDRAWING, S.WITHDRAWN):
        raise WrongState(_("It is being withdrawn already, or is withdrawn."))
    if row.status != S.PUBLISHED:
        raise WrongState(
            _("It is not published: there is nothing to withdraw. Mark it as not published instead.")
        )
    faults = {}
    if cause not in WithdrawalCause.values:
        faults["cause"] = _("Choose one of those offered here.")
    if wrong := past_day(cause_on, at):
        faults["cause_on"] = wrong
    if faults:
        raise BadInput.several(faults)
    move(row, S.WITHDRAWING, at=at, cause=cause, cause_on=cause_on, reason=reason.strip()[:300])
    begin(WITHDRAWAL_CLOCK, row, since=cause_on, by=by, at=at)
    note("withdrawal_begun", row, by=by, at=at, info=row.kind, withdrawal=cause, on=cause_on)
    tell(row, "to_withdraw", Role.HANDLER, *LEADERS, at=at, tone="r", but=by, info=row.kind, withdrawal=cause)
    keeper = Department.objects.of(row.department.region, "reform").first()
    if keeper is not None and keeper != row.department:
        roles = (Role.HANDLER, Role.REGISTRAR)
        tell(
            row,
            "to_withdraw",
            *roles,
            at=at,
            department=keeper,
            tone="r",
            but=by,
            info=row.kind,
            withdrawal=cause,
        )
    return row


@transaction.atomic
def prove_withdrawal(
    *, row: Publication, withdrawn_on: dt.date, proof: Any, by: User, at: dt.datetime
) -> Publication:
    """It left the platform on that day; the proof is kept with it (a picture or PDF of the platform's page or receipt).

    :raises WrongState: nobody began to withdraw it
    :raises BadInput: no proof or one that cannot be filed, or a day before it fell or in the future (by field)
    """
    lock(row)
    if row.status != S.WITHDRAWING:
        raise WrongState(_("It is not to be withdrawn. Say first why it is."))
    faults = {}
    if wrong := past_day(withdrawn_on, at):
        faults["withdrawn_on"] = wrong
    elif row.published_on is not None and withdrawn_on < row.published_on:
        faults["withdrawn_on"] = _("The day lies before its publication.")
    elif row.cause_on is not None and withdrawn_on < row.cause_on:
        faults["withdrawn_on"] = _("The day lies before the one its ground fell on.")
    if proof is None:
        faults["proof"] = _("Add the proof that it left the platform.")
    if faults:
        raise BadInput.several(faults)
    checked = check_upload(proof, field="proof")
    name, digest = storage.keep(checked.content, "." + checked.name.rpartition(".")[2].lower())
    move(
        row, S.WITHDRAWN, at=at, withdrawn_on=withdrawn_on, withdrawn_by=by, withdrawn_at=at, proof=name,
        proof_type=checked.media_type, proof_sha256=digest, proof_name=checked.name,
    )  # fmt: skip
    met(WITHDRAWAL_CLOCK, row, done_on=withdrawn_on, by=by, at=at)
    note("publication_withdrawn", row, by=by, at=at, info=row.kind, on=withdrawn_on, sha256=digest)
    return row
