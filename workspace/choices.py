"""Which pages keep views and preferences; filled by the rooms in `apps.py: ready()`."""

# page → what a person may choose there: name → allowed values; a name ending in “s” takes several
CHOICES: dict[str, dict[str, tuple[str, ...]]] = {}
# page → the name of its address
PAGES: dict[str, str] = {}
