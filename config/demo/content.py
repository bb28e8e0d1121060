"""The invented words of the demo county: nobody and nothing here exists; every code has a valid check digit."""

from core.identifiers import resident_id_check, uscc_check
from departments.enums import Function, Role

CITY = {"code": "439900", "name": "沧澜市", "short_name": "沧", "level": "city"}
COUNTY = {"code": "439926", "name": "青禾县", "short_name": "青", "level": "county"}

# function, full name, short name, document mark, hotline, has an account
DEPARTMENTS = [
    (Function.INSURANCE, "青禾县医疗保障局", "县医保局", "青医保", "0799-6620393", True),
    (Function.HEALTH, "青禾县卫生健康局", "县卫健局", "青卫健", "0799-6621120", True),
    (Function.MARKET, "青禾县市场监督管理局", "县市监局", "青市监", "0799-6612315", True),
    (Function.FINANCE, "青禾县财政局", "县财政局", "青财", "0799-6623301", True),
    (Function.REFORM, "青禾县发展和改革局", "县发改局", "青发改", "0799-6622358", True),
    (Function.POLICE, "青禾县公安局", "县公安局", "青公", "0799-6610110", True),
    (Function.OFFICE, "青禾县医疗保障协作联动工作领导小组办公室", "联动办", "青联动办", "0799-6620390", True),
    (Function.OTHER, "中共青禾县纪律检查委员会青禾县监察委员会", "县纪委监委", "青纪", "0799-6612388", False),
    (Function.OTHER, "青禾县人民法院", "县法院", "青法", "0799-6612368", False),
    (Function.OTHER, "沧澜市医疗保障局", "市医保局", "沧医保", "0799-8220393", False),
    # the last of them is the one the stories serve on paper
    (Function.OTHER, "青禾县人民检察院", "县检察院", "青检", "0799-6612309", False),
]

NAMED_ONLY = {"县纪委监委"}  # letters to it are seen by named persons only

H, S, D, M, G = Role.HANDLER, Role.SECTION_HEAD, Role.DEPUTY_HEAD, Role.HEAD, Role.REGISTRAR
# function → (name, post, section, job title, extension)
PEOPLE = {
    Function.INSURANCE: [
        ("陈晓岚", H, "基金监管股", "一级科员", "8362"),
        ("赵一鸣", H, "基金监管股", "四级主任科员", "8363"),
        ("林婉清", H, "基金监管股", "一级科员", "8365"),
        ("何志远", S, "基金监管股", "股长", "8360"),
        ("梁国栋", D, "", "副局长", "8302"),
        ("宋明哲", M, "", "局长", "8301"),
        ("曾小禾", G, "办公室", "机要文书", "8310"),
        ("唐律安", Role.LEGAL, "法规股", "法制审核员", "8351"),
        ("黎佳音", Role.FINANCE, "财务股", "会计", "8341"),
        ("纪守言", Role.REPORT_OFFICER, "基金监管股", "举报专员", "8366"),
    ],
    Function.HEALTH: [
        ("周敏仪", H, "医政医管股", "主治医师", "6105"),
        ("胡亦凡", H, "医政医管股", "一级科员", "6106"),
        ("彭立群", S, "医政医管股", "股长", "6101"),
        ("蒋思远", D, "", "副局长", "6012"),
        ("邓汉章", M, "", "局长", "6011"),
        ("罗采薇", G, "办公室", "机要文书", "6020"),
    ],
    Function.MARKET: [
        ("吴志强", H, "药械股", "四级主任科员", "5577"),
        ("严冬青", H, "药械股", "一级科员", "5578"),
        ("谢海波", S, "药械股", "股长", "5570"),
        ("贺清源", D, "", "副局长", "5502"),
        ("龙启明", M, "", "局长", "5501"),
        ("钟灵儿", G, "办公室", "机要文书", "5510"),
    ],
    Function.FINANCE: [
        ("姚静姝", H, "社保股", "一级科员", "3305"),
        ("汪成业", S, "社保股", "股长", "3301"),
        ("段文博", D, "", "副局长", "3202"),
        ("卢正平", M, "", "局长", "3201"),
        ("夏雨荷", G, "办公室", "机要文书", "3210"),
        ("金满仓", Role.FINANCE, "社保股", "会计", "3306"),
    ],
    Function.REFORM: [
        ("范舒扬", H, "信用建设股", "一级科员", "2358"),
        ("石敬之", S, "信用建设股", "股长", "2351"),
        ("毛建川", D, "", "副局长", "2302"),
        ("方怀瑾", M, "", "局长", "2301"),
        ("白若溪", G, "办公室", "机要文书", "2310"),
    ],
    Function.POLICE: [
        ("秦卫东", H, "经侦大队", "二级警长", "1107"),
        ("孟长河", H, "经侦大队", "三级警长", "1108"),
        ("雷振宇", S, "经侦大队", "大队长", "1101"),
        ("郭铁军", D, "", "副局长", "1002"),
        ("丁安邦", M, "", "局长", "1001"),
        ("苏映雪", G, "指挥中心", "机要文书", "1010"),
    ],
    Function.OFFICE: [
        ("江望舒", Role.COORDINATOR, "", "办公室副主任", "8390"),
        ("沈秉公", M, "", "办公室主任", "8388"),
        ("温如玉", Role.OBSERVER, "", "副县长", "0002"),
        ("安守规", Role.SYSTEM_ADMIN, "", "系统管理员", "8391"),
        ("白守密", Role.SECURITY_ADMIN, "", "安全管理员", "8392"),
        ("查无漏", Role.AUDIT_ADMIN, "", "审计管理员", "8393"),
    ],
}


def _body_code(kind: str, serial: int) -> str:
    first17 = f"{kind}{COUNTY['code']}MJ{serial:07d}"
    return first17 + uscc_check(first17)


def _person_number(born: str, serial: int) -> str:
    first17 = f"{COUNTY['code']}{born}{serial:03d}"
    return first17 + resident_id_check(first17)


# kind, name, level, publicly owned
_INSTITUTIONS = [
    ("institution", "青禾县人民医院", "二级甲等", True),
    ("institution", "青禾县中医医院", "二级乙等", True),
    ("institution", "青禾仁和医院", "一级", False),
    ("institution", "青禾博爱综合门诊部", "未定级", False),
    ("institution", "城北社区卫生服务中心", "一级", True),
    ("institution", "安康血液透析中心", "未定级", False),
    ("institution", "同德骨科医院", "二级", False),
    ("institution", "仁爱康复医院", "一级", False),
    ("institution", "双河镇中心卫生院", "一级", True),
    ("institution", "柳坪乡卫生院", "一级", True),
    ("institution", "青禾康宁精神病医院", "二级", False),
    ("institution", "晨光儿童康复中心", "未定级", False),
    ("institution", "石桥镇卫生院", "一级", True),
    ("institution", "青禾爱眼眼科医院", "一级", False),
    ("pharmacy", "康泰大药房青禾店", "", False),
    ("pharmacy", "济民堂药店", "", False),
    ("pharmacy", "益寿堂药店", "", False),
    ("pharmacy", "百草园大药房二分店", "", False),
    ("pharmacy", "惠民药房城南店", "", False),
    ("supplier", "沧澜恒信医疗器械有限公司", "", False),
    ("supplier", "沧澜同济医药有限公司", "", False),
]
SUBJECTS = [
    {
        "kind": kind,
        "name": name,
        "level": level,
        "public": public,
        "uscc": _body_code("52" if kind == "institution" else "91", 1201 + 37 * index),
    }
    for index, (kind, name, level, public) in enumerate(_INSTITUTIONS)
]
PERSONS = [
    {"kind": "insured", "name": "李某禾", "id_number": _person_number("19710305", 217)},
    {"kind": "insured", "name": "王某川", "id_number": _person_number("19580921", 331)},
    {"kind": "practitioner", "name": "郑某医师", "id_number": _person_number("19830614", 118)},
]

# subject index → suspicions: (what the case is about, category codes, suspected yuan, facts)
SUSPICIONS = [
    (
        2,
        "分解住院、串换诊疗项目",
        ["split-admission", "substitution"],
        "462318.50",
        "智能监控筛查发现该院2026年3月至9月间37名参保人员52人次出院后3日内再次入院，疑似分解住院；另将不予支付的理疗项目串换为中频治疗收费。",
    ),
    (
        14,
        "串换非医保药品、空刷医保凭证",
        ["substitution", "false-service"],
        "86240.00",
        "比对进销存数据，该店保健品销售与医保结算药品数量不符，疑似将保健食品串换为医保目录内药品结算。",
    ),
    (
        3,
        "虚记针灸理疗项目",
        ["false-service"],
        "132705.60",
        "该门诊部针灸、推拿项目单日结算人次超过执业人员可服务上限，抽查12名参保人员中9人否认接受服务。",
    ),
    (
        4,
        "超量开药",
        ["over-prescription"],
        "41386.20",
        "慢性病患者单次处方超过规定用量，同一患者当月累计开药达到120天用量。",
    ),
    (
        5,
        "虚增透析次数",
        ["false-service", "false-admission"],
        "1286400.00",
        "透析器进货数量与医保结算透析次数差额较大，涉及血液透析患者43名。",
    ),
    (
        6,
        "高值耗材购销存不一致",
        ["consumables-mismatch"],
        "318600.00",
        "骨科内固定耗材结算数量大于同期入库数量，缺少追溯码的耗材28件。",
    ),
    (
        7,
        "挂床住院",
        ["bed-hanging"],
        "207455.00",
        "夜间查房时住院登记61人，在院仅34人，部分患者护理记录连续多日雷同。",
    ),
    (
        8,
        "重复收费、分解收费",
        ["split-charging"],
        "74218.30",
        "静脉输液与注射器材料分解收取，护理费按次重复收取。",
    ),
    (
        16,
        "药品回流（追溯码重复结算）",
        ["drug-resale"],
        "96880.00",
        "同一药品追溯码在两家药店重复结算，涉及降压、降糖类药品。",
    ),
    (
        15,
        "处方药未凭处方销售并刷卡",
        ["no-prescription"],
        "28940.00",
        "处方药销售记录无对应处方，部分处方医师签名雷同。",
    ),
    (
        10,
        "降低入院标准、过度诊疗",
        ["low-threshold-admission", "over-treatment"],
        "233910.00",
        "住院患者入院指征不足，心理测查量表使用频次异常。",
    ),
    (
        11,
        "虚构康复训练记录",
        ["false-service"],
        "151260.00",
        "康复训练签到记录与监控影像不一致，同一治疗师同一时段服务多名儿童。",
    ),
    (9, "超标准收费", ["overcharging"], "18730.00", "一级护理按二级医院标准收取，涉及参保人员116人次。"),
    (
        13,
        "白内障手术高编高靠",
        ["upcoding"],
        "189420.00",
        "DIP入组手术编码与病历记录不符，人工晶体等级高于实际植入。",
    ),
    (
        17,
        "诱导刷卡、代刷医保凭证",
        ["false-service"],
        "33560.00",
        "以赠送米面油诱导参保人员集中刷卡，单日集中结算异常。",
    ),
    (1, "过度检查", ["over-examination"], "92370.00", "住院患者肿瘤标志物全套检查使用率明显高于同级医院。"),
    (12, "性别不符收费", ["sex-mismatch"], "6480.00", "男性参保人员结算妇科检查项目14人次。"),
    (
        18,
        "超量购药",
        ["over-prescription"],
        "22150.00",
        "门诊慢特病患者跨店重复购药，累计用量超过临床合理用量。",
    ),
    (
        19,
        "虚开耗材发票",
        ["consumables-mismatch"],
        "540000.00",
        "供应商开票数量与医疗机构验收入库数量不一致。",
    ),
    (
        0,
        "诊疗项目套高收费",
        ["overcharging", "split-charging"],
        "128850.00",
        "麻醉项目按全麻收取而病历记录为静脉麻醉。",
    ),
]

QUESTIONS = [
    "37份住院病历（52人次）入院指征和诊疗合理性",
    "两名医师执业资质及执业范围",
    "是否存在分解住院、低标准入院情形",
    "相关诊疗项目收费与实际服务是否一致",
]
ANSWERS = [
    "经抽查病历并组织专家评议，29份病历入院指征成立，8份病历入院指征不足。",
    "两名医师执业证书有效，执业范围与所开展诊疗活动相符。",
    "其中6人次符合分解住院情形，2人次属低标准入院。",
    "抽查项目中有3项收费与病历记录的服务内容不一致。",
]
RETURN_REASONS = [
    "所反映的收费行为不属我局职责，建议转有权机关处理。",
    "证据材料缺少购销存原始凭证，无法核查。",
]
FINDINGS = [
    "经核查，2类高值耗材账实不符，差额64件，已另案立案调查。",
    "经核查，所反映问题部分属实，已责令限期改正。",
    "经核查，未发现执业药师不在岗情形，其余线索属实。",
]
