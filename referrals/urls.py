"""Addresses of papers, letters and replies."""

from django.urls import path

from referrals.models import Dispatch, Reply
from referrals.views import comparisons, lists, papers, receiving, referrals, replies, signing

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
}


def _address(code: str) -> str:
    return code.replace("_", "-")


urlpatterns = [
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
        for code, view in comparisons.STEPS.items()
    ),
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
]
