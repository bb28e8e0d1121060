"""One-time answer links: an unguessable address by which a body without an account may answer one letter, once."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from cases.actions.evidence import record_custody
from cases.actions.locking import lock_case
from cases.enums import CustodyKind
from core.dates import local_date
from core.refusals import BadInput, Refused, WrongState
from core.wording import for_the_record
from departments.models import User
from journal.actions import record
from referrals.actions.bodies import record_said
from referrals.actions.receipt import receive
from referrals.enums import ReferralStatus
from referrals.models import AnswerLink, Referral, Said
from referrals.receiving_enums import SaidVia

LONGEST = 30  # days
LINKED = (ReferralStatus.SENT, ReferralStatus.RECEIVED, ReferralStatus.ACCEPTED)
BY_LINK = gettext_noop("by one-time link")


class LinkOver(Refused):
    """The link was used, taken back, or its time is over."""

    sentence = gettext_lazy("This link is no longer valid. Ask the department that sent it for another one.")


def digest(token: str) -> str:
    """What is kept of a token: SHA-256, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def issue_link(*, referral: Referral, days: int, by: User, at: dt.datetime) -> tuple[AnswerLink, str]:
    """A new link and its token, which is never kept and cannot be shown again. A standing link ends.

    :raises BadInput: fewer than 1 or more than 30 days
    :raises WrongState: the receiver works here itself, the office does not allow it, or the letter is over
    """
    lock_case(referral.case)
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.receiver.has_account or not locked.receiver.answer_links:
        raise WrongState(_("The office does not allow links to %(department)s.") % {"department": locked.receiver})
    if locked.status not in LINKED:
        raise WrongState
    if not 1 <= days <= LONGEST:
        raise BadInput(_("A link is valid for 1 to %(n)d days.") % {"n": LONGEST}, field="days")
    locked.links.filter(used_at=None, ended_at=None).update(ended_at=at, updated_at=at)
    token = secrets.token_urlsafe(32)
    link = AnswerLink.objects.create(
        referral=locked, token_sha256=digest(token), expires_at=at + dt.timedelta(days=days),
        issued_by=by, issued_at=at, created_at=at, updated_at=at,
    )  # fmt: skip
    record("link.issued", target=locked, by=by, at=at, case=locked.case, number=locked.number,
           receiver=locked.receiver.short_name, days=days, link=link.pk)  # fmt: skip
    return link, token


@transaction.atomic
def end_link(*, link: AnswerLink, by: User, at: dt.datetime) -> AnswerLink:
    """The registrar takes a link back.

    :raises WrongState: it was used or ended
    """
    locked = AnswerLink.objects.select_for_update().get(pk=link.pk)
    if locked.used_at is not None or locked.ended_at is not None:
        raise WrongState
    locked.ended_at, locked.updated_at, locked.version = at, at, locked.version + 1
    locked.save(update_fields=["ended_at", "updated_at", "version"])
    referral = locked.referral
    record("link.ended", target=referral, by=by, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, link=locked.pk)  # fmt: skip
    return locked


def _living(token: str, at: dt.datetime) -> AnswerLink:
    """The link of a token, its row locked.

    :raises LinkOver: no such link, or it is over
    """
    found = AnswerLink.objects.select_related("referral__case").filter(token_sha256=digest(token))
    link = found.select_for_update(of=("self",)).first()
    if link is None or link.used_at or link.ended_at or link.expires_at <= at:
        raise LinkOver
    if not link.referral.receiver.answer_links or link.referral.status not in LINKED:
        raise LinkOver
    return link


@transaction.atomic
def open_link(*, token: str, at: dt.datetime) -> AnswerLink:
    """Somebody looks at the letter through its link; written down every time.

    :raises LinkOver: no such link, or it is over
    """
    link = _living(token, at)
    referral = link.referral
    record("link.opened", target=referral, by=None, at=at, case=referral.case, number=referral.number,
           receiver=referral.receiver.short_name, link=link.pk)  # fmt: skip
    return link


@transaction.atomic
def use_link(
    *,
    token: str,
    kind: str,
    person: str,
    upload: UploadedFile,
    number: str = "",
    text: str = "",
    category: str = "",
    refused: Sequence[str] = (),
    until: dt.date | None = None,
    at: dt.datetime,
) -> Said:
    """Say through its link what a body may say of a letter; the link is used up by it. It counts as receipt, too.

    :raises LinkOver: no such link, or it is over
    :raises BadInput, WrongState, MovedOn: see `bodies.record_said`
    """
    found = AnswerLink.objects.select_related("referral__case").filter(token_sha256=digest(token)).first()
    if found is None:
        raise LinkOver
    lock_case(found.referral.case)  # the order of the house: the case, then what hangs on it
    link = _living(token, at)
    referral = link.referral
    registrar = link.issued_by
    if referral.status == ReferralStatus.SENT:
        receive(referral, received_at=at, late_reason=for_the_record(BY_LINK), by=registrar, at=at)
        for item in referral.dispatch.manifest.select_related("evidence"):
            record_custody(
                evidence=item.evidence, kind=CustodyKind.RECEIVED, department=referral.receiver, by=registrar, at=at,
                cause=referral,
            )  # fmt: skip
        record("referral.received_by_link", target=referral, by=None, at=at, case=referral.case,
               number=referral.number, receiver=referral.receiver.short_name)  # fmt: skip
    said = record_said(
        referral=referral, kind=kind, person=person, dated_on=local_date(at), upload=upload, number=number, text=text,
        category=category, refused=refused, until=until, late_reason=for_the_record(BY_LINK),
        via=SaidVia.LINK, by=registrar, at=at,
    )  # fmt: skip
    link.used_at, link.updated_at, link.version = at, at, link.version + 1
    link.save(update_fields=["used_at", "updated_at", "version"])
    return said
