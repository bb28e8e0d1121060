from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from celery.signals import task_prerun

        from core import registry, seeded
        from core.boards import Figure
        from deadlines import agenda, board, calendar, english, panels, seeds, set_up, verbs
        from deadlines.actions.bulk_sweep import sweep
        from deadlines.actions.calendar import settle_calendar
        from journal import clerk

        registry.register_verbs(*verbs.VERBS)
        seeded.register(english.words())
        registry.param_words["name"] = verbs.name_words
        registry.seeds += [(20, seeds.load_calendar), (21, seeds.load_rules)]
        clerk.before_each.append(calendar.forget)
        task_prerun.connect(calendar.forget, dispatch_uid="deadlines.calendar")
        registry.working_days["is_working"] = lambda day: calendar.Calendar.current().is_working(day)
        clerk.register("sweep", 20, sweep)
        clerk.register("settle calendar", 300, settle_calendar)
        registry.settings_pages += set_up.PAGES
        panels.register()
        registry.agenda_sources.append((20, agenda.topics))
        registry.boards.append(Figure("dashboard", "scores", 20, board.figures))
        registry.board_lists[board.CLOCKS.code] = board.CLOCKS
