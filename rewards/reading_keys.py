"""What the settings show of custodians' keys. Nothing here writes."""

from dataclasses import dataclass

from departments.models import Region
from rewards import openers, vault
from rewards.models import Custodian
from rewards.refusals_opening import OpenerAway


@dataclass(frozen=True)
class KeyState:
    """A custodian and their key. `left`, `file_left`: one-time codes for openings and for bank files; None without a
    key, or while the opener does not answer."""

    custodian: Custodian
    has: bool
    left: int | None
    file_left: int | None

    @property
    def lacks(self) -> bool:
        """Made before bank files had codes of their own, or codes used up: a new key is needed."""
        return 0 in (self.left, self.file_left)


def key_states(region: Region) -> tuple[list[KeyState], bool]:
    """The custodians in force with their keys, and whether the opener did not answer."""
    having, away, found = vault.users_with_keys(region), False, []
    for custodian in Custodian.objects.in_force().filter(region=region).select_related("user"):
        has, left, file_left = custodian.user_id in having, None, None
        if has and not away:
            try:
                held = openers.ask("codes_left", user_id=custodian.user_id, region_id=region.pk)
                left, file_left = held["left"], held["file_left"]
            except OpenerAway:
                away = True
        found.append(KeyState(custodian, has, left, file_left))
    return found, away
