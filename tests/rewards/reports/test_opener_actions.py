"""The opener's actions, called here as its database role: keys, epochs, recovery, erasure, payees, what they refuse."""

import datetime as dt
import uuid
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from core.refusals import BadInput
from journal.models import Event
from rewards import vault
from rewards.actions import opener_keys, opener_openings, opener_upkeep
from rewards.actions.custodians import end_custody, name_custodian
from rewards.actions.openings import request_opening
from rewards.enums import OpeningStatus
from rewards.management.commands.opener import Command
from rewards.models import Custodian, Opening
from rewards.opener import commands, records
from rewards.opener.ceremonies import Ceremonies
from rewards.opener.keys import House
from rewards.refusals_opening import (
    KeyLocked,
    Lapsed,
    NoCodesLeft,
    NotCustodian,
    NotReady,
    NotThere,
    NotYours,
    OwnRequest,
    SameCustodian,
    Tampered,
    WeakPassphrase,
    WrongPassphrase,
)  # fmt: skip
from tests.factories.bank_files import bank_file
from tests.factories.rewards import identity, register, report_officer
from tests.harness import acting_as
from tests.rewards.reports.conftest import make_key

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_opener")]
FIRST, SECOND = "青山不改绿水长流在此", "守口如瓶防意如城勿忘"


@pytest.fixture
def report(held, insurance):
    return register(insurance, at=timezone.now())[0]


@pytest.fixture
def opening(report, insurance):
    return request_opening(
        reporter=report.reporters.get(), fields="contact", reason="需当面核对", at=timezone.now(),
        by=report_officer(insurance, at=timezone.now()),
    )  # fmt: skip


def unlocked(house, keeper, region_id):
    return opener_keys.unlock(
        house=house, user_id=keeper.user.pk, key_ids=records.keys_of(keeper.user.pk, region_id),
        passphrase=keeper.passphrase, code=keeper.codes.pop(), at=timezone.now(),
    )  # fmt: skip


def content(report, privates, fields="contact"):
    """What two keys open of a report's first reporter."""
    (envelope,) = records.envelopes([report.reporters.get().pk], fields)
    halves = {}
    for key_id, private in privates.items():
        halves |= records.halves_of(key_id, private, records.wraps([envelope.id]))
    return records.opened(envelope, records.secret_of(envelope.id, halves))


def test_a_secret_is_made_once_and_read_by_its_owner_only(tmp_path):
    house, again = House.at(tmp_path / "o"), House.at(tmp_path / "o")
    assert house.slip_key_id() == again.slip_key_id()
    assert (tmp_path / "o" / "secret").stat().st_mode & 0o777 == 0o600
    assert house.mark(1, "id:x") != house.mark(2, "id:x")


@pytest.mark.parametrize("weak", ["short", "1234567890123", "aaaaaaaaaaaaaa", "一二三四"])
def test_a_weak_passphrase_makes_no_key(weak, house, held, insurance, insurance_head):
    with acting_as("opener"), pytest.raises(WeakPassphrase):
        opener_keys.enrol(
            house=house,
            user_id=insurance_head.pk,
            region_id=insurance.region_id,
            passphrase=weak,
            at=timezone.now(),
        )


def test_who_was_not_named_makes_no_key(house, insurance, insurance_handler):
    with acting_as("opener"):
        with pytest.raises(NotCustodian):
            opener_keys.enrol(
                house=house, user_id=insurance_handler.pk, region_id=insurance.region_id, passphrase=FIRST,
                at=timezone.now(),
            )  # fmt: skip
        assert opener_keys.codes_left(insurance_handler.pk, insurance.region_id) is None


def test_codes_are_counted_down_and_run_out(house, held, insurance):
    with acting_as("opener"):
        for left in range(29, -1, -1):
            if left % 10 == 0:
                unlocked(house, held.first, insurance.region_id)
                assert opener_keys.codes_left(held.first.user.pk, insurance.region_id) is not None
        with connection.cursor() as cursor:
            cursor.execute("UPDATE vault.private_key SET codes = '{}'")
        with pytest.raises(NoCodesLeft):
            unlocked(house, held.first, insurance.region_id)


def test_failures_are_counted_lock_and_are_forgotten_by_success(house, held, insurance):
    region, at = insurance.region_id, timezone.now()
    keys = None

    def wrong(at):
        return opener_keys.unlock(
            house=house,
            user_id=held.first.user.pk,
            key_ids=keys,
            passphrase="错的错的错的错的错的",
            code="0",
            at=at,
        )

    with acting_as("opener"):
        keys = records.keys_of(held.first.user.pk, region)
        for _n in range(5):
            with pytest.raises(WrongPassphrase):
                wrong(at)
        with pytest.raises(KeyLocked):
            wrong(at)
        with pytest.raises(WrongPassphrase):
            wrong(at + dt.timedelta(hours=1, seconds=1))
        with pytest.raises(WrongPassphrase):  # the right passphrase with a code that is none
            opener_keys.unlock(
                house=house, user_id=held.first.user.pk, key_ids=keys, passphrase=FIRST, code="12",
                at=at + dt.timedelta(hours=2),
            )  # fmt: skip
        with pytest.raises(NotCustodian):
            opener_keys.unlock(
                house=house, user_id=held.second.user.pk, key_ids=keys, passphrase=SECOND, code="0", at=at
            )


def test_a_new_epoch_takes_the_records_from_who_left(
    house, held, report, insurance, insurance_deputy_head, system_admin
):
    before = Event.objects.filter(verb="custodian.rewrapped").count()
    region, at = insurance.region_id, timezone.now()
    with acting_as("opener"):
        old = dict(unlocked(house, keeper, region) for keeper in (held.first, held.second))
        assert content(report, old)["name"] == "丁家宁"
    end_custody(custodian=Custodian.objects.get(user=held.second.user), by=system_admin, at=at)
    name_custodian(region=insurance.region, user=insurance_deputy_head, by=system_admin, at=at)
    with acting_as("opener"):
        with pytest.raises(vault.NoCustodians):
            opener_upkeep.rewrap(region_id=region, privates=old, at=at)
        third = SimpleNamespace(user=insurance_deputy_head, passphrase=FIRST + SECOND)
        third.codes = opener_keys.enrol(
            house=house,
            user_id=insurance_deputy_head.pk,
            region_id=region,
            passphrase=third.passphrase,
            at=at,
        ).openings
        assert opener_upkeep.rewrap(region_id=region, privates=old, at=at) == 2
        new = dict([unlocked(house, held.first, region), unlocked(house, third, region)])
        assert content(report, new)["name"] == "丁家宁"
        with pytest.raises(Tampered):
            content(report, old)
        gone = dict([unlocked(house, held.second, region)])
        assert opener_upkeep.rewrap(region_id=region, privates=gone, at=at) == 0  # one key gives nothing on
    assert Event.objects.filter(verb="custodian.rewrapped").count() == before + 2


def test_a_custodian_with_a_new_key_takes_the_earlier_records_along(
    house, held, report, insurance, monkeypatch, capsys
):
    region, at = insurance.region_id, timezone.now()
    anew = make_key(house, held.first.user, region, "另起一句新的口令在此")
    with acting_as("opener"), connection.cursor() as cursor:
        cursor.execute("UPDATE vault.private_key SET codes = '{}' WHERE key_id <> ALL(SELECT id FROM vault.public_key"
                       " WHERE retired_at IS NULL)")  # fmt: skip
    answers = iter([
        anew.codes.pop(), anew.passphrase, held.first.passphrase,  # newest key first
        held.second.codes.pop(), held.second.passphrase,
    ])  # fmt: skip
    people = iter([str(held.first.user.pk), str(held.second.user.pk)])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    monkeypatch.setattr("builtins.input", lambda prompt: next(people))
    with acting_as("opener"):
        Command()._rewrap(house, region, "custodians")
        assert capsys.readouterr().out == "2 of 2 sealed records given to the custodians in force\n"
        assert opener_keys.codes_left(held.first.user.pk, region) == (29, 30)
        both = dict([unlocked(house, anew, region), unlocked(house, held.second, region)])
        assert content(report, both)["name"] == "丁家宁"
        alone = opener_keys.unlock_every(
            house=house, user_id=held.second.user.pk, region_id=region, passphrase_of=lambda epoch, made: "", at=at,
            code=held.second.codes.pop(),
        )  # fmt: skip
        assert alone == {}  # every key left out


def test_all_keys_of_a_person_open_with_the_right_passphrases_and_one_code_or_none_does(
    house, held, report, insurance, insurance_handler, monkeypatch, capsys
):
    region, at = insurance.region_id, timezone.now()
    anew = make_key(house, held.first.user, region, "另起一句新的口令在此")

    def every(*passphrases, code, user=held.first.user, at=at):
        asked = iter(passphrases)
        return opener_keys.unlock_every(
            house=house, user_id=user.pk, region_id=region, passphrase_of=lambda epoch, made: next(asked), code=code,
            at=at,
        )  # fmt: skip

    with acting_as("opener"):
        with pytest.raises(NotCustodian):
            every(code="1", user=insurance_handler)
        with pytest.raises(WrongPassphrase):
            every(anew.passphrase, anew.passphrase, code=anew.codes[0])
        for spent in ("12", anew.file_codes[0]):
            with pytest.raises(WrongPassphrase):
                every(anew.passphrase, held.first.passphrase, code=spent)
        assert opener_keys.codes_left(held.first.user.pk, region) == (30, 30)
        assert len(every(anew.passphrase, held.first.passphrase, code=held.first.codes.pop())) == 2
        given = every(
            anew.passphrase, "", code=anew.codes.pop()
        )  # the earlier passphrase is lost: its records stay closed
        given |= dict([unlocked(house, held.second, region)])
        assert opener_upkeep.rewrap(region_id=region, privates=given, at=at) == 0
        assert opener_upkeep.sealed_in(region) == 2
        lost = iter([anew.codes.pop(), anew.passphrase, "", held.second.codes.pop(), held.second.passphrase])
        people = iter([str(held.first.user.pk), str(held.second.user.pk)])
        monkeypatch.setattr("getpass.getpass", lambda prompt: next(lost))
        monkeypatch.setattr("builtins.input", lambda prompt: next(people))
        Command()._rewrap(house, region, "custodians")
        for _n in range(5):
            with pytest.raises(WrongPassphrase):
                every(anew.passphrase, anew.passphrase, code=anew.codes[0])
        with pytest.raises(KeyLocked):
            every(anew.passphrase, held.first.passphrase, code=anew.codes[0])
    assert capsys.readouterr().out.endswith("these keys do not open them\n")


def test_the_recovery_keys_give_everything_to_new_custodians(house, held, insurance):
    region, at = insurance.region_id, timezone.now()
    with acting_as("opener"):
        earlier = opener_keys.make_recovery(region_id=region, at=at)
        printed = opener_keys.make_recovery(region_id=region, at=at)
    report = register(insurance, at=at)[0]
    with acting_as("opener"):
        both = dict(opener_upkeep.recovery_key(one) for one in printed)
        assert content(report, both, "payee")["account"] == identity().account
        with pytest.raises(Tampered):
            content(report, dict(opener_upkeep.recovery_key(one) for one in earlier))
        with pytest.raises(Tampered):  # one recovery key and one custodian's do not open together
            content(
                report, dict([opener_upkeep.recovery_key(printed[0]), unlocked(house, held.first, region)])
            )
        assert opener_upkeep.rewrap(region_id=region, privates=both, at=at) == 2
    for nonsense in ("", "x:y", f"{uuid.uuid4()}:00"):
        with pytest.raises(Tampered):
            opener_upkeep.recovery_key(nonsense)


def test_a_changed_record_is_not_given_on(house, held, report, insurance):
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("UPDATE vault.envelope SET content = set_byte(content, 20, get_byte(content, 20) # 1)")
    with acting_as("opener"):
        both = dict(unlocked(house, keeper, insurance.region_id) for keeper in (held.first, held.second))
        with pytest.raises(Tampered):
            opener_upkeep.rewrap(region_id=insurance.region_id, privates=both, at=timezone.now())


def test_erasure_leaves_the_report_and_no_trace_of_who_made_it(house, held, report, insurance):
    before = Event.objects.filter(verb="report.erased").count()
    at = timezone.now()
    with acting_as("opener"):
        opener_upkeep.publish_slip_key(house=house, at=at)
        opener_upkeep.look_through_slips(house=house)  # what an earlier opener's key left
    second = register(insurance, at=at)[0]
    with acting_as("opener"):
        assert opener_upkeep.look_through_slips(house=house) == 1
        for number in ("举报〔2026〕999号", report.number):
            if number == report.number:
                assert opener_upkeep.erase(
                    report_number=number, region_id=insurance.region_id, reason="举报人要求删除", at=at
                ) == 2  # fmt: skip
            else:
                with pytest.raises(NotThere):
                    opener_upkeep.erase(
                        report_number=number, region_id=insurance.region_id, reason="x", at=at
                    )
        with pytest.raises(NotThere):
            opener_upkeep.erase(report_number=report.number, region_id=insurance.region_id, reason="x", at=at)
        with pytest.raises(BadInput):
            opener_upkeep.erase(report_number=second.number, region_id=insurance.region_id, reason=" ", at=at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM vault.envelope")
            assert cursor.fetchone()[0] == 2  # the other report's
        opener_upkeep.erase(report_number=second.number, region_id=insurance.region_id, reason="到期", at=at)
        with connection.cursor() as cursor:
            for table in ("envelope", "wrap", "known", "sighting", "slip"):
                cursor.execute(f"SELECT count(*) FROM vault.{table}")  # noqa: S608
                assert cursor.fetchone()[0] == 0
    assert Event.objects.filter(verb="report.erased").count() == before + 2
    report.refresh_from_db()


def test_a_slip_for_another_opener_goes_and_says_nothing(house, held, insurance, tmp_path):
    with acting_as("opener"):
        opener_upkeep.publish_slip_key(house=House.at(tmp_path / "other"), at=timezone.now())
    report = register(insurance, at=timezone.now())[0]
    with acting_as("opener"):
        assert opener_upkeep.look_through_slips(house=house) == 1
        assert opener_upkeep.look_through_slips(house=house) == 0
    assert vault.earlier_reports(report.reporters.get()) is None


def give(house, ceremonies, opening, keeper, *, at=None, **more):
    given = {"passphrase": keeper.passphrase, "code": keeper.codes.pop(), "user_id": keeper.user.pk} | more
    return opener_openings.give_key(
        house=house, ceremonies=ceremonies, opening_id=opening.pk, at=at or timezone.now(), **given
    )


def test_an_opening_from_both_keys_to_the_one_showing(house, held, opening):
    ceremonies, officer = Ceremonies(), opening.requested_by_id
    with acting_as("opener"):
        with pytest.raises(NotReady):
            opener_openings.show(
                ceremonies=ceremonies, opening_id=opening.pk, user_id=officer, at=timezone.now()
            )
        give(house, ceremonies, opening, held.first)
        with pytest.raises(SameCustodian):
            give(house, ceremonies, opening, held.first)
        with pytest.raises(OwnRequest):
            give(house, ceremonies, opening, held.second, user_id=officer)
        give(house, ceremonies, opening, held.second)
        with pytest.raises(NotReady):
            give(house, ceremonies, opening, held.second)
        with pytest.raises(NotYours):
            opener_openings.show(ceremonies=ceremonies, opening_id=opening.pk, user_id=0, at=timezone.now())
        with pytest.raises(Lapsed):
            opener_openings.show(
                ceremonies=ceremonies, opening_id=opening.pk, user_id=officer, at=opening.expires_at
            )
        found = opener_openings.show(
            ceremonies=ceremonies, opening_id=opening.pk, user_id=officer, at=timezone.now()
        )
    assert found["name"] == "丁家宁"
    assert len(ceremonies) == 0


def test_at_the_24th_hour_no_key_is_taken_and_the_request_lapses(house, held, opening):
    ceremonies = Ceremonies()
    with acting_as("opener"):
        with pytest.raises(Lapsed):
            give(house, ceremonies, opening, held.first, at=opening.expires_at)
        give(house, ceremonies, opening, held.first, at=opening.expires_at - dt.timedelta(seconds=1))
        opener_openings.forget_lost(ceremonies=ceremonies, at=opening.expires_at)
    assert Opening.objects.get().status == OpeningStatus.EXPIRED
    assert Event.objects.latest("pk").verb == "opening.expired"


def test_the_second_key_without_the_first_half_opens_nothing(house, held, opening):
    with acting_as("opener"):
        give(house, Ceremonies(), opening, held.first)
        with pytest.raises(Tampered):
            give(house, Ceremonies(), opening, held.second)  # a new start between: the first half is gone
        assert opener_openings.forget_lost(ceremonies=Ceremonies(), at=timezone.now()) == 1
        assert opener_openings.forget_lost(ceremonies=Ceremonies(), at=timezone.now()) == 0
    assert Opening.objects.get().first_by is None


def test_what_was_ready_lapses_with_a_new_start(house, held, opening):
    ceremonies = Ceremonies()
    with acting_as("opener"):
        give(house, ceremonies, opening, held.first)
        give(house, ceremonies, opening, held.second)
        assert opener_openings.forget_lost(ceremonies=ceremonies, at=timezone.now()) == 0
        assert opener_openings.forget_lost(ceremonies=Ceremonies(), at=timezone.now()) == 1
    assert Opening.objects.get().status == OpeningStatus.EXPIRED


def test_a_failure_about_nothing_is_noted_nowhere(held):
    before = Event.objects.count()
    with acting_as("opener"):
        opener_openings.note_failure(opening_id=0, user_id=1, refusal=NotReady(), at=timezone.now())
    assert Event.objects.count() == before


def test_commands_answer_plainly_and_never_with_a_traceback(
    house, held, report, opening, office, finance, insurance
):
    opener = commands.Opener(house)
    at = timezone.now()

    def ask(command, **values):
        return commands.answer({"command": command, "values": values}, opener, at)

    file = bank_file([report], at=at)
    with acting_as("opener"):
        assert ask("ping") == {"ok": {"under_way": 0}}
        assert ask("show") == {"refused": "BadRequest", "field": None}
        assert commands.answer({"command": "ping"}, opener, at)["refused"] == "BadRequest"
        assert ask("codes_left", user_id=held.first.user.pk, region_id=insurance.region_id) == {
            "ok": {"left": 30, "file_left": 30}
        }
        assert ask("codes_left", user_id=0, region_id=0) == {"ok": {"left": None, "file_left": None}}
        assert ask("codes_of_region", region_id=insurance.region_id) == {
            "ok": {"keys": {str(keeper.user.pk): (30, 30) for keeper in (held.first, held.second)}}
        }
        assert ask("codes_of_region", region_id=0) == {"ok": {"keys": {}}}
        for keeper in (held.first, held.second):
            person = {"user_id": keeper.user.pk, "passphrase": keeper.passphrase}
            assert "ok" in ask("payee_key", file_id=file.pk, code=keeper.file_codes.pop(), **person)
            assert "ok" in ask("give_key", opening_id=opening.pk, code=keeper.codes.pop(), **person)
        assert ask("payee_keys", file_id=file.pk)["ok"]["users"]
        assert "zip" in ask("bank_file", file_id=file.pk, passphrase="12345678")["ok"]
        assert ask("show", opening_id=opening.pk, user_id=0)["refused"] == "NotYours"
        assert ask("show", opening_id=opening.pk, user_id=opening.requested_by_id)["ok"]["fields"]["name"]
        user = held.first.user.pk
        assert ask("enrol", user_id=user, region_id=insurance.region_id, passphrase=FIRST + "又")["ok"][
            "codes"
        ]
