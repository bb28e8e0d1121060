"""What publication, points, scores and look-ups register; called once from `apps.py`."""


def register() -> None:
    from django.utils.translation import gettext_lazy as _

    from core import registry, seeded
    from core.registry import NavEntry, Panel, TaskSource
    from journal import clerk
    from sanctions import (
        enums_credit,
        kinds_credit,
        panels_credit,
        rules_credit,
        seeds_credit,
        set_up_credit,
        verbs_credit,
        workbench_credit,
    )
    from sanctions.actions.bulk_publications import see_to_publications

    registry.register_verbs(*verbs_credit.VERBS)
    for kind in kinds_credit.KINDS:
        registry.register_kind(kind)
    for name, words in {
        "info": enums_credit.InfoKind,
        "withdrawal": enums_credit.WithdrawalCause,
        "points_kind": enums_credit.EntryKind,
        "consequence": enums_credit.ConsequenceKind,
    }.items():
        registry.param_words[name] = lambda code, words=words: (
            words(code).label if code in words.values else code
        )
    registry.seeds.append((45, seeds_credit.load))
    seeded.register(seeds_credit.ENGLISH)
    registry.settings_pages += set_up_credit.PAGES
    registry.subject_panels.append(
        Panel("main", 50, "credit", "sanctions/subject_panel.html", panels_credit.of_subject)
    )
    registry.hidden_targets["publication"] = panels_credit.hidden_publications
    registry.own_tasks |= {"publication", "credit_consequence"}
    clerk.register("publications", 600, see_to_publications)
    registry.task_sources += [
        TaskSource("todo", 85, workbench_credit.publication_rows, workbench_credit.publications),
        TaskSource("todo", 86, workbench_credit.point_rows, workbench_credit.points_waiting),
    ]
    registry.nav += [
        NavEntry(
            "cases", 48, _("Publication register"), "sanctions:publications", "broadcast",
            rules_credit.can_list_publications, workbench_credit.publications, hot=True,
        ),
        NavEntry("files", 20, _("Eligibility look-up"), "sanctions:eligibility", "person-check", rules_credit.can_look_up),
        NavEntry(
            "files", 21, _("Points and scores"), "sanctions:points", "card-checklist", rules_credit.can_list_points,
            workbench_credit.points_waiting, hot=True,
        ),
    ]  # fmt: skip
