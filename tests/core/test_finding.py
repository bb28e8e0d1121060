"""What somebody typed, cleaned, and the neighbours an index is asked for."""

import pytest

from core import finding
from core.pinyin import initials


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("  仁和　医院 ", "仁和 医院"),
        ("联办[2026]126号", "联办〔2026〕126号"),
        ("（2026）126", "〔2026〕126"),
        ("医院（东院）", "医院（东院）"),
        ("１２６号", "126号"),
        ("ＲＨＹＹ", "RHYY"),
        ("…126", "126"),
        ("...126", "126"),
        ("仁\x00和", "仁 和"),
        ("İ", "İ"),
        ("100%", "100%"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
    ],
)
def test_what_is_typed_is_cleaned(typed, text):
    assert finding.read(typed).text == text


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "\u3000", "…", "\n\t"])
def test_nothing_is_left(typed):
    assert finding.read(typed) is None


def test_more_than_a_number_or_name_is_refused():
    assert finding.read("仁" * finding.LONGEST).words == ["仁" * finding.LONGEST]
    with pytest.raises(ValueError, match="61"):
        finding.read("仁" * (finding.LONGEST + 1))


@pytest.mark.parametrize(
    ("text", "found"),
    [("仁", ["仁"]), ("仁和", ["仁和"]), ("仁和医", ["仁和", "和医"]), ("RHyy", ["hy", "rh", "yy"]), ("İ", ["İ"])],
)
def test_neighbours(text, found):
    assert finding.grams(text) == found


@pytest.mark.parametrize(("text", "tail"), [("126", "126"), ("126号", "126"), ("〔2026〕126号", ""), ("仁和", "")])
def test_the_end_of_a_number(text, tail):
    assert finding.read(text).tail == tail


def test_at_most_five_words():
    assert len(finding.read("一 二 三 四 五 六").words) == finding.WORDS


@pytest.mark.parametrize(
    ("name", "letters"), [("仁和医院", "rhyy"), ("青禾县CT中心", "qhxctzx"), ("", ""), ("一" * 200, "y" * 100)]
)
def test_initials(name, letters):
    assert initials(name) == letters
