"""The fixed words of what a receiver may do beside accepting or returning, and their transition tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from referrals.enums import ReferralStatus

# a transfer in one of these states still stands: the same matter is not sent there a second time
STANDING = (
    ReferralStatus.SENT,
    ReferralStatus.RECEIVED,
    ReferralStatus.ACCEPTED,
    ReferralStatus.ANSWERED,
)


class PointKind(TextChoices):
    """What is judged one by one when a letter is accepted in part."""

    LINE = "line", _("manifest line")
    SUPPLIED = "supplied", _("line supplied later")
    MATTER = "matter", _("matter")


class CompletionStatus(TextChoices):
    ASKED = "asked", _("completion asked for")
    SUPPLIED = "supplied", _("supplied")
    TAKEN = "taken", _("taken in")
    DROPPED = "dropped", _("no longer needed")


COMPLETION_MOVES = {
    CompletionStatus.ASKED: {CompletionStatus.SUPPLIED, CompletionStatus.DROPPED},
    CompletionStatus.SUPPLIED: {CompletionStatus.TAKEN, CompletionStatus.DROPPED},
}
COMPLETION_OPEN = (CompletionStatus.ASKED, CompletionStatus.SUPPLIED)


class WithdrawalStatus(TextChoices):
    ASKED = "asked", _("asked")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("not agreed")
    LAPSED = "lapsed", _("no longer needed")


WITHDRAWAL_MOVES = {
    WithdrawalStatus.ASKED: {WithdrawalStatus.AGREED, WithdrawalStatus.REFUSED, WithdrawalStatus.LAPSED}
}


class SupervisionStatus(TextChoices):
    ISSUED = "issued", _("waiting for a reply")
    REPLIED = "replied", _("replied")
    LAPSED = "lapsed", _("no longer needed")


SUPERVISION_MOVES = {SupervisionStatus.ISSUED: {SupervisionStatus.REPLIED, SupervisionStatus.LAPSED}}


class SaidKind(TextChoices):
    """What a body without an account may say of a letter."""

    ACCEPTED = "accepted", _("accepts the letter")
    RETURNED = "returned", _("returns the letter")
    ANSWERED = "answered", _("answers the letter")
    MISSING = "missing", _("asks for completion")
    LONGER = "longer", _("asks for a longer limit")
    PARTLY = "partly", _("accepts the letter in part")
    AGREED = "agreed", _("agrees to the withdrawal")
    REFUSED = "refused", _("does not agree to the withdrawal")


# what they ask for until a date of theirs
SAID_WITH_DATE = (SaidKind.MISSING, SaidKind.LONGER)
# an invitation to early involvement is taken up or declined as it stands, and nothing more is asked for
SAID_OF_INVITATION = (SaidKind.ACCEPTED, SaidKind.RETURNED)
SAID_OF_WITHDRAWAL = (SaidKind.AGREED, SaidKind.REFUSED)


class SaidVia(TextChoices):
    REGISTRAR = "registrar", _("recorded by the registrar from paper")
    LINK = "link", _("sent by one-time link")


class ListSupervisionStatus(TextChoices):
    """督办 of a data comparison: the letter itself, from its draft to the reply."""

    DRAFT = "draft", _("draft")
    REVIEWED = "reviewed", _("waiting for signature")
    DISCARDED = "discarded", _("discarded")
    ISSUED = "issued", _("waiting for a reply")
    REPLIED = "replied", _("replied")
    LAPSED = "lapsed", _("no longer needed")


LIST_SUPERVISION_MOVES = {
    ListSupervisionStatus.DRAFT: {
        ListSupervisionStatus.REVIEWED,
        ListSupervisionStatus.ISSUED,  # where the signing rule knows no reviewer
        ListSupervisionStatus.DISCARDED,
        ListSupervisionStatus.LAPSED,
    },
    ListSupervisionStatus.REVIEWED: {
        ListSupervisionStatus.ISSUED,
        ListSupervisionStatus.DISCARDED,
        ListSupervisionStatus.LAPSED,
    },
    ListSupervisionStatus.ISSUED: {ListSupervisionStatus.REPLIED, ListSupervisionStatus.LAPSED},
}
