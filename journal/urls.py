from django.urls import path

from journal import views

app_name = "journal"
urlpatterns = [path("record/", views.record, name="record")]
