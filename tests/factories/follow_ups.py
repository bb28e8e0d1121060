"""Letters about a letter for tests: drafted by one person, signed and sent by others of the department."""

from core.dates import local_date
from departments.enums import Role
from departments.models import User
from referrals.actions.crime_drafts import draft_filing
from referrals.actions.follow_ups import (
    draft_completion,
    draft_supervision,
    draft_supply,
    send_follow_up,
    submit_follow_up,
)
from referrals.actions.papers import approve_paper, discard_paper, review_paper
from referrals.actions.serving import prove_service
from referrals.enums import LetterKind
from referrals.rules import RANK, signing_rule
from tests.cast import person
from tests.factories.cases import pdf
from tests.factories.referrals import acting


def somebody(letter, role):
    """Another person of the department than drafter and reviewer, with a post of this rank or above; else made for it."""
    for rank in RANK[RANK.index(role) :]:
        found = acting(letter.department, rank)
        if found is not None and found.pk not in (letter.drafted_by_id, letter.reviewed_by_id):
            return found
    return _engaged(letter.department, role, but=letter.reviewed_by_id)


def _engaged(department, role, but=None):
    """A department of a test may lack who signs or sends, or a second one who may."""
    held = User.objects.acting_for(department, role).filter(staff_number__startswith="zz")
    found = held.exclude(pk=but).first()
    number = f"zz{department.pk}{held.count() or ''}{role}"
    return found or person(number[:20], f"某{role}"[:20], department, role)


def _registrar(letter):
    if letter.kind == LetterKind.SUPERVISION:
        return letter.drafted_by
    return acting(letter.department, Role.REGISTRAR) or _engaged(letter.department, Role.REGISTRAR)


def bring_follow_up(letter, status, *, at, **more):
    """Submit, review, sign and send as far as `status`."""
    if status == "discarded":
        return discard_paper(paper=letter, reason="不需要了", by=letter.drafted_by, at=at)
    if status == "draft":
        return letter
    rule = signing_rule(letter)
    submit_follow_up(letter=letter, by=letter.drafted_by, at=at)
    if status == "submitted":
        return letter
    if rule.reviewer:
        review_paper(paper=letter, by=somebody(letter, rule.reviewer), at=at)
    if status == "reviewed":
        return letter
    approve_paper(paper=letter, by=somebody(letter, rule.signer), at=at)
    if status == "sent":
        send_follow_up(letter=letter, by=_registrar(letter), at=at, **more)
    return letter


def ask_completion(*, at, **given):
    """A 补正函 signed and sent: the completion it opened."""
    letter = bring_follow_up(draft_completion(at=at, **given), "sent", at=at)
    return letter.referral.completions.order_by("pk").last()


def supply_completion(*, completion, at, late_reason="", **given):
    """What was missing, signed and sent; the completion."""
    letter = draft_supply(completion=completion, at=at, **given)
    bring_follow_up(letter, "sent", at=at, late_reason=late_reason)
    completion.refresh_from_db()
    return completion


def serve_supply(completion, *, at, by=None):
    """送达回证 of the letter that brings what was missing to a body on paper."""
    letter = completion.supplements.get(status="sent")
    prove_service(
        letter=letter, delivered_on=local_date(at), received_by_name="收发室", method="专人送达", upload=pdf("回证.pdf"),
        by=by or _registrar(letter), at=at,
    )  # fmt: skip
    return letter


def supervise(*, at, **given):
    """A 督办函 signed and sent: the supervision it began."""
    letter = bring_follow_up(draft_supervision(at=at, **given), "sent", at=at)
    return letter.referral.supervisions.order_by("pk").last()


def write_here(draft, *, transfer, at, late_reason="", **given):
    """A letter about a suspected crime, drafted by `draft`, signed and sent; the transfer."""
    letter = draft(transfer=transfer, at=at, **given)
    bring_follow_up(letter, "sent", at=at, late_reason=late_reason)
    transfer.refresh_from_db()
    return transfer


def decide_here(*, transfer, at, late_reason="", **given):
    """立案（不予立案）通知书 of police who work here, signed and sent; the transfer."""
    return write_here(draft_filing, transfer=transfer, at=at, late_reason=late_reason, **given)
