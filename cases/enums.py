"""The fixed words of cases and their transition tables (DESIGN §2 cases)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseStatus(TextChoices):
    REGISTERED = "registered", _("registered")
    WORKING = "working", _("being worked")
    DECIDED = "decided", _("decided")
    CLOSED = "closed", _("closed")


CASE_MOVES = {
    CaseStatus.REGISTERED: {CaseStatus.WORKING, CaseStatus.CLOSED},
    CaseStatus.WORKING: {CaseStatus.DECIDED, CaseStatus.CLOSED},
    CaseStatus.DECIDED: {CaseStatus.CLOSED, CaseStatus.WORKING},
    CaseStatus.CLOSED: {CaseStatus.WORKING},
}


# being worked: what may be merged, and what another may be merged into
RUNNING = (CaseStatus.REGISTERED, CaseStatus.WORKING)


class StrandStatus(TextChoices):
    VERIFYING = "verifying", _("verifying")
    FILED = "filed", _("filed")
    NOT_FILED = "not_filed", _("not filed")
    INVESTIGATING = "investigating", _("investigating")
    SUSPENDED = "suspended", _("suspended")
    DECIDED = "decided", _("decided")
    PERFORMED = "performed", _("performed")
    TERMINATED = "terminated", _("terminated")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("went on in the main case")


# what runs when its case is merged into another; taking the merge back gives it its state again (ADR 0075)
MERGING = frozenset({StrandStatus.VERIFYING, StrandStatus.FILED, StrandStatus.INVESTIGATING})
STRAND_MOVES = {
    StrandStatus.VERIFYING: {StrandStatus.FILED, StrandStatus.NOT_FILED, StrandStatus.WITHDRAWN},
    StrandStatus.FILED: {StrandStatus.INVESTIGATING, StrandStatus.WITHDRAWN},
    StrandStatus.INVESTIGATING: {
        StrandStatus.DECIDED,
        StrandStatus.SUSPENDED,
        StrandStatus.TERMINATED,
        StrandStatus.WITHDRAWN,
    },
    StrandStatus.SUSPENDED: {StrandStatus.INVESTIGATING, StrandStatus.TERMINATED},
    StrandStatus.DECIDED: {StrandStatus.PERFORMED, StrandStatus.INVESTIGATING},
    StrandStatus.NOT_FILED: {StrandStatus.VERIFYING},
    StrandStatus.PERFORMED: {StrandStatus.INVESTIGATING},  # revoked on review or by a court after it was performed
    StrandStatus.MERGED: set(MERGING),
}
for _state in MERGING:
    STRAND_MOVES[_state].add(StrandStatus.MERGED)

STRAND_OVER = frozenset(
    {
        StrandStatus.NOT_FILED, StrandStatus.PERFORMED, StrandStatus.TERMINATED, StrandStatus.WITHDRAWN,
        StrandStatus.MERGED,
    }
)  # fmt: skip


class MergeGround(TextChoices):
    """Why two cases are worked as one."""

    SUBJECT = "subject", _("the same subject")
    FACTS = "facts", _("the same facts")


class Keeping(TextChoices):
    """How long an archived case is kept (机关文件材料归档范围和文书档案保管期限规定: 永久、定期30年、定期10年)."""

    PERMANENT = "permanent", _("permanent")
    YEARS_30 = "years_30", _("30 years")
    YEARS_10 = "years_10", _("10 years")


class AfterKind(TextChoices):
    """Steps after a decision (处罚法 61, 66–73; 行政强制法 53–54)."""

    SERVED = "served", _("served")
    INSTALMENT = "instalment", _("instalment granted")
    PAID = "paid", _("paid")
    URGED = "urged", _("urged to perform")
    APPLIED = "applied", _("compulsory enforcement applied for")
    REVIEW = "review", _("administrative review")
    LAWSUIT = "lawsuit", _("administrative lawsuit")
    OUTCOME = "outcome", _("outcome of review or lawsuit")


CONTESTING = frozenset({AfterKind.REVIEW, AfterKind.LAWSUIT})


class ReviewGround(TextChoices):
    """Why a decision goes through the legal review before it is taken (处罚法 58)."""

    PUBLIC = "public", _("great public interest is at stake")
    HEARD = "heard", _("weighty rights of the party or of a third person; a hearing was held")
    COMPLEX = "complex", _("difficult and complicated, several legal relations")
    LAW = "law", _("another case named by law or regulation")


class Weight(TextChoices):
    """Whether the leaders decide together (处罚法 57 para. 2)."""

    PLAIN = "plain", _("an ordinary case")
    GRAVE = "grave", _("complicated, or a grave violation")


class ReviewPolicy(TextChoices):
    """Which penalties of a department go through the legal review."""

    EVERY = "every", _("every penalty")
    MARKED = "marked", _("those the law names")


class ReviewResult(TextChoices):
    """What the legal reviewer says of a proposed decision."""

    PASSED = "passed", _("passed")
    AMEND = "amend", _("changes suggested")
    REJECTED = "rejected", _("not agreed")


class Outcome(TextChoices):
    """How a review or a lawsuit ended."""

    UPHELD = "upheld", _("upheld")
    CHANGED = "changed", _("changed")
    REVOKED = "revoked", _("revoked")
    UNLAWFUL = "unlawful", _("found unlawful, left standing")
    WITHDRAWN = "withdrawn", _("withdrawn by the party")


class Disposition(TextChoices):
    """The three means (E20), and nothing."""

    PENALTY = "penalty", _("administrative penalty")
    NO_PENALTY = "no_penalty", _("no penalty")
    AGREEMENT = "agreement", _("handled under the agreement")
    JUDICIAL = "judicial", _("judicial transfer")
    NONE = "none", _("none")


class SubjectKind(TextChoices):
    """C18's five kinds of subject."""

    INSTITUTION = "institution", _("medical institution")
    PHARMACY = "pharmacy", _("retail pharmacy")
    SUPPLIER = "supplier", _("drug maker or supplier")
    PRACTITIONER = "practitioner", _("practitioner")
    INSURED = "insured", _("insured person")


BODIES = frozenset({SubjectKind.INSTITUTION, SubjectKind.PHARMACY, SubjectKind.SUPPLIER})


class Relation(TextChoices):
    """What ties a body to another subject (E34, 条例 art. 43)."""

    PARENT = "parent", _("parent institution")
    LEGAL = "legal", _("legal representative")
    RESPONSIBLE = "responsible", _("person in charge")


ANSWERING = frozenset({Relation.LEGAL, Relation.RESPONSIBLE})


class Change(TextChoices):
    """What becomes of a subject."""

    RENAMED = "renamed", _("renamed")
    MERGED = "merged", _("merged into another")
    SUCCEEDED = "succeeded", _("part taken over by another")
    DEREGISTERED = "deregistered", _("deregistered")
    DIED = "died", _("died")


ENDING = frozenset({Change.MERGED, Change.DEREGISTERED, Change.DIED})  # of whom nobody can apply any more


class Source(TextChoices):
    MONITORING = "monitoring", _("intelligent monitoring")
    REPORT = "report", _("report")
    INSPECTION = "inspection", _("daily inspection")
    TRANSFERRED = "transferred", _("transferred by a department")
    SUPERIOR = "superior", _("assigned from above")
    AUDIT = "audit", _("audit or discipline inspection")
    REVIEW = "review", _("settlement review")
    PROPOSAL = "proposal", _("proposal or petition")
    COMPARISON = "comparison", _("data comparison")


class MoneyKind(TextChoices):
    """One ledger (FACTS §2.1 art. 45: recovered fund and fines never mix)."""

    SUSPECTED = "suspected", _("suspected")
    VERIFIED = "verified", _("verified amount")
    RECOVERED = "recovered", _("recovered")
    FINED = "fined", _("fined")
    FINE_PAID = "fine_paid", _("fine paid")
    REFUSED_PAYMENT = "refused_payment", _("payment refused")
    DEDUCTED = "deducted", _("punitive deduction")
    LIQUIDATED = "liquidated", _("liquidated damages")
    REFUNDED = "refunded", _("voluntary refund")
    REWARDED = "rewarded", _("rewarded")


class Account(TextChoices):
    """Where money that came in is confirmed (条例 art. 45): the fund's own account, or the treasury."""

    FUND = "fund", _("special fiscal account of the fund")
    TREASURY = "treasury", _("treasury")


# kinds of entry the finance department confirms, each into its account; a fine is confirmed when it was paid
ACCOUNTS = {MoneyKind.RECOVERED: Account.FUND, MoneyKind.FINE_PAID: Account.TREASURY}


class CustodyKind(TextChoices):
    RECEIVED = "received", _("received")
    VIEWED = "viewed", _("viewed")
    DOWNLOADED = "downloaded", _("downloaded")
    HANDED_OVER = "handed_over", _("handed over")
    VERIFIED = "verified", _("verified")
    MISMATCH = "mismatch", _("hash did not match")


class NoteAudience(TextChoices):
    SHARED = "shared", _("all departments in the case")
    DEPARTMENT = "department", _("own department")
    PERSONAL = "personal", _("only me")


class Permission(TextChoices):
    """Object permissions on a case, granted to a department's group or a person by guardian."""

    VIEW = "view_case", _("view")
    SUMMARY = "summary_case", _("see metadata and status")
    WORK = "work_case", _("work")


class GrantCause(TextChoices):
    OWNER = "owner", _("owning department")
    STRAND = "strand", _("strand")
    REFERRAL = "referral", _("referral")
    OFFICE = "office", _("office of the region")
    ASSIGNED = "assigned", _("named handler")
    NAMED = "named", _("named on a restricted case")
