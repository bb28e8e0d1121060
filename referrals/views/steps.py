"""The base of a step on one thing lives in `workspace.steps`; this room's views find it here."""

from workspace.steps import Step

__all__ = ["Step"]
