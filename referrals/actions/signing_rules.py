"""Who reviews and who signs a kind of paper (DESIGN §2). A change holds at once for every paper not signed yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.dictionaries import check_version
from core.refusals import BadInput
from departments.enums import LEADERS, Role
from departments.models import User
from journal.actions import record
from referrals.enums import UNREVIEWED, LetterKind
from referrals.models import SigningRule
from referrals.rules import RANK

REVIEWERS = (Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.LEGAL)


def rule_values(rule: SigningRule) -> dict[str, Any]:
    """What may be edited of a rule."""
    return {"reviewer": rule.reviewer, "signer": rule.signer}


@transaction.atomic
def change_signing_rule(
    *, rule: SigningRule, version: int, reviewer: str, signer: str, by: User, at: dt.datetime
) -> SigningRule:
    """Say anew who reviews (nobody where empty) and who signs a kind of paper. What is signed stays signed.

    version: of its values as the form showed them (`core.dictionaries`).

    :raises Stale: somebody changed it meanwhile
    :raises BadInput: a signer who drafts, a reviewer not below the signer, a kind that is not reviewed
    """
    rule = SigningRule.objects.select_for_update().get(pk=rule.pk)
    old = rule_values(rule)
    check_version(version, old)
    faults = _faults(rule.kind, reviewer, signer)
    if faults:
        raise BadInput.several(faults)
    rule.reviewer, rule.signer = reviewer, signer
    if rule_values(rule) == old:
        return rule
    rule.save(update_fields=["reviewer", "signer"])
    record(
        "signing_rule.changed", target=rule, by=by, at=at, letter_kind=rule.kind,
        old_reviewer=old["reviewer"], reviewer=reviewer, old_signer=old["signer"], signer=signer,
    )  # fmt: skip
    return rule


def _faults(kind: str, reviewer: str, signer: str) -> dict[str, Any]:
    """What cannot be right, as field → sentence."""
    faults: dict[str, Any] = {}
    if signer not in LEADERS:
        faults["signer"] = _("Handlers draft these papers: only a leader signs them.")
    elif kind == LetterKind.CRIMINAL and signer != Role.HEAD:
        faults["signer"] = _("The head decides on a transfer of suspected crimes (Order 310).")
    if not reviewer:
        return faults
    if reviewer not in REVIEWERS:
        faults["reviewer"] = _("Only a leader or the legal reviewer reviews.")
    elif kind in UNREVIEWED:
        faults["reviewer"] = _("This kind of paper goes straight to the person who signs.")
    elif reviewer in RANK and signer in LEADERS and RANK.index(Role(reviewer)) >= RANK.index(Role(signer)):
        faults["reviewer"] = _("The reviewer ranks below the person who signs.")
    return faults
