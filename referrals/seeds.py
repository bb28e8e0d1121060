"""Who signs what by default (DESIGN §2); a county edits the rows."""

from departments.enums import Role
from referrals.enums import LetterKind

# kind → (reviewer or "", signer)
SIGNING = {
    LetterKind.BULLETIN: ("", Role.SECTION_HEAD),
    LetterKind.TRANSFER: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.SUPPORT: ("", Role.SECTION_HEAD),
    LetterKind.EARLY: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.COMPARISON: ("", Role.SECTION_HEAD),
    LetterKind.CRIMINAL: (Role.DEPUTY_HEAD, Role.HEAD),
    LetterKind.ANSWER: ("", Role.SECTION_HEAD),
    LetterKind.OPINION: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.TASK_REPORT: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.TASK_DELAY: ("", Role.SECTION_HEAD),
    LetterKind.TASK_HAND: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
}


def signing_rules() -> None:
    """Add the missing rules; what a county has edited stays."""
    from referrals.models import SigningRule

    for kind, (reviewer, signer) in SIGNING.items():
        SigningRule.objects.get_or_create(kind=kind, defaults={"reviewer": reviewer, "signer": signer})
