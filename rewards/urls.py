"""Addresses of this room, from its two halves."""

from django.urls import include, path

app_name = "rewards"
urlpatterns = [
    path("", include("rewards.urls_reports")),
    path("", include("rewards.urls_money")),
]
