"""The verbs of data comparisons: counts and reasons, never a person."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb("comparison.drafted", _("Drafted a data comparison of {total} people"), tone="b"),
    Verb("comparison.edited", _("Changed the draft of the data comparison: {total} people"), tone="b"),
    Verb("comparison.submitted", _("Submitted the data comparison for signature"), tone="y"),
    Verb("comparison.approved", _("Signed the data comparison"), tone="g"),
    Verb("comparison.sent_back", _("Gave the data comparison back to be changed"), tone="r", note="reason"),
    Verb("comparison.discarded", _("Gave up the data comparison"), tone="n", note="reason"),
    Verb("comparison.sent", _("Sent {receiver} the data comparison {number}, {total} people"), tone="y"),
    Verb("comparison.received", _("{receiver} signed for the data comparison {number}"), tone="g"),
    Verb("comparison.prepared", _("Wrote down the result: {hits} hits"), tone="b"),
    Verb("comparison.result_sent_back", _("Gave the result back to be compared again"), tone="r", note="reason"),
    Verb("comparison.answered", _("{receiver} answered {number}: {hits} of {total} people are hits"), tone="g"),
    Verb(
        "comparison.downloaded",
        _("Downloaded the encrypted list of {total} people"),
        tone="y",
        group="access",
        note="reason",
    ),
    Verb("list_supervision.drafted", _("Drafted a supervision letter about {number}"), tone="b"),
    Verb("list_supervision.reviewed", _("Reviewed the supervision letter about {number}"), tone="b"),
    Verb("list_supervision.delivered", _("Proved that {number} was delivered on {delivered_on}"), tone="g"),
    Verb("list_supervision.discarded", _("Gave the draft of the supervision letter up"), tone="n", note="reason"),
    Verb(
        "list_supervision.issued",
        _("The office demands of {receiver} a reply about {number} by {due_on} (no. {times})"),
        tone="r",
        note="reason",
    ),
    Verb(
        "list_supervision.replied",
        _("{receiver} accounted for {number} to the office (no. {times})"),
        tone="b",
        note="reason",
    ),
    Verb("list_supervision.to_sign", _("A supervision letter about {number} waits for your signature"), tone="y"),
    Verb(
        "list_supervision.to_reply",
        _("The office demands a reply about {number} by {due_on} (no. {times})"),
        tone="r",
        note="reason",
    ),
    Verb("list_supervision.was_replied", _("{receiver} has accounted for {number}"), tone="g", note="reason"),
    Verb("comparison.leads_opened", _("Opened {opened} leads from the hits"), tone="b"),
    Verb("comparison.closed", _("Closed the data comparison {number}"), tone="g"),
    Verb("comparison.withdrawn", _("Took the data comparison {number} back"), tone="r", note="reason"),
    Verb("comparison.returned", _("{receiver} returned the data comparison {number}"), tone="r", note="reason"),
    Verb("comparison.expired", _("The data comparison {number} expired without a result"), tone="r", note="reason"),
    Verb("comparison.paper_taken", _("Took a copy of the scan {name}"), tone="n", group="access"),
    Verb("comparison.destroyed", _("Destroyed the list: {gone} people"), tone="n", group="access"),
    # notices
    Verb("comparison.waits", _("A data comparison to {receiver} waits for your signature"), tone="y"),
    Verb("comparison.was_signed", _("The data comparison to {receiver} was signed: number and send it"), tone="y"),
    Verb("comparison.was_sent_back", _("The data comparison to {receiver} was given back to be changed"), tone="r"),
    Verb("comparison.to_sign_for", _("{sender} sent the data comparison {number}: sign for it"), tone="y"),
    Verb("comparison.to_compare", _("Compare the list of {sender}, {number}: {total} people"), tone="y"),
    Verb("comparison.hits_came", _("{sender} sent {total} hits of its own accord, {number}"), tone="y"),
    Verb("comparison.was_received", _("{receiver} has received the data comparison {number}"), tone="g"),
    Verb("comparison.result_waits", _("The result for {sender}, {number}, waits for your signature"), tone="y"),
    Verb(
        "comparison.was_withdrawn",
        _("{sender} took the data comparison {number} back: stop comparing; its list is destroyed"),
        tone="r", note="reason",
    ),
    Verb(
        "comparison.was_returned", _("{receiver} returned the data comparison {number}; its list is destroyed"), tone="r",
        note="reason",
    ),
    Verb(
        "comparison.has_expired", _("The data comparison {number} expired without a result; its list is destroyed"),
        tone="r", note="reason",
    ),
    Verb("comparison.was_answered", _("{receiver} has answered {number}: {hits} hits"), tone="g"),
)
