from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.utils.translation import gettext_lazy as _

        from core import registry, seeded
        from core.boards import Figure
        from core.registry import NavEntry, Panel, TaskSource
        from journal import clerk
        from meetings import (
            board,
            boxes,
            contexts_proposals,
            contexts_resolutions,
            drafts,
            english,
            enums,
            finding,
            kinds,
            letters,
            minutes_paper,
            panels,
            pressing,
            rules,
            seeds,
            set_up,
            verbs,
            workbench,
            workbench_on_paper,
            workbench_proposals,
        )
        from meetings.actions.bulk_quarters import run_quarters
        from meetings.actions.extracts import print_due
        from meetings.actions.minutes import draft_due

        registry.register_verbs(*verbs.VERBS)
        told = ("minutes_issued", "supervision_answered", "task_was_confirmed")
        registry.to_read |= {f"meeting.{verb}" for verb in told}
        for kind in kinds.KINDS:
            registry.register_kind(kind)
        registry.draft_forms |= drafts.FORMS
        registry.task_sources += boxes.SOURCES
        registry.param_words["invitation"] = lambda code: (
            enums.Answer(code).label if code in enums.Answer.values else code
        )
        registry.settings_pages += set_up.PAGES
        registry.search_sources += finding.SOURCES
        registry.param_words["rule_changes"] = set_up.change_words
        registry.param_words["paper_kind"] = lambda code: (
            enums.PaperKind(code).label if code in enums.PaperKind.values else code
        )
        registry.param_words["opinion"] = lambda code: (
            enums.OpinionKind(code).label if code in enums.OpinionKind.values else code
        )
        seeded.register(english.words())
        registry.seeds.append((43, seeds.load))
        seeded.register(seeds.ENGLISH)
        registry.letters.update(letters.BUILDERS)
        registry.letters["meeting_minutes"] = minutes_paper.paper
        registry.letters["meeting_supervision"] = contexts_resolutions.supervision_letter
        registry.letters["meeting_extract"] = minutes_paper.paper
        registry.foreseen.append(registry.Foreseen(("overview",), panels.asks))
        registry.case_panels.append(
            Panel("rail", 60, "meetings", "meetings/case_panel.html", panels.extracts_of)
        )
        registry.letters["meeting_deployment"] = contexts_proposals.deployment_letter
        registry.letters["meeting_consultation"] = contexts_proposals.consultation_letter
        registry.letters["meeting_topics"] = letters.topics_letter
        registry.overtaken_by["meeting_notice"] = {"meeting_notice": "replaced"}
        registry.letter_names |= {
            "meeting_consultation": _("letter of a consultation"),
            "meeting_topics": _("letter asking for topics"),
            "meeting_deployment": _("notice of a deployment"),
            "meeting_extract": _("extract of minutes"),
            "meeting_supervision": _("letter of supervision of a resolution"),
            "meeting_notice": _("notice of a joint meeting"),
            "meeting_minutes": _("minutes of a joint meeting"),
        }
        registry.clock_presses["resolution"] = pressing.PRESS
        registry.own_tasks |= {"meeting", "resolution", "proposal"}
        registry.archive_checks.append(panels.still_to_do)
        registry.leave_vetoes.append(workbench.tasks_in_hand)
        registry.deadline_listeners["meeting"] = workbench.told_when_late
        registry.deadline_listeners["proposal"] = workbench_proposals.told_when_late
        clerk.register("meetings", 600, run_quarters)
        clerk.register("minutes", 60, draft_due)
        clerk.register("extracts", 15, print_due)
        registry.boards.append(Figure("dashboard", "meetings", 5, board.figures))
        registry.task_sources += [
            TaskSource("todo", 70, workbench.todo_rows, workbench.waiting),
            TaskSource("todo", 71, workbench.task_rows, workbench.tasks_waiting),
            TaskSource("todo", 70, workbench_on_paper.todo_rows, workbench_on_paper.waiting),
            TaskSource("todo", 71, workbench_on_paper.task_rows, workbench_on_paper.tasks_waiting),
            TaskSource("todo", 72, workbench_proposals.todo_rows, workbench_proposals.waiting),
        ]
        registry.nav += [
            NavEntry(
                "steering", 30, _("Joint meetings"), "meetings:list", "people", rules.can_list,
                workbench_on_paper.beside_meetings, hot=True,
            ),
            NavEntry(
                "steering", 31, _("Resolutions"), "meetings:ledger", "list-check", rules.can_list,
                workbench_on_paper.beside_ledger, hot=True,
            ),
            NavEntry(
                "steering", 32, _("Proposals and deployment"), "meetings:proposals", "clipboard-data", rules.can_list,
                workbench_proposals.waiting, hot=True,
            ),
        ]  # fmt: skip
