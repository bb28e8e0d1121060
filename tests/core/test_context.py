"""The frame of a page: navigation, names, counts."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse

from core import registry
from core.context import GROUPS, Shell
from core.registry import NavEntry


@pytest.fixture
def frame(rf, monkeypatch):
    monkeypatch.setattr(registry, "nav", [])
    monkeypatch.delitem(registry.shell, "unread")  # the people here are not in the database

    def of(path="/", user=None, method="get", **cookies):
        request = getattr(rf, method)(path)
        request.COOKIES.update(cookies)
        request.user = user or AnonymousUser()
        return Shell(request)

    return of


PERSON = SimpleNamespace(pk=1, is_authenticated=True, name="陈晓岚", region=None, post=None)


def lines(shell):
    return [(group["code"], [str(item["label"]) for item in group["items"]]) for group in shell.nav]


def test_lines_stand_in_their_groups_by_order(frame):
    registry.nav += [
        NavEntry("cases", 2, "Second", "desk:todo", "inbox"),
        NavEntry("cases", 1, "First", "desk:done", "inbox"),
        NavEntry("mine", 9, "Mine", "desk:workbench", "house"),
    ]
    assert lines(frame(user=PERSON)) == [("mine", ["Mine"]), ("cases", ["First", "Second"])]


def test_a_line_one_may_not_use_is_not_shown(frame):
    registry.nav.append(NavEntry("mine", 1, "No", "desk:todo", "inbox", allowed=lambda user: False))
    assert frame(user=PERSON).nav == []


def test_nobody_has_no_navigation(frame):
    registry.nav.append(NavEntry("mine", 1, "Mine", "desk:todo", "inbox"))
    shell = frame()
    assert (shell.nav, shell.unread, shell.search_url, shell.other_posts) == ([], 0, "", [])


@pytest.mark.parametrize(
    ("path", "on"), [("/", "Home"), ("/todo/", "To do"), ("/todo/7/", "To do"), ("/help/", None)]
)
def test_the_line_of_this_page_is_marked(frame, path, on):
    registry.nav += [
        NavEntry("mine", 1, "Home", "desk:workbench", "house"),
        NavEntry("mine", 2, "To do", "desk:todo", "inbox"),
    ]
    items = frame(path, user=PERSON).nav[0]["items"]
    assert [item["label"] for item in items if item["on"]] == ([on] if on else [])


@pytest.mark.parametrize(("path", "on"), [("/todo/", True), ("/done/", True), ("/done/3/", True), ("/help/", False)])
def test_a_line_stands_for_the_pages_beside_it(frame, path, on):
    registry.nav.append(NavEntry("mine", 1, "To do", "desk:todo", "inbox", also=("desk:done",)))
    assert [item["on"] for item in frame(path, user=PERSON).nav[0]["items"]] == [on]


def test_counts_are_asked_for_the_person(frame):
    registry.nav.append(
        NavEntry("mine", 1, "Mine", "desk:todo", "inbox", count=lambda user: len(user.name), hot=True)
    )
    item = frame(user=PERSON).nav[0]["items"][0]
    assert (item["count"], item["hot"]) == (3, True)


def test_a_line_to_nowhere_fails_loudly(frame):
    registry.nav.append(NavEntry("mine", 1, "Nowhere", "nowhere:at-all", "inbox"))
    with pytest.raises(NoReverseMatch):
        _ = frame(user=PERSON).nav


def test_every_line_of_the_house_leads_somewhere_and_has_an_icon(settings):
    codes = {code for code, _label in GROUPS}
    for entry in [*registry.nav, *registry.workbench_actions]:
        assert reverse(entry.url_name)
        assert (settings.NODE_MODULES / "bootstrap-icons" / "icons" / f"{entry.icon}.svg").is_file()
    assert {entry.group for entry in registry.nav} <= codes


@pytest.mark.parametrize(("unread", "shown"), [(0, "0"), (99, "99"), (100, "99+")])
def test_many_unread_are_shown_as_many(frame, monkeypatch, unread, shown):
    monkeypatch.setitem(registry.shell, "unread", lambda user: unread)
    assert frame(user=PERSON).unread_shown == shown


def test_without_region_the_title_stands_alone(frame, monkeypatch):
    monkeypatch.delitem(registry.shell, "home_region", raising=False)
    shell = frame()
    assert shell.county == ""
    assert str(shell.title)


def test_the_county_is_named(frame):
    person = SimpleNamespace(pk=1, is_authenticated=True, name="x", region="青禾县", post=None)
    shell = frame(user=person)
    assert "青禾县" in shell.county
    assert "青禾县" in shell.title


def test_signed_out_pages_name_the_home_region(frame, monkeypatch):
    monkeypatch.setitem(registry.shell, "home_region", lambda: "青禾县")
    assert "青禾县" in frame().county


@pytest.mark.django_db
def test_the_post_is_named_by_section_or_by_role(frame, insurance_handler, insurance_head):
    assert frame(user=insurance_handler).post_label == "县医保局 · 基金监管股"
    assert frame(user=insurance_head).post_label.startswith("县医保局 · ")
    assert frame(user=PERSON).post_label != ""


def test_day_words_come_from_the_calendar(frame, monkeypatch):
    monkeypatch.setitem(registry.shell, "day_words", lambda day: f"{day.year} working day")
    assert frame().today_words.endswith("working day")
    monkeypatch.delitem(registry.shell, "day_words")
    assert frame().today_words == ""


@pytest.mark.parametrize(("method", "here"), [("get", "/todo/?a=1"), ("post", "/")])
def test_one_comes_back_to_the_page_but_never_to_a_form(frame, method, here):
    assert frame("/todo/?a=1", method=method).here == here


def test_posts_are_offered_only_where_one_can_switch(frame, monkeypatch):
    monkeypatch.setitem(registry.shell, "posts", lambda user: ["post"])
    monkeypatch.setattr(Shell, "switch_url", "/switch/")
    assert frame(user=PERSON).other_posts == ["post"]
    monkeypatch.setattr(Shell, "switch_url", "")
    assert frame(user=PERSON).other_posts == []


def test_the_search_goes_to_the_first_page_that_can(frame, monkeypatch):
    monkeypatch.setattr("core.context.SEARCH_PAGES", ("nowhere:search", "desk:help"))
    assert frame(user=PERSON).search_url == reverse("desk:help")
    monkeypatch.setattr("core.context.SEARCH_PAGES", ("nowhere:search",))
    assert frame(user=PERSON).search_url == ""


@pytest.mark.django_db
def test_chinese_until_somebody_chooses_whatever_the_browser_was_installed_with(client, settings):
    def language(chosen=None):
        if chosen:
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen
        return client.get("/sign-in/", HTTP_ACCEPT_LANGUAGE="en-US,en").headers["Content-Language"]

    assert [language(), language(chosen="en"), language(chosen="xx")] == ["zh-hans", "en", "zh-hans"]


@pytest.mark.parametrize(
    ("path", "trail"),
    [
        ("/todo/", [("待办", "")]),
        ("/todo/7/edit/", [("待办", "/todo/")]),
        ("/other/", []),
    ],
)
def test_the_way_to_a_page_leads_over_its_line(frame, monkeypatch, path, trail):
    registry.nav.append(NavEntry("mine", 20, "待办", "desk:todo", "inbox"))
    assert frame(path, PERSON).trail == trail


@pytest.mark.parametrize(
    ("path", "widened"),
    [
        ("/todo/", ""),
        ("/todo/?tab=read&sort=due&after=3", ""),
        ("/todo/?q=&kind=+", ""),
        ("/todo/?q=x&kind=a&kind=b&tab=read&after=3", "/todo/?tab=read"),
        ("/todo/?q=x", "/todo/"),
    ],
)
def test_a_list_is_widened_by_leaving_its_filters(frame, path, widened):
    assert frame(path, PERSON).widened == widened


def test_keys_lead_where_the_navigation_does(frame, monkeypatch):
    registry.nav.append(NavEntry("mine", 20, "待办", "desk:todo", "inbox"))
    registry.nav.append(NavEntry("cases", 10, "案件台账", "cases:list", "inbox", lambda user: False))
    begun = [
        NavEntry("cases", 100, "登记线索", "cases:register", "plus-lg"),
        NavEntry("cases", 10, "其他", "cases:subjects", "plus-lg"),
        NavEntry("cases", 200, "不可用", "cases:list", "plus-lg", lambda user: False),
    ]
    monkeypatch.setattr(registry, "workbench_actions", begun)
    assert frame("/", PERSON).leaps == [
        ("gt", ("G", "T"), "待办", reverse("desk:todo")), ("n", ("N",), "登记线索", reverse("cases:register")),
    ]  # fmt: skip
    assert frame("/").leaps == []
