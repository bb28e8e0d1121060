"""The pages and the API of rewards: who sees what, what a step answers, and that nobody is named."""

import datetime as dt
import re
from decimal import Decimal

import pdfplumber
import pytest
from django.urls import reverse

from cases.actions.money import reverse_entry
from cases.models import MoneyEntry
from core.dates import local_date
from departments.enums import Role
from documents import storage
from journal.models import Event
from rewards.actions.budgets import grant_budget
from rewards.forms_money import CloseFileForm
from rewards.models import (
    BankFile,
    Eligibility,
    Payment,
    Repetition,
    Reward,
    RewardBudget,
    RewardPaper,
    RewardRule,
)
from tests.casetabs import tab_url
from tests.factories.rewards_money import ask, bring_reward, make_reward, report_row, somebody, verify
from tests.rewards.test_money_life import RULE


@pytest.fixture(autouse=True)
def _today(now, time_machine_at):
    """The pages take the time of the clock: it stands where the tests' does."""


@pytest.fixture
def time_machine_at(now):
    import time_machine

    with time_machine.travel(now + dt.timedelta(hours=1), tick=True):
        yield


@pytest.fixture
def sign_in(client):
    def as_user(user):
        client.force_login(user)
        return client

    return as_user


def send(client, url, **fields):
    """Open the form, and send it with its own hidden fields."""
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    hidden = dict(
        re.findall(r'<input type="hidden" name="(form_key|seen)" value="([^"]*)"', page.content.decode())
    )
    return client.post(url, {**hidden, **fields})


def url(name, thing):
    return reverse(f"rewards:{name}", args=[thing.pk])


def test_a_reward_goes_its_way_through_the_pages(
    decided, finance, cashier, county, insurance_handler, insurance_report_officer, insurance_deputy_head,
    insurance_section_head, insurance_registrar, sign_in, now,
):  # fmt: skip
    chief = somebody(finance, Role.SECTION_HEAD, "汪成业")
    reward = make_reward(decided, at=now, by=insurance_handler)
    officer = sign_in(insurance_report_officer)
    page = officer.get(reward.get_absolute_url()).content.decode()
    assert url("propose", reward) in page and "500.00" in page
    assert send(officer, url("propose", reward)).status_code == 302
    deputy = sign_in(insurance_deputy_head)
    assert send(deputy, url("approve", reward)).status_code == 302
    sign_in(chief)
    answer = send(
        deputy,
        reverse("rewards:change_budget"),
        change="grant",
        year="2026",
        amount="10,000",
        document="青财预1号",
    )
    assert (answer.status_code, RewardBudget.objects.get().total) == (302, 10000)
    answer = send(
        deputy, reverse("rewards:change_budget"), change="cut", year="2026", amount="10000.01", document="x"
    )
    assert answer.status_code == 200
    answer = send(
        deputy, reverse("rewards:change_budget"), change="grant", year="2026", amount="1.001", document="x"
    )
    assert answer.status_code == 200
    assert RewardBudget.objects.get().total == 10000
    sign_in(cashier)
    assert send(deputy, url("fund", reward)).status_code == 302
    sign_in(insurance_report_officer)
    answer = send(officer, url("draft", reward), kind="notice", text="请于工作日前来办理。")
    assert answer.status_code == 302
    paper = RewardPaper.objects.get(kind="notice")
    sign_in(insurance_section_head)
    assert send(officer, url("paper_sign", paper)).status_code == 302
    sign_in(insurance_registrar)
    assert send(officer, url("paper_number", paper)).status_code == 302
    sign_in(insurance_report_officer)
    shown = send(officer, url("code", reward))
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    code = "".join(re.search(r"<b>([0-9 ]{19})</b>", shown.content.decode())[1].split())
    assert send(officer, url("received", reward), received_on="2026-11-16").status_code == 302
    sign_in(cashier)
    answer = send(
        officer, reverse("rewards:pay"), code="1234567812345678", voucher="付1", paid_on="2026-11-16"
    )
    assert answer.status_code == 200
    refused = Event.objects.filter(verb="journal.refused").latest("pk")
    assert (refused.params["attempt"], refused.actor_id) == ("reward.paid", cashier.pk)
    assert "1234567812345678" not in str(refused.params)
    answer = send(officer, reverse("rewards:pay"), code=code, voucher="付1", paid_on="2026-11-16")
    assert answer.status_code == 302
    reward.refresh_from_db()
    assert reward.status == "paid"
    answer = send(officer, reverse("rewards:pay"), code=code, voucher="付2", paid_on="2026-11-16")
    assert answer.status_code == 200 and Payment.objects.count() == 1
    used = Event.objects.filter(verb="journal.refused").latest("pk")
    assert (used.params["attempt"], used.actor_id, used.pk > refused.pk) == ("reward.paid", cashier.pk, True)
    assert code not in str(used.params)
    for name in ("ledger", "budget", "ageing", "list"):
        page = officer.get(reverse(f"rewards:{name}") + ("?tab=paid&q=1" if name == "list" else ""))
        assert page.status_code == 200
    sign_in(chief)
    payment = Payment.objects.get()
    assert send(officer, url("reverse_payment", payment), voucher="冲1", remark="账户有误").status_code == 302
    reward.refresh_from_db()
    assert reward.status == "funded"
    assert officer.get(reward.get_absolute_url()).status_code == 200


def test_the_finance_department_learns_a_number_and_an_amount(
    decided, cashier, insurance_handler, sign_in, now
):
    hidden = make_reward(decided, at=now, by=insurance_handler)
    reward = make_reward(decided, at=now, by=insurance_handler, status="funded")
    client = sign_in(cashier)
    assert client.get(hidden.get_absolute_url()).status_code == 404  # nothing of theirs before the approval
    page = client.get(reward.get_absolute_url()).content.decode()
    assert reward.number in page and "500.00" in page
    assert decided.number not in page and decided.title not in page
    assert client.get(reverse("cases:detail", args=[decided.pk])).status_code == 404
    form = RewardPaper.objects.get(reward=reward).document  # the approval form goes to the finance department
    assert client.get(form.get_absolute_url()).status_code == 200


def test_sending_back_waiving_and_giving_a_paper_up(
    decided, insurance_handler, insurance_report_officer, insurance_deputy_head, sign_in, now
):
    reward = make_reward(decided, at=now, by=insurance_handler, status="proposed")
    client = sign_in(insurance_deputy_head)
    assert send(client, url("send_back", reward), reason="").status_code == 200
    assert send(client, url("send_back", reward), reason="请核对比例").status_code == 302
    sign_in(insurance_report_officer)
    funded = make_reward(decided, at=now, by=insurance_handler, status="funded")
    send(client, url("draft", funded), kind="voucher")
    paper = funded.papers.get(kind="voucher")
    assert send(client, url("draft", funded), kind="voucher").status_code == 200  # one is being drafted
    assert send(client, url("paper_discard", paper)).status_code == 302
    assert client.get(url("paper_sign", paper)).status_code == 403
    assert send(client, url("waive", reward), reason="本人放弃").status_code == 302
    reward.refresh_from_db()
    assert reward.status == "waived"
    gone = client.post(url("propose", reward), {"seen": "computed"}, follow=True)
    assert gone.redirect_chain and gone.status_code == 200
    assert client.post(url("propose", reward), {}).status_code == 403


def test_what_came_back_is_entered_on_the_page(decided, cashier, insurance_handler, sign_in, now):
    reward = make_reward(decided, at=now, by=insurance_handler, status="paid")
    entry = MoneyEntry.objects.get(clue_id=reward.report_id)
    reverse_entry(entry=entry, remark="撤销", by=insurance_handler, at=now)
    client = sign_in(cashier)
    given = {"voucher": "追1", "paid_on": "2026-11-16", "remark": "退回"}
    assert send(client, url("recover", reward), amount="900", **given).status_code == 200
    assert send(client, url("recover", reward), amount="500", **given).status_code == 302
    assert "500.00" in client.get(reverse("rewards:ledger") + "?year=2026").content.decode()


# -- lists ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    number, decided, insurance_handler, insurance_section_head, sign_in, now, django_assert_max_num_queries
):
    for _reward in range(number):
        make_reward(decided, at=now, by=insurance_handler)
    client = sign_in(insurance_section_head)
    client.get(reverse("rewards:list"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("rewards:list"))
    assert page.content.decode().count("data-rows") == 1
    assert len(page.context["rows"]) == number


def test_the_list_turns_pages_and_searches(
    decided, insurance_handler, insurance_section_head, sign_in, now, monkeypatch
):
    from rewards.views import rewards_money

    monkeypatch.setattr(rewards_money, "PAGE", 2)
    rewards = [make_reward(decided, at=now, by=insurance_handler) for _reward in range(3)]
    client = sign_in(insurance_section_head)
    first = client.get(reverse("rewards:list") + "?tab=nonsense")
    assert [row.pk for row in first.context["rows"]] == [rewards[2].pk, rewards[1].pk]
    second = client.get(reverse("rewards:list") + "?" + first.context["page"]["next_query"])
    assert [row.pk for row in second.context["rows"]] == [rewards[0].pk]
    found = client.get(reverse("rewards:list"), {"q": rewards[0].number})
    assert [row.pk for row in found.context["rows"]] == [rewards[0].pk]


def test_the_workbench_asks_whose_turn_it_is(
    decided,
    insurance_handler,
    insurance_report_officer,
    insurance_deputy_head,
    insurance_registrar,
    cashier,
    sign_in,
    now,
):
    report = report_row(decided, at=now)
    verify(report, "10000", by=insurance_handler, at=now)
    client = sign_in(insurance_report_officer)
    page = client.get("/").content.decode()
    assert reverse("rewards:eligibility", args=[report.reporters.get().pk]) in page
    answer = send(client, reverse("rewards:eligibility", args=[report.reporters.get().pk]), wants="on", identifiable="on",
                  weight="1")  # fmt: skip
    reward = Reward.objects.get()
    assert answer.headers["Location"] == reward.get_absolute_url()
    assert reward.get_absolute_url() in client.get("/").content.decode()
    bring_reward(reward, "proposed", at=now)
    assert reward.get_absolute_url() not in client.get("/").content.decode()
    assert reward.get_absolute_url() in sign_in(insurance_deputy_head).get("/").content.decode()


def test_ageing_tells_the_office_counts_and_nothing_of_a_reward(
    decided, insurance_handler, office_coordinator, cashier, sign_in, now
):
    reward = make_reward(decided, at=now - dt.timedelta(days=0), by=insurance_handler, status="approved")
    Reward.objects.filter(pk=reward.pk).update(approved_at=now - dt.timedelta(days=45))
    make_reward(decided, at=now, by=insurance_handler, status="paid")
    client = sign_in(office_coordinator)
    page = client.get(reverse("rewards:ageing"))
    assert [(row["count"], row["sum"]) for row in page.context["rows"]] == [(0, 0), (1, 500), (0, 0), (0, 0)]
    assert page.context["prompt"] == {"count": 1, "sum": 500, "median": 0, "longest": 0}
    assert reward.number not in page.content.decode()
    assert client.get(reverse("rewards:list")).status_code == 403
    assert client.get(reward.get_absolute_url()).status_code == 404
    assert client.get(reverse("rewards:budget")).status_code == 200
    again = sign_in(cashier).get(reverse("rewards:ageing"))
    assert [row["count"] for row in again.context["rows"]] == [0, 1, 0, 0]


# -- settings -------------------------------------------------------------------------------------------------


def test_the_settings_warn_until_the_county_has_chosen(system_admin, county, sign_in, now):
    client = sign_in(system_admin)
    page = client.get(reverse("rewards:rules")).content.decode()
    assert "msg warning" in page and "医保办发〔2022〕22号" in page
    assert reverse("rewards:rules") in client.get(reverse("desk:settings")).content.decode()
    shipped = RewardRule.objects.get(code="national-2022")
    start = client.get(reverse("rewards:adopt_rule") + f"?from={shipped.pk}")
    assert start.context["form"].initial["cap"] == 200000
    given = {
        **{name: value for name, value in RULE.items() if value not in (None, False)},
        "effective_from": "2026-01-01",
    }
    answer = send(client, reverse("rewards:adopt_rule"), **(given | {"percent": "101"}))
    assert answer.status_code == 200 and not RewardRule.objects.filter(region=county).exists()
    assert send(client, reverse("rewards:adopt_rule"), **given).status_code == 302
    assert RewardRule.objects.get(region=county).claim_months == 3
    page = client.get(reverse("rewards:rules")).content.decode()
    assert "msg warning" not in page
    assert RULE["name"] in client.get(reverse("desk:settings")).content.decode()
    RewardRule.objects.all().update(effective_from=None, effective_until=None)
    assert client.get(reverse("desk:settings")).status_code == 200


@pytest.mark.parametrize(
    "typed", ["5 %", "5%", "百分之五", "0.05", "0", "-1", "500", "5000", "5.001", "nan", "1e9", "５。"]
)
def test_a_share_that_cannot_be_is_answered_with_what_to_type(typed, system_admin, county, sign_in, now):
    client = sign_in(system_admin)
    given = {name: value for name, value in RULE.items() if value not in (None, False)}
    answer = send(
        client, reverse("rewards:adopt_rule"), **(given | {"percent": typed, "effective_from": "2026-01-01"})
    )
    assert answer.status_code == 200 and list(answer.context["form"].errors) == ["percent"]
    (said,) = answer.context["form"].errors["percent"]
    assert "最多两位小数" in said or "百分之五填5" in said
    assert not RewardRule.objects.filter(region=county).exists()


@pytest.mark.parametrize(
    ("typed", "positions"),
    [("3、7", [3, 7]), ("3-5，9", [3, 4, 5, 9]), ("", []), ("２", None), ("5-3", None), ("eins", None), ("7-", None),
     ("1," * 100, [1]), ("1," * 101, None), ("9" * 200, None)],
)  # fmt: skip
def test_what_the_bank_returned_is_typed_as_positions(typed, positions):
    form = CloseFileForm({"form_key": "k" * 20, "voucher": "行1", "returned": typed})
    if positions is None:
        assert list(form.errors) == ["returned"] and re.search("200|3、7", form.errors["returned"][0])
    else:
        assert form.is_valid() and form.cleaned_data["returned"] == positions


def test_a_matter_reported_before_is_marked_on_the_page(decided, insurance_report_officer, sign_in, now):
    first = report_row(decided, at=now)
    second = report_row(decided, at=now, received_at=now - dt.timedelta(days=1))
    client = sign_in(insurance_report_officer)
    assert send(client, reverse("rewards:repetition", args=[second.pk]), first=first.pk).status_code == 302
    assert Repetition.objects.get().first == first
    assert send(client, reverse("rewards:repetition", args=[second.pk]), first=first.pk).status_code == 200
    loose = report_row(decided, at=now, status="refused", case=None, summary="")
    assert client.get(reverse("rewards:repetition", args=[loose.pk])).status_code == 403


def refused():
    """What was tried in vain, oldest first: (what, the sentence)."""
    tried = Event.objects.filter(verb="journal.refused").order_by("pk")
    return [(event.params["attempt"], event.params["sentence"]) for event in tried]


def test_odd_amounts_are_refused_on_the_record(
    decided, cashier, county, finance, insurance_handler, sign_in, now
):
    reward = make_reward(decided, at=now, by=insurance_handler, status="paid")
    reverse_entry(entry=MoneyEntry.objects.get(clue_id=reward.report_id), remark="撤销", by=insurance_handler, at=now)
    before, budgets = len(refused()), RewardBudget.objects.values_list("total", flat=True)
    granted = list(budgets)
    client = sign_in(cashier)
    given = {"voucher": "追1", "paid_on": "2026-11-16", "remark": "退回"}
    for amount in ("-500", "5.001", "0", "1000000000000"):
        assert send(client, url("recover", reward), amount=amount, **given).status_code == 200
    send(client, url("recover", reward), amount="五百", **given)  # no number at all is a slip, not an attempt
    sign_in(somebody(finance, Role.SECTION_HEAD))
    given = {"change": "grant", "year": "2026", "document": "青财预〔2026〕9号"}
    for amount in ("-1", "0.001"):
        assert send(client, reverse("rewards:change_budget"), amount=amount, **given).status_code == 200
    tried = [what for what, _sentence in refused()[before:]]
    assert tried == ["reward.recovered"] * 4 + ["reward.budget_granted"] * 2
    assert Payment.objects.count() == 1 and list(budgets) == granted


def test_a_report_leads_to_what_is_asked_and_what_is_paid(
    decided, insurance_report_officer, insurance_handler, sign_in, now
):
    first = report_row(decided, at=now)
    second = report_row(decided, at=now, received_at=now - dt.timedelta(days=1))
    client = sign_in(insurance_report_officer)

    def shown(report):
        return client.get(report.get_absolute_url()).content.decode()

    reporter, again = first.reporters.get(), second.reporters.get()
    assert url("eligibility", reporter) in shown(first) and url("repetition", first) not in shown(first)
    assert f'"{url("repetition", second)}"' in shown(second)
    answer = send(client, url("eligibility", again), wants="on", identifiable="on", duty="on", weight="1")
    assert answer.url == second.get_absolute_url()
    assert "不符合奖励条件" in shown(second)
    assert send(client, url("repetition", second), first=first.pk).url == second.get_absolute_url()
    assert first.get_absolute_url() in shown(second) and f'"{url("repetition", second)}"' not in shown(second)
    ask(first, at=now)
    verify(first, "10000.00", by=insurance_handler, at=now)
    assert Reward.objects.get().get_absolute_url() in shown(first)
    assert url("withdraw_repetition", second) in shown(second)
    assert send(client, url("withdraw_repetition", second), reason=" ").status_code == 200
    assert send(client, url("withdraw_repetition", second), reason="另一事项").status_code == 302
    assert not Repetition.objects.exists() and f'"{url("repetition", second)}"' in shown(second)
    assert send(client, url("withdraw_repetition", second), reason="另一事项").status_code == 200
    loose = report_row(decided, at=now, status="refused", case=None, summary="")
    assert client.get(url("withdraw_repetition", loose)).status_code == 403


def test_the_ledger_of_the_case_offers_its_reports(
    decided, insurance_section_head, insurance_report_officer, sign_in, now
):
    report = ask(report_row(decided, at=now), at=now)
    client = sign_in(insurance_section_head)
    address = reverse("cases:enter_money", args=[decided.pk])
    assert report.number in client.get(address).content.decode()
    given = {"amount": "10000", "happened_on": "2026-11-16", "clue": f"report:{report.pk}"}
    assert send(client, address, kind="suspected", **given).status_code == 200
    assert not Reward.objects.exists()
    assert send(client, address, kind="verified", **(given | {"amount": "-5"})).status_code == 200
    assert send(client, address, kind="verified", **(given | {"amount": "5.001"})).status_code == 200
    assert send(client, address, kind="verified", **given).status_code == 302
    assert [what for what, _sentence in refused()] == ["money.entered"] * 3
    assert Reward.objects.get().amount == 500
    page = client.get(tab_url(decided.pk, "money")).content.decode()
    ledger = page.partition('id="money"')[2].partition("</section>")[0]
    assert report.number in ledger
    assert Eligibility.objects.get().eligible


# -- papers ---------------------------------------------------------------------------------------------------


def text_of(document, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(storage.fetch(document.file, document.sha256))
    with pdfplumber.open(path) as pdf:
        return "".join(page.extract_text() or "" for page in pdf.pages).replace("\n", "").replace(" ", "")


def test_the_papers_say_numbers_and_amounts(
    decided,
    insurance_handler,
    insurance_report_officer,
    insurance_section_head,
    insurance_registrar,
    tmp_path,
    now,
):
    from rewards.actions.papers_money import draft_paper, number_paper, sign_paper

    reward = make_reward(
        decided, at=now, by=insurance_handler, verified="327180.40", status="funded", reporters=1
    )
    form = reward.papers.get(kind="approval").document
    printed, said = text_of(form, tmp_path), dict(form.context["fields"])
    for words in ("举报奖励审批表", reward.number, "327,180.40元", "16,359.02元", decided.number):
        assert words in printed, words
    assert said["拟奖励金额（大写）"] == "人民币壹万陆仟叁佰伍拾玖元零贰分"
    assert (said["奖励比例"], said["举报编号"]) == ("5%", reward.report.number)
    issued = {}
    for kind in ("notice", "voucher"):
        paper = draft_paper(reward=reward, kind=kind, text="", by=insurance_report_officer, at=now)
        sign_paper(paper=paper, by=insurance_section_head, at=now)
        issued[kind] = number_paper(paper=paper, by=insurance_registrar, at=now).document
    notice = text_of(issued["notice"], tmp_path)
    assert issued["notice"].layout == "letter" and "青医保函" in issued["notice"].number
    for words in ("举报奖励通知书", f"{reward.number}号举报人", "人民币壹万陆仟叁佰伍拾玖元零贰分", "领取码"):
        assert words in notice, words
    assert "领取凭证" in text_of(issued["voucher"], tmp_path)
    said = dict(issued["voucher"].context["fields"])  # collected in person: the account is a line to be filled by hand
    assert [said[name].strip("　") for name in ("收款户名", "开户银行", "收款账号")] == ["", "", ""]
    assert "收款账号" in text_of(issued["voucher"], tmp_path)
    assert local_date(now).year == 2026


def test_a_notice_whose_amount_has_changed_since_is_marked(
    decided, insurance_handler, insurance_report_officer, insurance_section_head, insurance_registrar, sign_in, now
):
    from rewards.actions.papers_money import draft_paper, number_paper, sign_paper

    reward = make_reward(decided, at=now, by=insurance_handler, status="funded")
    paper = draft_paper(reward=reward, kind="notice", by=insurance_report_officer, at=now)
    sign_paper(paper=paper, by=insurance_section_head, at=now)
    number_paper(paper=paper, by=insurance_registrar, at=now)
    client = sign_in(insurance_report_officer)
    page = client.get(reward.get_absolute_url()).content.decode()
    assert paper.amount == 500 and "金额已变更" not in page
    verify(reward.report, "2000", by=insurance_handler, at=now)
    reward.refresh_from_db()
    assert (reward.status, reward.amount) == ("computed", 600)
    page = client.get(reward.get_absolute_url()).content.decode()
    assert page.count("载明500.00元，金额已变更") == 2  # the notice, and the approval form
    RewardPaper.objects.update(amount=None)  # one of before, of which nobody knows
    assert "编号后金额已变更" in client.get(reward.get_absolute_url()).content.decode()


@pytest.mark.parametrize("when", ["with the bank", "paid by the bank", "returned by the bank"])
def test_a_voucher_says_when_the_bank_pays(when, decided, insurance_handler, insurance_report_officer,
                                          insurance_section_head, insurance_registrar, cashier, tmp_path, now):  # fmt: skip
    from rewards.actions.bank_files import close_bank_file, request_bank_file
    from rewards.actions.papers_money import draft_paper, number_paper, sign_paper

    reward = make_reward(decided, at=now, by=insurance_handler, status="funded")
    paper = draft_paper(reward=reward, kind="voucher", by=insurance_report_officer, at=now)
    sign_paper(paper=paper, by=insurance_section_head, at=now)
    file = request_bank_file(rewards=[reward], by=cashier, at=now)
    if when == "paid by the bank":
        BankFile.objects.update(status="made", made_at=now, file="a.zip", sha256="0" * 64)
        close_bank_file(file=file, voucher="行1", paid_on=local_date(now), by=cashier, at=now)
        assert Payment.objects.get().method == "bank"
    elif when == "returned by the bank":
        close_bank_file(file=file, voucher="", paid_on=None, by=cashier, at=now)
    document = number_paper(paper=paper, by=insurance_registrar, at=now).document
    said = dict(document.context["fields"])
    assert (said["领取方式"] == "经银行转账") == ("收款账号" not in said) == (when != "returned by the bank")
    assert ("经银行转账" in text_of(document, tmp_path)) == (when != "returned by the bank")


def test_a_paper_is_signed_by_another_and_not_before_its_time(
    decided, insurance_handler, insurance_report_officer, insurance_section_head, insurance_registrar, now
):
    from core.refusals import AlreadyDone, FourEyes, WrongState
    from rewards.actions.papers_money import discard_paper, draft_paper, number_paper, sign_paper

    early = make_reward(decided, at=now, by=insurance_handler, status="proposed")
    for kind in ("notice", "certificate", "approval"):
        with pytest.raises(WrongState):
            draft_paper(reward=early, kind=kind, by=insurance_report_officer, at=now)
    form = early.papers.get()
    for verb in (sign_paper, discard_paper):
        with pytest.raises(WrongState):
            verb(paper=form, by=insurance_section_head, at=now)
    reward = make_reward(decided, at=now, by=insurance_handler, status="funded")
    paper = draft_paper(reward=reward, kind="notice", by=insurance_report_officer, at=now)
    with pytest.raises(AlreadyDone):
        draft_paper(reward=reward, kind="notice", by=insurance_report_officer, at=now)
    with pytest.raises(FourEyes):
        sign_paper(paper=paper, by=insurance_report_officer, at=now)
    with pytest.raises(WrongState):
        number_paper(paper=paper, by=insurance_registrar, at=now)
    discard_paper(paper=paper, by=insurance_report_officer, at=now)
    assert paper.status == "discarded"


# -- API ------------------------------------------------------------------------------------------------------


def test_the_api_takes_the_same_way(decided, cashier, county, finance, insurance_handler, insurance_report_officer,
                                    insurance_deputy_head, sign_in, now):  # fmt: skip
    reward = make_reward(decided, at=now, by=insurance_handler)
    place = f"/api/v1/rewards/{reward.pk}/"

    def post(step, **values):
        tag = client.get(place).headers["ETag"]
        return client.post(
            place + step + "/", values, content_type="application/json", headers={"If-Match": tag}
        )

    client = sign_in(insurance_report_officer)
    listed = client.get("/api/v1/rewards/?status=computed").json()["results"]
    assert [row["amount"] for row in listed] == ["500.00"]
    assert not {"claim_digest", "reporter", "case"} & set(listed[0])
    assert client.post(place + "propose/", {}, content_type="application/json").status_code == 428
    assert post("propose").json()["status"] == "proposed"
    assert post("approve").status_code == 403
    sign_in(insurance_deputy_head)
    assert post("send-back", reason="再核").json()["status"] == "computed"
    sign_in(insurance_report_officer)
    post("propose")
    sign_in(insurance_deputy_head)
    assert post("approve").json()["status"] == "approved"
    grant_budget(
        region=county,
        year=2026,
        amount=Decimal("500"),
        document="文",
        by=somebody(finance, Role.SECTION_HEAD),
        at=now,
    )
    sign_in(cashier)
    assert post("fund").json()["status"] == "funded"
    from rewards.actions.claims import issue_code

    code = issue_code(reward=Reward.objects.get(), by=insurance_report_officer, at=now)
    pay = {"code": "1", "voucher": "付1", "paid_on": "2026-11-16"}
    answer = client.post("/api/v1/rewards/pay/", pay, content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (400, ["code"])
    answer = client.post("/api/v1/rewards/pay/", pay | {"code": code}, content_type="application/json")
    assert answer.json()["status"] == "paid"
    answer = client.post(
        "/api/v1/rewards/pay/", pay | {"code": code, "voucher": "付2"}, content_type="application/json"
    )
    assert answer.status_code == 409
    sign_in(insurance_report_officer)
    assert client.post("/api/v1/rewards/pay/", pay, content_type="application/json").status_code == 403
    assert post("waive", reason="放弃").status_code == 403
