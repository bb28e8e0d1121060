"""Addresses of reports, openings and keys; part of `rewards.urls`."""

from django.urls import path

from rewards.views import custodians, openings, public, report_steps, reports

STEPS = {
    "accept": report_steps.Accept,
    "join": report_steps.Join,
    "refuse": report_steps.Refuse,
    "tell": report_steps.Tell,
    "answer": report_steps.Answer,
    "add": report_steps.Add,
    "withdraw": report_steps.Withdraw,
}

urlpatterns = [
    path("public/", public.counties, name="public_counties"),
    path("public/follow/", public.follow, name="follow"),
    path("public/follow/report/", public.followed, name="followed"),
    path("public/follow/report/add/", public.add, name="follow_add"),
    path("public/follow/report/withdraw/", public.withdraw, name="follow_withdraw"),
    path("public/follow/leave/", public.leave, name="follow_leave"),
    path("public/<slug:code>/", public.start, name="public"),
    path("public/<slug:code>/report/", public.report, name="public_report"),
    path("reports/", reports.report_list, name="reports"),
    path("reports/new/", reports.new, name="report_new"),
    path("reports/<int:pk>/", reports.detail, name="report"),
    path("reports/<int:pk>/files/<int:file_pk>/", reports.file, name="report_file"),
    path("reports/<int:pk>/form/", reports.register_form, name="report_form"),
    path("reports/<int:pk>/form.pdf", reports.register_form_pdf, name="report_form_pdf"),
    *(
        path(f"reports/<int:pk>/{code}/", view.as_view(), name=f"report_{code}")
        for code, view in STEPS.items()
    ),
    path("reporters/<int:pk>/open/", openings.Ask.as_view(), name="opening_new"),
    path("openings/", openings.opening_list, name="openings"),
    path("openings/<int:pk>/", openings.detail, name="opening"),
    path("openings/<int:pk>/give/", openings.give, name="opening_give"),
    path("openings/<int:pk>/decline/", openings.Decline.as_view(), name="opening_decline"),
    path("openings/<int:pk>/show/", openings.show, name="opening_show"),
    path("settings/custodians/", custodians.custodians, name="custodians"),
    path("settings/custodians/<int:pk>/end/", custodians.EndCustody.as_view(), name="custodian_end"),
    path("my-key/", custodians.own_key, name="own_key"),
    path("supervisors/", custodians.supervisors, name="supervisors"),
    path("supervisors/new/", custodians.supervisor_new, name="supervisor_new"),
]
