"""The verbs of 信息互通 and 提前介入."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb("bulletin.owed", _("A case bulletin to {receivers} is due on {due_on} (internal limit)"), tone="y"),
    Verb("bulletin.owed_again", _("{number} was withdrawn: a case bulletin is due again on {due_on}"), tone="y"),
    Verb("bulletin.left_out", _("{receivers} was left out of the case bulletin"), tone="n", note="reason"),
    Verb("bulletin.waived", _("No case bulletin is needed"), tone="n", note="reason"),
    Verb("bulletin.was_waived", _("{number} needs no case bulletin"), tone="n", note="reason"),
    Verb("referral.copied", _("A copy of {number} went to {receiver}"), tone="n"),
    Verb("referral.circulated", _("{receiver} circulates {number} to {people} persons"), tone="b"),
    Verb("referral.read", _("Has read the letter"), tone="g"),
    Verb("referral.to_read", _("{sender} sent {number}: read it"), tone="y"),
    Verb("team.begun", _("{department} calls for early involvement"), tone="y"),
    Verb("team.joined", _("{department} joins the team with {users}"), tone="g"),
    Verb("team.named_on_paper", _("{department} takes part on paper and names {people} persons"), tone="g"),
    Verb("team.left_on_paper", _("A person of {department} was taken off the joint team"), tone="n"),
    Verb("team.left", _("{user} left the joint team"), tone="n"),
    Verb("team.finding", _("{department} shared a finding with the joint team ({files} files)"), tone="b"),
    Verb("team.view", _("{department} gave its view on the nature of the case"), tone="b"),
    Verb("team.concluded", _("The joint team's opinion: {outcome}"), tone="g"),
    Verb("team.dissolved", _("The joint team was dissolved"), tone="n", note="reason"),
    Verb("team.was_named", _("You are on the joint team of {number}"), tone="y"),
    Verb("team.was_shared", _("{sender} shared a finding about {number}"), tone="b"),
    Verb("team.was_concluded", _("Opinion on {number}: {outcome}"), tone="g"),
    Verb("team.was_dissolved", _("The joint team of {number} was dissolved"), tone="n", note="reason"),
)
