"""Which branches of the actions, rules and querysets the tests take: all of them must be taken.

A pytest plugin, loaded before anything of ours is imported, and a report:

    PYTEST_PLUGINS=tests.branches .venv/bin/python -m pytest tests/cases
    .venv/bin/python -m tests.branches [part of a path]

Slipcover rewrites the measured modules as they are loaded. A tracer (coverage.py before Python 3.14) is called at
every function of the whole process instead, and made the tests take half as long again.
"""

import json
import os
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import slipcover

ROOT = Path(__file__).resolve().parent.parent
FOUND = ROOT / "var" / "branches"
MEASURED = ["*/actions/*", "*/*rules.py", "*/rules_*.py", "*/*querysets.py", "*/querysets_*.py"]
NOT_MEASURED = [".venv/*", "node_modules/*", "var/*", "tests/*", "tools/*", "bench/*", "*/views/*"]
NEVER_RUN = ["if TYPE_CHECKING:", "@overload", "raise NotImplementedError"]


def measured(path: str | Path) -> bool:
    """Is the file one that must be covered whole? `path` is absolute or from the project's top."""
    try:
        inside = (ROOT / path).resolve().relative_to(ROOT)
    except ValueError:
        return False
    name = str(inside)
    return any(fnmatch(f"/{name}", each) for each in MEASURED) and not any(
        fnmatch(name, each) for each in NOT_MEASURED
    )


class _Measured(slipcover.FileMatcher):
    def matches(self, filename: Any) -> bool:
        return filename is not None and str(filename).endswith(".py") and measured(str(filename))


def _begin() -> slipcover.Slipcover:
    seen = slipcover.Slipcover(branch=True, exclude_also=NEVER_RUN)
    slipcover.ImportManager(seen, _Measured()).__enter__()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        FOUND.mkdir(parents=True, exist_ok=True)
        for old in FOUND.glob("*.json"):
            old.unlink()
    return seen


def pytest_unconfigure(config: Any) -> None:
    """Every process of the run leaves what it saw; the report puts it together."""
    (FOUND / f"{os.getpid()}.json").write_text(json.dumps(_seen.get_coverage()))


def report(only: str = "") -> int:
    """Print the lines and branches no test took; 1 if there are any, or if nothing was measured."""
    together: dict[str, Any] = {}
    for path in FOUND.glob("*.json"):
        part = json.loads(path.read_text())
        together = slipcover.merge_coverage(together, part) or together if together else part
    files = together.get("files", {})
    lines = branches = open_ends = 0
    for name, found in sorted(files.items()):
        if only not in name:
            continue
        left = [str(line) for line in found["missing_lines"]]
        left += [f"{start}->{end if end > 0 else 'end'}" for start, end in found["missing_branches"]]
        lines += len(found["executed_lines"]) + len(found["missing_lines"])
        branches += len(found["executed_branches"]) + len(found["missing_branches"])
        open_ends += len(left)
        if left:
            print(f"{name}: {', '.join(left)}")
    print(f"{len(files)} files, {lines} lines, {branches} branches: {open_ends} not taken by any test")
    return 1 if open_ends or not lines else 0


if __name__ == "__main__":
    sys.exit(report(*sys.argv[1:2]))

if "tests.branches" in os.environ.get("PYTEST_PLUGINS", ""):
    _seen = _begin()
