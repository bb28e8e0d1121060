"""What happens to a person's own things, in words."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb(
        "delegation.set",
        _("{delegate_user} stands in for {away_user} from {since} until {until}"), tone="b", group="access",
    ),
    Verb("delegation.ended", _("{delegate_user} no longer stands in for {away_user}"), tone="y", group="access"),
    Verb(
        "delegation.over", _("The days on which {delegate_user} stood in for {away_user} are over"), group="access"
    ),
    Verb("delegation.taken_up", _("{actor} began to act on behalf of {away_user}"), tone="b", group="access"),
)  # fmt: skip
