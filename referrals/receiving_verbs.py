"""The verbs between receipt and decision: the same words serve the record and the notices."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

RECORD = (
    Verb("referral.partly_accepted", _("{receiver} accepted {number} in part; not accepted: {names}"), tone="y"),
    Verb(
        "completion.asked",
        _("{receiver} asked for {number} to be completed by {due_on}; its clock stands meanwhile"),
        tone="y",
        note="reason",
    ),
    Verb(
        "completion.supplied", _("Completed {number} for {receiver} with {items} files"), tone="b", note="reason"
    ),
    Verb("completion.taken", _("{receiver} took in the {items} files that complete {number}"), tone="g"),
    Verb("completion.dropped", _("{receiver} no longer waits for {number} to be completed"), tone="n", note="reason"),
)  # fmt: skip

NOTICES = (
    Verb(
        "referral.was_partly_accepted",
        _("{receiver} has accepted {number} in part; with you stays: {names}"),
        tone="r",
    ),
    Verb("completion.to_supply", _("{receiver} asks you to complete {number} by {due_on}"), tone="r", note="reason"),
    Verb("completion.to_take", _("{sender} has completed {number}: take it in"), tone="y"),
    Verb("completion.was_taken", _("{receiver} has taken in what completes {number}"), tone="g"),
    Verb("completion.was_dropped", _("{receiver} no longer waits for {number} to be completed"), note="reason"),
)  # fmt: skip

VERBS = (*RECORD, *NOTICES)
