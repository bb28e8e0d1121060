"""One case among nine bodies, three of them on paper, in a real Chromium: from the report to the closing.

医保 finds 虚构医药服务项目 at a hospital. 卫健, 市监 and 公安 are told and look at it together; leads go to 卫健 (taken in
part), 市监 (completed first) and 财政 (which forwards to 发改); the city bureau and 纪委监委 are served on paper, the
procuratorate answers by a one-time link; the police file a crime. Every step is a click of the person whose step it
is; the actions of the house are not called.
"""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cases.models import Case, Strand
from core.dates import local_date
from departments.actions.structure import create_department
from departments.enums import Function, Role
from referrals.models import CriminalTransfer, Dispatch, FollowUp, JointTeam, Reply
from referrals.rules import signing_rule
from tests.browser.conftest import assert_accessible, page_as  # noqa: F401
from tests.cast import WHEN, _person
from tests.factories.cases import pdf, uscc
from tests.factories.referrals import acting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

police_deputy_head = _person("ga04", "鲁镇疆", "police", Role.DEPUTY_HEAD)
market_deputy_head = _person("sj04", "白鹭洲", "market", Role.DEPUTY_HEAD)
finance_section_head = _person("cz03", "尹守成", "finance", Role.SECTION_HEAD, "社保股")
finance_deputy_head = _person("cz04", "段知行", "finance", Role.DEPUTY_HEAD)
finance_registrar = _person("cz06", "丁香凝", "finance", Role.REGISTRAR, "办公室")
reform_section_head = _person("fg03", "方至诚", "reform", Role.SECTION_HEAD, "信用建设股")
reform_deputy_head = _person("fg04", "房知远", "reform", Role.DEPUTY_HEAD)
reform_registrar = _person("fg06", "房小满", "reform", Role.REGISTRAR, "办公室")


def _on_paper(name, short_name, mark, **more):
    @pytest.fixture
    def body(county):
        return create_department(
            region=county, function=Function.OTHER, name=name, short_name=short_name, mark=mark, has_account=False,
            by=None, at=WHEN, **more,
        )  # fmt: skip

    return body


city_bureau = _on_paper("沧澜市医疗保障局", "市医保局", "沧医保")
discipline = _on_paper("中共青禾县纪律检查委员会青禾县监察委员会", "县纪委监委", "青纪", named_only=True)


def day_after(days):
    return (local_date(timezone.now()) + dt.timedelta(days=days)).isoformat()


def scan(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf(name).read()}


def fill(page, **fields):
    """Fill a form as its fields are: boxes by their values (the others are cleared), files, lists, text."""
    for name, value in fields.items():
        first = page.locator(f"[name='{name}']").first
        kind = first.get_attribute("type") or first.evaluate("each => each.tagName.toLowerCase()")
        if kind in ("checkbox", "radio"):
            wanted = [
                str(getattr(each, "pk", each)) for each in (value if isinstance(value, list) else [value])
            ]
            for box in page.locator(f"[name='{name}']").all():
                if kind == "checkbox" or box.get_attribute("value") in wanted:
                    box.set_checked(box.get_attribute("value") in wanted)
        elif kind == "file":
            first.set_input_files(value)
        elif kind == "select":
            first.select_option(str(getattr(value, "pk", value)))
        else:
            first.fill(str(value))


class Desks:
    """Everybody's browser: one context for each person, opened when it is their turn."""

    def __init__(self, page_as):  # noqa: F811
        self.page_as, self.pages = page_as, {}

    def __call__(self, user, address=None, *words):
        """The person's page at an address, where these words are to be seen."""
        if user.pk not in self.pages:
            self.pages[user.pk] = self.page_as(user)
        page = self.pages[user.pk]
        if address is not None:
            page.goto(getattr(address, "get_absolute_url", lambda: address)(), wait_until="domcontentloaded")
        for each in words:
            expect(page.locator("main")).to_contain_text(each)
        return page

    def press(self, user, address, words):
        """Open the thing and press what its head offers."""
        page = self(user, address)
        page.locator(".chead .acts, #circulation .end").get_by_text(words, exact=True).click()
        return page

    def do(self, user, address, words, *, direct=False, **fields):
        """A whole step: open, press, fill, send; the house says that it is done."""
        page = self.press(user, address, words)
        if not direct:
            fill(page, **fields)
            send(page)
        expect(page.locator(".msg.success")).to_be_visible()
        return page


def send(page):
    page.locator(".form-foot .btn").first.click()


@pytest.fixture
def desk(page_as):  # noqa: F811
    return Desks(page_as)


def letters_of(dispatch):
    return {letter.receiver: letter for letter in dispatch.referrals.all()}


def draft(desk, case, by, kind, receivers, **fields):
    """A letter drafted on its page."""
    page = desk(by, f"/cases/{case.pk}/letters/new/?kind={kind}")
    fill(page, receivers=receivers, **fields)
    send(page)
    expect(page).to_have_url(re.compile(r"/dispatches/\d+/$"))
    return Dispatch.objects.get(pk=page.url.rstrip("/").rsplit("/", 1)[1])


def issue(desk, paper):
    """Submitted, reviewed, signed, numbered and sent, each by the person the signing rule names.

    The drafter still has the draft's page before them.
    A letter to a body seen by named persons only is not shown to the section head: the deputy head reviews it, and the
    head signs, for who reviewed does not.
    """
    home, rule = paper.department, signing_rule(paper)
    sealed = isinstance(paper, Dispatch) and paper.receivers.filter(named_only=True).exists()
    desk.do(paper.drafted_by, None, "提交审核", direct=True)
    if rule.reviewer:
        desk.do(acting(home, Role.DEPUTY_HEAD if sealed else rule.reviewer), paper, "审核通过", direct=True)
    desk.do(acting(home, Role.HEAD if sealed else rule.signer), paper, "签发", direct=True)
    desk.do(acting(home, Role.REGISTRAR), paper, "编号发出")
    return letters_of(paper) if isinstance(paper, Dispatch) else paper


def tick_and_sign(desk, letter):
    """签收 from the list of letters received."""
    page = desk(acting(letter.receiver, Role.REGISTRAR), "/letters/in/", letter.number)
    page.locator("tr", has_text=letter.number).locator("[name=ids]").check()
    page.get_by_role("button", name="签收所选函件").click()
    expect(page.locator("main")).to_contain_text("已签收")
    expect(page.locator("main")).to_contain_text(letter.number)


def taken_in(desk, letter, handler):
    """Signed for in the list, and assigned."""
    tick_and_sign(desk, letter)
    desk.do(acting(letter.receiver, Role.SECTION_HEAD), letter, "分办", person=handler)


def answer(desk, letter, text):
    """The answer drafted by who works the letter, signed and sent."""
    letter.refresh_from_db()
    page = desk.press(letter.handler, letter, "拟写答复")
    fill(page, text=text)
    send(page)
    expect(page).to_have_url(re.compile(r"/replies/\d+/$"))
    issue(desk, Reply.objects.get(referral=letter))
    desk(letter.author, letter, text)


def end(desk, letter, text=""):
    """Answered where a text is given, read, and closed by who sent it."""
    if text:
        answer(desk, letter, text)
    page = desk.do(letter.author, None if text else letter, "办结")
    expect(page.locator(".chead")).to_contain_text("已办结")


def report(desk, by):
    """The lead is registered; its page says who is to be told."""
    page = desk(by, "/cases/new/")
    page.locator("details:has([name=new_name]) > summary").click()
    category = page.locator("label", has_text="虚构医药服务项目")
    page.locator(f"#{category.get_attribute('for')}").check()
    fill(
        page, source="monitoring", found_on=local_date(timezone.now()).isoformat(), new_kind="institution",
        new_name="青禾县仁和医院", new_uscc=uscc(), suspected="462,318.50",
        summary="2025年至2026年，37名参保人员的住院费用无对应诊疗记录，疑似虚构医药服务项目。",
        files=[scan("调查报告.pdf"), scan("住院病历抽样表.pdf"), scan("进销存台账.pdf")],
    )  # fmt: skip
    send(page)
    expect(page).to_have_url(re.compile(r"/cases/\d+/$"))
    return Case.objects.get()


def tell(desk, case, who):
    """案情通报: the three proposed departments, signed for and read."""
    handler = who["insurance_handler"]
    page = desk(handler, f"/cases/{case.pk}/")
    page.locator(".next").get_by_role("link", name="制作案情通报").click()
    for name in ("health", "market", "police"):
        expect(page.get_by_label(who[name].name, exact=True).first).to_be_checked()
    send(page)
    expect(page).to_have_url(re.compile(r"/dispatches/\d+/$"))
    letters = issue(desk, Dispatch.objects.get())
    health, market, police = (letters[who[name]] for name in ("health", "market", "police"))
    for letter in (market, police):
        tick_and_sign(desk, letter)
    desk.do(who["health_registrar"], health, "签收")
    desk.do(
        who["health_registrar"], health, "送阅", people=[who["health_handler"], who["health_section_head"]]
    )
    desk.do(who["health_handler"], health, "已阅", direct=True)
    page = desk(handler, health.dispatch, "签收阅知情况", "周敏仪", "彭立群")
    assert_accessible(page)
    for letter in letters.values():
        end(desk, letter)


def look_together(desk, case, who):
    """提前介入: 卫健 and 公安 join, 市监 declines; what was found; views; the opinion leads to the police."""
    handler = who["insurance_handler"]
    invitation = draft(
        desk, case, handler, "early", [who["health"], who["market"], who["police"]],
        unclear="住院费用无对应诊疗记录，是管理混乱还是骗取医保基金，一时难以界定。",
    )  # fmt: skip
    letters = issue(desk, invitation)
    team = JointTeam.objects.get()
    for name in ("health", "market", "police"):
        taken_in(desk, letters[who[name]], who[f"{name}_handler"])
    for name in ("health", "police"):
        desk.do(who[f"{name}_handler"], letters[who[name]], "同意介入", people=[who[f"{name}_handler"]])
    desk.do(
        who["market_handler"], letters[who["market"]], "不介入", reason="药品购销环节未见异常，不派员介入。"
    )
    desk.do(who["health_handler"], team, "共享情况", text="病程记录与收费项目不符，37份病历均无执行医嘱。")
    desk.do(who["health_handler"], team, "提出意见", nature="penalty", text="病历书写与收费均不规范。")
    for name in ("insurance_handler", "police_handler"):
        desk.do(who[name], team, "提出意见", nature="judicial", text="有犯罪嫌疑。")
    desk.do(
        who["insurance_section_head"], team, "作出定性意见", outcome="judicial",
        reasons="有虚构服务、骗取基金的犯罪嫌疑，宜移送公安机关。",
    )  # fmt: skip
    assert_accessible(desk(handler, team, "病程记录与收费项目不符", "县市监局", "行政处罚", "司法移送"))
    page = desk(handler, f"/cases/{case.pk}/")
    page.locator(".next").get_by_role("link", name="提出移送").click()
    expect(page).to_have_url(re.compile(r"/crime/new/$"))
    end(desk, letters[who["market"]])


def ask_three(desk, case, who):
    """线索移交: 卫健 takes a part, 市监 has it completed first, 财政 forwards it to 发改."""
    handler, files = who["insurance_handler"], list(case.evidence.order_by("pk"))
    receivers = [who["health"], who["market"], who["finance"]]
    letters = issue(desk, draft(desk, case, handler, "transfer", receivers, manifest=files))
    letter = letters[who["health"]]
    taken_in(desk, letter, who["health_handler"])
    page = desk.press(who["health_handler"], letter, "部分受理")
    row = page.locator("tbody tr", has_text="调查报告.pdf")
    row.get_by_role("checkbox").check()
    row.get_by_role("textbox").fill("调查报告涉及医保结算，不属本局职责。")
    send(page)
    expect(page.locator(".msg.success")).to_be_visible()
    desk(handler, letter, "部分受理", "不属本局职责")
    end(desk, letter, "37份病历均无执行医嘱，已立案查处。")

    letter = letters[who["market"]]
    taken_in(desk, letter, who["market_handler"])
    due = day_after(7)
    desk.do(who["market_handler"], letter, "要求补正", missing="缺采购发票。", due_on=due)
    issue(desk, letter.follow_ups.get(kind="completion"))
    page = desk(handler, f"/cases/{case.pk}/evidence/")
    fill(page, files=[scan("采购发票.pdf")])
    send(page)
    expect(page.locator("#evidence")).to_contain_text("采购发票.pdf")
    invoice = case.evidence.get(name="采购发票.pdf")
    desk.do(handler, letter, "补送材料", lines=[invoice], note="发票随函补送。")
    issue(desk, letter.follow_ups.get(kind="supply"))
    desk.do(who["market_handler"], letter, "接收补充材料", direct=True)
    desk.do(who["market_handler"], letter, "受理", direct=True)
    end(desk, letter, "购销存相符，未发现违法。")

    letter = letters[who["finance"]]
    taken_in(desk, letter, who["finance_handler"])
    page = desk.press(who["finance_handler"], letter, "转送")
    fill(page, receiver=who["reform"], reason="信用惩戒由发展和改革部门负责。", limit_on=day_after(14))
    send(page)
    expect(page).to_have_url(re.compile(r"/dispatches/\d+/$"))
    onward = issue(desk, letter.forwardings.get())[who["reform"]]
    desk(handler, letter, "已转送", "县发改局")
    taken_in(desk, onward, who["reform_handler"])
    desk.do(who["reform_handler"], onward, "受理", direct=True)
    end(desk, onward, "已将该院列入重点关注名单。")


def serve_on_paper(desk, case, who):
    """市医保局 and 纪委监委 are served with 送达回证; what they say is written down by the registrar."""
    handler, registrar = who["insurance_handler"], who["insurance_registrar"]
    city, discipline = who["city_bureau"], who["discipline"]
    subjects = {city: "关于请示仁和医院跨县费用处理口径的函", discipline: "关于移交公职人员问题线索的函"}
    letters = {}
    for body, subject in subjects.items():
        letters |= issue(desk, draft(desk, case, handler, "transfer", [body], subject=subject))
    today = day_after(0)
    for body, taker in ((city, "收发室 何文"), (discipline, "案管室 许正")):
        desk.do(
            registrar, letters[body], "登记送达", delivered_on=today, received_by_name=taker, method="专人送达",
            upload=scan("送达回证.pdf"),
        )  # fmt: skip
    desk.do(
        registrar, letters[city], "代录对方意见", kind="answered", person="何文", number="沧医保函〔2026〕31号",
        dated_on=today, text="同意按跨县结算口径处理。", upload=scan("复函.pdf"),
    )  # fmt: skip
    desk(handler, letters[city], "同意按跨县结算口径处理", "送达回证.pdf")
    desk.do(
        registrar, letters[discipline], "代录对方意见", kind="returned", person="许正", category="other",
        dated_on=today, text="涉事人员非公职人员，材料退回。", upload=scan("退函.pdf"),
    )  # fmt: skip
    desk(handler, letters[discipline], "涉事人员非公职人员")
    for each in letters.values():
        end(desk, each)


def write_by_link(desk, case, who):
    """检察院 reads the letter and answers it by a one-time link, without an account."""
    handler, registrar, procuratorate = (
        who["insurance_handler"],
        who["insurance_registrar"],
        who["procuratorate"],
    )
    subject = "关于商请就仁和医院一案定性提出意见的函"
    letter = issue(desk, draft(desk, case, handler, "transfer", [procuratorate], subject=subject))[
        procuratorate
    ]
    directory = desk(who["office_coordinator"], "/departments/")
    directory.locator("tr", has_text=procuratorate.name).get_by_role("button", name="允许链接答复").click()
    expect(directory.locator(".msg.success")).to_be_visible()
    page = desk.press(registrar, letter, "一次性答复链接")
    fill(page, days="5")
    send(page)
    expect(page.locator("dd.wrap")).to_contain_text("/answer/")
    address = page.locator("dd.wrap").inner_text()
    outsider = desk.page_as()
    outsider.goto(address)
    expect(outsider.locator("main")).to_contain_text(letter.number)
    assert_accessible(outsider)
    fill(
        outsider,
        kind="answered",
        person="孔检察官",
        text="宜以涉嫌诈骗移送公安机关。",
        upload=scan("检察意见.pdf"),
    )
    send(outsider)
    expect(outsider.locator("main")).to_contain_text(letter.number)
    outsider.goto(address)
    expect(outsider.locator(".msg.error")).to_be_visible()
    desk(handler, letter, "宜以涉嫌诈骗移送公安机关")
    end(desk, letter)


def hand_to_the_police(desk, case, who):
    """涉嫌犯罪移送: two officers, the report, the head, the hand-over with its copy, the receipt, the filing."""
    handler = who["insurance_handler"]
    page = desk(handler, f"/cases/{case.pk}/crime/new/", "462,318.50")
    send(page)
    expect(page).to_have_url(re.compile(r"/crime/\d+/$"))
    transfer = CriminalTransfer.objects.get()
    desk.do(
        who["insurance_section_head"],
        transfer,
        "指定执法人员",
        officers=[handler, who["insurance_handler_2"]],
    )
    desk.do(
        handler, transfer, "报告负责人", report="建议移送公安机关。", report_files=[case.evidence.order_by("pk").first()],
        items="出院记录｜37份｜A4｜120｜仁和医院｜原件", no_expert="无需鉴定", no_other="无其他材料",
    )  # fmt: skip
    desk.do(who["insurance_head"], transfer, "决定是否移送", approved="yes", reason="达到追诉标准。")
    desk.do(who["insurance_registrar"], transfer, "编号移送")
    desk(handler, transfer, "青禾县人民检察院", "抄送")
    desk.do(who["police_registrar"], transfer, "签署回执")
    desk.do(who["police_section_head"], transfer, "分办", person=who["police_handler"])
    desk.do(
        who["police_handler"], transfer, "决定是否立案", filed="yes", reason="有犯罪事实，需要追究刑事责任。"
    )
    issue(desk, FollowUp.objects.get(kind="filing"))
    return transfer


def end_parts(desk, case):
    """Every department's deputy head ends its own part."""
    for strand in Strand.objects.filter(case=case, ended_at=None).select_related("department"):
        page = desk(acting(strand.department, Role.DEPUTY_HEAD), f"/cases/{case.pk}/?tab=nature")
        part = page.locator("#nature tr", has_text=str(strand.department))
        part.get_by_role("link", name="不予立案").click()
        fill(page, disposition="judicial", reason="移送公安机关。")
        send(page)
        expect(part).to_contain_text("不予立案")


def close(desk, case, transfer, who):
    """The case refuses to close and says why; property handed over and every department's part ended, it closes."""
    handler, head = who["insurance_handler"], who["insurance_section_head"]
    address = f"/cases/{case.pk}/close/"
    page = desk(head, address, "涉嫌诈骗罪", "县医保局：", "县卫健局：", "县市监局：", "县发改局：")
    fill(page, reason="已移送公安机关。")
    send(page)
    expect(page.locator("main")).to_contain_text("涉嫌诈骗罪")
    desk.do(handler, transfer, "移交涉案物品", taken_by="秦卫东")
    end_parts(desk, case)
    page = desk(head, address)
    fill(page, reason="已移送公安机关并立案，各部门事项均已办结。")
    send(page)
    expect(page.locator(".chead")).to_contain_text("已结案")


def look_back(desk, case, who):
    """Every body's letters on a page: its own list, or the list of what was sent to it; and the picture of all nine."""
    own = {
        "health": "in",
        "market": "in",
        "police": "in",
        "finance": "in",
        "reform": "in",
        "insurance": "out",
    }
    for name, box in own.items():
        desk(who[f"{name}_registrar"], f"/letters/{box}/", "仁和医院")
    nine = [who[name] for name in (*own, "procuratorate", "city_bureau", "discipline")]
    page = desk(who["insurance_handler"], f"/cases/{case.pk}/exchange/")
    table = page.locator("table", has=page.locator("caption", has_text="按部门"))
    for body in nine:
        row = table.locator("tbody tr", has_text=body.short_name)
        expect(row.locator("td")).to_have_text(
            [body.short_name, re.compile(r"^[1-9]"), re.compile(r"^\d+$"), "0"]
        )
    assert_accessible(page)


CAST = [
    "office", "insurance", "health", "market", "police", "finance", "reform", "procuratorate", "city_bureau",
    "discipline", "office_coordinator", "insurance_handler", "insurance_handler_2", "insurance_section_head",
    "insurance_deputy_head", "insurance_head", "insurance_registrar", "health_handler", "health_section_head",
    "health_registrar", "market_handler", "market_section_head", "market_registrar", "police_handler",
    "police_section_head", "police_registrar", "finance_handler", "finance_section_head", "finance_deputy_head",
    "finance_registrar", "reform_handler", "reform_section_head", "reform_deputy_head", "reform_registrar",
    "health_deputy_head", "market_deputy_head", "police_deputy_head",
]  # fmt: skip


@pytest.fixture
def who(request):
    """Everybody by name, once made."""
    return {name: request.getfixturevalue(name) for name in CAST}


def test_a_case_goes_round_nine_bodies_three_of_them_on_paper(desk, who):
    case = report(desk, who["insurance_handler"])
    tell(desk, case, who)
    look_together(desk, case, who)
    ask_three(desk, case, who)
    serve_on_paper(desk, case, who)
    write_by_link(desk, case, who)
    transfer = hand_to_the_police(desk, case, who)
    close(desk, case, transfer, who)
    look_back(desk, case, who)
