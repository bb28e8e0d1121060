"""Categories and competence: what the county's administrator may change, and what stays as it was."""

import threading

import pytest
from django.db import connections
from django.utils import timezone

from cases.models import Case
from core.dictionaries import version_of
from core.refusals import AlreadyDone, BadInput, Stale, WrongState
from deadlines.models import Deadline
from departments.actions import categories as actions
from departments.dictionaries import categories_in_use, category_values
from departments.models import Category, Department
from journal.models import Event
from journal.render import sentence
from referrals.models import BulletinDuty
from tests.factories.cases import make_case

NEW = {
    "code": "hospice", "name": "虚假安宁疗护", "source": "县里通知", "functions": ["insurance", "health"],
    "fraud": False, "order": 5,
}  # fmt: skip


@pytest.fixture
def add(system_admin, now):
    return lambda **more: actions.add_category(**(NEW | more), by=system_admin, at=now)


@pytest.fixture
def change(system_admin, now):
    def change(category, version=None, **more):
        held = category_values(Category.objects.get(pk=category.pk))
        version = version_of(held) if version is None else version
        return actions.change_category(
            category=category, version=version, **(held | more), by=system_admin, at=now
        )

    return change


def last(verb):
    """The newest event: what the threads below have committed stays in the record for ever."""
    return Event.objects.filter(verb=verb).latest("pk")


def said(verb):
    return sentence(last(verb))


def test_a_new_category_is_proposed_to_those_competent_at_once(add, county, insurance, health, market):
    category = add(code=" Hospice ", name=" 虚假安宁疗护 ")
    assert (category.code, category.name, category.active) == ("hospice", "虚假安宁疗护", True)
    assert {row.basis for row in category.competences.all()} == {"县里通知"}
    assert set(Department.objects.competent_for([category], county)) == {insurance, health}
    assert last("category.added").params == {
        "code": "hospice", "name": "虚假安宁疗护", "source": "县里通知", "fraud": False, "order": 5,
        "functions": ["insurance", "health"],
    }  # fmt: skip
    assert said("category.added") == "新增违规类型虚假安宁疗护（hospice），主管部门：医疗保障、卫生健康"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "两个字"}, "code"),
        ({"code": "a--b"}, "code"),
        ({"code": "-a"}, "code"),
        ({"code": "a" * 31}, "code"),
        ({"code": "SPLIT-ADMISSION"}, "code"),
        ({"name": "  "}, "name"),
        ({"name": "长" * 41}, "name"),
        ({"name": "分解住院"}, "name"),
        ({"functions": []}, "functions"),
        ({"functions": ["office"]}, "functions"),
        ({"functions": ["insurance", "nobody"]}, "functions"),
        ({"order": -1}, "order"),
        ({"order": 32768}, "order"),
    ],
)
def test_what_cannot_be_right_is_named_beside_its_field(add, typed, field):
    before = Category.objects.count(), Event.objects.count()
    with pytest.raises(BadInput) as refused:
        add(**typed)
    assert list(refused.value.faults) == [field]
    assert (Category.objects.count(), Event.objects.count()) == before


def test_everything_wrong_is_said_at_once(add):
    with pytest.raises(BadInput) as refused:
        add(code="?", name="", functions=[], order=-1)
    assert set(refused.value.faults) == {"code", "name", "functions", "order"}


def test_changing_keeps_old_and_new(add, change, county, insurance, health, market):
    category = add()
    changed = change(category, name="虚假护理", functions=["insurance", "market"], fraud=True, source="新通知")
    assert (changed.name, changed.source, changed.fraud) == ("虚假护理", "新通知", True)
    assert set(Department.objects.competent_for([category], county)) == {insurance, market}
    assert {row.basis for row in category.competences.all()} == {"新通知"}
    assert last("category.changed").params == {
        "code": "hospice", "name": "虚假护理",
        "field_changes": {
            "name": ["虚假安宁疗护", "虚假护理"], "source": ["县里通知", "新通知"],
            "functions": [["insurance", "health"], ["insurance", "market"]], "fraud": [False, True],
        },
    }  # fmt: skip
    assert said("category.changed") == (
        "修改违规类型虚假护理（hospice）：名称：虚假安宁疗护 → 虚假护理；涉嫌欺诈骗保：否 → 是；出处：县里通知 → 新通知；"
        "主管部门：医疗保障、卫生健康 → 医疗保障、市场监管"
    )


def test_the_mark_holds_for_the_next_lead_and_leaves_what_is_owed(add, change, insurance_handler, health, now):
    category = add()
    assert not BulletinDuty.objects.filter(case=make_case(by=insurance_handler, at=now, categories=[category])).exists()
    change(category, fraud=True)
    case = make_case(by=insurance_handler, at=now, categories=[category])
    owed = BulletinDuty.objects.get(case=case)
    change(category, fraud=False)
    owed.refresh_from_db()
    assert owed.status == "due" and Deadline.objects.get(target_kind=owed.kind_code, target_id=owed.pk).ended_at is None


def test_a_basis_of_its_own_stays(add, change):
    category = add()
    category.competences.filter(function="health").update(basis="卫健职责")
    change(category, source="新通知")
    assert dict(category.competences.values_list("function", "basis")) == {
        "insurance": "新通知", "health": "卫健职责",
    }  # fmt: skip


def test_nothing_changed_nothing_recorded(add, change):
    category = add()
    change(category)
    assert not Event.objects.filter(verb="category.changed").exists()


def test_changing_is_refused(add, change):
    category = add()
    with pytest.raises(Stale) as refused:
        change(category, version=1)
    assert refused.value.details["now"] == category_values(category)
    with pytest.raises(BadInput) as refused:
        change(category, name="分解住院", functions=[])
    assert set(refused.value.faults) == {"name", "functions"}
    category.refresh_from_db()
    assert category.name == NEW["name"]


def test_a_category_switched_off_is_kept_by_its_cases_and_offered_no_more(add, insurance_handler, system_admin, now):
    category = add()
    case = make_case(by=insurance_handler, at=now, categories=[category])
    actions.switch_category(category=category, active=False, by=system_admin, at=now)
    assert list(case.categories.all()) == [category]
    assert said("category.switched_off") == "停用违规类型虚假安宁疗护（hospice）"
    with pytest.raises(AlreadyDone):
        actions.switch_category(category=category, active=False, by=system_admin, at=now)
    actions.switch_category(category=category, active=True, by=system_admin, at=now)
    assert Category.objects.get(pk=category.pk).active
    assert said("category.switched_on") == "恢复启用违规类型虚假安宁疗护（hospice）"


def test_the_last_category_in_force_stays(add, system_admin, now):
    category = add()
    Category.objects.exclude(pk=category.pk).update(active=False)
    with pytest.raises(WrongState):
        actions.switch_category(category=category, active=False, by=system_admin, at=now)
    with pytest.raises(WrongState):
        actions.remove_category(category=category, by=system_admin, at=now)


def test_only_a_category_nobody_refers_to_is_removed(add, insurance_handler, system_admin, now):
    used, unused = add(), add(code="other-one", name="另一种")
    make_case(by=insurance_handler, at=now, categories=[used])
    assert categories_in_use([used, unused]) == {used.pk}
    with pytest.raises(WrongState, match="只能停用"):
        actions.remove_category(category=used, by=system_admin, at=now)
    actions.remove_category(category=unused, by=system_admin, at=now)
    assert not Category.objects.filter(code="other-one").exists()
    assert last("category.removed").params["functions"] == ["insurance", "health"]
    for again in (actions.remove_category, lambda **given: actions.switch_category(active=False, **given)):
        with pytest.raises(WrongState, match="已被删除"):
            again(category=Category(pk=unused.pk or 10**6), by=system_admin, at=now)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_one_the_second_is_told(system_admin):
    told, barrier = [], threading.Barrier(2)

    def run():
        try:
            barrier.wait()
            actions.add_category(**NEW, by=system_admin, at=timezone.now())
        except BadInput as refused:
            told.append(set(refused.faults))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [{"code", "name"}]
    assert Category.objects.filter(code="hospice").count() == 1 and not Case.objects.exists()
