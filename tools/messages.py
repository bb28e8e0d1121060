"""The Chinese catalogue: each room keeps its words in ``locale/parts/<room>.po``, this merges them.

    python tools/messages.py            write locale/zh_Hans/LC_MESSAGES/django.po and .mo; name what is missing
    python tools/messages.py --check    change nothing; fail if a string is untranslated, fuzzy or not merged
    python tools/messages.py --compile  only write the .mo (from the catalogue and the parts; no gettext needed)

Runs in the project's environment (polib, Django's makemessages, GNU xgettext).
"""

import os
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / "locale" / "parts"
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "joint-desk",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "zh_Hans",
    "Plural-Forms": "nplurals=1; plural=0;",
}
IGNORED = ["node_modules/*", "var/*", ".venv/*", "tests/*", "bench/*", "tools/*", "docs/*", "seeds/*"]


def key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgctxt or "", entry.msgid


def translated(entry: polib.POEntry) -> bool:
    plural = entry.msgstr_plural or {}
    return bool(entry.msgstr or (plural and all(plural.values()))) and "fuzzy" not in entry.flags


def words() -> tuple[dict[tuple[str, str], polib.POEntry], list[str]]:
    """Every translation the parts (first) and the committed catalogue know, and what is wrong with them."""
    known: dict[tuple[str, str], polib.POEntry] = {}
    where: dict[tuple[str, str], str] = {}
    wrong = []
    for path in [*sorted(PARTS.glob("*.po")), *([CATALOGUE] if CATALOGUE.exists() else [])]:
        for entry in polib.pofile(str(path), encoding="utf-8"):
            if entry.obsolete or not entry.msgid:
                continue
            if "fuzzy" in entry.flags:
                wrong.append(f"fuzzy in {path.name}: {entry.msgid!r}")
            if not translated(entry):
                continue
            first = known.setdefault(key(entry), entry)
            where.setdefault(key(entry), path.name)
            if (
                "--compile" not in sys.argv
                and path != CATALOGUE
                and first is not entry
                and _said(first) != _said(entry)
            ):
                print(f"note: {where[key(entry)]} and {path.name} translate {entry.msgid!r} differently: "
                      f"{_said(first)} / {_said(entry)}", file=sys.stderr)  # fmt: skip
            if first is not entry and entry.msgid_plural and not first.msgid_plural:
                known[key(entry)] = entry
    return known, wrong


def _said(entry: polib.POEntry) -> str:
    return entry.msgstr or "|".join(entry.msgstr_plural.values())


def extracted() -> dict[tuple[str, str], polib.POEntry]:
    """What the source asks to be translated, by Django's makemessages without its merging into files."""
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management.commands.makemessages import Command

    django.setup()
    found: dict[tuple[str, str], polib.POEntry] = {}

    class Extract(Command):
        def write_po_file(self, potfile: str, locale: str) -> None:
            for entry in polib.pofile(potfile, encoding="utf-8"):
                found[key(entry)] = entry

    Extract().run_from_argv(
        ["manage.py", "makemessages", "-l", "zh_Hans", "-v", "0", "--no-location"]
        + [word for pattern in IGNORED for word in ("--ignore", pattern)]
    )
    return found


def entry_for(asked: polib.POEntry, known: polib.POEntry) -> polib.POEntry:
    entry = polib.POEntry(msgid=asked.msgid, msgctxt=asked.msgctxt)
    entry.flags = [flag for flag in asked.flags if flag.endswith("-format")]
    if asked.msgid_plural:
        entry.msgid_plural = asked.msgid_plural
        entry.msgstr_plural = {0: known.msgstr or known.msgstr_plural[0]}
    else:
        entry.msgstr = known.msgstr or known.msgstr_plural[0]
    return entry


def catalogue(entries: list[polib.POEntry]) -> polib.POFile:
    book = polib.POFile(wrapwidth=0)
    book.metadata = dict(HEADER)
    book.extend(sorted(entries, key=lambda entry: (entry.msgid, entry.msgctxt or "")))
    return book


def write_mo(known: dict[tuple[str, str], polib.POEntry]) -> None:
    path = CATALOGUE.with_suffix(".mo")
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    catalogue([entry_for(entry, entry) for entry in known.values()]).save_as_mofile(str(new))
    new.replace(path)


def main() -> int:
    check = "--check" in sys.argv
    known, wrong = words()
    if "--compile" in sys.argv:
        write_mo(known)
        return 0
    asked = extracted()
    wrong += [
        f"not translated: {entry.msgid!r}" for place, entry in sorted(asked.items()) if place not in known
    ]
    text = (
        str(catalogue([entry_for(entry, known[place]) for place, entry in asked.items() if place in known]))
        + "\n"
    )
    if check:
        if not CATALOGUE.exists() or CATALOGUE.read_text(encoding="utf-8") != text:
            wrong.append(
                "locale/zh_Hans/LC_MESSAGES/django.po is not the merge of locale/parts: run make messages"
            )
    else:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(text, encoding="utf-8")
        write_mo(known)
    for line in wrong:
        print(line)
    print(f"{len(asked)} strings, {len(asked) - sum(place not in known for place in asked)} translated")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
