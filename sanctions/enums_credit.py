"""The fixed words of publication, points, yearly scores and look-ups (FACTS §2.7, §2.11)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InfoKind(TextChoices):
    """What kind of information is made public (C8); each has a clock of its own."""

    PENALTY = "penalty", pgettext_lazy("publication", "administrative penalty")
    AGREEMENT = "agreement", pgettext_lazy("publication", "service agreement")
    RED = "red", pgettext_lazy("publication", "red list")
    BLACK = "black", pgettext_lazy("publication", "list of breaches of trust")
    SANCTION = "sanction", pgettext_lazy("publication", "joint sanction")
    OTHER = "other", pgettext_lazy("publication", "other information")


# kind → code of its clock rule (`deadlines`)
CLOCK_OF = {
    InfoKind.PENALTY: "penalty_publication",
    InfoKind.AGREEMENT: "publication_agreement",
    InfoKind.RED: "publication_red",
    InfoKind.BLACK: "publication_black",
    InfoKind.SANCTION: "publication_sanction",
    InfoKind.OTHER: "publication",
}
WITHDRAWAL_CLOCK = "publication_withdrawal"


class PublicationStatus(TextChoices):
    OWED = "owed", pgettext_lazy("publication", "to be prepared")
    PREPARED = "prepared", pgettext_lazy("publication", "prepared")
    RETURNED = "returned", pgettext_lazy("publication", "sent back")
    RELEASED = "released", pgettext_lazy("publication", "released")
    REJECTED = "rejected", pgettext_lazy("publication", "rejected by the platform")
    PUBLISHED = "published", pgettext_lazy("publication", "published")
    WITHDRAWING = "withdrawing", pgettext_lazy("publication", "to be withdrawn")
    WITHDRAWN = "withdrawn", pgettext_lazy("publication", "withdrawn")
    DROPPED = "dropped", pgettext_lazy("publication", "not published")


_S = PublicationStatus
PUBLICATION_MOVES = {
    _S.OWED: {_S.PREPARED, _S.DROPPED},
    _S.PREPARED: {_S.PREPARED, _S.RELEASED, _S.RETURNED, _S.DROPPED},
    _S.RETURNED: {_S.PREPARED, _S.DROPPED},
    _S.RELEASED: {_S.PUBLISHED, _S.REJECTED, _S.DROPPED},
    _S.REJECTED: {_S.PREPARED, _S.RELEASED, _S.DROPPED},
    _S.PUBLISHED: {_S.WITHDRAWING},
    _S.WITHDRAWING: {_S.WITHDRAWN},
    _S.WITHDRAWN: set(),
    _S.DROPPED: set(),
}
# only the department that prepares it knows of it
UNRELEASED = (_S.OWED, _S.PREPARED, _S.RETURNED, _S.DROPPED)
WITH_PLATFORM = (_S.RELEASED, _S.REJECTED)


class Execution(TextChoices):
    """执行状态 of the platform."""

    RUNNING = "running", pgettext_lazy("execution", "being executed")
    DONE = "done", pgettext_lazy("execution", "executed")
    ENDED = "ended", pgettext_lazy("execution", "ended early")


class WithdrawalCause(TextChoices):
    ANNULLED = "annulled", pgettext_lazy("withdrawal", "decision annulled or changed")
    REMOVED = "removed", pgettext_lazy("withdrawal", "removed from the list or lifted")
    REPAIRED = "repaired", pgettext_lazy("withdrawal", "credit repaired")
    EXPIRED = "expired", pgettext_lazy("withdrawal", "term of publication over")
    WRONG = "wrong", pgettext_lazy("withdrawal", "published by mistake")


class Receipt(TextChoices):
    WAITING = "waiting", pgettext_lazy("receipt", "waiting")
    ACCEPTED = "accepted", pgettext_lazy("receipt", "accepted")
    REJECTED = "rejected", pgettext_lazy("receipt", "rejected")


class FileFormat(TextChoices):
    CSV_UTF8 = "csv_utf8", _("CSV, UTF-8")
    CSV_GB = "csv_gb", _("CSV, GB18030")
    XLSX = "xlsx", _("Excel")
    JSON = "json", "JSON"


class EntryKind(TextChoices):
    POINTS = "points", pgettext_lazy("points", "points")
    REPAIR = "repair", pgettext_lazy("points", "repair")


class Confirmation(TextChoices):
    """What one person enters, another confirms."""

    ENTERED = "entered", pgettext_lazy("confirmation", "to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("confirmation", "confirmed")
    REJECTED = "rejected", pgettext_lazy("confirmation", "rejected")
    REVOKED = "revoked", pgettext_lazy("confirmation", "revoked")


CONFIRMATION_MOVES = {
    Confirmation.ENTERED: {Confirmation.CONFIRMED, Confirmation.REJECTED},
    Confirmation.CONFIRMED: {Confirmation.REVOKED},
    Confirmation.REJECTED: set(),
    Confirmation.REVOKED: set(),
}


class ConsequenceKind(TextChoices):
    """What points or a score lead to; the codes of `points_rules`, and the end of an agreement (E44)."""

    TALK = "talk", pgettext_lazy("consequence", "talk with the person")
    SUSPEND = "suspend", pgettext_lazy("consequence", "suspend the eligibility for payment")
    END = "end", pgettext_lazy("consequence", "end the eligibility for payment")
    TERMINATE = "terminate", pgettext_lazy("consequence", "terminate the service agreement")


class ConsequenceStatus(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("consequence", "proposed")
    DONE = "done", pgettext_lazy("consequence", "done")
    DISMISSED = "dismissed", pgettext_lazy("consequence", "dismissed")
    FALLEN = "fallen", pgettext_lazy("consequence", "no longer asked for")
    LIFTED = "lifted", pgettext_lazy("consequence", "lifted")


CONSEQUENCE_MOVES = {
    ConsequenceStatus.PROPOSED: {
        ConsequenceStatus.DONE,
        ConsequenceStatus.DISMISSED,
        ConsequenceStatus.FALLEN,
    },
    ConsequenceStatus.DONE: {ConsequenceStatus.LIFTED},  # on review, by a second person
    ConsequenceStatus.LIFTED: set(),
    ConsequenceStatus.DISMISSED: set(),
    ConsequenceStatus.FALLEN: {ConsequenceStatus.PROPOSED},  # points confirmed anew
}
CONSEQUENCE_CLOCK = "credit_consequence"
