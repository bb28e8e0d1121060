"""What a notice about standing in leads to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.registry import Kind
from workspace.models import Delegation

DELEGATION = Kind(
    "delegation",
    lambda user: Delegation.objects.visible_to(user).select_related("away", "delegate"),
    str,
    lambda delegation: reverse("workspace:delegations"),
    label=_("delegation"),
)
