"""The catalogue holds every measure the first document names, and those of E32 and E38; it is edited, never emptied."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from core.dictionaries import version_of
from core.refusals import BadInput, Stale
from core.seeded import seeded
from sanctions import seeds
from sanctions.actions.catalogue import add_measure_to_catalogue, change_measure_in_catalogue, values_of
from sanctions.models import Measure

BODY, SHOP, MAKER, STAFF, PERSON = "institution", "pharmacy", "supplier", "practitioner", "insured"

# written from the first document, part 3 (4), sentence by sentence: who, against whom, what, the seeded measure, effect
DOCUMENT = [
    ("insurance", BODY, "在医保基金支付方面采取惩罚性核减", "punitive-deduction", "plain"),
    ("insurance", BODY, "加大日常检查、专项检查力度和强度", "more-inspections", "plain"),
    ("insurance", BODY, "建立定期报告制度", "periodic-report", "plain"),
    ("insurance", BODY, "暂停", "suspend-designation", "plain"),
    ("insurance", BODY, "取消医保定点资格", "cancel-designation", "bar"),
    ("insurance", BODY, "惩戒措施履行情况纳入医保协议管理", "agreement-terms", "plain"),
    ("insurance", BODY, "拒不履行的实行降级处理", "downgrade", "plain"),
    ("insurance", STAFF, "暂停医保从业资格", "suspend-staff", "plain"),
    ("insurance", STAFF, "取消医保从业资格", "cancel-staff", "bar"),
    ("insurance", SHOP, "监管、日常检查频次相挂钩", "pharmacy-inspections", "plain"),
    ("insurance", MAKER, "与“容缺受理”相挂钩", "supplier-completion", "plain"),
    ("insurance", MAKER, "与挂网资格相挂钩", "supplier-listing", "plain"),
    ("insurance", PERSON, "改变医保结算方式", "insured-settlement", "plain"),
    ("insurance", PERSON, "限制就医范围", "insured-range", "plain"),
    ("insurance", PERSON, "定点就医报备", "insured-registration", "plain"),
    ("insurance", SHOP, "取消的三年内不得重新申请", "cancel-designation", "bar"),
    *(("insurance", kind, "司法判决的列入永久性“黑名单”", "permanent-blacklist", "permanent")
      for kind in (BODY, SHOP, MAKER, STAFF, PERSON)),
    ("health", BODY, "与评级挂钩", "health-grading", "plain"),
    ("health", BODY, "与评优评先挂钩", "health-excellence", "plain"),
    ("health", BODY, "与表彰奖励挂钩", "health-honours", "plain"),
    ("health", BODY, "与绩效考核挂钩", "health-performance", "plain"),
    ("health", STAFF, "与服务资质挂钩", "staff-qualification", "plain"),
    ("health", STAFF, "与晋升晋级挂钩", "staff-promotion", "plain"),
    ("health", STAFF, "与职称评审挂钩", "staff-title", "plain"),
    ("health", STAFF, "与岗位聘用挂钩", "staff-post", "plain"),
    ("health", STAFF, "与评先评优挂钩", "staff-excellence", "plain"),
    ("health", STAFF, "与专家申报挂钩", "staff-expert", "plain"),
    ("health", STAFF, "与绩效分配挂钩", "staff-pay", "plain"),
    ("market", BODY, "药品、医用耗材质量安全问题查处", "market-quality", "plain"),
    ("market", STAFF, "执业药师违法违规行为查处", "market-pharmacist", "plain"),
    ("finance", BODY, "加强医疗保障基金的绩效监督考核", "fund-performance", "plain"),
    ("reform", BODY, "公开协议管理信息", "publish-agreement", "plain"),
    ("reform", SHOP, "公开协议管理信息", "publish-agreement", "plain"),
    ("reform", BODY, "公开行政处罚信息", "publish-penalty", "plain"),
    ("reform", BODY, "公开“红黑榜”名单", "publish-list", "plain"),
    *(("reform", kind, "经认定后协调对严重失信主体惩戒", "serious-breach", "serious")
      for kind in (BODY, SHOP, MAKER, STAFF, PERSON)),
    ("police", BODY, "及时立案、侦查、处理", "police-investigation", "plain"),
    ("police", PERSON, "及时立案、侦查、处理", "police-investigation", "plain"),
    ("police", BODY, "提前介入专项检查", "police-early", "plain"),
    ("police", BODY, "及时移送涉嫌欺诈骗保案件线索", "police-clues", "plain"),
    ("police", BODY, "提供专业力量支持", "police-support", "plain"),
    ("police", PERSON, "提供户籍注销核查比对信息", "police-comparison", "plain"),
    # E32
    ("health", BODY, "停业整顿", "health-closure", "plain"),
    ("market", SHOP, "停业整顿", "market-closure", "plain"),
    ("health", BODY, "吊销执业资格", "health-revocation", "plain"),
    ("market", SHOP, "吊销经营资格", "market-revocation", "plain"),
    ("health", STAFF, "从业限制", "health-restriction", "plain"),
    # E38, E41
    ("insurance", BODY, "降低结算系数", "settlement-coefficient", "plain"),
    ("insurance", BODY, "年度考核减分", "appraisal-deduction", "plain"),
    ("insurance", STAFF, "记分管理", "staff-points", "plain"),
    # 条例 art. 30, 43
    ("insurance", BODY, "不配合调查的暂停结算", "pause-settlement", "plain"),
    ("insurance", BODY, "主要负责人五年禁止从业", "responsible-person-bar", "person_bar"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("function", "kind", "words", "code", "effect"), DOCUMENT, ids=lambda value: str(value)[:12]
)
def test_every_measure_the_documents_name_is_there(function, kind, words, code, effect):
    row = Measure.objects.get(code=code)
    assert (row.function, row.effect, row.active) == (function, effect, True)
    assert kind in row.kinds
    assert row.basis
    assert row.proof
    assert row in Measure.objects.fitting(function, kind)


@pytest.mark.django_db
def test_nothing_stands_there_that_no_document_names():
    named = {code for *_rest, code, _effect in DOCUMENT} | {"blacklist"}  # 红黑榜
    assert set(Measure.objects.values_list("code", flat=True)) == named


@pytest.mark.django_db
def test_the_seed_is_loaded_once_and_edits_stay():
    before = Measure.objects.count()
    Measure.objects.filter(code="blacklist").update(name="列入黑名单", active=False)
    seeds.load()
    assert Measure.objects.count() == before == len(seeds.MEASURES)
    assert Measure.objects.get(code="blacklist").name == "列入黑名单"


def test_every_word_of_the_catalogue_has_its_english():
    seen = {(row[3], row[4], row[5], row[7]) for row in seeds.MEASURES}
    with translation.override("en"):
        left = [word for words in seen for word in words if re.search(r"[一-鿿]", seeded(word))]
    assert not left


def test_terms_of_the_regulations():
    terms = {row[0]: row[6] for row in seeds.MEASURES}
    assert terms["suspend-designation"] == (6, "month")  # art. 40: 6–12 months
    assert terms["insured-settlement"] == (3, "month")  # art. 41: 3–12 months
    assert terms["responsible-person-bar"] == (5, "year")  # art. 43


def given(**more):
    return {
        "function": "health", "kinds": ["insured", "institution"], "name": "约谈", "source": "", "basis": "某条例第一条",
        "amount": None, "unit": "", "proof": "约谈记录", "own_hearing": False, "effect": "plain", "active": True, "order": 5,
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"), ({"basis": ""}, "basis"), ({"proof": ""}, "proof"), ({"name": "长" * 61}, "name"),
        ({"function": "office"}, "function"), ({"kinds": []}, "kinds"), ({"kinds": ["moon"]}, "kinds"),
        ({"amount": 3}, "amount"), ({"unit": "year"}, "amount"), ({"amount": 900, "unit": "year"}, "amount"),
        ({"effect": "bar", "amount": 3, "unit": "year"}, "amount"), ({"effect": "black"}, "amount"),
    ],
)  # fmt: skip
def test_what_could_be_no_measure_is_refused(system_admin, now, wrong, field):
    with pytest.raises(BadInput) as refused:
        add_measure_to_catalogue(code="talk", by=system_admin, at=now, **given(**wrong))
    assert field in refused.value.faults
    assert not Measure.objects.filter(code="talk").exists()


def test_a_measure_is_added_changed_and_never_overwritten_unseen(system_admin, now):
    row = add_measure_to_catalogue(code="talk", by=system_admin, at=now, **given())
    assert row.kinds == ["institution", "insured"]  # in the order of the house
    for code in ("talk", ""):
        with pytest.raises(BadInput) as taken:
            add_measure_to_catalogue(code=code, by=system_admin, at=now, **given())
        assert taken.value.field == "code"
    version = version_of(values_of(row))
    change_measure_in_catalogue(
        measure=row, version=version, by=system_admin, at=now, **given(name="集体约谈")
    )
    assert row.name == "集体约谈"
    with pytest.raises(Stale):
        change_measure_in_catalogue(
            measure=row, version=version, by=system_admin, at=now, **given(name="别的")
        )
    same = version_of(values_of(row))
    change_measure_in_catalogue(measure=row, version=same, by=system_admin, at=now, **given(name="集体约谈"))
    assert row.label == "集体约谈"


def test_the_files_of_this_room_name_no_law_the_facts_do_not():
    text = Path(seeds.__file__).read_text(encoding="utf-8")
    assert "第四十三条" in text
    assert "实施细则" not in text  # 令第7号 was not read: nothing rests on it
