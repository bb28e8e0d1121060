"""Joint inspections at every stage, through the actions of the room.

Medical insurance leads; health inspects with it. Each has two officers with certificates (`officers`).
"""

import datetime as dt
from itertools import count
from types import SimpleNamespace

from core.dates import local_date
from departments.enums import Role
from departments.models import Category, User
from inspections.actions import (
    approval,
    certificates,
    closing,
    findings,
    outcomes,
    planning,
    records,
    team,
    visits,
)
from inspections.actions.checklists import save_checklist
from inspections.models import EnforcementCertificate, Inspection, Member, Summary
from tests.cast import person
from tests.factories.cases import make_subject, pdf

DAY = dt.timedelta(days=1)
PLAN = {
    "title": "定点医疗机构联合检查", "kind": "joint", "source": "plan", "source_number": "",
    "basis": "《医疗保障基金使用监督管理条例》第二十六条", "start_condition": "年度检查计划",
    "key_areas": "住院环节", "content": "医保基金使用情况。\n诊疗行为规范情况。", "division": "",
}  # fmt: skip


_serial = count(1)


def officers(department, *, at, n=2, until=None):
    """`n` handlers of a department with certificates valid for a year, or until a day."""
    held = []
    for _each in range(n):
        number = next(_serial)
        name = f"{department.short_name[:3]}检查员{number}"
        user = person(f"zf{number:05d}", name, department, Role.HANDLER, at=at)
        held.append(certificate(user, department, at=at, until=until))
    return held


def certificate(user, department, *, at, until=None, number=None) -> EnforcementCertificate:
    return certificates.enter_certificate(
        department=department, user=user, number=number or f"执法{user.staff_number}",
        valid_until=until or local_date(at) + 365 * DAY, by=user, at=at,
    )  # fmt: skip


def draft(lead, *, by, at, starts_in=0, days=30, **more) -> Inspection:
    """A plan of `lead` from today, for a month."""
    start = local_date(at) + starts_in * DAY
    plan = {**PLAN, "starts_on": start, "ends_on": start + days * DAY, **more}
    return planning.draft_inspection(lead=lead, by=by, at=at, **plan)


def with_target(inspection, *, by, at, name="青禾县仁和医院", **more):
    subject = make_subject(inspection.region, name=name, at=at, address="青禾县人民路1号", **more)
    return planning.add_target(inspection=inspection, subject=subject, reason="年度覆盖", by=by, at=at)


def asked(lead, partner, *, by, at, role="inspecting", **more) -> Inspection:
    """With one target and another department that was asked; the lead has named its people."""
    inspection = draft(lead, by=by, at=at, **more)
    with_target(inspection, by=by, at=at)
    planning.add_partner(
        inspection=inspection, department=partner, role=role, task="查诊疗行为", by=by, at=at
    )
    confirm(inspection, lead, by=by, at=at)
    return planning.ask_partners(inspection=inspection, by=by, at=at)


def confirm(inspection, department, *, by, at, held=None, assistants=()):
    """The department takes part with two officers, new ones unless given."""
    row = inspection.partners.get(department=department)
    if held is None:
        held = officers(department, at=at) if row.inspects else []
        assistants = assistants or ([by] if not row.inspects else [])
    return team.confirm_part(
        partner=row, officers=held, assistants=list(assistants), declared=True, by=by, at=at
    )


def submitted(lead, partner, *, by, answering, at, **more) -> Inspection:
    inspection = asked(lead, partner, by=by, at=at, **more)
    confirm(inspection, partner, by=answering, at=at)
    return approval.submit_inspection(inspection=inspection, by=by, at=at)


def signer_of(department) -> User:
    return User.objects.acting_for(department, Role.DEPUTY_HEAD).order_by("pk").first()


def approved(lead, partner, *, by, answering, at, **more) -> Inspection:
    inspection = submitted(lead, partner, by=by, answering=answering, at=at, **more)
    return approval.approve_inspection(inspection=inspection, by=signer_of(lead), at=at)


def under_way(lead, partner, *, by, answering, at, **more) -> Inspection:
    """Signed and begun; unannounced, so that no letters are printed, unless a kind is given."""
    inspection = approved(
        lead, partner, by=by, answering=answering, at=at, **({"kind": "unannounced"} | more)
    )
    if inspection.announced:
        approval.send_notices(inspection=inspection, by=by, at=at)
    return approval.begin_inspection(inspection=inspection, by=by, at=at)


def inspectors(inspection) -> list[Member]:
    found = inspection.members.filter(role="inspector", left_at=None).select_related(
        "partner__department", "certificate"
    )
    return list(found.order_by("pk"))


def visit(inspection, *, by, at, target=None, on=None, people=None):
    """A visit of today by everybody."""
    target = target or inspection.targets.order_by("pk").first()
    return visits.open_visit(
        target=target, visited_on=on or local_date(at), begins=dt.time(9, 30), place="青禾县人民路1号",
        officers=people if people is not None else inspectors(inspection), by=by, at=at,
    )  # fmt: skip


RECORD = {
    "begins": dt.time(9, 30), "ends": dt.time(11, 0), "place": "青禾县人民路1号", "told_recusal": True,
    "situation": "查阅住院病历20份，询问当班医师2人。", "party_name": "李院长", "party_title": "院长",
    "party_words": "情况属实。",
}  # fmt: skip


def written(made, *, by, at, **more):
    """The record written and every line checked."""
    visits.write_record(visit=made, version=made.version, by=by, at=at, **(RECORD | more))
    lines = dict.fromkeys(made.items.values_list("pk", flat=True), ("fine", ""))
    return visits.check_items(visit=made, results=lines, by=by, at=at)


def signed(made, *, by, at):
    """Printed and signed by the inspected."""
    records.print_record(visit=written(made, by=by, at=at), by=by, at=at)
    return records.sign_record(visit=made, by=by, at=at)


def finding(made, *, by, at, files=(), **more):
    """分解住院, 12 000 yuan, with a photograph where files are named."""
    given = {
        "category": Category.objects.get(code="split-admission"), "text": "同一患者15日内两次住院，病历记载病情连续。",
        "evidence": "病历复印件", "amount": "12000.00", "files": [pdf(name) for name in files],
    }  # fmt: skip
    return findings.add_finding(visit=made, by=by, at=at, **(given | more))


def reported(inspection, *, by, at, text="共检查1家单位，发现问题1个。"):
    return closing.report_inspection(inspection=inspection, text=text, by=by, at=at)


def sign_all(inspection, *, at):
    """Every department signs the newest summary, by anybody of it."""
    summary = closing.newest(inspection)
    for row in inspection.partners.filter(dropped_at=None).select_related("department", "inspection"):
        by = User.objects.acting_for(row.department).order_by("pk").first()
        closing.sign_summary(partner=row, number=summary.number, by=by, at=at)


def doors(parties, document, *, at):
    """A plan health was asked about, and an inspection under way with something of everything; nothing is printed.

    parties: lead, partner, by, answering. document: stands for the approval form.
    """
    given = {key: parties[key] for key in ("lead", "partner", "by")}
    plan = asked(**given, at=at)
    going = submitted(**parties, at=at, kind="unannounced")
    Inspection.objects.filter(pk=going.pk).update(
        status="under_way", approved_by=signer_of(parties["lead"]), approved_at=at, approval_form=document,
        started_by=parties["by"], started_at=at,
    )  # fmt: skip
    going.refresh_from_db()
    made = visit(going, by=parties["by"], at=at)
    found, put_right = (finding(made, by=parties["by"], at=at, files=[name]) for name in ("甲.pdf", "乙.pdf"))
    outcomes.have_rectified(
        finding=put_right,
        text="补正",
        due_on=local_date(at) + DAY,
        person=parties["by"],
        by=parties["by"],
        at=at,
    )
    photo = visits.add_visit_file(visit=made, upload=pdf("现场.pdf"), by=parties["by"], at=at)
    summary = Summary.objects.create(inspection=going, number=1, text="共检查1家。", by=parties["by"], at=at)
    own = save_checklist(
        department=parties["lead"], title="本局清单", lines=[("一", "")], by=parties["by"], at=at
    )
    return SimpleNamespace(
        inspection_plan=plan, inspection_part=plan.partners.get(leads=False), inspection_member=plan.members.first(),
        inspection_target=plan.targets.get(), inspection_spot=going.targets.get(), inspection_visit=made,
        inspection_finding=found, inspection_rectification=put_right.rectification, inspection_photo=photo,
        inspection_proof=found.files.get(), inspection_summary=summary, inspection_checklist=own,
        inspection_certificate=plan.members.first().certificate,
    )  # fmt: skip
