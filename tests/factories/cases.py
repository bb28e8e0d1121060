"""Cases for tests, built through the actions of the room."""

import datetime as dt
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from cases.actions.registration import register_case
from cases.actions.subjects import add_subject
from cases.enums import Source, SubjectKind
from core.dates import local_date
from core.identifiers import resident_id_check, uscc_check
from departments.models import Category

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
_serial = count(1)


def uscc(serial=None):
    """A 统一社会信用代码 with a right check character."""
    first = f"52431026MJ{serial or next(_serial):07d}"
    return first + uscc_check(first)


def resident_id(serial=None):
    """A resident identity number with a right check character."""
    first = f"43992619800101{serial or next(_serial) % 1000:03d}"
    return first + resident_id_check(first)


def pdf(name="住院病历.pdf", content=PDF):
    """An uploaded PDF; its bytes differ with the name, so that two names are two files."""
    return SimpleUploadedFile(name, content + name.encode(), content_type="application/pdf")


def make_subject(region, *, name="青禾县仁和医院", kind=SubjectKind.INSTITUTION, by=None, at, **more):
    """A body with a valid code, or a person without a number unless one is given."""
    if kind in (SubjectKind.INSTITUTION, SubjectKind.PHARMACY, SubjectKind.SUPPLIER):
        more.setdefault("uscc", uscc())
    return add_subject(region=region, kind=kind, name=name, by=by, at=at, **more)


def make_case(*, by, at, subject=None, **more):
    """A lead registered by `by`: 分解住院 at a hospital, suspected 86 240.00 yuan unless said otherwise."""
    subject = subject or make_subject(by.department.region, at=at)
    given = {
        "source": Source.MONITORING,
        "subjects": [subject],
        "categories": [Category.objects.order_by("order", "code").first()],
        "suspected": "86240.00",
        "found_on": local_date(at) - dt.timedelta(days=1),
        "summary": "智能监控筛查发现同一参保人15日内多次出入院。",
        "duplicates_known": True,
    }
    return register_case(by=by, at=at, **(given | more))
