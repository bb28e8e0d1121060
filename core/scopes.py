"""Every model declares which rows belong to whom, and how long it is kept; a test walks them all."""

from enum import StrEnum


class Scope(StrEnum):
    """What decides who may see a row of a model (DESIGN §3)."""

    CASE = "case"  # follows the case it hangs on
    DEPARTMENT = "department"  # the department's own staff
    REGION = "region"  # everybody with a post in the region
    PERSON = "person"  # one user's own
    DICTIONARY = "dictionary"  # everybody signed in may read
    NONE = "none"  # machinery; no page shows it


class Retention(StrEnum):
    """How long rows are kept. PERMANENT is the case file; LOG at least three years (FACTS §2.10)."""

    PERMANENT = "permanent"
    CASE_FILE = "case_file"
    LOG = "log"
    SHORT = "short"


class Classification(StrEnum):
    """How secret a field is (DESIGN §5); a field not named in a model's `classification` is INTERNAL."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SEALED = "sealed"
