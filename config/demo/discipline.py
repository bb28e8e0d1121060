"""A letter to 纪委监委 in the demo county, which only the persons named on it see; others see a count."""

from cases.enums import CaseStatus
from cases.models import Case
from config.demo.diary import Diary
from config.demo.papers import later, sign, somebody
from config.demo.world import World, scan
from core.dates import local_date
from deadlines.calendar import Calendar
from departments.enums import Function, ReferralKind, Role
from departments.models import Department
from referrals.actions.drafting import Line, draft_dispatch
from referrals.actions.receipt import prove_delivery
from referrals.actions.sending import send_dispatch

AGO = 6  # working days


def tell_discipline(world: World, *, now, calendar: Calendar) -> None:
    body = Department.objects.get(region=world.county, named_only=True)
    start = calendar.add_working_days(local_date(now), -AGO)
    diary = Diary(calendar=calendar, start=start, now=now, random=world.random)
    cases = Case.objects.filter(owner__function=Function.INSURANCE, filed=True, updated_at__lt=diary.at)
    case = cases.exclude(status=CaseStatus.CLOSED).order_by("-suspected").first()
    if case is None:
        return
    try:
        _tell(world, diary, case, body)
    except Diary.StopStory:
        return


def _tell(world: World, diary: Diary, case: Case, body: Department) -> None:
    dispatch = draft_dispatch(
        case=case, kind=ReferralKind.TRANSFER, receivers=[body], subject="关于移交有关公职人员履职问题线索的函",
        facts="核查中发现，个别工作人员对定点医药机构日常稽核流于形式，涉嫌失职。",
        manifest=[Line(evidence=evidence) for evidence in case.evidence.all()[:1]], limit_on=later(diary, 22),
        request="请依规依纪依法处理，并将处理结果书面反馈我局。", by=case.handler, at=diary.at,
    )  # fmt: skip
    sign(world, diary, dispatch)
    registrar = somebody(world, case.owner, Role.REGISTRAR)
    (referral,) = send_dispatch(dispatch=dispatch, by=registrar, at=diary.then())
    at = diary.then(days=1)
    prove_delivery(
        referral=referral, delivered_on=local_date(at), received_by_name="信访室 黎某", method="专人送达",
        upload=scan(world, "送达回证"), by=registrar, at=at,
    )  # fmt: skip
