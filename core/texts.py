"""Which characters a text of the house may hold: what no paper, no spreadsheet and no database can show is refused."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# the control characters and non-characters XML 1.0 knows no way to write; tab and the ends of lines are text
UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SENTENCE = _("This contains a character that cannot be kept.")


def check_text(value: Any) -> None:
    """A validator.

    :raises ValidationError: the text holds a character nothing can show
    """
    if isinstance(value, str) and UNSHOWN.search(value):
        raise ValidationError(SENTENCE, code="null_characters_not_allowed")


def shown(text: str) -> str:
    """The text without what nothing can show, for rows older than the check."""
    return UNSHOWN.sub("", text)
