"""The style sheets are read by a parser: what Chromium 86 does not know fails there without a word, and a colour
outside the tokens is one that nobody turns dark.

Sources: the issue's "For every page"; ux/STYLE.md rule 8. The numbers beside the names are the first Chromium that
knows them.
"""

import re
from itertools import pairwise
from pathlib import Path

import pytest
import tinycss2
import tinycss2.color3
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "static" / "css"
SHEETS = sorted(FOLDER.glob("*.css"))

AT_RULES = {"media", "page", "font-face", "keyframes", "supports", "charset"}
# selectors: 88, 88, 105, 111, 120, 110, 119, 97, 114, 89
NEW_SELECTORS = {
    "is", "where", "has", "dir", "user-valid", "user-invalid", "autofill", "modal", "popover-open", "open",
    "file-selector-button", "picture-in-picture", "highlight", "target-text", "state", "nth-child-of",
}  # fmt: skip
PROPERTIES = re.compile(
    r"inset(-.*)?|aspect-ratio|accent-color|(margin|padding|border)-(inline|block)(-(color|style|width))?"
    r"|border-(start|end)-.*|container(-.*)?|translate|rotate|scale|scrollbar-.*|text-wrap.*|text-box.*|mask(-.*)?"
    r"|print-color-adjust|text-underline-offset|text-decoration-thickness|text-emphasis.*|view-transition-.*|anchor-.*"
    r"|animation-(timeline|range|composition).*|field-sizing|interpolate-size|margin-trim|white-space-collapse"
    r"|forced-color-adjust|overflow-clip-margin|contain-intrinsic-.*|object-view-box|position-(anchor|area|try.*)"
)
FUNCTIONS = {
    "color-mix", "oklch", "oklab", "lch", "lab", "hwb", "color", "light-dark", "image-set", "round", "mod", "rem", "sin",
    "cos", "tan", "pow", "sqrt", "abs", "sign", "anchor", "anchor-size", "calc-size", "if", "attr-type", "linear",
}  # fmt: skip
UNITS = re.compile(r"[dsl]v(h|w|i|b|min|max)|cq(w|h|i|b|min|max)|r?lh|r?cap|r?ic|rch|rex")
WORDS = {("overflow", "clip"), ("grid-template-columns", "subgrid"), ("grid-template-rows", "subgrid")}
COLOUR_FUNCTIONS = {"rgb", "rgba", "hsl", "hsla"}
NO_COLOURS = {"font-family", "content", "font", "animation-name", "animation", "grid-area", "quotes"}


def walk(tokens):
    """Every token, those inside functions and brackets too."""
    for token in tokens:
        yield token
        inner = getattr(token, "arguments", None) or getattr(token, "content", None)
        if isinstance(inner, list):
            yield from walk(inner)


def selectors(tokens):
    """The tokens of each selector of a list."""
    found = [[]]
    for token in tokens:
        if token == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def pseudos(tokens):
    """(name, its arguments) of every pseudo-class and element, in order."""
    for before, token in pairwise(tokens):
        if before == ":" and token.type in ("ident", "function"):
            yield token.lower_value if token.type == "ident" else token.lower_name, getattr(token, "arguments", [])


def of_selectors(prelude):
    """What a rule's selectors ask that Chromium 86 does not know."""
    parts = selectors(prelude)
    for part in parts:
        for name, inside in pseudos(part):
            if name in NEW_SELECTORS:
                yield f":{name}"
            solid = [token for token in inside if token.type != "whitespace"]
            compound = sum(token in (".", ":") or token.type in ("hash", "[] block") for token in solid)
            if name == "not" and (any(t in (",", ">", "+", "~") for t in solid) or compound > 1 or inside != solid):
                yield ":not() of more than one simple selector"
            if name.startswith("nth-") and any(getattr(token, "value", "") == "of" for token in inside):
                yield f":{name}(of)"
    seen = [":focus-visible" in tinycss2.serialize(part) for part in parts]
    if any(seen) and not all(seen):
        yield ":focus-visible beside another selector"


def of_values(name, value, tokens_here):
    """What a declaration says that Chromium 86 does not know, and colours where no token is made."""
    if PROPERTIES.fullmatch(name):
        yield name
    for token in walk(value):
        if token.type == "function" and token.lower_name in FUNCTIONS:
            yield f"{token.lower_name}()"
        elif token.type == "dimension" and UNITS.fullmatch(token.lower_unit):
            yield token.lower_unit
        elif token.type == "ident" and (name, token.lower_value) in WORDS:
            yield f"{name}: {token.value}"
        elif token.type in ("url", "string") and name != "content" and token.value.startswith("data:"):
            yield "a picture in the sheet: the content security policy forbids it"
        if tokens_here or name in NO_COLOURS:
            continue
        coloured = token.type == "hash" or (token.type == "function" and token.lower_name in COLOUR_FUNCTIONS)
        if not coloured and token.type == "ident":
            colour = tinycss2.color3.parse_color(token)
            coloured = colour not in (None, "currentColor") and token.lower_value != "transparent"
        if coloured:
            yield f"a colour: {token.serialize()}"


def problems(text, tokens_in=()):
    """(line, what) of a style sheet. `tokens_in`: the selectors whose rules may name colours."""
    found = []

    def read(rules):
        for rule in rules:
            said = []
            if rule.type == "error":
                said.append(rule.message)
            elif rule.type == "at-rule":
                if rule.lower_at_keyword.lstrip("-").removeprefix("webkit-") not in AT_RULES:
                    said.append(f"@{rule.at_keyword}")
                if rule.lower_at_keyword == "media" and any(
                    token in ("<", ">", "<=", ">=", "=") for token in walk(rule.prelude)
                ):
                    said.append("@media with < or >")
                if rule.content is not None and rule.lower_at_keyword in ("media", "supports"):
                    read(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            else:
                said += of_selectors(rule.prelude)
                here = tinycss2.serialize(rule.prelude).strip() in tokens_in
                if any(token.type == "{} block" for token in rule.content):
                    said.append("a rule inside a rule")
                for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                    if each.type == "declaration":
                        found.extend((each.source_line, w) for w in of_values(each.lower_name, each.value, here))
                    elif each.type == "error":
                        said.append(each.message)
            found.extend((rule.source_line, what) for what in said)

    read(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    return found


# where colours are made: the house's tokens, and the paper's
TOKENS = {"tokens.css": (":root", '[data-bs-theme="dark"]', '[data-bs-theme="auto"]'), "letter.css": (":root",)}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_sheet_keeps_to_chromium_86_and_to_the_tokens(path):
    assert problems(path.read_text(encoding="utf-8"), TOKENS.get(path.name, ())) == []


@pytest.mark.parametrize(
    ("sheet", "what"),
    [
        ("a:has(b) {}", ":has"),
        ("a:is(b, c) {}", ":is"),
        (":where(a) b {}", ":where"),
        ("a:not(.b, .c) {}", ":not() of more than one simple selector"),
        ("a:not(.b .c) {}", ":not() of more than one simple selector"),
        ("a:not(.b.c) {}", ":not() of more than one simple selector"),
        ("li:nth-child(2 of .a) {}", ":nth-child(of)"),
        ("input::file-selector-button {}", ":file-selector-button"),
        ("a:hover, a:focus-visible {}", ":focus-visible beside another selector"),
        ("a { b { top: 0 } }", "a rule inside a rule"),
        ("a { &:hover { top: 0 } }", "a rule inside a rule"),
        ("@layer a { b { top: 0 } }", "@layer"),
        ("@container (width > 1px) { b { top: 0 } }", "@container"),
        ("@media (width >= 600px) { a { top: 0 } }", "@media with < or >"),
        ("@media print { a { inset: 0 } }", "inset"),
        ("a { inset-inline-start: 0 }", "inset-inline-start"),
        ("a { aspect-ratio: 1 }", "aspect-ratio"),
        ("a { margin-inline: 0 }", "margin-inline"),
        ("a { padding-block: 0 }", "padding-block"),
        ("a { border-inline: 0 }", "border-inline"),
        ("a { height: 100dvh }", "dvh"),
        ("a { height: calc(100svh - 1px) }", "svh"),
        ("a { color: color-mix(in srgb, var(--a), var(--b)) }", "color-mix()"),
        ("a { color: oklch(50% 0 0) }", "oklch()"),
        ("a { overflow: clip }", "overflow: clip"),
        ("a { background: url(data:image/svg+xml,x) }", "a picture in the sheet: the content security policy forbids it"),
        ('a { background: url("data:image/svg+xml,x") }', "a picture in the sheet: the content security policy forbids it"),
        ("a { color: #fff }", "a colour: #fff"),
        ("a { border: 1px solid rgba(0, 0, 0, .1) }", "a colour: rgba(0, 0, 0, .1)"),
        ("a { background: linear-gradient(White, var(--a)) }", "a colour: White"),
    ],
)
def test_the_rule_finds_what_chromium_86_does_not_know(sheet, what):
    assert problems(sheet) == [(1, what)]


@pytest.mark.parametrize(
    "sheet",
    [
        "a:not(.b):not([href]) { margin-inline-start: 0; gap: clamp(1px, 2vw, 3px) }",
        "a:focus:not(:focus-visible), b:focus-visible { outline: none }",
        "/* :has( aspect-ratio */ a::before { content: ':has(#fff)'; color: currentColor; background: transparent }",
        "@media (max-width: 600px) { a { position: sticky; top: max(1px, 2px) } }",
        "@page { size: A4 landscape } a { color: var(--ink); fill: none; font-family: Tan }",
    ],
)
def test_the_rule_lets_pass_what_it_knows(sheet):
    assert problems(sheet) == []


def test_the_two_dark_blocks_say_the_same():
    """One for who chose the dark, one for who never chose and whose computer is dark."""
    blocks = {}
    for rule in tinycss2.parse_stylesheet((FOLDER / "tokens.css").read_text(encoding="utf-8"), True, True):
        if rule.type == "at-rule":
            (inside,) = tinycss2.parse_rule_list(rule.content, True, True)
            blocks[tinycss2.serialize(rule.prelude).strip()] = (
                tinycss2.serialize(inside.prelude).strip(), tinycss2.serialize(inside.content).split(),
            )  # fmt: skip
    chosen, followed = blocks["screen"], blocks["screen and (prefers-color-scheme: dark)"]
    assert (chosen[0], followed[0]) == ('[data-bs-theme="dark"]', '[data-bs-theme="auto"]')
    assert chosen[1] == followed[1]


def test_no_rule_asks_which_theme_it_is():
    """Only the tokens know: a rule for the dark would miss who follows the computer."""
    for path in SHEETS:
        if path.name != "tokens.css":
            assert "data-bs-theme" not in path.read_text(encoding="utf-8"), path.name


def test_every_token_that_is_used_is_made():
    made, used = set(), {}
    for path in SHEETS:
        text = path.read_text(encoding="utf-8")
        made |= set(re.findall(r"(--[\w-]+)\s*:", text))
        for name in re.findall(r"var\((--[\w-]+)\)", text):
            used.setdefault(name, path.name)
    assert {name: where for name, where in used.items() if name not in made and not name.startswith("--bs-")} == {}
