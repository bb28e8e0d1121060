"""What rewards, budgets and payments offer the other rooms (core.registry); called once from `apps.py`."""


def register():
    from core import registry
    from journal import clerk
    from rewards import enums_money, kinds_money, letters_money, listeners_money, seeds_money, verbs_money
    from rewards.actions.bulk_rewards import compute_rewards
    from rewards.actions.claims import waive_unclaimed

    registry.register_verbs(*verbs_money.VERBS)
    for kind in kinds_money.KINDS:
        registry.register_kind(kind)
    registry.letters.update(letters_money.BUILDERS)
    registry.letter_names.update(
        {f"reward_{kind.value}": kind.label for kind in enums_money.PaperKind}
    )
    registry.param_words["paper"] = lambda code: (
        enums_money.PaperKind(code).label if code in enums_money.PaperKind.values else code
    )
    registry.seeds.append((42, seeds_money.load_rules))
    registry.clues.append(listeners_money.clues)
    registry.money_listeners.append(listeners_money.entry_made)
    registry.deadline_listeners["reward"] = listeners_money.told_when_late
    clerk.register("rewards", 600, compute_rewards)
    clerk.register("unclaimed rewards", 3600, waive_unclaimed)
