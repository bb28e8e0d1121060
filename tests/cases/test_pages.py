"""The pages of the room: who gets what, nothing typed is lost, and a form works once."""

import datetime as dt
import io

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from openpyxl import load_workbook

from cases.actions.access import grant_department
from cases.actions.notes import add_note
from cases.actions.progress import close_case
from cases.actions.strands import withdraw
from cases.enums import GrantCause, SubjectKind
from cases.models import Case, Custody, Evidence, MoneyEntry, Note, Strand, Subject
from core.forms import new_form_key
from departments.models import Category
from journal.models import Event
from tests.casetabs import whole_page
from tests.factories.cases import PDF, make_case, make_subject, pdf, resident_id, uscc
from workspace.models import Draft, LongJob, Preference, SavedView


@pytest.fixture(autouse=True)
def _today(time_machine_now):
    """Pages read the clock: it stands at the tests' morning."""


@pytest.fixture
def time_machine_now(now):
    import time_machine

    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def send(client, url, *, key=None, **values):
    return client.post(url, {"form_key": key or new_form_key(), **values})


def lead(subject, **more):
    category = Category.objects.first()
    return {
        "source": "monitoring", "found_on": "2026-11-15", "subjects": [subject.pk], "categories": [category.pk],
        "suspected": "86,240.00", "summary": "多次出入院。", **more,
    }  # fmt: skip


# -- who gets what --------------------------------------------------------------------------------------------


def addresses(case):
    evidence, entry, strand = case.evidence.get(), case.money.get(), case.strands.get()
    return {
        "detail": reverse("cases:detail", args=[case.pk]),
        "edit": reverse("cases:edit", args=[case.pk]),
        "begin": reverse("cases:begin", args=[case.pk]),
        "decide": reverse("cases:decide", args=[case.pk]),
        "close": reverse("cases:close", args=[case.pk]),
        "reopen": reverse("cases:reopen", args=[case.pk]),
        "open_strand": reverse("cases:open_strand", args=[case.pk]),
        "add_evidence": reverse("cases:add_evidence", args=[case.pk]),
        "enter_money": reverse("cases:enter_money", args=[case.pk]),
        "evidence": reverse("cases:evidence", args=[evidence.pk]),
        "void": reverse("cases:void_evidence", args=[evidence.pk]),
        "reverse": reverse("cases:reverse_money", args=[entry.pk]),
        "assign": reverse("cases:strand", args=[strand.pk, "assign"]),
        "file": reverse("cases:strand", args=[strand.pk, "file"]),
        "suspend": reverse("cases:strand", args=[strand.pk, "suspend"]),
    }


WHO = {
    "insurance_handler": dict.fromkeys(
        ("detail", "edit", "begin", "decide", "open_strand", "add_evidence", "enter_money", "evidence", "void",
         "reverse", "suspend"), 200,
    ),
    "insurance_handler_2": {"detail": 200, "evidence": 200},
    "insurance_section_head": dict.fromkeys(
        ("detail", "edit", "begin", "decide", "close", "open_strand", "add_evidence", "enter_money",
         "evidence", "void", "reverse", "assign", "suspend"), 200,
    ),
    "insurance_head": dict.fromkeys(
        ("detail", "edit", "begin", "decide", "close", "reopen", "open_strand", "add_evidence", "enter_money",
         "evidence", "void", "reverse", "assign", "file"), 200,
    ),
    "health_handler": {"detail": 200, "evidence": 200},
}  # fmt: skip


@pytest.mark.parametrize("who", [*WHO, "market_handler", "outsider", "system_admin", "office_coordinator"])
def test_who_gets_which_page(request, as_user, insurance_handler, health, now, who):
    user = request.getfixturevalue(who)
    request.getfixturevalue("office")
    case = make_case(by=insurance_handler, at=now, files=[pdf()])
    grant_department(case=case, department=health, cause=GrantCause.REFERRAL, by=insurance_handler, at=now)
    if who == "office_coordinator":  # the office exists only now: what it holds is a summary
        grant_department(
            case=case, department=user.department, cause=GrantCause.OFFICE, permission="summary_case",
            by=insurance_handler, at=now,
        )  # fmt: skip
    client = as_user(user)
    found = {name: client.get(url).status_code for name, url in addresses(case).items()}
    if who in WHO:
        assert found == {name: WHO[who].get(name, 403) for name in found}
    elif who == "office_coordinator":
        summary = {
            "detail": 200,
            "evidence": 404,
            "void": 404,
            "reverse": 404,
            "assign": 404,
            "file": 404,
            "suspend": 404,
        }
        assert found == {name: summary.get(name, 403) for name in found}
    else:
        assert set(found.values()) == {404}


def test_nobody_signed_out_gets_a_page(client, case):
    for url in (reverse("cases:list"), reverse("cases:detail", args=[case.pk]), reverse("cases:subjects")):
        assert client.get(url).status_code == 302


def test_the_office_sees_metadata_and_nothing_of_the_content(
    as_user, insurance_handler, office_coordinator, now
):
    case = make_case(
        by=insurance_handler, at=now, files=[pdf("病历.pdf")], summary="秘密事实", title="某院线索"
    )
    add_note(case=case, text="只给本局", audience="shared", by=insurance_handler, at=now)
    page = as_user(office_coordinator).get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert case.number in page
    for content in ("秘密事实", "病历.pdf", "只给本局", "陈晓岚"):
        assert content not in page.replace("11-16 陈晓岚", "")


# -- registering ----------------------------------------------------------------------------------------------


def test_register_with_files_and_a_new_subject(as_user, insurance_handler, subject):
    client = as_user(insurance_handler)
    assert client.get(reverse("cases:register")).status_code == 200
    answer = client.post(
        reverse("cases:register"),
        {
            **lead(subject), "form_key": new_form_key(), "new_kind": "pharmacy", "new_name": "康泰药房",
            "new_uscc": uscc(), "files": [pdf("一.pdf"), pdf("二.pdf")],
        },
    )  # fmt: skip
    case = Case.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("cases:detail", args=[case.pk])
    assert [link.subject.name for link in case.case_subjects.all()] == [subject.name, "康泰药房"]
    assert sorted(case.evidence.values_list("name", flat=True)) == ["一.pdf", "二.pdf"]
    assert str(case.suspected) == "86240.00"


def test_the_same_form_twice_registers_once(as_user, insurance_handler, subject):
    client, key = as_user(insurance_handler), new_form_key()
    first = send(client, reverse("cases:register"), key=key, **lead(subject))
    second = send(client, reverse("cases:register"), key=key, **lead(subject))
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1
    assert "没有重复" in client.get(second["Location"]).content.decode() or Case.objects.count() == 1


def test_a_failed_form_keeps_what_was_typed_and_the_files(as_user, insurance_handler, subject):
    client = as_user(insurance_handler)
    values = lead(subject, summary="", title="仁和医院线索")
    answer = client.post(
        reverse("cases:register"), {**values, "form_key": new_form_key(), "files": [pdf("一.pdf")]}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not Case.objects.exists()
    assert "仁和医院线索" in page and "一.pdf" in page
    kept = answer.context["form"].data["kept"]
    again = send(client, reverse("cases:register"), **lead(subject), kept=kept)
    assert again.status_code == 302
    assert Evidence.objects.get().name == "一.pdf"


def test_a_file_that_is_not_what_its_name_says_is_refused_beside_the_field(
    as_user, insurance_handler, subject
):
    answer = as_user(insurance_handler).post(
        reverse("cases:register"),
        {**lead(subject), "form_key": new_form_key(), "files": [pdf("一.docx"), pdf("好.pdf")]},
    )
    assert answer.context["form"].has_error("files")
    assert [each["name"] for each in answer.context["kept"]] == ["好.pdf"]
    assert not Case.objects.exists()


def test_a_kept_file_can_be_dropped_and_anothers_is_not_taken(
    as_user, insurance_handler, subject, health_handler
):
    client = as_user(insurance_handler)
    answer = client.post(
        reverse("cases:register"),
        {**lead(subject), "summary": "", "form_key": new_form_key(), "files": [pdf("一.pdf")]},
    )
    kept, digest = answer.context["form"].data["kept"], answer.context["kept"][0]["sha256"]
    dropped = send(client, reverse("cases:register"), **lead(subject, summary=""), kept=kept, drop=digest)
    assert dropped.context["kept"] == []
    stolen = send(as_user(health_handler), reverse("cases:register"), **lead(subject, summary=""), kept=kept)
    assert stolen.context["kept"] == []


def test_a_file_swept_away_meanwhile_is_named_and_nothing_is_registered_without_it(
    as_user, insurance_handler, subject
):
    client = as_user(insurance_handler)
    values = {**lead(subject), "form_key": new_form_key(), "files": [pdf("一.pdf"), pdf("二.pdf")]}
    answer = client.post(reverse("cases:register"), {**values, "summary": ""})
    kept = answer.context["form"].data["kept"]
    client.post(reverse("cases:register"), {**values, "files": [], "kept": kept, "draft": "1"})
    default_storage.delete(f"stash/{answer.context['kept'][0]['sha256']}")
    again = send(client, reverse("cases:register"), **lead(subject), kept=kept)
    assert again.context["form"].errors["files"] == ["“一.pdf”已存满一周被清除，请重新选择。"]
    assert [each["name"] for each in again.context["kept"]] == ["二.pdf"]
    assert not Case.objects.exists()
    page = client.get(reverse("cases:register") + "?draft=take")  # the draft, opened again
    assert "“一.pdf”已存满一周被清除" in page.content.decode()
    assert [each["name"] for each in page.context["kept"]] == ["二.pdf"]


def test_a_possible_duplicate_is_shown_and_must_be_acknowledged(as_user, case, subject, insurance_handler):
    client = as_user(insurance_handler)
    answer = send(client, reverse("cases:register"), **lead(subject))
    assert answer.context["duplicates"] == [case]
    assert answer.context["form"].has_error("duplicates_known")
    assert Case.objects.count() == 1
    assert send(client, reverse("cases:register"), **lead(subject), duplicates_known="on").status_code == 302
    assert Case.objects.count() == 2


def test_a_hidden_duplicate_is_only_counted(as_user, case, subject, health_handler):
    answer = send(as_user(health_handler), reverse("cases:register"), **lead(subject), check="1")
    assert (answer.context["duplicates"], answer.context["hidden_duplicates"]) == ([], 1)
    assert case.number not in answer.content.decode()
    assert answer.context["competent"].exists()


def test_bad_codes_are_said_beside_their_fields(as_user, insurance_handler):
    client = as_user(insurance_handler)
    values = lead(Subject(pk=0)) | {"subjects": []}
    nothing = send(client, reverse("cases:register"), **values)
    assert nothing.context["form"].has_error("subjects")
    bad = send(
        client, reverse("cases:register"), **values, new_kind="pharmacy", new_name="康泰", new_uscc="123"
    )
    assert bad.context["form"].has_error("new_uscc")
    no_code = send(client, reverse("cases:register"), **values, new_kind="pharmacy", new_name="康泰")
    assert no_code.context["form"].has_error("new_uscc")
    no_kind = send(client, reverse("cases:register"), **values, new_name="康泰")
    assert no_kind.context["form"].has_error("new_kind")
    person = send(
        client, reverse("cases:register"), **values, new_kind="insured", new_name="李四", new_id_number="1"
    )
    assert person.context["form"].has_error("new_id_number")
    good = send(
        client, reverse("cases:register"), **values, new_kind="insured", new_name="李四",
        new_id_number=resident_id(),
    )  # fmt: skip
    assert good.status_code == 302
    assert Case.objects.get().title.startswith("李某某涉嫌")


def test_a_draft_waits_and_goes_when_registered(as_user, insurance_handler, subject):
    client = as_user(insurance_handler)
    send(
        client,
        reverse("cases:register"),
        **lead(subject, summary="", title="半成品"),
        draft="1",
        new_id_number="x",
    )
    draft = Draft.objects.get()
    assert draft.title == "半成品"
    assert "new_id_number" not in draft.values
    page = client.get(reverse("cases:register") + "?draft=take").content.decode()
    assert "半成品" in page
    offered = client.get(reverse("cases:register")).content.decode()
    assert "半成品" not in offered and "继续填写" in offered and "data-draft-held" in offered
    send(client, reverse("cases:register"), **lead(subject), draft_known=str(draft.version))
    assert not Draft.objects.exists()


def test_a_registrar_registers_nothing(as_user, insurance_registrar):
    assert as_user(insurance_registrar).get(reverse("cases:register")).status_code == 403


# -- the registry ---------------------------------------------------------------------------------------------


def test_filters_stand_in_the_address(as_user, insurance_handler, now, health):
    first = make_case(by=insurance_handler, at=now, title="甲医院线索", major=True)
    make_case(by=insurance_handler, at=now, title="乙医院线索")
    client = as_user(insurance_handler)
    listed = client.get(
        reverse("cases:list"), {"q": "甲医院", "major": "on", "sort": "due", "status": "registered"}
    )
    assert [row["case"] for row in listed.context["cases"]] == [first]
    assert len(listed.context["chips"]) == 3
    assert [
        row["case"].pk
        for row in client.get(reverse("cases:list"), {"department": health.pk}).context["cases"]
    ] == []
    assert (
        len(
            client.get(reverse("cases:list"), {"status": "nonsense", "at": "x", "sort": "y"}).context["cases"]
        )
        == 2
    )
    by_lamp = client.get(reverse("cases:list"), {"lamp": "g"})
    assert [each["count"] for each in by_lamp.context["lamps"]] == ["2", "0", "0", "0"]


def test_pages_walk_on_and_back(as_user, insurance_handler, now, monkeypatch):
    for _ in range(3):
        make_case(by=insurance_handler, at=now)
    from cases import listing

    monkeypatch.setattr(listing.page, "__defaults__", ("newest", 2))
    client = as_user(insurance_handler)
    first = client.get(reverse("cases:list"))
    assert len(first.context["cases"]) == 2
    second = client.get(reverse("cases:list") + "?" + first.context["page"]["next_query"])
    assert len(second.context["cases"]) == 1
    back = client.get(reverse("cases:list") + "?" + second.context["page"]["previous_query"])
    assert [row["case"].pk for row in back.context["cases"]] == [
        row["case"].pk for row in first.context["cases"]
    ]


def test_a_person_another_department_entered_is_named_again_and_the_duplicate_is_told(
    as_user, insurance_handler, health_handler, office, now
):
    """Whoever may not read the other case learns that there is one, and no second person comes into being."""
    number = resident_id()
    new = {"new_kind": "insured", "new_name": "李四", "new_id_number": number}
    values = lead(Subject(pk=0)) | new | {"subjects": []}
    assert send(as_user(health_handler), reverse("cases:register"), **values).status_code == 302
    client = as_user(insurance_handler)
    asked = send(client, reverse("cases:register"), **values)
    assert asked.status_code == 200 and asked.context["form"].has_error("duplicates_known")
    assert (asked.context["duplicates"], asked.context["hidden_duplicates"]) == ([], 1)
    other = send(client, reverse("cases:register"), **{**values, "new_name": "李五", "duplicates_known": "on"})
    assert other.context["form"].errors["new_name"] == ["该公民身份号码已登记为其他姓名的人员。"]
    assert send(client, reverse("cases:register"), **values, duplicates_known="on").status_code == 302
    assert Subject.objects.filter(name="李四").count() == 1
    assert Case.objects.filter(subjects__name="李四").count() == 2


def test_a_body_of_another_county_is_not_in_the_way(insurance_handler, other_county, county, now):
    theirs = make_subject(other_county, at=now)
    ours = make_subject(county, at=now, uscc=theirs.uscc, by=insurance_handler)
    assert ours.pk != theirs.pk


def test_views_and_columns_are_kept(as_user, insurance_handler, insurance_handler_2, case):
    client, url = as_user(insurance_handler), reverse("cases:list")
    client.post(
        reverse("workspace:save_view"),
        {"page": "registry", "name": "重大", "query": "major=on", "shared": "1", "next": url},
    )
    view = SavedView.objects.get()
    assert "重大" in client.get(url).content.decode()
    client.post(
        reverse("workspace:set_preference", args=["registry"]),
        {"columns": ["source", "nonsense"], "density": "compact", "next": url},
    )
    assert Preference.objects.get().values == {"columns": ["source"], "density": "compact"}
    page = client.get(url)
    assert page.context["shown"] == ["source"]
    other = as_user(insurance_handler_2)
    assert "重大" in other.get(url).content.decode()
    assert other.post(reverse("workspace:delete_view", args=[view.pk])).status_code == 403
    assert (
        as_user(insurance_handler).post(reverse("workspace:delete_view", args=[view.pk])).status_code == 302
    )
    assert not SavedView.objects.exists()


def test_workspace_refuses_what_it_does_not_know(as_user, insurance_handler):
    client = as_user(insurance_handler)
    assert client.post(reverse("workspace:save_view"), {"page": "x"}).status_code == 404
    assert client.post(reverse("workspace:set_preference", args=["x"])).status_code == 404
    assert client.post(reverse("workspace:delete_view", args=[1])).status_code == 404
    answer = client.post(
        reverse("workspace:save_view"), {"page": "registry", "name": "", "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/"


def test_export_is_a_workbook_without_formulas_and_recorded(as_user, insurance_handler, now, health_handler):
    make_case(by=insurance_handler, at=now, title="=HYPERLINK(1)")
    kept = make_case(by=insurance_handler, at=now, title="乙医院线索")
    make_case(by=health_handler, at=now, title="别局的")
    client = as_user(insurance_handler)
    answer = client.post(reverse("cases:export"), {"query": "sort=oldest"})
    assert answer["Cache-Control"] == "no-store"
    sheet = load_workbook(io.BytesIO(answer.content)).active
    titles = [cell.value for cell in sheet["B"]][3:]
    assert titles == ["=HYPERLINK(1)", "乙医院线索"]
    assert sheet["B4"].data_type == "s"
    assert sheet["K4"].value == 86240 and sheet["K4"].number_format == "#,##0.00"
    assert sheet.freeze_panes == "C4"
    assert "陈晓岚" in sheet["A2"].value
    picked = client.post(reverse("cases:export"), {"query": "", "pick": [kept.pk, "x"]})
    assert [cell.value for cell in load_workbook(io.BytesIO(picked.content)).active["B"]][3:] == [
        "乙医院线索"
    ]
    everything = [str(pk) for pk in Case.objects.values_list("pk", flat=True)]
    others = client.post(reverse("cases:export"), {"query": "sort=oldest", "pick": everything})
    assert len([*load_workbook(io.BytesIO(others.content)).active["B"]][3:]) == 2  # not another department's
    assert [
        event.params["rows"] for event in Event.objects.filter(verb="registry.exported").order_by("id")
    ] == [2, 1, 2]


def test_an_export_that_is_long_becomes_a_job(as_user, insurance_handler, now, monkeypatch):
    made = [make_case(by=insurance_handler, at=now + dt.timedelta(minutes=n)) for n in range(3)]
    monkeypatch.setattr("cases.excel.AT_ONCE", 2)
    client = as_user(insurance_handler)
    answer = client.post(reverse("cases:export"), {"query": "major=&sort=oldest"})
    assert answer["Location"] == reverse("workspace:jobs")
    [job] = LongJob.objects.all()
    assert (job.kind, job.status, job.user) == ("cases.export", "queued", insurance_handler)
    url = "/api/v1/cases/export/"
    assert "仅列前2件" in load_workbook(io.BytesIO(client.post(url).content)).active["A2"].value
    picked = client.post(reverse("cases:export"), {"query": "", "pick": [made[0].pk]})  # beyond those that fit
    sheet = load_workbook(io.BytesIO(picked.content)).active
    assert [cell.value for cell in sheet["A"]][3:] == [made[0].number] and "仅列" not in sheet["A2"].value
    client.post(reverse("cases:export"), {"query": "major=&sort=oldest"})  # the same again is the same job
    assert LongJob.objects.count() == 1
    for query in ("", "sort=due"):
        client.post(reverse("cases:export"), {"query": query})
    answer = client.post(reverse("cases:export"), {"query": "sort=oldest"}, follow=True)
    assert "有三项后台任务正在进行" in answer.content.decode()
    assert LongJob.objects.count() == 3


# -- the case -------------------------------------------------------------------------------------------------


def test_the_case_page_tells_everything(as_user, insurance_handler, now):
    case = make_case(by=insurance_handler, at=now, files=[pdf("病历.pdf")], restricted=False)
    client = as_user(insurance_handler)
    page = client.get(reverse("cases:detail", args=[case.pk]))
    text = whole_page(client, case.pk)
    for shown in (case.number, case.title, "病历.pdf", "86,240.00", "仁和医院", "陈晓岚"):
        assert shown in text
    assert [stage.state for stage in page.context["stages"]] == ["done", "now", "", "", "", "", ""]
    assert page.context["step"]["url"] == reverse("cases:begin", args=[case.pk])
    money = client.get(reverse("cases:detail", args=[case.pk]), {"group": "money"})
    assert {line.group for _day, lines in money.context["days"] for line in lines} == {"money"}


def test_a_case_is_worked_to_its_end_in_the_browser(
    as_user, insurance_handler, insurance_head, insurance_section_head, health, subject
):
    client = as_user(insurance_handler)
    send(client, reverse("cases:register"), **lead(subject))
    case = Case.objects.get()
    strand = case.strands.get()
    detail = reverse("cases:detail", args=[case.pk])

    def step(user, verb, **values):
        answer = send(as_user(user), reverse("cases:strand", args=[strand.pk, verb]), **values)
        assert answer.status_code == 302, answer.context["form"].errors
        assert answer["Location"].partition("?")[0] == detail

    assert send(client, reverse("cases:begin", args=[case.pk])).status_code == 302
    send(client, reverse("cases:open_strand", args=[case.pk]), department=health.pk)
    other = Strand.objects.get(department=health)
    withdraw(strand=other, reason="不需要", by=insurance_handler, at=case.opened_at + dt.timedelta(minutes=1))
    step(insurance_head, "file", filing_number="青医保立〔2026〕1号")
    step(insurance_handler, "investigate")
    step(insurance_handler, "suspend", reason="鉴定")
    step(insurance_handler, "resume", reason="鉴定已出")
    step(
        insurance_head,
        "decide",
        findings="属实",
        disposition="penalty",
        basis="条例第三十八条",
        decision_number="1号",
    )
    step(insurance_head, "redo", reason="复议")
    step(insurance_head, "decide", findings="属实", disposition="agreement", basis="协议第六条")
    refused = send(as_user(insurance_section_head), reverse("cases:close", args=[case.pk]), reason="办结")
    assert refused.status_code == 200
    assert len(refused.context["items"]) == 1
    assert refused.context["form"].data["reason"] == "办结"
    send(as_user(insurance_handler), reverse("cases:decide", args=[case.pk]))
    step(insurance_handler, "perform", remark="已退回")
    assert (
        send(
            as_user(insurance_section_head), reverse("cases:close", args=[case.pk]), reason="办结"
        ).status_code
        == 302
    )
    page = as_user(insurance_handler).get(detail)
    assert page.context["stages"][6].state == "done"
    assert [url for url, _label in page.context["acts"]] == [reverse("cases:archive", args=[case.pk])]
    assert (
        send(as_user(insurance_head), reverse("cases:reopen", args=[case.pk]), reason="新线索").status_code
        == 302
    )
    case.refresh_from_db()
    assert (case.status, case.closed_at, case.filed) == ("working", None, True)


def test_a_step_from_the_wrong_state_is_refused_in_words(as_user, strand, insurance_handler):
    answer = send(
        as_user(insurance_handler), reverse("cases:strand", args=[strand.pk, "perform"]), remark="x"
    )
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert (
        as_user(insurance_handler).get(reverse("cases:strand", args=[strand.pk, "nonsense"])).status_code
        == 404
    )


def test_a_stale_form_shows_the_differences_and_keeps_what_was_typed(as_user, case, insurance_handler):
    client, url = as_user(insurance_handler), reverse("cases:edit", args=[case.pk])
    opened = client.get(url).context["form"]
    values = {
        "title": "新名称", "source": case.source, "found_on": "2026-11-15", "summary": "甲",
        "categories": [category.pk for category in case.categories.all()], "expected_version": case.version,
    }  # fmt: skip
    assert opened.initial["expected_version"] == case.version
    assert send(client, url, **values).status_code == 302
    stale = send(client, url, **{**values, "summary": "乙"})
    assert stale.status_code == 200
    assert [(now, typed) for _label, now, typed in stale.context["form"].differences] == [("甲", "乙")]
    again = {**values, "summary": "乙", "expected_version": stale.context["form"].data["expected_version"]}
    assert send(client, url, **again).status_code == 302
    case.refresh_from_db()
    assert (case.title, case.summary) == ("新名称", "乙")


def test_evidence_is_added_downloaded_and_voided(as_user, case, insurance_handler):
    client = as_user(insurance_handler)
    url = reverse("cases:add_evidence", args=[case.pk])
    assert (
        client.post(url, {"form_key": new_form_key(), "files": [pdf("账册.pdf")], "pages": "3"}).status_code
        == 302
    )
    evidence = Evidence.objects.get()
    twice = client.post(url, {"form_key": new_form_key(), "files": [pdf("账册.pdf")]})
    assert twice.context["form"].has_error("files")
    answer = client.post(reverse("cases:download", args=[evidence.pk]))
    assert b"".join(answer.streaming_content) == PDF + "账册.pdf".encode()
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert list(Custody.objects.values_list("kind", flat=True)) == ["received", "downloaded"]
    assert client.get(reverse("cases:evidence", args=[evidence.pk])).context["sound"] is True
    assert send(client, reverse("cases:void_evidence", args=[evidence.pk]), reason="误传").status_code == 302
    assert client.get(reverse("cases:evidence", args=[evidence.pk])).context["may_void"] is False


def test_money_and_remarks(as_user, case, insurance_handler):
    client = as_user(insurance_handler)
    send(
        client,
        reverse("cases:enter_money", args=[case.pk]),
        kind="recovered",
        amount="1,000.5",
        happened_on="2026-11-16",
    )
    entry = MoneyEntry.objects.get(kind="recovered")
    assert str(entry.amount) == "1000.50"
    bad = send(
        client,
        reverse("cases:enter_money", args=[case.pk]),
        kind="recovered",
        amount="0",
        happened_on="2026-11-16",
    )
    assert bad.context["form"].has_error("amount")
    assert send(client, reverse("cases:reverse_money", args=[entry.pk]), remark="重复").status_code == 302
    assert (
        send(client, reverse("cases:add_note", args=[case.pk]), text="要核对", audience="shared").status_code
        == 302
    )
    assert Note.objects.get().text == "要核对"
    empty = send(client, reverse("cases:add_note", args=[case.pk]), text="", audience="shared")
    assert empty.context["form"].has_error("text")


def test_subjects_are_found_entered_and_edited(
    as_user, subject, insurance_handler, insurance_registrar, case
):
    client = as_user(insurance_handler)
    assert list(
        client.get(reverse("cases:subjects"), {"q": "仁和", "kind": "institution"}).context["subjects"]
    ) == [subject]
    assert list(client.get(reverse("cases:subjects"), {"q": "qhxrhyy"}).context["subjects"]) == [subject]
    assert (
        client.get(reverse("cases:subjects"), {"at": f"{subject.name}~{subject.pk}"}).context["subjects"]
        == []
    )
    page = client.get(reverse("cases:subject", args=[subject.pk]))
    assert page.context["cases"] == [case]
    new = send(
        client, reverse("cases:add_subject"), kind="pharmacy", name="康泰", uscc=uscc(), public="false"
    )
    assert new.status_code == 302
    made = Subject.objects.get(kind=SubjectKind.PHARMACY)
    assert made.public is False
    bad = send(client, reverse("cases:add_subject"), kind="pharmacy", name="康泰", uscc="1" * 18)
    assert bad.context["form"].has_error("uscc")
    url = reverse("cases:edit_subject", args=[made.pk])
    assert client.get(url).status_code == 200
    assert send(client, url, name="康泰大药房", expected_version=made.version).status_code == 302
    assert send(client, url, name="x", expected_version=made.version).status_code == 200
    other = as_user(insurance_registrar)
    assert other.get(reverse("cases:add_subject")).status_code == 403
    assert other.get(url).status_code == 403


def test_many_subjects_walk_on_by_name(as_user, county, insurance_handler, now, monkeypatch):
    from cases.views import subject as page

    monkeypatch.setattr(page, "MOST", 2)
    for name in ("甲院", "乙院", "丙院"):
        make_subject(county, name=name, at=now)
    client = as_user(insurance_handler)
    first = client.get(reverse("cases:subjects"))
    rest = client.get(reverse("cases:subjects") + "?" + first.context["page"]["next_query"])
    assert len(first.context["subjects"]) == 2
    assert len(rest.context["subjects"]) == 1


def test_a_closed_case_offers_nothing_to_do(as_user, case, strand, insurance_handler, now):
    withdraw(strand=strand, reason="x", by=insurance_handler, at=now)
    close_case(case=case, reason="x", by=insurance_handler, at=now)
    page = as_user(insurance_handler).get(reverse("cases:detail", args=[case.pk]))
    assert page.context["step"] is None
