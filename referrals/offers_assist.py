"""What this person may do now with a request to another place: its paper first, then delivery and answer."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from departments.models import User
from referrals import rules_assist as rules
from referrals.models import AssistLetter
from referrals.offers import Offer, of_paper

_STAGE = (
    ("deliver", _("Prove delivery"), rules.can_record_delivery, False),
    ("answer", _("Record the answer"), rules.can_record_answer, False),
    ("close", _("Close"), rules.can_close, False),
    ("withdraw", pgettext_lazy("letter", "Withdraw"), rules.can_withdraw, True),
)


def of_assist(user: User, letter: AssistLetter) -> list[Offer]:
    return of_paper(user, letter) + [
        Offer(code, label, reverse(f"referrals:assist_{code}", args=[letter.pk]), danger=danger)
        for code, label, rule, danger in _STAGE
        if rule(user, letter)
    ]
