"""What pools, draws and coverage offer the other rooms (core.registry); called once from `apps.py`."""


def register():
    from django.utils.translation import gettext_lazy as _

    from core import registry
    from core.registry import NavEntry, TaskSource
    from inspections import (
        agenda_coverage,
        draw_enums,
        draw_rules,
        draw_workbench,
        kinds_draw,
        pools_rules,
        seeds_pools,
        set_up_caps,
        statistics,
        verbs_draw,
    )
    from inspections.actions.coverage import run_coverage
    from journal import clerk

    registry.register_verbs(*verbs_draw.VERBS)
    for kind in kinds_draw.KINDS:
        registry.register_kind(kind)
    registry.param_words["draw_state"] = lambda code: (
        draw_enums.DrawStatus(code).label if code in draw_enums.DrawStatus.values else code
    )
    registry.param_words["recusal_ground"] = lambda code: (
        draw_enums.Ground(code).label if code in draw_enums.Ground.values else code
    )
    registry.param_words["cap_changes"] = set_up_caps.change_words
    registry.seeds.append((45, seeds_pools.load))
    registry.settings_pages += set_up_caps.PAGES
    registry.agenda_sources.append((37, agenda_coverage.topics))
    registry.statistics.append(registry.Statistics(statistics.CODES, statistics.numbers, statistics.listed))
    clerk.register("coverage", 600, run_coverage)
    registry.task_sources.append(TaskSource("todo", 84, draw_workbench.todo_rows, draw_workbench.waiting))
    registry.nav += [
        NavEntry(
            "steering", 41, _("Random draws"), "inspections:draws", "shuffle", draw_rules.can_list,
            draw_workbench.waiting, hot=True,
        ),
        NavEntry("steering", 42, _("Pools of the draws"), "inspections:pools", "collection", pools_rules.can_list),
        NavEntry(
            "steering", 43, _("Coverage of the year"), "inspections:coverage", "pie-chart", pools_rules.can_see_coverage,
        ),
    ]  # fmt: skip
