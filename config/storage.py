"""How static files are stored: hashed names and compressed copies, by whitenoise."""

from typing import Any

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


def _without_maps(patterns: Any) -> tuple[Any, ...]:
    """Django's patterns of references to follow, less those to source maps."""
    kept = []
    for files, references in patterns:
        wanted = tuple(r for r in references if "sourceMappingURL" not in (r if isinstance(r, str) else r[0]))
        if wanted:
            kept.append((files, wanted))
    return tuple(kept)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Does not ask for source maps: third-party files name them, and the allow-list leaves them out."""

    patterns = _without_maps(HashedFilesMixin.patterns)
