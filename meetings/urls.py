"""Addresses of joint meetings."""

from django.urls import path

from meetings.views import items, meeting_steps, meetings

app_name = "meetings"
urlpatterns = [
    path("meetings/", meetings.meeting_list, name="list"),
    path("meetings/new/", meetings.new, name="new"),
    path("meetings/<int:pk>/", meetings.detail, name="meeting"),
    path("meetings/<int:pk>/calendar.ics", meetings.calendar_file, name="ics"),
    path("meetings/<int:pk>/sign-in-sheet/", meetings.sheet, name="sheet"),
    *(
        path(f"meetings/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in meeting_steps.STEPS.items()
    ),
    path("meetings/attendances/<int:pk>/answer/", meeting_steps.AnswerInvitation.as_view(), name="answer"),
    path("meetings/items/<int:pk>/", items.item_page, name="item"),
    *(
        path(f"meetings/items/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in items.STEPS.items()
    ),
    path("meetings/material/<int:pk>/", items.material_file, name="material"),
    path("meetings/material/<int:pk>/pin/", items.Pin.as_view(), name="pin"),
]
