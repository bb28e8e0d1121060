"""The kinds of thing of publication, points and look-ups that rows of lower rooms point to."""

from django.utils.translation import gettext_lazy as _

from core.registry import Kind
from sanctions.models import (
    AnnualScore,
    Consequence,
    EligibilityAnswer,
    PointEntry,
    Publication,
    PublicationExport,
)


def _url(thing):
    return thing.get_absolute_url()


KINDS = (
    Kind("publication", lambda user: Publication.objects.visible_to(user), str, _url, label=_("publication")),
    Kind(
        "publication_export", lambda user: PublicationExport.objects.visible_to(user), str, _url,
        label=_("file for the credit platform"),
    ),
    Kind(
        "point_entry", lambda user: PointEntry.objects.visible_to(user).select_related("subject"), str, _url,
        label=_("points"),
    ),
    Kind(
        "annual_score", lambda user: AnnualScore.objects.visible_to(user).select_related("subject"), str, _url,
        label=_("annual score"),
    ),
    Kind(
        "credit_consequence", lambda user: Consequence.objects.visible_to(user).select_related("subject"), str, _url,
        label=_("consequence of points or a score"),
    ),
    Kind(
        "eligibility_answer", lambda user: EligibilityAnswer.objects.visible_to(user), str, _url,
        label=_("eligibility look-up"),
    ),
)  # fmt: skip
