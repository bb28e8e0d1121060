"""The opener's part of a bank file: it reads who is paid itself, and says nothing of accounts to who has no key."""

import csv
import io
from decimal import Decimal

import pytest
import pyzipper
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from core.refusals import BadInput
from departments.actions.people import fill_post
from departments.enums import Role
from journal.models import Event
from journal.render import sentence
from rewards import reading_money as reading
from rewards import vault
from rewards.actions import opener_keys, opener_openings, opener_payees, opener_upkeep
from rewards.actions.bank_files import request_bank_file
from rewards.actions.custodians import name_custodian
from rewards.actions.openings import request_opening
from rewards.models import BankFile, BankLine, Custodian, PayeeKey, PayeeOpening, Reward
from rewards.opener import commands
from rewards.opener.ceremonies import Ceremonies
from rewards.querysets import holds_key
from rewards.refusals_opening import (
    EarlierKey,
    NotCustodian,
    NotReady,
    NotThere,
    OwnRequest,
    RowsChanged,
    SameCustodian,
    WeakPassphrase,
    WrongPassphrase,
)
from tests.factories.bank_files import bank_file, funded_rewards
from tests.factories.rewards import identity, register, report_officer
from tests.factories.rewards_money import payer
from tests.harness import acting_as
from tests.rewards.reports.conftest import make_key

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_opener", "office", "finance"),
]
PAYER = "付款人的口令八位"


@pytest.fixture
def reports(held, insurance):
    at = timezone.now()
    return [register(insurance, at=at, reporters=[identity(name=f"收款人{n}")])[0] for n in (1, 2)]


@pytest.fixture
def file(reports):
    return bank_file(reports, at=timezone.now())


@pytest.fixture
def ceremonies():
    return Ceremonies()


@pytest.fixture
def give(house, ceremonies):
    """A custodian gives the key for a file, by the list for bank files unless said otherwise."""

    def give(file, keeper, **more):
        given = {"passphrase": keeper.passphrase, "user_id": keeper.user.pk}
        if "code" not in more:
            given["code"] = keeper.file_codes.pop()
        return opener_payees.give_payee_key(
            house=house, ceremonies=ceremonies, file_id=file.pk, at=timezone.now(), **(given | more)
        )

    return give


def make(ceremonies, file, passphrase=PAYER):
    return opener_payees.make_bank_file(
        ceremonies=ceremonies, file_id=file.pk, passphrase=passphrase, at=timezone.now()
    )


def lines_of(packed):
    with pyzipper.AESZipFile(io.BytesIO(packed)) as book:
        with pytest.raises(RuntimeError):
            book.read("payments.csv")
        book.setpassword(PAYER.encode())
        return list(csv.reader(io.StringIO(book.read("payments.csv").decode("utf-8-sig"))))


def as_owner(statement, *values):
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_bank_file_is_opened_by_two_for_the_payer_alone(give, ceremonies, held, file, reports):
    with acting_as("opener"):
        assert give(file, held.first) == 1
        with pytest.raises(SameCustodian):
            give(file, held.first)
        with pytest.raises(NotReady):
            make(ceremonies, file)
        assert give(file, held.second) == 2
        users = sorted([held.first.user.pk, held.second.user.pk])
        assert opener_payees.givers(ceremonies=ceremonies, file_id=file.pk) == users
        with pytest.raises(WeakPassphrase):
            make(ceremonies, file, "short")
        packed = make(ceremonies, file)
        with pytest.raises(NotReady):
            make(ceremonies, file)  # once
    assert "收款人1".encode() not in packed
    lines = lines_of(packed)
    assert lines[1] == ["1", reports[0].number, "收款人1", "青禾农商银行", "\t" + identity().account, "500.00",
                        "\t" + identity().id_number]  # fmt: skip
    assert [line[2] for line in lines[1:]] == ["收款人1", "收款人2"]
    event = Event.objects.latest("pk")
    assert (event.verb, event.params["count"], event.actor_id) == ("payees.opened", 2, file.requested_by_id)
    assert event.params["numbers"] == [report.number for report in reports]
    noted = PayeeOpening.objects.order_by("report_id")
    assert [(one.report, one.file, one.first_by_id, one.second_by_id) for one in noted] == [
        (report, file, *users) for report in reports
    ]


def test_who_gave_a_key_is_asked_no_more_until_the_key_is_lost(give, ceremonies, held, file):
    """The row leaves the custodian's list; a new start of the opener, or a day, brings it back."""

    def asked(keeper, **more):
        return BankFile.objects.to_agree(keeper.user, **more).exists()

    with acting_as("opener"):
        give(file, held.first)
        assert opener_payees.forget_lost_keys(ceremonies=ceremonies) == 0
    assert (asked(held.first), asked(held.first, given=True), asked(held.second)) == (False, True, True)
    for forbidden in (PayeeKey.objects.all().delete, lambda: PayeeKey.objects.update(user=held.second.user)):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()
    with acting_as("opener"):
        assert opener_payees.forget_lost_keys(ceremonies=Ceremonies()) == 1  # started anew: nothing is held
    assert asked(held.first) and not PayeeKey.objects.exists()
    with acting_as("opener"):
        opener_payees.forget_lost_keys(ceremonies=ceremonies)
        ceremonies.forget(opener_payees.frozen(file.pk).purpose)
        give(file, held.first)
        ceremonies.forget_old(timezone.now() + opener_payees.LIFETIME)
        assert not ceremonies.holds(f"bank_file:{file.pk}:", held.first.user.pk)
    as_owner("UPDATE rewards_payeekey SET until = now()")
    assert asked(held.first)  # whatever the opener does, a key lasts no longer than a day
    with acting_as("opener"):
        give(file, held.first)  # and may be given again


def test_a_refused_key_is_written_down_by_the_opener(ceremonies, house, held, file, insurance):
    opener = commands.Opener(house, ceremonies)
    values = {
        "file_id": file.pk,
        "user_id": held.first.user.pk,
        "passphrase": "不是这一句不是这一句啊",
        "code": "1",
    }
    for more, verbs in (({}, 1), ({"user_id": file.requested_by_id}, 2), ({"file_id": file.pk + 99}, 2)):
        with acting_as("opener"):
            reply = commands.answer({"command": "payee_key", "values": values | more}, opener, timezone.now())
        assert "refused" in reply
        assert Event.objects.filter(verb="payees.failed", target_id=file.pk).count() == verbs
    first, second = Event.objects.filter(verb="payees.failed", target_id=file.pk).order_by("pk")
    assert (first.actor_id, first.region_id, first.params["attempt_reason"]) == (
        held.first.user.pk, insurance.region_id, "WrongPassphrase",
    )  # fmt: skip
    assert "口令" in sentence(first) and second.params["attempt_reason"] == "OwnRequest"
    with acting_as("opener"):  # of a file that is not there nothing can be said
        opener_payees.note_payee_failure(
            file_id=file.pk + 99, user_id=held.first.user.pk, refusal=WrongPassphrase(), at=timezone.now()
        )
    assert not Event.objects.filter(verb="payees.failed", target_id=file.pk + 99).exists()


def test_the_caller_names_a_file_and_nothing_else_of_it(
    give, ceremonies, house, held, file, reports, insurance
):
    """A web process taken over wants other accounts than those of a file that was asked for and funded."""
    opener, at = commands.Opener(house, ceremonies), timezone.now()
    other = register(insurance, at=at, reporters=[identity(name="旁人")])[0]
    wanted = {
        "rows": [[1, other.reporters.get().pk, "500.00"]], "asker_id": 0, "region_id": insurance.region_id,
    }  # fmt: skip
    with acting_as("opener"):
        for file_id in (99999, file.pk):
            for keeper in (held.first, held.second):
                commands.answer({"command": "payee_key", "values": wanted | {
                    "file_id": file_id, "user_id": keeper.user.pk, "passphrase": keeper.passphrase,
                    "code": keeper.file_codes.pop(),
                }}, opener, at)  # fmt: skip
        asked = {"command": "bank_file", "values": wanted | {"file_id": 99999, "passphrase": PAYER}}
        assert commands.answer(asked, opener, at) == {"refused": "NotReady", "field": None}
        lines = lines_of(make(ceremonies, file))
    assert [line[2] for line in lines[1:]] == ["收款人1", "收款人2"]


def test_a_code_of_the_list_for_openings_opens_no_bank_file_and_the_other_way_round(
    give, house, held, file, reports, insurance
):
    opening = request_opening(
        reporter=reports[0].reporters.get(), fields="contact", reason="需当面核对", at=timezone.now(),
        by=report_officer(insurance, at=timezone.now()),
    )  # fmt: skip
    assert not set(held.first.codes) & set(held.first.file_codes)
    with acting_as("opener"):
        with pytest.raises(WrongPassphrase):
            give(file, held.first, code=held.first.codes[0])
        with pytest.raises(WrongPassphrase):
            opener_openings.give_key(
                house=house, ceremonies=Ceremonies(), opening_id=opening.pk, user_id=held.first.user.pk,
                passphrase=held.first.passphrase, code=held.first.file_codes[0], at=timezone.now(),
            )  # fmt: skip
        assert opener_keys.codes_left(held.first.user.pk, insurance.region_id) == (30, 30)
        give(file, held.first)
        assert opener_keys.codes_left(held.first.user.pk, insurance.region_id) == (30, 29)


def test_who_asked_for_the_file_gives_no_key_to_it(give, held, file):
    as_owner("UPDATE rewards_bankfile SET requested_by_id = %s", held.first.user.pk)
    with acting_as("opener"), pytest.raises(OwnRequest):
        give(file, held.first)


def test_a_custodian_of_another_county_or_nobody_gives_no_key(give, held, file, insurance_handler):
    with acting_as("opener"), pytest.raises(NotCustodian):
        give(file, held.first, user_id=insurance_handler.pk)
    with acting_as("opener"), pytest.raises(NotReady):
        give(BankFile(pk=file.pk + 1), held.first)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE rewards_reward SET status = 'approved' WHERE id = %s",
        "UPDATE rewards_reward SET amount = amount + 1 WHERE id = %s",
        "UPDATE rewards_bankline SET open = false WHERE reward_id = %s",
        "UPDATE rewards_reporter SET report_id = (SELECT max(id) FROM rewards_report), position = 9 WHERE id ="
        " (SELECT reporter_id FROM rewards_reward WHERE id = %s)",
    ],
)
def test_a_row_that_stands_no_more_is_named_before_and_after_the_keys(give, ceremonies, held, file, change):
    first = Reward.objects.order_by("pk").first()
    with acting_as("opener"):
        give(file, held.first)
        give(file, held.second)
    as_owner(change, first.pk)
    with acting_as("opener"):
        for step in (lambda: make(ceremonies, file), lambda: give(file, held.first)):
            with pytest.raises(RowsChanged) as refused:
                step()
            assert refused.value.details["positions"] == [1]
            assert "1" in str(refused.value)
    assert not PayeeOpening.objects.exists()


def test_a_file_whose_sum_or_county_does_not_fit_is_not_opened(give, held, file, county, other_county):
    as_owner("INSERT INTO rewards_bankfile (status, count, total, requested_by_id, requested_at, department_id, file,"
             " sha256, created_at, updated_at, version) SELECT status, 1, total, requested_by_id, requested_at,"
             " department_id, '', '', created_at, updated_at, 1 FROM rewards_bankfile")  # fmt: skip
    empty = BankFile.objects.exclude(pk=file.pk).get()
    with acting_as("opener"), pytest.raises(RowsChanged):
        give(empty, held.first)
    BankLine.objects.filter(file=file).update(open=False)
    reward = Reward.objects.order_by("pk").first()
    BankLine.objects.create(file=empty, position=1, reward=reward, amount=reward.amount)
    with acting_as("opener"), pytest.raises(RowsChanged) as refused:
        give(empty, held.first)  # one row of 500 where 1 000 were asked for
    assert refused.value.details["positions"] == []
    as_owner("UPDATE rewards_reward SET region_id = %s", other_county.pk)
    with acting_as("opener"), pytest.raises(RowsChanged):
        give(empty, held.first)


def test_who_gave_no_account_is_named_after_the_key_was_right_and_never_before(give, house, held, insurance):
    at = timezone.now()
    rich = register(insurance, at=at)[0]
    poor = register(insurance, at=at, reporters=[identity(bank="", account="")])[0]
    file = bank_file([rich, poor], at=at)
    opening = request_opening(
        reporter=poor.reporters.get(), fields="payee", reason="需核对账号", at=at,
        by=report_officer(insurance, at=at),
    )  # fmt: skip

    def open_it(passphrase):
        return opener_openings.give_key(
            house=house, ceremonies=Ceremonies(), opening_id=opening.pk, user_id=held.first.user.pk,
            passphrase=passphrase, code=held.first.codes.pop(), at=timezone.now(),
        )  # fmt: skip

    with acting_as("opener"):
        with pytest.raises(WrongPassphrase):
            give(file, held.first, passphrase="不是这一句不是这一句啊")
        with pytest.raises(NotThere) as refused:
            give(file, held.first)
        assert refused.value.details["positions"] == [2]
        assert "2" in str(refused.value)
        asked = {"file_id": file.pk, "user_id": held.first.user.pk, "passphrase": held.first.passphrase,
                 "code": held.first.file_codes.pop()}  # fmt: skip
        answer = commands.answer({"command": "payee_key", "values": asked}, commands.Opener(house), at)
        assert answer == {"refused": "NotThere", "field": None, "positions": [2]}
    noted = Event.objects.filter(verb="payees.rows_failed", target_id=file.pk).get()
    assert (noted.actor_id, noted.params["rows"], noted.params["attempt_reason"]) == (
        held.first.user.pk, ["2"], "NotThere",
    )  # fmt: skip
    assert "2" in sentence(noted)
    # nobody's code is spent on it any more, and the payer's next step is to close it
    assert not BankFile.objects.to_agree(held.second.user).exists()
    step = BankFile.objects.next_steps(file.requested_by).get()
    assert (step, step.refused) == (file, True)
    why, final = reading.failure_of(file)
    assert "2" in why and final
    with acting_as("opener"):
        with pytest.raises(WrongPassphrase):
            open_it("不是这一句不是这一句啊")
        with pytest.raises(NotThere):
            open_it(held.first.passphrase)


def test_rows_not_sealed_to_one_key_of_the_custodian_are_named(
    give, house, held, file, insurance, insurance_deputy_head, system_admin, reports
):
    name_custodian(region=insurance.region, user=insurance_deputy_head, by=system_admin, at=timezone.now())
    late = make_key(house, insurance_deputy_head, insurance.region_id, "后来的保管人口令一句")
    with acting_as("opener"):
        with pytest.raises(EarlierKey) as refused:
            give(file, late)
        assert refused.value.details["positions"] == [1, 2]
        opener_payees.note_payee_failure(
            file_id=file.pk, user_id=late.user.pk, refusal=refused.value, at=timezone.now()
        )
        opening = request_opening_as_app(reports[0], insurance)
        with pytest.raises(NotCustodian):
            opener_openings.give_key(
                house=house, ceremonies=Ceremonies(), opening_id=opening.pk, user_id=late.user.pk,
                passphrase=late.passphrase, code=late.codes.pop(), at=timezone.now(),
            )  # fmt: skip


    why, final = reading.failure_of(file)
    assert "1, 2" in why and not final  # the operator gives the records to the new key: the file is asked for again
    assert BankFile.objects.to_agree(late.user).exists()
    assert not BankFile.objects.next_steps(file.requested_by).exists()


def request_opening_as_app(report, department):
    with acting_as("app"):
        at = timezone.now()
        return request_opening(
            reporter=report.reporters.get(), fields="contact", reason="需当面核对", at=at,
            by=report_officer(department, at=at),
        )  # fmt: skip


def test_the_web_writes_no_note_of_an_opening_and_takes_none_back(give, ceremonies, held, file):
    with acting_as("opener"):
        give(file, held.first)
        give(file, held.second)
        make(ceremonies, file)
    noted = PayeeOpening.objects.first()
    for step in (
        lambda: noted.delete(), lambda: noted.save(),
        lambda: PayeeOpening.objects.bulk_create([PayeeOpening(
            file_id=file.pk, report_id=noted.report_id, reporter_id=noted.reporter_id, opened_at=timezone.now(),
            first_by_id=noted.first_by_id, second_by_id=noted.second_by_id,
        )]),
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            step()
    assert PayeeOpening.objects.count() == 2
    assert file.total == Decimal("1000.00") and payer(held.first.user.region).pk == file.requested_by_id


def test_what_begins_like_a_formula_is_a_text_in_the_payers_file(give, ceremonies, held, insurance):
    """Sealed before the form refused it: a spreadsheet would run it on the payer's computer."""
    at, name, bank = timezone.now(), '=HYPERLINK("//x")', "+农商银行"
    report = register(insurance, at=at)[0]
    with acting_as("opener"):
        opener_upkeep.erase(
            report_number=report.number, region_id=insurance.region_id, reason="重新登记", at=at
        )
    evil = identity(name=name, bank=bank)
    vault.put(reporter=report.reporters.get(), identity=evil, region=insurance.region, at=at)
    file = bank_file([report], at=at)
    with acting_as("opener"):
        give(file, held.first)
        give(file, held.second)
        line = lines_of(make(ceremonies, file))[1]
    assert (line[2], line[3]) == ("\t" + name, "\t" + bank)
    assert set(identity(name=name, bank=bank, address="@路").faults()) == {"name", "bank", "address"}
    assert identity().faults() == {}


@pytest.mark.parametrize("barring", ["office", "finance", "report_officer"])
def test_a_custodian_with_a_post_in_the_office_or_with_money_gives_no_key_any_more(
    barring, give, held, file, insurance, office, finance, system_admin
):
    """Named while free of it; the post came later."""
    department, role = {
        "office": (office, Role.HANDLER), "finance": (finance, Role.FINANCE),
        "report_officer": (insurance, Role.REPORT_OFFICER),
    }[barring]  # fmt: skip
    assert BankFile.objects.to_agree(held.first.user).exists()
    post = fill_post(
        user=held.first.user, department=department, role=role, by=system_admin, at=timezone.now()
    )
    assert not BankFile.objects.to_agree(held.first.user).exists()
    assert not holds_key(held.first.user) and holds_key(held.second.user)
    assert held.first.user not in [one.user for one in Custodian.objects.keeping()]
    assert held.first.user in [one.user for one in Custodian.objects.in_force()]  # still named, to be ended
    assert not vault.can_seal(insurance.region)
    with acting_as("opener"), pytest.raises(NotCustodian):
        give(file, held.first)
    as_owner("UPDATE departments_post SET until = since WHERE id = %s", post.pk)
    with acting_as("opener"):
        assert give(file, held.first) == 1


def test_a_token_report_is_left_out_of_bank_files_and_refused_by_name(held, client, insurance):
    at = timezone.now()
    token = register(insurance, at=at, naming="token")[0]
    named = register(insurance, at=at)[0]
    rewards = funded_rewards([token, named], at=at)
    by = payer(insurance.region)
    client.force_login(by)
    page = client.get(reverse("rewards:new_bank_file")).content.decode()
    assert rewards[1].number in page and rewards[0].number not in page
    with pytest.raises(BadInput) as refused:
        request_bank_file(rewards=rewards, by=by, at=at)
    assert rewards[0].number in str(refused.value) and not BankFile.objects.exists()
    assert request_bank_file(rewards=rewards[1:], by=by, at=at).count == 1
