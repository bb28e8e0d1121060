"""The fixed words of referrals and their transition tables (DESIGN §2 referrals, ADR 0031)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from departments.enums import ReferralKind


class PaperStatus(TextChoices):
    """The life of a paper before it leaves the house: a dispatch and a reply go the same way."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for review")
    REVIEWED = "reviewed", _("waiting for signature")
    APPROVED = "approved", _("signed, waiting to be sent")
    SENT = "sent", _("sent")
    DISCARDED = "discarded", _("discarded")


PAPER_MOVES = {
    PaperStatus.DRAFT: {PaperStatus.SUBMITTED, PaperStatus.DISCARDED},
    PaperStatus.SUBMITTED: {PaperStatus.DRAFT, PaperStatus.REVIEWED, PaperStatus.APPROVED},
    PaperStatus.REVIEWED: {PaperStatus.DRAFT, PaperStatus.APPROVED},
    PaperStatus.APPROVED: {PaperStatus.DRAFT, PaperStatus.SENT},
}
PAPER_OPEN = (PaperStatus.DRAFT, PaperStatus.SUBMITTED, PaperStatus.REVIEWED, PaperStatus.APPROVED)


class ReferralStatus(TextChoices):
    """What became of the letter at one receiver."""

    SENT = "sent", _("waiting to be signed for")
    RECEIVED = "received", _("signed for")
    ACCEPTED = "accepted", _("being worked")
    RETURNED = "returned", _("returned")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", pgettext_lazy("letter", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("letter", "withdrawn")
    FORWARDED = "forwarded", _("forwarded")


REFERRAL_MOVES = {
    ReferralStatus.SENT: {ReferralStatus.RECEIVED, ReferralStatus.WITHDRAWN},
    # a bulletin that asks for nothing is closed by its sender once it was signed for
    # once received, a letter is withdrawn only with the receiver's consent, and forwarded only before a decision
    ReferralStatus.RECEIVED: {
        ReferralStatus.ACCEPTED,
        ReferralStatus.RETURNED,
        ReferralStatus.CLOSED,
        ReferralStatus.FORWARDED,
        ReferralStatus.WITHDRAWN,
    },
    ReferralStatus.ACCEPTED: {ReferralStatus.ANSWERED, ReferralStatus.WITHDRAWN},
    ReferralStatus.RETURNED: {ReferralStatus.CLOSED},
    ReferralStatus.ANSWERED: {ReferralStatus.CLOSED, ReferralStatus.ACCEPTED},
}
REFERRAL_OVER = (ReferralStatus.CLOSED, ReferralStatus.WITHDRAWN, ReferralStatus.FORWARDED)


class ExtensionStatus(TextChoices):
    ASKED = "asked", _("asked")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("not agreed")
    LAPSED = "lapsed", _("no longer needed")


EXTENSION_MOVES = {
    ExtensionStatus.ASKED: {ExtensionStatus.AGREED, ExtensionStatus.REFUSED, ExtensionStatus.LAPSED}
}


class LetterKind(TextChoices):
    """Every kind of paper somebody signs; the first six are `ReferralKind`."""

    BULLETIN = ReferralKind.BULLETIN.value, _("case bulletin")
    TRANSFER = ReferralKind.TRANSFER.value, _("lead transfer")
    SUPPORT = ReferralKind.SUPPORT.value, _("technical support")
    EARLY = ReferralKind.EARLY.value, _("early involvement")
    COMPARISON = ReferralKind.COMPARISON.value, _("data comparison")
    CRIMINAL = ReferralKind.CRIMINAL.value, _("criminal transfer")
    ANSWER = "answer", _("letter of answer")
    OPINION = "opinion", _("written opinion")
    TASK_REPORT = "task_report", _("report on a task")
    TASK_DELAY = "task_delay", _("request for a later report date")
    ASSIST = "assist", _("request to another place")
    TASK_HAND = "task_hand", _("hand-over to the higher level")
    COMPLETION = "completion", _("request for completion")
    SUPPLY = "supply", _("supplement of material")
    SUPERVISION = "supervision", _("supervision letter")
    # of a suspected crime; the value of each is the step it takes (`crime_enums.STEP_STATES`)
    FILING = "filing", _("notice of filing or not filing")
    INCOMPLETE = "incomplete", _("notice of missing material")
    CORRECTION = "complete", _("letter completing the material")
    FORWARDING = "forward", _("notice of forwarding")
    RECONSIDER = "reconsider", _("request for reconsideration")
    RECONSIDERED = "reconsidered", _("decision on reconsideration")
    REVOCATION = "revoke", _("notice that a case was revoked")
    OVERSIGHT = "supervise", _("proposal to supervise filing")


# what the police write where they work here, and what the department that transferred writes (310号令 art. 7–9)
BY_POLICE = (
    LetterKind.FILING, LetterKind.INCOMPLETE, LetterKind.FORWARDING, LetterKind.RECONSIDERED, LetterKind.REVOCATION,
)  # fmt: skip
BY_SENDER = (LetterKind.CORRECTION, LetterKind.RECONSIDER, LetterKind.OVERSIGHT)
CRIME_LETTERS = BY_POLICE + BY_SENDER
DECISIONS = (LetterKind.FILING, LetterKind.RECONSIDERED)  # filed or not
# letters about a letter that somebody has: what they say holds from the moment they go out
FOLLOW_UPS = (LetterKind.COMPLETION, LetterKind.SUPPLY, LetterKind.SUPERVISION, *CRIME_LETTERS)
# to whom: the sender of the letter it is about, or its receiver; a proposal to supervise goes to the procuratorate
TO_SENDER = (LetterKind.COMPLETION, *BY_POLICE)
TO_RECEIVER = (LetterKind.SUPPLY, LetterKind.SUPERVISION, LetterKind.CORRECTION, LetterKind.RECONSIDER)
WITH_FILES = (LetterKind.SUPPLY, LetterKind.CORRECTION)  # the files speak: these may go without a word


# papers without a step of review: a list for comparison and a report to the head (310号令 art. 5) go straight to
# the person who signs
UNREVIEWED = frozenset({LetterKind.COMPARISON, LetterKind.CRIMINAL})


class ReturnCategory(TextChoices):
    """Why a receiver sends something back (FACTS §3 移交回执; §5 failed 初审)."""

    COMPETENCE = "competence", _("not within our competence")
    INCOMPLETE = "incomplete", _("materials incomplete")
    UNCLEAR = "unclear", _("facts or object unclear")
    DUPLICATE = "duplicate", _("already being handled")
    OTHER = "other", _("other reason")


# what a handler may draft freely; technical support begins with a recorded need (actions/support.py),
# data comparison and criminal transfer have papers and clocks of their own
DRAFTABLE = (ReferralKind.TRANSFER, ReferralKind.BULLETIN, ReferralKind.EARLY)
# these ask for an answer by a date that the letter states
LIMITED = (ReferralKind.TRANSFER, ReferralKind.SUPPORT, ReferralKind.EARLY)


class ComparisonKind(TextChoices):
    """What the police compare a list with."""

    HOUSEHOLD = "household", _("cancelled household registration")
    CUSTODY = "custody", _("persons in custody")
    MOVED = "moved", _("household registration moved away")
    OTHER = "other", _("other register")


class ComparisonStatus(TextChoices):
    """A letter with a list: drafted, signed, sent; compared, signed, answered."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for signature")
    APPROVED = "approved", _("signed, waiting to be sent")
    DISCARDED = "discarded", _("discarded")
    SENT = "sent", _("waiting to be signed for")
    RECEIVED = "received", _("being compared")
    PREPARED = "prepared", _("result waiting for signature")
    ANSWERED = "answered", _("result received")
    CLOSED = "closed", pgettext_lazy("letter", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("comparison", "withdrawn")
    RETURNED = "returned", pgettext_lazy("comparison", "returned without a result")
    EXPIRED = "expired", pgettext_lazy("comparison", "expired without a result")


COMPARISON_MOVES = {
    ComparisonStatus.DRAFT: {ComparisonStatus.SUBMITTED, ComparisonStatus.DISCARDED},
    ComparisonStatus.SUBMITTED: {ComparisonStatus.DRAFT, ComparisonStatus.APPROVED},
    ComparisonStatus.APPROVED: {ComparisonStatus.DRAFT, ComparisonStatus.SENT},
    # a list sent without being asked brings its result along
    ComparisonStatus.SENT: {
        ComparisonStatus.RECEIVED, ComparisonStatus.ANSWERED, ComparisonStatus.WITHDRAWN, ComparisonStatus.EXPIRED,
    },
    ComparisonStatus.RECEIVED: {
        ComparisonStatus.PREPARED, ComparisonStatus.ANSWERED, ComparisonStatus.WITHDRAWN, ComparisonStatus.RETURNED,
        ComparisonStatus.EXPIRED,
    },
    ComparisonStatus.PREPARED: {
        ComparisonStatus.RECEIVED, ComparisonStatus.ANSWERED, ComparisonStatus.WITHDRAWN, ComparisonStatus.EXPIRED,
    },
    ComparisonStatus.ANSWERED: {ComparisonStatus.CLOSED},
}
COMPARISON_WAITING = (ComparisonStatus.SENT, ComparisonStatus.RECEIVED, ComparisonStatus.PREPARED)  # no result yet
COMPARISON_ENDED = (ComparisonStatus.WITHDRAWN, ComparisonStatus.RETURNED, ComparisonStatus.EXPIRED)  # without one
COMPARISON_OVER = (ComparisonStatus.CLOSED, ComparisonStatus.DISCARDED, *COMPARISON_ENDED)


class DutyStatus(TextChoices):
    """Whether the cooperating departments were told of a lead of suspected fraud (C10)."""

    DUE = "due", _("bulletin due")
    MET = "met", _("bulletin sent")
    WAIVED = "waived", _("bulletin not needed")


DUTY_MOVES = {
    DutyStatus.DUE: {DutyStatus.MET, DutyStatus.WAIVED},
    DutyStatus.MET: {DutyStatus.DUE},  # every letter of it was withdrawn
}


class TeamStatus(TextChoices):
    """A joint team of 提前介入 (C11): invited, working, ended with its opinion or without one."""

    FORMING = "forming", _("waiting for the departments invited")
    WORKING = "working", pgettext_lazy("team", "working together")
    CONCLUDED = "concluded", _("opinion recorded")
    DISSOLVED = "dissolved", _("dissolved")


TEAM_MOVES = {
    TeamStatus.FORMING: {TeamStatus.WORKING, TeamStatus.DISSOLVED},
    TeamStatus.WORKING: {TeamStatus.CONCLUDED, TeamStatus.DISSOLVED},
}
TEAM_OPEN = (TeamStatus.FORMING, TeamStatus.WORKING)


class Nature(TextChoices):
    """定性: how a case of unclear nature goes on."""

    PENALTY = "penalty", _("administrative penalty")
    AGREEMENT = "agreement", _("handled under the agreement")
    TRANSFER = "transfer", _("transfer to the competent department")
    JUDICIAL = "judicial", _("judicial transfer")
    NONE = "none", _("not established")
