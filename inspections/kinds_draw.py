"""The kinds of thing of pools and draws that rows of lower rooms point to."""

from django.utils.translation import gettext_lazy as _

from core.registry import Kind
from inspections.models import CoverageExemption, CoverageYear, Draw, Pool


def _url(thing):
    return thing.get_absolute_url()


KINDS = (
    Kind("pool", lambda user: Pool.objects.visible_to(user), str, _url, label=_("pool")),
    Kind("draw", lambda user: Draw.objects.visible_to(user).for_list(), str, _url, label=_("draw")),
    Kind(
        "coverage_exemption", lambda user: CoverageExemption.objects.visible_to(user).select_related("subject"), str, _url,
        label=_("exemption from full coverage"),
    ),
    Kind(
        "coverage_year",
        lambda user: CoverageYear.objects.visible_to(user),
        str,
        _url,
        label=_("year of full coverage"),
    ),
)
