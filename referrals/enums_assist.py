"""The fixed words of requests for help to other places (异地协查), after their paper was sent."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from referrals.enums import PAPER_MOVES


class AssistStage(TextChoices):
    POSTED = "posted", _("waiting for proof of delivery")
    DELIVERED = "delivered", _("delivered, waiting for the answer")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", pgettext_lazy("letter", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("letter", "withdrawn")


# one row, two fields: `status` is the paper's way out of the house, `stage` what became of it outside
ASSIST_MOVES = {
    **PAPER_MOVES,
    AssistStage.POSTED: {AssistStage.DELIVERED, AssistStage.WITHDRAWN},
    AssistStage.DELIVERED: {AssistStage.ANSWERED, AssistStage.WITHDRAWN},
    AssistStage.ANSWERED: {AssistStage.CLOSED},
}
STAGE_OPEN = (AssistStage.POSTED, AssistStage.DELIVERED, AssistStage.ANSWERED)
STAGE_OVER = (AssistStage.CLOSED, AssistStage.WITHDRAWN)
