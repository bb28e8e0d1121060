"""The seeded clock of a resolution in English; the row itself is Chinese (`seeds.py`)."""

from core.seeded import capital
from meetings.seeds import CLOCK


def words() -> dict[str, str]:
    """Chinese → English."""
    said = {
        str(CLOCK["name"]): "carrying out a resolution",
        str(CLOCK["start_text"]): "the meeting resolves",
        str(CLOCK["end_text"]): "the office confirms that it is done",
    }
    basis = {
        str(CLOCK["basis"]): "Cooperation mechanism: joint meetings (the limit stands in the minutes)",
        "《医疗保障领域协作联动机制》联席会议": "Cooperation mechanism: joint meetings",
    }
    return capital(said) | basis
