"""Addresses of clocks, calendar and rules."""

from django.urls import path

from deadlines import views, views_outages

app_name = "deadlines"
urlpatterns = [
    path("deadlines/<int:pk>/", views.detail, name="detail"),
    path("deadlines/<int:pk>/extend/", views.extend, name="extend"),
    path("deadlines/<int:pk>/reason/", views.reason, name="reason"),
    path("deadlines/<int:pk>/reassign/", views.reassign, name="reassign"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<int:year>/", views.calendar, name="calendar_year"),
    path("calendar/<int:year>/edit/", views.calendar_edit, name="calendar_edit"),
    path("clock-rules/", views.rules_list, name="rules"),
    path("clock-rules/<slug:code>/", views.rule_versions, name="rule"),
    path("clock-rules/<slug:code>/edit/", views.rule_edit, name="rule_edit"),
    path("outages/", views_outages.outages, name="outages"),
    path("outages/new/", views_outages.new, name="new_outage"),
    path("outages/<int:pk>/take-back/", views_outages.take_back, name="take_back_outage"),
]
