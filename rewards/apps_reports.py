"""What reports and their sealed reporters offer the other rooms (core.registry)."""


def _words(choices):
    return lambda code: choices(code).label if code in choices.values else code


def register():
    from django.utils.translation import gettext_lazy as _

    from core import registry
    from core.registry import NavEntry, Panel, TaskSource
    from rewards import (
        boxes,
        enums,
        kinds,
        letters_reports,
        panels_keys,
        panels_reports,
        refusals_opening,
        rules_reports,
        set_up_reports,
        verbs_reports,
    )
    from rewards.actions.report_progress import case_has_result, case_was_declined, case_was_filed

    for kind in kinds.KINDS:
        registry.register_kind(kind)
    registry.register_verbs(*verbs_reports.VERBS)
    registry.param_words["report_channel"] = _words(enums.Channel)
    registry.param_words["opened_fields"] = _words(enums.FieldSet)
    registry.param_words["told_via"] = _words(enums.ToldVia)
    registry.param_words["attempt_reason"] = refusals_opening.words_of
    registry.filing_listeners.append(case_was_filed)
    registry.decline_listeners.append(case_was_declined)
    registry.hidden_targets["report"] = panels_reports.hidden_reports
    registry.result_listeners.append(case_has_result)
    registry.letters["report_form"] = letters_reports.register_form
    registry.letter_names["report_form"] = _("registration form of a report")
    registry.case_panels.append(
        Panel(
            "main", 45, "reports", "rewards/case_panel.html", panels_reports.case_panel, tab="reward",
            count=panels_reports.counted,
        )
    )
    registry.settings_pages += set_up_reports.PAGES
    registry.leave_vetoes.append(panels_reports.reports_in_hand)
    registry.own_tasks.add("report")
    registry.task_sources += [
        TaskSource("todo", 30, panels_reports.todo_rows, panels_reports.to_do),
        TaskSource("todo", 31, panels_reports.opening_rows, panels_reports.openings_waiting),
        TaskSource("todo", 32, panels_keys.todo_rows, panels_keys.count),
        *boxes.SOURCES,
    ]
    registry.nav += [
        NavEntry(
            "cases", 50, _("Reports"), "rewards:reports", "megaphone", rules_reports.works_on_reports,
            panels_reports.to_do, hot=True,
        ),
        NavEntry(
            "cases", 51, _("Openings of identities"), "rewards:openings", "key", rules_reports.sees_openings,
            panels_reports.openings_waiting, hot=True,
        ),
    ]  # fmt: skip
