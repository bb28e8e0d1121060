from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from cases import (
            agenda,
            board,
            catalogue,
            dictionaries,
            digest,
            drafts,
            enums,
            finding,
            kinds,
            legal_panels,
            letters,
            long_export,
            panels,
            registry_columns,
            risk,
            stash,
            statistics,
        )
        from cases.actions.access import expire_grants
        from cases.actions.archiving import void_veto
        from cases.actions.bulk_lamps import lock_cases, renew_lamps
        from cases.actions.progress import open_strands
        from cases.verbs import VERBS
        from core import boards, registry
        from journal import clerk
        from workspace import choices

        registry.register_verbs(*VERBS)
        for name, words in {
            "source": enums.Source,
            "disposition": enums.Disposition,
            "permission": enums.Permission,
            "money": enums.MoneyKind,
            "audience": enums.NoteAudience,
            "relation": enums.Relation,
            "subject_change": enums.Change,
            "after_outcome": enums.Outcome,
            "review_result": enums.ReviewResult,
            "grave": enums.Weight,
            "review_policy": enums.ReviewPolicy,
        }.items():
            registry.param_words[name] = lambda code, words=words: (
                words(code).label if code in words.values else code
            )
        registry.param_words["review_grounds"] = legal_panels.grounds_words
        registry.letters.update(letters.BUILDERS)
        registry.letter_names |= letters.NAMES
        registry.own_tasks.add("legal_review")
        for kind in kinds.KINDS:
            registry.register_kind(kind)
        registry.draft_forms |= drafts.FORMS
        registry.lamp_listeners.append(renew_lamps)
        registry.in_use["category"] = dictionaries.categories_in_use
        registry.lockers["case"] = lock_cases
        registry.close_vetoes.append(open_strands)
        registry.void_vetoes.append(void_veto)
        registry.letters[catalogue.KIND] = catalogue.issued_catalogue
        registry.letter_names[catalogue.KIND] = catalogue.NAME
        registry.leave_vetoes.append(kinds.strands_in_hand)
        clerk.register("grants", 300, expire_grants)
        clerk.register("stashed files", 3600, stash.sweep)
        panels.register()
        legal_panels.register()
        registry.search_sources += finding.SOURCES
        registry.agenda_sources.append((10, agenda.topics))
        registry.boards += [
            boards.Figure("dashboard", "cases", 10, board.figures), boards.Figure("risk", "subjects", 10, risk.figures),
        ]  # fmt: skip
        registry.register_long_work(long_export.WORK)
        registry.statistics.append(registry.Statistics(statistics.CODES, statistics.numbers, statistics.listed))
        registry.digests["registry"] = digest.numbers
        choices.PAGES["registry"] = "cases:list"
        choices.CHOICES["registry"] = {
            "columns": tuple(registry_columns.COLUMNS),
            "density": tuple(registry_columns.DENSITIES),
        }
