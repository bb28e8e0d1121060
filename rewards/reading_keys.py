"""What the settings show of custodians' keys. Nothing here writes."""

from dataclasses import dataclass

from core.refusals import Refused
from departments.models import Region
from rewards import openers, vault
from rewards.models import Custodian


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


def key_states(region: Region, having: set[int | None] | None = None) -> tuple[list[KeyState], bool]:
    """The custodians in force with their keys, and whether the opener did not answer. It is asked once for all of them,
    and whatever it refuses (one that was not started anew after an update) leaves the page without counts, no more.

    having: whose keys are in force (`vault.users_with_keys`), where the caller knows it.
    """
    having = vault.users_with_keys(region) if having is None else having
    keys, away = {}, False
    custodians = list(Custodian.objects.in_force().filter(region=region).select_related("user"))
    if any(custodian.user_id in having for custodian in custodians):
        try:
            keys = openers.ask("codes_of_region", region_id=region.pk)["keys"]
        except Refused:
            away = True
    found = []
    for custodian in custodians:
        left, file_left = keys.get(str(custodian.user_id), (None, None))
        found.append(KeyState(custodian, custodian.user_id in having, left, file_left))
    return found, away
