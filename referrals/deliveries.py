"""Who took a letter at the other side: what the 送达回证 of it prints (FACTS §3)."""

from django.utils import timezone

from departments.models import User
from documents.models import IssuedDocument
from referrals.models import Referral

FILE_SHOWN = 16  # signs of a SHA-256 that stand on paper


def taken(document: IssuedDocument, user: User) -> list[tuple[str, str, str, str, str]]:
    """Signed for here with the account of the person, or proved on paper; nothing where nobody took it yet."""
    found = Referral.objects.visible_to(user).filter(document=document, received_at__isnull=False)
    rows = []
    for letter in found.select_related("receiver", "received_by", "delivery_proof").order_by("pk"):
        proof = getattr(letter, "delivery_proof", None)
        if proof is not None:
            rows.append((
                letter.receiver.name, proof.method, proof.received_by_name, proof.delivered_on.isoformat(),
                f"送达证明 {proof.sha256[:FILE_SHOWN]}",
            ))  # fmt: skip
        elif letter.receiver.has_account:
            person = letter.received_by
            rows.append((
                letter.receiver.name, "系统签收", f"{person.name}（{person.staff_number}）",
                f"{timezone.localtime(letter.received_at):%Y-%m-%d %H:%M}", "系统签收记录",
            ))  # fmt: skip
    return rows
