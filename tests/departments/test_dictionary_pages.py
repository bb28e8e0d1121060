"""The pages of categories, routes and the county: who gets in, what stays typed, how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.dictionaries import version_of
from departments.actions.categories import add_category, switch_category
from departments.actions.structure import edit_region
from departments.dictionaries import category_values, region_values, route_values
from departments.models import Category, Department, Region, Route
from journal.models import Event
from tests.factories.cases import make_case

PAGES = ("/county/", "/categories/", "/categories/add/", "/categories/{pk}/edit/", "/categories/{pk}/remove/",
         "/routes/", "/routes/?kind=transfer", "/routes/transfer/insurance/")  # fmt: skip


@pytest.fixture
def category(db):
    return Category.objects.get(code="split-admission")


@pytest.fixture
def admin(client, system_admin):
    client.force_login(system_admin)
    return client


def text(page):
    return page.content.decode()


def asked(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", PAGES)
def test_only_the_system_administrator_gets_in(
    client, category, address, system_admin, security_admin, office_coordinator, insurance_head
):
    url = address.format(pk=category.pk)
    assert client.get(url)["Location"].startswith("/sign-in/")
    for user, status in ((insurance_head, 403), (office_coordinator, 403), (security_admin, 403), (system_admin, 200)):
        client.force_login(user)
        assert client.get(url).status_code == status


def test_what_there_is_not(admin):
    for url in ("/categories/999999/edit/", "/routes/?kind=gossip", "/routes/gossip/insurance/", "/routes/transfer/other/",
                "/categories/999999/remove/"):  # fmt: skip
        assert admin.get(url).status_code == 404
    assert admin.post("/categories/999999/switch/").status_code == 404
    assert admin.get("/categories/1/switch/").status_code == 405


# -- categories -------------------------------------------------------------------------------------------------
def test_the_list_costs_the_same_for_one_and_three(admin, system_admin, insurance_handler, no_checklists, now):
    Category.objects.exclude(code="other").delete()
    one = asked(admin, "/categories/")
    for code in ("aa", "bb"):
        add_category(
            code=code, name=code, source="", functions=["insurance"], fraud=True, order=1, by=system_admin, at=now
        )
    make_case(by=insurance_handler, at=now, categories=[Category.objects.get(code="aa")])
    assert asked(admin, "/categories/") == one
    assert text(admin.get("/categories/")).count("已有案件") == 1
    used, unused = (Category.objects.get(code=code).pk for code in ("aa", "bb"))
    assert f"/categories/{unused}/remove/" in text(admin.get(f"/categories/{unused}/edit/"))
    assert "/remove/" not in text(admin.get(f"/categories/{used}/edit/"))


def test_an_empty_list_offers_the_first(admin, no_checklists):
    Category.objects.all().delete()
    page = text(admin.get("/categories/"))
    assert "尚无违规类型" in page and page.count('href="/categories/add/"') == 2
    assert admin.get("/categories/add/").context["form"]["order"].value() == 10


def test_adding(admin):
    words = {"code": "split-admission", "name": "分解住院", "functions": [], "order": "x", "source": "县里通知"}
    page = admin.post("/categories/add/", words)
    assert set(page.context["form"].errors) == {"functions", "order"}
    words |= {"functions": ["insurance"], "order": "7", "fraud": "on"}
    page = admin.post("/categories/add/", words)
    assert set(page.context["form"].errors) == {"code", "name"}
    assert 'value="县里通知"' in text(page) and "该代码已被使用" in text(page)
    words |= {"code": "hospice", "name": "虚假安宁疗护"}
    page = admin.post("/categories/add/", words, follow=True)
    assert page.redirect_chain == [("/categories/", 302)]
    assert "虚假安宁疗护已新增，即时可选" in text(page)
    assert category_values(Category.objects.get(code="hospice")) == {
        "name": "虚假安宁疗护", "source": "县里通知", "order": 7, "functions": ["insurance"], "fraud": True,
    }  # fmt: skip


def test_changing_meets_somebody_faster_and_loses_nothing(admin, category, system_admin, now):
    url = f"/categories/{category.pk}/edit/"
    version = admin.get(url).context["form"]["version"].value()
    words = {"name": "分解住院（改）", "source": "x", "order": 3, "functions": ["health"], "version": version}
    Category.objects.filter(pk=category.pk).update(name="别人改的")
    page = admin.post(url, words)
    assert "自打开页面后，内容已被他人修改" in text(page) or page.context["form"].non_field_errors()
    assert 'value="分解住院（改）"' in text(page) and "别人改的" in text(page)
    assert ("名称", "别人改的", "分解住院（改）") in [tuple(map(str, each)) for each in page.context["form"].differences]
    words["version"] = page.context["form"]["version"].value()
    assert admin.post(url, words)["Location"] == "/categories/"
    assert category_values(Category.objects.get(pk=category.pk))["functions"] == ["health"]
    assert Event.objects.filter(verb="category.changed").latest("pk").params["field_changes"]["name"] == [
        "别人改的", "分解住院（改）",
    ]  # fmt: skip


def test_changing_says_what_is_wrong(admin, category):
    url = f"/categories/{category.pk}/edit/"
    version = version_of(category_values(category))
    page = admin.post(url, {"name": "挂床住院", "order": 1, "functions": ["health"], "version": version})
    assert page.context["form"].errors["name"] == ["已有同名的违规类型。"]


def test_switching_off_and_on(admin, category):
    url = f"/categories/{category.pk}/switch/"
    assert "已停用" in text(admin.post(url, {"active": "no"}, follow=True))
    assert "已有人完成此操作" in text(admin.post(url, {"active": "no"}, follow=True))
    assert not Category.objects.get(pk=category.pk).active
    assert "已恢复启用" in text(admin.post(url, {"active": "yes"}, follow=True))


def test_removing_asks_once_more(admin, category, insurance_handler, now):
    url = f"/categories/{category.pk}/remove/"
    assert "没有案件使用该类型" in text(admin.get(url))
    make_case(by=insurance_handler, at=now, categories=[category])
    assert "只能停用" in text(admin.post(url))
    other = Category.objects.get(code="other")
    assert "已删除" in text(admin.post(f"/categories/{other.pk}/remove/", follow=True))
    assert not Category.objects.filter(code="other").exists()


def test_a_category_switched_off_is_offered_to_no_new_case(client, category, insurance_handler, system_admin, now):
    switch_category(category=category, active=False, by=system_admin, at=now)
    client.force_login(insurance_handler)
    assert "分解住院" not in text(client.get("/cases/register/"))


# -- routes -----------------------------------------------------------------------------------------------------
def test_routes_cost_the_same_for_none_and_many(admin):
    many = asked(admin, "/routes/?kind=bulletin")
    assert "默认" in text(admin.get("/routes/"))
    Route.objects.filter(kind="bulletin").delete()
    assert asked(admin, "/routes/?kind=bulletin") == many
    assert text(admin.get("/routes/")).count("不发出") == 8


def posted(kind="transfer", sender="insurance", **more):
    """What the form of these routes would send."""
    values = route_values(Route.objects.of(kind, sender))
    words = {name: "on" if value is True else value for name, value in values.items() if value}
    return words | {"version": version_of(values)} | more


def test_changing_routes(admin, insurance, health, police):
    words = posted(basis_health="会议纪要", proposed_health="on")
    del words["to_police"]
    page = admin.post("/routes/transfer/insurance/", words, follow=True)
    assert page.redirect_chain == [("/routes/?kind=transfer", 302)]
    assert "医疗保障发出线索移交的路径已保存" in text(page)
    assert police not in Department.objects.receivers("transfer", insurance)
    assert list(Department.objects.receivers("transfer", insurance, proposed=True)) == [health]


def test_a_department_proposed_must_be_open(admin):
    words = posted(proposed_police="on")
    del words["to_police"]
    page = admin.post("/routes/transfer/insurance/", words)
    assert set(page.context["form"].errors) == {"proposed_police"}
    assert "只有可发往的部门才能设为默认收件部门" in text(page)


def test_oneself_is_no_choice(admin):
    form = admin.get("/routes/transfer/insurance/").context["form"]
    assert "to_insurance" not in form.fields and "to_health" in form.fields
    assert [label for label, *_fields in admin.get("/routes/criminal/market/").context["form"].lines()] == ["公安"]
    admin.post("/routes/transfer/insurance/", posted(to_insurance="on"))
    assert not Route.objects.filter(sender="insurance", receiver="insurance").exists()


def test_routes_changed_meanwhile(admin):
    words = posted(basis_market="县里通知")
    Route.objects.filter(kind="transfer", sender="insurance", receiver="finance").delete()
    page = admin.post("/routes/transfer/insurance/", words)
    assert [tuple(map(str, each)) for each in page.context["form"].differences] == [
        ("依据：市场监管", "协作联动工作机制：线索移交", "县里通知"),
        ("发往财政", "否", "是"),
        ("依据：财政", "", "协作联动工作机制：线索移交"),
    ]
    assert 'value="县里通知"' in text(page)
    again = {name: value for name, value in words.items() if not name.endswith("finance")}
    again["version"] = page.context["form"]["version"].value()
    assert admin.post("/routes/transfer/insurance/", again).status_code == 302


# -- the county -------------------------------------------------------------------------------------------------
def test_the_county_is_corrected(admin, county, other_county, system_admin, now):
    words = {"name": "云溪县", "short_name": "禾", "version": version_of(region_values(county))}
    page = admin.post("/county/", words)
    assert set(page.context["form"].errors) == {"name"} and 'value="禾"' in text(page)
    page = admin.post("/county/", words | {"name": "青禾市"}, follow=True)
    assert page.redirect_chain == [("/settings/", 302)] and "青禾市" in text(page)
    assert Region.objects.get(pk=county.pk).short_name == "禾"
    edit_region(
        region=county, version=version_of({"name": "青禾市", "short_name": "禾"}), name="青禾市", short_name="禾",
        by=system_admin, at=now,
    )  # fmt: skip
    assert Event.objects.filter(verb="region.edited").count() == 1
    assert "Stale" not in text(admin.post("/county/", words)) and admin.post("/county/", words).context["form"].differences
