"""What rewards, budgets and payments offer the other rooms (core.registry)."""


def register():
    pass
