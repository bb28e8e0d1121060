"""House rules of the templates: every word goes through the catalogue, every address and tag exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = Path(settings.BASE_DIR) / "templates"
# letters and mails are written in the language of the paper, not of the reader
PAGES = sorted(path for path in FOLDER.rglob("*.html") if not {"letters", "documents"} & set(path.parts))

# words that are the same in every language: keys of the keyboard, the switch to the other language
SAME = {"J", "K", "X", "Enter", "Esc", "Ctrl", "EN", "中文", "PDF", "Excel", "SHA-256", "CSV", "Word"}
BLOCKS = re.compile(
    r"{#.*?#}|{%\s*comment.*?{%\s*endcomment\s*%}|{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}",
    re.DOTALL,
)
SAID = re.compile(r"\b(?:title|alt|placeholder|aria-label|label|summary)\s*=\s*([\"'])(.*?)\1", re.DOTALL)
CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
MARKUP = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL)
LETTERS = re.compile(r"[A-Za-z\u4e00-\u9fff][\w\u4e00-\u9fff-]*")


def untranslated(text: str) -> set[str]:
    """Words of a template that no catalogue knows: in its text, and in attributes people read or hear."""
    text = CODE.sub(" ", BLOCKS.sub(" ", text))
    read = [spoken for _quote, spoken in SAID.findall(text)] + [MARKUP.sub(" ", text)]
    plain = re.sub(r"&#?\w+;", " ", " ".join(read))
    return set(LETTERS.findall(plain)) - SAME


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_word_of_a_template_is_translated(path):
    assert untranslated(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_template_compiles(path):
    get_template(str(path.relative_to(FOLDER)))


def test_every_column_of_a_table_has_a_heading():
    """An empty one says nothing to who hears the page; a column of buttons is called so in `.sr`."""
    empty = re.compile(r"<th\b[^>]*>\s*</th>")
    assert [str(path.relative_to(FOLDER)) for path in PAGES if empty.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Save</p>", {"Save"}),
        ("<p>保存</p>", {"保存"}),
        ('<a title="Open it">x</a>', {"Open", "it", "x"}),
        ('<a title="{% translate "Open" %}">{{ name }}</a>', set()),
        ("{% blocktranslate %}Save {{ n }}{% endblocktranslate %}{# a note #}<b>&nbsp;</b>", set()),
        ('<span class="kbd">Enter</span><i class="e gg">12</i>', set()),
    ],
)
def test_the_rule_finds_plain_words(source, words):
    assert untranslated(source) == words


def test_every_class_of_a_template_is_drawn_by_a_stylesheet():
    """A class nobody draws is a slip of the pen; names made of variables are left out."""
    sheets = [*(Path(settings.BASE_DIR) / "static" / "css").glob("*.css")]
    sheets.append(Path(settings.NODE_MODULES) / "bootstrap" / "dist" / "css" / "bootstrap.min.css")
    drawn = {
        name
        for path in sheets
        for name in re.findall(r"\.(-?[A-Za-z_][\w-]*)", path.read_text(encoding="utf-8"))
    }
    unknown = {}
    for path in PAGES:
        text = BLOCKS.sub(" ", path.read_text(encoding="utf-8"))
        for value in re.findall(r'\sclass="((?:{%.*?%}|{{.*?}}|[^"])*)"', text):
            glued = re.sub(r"[\w-]*{{.*?}}[\w-]*", " ", value)
            names = set(re.sub(r"{%.*?%}", " ", glued).split())
            if missing := {name for name in names if not name.endswith("-")} - drawn:
                unknown.setdefault(str(path.relative_to(FOLDER)), set()).update(missing)
    assert unknown == {}
