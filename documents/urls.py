"""Addresses of papers, and the short public one printed on them."""

from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("documents/<int:pk>/", views.detail, name="detail"),
    path("documents/<int:pk>/pdf/", views.pdf, name="pdf"),
    path("documents/<int:pk>/word/", views.docx, name="word"),
    path("documents/<int:pk>/scan/", views.scan, name="scan"),
    path("documents/<int:pk>/delivery/", views.delivery, name="delivery"),
    path("documents/<int:pk>/seal/", views.seal, name="seal"),
    path("documents/<int:pk>/void/", views.void, name="void"),
    path("verify/", views.verify_entry, name="verify-entry"),
    path("verify/<slug:code>/", views.verify, name="verify"),
]
