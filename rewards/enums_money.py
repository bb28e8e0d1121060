"""The words of rewards, their money and their papers, and how rewards and papers may move (FACTS §2.3)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RewardStatus(TextChoices):
    COMPUTED = "computed", pgettext_lazy("reward", "computed")
    PROPOSED = "proposed", pgettext_lazy("reward", "proposed")
    APPROVED = "approved", pgettext_lazy("reward", "approved")
    FUNDED = "funded", pgettext_lazy("reward", "funded")
    PAID = "paid", pgettext_lazy("reward", "paid")
    HONOURED = "honoured", pgettext_lazy("reward", "honoured")
    WAIVED = "waived", pgettext_lazy("reward", "waived")
    VOID = "void", pgettext_lazy("reward", "void")


# back to COMPUTED: sent back, or what it rests on has changed; PAID back to FUNDED: the payment was reversed; to VOID:
# all of it was recovered, and what is due again is a reward of its own
REWARD_MOVES = {
    RewardStatus.COMPUTED: {RewardStatus.PROPOSED, RewardStatus.WAIVED, RewardStatus.VOID},
    RewardStatus.PROPOSED: {
        RewardStatus.COMPUTED,
        RewardStatus.APPROVED,
        RewardStatus.WAIVED,
        RewardStatus.VOID,
    },
    RewardStatus.APPROVED: {
        RewardStatus.COMPUTED,
        RewardStatus.FUNDED,
        RewardStatus.HONOURED,
        RewardStatus.WAIVED,
        RewardStatus.VOID,
    },
    RewardStatus.FUNDED: {RewardStatus.COMPUTED, RewardStatus.PAID, RewardStatus.WAIVED, RewardStatus.VOID},
    RewardStatus.PAID: {RewardStatus.FUNDED, RewardStatus.VOID},
    RewardStatus.HONOURED: {RewardStatus.COMPUTED, RewardStatus.VOID},
    RewardStatus.WAIVED: set(),
    RewardStatus.VOID: set(),
}

# what may still change when the ledger does: nobody has been paid
UNPAID = (
    RewardStatus.COMPUTED,
    RewardStatus.PROPOSED,
    RewardStatus.APPROVED,
    RewardStatus.FUNDED,
    RewardStatus.HONOURED,
)
# what the finance department sees of rewards: those that were approved, and what became of them
FOR_FINANCE = (RewardStatus.APPROVED, RewardStatus.FUNDED, RewardStatus.PAID)


class PaymentKind(TextChoices):
    PAYMENT = "payment", _("payment")
    REVERSAL = "reversal", _("reversal")
    RECOVERY = "recovery", _("recovery")
    RETURN = "return", _("given back")


class PaymentMethod(TextChoices):
    CODE = "code", _("against the claim code")
    BANK = "bank", _("bank file")


class BudgetKind(TextChoices):
    GRANTED = "granted", _("granted")
    CUT = "cut", _("cut")
    ALLOCATED = "allocated", _("allocated")
    RELEASED = "released", _("released")


class BankFileStatus(TextChoices):
    REQUESTED = "requested", _("requested")
    MADE = "made", _("made")
    CLOSED = "closed", pgettext_lazy("bank file", "closed")


BANK_FILE_MOVES = {
    BankFileStatus.REQUESTED: {BankFileStatus.MADE, BankFileStatus.CLOSED},
    BankFileStatus.MADE: {BankFileStatus.CLOSED},
    BankFileStatus.CLOSED: set(),
}


class PaperKind(TextChoices):
    """What this room prints of a reward (FACTS §3)."""

    APPROVAL = "approval", _("approval form of a reward")
    NOTICE = "notice", _("notice of a reward")
    VOUCHER = "voucher", _("voucher of a reward")
    CERTIFICATE = "certificate", _("certificate of honour")


# in which states of the reward a paper is drafted; the approval form comes with the proposal. Who fetches the money may
# sign the voucher afterwards
TIMES: dict[str, tuple[RewardStatus, ...]] = {
    PaperKind.NOTICE: (RewardStatus.FUNDED,),
    PaperKind.VOUCHER: (RewardStatus.FUNDED, RewardStatus.PAID),
    PaperKind.CERTIFICATE: (RewardStatus.APPROVED,),
}


class PaperStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("paper of a reward", "drafted")
    APPROVED = "approved", pgettext_lazy("paper of a reward", "signed")
    ISSUED = "issued", pgettext_lazy("paper of a reward", "numbered")
    DISCARDED = "discarded", pgettext_lazy("paper of a reward", "given up")


PAPER_MOVES = {
    PaperStatus.DRAFT: {PaperStatus.APPROVED, PaperStatus.DISCARDED},
    PaperStatus.APPROVED: {PaperStatus.ISSUED, PaperStatus.DRAFT, PaperStatus.DISCARDED},
    PaperStatus.ISSUED: set(),
    PaperStatus.DISCARDED: set(),
}
