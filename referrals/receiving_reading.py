"""What the page of a letter shows of verdicts and completion. Nothing here writes."""

from typing import Any

from referrals.models import Referral


def of_letter(referral: Referral) -> dict[str, Any]:
    """Context of `referrals/receiving.html`."""
    completions = referral.completions.select_related(
        "asked_by", "supplied_by", "taken_by", "letter", "supply_letter"
    ).prefetch_related("items")
    return {"verdicts": referral.verdicts.all(), "completions": completions}
