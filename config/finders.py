"""Third-party files the pages use, by name: collectstatic copies these, not all of ``node_modules``."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.files.storage import FileSystemStorage

# address under static/ → file under node_modules/
VENDOR = {
    "vendor/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "vendor/echarts.min.js": "echarts/dist/echarts.min.js",
}
# Files of installed applications that no page of ours asks for.
UNUSED = ["htm[ax]*-4*", "*-4.js", "*-4.min.js", "rest_framework", "redoc", "*.map", "gis", "*es-bundle*"]


class VendorFinder(BaseFinder):
    """Finds the files of `VENDOR`, nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.NODE_MODULES)
        self.storage.prefix = ""  # type: ignore[attr-defined]

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> str | list[str]:
        name = VENDOR.get(path)
        if name is None or not (Path(settings.NODE_MODULES) / name).is_file():
            return []
        found = str(Path(settings.NODE_MODULES) / name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Any:
        for address, name in VENDOR.items():
            yield address, RenamingStorage(name, location=settings.NODE_MODULES)


class RenamingStorage(FileSystemStorage):
    """Opens one file whatever the name asked for: collectstatic copies it under its address."""

    prefix = ""

    def __init__(self, only: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.only = only

    def path(self, name: str) -> str:
        return super().path(self.only)


class AppFinder(AppDirectoriesFinder):
    """Applications' static files without what no page uses (it is most of them)."""

    def list(self, ignore_patterns: Any) -> Any:
        return super().list([*(ignore_patterns or []), *UNUSED])
