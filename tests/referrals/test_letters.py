"""What the letters of this room say, and that they fit the paper."""

import io

import pdfplumber
import pytest

from documents.letter import as_json, from_json
from documents.rendering import render
from referrals import letters

DISPATCH = {
    "kind": "transfer",
    "issuer": "青禾县医疗保障局",
    "receiver": "县卫生健康局",
    "receiver_word": "局",
    "title": "关于移交仁和医院涉嫌分解住院问题线索的函",
    "date": "2026-11-19",
    "case_number": "联办〔2026〕126号",
    "case_title": "仁和医院涉嫌分解住院、串换诊疗项目案",
    "mechanism": "《青禾县医疗保障领域协作联动工作机制》第三条第（三）项",
    "source": "智能监控",
    "subjects": [{"name": "青禾仁和医院", "uscc": "52439926MJ0001201C", "address": "青禾县城关镇"}],
    "categories": ["分解住院", "串换项目"],
    "facts": "37名参保人员52人次出院后3日内再次入院。\n理疗项目串换为中频治疗收费。",
    "amount": "462318.50",
    "request": "",
    "limit_on": "2026-11-27",
    "discovered_on": None,
    "questions": [],
    "manifest": [["住院病历抽样表", 1, 12, "ab" * 32, ""], ["智能监控疑点清单", 2, None, "cd" * 32, "电子"]],
    "contact": "联系人：陈晓岚，电话：0799-6620393",
}
REPLY = {
    "kind": "opinion",
    "issuer": "青禾县卫生健康局",
    "receiver": "县医疗保障局",
    "receiver_word": "局",
    "date": "2026-11-26",
    "asked_title": "关于商请对仁和医院诊疗行为提供技术支持的函",
    "asked_number": "青医保函〔2026〕58号",
    "text": "抽查病历中31份入院指征不足。",
    "answers": [["入院指征和诊疗合理性；", "31份指征不足。"], ["医师执业资质", "均在执业范围内。"]],
    "basis": "《医疗机构管理条例》",
    "reservation": "",
    "experts": "周敏仪、胡亦凡",
    "contact": "联系人：周敏仪",
}


def words(letter):
    return [(para.heading, para.text) for para in letter.body]


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四")]
)
def test_numeral_counts_as_officials_do(number, said):
    assert letters.numeral(number) == said


def test_transfer_letter_has_the_fields_of_the_form():
    letter = letters.transfer_letter(DISPATCH)
    assert letter.title == DISPATCH["title"]
    assert letter.recipients == ("县卫生健康局",)
    assert words(letter) == [
        ("", "我局在办理“仁和医院涉嫌分解住院、串换诊疗项目案”（联办〔2026〕126号）过程中，发现有关问题属你局职责范围。"
             "根据《青禾县医疗保障领域协作联动工作机制》第三条第（三）项规定，现将线索及证据材料移交你局，请依法处理。"),
        ("一、线索来源", ""),
        ("", "智能监控。"),
        ("二、被反映对象", ""),
        ("", "青禾仁和医院（统一社会信用代码：52439926MJ0001201C，地址：青禾县城关镇）。"),
        ("三、涉嫌问题类别", ""),
        ("", "分解住院、串换项目。"),
        ("四、主要事实", ""),
        ("", "37名参保人员52人次出院后3日内再次入院。"),
        ("", "理疗项目串换为中频治疗收费。"),
        ("五、涉及金额", ""),
        ("", "462,318.50元（人民币肆拾陆万贰仟叁佰壹拾捌元伍角）。"),
        ("六、办理要求", ""),
        ("", "请你局收到本函后核对材料并签收，于2026年11月27日前将受理情况和办理结果书面函复我局。"),
    ]  # fmt: skip
    assert letter.listed_attachments == ("证据材料清单",)
    assert letter.annexes[0].table.rows == (
        ("1", "住院病历抽样表", "1", "12", "abababababababab", ""),
        ("2", "智能监控疑点清单", "2", "", "cdcdcdcdcdcdcdcd", "电子"),
    )


def test_sections_that_say_nothing_are_left_out_and_not_counted():
    letter = letters.transfer_letter({**DISPATCH, "amount": None, "categories": [], "manifest": []})
    assert [para.heading for para in letter.body if para.heading] == [
        "一、线索来源", "二、被反映对象", "三、主要事实", "四、办理要求",
    ]  # fmt: skip
    assert letter.listed_attachments == ()


def test_support_letter_numbers_the_questions_and_states_the_limit():
    context = {
        **DISPATCH,
        "kind": "support",
        "title": REPLY["asked_title"],
        "mechanism": "《青禾县医疗保障领域协作联动工作机制》第三条第（二）项",
        "discovered_on": "2026-11-17",
        "questions": ["37份住院病历入院指征和诊疗合理性；", "两名医师执业资质", "是否存在分解住院。"],
    }
    letter = letters.support_letter(context)
    assert words(letter)[0][1] == (
        "我局在办理“仁和医院涉嫌分解住院、串换诊疗项目案”（联办〔2026〕126号）过程中，于2026年11月17日发现认定相关违法"
        "事项需你局提供技术支持。根据《青禾县医疗保障领域协作联动工作机制》第三条第（二）项规定，现书面告知你局，"
        "商请就以下事项出具书面意见："
    )
    assert [text for _heading, text in words(letter)[1:4]] == [
        "一、37份住院病历入院指征和诊疗合理性；", "二、两名医师执业资质；", "三、是否存在分解住院。",
    ]  # fmt: skip
    assert words(letter)[-1][1] == "请于2026年11月27日前出具书面意见或结论并函复我局，作为依法处理的依据。"


@pytest.mark.parametrize(("limit", "heading_count"), [("2026-11-27", 4), (None, 4)])
def test_bulletin_asks_for_feedback_only_with_a_limit(limit, heading_count):
    letter = letters.bulletin_letter({**DISPATCH, "kind": "bulletin", "limit_on": limit})
    assert sum(1 for para in letter.body if para.heading) == heading_count
    asked = "请你局收到本函后核对材料并签收，于2026年11月27日前将办理情况书面函复我局。"
    assert words(letter)[-1][1] == (asked if limit else "请你局结合职责予以关注。")


def test_early_letter_asks_to_step_in():
    letter = letters.early_letter({**DISPATCH, "kind": "early", "request": "请派员参加集体研判。"})
    assert "商请你局提前介入，共同组织调查处理" in words(letter)[0][1]
    assert words(letter)[-1][1] == "请派员参加集体研判。"


def test_opinion_answers_question_by_question():
    letter = letters.opinion_letter(REPLY)
    assert letter.title == "关于对仁和医院诊疗行为提供技术支持的书面意见"
    assert words(letter) == [
        ("", "你局《关于商请对仁和医院诊疗行为提供技术支持的函》（青医保函〔2026〕58号）收悉。"
             "经我局组织研究，提出书面意见如下："),
        ("一、入院指征和诊疗合理性", ""),
        ("", "31份指征不足。"),
        ("二、医师执业资质", ""),
        ("", "均在执业范围内。"),
        ("三、综合意见", ""),
        ("", "抽查病历中31份入院指征不足。"),
        ("四、意见依据", ""),
        ("", "《医疗机构管理条例》"),
        ("五、参与研究的专家", ""),
        ("", "周敏仪、胡亦凡"),
    ]  # fmt: skip


@pytest.mark.parametrize(("basis", "reservation", "more"), [("", "", 0), ("条例", "待补充。", 2)])
def test_answer_letter_names_the_letter_it_answers(basis, reservation, more):
    letter = letters.answer_letter(
        {**REPLY, "asked_title": DISPATCH["title"], "basis": basis, "reservation": reservation}
    )
    assert letter.title == "关于仁和医院涉嫌分解住院问题线索办理情况的复函"
    assert len(letter.body) == 3 + more
    assert letter.body[-1].text == "专此函复。"


RECEIPT = {
    "issuer": "青禾县卫生健康局", "date": "2026-11-20", "asked_number": "青医保函〔2026〕58号",
    "asked_title": DISPATCH["title"], "sender": "青禾县医疗保障局", "received_on": "2026-11-19",
    "received_by": "罗采薇", "items": 2, "proved": False, "accepted": True, "handler": "周敏仪",
    "category": "", "reason": "", "limit_on": "2026-11-27",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "checked", "result", "last"),
    [
        ({}, "随函材料2件，经逐件校验与清单一致", "受理", ("办理期限", "2026年11月27日")),
        ({"items": 0, "limit_on": None}, "本函未附材料", "受理", ("承办人", "周敏仪")),
        (
            {"accepted": False, "category": "不属职责范围", "reason": "应由市场监管部门处理", "proved": True},
            "以送达证明确认收到", "不受理（不属职责范围）", ("理由", "应由市场监管部门处理"),
        ),
    ],
)  # fmt: skip
def test_receipt_says_what_was_found_and_done(changes, checked, result, last):
    form = letters.receipt({**RECEIPT, **changes})
    fields = dict(form.fields)
    assert (fields["材料核对"], fields["处理结果"]) == (checked, result)
    assert form.fields[-1] == last


NATURE = DISPATCH | {
    "unclear": "属违规收费还是骗取基金",
    "members": [["县医保局", ["陈晓岚"]], ["县卫健局", ["周敏仪"]]],
    "views": [["县医保局", "行政处罚", "事实清楚", False], ["县卫健局", "不成立", "入院指征存疑", True]],
    "outcome": "行政处罚",
    "reasons": "多数意见一致。",
    "receivers": ["县卫生健康局"],
}


@pytest.mark.parametrize("kind", sorted(letters.BUILDERS))
def test_every_paper_is_frozen_as_json_and_printed(kind):
    context = {"referral_receipt": RECEIPT, "answer": REPLY, "opinion": REPLY, "nature_opinion": NATURE}.get(
        kind, {**DISPATCH, "discovered_on": "2026-11-17", "questions": ["是否合理"]}
    )
    paper = letters.BUILDERS[kind](context)
    again = from_json(as_json(paper))
    assert again == paper
    with pdfplumber.open(io.BytesIO(render(paper))) as pdf:
        text = "".join((page.extract_text() or "") for page in pdf.pages)
    assert paper.title[:6] in text.replace("\n", "").replace(" ", "")
