"""The tables of reports and rewards."""

from rewards.models.opening import Custodian, Opening
from rewards.models.report import Report, Reporter
from rewards.models.report_parts import Addition, ReportFile, Supervisor

__all__ = ["Addition", "Custodian", "Opening", "Report", "ReportFile", "Reporter", "Supervisor"]
