"""What the page of a letter shows beside its content: verdicts, completion, forwarding, withdrawal, 督办.

Everything is gathered, so that a page asks it in one statement: the values are filled once the caller has asked.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from core.gathering import Gathering
from departments.models import User
from referrals import reading_follow_up
from referrals.models import (
    AnswerLink,
    Chase,
    Completion,
    Dispatch,
    Extension,
    FollowUp,
    RedoPoint,
    Referral,
    Reply,
    Said,
    Supervision,
    SuppliedItem,
    Verdict,
    Withdrawal,
)


def of_everybody(gathering: Gathering, referral: Referral, user: User) -> dict[str, Any]:
    """What both sides and the office see, and what the rules ask of a letter beside its own columns."""
    gathering.hang(referral, "chases", Chase.objects.all())
    gathering.hang(referral, "follow_ups", FollowUp.objects.select_related("delivery"))
    gathering.hang(referral, "forwardings", Dispatch.objects.all())
    referral.waiting_replies = gathering.rows(Reply.objects.filter(referral=referral).open())  # type: ignore[attr-defined]
    completions = Completion.objects.select_related("asked_by", "supplied_by", "taken_by", "letter", "supply_letter")
    return {
        "supervisions": gathering.hang(
            referral, "supervisions", Supervision.objects.select_related("replied_by", "document")
        ),
        "extensions": gathering.hang(referral, "extensions", Extension.objects.select_related("asked_by", "decided_by")),
        "completions": gathering.hang(referral, "completions", completions),
        "withdrawals": gathering.hang(
            referral, "withdrawals", Withdrawal.objects.select_related("asked_by", "decided_by")
        ),
        "links": gathering.hang(referral, "links", AnswerLink.objects.select_related("issued_by")),
        "under_way": gathering.rows(reading_follow_up.under_way_asked(referral, user)),
    }


def of_letter(gathering: Gathering, referral: Referral, context: dict[str, Any], user: User) -> dict[str, Any]:
    """What the two sides see beside that context: for `referrals/receiving.html`."""
    gathering.hang_each(context["completions"], "items", SuppliedItem.objects.filter(completion__referral=referral))
    return {
        "sayings": gathering.rows(Said.objects.filter(referral=referral).select_related("by")),
        "links": context["links"] if referral.dispatch.department_id == user.department.pk else (),
        "now": timezone.now(),
        "verdicts": gathering.rows(Verdict.objects.filter(referral=referral)),
        "redo_points": gathering.rows(RedoPoint.objects.filter(referral=referral)),
        "chain": gathering.rows(chain_asked(referral, user)),
    }


# every letter a forwarded matter has been in: back to the first, and from each to what it was forwarded by
_IN_CHAIN = """
WITH RECURSIVE before AS (
    SELECT r.id, r.dispatch_id FROM referrals_referral r WHERE r.id = %s
    UNION SELECT r.id, r.dispatch_id FROM before
        JOIN referrals_dispatch d ON d.id = before.dispatch_id JOIN referrals_referral r ON r.id = d.forwards_id
), along AS (
    SELECT id FROM before
    UNION SELECT r.id FROM along
        JOIN referrals_dispatch d ON d.forwards_id = along.id JOIN referrals_referral r ON r.dispatch_id = d.id
) SELECT id FROM along
"""


def chain_asked(referral: Referral, user: User) -> QuerySet:
    """Every letter a matter has been in, not asked yet."""
    readable = Referral.objects.readable_by(user).filter(pk=OuterRef("pk"))
    found = Referral.objects.filter(pk__in=RawSQL(_IN_CHAIN, [referral.pk]))  # noqa: S611
    return found.annotate(is_readable=Exists(readable)).select_related("dispatch__department", "receiver").order_by("pk")


def chain(referral: Referral, user: User) -> list[dict[str, Any]]:
    """Every letter a matter has been in, oldest first, in one query; empty where nobody forwarded it."""
    return chain_shown(chain_asked(referral, user), referral)


def chain_shown(found: Iterable[Any], referral: Referral) -> list[dict[str, Any]]:
    """Those from its sender over this one to where it is now, oldest first; empty where nobody forwarded it."""
    by_pk = {link.pk: link for link in found}
    after = {link.dispatch.forwards_id: link for link in by_pk.values() if link.dispatch.forwards_id}  # the last wins
    links = [by_pk[referral.pk]]
    while (earlier := links[0].dispatch.forwards_id) is not None:
        links.insert(0, by_pk[earlier])
    while (later := after.get(links[-1].pk)) is not None:
        links.append(later)
    shown = [link for link in links if link.is_readable or not link.receiver.named_only]
    if len(shown) <= 1:
        return []
    return [{"letter": link, "readable": link.is_readable, "here": link.pk == referral.pk} for link in shown]
