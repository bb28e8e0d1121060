"""The API of this room alone, as `config.api` mounts it."""

from django.urls import include, path
from rest_framework.routers import DefaultRouter

from deadlines.api import router_entries

router = DefaultRouter()
for prefix, viewset in router_entries:
    router.register(prefix, viewset)
urlpatterns = [path("api/v1/", include(router.urls))]
