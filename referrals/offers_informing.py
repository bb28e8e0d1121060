"""What this person may do now with a joint team: the first offer is the one primary button of its page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from departments.models import User
from referrals import rules_informing as rules
from referrals.models import JointTeam
from referrals.offers import Offer

# code, label, rule, danger — in order of importance
_TEAM = (
    ("share", _("Share a finding"), rules.can_share, False),
    ("view", _("Give our view"), rules.can_give_view, False),
    ("paper_share", _("Enter a finding received on paper"), rules.can_enter_paper, False),
    ("paper_view", _("Enter a view received on paper"), rules.can_enter_paper, False),
    ("paper_members", _("Name persons of a body on paper"), rules.can_enter_paper, False),
    ("conclude", _("Record the opinion"), rules.can_conclude, False),
    ("members", _("Name persons"), rules.can_name_members, False),
    ("dissolve", _("Dissolve the team"), rules.can_dissolve, True),
)


def of_team(user: User, team: JointTeam) -> list[Offer]:
    """The steps of a joint team."""
    return [
        Offer(code, label, reverse(f"referrals:team_{code}", args=[team.pk]), danger=danger)
        for code, label, rule, danger in _TEAM
        if rule(user, team)
    ]
