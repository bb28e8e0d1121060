"""The dictionaries a new installation starts with: categories of violation, who is competent, who sends what to whom.

Loaders add what is missing and never touch what a county has changed: competences only with a new category,
routes only for a kind that has none. Sources: FACTS C4–C10, C16, E42, T8; all of it is editable.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps as django_apps

from departments.enums import Function as Fn
from departments.enums import ReferralKind as K

SIX = (Fn.INSURANCE, Fn.HEALTH, Fn.MARKET, Fn.FINANCE, Fn.REFORM, Fn.POLICE)

E42 = "整治十条措施：十三类违规行为"
C4 = "协作联动工作机制：医疗保障部门职责"
C5 = "协作联动工作机制：卫生健康部门职责"
C6 = "协作联动工作机制：市场监管部门职责"
LAW_38 = "医疗保障基金使用监督管理条例第三十八条"
LAW_40 = "医疗保障基金使用监督管理条例第四十条"
LAW_41 = "医疗保障基金使用监督管理条例第四十一条"

# code, name, source, competent functions
CATEGORIES: tuple[tuple[str, str, str, tuple[Fn, ...]], ...] = (
    # the thirteen of E42
    ("split-admission", "分解住院", E42, (Fn.INSURANCE, Fn.HEALTH)),
    ("bed-hanging", "挂床住院", E42, (Fn.INSURANCE, Fn.HEALTH)),
    ("over-treatment", "过度诊疗", E42, (Fn.INSURANCE, Fn.HEALTH)),
    ("over-examination", "过度检查", E42, (Fn.INSURANCE, Fn.HEALTH)),
    ("split-prescription", "分解处方", E42, (Fn.INSURANCE, Fn.HEALTH)),
    ("over-prescription", "超量开药", E42, (Fn.INSURANCE, Fn.HEALTH)),
    ("substitution", "串换药品、耗材、诊疗项目", E42, (Fn.INSURANCE,)),
    ("low-threshold-admission", "降低标准入院", E42, (Fn.INSURANCE, Fn.HEALTH)),
    ("upcoding", "高编高靠", E42, (Fn.INSURANCE, Fn.HEALTH)),
    ("split-charging", "分解收费", E42, (Fn.INSURANCE, Fn.MARKET)),
    ("false-admission", "虚假住院", E42, (Fn.INSURANCE, Fn.POLICE)),
    ("under-treatment", "诊疗不足", E42, (Fn.INSURANCE, Fn.HEALTH)),
    ("sex-mismatch", "诊疗项目与性别不符", E42, (Fn.INSURANCE,)),
    # fraud proper
    ("false-service", "虚构医药服务项目", LAW_40, (Fn.INSURANCE, Fn.POLICE)),
    ("impersonation", "冒名就医、冒名购药", LAW_41, (Fn.INSURANCE, Fn.POLICE)),
    ("forged-papers", "伪造变造票据、处方、病历", LAW_40, (Fn.INSURANCE, Fn.HEALTH, Fn.POLICE)),
    ("drug-resale", "药品回流、倒卖医保药品", LAW_41, (Fn.INSURANCE, Fn.MARKET, Fn.POLICE)),
    ("trace-code", "药品追溯码重复、异常结算", C6, (Fn.INSURANCE, Fn.MARKET)),
    ("deceased-settlement", "死亡人员、户籍注销人员继续享受待遇", C4, (Fn.INSURANCE, Fn.POLICE)),
    ("out-of-scope-payment", "将不属于支付范围的费用纳入结算", LAW_38, (Fn.INSURANCE,)),
    # C4: price and agreement
    ("agreement-breach", "违反医保服务协议", C4, (Fn.INSURANCE, Fn.AGENCY)),
    ("chronic-abnormal", "慢性病、大病医疗费用异常", C4, (Fn.INSURANCE, Fn.HEALTH)),
    # C5: institutions and practitioners
    ("overcharging", "乱收费、重复收费、超标准收费", C5, (Fn.MARKET, Fn.INSURANCE, Fn.HEALTH)),
    ("staff-qualification", "医务人员资质不符", C5, (Fn.HEALTH,)),
    ("out-of-scope-practice", "超范围执业", C5, (Fn.HEALTH,)),
    ("abnormal-medication", "临床用药超常", C5, (Fn.HEALTH,)),
    ("consumables-mismatch", "高值医用耗材使用与记录不符", C5, (Fn.HEALTH, Fn.MARKET, Fn.INSURANCE)),
    ("equipment", "大型医用设备违规配置使用", C5, (Fn.HEALTH,)),
    # C6: drugs and pharmacies
    ("drug-quality", "药品、医用耗材质量问题，假劣药", C6, (Fn.MARKET,)),
    ("purchase-sale-records", "药品购销存记录不符", C6, (Fn.MARKET, Fn.INSURANCE)),
    ("special-drugs", "放射性、麻醉、毒性、精神药品管理违规", C6, (Fn.MARKET, Fn.HEALTH)),
    ("practising-pharmacist", "执业药师不在岗、挂证", C6, (Fn.MARKET,)),
    ("no-prescription", "无处方销售处方药", C6, (Fn.MARKET, Fn.INSURANCE)),
    ("other", "其他涉嫌违规使用医保基金行为", C4, (Fn.INSURANCE,)),
)

# 欺诈骗保 (条例第四十、四十一条): what 医保 finds of these at a designated institution is told to the others (C10)
FRAUD = frozenset(
    {
        "false-admission",
        "false-service",
        "impersonation",
        "forged-papers",
        "drug-resale",
        "deceased-settlement",
    }
)

C10 = "协作联动工作机制：信息互通"
C11 = "协作联动工作机制：提前介入"
C14 = "协作联动工作机制：技术支持"
C16 = "协作联动工作机制：线索移交"
C23 = "协作联动工作机制：户籍注销核查比对"
C9 = "行政执法机关移送涉嫌犯罪案件的规定（国务院令第310号）"


def routes() -> list[tuple[K, Fn, Fn, bool, str]]:
    """(kind, sender, receiver, ticked by itself, basis) for every way a referral may go."""
    told_first = {
        Fn.INSURANCE: {Fn.HEALTH, Fn.MARKET, Fn.POLICE},
        Fn.HEALTH: {Fn.INSURANCE},
        Fn.MARKET: {Fn.INSURANCE},
    }
    rows: list[tuple[K, Fn, Fn, bool, str]] = []
    for sender in SIX:
        for receiver in SIX:
            if sender == receiver:
                continue
            rows.append((K.BULLETIN, sender, receiver, receiver in told_first.get(sender, ()), C10))
            rows.append(
                (K.TRANSFER, sender, receiver, sender != Fn.INSURANCE and receiver == Fn.INSURANCE, C16)
            )
            rows.append((K.SUPPORT, sender, receiver, False, C14))
            rows.append((K.EARLY, sender, receiver, receiver == Fn.POLICE, C11))
        if sender != Fn.POLICE:
            rows.append((K.CRIMINAL, sender, Fn.POLICE, True, C9))
            rows.append((K.COMPARISON, sender, Fn.POLICE, True, C23))
        # the office is told and coordinates; a body without an account is served on paper
        rows.append((K.BULLETIN, sender, Fn.OFFICE, False, C10))
        rows.append((K.BULLETIN, Fn.OFFICE, sender, False, C10))
        for kind in (K.BULLETIN, K.TRANSFER, K.SUPPORT):
            rows.append((kind, sender, Fn.OTHER, False, C16))
    rows.append((K.TRANSFER, Fn.INSURANCE, Fn.AGENCY, False, C4))
    rows.append((K.TRANSFER, Fn.AGENCY, Fn.INSURANCE, True, C4))
    rows.append((K.SUPPORT, Fn.INSURANCE, Fn.AGENCY, False, C14))
    rows.append((K.BULLETIN, Fn.AGENCY, Fn.INSURANCE, True, C10))
    return rows


def load_categories(category: Any = None, competence: Any = None) -> None:
    """Add missing categories, each with its competent functions. Migrations pass their own model classes."""
    category = category or django_apps.get_model("departments.Category")
    competence = competence or django_apps.get_model("departments.Competence")
    have = set(category.objects.values_list("code", flat=True))
    for order, (code, name, source, functions) in enumerate(CATEGORIES, 1):
        if code in have:
            continue
        row = category.objects.create(
            code=code, name=name, source=source, order=order * 10, **_fraud(category, code)
        )
        competence.objects.bulk_create(
            [competence(category=row, function=function.value, basis=source) for function in functions]
        )


def _fraud(category: Any, code: str) -> dict[str, bool]:
    """The mark of fraud; an early migration's class has no such field yet."""
    known = any(field.name == "fraud" for field in category._meta.fields)
    return {"fraud": code in FRAUD} if known else {}


def load_routes(route: Any = None) -> None:
    """Add the routes of every kind of referral that has none yet."""
    route = route or django_apps.get_model("departments.Route")
    have = set(route.objects.values_list("kind", flat=True))
    route.objects.bulk_create(
        [
            route(
                kind=kind.value, sender=sender.value, receiver=receiver.value, proposed=proposed, basis=basis
            )
            for kind, sender, receiver, proposed, basis in routes()
            if kind.value not in have
        ]
    )
