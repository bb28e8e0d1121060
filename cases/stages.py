"""The stage bar of the case page: seven stages said from the real state of the case and its strands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.enums import CaseStatus, StrandStatus
from cases.models import Case, Strand
from core import registry
from core.wording import short_day

STAGES = {
    "registered": gettext_lazy("Registered"),
    "assessed": gettext_lazy("Assessed"),
    "transferred": gettext_lazy("Informed and transferred"),
    "inspected": gettext_lazy("Joint inspection"),
    "decided": gettext_lazy("Handled and penalised"),
    "sanctioned": gettext_lazy("Joint sanctions"),
    "closed": gettext_lazy("Closed and archived"),
}
_UNDER_WAY = {StrandStatus.FILED, StrandStatus.INVESTIGATING, StrandStatus.SUSPENDED, StrandStatus.DECIDED}


@dataclass(frozen=True)
class Stage:
    """state: "done", "now" or "" (not begun); text: the line under the name."""

    number: int
    label: Any
    state: str
    text: str


def stages_of(case: Case, strands: Iterable[Strand]) -> list[Stage]:
    """The seven stages. Rooms above say theirs through `registry.case_stages`: (case) -> (state, text)."""
    strands = list(strands)
    told = {
        "registered": ("done", f"{short_day(case.opened_at)} {case.handler or ''}".strip()),
        "assessed": _assessed(strands),
        "decided": _decided(strands),
        "closed": ("done", short_day(case.closed_at)) if case.status == CaseStatus.CLOSED else ("", ""),
    }
    for code, tell in registry.case_stages.items():
        told[code] = tell(case)
    made = []
    for number, (code, label) in enumerate(STAGES.items(), 1):
        state, text = told.get(code, ("", ""))
        made.append(Stage(number, label, state, text or (_("not begun") if not state else "")))
    return made


def _assessed(strands: list[Strand]) -> tuple[str, str]:
    verifying = sum(strand.status == StrandStatus.VERIFYING for strand in strands)
    if verifying:
        return "now", _("%(n)s of %(all)s verified") % {"n": len(strands) - verifying, "all": len(strands)}
    return ("done", _("verified")) if strands else ("", "")


def _decided(strands: list[Strand]) -> tuple[str, str]:
    under_way = [strand for strand in strands if strand.status in _UNDER_WAY]
    performed = sum(strand.status == StrandStatus.PERFORMED for strand in strands)
    if under_way:
        decided = sum(strand.status == StrandStatus.DECIDED for strand in under_way) + performed
        return "now", _("%(n)s of %(all)s decided") % {"n": decided, "all": len(under_way) + performed}
    return ("done", _("performed")) if performed else ("", "")
