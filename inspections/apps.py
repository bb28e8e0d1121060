from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "inspections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.utils.translation import gettext_lazy as _

        from core import registry, seeded
        from core.boards import Figure
        from core.registry import NavEntry, Panel, TaskSource
        from inspections import (
            agenda,
            apps_draw,
            board,
            boxes,
            dictionaries,
            drafts,
            enums,
            finding,
            kinds,
            letters,
            notices_overtaken,
            panels,
            rules,
            seeds,
            verbs,
            workbench,
        )

        registry.register_verbs(*verbs.VERBS)
        for kind in kinds.KINDS:
            registry.register_kind(kind)
            registry.expert_kinds.add(kind.code)
        registry.draft_forms |= drafts.FORMS
        registry.task_sources += boxes.SOURCES
        registry.param_words["part_role"] = lambda code: (
            enums.PartRole(code).label if code in enums.PartRole.values else code
        )
        registry.param_words["back"] = lambda code: (
            enums.WhyBack(code).label if code in enums.WhyBack.values else code
        )
        registry.seeds.append((44, seeds.load))
        seeded.register(seeds.ENGLISH)
        registry.in_use["category"] = dictionaries.beside(registry.in_use["category"])
        registry.letters.update(letters.BUILDERS)
        registry.overtaken_by["inspection_notice"] = notices_overtaken.of
        registry.letter_names |= {
            "inspection_approval": _("approval form of a joint inspection"),
            "inspection_notice": _("notice of an inspection"),
            "inspection_record": _("on-site record"),
            "inspection_summary": _("summary of a joint inspection"),
            "inspection_taken_back": _("letter taking a notice of inspection back"),
        }
        registry.case_panels.append(
            Panel(
                "main", 55, "inspections", "inspections/case_panel.html", panels.origin, tab="inspection",
                count=panels.counted,
            )
        )
        registry.case_stages["inspected"] = panels.stage
        registry.foreseen.append(registry.Foreseen((), panels.asks))
        registry.discoveries.append(panels.discovered)
        registry.own_tasks |= {"inspection_partner", "rectification"}
        registry.leave_vetoes.append(workbench.in_hand)
        registry.search_sources += finding.SOURCES
        registry.deadline_listeners["inspection_partner"] = workbench.told_when_unanswered
        registry.boards.append(Figure("dashboard", "inspections", 40, board.figures))
        registry.board_lists |= {each.code: each for each in board.LISTS}
        registry.agenda_sources.append((36, agenda.topics))
        registry.task_sources.append(TaskSource("todo", 60, workbench.todo_rows, workbench.waiting))
        registry.nav += [
            NavEntry(
                "cases", 60, _("Joint inspections"), "inspections:list", "clipboard-check", rules.can_list,
                workbench.waiting, hot=True,
            ),
            NavEntry(
                "files", 45, _("Enforcement certificates"), "inspections:certificates", "person-badge",
                rules.can_see_certificates,
            ),
        ]  # fmt: skip
        apps_draw.register()
