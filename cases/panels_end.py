"""What the case page says of merged cases and of the archive."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from cases.enums import CaseStatus, MoneyKind
from cases.models import Case, CaseArchive, CaseMerge, MoneyEntry

TOTALS = (MoneyKind.SUSPECTED, MoneyKind.VERIFIED, MoneyKind.RECOVERED, MoneyKind.FINED)


def merged_panel(case: Any, user: Any) -> dict | None:
    """Of a merged case the main one, where this person sees it (so too while it is only proposed); of a main case those
    merged into it that the person reads, each with its evidence and sums. Nothing is asked where neither happened."""
    if case.merged or case.merge_asked:
        known = CaseMerge.objects.visible_to(user).filter(undone_at=None).select_related("by", "proposed_by")
        merge = known.get(case=case)
        return {"merge": merge, "main_case": Case.objects.visible_to(user).filter(pk=merge.main_id).first()}
    if not case.merging:
        return None
    merges = list(
        CaseMerge.objects.visible_to(user)
        .in_force()
        .filter(main=case)
        .select_related("case", "by")
        .annotate(files=Count("case__evidence", filter=Q(case__evidence__voided_at=None)))
        .order_by("pk")
    )
    if not merges:
        return None
    sums: dict[int, dict[str, Decimal]] = {merge.case_id: dict.fromkeys(TOTALS, Decimal("0.00")) for merge in merges}
    own = dict.fromkeys(TOTALS, Decimal("0.00"))
    entries = MoneyEntry.objects.filter(case__in=[case.pk, *sums], kind__in=TOTALS).order_by()
    for pk, kind, total in entries.values_list("case", "kind").annotate(sum=Sum("amount")):
        sums.get(pk, own)[kind] = total
    rows = [(merge, [sums[merge.case_id][kind] for kind in TOTALS]) for merge in merges]
    together = [own[kind] + sum(values[at] for _merge, values in rows) for at, kind in enumerate(TOTALS)]
    return {"rows": rows, "heads": [kind.label for kind in TOTALS], "together": together}


def archive_panel(case: Any, user: Any) -> dict | None:
    """Where it lies; volumes that were ended by reopening stay on record. Nothing is asked of a case never archived."""
    if case.status != CaseStatus.CLOSED and not case.archived_before:
        return None
    known = CaseArchive.objects.visible_to(user).filter(case=case).exclude(confirmed_at=None, ended_at__isnull=False)
    found = list(known.select_related("filed_by", "confirmed_by", "ended_by", "catalogue").defer("catalogue__context"))
    standing = next((each for each in found if each.ended_at is None), None)
    own = user.department is not None and user.department.pk == case.owner_id  # who reads the catalogue
    return {"archive": standing, "earlier": [each for each in found if each.ended_at], "own": own} if found else None
