"""Six digits beside the password, codes on paper, sessions of one's own, and signing in again for what weighs most."""

import base64
import datetime as dt
import re
import time

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django_otp.oath import totp

from core import registry
from core.refusals import BadInput, FourEyes, MovedOn, WrongState
from departments import fresh, guesses
from departments.actions import passwords, second_factor, sessions
from departments.actions.people import block, change_own_password, end_post, set_new_password
from departments.models import Authenticator, Post, RecoveryCode, SignIn, UsedPassword
from journal.models import Event
from tests.cast import PASSWORD

SIGN_IN, SECOND = "/sign-in/", "/sign-in/second/"
SECRET = b"12345678901234567890"


@pytest.fixture(autouse=True)
def _asked(settings):
    settings.SECOND_FACTOR, settings.FRESH_SECONDS = True, 300


def digits(at=None, secret=SECRET, steps=0):
    began = 0 if at is None else int(time.time() - at.timestamp())
    return f"{totp(secret, t0=began, drift=steps):06d}"


@pytest.fixture
def authenticator(insurance_handler):
    second_factor.set_authenticator(
        by=insurance_handler, secret=SECRET, code=digits(steps=-1), at=timezone.now()
    )
    return insurance_handler


def password_given(client, staff_number="yb01"):
    return client.post(SIGN_IN, {"username": staff_number, "password": PASSWORD, "next": "/departments/"})


# -- the two steps --------------------------------------------------------------------------------------------


def test_an_authenticator_is_taken_up_at_the_first_sign_in(client, insurance_handler):
    answer = password_given(client)
    assert answer["Location"] == f"{SECOND}?next=%2Fdepartments%2F"
    assert client.get("/departments/")["Location"].startswith(SIGN_IN)  # half in is not in
    page = client.get(answer["Location"])
    html = page.content.decode()
    assert "<svg" in html and "otpauth" not in html
    spoken = re.search(r'<code class="num">([A-Z2-7 ]+)</code>', html)[1]
    again = client.get(answer["Location"]).content.decode()
    assert spoken in again  # the same until it is proved
    assert client.post(SECOND, {"code": "000000"}).context["form"].errors["code"]
    assert not Authenticator.objects.exists()
    secret = base64.b32decode(spoken.replace(" ", ""))
    kept = client.post(SECOND, {"code": digits(secret=secret), "next": "/departments/"})
    assert kept.context["next"] == "/departments/" and len(kept.context["codes"]) == 10
    assert client.get("/departments/").status_code == 200
    assert secret not in bytes(Authenticator.objects.get().secret)
    assert Event.objects.filter(verb="user.second_factor_set").count() == 1


def test_the_six_digits_of_this_moment_let_in_once(client, authenticator):
    password_given(client)
    assert client.post(SECOND, {"code": "12345"}).context["form"].errors
    code = digits()
    assert client.post(SECOND, {"code": code, "next": "/departments/"})["Location"] == "/departments/"
    assert client.get("/departments/").status_code == 200
    other = Client()
    password_given(other)
    assert other.post(SECOND, {"code": code}).context["form"].errors["code"]  # used up
    assert other.get("/departments/").status_code == 302


def test_nobody_skips_the_password(client, authenticator):
    answer = client.post(SECOND, {"code": digits()})
    assert answer["Location"].startswith(SIGN_IN)
    password_given(client)
    session = client.session
    session["half_in"] = [authenticator.pk, int(time.time()) - 301, *session["half_in"][2:]]
    session.save()
    assert client.post(SECOND, {"code": digits()})["Location"].startswith(SIGN_IN)


def test_blocked_meanwhile(client, authenticator, system_admin, now):
    password_given(client)
    block(user=authenticator, reason="离职", by=system_admin, at=now)
    assert client.post(SECOND, {"code": digits()})["Location"].startswith(SIGN_IN)


def test_the_next_at_the_same_browser_sees_another_secret(client, insurance_handler, health_handler):
    password_given(client)
    first = client.get(SECOND).context["spoken"]
    password_given(client, "wj01")
    assert client.get(SECOND).context["spoken"] != first


def test_a_second_password_ends_the_session_before(as_signed_in, insurance_handler):
    desk = as_signed_in(insurance_handler)
    old = desk.session.session_key
    password_given(desk)
    assert not SignIn.objects.exists() and not Session.objects.filter(session_key=old).exists()
    assert desk.get("/departments/").status_code == 302


def test_half_in_ends_with_the_password_and_with_the_authenticator(client, authenticator, system_admin, now):
    password_given(client)
    other = Client()
    password_given(other)
    second_factor.reset_second_factor(user=authenticator, by=system_admin, at=now)
    assert client.get(SECOND)["Location"].startswith(SIGN_IN)
    password_given(client)
    set_new_password(user=authenticator, password="given-4711-by", by=system_admin, at=now)
    assert client.get(SECOND)["Location"].startswith(SIGN_IN)


def test_who_proved_a_password_only_replaces_nothing(authenticator):
    with pytest.raises(WrongState):
        second_factor.set_authenticator(
            by=authenticator, secret=b"y" * 20, code=digits(secret=b"y" * 20), first=True, at=timezone.now()
        )


def test_full_width_digits_are_digits(client, authenticator):
    password_given(client)
    wide = digits().translate({ord("0") + each: ord("０") + each for each in range(10)})
    assert client.post(SECOND, {"code": wide, "next": "/"}).status_code == 302


def test_a_recovery_code_lets_in_once(client, insurance_handler):
    codes = second_factor.set_authenticator(
        by=insurance_handler, secret=SECRET, code=digits(), at=timezone.now()
    )
    password_given(client)
    assert client.post(SECOND, {"code": codes[3].lower(), "next": "/"})["Location"] == "/"
    assert Event.objects.get(verb="user.recovery_code_used").params["left"] == 9
    other = Client()
    password_given(other)
    assert other.post(SECOND, {"code": codes[3]}).context["form"].errors["code"]
    assert codes[0].replace("-", "") not in "".join(RecoveryCode.objects.values_list("digest", flat=True))


def test_five_wrong_codes_lock_the_second_step(client, authenticator):
    password_given(client)
    assert [client.post(SECOND, {"code": "000001"}).status_code for _each in range(6)] == [200] * 5 + [429]
    assert client.post(SECOND, {"code": digits()}).status_code == 429  # the right one does not help now
    mine = Authenticator.objects.get()
    mine.locked_until = timezone.now() - dt.timedelta(seconds=1)
    mine.save()
    assert client.post(SECOND, {"code": digits(), "next": "/"}).status_code == 302
    assert Event.objects.filter(verb="user.locked_out").count() == 1


# -- what one keeps ----------------------------------------------------------------------------------------------


def test_codes_are_renewed_and_an_authenticator_replaced(authenticator, insurance_handler, now):
    before = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert len(second_factor.renew_codes(by=insurance_handler, at=now)) == 10
    assert before.isdisjoint(RecoveryCode.objects.values_list("digest", flat=True))
    with pytest.raises(BadInput):
        second_factor.set_authenticator(by=insurance_handler, secret=b"x" * 20, code=digits(), at=timezone.now())
    second_factor.set_authenticator(
        by=insurance_handler, secret=b"x" * 20, code=digits(secret=b"x" * 20), at=timezone.now()
    )
    assert Authenticator.objects.count() == 1


def test_refusals_without_an_authenticator(insurance_handler, system_admin, now):
    with pytest.raises(WrongState):
        second_factor.renew_codes(by=insurance_handler, at=now)
    with pytest.raises(WrongState):
        second_factor.check_code(user=insurance_handler, code="123456", at=now)
    with pytest.raises(WrongState):
        second_factor.reset_second_factor(user=insurance_handler, by=system_admin, at=now)
    with pytest.raises(FourEyes):
        second_factor.reset_second_factor(user=system_admin, by=system_admin, at=now)


def test_a_lost_authenticator_is_reset_by_the_administrator(as_signed_in, authenticator, system_admin):
    desk = as_signed_in(authenticator)
    admin = as_signed_in(system_admin)
    url = reverse("departments:reset_second_factor", args=[authenticator.pk])
    assert "重置双因子认证" in admin.get(reverse("departments:person", args=[authenticator.pk])).content.decode()
    assert admin.get(url).status_code == 200
    assert admin.post(url).status_code == 302
    assert not Authenticator.objects.filter(user=authenticator).exists()
    assert desk.get("/departments/").status_code == 302  # signed out everywhere
    assert admin.post(url).context["refusal"]
    own = reverse("departments:reset_second_factor", args=[system_admin.pk])
    assert admin.post(own).status_code == 403


# -- sessions ----------------------------------------------------------------------------------------------------


@pytest.fixture
def as_signed_in(settings):
    """Factory: a desk at which somebody signed in through the page, without the second step."""

    def come(user, **more):
        settings.SECOND_FACTOR = False
        client = Client(headers={"User-Agent": "Tester"}, **more)
        assert client.post(SIGN_IN, {"username": user.staff_number, "password": PASSWORD}).status_code == 302
        settings.SECOND_FACTOR = True
        return client

    return come


def test_ones_sessions_are_listed_and_ended(as_signed_in, insurance_handler, health_handler):
    here, there, third = (as_signed_in(insurance_handler) for _each in range(3))
    stranger = as_signed_in(health_handler)
    page = here.get(reverse("departments:security"))
    assert [this for _row, this in page.context["rows"]].count(True) == 1
    assert len(page.context["rows"]) == 3 and "Tester" in page.content.decode()
    wanted = SignIn.objects.get(session_key=there.session.session_key)
    end = reverse("departments:end_session", args=[wanted.pk])
    assert stranger.post(end).status_code == 404
    assert there.get("/departments/").status_code == 200
    assert here.post(end).status_code == 302
    assert there.get("/departments/").status_code == 302
    assert here.post(end).status_code == 404
    here.post(reverse("departments:end_others"))
    assert third.get("/departments/").status_code == 302
    assert here.get("/departments/").status_code == 200 and stranger.get("/departments/").status_code == 200
    with pytest.raises(MovedOn):
        sessions.end_session(sign_in=wanted, by=insurance_handler, at=timezone.now())


def test_a_session_lasts_twelve_hours_however_busy(as_signed_in, insurance_handler, monkeypatch):
    desk, began = as_signed_in(insurance_handler), time.time()
    at = lambda hours: monkeypatch.setattr("departments.middleware.time.time", lambda: began + hours * 3600)  # noqa: E731
    for hours in (0.4 * step for step in range(30)):
        at(hours)
        assert desk.get("/departments/").status_code == 200
    row = SignIn.objects.get()
    assert row.seen_at > row.began_at
    at(12.01)
    assert desk.get("/departments/").status_code == 302
    assert not SignIn.objects.exists()


def test_changes_end_the_sessions(as_signed_in, insurance_handler, health_handler, system_admin, now):
    here, there = as_signed_in(insurance_handler), as_signed_in(insurance_handler)
    words = {"old": PASSWORD, "new": "another-4711-long", "again": "another-4711-long"}
    assert here.post("/password/", words).status_code == 302
    assert here.get("/departments/").status_code == 200 and there.get("/departments/").status_code == 302
    assert [each.session_key for each in SignIn.objects.all()] == [here.session.session_key]
    set_new_password(user=insurance_handler, password="given-4711-by", by=system_admin, at=now)
    assert here.get("/departments/").status_code == 302
    other = as_signed_in(health_handler)
    end_post(post=Post.objects.get(user=health_handler), by=system_admin, at=now)
    assert other.get("/departments/").status_code == 302
    assert not Session.objects.filter(session_key=other.session.session_key or "").exists()


def test_ended_sessions_leave_the_list(as_signed_in, insurance_handler):
    first = as_signed_in(insurance_handler)
    Session.objects.filter(session_key=first.session.session_key).update(expire_date=timezone.now())
    as_signed_in(insurance_handler)
    assert SignIn.objects.count() == 1
    second_desk = as_signed_in(insurance_handler)
    second_desk.post("/sign-out/")
    assert SignIn.objects.count() == 1


# -- passwords ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("weak", ["abcdefghijk", "abcdefgh1234", "ABCDEFGHIJ12", "一二三四五六七八九十"])
def test_three_kinds_of_characters(insurance_handler, weak):
    with pytest.raises(BadInput):
        passwords.check_words(weak, insurance_handler)


def test_none_of_the_last_five_again(insurance_handler, now, settings):
    old = PASSWORD
    for number in range(6):
        new = f"Number-{number}-long"
        change_own_password(by=insurance_handler, old=old, new=new, at=now + dt.timedelta(minutes=number))
        old = new
    assert UsedPassword.objects.filter(user=insurance_handler).count() == settings.PASSWORDS_REMEMBERED
    with pytest.raises(BadInput, match="5"):
        change_own_password(by=insurance_handler, old=old, new="Number-2-long", at=now)
    change_own_password(by=insurance_handler, old=old, new="Number-0-long", at=now + dt.timedelta(minutes=9))


def test_a_password_of_ninety_days_is_changed(insurance_handler, settings):
    settings.PASSWORD_DAYS, at = 90, timezone.now()
    UsedPassword.objects.filter(user=insurance_handler).delete()
    assert not passwords.expire_password(user=insurance_handler, at=at)  # nobody knows since when
    UsedPassword.objects.create(user=insurance_handler, password=make_password("x"), set_at=at - dt.timedelta(days=89))
    assert not passwords.expire_password(user=insurance_handler, at=at)
    UsedPassword.objects.update(set_at=at - dt.timedelta(days=91))
    assert passwords.expire_password(user=insurance_handler, at=at)
    assert insurance_handler.must_change_password
    assert passwords.expire_password(user=insurance_handler, at=at)
    assert Event.objects.filter(verb="user.password_expired").count() == 1
    settings.PASSWORD_DAYS = None
    assert not passwords.expire_password(user=insurance_handler, at=at)


# -- guesses -----------------------------------------------------------------------------------------------------


def test_a_thousand_addresses_guess_ten_times(client, insurance_handler):
    looked_at = [
        client.post(SIGN_IN, {"username": "yb01", "password": "x"}, REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}")
        for number in range(30)
    ]
    assert [answer.status_code for answer in looked_at] == [200] * guesses.OF_A_NAME + [429] * 20
    assert client.post(SIGN_IN, {"username": "wj99", "password": "x"}, REMOTE_ADDR="10.9.9.9").status_code == 200


def test_ones_own_desk_stays_open_while_others_guess(as_signed_in, client, insurance_handler):
    as_signed_in(insurance_handler, REMOTE_ADDR="10.1.1.1")
    for number in range(12):
        client.post(SIGN_IN, {"username": "yb01", "password": "x"}, REMOTE_ADDR=f"10.2.2.{number}")
    assert client.post(SIGN_IN, {"username": "yb01", "password": PASSWORD}, REMOTE_ADDR="10.3.3.3").status_code == 429
    own = client.post(SIGN_IN, {"username": "yb01", "password": PASSWORD}, REMOTE_ADDR="10.1.1.1")
    assert own.status_code == 302


def test_the_present_password_is_not_guessed_at_ones_own_desk(as_signed_in, insurance_handler):
    desk = as_signed_in(insurance_handler)
    words = {"new": "another-4711-long", "again": "another-4711-long"}
    for number in range(5):
        assert desk.post("/password/", {**words, "old": f"guess-{number}"}).context["form"].errors
    assert "15" in str(desk.post("/password/", {**words, "old": PASSWORD}).context["form"].errors)
    insurance_handler.refresh_from_db()
    assert insurance_handler.check_password(PASSWORD)


def test_what_stood_beside_a_wrong_password_is_not_kept(stale, health_handler):
    sent = {"reason": "密中之密", "sure_password": "nearly-right-4711", "sure_code": "135790"}
    stale.post(reverse("departments:block", args=[health_handler.pk]), sent)
    [attempt] = AccessAttempt.objects.all()
    assert not any(each in f"{attempt.post_data}{attempt.get_data}" for each in sent.values())


def test_one_address_guesses_a_hundred_times(client, insurance_handler, monkeypatch):
    monkeypatch.setattr(guesses, "OF_AN_ADDRESS", 4)
    found = [client.post(SIGN_IN, {"username": f"n{number}", "password": "x"}).status_code for number in range(6)]
    assert found == [200] * 4 + [429] * 2


# -- signing in again ----------------------------------------------------------------------------------------------


@pytest.fixture
def stale(as_signed_in, system_admin, monkeypatch):
    """The administrator's desk, six minutes after signing in."""
    desk, began = as_signed_in(system_admin), time.time()
    monkeypatch.setattr("departments.fresh.time.time", lambda: began + 360)
    return desk


def test_posts_are_changed_after_a_fresh_sign_in(stale, health_handler, now):
    url = reverse("departments:end_post", args=[health_handler.post.pk])
    page = stale.get(url)
    assert page.templates[0].name == "departments/sure.html" and page.context["next"] == url
    assert stale.post(reverse("departments:sure"), {"next": url, "sure_password": "no"}).context["form"].errors
    assert stale.get(url).templates[0].name == "departments/sure.html"
    assert stale.post(reverse("departments:sure"), {"next": url, "sure_password": PASSWORD})["Location"] == url
    assert stale.get(url).templates[0].name == "partials/confirm.html"
    assert stale.get(reverse("departments:sure")).status_code == 302
    assert SignIn.objects.filter(session_key=stale.session.session_key).exists()  # the key is another one now


def test_what_was_sent_goes_on_with_the_answer(stale, health_handler, system_admin):
    url = reverse("departments:block", args=[health_handler.pk])
    page = stale.post(url, {"reason": "<b>离职</b>"})
    assert page.context["kept"] == [("reason", "<b>离职</b>")] and "&lt;b&gt;" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    health_handler.refresh_from_db()
    assert health_handler.is_active
    assert stale.post(url, {"reason": "离职", "sure_password": "wrong"}).context["form"].errors
    second_factor.set_authenticator(
        by=system_admin, secret=SECRET, code=digits(steps=-1), session_key=stale.session.session_key, at=timezone.now()
    )
    sent = {"reason": "离职", "sure_password": PASSWORD}
    assert "sure_code" in stale.post(url, sent).context["form"].errors
    assert "sure_code" in stale.post(url, sent | {"sure_code": "000000"}).context["form"].errors
    assert stale.post(url, sent | {"sure_code": digits()}).status_code == 302
    health_handler.refresh_from_db()
    assert not health_handler.is_active


def test_a_locked_second_factor_says_so_here_too(stale, health_handler, system_admin):
    second_factor.set_authenticator(
        by=system_admin, secret=SECRET, code=digits(), session_key=stale.session.session_key, at=timezone.now()
    )
    Authenticator.objects.update(locked_until=timezone.now() + dt.timedelta(minutes=5))
    sent = {"reason": "离职", "sure_password": PASSWORD, "sure_code": "000000"}
    answer = stale.post(reverse("departments:block", args=[health_handler.pk]), sent)
    assert "15" in answer.context["form"].errors["sure_code"][0]


def test_guessing_here_locks_too(stale, health_handler):
    url = reverse("departments:block", args=[health_handler.pk])
    sent = {"reason": "离职", "sure_password": "wrong"}
    assert [stale.post(url, sent).status_code for _each in range(6)] == [200] * 4 + [429] * 2
    answer = stale.post(url, sent | {"sure_password": PASSWORD})
    assert answer.status_code == 429 and "15" in answer.context["form"].errors["sure_password"][0]


def test_secrets_are_typed_again(stale, system_admin):
    page = stale.post(reverse("departments:engage"), {"name": "新人", "password": "first-4711-word"})
    assert page.context["kept"] == [("name", "新人")] and "first-4711-word" not in page.content.decode()


def test_the_api_asks_in_a_sentence(stale, settings):
    registry.fresh_addresses.add("api:case-list")
    name = stale.get("/api/v1/cases/").wsgi_request.resolver_match.view_name
    registry.fresh_addresses.discard("api:case-list")
    registry.fresh_addresses.add(name)
    answer = stale.get("/api/v1/cases/")
    registry.fresh_addresses.discard(name)
    assert (answer.status_code, answer.json()["code"]) == (403, "fresh_sign_in_needed")


def test_the_weightiest_steps_are_named():
    assert {"departments:fill_post", "departments:end_post", "rewards:approve", "rewards:opening_new",
            "rewards:opening_give", "rewards:opening_show", "reward-approve"} <= registry.fresh_addresses  # fmt: skip
    for name in registry.fresh_addresses:
        found = any(_reverses(name, args) for args in ([], [1]))
        assert found, name


def _reverses(name, args):
    try:
        reverse(name, args=args)
    except NoReverseMatch:
        return False
    return True


def test_fresh_is_not_asked_where_the_installation_does_not(rf, settings):
    settings.FRESH_SECONDS = None
    assert fresh.is_fresh(rf.get("/"))


# -- the pages ---------------------------------------------------------------------------------------------------


def test_the_page_of_ones_sign_ins(as_signed_in, insurance_handler):
    desk = as_signed_in(insurance_handler)
    assert "尚未启用验证器" in desk.get(reverse("departments:security")).content.decode()
    page = desk.get(reverse("departments:authenticator"))
    secret = page.context["spoken"].replace(" ", "")
    key = base64.b32decode(secret)
    assert desk.post(reverse("departments:authenticator"), {"code": "1"}).context["form"].errors
    kept = desk.post(reverse("departments:authenticator"), {"code": digits(secret=key)})
    assert len(kept.context["codes"]) == 10 and kept["Cache-Control"].count("no-store")
    assert "剩余恢复码" in desk.get(reverse("departments:security")).content.decode()
    assert len(desk.post(reverse("departments:renew_codes")).context["codes"]) == 10


def test_the_demonstration_says_so_on_every_page(as_signed_in, insurance_handler, settings, client):
    desk = as_signed_in(insurance_handler)
    settings.DEMO = True
    assert "演示环境" in desk.get("/departments/").content.decode() and "演示环境" in client.get(SIGN_IN).content.decode()
    settings.DEMO = False
    assert "演示环境" not in desk.get("/departments/").content.decode()
