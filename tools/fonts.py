"""Prepare the fonts official letters are set in.

    python tools/fonts.py --to var/fonts [--office FOLDER] [--offline]

Stdlib and fonttools only; no Django, so that set-up can call it before anything else works. It needs
`apt-get` (only `apt-get download`, no rights) unless the fonts are installed already. What it writes:

    fang.otf hei.otf kai.otf song.otf xiaobiaosong.otf   the five faces GB/T 9704-2012 asks for
    rare.otf                                             every other Chinese character (Noto Serif CJK SC)
    fonts.json                                           what came from where: the stamp of a finished run

Neither 方正小标宋 nor 仿宋_GB2312 may be shipped, so the Fandol fonts stand in (FACTS §2.9); an office that
owns the real ones puts them into its folder, as they are called (仿宋_GB2312, 方正小标宋 …: known by the family
name inside the file) or under the same stems (`fang.ttf`, `xiaobiaosong.ttf` …), and they win.

All faces get the same vertical metrics: a line that mixes fonts of different ascent grows, and a page that
should carry 22 lines carries 21. A face that cannot be had is left out and named in `fonts.json`: letters
then fall back to the fonts of the system, and say so.
"""

import argparse
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from fontTools.ttLib import TTFont

VERSION = 1
FACES = {
    "fang": "FandolFang-Regular.otf",
    "hei": "FandolHei-Regular.otf",
    "kai": "FandolKai-Regular.otf",
    "song": "FandolSong-Regular.otf",
    "xiaobiaosong": "FandolSong-Bold.otf",
}
# What the offices' own fonts call themselves, best first; spaces and letter case aside.
FAMILIES = {
    "fang": ("仿宋_gb2312", "fangsong_gb2312", "仿宋", "fangsong"),
    "hei": ("黑体", "simhei"),
    "kai": ("楷体_gb2312", "kaiti_gb2312", "楷体", "kaiti"),
    "song": ("宋体", "simsun"),
    "xiaobiaosong": (
        "方正小标宋简体", "方正小标宋_gbk", "方正小标宋_gb18030", "fzxiaobiaosong-b05s", "fzxiaobiaosong-b05",
    ),
}  # fmt: skip
RARE = "NotoSerifCJK-Regular.ttc"
RARE_INDEX = 2  # JP, KR, SC, TC, HK
PACKAGES = {"fandol": "texlive-lang-chinese", "noto": "fonts-noto-cjk"}
PLACES = (
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/texmf/fonts/opentype/public/fandol",
    "/usr/share/fonts/opentype/fandol",
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
)
# Fandol's own, in thousandths of the em
ASCENT, DESCENT, LINE_GAP, WIN_ASCENT, WIN_DESCENT = 880, -120, 200, 978, 272
DROPPED = ("BASE", "vhea", "vmtx", "VORG")
OFFICE_SUFFIXES = (".ttf", ".otf", ".ttc")


def say(text: str) -> None:
    print(f"fonts: {text}", flush=True)


def family_names(path: Path) -> set[str]:
    """The family names a font file gives itself, without spaces, in small letters; none if it is no font."""
    try:
        number = 0 if path.suffix.lower() == ".ttc" else -1
        with path.open("rb") as file, TTFont(file, fontNumber=number, lazy=True) as font:
            records = [record for record in font["name"].names if record.nameID in (1, 16)]
            return {record.toUnicode(errors="ignore").replace(" ", "").lower() for record in records}
    except Exception:  # noqa: BLE001 — a broken file of an office must not stop set-up
        say(f"WARNING: {path.name} is not a font that can be read")
        return set()


def office_fonts(folder: Path | None) -> dict[str, Path]:
    """The faces an office supplies itself, by stem or by the family name inside the file: face → file."""
    if folder is None or not folder.is_dir():
        return {}
    files = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in OFFICE_SUFFIXES]
    found: dict[str, Path] = {}
    for path in files:
        if path.stem in FACES:
            found.setdefault(path.stem, path)
    named = {path: family_names(path) for path in files if path.stem not in FACES}
    for face, families in FAMILIES.items():
        for family in families:
            for path, names in named.items():
                if family in names:
                    found.setdefault(face, path)
    return found


def stamp(own: dict[str, Path]) -> dict:
    """What a finished run depends on: if it is unchanged there is nothing to do."""
    stats = {face: path.stat() for face, path in own.items()}
    return {
        "version": VERSION,
        "office": {face: [own[face].name, stat.st_size, int(stat.st_mtime)] for face, stat in stats.items()},
    }


def last_run(folder: Path) -> dict:
    """The manifest of the last run by this version, without the faces that have vanished since."""
    nothing: dict = {"stamp": None, "faces": {}, "missing": []}
    try:
        manifest = json.loads((folder / "fonts.json").read_text())
        faces = {face: e for face, e in manifest["faces"].items() if (folder / e["file"]).is_file()}
        return {**manifest, "faces": faces} if manifest["stamp"]["version"] == VERSION else nothing
    except (OSError, ValueError, KeyError, TypeError):
        return nothing


def installed(names: set[str]) -> dict[str, Path]:
    return {name: Path(place, name) for name in names for place in PLACES if Path(place, name).is_file()}


def from_package(package: str, names: set[str], scratch: Path) -> dict[str, Path]:
    """Take the files `names` out of a Debian package; installing it would pull 22 more."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        return {}
    say(f"downloading the package {package} (not installed, only unpacked)")
    done = subprocess.run(  # noqa: S603 — fixed words
        ["apt-get", "download", package],  # noqa: S607
        cwd=scratch,
        capture_output=True,
        text=True,
        check=False,
    )
    archives = sorted(scratch.glob(f"{package}_*.deb"))
    if done.returncode or not archives:
        say(f"could not download {package}: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")
        return {}
    found = {}
    with subprocess.Popen(  # noqa: S603
        ["dpkg-deb", "--fsys-tarfile", str(archives[-1])],  # noqa: S607
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it complains when we stop reading early
    ) as unpack:
        with tarfile.open(fileobj=unpack.stdout, mode="r|") as tar:
            for member in tar:
                name = Path(member.name).name
                if member.isfile() and name in names and name not in found:
                    (scratch / name).write_bytes(tar.extractfile(member).read())
                    found[name] = scratch / name
                    if len(found) == len(names):
                        break
        unpack.stdout.close()  # the rest of the package is not ours to read
    archives[-1].unlink()
    return found


def prepare(source: Path, target: Path, index: int = -1) -> None:
    """Copy one font with the metrics all our faces share; outlines are copied as they are, unread."""
    with TTFont(source, fontNumber=index, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        data = _with_metrics(font)
    partial = target.with_suffix(".part")
    partial.write_bytes(data)
    partial.replace(target)  # a killed run leaves no half font


def _with_metrics(font: TTFont) -> bytes:
    em = font["head"].unitsPerEm
    scaled = [round(value * em / 1000) for value in (ASCENT, DESCENT, LINE_GAP, WIN_ASCENT, WIN_DESCENT)]
    for table in DROPPED:
        if table in font:
            del font[table]
    hhea, os2 = font["hhea"], font["OS/2"]
    hhea.ascent, hhea.descent, hhea.lineGap = scaled[:3]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = scaled[:3]
    os2.usWinAscent, os2.usWinDescent = scaled[3:]
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def run(folder: Path, office: Path | None = None, *, offline: bool = False) -> dict:
    """Fill `folder` and return the manifest. A face already there is not fetched again."""
    own = office_fonts(office)
    wanted = stamp(own)
    folder.mkdir(parents=True, exist_ok=True)
    last = last_run(folder)
    if last["stamp"] == wanted and len(last["faces"]) == len(FACES) + 1:
        say("ready")
        return last
    started = time.monotonic()
    kept = {face: entry for face, entry in last["faces"].items() if face not in own and not entry["office"]}
    names = {face: FACES[face] for face in FACES if face not in own and face not in kept}
    needed = {*names.values(), *([] if "rare" in kept else [RARE])}
    with tempfile.TemporaryDirectory(dir=folder, prefix=".fetch-") as scratch_name:
        scratch = Path(scratch_name)
        sources = installed(needed)
        if not offline:
            if needed - {RARE} - set(sources):
                sources |= from_package(PACKAGES["fandol"], needed - {RARE}, scratch)
            if RARE in needed - set(sources):
                sources |= from_package(PACKAGES["noto"], {RARE}, scratch)
        faces, missing = {}, []
        for face in [*FACES, "rare"]:
            if face in kept:
                faces[face] = kept[face]
                continue
            if face in own:
                source, index = own[face], 0 if own[face].suffix.lower() == ".ttc" else -1
            elif face == "rare":
                source, index = sources.get(RARE), RARE_INDEX
            else:
                source, index = sources.get(names[face]), -1
            target = folder / f"{face}.otf"
            if source is None:
                missing.append(face)
                target.unlink(missing_ok=True)
                continue
            prepare(source, target, index)
            digest = hashlib.sha256(target.read_bytes()).hexdigest()
            faces[face] = {"file": target.name, "from": source.name, "office": face in own, "sha256": digest}
    manifest = {"stamp": wanted, "faces": faces, "missing": missing}
    (folder / "fonts.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False))
    if missing:
        say(f"WARNING: missing {', '.join(missing)}; letters fall back to the fonts of the system")
    say(f"{len(faces)} faces in {time.monotonic() - started:.1f} s")
    return manifest


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Prepare the fonts official letters are set in.")
    parser.add_argument("--to", type=Path, required=True, help="the folder to fill")
    parser.add_argument("--office", type=Path, default=os.environ.get("OFFICE_FONTS_DIR") or None)
    parser.add_argument("--offline", action="store_true", help="use installed fonts only")
    given = parser.parse_args(argv)
    run(given.to, given.office, offline=given.offline)
    return 0


if __name__ == "__main__":
    sys.exit(main())
