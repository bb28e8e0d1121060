"""Addresses of joint inspections."""

from django.urls import path

from inspections import urls_draw
from inspections.views import (
    certificates,
    checklists,
    finding_steps,
    pages,
    plan_steps,
    site,
    team_steps,
    work_steps,
)

app_name = "inspections"


def _steps(start, steps):
    return [
        path(f"inspections/{start}<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in steps.items()
    ]


urlpatterns = [
    path("inspections/", pages.inspection_list, name="list"),
    path("inspections/new/", pages.new, name="new"),
    path("inspections/<int:pk>/", pages.detail, name="inspection"),
    *_steps("", plan_steps.STEPS),
    *_steps("departments/", team_steps.PARTNER_STEPS),
    *_steps("people/", team_steps.MEMBER_STEPS),
    *_steps("targets/", team_steps.TARGET_STEPS),
    path("inspections/targets/<int:pk>/blank/", site.blank_record, name="blank_record"),
    path("inspections/visits/<int:pk>/", site.visit_page, name="visit"),
    path("inspections/visits/<int:pk>/record.pdf", site.visit_record, name="visit_record"),
    *_steps("visits/", work_steps.VISIT_STEPS),
    path("inspections/findings/<int:pk>/", site.finding_page, name="finding"),
    *_steps("findings/", finding_steps.FINDING_STEPS),
    *_steps("rectifications/", finding_steps.RECTIFICATION_STEPS),
    path("inspections/files/visits/<int:pk>/", site.visit_file, name="visit_photo"),
    path("inspections/files/findings/<int:pk>/", site.finding_file, name="finding_file"),
    path("inspections/certificates/", certificates.certificate_list, name="certificates"),
    path("inspections/certificates/new/", certificates.enter, name="enter_certificate"),
    path(
        "inspections/certificates/<int:pk>/withdraw/",
        certificates.Withdraw.as_view(),
        name="withdraw_certificate",
    ),
    path("inspections/checklists/", checklists.checklist_list, name="checklists"),
    path("inspections/checklists/new/", checklists.edit, name="new_checklist"),
    path("inspections/checklists/<int:pk>/", checklists.edit, name="checklist"),
    *urls_draw.patterns,
]
