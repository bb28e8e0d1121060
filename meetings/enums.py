"""The fixed words of joint meetings and their transition tables (C24–C26, C30; DESIGN §2 meetings)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# characters: of the analysis and of the measures of a proposal; of a topic, which may be the whole of one with its line
# break (`Proposal.as_topic`); of a part of minutes, which is drafted from a decision with twenty resolutions and figures
LONGEST_WORDS = 8000
LONGEST_TOPIC = 2 * LONGEST_WORDS + 1
LONGEST_PART = 60000


class MeetingKind(TextChoices):
    """C24: 原则上每季度召开一次, and 可随时召开."""

    QUARTERLY = "quarterly", _("quarterly meeting")
    AD_HOC = "ad_hoc", _("ad-hoc meeting")


class MeetingStatus(TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "being prepared")
    CALLED = "called", pgettext_lazy("meeting", "called")
    HELD = "held", pgettext_lazy("meeting", "held")
    DRAFTED = "drafted", pgettext_lazy("meeting", "minutes drafted")
    CIRCULATED = "circulated", pgettext_lazy("meeting", "minutes being countersigned")
    ISSUED = "issued", pgettext_lazy("meeting", "minutes issued")
    SKIPPED = "skipped", pgettext_lazy("meeting", "not held")


# skipped: 原则上 leaves room for a quarter without a meeting, with its reason on the record; so is an ad-hoc one given up
MEETING_MOVES = {
    MeetingStatus.PLANNED: {MeetingStatus.CALLED, MeetingStatus.SKIPPED},
    MeetingStatus.CALLED: {MeetingStatus.HELD, MeetingStatus.SKIPPED},
    MeetingStatus.HELD: {MeetingStatus.DRAFTED},
    MeetingStatus.DRAFTED: {MeetingStatus.CIRCULATED},
    MeetingStatus.CIRCULATED: {MeetingStatus.ISSUED, MeetingStatus.DRAFTED},  # drafted again: the signer sent them back
    MeetingStatus.ISSUED: set(),
    MeetingStatus.SKIPPED: set(),
}
# the agenda may still change
OPEN_MEETING = (MeetingStatus.PLANNED, MeetingStatus.CALLED)


class ItemKind(TextChoices):
    """C25's four kinds of topic, the approval of the last minutes, and what earlier meetings left to be done."""

    FOLLOW_UP = "follow_up", _("follow-up of a resolution")
    MINUTES = "minutes", _("approval of the last minutes")
    REPORT = "report", _("report and summary")
    PROBLEM = "problem", _("problem to be studied")
    CASE = "case", _("major case to be consulted on")
    CAMPAIGN = "campaign", _("joint campaign")


# the four kinds a department may propose and the office may add
TOPIC_KINDS = (ItemKind.REPORT, ItemKind.PROBLEM, ItemKind.CASE, ItemKind.CAMPAIGN)


class ItemStatus(TextChoices):
    PROPOSED = "proposed", pgettext_lazy("agenda item", "proposed")
    LISTED = "listed", pgettext_lazy("agenda item", "on the agenda")
    MERGED = "merged", pgettext_lazy("agenda item", "merged")
    DROPPED = "dropped", pgettext_lazy("agenda item", "dropped")


class Outcome(TextChoices):
    OPEN = "open", pgettext_lazy("agenda item", "undecided")
    DECIDED = "decided", pgettext_lazy("agenda item", "decided")
    DEFERRED = "deferred", pgettext_lazy("agenda item", "deferred")
    NOTED = "noted", pgettext_lazy("agenda item", "noted")


ITEM_MOVES = {
    ItemStatus.PROPOSED: {ItemStatus.LISTED, ItemStatus.DROPPED},
    ItemStatus.LISTED: {ItemStatus.MERGED, ItemStatus.DROPPED},
    ItemStatus.MERGED: {ItemStatus.LISTED},
    ItemStatus.DROPPED: {ItemStatus.LISTED},
    # the outcome is a second state of the same row; its words are others than those above
    Outcome.OPEN: {Outcome.DECIDED, Outcome.DEFERRED, Outcome.NOTED},
    Outcome.DECIDED: {Outcome.OPEN},
    Outcome.DEFERRED: {Outcome.OPEN},
    Outcome.NOTED: {Outcome.OPEN},
}


class Answer(TextChoices):
    """What a department says to the invitation."""

    NONE = "none", _("not answered")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "will attend")
    SUBSTITUTE = "substitute", _("sends a substitute")
    LEAVE = "leave", _("asks for leave")


# what a department may say; the remaining one is that it has not said anything
ANSWERS = [each for each in Answer.choices if each[0] != Answer.NONE]


class Presence(TextChoices):
    """GB/T 9704-2012 10.3: 出席, 请假, 列席."""

    UNKNOWN = "", _("not recorded")
    PRESENT = "present", _("attended")
    LEAVE = "leave", _("on leave")
    OBSERVING = "observing", _("attended without vote")
    ABSENT = "absent", _("absent")


class PaperKind(TextChoices):
    """What went to a department without an account on paper, or came from it."""

    NOTICE = "notice", pgettext_lazy("on paper", "notice served")
    TOPICS = "topics", pgettext_lazy("on paper", "topics named")
    ANSWER = "answer", pgettext_lazy("on paper", "answer to the invitation")
    MINUTES = "minutes", pgettext_lazy("on paper", "word on the minutes")


class ResolutionStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("resolution", "drafted at the meeting")
    OPEN = "open", pgettext_lazy("resolution", "under way")
    REPORTED = "reported", pgettext_lazy("resolution", "completion reported")
    DONE = "done", pgettext_lazy("resolution", "done")
    WITHDRAWN = "withdrawn", pgettext_lazy("resolution", "withdrawn by a meeting")
    DROPPED = "dropped", pgettext_lazy("resolution", "taken back at the meeting")


RESOLUTION_MOVES = {
    ResolutionStatus.DRAFT: {ResolutionStatus.OPEN, ResolutionStatus.DROPPED},
    ResolutionStatus.OPEN: {ResolutionStatus.REPORTED, ResolutionStatus.WITHDRAWN},
    ResolutionStatus.REPORTED: {ResolutionStatus.OPEN, ResolutionStatus.DONE, ResolutionStatus.WITHDRAWN},
    ResolutionStatus.DONE: set(),
    ResolutionStatus.WITHDRAWN: set(),
    ResolutionStatus.DROPPED: set(),
}
UNFINISHED = (ResolutionStatus.OPEN, ResolutionStatus.REPORTED)


class StepKind(TextChoices):
    """What happened to a resolution."""

    PROGRESS = "progress", _("progress")
    REPORTED = "reported", _("completion reported")
    RETURNED = "returned", _("sent back by the office")
    CONFIRMED = "confirmed", _("completion confirmed")
    REASSIGNED = "reassigned", _("given to another person")
    PRESSED = "pressed", _("supervised")
    REPLIED = "replied", _("supervision answered")
    WITHDRAWN = "withdrawn", _("withdrawn by a resolution")
    MOVED = "moved", _("given another last day by a meeting")


class SignKind(TextChoices):
    SIGNED = "signed", _("countersigned")
    OBJECTED = "objected", _("objected")


class ProposalStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("proposal", "drafted")
    CONSULTING = "consulting", pgettext_lazy("proposal", "being consulted on")
    ADOPTED = "adopted", pgettext_lazy("proposal", "adopted")
    RETURNED = "returned", pgettext_lazy("proposal", "sent back by the signer")
    DEPLOYED = "deployed", pgettext_lazy("proposal", "deployed")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")


PROPOSAL_MOVES = {
    ProposalStatus.DRAFT: {ProposalStatus.CONSULTING, ProposalStatus.WITHDRAWN},
    ProposalStatus.CONSULTING: {ProposalStatus.DRAFT, ProposalStatus.ADOPTED, ProposalStatus.WITHDRAWN},
    ProposalStatus.ADOPTED: {ProposalStatus.DEPLOYED, ProposalStatus.RETURNED, ProposalStatus.WITHDRAWN},
    ProposalStatus.RETURNED: {ProposalStatus.ADOPTED, ProposalStatus.WITHDRAWN},
    ProposalStatus.DEPLOYED: set(),
    ProposalStatus.WITHDRAWN: set(),
}


class OpinionKind(TextChoices):
    """What a department says when it is consulted."""

    AGREED = "agreed", pgettext_lazy("opinion", "agrees")
    REMARKS = "remarks", pgettext_lazy("opinion", "agrees, with remarks")
    OBJECTED = "objected", pgettext_lazy("opinion", "objects")
