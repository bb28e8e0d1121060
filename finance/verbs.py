"""The verbs of the registers: those of the record, then those of notices."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb("fund.entered", _("{fund_kind} {amount} yuan for {department}, {use} {year}: {document}"), "b", "money"),
    Verb(
        "fund.reversed", _("Reversed: {fund_kind} {amount} yuan for {department}, {use} {year}: {document}"), "r", "money",
        "reason",
    ),
    Verb(
        "budget_review.entered",
        _("Entered the {budget_kind} {year} of {about_department}: {submitted} yuan submitted, {reviewed} reviewed"),
        "b", "money",
    ),
    Verb(
        "budget_review.confirmed", _("Confirmed the {budget_kind} {year} of {about_department}: {reviewed} yuan"),
        "g", "money",
    ),
    Verb(
        "budget_review.returned", _("Sent the {budget_kind} {year} of {about_department} back"),
        "r", "money", "reason",
    ),
    Verb("appraisal.entered", _("Entered the appraisal {year} of {appraised}: {score}, {grade}"), "b"),
    Verb("appraisal.confirmed", _("Confirmed the appraisal {year} of {appraised}: {score}, {grade}"), "g"),
    Verb("appraisal.returned", _("Sent the appraisal {year} of {appraised} back"), "r", "flow", "reason"),
    Verb("registers.exported", _("{actor} took {rows} rows of the register {register} along as a file"), "n", "access"),
    # notices
    Verb(
        "budget_review.was_confirmed", _("The {budget_kind} {year} of {about_department} was confirmed: {reviewed} yuan"),
        "g",
    ),
    Verb(
        "budget_review.was_returned", _("The {budget_kind} {year} of {about_department} was sent back"),
        "r", "flow", "reason",
    ),
    Verb("appraisal.was_confirmed", _("The appraisal {year} of {appraised} was confirmed: {score}, {grade}"), "g"),
    Verb("appraisal.was_returned", _("The appraisal {year} of {appraised} was sent back"), "r", "flow", "reason"),
)  # fmt: skip
