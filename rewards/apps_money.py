"""What rewards, budgets and payments offer the other rooms (core.registry); called once from `apps.py`."""


def register():
    from django.utils.translation import gettext_lazy as _

    from core import registry, seeded
    from core.boards import Figure
    from core.registry import NavEntry, TaskSource
    from journal import clerk
    from rewards import (
        agenda,
        board,
        english,
        enums_money,
        kinds_money,
        letters_money,
        listeners_money,
        rules,
        seeds_money,
        set_up_money,
        verbs_money,
        workbench_money,
    )
    from rewards.actions.bulk_rewards import compute_rewards
    from rewards.actions.claims import waive_unclaimed

    registry.register_verbs(*verbs_money.VERBS)
    for kind in kinds_money.KINDS:
        registry.register_kind(kind)
    registry.letters.update(letters_money.BUILDERS)
    registry.letter_names.update({f"reward_{kind.value}": kind.label for kind in enums_money.PaperKind})
    registry.param_words["paper"] = lambda code: (
        enums_money.PaperKind(code).label if code in enums_money.PaperKind.values else code
    )
    seeded.register(english.words())
    registry.seeds.append((42, seeds_money.load_rules))
    registry.boards.append(Figure("dashboard", "rewards", 30, board.figures))
    registry.clues.append(listeners_money.clues)
    registry.money_listeners.append(listeners_money.entry_made)
    registry.deadline_listeners["reward"] = listeners_money.told_when_late
    clerk.register("rewards", 600, compute_rewards)
    clerk.register("unclaimed rewards", 3600, waive_unclaimed)
    registry.settings_pages += set_up_money.PAGES
    registry.agenda_sources.append((40, agenda.topics))
    registry.leave_vetoes.append(workbench_money.in_hand)
    registry.task_sources.append(TaskSource("todo", 60, workbench_money.todo_rows, workbench_money.waiting))
    registry.nav += [
        NavEntry(
            "cases",
            60,
            _("Rewards"),
            "rewards:list",
            "award",
            rules.can_list,
            workbench_money.waiting,
            hot=True,
        ),
        NavEntry(
            "steering", 60, _("Prompt payment"), "rewards:ageing", "hourglass-split", rules.can_see_budget
        ),
    ]
