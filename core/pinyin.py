"""The pinyin initials by which people look for a Chinese name."""

from pypinyin import Style, lazy_pinyin


def initials(name: str, most: int = 100) -> str:
    """仁和医院 → rhyy; what is not Chinese stays, in small letters. At most `most` characters, as the column holds."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()[:most]
