"""The verbs of official paper. Other rooms import them from here."""

from documents.actions.issuing import issue_document, next_number
from documents.actions.keeping import attach_sealed_scan, note_download, void_document

__all__ = ["attach_sealed_scan", "issue_document", "next_number", "note_download", "void_document"]
