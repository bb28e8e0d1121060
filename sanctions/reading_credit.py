"""What the pages of publications and points show beside their rows: lamps, offers, the next step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.wording import today
from deadlines.calendar import Calendar
from deadlines.lamps import Lamp, lamp_of
from deadlines.models import Deadline
from journal.models import Event
from journal.render import timeline
from sanctions import rules_credit as rules
from sanctions.enums_credit import PublicationStatus
from sanctions.models import Publication

S = PublicationStatus


@dataclass(frozen=True)
class Offer:
    """A button: leads to a page."""

    label: str
    url: str
    danger: bool = False


def lamps(rows: Iterable[Any]) -> dict[int, Lamp]:
    """The lamp of each row's newest clock, running or met; one statement."""
    rows = list(rows)
    if not rows:
        return {}
    calendar, day = Calendar.current(), today()
    clocks = Deadline.objects.filter(target_kind=rows[0].kind_code, target_id__in=[row.pk for row in rows])
    return {
        clock.target_id: lamp_of(clock, day, calendar)
        for clock in clocks.select_related("rule").order_by("pk")
    }


def clocks(row: Any) -> list[tuple[Deadline, Lamp]]:
    """Every clock of a row, with its lamp."""
    calendar, day = Calendar.current(), today()
    found = Deadline.objects.of(row.kind_code, row.pk).select_related("rule").order_by("pk")
    return [(clock, lamp_of(clock, day, calendar)) for clock in found]


def _offers(
    user: Any, row: Any, given: Iterable[tuple[Callable[[Any, Any], bool], str, str, bool]]
) -> list[Offer]:
    return [
        Offer(label, reverse(f"sanctions:{name}", args=[row.pk]), danger=danger)
        for rule, label, name, danger in given
        if rule(user, row)
    ]


def publication_offers(user: Any, row: Publication) -> list[Offer]:
    """What this person may do with it, the next step first."""
    published = row.status == S.PUBLISHED
    return _offers(
        user, row,
        [
            (rules.can_release, _("Release"), "release_publication", False),
            (rules.can_prepare, _("Prepare") if row.status == S.OWED else _("Edit"), "edit_publication", False),
            (rules.can_prove_withdrawal, _("Prove the withdrawal"), "prove_withdrawal", False),
            (
                lambda u, r: published and rules.can_start_withdrawal(u, r), pgettext("publication", "Withdraw"),
                "withdraw_publication", True,
            ),
            (rules.can_send_back, _("Send back"), "return_publication", True),
            (rules.can_drop, _("Do not publish"), "drop_publication", True),
        ],
    )  # fmt: skip


def entry_offers(user: Any, row: Any, kind: str) -> list[Offer]:
    """kind: points or score."""
    return _offers(
        user, row,
        [
            (
                lambda u, r: rules.can_confirm(u, r) and r.entered_by_id != u.pk, pgettext("points", "Confirm"),
                f"confirm_{kind}", False,
            ),
            (rules.can_reject, _("Do not confirm"), f"reject_{kind}", True),
            (lambda u, r: rules.can_revoke(u, r) and r.entered_by_id != u.pk, _("Revoke"), f"revoke_{kind}", True),
        ],
    )  # fmt: skip


def consequence_offers(user: Any, row: Any) -> list[Offer]:
    return _offers(
        user, row,
        [
            (rules.can_settle, _("Enter what was done"), "settle_consequence", False),
            (rules.can_settle, _("Not done"), "dismiss_consequence", True),
            (
                lambda u, r: rules.can_lift(u, r) and r.done_by_id != u.pk, pgettext("consequence", "Lift"),
                "lift_consequence", True,
            ),
        ],
    )  # fmt: skip


def story(row: Any, user: Any) -> Any:
    """What happened to a thing outside any case, by day: its page was loaded through its own door."""
    events = Event.objects.filter(target_kind=row.kind_code, target_id=row.pk).order_by("pk")
    return timeline(events, user)
