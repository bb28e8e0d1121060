"""How static files are stored: hashed names and compressed copies, by whitenoise."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Does not ask for source maps: third-party files name them, and the allow-list leaves them out."""

    patterns = tuple(
        (files, kept)
        for files, patterns in HashedFilesMixin.patterns
        if (kept := tuple(p for p in patterns if "sourceMappingURL" not in (p if isinstance(p, str) else p[0])))
    )
