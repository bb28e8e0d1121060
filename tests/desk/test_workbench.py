"""The workbench puts what rooms contribute into one order; here two rooms of the test's own."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from core import registry
from core.registry import NavEntry, TaskRow, TaskSource
from core.tally import tally
from desk import figures, tasks

TODAY = dt.date(2026, 11, 16)


def row(phrase, *, due=None, lamp="n", days=None, **more):
    return TaskRow(phrase=phrase, url=f"/x/{phrase}/", due=due, lamp=lamp, days=days, **more)


@pytest.fixture
def rooms(monkeypatch):
    """An empty registry that the test fills."""
    for name, empty in (("task_sources", []), ("figures", {}), ("workbench_actions", []), ("nav", [])):
        monkeypatch.setattr(registry, name, empty)
    monkeypatch.setattr("desk.views.workbench_actions", registry.workbench_actions)
    return registry


def contribute(rooms, tab, *rows, order=1):
    rooms.task_sources.append(
        TaskSource(tab, order, rows=lambda user, limit: rows[:limit], count=lambda user: len(rows))
    )


def test_tasks_of_all_rooms_stand_in_the_order_of_their_due_dates(rooms):
    contribute(rooms, "todo", row("later", due=dt.date(2026, 12, 1)), row("never"))
    contribute(rooms, "todo", row("first", due=TODAY), order=2)
    assert [each.phrase for each in tasks.rows("todo", None, 10)] == ["first", "later", "never"]
    assert [each.phrase for each in tasks.rows("todo", None, 2)] == ["first", "later"]
    assert tally([tasks.counted("todo", None), tasks.counted("sign", None)]) == [3, 0]


def test_what_is_done_stands_newest_first(rooms):
    at = dt.datetime(2026, 11, 16, tzinfo=dt.UTC)
    contribute(rooms, "done", row("old", sort=at), row("new", sort=at + dt.timedelta(hours=1)))
    assert [each.phrase for each in tasks.rows("done", None, 10)] == ["new", "old"]


def test_unknown_tab_is_an_error(rooms):
    with pytest.raises(KeyError):
        tasks.rows("nothing", None, 10)


def test_drafts_appear_only_where_a_room_keeps_any(rooms):
    assert "drafts" not in [tab.code for tab in tasks.tabs()]
    contribute(rooms, "drafts")
    assert [tab.code for tab in tasks.tabs()] == ["todo", "sign", "read", "done", "started", "drafts"]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (dt.date(2026, 11, 16), dt.date(2026, 6, 1), dt.date(2026, 11, 1)),
        (dt.date(2026, 3, 31), dt.date(2025, 10, 1), dt.date(2026, 3, 1)),
        (dt.date(2026, 12, 1), dt.date(2026, 7, 1), dt.date(2026, 12, 1)),
    ],
)
def test_six_months_end_with_this_one(day, first, last):
    months = figures.months_until(day)
    assert (months[0], months[-1], len(months)) == (first, last, 6)


@pytest.mark.parametrize(
    ("day", "first"),
    [((2026, 1, 1), (2026, 1, 1)), ((2026, 6, 30), (2026, 4, 1)), ((2026, 12, 31), (2026, 10, 1))],
)
def test_a_quarter_begins_with_its_first_month(day, first):
    assert figures.quarter_of(dt.date(*day)) == dt.date(*first)


def test_what_waits_for_somebody_away_is_not_shown_twice(rooms):
    contribute(rooms, "todo", row("both"), row("mine"))
    contribute(rooms, "todo", row("both", behalf="张三"), row("theirs", behalf="张三"), order=2)
    found = [(each.phrase, each.behalf) for each in tasks.rows("todo", None, 10)]
    assert found == [("both", ""), ("mine", ""), ("theirs", "张三")]


def test_figures_nobody_provides_are_left_out(rooms):
    assert figures.rail(None, TODAY) == {}
    assert figures.record(None, TODAY) is None


def test_figures_are_asked_for_in_their_shapes(rooms):
    rooms.figures["cases_by_lamp"] = lambda user: {"g": 35, "r": 2}
    rooms.figures["recovered_by_month"] = lambda user, months: {months[-1]: Decimal("418000")}
    rooms.figures["due_soon"] = lambda user, limit: [{"on": TODAY, "text": "t", "url": ""}][:limit]
    rooms.figures["clock_record"] = lambda user, since, until: (
        [("Health", 1, 0, 0)] if since == dt.date(2026, 10, 1) else []
    )
    rail = figures.rail(None, TODAY)
    assert rail["lamps"] == {"g": 35, "y": 0, "r": 2}
    assert rail["open_cases"] == 37
    assert [amount for _month, amount, _said in rail["recovered"]] == [0, 0, 0, 0, 0, Decimal("418000")]
    assert rail["recovered"][-1][2] == "41.8"
    assert rail["diary"] == [{"on": TODAY, "text": "t", "url": ""}]
    assert figures.record(None, TODAY) == [("Health", 1, 0, 0)]


# -- the pages -----------------------------------------------------------------------------------------------
@pytest.fixture
def page(client, insurance_handler):
    client.force_login(insurance_handler, "django.contrib.auth.backends.ModelBackend")

    def get(name="desk:workbench", **query):
        answer = client.get(reverse(name), query)
        return answer, answer.content.decode()

    return get


@pytest.mark.parametrize(
    "name",
    ["workbench", "todo", "sign", "read", "done", "started", "drafts", "notifications", "help"],
)
def test_signed_out_people_are_sent_to_sign_in(client, db, name):
    answer = client.get(reverse(f"desk:{name}"))
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/")


@pytest.mark.parametrize(
    ("asked", "shown"), [("", 200), ("400", 400), ("450", 400), ("99999", 401), ("x", 200), ("-1", 200)]
)
def test_a_long_tab_shows_more_in_steps(rooms, page, asked, shown):
    contribute(rooms, "todo", *(row(f"n{number}") for number in range(401)))
    answer, html = page("desk:todo", show=asked)
    assert len(answer.context["rows"]) == shown
    assert ("显示更多" in html) == (shown < 401)


def test_rows_of_somebody_away_are_marked(rooms, page):
    contribute(rooms, "todo", row("theirs", behalf="张三", action_label="办理", action_url="/a/", method="post"))
    _answer, html = page()
    assert '<span class="tag tag-b">代 张三</span>' in html


def test_empty_workbench_says_that_nothing_waits(rooms, page):
    answer, html = page()
    assert answer.status_code == 200
    assert 'class="empty"' in html
    assert "<table" not in html


def test_a_task_has_one_action_that_is_done_at_once_or_leads_on(rooms, page):
    contribute(
        rooms,
        "todo",
        row(
            "sign it", due=TODAY, lamp="y", days=0, case_title="Renhe", case_url="/c/1/", source="Health",
            action_label="Sign", action_url="/s/1/", method="post", hidden={"expected_version": "3"},
        ),
        row("draft it", due=dt.date(2026, 11, 20), lamp="r", days=-1, action_label="Draft", action_url="/d/"),
        row("look at it"),
    )  # fmt: skip
    _answer, html = page()
    assert '<form class="act" method="post" action="/s/1/">' in html
    assert '<input type="hidden" name="expected_version" value="3">' in html
    assert 'name="form_key"' in html
    assert 'href="/d/" aria-label="Draft: draft it"' in html
    assert '<a class="muted" href="/c/1/" title="Renhe">Renhe</a>' in html
    assert html.count("<tr") == 4


def test_each_row_has_its_own_form_key(rooms, page):
    contribute(
        rooms, "todo", *[row(str(n), action_label="x", action_url="/x/", method="post") for n in range(3)]
    )
    _answer, html = page()
    keys = [part.split('"')[0] for part in html.split('name="form_key" value="')[1:]]
    assert len(keys) == len(set(keys)) == 3
    assert all(len(key) <= 64 for key in keys)


def test_tabs_are_chosen_by_address(rooms, page):
    contribute(rooms, "sign", row("a letter", due=TODAY, lamp="y", days=0))
    _answer, html = page(tab="sign")
    assert "a letter" in html
    assert page(tab="nothing")[0].status_code == 404


def test_a_full_tab_leads_to_its_own_page(rooms, page):
    contribute(rooms, "todo", *[row(f"{n:02}", due=TODAY) for n in range(tasks.FIRST + 1)])
    _answer, html = page()
    assert f'href="{reverse("desk:todo")}">' in html.split('class="foot"')[1]
    assert page("desk:todo")[1].count("data-open") == tasks.FIRST + 1


@pytest.mark.parametrize("name", ["todo", "sign", "read", "done", "started"])
def test_each_tab_has_a_page(rooms, page, name):
    at = dt.datetime(2026, 11, 16, tzinfo=dt.UTC)
    contribute(rooms, name, row("the matter", due=TODAY, sort=at))
    answer, html = page(f"desk:{name}")
    assert answer.status_code == 200
    assert "the matter" in html


def test_figures_are_shown_in_the_rail(rooms, page):
    rooms.figures["cases_by_lamp"] = lambda user: {"g": 35, "y": 5, "r": 2}
    rooms.figures["recovered_by_month"] = lambda user, months: {months[-1]: Decimal("418000")}
    rooms.figures["due_soon"] = lambda user, limit: [
        {"on": TODAY, "text": "Notice due", "url": "/c/1/"},
        {"on": TODAY, "text": "Meeting", "url": ""},
    ]
    rooms.figures["clock_record"] = lambda user, since, until: [("Health", 7, 2, 1)]
    _answer, html = page()
    assert '<dd class="num">35</dd>' in html
    assert 'class="cbn"' in html
    assert '<a href="/c/1/" title="Notice due">Notice due</a>' in html
    assert "70%" in html


def test_figures_are_titled_by_what_they_count(rooms, page, client, office_coordinator):
    rooms.figures["cases_by_lamp"] = lambda user: {"g": 1}
    rooms.figures["clock_record"] = lambda user, since, until: [("Health", 7, 2, 1)]
    own = page()[1]
    assert "本部门可见在办案件" in own and "本部门可见，本季度已到期事项" in own
    assert "全县在办" not in own and "全县概况" not in own
    client.force_login(office_coordinator, "django.contrib.auth.backends.ModelBackend")
    county = page()[1]
    assert "全县在办" in county and "全县，本季度已到期事项" in county
    assert "本部门可见" not in county


def test_the_first_tab_in_which_something_waits_opens_by_itself(rooms, page):
    assert page()[0].context["tab"].code == "todo"
    contribute(rooms, "started", row("mine", sort=dt.datetime(2026, 11, 16, tzinfo=dt.UTC)))
    assert page()[0].context["tab"].code == "todo"
    contribute(rooms, "sign", row("a letter", due=TODAY, lamp="y", days=0))
    answer, html = page()
    assert answer.context["tab"].code == "sign" and "a letter" in html
    assert page(tab="todo")[0].context["tab"].code == "todo"
    contribute(rooms, "todo", row("a task", due=TODAY))
    assert page()[0].context["tab"].code == "todo"


def test_empty_figures_say_so(rooms, page):
    rooms.figures["due_soon"] = lambda user, limit: []
    rooms.figures["clock_record"] = lambda user, since, until: []
    assert page()[1].count('class="empty s"') == 2


def test_what_may_be_begun_is_a_button_and_the_last_one_is_the_primary(rooms, page):
    rooms.workbench_actions += [
        NavEntry("", 2, "Register", "desk:help", "plus-lg"),
        NavEntry("", 1, "Look", "desk:todo", "search"),
        NavEntry("", 3, "Forbidden", "desk:todo", "search", allowed=lambda user: False),
    ]
    acts = page()[1].split('<div class="phead">')[1].split('<div class="cols">')[0]
    assert acts.index("Look") < acts.index("Register")
    assert acts.count("btn-primary") == 1
    assert "Forbidden" not in acts


@pytest.mark.parametrize("number", [1, 3])
def test_the_workbench_asks_the_same_number_of_questions_for_every_length(
    rooms, page, django_assert_max_num_queries, number
):
    contribute(rooms, "todo", *[row(str(n), due=TODAY) for n in range(number)])
    with django_assert_max_num_queries(6):
        page()


def test_help_names_the_keys(page):
    answer, html = page("desk:help")
    assert answer.status_code == 200
    assert '<span class="kbd">J</span>' in html


@pytest.mark.parametrize(
    ("hour", "said"),
    [(4, "晚上好"), (5, "上午好"), (11, "上午好"), (12, "下午好"), (17, "下午好"), (18, "晚上好")],
)
def test_people_are_greeted_by_the_hour_in_shanghai(hour, said):
    from desk.greeting import greeting

    at = dt.datetime(2026, 11, 16, hour, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    assert greeting("陈晓岚", at) == f"陈晓岚，{said}"
