"""Addresses of bulletins owed, circulation, copies and joint teams; part of `referrals.urls`."""

from django.urls import path

from referrals.views import boxes, exchange, informing, scans, teams

TEAM_STEPS = {
    "members": teams.AddMembers,
    "share": teams.Share,
    "view": teams.GiveView,
    "paper_share": teams.PaperShare,
    "paper_view": teams.PaperView,
    "paper_members": teams.PaperMembers,
    "conclude": teams.Conclude,
    "dissolve": teams.Dissolve,
}

urlpatterns = [
    *(
        path(f"letters/{which}/", boxes.box, {"which": which}, name=f"letters_{which}")
        for which in ("in", "out", "copied")
    ),
    path("letters/sign/", boxes.batch_sign, name="batch_sign"),
    path("letters/chase/", boxes.batch_chase, name="batch_chase"),
    path("cases/<int:case_pk>/exchange/", exchange.show, name="exchange"),
    path("dispatches/<int:pk>/signed-for/", informing.signed_for, name="dispatch_signed_for"),
    path("dispatches/<int:pk>/signed-for.pdf", informing.signed_for_pdf, name="dispatch_signed_for_pdf"),
    path("bulletins/<int:pk>/", informing.duty, name="duty"),
    path("bulletins/<int:pk>/waive/", informing.Waive.as_view(), name="duty_waive"),
    path("referrals/<int:pk>/circulate/", informing.CirculateLetter.as_view(), name="referral_circulate"),
    path("referrals/<int:pk>/join/", teams.Join.as_view(), name="referral_join"),
    path("referrals/<int:pk>/decline/", teams.Decline.as_view(), name="referral_decline"),
    path("copies/<int:pk>/", informing.copy, name="copy"),
    path("copies/<int:pk>/letter/", informing.copy_letter, name="copy_letter"),
    path("copies/<int:pk>/circulate/", informing.CirculateCopy.as_view(), name="copy_circulate"),
    path("readings/<int:pk>/confirm/", informing.Confirm.as_view(), name="reading_confirm"),
    path("teams/<int:pk>/", teams.detail, name="team"),
    *(
        path(f"teams/<int:pk>/{code}/", view.as_view(), name=f"team_{code}")
        for code, view in TEAM_STEPS.items()
    ),
    path("team-papers/<int:pk>/scan/", scans.team_paper, name="team_paper_scan"),
    path("team-members/<int:pk>/remove/", teams.RemoveMember.as_view(), name="team_member_remove"),
]
