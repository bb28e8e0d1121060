"""What this person may do now with a thing: the first offer is the one primary button of its page."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.gathering import Gathering
from core.together import hang_on
from deadlines.calendar import Calendar
from departments.enums import ReferralKind
from departments.models import User
from referrals import receiving_rules, rules, rules_comparison, rules_informing
from referrals.enums import ReferralStatus
from referrals.models import Comparison, FollowUp, ListSupervision, Paper, Referral, Reply


@dataclass(frozen=True)
class Offer:
    """One button. `direct` ones are sent at once (with key and seen state), the others lead to a page."""

    code: str
    label: Any
    url: str
    direct: bool = False
    danger: bool = False


# what the rules ask of a letter beside its own columns: lists of letters fetch it along
ASKED_OF = (
    "extensions", "completions", "withdrawals", "supervisions", "links", "forwardings", "chases",
    "follow_ups__delivery",
)  # fmt: skip



def bring_along(letters: list[Referral], user: User) -> None:
    """Fetch what the rules ask of these letters, and the replies still in this person's hands, in one statement."""
    asked = {name: _rows(name) for name in ASKED_OF if name not in ("chases", "follow_ups__delivery")}
    follow_ups = FollowUp.objects.select_related("delivery")  # door: of letters the caller may see
    hang_on(letters, follow_ups=follow_ups, replies=Reply.objects.visible_to(user).open(), **asked)
    keep_waiting(letters)


def bring_along_in_step(letters: QuerySet, user: User, asked: Gathering) -> None:
    """The same, and the reminders, in the next step of a reading; afterwards `waiting_replies` has to be told apart."""
    for name in ASKED_OF:
        field = name.partition("__")[0]
        found = FollowUp.objects.select_related("delivery") if field == "follow_ups" else _rows(field)  # door: as above
        _hang(letters, field, found, asked)
    _hang(letters, "replies", Reply.objects.visible_to(user).open(), asked)


def _hang(letters: QuerySet, name: str, found: QuerySet, asked: Gathering) -> None:
    key: Any = Referral._meta.get_field(name)
    ids = [letter.pk for letter in letters]
    asked.hang_each(letters, name, found.filter(**{f"{key.field.name}__in": ids}))


def keep_waiting(letters: Iterable[Referral]) -> None:
    """Of the replies only those that wait were brought along: the whole list of them is asked anew."""
    for letter in letters:
        letter.waiting_replies = list(letter.replies.all())  # type: ignore[attr-defined]
        del letter._prefetched_objects_cache["replies"]  # type: ignore[attr-defined]


def _rows(name: str) -> QuerySet:
    return Referral._meta.get_field(name).related_model._default_manager.all()


# code, label, rule, direct, danger — in order of importance
_PAPER = (
    ("submit", _("Submit for review"), rules.can_submit, True, False),
    ("review", _("Reviewed, pass on"), rules.can_review, True, False),
    ("approve", _("Sign"), rules.can_approve, True, False),
    ("send", _("Number and send"), rules.can_send, False, False),
    ("edit", _("Change"), rules.can_edit, False, False),
    ("send_back", _("Give back to be changed"), rules.can_send_back, False, False),
    ("discard", _("Give up"), rules.can_discard, False, True),
)
_REFERRAL = (
    ("sign", _("Sign for"), rules.can_sign_for, False, False),
    ("decide_withdrawal", _("Decide on the withdrawal"), receiving_rules.can_decide_withdrawal, False, False),
    ("reply_supervision", _("Reply to the office"), receiving_rules.can_reply_to_supervision, False, False),
    ("supervise", _("Supervise"), receiving_rules.can_supervise, False, False),
    ("record_said", _("Record what the body says"), receiving_rules.can_record_said, False, False),
    ("take_completion", _("Take in what was supplied"), receiving_rules.can_take_completion, True, False),
    ("supply", _("Supply what is missing"), receiving_rules.can_supply, False, False),
    ("accept", _("Accept"), rules.can_accept, True, False),
    ("accept_in_part", _("Accept in part"), receiving_rules.can_accept_in_part, False, False),
    ("join", _("Take part"), rules_informing.can_join, False, False),
    ("reply", _("Draft the answer"), rules.can_reply, False, False),
    ("assign", _("Assign"), rules.can_assign, False, False),
    ("close", _("Close"), rules.can_close, False, False),
    ("redo", _("Send back to be done again"), rules.can_redo, False, False),
    ("ask_completion", _("Ask for completion"), receiving_rules.can_ask_completion, False, False),
    ("drop_completion", _("Wait for completion no longer"), receiving_rules.can_drop_completion, False, False),
    ("forward", _("Forward"), receiving_rules.can_forward, False, False),
    ("return", _("Return"), rules.can_return, False, False),
    ("decline", _("Do not take part"), rules_informing.can_decline, False, False),
    ("extend", _("Ask for a longer limit"), rules.can_ask_extension, False, False),
    ("chase", _("Chase"), rules.can_chase, True, False),
    ("deliver", _("Prove delivery"), rules.can_prove_delivery, False, False),
    ("issue_link", _("One-time answer link"), receiving_rules.can_issue_link, False, False),
    ("end_link", _("Take the link back"), receiving_rules.can_end_link, True, False),
    ("withdraw", pgettext_lazy("letter", "Withdraw"), rules.can_withdraw, False, True),
    ("ask_withdrawal", _("Ask to withdraw"), receiving_rules.can_ask_withdrawal, False, True),
)


_COMPARISON = (
    ("submit", _("Submit for signature"), rules_comparison.can_submit, True, False),
    ("approve", _("Sign"), rules_comparison.can_approve, True, False),
    ("send", _("Number and send"), rules_comparison.can_send, False, False),
    ("receive", _("Sign for"), rules_comparison.can_receive, False, False),
    ("prepare", _("Enter the result"), rules_comparison.can_prepare, False, False),
    ("record_result", _("Enter the paper answer"), rules_comparison.can_record_result, False, False),
    ("answer", _("Sign and answer"), rules_comparison.can_answer, False, False),
    ("leads", _("Open leads"), rules_comparison.can_open_leads, False, False),
    ("download", _("Download the list"), rules_comparison.can_download, False, False),
    ("send_back", _("Give back to be changed"), rules_comparison.can_send_back, False, False),
    ("send_back_result", _("Give the result back"), rules_comparison.can_send_back_result, False, False),
    ("edit", _("Change"), rules_comparison.can_edit, False, False),
    ("return", _("Return without a result"), rules_comparison.can_return, False, True),
    ("withdraw", pgettext_lazy("letter", "Withdraw"), rules_comparison.can_withdraw, False, True),
    ("close", _("Close and destroy the list"), rules_comparison.can_close, False, True),
    ("discard", _("Give up"), rules_comparison.can_discard, False, True),
)


_FOLLOW_UP = (*_PAPER, ("deliver", _("Prove delivery"), rules.can_prove_service, False, False))


def _offers(user: User, thing: Any, table: tuple, prefix: str) -> list[Offer]:
    return [
        Offer(code, label, reverse(f"referrals:{prefix}_{code}", args=[thing.pk]), direct, danger)
        for code, label, rule, direct, danger in table
        if rule(user, thing)
    ]


def of_paper(user: User, paper: Paper) -> list[Offer]:
    """A dispatch, a reply or any other paper; its addresses begin with its kind."""
    return _offers(user, paper, _FOLLOW_UP if paper.kind_code == "follow_up" else _PAPER, paper.kind_code)


def of_referral(user: User, referral: Referral) -> list[Offer]:
    """A referral, an extension that waits for this person first; chased once, it is not offered that day again."""
    asked = rules.asked_extension(referral)
    first = []
    if asked is not None and rules.can_decide_extension(user, asked):
        first = [Offer("decide", _("Decide on the extension"), reverse("referrals:extension_decide", args=[asked.pk]))]
    offered = first + _offers(user, referral, _REFERRAL, "referral")
    if any(offer.code == "chase" for offer in offered) and _chased(referral):
        offered = [offer for offer in offered if offer.code != "chase"]
    if referral.status == ReferralStatus.RETURNED and rules.can_send_elsewhere(user, referral):
        name = "new_support" if referral.kind == ReferralKind.SUPPORT else "new"
        url = reverse(f"referrals:{name}", args=[referral.case_id])
        elsewhere = f"{url}?kind={referral.kind}&again={referral.pk}"
        offered.insert(0, Offer("send_elsewhere", _("Send it to another department"), elsewhere))
    return offered


def chase_day() -> dt.date:
    """The working day a reminder sent now counts for (at most one)."""
    return Calendar.current().next_working_day(timezone.localdate())


def _chased(referral: Referral) -> bool:
    """Whether that day's reminder was sent; a letter asked for with `chased_today` brings the answer along."""
    known = getattr(referral, "chased_today", None)
    if known is not None:
        return bool(known)
    day = chase_day()
    return any(chase.on == day for chase in referral.chases.all())


_LIST_SUPERVISION = (
    ("reply", _("Reply to the office"), rules_comparison.can_reply_to_supervision, False, False),
    ("review", _("Reviewed, pass on"), rules_comparison.can_review_supervision, True, False),
    ("issue", _("Sign and send"), rules_comparison.can_issue_supervision, False, False),
    ("deliver", _("Prove delivery"), rules_comparison.can_prove_supervision, False, False),
    ("discard", _("Give up"), rules_comparison.can_discard_supervision, False, True),
)


def of_list_supervision(user: User, supervision: ListSupervision) -> list[Offer]:
    """督办 of a data comparison."""
    return _offers(user, supervision, _LIST_SUPERVISION, "list_supervision")


def of_comparison(user: User, comparison: Comparison) -> list[Offer]:
    """A data comparison."""
    return _offers(user, comparison, _COMPARISON, "comparison")
