"""The fixed words of pools and draws, and the transition table of a draw (FACTS §2.6, E23)."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class PoolKind(TextChoices):
    TARGETS = "targets", pgettext_lazy("pool", "targets")
    OFFICERS = "officers", pgettext_lazy("pool", "officers")


class Risk(TextChoices):
    """By which a target may be given more weight; the weight itself is written down with its reason."""

    LOW = "low", pgettext_lazy("risk", "low")
    MEDIUM = "medium", pgettext_lazy("risk", "medium")
    HIGH = "high", pgettext_lazy("risk", "high")


class Ground(TextChoices):
    """回避: of which kind the ground is. No more than this is frozen with a list; the words stay with who keeps the pool."""

    RELATIVE = "relative", pgettext_lazy("recusal", "near relative")
    POST = "post", pgettext_lazy("recusal", "post or interest there")
    OTHER = "other", pgettext_lazy("recusal", "other ground")


HEAVIEST = 100  # a weight is a whole number from 1 to this


class DrawStatus(TextChoices):
    COMMITTED = "committed", pgettext_lazy("draw", "committed, not drawn yet")
    DRAWN = "drawn", pgettext_lazy("draw", "drawn")
    ABANDONED = "abandoned", pgettext_lazy("draw", "given up before it was drawn")
    ANNULLED = "annulled", pgettext_lazy("draw", "annulled")


# no way leads back: whoever draws again does it under a number of its own, and the earlier one stays to be seen
DRAW_MOVES = {
    DrawStatus.COMMITTED: {DrawStatus.DRAWN, DrawStatus.ABANDONED},
    DrawStatus.DRAWN: {DrawStatus.ANNULLED},
    DrawStatus.ABANDONED: set(),
    DrawStatus.ANNULLED: set(),
}
# while one of these stands, the inspection has no other draw
STANDING = (DrawStatus.COMMITTED, DrawStatus.DRAWN)
OVER = (DrawStatus.ABANDONED, DrawStatus.ANNULLED)


class AskedFor(TextChoices):
    """What the second person is asked to agree to."""

    OPEN = "open", pgettext_lazy("annulment", "waits for a second person")
    AGREED = "agreed", pgettext_lazy("annulment", "agreed")
    REFUSED = "refused", pgettext_lazy("annulment", "refused")


ANNULMENT_MOVES = {
    AskedFor.OPEN: {AskedFor.AGREED, AskedFor.REFUSED},
    AskedFor.AGREED: set(),
    AskedFor.REFUSED: set(),
}
