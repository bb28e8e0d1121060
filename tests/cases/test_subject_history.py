"""What a body belongs to, who answers for it, and what became of it."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import rules
from cases.actions.changes import record_change, void_change
from cases.actions.relations import add_relation, end_relation
from cases.actions.subjects import find_person
from cases.models import Subject, SubjectChange, SubjectRelation
from core.refusals import BadInput, Stale, WrongState
from journal.models import Event
from journal.render import sentence
from tests.factories.cases import make_subject, resident_id

TODAY = dt.date(2026, 11, 16)
GIVEN = {"from_on": dt.date(2024, 3, 1), "basis": "执业许可证"}


@pytest.fixture
def parent(county, now):
    return make_subject(county, name="青禾县人民医院", at=now)


@pytest.fixture
def relate(subject, insurance_handler, now):
    def relate(**more):
        return add_relation(**({"subject": subject, "by": insurance_handler, "at": now, **GIVEN} | more))

    return relate


@pytest.fixture
def change(subject, insurance_handler, now):
    def change(kind, **more):
        given = {
            "subject": subject,
            "happened_on": TODAY,
            "basis": "登记机关公告",
            "by": insurance_handler,
            "at": now,
        }
        return record_change(kind=kind, **(given | more))

    return change


def faults(call, **more):
    with pytest.raises(BadInput) as refused:
        call(**more)
    return set(refused.value.faults)


def test_a_parent_and_a_representative_are_entered_and_ended(
    relate, subject, parent, county, insurance_handler, now
):
    number = resident_id(301)
    up = relate(kind="parent", other=parent)
    legal = relate(kind="legal", name="李院长", id_number=number)
    assert legal.other == find_person(county, number) and legal.other.kind == "practitioner"
    assert (
        relate(kind="responsible", name="李院长", id_number=number).other == legal.other
    )  # known by the number
    event = Event.objects.filter(verb="subject.related").latest("pk")
    assert number not in str(event.params) and "李院长" not in str(event.params) and sentence(event)
    assert faults(relate, kind="parent", other=parent) == {"kind"}
    assert faults(relate, kind="responsible", name="李院长", id_number=number) == {"kind"}
    ended = end_relation(relation=up, until_on=TODAY, version=1, by=insurance_handler, at=now)
    assert (ended.until_on, ended.ended_by, ended.version) == (TODAY, insurance_handler, 2)
    with pytest.raises(WrongState):
        end_relation(relation=up, until_on=TODAY, by=insurance_handler, at=now)
    assert list(SubjectRelation.objects.on(TODAY).filter(kind="parent")) == [ended]
    assert not SubjectRelation.objects.on(TODAY + dt.timedelta(days=1)).filter(kind="parent").exists()
    relate(kind="parent", other=parent)  # and one may begin anew
    with pytest.raises(Stale):
        end_relation(relation=legal, until_on=TODAY, version=9, by=insurance_handler, at=now)
    for wrong in (dt.date(2024, 2, 28), TODAY + dt.timedelta(days=1)):
        assert faults(end_relation, relation=legal, until_on=wrong, by=insurance_handler, at=now) == {
            "until_on"
        }


def test_what_cannot_be_is_refused_by_its_field(
    relate, subject, parent, other_county, insurance_handler, now
):
    person = make_subject(subject.region, name="王五", kind="insured", at=now)
    elsewhere = make_subject(other_county, name="云溪医院", at=now)
    assert faults(relate, kind="nothing", basis=" ") == {"kind", "basis"}
    assert faults(relate, subject=person, kind="parent", other=parent) == {"kind"}
    assert faults(relate, kind="parent", other=subject) == {"other"}
    for wrong in (None, person, elsewhere):
        assert faults(relate, kind="parent", other=wrong) == {"other"}
    assert faults(relate, kind="legal", name="李") == {"id_number"}
    assert faults(relate, kind="legal") == {"name"}
    assert faults(relate, kind="legal", name="李", id_number="439926198001010019") == {"id_number"}
    for first, last, field in (
        (dt.date(1949, 9, 30), None, "from_on"), (TODAY + dt.timedelta(days=1), None, "from_on"),
        (TODAY, dt.date(2026, 11, 15), "until_on"), (TODAY, dt.date(2037, 1, 1), "until_on"),
    ):  # fmt: skip
        assert faults(relate, kind="parent", other=parent, from_on=first, until_on=last) == {field}
    relate(kind="parent", other=parent)
    top = make_subject(subject.region, name="青禾医疗集团", at=now)
    relate(subject=parent, kind="parent", other=top)
    assert faults(relate, subject=top, kind="parent", other=subject) == {"other"}  # a circle
    with pytest.raises(IntegrityError), transaction.atomic():
        SubjectRelation.objects.update(until_on=dt.date(2000, 1, 1))


def test_a_renamed_body_keeps_its_former_name_and_gets_it_back(change, subject, insurance_handler, now):
    first = subject.name
    one = change("renamed", new_name=" 青禾县仁爱医院 ")
    subject.refresh_from_db()
    assert (subject.name, subject.pinyin, one.former_name) == ("青禾县仁爱医院", "qhxrayy", first)
    two = change("renamed", new_name="青禾县仁济医院")
    with pytest.raises(WrongState):
        void_change(change=one, reason="录入有误", by=insurance_handler, at=now)
    void_change(change=two, reason="录入有误", by=insurance_handler, at=now)
    subject.refresh_from_db()
    assert subject.name == "青禾县仁爱医院"
    with pytest.raises(WrongState):
        void_change(change=two, reason="再次", by=insurance_handler, at=now)
    assert faults(void_change, change=one, reason=" ", by=insurance_handler, at=now) == {"reason"}
    assert faults(change, kind="renamed", new_name=subject.name) == {"new_name"}
    assert list(SubjectChange.objects.in_force()) == [one]


def test_endings_happen_once_and_to_whom_they_can(
    change, subject, parent, other_county, insurance_handler, now
):
    person = make_subject(subject.region, name="王五", kind="insured", at=now)
    assert faults(change, kind="died") == {"kind"}
    assert faults(change, kind="nothing", basis="") == {"kind", "basis"}
    assert faults(change, kind="deregistered", subject=person) == {"kind"}
    assert faults(change, kind="merged") == {"successor"}
    assert faults(change, kind="merged", successor=subject) == {"successor"}
    assert faults(change, kind="merged", successor=make_subject(other_county, name="云溪医院", at=now)) == {
        "successor"
    }
    assert faults(change, kind="deregistered", successor=parent) == {"successor"}
    for wrong in (TODAY + dt.timedelta(days=1), dt.date(1949, 9, 30)):
        assert faults(change, kind="deregistered", happened_on=wrong) == {"happened_on"}
    change("succeeded", successor=parent)
    assert faults(change, kind="merged", subject=parent, successor=subject) == {"successor"}  # a circle
    done = change("merged", successor=parent)
    with pytest.raises(WrongState):
        change("deregistered")
    void_change(change=done, reason="录入有误", by=insurance_handler, at=now)
    change("deregistered")
    assert change("died", subject=person).successor is None


def test_the_database_keeps_what_was_said(change, subject):
    row = change("deregistered")
    for wrong in (lambda: row.delete(), lambda: SubjectChange.objects.update(basis="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_says_it_in_a_fixed_number_of_statements(
    as_user, insurance_handler, subject, parent, relate, county, now, rows, django_assert_max_num_queries
):
    for n in range(rows):
        relate(kind="responsible", name=f"负责人{n}", id_number=resident_id(310 + n))
        relate(subject=make_subject(county, name=f"分院{n}", at=now), kind="parent", other=subject)
    client = as_user(insurance_handler)
    client.get(reverse("cases:subject", args=[subject.pk]))
    with django_assert_max_num_queries(45) as asked:
        page = client.get(reverse("cases:subject", args=[subject.pk])).content.decode()
    assert all(f"负责人{n}" in page and f"分院{n}" in page for n in range(rows))
    test_the_page_says_it_in_a_fixed_number_of_statements.counts.add(len(asked))
    assert len(test_the_page_says_it_in_a_fixed_number_of_statements.counts) == 1


test_the_page_says_it_in_a_fixed_number_of_statements.counts = set()


def key(client, url):
    return client.get(url).context["form"].initial["form_key"]


def test_the_pages_enter_end_and_take_back(as_user, insurance_handler, subject, parent):
    client = as_user(insurance_handler)
    url = reverse("cases:add_relation", args=[subject.pk])
    today = timezone.localdate().isoformat()
    sent = {"kind": "parent", "from_on": "2024-03-01", "basis": "许可证", "form_key": key(client, url)}
    page = client.post(url, {**sent, "other_code": "52439926MJ000120XC"})
    assert page.status_code == 200 and page.context["form"].errors["other_code"]
    page = client.post(url, {**sent, "other_code": ""})
    assert page.context["form"].errors["other_code"]
    assert client.post(url, {**sent, "other_code": parent.uscc}).status_code == 302
    relation = SubjectRelation.objects.get()
    url = reverse("cases:end_relation", args=[relation.pk])
    sent = {"until_on": "2020-01-01", "form_key": key(client, url), "version": 1}
    assert client.post(url, sent).context["form"].errors["until_on"]
    assert client.post(url, {**sent, "until_on": today}).status_code == 302
    url = reverse("cases:record_change", args=[subject.pk])
    sent = {"kind": "merged", "happened_on": today, "basis": "公告", "form_key": key(client, url)}
    assert client.post(url, {**sent, "successor_code": ""}).context["form"].errors["successor_code"]
    assert client.post(url, {**sent, "successor_code": parent.uscc}).status_code == 302
    change = SubjectChange.objects.get()
    page = client.get(reverse("cases:subject", args=[parent.pk])).content.decode()
    assert subject.name in page
    url = reverse("cases:void_change", args=[change.pk])
    assert client.post(url, {"reason": "录入有误", "form_key": key(client, url)}).status_code == 302
    assert SubjectChange.objects.get().void_reason == "录入有误"


def test_only_the_region_keeps_its_subjects(
    subject, insurance_handler, outsider, office_coordinator, audit_admin
):
    assert rules.can_keep_subject(insurance_handler, subject)
    for stranger in (outsider, office_coordinator, audit_admin):
        assert not rules.can_keep_subject(stranger, subject)
    assert not SubjectChange.objects.visible_to(outsider).exists()


def test_the_api_does_the_same_once_under_a_key(
    as_user, insurance_handler, office_coordinator, outsider, subject, parent
):
    client = as_user(insurance_handler)
    sent = {
        "subject": subject.pk,
        "kind": "parent",
        "other": parent.pk,
        "from_on": "2024-03-01",
        "basis": "许可证",
    }
    keyed = {"HTTP_IDEMPOTENCY_KEY": "relation-0000000001"}
    url = "/api/v1/subject-relations/"
    made = client.post(url, sent, "application/json", **keyed)
    assert made.status_code == 201, made.content
    assert client.post(url, sent, "application/json", **keyed).status_code == 200
    assert client.post(url, sent, "application/json").status_code == 400  # there is one already
    assert client.post(url, {**sent, "other": 10**15}, "application/json").json().keys() == {"other"}
    pk = made.json()["id"]
    assert client.post(f"{url}{pk}/end/", {"until_on": "2026-01-01"}, "application/json").status_code == 428
    ended = client.post(
        f"{url}{pk}/end/", {"until_on": "2026-01-01"}, "application/json", HTTP_IF_MATCH='"1"'
    )
    assert ended.json()["until_on"] == "2026-01-01"
    assert [row["id"] for row in client.get(f"{url}?subject={subject.pk}").json()["results"]] == [pk]
    assert client.get(f"{url}?subject={parent.pk}").json()["results"] == []
    url = "/api/v1/subject-changes/"
    sent = {"subject": subject.pk, "kind": "deregistered", "happened_on": "2026-01-02", "basis": "公告"}
    made = client.post(url, sent, "application/json")
    assert made.status_code == 201
    pk = made.json()["id"]
    assert client.get(f"{url}{pk}/").json()["kind"] == "deregistered" and client.get(url).json()["results"]
    assert (
        client.post(f"{url}{pk}/void/", {"reason": "有误"}, "application/json").json()["void_reason"]
        == "有误"
    )
    for who, code in ((office_coordinator, 403), (outsider, 404)):
        assert as_user(who).post(f"{url}{pk}/void/", {"reason": "x"}, "application/json").status_code == code
    assert as_user(office_coordinator).post(url, sent, "application/json").status_code == 403
    assert as_user(outsider).post(url, sent, "application/json").status_code == 400
    assert Subject.objects.count() == 2
