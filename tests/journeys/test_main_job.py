"""The main job in a real Chromium: a lead travels between two departments, desk by desk."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cases.actions.strands import file_strand, investigate
from cases.models import Case, Strand
from core.dates import local_date
from deadlines.models import Deadline
from referrals.models import Referral
from tests.browser.conftest import assert_accessible, page_as  # noqa: F401
from tests.factories.cases import make_case, make_subject, pdf, uscc

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page, words):
    """The button or link with these words in the head of the page."""
    page.locator(".chead .acts").get_by_text(words, exact=True).click()


def send(page):
    """The primary button at the foot of the form."""
    page.locator(".form-foot .btn-primary").click()


def at(page, address, words):
    """Open an address, press what is offered there, and stay."""
    page.goto(address)
    press(page, words)
    return page


def confirm(page, address, words):
    """Open an address, press what is offered there, and confirm on the page it leads to."""
    at(page, address, words)
    send(page)
    return page


@pytest.fixture
def today():
    return local_date(timezone.now())


def test_a_lead_is_transferred_worked_answered_and_closed(
    page_as, office, health, today, insurance_handler, insurance_section_head, insurance_deputy_head,  # noqa: F811
    insurance_registrar, health_registrar, health_head, health_section_head, health_handler,
):  # fmt: skip
    handler = page_as(insurance_handler)
    handler.goto("/cases/new/")
    handler.select_option("[name=source]", "monitoring")
    handler.fill("[name=found_on]", today.isoformat())
    handler.locator("details:has([name=new_name]) > summary").click()
    handler.select_option("[name=new_kind]", "institution")
    handler.fill("[name=new_name]", "青禾县仁和医院")
    handler.fill("[name=new_uscc]", uscc())
    handler.locator("[name=categories]").first.check()
    handler.fill("[name=suspected]", "462,318.50")
    handler.fill("[name=summary]", "37名参保人员52人次出院后3日内再次入院，疑似分解住院。")
    handler.set_input_files(
        "[name=files]", [{"name": "住院病历抽样表.pdf", "mimeType": "application/pdf", "buffer": pdf("a").read()}]
    )
    send(handler)
    expect(handler).to_have_url(re.compile(r"/cases/\d+/$"))
    assert_accessible(handler)

    handler.goto(handler.url + "?tab=transfer")
    handler.get_by_text("新建移交", exact=True).click()
    for box in handler.locator("[name=receivers]").all():
        box.set_checked(box.get_attribute("value") == str(health.pk))
    handler.locator("[name=manifest]").first.check()
    assert handler.input_value("[name=subject]").startswith("关于移交青禾县仁和医院涉嫌")
    assert_accessible(handler)
    send(handler)
    dispatch = handler.url
    assert_accessible(handler)
    press(handler, "提交审核")
    at(page_as(insurance_section_head), dispatch, "审核通过")
    at(page_as(insurance_deputy_head), dispatch, "签发")
    registrar = confirm(page_as(insurance_registrar), dispatch, "编号发出")
    expect(registrar).to_have_url(re.compile(r"/referrals/\d+/$"))
    letter = registrar.url
    assert "青医保函〔" in registrar.inner_text(".facts")

    incoming = page_as(health_registrar)
    at(incoming, letter, "签收")
    assert "一致" in incoming.inner_text("table")
    assert_accessible(incoming)
    send(incoming)
    head = page_as(health_head)
    at(head, letter, "分办")
    head.select_option("[name=person]", str(health_handler.pk))
    send(head)
    worker = page_as(health_handler)
    at(worker, letter, "受理")
    assert_accessible(worker)
    press(worker, "拟写答复")
    worker.fill("[name=text]", "经核查，31份病历入院指征不足，线索属实。")
    send(worker)
    reply = worker.url
    press(worker, "提交审核")
    at(page_as(health_section_head), reply, "签发")
    confirm(incoming, reply, "编号发出")
    assert "青卫健函〔" in incoming.inner_text(".chead")

    confirm(handler, letter, "办结")
    assert "已办结" in handler.inner_text(".chead")
    referral = Referral.objects.get()
    assert (referral.status, referral.handler) == ("closed", health_handler)
    assert Case.objects.get().strands.count() == 2
    handler.goto(f"/cases/{referral.case.pk}/?tab=transfer")
    assert handler.locator("#referrals .track li.ok").count() == 4


def test_technical_support_runs_two_clocks_and_ends_as_the_basis_of_a_decision(
    page_as, office, health, county, today, insurance_handler, insurance_section_head, insurance_deputy_head,  # noqa: F811
    insurance_registrar, health_registrar, health_head, health_section_head, health_deputy_head, health_handler,
):  # fmt: skip
    now = timezone.now()
    subject = make_subject(county, at=now, address="青禾县城关镇")
    case = make_case(by=insurance_handler, at=now, subject=subject, files=[pdf("住院病历.pdf")])
    handler = page_as(insurance_handler)
    handler.goto(f"/cases/{case.pk}/?tab=support")
    handler.locator("#support").get_by_role("link", name="技术支持").click()
    handler.select_option("[name=receiver]", str(health.pk))
    handler.fill("[name=discovered_on]", today.isoformat())
    handler.fill("[name=questions]", "入院指征是否成立\n医师执业资质是否相符")
    handler.fill("[name=limit_on]", (today + dt.timedelta(days=14)).isoformat())
    send(handler)
    assert handler.locator(".dl .wd").count() == 1
    dispatch = handler.url
    press(handler, "提交审核")
    at(page_as(insurance_section_head), dispatch, "签发")
    registrar = confirm(page_as(insurance_registrar), dispatch, "编号发出")
    letter = registrar.url

    incoming = page_as(health_registrar)
    confirm(incoming, letter, "签收")
    states = dict(Deadline.objects.filter(case_id=case.pk).values_list("rule_code", "status"))
    assert (states["support_notice"], states["transfer_sign"], states["written_opinion"]) == ("met", "met", "running")
    head = page_as(health_head)
    at(head, letter, "分办")
    head.select_option("[name=person]", str(health_handler.pk))
    send(head)
    worker = page_as(health_handler)
    at(worker, letter, "受理")
    press(worker, "拟写答复")
    for box in worker.locator("textarea[name^=answer_]").all():
        box.fill("经专家研究，成立。")
    worker.fill("[name=text]", "入院指征不足，构成分解住院。")
    assert_accessible(worker)
    send(worker)
    reply = worker.url
    press(worker, "提交审核")
    at(page_as(health_section_head), reply, "审核通过")
    at(page_as(health_deputy_head), reply, "签发")
    confirm(incoming, reply, "编号发出")
    assert Deadline.objects.get(rule_code="written_opinion").status == "met"

    strand = Strand.objects.get(case=case)
    file_strand(strand=strand, filing_number="青医保立〔2026〕1号", by=insurance_deputy_head, at=timezone.now())
    investigate(strand=strand, by=insurance_handler, at=timezone.now())
    deputy = page_as(insurance_deputy_head)
    deputy.goto(f"/strands/{strand.pk}/decide/")
    deputy.fill("[name=findings]", "分解住院属实。")
    deputy.select_option("[name=disposition]", "penalty")
    deputy.fill("[name=basis]", "《医疗保障基金使用监督管理条例》第三十八条")
    deputy.fill("[name=decision_number]", "青医保罚〔2026〕1号")
    deputy.get_by_label(re.compile("书面意见")).check()
    send(deputy)
    strand.refresh_from_db()
    assert (strand.status, [paper.kind for paper in strand.basis_documents.all()]) == ("decided", ["opinion"])
    confirm(handler, letter, "办结")
    assert Referral.objects.get().status == "closed"
