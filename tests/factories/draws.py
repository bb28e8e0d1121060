"""Pools, certificates and random inspections up to their draw, through the actions of the room."""

import datetime as dt
from itertools import count
from types import SimpleNamespace

from departments.enums import Role
from documents.enums import Layout
from documents.models import IssuedDocument, Series
from inspections.actions.certificates import enter_certificate
from inspections.actions.coverage import exempt_body
from inspections.actions.draw import ask_annulment, commit_draw, make_draw
from inspections.actions.planning import add_partner, ask_partners, draft_inspection
from inspections.actions.pools import add_target, make_pool
from inspections.actions.pools_officers import add_officer, declare_recusal
from inspections.models import Pool
from tests.cast import person
from tests.factories.cases import make_subject

HOUR = dt.timedelta(hours=1)
WORDS = {
    "title": "2026年定点医疗机构“双随机”检查", "source": "plan", "basis": "年度检查计划", "start_condition": "计划启动",
    "key_areas": "住院", "content": "医保基金使用情况",
}  # fmt: skip
NAMES = ("仁和医院", "康宁医院", "中医院", "妇幼保健院", "城东卫生院", "惠民药房")
NUMBER = "03 07 12 19 25 31 + 08"


def inspection_of(lead, *, by, at, kind="random", asked=True, partners=(), ends_in=20, **more):
    """A plan of the lead department, put to the departments named as inspecting."""
    today = at.date()
    given = {
        **WORDS,
        "starts_on": today + dt.timedelta(days=5),
        "ends_on": today + dt.timedelta(days=ends_in),
    }
    made = draft_inspection(lead=lead, by=by, at=at, kind=kind, **(given | more))
    for department in partners:
        add_partner(inspection=made, department=department, role="inspecting", by=by, at=at)
    if asked:
        ask_partners(inspection=made, by=by, at=at)
        made.refresh_from_db()
    return made


def certified(department, number, *, at, count=1, until=None):
    """`count` people of a department with a certificate each."""
    made = []
    for n in range(count):
        user = person(f"{number}-{n}", f"检查员{number}{n}", department, Role.HANDLER, at=at)
        made.append(
            enter_certificate(
                department=department, user=user, number=f"C{number}-{n}", valid_until=until or dt.date(2028, 12, 31),
                by=user, at=at,
            )
        )  # fmt: skip
    return made


def pools(*, by, at, targets=4, certificates=(), heavy=None):
    """(pool of targets, pool of officers) of the department `by` acts for. heavy: place → weight, with a reason."""
    first = make_pool(kind="targets", name="定点机构库", by=by, at=at)
    for n in range(targets):
        weight = (heavy or {}).get(n, 1)
        subject = make_subject(by.department.region, name=f"{NAMES[n % 6]}{n}", at=at)
        add_target(
            pool=first, subject=subject, area="城关镇", risk="high" if weight > 1 else "low", weight=weight,
            reason="上年度查实违规" if weight > 1 else "", by=by, at=at,
        )  # fmt: skip
    second = make_pool(kind="officers", name="执法人员库", by=by, at=at)
    for certificate in certificates:
        add_officer(pool=second, certificate=certificate, by=by, at=at)
    return Pool.objects.get(pk=first.pk), Pool.objects.get(pk=second.pk)


def commit(inspection, target_pool, officer_pool, *, by, at, **more):
    """Committed to, with the number out two hours later."""
    given = {
        "target_version": target_pool.version, "officer_version": officer_pool.version, "targets_wanted": 2,
        "officers_wanted": 2, "public_what": "双色球第2026135期开奖号码", "public_from": at + 2 * HOUR, "declared": True,
    }  # fmt: skip
    return commit_draw(
        inspection=inspection,
        target_pool=target_pool,
        officer_pool=officer_pool,
        by=by,
        at=at,
        **(given | more),
    )


def setting(lead, other, *, by, witness, at, targets=4, officers=4, heavy=None):
    """Everything before the draw: an inspection of two departments and both pools."""
    certificates = [
        *certified(lead, "A", at=at, count=officers),
        *certified(other, "B", at=at, count=officers),
    ]
    inspection = inspection_of(lead, by=by, at=at, partners=[other])
    target_pool, officer_pool = pools(by=by, at=at, targets=targets, certificates=certificates, heavy=heavy)
    return SimpleNamespace(
        inspection=inspection, target_pool=target_pool, officer_pool=officer_pool, certificates=certificates, by=by,
        witness=witness, at=at, out=at + 3 * HOUR,
    )  # fmt: skip


def committed(place, **more):
    return commit(place.inspection, place.target_pool, place.officer_pool, by=place.by, at=place.at, **more)


def drawn(place, **more):
    return make_draw(draw=committed(place, **more), public_number=NUMBER, by=place.witness, at=place.out)


_papers = count(1)


def paper(target, *, by, at):
    """A numbered record, as it stands in the tables; no file is printed."""
    n, department = next(_papers), target.inspection.lead
    series, _made = Series.objects.get_or_create(region=department.region, mark="测笔录", year=2026)
    return IssuedDocument.objects.create(
        kind="inspection_record", layout=Layout.FORM, department=department, series=series, sequence=n,
        number=f"测笔录{n}号", title="现场检查笔录", context={}, template_version=1, file=f"record{n}.pdf",
        sha256=f"{n:064x}", size=1, verification_code=f"{900000000000 + n}", issued_at=at, issued_by=by, case_id=None,
        region_id=department.region_id, target_kind="inspection_target", target_id=target.pk,
    )  # fmt: skip


def visited(inspection, subject, on, *, by, at, over=True):
    """A visit of a body on a day, as it stands in the tables once its record was signed, or begun only."""
    from inspections.models import Target, Visit

    target, _made = Target.objects.get_or_create(
        inspection=inspection, subject=subject,
        defaults={"added_by": by, "added_at": at, "created_at": at, "updated_at": at},
    )  # fmt: skip
    signed = {
        "status": "signed", "party_name": "李院长", "record": paper(target, by=by, at=at), "printed_by": by,
        "printed_at": at, "ended_by": by, "ended_at": at,
    } if over else {}  # fmt: skip
    return Visit.objects.create(
        inspection=inspection, target=target, visited_on=on, begins=dt.time(9), place="一楼大厅", opened_by=by, opened_at=at,
        created_at=at, updated_at=at, **signed,
    )  # fmt: skip


def doors(lead, other, *, by, witness, at):
    """For the doors: both pools, a random inspection without a draw, one committed to, and one drawn two days ago with a
    request to annul it."""
    before = at - dt.timedelta(days=2)
    place = setting(lead, other, by=by, witness=witness, at=before)
    made = drawn(place)
    ask_annulment(draw=made, reason="核对", by=by, at=at)
    committed_to = inspection_of(lead, by=by, at=at, partners=[other])
    draw = commit(committed_to, place.target_pool, place.officer_pool, by=by, at=at)
    officer = place.officer_pool.officers.first()
    recusal = declare_recusal(officer=officer, subject=None, reason="借调", by=by, at=at)
    return SimpleNamespace(
        pool=Pool.objects.get(pk=place.target_pool.pk), people_pool=Pool.objects.get(pk=place.officer_pool.pk),
        pool_target=place.target_pool.targets.first(), pool_officer=officer, pool_recusal=recusal, draw=draw, drawn=made,
        random_plan=inspection_of(lead, by=by, at=at, partners=[other]),
        exemption=exempt_body(
            subject=place.target_pool.targets.last().subject, from_year=at.year, reason="停业", by=by, at=at
        ),
    )  # fmt: skip
