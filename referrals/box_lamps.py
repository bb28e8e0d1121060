"""The lamps of rows whose clock runs on something else: letters about a letter, 督办 of a comparison."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from core.dates import local_date
from deadlines.calendar import Calendar
from deadlines.lamps import lamp_of
from deadlines.models import Deadline
from referrals import reading
from referrals.enums import CRIME_LETTERS, LetterKind
from referrals.models import Comparison, FollowUp, ListSupervision, Referral
from referrals.receiving_enums import ListSupervisionStatus

# the clocks a letter about a letter sets running when it goes out: what it asks for, or what may be done next
STARTS = {
    LetterKind.COMPLETION: ("completion",),
    LetterKind.SUPERVISION: ("supervision",),
    LetterKind.FILING: ("property_handover", "police_reconsideration"),
    LetterKind.INCOMPLETE: ("criminal_correction",),
    LetterKind.RECONSIDER: ("police_reply",),
    LetterKind.RECONSIDERED: ("property_handover", "supervision_request"),
}


def lamps(things: list[Any]) -> dict[int, Any]:
    """The most urgent running clock of each row of one table, as a lamp with its clock."""
    if isinstance(things[0], FollowUp):
        return _of_follow_ups(things)
    if isinstance(things[0], ListSupervision):
        return _of_supervisions(things)
    return reading.lamps(things, things[0].kind_code)


def clocked(found: QuerySet[Any], clocks: QuerySet[Deadline]) -> Q:
    """The condition that one of `clocks` is a row's own."""
    if found.model is FollowUp:
        return _follow_up_clocked(clocks)
    if found.model is ListSupervision:
        of_list = clocks.filter(
            target_kind=Comparison.kind_code, rule_code="supervision", target_id=OuterRef("comparison")
        )
        return Q(Exists(of_list), status=ListSupervisionStatus.ISSUED)
    of_these = Q(target_kind=found.model.kind_code, target_id=OuterRef("pk"))
    if (
        found.model is Referral
    ):  # the file of a suspected crime has the clocks of the letter at who holds it now
        of_these |= Q(target_kind="crime", target_id=OuterRef("criminal_transfer"))
    return Q(Exists(clocks.filter(of_these)))


def _follow_up_clocked(clocks: QuerySet[Deadline]) -> Q:
    """What the last letter of its kind about that letter set running, since it went out."""
    since = clocks.filter(started_at__gte=OuterRef("sent_at"))
    crime = since.filter(target_kind="crime", target_id=OuterRef("referral__dispatch__criminal_transfer"))
    plain = since.filter(target_kind=Referral.kind_code, target_id=OuterRef("referral"))
    wanted = Q(pk=None)
    for kind, codes in STARTS.items():
        wanted |= Q(
            Exists((crime if kind in CRIME_LETTERS else plain).filter(rule_code__in=codes)), kind=kind
        )
    later = FollowUp.objects.filter(
        referral=OuterRef("referral"), kind=OuterRef("kind"), status="sent", pk__gt=OuterRef("pk")
    )  # door: only whether there is one
    return wanted & ~Q(Exists(later))


def _of_follow_ups(letters: list[FollowUp]) -> dict[int, Any]:
    """Two queries, however many letters."""
    last = FollowUp.objects.filter(
        status="sent", referral__in=[letter.referral_id for letter in letters]
    )  # door: as above
    newest = {pk for *_, pk in last.order_by().values_list("referral", "kind").annotate(Max("pk"))}
    wanted, target = Q(pk=None), {}
    for letter in letters:
        if letter.pk not in newest or letter.kind not in STARTS:
            continue
        thing = letter.referral.crime if letter.kind in CRIME_LETTERS else letter.referral
        target[letter.pk] = (thing.kind_code, thing.pk)
        wanted |= Q(
            target_kind=thing.kind_code, target_id=thing.pk, rule_code__in=STARTS[LetterKind(letter.kind)]
        )
    rows = list(Deadline.objects.open().filter(wanted).order_by("due_at", "pk"))
    return _shown(
        (letter.pk, row)
        for letter in letters
        for row in rows
        if target.get(letter.pk) == (row.target_kind, row.target_id)
        and row.rule_code in STARTS[LetterKind(letter.kind)]
        and letter.sent_at is not None
        and row.started_at >= letter.sent_at
    )


def _of_supervisions(found: Iterable[ListSupervision]) -> dict[int, Any]:
    waiting = {
        press.comparison_id: press.pk for press in found if press.status == ListSupervisionStatus.ISSUED
    }
    rows = Deadline.objects.open().filter(
        target_kind=Comparison.kind_code, target_id__in=waiting, rule_code="supervision"
    )
    return _shown((waiting[row.target_id], row) for row in rows.order_by("due_at", "pk"))


def _shown(found: Iterable[tuple[int, Deadline]]) -> dict[int, Any]:
    today, calendar = local_date(timezone.now()), Calendar.current()
    shown: dict[int, Any] = {}
    for pk, row in found:
        shown.setdefault(pk, (lamp_of(row, today, calendar), row))
    return shown
