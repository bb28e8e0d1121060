"""What the papers of sanctions say, as plain data: frozen with the paper. Words are Chinese, as papers are."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import override

from core.dates import chinese_date, local_date
from departments.models import Department, User
from sanctions.bars import bar_term, bar_until
from sanctions.enums import AppliedStatus, Effect, Ground, ListKind, TermUnit
from sanctions.masking import public_code, public_name
from sanctions.models import AppliedMeasure, Hearing, ListEntry, Measure, MeasureTask, Sanction
from sanctions.publication_masking import scrubbed

UNIT_WORDS = {TermUnit.DAY: "日", TermUnit.MONTH: "个月", TermUnit.YEAR: "年"}
CRITERIA_WORDS = {
    "major_loss": "造成医保基金重大损失", "endangers_safety": "危害人身安全", "especially_serious": "情节特别严重",
    "especially_bad": "社会影响特别恶劣",
}  # fmt: skip


def on(day: dt.date | None) -> str:
    return chinese_date(day) if day is not None else ""


def term_words(amount: int | None, unit: str) -> str:
    """`6个月`; nothing without a term."""
    return f"{amount}{UNIT_WORDS[TermUnit(unit)]}" if amount else ""


def _who(sanction: Sanction) -> dict[str, Any]:
    subject = sanction.subject
    with override("zh-hans"):
        kind = str(subject.get_kind_display())
    return {
        "subject": subject.name, "code": subject.uscc or subject.id_masked or "—", "subject_kind": kind,
        "address": subject.address,
        "ground": "人民法院生效判决" if sanction.ground == Ground.JUDGMENT else "处理决定",
        "decision_number": sanction.decision_number, "decision_authority": sanction.decision_authority,
        "decided_on": on(sanction.decided_on), "effective_on": on(sanction.effective_on),
        "facts": sanction.facts, "basis": sanction.basis, "serious": sanction.serious,
        "criteria": [words for name, words in CRITERIA_WORDS.items() if getattr(sanction, name)],
        "criteria_reason": sanction.criteria_reason,
    }  # fmt: skip


def _proposed(sanction: Sanction, at: dt.datetime) -> list[list[str]]:
    """Department, measure, basis, usual term of every measure proposed."""
    names = {
        row.function: row.name
        for row in Department.objects.active().filter(region=sanction.region).exclude(function="other")
    }
    with override("zh-hans"):
        return [
            [
                names.get(each.function) or str(each.get_function_display()), each.name, each.basis,
                term_words(each.amount, each.unit) or _without(each, local_date(at)),
            ]
            for each in sanction.measures.order_by("order", "code")
        ]  # fmt: skip


def _without(measure: Measure, on: dt.date) -> str:
    """What stands for the term of a measure without one; of a bar the county's rule in force that day."""
    if measure.effect == Effect.BAR:
        return f"{term_words(*bar_term(on))}内不得重新申请"
    return "永久" if measure.effect == Effect.PERMANENT else "—"


def _from(department: Department, by: User | None, at: dt.datetime) -> dict[str, Any]:
    return {
        "issuer": department.name, "date": local_date(at).isoformat(), "contact": by.name if by else "",
        "phone": (by.phone if by else "") or department.hotline, "place": department.address,
    }  # fmt: skip


def of_proposal(sanction: Sanction, *, at: dt.datetime) -> dict[str, Any]:
    """联合惩戒建议书."""
    assert sanction.reviewed_by is not None  # by the action
    return {
        **_who(sanction), **_from(sanction.department, None, at), "authority": sanction.authority.name,
        "case": sanction.case.number, "measures": _proposed(sanction, at),
        "proposed_by": sanction.proposed_by.name, "proposed_on": on(local_date(sanction.proposed_at)),
        "reviewed_by": sanction.reviewed_by.name, "reviewed_on": on(local_date(at)),
    }  # fmt: skip


def of_notice(hearing: Hearing, *, at: dt.datetime) -> dict[str, Any]:
    """告知书: what is intended, and the right to be heard."""
    task = hearing.task
    return {
        **_who(hearing.sanction), **_from(hearing.department, hearing.drafted_by, at), "days": hearing.days,
        "intended": hearing.intended, "determination": _number(hearing.sanction) if task is not None else "",
    }  # fmt: skip


def _number(sanction: Sanction) -> str:
    return sanction.determination_document.number if sanction.determination_document else ""


def of_determination(sanction: Sanction, *, by: User, at: dt.datetime) -> dict[str, Any]:
    """失信认定书."""
    hearing = sanction.hearings.exclude(status="discarded").get(task=None)
    return {
        **_who(sanction), **_from(sanction.authority, by, at), "findings": sanction.findings,
        "notice": hearing.document.number if hearing.document else "", "served_on": on(hearing.served_on),
        "outcome": hearing.outcome, "said": hearing.said, "answer": hearing.answer, "measures": _proposed(sanction, at),
    }  # fmt: skip


def _applied(rows: Iterable[AppliedMeasure]) -> list[dict[str, str]]:
    found = []
    for each in rows:
        bar = ""
        if each.measure.effect == Effect.BAR and each.since is not None:
            until = bar_until(each.since)[0]
            bar = f"{chinese_date(each.since)}至{chinese_date(until)}不得重新申请"
        found.append({
            "name": each.measure.name, "person": each.subject.name if each.subject_id != each.sanction.subject_id else "",
            "extent": each.extent, "basis": each.basis, "since": on(each.since), "until": on(each.until), "bar": bar,
        })  # fmt: skip
    return found


def of_decision(
    task: MeasureTask, rows: list[AppliedMeasure], *, by: User, at: dt.datetime
) -> dict[str, Any]:
    """惩戒措施决定书 of one department."""
    hearing = task.hearings.filter(status="answered").last()
    return {
        **_who(task.sanction), **_from(task.department, by, at), "authority": task.sanction.authority.name,
        "determination": _number(task.sanction), "measures": _applied(rows),
        "heard": hearing is not None, "outcome": hearing.outcome if hearing else "",
        "answer": hearing.answer if hearing else "",
    }  # fmt: skip


def of_feedback(task: MeasureTask, *, by: User, at: dt.datetime) -> dict[str, Any]:
    """联合惩戒反馈表."""
    taken = task.applied.exclude(status__in=(AppliedStatus.DRAFT, AppliedStatus.DROPPED)).select_related(
        "measure"
    )
    return {
        **_who(task.sanction), **_from(task.department, by, at), "authority": task.sanction.authority.name,
        "determination": _number(task.sanction), "decision": task.decision_number, "feedback": task.feedback,
        "rows": [
            [
                each.measure.name, on(each.since), on(each.until) or "—",
                on(each.executed_on) or ("未执行" if each.status == AppliedStatus.LAPSED else "—"),
                each.execution or each.end_reason or "—", each.name or "—",
            ]
            for each in taken.order_by("pk")
        ],
    }  # fmt: skip


def of_list(
    kind: str, entries: Iterable[ListEntry], *, department: Department, at: dt.datetime, first: int = 1,
    part: int = 1, parts: int = 1,
) -> dict[str, Any]:  # fmt: skip
    """名单公示表: natural persons masked (T10). first: the number of its first row; a long list has several parts."""
    with override("zh-hans"):
        rows = [
            [
                public_name(each.subject), public_code(each.subject), each.said,
                scrubbed(each.basis, each.subject), on(each.since),
                on(each.until) or "长期", each.department.name,
                "：".join(filter(None, (str(each.get_status_display()), each.end_said))),
            ]
            for each in entries
        ]  # fmt: skip
        title = str(ListKind(kind).label)
    return {"issuer": department.name, "date": local_date(at).isoformat(), "list": title, "rows": rows} | {
        "first": first, "part": f"（第{part}部分，共{parts}部分）" if parts > 1 else "",
    }  # fmt: skip
