"""The coverage of the year for the agenda of a joint meeting: counts, no name of an institution."""

import datetime as dt
from collections.abc import Iterator

from core.registry import Topic
from departments.models import Region
from inspections.coverage import coverage_of
from inspections.models import CoverageYear


def topics(*, region: Region, since: dt.date, until: dt.date) -> Iterator[Topic]:
    """How far the full coverage of the last day's year is, once the job has opened that year for the region."""
    if not CoverageYear.objects.filter(region=region, year=until.year).exists():
        return
    coverage = coverage_of(region, until.year)
    whole = coverage.whole
    # what is counted is the register, not agreements: the sentence says so, for it goes into minutes
    beside = f"（另有{coverage.exempt}家因停业、注销等原因不计入）" if coverage.exempt else ""
    yield Topic(
        key="coverage", kind="report", title=f"通报{coverage.year}年度医药机构检查全覆盖进展",
        text=f"全县登记在册的医疗机构和零售药店{whole.total}家{beside}，已检查{whole.visited}家，检查覆盖率{whole.share}%，尚未检查{whole.left}家。"
             f"其中公立医疗机构{coverage.public.total}家，已检查{coverage.public.visited}家；"
             f"非公立医疗机构{coverage.private.total}家，已检查{coverage.private.visited}家。",
    )  # fmt: skip
