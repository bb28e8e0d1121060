from django.urls import path

from workspace import views, views_delegation, views_drafts, views_jobs

app_name = "workspace"

urlpatterns = [
    path("workspace/views/", views.save_view, name="save_view"),
    path("workspace/views/<int:pk>/delete/", views.delete_view, name="delete_view"),
    path("workspace/views/<int:pk>/digest/", views.digest, name="digest"),
    path("workspace/preferences/<slug:page>/", views.set_preference, name="set_preference"),
    path("workspace/drafts/", views_drafts.save, name="save_draft"),
    path("workspace/drafts/<int:pk>/discard/", views_drafts.drop, name="drop_draft"),
    path("workspace/delegations/", views_delegation.delegations, name="delegations"),
    path("workspace/delegations/new/", views_delegation.new, name="new_delegation"),
    path("workspace/delegations/<int:pk>/end/", views_delegation.End.as_view(), name="end_delegation"),
    path("workspace/delegations/<int:pk>/act/", views_delegation.act_for, name="act_for"),
    path("workspace/own-name/", views_delegation.stop, name="stop_behalf"),
    path("workspace/jobs/", views_jobs.jobs, name="jobs"),
    path("workspace/jobs/<int:pk>/cancel/", views_jobs.cancel, name="cancel_job"),
    path("workspace/jobs/<int:pk>/file/", views_jobs.download, name="job_file"),
    path("workspace/help/<str:page>/", views.put_help_away, name="put_help_away"),
]
