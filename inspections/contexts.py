"""What the papers of an inspection say, as plain data: frozen with the paper. The words are those of the paper."""

import datetime as dt
from typing import Any

from django.utils.translation import override

from core.dates import chinese_date, local_date
from core.wording import money
from departments.models import User
from inspections.actions.common import OFFICERS
from inspections.draw_enums import DrawStatus
from inspections.enums import MemberRole, Outcome, PartRole, VisitStatus, WhyBack
from inspections.frequency import Frequency, caps_of, visits_before
from inspections.models import Checklist, EnforcementCertificate, Inspection, Member, Partner, Target, Visit

SIGNED = {VisitStatus.SIGNED: "已签名", VisitStatus.REFUSED: "拒绝签名"}


def days(inspection: Inspection) -> str:
    """`2026年11月9日至2026年11月20日`, or the one day it is."""
    start, end = chinese_date(inspection.starts_on), chinese_date(inspection.ends_on)
    return start if start == end else f"{start}至{end}"


def over_cap(inspection: Inspection, before: dict[int, tuple[int, int]]) -> list[str]:
    """The targets for which this visit goes beyond the yearly cap, with their count; none of an exempt inspection."""
    if inspection.exempt:
        return []
    caps = caps_of(inspection.region)
    found = []
    for target in inspection.targets.filter(dropped_at=None).select_related("subject").order_by("pk"):
        row = Frequency(target.subject, caps.get(target.subject.kind), *before.get(target.subject_id, (0, 0)))
        if row.reached:
            found.append(f"{row.subject.name}（已查{row.counted}次，上限{row.most}次）")
    return found


def _partners(inspection: Inspection) -> list[Partner]:
    found = inspection.partners.filter(dropped_at=None).select_related("department")
    return list(found.order_by("-leads", "role", "pk"))


def _drawn_for(target: Target, members: list[Member]) -> list[Member]:
    """Of these those who go to the target: where officers were drawn, the department's first so many that still go."""
    draw = target.inspection.draws.filter(status=DrawStatus.DRAWN).first()
    if draw is None:
        return members
    going = {(each.partner.department_id, each.user_id): each.pk for each in members if each.certificate_number}
    chosen: dict[int, list[int]] = {}
    rows = draw.drawn_officers.filter(target__subject=target.subject_id).select_related("certificate")
    for row in rows.order_by("department", "place"):
        team = chosen.setdefault(row.department_id, [])
        pk = going.get((row.department_id, row.certificate.user_id))
        if pk is not None and (not row.reserve or len(team) < OFFICERS):
            team.append(pk)
    named = {pk for team in chosen.values() for pk in team}
    return [each for each in members if not each.certificate_number or each.pk in named]


def _team(inspection: Inspection, target: Target | None = None) -> list[list[str]]:
    """[name, unit, part, certificate number] of everybody who goes (to one target), department by department."""
    there = inspection.members.filter(left_at=None).select_related("partner__department")
    found = list(there.order_by("-partner__leads", "partner", "pk"))
    if target is not None:
        found = _drawn_for(target, found)
    with override("zh-hans"):
        return [
            [
                each.name, each.unit or each.partner.department.name, str(MemberRole(each.role).label),
                each.certificate_number or "—",
            ]
            for each in found
        ]  # fmt: skip


def _plan(inspection: Inspection) -> dict[str, Any]:
    partners = _partners(inspection)
    with override("zh-hans"):
        said = {"kind": inspection.get_kind_display(), "source": inspection.get_source_display()}
    return said | {
        "number_of_plan": inspection.number, "name": inspection.title, "lead": inspection.lead.name,
        "inspecting": [each.department.name for each in partners if each.inspects and not each.leads],
        "supporting": [each.department.name for each in partners if each.role == PartRole.SUPPORTING],
        "days": days(inspection), "basis": inspection.basis, "start_condition": inspection.start_condition,
        "key_areas": inspection.key_areas, "content": inspection.content, "division": inspection.division,
        "source_number": inspection.source_number,
    }  # fmt: skip


def of_approval(inspection: Inspection, *, opinion: str, by: User, at: dt.datetime) -> dict[str, Any]:
    """审批表: the plan, targets with how often they were visited this year, the team with its certificates, who signed."""
    before, counted = visits_before(inspection), not inspection.exempt
    targets = inspection.targets.filter(dropped_at=None).select_related("subject").order_by("pk")
    tasks = [f"{each.department.name}：{each.task}" for each in _partners(inspection) if each.task]
    given = _plan(inspection)
    return given | {
        "issuer": inspection.lead.name, "date": local_date(at).isoformat(),
        "division": "\n".join([*filter(None, [inspection.division]), *tasks]),
        "year": inspection.starts_on.year, "counted": counted, "announced": inspection.announced,
        "targets": [
            [each.subject.name, each.subject.uscc or "", each.reason, *map(str, before.get(each.subject_id, (0, 0)))]
            for each in targets
        ],
        "over": over_cap(inspection, before), "team": _team(inspection),
        "drafter": inspection.drafted_by.name if inspection.drafted_by else "",
        "submitter": inspection.submitted_by.name if inspection.submitted_by else "", "signer": by.name,
        "signer_title": by.job_title, "opinion": opinion or "同意开展检查。",
    }  # fmt: skip


def of_taking_back(target: Target, why: WhyBack, *, number: str, by: User, at: dt.datetime) -> dict[str, Any]:
    """What takes a notice back, to one target. number: of the notice, "" where it was taken back when it was put off."""
    inspection = target.inspection
    return {
        "issuer": inspection.lead.name, "date": local_date(at).isoformat(), "to": target.subject.name,
        "name": inspection.title, "notice": number, "why": why.value, "days": days(inspection), "contact": by.name,
        "phone": by.phone or inspection.lead.hotline,
    }  # fmt: skip


def of_notice(target: Target, *, by: User, at: dt.datetime) -> dict[str, Any]:
    """通知书 to one target: when, what, on what basis, who comes, what its rights are."""
    inspection = target.inspection
    return _plan(inspection) | {
        "issuer": inspection.lead.name, "date": local_date(at).isoformat(), "to": target.subject.name,
        "team": _team(inspection, target), "contact": by.name, "phone": by.phone or inspection.lead.hotline,
        "put_off": inspection.postponements.exists(),
    }  # fmt: skip


def _officers(members: list[Member], on: dt.date | None = None) -> list[str]:
    """Each with the certificate; of a visit with the one in force on its day, which may have been renewed since."""
    shown = certificates_on(members, on) if on else {}
    return [
        f"{each.name}（{each.partner.department.name}，执法证号{shown.get(each.pk, each.certificate_number)}）"
        for each in members
    ]


def certificates_on(members: list[Member], on: dt.date) -> dict[int, str]:
    """Member id → number of the certificate the person held for the department on a local day."""
    held = EnforcementCertificate.objects.filter(user__in=[each.user_id for each in members]).order_by("pk")
    found: dict[tuple[int, int], str] = {}
    for row in held:
        if row.withdrawn_at is None or local_date(row.withdrawn_at) > on:
            found.setdefault((row.user_id, row.department_id), row.number)
    keys = {each.pk: (each.user_id, each.partner.department_id) for each in members}
    return {pk: found[key] for pk, key in keys.items() if key in found}


def of_record(visit: Visit, *, at: dt.datetime) -> dict[str, Any]:
    """现场检查笔录: who was there with which certificate, each line checked, what was found, what the inspected said."""
    inspection, subject = visit.inspection, visit.target.subject
    there = visit.officers.select_related("member__partner__department").order_by("member__partner", "member")
    with override("zh-hans"):
        items = [
            [item.department.short_name, item.text, str(item.get_result_display()), item.remark]
            for item in visit.items.select_related("department").order_by("department", "position")
        ]
        findings = [
            [
                str(row.number),
                row.category.name,
                row.text,
                row.evidence,
                money(row.amount) if row.amount else "—",
            ]
            for row in visit.findings.select_related("category").order_by("number")
        ]
    ends = f"{visit.ends:%H:%M}" if visit.ends else ""
    return {
        "issuer": inspection.lead.name, "date": local_date(at).isoformat(), "name": inspection.title,
        "number_of_plan": inspection.number, "subject": subject.name, "uscc": subject.uscc or "",
        "when": f"{chinese_date(visit.visited_on)}{visit.begins:%H:%M}至{ends}", "place": visit.place,
        "basis": inspection.basis, "officers": _officers([each.member for each in there], visit.visited_on),
        "party": f"{visit.party_name}{f'（{visit.party_title}）' if visit.party_title else ''}",
        "situation": visit.situation, "items": items, "findings": findings, "words": visit.party_words, "blank": False,
    }  # fmt: skip


def of_blank(target: Target, *, at: dt.datetime) -> dict[str, Any]:
    """The same to fill in by hand, where there is no network: with the checklists of every inspecting department."""
    inspection, lines = target.inspection, []
    for partner in _partners(inspection):
        if partner.inspects:
            for each in Checklist.objects.of(partner.department).prefetch_related("items").order_by("pk"):
                lines += [[partner.department.short_name, item.text, "", ""] for item in each.items.all()]
    going = inspection.members.filter(left_at=None, role=MemberRole.INSPECTOR).select_related(
        "partner__department"
    )
    return {
        "issuer": inspection.lead.name, "date": local_date(at).isoformat(), "name": inspection.title,
        "number_of_plan": inspection.number, "subject": target.subject.name, "uscc": target.subject.uscc or "",
        "when": "　　　年　　月　　日　　时　　分至　　时　　分", "place": target.subject.address, "basis": inspection.basis,
        "officers": _officers(list(going.order_by("partner", "pk"))), "party": "", "situation": "", "items": lines,
        "findings": [], "words": "", "blank": True,
    }  # fmt: skip


def of_summary(inspection: Inspection, *, at: dt.datetime) -> dict[str, Any]:
    """现场检查汇总: visits with their records, findings with where they went, who signed."""
    summary = inspection.summaries.order_by("-number").first()
    visits = (
        inspection.visits.standing().select_related("target__subject", "record").order_by("visited_on", "pk")
    )
    found = inspection.findings.select_related("visit__target__subject", "category", "case", "department")
    signed = (
        summary.signatures.filter(kind="signed").select_related("partner__department", "by")
        if summary
        else []
    )
    return _plan(inspection) | {
        "issuer": inspection.lead.name, "date": local_date(at).isoformat(), "text": summary.text if summary else "",
        "visits": [
            [
                each.target.subject.name, each.visited_on.isoformat(), each.record.number if each.record else "",
                SIGNED.get(VisitStatus(each.status), ""),
            ]
            for each in visits
        ],
        "findings": [
            [
                str(row.number), row.visit.target.subject.name, row.category.name, row.text,
                money(row.amount) if row.amount else "—", _where(row),
            ]
            for row in found.order_by("number")
        ],
        "signatures": [
            [each.partner.department.name, each.by.name, local_date(each.at).isoformat()] for each in signed
        ],
    }  # fmt: skip


def _where(row: Any) -> str:
    """Where a finding went; of a case its number alone, and not even that of a restricted one."""
    if row.case is not None and row.case.restricted:
        return "另行处理"
    if row.case is not None:
        return f"{'转为' if row.outcome == Outcome.CASE else '并入'}{row.case.number}"
    if row.outcome == Outcome.RECTIFY:
        return f"责令整改，{row.rectification.due_on.isoformat()}前完成"
    return "提示"
