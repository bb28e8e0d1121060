"""Who is burdened does not stay on the red list (C22)."""

import datetime as dt

from django.utils.translation import gettext_noop

from cases.models import Subject
from core.wording import for_the_record
from departments.models import User
from sanctions import notices
from sanctions.actions.weights import end_entry
from sanctions.enums import AGAINST, LIVE_ENTRY, STANDING, ListKind
from sanctions.masking import public_name
from sanctions.models import ListEntry

BURDENED = gettext_noop("A list, a bar or a sanction speaks against this subject.")


def burdened(subject: Subject) -> bool:
    """Whether a list, a bar or a determination speaks against the subject."""
    listed = subject.list_entries.filter(kind__in=AGAINST, status__in=LIVE_ENTRY).exists()
    barred = subject.bars.filter(status__in=("in_force", "suspended")).exists()
    return listed or barred or subject.sanctions.filter(status__in=STANDING).exists()


def praise_ends(subject: Subject, by: User, at: dt.datetime) -> None:
    """The subject leaves the red list, or what proposes it for that, and the department hears why."""
    found = ListEntry.objects.filter(subject=subject, kind=ListKind.RED, status__in=LIVE_ENTRY)
    why = for_the_record(BURDENED)
    for entry in found.select_for_update(of=("self",), no_key=True).select_related("subject", "department"):
        end_entry(entry, why, by, at)
        about = {"subject": public_name(subject), "list_kind": entry.kind, "reason": why}
        notices.of_department("entry_removed", entry, by=by, at=at, **about)
        told = notices.people(entry.department, *notices.WORKING, at=at)
        notices.tell(
            told, "entry_was_removed", entry, at=at, department=entry.department, tone="b", reason=why
        )
