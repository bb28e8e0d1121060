"""The authority determines the breach of trust (认定), or does not. What follows stands in `bulk_sending`."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.refusals import FourEyes, WrongState
from core.states import move
from departments.models import User
from documents.actions import issue_document
from documents.models import IssuedDocument
from sanctions import contexts, notices
from sanctions.actions.common import (
    DETERMINATION,
    check_heard_out,
    check_running,
    decided,
    end_clock,
    lock_sanction,
    needed,
)
from sanctions.actions.praise import praise_ends
from sanctions.actions.proposing import end
from sanctions.enums import HearingStatus, SanctionStatus
from sanctions.models import Sanction


def _ready(sanction: Sanction, by: User) -> None:
    """:raises WrongState: the subject was not heard
    :raises FourEyes: the same person proposed or reviewed it
    """
    lock_sanction(sanction)
    if sanction.status == SanctionStatus.PROPOSED:
        raise WrongState(
            _("The subject has to be heard first: notice, time to speak, and an answer to what was said.")
        )
    if sanction.status != SanctionStatus.HEARD:
        raise WrongState(state=sanction.status)
    assert sanction.hearings.filter(task=None, status=HearingStatus.ANSWERED).exists()  # by the state
    check_running(sanction)
    if by.pk in (sanction.proposed_by_id, sanction.reviewed_by_id):
        raise FourEyes(_("Who proposed or reviewed a sanction does not determine it."))


@transaction.atomic
def determine(*, sanction: Sanction, findings: str, by: User, at: dt.datetime) -> IssuedDocument:
    """认定: numbered and signed. The job sends it to every department that may take a measure.

    :raises BadInput: no findings
    :raises WrongState: not heard, its time to speak is not over, or the decision it rests on does not stand any more or was
        replaced by another
    :raises FourEyes: see `_ready`
    """
    findings = needed(findings, "findings")
    _ready(sanction, by)
    check_heard_out(sanction.hearings.get(task=None, status=HearingStatus.ANSWERED), at)
    if sanction.strand is not None and not decided(sanction.strand):
        raise WrongState(_("The decision this rests on does not stand any more."))
    if sanction.strand is not None and sanction.strand.decision_number not in ("", sanction.decision_number):
        raise WrongState(
            _("It was decided anew by %(number)s: withdraw this proposal, and propose it anew on that decision.")
            % {"number": sanction.strand.decision_number}
        )
    end_clock(sanction, DETERMINATION, by, at)
    sanction.findings = findings
    notices.tell_office("was_determined", sanction, at=at, tone="b")
    document = issue_document(
        kind="sanction_determination", department=sanction.authority, target=sanction, case=None,
        context=contexts.of_determination(sanction, by=by, at=at), by=by, at=at,
    )  # fmt: skip
    move(
        sanction, SanctionStatus.DECIDED, at=at, findings=findings, determined_by=by, determined_at=at,
        determination_document=document,
    )  # fmt: skip
    notices.note("determined", sanction, by=by, at=at, number=document.number, serious=sanction.serious)
    praise_ends(sanction.subject, by, at)
    return document


@transaction.atomic
def not_determine(*, sanction: Sanction, reason: str, by: User, at: dt.datetime) -> Sanction:
    """The authority does not determine a breach of trust.

    :raises BadInput: no reason
    :raises WrongState, FourEyes: see `_ready`
    """
    reason = needed(reason)
    _ready(sanction, by)
    end_clock(sanction, DETERMINATION, by, at)
    end(sanction, SanctionStatus.NOT_DETERMINED, reason, by, at)
    notices.note("not_determined", sanction, by=by, at=at, reason=reason)
    notices.tell(
        [sanction.proposed_by], "was_not_determined", sanction, at=at, department=sanction.department, reason=reason
    )  # fmt: skip
    return sanction
