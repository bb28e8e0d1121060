"""The API of the rooms, under /api/v1/."""

from importlib import import_module

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.routers import DefaultRouter

router = DefaultRouter()
MODULES = (
    "cases.api",
    "cases.api_evidence",
    "cases.api_money",
    "cases.api_people",
    "cases.api_strands",
    "cases.api_subjects",
    "referrals.api",
    "referrals.api_copies",
    "referrals.api_exchange",
    "referrals.api_papers",
    "referrals.api_routes",
    "referrals.api_replies",
    "referrals.api_follow_ups",
    "referrals.api_comparison",
    "referrals.api_above",
    "referrals.api_assist",
    "referrals.api_teams",
    "rewards.api_money",
    "rewards.api_reports",
    "meetings.api",
    "deadlines.api",
    "deadlines.api_rules",
)
for module in MODULES:
    for entry in import_module(module).router_entries:  # address, viewset, and a name where two share a model
        router.register(*entry)

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api-schema"), name="api-docs"),
    path("", include(router.urls)),
]
