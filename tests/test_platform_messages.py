"""The catalogue is merged from the rooms' parts; what is missing or fuzzy is named."""

import polib
import pytest


@pytest.fixture
def messages(monkeypatch, tmp_path):
    pytest.importorskip("polib")
    monkeypatch.syspath_prepend("tools")
    import messages

    monkeypatch.setattr(messages, "PARTS", tmp_path / "parts")
    monkeypatch.setattr(messages, "CATALOGUE", tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po")
    (tmp_path / "parts").mkdir()
    return messages


def part(messages, name: str, text: str) -> None:
    (messages.PARTS / f"{name}.po").write_text(text, encoding="utf-8")


def run(messages, monkeypatch, asked: list[polib.POEntry], *arguments: str) -> int:
    monkeypatch.setattr(messages, "extracted", lambda: {messages.key(entry): entry for entry in asked})
    monkeypatch.setattr("sys.argv", ["messages.py", *arguments])
    return messages.main()


CASE = 'msgid "Case"\nmsgstr "案件"\n'


def test_parts_are_merged_and_the_check_agrees(messages, monkeypatch):
    part(messages, "cases", CASE)
    part(messages, "desk", 'msgid "%(n)d case"\nmsgid_plural "%(n)d cases"\nmsgstr[0] "%(n)d 件案件"\n')
    asked = [polib.POEntry(msgid="Case"), polib.POEntry(msgid="%(n)d case", msgid_plural="%(n)d cases")]
    assert run(messages, monkeypatch, asked) == 0
    assert run(messages, monkeypatch, asked, "--check") == 0
    book = polib.mofile(str(messages.CATALOGUE.with_suffix(".mo")))
    assert book.find("Case").msgstr == "案件"


def test_an_untranslated_string_is_named(messages, monkeypatch, capsys):
    part(messages, "cases", CASE)
    assert run(messages, monkeypatch, [polib.POEntry(msgid="Case"), polib.POEntry(msgid="Lead")], "--check") == 1
    assert "not translated: 'Lead'" in capsys.readouterr().out


def test_a_fuzzy_string_does_not_count(messages, monkeypatch, capsys):
    part(messages, "cases", "#, fuzzy\n" + CASE)
    assert run(messages, monkeypatch, [polib.POEntry(msgid="Case")]) == 1
    assert "fuzzy in cases.po: 'Case'" in capsys.readouterr().out


def test_a_catalogue_that_was_not_merged_again_fails_the_check(messages, monkeypatch, capsys):
    part(messages, "cases", CASE)
    asked = [polib.POEntry(msgid="Case")]
    assert run(messages, monkeypatch, asked) == 0
    part(messages, "cases", CASE.replace("案件", "案子"))
    assert run(messages, monkeypatch, asked, "--check") == 1
    assert "run make messages" in capsys.readouterr().out


def test_two_translations_of_one_string_are_told(messages, monkeypatch, capsys):
    part(messages, "cases", CASE)
    part(messages, "desk", CASE.replace("案件", "个案"))
    assert run(messages, monkeypatch, [polib.POEntry(msgid="Case")]) == 0
    assert "translate 'Case' differently" in capsys.readouterr().err
