"""The opener as it runs: two custodians, one showing, everything on the record; what it refuses."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.refusals import Refused
from journal.models import Event
from rewards import openers, panels_keys
from rewards.actions.custodians import name_custodian
from rewards.actions.openings import request_opening
from rewards.enums import OpeningStatus
from rewards.models import Opening
from rewards.refusals_opening import (
    Lapsed,
    NotCustodian,
    NotReady,
    NotThere,
    NotYours,
    OpenerAway,
    OwnRequest,
    SameCustodian,
    Tampered,
    WrongPassphrase,
)  # fmt: skip
from tests.factories.rewards import identity, register
from tests.harness import acting_as, connect

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def report(custodians, insurance):
    return register(insurance, at=timezone.now())[0]


@pytest.fixture
def opening(report, insurance_report_officer):
    return request_opening(
        reporter=report.reporters.get(), fields="contact", reason="需当面核对费用清单", by=insurance_report_officer,
        at=timezone.now(),
    )  # fmt: skip


def give(opening, keeper, **more):
    given = {"passphrase": keeper.passphrase, "code": keeper.codes[0], "user_id": keeper.user.pk}
    if "code" not in more and "passphrase" not in more:
        keeper.codes.pop(0)
    return openers.ask("give_key", opening_id=opening.pk, **(given | more))


def settle():
    """Let the opener do what it does unasked: it looks before each answer."""
    for _n in range(2):
        openers.ask("ping")


def state(opening):
    return Opening.objects.values_list("status", "first_by", "second_by", "shown_at").get(pk=opening.pk)


def refused(refusal, opening, step):
    """The step is refused with this sentence, nothing changes, and the record says who failed at what."""
    before, events = state(opening), Event.objects.count()
    with pytest.raises(refusal) as caught:
        step()
    assert str(caught.value)
    assert state(opening) == before
    if refusal.record:
        event = Event.objects.latest("pk")
        assert (event.verb, event.params["attempt_reason"]) == ("opening.failed", refusal.__name__)
        assert Event.objects.count() == events + 1
    else:
        assert Event.objects.count() == events


def test_two_custodians_open_one_set_of_fields_once(
    opening, custodians, insurance_report_officer, insurance_legal
):
    assert give(opening, custodians.first) == {"status": "requested"}
    assert give(opening, custodians.second) == {"status": "ready"}
    shown = openers.ask("show", opening_id=opening.pk, user_id=insurance_report_officer.pk)["fields"]
    assert shown == {
        "name": "丁家宁",
        "phone": "13907990011",
        "id_number": identity().id_number,
        "address": "",
    }
    event = Event.objects.latest("pk")
    assert event.verb == "opening.shown"
    assert event.params["users"] == [custodians.first.user.pk, custodians.second.user.pk]
    assert event.actor_id == insurance_report_officer.pk
    assert (event.department_id, event.region_id) == (opening.department_id, opening.region_id)
    assert state(opening)[0] == OpeningStatus.SHOWN
    refused(
        NotReady,
        opening,
        lambda: openers.ask("show", opening_id=opening.pk, user_id=insurance_report_officer.pk),
    )


def test_the_account_is_sealed_apart_from_the_name(report, custodians, insurance_report_officer):
    opening = request_opening(reporter=report.reporters.get(), fields="payee", reason="银行退回款项",
                              by=insurance_report_officer, at=timezone.now())  # fmt: skip
    give(opening, custodians.second)
    give(opening, custodians.first)
    shown = openers.ask("show", opening_id=opening.pk, user_id=insurance_report_officer.pk)["fields"]
    assert shown == {"name": "丁家宁", "id_number": identity().id_number, "bank": "青禾农商银行",
                     "account": "6217990011223344556"}  # fmt: skip


def test_the_same_custodian_does_not_give_both_keys(opening, custodians):
    give(opening, custodians.first)
    refused(SameCustodian, opening, lambda: give(opening, custodians.first))


def test_a_wrong_passphrase_and_a_used_code_open_nothing(opening, custodians):
    refused(
        WrongPassphrase, opening, lambda: give(opening, custodians.first, passphrase="不是这一句不是这一句啊")
    )
    code = custodians.first.codes[0]
    give(opening, custodians.first)
    assert Opening.objects.get(pk=opening.pk).first_by == custodians.first.user
    refused(WrongPassphrase, opening, lambda: give(opening, custodians.second, code=code))


def test_five_failures_lock_the_key_for_an_hour(opening, custodians):
    for _n in range(5):
        with pytest.raises(WrongPassphrase):
            give(opening, custodians.first, passphrase="不是这一句不是这一句啊")
    from rewards.refusals_opening import KeyLocked

    refused(KeyLocked, opening, lambda: give(opening, custodians.first))


def test_after_24_hours_no_key_is_taken(opening, custodians):
    give(opening, custodians.first)
    past = timezone.now() - dt.timedelta(seconds=1)
    # as if 24 hours had gone: the opener's upkeep lets it lapse, and a key given before that is refused
    Opening.objects.filter(pk=opening.pk).update(expires_at=past)
    with pytest.raises((Lapsed, NotReady)) as caught:
        give(opening, custodians.second)
    assert str(caught.value)
    assert Opening.objects.get(pk=opening.pk).second_by is None
    settle()
    assert Opening.objects.get(pk=opening.pk).status == OpeningStatus.EXPIRED


def test_who_asks_gives_no_key_and_who_holds_none_neither(
    opening, insurance_report_officer, insurance_handler, custodians
):
    own = {"user_id": insurance_report_officer.pk}
    refused(OwnRequest, opening, lambda: give(opening, custodians.first, code="0", **own))
    refused(
        NotCustodian, opening, lambda: give(opening, custodians.first, code="0", user_id=insurance_handler.pk)
    )


def test_only_who_asked_is_shown_it(opening, custodians, insurance_report_officer_2):
    give(opening, custodians.first)
    give(opening, custodians.second)
    refused(
        NotYours,
        opening,
        lambda: openers.ask("show", opening_id=opening.pk, user_id=insurance_report_officer_2.pk),
    )


@pytest.mark.parametrize("table", ["envelope", "wrap"])
def test_a_tampered_envelope_is_refused(table, opening, custodians):
    column = {"envelope": "content", "wrap": "first"}[table]
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE vault.{table} SET {column} = set_byte({column}, 40, get_byte({column}, 40) # 1)"  # noqa: S608
        )

    def both():
        give(opening, custodians.first)
        give(opening, custodians.second)

    with pytest.raises(Tampered):
        both()
    assert Opening.objects.get(pk=opening.pk).status == OpeningStatus.REQUESTED
    assert Event.objects.latest("pk").params["attempt_reason"] == "Tampered"


def test_an_envelope_moved_to_another_reporter_does_not_open(insurance, opening, custodians):
    other = register(insurance, at=timezone.now(), reporters=[identity(name="柯文远")])[0].reporters.get()
    mine = opening.reporter_id
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM vault.envelope WHERE reporter_id = %s", [mine])
        cursor.execute("UPDATE vault.envelope SET reporter_id = %s WHERE reporter_id = %s", [mine, other.pk])
    give(opening, custodians.first)
    with pytest.raises(Tampered):
        give(opening, custodians.second)


def test_nothing_sealed_is_said(insurance, custodians, insurance_report_officer):
    report, _code = register(insurance, at=timezone.now(), reporters=[identity(bank="", account="")])
    opening = request_opening(reporter=report.reporters.get(), fields="payee", reason="需要付款账户",
                              by=insurance_report_officer, at=timezone.now())  # fmt: skip
    refused(NotThere, opening, lambda: give(opening, custodians.first))


def test_a_new_start_of_the_opener_forgets_the_half_given(opener, opening, custodians):
    give(opening, custodians.first)
    opener.restart()
    settle()
    assert Opening.objects.get(pk=opening.pk).first_by is None
    give(opening, custodians.second)
    assert give(opening, custodians.first) == {"status": "ready"}
    opener.restart()
    settle()
    assert Opening.objects.get(pk=opening.pk).status == OpeningStatus.EXPIRED


def test_an_opener_that_is_away_is_said(opener, opening, custodians):
    opener.stop()
    with pytest.raises(OpenerAway) as caught:
        give(opening, custodians.first)
    assert caught.value.field is None


def test_the_web_may_put_in_and_never_look(report):
    with connect("app") as line, line.cursor() as cursor:
        for statement in (
            "SELECT * FROM vault.envelope", "SELECT first FROM vault.wrap", "SELECT * FROM vault.private_key",
            "DELETE FROM vault.envelope", "UPDATE vault.envelope SET fields = 'payee'", "SELECT * FROM vault.known",
            "SELECT * FROM vault.slip", "INSERT INTO vault.public_key (id) VALUES (NULL)",
            "INSERT INTO vault.slip (id, reporter_id, key_id, content) VALUES (NULL, 1, NULL, '') RETURNING id",
            "TRUNCATE vault.envelope",
        ):  # fmt: skip
            with pytest.raises(Exception, match="permission denied"):
                cursor.execute(statement)
            line.rollback()


def test_the_opener_may_not_read_what_it_does_not_need(report):
    with connect("opener") as line, line.cursor() as cursor:
        for statement in (
            "SELECT password FROM departments_user", "SELECT facts FROM rewards_report", "SELECT * FROM cases_case",
            "UPDATE rewards_report SET number = 'x'", "SELECT params FROM audit.event", "DELETE FROM rewards_opening",
        ):  # fmt: skip
            with pytest.raises(Exception, match="permission denied"):
                cursor.execute(statement)
            line.rollback()


def test_who_reports_again_is_known_by_a_digest_alone(insurance, report, custodians):
    from rewards import vault

    def again(**more):
        made = register(insurance, at=timezone.now(), reporters=[identity(**more)])[0]
        settle()
        return vault.earlier_reports(made.reporters.get())

    settle()
    assert vault.earlier_reports(report.reporters.get()) == 0
    assert again(name="丁先生", id_number="") == 1  # by the telephone number
    assert again(phone="0799-6620001") == 1  # by the identity number, which the second did not give
    assert again() == 3
    assert again(name="别人", id_number="", phone="13800000000") == 0


def test_a_key_made_before_bank_files_had_codes_is_told_what_to_do(custodians, system_admin, client):
    """As an installation has it after migration 0012: a key whose list for bank files is empty."""
    place, settings, own = (
        reverse(name) for name in ("rewards:custodians", "desk:settings", "rewards:own_key")
    )
    client.force_login(system_admin)
    page = client.get(place)
    assert [(row.left, row.file_left, row.lacks) for row in page.context["rows"]] == [(30, 30, False)] * 2
    assert (
        "--rewrap" not in page.content.decode() and "需重新生成" not in client.get(settings).content.decode()
    )
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE vault.private_key p SET file_codes = '{}' FROM vault.public_key k"
            " WHERE k.id = p.key_id AND k.user_id = %s",
            [custodians.first.user.pk],
        )
    page = client.get(place)
    assert [row.lacks for row in page.context["rows"]] == [True, False]
    assert "--rewrap custodians" in page.content.decode()
    assert "其中1把" in client.get(settings).content.decode()
    for keeper, told in ((custodians.first, True), (custodians.second, False)):
        client.force_login(keeper.user)
        assert ("请在下方重新生成密钥" in client.get(own).content.decode()) == told
    openers.ask("enrol", user_id=custodians.first.user.pk, region_id=system_admin.region.pk,
                passphrase=custodians.first.passphrase)  # fmt: skip
    client.force_login(system_admin)
    assert not client.get(place).context["lacking"]


def test_a_custodian_is_led_to_the_own_key(
    custodians, insurance, insurance_head, insurance_deputy_head, system_admin, client, opener
):
    own, openings = reverse("rewards:own_key"), reverse("rewards:openings")
    keeper = insurance_deputy_head  # neither head nor legal reviewer
    client.force_login(keeper)
    assert openings not in client.get("/").content.decode() and client.get(openings).status_code == 403
    name_custodian(region=insurance.region, user=keeper, by=system_admin, at=timezone.now())
    page = client.get("/").content.decode()
    assert own in page and openings in page and panels_keys.count(keeper) == 1
    assert own in client.get(openings).content.decode()
    openers.ask("enrol", user_id=keeper.pk, region_id=insurance.region_id, passphrase="后来的保管人口令一句")
    assert own not in client.get("/").content.decode() and panels_keys.count(keeper) == 0
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("UPDATE vault.private_key SET codes = codes[1:4], file_codes = file_codes[1:3]")
    row = next(iter(panels_keys.todo_rows(insurance_head, 9)))
    assert "4" in row.source and "3" in row.source and row.url == own
    opener.stop()
    assert panels_keys.count(insurance_head) == 0  # nothing is known of the codes
    client.force_login(insurance_head)
    assert client.get("/").status_code == 200


def test_without_the_opener_the_settings_say_that_codes_are_not_known(
    custodians, opener, system_admin, client
):
    opener.stop()
    client.force_login(system_admin)
    page = client.get(reverse("rewards:custodians"))
    assert page.context["away"] and [row.has for row in page.context["rows"]] == [True, True]
    assert "开启程序未响应" in page.content.decode()
    assert client.get(reverse("desk:settings")).status_code == 200


def test_a_key_costs_what_it_should_in_the_opener(custodians):
    """Keys made by the process itself, not by the tests in its stead: 64 MiB for each guess at a passphrase."""
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT p.algorithm FROM vault.private_key p JOIN vault.public_key k ON k.id = p.key_id"
            " WHERE k.user_id IN (%s, %s)",
            [custodians.first.user.pk, custodians.second.user.pk],
        )
        assert cursor.fetchall() == [("scrypt-65536-8-1+aes-256-gcm",)]


def test_nonsense_on_the_line_is_refused_and_the_opener_lives(opener):
    for command, values in (("burn", {}), ("show", {}), ("give_key", {"opening_id": 1})):
        with pytest.raises(Refused):
            openers.ask(command, **values)
    assert openers.ask("ping") == {"under_way": 0}
