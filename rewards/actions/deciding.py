"""Whether the decision that a reward waits for stands: of the strands that verified its amounts, not of any strand."""

import datetime as dt
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cases.enums import Disposition, MoneyKind, StrandStatus
from cases.models import MoneyEntry, Strand
from core.dates import local_date
from core.refusals import BadInput
from departments.models import User
from journal.models import Event
from rewards.models import Repetition, Reward

# decided after filing; or not filed, but handled under the agreement or handed to justice: both end what the report
# told of with a result (FACTS §2.5). A decision that grants nothing is none.
STANDS = Q(status__in=(StrandStatus.DECIDED, StrandStatus.PERFORMED)) & ~Q(disposition=Disposition.NONE)
STANDS |= Q(status=StrandStatus.NOT_FILED, disposition__in=(Disposition.AGREEMENT, Disposition.JUDICIAL))
# over without a result: who verified an amount here takes it back
FRUITLESS = (StrandStatus.NOT_FILED, StrandStatus.TERMINATED, StrandStatus.WITHDRAWN)


def _with_bearer(entries: QuerySet[MoneyEntry]) -> QuerySet[Any]:
    """Each with the strand that answers for it: the one it names, else that of the department which entered it, else
    the owner's."""
    here = Strand.objects.filter(case=OuterRef("case"))
    return entries.annotate(
        bearer=Coalesce(
            F("strand"),
            Subquery(here.filter(department=OuterRef("department")).values("pk")[:1]),
            Subquery(here.filter(department=OuterRef("case__owner")).values("pk")[:1]),
        )
    )


def carrying(report: Any, case: Any) -> QuerySet[Any]:
    """The verified entries that carry the rewards of a report: its own and those of reports that repeat it, without
    what was reversed. Given ids or references to an outer row."""
    repeats = Repetition.objects.filter(report=OuterRef("clue_id"))
    repeats = repeats.filter(first=OuterRef(report) if isinstance(report, OuterRef) else report)
    found = MoneyEntry.objects.filter(
        Q(clue_id=report) | Exists(repeats), clue_kind="report", kind=MoneyKind.VERIFIED, case=case,
        reverses=None, reversal=None,
    )  # fmt: skip
    return _with_bearer(found)


def decided() -> Q:
    """For a queryset of rewards: every strand that answers for an amount of theirs is decided."""
    entries = carrying(OuterRef("report"), OuterRef("case"))
    stands = Strand.objects.filter(STANDS, pk=OuterRef("bearer"))
    return Q(Exists(entries)) & ~Q(Exists(entries.filter(~Exists(stands))))


def by_own_hand(user: User) -> Q:
    """For a queryset of rewards: this person handles a strand of the case or entered an amount that carries it."""
    handles = Strand.objects.filter(case=OuterRef("case"), handler=user.pk)
    return Q(Exists(handles)) | Q(Exists(carrying(OuterRef("report"), OuterRef("case")).filter(by=user.pk)))


def bearers(reward: Reward) -> list[Any]:
    """The strands whose decision this reward waits for, each with `stands`: whether its decision does.

    Where the ledger carries nothing, there are none.
    """
    ids = carrying(reward.report_id, reward.case_id).values("bearer")
    found = Strand.objects.filter(pk__in=ids).annotate(stands=Case(When(STANDS, then=True), default=False))
    return list(found.select_related("department").order_by("pk"))


def still_to_decide(reward: Reward) -> str:
    """Who has to decide before this reward can be proposed, in a sentence; nothing where all have."""
    strands = bearers(reward)
    if not strands:
        return _("The decision is not taken yet, or was taken up again: nothing can be granted.")
    waiting = [strand for strand in strands if not strand.stands]
    said = []
    names = [str(strand.department) for strand in waiting if strand.status not in FRUITLESS]
    if names:
        said.append(
            _("The decision is not taken yet, or was taken up again; still to decide: %(names)s.")
            % {"names": _(", ").join(names)}
        )
    names = [str(strand.department) for strand in waiting if strand.status in FRUITLESS]
    if names:
        said.append(
            _(
                "%(names)s ended without a result what it verified because of this report: it has to reverse the amount."
            )
            % {"names": _(", ").join(names)}
        )
    return " ".join(said)


def decision_day(strand: Strand) -> dt.date | None:
    """The day on which a strand was decided, or not filed and handled otherwise."""
    if strand.status == StrandStatus.NOT_FILED:
        return local_date(strand.ended_at) if strand.ended_at is not None else None
    told = Event.objects.filter(verb="strand.decided", target_kind=Strand.kind_code, target_id=strand.pk)
    last = told.order_by("-pk").values_list("at", flat=True).first()
    return local_date(last) if last is not None else strand.filed_on


def check_effective(reward: Reward, effective_on: dt.date | None, at: dt.datetime) -> None:
    """The decision must stand: every strand that verified an amount of this reward has decided with a disposition, and
    a penalty's effective date has come.

    :raises BadInput: no decision, a penalty without its date, or a date before the decision or after today
    """
    if sentence := still_to_decide(reward):
        raise BadInput(sentence)
    strands = bearers(reward)
    if any(strand.disposition == Disposition.PENALTY for strand in strands) and effective_on is None:
        raise BadInput(_("State on which day the penalty decision took effect."), field="effective_on")
    if effective_on is None:
        return
    if effective_on > local_date(at):
        raise BadInput(_("The decision takes effect later only."), field="effective_on")
    first = max((day for day in map(decision_day, strands) if day is not None), default=None)
    if first is not None and effective_on < first:
        raise BadInput(
            _("It was decided on %(day)s only: no decision takes effect before.")
            % {"day": first.isoformat()},
            field="effective_on",
        )
