"""What became of a case that ended by going on in another (ADR 0075)."""

from cases.enums import CaseStatus
from cases.models import Case, CaseMerge


def result_case(case: Case) -> Case:
    """The case whose filing and result are those of `case`: itself, or the one it was merged into."""
    if case.status != CaseStatus.CLOSED:
        return case
    merge = CaseMerge.objects.in_force().filter(case=case).select_related("main").first()
    return case if merge is None else merge.main
