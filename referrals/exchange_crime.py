"""The spans of a suspected crime in the exchange picture: who held the file, at every body it was forwarded to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from deadlines.calendar import Calendar
from departments.models import Department
from referrals import crime_contexts
from referrals.crime_enums import StepKind
from referrals.exchange_spans import Holder, Span, Step, spans
from referrals.models import CrimeStep, CriminalTransfer, Referral

RECEIVER, SENDER, PROCURATORATE = "receiver", "sender", "procuratorate"
# step → who holds the file after it and as what; what was decided is not said, only whose turn it is
_AFTER = {
    StepKind.RECEIVED: ("deciding", RECEIVER),
    StepKind.INCOMPLETE: ("completing", SENDER),
    StepKind.COMPLETED: ("deciding", RECEIVER),
    StepKind.RECONSIDERATION: ("working", RECEIVER),
    StepKind.SUPERVISION: ("working", PROCURATORATE),
    **dict.fromkeys(
        (
            StepKind.FILED, StepKind.REFUSED, StepKind.OVERTURNED, StepKind.UPHELD, StepKind.ORDERED,
            StepKind.NOT_ORDERED, StepKind.REVOKED,
        ),
        ("closing", SENDER),
    ),
}  # fmt: skip
_ENDS = (StepKind.FORWARDED, StepKind.PROPERTY, StepKind.RESUMED)


@dataclass
class CrimeWay:
    """What a letter of suspected crime went through: who forwarded it here, and the steps taken while it was here."""

    transfer: CriminalTransfer
    forwarder: Department | None = None
    steps: list[CrimeStep] = field(default_factory=list)


def ways(letters: Iterable[Referral]) -> dict[int, CrimeWay]:
    """The way of each letter of suspected crime, in three queries. The caller may see the letters."""
    letters = list(letters)
    dispatches = {letter.dispatch_id for letter in letters}
    files = CriminalTransfer.objects.filter(
        dispatch__in=dispatches
    ).select_related(  # door: of letters the caller sees
        "procuratorate", "department__region"
    )
    files = list(files.prefetch_related("steps"))
    bodies: dict[int, list[Referral]] = defaultdict(list)
    had = Referral.objects.filter(
        dispatch__in=[file.dispatch_id for file in files]
    )  # door: only who forwarded it
    for letter in had.select_related("receiver").order_by("pk"):
        bodies[letter.dispatch_id].append(letter)
    found: dict[int, CrimeWay] = {}
    for file in files:
        assert file.dispatch_id is not None  # asked for above
        forwarder, stages = None, _stages(file)
        for letter, steps in zip(bodies[file.dispatch_id], stages, strict=True):
            found[letter.pk] = CrimeWay(file, forwarder, steps)
            forwarder = letter.receiver
    return {letter.pk: found[letter.pk] for letter in letters if letter.pk in found}


def _stages(file: CriminalTransfer) -> list[list[CrimeStep]]:
    """Its steps from the hand-over on, one list for each body that had it."""
    stages: list[list[CrimeStep]] = [[]]
    for step in sorted(file.steps.all(), key=lambda step: step.pk):
        stages[-1].append(step)
        if step.kind == StepKind.FORWARDED:
            stages.append([])
    return stages


def of_crime(letter: Referral, way: CrimeWay, now: dt.datetime, calendar: Calendar) -> list[Span]:
    """Drafted, waiting for the receipt, examined, completed, decided on, reconsidered, supervised: each with who held
    it, until the next body takes it or it is over."""
    sent = letter.sent_at
    assert sent is not None  # set when it was sent
    found: list[Step] = []
    if way.forwarder is None:
        found.append(
            ("drafting", _("drafting"), letter.dispatch.department, letter.dispatch.drafted_at, sent)
        )
    labels = {"deciding": _("being examined"), "completing": _("being completed"), "working": _("being worked"),
              "closing": _("with the sender")}  # fmt: skip
    watching: Holder = way.transfer.procuratorate or crime_contexts.copy_to(way.transfer)
    who: dict[str, Holder] = {RECEIVER: letter.receiver, SENDER: letter.sender, PROCURATORATE: watching}
    code, label, holder, since = "signing", _("waiting to be signed for"), who[RECEIVER], sent
    for step in way.steps:
        if step.kind in _AFTER:
            found.append((code, label, holder, since, step.happened_at))
            code, side = _AFTER[StepKind(step.kind)]
            label, holder, since = labels[code], who[side], step.happened_at
        elif step.kind in _ENDS:
            found.append((code, label, holder, since, step.happened_at))
            if step.kind != StepKind.PROPERTY or not any(each.kind == StepKind.REVOKED for each in way.steps):
                return spans(found, now, calendar)
            # the police have it until they revoke the case
            code, label, holder, since = "working", labels["working"], who[RECEIVER], step.happened_at
    return spans([*found, (code, label, holder, since, None)], now, calendar)
