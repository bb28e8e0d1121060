"""What the letters of a data comparison say: counts, purpose and basis, never a person."""

import datetime as dt
from typing import Any

from django.utils.translation import override

from core.dates import local_date
from referrals.contexts import addressed, contact, word
from referrals.models import Comparison, ListSupervision


def letter(comparison: Comparison, *, at: dt.datetime) -> dict[str, Any]:
    """The request, or the letter that brings a list along without being asked."""
    with override("zh-hans"):
        return {
            "issuer": comparison.sender.name,
            "receiver": addressed(comparison.receiver),
            "receiver_word": word(comparison.receiver.name),
            "date": local_date(at).isoformat(),
            "kind": str(comparison.get_kind_display()),
            "unasked": comparison.unasked,
            "total": comparison.total,
            "sha256": comparison.list_sha256,
            "purpose": comparison.purpose,
            "basis": comparison.basis,
            "limit_on": comparison.limit_on.isoformat() if comparison.limit_on else None,
            "contact": contact(comparison.drafted_by, comparison.sender),
        }


def supervision(press: ListSupervision, *, at: dt.datetime) -> dict[str, Any]:
    """What a 督办函 says of a late comparison: only what the office knows of it."""
    comparison = press.comparison
    with override("zh-hans"):
        return {
            "issuer": press.office.name,
            "receiver": addressed(comparison.receiver),
            "receiver_word": word(comparison.receiver.name),
            "date": local_date(at).isoformat(),
            "asked_title": "",
            "asked_number": comparison.number,
            "case_number": "",
            "kind": str(comparison._meta.verbose_name),
            "sender": addressed(comparison.sender),
            "duty": press.duty,
            "due_on": press.due_on.isoformat(),
            "days_late": press.days_late,
            "demand": press.demand,
            "reply_on": press.reply_on.isoformat(),
            "times": press.number,
            "contact": contact(press.drafted_by, press.office),
        }


def result(comparison: Comparison, *, at: dt.datetime) -> dict[str, Any]:
    """The answer."""
    with override("zh-hans"):
        return {
            "issuer": comparison.receiver.name,
            "receiver": addressed(comparison.sender),
            "receiver_word": word(comparison.sender.name),
            "date": local_date(at).isoformat(),
            "kind": str(comparison.get_kind_display()),
            "asked_number": comparison.number,
            "total": comparison.total,
            "hits": comparison.hits,
            "note": comparison.result_note,
            "destroy_on": comparison.destroy_on.isoformat() if comparison.destroy_on else None,
            "contact": contact(comparison.prepared_by, comparison.receiver) if comparison.prepared_by else "",
        }
