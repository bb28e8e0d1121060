"""What reports and their sealed reporters offer the other rooms (core.registry)."""


def register():
    from core import registry
    from rewards import kinds

    for kind in kinds.KINDS:
        registry.register_kind(kind)
