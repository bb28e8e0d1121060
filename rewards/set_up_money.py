"""How the reward rule stands, for the administrator's settings (`core.registry.SettingsPage`)."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.gathering import Gathering, Steps, stepwise
from core.registry import SettingsPage
from core.wording import today
from rewards.models import RewardRule


@stepwise
def reward_rule(user: Any, asked: Gathering) -> Steps:
    """The county has chosen its rule; until then the shipped one of the mechanism holds (T1)."""
    found = asked.rows(RewardRule.objects.visible_to(user).in_force(user.region, today())[:1])
    yield
    now = next(iter(found), None)
    if now is None:
        return False, gettext("No reward rule is in force.")
    if now.region_id is None:
        return False, gettext("“%(name)s” holds by default; the county has to choose.") % {"name": now.name}
    return True, gettext("“%(name)s” holds, %(percent)s %%.") % {
        "name": now.name,
        "percent": f"{now.percent.normalize():f}",
    }


PAGES = [
    SettingsPage(
        90, _("Reward rules"), _("Which share of a verified amount a report earns, from which day on."),
        "rewards:rules", "award", reward_rule, step=False,
    ),
]  # fmt: skip
