"""Titles are cut at words, in trapezium or rhombus, never inside 《》, a number or a name."""

import pytest

from documents.titles import MOST_WIDTH, break_title, width_of

CASES = [
    ("技术支持书面意见", (), ["技术支持书面意见"]),
    ("关于商请就病历合理性出具书面意见的函", (), ["关于商请就病历合理性出具书面意见的函"]),
    (
        "关于商请对仁和医院诊疗行为提供技术支持的函",
        ("仁和医院",),
        ["关于商请对仁和医院诊疗行为", "提供技术支持的函"],
    ),
    (
        "关于移送青禾县康泰大药房连锁有限公司第三分店涉嫌欺诈骗保犯罪案件的函",
        ("青禾县康泰大药房连锁有限公司第三分店",),
        ["关于移送", "青禾县康泰大药房连锁有限公司第三分店", "涉嫌欺诈骗保犯罪案件的函"],
    ),
    (
        "关于2026年第三季度打击欺诈骗保联席会议议定事项办理情况的通报",
        (),
        ["关于2026年第三季度打击欺诈骗保联席会议", "议定事项办理情况的通报"],
    ),
    (
        "关于贯彻《医疗保障基金使用监督管理条例》有关情况的报告",
        (),
        ["关于贯彻《医疗保障基金使用监督管理条例》", "有关情况的报告"],
    ),
]


@pytest.mark.parametrize(("title", "keep", "lines"), CASES)
def test_title_is_cut_at_its_joints(title, keep, lines):
    assert break_title(title, keep) == lines


@pytest.mark.parametrize(("title", "keep", "lines"), CASES)
def test_cut_titles_lose_nothing_and_fit(title, keep, lines):
    cut = break_title(title, keep)
    assert "".join(cut) == title
    assert all(width_of(line) <= MOST_WIDTH for line in cut)


def test_three_lines_are_never_an_hourglass():
    title = (
        "关于对青禾县人民医院、青禾县中医院、青禾县妇幼保健院等三家医疗机构涉嫌超标准收费问题开展联合检查的函"
    )
    widths = [width_of(line) for line in break_title(title)]
    assert len(widths) >= 3
    assert not any(b < a and b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))


def test_no_line_begins_with_的_or_a_mark_or_ends_with_an_opening_one():
    for title, keep, _ in CASES:
        for line in break_title(title, keep)[1:]:
            assert line[0] not in "的、，》”）"
        assert all(line[-1] not in "《“（" for line in break_title(title, keep))


def test_one_endless_word_is_cut_hard_rather_than_lost():
    word = "A" * 90
    assert "".join(break_title(word)) == word
    assert len(break_title(word)) > 1


def test_a_title_of_two_hundred_characters_is_filled_at_once():
    title = "关于移交仁和医院涉嫌违法使用医疗保障基金案件线索并提供技术支持" * 6
    lines = break_title(title)
    assert "".join(lines) == title
    assert all(width_of(line) <= MOST_WIDTH for line in lines)
    assert len(lines) <= 13


def test_a_long_title_with_one_endless_word_is_cut_hard():
    title = "关于移交仁和医院涉嫌违法使用医疗保障基金案件线索" * 6 + "A" * 90
    assert "".join(break_title(title)) == title
    assert "".join(break_title("A" * 90 + title)) == "A" * 90 + title


def test_blanks_around_a_title_are_dropped():
    assert break_title(" 通报 ") == ["通报"]
