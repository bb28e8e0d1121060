"""The pages and the API of data comparisons: worked end to end, wrong input kept, a fixed number of queries."""

import io

import pytest
import pyzipper
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from core.forms import new_form_key
from departments.actions.structure import edit_department
from departments.models import Category
from journal.models import Event
from referrals.models import Comparison
from tests.core.test_sheets import book
from tests.factories.cases import PDF, resident_id
from tests.factories.comparisons import PEOPLE, make_comparison

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSPHRASE = "correct-horse-battery"


@pytest.fixture
def now():
    """Pages read the clock themselves: these tests live now."""
    return timezone.now()


@pytest.fixture(autouse=True)
def cast(insurance_section_head, insurance_registrar, police_handler, police_section_head, police_registrar):
    """Both sides have their people."""


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, BACKEND)
        return client

    return of


def post(client, url, **fields):
    return client.post(url, {"form_key": new_form_key(), **fields})


def step(name, thing):
    return reverse(f"referrals:comparison_{name}", args=[thing.pk])


def draft_fields(police, **changes):
    people = "\n".join(f"{person.name},{person.number}" for person in PEOPLE)
    limit = timezone.localdate() + timezone.timedelta(days=14)
    return {
        "receiver": police.pk, "kind": "household", "purpose": "核查死亡人员待遇", "basis": "协作联动机制",
        "limit_on": limit.isoformat(), "people": people,
    } | changes  # fmt: skip


def test_a_list_passes_through_every_desk_by_the_pages(
    seat, police, insurance_handler, insurance_section_head, insurance_registrar, police_registrar, police_handler,
    police_section_head,
):  # fmt: skip
    answer = post(seat(insurance_handler), reverse("referrals:comparison_new"), **draft_fields(police))
    thing = Comparison.objects.get()
    assert answer.url == thing.get_absolute_url()
    for user, name in (
        (insurance_handler, "submit"), (insurance_section_head, "approve"), (insurance_registrar, "send"),
        (police_registrar, "receive"),
    ):  # fmt: skip
        assert post(seat(user), step(name, thing)).status_code == 302, name
    download = post(
        seat(police_handler), step("download", thing), reason="比对", passphrase=PASSPHRASE, again=PASSPHRASE
    )
    archive = pyzipper.AESZipFile(io.BytesIO(download.content), "r")
    archive.setpassword(PASSPHRASE.encode())
    assert archive.namelist() == ["list.xlsx"] and download["Cache-Control"] == "no-store"
    filled = book(
        ("序号", "姓名", "身份证号", "比对结果（是/否）", "说明"),
        *((place, each.name, each.number, "是" if place == 1 else "否", "") for place, each in enumerate(PEOPLE, 1)),
    )
    assert post(seat(police_handler), step("prepare", thing), upload=filled, note="截至今日").status_code == 302
    assert post(seat(police_section_head), step("answer", thing)).status_code == 302
    page = seat(insurance_handler).get(thing.get_absolute_url())
    assert page.context["works"] and [row.hit for row in page.context["rows"]] == [True, False, False]
    hit = thing.rows.get(hit=True)
    category = Category.objects.first()
    post(seat(insurance_handler), step("leads", thing), rows=[hit.pk], category=category.pk)
    hit.refresh_from_db()
    assert hit.lead.handler == insurance_handler
    assert hit.lead.number in seat(insurance_handler).get(thing.get_absolute_url()).content.decode()
    assert hit.lead.number not in seat(police_handler).get(thing.get_absolute_url()).content.decode()
    post(seat(insurance_handler), step("close", thing))
    thing.refresh_from_db()
    assert (thing.status, thing.rows.count()) == ("closed", 0)
    assert seat(insurance_handler).get(thing.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"people": "张三,439926198001010000"}, "people"),
        ({"people": ""}, "people"),
        ({"limit_on": "2020-01-01"}, "limit_on"),
        ({"purpose": ""}, "purpose"),
        ({"upload": SimpleUploadedFile("list.xlsx", b"no list")}, "upload"),
    ],
    ids=["id number", "nobody", "past", "purpose", "file"],
)
def test_wrong_input_is_a_sentence_beside_the_field_and_nothing_is_lost(
    changes, field, seat, police, insurance_handler
):
    url = reverse("referrals:comparison_new")
    page = post(seat(insurance_handler), url, **draft_fields(police, **changes))
    assert page.status_code == 200 and field in page.context["form"].errors
    assert "协作联动机制" in page.content.decode()
    assert not Comparison.objects.exists()


def test_the_same_form_twice_is_one_draft(seat, police, insurance_handler):
    client, fields = seat(insurance_handler), draft_fields(police) | {"form_key": new_form_key()}
    for _time in range(2):
        client.post(reverse("referrals:comparison_new"), fields)
    assert Comparison.objects.count() == 1


def test_steps_with_a_reason_and_given_back(
    seat, police, insurance_handler, insurance_section_head, police_section_head, now
):
    thing = make_comparison(police, by=insurance_handler, at=now, status="submitted")
    post(seat(insurance_section_head), step("send_back", thing), reason="目的写明")
    assert "目的写明" in seat(insurance_handler).get(thing.get_absolute_url()).content.decode()
    post(seat(insurance_handler), step("discard", thing), reason="重复")
    thing.refresh_from_db()
    assert thing.status == "discarded"
    other = make_comparison(police, by=insurance_handler, at=now, status="prepared")
    post(seat(police_section_head), step("send_back_result", other), reason="漏一人")
    other.refresh_from_db()
    assert other.status == "received"


def test_a_download_needs_the_passphrase_twice_and_is_made_once(seat, police, insurance_handler, now):
    thing = make_comparison(police, by=insurance_handler, at=now)
    client, url = seat(insurance_handler), step("download", thing)
    page = post(client, url, reason="核对", passphrase=PASSPHRASE, again="something else")
    assert "again" in page.context["form"].errors and PASSPHRASE not in page.content.decode()
    fields = {"form_key": new_form_key(), "reason": "核对", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    assert client.post(url, fields)["Content-Type"] == "application/zip"
    assert client.post(url, fields).status_code == 302
    assert Event.objects.filter(verb="comparison.downloaded").count() == 1
    assert seat(insurance_handler).get(url).status_code == 200


def test_who_may_not_download_is_refused(seat, police, insurance_handler, police_handler, health_handler, now):
    thing = make_comparison(police, by=insurance_handler, at=now, status="sent")
    assert [post(seat(user), step("download", thing)).status_code for user in (police_handler, health_handler)] == [403, 404]
    assert seat(health_handler).get(reverse("referrals:comparison_new")).status_code == 200


def test_a_police_without_an_account_is_served_on_paper(seat, police, insurance_handler, insurance_registrar, now):
    thing = make_comparison(police, by=insurance_handler, at=now, status="sent")
    edit_department(department=police, version=police.version, has_account=False, by=None, at=now)
    client = seat(insurance_registrar)
    assert "delivered_on" in client.get(step("receive", thing)).context["form"].fields
    today = timezone.localdate().isoformat()
    post(client, step("receive", thing), delivered_on=today, upload=SimpleUploadedFile("a.pdf", PDF))
    post(
        client, step("record_result", thing), scan=SimpleUploadedFile("b.pdf", PDF), received_on=today,
        people=f"{PEOPLE[1].number} 已注销",
    )  # fmt: skip
    thing.refresh_from_db()
    assert (thing.status, thing.hits) == ("answered", 1)


@pytest.mark.parametrize("box", ["in", "out"])
def test_the_list_asks_as_much_for_three_rows_as_for_one(box, seat, police, insurance_handler, police_handler, now):
    client = seat(insurance_handler if box == "out" else police_handler)
    url = reverse("referrals:comparisons") + f"?box={box}"
    made = []
    for status in ("received", "sent", "prepared"):
        made.append(make_comparison(police, by=insurance_handler, at=now, status=status))
        with CaptureQueriesContext(connection) as asked:
            page = client.get(url)
        if len(made) == 1:
            first = len(asked)
    assert len(page.context["rows"]) == 3
    assert len(asked) == first


def test_the_list_keeps_its_pages(seat, police, insurance_handler, now, monkeypatch):
    monkeypatch.setattr("referrals.views.comparisons.PAGE", 1)
    ids = [make_comparison(police, by=insurance_handler, at=now, status=status).pk for status in ("draft", "closed")]
    client, url = seat(insurance_handler), reverse("referrals:comparisons")
    assert [row[0].pk for row in client.get(url).context["rows"]] == ids[:1]
    first = client.get(url + "?open=0")
    assert [row[0].pk for row in first.context["rows"]] == ids[1:]
    second = client.get(url + "?" + first.context["page"]["next_query"])
    assert [row[0].pk for row in second.context["rows"]] == ids[:1]


def test_the_api_does_the_same(
    police, insurance_handler, insurance_section_head, insurance_registrar, police_registrar, police_handler,
    police_section_head, health_handler,
):  # fmt: skip
    def seat(user):
        client = APIClient()
        client.force_login(user, BACKEND)
        return client

    limit = (timezone.localdate() + timezone.timedelta(days=14)).isoformat()
    body = {
        "receiver": police.pk, "kind": "household", "purpose": "核查", "basis": "机制", "limit_on": limit,
        "people": [{"name": "张三", "number": resident_id(811)}],
    }  # fmt: skip
    url = reverse("comparison-list")
    assert seat(insurance_handler).post(url, {**body, "receiver": 0}, format="json").status_code == 400
    wrong = seat(insurance_handler).post(url, {**body, "people": [{"name": "张三", "number": "1"}]}, format="json")
    assert wrong.status_code == 400 and not Comparison.objects.exists()
    made = seat(insurance_handler).post(url, body, format="json")
    assert made.status_code == 201 and "张三" not in made.content.decode()
    thing = Comparison.objects.get()
    for user, name, given, status in (
        (insurance_handler, "submit", {}, "submitted"),
        (insurance_section_head, "send-back", {"reason": "改"}, "draft"),
        (insurance_handler, "submit", {}, "submitted"),
        (insurance_section_head, "approve", {}, "approved"),
        (insurance_registrar, "send", {}, "sent"),
        (police_registrar, "receive", {}, "received"),
        (police_handler, "prepare", {"hits": [{"number": resident_id(811)}]}, "prepared"),
        (police_section_head, "answer", {}, "answered"),
        (insurance_handler, "close", {}, "closed"),
    ):
        thing.refresh_from_db()
        where = reverse(f"comparison-{name}", args=[thing.pk])
        assert seat(user).post(where, given, format="json").status_code == 428
        assert seat(health_handler).post(where, given, format="json").status_code == 404
        answer = seat(user).post(where, given, format="json", HTTP_IF_MATCH=f'"{thing.version}"')
        assert (answer.status_code, answer.json().get("status")) == (200, status), name
    assert len(seat(insurance_handler).get(url + "?box=out&status=closed").json()["results"]) == 1
    assert seat(insurance_handler).get(url + "?box=in").json()["results"] == []
