"""How what happens to a case is said in the record and in notices."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb("case.registered", _("Registered as {number}, source: {source}"), tone="g"),
    Verb("case.begun", _("Work on the lead began"), tone="b"),
    Verb("case.decided", _("Every department has decided"), tone="g"),
    Verb("case.closed", _("Case closed"), tone="g", note="reason"),
    Verb("case.reopened", _("Case reopened"), tone="y", note="reason"),
    Verb("case.catalogue_printed", _("Catalogue of the file printed: {rows} items"), tone="n", group="access"),
    Verb("case.edited", _("Particulars of the case changed"), tone="n"),
    Verb("case.access_granted", _("Opened to {department}: {permission}"), tone="n", group="access"),
    Verb("case.access_ended", _("Access ended: {department}"), tone="n", group="access"),
    Verb("case.person_unnamed", _("{user} no longer named on the case"), tone="n", group="access", note="reason"),
    Verb("case.person_named", _("{user} named on the case"), tone="n", group="access", note="reason"),
    Verb("case.restricted", _("Restricted to named persons"), tone="y", group="access", note="reason"),
    Verb("case.unrestricted", _("Opened to the departments again"), tone="n", group="access", note="reason"),
    Verb("strand.opened", _("{department} takes part in the case"), tone="b"),
    Verb("strand.assigned", _("{handler} handles the part of {department}"), tone="b"),
    Verb("strand.filed", _("{department} filed the case: {number}"), tone="g"),
    Verb(
        "strand.declined",
        _("{department} did not file; further handling: {disposition}"),
        tone="n",
        note="reason",
    ),
    Verb("strand.verified_again", _("{department} verifies again"), tone="b", note="reason"),
    Verb("strand.investigating", _("{department} began to investigate"), tone="b"),
    Verb("strand.suspended", _("{department} suspended its investigation"), tone="y", note="reason"),
    Verb("strand.resumed", _("{department} resumed its investigation"), tone="b", note="reason"),
    Verb("strand.decided", _("{department} decided: {disposition}"), tone="g", note="findings"),
    Verb("strand.redone", _("{department} takes its decision up again"), tone="y", note="reason"),
    Verb("strand.performed", _("{department}: the decision was performed"), tone="g", note="reason"),
    Verb("strand.terminated", _("{department} terminated its investigation"), tone="n", note="reason"),
    Verb("strand.withdrawn", _("{department} withdrew its part"), tone="n", note="reason"),
    Verb("legal.marked", _("{department} marked its decision: {grave}; {review_grounds}"), tone="n"),
    Verb("legal.asked", _("{department} asks {user} for the legal review of its decision"), tone="b"),
    Verb("legal.given", _("Legal review for {department}: {review_result}"), tone="b", note="opinion"),
    Verb("legal.withdrawn", _("{department} took its request for the legal review back"), tone="n"),
    Verb("legal.discussed", _("The leaders of {department} discussed the case on {on}"), tone="b", note="conclusion"),
    Verb("legal.policy", _("Legal review of penalties: {review_policy}"), tone="n"),
    Verb("after.served", _("{department} served its decision"), tone="g", note="body"),
    Verb("after.instalment", _("{department} granted an instalment of {amount} yuan"), tone="n", note="remark"),
    Verb("after.paid", _("A fine of {amount} yuan was paid"), tone="g", note="remark"),
    Verb("after.urged", _("{department} urged to perform: {number}"), tone="y", note="remark"),
    Verb("after.applied", _("{department} applied for compulsory enforcement"), tone="y", note="body"),
    Verb("after.review", _("The decision of {department} goes to administrative review"), tone="y", note="body"),
    Verb("after.lawsuit", _("The decision of {department} goes to court"), tone="y", note="body"),
    Verb("after.outcome", _("Outcome for the decision of {department}: {after_outcome}"), tone="b", note="remark"),
    Verb("evidence.added", _("Evidence filed: {name}"), tone="b", group="material"),
    Verb("evidence.downloaded", _("Evidence downloaded: {name}"), tone="n", group="access"),
    Verb("evidence.viewed", _("Evidence looked at: {name}"), tone="n", group="access"),
    Verb(
        "evidence.voided", _("Evidence taken out of use: {name}"), tone="y", group="material", note="reason"
    ),
    Verb("money.entered", _("{money}: {amount} yuan entered"), tone="b", group="money"),
    Verb("money.reversed", _("{money}: {amount} yuan reversed"), tone="y", group="money", note="reason"),
    Verb(
        "money.confirmed", _("{money}: {amount} yuan confirmed by voucher {number}"), tone="g", group="money", note="reason"
    ),
    Verb(
        "money.unconfirmed", _("{money}: confirmation of {amount} yuan by voucher {number} taken back"), tone="y",
        group="money", note="reason",
    ),
    Verb("money.exported", _("{actor} took {rows} confirmations of money along as a file"), group="access"),
    Verb("money.scan_seen", _("{actor} looked at the scan of voucher {number}"), group="access"),
    Verb("note.added", _("Remark for {audience}"), tone="n", group="comment"),
    Verb("subject.added", _("Subject entered"), tone="n", group="material"),
    Verb("subject.edited", _("Subject changed"), tone="n", group="material"),
    Verb("subject.related", _("Entered since {from_on}: {relation}"), tone="n", group="material"),
    Verb("subject.relation_ended", _("Until {until}: {relation}"), tone="n", group="material"),
    Verb("subject.changed", _("On {on}: {subject_change}"), tone="y", group="material"),
    Verb(
        "subject.change_voided", _("Taken back: {subject_change}"), tone="r", group="material", note="reason"
    ),
    Verb("registry.exported", _("Registry exported to Excel: {rows} rows"), tone="n", group="access"),
    Verb("registry.imported", _("Leads registered from a list: {rows}"), tone="g"),
    Verb("registry.copied", _("Copy of an exported registry taken: {rows} rows"), tone="n", group="access"),
)
