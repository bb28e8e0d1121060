"""The tables of reports and rewards."""

from rewards.models.report import Report, Reporter

__all__ = ["Report", "Reporter"]
