from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from core.registry import NavEntry, TaskSource
        from finance import enums, kinds, reading, rules, verbs, workbench
        from finance.querysets import in_finance

        registry.register_verbs(*verbs.VERBS)
        for kind in kinds.KINDS:
            registry.register_kind(kind)
        for name, words in (
            ("fund_kind", enums.EntryKind), ("budget_kind", enums.BudgetKind), ("grade", enums.Grade),
        ):  # fmt: skip
            registry.param_words[name] = lambda code, words=words: words(code).label if code in words.values else code
        registry.param_words["register"] = lambda code: (
            reading.REGISTERS[code].title if code in reading.REGISTERS else code
        )
        registry.task_sources.append(TaskSource("todo", 71, workbench.todo_rows, workbench.todo_count))

        waits = {"budgets": workbench.budgets, "appraisals": workbench.appraisals}
        registry.nav += [
            NavEntry(
                "cases", order, register.title, f"finance:{register.code}", register.icon, in_finance,
                waits.get(register.code), hot=register.code in waits,
            )
            for order, register in enumerate(reading.REGISTERS.values(), 71)
        ]  # fmt: skip
        registry.nav.append(
            # the others have one line; tabs lead on to the two beside it
            NavEntry(
                "files", 60, _title(), "finance:funds", "bank", lambda user: rules.can_list(user) and not in_finance(user),
                also=("finance:budgets", "finance:appraisals"),
            )
        )  # fmt: skip


def _title():
    from django.utils.translation import gettext_lazy

    return gettext_lazy("Finance registers")
