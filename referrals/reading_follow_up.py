"""What the pages and the API read of letters about a letter."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Evidence
from deadlines.actions.clocks import open_clock
from departments.models import Department, User
from documents.letter import Letter
from referrals import crime_contexts, letters_crime, letters_police, receiving_contexts, receiving_letters
from referrals.actions.crime_remedies import REMEDY_CLOCKS
from referrals.enums import BY_POLICE, CRIME_LETTERS, TO_SENDER, LetterKind
from referrals.models import CriminalTransfer, FollowUp, Referral

_CONTEXTS = {
    LetterKind.COMPLETION: (receiving_contexts.completion_context, receiving_letters.completion_letter),
    LetterKind.SUPPLY: (receiving_contexts.supply_context, receiving_letters.supply_letter),
    LetterKind.SUPERVISION: (receiving_contexts.supervision_context, receiving_letters.supervision_letter),
}


def as_letter(letter: FollowUp, *, at: Any) -> Letter:
    """How a draft will look.

    :raises WrongState: a 督办函 on somebody who is no longer late
    """
    kind = LetterKind(letter.kind)
    if kind in CRIME_LETTERS:
        return _BUILDERS[_CRIME[kind]](_crime_context(letter, at=at))
    context, build = _CONTEXTS[kind]
    return build(context(letter, at=at))


_BUILDERS = letters_crime.BUILDERS | letters_police.BUILDERS
_CRIME = {
    LetterKind.FILING: "crime_filing",
    LetterKind.INCOMPLETE: "crime_incomplete",
    LetterKind.CORRECTION: "crime_completion",
    LetterKind.FORWARDING: "crime_forward",
    LetterKind.RECONSIDER: "crime_reconsider",
    LetterKind.RECONSIDERED: "crime_reconsidered",
    LetterKind.REVOCATION: "crime_revoked",
    LetterKind.OVERSIGHT: "crime_supervision",
}
# the clock of what the sender owes or may do next: filed, else
_NEXT = {
    LetterKind.FILING: ("property_handover", "police_reconsideration"),
    LetterKind.RECONSIDERED: ("property_handover", "supervision_request"),
    LetterKind.INCOMPLETE: ("", "criminal_correction"),
    LetterKind.FORWARDING: ("", ""),
    LetterKind.REVOCATION: ("", ""),
}


def _crime_context(letter: FollowUp, *, at: Any) -> dict[str, Any]:
    kind, transfer = LetterKind(letter.kind), letter.referral.crime
    if kind in BY_POLICE:
        filed, other = _NEXT[kind]
        return crime_contexts.from_police(
            transfer,
            text=letter.text,
            to=letter.to,
            filed=letter.filed,
            limited=filed if letter.filed else other,
            at=at,
        )
    if kind == LetterKind.CORRECTION:
        files = [item.evidence for item in letter.manifest.select_related("evidence")]
        return crime_contexts.completion(transfer, files, remark=letter.text, at=at)
    to = transfer.police if kind == LetterKind.RECONSIDER else transfer.procuratorate
    return crime_contexts.request(transfer, reason=letter.text, to=to, at=at)


def addressee(letter: FollowUp) -> str:
    """To whom it goes, as shown."""
    return str(sent_to(letter))


def sent_to(letter: FollowUp) -> Department:
    """The other side of the letter it is about; the procuratorate that may supervise."""
    if letter.kind == LetterKind.OVERSIGHT:
        return letter.referral.crime.procuratorate
    return letter.referral.sender if letter.kind in TO_SENDER else letter.referral.receiver


def title(letter: FollowUp) -> str:
    """What it is and about what. A 督办函 names the letter by its number: the office does not read what it says."""
    referral = letter.referral
    if letter.kind == LetterKind.SUPERVISION:
        return f"{letter.get_kind_display()}：{referral.get_kind_display()} {referral.number}"
    return f"{letter.get_kind_display()}：{referral.dispatch.subject}"


def state(letter: FollowUp) -> Any:
    """Where a letter that went out stands: sent, or whether its service is proved."""
    if not letter.served_on_paper:
        return letter.get_status_display()
    return _("served on paper") if hasattr(letter, "delivery") else _("to be served on paper")


def about_url(letter: FollowUp) -> str:
    """The page of what the letter is about, where the side it was sent to reads it."""
    thing = letter.referral.crime if letter.kind in CRIME_LETTERS else letter.referral
    return thing.get_absolute_url()


def clocked(letter: FollowUp) -> list[CriminalTransfer]:
    """What has clocks beside the letter it is about."""
    return [letter.referral.crime] if letter.kind in CRIME_LETTERS else []


def is_late(letter: FollowUp) -> bool:
    """Whether sending it meets a clock that has passed: a reason may then be given, and the action says if it must."""
    codes = _MEETS.get(LetterKind(letter.kind), ())
    thing = letter.referral.crime if letter.kind in CRIME_LETTERS else letter.referral
    clocks = (open_clock(thing, code) for code in codes)
    return any(clock is not None and timezone.now() >= clock.due_at for clock in clocks)


_MEETS: dict[LetterKind, tuple[str, ...]] = {
    LetterKind.SUPPLY: ("completion",),
    LetterKind.FILING: ("police_decision",),
    LetterKind.CORRECTION: ("criminal_correction",),
    LetterKind.RECONSIDERED: ("police_reply",),
    LetterKind.OVERSIGHT: REMEDY_CLOCKS,
}


def files_to_complete(transfer: CriminalTransfer) -> Any:
    """Evidence of the case that the police do not have."""
    have = transfer.attachments.exclude(evidence=None).values("evidence")
    return transfer.case.evidence.filter(voided_at=None).exclude(pk__in=have)


def files_to_supply(referral: Referral, user: User) -> Any:
    """Evidence of the case that was not handed over with this letter before."""
    free = Evidence.objects.visible_to(user).filter(case=referral.case, voided_at=None)
    free = free.exclude(manifest_items__dispatch=referral.dispatch)
    return free.exclude(supplied_items__completion__referral=referral)


def under_way(thing: Referral | CriminalTransfer, user: User) -> list[FollowUp]:
    """The papers of one's own department about a letter, or about a suspected crime at every body that had it: open, or
    sent and their service not proved yet."""
    return list(under_way_asked(thing, user))


def under_way_asked(thing: Referral | CriminalTransfer, user: User) -> QuerySet:
    """The same, not asked yet."""
    crime = isinstance(thing, CriminalTransfer)
    about = {"referral__dispatch": thing.dispatch_id} if crime else {"referral": thing}
    found = FollowUp.objects.visible_to(user).filter(**about)
    wanted = Q(pk__in=found.open().values("pk")) | Q(pk__in=found.unproved().values("pk"))
    return found.filter(wanted).select_related("referral", "drafted_by")
