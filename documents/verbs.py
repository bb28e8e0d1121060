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
    Verb("statistics.drafted", _("{actor} drafted the statistics report {period}"), tone="b", note="reason"),
    Verb("statistics.counted", _("{actor} counted the statistics report {period} again"), tone="b"),
    Verb("statistics.returned", _("{actor} sent the statistics report {period} back"), tone="y", note="reason"),
    Verb("statistics.issued", _("{actor} issued the statistics report {period} as {number}"), tone="g"),
    Verb("statistics.was_issued", _("The statistics report {period} is issued as {number}"), tone="g"),
    Verb("statistics.dropped", _("{actor} dropped the draft of the statistics report {period}"), tone="n"),
    Verb("statistics.exported", _("{actor} took statistics along as a file: {period}"), group="access"),
)
