"""Whether every department of a county has somebody who signs (`core.registry.SettingsPage`)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.memory import remembered
from core.registry import SettingsPage
from departments.enums import Function, Role
from departments.models import Department, User
from departments.set_up import posts_held, working
from referrals.enums import BY_POLICE, LetterKind
from referrals.models import SigningRule
from referrals.rules import RANK


def post_words(value: Any) -> str:
    """A post as words; nobody where a kind of paper is not reviewed."""
    if not value:
        return gettext("nobody")
    return str(Role(value).label if value in Role.values else value)


def without_signer(user: User, rules: Iterable[SigningRule]) -> dict[str, list[Department]]:
    """kind → the departments of the user's region in which nobody may sign it."""
    held: dict[int, set[str]] = {}
    for department_id, _function, role in posts_held(user):
        held.setdefault(department_id, set()).add(role)
    departments = working(user)
    return {
        rule.kind: [
            each for each in departments if _writes(each, rule) and not held.get(each.pk, set()) & _may_sign(rule)
        ]
        for rule in rules
    }


def _writes(department: Department, rule: SigningRule) -> bool:
    """Whether letters of this kind leave that department: 督办函 the office alone, what is decided on a suspected
    crime the police."""
    own = {LetterKind.SUPERVISION: Function.OFFICE, **dict.fromkeys(BY_POLICE, Function.POLICE)}
    if rule.kind in own:
        return department.function == own[LetterKind(rule.kind)]
    return department.function != Function.OFFICE


def _may_sign(rule: SigningRule) -> set[str]:
    """The signer of the rule and the leaders above (`referrals.rules.at_least`)."""
    signer = Role(rule.signer)
    return {role.value for role in (RANK[RANK.index(signer) :] if signer in RANK else (signer,))}


def asks(user: User) -> dict[str, QuerySet]:
    return {"set_up.signing": SigningRule.objects.visible_to(user)}


def signing(user: User) -> tuple[bool, str]:
    """Every kind of paper can be signed in every department."""
    ((key, asked),) = asks(user).items()
    rules = remembered(user, key, lambda: list(asked))
    found = without_signer(user, rules).values()
    lacking = sorted({each for departments in found for each in departments}, key=lambda each: each.pk)
    if lacking:
        names = gettext(", ").join(str(department) for department in lacking)
        return False, gettext("Nobody signs some kind of letter at: %(names)s") % {"names": names}
    return bool(rules), gettext("%(n)d kinds of letter; every department has who signs them.") % {
        "n": len(rules)
    }


PAGES = [
    SettingsPage(
        80, _("Signing rules"), _("Who reviews and who signs each kind of letter."),
        "referrals:signing_rules", "pen", signing, asks=asks,
    ),
]  # fmt: skip
