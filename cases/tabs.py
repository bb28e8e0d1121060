"""The tabs of the case page: which there are, what stands on each, and which one a person is shown first (ADR 0070)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.enums import CaseStatus, StrandStatus
from cases.models import Case
from core import registry
from core.tally import Countable
from departments.enums import Function, Role

TABS = {
    "overview": gettext_lazy("Overview"),
    "nature": gettext_lazy("Assessment"),
    "transfer": pgettext_lazy("tab", "Transfer"),
    "support": gettext_lazy("Technical support"),
    "inspection": pgettext_lazy("tab", "Inspection"),
    "handling": gettext_lazy("Handling and penalty"),
    "after": gettext_lazy("After the decision"),
    "sanction": pgettext_lazy("tab", "Sanctions"),
    "reward": pgettext_lazy("tab", "Rewards"),
    "material": gettext_lazy("Material"),
    "money": pgettext_lazy("tab", "Amounts"),
    "timeline": gettext_lazy("Timeline"),
    "comments": pgettext_lazy("tab", "Remarks"),
}
# what a role most likely came for; the others begin where the next step stands
_BY_ROLE = {
    Role.LEGAL: "handling",
    Role.FINANCE: "money",
    Role.REPORT_OFFICER: "reward",
    Role.REGISTRAR: "transfer",
}


@dataclass(frozen=True)
class Tab:
    """One tab as drawn. count: what stands on it, None where nothing is counted; marks: the old anchors it answers to."""

    code: str
    label: Any
    count: int | None
    shown: bool
    marks: tuple[str, ...]


def panels_on(tab: str) -> list[registry.Panel]:
    return sorted((panel for panel in registry.case_panels if panel.tab == tab), key=lambda panel: panel.order)


def tab_of(panel: str) -> str:
    """The tab on which a panel stands; the first one for a panel nobody knows."""
    return next((each.tab for each in registry.case_panels if each.code == panel), "overview")


def address_of(case_id: int, panel: str = "") -> str:
    """The address of the case page; with a panel, of the tab and the place where it stands."""
    page = reverse("cases:detail", args=[case_id])
    if not panel:
        return page
    found = next((each for each in registry.case_panels if each.code == panel), None)
    return f"{page}?tab={tab_of(panel)}#{found.anchor or panel if found else panel}"


def first_tab(case: Case, user: Any) -> str:
    """Where this person begins: by the post acted in, then by how far the own department's part has come."""
    if case.status == CaseStatus.CLOSED:
        return "overview"
    if user.post.role in _BY_ROLE:
        return _BY_ROLE[user.post.role]
    if user.department.function == Function.FINANCE:
        return "money"
    if case.own_part == StrandStatus.DECIDED:  # type: ignore[attr-defined]  # an annotation of for_page
        return "after"
    return "overview"


def counts_of(case: Case, user: Any) -> list[Countable]:
    """What is counted beside each tab, in their order; the page asks all of it in one statement."""
    found: list[Countable] = []
    for code in TABS:
        counted = [panel.count(case, user) for panel in registry.case_panels if panel.tab == code and panel.count]
        found.append(counted or None)
    return found


def tabs_of(shown: str, numbers: Sequence[int | None]) -> list[Tab]:
    """The tabs as drawn; every panel that is not on the tab shown leaves its anchor at its tab."""
    return [
        Tab(
            code, label, number, code == shown,
            () if code == shown else tuple(panel.anchor or panel.code for panel in panels_on(code)),
        )
        for (code, label), number in zip(TABS.items(), numbers, strict=True)
    ]  # fmt: skip
