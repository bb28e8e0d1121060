"""The letter on the screen: a line before a long code keeps the space between its characters."""

from pathlib import Path

CSS = Path(__file__).parents[2] / "static" / "css" / "letter.css"


def test_a_line_before_a_long_code_is_not_stretched(page):
    text = "仁爱康复医院（统一社会信用代码：52439926MJ00014607520145）。仁爱康复医院位于青禾县城北。"
    page.set_content(
        f"<style>{CSS.read_text(encoding='utf-8')}</style><article class='page'><p id='p'>{text}</p></article>"
    )
    step = page.evaluate(
        """() => {
            const range = document.createRange(), text = document.getElementById('p').firstChild;
            const at = index => {
                range.setStart(text, index);
                range.setEnd(text, index + 1);
                return range.getBoundingClientRect().left;
            };
            return at(5) - at(4);
        }"""
    )
    assert step < 22  # 16 pt are 21.3 px
