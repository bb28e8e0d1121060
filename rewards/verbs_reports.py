"""The verbs of reports, of the keys, and of openings. None of them carries a word of the reporter."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb(
        "report.registered", _("Report {number} was received on {received_on} ({report_channel})"), tone="y"
    ),
    Verb(
        "report.added_to",
        _("More was handed in on report {number}: {files} files"),
        tone="y",
        group="material",
    ),
    Verb("report.withdrawn", _("The reporter took {number} back; verification goes on"), tone="n"),
    Verb("report.accepted", _("Report {number} is verified in {case_number}"), tone="g"),
    Verb("report.refused", _("Report {number} was not accepted"), tone="r", note="reason"),
    Verb("report.filed", _("{case_number} was filed: tell the reporter of {number} by {due_on}"), tone="y"),
    Verb("report.not_filed", _("{case_number} was not filed: tell the reporter of {number} by {due_on}"), tone="y"),
    Verb("report.result_due", _("{case_number} has a result: give it back to the reporter of {number}"), tone="y"),
    Verb("report.told", _("The reporter of {number} was told whether the case was filed ({told_via})"), tone="g"),
    Verb("report.answered", _("The result of {number} was given back"), tone="g"),
    Verb("report.answered_again", _("A further answer to {number} was given"), tone="g"),
    Verb("report.file_read", _("A file of report {number} was taken out"), tone="n", group="access"),
    Verb("custodian.named", _("{user} was named custodian of the reporters' keys"), tone="g", group="access"),
    Verb(
        "custodian.ended", _("{user} is no longer custodian of the reporters' keys"), tone="y", group="access"
    ),
    Verb(
        "custodian.enrolled", _("{user} made a key for the reporters' identities"), tone="g", group="access"
    ),
    Verb("custodian.recovery", _("The two recovery keys were made"), tone="g", group="access"),
    Verb(
        "custodian.rewrapped",
        _("{count} sealed records were given to the custodians now in force"),
        tone="g",
        group="access",
    ),
    Verb(
        "opening.requested",
        _("{number}, reporter {position}: asked to open {opened_fields}"),
        tone="y",
        group="access",
        note="reason",
    ),
    Verb(
        "opening.key_given",
        _("{number}, reporter {position}: {user} agreed and gave the key"),
        tone="b",
        group="access",
    ),
    Verb(
        "opening.declined",
        _("{number}, reporter {position}: {user} declined the opening"),
        tone="r",
        group="access",
        note="reason",
    ),
    Verb(
        "opening.shown",
        _("{number}, reporter {position}: {opened_fields} opened once; keys of {users}"),
        tone="r",
        group="access",
    ),
    Verb(
        "opening.expired",
        _("{number}, reporter {position}: the request to open lapsed"),
        tone="n",
        group="access",
    ),
    Verb("opening.failed", _("{number}, reporter {position}: {attempt_reason}"), tone="r", group="access"),
    Verb(
        "report.erased",
        _("The identity of the reporters of {number} was erased"),
        tone="r",
        group="access",
        note="reason",
    ),
    Verb(
        "payees.key_given",
        _("{user} agreed to a bank file of {count} payees and gave the key"),
        tone="b",
        group="access",
    ),
    Verb(
        "payees.failed",
        _("The key of {user} for a bank file was refused: {attempt_reason}"),
        tone="r",
        group="access",
    ),
    Verb(
        "payees.rows_failed",
        _("The key of {user} did not open a bank file, because of its rows {rows}: {attempt_reason}"),
        tone="r",
        group="access",
    ),
    Verb(
        "payees.opened",
        _("The accounts of {count} payees were opened for a bank file ({numbers}); keys of {users}"),
        tone="r",
        group="access",
    ),
    Verb("supervisor.added", _("Social supervisor {number} was entered"), tone="g"),
)
