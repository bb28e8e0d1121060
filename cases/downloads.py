"""A filed file as an answer."""

from django.core.files.storage import default_storage
from django.http import FileResponse

from cases.models import Evidence


def as_filed(evidence: Evidence) -> FileResponse:
    """The bytes as they were filed: never kept by a browser or a proxy, never shown as something else."""
    answer = FileResponse(
        default_storage.open(str(evidence.file.name)), as_attachment=True, filename=evidence.name,
        content_type="application/octet-stream",
    )  # fmt: skip
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
