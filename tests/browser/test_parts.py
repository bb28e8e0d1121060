"""The partials rooms build their pages from, side by side in a real Chromium."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django import forms
from django.template import RequestContext, Template
from django.test import RequestFactory
from playwright.sync_api import expect

from core.forms import DateField, MoneyField, VersionedForm
from core.strips import Strip, StripDay
from tests.browser.conftest import assert_accessible

pytestmark = pytest.mark.browser
OFF = (1, 7, 8, 14, 15, 21, 22, 28, 29)
AT = dt.datetime(2026, 11, 18, 3, 32, tzinfo=dt.UTC)

CASE = """{% extends "base.html" %}{% load ui %}{% block title %}案件{% endblock %}{% block main %}
<h1>仁和医院涉嫌分解住院案</h1>
<div class="cols"><div class="a">{% include "partials/next_step.html" %}
<section class="panel"><div class="ph"><h2>线索移交</h2></div>{% include "partials/track.html" %}
<p>{% seals seals %} {% lamp "n" None "已办结" %} {% lamp_pill "r" -2 "待签收" %}</p></section>
<section class="panel"><div class="ph"><h2>流程时间轴</h2></div>{% include "partials/timeline.html" %}</section></div>
<aside class="b" aria-label="时限"><section class="panel">{% for deadline, explanation in clocks %}
{% include "partials/deadline.html" with meta="告知县卫健局" %}{% endfor %}</section></aside></div>{% endblock %}"""
FORM = '{% extends "partials/form_page.html" %}'


def november(day):
    return dt.date(2026, 11, day)


def strip(start, due, today, lamp):
    days, index = [], 0
    for number in range(start, max(due, today) + 1):
        off = number in OFF
        index += not off and number > start
        days.append(StripDay(november(number), None if off else index, "周末" if off else ""))
    return Strip(days, november(start), november(due), november(today), lamp)


class LeadForm(VersionedForm):
    title = forms.CharField(label="案件名称", help_text="机构全称加主要问题。")
    source = forms.ChoiceField(label="线索来源", choices=[("", "请选择"), ("a", "智能监控筛查")])
    amount = MoneyField(label="疑点金额")
    since = DateField(label="起始日期", required=False)
    kinds = forms.MultipleChoiceField(
        label="违规类型", choices=[("a", "分解住院"), ("b", "串换药品")], widget=forms.CheckboxSelectMultiple
    )
    subject = forms.ChoiceField(label="对象类别", choices=[("a", "医疗机构")], widget=forms.RadioSelect)
    text = forms.CharField(label="简要情况", widget=forms.Textarea)
    major = forms.BooleanField(label="重大案件", required=False)


def case_page():
    step = SimpleNamespace(
        text="书面告知县卫健局",
        why="3 个工作日内告知。",
        due=november(20),
        lamp="y",
        days=1,
        url="#",
        label="制作告知函",
    )
    steps = [
        SimpleNamespace(label="发出", state="ok", who="陈晓岚", when_text="11-17 15:40"),
        SimpleNamespace(label="签收", state="wait", who="", when_text="限 11-20 前"),
        SimpleNamespace(label="核查", state="blue", who="", when_text=""),
        SimpleNamespace(label="反馈结果", state="bad", who="", when_text=""),
    ]
    event = SimpleNamespace(at=AT, tone="g", text="反馈核查结果", who="吴志强", note="差额 64 件。",
                            files=[("反馈函.pdf", "#", "file-earmark-pdf")])  # fmt: skip
    clocks = [
        (SimpleNamespace(name="技术支持书面告知", lamp="y", days=1), strip(17, 20, 19, "y")),
        (SimpleNamespace(name="签收线索", lamp="r", days=-2), strip(16, 19, 23, "r")),
        (SimpleNamespace(name="出具书面意见", lamp="g", days=6), strip(2, 27, 19, "g")),
    ]
    return CASE, {
        "step": step, "steps": steps, "days": [(november(18), [event])], "clocks": clocks,
        "seals": [("insurance", "l"), ("police", "c")],
    }  # fmt: skip


def form_page():
    form = LeadForm({"title": "", "amount": "12a", "subject": "a", "kinds": ["a"], "text": "x"})
    sections = [
        ("基本信息", ["title", "source", "subject", "kinds", "amount"]),
        ("详情", ["since", "text", "major"]),
    ]
    return FORM, {"form": form, "title": "登记线索", "label": "登记", "back_url": "/", "sections": sections}


@pytest.fixture
def shown(page_as, insurance_handler):
    """Draws a template of the test's own inside the frame and shows it in the browser."""
    page = page_as(insurance_handler)

    def show(source, context, **cookies):
        request = RequestFactory().get("/part/")
        request.user = insurance_handler
        request.COOKIES.update(cookies)
        html = Template(source).render(RequestContext(request, context))
        page.route(
            "**/part/",
            lambda route: route.fulfill(status=200, content_type="text/html; charset=utf-8", body=html),
        )
        page.goto("/part/")
        return page

    return show


@pytest.mark.parametrize("cookies", [{}, {"theme": "dark"}, {"font": "large"}], ids=str)
@pytest.mark.parametrize("part", [case_page, form_page])
def test_parts_are_accessible_and_nothing_sticks_out(shown, part, cookies):
    page = shown(*part(), **cookies)
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_error_summary_has_the_focus_and_leads_to_the_field(shown):
    page = shown(*form_page())
    assert page.evaluate("document.activeElement.className") == "errsum"
    page.click("text=案件名称 >> nth=0")
    assert page.url.endswith("#f-title")


def test_cells_of_a_strip_hold_their_words(shown):
    page = shown(*case_page())
    assert (
        page.evaluate(
            "Array.from(document.querySelectorAll('.wd i')).filter(cell => cell.scrollWidth > cell.clientWidth).length"
        )
        == 0
    )


def test_the_head_of_a_table_never_lies_over_its_rows(shown):
    page = shown(
        '{% extends "base.html" %}{% block main %}<h1>x</h1><section class="panel"><div class="scroll">'
        '<table class="tbl"><thead><tr><th>h</th></tr></thead><tbody><tr><td>d</td></tr></tbody></table>'
        "</div></section>{% endblock %}",
        {},
    )
    head, row = page.locator("th").bounding_box(), page.locator("td").bounding_box()
    assert head["y"] + head["height"] <= row["y"] + 1


LIST = """{% extends "base.html" %}{% block main %}<h1>台账</h1><form data-select method="post">
<div class="tbar"><label class="inline"><input class="form-check-input" type="checkbox" data-pick-all>全选</label>
<span data-when-picked>已选 <b data-picked>0</b> 件 <button data-pick-none>取消选择</button></span></div>
<table class="tbl" data-rows><caption>台账</caption><thead><tr><th>选择</th><th>案件</th></tr></thead><tbody>
{% for n in rows %}<tr><td><input class="form-check-input" type="checkbox" name="pick" value="{{ n }}" data-pick
aria-label="选择{{ n }}"></td><td><a href="/help/?n={{ n }}" data-open>第{{ n }}件</a></td></tr>{% endfor %}
</tbody></table></form>{% endblock %}"""


def test_the_selection_bar_follows_the_boxes(shown):
    page = shown(LIST, {"rows": [1, 2, 3]})
    bar, number = page.locator("[data-when-picked]"), page.locator("[data-picked]")
    assert bar.is_hidden()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(bar).to_be_visible()
    expect(number).to_have_text("1")
    assert page.evaluate("document.querySelector('[data-pick-all]').indeterminate")
    expect(page.locator("tr.picked")).to_have_count(1)
    page.click("text=全选")
    expect(number).to_have_text("3")
    page.click("text=取消选择")
    expect(bar).to_be_hidden()
    expect(page.locator("tr.picked")).to_have_count(0)
    assert_accessible(page)
