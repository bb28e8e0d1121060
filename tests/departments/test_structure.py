"""Regions, departments, the dictionaries, and the first minute of an empty county."""

import datetime as dt
import threading

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.db import DatabaseError, IntegrityError, connections, transaction

from core import registry
from core.refusals import AlreadyDone, BadInput, Stale
from departments import seeds
from departments.actions import founding, structure
from departments.enums import SEALS, Function, ReferralKind, Role
from departments.models import Category, Competence, Department, Post, Region, Route, User
from journal.models import Event
from tests.cast import PASSWORD, WHEN

SIX = [
    Function.INSURANCE,
    Function.HEALTH,
    Function.MARKET,
    Function.FINANCE,
    Function.REFORM,
    Function.POLICE,
]


def add(region, at=WHEN, **more):
    words = {
        "function": Function.OTHER,
        "name": "青禾县税务局",
        "short_name": "县税务局",
        "mark": "青税",
        **more,
    }
    return structure.create_department(region=region, **words, by=None, at=at)


# -- regions and departments ---------------------------------------------------------------------------------
@pytest.mark.parametrize("code", ["", "43992", "4399261", "43992a", "４３９９２６"])
def test_region_codes_have_six_digits(db, code):
    with pytest.raises(BadInput) as refused:
        structure.create_region(code=code, name="x", short_name="x", by=None, at=WHEN)
    assert refused.value.field == "code"


def test_a_region_is_opened_once(county, city):
    assert (county.parent, county.level, str(county)) == (city, "county", "青禾县")
    assert Event.objects.get(verb="region.created", target_id=county.pk).params == {"code": "439926"}
    with pytest.raises(BadInput) as refused:
        structure.create_region(code="439926", name="x", short_name="x", by=None, at=WHEN)
    assert refused.value.field == "code"


def test_a_department_brings_its_group(insurance, county):
    assert insurance.group.name == "439926 青禾县医疗保障局"
    assert (insurance.seal, str(insurance), insurance.region, insurance.version) == (
        "医",
        "县医保局",
        county,
        1,
    )
    event = Event.objects.get(verb="department.created", target_id=insurance.pk)
    assert event.params == {"function": "insurance"}


def test_a_department_is_added_once(insurance, county):
    for words, field in (
        ({"name": insurance.name}, "name"),
        ({"function": Function.INSURANCE, "name": "又一个"}, "function"),
    ):
        with pytest.raises(BadInput) as refused:
            add(county, **words)
        assert refused.value.field == field
    add(county)
    add(county, name="青禾县法院")  # others may be several


def test_the_loser_of_two_gets_the_same_sentence(county, monkeypatch):
    Group.objects.create(name="439926 青禾县税务局")  # what a rival leaves between our question and our row
    with pytest.raises(BadInput) as refused:
        add(county)
    assert refused.value.field == "name"
    assert not Department.objects.filter(name="青禾县税务局").exists()


def test_editing_keeps_old_and_new(insurance, system_admin, now):
    edited = structure.edit_department(
        department=insurance,
        version=1,
        hotline="12393",
        address="人民路1号",
        mark="青医保",
        by=system_admin,
        at=now,
    )
    assert (edited.hotline, edited.version) == ("12393", 2)
    event = Event.objects.get(verb="department.edited")
    assert event.params == {
        "fields": ["address", "hotline"],
        "old": ["", "0799-6620393"],
        "new": ["人民路1号", "12393"],
    }
    again = structure.edit_department(
        department=insurance, version=2, hotline="12393", by=system_admin, at=now
    )
    assert again.version == 2  # nothing changed, nothing recorded
    assert Event.objects.filter(verb="department.edited").count() == 1


def test_letters_for_named_persons_only_go_to_a_body_on_paper(county, insurance, now):
    with pytest.raises(BadInput) as refused:
        add(county, named_only=True)
    assert refused.value.field == "named_only"
    with pytest.raises(BadInput) as refused:
        structure.edit_department(department=insurance, version=1, named_only=True, by=None, at=now)
    assert refused.value.field == "named_only"
    body = add(county, named_only=True, has_account=False)
    with pytest.raises(BadInput):
        structure.edit_department(department=body, version=1, has_account=True, by=None, at=now)
    with pytest.raises(IntegrityError, match="department_named_only_on_paper"), transaction.atomic():
        Department.objects.filter(pk=body.pk).update(has_account=True)


def test_editing_is_refused(insurance, health, now):
    with pytest.raises(Stale):
        structure.edit_department(department=insurance, version=0, hotline="1", by=None, at=now)
    with pytest.raises(BadInput) as refused:
        structure.edit_department(department=insurance, version=1, name=health.name, by=None, at=now)
    assert refused.value.field == "name"
    with pytest.raises(TypeError):
        structure.edit_department(department=insurance, version=1, function="health", by=None, at=now)
    insurance.refresh_from_db()
    assert (insurance.name, insurance.version) == ("青禾县医疗保障局", 1)


# -- founding ------------------------------------------------------------------------------------------------
FOUND = {
    "code": "439926",
    "county": "青禾县",
    "character": "青",
    "staff_number": "admin",
    "name": "安守规",
    "password": PASSWORD,
}


def test_founding_a_county(db, now):
    assert founding.is_empty()
    admin = founding.found_county(**FOUND, at=now)
    assert not founding.is_empty()
    assert [d.function for d in Department.objects.order_by("id")] == [*SIX, Function.OFFICE]
    first = Department.objects.get(function=Function.INSURANCE)
    assert (first.name, first.short_name, first.mark) == ("青禾县医疗保障局", "县医保局", "青医保")
    assert Department.objects.get(function=Function.OFFICE).short_name == "联动办"
    assert (admin.post.role, admin.department.function) == (Role.SYSTEM_ADMIN, Function.OFFICE)
    assert not admin.groups.exists() and not admin.must_change_password and not admin.is_superuser
    assert admin.is_staff and admin.is_administrator
    assert Event.objects.get(verb="house.founded").params == {"user": admin.pk}


def test_a_county_is_founded_once(insurance_handler, now):
    with pytest.raises(AlreadyDone):
        founding.found_county(**FOUND, at=now)


@pytest.mark.parametrize("wrong", [{"code": "1"}, {"password": "short"}, {"staff_number": "!"}])
def test_nothing_is_half_founded(db, now, wrong):
    with pytest.raises(BadInput) as refused:
        founding.found_county(**{**FOUND, **wrong}, at=now)
    assert refused.value.field in wrong
    assert founding.is_empty() and not Region.objects.exists() and not Group.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_founders_at_once_found_one_county(now):
    start, answers = threading.Barrier(2), []

    def found(code, staff_number):
        try:
            start.wait(10)
            founding.found_county(**{**FOUND, "code": code, "staff_number": staff_number}, at=now)
            answers.append("founded")
        except AlreadyDone:
            answers.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=found, args=args) for args in (("439926", "a1"), ("439927", "b1"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["founded", "refused"]
    assert User.objects.count() == 1 and Region.objects.count() == 1


# -- dictionaries --------------------------------------------------------------------------------------------
def test_the_thirteen_of_e42_and_the_fields_of_the_departments(db):
    assert Category.objects.filter(source=seeds.E42).count() == 13
    names = "".join(Category.objects.values_list("name", flat=True))
    for word in (
        "乱收费",
        "虚构",
        "冒名",
        "药品回流",
        "追溯码",
        "无处方",
        "耗材",
        "执业药师",
        "购销存",
        "超范围执业",
    ):
        assert word in names
    assert not Category.objects.filter(competences=None).exists()
    competent = set(Category.objects.get(code="drug-quality").competences.values_list("function", flat=True))
    assert competent == {"market"}
    assert str(Category.objects.get(code="drug-quality")).startswith("药品")
    assert "：" in str(Competence.objects.first()) or ":" in str(Competence.objects.first())


def test_loading_again_changes_nothing_a_county_has_changed(db):
    category = Category.objects.get(code="overcharging")
    category.competences.filter(function="market").delete()
    Category.objects.filter(pk=category.pk).update(name="乱收费", active=False)
    Route.objects.filter(kind="bulletin", receiver="office").delete()
    before = [list(model.objects.order_by("pk").values()) for model in (Category, Competence, Route)]
    registry.load_seeds()
    assert [list(model.objects.order_by("pk").values()) for model in (Category, Competence, Route)] == before


def test_loading_into_an_empty_house(no_checklists):
    Competence.objects.all().delete()
    Category.objects.all().delete()
    Route.objects.all().delete()
    seeds.load_categories()
    seeds.load_routes()
    assert Category.objects.count() == len(seeds.CATEGORIES) and Route.objects.count() == len(seeds.routes())


@pytest.mark.parametrize(
    "kind", [ReferralKind.TRANSFER, ReferralKind.SUPPORT, ReferralKind.EARLY, ReferralKind.BULLETIN]
)
def test_any_department_to_any_other(db, kind):
    ways = set(Route.objects.of(kind, Function.INSURANCE).values_list("receiver", flat=True))
    assert ways >= set(SIX) - {Function.INSURANCE}
    for sender in SIX:
        ways = set(Route.objects.of(kind, sender).values_list("receiver", flat=True))
        assert ways >= set(SIX) - {sender} and sender not in ways


def test_crime_and_comparison_go_to_the_police(db):
    for kind in (ReferralKind.CRIMINAL, ReferralKind.COMPARISON):
        rows = Route.objects.filter(kind=kind)
        assert {row.receiver for row in rows} == {Function.POLICE}
        assert {row.sender for row in rows} == set(SIX) - {Function.POLICE}
    assert str(rows[0])


def test_bulletins_propose_who_is_told_first(insurance, health, market, finance, police, office, county):
    def told(sender):
        found = Department.objects.receivers(ReferralKind.BULLETIN, sender, proposed=True)
        return set(found)

    assert told(insurance) == {health, market, police}
    assert told(health) == told(market) == {insurance}
    assert told(finance) == set()


def test_receivers_are_the_active_departments_of_the_county(
    insurance, health, procuratorate, police, other_insurance, county
):
    receivers = Department.objects.receivers
    assert set(receivers(ReferralKind.TRANSFER, insurance)) == {health, procuratorate, police}
    assert set(receivers(ReferralKind.CRIMINAL, insurance)) == {police}
    assert set(receivers(ReferralKind.CRIMINAL, police)) == set()
    health.active = False
    health.save()
    assert set(receivers(ReferralKind.TRANSFER, insurance)) == {procuratorate, police}
    second = add(county, name="青禾县税务局")
    assert second in receivers(ReferralKind.TRANSFER, insurance)


def test_who_is_competent(insurance, health, market, police, other_insurance, county):
    categories = Category.objects.filter(code__in=["drug-quality", "staff-qualification"])
    assert set(Department.objects.competent_for(categories, county)) == {health, market}
    assert set(Department.objects.competent_for([], county)) == set()
    assert set(Department.objects.active().of(county, Function.HEALTH)) == {health}


# -- doors ---------------------------------------------------------------------------------------------------
def test_doors_of_the_directory(
    insurance_handler, outsider, procuratorate, city, other_insurance, system_admin
):
    upper = structure.create_department(
        region=city, function=Function.INSURANCE, name="沧澜市医疗保障局", short_name="市医保局", mark="沧医保",
        by=None, at=WHEN,
    )  # fmt: skip
    insurance = insurance_handler.department
    visible = Department.objects.visible_to
    assert set(visible(insurance_handler)) == {insurance, procuratorate, upper, system_admin.department}
    assert set(visible(outsider)) == {other_insurance, upper}
    nobody = User.objects.create_user("x1", "", name="无岗")
    for model in (Department, User, Post):
        assert not model.objects.visible_to(AnonymousUser()).exists()
        assert not model.objects.visible_to(nobody).exists()
    assert set(User.objects.visible_to(outsider)) == {outsider}
    assert set(User.objects.visible_to(insurance_handler)) == {insurance_handler, system_admin}
    assert set(User.objects.visible_to(system_admin)) == {insurance_handler, system_admin, nobody}
    assert set(Post.objects.visible_to(outsider)) == {outsider.post}
    assert set(Department.objects.fillable(insurance.region)) == {insurance, system_admin.department}


def test_people_by_words_and_by_post(insurance_handler, insurance_head, health_handler):
    everybody = User.objects.all()
    assert set(everybody.named("晓岚")) == {insurance_handler}
    assert set(everybody.named("WJ")) == {health_handler}
    assert everybody.named("").count() == 3
    acting = User.objects.acting_for
    assert set(acting(insurance_handler.department)) == {insurance_handler, insurance_head}
    assert set(acting(insurance_handler.department, Role.HEAD, Role.DEPUTY_HEAD)) == {insurance_head}


def test_functions_have_seals():
    assert set(SEALS) == set(Function) and len(set(SEALS.values())) == len(SEALS)
    assert set(registry.seals) == {function.value for function in Function}


def test_rows_the_database_refuses(insurance, insurance_handler):
    with pytest.raises(DatabaseError), transaction.atomic():
        Post.objects.create(
            user=insurance_handler, department=insurance, role=Role.HEAD, since=dt.date(2026, 2, 1),
            until=dt.date(2026, 1, 1),
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            user=insurance_handler, department=insurance, role=Role.HANDLER, since=dt.date(2026, 2, 1)
        )
