from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.utils.translation import gettext_lazy as _

        from core import registry, seeded
        from core.registry import NavEntry, Panel, TaskSource
        from journal import clerk
        from referrals import (
            agenda,
            apps_above,
            crime_enums,
            crime_panels,
            crime_seeds,
            crime_verbs,
            deliveries,
            drafts,
            english,
            enums,
            finding,
            kinds,
            letters,
            letters_comparison,
            letters_crime,
            letters_police,
            panels,
            pressing,
            receiving_letters,
            sealed,
            seeds,
            set_up,
            stage,
            statistics,
            verbs_comparison,
            workbench,
            workbench_comparison,
            workbench_list_supervision,
            workbench_office,
        )
        from referrals.actions.comparison_ends import destroy_due_lists
        from referrals.informing import register
        from referrals.receiving_enums import SaidVia
        from referrals.verbs import VERBS

        registry.register_verbs(*VERBS, *verbs_comparison.VERBS, *crime_verbs.VERBS)
        registry.to_read |= {
            "referral.was_withdrawn", "referral.was_closed", "bulletin.was_waived", "task.letter_went",
            "comparison.was_answered", "comparison.was_withdrawn", "comparison.has_expired",
            "list_supervision.was_replied",
        }  # fmt: skip
        apps_above.register()
        registry.deliveries["referral"] = deliveries.taken
        registry.param_words["letter_kind"] = lambda code: (
            enums.LetterKind(code).label if code in enums.LetterKind.values else code
        )
        for name in ("reviewer", "old_reviewer", "signer", "old_signer"):
            registry.param_words[name] = set_up.post_words
        registry.settings_pages += set_up.PAGES
        registry.search_sources += finding.SOURCES
        registry.searched_papers |= finding.PAPERS
        seeded.register(english.words())
        registry.seeds += [(40, seeds.signing_rules), (41, crime_seeds.load_thresholds)]
        registry.opinions += ["opinion", "answer"]
        registry.statistics.append(registry.Statistics(statistics.CODES, statistics.numbers, statistics.listed))
        registry.letters.update(letters.BUILDERS | letters_comparison.BUILDERS | letters_crime.BUILDERS)
        registry.letters.update(letters_police.BUILDERS | receiving_letters.BUILDERS)
        for kind in kinds.KINDS:
            registry.register_kind(kind)
        registry.draft_forms |= drafts.FORMS
        registry.param_words["said_via"] = lambda code: SaidVia(code).label if code in SaidVia.values else code
        registry.param_words["return_category"] = lambda code: (
            enums.ReturnCategory(code).label if code in enums.ReturnCategory.values else code
        )
        registry.param_words["crime_state"] = lambda code: (
            crime_enums.CrimeStatus(code).label if code in crime_enums.CrimeStatus.values else code
        )
        registry.case_panels.append(
            Panel(
                "main", 20, "referrals", "referrals/case_panel.html", panels.transfers, tab="transfer",
                count=panels.letters_on(support=False),
            )
        )
        registry.case_panels.append(
            Panel(
                "main", 20, "support", "referrals/case_panel.html", panels.support, tab="support",
                count=panels.letters_on(support=True),
            )
        )
        registry.case_panels.append(
            Panel("main", 22, "crime", "referrals/crime_panel.html", crime_panels.panel, tab="handling")
        )
        registry.foreseen += [
            registry.Foreseen((), stage.asks),
            registry.Foreseen(("overview", "transfer", "support", "summary"), panels.Correspondence.asks),
            registry.Foreseen(("overview", "handling"), crime_panels.asks),
        ]
        registry.summary_panels.append(
            Panel("main", 20, "referrals", "referrals/case_panel.html", panels.letters)
        )
        registry.case_stages["transferred"] = stage.transferred
        registry.next_steps += [panels.next_paper, panels.next_letter, crime_panels.next_crime]
        registry.close_vetoes += [panels.open_letters, crime_panels.open_transfers]
        registry.hidden_events.append(sealed.hidden_events)
        registry.void_vetoes.append(panels.letters_under_way)
        registry.hidden_targets["referral"] = sealed.hidden_letters
        registry.leave_vetoes += [panels.letters_in_hand, crime_panels.officers_in_hand]
        registry.penalty_notes.append(crime_panels.instead_of_transfer)
        registry.deadline_listeners["crime"] = crime_panels.told_when_late
        registry.deadline_listeners["referral"] = panels.told_when_late
        registry.clock_presses |= pressing.PRESSES
        registry.watched_targets["comparison"] = pressing.watched_comparisons
        registry.own_tasks |= {"dispatch", "follow_up", "referral", "comparison", "crime"}
        registry.leave_vetoes.append(workbench_comparison.in_hand)
        registry.agenda_sources.append((30, agenda.topics))
        clerk.register("comparison lists", 3600, destroy_due_lists)
        registry.task_sources += [
            TaskSource("todo", 20, workbench.todo_rows, workbench.todo_count),
            TaskSource("todo", 26, workbench_office.todo_rows, workbench_office.todo_count),
            TaskSource("todo", 25, workbench_comparison.todo_rows, workbench_comparison.todo_count),
            TaskSource("todo", 27, workbench_list_supervision.todo_rows, workbench_list_supervision.todo_count),
            TaskSource("sign", 25, workbench_comparison.sign_rows, workbench_comparison.sign_count),
            TaskSource("sign", 20, workbench.sign_rows, workbench.sign_count),
            TaskSource("started", 20, workbench.started_rows, workbench.started_count),
            TaskSource("done", 20, workbench.done_rows, workbench.done_count),
            TaskSource("todo", 22, crime_panels.todo_rows, crime_panels.todo_count),
            TaskSource("sign", 22, crime_panels.sign_rows, crime_panels.sign_count),
            TaskSource("started", 22, crime_panels.started_rows, crime_panels.started_count),
            TaskSource("done", 22, crime_panels.done_rows, crime_panels.done_count),
        ]
        registry.nav += [
            NavEntry(
                "cases", 20, _("Lead transfers"), "referrals:transfers", "arrow-up-right",
                kinds.has_business, workbench.transfers_waiting, hot=True,
            ),
            NavEntry(
                "cases", 30, _("Technical support"), "referrals:support", "clipboard2-pulse",
                kinds.has_business, workbench.support_waiting, hot=True,
            ),
            NavEntry(
                "cases", 40, _("Data comparison"), "referrals:comparisons", "person-lines-fill",
                kinds.has_business, workbench_comparison.waiting, hot=True,
            ),
            NavEntry(
                "cases", 34, _("Transfers of suspected crime"), "referrals:crimes", "shield-exclamation",
                kinds.has_business, crime_panels.waiting, hot=True,
            ),
        ]  # fmt: skip
        register()
