"""The fixed words of a transfer of suspected crime and its transition table (国务院令第310号, FACTS §2.4)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_ITEM_PAGES = 1_000_000  # of one item on the list of a transfer


class CrimeStatus(TextChoices):
    """From the proposal of a handler to filing by the police, or back to administrative handling."""

    PROPOSED = "proposed", _("proposed, officers to be named")
    VERIFYING = "verifying", pgettext_lazy("crime", "being verified by two officers")
    DISCARDED = "discarded", pgettext_lazy("crime", "given up")
    REPORTED = "reported", _("reported to the head")
    DECLINED = "declined", _("not to be transferred")
    APPROVED = "approved", _("approved, to be handed over")
    SENT = "sent", _("handed over, receipt awaited")
    RECEIVED = "received", _("examined by the police")
    INCOMPLETE = "incomplete", _("materials being completed")
    FORWARDED = "forwarded", _("forwarded to the body with jurisdiction")
    FILED = "filed", _("filed by the police")
    REFUSED = "refused", _("not filed by the police")
    RECONSIDERING = "reconsidering", _("under reconsideration")
    UPHELD = "upheld", _("refusal upheld")
    SUPERVISING = "supervising", _("before the procuratorate")
    NOT_ORDERED = "not_ordered", _("not filed after supervision")
    RESUMED = "resumed", _("back to administrative handling")
    CLOSED = "closed", pgettext_lazy("crime", "property handed over, closed")
    REVOKED = "revoked", _("case revoked by the police")


S = CrimeStatus
CRIME_MOVES = {
    S.PROPOSED: {S.VERIFYING, S.DISCARDED},
    S.VERIFYING: {S.REPORTED, S.DISCARDED},
    S.REPORTED: {S.APPROVED, S.DECLINED},
    S.APPROVED: {S.SENT},
    S.SENT: {S.RECEIVED},
    S.RECEIVED: {S.INCOMPLETE, S.FORWARDED, S.FILED, S.REFUSED},
    S.INCOMPLETE: {S.RECEIVED, S.FILED, S.REFUSED},
    S.FORWARDED: {S.RECEIVED},  # the body it was forwarded to signs for it, and examines it in its own time
    S.REFUSED: {S.RECONSIDERING, S.SUPERVISING, S.RESUMED},
    S.RECONSIDERING: {S.FILED, S.UPHELD},
    S.UPHELD: {S.SUPERVISING, S.RESUMED},
    S.SUPERVISING: {S.FILED, S.NOT_ORDERED},
    S.NOT_ORDERED: {S.RESUMED},  # art. 9 knows one request for supervision, and art. 10 follows it
    # a case the police filed may be revoked by them later, before or after the property came: art. 10 follows it, too
    S.FILED: {S.CLOSED, S.REVOKED},
    S.CLOSED: {S.REVOKED},
    S.REVOKED: {S.RESUMED},
}
CRIME_OVER = (S.DISCARDED, S.DECLINED, S.RESUMED, S.CLOSED)
# the police know of it from here on
WITH_POLICE = (
    S.SENT, S.RECEIVED, S.INCOMPLETE, S.FORWARDED, S.FILED, S.REFUSED, S.RECONSIDERING, S.UPHELD,
    S.SUPERVISING, S.NOT_ORDERED, S.RESUMED, S.CLOSED, S.REVOKED,
)  # fmt: skip

# the police owe the next step; in every other state somebody else does, and they are neither chased nor pressed
POLICE_OWE = (S.SENT, S.RECEIVED, S.FORWARDED, S.RECONSIDERING)

# in which states each step may be taken; crime_rules says by whom
STEP_STATES: dict[str, tuple[str, ...]] = {
    "assign": (S.PROPOSED, S.VERIFYING),
    "discard": (S.PROPOSED, S.VERIFYING),
    "report": (S.VERIFYING,),
    "decide": (S.REPORTED,),
    "hand_over": (S.APPROVED,),
    "sign": (S.SENT, S.FORWARDED),
    "incomplete": (S.RECEIVED,),
    "complete": (S.INCOMPLETE,),
    "forward": (S.RECEIVED,),
    "filing": (S.RECEIVED, S.INCOMPLETE),
    "reconsider": (S.REFUSED,),
    "reconsidered": (S.RECONSIDERING,),
    "supervise": (S.REFUSED, S.UPHELD),
    "supervised": (S.SUPERVISING,),
    "property": (S.FILED,),
    "revoke": (S.FILED, S.CLOSED),
    "resume": (S.REFUSED, S.UPHELD, S.NOT_ORDERED, S.REVOKED),
    "copy": WITH_POLICE,  # once, until its service is proved
    "duty": tuple(state for state in S if state not in (S.DISCARDED,)),
}


class StepKind(TextChoices):
    """What happened, each with its instant (FACTS §3: 发现 报告 批准 移送 签收 决定 复议 回复)."""

    PROPOSED = "proposed", _("transfer proposed")
    ASSIGNED = "assigned", _("officers named")
    REPORTED = "reported", _("written report to the head")
    APPROVED = "approved", _("transfer approved")
    DECLINED = "declined", _("transfer not approved")
    DISCARDED = "discarded", _("proposal given up")
    HANDED_OVER = "handed_over", _("handed over to the police")
    COPIED = "copied", _("copied to the procuratorate")
    COPY_SERVED = "copy_served", _("copy served on the procuratorate")
    RECEIVED = "received", _("receipt signed by the police")
    INCOMPLETE = "incomplete", pgettext_lazy("crime", "completion asked for")
    COMPLETED = "completed", _("materials completed")
    FORWARDED = "forwarded", _("forwarded by the police")
    FILED = "filed", pgettext_lazy("crime", "filed")
    REFUSED = "refused", pgettext_lazy("crime", "not filed")
    RECONSIDERATION = "reconsideration", _("reconsideration asked for")
    OVERTURNED = "overturned", _("reconsidered: filed")
    UPHELD = "upheld", _("reconsidered: refusal upheld")
    SUPERVISION = "supervision", _("supervision of filing asked for")
    ORDERED = "ordered", _("supervision: filed")
    NOT_ORDERED = "not_ordered", _("supervision: refusal stands")
    PROPERTY = "property", _("property and material handed over")
    REVOKED = "revoked", _("case revoked")
    RESUMED = "resumed", _("administrative handling resumed")
    DUTY = "duty", _("duty crime passed to the supervisory organ")


class AttachmentKind(TextChoices):
    """The five attachments of art. 6; the letter itself is the first of them and is printed at hand-over."""

    LETTER = "letter", _("letter of transfer")
    REPORT = "report", _("investigation report")
    ITEMS = "items", _("list of items involved")
    EXPERT = "expert", _("test report or expert conclusion")
    OTHER = "other", _("other material on the suspected crime")
    CORRECTION = "correction", _("completed later")
