from django.apps import AppConfig


def _label(choices):
    """Callable saying a code of `choices` in the reader's language, and an unknown code as it is."""
    return lambda code: choices(code).label if code in choices.values else code


class DepartmentsConfig(AppConfig):
    name = "departments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry, seeded
        from departments import dictionaries, english, finding, panels, rules, seeds, set_up
        from departments.enums import SEALS, Function, ReferralKind, Role

        for function, character in SEALS.items():
            always = function not in (Function.OFFICE, Function.AGENCY, Function.OTHER)
            registry.seals[function.value] = registry.Seal(character, function.label, always)
        registry.seeds += [(10, seeds.load_categories), (11, seeds.load_routes)]
        seeded.register(english.words())
        registry.param_words["role"] = _label(Role)
        registry.param_words["function"] = _label(Function)
        registry.param_words["referral_kind"] = _label(ReferralKind)
        for name in (
            "functions",
            "to_functions",
            "old_to_functions",
            "default_functions",
            "old_default_functions",
        ):
            registry.param_words[name] = dictionaries.function_words
        registry.param_words["field_changes"] = dictionaries.change_words
        registry.settings_pages += set_up.PAGES
        registry.search_sources += finding.SOURCES
        registry.fresh_addresses |= {
            f"departments:{step}"
            for step in (
                "engage", "fill_post", "end_post", "block", "unblock", "new_password", "reset_second_factor",
                "renew_codes", "authenticator",
            )
        }  # fmt: skip
        registry.shell["posts"] = panels.other_posts
        registry.shell["home_region"] = panels.home_region
        registry.nav += [
            registry.NavEntry(
                "files", 60, panels.DIRECTORY, "departments:directory", "building", rules.can_view_directory
            ),
            registry.NavEntry(
                "files", 70, panels.PEOPLE, "departments:people", "people", rules.can_list_people
            ),
        ]
