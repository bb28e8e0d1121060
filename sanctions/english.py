"""The seeded catalogue and clocks in English; the rows themselves are Chinese, as papers print them (`seeds.py`)."""

from core.seeded import capital
from sanctions.seeds import E32, E38, LAW, S0

MEASURES = {
    "医保基金支付惩罚性核减": "punitive deduction from fund payments",
    "加大日常检查、专项检查力度和强度": "more and stricter daily and special inspections",
    "建立定期报告制度": "periodic reports",
    "不配合调查的暂停医疗保障基金结算": "settlement paused for lack of cooperation",
    "暂停医保定点资格": "suspension of the designation",
    "取消医保定点资格": "cancellation of the designation",
    "信用管理惩戒措施履行情况纳入医保协议管理": "performance of sanctions made part of the agreement",
    "拒不履行信用管理惩戒措施的实行降级处理": "downgrade for refusing to perform sanctions",
    "暂停医保从业资格": "suspension of the qualification for insurance services",
    "取消医保从业资格": "cancellation of the qualification for insurance services",
    "对违规责任人进行记分": "points for the responsible person",
    "监管和日常检查频次挂钩": "frequency of supervision and daily inspection",
    "监管与“容缺受理”挂钩": "no acceptance of incomplete applications",
    "监管与挂网资格挂钩": "qualification for the procurement platform",
    "改变医保结算方式": "changed way of settlement",
    "限制就医范围": "restricted range of institutions",
    "定点就医报备": "registration of one institution",
    "降低结算系数": "lowered settlement coefficient",
    "年度考核减分": "deduction in the annual appraisal",
    "法定代表人或者主要负责人五年内禁止从事定点医药机构管理活动":
        "responsible persons barred for five years from managing designated institutions",
    "列入失信“黑榜”": "blacklist",
    "列入永久性“黑名单”": "permanent blacklist",
    "与医疗机构评级挂钩": "grading of institutions",
    "与评优评先挂钩": "selection for excellence",
    "与表彰奖励挂钩": "honours and awards",
    "与绩效考核挂钩": "performance appraisal",
    "与服务资质挂钩": "service qualification",
    "与晋升晋级挂钩": "promotion",
    "与职称评审挂钩": "professional title",
    "与岗位聘用挂钩": "employment in posts",
    "与评先评优挂钩": "selection for excellence of staff",
    "与专家申报挂钩": "application as expert",
    "与绩效分配挂钩": "performance pay",
    "责令停业整顿": "closure for rectification",
    "吊销执业资格": "revocation of the licence to practise",
    "限制从业": "restriction of practice",
    "查处药品、医用耗材质量安全问题": "action on quality and safety of drugs and consumables",
    "查处执业药师违法违规行为": "action on violations of licensed pharmacists",
    "吊销经营资格": "revocation of the licence to trade",
    "加强医疗保障基金绩效监督考核": "stricter performance supervision of the fund",
    "公开医药机构协议管理信息": "publication of agreement management",
    "公开行政处罚信息": "publication of administrative penalties",
    "公开“红黑榜”名单": "publication of the red and black lists",
    "协调有关部门对严重失信主体实施惩戒": "coordination of sanctions for serious breaches of trust",
    "依法立案、侦查、处理医保领域违法犯罪": "filing and investigation of crimes",
    "提前介入打击欺诈骗保专项检查": "early involvement in special inspections",
    "移送涉嫌欺诈骗保案件线索": "transfer of leads of suspected fraud",
    "为核查涉嫌欺诈骗保案件提供专业力量支持": "expert support in verifying suspected fraud",
    "提供户籍注销核查比对信息": "comparison with cancelled household registrations",
}  # fmt: skip
CLOCKS = {
    "签收联合惩戒任务": "taking a sanction in",
    "作出惩戒措施决定": "deciding on sanction measures",
    "执行惩戒措施": "executing sanction measures",
    "反馈惩戒结果": "feeding back on sanctions",
    "失信认定": "determining a breach of trust",
    "信用修复审核": "deciding on credit repair",
    "发出失信认定书": "the determination is sent",
    "作出惩戒决定或者说明不采取的理由": "measures are decided, or refused with a reason",
    "作出惩戒决定": "measures are decided",
    "执行完毕并留存佐证": "everything is executed, with proof",
    "反馈执行结果": "the results are fed back",
    "陈述申辩答复": "what the subject said is answered",
    "作出认定或者不予认定": "a breach of trust is determined, or not",
    "收到修复申请": "the application is received",
    "作出修复决定": "it is decided",
}
SOURCES = {
    S0: "Cooperation mechanism, part 3 (4): joint sanctions",
    E32: "Plan for the reform of supervision: severe violations",
    E38: "Ten measures: sanctions",
    LAW: "Regulations on the supervision of the fund",
}


def words() -> dict[str, str]:
    """Chinese → English."""
    said = capital(MEASURES | CLOCKS)
    return said | SOURCES
