"""How often one line may ask without an account. Where the line came from is not kept: only a keyed digest of it,
in the cache, until the window ends; never with a report."""

from django.http import HttpRequest

from core import visitors
from core.sealing import blind_index

# times, seconds; more: a form that grows by a reporter sends its files along, so it counts too, though more freely
LIMITS = {"report": (10, 3600), "more": (30, 3600), "follow": (20, 600)}


def too_often(request: HttpRequest, what: str) -> bool:
    """Count one more try; whether it is one too many."""
    times, seconds = LIMITS[what]
    mark = blind_index(visitors.address_of(request), purpose="rewards.limit")[:32]
    return visitors.too_often(f"rewards:{what}:{mark}", times=times, seconds=seconds)
