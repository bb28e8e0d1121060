"""The seeded clocks and days of the calendar in English; the rows themselves are Chinese (`seeds.py`)."""

from core.seeded import capital

CLOCKS = {
    # code: name, runs from, runs until
    "support_notice": ("notice of technical support", "the need is discovered", "the written notice is sent"),
    "written_opinion": ("written opinion", "the notice is received", "the written opinion is issued"),
    "transfer_sign": ("signing for", "the letter is sent", "the other side signs for it"),
    "transfer_reply": ("answer with the result", "it is accepted", "the result is answered"),
    "completion": ("completing the material", "the completion is asked for", "the material is complete"),
    "supervision": ("answer to supervision", "the supervision letter is sent", "it is answered"),
    "bulletin": ("case bulletin", "what is to be told is discovered", "the bulletin is sent"),
    "early_involvement": ("answer to early involvement", "the invitation is received", "whether to join is answered"),
    "comparison": ("answer to a household comparison", "the request is received", "the result is answered"),
    "verification": ("verification of the lead", "the lead is received", "whether to file is decided"),
    "case_90": ("handling of the case", "it is filed", "it is decided"),
    "reporter_notice": ("telling the reporter", "whether to file is decided", "the reporter is told"),
    "legal_review": ("legal review", "it is handed in for review", "the review is given"),
    "service": ("service of the decision", "the penalty is decided", "it is served on the party"),
    "enforcement": (
        "application for compulsory enforcement", "the time for review and lawsuit is over", "the court is applied to",
    ),
    "register_preserve": ("decision on preserved evidence", "it is registered and preserved", "it is decided"),
    "seal_up": ("decision on what is sealed or seized", "it is sealed or seized", "it is decided"),
    "assist_letter": ("answer to a request for assistance", "the request is received", "it is answered"),
    "task_report": ("report on an assigned task", "the assignment is received", "its handling is reported"),
    "criminal_decision": ("decision on the transfer", "the report is received", "the head decides"),
    "criminal_transfer": ("transfer to the police", "the transfer is approved", "it is transferred to the police"),
    "police_decision": ("decision of the police", "the police take the case", "they decide whether to file"),
    "police_notice": ("notice of incomplete material", "the police take the case", "the sender is told to complete it"),
    "criminal_correction": ("completing the transfer", "the notice is received", "the material is complete"),
    "police_forward": (
        "forwarding to the competent body", "the police take the case", "it is forwarded and the sender told",
    ),
    "police_reconsideration": (
        "request for reconsideration", "the notice of not filing is received", "reconsideration or supervision is asked",
    ),
    "police_reply": ("answer to the reconsideration", "the police receive the request", "they decide on it"),
    "supervision_request": (
        "proposal of supervision of filing", "the decision on reconsideration is received",
        "the procuratorate is asked to supervise",
    ),
    "property_handover": (
        "handing over things involved", "the notice of filing is received", "things and material are handed over",
    ),
    "reward_claim": ("claiming the reward", "the notice is received", "the reward is claimed"),
    "quarterly_meeting": ("quarterly joint meeting", "the quarter begins", "the meeting is held"),
    "campaign_report": ("report of the campaign", "the stage begins", "it is reported"),
    "full_coverage": ("full-coverage inspection", "the year begins", "the year's inspections are done"),
    "publication": ("publication of information", "the information arises or changes", "it is public"),
    "penalty_publication": ("publication of the penalty", "the penalty is decided", "it is published"),
    "reapplication_bar": ("bar on re-application", "the agreement is ended", "an application is possible again"),
}  # fmt: skip

_PENALTY = "Interim Provisions on the Procedure of Medical Insurance Penalties"
_TRANSFER = "Provisions on the Transfer of Suspected Crimes"
_POLICE = "Provisions on the Procedure of Criminal Cases by the Police"
BASES = {
    "《医疗保障领域协作联动机制》技术支持": "Cooperation mechanism: technical support",
    "《医疗保障领域协作联动机制》技术支持（时限以告知函载明为准）":
        "Cooperation mechanism: technical support (the limit stands in the notice)",
    "内部时限（机制未定期限，“及时”）": "internal limit (the mechanism says “promptly”)",
    "内部时限（机制未定期限，函件可另行载明）": "internal limit (the letter may state another)",
    "内部时限": "internal limit",
    "领导小组办公室督办（期限以督办函载明为准）": "supervision by the office (the limit stands in its letter)",
    "医疗保障行政处罚程序暂行规定第十四条（经主要负责人批准可延长15个工作日）":
        f"{_PENALTY}, art. 14 (the head may grant 15 more working days)",
    "行政处罚法第六十条；医疗保障行政处罚程序暂行规定第四十五条（检测、听证、鉴定时间不计入）":
        f"Law on Administrative Penalties, art. 60; {_PENALTY}, art. 45 (tests, hearings, appraisals do not count)",
    "医疗保障基金使用监督管理举报处理暂行办法（国家医疗保障局令第5号）":
        "Interim Measures on Handling Reports on the Medical Insurance Fund (Order 5)",
    "医疗保障行政处罚程序暂行规定第四十条": f"{_PENALTY}, art. 40",
    "行政处罚法第六十一条、第八十五条": "Law on Administrative Penalties, art. 61 and 85",
    "行政强制法第五十四条、第六十九条": "Law on Administrative Compulsion, art. 54 and 69",
    "行政强制法第五十三条": "Law on Administrative Compulsion, art. 53",
    "行政处罚法第五十六条、第八十五条": "Law on Administrative Penalties, art. 56 and 85",
    "医疗保障行政处罚程序暂行规定第二十六条至第三十三条（可延长30日）":
        f"{_PENALTY}, art. 26 to 33 (30 more days may be granted)",
    "医疗保障行政处罚程序暂行规定第三十四条": f"{_PENALTY}, art. 34",
    "交办单位来文载明的报告时限": "the limit stated by the body that assigned it",
    "行政执法机关移送涉嫌犯罪案件的规定第五条": f"{_TRANSFER}, art. 5",
    "行政执法机关移送涉嫌犯罪案件的规定第七条": f"{_TRANSFER}, art. 7",
    "行政执法机关移送涉嫌犯罪案件的规定第八条": f"{_TRANSFER}, art. 8",
    "行政执法机关移送涉嫌犯罪案件的规定第九条": f"{_TRANSFER}, art. 9",
    "行政执法机关移送涉嫌犯罪案件的规定第十二条": f"{_TRANSFER}, art. 12",
    "公安机关办理刑事案件程序规定第一百八十条、第一百八十一条": f"{_POLICE}, art. 180 and 181",
    "违法违规使用医疗保障基金举报奖励办法（医保办发〔2022〕22号）":
        "Measures on Rewards for Reporting Misuse of the Medical Insurance Fund (2022, no. 22)",
    "《医疗保障领域协作联动机制》联席会议": "Cooperation mechanism: joint meetings",
    "专项整治工作方案": "plan of the campaign",
    "基金监管全覆盖要求": "requirement of full coverage in supervising the fund",
    "政府信息公开条例第二十六条": "Regulation on Government Information Disclosure, art. 26",
    "国办发〔2018〕118号": "General Office of the State Council, 2018, no. 118",
    "《医疗保障领域协作联动机制》联合惩戒": "Cooperation mechanism: joint sanctions",
}  # fmt: skip

HOLIDAYS = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "农历除夕": "Lunar New Year's Eve",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "国庆节、中秋节": "National Day, Mid-Autumn Festival",
    "国庆节；中秋节": "National Day; Mid-Autumn Festival",
    "中秋节；国庆节": "Mid-Autumn Festival; National Day",
    "调休上班": "make-up workday",
    "休息日": "day off",
    **{
        f"{name}（补假）": f"{said} (day in lieu)"
        for name, said in (
            ("清明节", "Qingming Festival"), ("国庆节", "National Day"), ("劳动节", "Labour Day"),
            ("端午节", "Dragon Boat Festival"), ("春节", "Spring Festival"),
        )
    },
}  # fmt: skip


def words() -> dict[str, str]:
    """Chinese → English. Days exchanged for another (休息日（与…调休）) carry that day's date."""
    from deadlines.seeds import RULES

    said = capital(BASES) | capital(HOLIDAYS)
    for code, _name, *_limit, runs_from, runs_until in RULES:
        said |= dict(zip((runs_from, runs_until), CLOCKS[code][1:], strict=True))
    said |= capital({name: CLOCKS[code][0] for code, name, *_rest in RULES})  # a clock's own name goes before
    for month in range(1, 13):
        for day in range(1, 32):
            said[f"休息日（与{month}月{day}日调休）"] = f"Day off (exchanged for {month}-{day})"
    return said
