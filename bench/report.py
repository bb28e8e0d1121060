"""Writes what was measured: docs/benchmarks.json for machines, docs/benchmarks.md for people."""

import datetime as dt
import json
import os
import platform
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
JSON_FILE = ROOT / "docs" / "benchmarks.json"
PAGE = ROOT / "docs" / "benchmarks.md"


def machine() -> dict[str, object]:
    """What the figures were measured on; no name and no path of it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return {
        "cores": os.cpu_count(),
        "memory_gib": memory,
        "processor": model,
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", platform.system()),
        "python": platform.python_version(),
    }


def keep(title: str, figures: dict[str, object]) -> None:
    """Replace the figures under `title`, with the day and the machine, and write both files anew."""
    JSON_FILE.parent.mkdir(exist_ok=True)
    known = json.loads(JSON_FILE.read_text()) if JSON_FILE.exists() else {}
    known[title] = {
        "measured_on": dt.datetime.now(dt.UTC).date().isoformat(),
        "machine": machine(),
        "figures": figures,
    }
    if note := os.environ.get("BENCH_NOTE", ""):  # what else the machine did meanwhile
        known[title]["note"] = note
    JSON_FILE.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    PAGE.write_text(page(known))


def page(known: dict[str, dict]) -> str:
    lines = [
        "# What was measured",
        "",
        "`make bench` writes this page and `benchmarks.json`; nothing here is written by hand.",
        "Server time is the whole request inside the process (middleware, database, template), without network.",
    ]
    for title, entry in sorted(known.items()):
        about = entry["machine"]
        lines += [
            "",
            f"## {title}",
            "",
            f"{entry['measured_on']}, {about['cores']} cores ({about['processor']}), {about['memory_gib']} GiB, "
            f"{about['system']}, Python {about['python']}",
            "",
            *([entry["note"], ""] if entry.get("note") else []),
            "| figure | value |",
            "|---|---|",
        ]
        lines += [f"| {name} | {value} |" for name, value in entry["figures"].items()]
    return "\n".join(lines) + "\n"
