"""The tables of joint sanctions."""

from sanctions.models.applied import AppliedMeasure, Bar, ListEntry, Repair
from sanctions.models.eligibility import EligibilityAnswer
from sanctions.models.measure import Measure
from sanctions.models.points import AnnualScore, Consequence, PointEntry, PointImport
from sanctions.models.publication import (
    ExportLine,
    Publication,
    PublicationExport,
    PublicationMapping,
    PublicationStart,
)
from sanctions.models.sanction import Hearing, MeasureTask, Sanction

__all__ = [
    "AnnualScore",
    "AppliedMeasure",
    "Bar",
    "Consequence",
    "EligibilityAnswer",
    "ExportLine",
    "Hearing",
    "ListEntry",
    "Measure",
    "MeasureTask",
    "PointEntry",
    "PointImport",
    "Publication",
    "PublicationExport",
    "PublicationMapping",
    "PublicationStart",
    "Repair",
    "Sanction",
]
