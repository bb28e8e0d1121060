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

    keep_only_hashed_files = True
    patterns = _without_maps(HashedFilesMixin.patterns)

    def create_compressor(self, **kwargs: Any) -> Any:
        """gzip only: brotli's best level takes most of a first start and saves little on an office network."""
        return super().create_compressor(**{**kwargs, "use_brotli": False})
