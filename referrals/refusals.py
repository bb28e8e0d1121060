"""Refusals of this room that carry more than a sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cases.models import Evidence
from core.refusals import Refused


class HashMismatch(Refused):
    """A stored file is not the one the manifest names. The edge then calls `report_mismatch`."""

    sentence = _("The hash of a file does not match the manifest: it was not signed for. The sender has been told.")
    record = True

    def __init__(self, evidence: Sequence[Evidence]):
        super().__init__(evidence=list(evidence))
        self.evidence = list(evidence)
