"""The dictionaries this room starts with: the official calendar 2024–2026 and the catalogue of clocks.

Loaded by a migration and again after a test flush. Both loaders only add what is missing: what a county has
edited stays edited.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

# 国务院办公厅关于部分节假日安排的通知, one a year
NOTICES = {
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}
LONG_AGO = dt.datetime(2023, 12, 31, 16, tzinfo=dt.UTC)  # 2024-01-01 in Shanghai
IN_FORCE = dt.date(2021, 7, 15)  # 医保局令第4号; county rules start with it so that older matters find one

# FACTS §2.11. code, name, amount, unit, amber before, escalate after, rolls over, internal (T6), asks why late,
# basis, runs from, runs until
RULES = (
    ("support_notice", "技术支持书面告知", 3, "working_day", 1, 1, True, False, True,
     "《医疗保障领域协作联动机制》技术支持", "发现需技术支持事项之日", "发出书面告知函"),
    ("written_opinion", "出具书面意见", None, "date", 2, 1, False, False, True,
     "《医疗保障领域协作联动机制》技术支持（时限以告知函载明为准）", "收到书面告知函", "出具书面意见"),
    ("transfer_sign", "签收", 3, "working_day", 1, 1, True, True, False,
     "内部时限（机制未定期限，“及时”）", "函件发出", "对方签收"),
    ("transfer_reply", "反馈办理结果", 30, "working_day", 3, 2, True, True, False,
     "内部时限（机制未定期限，函件可另行载明）", "受理", "反馈办理结果"),
    ("completion", "补充材料", 5, "working_day", 1, 1, True, True, False,
     "内部时限", "通知补充材料", "补齐材料"),
    ("supervision", "督办回复", None, "date", 1, 1, False, True, False,
     "领导小组办公室督办（期限以督办函载明为准）", "发出督办函", "回复督办函"),
    ("bulletin", "案情通报", 5, "working_day", 1, 1, True, True, False,
     "内部时限（机制未定期限，“及时”）", "发现应通报情形", "发出通报"),
    ("early_involvement", "提前介入答复", 2, "working_day", 1, 1, True, True, False,
     "内部时限", "收到提前介入函", "答复是否介入"),
    ("comparison", "户籍比对反馈", 10, "working_day", 2, 1, True, True, False,
     "内部时限", "收到比对函", "反馈比对结果"),
    ("verification", "线索核查", 15, "working_day", 3, 1, True, False, False,
     "医疗保障行政处罚程序暂行规定第十四条（经主要负责人批准可延长15个工作日）", "收到线索", "决定是否立案"),
    ("case_90", "案件办理", 90, "day", 10, 5, True, False, False,
     "行政处罚法第六十条；医疗保障行政处罚程序暂行规定第四十五条（检测、听证、鉴定时间不计入）",
     "立案", "作出处理决定"),
    ("reporter_notice", "告知举报人", 5, "working_day", 1, 1, True, False, False,
     "医疗保障基金使用监督管理举报处理暂行办法（国家医疗保障局令第5号）", "作出是否立案决定", "告知举报人"),
    ("legal_review", "法制审核", 10, "working_day", 2, 1, True, False, False,
     "医疗保障行政处罚程序暂行规定第四十条", "送审", "出具审核意见"),
    ("service", "送达处罚决定书", 7, "working_day", 2, 1, True, False, False,
     "行政处罚法第六十一条、第八十五条", "作出处罚决定", "送达当事人"),
    ("enforcement", "申请法院强制执行", 3, "month", 20, 10, True, False, False,
     "行政强制法第五十三条", "复议和诉讼期限届满", "向人民法院申请强制执行"),
    ("register_preserve", "先行登记保存处理", 7, "working_day", 2, 0, True, False, False,
     "行政处罚法第五十六条、第八十五条", "登记保存", "作出处理决定"),
    ("seal_up", "查封扣押处理", 30, "day", 5, 0, True, False, False,
     "医疗保障行政处罚程序暂行规定第二十六条至第三十三条（可延长30日）", "查封、扣押", "作出处理决定"),
    ("assist_letter", "协查回复", 15, "day", 3, 1, True, False, False,
     "医疗保障行政处罚程序暂行规定第三十四条", "收到协查函", "回复协查函"),
    ("task_report", "交办事项报告", None, "date", 3, 1, False, False, True,
     "交办单位来文载明的报告时限", "收到交办文件", "报告办理情况"),
    ("criminal_decision", "移送决定", 3, "day", 1, 1, True, False, False,
     "行政执法机关移送涉嫌犯罪案件的规定第五条", "收到移送报告", "主要负责人决定"),
    ("criminal_transfer", "向公安机关移送", 24, "hour", 0, 0, False, False, False,
     "行政执法机关移送涉嫌犯罪案件的规定第五条", "批准移送", "移送公安机关"),
    ("police_decision", "公安机关审查决定", 3, "day", 1, 1, True, False, False,
     "行政执法机关移送涉嫌犯罪案件的规定第八条", "公安机关接受案件", "作出立案或不予立案决定"),
    ("police_notice", "材料不全通知", 24, "hour", 0, 0, False, False, False,
     "公安机关办理刑事案件程序规定第一百八十条、第一百八十一条", "公安机关接受案件", "通知移送机关补正"),
    ("criminal_correction", "补正移送材料", 3, "day", 1, 1, True, False, False,
     "公安机关办理刑事案件程序规定第一百八十条、第一百八十一条", "收到补正通知", "补正材料"),
    ("police_forward", "向有管辖权的机关转送", 24, "hour", 0, 0, False, False, False,
     "行政执法机关移送涉嫌犯罪案件的规定第七条", "公安机关接受案件", "转送并书面告知移送机关"),
    ("police_reconsideration", "提请复议", 3, "day", 1, 1, True, False, False,
     "行政执法机关移送涉嫌犯罪案件的规定第九条", "收到不予立案通知书", "提请复议或建议检察机关监督"),
    ("police_reply", "复议答复", 3, "day", 1, 1, True, False, False,
     "行政执法机关移送涉嫌犯罪案件的规定第九条", "公安机关收到复议文件", "作出复议决定"),
    ("supervision_request", "建议立案监督", 3, "day", 1, 1, True, False, False,
     "行政执法机关移送涉嫌犯罪案件的规定第九条", "收到复议决定", "建议检察机关立案监督"),
    ("property_handover", "移交涉案物品", 3, "day", 1, 1, True, False, False,
     "行政执法机关移送涉嫌犯罪案件的规定第十二条", "收到立案通知书", "移交涉案物品和材料"),
    ("reward_claim", "领取举报奖励", 2, "month", 10, 5, True, False, False,
     "违法违规使用医疗保障基金举报奖励办法（医保办发〔2022〕22号）", "收到领奖通知", "领取奖励"),
    ("quarterly_meeting", "季度联席会议", None, "date", 10, 1, False, False, False,
     "《医疗保障领域协作联动机制》联席会议", "季度开始", "召开联席会议"),
    ("campaign_report", "专项整治报送", None, "date", 5, 1, False, False, False,
     "专项整治工作方案", "阶段开始", "报送情况"),
    ("full_coverage", "全覆盖检查", None, "date", 20, 1, False, False, False,
     "基金监管全覆盖要求", "年度开始", "完成年度全覆盖检查"),
    ("publication", "信息公开", 20, "working_day", 3, 1, True, False, False,
     "政府信息公开条例第二十六条", "信息形成或者变更", "向社会公开"),
    ("penalty_publication", "行政处罚信息公示", 7, "working_day", 2, 1, True, False, False,
     "国办发〔2018〕118号", "作出处罚决定", "公示"),
    ("reapplication_bar", "限制申请期", 36, "month", 20, 20, False, False, False,
     "《医疗保障领域协作联动机制》联合惩戒", "解除医保协议", "可重新申请"),
)  # fmt: skip
_FIELDS = ("name", "amount", "unit", "warn_days", "escalate_days", "roll_over", "internal", "asks_reason",
           "basis", "start_text", "end_text")  # fmt: skip


_MOVED = re.compile(r"休息日（由 \d{4}-(\d\d)-(\d\d) 调休）")


def special_days(year: int) -> Iterator[tuple[dt.date, bool, str]]:
    """(date, working, occasion) of one published year: holidays, and make-up workdays on weekends.

    The library's tables agree with the notices on every day of the years seeded here; days the notice moved are named
    after the day they were exchanged for.
    """
    import holidays  # a tenth of every process's start, needed when a year is loaded only

    known = holidays.country_holidays("CN", years=[year], language="zh_CN")
    for day, occasion in sorted(known.items()):
        moved = _MOVED.fullmatch(occasion)
        yield day, False, f"休息日（与{int(moved[1])}月{int(moved[2])}日调休）" if moved else occasion
    for day in sorted(known.weekend_workdays):
        if day.year == year:
            yield day, True, "调休上班"


def load_calendar(model: Callable[[str], Any] | None = None) -> None:
    """Add the published years that are missing, with their days."""
    get = model or _model
    for year, notice in NOTICES.items():
        _row, made = get("CalendarYear").objects.get_or_create(
            year=year,
            defaults={
                "published": True,
                "notice_number": notice,
                "created_at": LONG_AGO,
                "updated_at": LONG_AGO,
            },
        )
        if made:
            get("CalendarDay").objects.bulk_create(
                get("CalendarDay")(
                    date=day,
                    working=working,
                    name=name[:40],
                    notice_number=notice,
                    created_at=LONG_AGO,
                    updated_at=LONG_AGO,
                )
                for day, working, name in special_days(year)
            )


def load_rules(model: Callable[[str], Any] | None = None) -> None:
    """Add the clock rules whose code is not known yet."""
    rule = (model or _model)("ClockRule")
    known = set(rule.objects.values_list("code", flat=True))
    rule.objects.bulk_create(
        rule(
            code=code,
            effective_from=IN_FORCE,
            created_at=LONG_AGO,
            updated_at=LONG_AGO,
            **dict(zip(_FIELDS, values, strict=True)),
        )
        for code, *values in RULES
        if code not in known
    )


def _model(name: str) -> Any:
    from django.apps import apps

    return apps.get_model("deadlines", name)
