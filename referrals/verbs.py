"""The verbs of this room: the same words serve the record and the notices."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb
from referrals import receiving_verbs, verbs_informing

RECORD = (
    # papers inside a department: the case's other departments read that they exist, never what they say
    Verb("dispatch.drafted", _("Drafted a letter"), tone="b"),
    Verb("dispatch.edited", _("Changed the draft"), tone="n"),
    Verb("dispatch.submitted", _("Submitted the letter for review"), tone="y"),
    Verb("dispatch.reviewed", _("Reviewed the letter"), tone="b"),
    Verb("dispatch.approved", _("Signed the letter"), tone="g"),
    Verb("dispatch.sent_back", _("Gave the letter back to be changed"), tone="r"),
    Verb("dispatch.discarded", _("Gave up the draft"), tone="n"),
    Verb("reply.drafted", _("Drafted a reply"), tone="b"),
    Verb("reply.edited", _("Changed the draft of the reply"), tone="n"),
    Verb("reply.submitted", _("Submitted the reply for review"), tone="y"),
    Verb("reply.reviewed", _("Reviewed the reply"), tone="b"),
    Verb("reply.approved", _("Signed the reply"), tone="g"),
    Verb("reply.sent_back", _("Gave the reply back to be changed"), tone="r"),
    Verb("reply.discarded", _("Gave up the reply"), tone="n"),
    Verb("follow_up.drafted", _("Drafted: {letter_kind}"), tone="b"),
    Verb("follow_up.edited", _("Changed the draft"), tone="n"),
    Verb("follow_up.submitted", _("Submitted the letter for review"), tone="y"),
    Verb("follow_up.reviewed", _("Reviewed the letter"), tone="b"),
    Verb("follow_up.approved", _("Signed the letter"), tone="g"),
    Verb("follow_up.sent_back", _("Gave the letter back to be changed"), tone="r"),
    Verb("follow_up.discarded", _("Gave up the draft"), tone="n"),
    Verb("follow_up.delivered", _("Proved that {number} was served on {delivered_on}"), tone="g"),
    Verb(
        "follow_up.proof_downloaded", _("Proof of delivery of {number} downloaded"), tone="n", group="access"
    ),
    Verb("follow_up.sent", _("Numbered and sent {number}: {letter_kind}"), tone="g"),
    # letters between departments
    Verb("transfer.sent", _("Transferred the lead to {receiver}, {number}"), tone="y"),
    Verb("bulletin.sent", _("Sent a case bulletin to {receiver}, {number}"), tone="y"),
    Verb("early.sent", _("Asked {receiver} for early involvement, {number}"), tone="y"),
    Verb(
        "support.needed",
        _("Found on {discovered_on} that technical support is needed; notice to {receiver} is due on {due_on}"),
        tone="b",
    ),
    Verb(
        "support.sent",
        _("Gave {receiver} written notice that technical support is needed, {number}"),
        tone="y",
        note="reason",
    ),
    Verb(
        "referral.received",
        _("{receiver} signed for {number}; {items} files match the manifest"),
        tone="g",
    ),
    Verb(
        "referral.delivered",
        _("Delivery of {number} to {receiver} on {delivered_on} was proved"),
        tone="g",
    ),
    Verb(
        "referral.mismatch",
        _("Files of {number} do not match the manifest: {names}"),
        tone="r",
        group="material",
    ),
    Verb(
        "referral.proof_downloaded", _("Proof of delivery of {number} downloaded"), tone="n", group="access"
    ),
    Verb("scan.taken", _("Took a copy of a scan: {number}"), tone="n", group="access"),
    Verb("referral.assigned", _("{number} was assigned to {handler}"), tone="b"),
    Verb("referral.accepted", _("{receiver} accepted {number}"), tone="g"),
    Verb("referral.returned", _("{receiver} returned {number}: {return_category}"), tone="r", note="reason"),
    Verb("referral.answered", _("{receiver} answered, {number}"), tone="g"),
    Verb("opinion.issued", _("{receiver} issued its written opinion, {number}"), tone="g"),
    Verb("referral.closed", _("{number} to {receiver} was closed"), tone="g", note="remark"),
    Verb(
        "referral.redone",
        _("Sent {number} back to {receiver} to be done again until {limit_on}"),
        tone="r",
        note="reason",
    ),
    Verb("referral.withdrawn", _("{number} to {receiver} was withdrawn"), tone="n", note="reason"),
    Verb(
        "referral.chased",
        _("Chased {receiver} about {number}, reminder no. {times}"),
        tone="r",
        note="remark",
    ),
    Verb(
        "extension.asked",
        _("{receiver} asked to move the limit of {number} from {old} to {new}"),
        tone="y",
        note="reason",
    ),
    Verb(
        "extension.agreed",
        _("The limit of {number} was moved from {old} to {new}"),
        tone="b",
        note="reason",
    ),
    Verb("extension.refused", _("A longer limit for {number} was not agreed"), tone="r", note="reason"),
)  # fmt: skip

DICTIONARY = (
    Verb(
        "signing_rule.changed",
        _(
            "{letter_kind}: reviewed by {reviewer} (before: {old_reviewer}), "
            "signed by {signer} (before: {old_signer})"
        ),
        tone="y",
        group="system",
    ),
)

NOTICES = (
    Verb("paper.waits", _("“{title}” waits for you"), tone="y"),
    Verb("paper.signed", _("“{title}” was signed: number, seal and send it"), tone="y"),
    Verb("paper.sent_back", _("“{title}” was given back to be changed"), tone="r", note="reason"),
    Verb("referral.sealed_beside", _("A second letter about the matter of {number} was sent to {receiver}"), tone="r"),
    Verb("referral.to_sign", _("{sender} sent {number}: sign for it"), tone="y"),
    Verb("referral.was_received", _("{receiver} has received {number}"), tone="g"),
    Verb("referral.to_assign", _("{number} of {sender} was received: assign somebody"), tone="y"),
    Verb("referral.to_accept", _("{number} of {sender} was assigned to you"), tone="y"),
    Verb("referral.was_accepted", _("{receiver} has accepted {number}"), tone="g"),
    Verb("referral.was_returned", _("{receiver} has returned {number}"), tone="r", note="reason"),
    Verb("referral.was_answered", _("{receiver} has answered {number}: {document}"), tone="g"),
    Verb(
        "referral.to_redo",
        _("{sender} sent the answer to {number} back to be done again"),
        tone="r",
        note="reason",
    ),
    Verb("referral.was_closed", _("{sender} has closed {number}"), tone="g"),
    Verb("referral.was_withdrawn", _("{sender} has withdrawn {number}"), tone="n"),
    Verb("referral.was_chased", _("{sender} reminds you of {number} (no. {times})"), tone="r"),
    Verb("referral.to_remind", _("Remind {receiver} of {number} (no. {times}): it does not work here"), tone="r"),
    Verb("extension.to_decide", _("{receiver} asks for a longer limit for {number}: until {new}"), tone="y"),
    Verb("extension.was_agreed", _("The limit of {number} was moved to {new}"), tone="g"),
    Verb("extension.was_refused", _("A longer limit for {number} was not agreed"), tone="r"),
)  # fmt: skip

VERBS = (*RECORD, *DICTIONARY, *NOTICES, *receiving_verbs.VERBS, *verbs_informing.VERBS)
