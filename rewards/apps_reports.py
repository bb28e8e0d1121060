"""What reports and their sealed reporters offer the other rooms (core.registry)."""


def _words(choices):
    return lambda code: choices(code).label if code in choices.values else code


def register():
    from core import registry
    from rewards import enums, kinds, verbs_reports
    from rewards.actions.report_progress import case_was_filed

    for kind in kinds.KINDS:
        registry.register_kind(kind)
    registry.register_verbs(*verbs_reports.VERBS)
    registry.param_words["report_channel"] = _words(enums.Channel)
    registry.param_words["opened_fields"] = _words(enums.FieldSet)
    registry.param_words["told_via"] = _words(enums.ToldVia)
    registry.filing_listeners.append(case_was_filed)
