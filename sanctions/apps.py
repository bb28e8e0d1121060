from django.apps import AppConfig


class SanctionsConfig(AppConfig):
    name = "sanctions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.utils.translation import gettext_lazy as _

        from core import registry, seeded
        from core.boards import Figure
        from core.registry import NavEntry, Panel, TaskSource
        from journal import clerk
        from sanctions import (
            agenda,
            apps_credit,
            board,
            boxes,
            drafts,
            english,
            enums,
            finding,
            kinds,
            letters,
            listeners,
            notices,
            panels,
            rules,
            seeds,
            set_up,
            verbs,
            workbench,
        )
        from sanctions.actions.bulk_expiry import expire_due
        from sanctions.actions.bulk_sending import send_out

        registry.register_verbs(*verbs.VERBS)
        told = ("was_determined", "was_decided", "was_refused", "was_fed_back", "was_changed", "was_annulled")
        registry.to_read |= {f"sanction.{verb}" for verb in (*told, "task_was_suspended", "terms_were_over")}
        for kind in kinds.KINDS:
            registry.register_kind(kind)
        registry.draft_forms |= drafts.FORMS
        registry.task_sources += boxes.SOURCES
        registry.param_words["heard"] = lambda code: (
            enums.Said(code).label if code in enums.Said.values else code
        )
        registry.param_words["list_kind"] = lambda code: (
            enums.ListKind(code).label if code in enums.ListKind.values else code
        )
        registry.param_words["measure_fields"] = set_up.field_words
        registry.seeds.append((44, seeds.load))
        seeded.register(english.words())
        registry.settings_pages += set_up.PAGES
        registry.search_sources += finding.SOURCES
        registry.letters.update(letters.BUILDERS)
        registry.letter_names |= {
            "sanction_proposal": _("proposal of a joint sanction"),
            "sanction_notice": _("notice of an intended sanction"),
            "sanction_determination": _("determination of a breach of trust"),
            "sanction_measures": _("decision on sanction measures"),
            "sanction_feedback": _("feedback on sanction measures"),
        }
        registry.strand_listeners.append(listeners.strand_moved)
        registry.case_panels.append(
            Panel(
                "main", 35, "sanctions", "sanctions/case_panel.html", panels.of_case, tab="sanction",
                count=panels.counted,
            )
        )
        registry.case_stages["sanctioned"] = panels.stage
        registry.foreseen.append(registry.Foreseen((), panels.asks))
        registry.close_vetoes.append(panels.still_open)
        registry.void_vetoes.append(panels.not_voided)
        registry.boards.append(Figure("dashboard", "sanctions", 50, board.figures))
        registry.board_lists[board.MEASURES.code] = board.MEASURES
        registry.agenda_sources.append((35, agenda.topics))
        registry.hidden_targets |= {
            "sanction": panels.hidden_sanctions, "measure_task": panels.hidden_tasks, "repair": panels.hidden_repairs,
        }  # fmt: skip
        registry.own_tasks |= {"sanction", "measure_task", "repair"}
        registry.deadline_listeners["measure_task"] = notices.told_when_late
        registry.leave_vetoes.append(workbench.in_hand)
        registry.task_sources.append(TaskSource("todo", 65, workbench.todo_rows, workbench.all_waiting))
        clerk.register("sanctions sent", 15, send_out)
        clerk.register("sanctions expired", 3600, expire_due)
        registry.nav += [
            NavEntry(
                "cases", 65, _("Joint sanctions"), "sanctions:list", "shield-exclamation", rules.can_list,
                workbench.waiting, hot=True,
            ),
            NavEntry(
                "cases", 66, _("Tasks of sanctions"), "sanctions:tasks", "list-check", rules.can_list,
                workbench.my_tasks, hot=True,
            ),
            NavEntry(
                "files", 40, _("Red and black lists"), "sanctions:lists", "card-list", rules.can_list,
                workbench.lists_waiting, hot=True,
            ),
        ]  # fmt: skip
        apps_credit.register()
