"""The words a new installation's dictionaries start with, for readers of English.

The rows hold them in Chinese, as letters print them. What a county has written itself is shown as it wrote it.
"""

from collections.abc import Mapping

from django.utils.translation import get_language

_english: dict[str, str] = {}


def register(words: Mapping[str, str]) -> None:
    """Say these seeded words in English; called once from each room's `apps.py`."""
    _english.update(words)


def capital(words: Mapping[str, str]) -> dict[str, str]:
    """What names something begins with a capital, as every label does."""
    return {chinese: said[:1].upper() + said[1:] for chinese, said in words.items()}


def seeded(text: str) -> str:
    """A word of a dictionary in the reader's language: Chinese as it stands, English where it is a seeded one."""
    if not text or (get_language() or "zh").startswith("zh"):
        return text
    return _english.get(text, text)
