"""What 信息互通 and 提前介入 offer to other rooms, called once from `apps.py`."""

from django.utils.translation import gettext_lazy as _

from core import registry
from core.registry import NavEntry, Panel, TaskSource
from referrals import kinds, panels_informing, workbench_informing
from referrals.actions.informing import owe_bulletin
from referrals.reading_informing import Informing


def register() -> None:
    registry.case_listeners.append(owe_bulletin)
    registry.case_panels.append(
        Panel(
            "main", 18, "informing", "referrals/informing_panel.html", panels_informing.informing, tab="nature"
        )
    )
    registry.foreseen.append(registry.Foreseen(("overview", "nature"), Informing.asks))
    registry.next_steps += [
        panels_informing.next_bulletin,
        panels_informing.next_team,
        panels_informing.next_nature,
    ]
    registry.close_vetoes.append(panels_informing.open_teams)
    registry.leave_vetoes.append(panels_informing.teams_in_hand)
    registry.task_sources += [
        TaskSource("read", 20, workbench_informing.read_rows, workbench_informing.read_count),
        TaskSource("todo", 21, workbench_informing.team_rows, workbench_informing.team_count),
        TaskSource("todo", 23, workbench_informing.paper_rows, workbench_informing.paper_count),
    ]
    registry.nav.append(
        NavEntry(
            "cases",
            25,
            _("Letters in and out"),
            "referrals:letters_in",
            "inboxes",
            kinds.has_business,
            also=(
                "referrals:letters_out",
                "referrals:letters_copied",
                "referrals:batch_sign",
                "referrals:batch_chase",
            ),
        )
    )
