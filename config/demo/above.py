"""What came to the demo county from above and beside, and what it asked of other places: told through the actions."""

import datetime as dt
from decimal import Decimal

from cases.actions.registration import register_case
from cases.enums import Source
from cases.models import Case, Subject
from config.demo.diary import Diary
from config.demo.papers import later, sign, somebody
from config.demo.world import World, scan
from core.dates import local_date
from departments.enums import Function, Role
from departments.models import Category
from referrals.actions.above_cases import link_case, open_case, state_case
from referrals.actions.above_closing import chase_task, close_task
from referrals.actions.above_intake import accept_task, assign_task, register_task
from referrals.actions.above_letters import draft_task_letter, send_task_letter
from referrals.actions.assist_letters import draft_assist, record_answer, record_delivery, send_assist
from referrals.actions.assist_stays import register_stay
from referrals.enums_above import TaskKind
from referrals.models import Task, TaskLetter

CITY = "沧澜市医疗保障局"
ASKS = (
    # kind, body, number, subject, request, how long ago, working days to report, how far
    (TaskKind.ASSIGNED, CITY, "沧医保函〔2026〕112号", "关于核查住院费用异常增长问题线索的通知",
     "请对所附线索逐条核查，依法依规处理，按期书面报告办理情况。", 16, 20, "reported"),
    (TaskKind.ASSIGNED, "沧澜市医疗保障局基金监管科", "沧医保监〔2026〕35号", "关于报送“回头看”专项整治总结的通知",
     "请全面总结专项整治情况，逐项对账销号后报送。", 12, 6, "accepted"),
    (TaskKind.DESIGNATED, CITY, "沧医保指〔2026〕4号", "关于指定管辖仁和医院跨县结算问题的通知",
     "仁和医院有关问题涉及两县，指定由你县医疗保障局管辖。", 7, 15, "accepted"),
    (TaskKind.ASSIST, "云溪县医疗保障局", "云医保函〔2026〕58号", "关于商请协查参保人员在青禾住院情况的函",
     "请协助核查该参保人员住院病历、费用清单及在院情况。", 5, None, "assigned"),
    (TaskKind.RAISED, CITY, "沧医保函〔2026〕120号", "关于提级办理血液透析虚增次数案的通知",
     "该案涉案金额较大，由市局提级办理，请移交案件材料。", 6, 8, "handed"),
    (TaskKind.ASSIGNED, "县人民政府督查室", "青政督〔2026〕19号", "关于核查群众反映药店串换药品问题的督办通知",
     "请核查并反馈。", 1, 10, "registered"),
)  # fmt: skip
HANDED = (
    "关于移交血液透析虚增次数案件的函",
    "我局已完成数据筛查、现场检查和部分询问笔录，现有材料随函移交。",
)
REPORTED = (
    "关于住院费用异常增长问题线索核查情况的报告",
    "收到线索后，我局成立核查组，调取结算数据和住院病历，逐条核实。\n经核查，部分问题属实，已依法立案调查。",
)


def tell_above(world: World, *, now: dt.datetime, calendar) -> None:
    """Every letter as far as its line says, or to the present."""
    cases = list(Case.objects.exclude(status="closed").filter(owner__function=Function.INSURANCE).order_by("-suspected"))
    for index, ask in enumerate(ASKS):
        ago = ask[5]
        start = calendar.add_working_days(local_date(now), -ago)
        diary = Diary(calendar=calendar, start=start, now=now, random=world.random)
        try:
            _tell(world, diary, ask, cases[index])
        except Diary.StopStory:
            continue
    start = calendar.add_working_days(local_date(now), -18)
    try:
        _ask_elsewhere(world, Diary(calendar=calendar, start=start, now=now, random=world.random), cases[-1])
    except Diary.StopStory:
        return


def _tell(world: World, diary: Diary, ask: tuple, case: Case) -> None:
    kind, body, number, subject, request, _ago, days, end = ask
    if kind == TaskKind.RAISED:
        case = _dialysis(world, diary)  # a lead of its own: clocks of the other stories have run on already
    office = world.one(Function.OFFICE, Role.COORDINATOR)
    task = register_task(
        kind=kind, body_name=body, number=number, subject=subject, request=request, received_on=local_date(diary.at),
        due_on=later(diary, days) if days else None, scan=scan(world, "来文扫描件"), by=office, at=diary.at,
    )  # fmt: skip
    if end == "registered":
        return
    department = world.departments[Function.INSURANCE]
    handler = case.handler or world.one(Function.INSURANCE, Role.HANDLER)
    assign_task(task=task, department=department, person=handler, by=office, at=diary.then(minutes=60))
    if end == "assigned":
        return
    accept_task(task=task, by=handler, at=diary.then(minutes=90))
    if kind != TaskKind.ASSIGNED or end == "reported":
        link_case(task=task, case=case, by=handler, at=diary.then(minutes=60))
    if end == "accepted":
        _go_on(world, diary, task, office)
        return
    for link in task.links.select_related("task", "case"):
        if kind != TaskKind.RAISED:
            state_case(link=link, outcome="partly", remark="已立案，正在调查取证", by=handler, at=diary.then(days=2))
    _answer(world, diary, task, case)
    if kind == TaskKind.ASSIGNED:
        close_task(task=task, by=office, at=diary.then(days=1))


def _dialysis(world: World, diary: Diary) -> Case:
    """The large lead that the city takes up a little later."""
    return register_case(
        source=Source.MONITORING, subjects=[Subject.objects.get(name="安康血液透析中心")],
        categories=list(Category.objects.filter(code="false-service")), suspected=Decimal("2143800.00"),
        summary="复核透析器购销存与结算数据，2025年度虚增透析次数，涉及患者61名。", found_on=local_date(diary.at),
        major=True, duplicates_known=True, files=[scan(world, "透析登记本")], by=world.one(Function.INSURANCE, Role.HANDLER),
        at=diary.at,
    )  # fmt: skip


def _go_on(world: World, diary: Diary, task: Task, office) -> None:
    """A designation opens a lead of its own; the other task is chased when it falls behind."""
    if task.kind == TaskKind.DESIGNATED:
        subject = task.links.get().case.subjects.first()
        open_case(
            task=task, subjects=[subject], categories=list(Category.objects.filter(code="split-charging")),
            summary="两县结算数据比对发现同一住院人次在两地重复结算检查费用，由本县管辖。", suspected=Decimal("58214.60"),
            duplicates_known=True, by=task.handler, at=diary.then(days=1),
        )  # fmt: skip
        return
    chase_task(task=task, remark="临近报送时限，请抓紧。", by=office, at=diary.then(days=5))


def _answer(world: World, diary: Diary, task: Task, case: Case) -> None:
    raised = task.kind == TaskKind.RAISED
    title, text = HANDED if raised else REPORTED
    letter: TaskLetter = draft_task_letter(
        task=task, purpose=task.answer_purpose, title=title, text=text, effect="suspended" if raised else "",
        manifest=list(case.evidence.all()) if raised else (), by=task.handler, at=diary.then(days=2),
    )  # fmt: skip
    sign(world, diary, letter)
    registrar = somebody(world, letter.department, Role.REGISTRAR)
    send_task_letter(letter=letter, by=registrar, at=diary.then(minutes=60))


def _ask_elsewhere(world: World, diary: Diary, case: Case) -> None:
    """One large stay in another province, asked about and answered; one more that is proposed."""
    handler = case.handler
    registrar = somebody(world, case.owner, Role.REGISTRAR)
    day = local_date(diary.at)
    stays = [
        register_stay(
            case=case, place=place, hospital=hospital, cost=Decimal(cost), admitted_on=day - dt.timedelta(days=back),
            discharged_on=day - dt.timedelta(days=back - 12), by=handler, at=diary.then(minutes=40),
        )
        for place, hospital, cost, back in (
            ("桂岭省柳川市", "柳川康健医院", "46820.50", 40), ("黔北省遵宁市", "遵宁骨伤医院", "61200.00", 60),
        )
    ]  # fmt: skip
    letter = draft_assist(
        case=case, stay=stays[0], body_name="柳川市医疗保障局", title="关于商请协查柳川康健医院有关住院情况的函",
        facts="参保人员住院费用与病情不符，疑似挂床住院。", request="请协助核实住院病历、费用清单、在院记录及实际支付情况。",
        manifest=list(case.evidence.all()[:1]), by=handler, at=diary.then(days=1),
    )  # fmt: skip
    sign(world, diary, letter)
    send_assist(letter=letter, by=registrar, at=diary.then(minutes=60))
    at = diary.then(days=2)
    record_delivery(
        letter=letter, delivered_on=local_date(at), how="机要交换", upload=scan(world, "送达回证"), by=registrar, at=at
    )
    at = diary.then(days=7)
    record_answer(
        letter=letter, answer_number="柳医保函〔2026〕203号", answer_on=local_date(at),
        text="经查，该院住院登记与护理记录不一致，12天中有5天无在院记录。", upload=scan(world, "复函"), by=registrar, at=at,
    )  # fmt: skip
