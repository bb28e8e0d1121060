"""Who wrote in a plan, and so does not sign it (拟稿人 ≠ 签发人; as `referrals.rules_writing`)."""

from collections import defaultdict
from collections.abc import Iterable

from inspections.models import Inspection
from journal.models import Event

# what changes the plan that is signed; answering for one's department and naming its people is no writing in the plan
CHANGES = tuple(
    f"inspection.{verb}"
    for verb in (
        "edited", "partner_added", "partner_edited", "partner_dropped", "target_added", "target_dropped", "postponed",
    )
)  # fmt: skip


def writers_of(inspections: Iterable[Inspection]) -> dict[int, set[int]]:
    """Inspection id → ids of those who drafted, changed or submitted it. One statement."""
    found: dict[int, set[int]] = defaultdict(set)
    for each in inspections:
        found[each.pk] |= {pk for pk in (each.drafted_by_id, each.submitted_by_id) if pk is not None}
    changed = Event.objects.filter(
        target_kind=Inspection.kind_code, target_id__in=list(found), verb__in=CHANGES, actor_id__isnull=False
    )
    for pk, actor in changed.order_by().values_list("target_id", "actor_id").distinct():
        found[pk].add(actor)
    return found


def writers(inspection: Inspection) -> set[int]:
    """Ids of those who drafted, changed or submitted the plan."""
    return writers_of([inspection])[inspection.pk]
