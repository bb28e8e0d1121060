"""What happens to papers, as the record says it."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb("document.issued", _("{actor} issued {number}"), tone="g", group="flow"),
    Verb(
        "document.sealed",
        _("{actor} added the scan of the sealed copy of {number}"),
        tone="b",
        group="material",
    ),
    Verb("document.voided", _("{actor} declared {number} void"), tone="r", group="flow", note="reason"),
    Verb("document.downloaded", _("{actor} downloaded {number}"), group="access"),
)
