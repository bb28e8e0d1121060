"""What clocks refuse."""

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused


class ClockJumped(Refused):
    """The instant given cannot be: before what already happened, or far beyond the last sweep."""

    sentence = _("The system's clock does not fit what was recorded before. Nothing was changed.")
    record = True


class ClockRuns(Refused):
    """The same duty already has an open clock."""

    sentence = _("A clock for this is already running.")


class NoRule(Refused):
    """No rule of this code is in force on that day."""

    sentence = _("No clock rule is in force for this.")
