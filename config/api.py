"""The API of the rooms, under /api/v1/."""

from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.urls import include, path
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.routers import DefaultRouter

router = DefaultRouter()
MODULES = (
    "cases.api",
    "cases.api_evidence",
    "cases.api_money",
    "cases.api_people",
    "cases.api_strands",
    "cases.api_legal",
    "cases.api_history",
    "cases.api_subjects",
    "referrals.api",
    "referrals.api_copies",
    "referrals.api_exchange",
    "referrals.api_papers",
    "referrals.api_routes",
    "referrals.api_replies",
    "referrals.api_follow_ups",
    "referrals.api_comparison",
    "referrals.api_list_supervision",
    "referrals.api_above",
    "referrals.api_assist",
    "referrals.api_teams",
    "inspections.api",
    "inspections.api_draw",
    "inspections.api_pools",
    "inspections.api_coverage",
    "rewards.api_money",
    "rewards.api_reports",
    "meetings.api",
    "sanctions.api_credit",
    "sanctions.api_publications",
    "sanctions.api_points",
    "sanctions.api",
    "deadlines.api",
    "deadlines.api_rules",
)
for module in MODULES:
    for entry in import_module(module).router_entries:  # address, viewset, and a name where two share a model
        router.register(*entry)



@lru_cache(maxsize=len(settings.LANGUAGES))
def _described(language: str) -> dict[str, Any]:
    """The description of the API in one language: the same for everybody, and seconds of work."""
    with translation.override(language):
        return SchemaGenerator().get_schema(request=None, public=True)


class KeptSchema(SchemaGenerator):
    """The description of the API, made once in each process and language."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        asked = translation.get_language()
        return _described(asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(generator_class=KeptSchema), name="api-schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api-schema"), name="api-docs"),
    path("", include(router.urls)),
]
