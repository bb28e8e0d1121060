"""What this room starts with: the catalogue of measures and its clocks.

Every measure the mechanism's part on joint sanctions names (`S0`), those of E32 and E38, and what the Regulations add.
Loaded by a migration and again after a test flush; what a county has edited stays edited. The legal bases are those of
FACTS §2.1, §2.7; where only the mechanism speaks, it says so, and a county's lawyer has to confirm it (T5).
"""

from collections.abc import Callable
from typing import Any

from cases.enums import SubjectKind as K
from deadlines.seeds import IN_FORCE, LONG_AGO
from departments.enums import Function as Fn
from sanctions.enums import Effect

S0 = "《医疗保障领域协作联动工作机制》三（四）联合惩戒机制"
E32 = "医疗保障基金监管制度体系改革方案：严重违法惩处"
E38 = "整治十条措施：惩处措施"
LAW = "医疗保障基金使用监督管理条例"
BY_S0 = "《医疗保障领域协作联动工作机制》联合惩戒机制；医疗保障服务协议"
MECHANISM = "《医疗保障领域协作联动工作机制》联合惩戒机制"

BODY, SHOP, MAKER, STAFF, PERSON = K.INSTITUTION, K.PHARMACY, K.SUPPLIER, K.PRACTITIONER, K.INSURED
ALL = (BODY, SHOP, MAKER, STAFF, PERSON)
YEAR = (12, "month")
ONCE = (None, "")

# code, department, against, name, named in, legal basis, usual term, proof of execution, own hearing, what follows
MEASURES: tuple[tuple[Any, ...], ...] = (
    # -- medical insurance
    ("punitive-deduction", Fn.INSURANCE, (BODY,), "医保基金支付惩罚性核减",
     S0, BY_S0, ONCE,
     "核减通知书和结算凭证", False, Effect.PLAIN),
    ("more-inspections", Fn.INSURANCE, (BODY,), "加大日常检查、专项检查力度和强度",
     S0, f"{LAW}第二十五条；{MECHANISM}", YEAR,
     "检查计划和检查记录", False, Effect.PLAIN),
    ("periodic-report", Fn.INSURANCE, (BODY,), "建立定期报告制度",
     S0, BY_S0, YEAR,
     "定期报告", False, Effect.PLAIN),
    ("pause-settlement", Fn.INSURANCE, (BODY, SHOP, PERSON), "不配合调查的暂停医疗保障基金结算",
     LAW, f"{LAW}第三十条", (3, "month"),
     "主要负责人批准文件和暂停结算记录", False, Effect.PLAIN),
    ("suspend-designation", Fn.INSURANCE, (BODY, SHOP), "暂停医保定点资格",
     S0, f"{LAW}第三十八条、第四十条；{MECHANISM}", (6, "month"),
     "暂停通知书和系统停止结算记录", True, Effect.PLAIN),
    ("cancel-designation", Fn.INSURANCE, (BODY, SHOP), "取消医保定点资格",
     S0, f"{LAW}第四十条；{MECHANISM}", ONCE,
     "解除医保协议通知书和公告", True, Effect.BAR),
    ("agreement-terms", Fn.INSURANCE, (BODY, SHOP), "信用管理惩戒措施履行情况纳入医保协议管理",
     S0, BY_S0, YEAR,
     "协议条款或补充协议", False, Effect.PLAIN),
    ("downgrade", Fn.INSURANCE, (BODY, SHOP, MAKER), "拒不履行信用管理惩戒措施的实行降级处理",
     S0, BY_S0, YEAR,
     "降级处理决定", False, Effect.PLAIN),
    ("suspend-staff", Fn.INSURANCE, (STAFF,), "暂停医保从业资格",
     S0, f"医保发〔2024〕23号；{MECHANISM}", (6, "month"),
     "暂停决定和系统登记记录", True, Effect.PLAIN),
    ("cancel-staff", Fn.INSURANCE, (STAFF,), "取消医保从业资格",
     S0, f"医保发〔2024〕23号；{MECHANISM}", ONCE,
     "取消决定和系统登记记录", True, Effect.BAR),
    ("staff-points", Fn.INSURANCE, (STAFF,), "对违规责任人进行记分",
     E38, "医保发〔2024〕23号", ONCE,
     "记分通知和记分台账", False, Effect.PLAIN),
    ("pharmacy-inspections", Fn.INSURANCE, (SHOP,), "监管和日常检查频次挂钩",
     S0, f"{LAW}第二十五条；{MECHANISM}", YEAR,
     "检查计划和检查记录", False, Effect.PLAIN),
    ("supplier-completion", Fn.INSURANCE, (MAKER,), "监管与“容缺受理”挂钩",
     S0, MECHANISM, YEAR,
     "受理规则调整记录", False, Effect.PLAIN),
    ("supplier-listing", Fn.INSURANCE, (MAKER,), "监管与挂网资格挂钩",
     S0, MECHANISM, YEAR,
     "挂网资格处理决定", True, Effect.PLAIN),
    ("insured-settlement", Fn.INSURANCE, (PERSON,), "改变医保结算方式",
     S0, f"{LAW}第四十一条；{MECHANISM}", (3, "month"),
     "暂停联网结算记录", True, Effect.PLAIN),
    ("insured-range", Fn.INSURANCE, (PERSON,), "限制就医范围",
     S0, MECHANISM, YEAR,
     "限制通知书和系统登记记录", True, Effect.PLAIN),
    ("insured-registration", Fn.INSURANCE, (PERSON,), "定点就医报备",
     S0, MECHANISM, YEAR,
     "报备登记", False, Effect.PLAIN),
    ("settlement-coefficient", Fn.INSURANCE, (BODY,), "降低结算系数",
     E38, "医疗保障服务协议", YEAR,
     "结算系数调整文件", False, Effect.PLAIN),
    ("appraisal-deduction", Fn.INSURANCE, (BODY, SHOP), "年度考核减分",
     E38, "医疗保障服务协议", ONCE,
     "考核评分表", False, Effect.PLAIN),
    ("responsible-person-bar", Fn.INSURANCE, (BODY, SHOP), "法定代表人或者主要负责人五年内禁止从事定点医药机构管理活动",
     LAW, f"{LAW}第四十三条", (5, "year"),
     "禁止从业决定和登记记录", True, Effect.PERSON_BAR),
    ("blacklist", Fn.INSURANCE, ALL, "列入失信“黑榜”",
     S0, MECHANISM, YEAR,
     "名单列入决定", True, Effect.BLACK),
    ("permanent-blacklist", Fn.INSURANCE, ALL, "列入永久性“黑名单”",
     S0, f"{MECHANISM}；人民法院生效判决", ONCE,
     "主要负责人批准文件和生效判决", True, Effect.PERMANENT),
    # -- health
    ("health-grading", Fn.HEALTH, (BODY,), "与医疗机构评级挂钩",
     S0, MECHANISM, YEAR,
     "评级结果文件", False, Effect.PLAIN),
    ("health-excellence", Fn.HEALTH, (BODY,), "与评优评先挂钩",
     S0, MECHANISM, YEAR,
     "评优评先结果文件", False, Effect.PLAIN),
    ("health-honours", Fn.HEALTH, (BODY,), "与表彰奖励挂钩",
     S0, MECHANISM, YEAR,
     "表彰奖励结果文件", False, Effect.PLAIN),
    ("health-performance", Fn.HEALTH, (BODY,), "与绩效考核挂钩",
     S0, MECHANISM, YEAR,
     "绩效考核结果", False, Effect.PLAIN),
    ("staff-qualification", Fn.HEALTH, (STAFF,), "与服务资质挂钩",
     S0, MECHANISM, YEAR,
     "资质管理记录", True, Effect.PLAIN),
    ("staff-promotion", Fn.HEALTH, (STAFF,), "与晋升晋级挂钩",
     S0, MECHANISM, YEAR,
     "晋升晋级审核记录", False, Effect.PLAIN),
    ("staff-title", Fn.HEALTH, (STAFF,), "与职称评审挂钩",
     S0, MECHANISM, YEAR,
     "职称评审审核记录", False, Effect.PLAIN),
    ("staff-post", Fn.HEALTH, (STAFF,), "与岗位聘用挂钩",
     S0, MECHANISM, YEAR,
     "岗位聘用审核记录", False, Effect.PLAIN),
    ("staff-excellence", Fn.HEALTH, (STAFF,), "与评先评优挂钩",
     S0, MECHANISM, YEAR,
     "评先评优结果文件", False, Effect.PLAIN),
    ("staff-expert", Fn.HEALTH, (STAFF,), "与专家申报挂钩",
     S0, MECHANISM, YEAR,
     "专家申报审核记录", False, Effect.PLAIN),
    ("staff-pay", Fn.HEALTH, (STAFF,), "与绩效分配挂钩",
     S0, MECHANISM, YEAR,
     "绩效分配记录", False, Effect.PLAIN),
    ("health-closure", Fn.HEALTH, (BODY,), "责令停业整顿",
     E32, f"{LAW}第四十条；行政处罚法第六十三条", (6, "month"),
     "停业整顿决定书和执行记录", True, Effect.PLAIN),
    ("health-revocation", Fn.HEALTH, (BODY, STAFF), "吊销执业资格",
     E32, f"{LAW}第四十条；行政处罚法第六十三条", ONCE,
     "吊销决定书和证件注销记录", True, Effect.PLAIN),
    ("health-restriction", Fn.HEALTH, (STAFF,), "限制从业",
     E32, "行政处罚法第九条、第六十三条", YEAR,
     "限制从业决定和登记记录", True, Effect.PLAIN),
    # -- market regulation
    ("market-quality", Fn.MARKET, (BODY, SHOP, MAKER), "查处药品、医用耗材质量安全问题",
     S0, MECHANISM, ONCE,
     "立案和处理决定文书", False, Effect.PLAIN),
    ("market-pharmacist", Fn.MARKET, (STAFF,), "查处执业药师违法违规行为",
     S0, MECHANISM, ONCE,
     "立案和处理决定文书", False, Effect.PLAIN),
    ("market-closure", Fn.MARKET, (SHOP, MAKER), "责令停业整顿",
     E32, "行政处罚法第九条、第六十三条", (6, "month"),
     "停业整顿决定书和执行记录", True, Effect.PLAIN),
    ("market-revocation", Fn.MARKET, (SHOP, MAKER), "吊销经营资格",
     E32, "行政处罚法第九条、第六十三条", ONCE,
     "吊销决定书和证件注销记录", True, Effect.PLAIN),
    # -- finance
    ("fund-performance", Fn.FINANCE, ALL, "加强医疗保障基金绩效监督考核",
     S0, MECHANISM, YEAR,
     "绩效监督考核报告", False, Effect.PLAIN),
    # -- development and reform
    ("publish-agreement", Fn.REFORM, (BODY, SHOP), "公开医药机构协议管理信息",
     S0, f"{LAW}第三十四条；{MECHANISM}", YEAR,
     "信用平台公开截图或者回执", False, Effect.PLAIN),
    ("publish-penalty", Fn.REFORM, ALL, "公开行政处罚信息",
     S0, f"{LAW}第三十四条；行政处罚法第四十八条", YEAR,
     "信用平台公开截图或者回执", False, Effect.PLAIN),
    ("publish-list", Fn.REFORM, ALL, "公开“红黑榜”名单",
     S0, MECHANISM, YEAR,
     "信用平台公开截图或者回执", False, Effect.PLAIN),
    ("serious-breach", Fn.REFORM, ALL, "协调有关部门对严重失信主体实施惩戒",
     S0, f"{LAW}第三十三条；{MECHANISM}", (3, "year"),
     "协调函和各部门反馈", True, Effect.SERIOUS),
    # -- police
    ("police-investigation", Fn.POLICE, ALL, "依法立案、侦查、处理医保领域违法犯罪",
     S0, f"行政执法机关移送涉嫌犯罪案件的规定；{MECHANISM}", ONCE,
     "立案或者不予立案文书", False, Effect.PLAIN),
    ("police-early", Fn.POLICE, ALL, "提前介入打击欺诈骗保专项检查",
     S0, MECHANISM, ONCE,
     "介入记录", False, Effect.PLAIN),
    ("police-clues", Fn.POLICE, ALL, "移送涉嫌欺诈骗保案件线索",
     S0, MECHANISM, ONCE,
     "线索移送函", False, Effect.PLAIN),
    ("police-support", Fn.POLICE, ALL, "为核查涉嫌欺诈骗保案件提供专业力量支持",
     S0, MECHANISM, ONCE,
     "支持情况记录", False, Effect.PLAIN),
    ("police-comparison", Fn.POLICE, (PERSON,), "提供户籍注销核查比对信息",
     S0, MECHANISM, ONCE,
     "比对结果", False, Effect.PLAIN),
)  # fmt: skip

# code -> name, working days, from, until; the mechanism gives no number (T6), so they are internal
CLOCKS = {
    "sanction_receipt": ("签收联合惩戒任务", 3, "发出失信认定书", "签收"),
    "sanction_decision": ("作出惩戒措施决定", 20, "签收联合惩戒任务", "作出惩戒决定或者说明不采取的理由"),
    "sanction_execution": ("执行惩戒措施", 20, "作出惩戒决定", "执行完毕并留存佐证"),
    "sanction_feedback": ("反馈惩戒结果", 5, "执行惩戒措施", "反馈执行结果"),
    "sanction_determination": ("失信认定", 10, "陈述申辩答复", "作出认定或者不予认定"),
    "credit_repair": ("信用修复审核", 20, "收到修复申请", "作出修复决定"),
}
CLOCK_BASIS = "内部时限（机制未定期限，“及时”）"


def load(model: Callable[[str, str], Any] | None = None) -> None:
    """Add what is missing; idempotent."""
    if model is None:
        from django.apps import apps

        model = apps.get_model
    measures, clock = model("sanctions", "Measure").objects, model("deadlines", "ClockRule").objects
    known = set(measures.values_list("code", flat=True))
    for order, row in enumerate(MEASURES, 1):
        code, function, kinds, name, source, basis, (amount, unit), proof, own_hearing, effect = row
        if code not in known:
            measures.create(
                code=code, function=function, kinds=[str(kind) for kind in kinds], name=name, source=source, basis=basis,
                amount=amount, unit=unit, proof=proof, own_hearing=own_hearing, effect=effect, order=order * 10,
            )  # fmt: skip
    for code, (name, days, start, end) in CLOCKS.items():
        if not clock.filter(code=code).exists():
            clock.create(
                code=code, name=name, amount=days, unit="working_day", warn_days=2 if days > 5 else 1, escalate_days=1,
                roll_over=True, internal=True, asks_reason=False, basis=CLOCK_BASIS, start_text=start, end_text=end,
                effective_from=IN_FORCE, created_at=LONG_AGO, updated_at=LONG_AGO,
            )  # fmt: skip
