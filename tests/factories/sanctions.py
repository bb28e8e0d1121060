"""Joint sanctions at every stage, through the actions of the room; people are found or engaged by their post."""

import datetime as dt
from itertools import count

from cases.enums import Disposition
from core.dates import local_date
from departments.enums import Role
from departments.models import User
from documents.models import IssuedDocument, Series
from sanctions.actions.bulk_sending import send_out
from sanctions.actions.determining import determine
from sanctions.actions.hearing import (
    answer_statement,
    draft_notice,
    record_statement,
    serve_notice,
    sign_notice,
)
from sanctions.actions.lists import propose_entry
from sanctions.actions.measures import acknowledge, add_measure, decide_measures, execute_measure, feed_back
from sanctions.actions.proposing import CRITERIA, propose_sanction, review_proposal
from sanctions.models import AppliedMeasure, Bar, Hearing, ListEntry, Measure, MeasureTask, Repair, Sanction
from tests.cast import person
from tests.factories.cases import make_case, make_subject, pdf
from tests.factories.rewards_money import decide

DAY = dt.timedelta(days=1)
_serial = count(1)


def somebody(department, role, *, but=()):
    """Who holds the post in the department, engaged where nobody does."""
    found = (
        User.objects.acting_for(department, role)
        .exclude(pk__in=[user.pk for user in but])
        .order_by("pk")
        .first()
    )
    return found or person(f"cf{next(_serial):04d}", f"{department.short_name}{role.label}", department, role)


def measure(code):
    return Measure.objects.get(code=code)


def decided_case(
    insurance, *, at, subject=None, disposition=Disposition.PENALTY, number="青医保罚〔2026〕1号", **more
):
    """A case of the medical-insurance department whose strand is decided."""
    handler = somebody(insurance, Role.HANDLER)
    somebody(insurance, Role.DEPUTY_HEAD)
    case = make_case(by=handler, at=at, subject=subject or make_subject(insurance.region, at=at), **more)
    decide(case, at=at, disposition=disposition, decision_number=number)
    return case


def ground(case, *, at, **more):
    """What a proposal on the ground of the case's decision says."""
    given = {
        "ground": "decision", "strand": case.strands.order_by("pk").first(), "document": None, "decision_number": "",
        "decision_authority": "", "decided_on": local_date(at), "effective_on": None, "convicting": False,
        "facts": "2025年1月至6月分解住院126人次，骗取医保基金86240.00元。", "basis": "医疗保障基金使用监督管理条例第四十条",
        **dict.fromkeys(CRITERIA, False), "criteria_reason": "",
    }  # fmt: skip
    return given | more


def judged(*, at, **more):
    """What a proposal on the ground of an effective convicting judgment says, beside `ground`."""
    day = local_date(at)
    return {
        "ground": "judgment", "strand": None, "decision_number": "（2026）青刑初1号", "decision_authority": "青禾县人民法院",
        "decided_on": day - 40 * DAY, "effective_on": day - 20 * DAY, "convicting": True, **more,
    }  # fmt: skip


def proposed(insurance, *, at, case=None, codes=("suspend-designation", "health-grading"), by=None, **more):
    """A sanction of the case's subject as its handler proposed it."""
    case = case or decided_case(insurance, at=at)
    subject = more.pop("subject", None) or case.subjects.order_by("pk").first()
    return propose_sanction(
        case=case, subject=subject, department=insurance, measures=[measure(code) for code in codes],
        by=by or somebody(insurance, Role.HANDLER), at=at, **ground(case, at=at, **more),
    )  # fmt: skip


def paper(sanction, department, kind, *, at, by):
    """An issued paper about it without printing one."""
    number = next(_serial)
    series, _made = Series.objects.get_or_create(region=department.region, mark=f"测{number}", year=2026)
    return IssuedDocument.objects.create(
        kind=kind, layout="form", department=department, series=series, sequence=1, number=f"测{number}〔2026〕1号",
        title="联合惩戒文书", context={"layout": "form"}, template_version="1", file=f"documents/{number}.pdf",
        sha256="0" * 64,
        size=1, verification_code=f"TEST{number:08d}", issued_at=at, issued_by=by, case_id=sanction.case_id,
        region_id=department.region_id, target_kind="sanction", target_id=sanction.pk,
    )  # fmt: skip


def reviewed(insurance, *, at, printed=False, **more):
    """Reviewed by the section head; `printed` by the action, which prints the proposal."""
    sanction = proposed(insurance, at=at, **more)
    by = somebody(insurance, Role.SECTION_HEAD)
    if printed:
        review_proposal(sanction=sanction, by=by, at=at)
        return sanction
    number = paper(sanction, insurance, "sanction_proposal", at=at, by=by)
    Sanction.objects.filter(pk=sanction.pk).update(reviewed_by=by, reviewed_at=at, proposal_document=number)
    return fresh(sanction)


def hear(sanction, *, at, task=None, outcome="statement", until="answered"):
    """The hearing by the authority, or by the task's department, brought to a state."""
    department = task.department if task is not None else sanction.authority
    handler = somebody(department, Role.HANDLER)
    chief = somebody(department, Role.SECTION_HEAD)
    hearing = draft_notice(
        sanction=sanction, task=task, intended="拟认定失信并实施联合惩戒。", days=5, by=handler, at=at
    )
    if until == "drafted":
        return hearing
    sign_notice(hearing=hearing, by=chief, at=at)
    if until == "signed":
        return hearing
    serve_notice(
        hearing=hearing, served_on=local_date(at), served_how="直接送达，当事人签收", by=handler, at=at
    )
    if until == "served":
        return hearing
    record_statement(
        hearing=hearing, outcome=outcome, said_on=local_date(at), said="请求从轻。" if outcome == "statement" else "",
        final=outcome == "statement",
        scan=pdf("放弃陈述申辩书.pdf") if outcome == "waived" else None, by=handler, at=at,
    )  # fmt: skip
    if until == "said":
        return hearing
    return answer_statement(hearing=hearing, answer="已考虑，事实清楚，不予采纳。", by=handler, at=at)


def heard(insurance, *, at, printed=False, **more):
    sanction = reviewed(insurance, at=at, printed=printed, **more)
    if printed:
        hear(sanction, at=at)
    else:
        heard_row(sanction, None, at=at)
        Sanction.objects.filter(pk=sanction.pk).update(status="heard")
    return fresh(sanction)


def heard_row(sanction, task, *, at):
    """A hearing that is over, as it stands afterwards: nothing is printed."""
    department = task.department if task is not None else sanction.authority
    one, two = somebody(department, Role.HANDLER), somebody(department, Role.SECTION_HEAD)
    return Hearing.objects.create(
        sanction=sanction, task=task, department=department, status="answered", intended="拟实施联合惩戒。", days=5,
        drafted_by=one, drafted_at=at, signed_by=two, signed_at=at,
        document=paper(sanction, department, "sanction_notice", at=at, by=two), served_on=local_date(at),
        served_how="直接送达", due_on=local_date(at) + 7 * DAY, served_by=one, served_at=at, outcome="statement",
        said_on=local_date(at), said="请求从轻。", final=True, recorded_by=one, recorded_at=at, answer="不予采纳。",
        answered_by=one, answered_at=at, created_at=at, updated_at=at,
    )  # fmt: skip


def determined(insurance, *, at, printed=False, **more):
    sanction = heard(insurance, at=at, printed=printed, **more)
    by = somebody(insurance, Role.DEPUTY_HEAD)
    if printed:
        determine(sanction=sanction, findings="认定失信。", by=by, at=at)
        return sanction
    number = paper(sanction, insurance, "sanction_determination", at=at, by=by)
    Sanction.objects.filter(pk=sanction.pk).update(
        status="decided",
        findings="认定失信。",
        determined_by=by,
        determined_at=at,
        determination_document=number,
    )
    return fresh(sanction)


def in_force(insurance, *, at, **more):
    """Determined and sent to every department there is."""
    sanction = determined(insurance, at=at, **more)
    send_out(at)
    sanction.refresh_from_db()
    return sanction


def task_of(sanction, department):
    found = MeasureTask.objects.select_related(
        "department", "sanction__case", "sanction__subject", "sanction__authority"
    )
    return found.get(sanction=sanction, department=department)


def taken_in(sanction, department, *, at):
    task = task_of(sanction, department)
    return acknowledge(task=task, by=somebody(department, Role.HANDLER), at=at)


def drafted(sanction, department, *codes, at, **more):
    """The department's task, taken in, with these measures drafted."""
    task = task_of(sanction, department)
    if task.status == "issued":
        taken_in(sanction, department, at=at)
    for code in codes:
        row = measure(code)
        given = {} if row.amount is None else {"amount": row.amount, "unit": row.unit}
        add_measure(
            task=task, measure=row, by=somebody(department, Role.HANDLER), at=at, **(given | more),
        )  # fmt: skip
    task.refresh_from_db()
    return task


def decided(sanction, department, *codes, at, printed=False, **more):
    """The same decided by the deputy head, by a paper issued elsewhere; who has to be heard was heard."""
    task = drafted(sanction, department, *codes, at=at, **more)
    if task.applied.filter(measure__own_hearing=True).exists():
        heard_row(sanction, task, at=at)
    number = "" if printed else f"{department.mark}决〔2026〕{next(_serial)}号"
    return decide_measures(
        task=task, decision_number=number, decided_on=None if printed else local_date(at),
        by=somebody(department, Role.DEPUTY_HEAD), at=at,
    )  # fmt: skip


def executed(sanction, department, *codes, at, **more):
    task = decided(sanction, department, *codes, at=at, **more)
    for applied in task.applied.filter(status="decided").select_related("measure", "task"):
        execute_measure(
            applied=applied, executed_on=local_date(at), execution="已执行。", proof=pdf(f"佐证{applied.pk}.pdf"),
            by=somebody(department, Role.HANDLER), at=at,
        )  # fmt: skip
    task.refresh_from_db()
    return task


def fed_back(sanction, department, *codes, at, **more):
    task = executed(sanction, department, *codes, at=at, **more)
    return feed_back(task=task, feedback="措施已全部执行。", by=somebody(department, Role.HANDLER), at=at)


def proposed_entry(department, *, at, subject=None, kind="black", sanction=None, **more):
    """Proposed for a list; for the black and the serious one on a determination that stands, made where none is given."""
    subject = subject or make_subject(department.region, at=at)
    if kind in ("black", "serious") and sanction is None:
        criteria = {} if kind == "black" else {**dict.fromkeys(CRITERIA, True), "criteria_reason": "数额特别巨大。"}
        case = decided_case(department, at=at, subject=subject, number=f"青医保罚〔2026〕{next(_serial)}号")
        sanction = determined(department, at=at, case=case, codes=("blacklist",), **criteria)
    given = {"reason": "拒不退回医保基金", "basis": "名单管理办法", "amount": 1, "unit": "year"} | more
    by = given.pop("by", None) or somebody(department, Role.HANDLER)
    return propose_entry(
        subject=subject, department=department, kind=kind, sanction=sanction, by=by, at=at, **given
    )  # fmt: skip


def fresh(sanction):
    return Sanction.objects.select_related("case", "subject", "authority", "department").get(pk=sanction.pk)


def doors(case, document, insurance, health, *, at, file, sha256, handler, chief, deputy):
    """For the doors: a proposed sanction, one in force with a task of health and measures of insurance, an entry, a repair.

    Rows only: nothing is printed.
    """
    from types import SimpleNamespace

    day, stamps = local_date(at), {"created_at": at, "updated_at": at}
    scan = {"name": "佐证.pdf", "file": file, "media_type": "application/pdf", "sha256": sha256}
    given = {
        "region": case.region, "case": case, "department": insurance, "authority": insurance, "proposed_by": handler,
        "proposed_at": at, "facts": "分解住院。", "basis": "条例第四十条", **judged(at=at), **stamps,
    }  # fmt: skip
    waiting = Sanction.objects.create(subject=case.subjects.get(), **given)
    shop = make_subject(case.region, name="青禾县康民药店", kind="pharmacy", at=at)
    standing = Sanction.objects.create(
        subject=shop, status="in_force", reviewed_by=chief, reviewed_at=at, determined_by=deputy, determined_at=at,
        determination_document=document, sent_at=at, findings="认定失信。", **given,
    )  # fmt: skip
    hearing = Hearing.objects.create(
        sanction=standing, department=insurance, status="answered", intended="拟认定失信。", days=5, drafted_by=handler,
        drafted_at=at, signed_by=chief, signed_at=at, served_on=day, served_how="直接送达", due_on=day, served_by=handler,
        served_at=at, outcome="statement", said_on=day, said="请求从轻。", recorded_by=handler, recorded_at=at,
        answer="不予采纳。", answered_by=handler, answered_at=at, **scan, **stamps,
    )  # fmt: skip
    task = MeasureTask.objects.create(sanction=standing, department=health, **stamps)
    own = MeasureTask.objects.create(
        sanction=standing, department=insurance, status="executed", person=handler, acknowledged_by=handler,
        acknowledged_at=at, drafted_by=handler, drafted_at=at, decided_by=deputy, decided_at=at,
        decision_number="青医保决〔2026〕1号", executed_by=handler, executed_at=at, **stamps,
    )  # fmt: skip
    taken = {
        "task": own, "sanction": standing, "department": insurance, "subject": shop, "status": "executed", "basis": "条例",
        "since": day, "decision_number": "青医保决〔2026〕1号", "decided_on": day, "executed_on": day,
        "executed_by": handler, "executed_at": at, **scan, **stamps,
    }  # fmt: skip
    applied = AppliedMeasure.objects.create(measure=measure("agreement-terms"), **taken)
    cancelled = AppliedMeasure.objects.create(measure=measure("cancel-designation"), **taken)
    bar = Bar.objects.create(
        region=case.region, subject=shop, sanction=standing, applied=cancelled, ground="cancellation", basis="机制",
        decision_number="青医保决〔2026〕1号", since=day, until=day + 1096 * DAY, **stamps,
    )  # fmt: skip
    entry = ListEntry.objects.create(
        region=case.region, department=insurance, subject=shop, sanction=standing, kind="black", status="listed",
        reason="拒不退回",
        basis="机制", since=day, until=day + 365 * DAY, proposed_by=handler, proposed_at=at, approved_by=deputy,
        approved_at=at, **stamps,
    )  # fmt: skip
    repair = Repair.objects.create(
        region=case.region, department=insurance, entry=entry, sanction=standing, subject=shop, applied_on=day,
        grounds="已退回", commitment="守信", recorded_by=handler, recorded_at=at, **scan, **stamps,
    )  # fmt: skip
    return SimpleNamespace(
        sanction=waiting, standing=standing, hearing=hearing, task=task, applied=applied, bar=bar, entry=entry,
        repair=repair, measure=applied.measure,
    )  # fmt: skip
