"""The kinds of thing of rewards that rows of lower rooms point to."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.registry import Kind
from rewards.models import BankFile, Eligibility, Payment, Reward, RewardBudget, RewardPaper, RewardRule


def _url(thing):
    return thing.get_absolute_url()


KINDS = (
    Kind("reward", lambda user: Reward.objects.visible_to(user), str, _url, label=_("reward")),
    Kind(
        "reward_paper", lambda user: RewardPaper.objects.visible_to(user).select_related("reward"), str,
        lambda paper: paper.reward.get_absolute_url(), label=_("paper of a reward"),
    ),
    Kind(
        "reward_payment", lambda user: Payment.objects.visible_to(user).select_related("reward"), str,
        lambda payment: payment.reward.get_absolute_url(), label=_("payment of a reward"),
    ),
    Kind(
        "reward_budget", lambda user: RewardBudget.objects.visible_to(user), str,
        lambda budget: reverse("rewards:budget"), label=_("reward budget"),
    ),
    Kind(
        "reward_rule", lambda user: RewardRule.objects.visible_to(user), str,
        lambda rule: reverse("rewards:rules"), label=_("reward rule"),
    ),
    Kind("bank_file", lambda user: BankFile.objects.visible_to(user), str, _url, label=_("bank file")),
    Kind(
        "eligibility", lambda user: Eligibility.objects.visible_to(user).select_related("reporter__report"),
        lambda asked: str(asked.reporter),
        lambda asked: reverse("rewards:eligibility", args=[asked.reporter_id]), label=_("eligibility"),
    ),
)  # fmt: skip
