from django.urls import path

from workspace import views, views_jobs

app_name = "workspace"

urlpatterns = [
    path("workspace/views/", views.save_view, name="save_view"),
    path("workspace/views/<int:pk>/delete/", views.delete_view, name="delete_view"),
    path("workspace/views/<int:pk>/digest/", views.digest, name="digest"),
    path("workspace/preferences/<slug:page>/", views.set_preference, name="set_preference"),
    path("workspace/jobs/", views_jobs.jobs, name="jobs"),
    path("workspace/jobs/<int:pk>/cancel/", views_jobs.cancel, name="cancel_job"),
    path("workspace/jobs/<int:pk>/file/", views_jobs.download, name="job_file"),
]
