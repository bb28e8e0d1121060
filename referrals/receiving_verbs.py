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

RECORD += (
    Verb(
        "referral.forwarded", _("{receiver} has no power in {number} and forwarded it to {next}"), tone="y", note="reason"
    ),
    Verb("withdrawal.asked", _("Asked {receiver} to agree that {number} is withdrawn"), tone="y", note="reason"),
    Verb("withdrawal.agreed", _("{receiver} agreed that {number} is withdrawn"), tone="g", note="reason"),
    Verb("withdrawal.refused", _("{receiver} did not agree that {number} is withdrawn"), tone="r", note="reason"),
    Verb(
        "supervision.issued",
        _("The office demands of {receiver} a reply about {number} by {due_on} (no. {times})"),
        tone="r",
        note="reason",
    ),
    Verb("supervision.replied", _("{receiver} accounted for {number} to the office (no. {times})"), tone="b", note="reason"),
)  # fmt: skip

RECORD += (
    Verb("said.accepted", _("{receiver} accepted {number} ({said_via}), dated {dated_on}"), tone="g"),
    Verb(
        "said.returned", _("{receiver} returned {number} ({said_via}), dated {dated_on}"), tone="r", note="reason"
    ),
    Verb(
        "said.answered",
        _("{receiver} answered {number} by {their_number} ({said_via}), dated {dated_on}"),
        tone="g",
        note="reason",
    ),
    Verb(
        "said.missing", _("{receiver} asks by paper for the completion of {number} until {until} ({said_via})"), tone="y",
        note="reason",
    ),
    Verb(
        "said.longer", _("{receiver} asks by paper for a longer limit of {number}, until {until} ({said_via})"), tone="y",
        note="reason",
    ),
    Verb("said.partly", _("{receiver} accepted {number} in part ({said_via}), dated {dated_on}"), tone="y", note="reason"),
    Verb("said.agreed", _("{receiver} agreed by paper to the withdrawal of {number} ({said_via})"), tone="g", note="reason"),
    Verb(
        "said.refused", _("{receiver} did not agree by paper to the withdrawal of {number} ({said_via})"), tone="r",
        note="reason",
    ),
    Verb("referral.received_by_link", _("{receiver} took {number} in by one-time link"), tone="g"),
    Verb("link.issued", _("A one-time link for {receiver} to answer {number} was issued, valid for {days} days")),
    Verb("link.ended", _("The one-time link for {receiver} to answer {number} was taken back")),
    Verb("link.opened", _("Somebody read {number} by the one-time link given to {receiver}"), group="access"),
)  # fmt: skip

NOTICES = (
    Verb(
        "referral.was_partly_accepted",
        _("{receiver} has accepted {number} in part; with you stays: {names}"),
        tone="r",
    ),
    Verb("completion.to_supply", _("{receiver} asks you to complete {number} by {due_on}"), tone="r", note="reason"),
    Verb("completion.to_take", _("{sender} has completed {number}: take it in"), tone="y"),
    Verb("completion.to_serve", _("Serve what completes {number} on {receiver} and note its receipt"), tone="y"),
    Verb("completion.was_taken", _("{receiver} has taken in what completes {number}"), tone="g"),
    Verb(
        "referral.was_forwarded", _("{receiver} has forwarded {number} to {next}: {new_number}"), tone="y", note="reason"
    ),
    Verb("withdrawal.to_decide", _("{sender} asks you to agree that {number} is withdrawn"), tone="y", note="reason"),
    Verb("withdrawal.was_agreed", _("{receiver} agrees: {number} is withdrawn"), tone="g", note="reason"),
    Verb("withdrawal.was_refused", _("{receiver} does not agree that {number} is withdrawn"), tone="r", note="reason"),
    Verb(
        "supervision.to_reply",
        _("The office demands a reply about {number} by {due_on} (no. {times})"),
        tone="r",
        note="reason",
    ),
    Verb("supervision.was_replied", _("{receiver} has accounted for {number}"), tone="g", note="reason"),
    Verb("completion.was_dropped", _("{receiver} no longer waits for {number} to be completed"), note="reason"),
)  # fmt: skip

VERBS = (*RECORD, *NOTICES)
