"""Replies on paper: a member department without an account answers in writing, and the office enters it with its scan."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.uploads import check_upload
from core.dates import local_date
from core.refusals import BadInput
from departments.models import Department, User
from documents import storage
from meetings.actions.proposals import lock_in, members, write_opinion
from meetings.enums import ProposalStatus
from meetings.models import Opinion, Proposal


def on_paper(proposal: Proposal) -> list[Department]:
    """The members that have said nothing in this round and can only answer on paper."""
    said = set(proposal.opinions.filter(round=proposal.round).values_list("department_id", flat=True))
    return [each for each in members(proposal) if not each.has_account and each.pk not in said]


@transaction.atomic
def enter_opinion(
    *,
    proposal: Proposal,
    department: Department,
    kind: str,
    words: str = "",
    on: dt.date,
    scan: Any,
    by: User,
    at: dt.datetime,
) -> Opinion:
    """The office enters the written reply of a member without an account, with its scan; its day counts, not this one.

    :raises BadInput: a department that answers here itself or is no member (field `department`), a day before the letter
        or after today (field `on`), no scan or one that cannot be filed (field `scan`), and see `write_opinion`
    :raises AlreadyDone: it has given its opinion in this round
    :raises WrongState: nobody is asked at present
    """
    lock_in(proposal, ProposalStatus.CONSULTING)
    if department.has_account or department.pk not in {each.pk for each in members(proposal)}:
        raise BadInput(
            _(
                "Only the written reply of a member without an account is entered; the others answer here themselves."
            ),
            field="department",
        )
    sent = local_date(proposal.letter.issued_at if proposal.letter is not None else proposal.created_at)
    if not sent <= on <= local_date(at):
        raise BadInput(
            _("The paper is of a day from %(first)s to today.") % {"first": sent.isoformat()}, field="on"
        )
    if scan is None:
        raise BadInput(_("Add the scan of the written reply."), field="scan")
    checked = check_upload(scan, field="scan")
    name, digest = storage.keep(checked.content, "." + checked.name.rpartition(".")[2].lower())
    kept = {"name": checked.name, "file": name, "media_type": checked.media_type, "sha256": digest}
    return write_opinion(proposal, department, kind, words, by, at, paper_on=on, **kept)
