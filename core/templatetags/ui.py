"""The house's template tags: icons, lamps, seals, strips, form fields, and the words of dates and money."""

import re
from functools import cache, lru_cache
from pathlib import Path

from django import forms, template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from core import lamps, registry, strips, wording
from core.seeded import seeded

register = template.Library()
register.filter("seeded", seeded)

for name in (
    "day",
    "short_day",
    "clock",
    "moment",
    "recent",
    "weekday",
    "long_day",
    "money",
    "ten_thousands",
):
    register.filter(name, getattr(wording, name), is_safe=False)

_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@cache
def _drawing(name: str) -> SafeString:
    """The paths of one bootstrap icon, read once; no drawing is kept in the repository.

    :raises FileNotFoundError: for a name that is no icon, or where the front-end packages are missing
    """
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise FileNotFoundError(name)
    text = (Path(settings.NODE_MODULES) / "bootstrap-icons" / "icons" / f"{name}.svg").read_text(
        encoding="utf-8"
    )
    # a file of a locked package, not something anybody typed
    return SafeString(" ".join(_INNER.sub(r"\1", text).split()))


def _joined(parts) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of bootstrap-icons inline, in the colour of the text: `{% icon "house" %}`. Always decoration."""
    return format_html(
        '<svg class="ico{}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>',
        f" {css}" if css else "",
        _drawing(name),
    )


@register.simple_tag
def lamp_mark(colour: str) -> SafeString:
    """The bare shape of a lamp, for legends that bring their own words."""
    if colour not in lamps.COLOURS:
        raise ValueError(f"no such lamp: {colour!r}")
    return format_html(
        '<svg class="lt-i {}" viewBox="0 0 12 12" aria-hidden="true"><use href="#lt-{}"/></svg>',
        colour,
        colour,
    )


@register.simple_tag
def lamp(thing, days=None, words="", long=False, pill=False) -> SafeString:
    """A lamp: shape, colour and words. `{% lamp deadline %}`, `{% lamp row.lamp row.days %}`.

    thing: a colour code with `days`, or anything with `lamp`, `days` and perhaps `lamp_words`.
    """
    colour, days, own = lamps.face(thing, days)
    text = words or own or lamps.words(colour, days, long=long)
    return format_html(
        '<span class="lt{} lt-{}">'
        '<svg viewBox="0 0 12 12" aria-hidden="true"><use href="#lt-{}"/></svg>{}</span>',
        " lt-pill" if pill else "",
        colour,
        colour,
        text,
    )


@register.simple_tag
def lamp_pill(thing, days=None, state="") -> SafeString:
    """A lamp in a pill, with the state before the days: “待签收 · 剩 1 个工作日”."""
    colour, days, own = lamps.face(thing, days)
    counted = own or (lamps.words(colour, days, long=True) if days is not None else "")
    text = " · ".join(part for part in (str(state), counted) if part) or lamps.words(colour, None)
    return lamp(colour, words=text, pill=True)


@lru_cache(maxsize=4096)
def _seals(parts: tuple[tuple[str, str], ...], language: str) -> SafeString:
    """`language` is only part of the cache's key: names are said in the reader's language."""
    held = dict(parts)
    names, marks = [], []
    for code, seal in registry.seals.items():
        part = held.get(code, "")
        if not part and not seal.always:
            continue
        if part:
            names.append(
                gettext("%(department)s (lead)") % {"department": seal.name} if part == "l" else seal.name
            )
        marks.append(
            format_html('<i class="{}" aria-hidden="true">{}</i>', part, seal.character)
            if part
            else format_html('<i aria-hidden="true">{}</i>', seal.character)
        )
    said = pgettext("list", ", ").join(str(name) for name in names)
    return format_html(
        '<span class="dep" role="img" title="{}" aria-label="{}">{}</span>',
        said,
        said,
        _joined(marks),
    )


@register.simple_tag
def seals(parts) -> SafeString:
    """The departments of a case as seals: `parts` are (function code, "l" lead or "c" partner) pairs."""
    return _seals(tuple((str(code), str(part)) for code, part in parts), get_language() or "")


@register.simple_tag
def seal(code) -> SafeString:
    """The one character of a department's function, solid tint, for the square before a referral."""
    return format_html('<span class="seal" aria-hidden="true">{}</span>', registry.seals[str(code)].character)


@register.inclusion_tag("partials/strip.html")
def strip(explanation):
    """The working-day strip of a clock with the reason for every day: `{% strip explanation %}` (core.strips.Strip)."""
    return {
        "cells": strips.cells(explanation),
        "sentence": strips.sentence(explanation),
        "reasons": list(strips.reasons(explanation)),
        "provisional": any(day.provisional for day in explanation.days),
    }


@register.inclusion_tag("partials/field.html")
def field(bound, name="", full=False, stack=False, unit=""):
    """One form field with label, help and error: `{% field form "title" %}` or `{% field form.title %}`."""
    if name:
        bound = bound[name]
    widget = bound.field.widget
    kind = "plain"
    if isinstance(widget, forms.CheckboxInput):
        kind = "check"
    elif isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        kind = "choices"
    return {
        "field": bound,
        "kind": kind,
        "full": full,
        "stack": stack,
        "unit": unit or getattr(bound.field, "unit", ""),
    }


@register.inclusion_tag("partials/fields.html")
def fields(form):
    """All fields of a form, hidden ones first."""
    return {"form": form}


@register.inclusion_tag("partials/error_summary.html")
def error_summary(form=None, refusal=None):
    """What keeps a form from being saved, with links to the fields; nothing while there is nothing."""
    errors = getattr(form, "errors", None) or {}
    return {"form": form or None, "refusal": refusal, "count": len(errors)}


@register.simple_tag
def bars(rows, width=300, height=112) -> SafeString:
    """A small column chart drawn on the server: `rows` are (label, number, caption); the last column is darker."""
    rows = list(rows)
    top, floor = 18, height - 20
    most = max((number for _label, number, _caption in rows), default=0)
    step = width / max(len(rows), 1)
    wide = step * 0.6
    parts = []
    for index, (label, number, caption) in enumerate(rows):
        tall = float(number) / float(most) * (floor - top) if most else 0.0
        x = index * step + (step - wide) / 2
        parts.append(
            format_html(
                '<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>'
                '<text x="{}" y="{}" class="cn" text-anchor="middle">{}</text>'
                '<text x="{}" y="{}" text-anchor="middle">{}</text>',
                f"{x:.1f}", f"{floor - tall:.1f}", f"{wide:.1f}", f"{tall:.1f}",
                "cbn" if index == len(rows) - 1 else "cb",
                f"{x + wide / 2:.1f}", f"{floor - tall - 5:.1f}", caption,
                f"{x + wide / 2:.1f}", height - 4, label,
            )
        )  # fmt: skip
    said = pgettext("list", ", ").join(f"{label} {caption}" for label, _number, caption in rows)
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<line x1="0" y1="{}" x2="{}" y2="{}" class="axis"/></svg>',
        width, height, said, _joined(parts), floor, width, floor,
    )  # fmt: skip


@register.simple_tag
def stacked(rows, width=720) -> SafeString:
    """A bar a department: `rows` are (name, in time, late but done, overdue); the share in time at the end."""
    rows = [(name, good, late, open_) for name, good, late, open_ in rows]
    most = max((good + late + open_ for _name, good, late, open_ in rows), default=0)
    scale = (width - 240) / most if most else 0
    parts, said = [], []
    for index, (name, good, late, open_) in enumerate(rows):
        total = good + late + open_
        share = f"{round(100 * good / total)}%" if total else wording.NOTHING
        caption = gettext("%(share)s  %(total)d items") % {"share": share, "total": total}
        said.append(f"{name} {caption}")
        x = 88.0
        pieces = []
        for number, css in ((good, "cg"), (late, "cy"), (open_, "cr")):
            pieces.append(
                format_html(
                    '<rect x="{}" y="{}" width="{}" height="16" class="{}"/>',
                    f"{x:.1f}", index * 29 + 3, f"{number * scale:.1f}", css,
                )
            )  # fmt: skip
            x += number * scale
        parts.append(
            format_html(
                '<text x="0" y="{}">{}</text>{}<text x="{}" y="{}" class="cn">{}</text>',
                index * 29 + 15, name, _joined(pieces), f"{x + 10:.1f}", index * 29 + 15, caption,
            )
        )  # fmt: skip
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        width, len(rows) * 29 + 2, pgettext("list", ", ").join(said), _joined(parts),
    )  # fmt: skip
