"""What somebody looks for, and how a room asks its tables for it: a part of a Chinese text from one character on.

A table that grows with the years has an index `USING gin (find_grams(column, …))` (departments 0007): every character and
every pair of neighbours. `Wanted.indexed` names the same columns in the same order, `Wanted.on` needs no index.
"""

import re
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Case, F, Func, IntegerField, Q, TextField, Value, When
from django.utils.functional import cached_property

LONGEST = 60  # of what is looked for, as in the rooms' own lists
WORDS = 5
CANDIDATES = 1000  # rows an index finds that the door is asked about, the newest first

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()} | {0x3000: 0x20}
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_YEAR = re.compile(r"[\[(（【［]\s*(\d{4})\s*[\])）】］]")
_AHEAD = re.compile(r"^(?:…+|\.{2,})")
_TAIL = re.compile(r"(\d+)号?")


def _small(text: str) -> str:
    """As the database writes it in an index: A–Z only, so that no character becomes two."""
    return text.translate(_SMALL)


def grams(text: str) -> list[str]:
    """The pairs of neighbours in a text that contains nothing else; the character itself where it has one."""
    said = _small(text)
    return sorted({said[at : at + 2] for at in range(len(said) - 1)} or set(said))


class _Grams(Func):
    """`find_grams(columns)`, as the index has it."""

    function = "find_grams"
    output_field = ArrayField(TextField())


class _HasAll(Func):
    """`grams @> wanted`."""

    template = "(%(expressions)s)"
    arg_joiner = " @> "
    output_field = BooleanField()
    conditional = True


@dataclass(frozen=True)
class Wanted:
    """What is looked for, as `read` cleaned it: 1 to `LONGEST` characters, 1 to `WORDS` words that all are to be found."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        return self.text.split(" ")[:WORDS]

    @cached_property
    def tail(self) -> str:
        """The digits, where nothing else is looked for but the end of a number: 126, 126号."""
        found = _TAIL.fullmatch(self.text)
        return found[1] if found else ""

    def on(self, *columns: str) -> Q:
        """Rows in one of whose columns each word stands; large and small letters are the same."""
        found = Q()
        for word in self.words:
            either = Q()
            for column in columns:
                either |= Q(**{f"{column}__icontains": word})
            found &= either
        return found

    def indexed(self, *columns: str) -> Q:
        """The same, found by the index over just these columns."""
        asked = sorted({gram for word in self.words for gram in grams(word)})
        wanted = Value(asked, output_field=ArrayField(TextField()))
        return Q(_HasAll(_Grams(*map(F, columns)), wanted)) & self.on(*columns)

    def rank(self, *, number: str = "", name: str = "") -> Case:
        """0 the number with just these digits, 1 ends so, 2 a part of the number, 3 the name's beginning, 4 a part of the
        name, 5 found otherwise."""
        known = []
        if number:
            if self.tail:
                known += [(f"{number}__contains", f"〕{self.tail}号"), (f"{number}__regex", rf"{self.tail}号?$")]
            known.append((f"{number}__icontains", self.text))
        if name:
            known += [(f"{name}__istartswith", self.text), (f"{name}__icontains", self.text)]
        places = [0, 1, 2, 3, 4] if self.tail else [2, 3, 4]
        places = places if number else [3, 4]
        said = [When(**{lookup: value}, then=Value(place)) for (lookup, value), place in zip(known, places, strict=False)]
        return Case(*said, default=Value(5), output_field=IntegerField())


def read(text: str) -> Wanted | None:
    """What is looked for, from what somebody typed; None where nothing is left of it.

    Wide digits and letters become plain, [2026] and (2026) become 〔2026〕, and “…126” is 126.

    :raises ValueError: longer than `LONGEST` characters
    """
    said = " ".join(text.translate(_WIDE).replace("\x00", " ").split())
    said = _AHEAD.sub("", _YEAR.sub(r"〔\1〕", said)).strip()
    if len(said) > LONGEST:
        raise ValueError(len(said))
    return Wanted(said) if said else None
