"""What the pages and the API read of letters about a letter."""

from typing import Any

from django.utils import timezone

from cases.models import Evidence
from deadlines.actions.clocks import open_clock
from departments.models import User
from documents.letter import Letter
from referrals import crime_contexts, letters_crime, receiving_contexts, receiving_letters
from referrals.enums import LetterKind
from referrals.models import FollowUp, Referral

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
    if kind == LetterKind.FILING:
        clock = "property_handover" if letter.filed else "police_reconsideration"
        transfer = letter.referral.criminal_transfer
        said = {"text": letter.text, "filed": letter.filed, "limited": clock}
        return letters_crime.BUILDERS["crime_filing"](crime_contexts.from_police(transfer, at=at, **said))
    context, build = _CONTEXTS[kind]
    return build(context(letter, at=at))


def is_late(letter: FollowUp) -> bool:
    """Whether sending it meets a clock that has passed: a reason may then be given, and the action says if it must."""
    clocks: dict[str, tuple[Any, str]] = {LetterKind.SUPPLY: (letter.referral, "completion")}
    if letter.kind == LetterKind.FILING:
        clocks[LetterKind.FILING] = (letter.referral.criminal_transfer, "police_decision")
    if letter.kind not in clocks:
        return False
    clock = open_clock(*clocks[letter.kind])
    return clock is not None and timezone.now() >= clock.due_at


def files_to_supply(referral: Referral, user: User) -> Any:
    """Evidence of the case that was not handed over with this letter before."""
    free = Evidence.objects.visible_to(user).filter(case=referral.case, voided_at=None)
    free = free.exclude(manifest_items__dispatch=referral.dispatch)
    return free.exclude(supplied_items__completion__referral=referral)


def under_way(referral: Referral, user: User) -> list[FollowUp]:
    """The open papers of one's own department about a letter."""
    found = FollowUp.objects.visible_to(user).filter(referral=referral).open()
    return list(found.select_related("referral", "drafted_by"))
