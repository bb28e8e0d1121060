from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    name = "departments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from core import registry
        from departments.enums import SEALS, Function

        for function, character in SEALS.items():
            always = function not in (Function.OFFICE, Function.AGENCY, Function.OTHER)
            registry.seals[function.value] = registry.Seal(character, function.label, always)
