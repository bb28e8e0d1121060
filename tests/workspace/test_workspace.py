"""A person's own things: form keys that race, views, preferences, drafts."""

import datetime as dt
import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from core.refusals import AlreadyDone, BadInput, WrongState
from workspace import actions, rules
from workspace.models import Draft, FormKey, Preference, SavedView

KEY = "k" * 20


def test_a_key_works_once_and_leads_to_its_result(insurance_handler, now):
    done = []
    given = {"user": insurance_handler, "key": KEY, "at": now, "work": lambda: done.append(1) or "/result/"}
    assert actions.do_once(**given) == "/result/"
    with pytest.raises(AlreadyDone) as refused:
        actions.do_once(**given)
    assert refused.value.details["result_url"] == "/result/"
    assert done == [1]


def test_a_refusal_leaves_the_key_unused(insurance_handler, now):
    def refuse():
        raise WrongState

    with pytest.raises(WrongState):
        actions.do_once(user=insurance_handler, key=KEY, at=now, work=refuse)
    assert actions.do_once(user=insurance_handler, key=KEY, at=now, work=lambda: "/r/") == "/r/"


def test_two_people_may_use_the_same_key(insurance_handler, health_handler, now):
    for user in (insurance_handler, health_handler):
        actions.use_form_key(user=user, key=KEY, at=now)
    assert actions.forget_form_keys(at=now + dt.timedelta(days=29)) == 0
    assert actions.forget_form_keys(at=now + dt.timedelta(days=31)) == 2


@pytest.mark.django_db(transaction=True)
def test_two_racing_submissions_do_the_work_once(request):
    now, user = request.getfixturevalue("now"), request.getfixturevalue("insurance_handler")
    working, done, answers = threading.Event(), [], []

    def work():
        done.append(1)
        working.set()
        threading.Event().wait(0.3)
        return "/result/"

    def submit():
        try:
            answers.append(actions.do_once(user=user, key=KEY, at=now, work=work))
        except AlreadyDone as refusal:
            answers.append(refusal.details["result_url"])
        finally:
            connection.close()

    threads = [threading.Thread(target=submit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (done, answers) == ([1], ["/result/", "/result/"])
    assert FormKey.objects.get().result_url == "/result/"


def test_views_are_ones_own_or_the_departments(insurance_handler, insurance_handler_2, health_handler, now):
    save = {"page": "registry", "query": "major=on", "at": now}
    own = actions.save_view(user=insurance_handler, name="我的", **save)
    shared = actions.save_view(user=insurance_handler, name="共用", shared=True, **save)
    assert set(SavedView.objects.visible_to(insurance_handler_2)) == {shared}
    assert set(SavedView.objects.visible_to(insurance_handler)) == {own, shared}
    assert not SavedView.objects.visible_to(health_handler).exists()
    assert not SavedView.objects.visible_to(AnonymousUser()).exists()
    assert not Draft.objects.visible_to(AnonymousUser()).exists()
    assert [rules.can_delete_view(user, shared) for user in (insurance_handler, insurance_handler_2)] == [
        True,
        False,
    ]
    again = actions.save_view(user=insurance_handler, name="共用", page="registry", query="mine=on", at=now)
    assert (again.pk, again.department, again.query) == (shared.pk, None, "mine=on")
    actions.delete_view(view=own)
    assert list(SavedView.objects.all()) == [again]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"name": " "}, "name"), ({"name": "长" * 21}, "name"), ({"query": "q" * 1001}, "query")],
)
def test_a_view_that_cannot_be_kept_is_refused(insurance_handler, now, values, field):
    with pytest.raises(BadInput) as refused:
        actions.save_view(
            **{"user": insurance_handler, "page": "registry", "name": "x", "query": "", "at": now, **values}
        )
    assert refused.value.field == field


def test_twelve_views_are_enough(insurance_handler, now):
    for number in range(12):
        actions.save_view(user=insurance_handler, page="registry", name=str(number), query="", at=now)
    with pytest.raises(BadInput):
        actions.save_view(user=insurance_handler, page="registry", name="13", query="", at=now)
    actions.save_view(user=insurance_handler, page="registry", name="3", query="q=1", at=now)
    assert SavedView.objects.count() == 12


def test_preferences_add_up(insurance_handler, now):
    assert actions.preference(insurance_handler, "registry") == {}
    actions.set_preference(user=insurance_handler, page="registry", values={"density": "compact"}, at=now)
    actions.set_preference(user=insurance_handler, page="registry", values={"columns": ["number"]}, at=now)
    assert actions.preference(insurance_handler, "registry") == {"density": "compact", "columns": ["number"]}
    assert Preference.objects.count() == 1
