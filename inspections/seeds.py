"""What this room starts with: its two clocks, and the checklists of the departments that inspect most.

Loaded by a migration and again after a test flush. What a county has edited stays edited.
"""

from collections.abc import Callable
from typing import Any

from deadlines.seeds import IN_FORCE, LONG_AGO
from departments.enums import Function

ANSWER = {
    "name": "联合检查参加答复", "amount": 3, "unit": "working_day", "warn_days": 1, "escalate_days": 1, "roll_over": True,
    "internal": True, "asks_reason": False, "basis": "内部时限（《医疗保障领域协作联动机制》联合检查未定期限）",
    "start_text": "牵头单位征求意见", "end_text": "答复是否参加并确定人员",
}  # fmt: skip
RECTIFY = {
    "name": "检查问题整改", "amount": None, "unit": "date", "warn_days": 3, "escalate_days": 1, "roll_over": False,
    "internal": False, "asks_reason": True, "basis": "现场检查问题整改（期限以责令整改载明为准）",
    "start_text": "责令整改", "end_text": "整改完成",
}  # fmt: skip
CLOCKS = {"inspection_answer": ANSWER, "rectification": RECTIFY}

ENGLISH = {
    "联合检查参加答复": "Answer to a joint inspection",
    "内部时限（《医疗保障领域协作联动机制》联合检查未定期限）": "internal limit (the mechanism names none)",
    "牵头单位征求意见": "the lead department asks",
    "答复是否参加并确定人员": "the department answers and names its people",
    "检查问题整改": "Rectification of a finding",
    "现场检查问题整改（期限以责令整改载明为准）": "Rectification of findings (the limit is the one stated)",
    "责令整改": "rectification is ordered",
    "整改完成": "it is rectified",
    "定点医药机构医保基金使用检查清单": "Use of the fund by designated institutions",
    "是否分解住院、挂床住院": "Stays split, beds taken in name only",
    "是否降低住院标准收治病人": "Patients admitted below the standard",
    "是否重复收费、超标准收费、分解项目收费": "Charged twice, above the standard, or item by item",
    "是否串换药品、医用耗材、诊疗项目和服务设施": "Drugs, consumables, services billed as others",
    "是否将不属于医保基金支付范围的费用纳入结算": "Costs settled that the fund does not pay",
    "是否核验参保人员医保凭证，有无冒名就医、购药": "Insurance cards checked, nobody treated for another",
    "财务账目、会计凭证、处方、病历、费用明细是否按规定保管": "Accounts, prescriptions, records and bills kept properly",
    "医疗机构诊疗行为检查清单": "Treatment in medical institutions",
    "医师、护士是否具备执业资格并在注册地点、范围内执业": "Doctors and nurses qualified, and practising where registered",
    "是否超出登记的诊疗科目开展诊疗活动": "Treatment beyond the registered departments",
    "是否存在大检查、大处方等过度诊疗": "Too many tests, too large prescriptions",
    "辅助用药、高值医用耗材使用是否纳入监控": "Auxiliary drugs and costly consumables monitored",
    "大型医用设备配置许可和使用情况": "Large equipment licensed, and how it is used",
    "住院病历书写是否真实、完整、及时": "Records of stays true, complete and in time",
    "药品、医用耗材购销存检查清单": "Purchase, sale and stock of drugs and consumables",
    "药品、医用耗材是否从合法渠道购进，票据是否齐全": "Bought from lawful sources, with all papers",
    "购进、销售、库存数量是否相符": "Bought, sold and stocked quantities agree",
    "有无假药、劣药、过期药品和不合格耗材": "False, bad or expired drugs, faulty consumables",
    "麻醉、精神、毒性、放射性药品管理是否符合规定": "Narcotic, psychotropic, toxic, radioactive drugs kept well",
    "执业药师是否在岗履职": "The pharmacist is there and at work",
    "收费项目和标准是否公示": "Prices are shown in public",
    "《医疗保障基金使用监督管理条例》第十五条": "Regulation on the Use of the Medical Insurance Fund, art. 15",
    "《医疗保障基金使用监督管理条例》第十六条": "Regulation on the Use of the Medical Insurance Fund, art. 16",
    "《医疗保障领域协作联动机制》": "Cooperation mechanism",
}  # fmt: skip

_REGULATION = "《医疗保障基金使用监督管理条例》"
_MECHANISM = "《医疗保障领域协作联动机制》"
# function → (title, lines of (what is looked at, basis, code of the category)); E42's behaviours, C5 and C6's duties
LISTS = {
    Function.INSURANCE: ("定点医药机构医保基金使用检查清单", (
        ("是否分解住院、挂床住院", f"{_REGULATION}第十五条", "split-admission"),
        ("是否降低住院标准收治病人", f"{_REGULATION}第十五条", "low-threshold-admission"),
        ("是否重复收费、超标准收费、分解项目收费", f"{_REGULATION}第十五条", "split-charging"),
        ("是否串换药品、医用耗材、诊疗项目和服务设施", f"{_REGULATION}第十五条", "substitution"),
        ("是否将不属于医保基金支付范围的费用纳入结算", f"{_REGULATION}第十五条", "out-of-scope-payment"),
        ("是否核验参保人员医保凭证，有无冒名就医、购药", f"{_REGULATION}第十五条", "impersonation"),
        ("财务账目、会计凭证、处方、病历、费用明细是否按规定保管", f"{_REGULATION}第十六条", "forged-papers"),
    )),
    Function.HEALTH: ("医疗机构诊疗行为检查清单", (
        ("医师、护士是否具备执业资格并在注册地点、范围内执业", _MECHANISM, "staff-qualification"),
        ("是否超出登记的诊疗科目开展诊疗活动", _MECHANISM, "out-of-scope-practice"),
        ("是否存在大检查、大处方等过度诊疗", _MECHANISM, "over-treatment"),
        ("辅助用药、高值医用耗材使用是否纳入监控", _MECHANISM, "consumables-mismatch"),
        ("大型医用设备配置许可和使用情况", _MECHANISM, "equipment"),
        ("住院病历书写是否真实、完整、及时", _MECHANISM, "forged-papers"),
    )),
    Function.MARKET: ("药品、医用耗材购销存检查清单", (
        ("药品、医用耗材是否从合法渠道购进，票据是否齐全", _MECHANISM, "purchase-sale-records"),
        ("购进、销售、库存数量是否相符", _MECHANISM, "purchase-sale-records"),
        ("有无假药、劣药、过期药品和不合格耗材", _MECHANISM, "drug-quality"),
        ("麻醉、精神、毒性、放射性药品管理是否符合规定", _MECHANISM, "special-drugs"),
        ("执业药师是否在岗履职", _MECHANISM, "practising-pharmacist"),
        ("收费项目和标准是否公示", _MECHANISM, "overcharging"),
    )),
}  # fmt: skip


def load(model: Callable[[str, str], Any] | None = None) -> None:
    """Add what is missing; idempotent."""
    if model is None:
        from django.apps import apps

        model = apps.get_model
    stamps = {"created_at": LONG_AGO, "updated_at": LONG_AGO}
    clock = model("deadlines", "ClockRule").objects
    for code, given in CLOCKS.items():
        if not clock.filter(code=code).exists():
            clock.create(code=code, effective_from=IN_FORCE, **given, **stamps)
    categories = dict(model("departments", "Category").objects.values_list("code", "pk"))
    lists, lines = model("inspections", "Checklist").objects, model("inspections", "ChecklistItem")
    for function, (title, items) in LISTS.items():
        made, new = lists.get_or_create(function=function, department=None, title=title, defaults=stamps)
        if new:
            lines.objects.bulk_create(
                lines(
                    checklist=made, position=place, text=text, basis=basis, category_id=categories.get(code)
                )
                for place, (text, basis, code) in enumerate(items, 1)
            )
