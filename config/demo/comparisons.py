"""户籍注销等数据比对 of the demo county: answered with hits and a lead, being compared, and one the police sent unasked."""

from config.demo.diary import Diary
from config.demo.papers import later, somebody
from config.demo.world import World
from core.dates import local_date
from core.identifiers import resident_id_check
from deadlines.calendar import Calendar
from departments.enums import Function, Role
from departments.models import Category
from referrals.actions.comparison_results import (
    answer_comparison,
    open_leads,
    prepare_result,
    receive_comparison,
)
from referrals.actions.comparisons import (
    approve_comparison,
    draft_comparison,
    send_comparison,
    submit_comparison,
)
from referrals.enums import ComparisonKind
from referrals.models import Comparison
from referrals.people_list import Hit, Listed

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
BASIS = "《医疗保障基金使用监督管理条例》第二十二条、《青禾县医疗保障领域协作联动工作机制》"
PURPOSE = "核查死亡人员待遇享受和医保结算情况，仅用于本次核查。"
# kind, purpose, people, how many are found, how many working days ago, how far
STORIES = (
    (ComparisonKind.HOUSEHOLD, PURPOSE, 36, 3, 14, "leads"),
    (ComparisonKind.HOUSEHOLD, PURPOSE, 18, 0, 3, "received"),
    (ComparisonKind.CUSTODY, "核查在押期间仍有医保结算的人员。", 9, 9, 5, "unasked"),
)


def tell_comparisons(world: World, *, now, calendar: Calendar) -> None:
    for place, story in enumerate(STORIES):
        start = calendar.add_working_days(local_date(now), -story[4])
        diary = Diary(calendar=calendar, start=start, now=now, random=world.random)
        try:
            _tell(world, diary, place, *story)
        except Diary.StopStory:
            continue


def _people(world: World, count: int, finding: str = "") -> list[Listed]:
    """Invented people of an invented county (its code belongs to no place), with valid check digits."""
    people = []
    for place in range(count):
        first = f"439921{world.random.randrange(1931, 1990)}0{world.random.randrange(1, 10)}1{place % 10}{100 + place}"
        name = SURNAMES[place % len(SURNAMES)] + "某" + SURNAMES[-1 - place % len(SURNAMES)]
        people.append(Listed(name=name, number=first + resident_id_check(first), finding=finding))
    return people


def _tell(world, diary, place, kind, purpose, count, hits, _ago, end) -> None:
    asks, keeps = world.departments[Function.INSURANCE], world.departments[Function.POLICE]
    unasked = end == "unasked"
    sender, receiver = (keeps, asks) if unasked else (asks, keeps)
    people = _people(world, count, "2026年8月起在押，其间有门诊结算记录" if unasked else "")
    drafter = somebody(world, sender, Role.HANDLER, place)
    comparison = draft_comparison(
        receiver=receiver, kind=kind, people=people, purpose=purpose, basis=BASIS, unasked=unasked,
        limit_on=None if unasked else later(diary, 7), by=drafter, at=diary.at,
    )  # fmt: skip
    submit_comparison(comparison=comparison, by=drafter, at=diary.then())
    approve_comparison(comparison=comparison, by=somebody(world, sender, Role.DEPUTY_HEAD), at=diary.then(minutes=90))
    send_comparison(comparison=comparison, by=somebody(world, sender, Role.REGISTRAR), at=diary.then())
    receive_comparison(comparison=comparison, by=somebody(world, receiver, Role.REGISTRAR), at=diary.then(days=1))
    if end == "leads":
        _found(world, diary, comparison, people[:hits])


def _found(world: World, diary: Diary, comparison: Comparison, known: list[Listed]) -> None:
    """The police write down whom they know and sign; the asker opens a lead for the first of them."""
    found = [Hit(number=person.number, finding=f"2025年{place}月户籍注销") for place, person in enumerate(known, 3)]
    keeps = comparison.receiver
    note = "另有1人姓名与身份证号码不符，请核对。"
    prepare_result(comparison=comparison, hits=found, note=note, by=somebody(world, keeps, Role.HANDLER),
                   at=diary.then(days=2))  # fmt: skip
    answer_comparison(comparison=comparison, by=somebody(world, keeps, Role.SECTION_HEAD), at=diary.then(minutes=90))
    open_leads(
        comparison=comparison, rows=comparison.rows.filter(hit=True).order_by("position")[:1],
        category=Category.objects.get(code="false-service"), by=comparison.drafted_by, at=diary.then(days=1),
    )  # fmt: skip
