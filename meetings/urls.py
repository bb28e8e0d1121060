"""Addresses of joint meetings."""

from django.urls import path

from meetings.views import (
    items,
    meeting_steps,
    meetings,
    minutes,
    on_paper,
    proposal_steps,
    proposals,
    resolutions,
    rule,
)

app_name = "meetings"
urlpatterns = [
    path("meetings/", meetings.meeting_list, name="list"),
    path("meetings/new/", meetings.new, name="new"),
    path("meetings/<int:pk>/", meetings.detail, name="meeting"),
    path("meetings/<int:pk>/calendar.ics", meetings.calendar_file, name="ics"),
    path("meetings/<int:pk>/booklet/", meetings.booklet, name="booklet"),
    path("meetings/<int:pk>/sign-in-sheet/", meetings.sheet, name="sheet"),
    *(
        path(f"meetings/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in meeting_steps.STEPS.items()
    ),
    path("meetings/attendances/<int:pk>/answer/", meeting_steps.AnswerInvitation.as_view(), name="answer"),
    path("meetings/<int:pk>/ask-on-paper/", on_paper.AskOnPaper.as_view(), name="ask_on_paper"),
    *(
        path(f"meetings/attendances/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in on_paper.ATTENDANCE_STEPS.items()
    ),
    path("meetings/papers/<int:pk>/", on_paper.proof, name="paper_proof"),
    path("meetings/items/<int:pk>/", items.item_page, name="item"),
    *(
        path(f"meetings/items/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in items.STEPS.items()
    ),
    path("meetings/rule/", rule.edit, name="rule"),
    path("meetings/proposals/", proposals.proposal_list, name="proposals"),
    path("meetings/proposals/new/", proposals.new, name="new_proposal"),
    path("meetings/proposals/<int:pk>/", proposals.detail, name="proposal"),
    *(
        path(f"meetings/proposals/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in proposal_steps.STEPS.items()
    ),
    path("meetings/proposals/opinions/<int:pk>/", proposals.opinion_scan, name="opinion_scan"),
    path("meetings/proposals/tasks/<int:pk>/drop/", proposal_steps.DropTask.as_view(), name="drop_task"),
    path("meetings/resolutions/", resolutions.ledger, name="ledger"),
    path("meetings/resolutions/<int:pk>/", resolutions.resolution_page, name="resolution"),
    *(
        path(f"meetings/resolutions/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in resolutions.STEPS.items()
    ),
    path("meetings/resolutions/evidence/<int:pk>/", resolutions.evidence, name="evidence"),
    path("meetings/minutes/parts/<int:pk>/edit/", minutes.EditPart.as_view(), name="edit_part"),
    *(
        path(f"meetings/minutes/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in minutes.STEPS.items()
    ),
    path(
        "meetings/minutes/<int:pk>/enter-signature/", on_paper.EnterSignature.as_view(), name="enter_signature"
    ),
    path("meetings/minutes/<int:pk>/preview/", minutes.preview, name="minutes_preview"),
    path("meetings/minutes/<int:pk>/draft.pdf", minutes.pdf, name="minutes_pdf"),
    path("meetings/minutes/<int:pk>/draft.docx", minutes.word, name="minutes_word"),
    path("meetings/minutes/<int:pk>/extract/", minutes.extract, name="extract"),
    path("meetings/material/<int:pk>/", items.material_file, name="material"),
    path("meetings/material/<int:pk>/pin/", items.Pin.as_view(), name="pin"),
]
