"""How what happens to a case is said in the record and in notices."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb("case.registered", _("Registered as {number}, source: {source}"), tone="g"),
    Verb("case.begun", _("Work on the lead began"), tone="b"),
    Verb("case.decided", _("Every department has decided"), tone="g"),
    Verb("case.closed", _("Case closed"), tone="g", note="reason"),
    Verb("case.reopened", _("Case reopened"), tone="y", note="reason"),
    Verb("case.edited", _("Particulars of the case changed"), tone="n"),
    Verb("case.access_granted", _("Opened to {department}: {permission}"), tone="n", group="access"),
    Verb("case.access_ended", _("Access ended: {department}"), tone="n", group="access"),
    Verb("case.person_unnamed", _("{user} no longer named on the case"), tone="n", group="access"),
    Verb("case.person_named", _("{user} named on the case"), tone="n", group="access"),
    Verb("case.restricted", _("Restricted to named persons"), tone="y", group="access", note="reason"),
    Verb("case.unrestricted", _("Opened to the departments again"), tone="n", group="access", note="reason"),
    Verb("strand.opened", _("{department} works in the case"), tone="b"),
    Verb("strand.assigned", _("{handler} handles the department's part"), tone="b"),
    Verb("strand.filed", _("Filed as {number}"), tone="g"),
    Verb("strand.declined", _("Not filed; further handling: {disposition}"), tone="n"),
    Verb("strand.investigating", _("Investigation began"), tone="b"),
    Verb("strand.suspended", _("Investigation suspended"), tone="y"),
    Verb("strand.resumed", _("Investigation resumed"), tone="b"),
    Verb("strand.decided", _("Decided: {disposition}"), tone="g"),
    Verb("strand.performed", _("Decision performed"), tone="g"),
    Verb("strand.terminated", _("Investigation terminated"), tone="n"),
    Verb("strand.withdrawn", _("Strand withdrawn"), tone="n"),
    Verb("evidence.added", _("Evidence filed"), tone="b", group="material"),
    Verb("evidence.downloaded", _("Evidence downloaded"), tone="n", group="access"),
    Verb("evidence.voided", _("Evidence taken out of use"), tone="y", group="material"),
    Verb("money.entered", _("{money}: {amount} yuan entered"), tone="b", group="money"),
    Verb("money.reversed", _("{money}: {amount} yuan reversed"), tone="y", group="money"),
    Verb("note.added", _("Remark for {audience}"), tone="n", group="comment"),
    Verb("subject.added", _("Subject entered"), tone="n", group="material"),
    Verb("subject.edited", _("Subject changed"), tone="n", group="material"),
    Verb("registry.exported", _("Registry exported to Excel: {rows} rows"), tone="n", group="access"),
)
