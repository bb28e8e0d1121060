"""Who signs what by default (DESIGN §2); a county edits the rows."""

import datetime as dt
from decimal import Decimal

from departments.enums import Role
from referrals.enums import LetterKind

ASSIST_BASIS = "强监管“十条措施”：重点做好3万元以上大额跨省住院疑似违规费用的协查工作"

# kind → (reviewer or "", signer)
SIGNING = {
    LetterKind.BULLETIN: ("", Role.SECTION_HEAD),
    LetterKind.TRANSFER: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.SUPPORT: ("", Role.SECTION_HEAD),
    LetterKind.EARLY: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.COMPARISON: ("", Role.SECTION_HEAD),
    # 310号令 art. 5: reported to the head, who decides; nobody stands between
    LetterKind.CRIMINAL: ("", Role.HEAD),
    LetterKind.ANSWER: ("", Role.SECTION_HEAD),
    LetterKind.OPINION: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.TASK_REPORT: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.TASK_DELAY: ("", Role.SECTION_HEAD),
    LetterKind.TASK_HAND: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.ASSIST: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.COMPLETION: ("", Role.SECTION_HEAD),
    LetterKind.SUPPLY: ("", Role.SECTION_HEAD),
    # the coordinator drafts, the head of the office signs
    LetterKind.SUPERVISION: ("", Role.HEAD),
    # 公安部程序规定: whether a case is filed is approved by a person in charge of the police of the county
    LetterKind.FILING: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    # within 24 hours of receipt: one signature; what belongs elsewhere is passed on by a person in charge
    LetterKind.INCOMPLETE: ("", Role.SECTION_HEAD),
    LetterKind.FORWARDING: ("", Role.DEPUTY_HEAD),
    LetterKind.RECONSIDERED: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.REVOCATION: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.CORRECTION: ("", Role.SECTION_HEAD),
    LetterKind.RECONSIDER: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
    LetterKind.OVERSIGHT: (Role.SECTION_HEAD, Role.DEPUTY_HEAD),
}


def signing_rules() -> None:
    """Add the missing rules; what a county has edited stays."""
    from referrals.models import SigningRule

    for kind, (reviewer, signer) in SIGNING.items():
        SigningRule.objects.get_or_create(kind=kind, defaults={"reviewer": reviewer, "signer": signer})


def assist_threshold(model=None) -> None:
    """The amount of E45 where a county has none; what it has entered stays."""
    from django.apps import apps

    threshold = model or apps.get_model("referrals", "AssistThreshold")
    if not threshold.objects.exists():
        threshold.objects.create(amount=Decimal("30000.00"), effective_from=dt.date(2024, 10, 14), basis=ASSIST_BASIS)
