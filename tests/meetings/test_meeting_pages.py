"""The pages of meetings: a quarter from its topics to its closing, as people click it."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from cases.models import Case
from journal.models import Event
from meetings.models import AgendaItem, Material, Meeting, Resolution
from tests.factories.cases import make_case, pdf
from tests.factories.meetings import ad_hoc, called, came
from tests.meetings.conftest import DAY


@pytest.fixture
def clock(now):
    """The pages take the time of the clock: it stands where the tests' does, until it is moved."""
    with time_machine.travel(now + dt.timedelta(minutes=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def sign_in(client, clock):
    def as_user(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_user


def send(client, url, **fields):
    """Open the form, and send it with its own hidden fields."""
    page = client.get(url)
    assert page.status_code == 200, (url, page.status_code)
    hidden = dict(
        re.findall(
            r'<input type="hidden" name="(form_key|seen|expected_version)" value="([^"]*)"',
            page.content.decode(),
        )
    )
    return client.post(url, {**hidden, **fields})


def at_once(client, url):
    """A button that does its step at once."""
    return client.post(url, {"form_key": "k" * 20 + str(Event.objects.latest("pk").pk)})


def url(name, thing):
    return reverse(f"meetings:{name}", args=[thing.pk])


def test_a_quarter_goes_its_way_through_the_pages(
    planned,
    health,
    health_registrar,
    insurance_deputy_head,
    insurance_handler,
    office_coordinator,
    sign_in,
    clock,
    now,
):
    client = sign_in(health_registrar)
    page = client.get(planned.get_absolute_url()).content.decode()
    assert (
        url("propose", planned) in page
        and url("no_topic", planned) in page
        and url("call", planned) not in page
    )
    assert send(client, url("propose", planned), kind="problem", title="").status_code == 200
    answer = send(client, url("propose", planned), kind="problem", title="研究处方点评", file=pdf("点评.pdf"))
    assert answer.status_code == 302
    item = AgendaItem.objects.get(title="研究处方点评")
    sign_in(insurance_deputy_head)
    assert at_once(client, url("no_topic", planned)).status_code == 302
    assert client.get(url("item", item)).status_code == 404
    sign_in(office_coordinator)
    assert url("item", item) in client.get("/").content.decode()
    assert at_once(client, url("take", item)).status_code == 302
    assert at_once(client, url("collect", planned)).status_code == 302
    assert (
        send(client, url("add", planned), kind="report", title="通报考核", file=pdf("考核.pdf")).status_code
        == 302
    )
    added = AgendaItem.objects.get(title="通报考核")
    assert at_once(client, url("up", added)).status_code == 302
    assert at_once(client, url("down", added)).status_code == 302
    assert send(client, url("edit_item", added), title="通报年度考核", text="见材料").status_code == 302
    assert send(client, url("hand_in", added), upload=pdf("考核.pdf", b"%PDF-1.7 2")).status_code == 302
    newer = Material.objects.get(item=added, number=2)
    page = client.get(url("item", added)).content.decode()
    assert "msg warning" in page and url("pin", newer) in page
    assert at_once(client, url("pin", newer)).status_code == 302
    assert client.get(url("material", newer)).content.startswith(b"%PDF-1.7 2")
    assert send(client, url("topics_by", planned), topics_by="2026-11-30").status_code == 302
    bad = send(client, url("call", planned), starts_at="2027-02-01T09:00", place="三楼", chair="分管副县长")
    assert bad.status_code == 200 and "2027-02-01" in bad.content.decode()
    assert (
        send(client, url("call", planned), starts_at="2026-11-18T09:00", place="三楼会议室").status_code
        == 302
    )
    planned.refresh_from_db()
    assert planned.status == "called"
    assert client.get(url("ics", planned))["Content-Type"] == "text/calendar; charset=utf-8"
    assert client.get(url("sheet", planned)).content.startswith(b"%PDF")
    again = send(
        client, url("call_again", planned), starts_at="2026-11-18T15:00", place="五楼", reason="会议室调整"
    )
    assert again.status_code == 302
    row = planned.attendances.get(department=health)
    sign_in(health_registrar)
    assert url("answer", row) in client.get("/").content.decode()
    assert send(client, url("answer", row), answer="leave").status_code == 200
    assert (
        send(client, url("answer", row), answer="accepted", person=str(health_registrar.pk)).status_code
        == 302
    )
    clock.move_to(dt.datetime(2026, 11, 18, 8, 0, tzinfo=dt.UTC))
    sign_in(office_coordinator)
    answers = {f"presence_{each.pk}": "present" for each in planned.attendances.all()}
    assert send(client, url("record", planned), **(answers | {f"presence_{row.pk}": ""})).status_code == 200
    assert send(client, url("record", planned), **answers).status_code == 302
    post = insurance_handler.posts.get()
    lines = {"line1_text": "移交清单", "line1_post": str(post.pk), "line1_due_on": "2026-11-01"}
    wrong = send(client, url("decide", item), outcome_text="同意。", **lines)
    assert wrong.status_code == 200 and 'id="id_line1_due_on_error"' in wrong.content.decode()
    lines["line1_due_on"] = "2026-12-10"
    assert send(client, url("decide", item), outcome_text="同意。", **lines).status_code == 302
    assert Resolution.objects.get().person == insurance_handler
    assert send(client, url("reopen", item)).status_code == 302
    assert send(client, url("decide", item), outcome_text="同意。", **lines).status_code == 302
    still = send(client, url("close", planned))
    assert still.status_code == 200 and Meeting.objects.get().status == "called"
    assert send(client, url("defer", added), until="2027-01-10", reason="材料不足").status_code == 302
    for left in planned.items.undecided():
        assert send(client, url("note", left), text="听取。").status_code == 302
    assert send(client, url("close", planned)).status_code == 302
    for tab in ("agenda", "people", "resolutions", "history", "nonsense"):
        page = client.get(planned.get_absolute_url() + f"?tab={tab}")
        assert page.status_code == 200
    sign_in(insurance_handler)
    assert "移交清单" in client.get("/").content.decode()
    history = client.get(planned.get_absolute_url() + "?tab=history").content.decode()
    assert (
        "提出议题" not in history and "议定" in history
    )  # what others proposed is between them and the office


def test_topics_are_merged_dropped_and_a_quarter_given_up(planned, office_coordinator, sign_in, now):
    client = sign_in(office_coordinator)
    for title in ("一", "二", "三"):
        send(client, url("add", planned), kind="problem", title=title)
    one, two, three = AgendaItem.objects.order_by("pk")
    assert send(client, url("merge", one), into=str(two.pk), reason="同类").status_code == 302
    assert send(client, url("drop", three), reason="").status_code == 200
    assert send(client, url("drop", three), reason="改日").status_code == 302
    page = client.get(planned.get_absolute_url()).content.decode()
    assert "改日" in page and "同类" not in page
    assert client.get(url("item", one)).status_code == 200
    assert send(client, url("skip", planned), reason="专题会议已研究").status_code == 302
    assert "专题会议已研究" in client.get(planned.get_absolute_url()).content.decode()
    gone = client.post(url("call", planned), {"seen": "planned"}, follow=True)
    assert gone.redirect_chain and gone.status_code == 200


def test_an_ad_hoc_meeting_is_opened_and_others_are_invited(board, county, office_coordinator, sign_in, now):
    from departments.actions.structure import create_department
    from departments.enums import Function

    court = create_department(
        region=county, function=Function.OTHER, name="青禾县人民法院", short_name="县法院", mark="青法", hotline="",
        by=None, at=now,
    )  # fmt: skip
    client = sign_in(office_coordinator)
    assert send(client, reverse("meetings:new"), occasion="").status_code == 200
    answer = send(client, reverse("meetings:new"), occasion="会商重大案件", urgent="on")
    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == meeting.get_absolute_url() and meeting.urgent
    assert client.get(url("ics", meeting)).status_code == 404
    assert client.get(url("sheet", meeting)).status_code == 404
    assert send(client, url("invite", meeting), department=str(court.pk)).status_code == 302
    assert "青禾县人民法院" not in client.get(url("invite", meeting)).content.decode()


def test_a_refused_step_at_once_says_why(planned, office_coordinator, sign_in, now):
    client = sign_in(office_coordinator)
    send(client, url("add", planned), kind="problem", title="一")
    item = AgendaItem.objects.get()
    answer = client.post(url("up", item), {"form_key": "k" * 20}, follow=True)
    assert "msg warning" in answer.content.decode()


def test_a_file_that_was_tampered_with_is_given_to_nobody(planned, office_coordinator, sign_in, media, now):
    client = sign_in(office_coordinator)
    send(client, url("add", planned), kind="problem", title="一", file=pdf())
    material = Material.objects.get()
    (media / material.file).write_bytes(b"%PDF-1.7 changed")
    answer = client.get(url("material", material), follow=True)
    assert "msg error" in answer.content.decode()
    assert (
        Event.objects.filter(verb="journal.refused").latest("pk").params["attempt"]
        == "meeting.material_taken"
    )


def test_the_case_of_a_topic_is_shown_to_who_sees_it(
    planned, office_coordinator, insurance_handler, health_registrar, sign_in, now
):
    case = make_case(by=insurance_handler, at=now)
    client = sign_in(office_coordinator)
    assert send(client, url("add", planned), kind="case", title="会商", case=str(case.pk)).status_code == 302
    item = AgendaItem.objects.get(title="会商")
    Case.objects.filter(pk=case.pk).update(version=case.version + 5)
    assert case.title in sign_in(insurance_handler).get(url("item", item)).content.decode()
    assert case.title not in sign_in(health_registrar).get(url("item", item)).content.decode()
    sign_in(office_coordinator)
    assert at_once(client, url("pin_thing", item)).status_code == 302
    item.refresh_from_db()
    assert item.pinned_version == case.version + 5


@pytest.mark.parametrize("number", [1, 3])
def test_the_calendar_costs_the_same_for_one_and_three(
    number, board, office_coordinator, sign_in, now, django_assert_max_num_queries
):
    for _meeting in range(number):
        ad_hoc(board, at=now)
    client = sign_in(office_coordinator)
    client.get(reverse("meetings:list"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("meetings:list"))
    assert page.content.decode().count("data-rows") == 1 and len(page.context["rows"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_a_meeting_costs_the_same_for_one_topic_and_three(
    number, planned, office_coordinator, health_registrar, sign_in, now, django_assert_max_num_queries
):
    from meetings.actions.agenda import add_item

    for place in range(number):
        add_item(meeting=planned, kind="problem", title=f"议题{place}", by=office_coordinator, at=now)
    client = sign_in(health_registrar)
    client.get(planned.get_absolute_url())
    with django_assert_max_num_queries(26):
        page = client.get(planned.get_absolute_url())
    assert len(page.context["rows"]) == number


def test_years_of_the_calendar(planned, office_coordinator, sign_in):
    client = sign_in(office_coordinator)
    page = client.get(reverse("meetings:list"))
    assert [bool(each["meeting"]) for each in page.context["quarters"]] == [False, False, False, True]
    assert page.context["after"] is None and page.context["quarters"][3]["lamp"].color == "g"
    for asked, shown in (("2025", 2025), ("1066", 2026), ("x", 2026), ("99999", 2026)):
        assert client.get(reverse("meetings:list"), {"year": asked}).context["year"] == shown


def test_the_workbench_of_the_office_and_of_a_department(
    meeting, planned, health_registrar, office_coordinator, insurance_handler, sign_in, begun, now
):
    assert meeting.get_absolute_url() in sign_in(office_coordinator).get("/").content.decode()
    assert meeting.get_absolute_url() not in sign_in(insurance_handler).get("/").content.decode()
    came(meeting, at=begun)
    other = called(meeting.office, at=now, starts_at=now + DAY)
    row = other.attendances.get(department=health_registrar.department)
    assert url("answer", row) in sign_in(health_registrar).get("/").content.decode()


def test_further_lines_keep_what_was_typed(meeting, topic, insurance_handler, office_coordinator, sign_in, clock, begun):
    client = sign_in(office_coordinator)
    clock.move_to(begun)
    came(meeting, at=begun)
    given = {"outcome_text": "同意。", "line2_text": "移交清单", "line2_due_on": "2026-12-10"}
    page = send(client, url("decide", topic), more="6", **given)
    form = page.context["form"]
    assert page.status_code == 200 and not form.errors and form.count == 6
    said = page.content.decode()
    assert "同意。" in said and "移交清单" in said and "2026-12-10" in said and 'name="line5_text"' in said
    assert not Resolution.objects.exists()
    post = insurance_handler.posts.get()
    last = {"line5_text": "核对清单", "line5_post": str(post.pk), "line5_due_on": "2026-12-11"}
    assert send(client, url("decide", topic), outcome_text="同意。", **last).status_code == 302
    assert Resolution.objects.get().text == "核对清单"  # also from the sixth line
