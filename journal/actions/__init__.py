"""The verbs of the record. Other rooms import these three from here."""

from journal.actions.clearing import purge
from journal.actions.events import note_refusal, record
from journal.actions.messages import enqueue
from journal.actions.notifications import notify, read_all, read_one

__all__ = ["enqueue", "note_refusal", "notify", "purge", "read_all", "read_one", "record"]
