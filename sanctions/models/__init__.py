"""The tables of joint sanctions."""

from sanctions.models.applied import AppliedMeasure, Bar, ListEntry, Repair
from sanctions.models.measure import Measure
from sanctions.models.sanction import Hearing, MeasureTask, Sanction

__all__ = [
    "AppliedMeasure",
    "Bar",
    "Hearing",
    "ListEntry",
    "Measure",
    "MeasureTask",
    "Repair",
    "Sanction",
]
