"""The verbs of stays in other places and requests to the bureaus there."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb("stay.registered", _("Entered a stay in {place}: {cost} yuan (threshold {threshold})"), tone="b"),
    Verb("stay.waived", _("No request to {place} is made"), tone="n", note="reason"),
    Verb("threshold.set", _("From {effective_from} requests to other places are proposed from {amount} yuan"), tone="b"),
    Verb("assist_letter.drafted", _("Drafted a request to {body}"), tone="b"),
    Verb("assist_letter.edited", _("Changed the draft"), tone="n"),
    Verb("assist_letter.submitted", _("Submitted the letter for review"), tone="y"),
    Verb("assist_letter.reviewed", _("Reviewed the letter"), tone="b"),
    Verb("assist_letter.approved", _("Signed the letter"), tone="g"),
    Verb("assist_letter.sent_back", _("Gave the letter back to be changed"), tone="r"),
    Verb("assist_letter.discarded", _("Gave up the draft"), tone="n"),
    Verb("assist.sent", _("Asked {body} for help, {number}"), tone="y"),
    Verb("assist.delivered", _("Delivered to {body} on {delivered_on}; the answer is due on {due_on}"), tone="g"),
    Verb("assist.answered", _("{body} answered, {number}"), tone="g"),
    Verb("assist.closed", _("Closed the request to {body}"), tone="g", note="remark"),
    Verb("assist.withdrawn", _("Withdrew the request to {body}"), tone="n", note="reason"),
    Verb("assist.to_deliver", _("“{title}” was sent to {body}: record its delivery"), tone="y"),
    Verb("assist.was_answered", _("{body} answered “{title}”"), tone="g"),
)  # fmt: skip
