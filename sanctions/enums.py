"""The fixed words of joint sanctions and their transition tables (C17–C22; DESIGN §2 sanctions)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LONGEST_WORDS = 4000  # characters of facts, statements and answers


class TermUnit(TextChoices):
    """In what a term is stated; terms run by natural time (民法典 art. 200–202)."""

    DAY = "day", pgettext_lazy("term", "days")
    MONTH = "month", pgettext_lazy("term", "months")
    YEAR = "year", pgettext_lazy("term", "years")


class Effect(TextChoices):
    """What follows by itself once a measure of the catalogue is decided."""

    PLAIN = "plain", _("nothing follows by itself")
    BAR = "bar", _("cancels the designation: no new application during the bar")
    PERSON_BAR = "person_bar", _("bars a responsible person (Regulations, article 43)")
    BLACK = "black", _("proposes the subject for the blacklist")
    SERIOUS = "serious", _("proposes the subject for the list of serious breaches of trust")
    PERMANENT = "permanent", _("proposes the subject for the permanent blacklist")


class Ground(TextChoices):
    """On what a sanction rests."""

    DECISION = "decision", pgettext_lazy("ground of a sanction", "decision on the case")
    JUDGMENT = "judgment", pgettext_lazy("ground of a sanction", "judgment of a court")


class SanctionStatus(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("sanction", "proposed")
    HEARD = "heard", pgettext_lazy("sanction", "subject heard")
    DECIDED = "decided", pgettext_lazy("sanction", "determined")
    IN_FORCE = "in_force", pgettext_lazy("sanction", "in force")
    EXPIRED = "expired", pgettext_lazy("sanction", "over")
    LIFTED = "lifted", pgettext_lazy("sanction", "lifted")
    NOT_DETERMINED = "not_determined", pgettext_lazy("sanction", "not determined")
    WITHDRAWN = "withdrawn", pgettext_lazy("sanction", "withdrawn")


SANCTION_MOVES = {
    SanctionStatus.PROPOSED: {SanctionStatus.HEARD, SanctionStatus.WITHDRAWN},
    SanctionStatus.HEARD: {SanctionStatus.DECIDED, SanctionStatus.NOT_DETERMINED, SanctionStatus.WITHDRAWN},
    SanctionStatus.DECIDED: {SanctionStatus.IN_FORCE, SanctionStatus.LIFTED},
    SanctionStatus.IN_FORCE: {SanctionStatus.EXPIRED, SanctionStatus.LIFTED},
    SanctionStatus.EXPIRED: set(),
    SanctionStatus.LIFTED: set(),
    SanctionStatus.NOT_DETERMINED: set(),
    SanctionStatus.WITHDRAWN: set(),
}
# nobody is bound by it yet
PENDING = (SanctionStatus.PROPOSED, SanctionStatus.HEARD)
# a determination stands
STANDING = (SanctionStatus.DECIDED, SanctionStatus.IN_FORCE)
# one of these at a time for a subject in a case
LIVE = (*PENDING, *STANDING)


class HearingStatus(TextChoices):
    DRAFTED = "drafted", pgettext_lazy("hearing", "notice drafted")
    SIGNED = "signed", pgettext_lazy("hearing", "notice signed")
    SERVED = "served", pgettext_lazy("hearing", "notice served")
    SAID = "said", pgettext_lazy("hearing", "statement recorded")
    ANSWERED = "answered", pgettext_lazy("hearing", "answered")
    DISCARDED = "discarded", pgettext_lazy("hearing", "given up")


HEARING_MOVES = {
    HearingStatus.DRAFTED: {HearingStatus.SIGNED, HearingStatus.DISCARDED},
    HearingStatus.SIGNED: {HearingStatus.SERVED, HearingStatus.DISCARDED},
    HearingStatus.SERVED: {HearingStatus.SAID, HearingStatus.DISCARDED},
    HearingStatus.SAID: {HearingStatus.ANSWERED},
    HearingStatus.ANSWERED: set(),
    HearingStatus.DISCARDED: set(),
}
HEARING_OVER = (HearingStatus.ANSWERED, HearingStatus.DISCARDED)


class Said(TextChoices):
    """What the subject did with its right to be heard (陈述申辩)."""

    STATEMENT = "statement", _("made a statement or defence")
    WAIVED = "waived", _("waived it in writing")
    SILENT = "silent", _("said nothing within the time")


class MeasureTaskStatus(TextChoices):
    ISSUED = "issued", pgettext_lazy("task of a sanction", "sent")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("task of a sanction", "received")
    DECIDED = "decided", pgettext_lazy("task of a sanction", "measures decided")
    REFUSED = "refused", pgettext_lazy("task of a sanction", "no measure taken")
    EXECUTED = "executed", pgettext_lazy("task of a sanction", "measures executed")
    LAPSED = "lapsed", pgettext_lazy("task of a sanction", "ran out unexecuted")
    FED_BACK = "fed_back", pgettext_lazy("task of a sanction", "fed back")
    CANCELLED = "cancelled", pgettext_lazy("task of a sanction", "no longer wanted")


TASK_MOVES = {
    MeasureTaskStatus.ISSUED: {MeasureTaskStatus.ACKNOWLEDGED, MeasureTaskStatus.CANCELLED},
    MeasureTaskStatus.ACKNOWLEDGED: {
        MeasureTaskStatus.DECIDED,
        MeasureTaskStatus.REFUSED,
        MeasureTaskStatus.CANCELLED,
    },
    # back to ACKNOWLEDGED: what the determination rests on was decided anew
    MeasureTaskStatus.DECIDED: {
        MeasureTaskStatus.EXECUTED,
        MeasureTaskStatus.LAPSED,
        MeasureTaskStatus.CANCELLED,
    },
    MeasureTaskStatus.EXECUTED: {MeasureTaskStatus.FED_BACK, MeasureTaskStatus.CANCELLED},
    # a measure's last day passed before anybody executed it: the feedback says why
    MeasureTaskStatus.LAPSED: {MeasureTaskStatus.FED_BACK, MeasureTaskStatus.CANCELLED},
    MeasureTaskStatus.REFUSED: set(),
    MeasureTaskStatus.FED_BACK: set(),
    MeasureTaskStatus.CANCELLED: set(),
}
TO_FEED_BACK = (MeasureTaskStatus.EXECUTED, MeasureTaskStatus.LAPSED)
TASK_OVER = (MeasureTaskStatus.REFUSED, MeasureTaskStatus.FED_BACK, MeasureTaskStatus.CANCELLED)


class AppliedStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("measure", "drafted")
    DECIDED = "decided", pgettext_lazy("measure", "decided")
    EXECUTED = "executed", pgettext_lazy("measure", "executed")
    SUSPENDED = "suspended", pgettext_lazy("measure", "suspended")
    EXPIRED = "expired", pgettext_lazy("measure", "expired")
    LAPSED = "lapsed", pgettext_lazy("measure", "ran out unexecuted")
    LIFTED = "lifted", pgettext_lazy("measure", "lifted")
    DROPPED = "dropped", pgettext_lazy("measure", "taken out of the draft")


APPLIED_MOVES = {
    AppliedStatus.DRAFT: {AppliedStatus.DECIDED, AppliedStatus.DROPPED},
    AppliedStatus.DECIDED: {
        AppliedStatus.EXECUTED, AppliedStatus.SUSPENDED, AppliedStatus.LAPSED, AppliedStatus.LIFTED,
    },
    AppliedStatus.EXECUTED: {AppliedStatus.SUSPENDED, AppliedStatus.EXPIRED, AppliedStatus.LIFTED},
    AppliedStatus.SUSPENDED: {
        AppliedStatus.DECIDED, AppliedStatus.EXECUTED, AppliedStatus.EXPIRED, AppliedStatus.LAPSED, AppliedStatus.LIFTED,
    },
    AppliedStatus.EXPIRED: set(),
    AppliedStatus.LAPSED: set(),
    AppliedStatus.LIFTED: set(),
    AppliedStatus.DROPPED: set(),
}  # fmt: skip
# what weighs on a subject today, if its days say so
APPLIED_LIVE = (AppliedStatus.DECIDED, AppliedStatus.EXECUTED)
APPLIED_OVER = (AppliedStatus.EXPIRED, AppliedStatus.LAPSED, AppliedStatus.LIFTED, AppliedStatus.DROPPED)


class BarGround(TextChoices):
    CANCELLATION = "cancellation", _("the designation was cancelled (mechanism, part 3 (4))")
    RESPONSIBLE_PERSON = "responsible_person", _("responsible person (Regulations, article 43)")


class BarStatus(TextChoices):
    IN_FORCE = "in_force", pgettext_lazy("bar", "in force")
    SUSPENDED = "suspended", pgettext_lazy("bar", "suspended")
    EXPIRED = "expired", pgettext_lazy("bar", "expired")
    LIFTED = "lifted", pgettext_lazy("bar", "lifted")


BAR_MOVES = {
    BarStatus.IN_FORCE: {BarStatus.SUSPENDED, BarStatus.EXPIRED, BarStatus.LIFTED},
    BarStatus.SUSPENDED: {BarStatus.IN_FORCE, BarStatus.EXPIRED, BarStatus.LIFTED},
    BarStatus.EXPIRED: set(),
    BarStatus.LIFTED: set(),
}


class ListKind(TextChoices):
    RED = "red", _("red list")
    BLACK = "black", _("blacklist")
    SERIOUS = "serious", _("serious breaches of trust")
    PERMANENT = "permanent", _("permanent blacklist")


# what a list says against its subject
AGAINST = (ListKind.BLACK, ListKind.SERIOUS, ListKind.PERMANENT)
# what rests on a determination (认定) after a hearing; the permanent one rests on its judgment (C20, C22)
DETERMINED_FIRST = (ListKind.BLACK, ListKind.SERIOUS)


class EntryStatus(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("list entry", "proposed")
    LISTED = "listed", pgettext_lazy("list entry", "listed")
    SUSPENDED = "suspended", pgettext_lazy("list entry", "suspended")
    EXPIRED = "expired", pgettext_lazy("list entry", "expired")
    REMOVED = "removed", pgettext_lazy("list entry", "removed")
    REFUSED = "refused", pgettext_lazy("list entry", "not approved")
    WITHDRAWN = "withdrawn", pgettext_lazy("list entry", "withdrawn")


ENTRY_MOVES = {
    EntryStatus.PROPOSED: {EntryStatus.LISTED, EntryStatus.REFUSED, EntryStatus.WITHDRAWN},
    EntryStatus.LISTED: {EntryStatus.SUSPENDED, EntryStatus.EXPIRED, EntryStatus.REMOVED},
    EntryStatus.SUSPENDED: {EntryStatus.LISTED, EntryStatus.EXPIRED, EntryStatus.REMOVED},
    EntryStatus.EXPIRED: set(),
    EntryStatus.REMOVED: set(),
    EntryStatus.REFUSED: set(),
    EntryStatus.WITHDRAWN: set(),
}


# proposed, or on its list
LIVE_ENTRY = (EntryStatus.PROPOSED, EntryStatus.LISTED, EntryStatus.SUSPENDED)


class RepairStatus(TextChoices):
    APPLIED = "applied", pgettext_lazy("credit repair", "applied for")
    GRANTED = "granted", pgettext_lazy("credit repair", "granted")
    REFUSED = "refused", pgettext_lazy("credit repair", "refused")
    FALLEN = "fallen", pgettext_lazy("credit repair", "ended by itself")


REPAIR_MOVES = {
    # fallen: the measure or the entry it is about ended before it was decided
    RepairStatus.APPLIED: {RepairStatus.GRANTED, RepairStatus.REFUSED, RepairStatus.FALLEN},
    RepairStatus.FALLEN: set(),
    RepairStatus.GRANTED: set(),
    RepairStatus.REFUSED: set(),
}
