"""What the page of a letter shows beside its content: verdicts, completion, forwarding, withdrawal, 督办."""

from typing import Any

from django.utils import timezone

from departments.models import User
from referrals import reading_follow_up
from referrals.models import Referral


def of_everybody(referral: Referral, user: User) -> dict[str, Any]:
    """What both sides and the office see."""
    return {
        "supervisions": referral.supervisions.select_related("replied_by", "document"),
        "under_way": reading_follow_up.under_way(referral, user),
    }


def of_letter(referral: Referral, user: User) -> dict[str, Any]:
    """What the two sides see: context of `referrals/receiving.html`."""
    completions = referral.completions.select_related(
        "asked_by", "supplied_by", "taken_by", "letter", "supply_letter"
    ).prefetch_related("items")
    return {
        "sayings": referral.sayings.select_related("by"),
        "links": referral.links.select_related("issued_by") if referral.dispatch.department_id == user.department.pk else (),
        "now": timezone.now(),
        "verdicts": referral.verdicts.all(),
        "completions": completions,
        "withdrawals": referral.withdrawals.select_related("asked_by", "decided_by"),
        "redo_points": referral.redo_points.all(),
        "chain": chain(referral, user),
    }


def chain(referral: Referral, user: User) -> list[dict[str, Any]]:
    """Every letter a matter has been in since it left its sender, oldest first; empty where nobody forwarded it."""
    links, first = [referral], referral
    while first.earlier is not None:
        first = first.earlier
        links.insert(0, first)
    last: Referral | None = referral
    while last is not None:
        last = Referral.objects.filter(dispatch__forwards=last).select_related("dispatch__forwards").first()
        if last is not None:
            links.append(last)
    ids = [link.pk for link in links]
    readable = set(Referral.objects.readable_by(user).filter(pk__in=ids).values_list("pk", flat=True))
    ids = [link.pk for link in links if link.pk in readable or not link.receiver.named_only]
    if len(ids) <= 1:
        return []
    found = Referral.objects.filter(pk__in=ids).select_related("dispatch__department", "receiver").order_by("pk")
    return [
        {"letter": link, "readable": link.pk in readable, "here": link.pk == referral.pk} for link in found
    ]
