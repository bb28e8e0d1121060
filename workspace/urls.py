from django.urls import path

from workspace import views

app_name = "workspace"

urlpatterns = [
    path("workspace/views/", views.save_view, name="save_view"),
    path("workspace/views/<int:pk>/delete/", views.delete_view, name="delete_view"),
    path("workspace/preferences/<slug:page>/", views.set_preference, name="set_preference"),
    path("workspace/help/<str:page>/", views.put_help_away, name="put_help_away"),
]
