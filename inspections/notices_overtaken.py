"""Whether a notice of an inspection still stands: for the public check of papers."""

import datetime as dt

from documents.models import IssuedDocument
from inspections.actions.taking_back import LETTER
from inspections.models import Target


def of(document: IssuedDocument) -> tuple[str, dt.datetime] | None:
    """("withdrawn", since when) where a later letter took this notice back; None while it stands.

    A target's `notice` is taken away when its days move; one inspection sends each of its targets a notice of its own.
    """
    # door: the public page shows of a paper only whether it stands
    mine = Target.objects.filter(notice=document).values_list("pk", flat=True).first()
    about = [mine] if mine is not None else Target.objects.filter(inspection=document.target_id).values("pk")
    letters = IssuedDocument.objects.filter(
        kind=LETTER, target_kind=Target.kind_code, target_id__in=about, pk__gt=document.pk, voided_at=None
    )
    since = letters.order_by("pk").values_list("issued_at", flat=True).first()
    return None if since is None else ("withdrawn", since)
