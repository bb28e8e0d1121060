from types import SimpleNamespace

import pytest
from django.utils import translation

from core import lamps


@pytest.mark.parametrize(
    ("lamp", "days", "long", "said"),
    [
        ("r", -2, False, "2 d late"),
        ("r", -1, True, "1 working day late"),
        ("r", -2, True, "2 working days late"),
        ("r", 0, False, "overdue"),
        ("r", 0, True, "overdue"),
        ("y", 0, False, "Due today"),
        ("y", 1, False, "1 d left"),
        ("y", 1, True, "1 working day left"),
        ("g", 6, True, "6 working days left"),
        ("n", None, False, "No limit"),
        ("g", None, False, "Running"),
    ],
)
def test_words_say_the_working_days(lamp, days, long, said):
    with translation.override("en"):
        assert lamps.words(lamp, days, long=long) == said


def test_unknown_colours_are_refused():
    with pytest.raises(ValueError, match="no such lamp"):
        lamps.words("blue", 1)
    with pytest.raises(ValueError, match="no such lamp"):
        lamps.face("blue", 1)


def test_face_reads_a_colour_or_a_thing():
    assert lamps.face("y", 1) == ("y", 1, "")
    assert lamps.face(SimpleNamespace(lamp="r", days=-3)) == ("r", -3, "")
    assert lamps.face(SimpleNamespace(lamp="n", days=None, lamp_words="closed")) == ("n", None, "closed")
