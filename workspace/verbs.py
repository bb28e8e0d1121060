"""How what happens to a person's own things is said in the record and in notices."""

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
    Verb("long_job.done", _("{long_work}: ready to be fetched, {rows} rows"), tone="g", group="access"),
    Verb("long_job.failed", _("{long_work}: could not be done"), tone="r", group="access"),
    Verb("view.digest", _("Digest of your view: {total} cases, {fresh} new, {soon} due soon, {late} overdue")),
)  # fmt: skip
