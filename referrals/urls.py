"""Addresses of papers, letters and replies."""

from django.urls import path

from referrals.models import AssistLetter, Dispatch, FollowUp, Reply, TaskLetter
from referrals.urls_informing import urlpatterns as informing
from referrals.views import (
    above,
    above_letters,
    above_steps,
    assist,
    assist_steps,
    bodies,
    comparison_ends,
    comparison_steps,
    comparisons,
    crime,
    crime_steps,
    follow_ups,
    list_supervision,
    lists,
    papers,
    receiving,
    referrals,
    replies,
    scans,
    signing,
)

app_name = "referrals"

PAPER_STEPS = {
    "submit": papers.Submit,
    "review": papers.Review,
    "approve": papers.Approve,
    "send_back": papers.SendBack,
    "discard": papers.Discard,
    "send": papers.Send,
}
REFERRAL_STEPS = {
    "sign": referrals.Sign,
    "deliver": referrals.Deliver,
    "assign": referrals.Assign,
    "accept": referrals.Accept,
    "return": referrals.Return,
    "close": referrals.Close,
    "redo": referrals.Redo,
    "withdraw": referrals.Withdraw,
    "chase": referrals.Chase,
    "extend": referrals.Extend,
    **receiving.STEPS,
    **bodies.STEPS,
}
TASK_STEPS = {
    "assign": above_steps.Assign,
    "accept": above_steps.Accept,
    "hand_back": above_steps.HandBack,
    "link": above_steps.Link,
    "file": above_steps.AddFile,
    "chase": above_steps.Chase,
    "close": above_steps.Close,
    "redo": above_steps.Redo,
    "withdraw": above_steps.Withdraw,
    "conclude": above_steps.Conclude,
}


def _address(code: str) -> str:
    return code.replace("_", "-")


urlpatterns = [
    *informing,
    path("referrals/", lists.transfers, name="transfers"),
    path("support/", lists.support, name="support"),
    path("cases/<int:case_pk>/letters/new/", papers.new, name="new"),
    path("cases/<int:case_pk>/support/new/", papers.new_support, name="new_support"),
    path("dispatches/<int:pk>/", papers.detail, name="dispatch"),
    path("dispatches/<int:pk>/preview/", papers.preview, name="dispatch_preview"),
    path("dispatches/<int:pk>/edit/", papers.edit, name="dispatch_edit"),
    *(
        path(f"dispatches/<int:pk>/{_address(code)}/", view.as_view(model=Dispatch), name=f"dispatch_{code}")
        for code, view in PAPER_STEPS.items()
    ),
    path("referrals/<int:pk>/", referrals.detail, name="referral"),
    path("referrals/<int:pk>/proof/", referrals.proof, name="referral_proof"),
    path("referrals/<int:pk>/reply/", replies.new, name="referral_reply"),
    *(
        path(f"referrals/<int:pk>/{_address(code)}/", view.as_view(), name=f"referral_{code}")
        for code, view in REFERRAL_STEPS.items()
    ),
    path("comparisons/", comparisons.comparison_list, name="comparisons"),
    path("comparisons/new/", comparisons.new, name="comparison_new"),
    path("comparisons/<int:pk>/", comparisons.detail, name="comparison"),
    *(
        path(f"comparisons/<int:pk>/{_address(code)}/", view.as_view(), name=f"comparison_{code}")
        for code, view in comparison_steps.STEPS.items()
    ),
    path("comparisons/<int:pk>/supervise/", list_supervision.Supervise.as_view(), name="comparison_supervise"),
    path("list-supervisions/<int:pk>/", list_supervision.detail, name="list_supervision"),
    *(
        path(f"list-supervisions/<int:pk>/{code}/", view.as_view(), name=f"list_supervision_{code}")
        for code, view in list_supervision.STEPS.items()
    ),
    path("comparisons/<int:pk>/edit/", comparison_ends.edit, name="comparison_edit"),
    path("comparisons/<int:pk>/proof/", comparison_ends.proof, name="comparison_proof"),
    path("comparisons/<int:pk>/scan/", comparison_ends.scan, name="comparison_scan"),
    *(
        path(f"comparisons/<int:pk>/{_address(code)}/", view.as_view(), name=f"comparison_{code}")
        for code, view in comparison_ends.STEPS.items()
    ),
    path("supervisions/<int:pk>/scan/", scans.supervision, name="supervision_scan"),
    path("list-supervisions/<int:pk>/proof/", scans.list_supervision_proof, name="list_supervision_proof"),
    path("list-supervisions/<int:pk>/scan/", scans.list_supervision, name="list_supervision_scan"),
    path("sayings/<int:pk>/scan/", scans.said, name="said_scan"),
    path("answer/<str:token>/", bodies.answer, name="answer"),
    path("answer/<str:token>/letter/", bodies.answer_letter, name="answer_letter"),
    path("signing-rules/", signing.rules_list, name="signing_rules"),
    path("signing-rules/<slug:kind>/", signing.edit, name="signing_rule"),
    path("extensions/<int:pk>/decide/", referrals.Decide.as_view(), name="extension_decide"),
    path("replies/<int:pk>/", replies.detail, name="reply"),
    path("replies/<int:pk>/preview/", replies.preview, name="reply_preview"),
    path("replies/<int:pk>/edit/", replies.edit, name="reply_edit"),
    *(
        path(f"replies/<int:pk>/{_address(code)}/", view.as_view(model=Reply), name=f"reply_{code}")
        for code, view in PAPER_STEPS.items()
    ),
    path("follow-ups/<int:pk>/", follow_ups.detail, name="follow_up"),
    path("follow-ups/<int:pk>/proof/", follow_ups.proof, name="follow_up_proof"),
    path("follow-ups/<int:pk>/preview/", follow_ups.preview, name="follow_up_preview"),
    path("follow-ups/<int:pk>/edit/", follow_ups.edit, name="follow_up_edit"),
    *(
        path(f"follow-ups/<int:pk>/{_address(code)}/", view.as_view(model=FollowUp), name=f"follow_up_{code}")
        for code, view in follow_ups.STEPS.items()
    ),
    path("tasks/", above.tasks, name="tasks"),
    path("tasks/new/", above.new, name="task_new"),
    path("tasks/<int:pk>/", above.task, name="task"),
    path("tasks/<int:pk>/answer/", above_letters.answer, name="task_answer"),
    path("tasks/<int:pk>/delay/", above_letters.delay, name="task_delay"),
    path("tasks/<int:pk>/case/", above_letters.new_case, name="task_open_case"),
    *(
        path(f"tasks/<int:pk>/{_address(code)}/", view.as_view(), name=f"task_{code}")
        for code, view in TASK_STEPS.items()
    ),
    path("task-cases/<int:pk>/", above_steps.State.as_view(), name="task_state"),
    path("task-files/<int:pk>/", scans.task_file, name="task_scan"),
    path("task-extensions/<int:pk>/", above_steps.AnswerExtension.as_view(), name="task_extension"),
    path("task-letters/<int:pk>/", above_letters.detail, name="task_letter"),
    path("task-letters/<int:pk>/preview/", above_letters.preview, name="task_letter_preview"),
    path("task-letters/<int:pk>/edit/", above_letters.edit, name="task_letter_edit"),
    *(
        path(f"task-letters/<int:pk>/{_address(code)}/", view.as_view(model=TaskLetter), name=f"task_letter_{code}")
        for code, view in above_letters.STEPS.items()
    ),
    path("assists/", assist.assists, name="assists"),
    path("assists/threshold/", assist.threshold, name="assist_threshold"),
    path("cases/<int:case_pk>/stays/new/", assist.new_stay, name="stay_new"),
    path("cases/<int:case_pk>/assists/new/", assist.new, name="assist_new"),
    path("stays/<int:pk>/waive/", assist.Waive.as_view(), name="stay_waive"),
    path("assist-files/<int:pk>/", scans.assist_file, name="assist_scan"),
    path("assists/<int:pk>/", assist.detail, name="assist_letter"),
    path("assists/<int:pk>/preview/", assist.preview, name="assist_letter_preview"),
    path("assists/<int:pk>/edit/", assist.edit, name="assist_letter_edit"),
    *(
        path(f"assists/<int:pk>/{_address(code)}/", view.as_view(), name=f"assist_{code}")
        for code, view in assist_steps.STEPS.items()
    ),
    *(
        path(f"assists/<int:pk>/paper/{_address(code)}/", view.as_view(model=AssistLetter), name=f"assist_letter_{code}")
        for code, view in assist_steps.PAPER_STEPS.items()
    ),
    path("crime/", crime.index, name="crimes"),
    path("crime/amounts/", crime.thresholds, name="crime_thresholds"),
    path("crime/amounts/new/", crime.threshold_edit, name="crime_threshold_new"),
    path("crime/amounts/<int:pk>/", crime.threshold_edit, name="crime_threshold"),
    path("crime/steps/<int:pk>/scan/", scans.crime_step, name="crime_scan"),
    path("cases/<int:case_pk>/crime/new/", crime.propose, name="crime_propose"),
    path("crime/<int:pk>/", crime.detail, name="crime"),
    path("crime/<int:pk>/preview/", crime.preview, name="crime_preview"),
    *(
        path(f"crime/<int:pk>/{_address(code)}/", view.as_view(), name=f"crime_{code}")
        for code, view in crime_steps.STEPS.items()
    ),
]
