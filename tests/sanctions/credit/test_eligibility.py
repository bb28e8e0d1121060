"""Asking whether a subject may apply: collected from the record, kept with the answer, telling nothing that is hidden."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.actions import strands
from cases.actions.changes import record_change
from cases.actions.money import enter_money
from cases.actions.relations import add_relation
from cases.actions.subjects import find_person
from cases.models import Subject
from core.refusals import BadInput
from journal.models import Event
from journal.render import sentence
from sanctions import eligibility_words as words
from sanctions import rules_credit as rules
from sanctions.actions.eligibility import look_up
from sanctions.eligibility_facts import collect
from sanctions.eligibility_names import find
from sanctions.eligibility_rules import judge
from sanctions.models import Bar, Consequence, EligibilityAnswer
from tests.factories.cases import make_subject, resident_id, uscc
from tests.factories.credit import bar, entry, penalty

TODAY = dt.date(2026, 11, 16)
BEGAN, ENDS = dt.date(2025, 1, 10), dt.date(2028, 1, 10)


@pytest.fixture
def ask(insurance_handler, now):
    def ask(**more):
        return look_up(**({"on": TODAY, "by": insurance_handler, "at": now} | more))

    return ask


@pytest.fixture
def barred(case, subject, insurance_handler, now):
    return bar(case, subject, by=insurance_handler, at=now, since=BEGAN, until=ENDS)


def kinds(answer):
    return [(reason["way"], reason["kind"]) for reason in answer.facts["reasons"]]


def test_the_answer_says_why_until_when_and_what_the_record_was(ask, barred, subject, insurance_handler, now):
    answer = ask(code=subject.uscc.lower())
    assert (answer.eligible, answer.free_from, answer.asked_at) == (False, dt.date(2028, 1, 11), now)
    [line] = words.lines(answer, insurance_handler)
    assert (line["number"], line["first"], line["last"], line["who"]) == (
        barred.decision_number,
        BEGAN,
        ENDS,
        "",
    )
    assert "2028-01-11" in words.verdict(answer)
    event = Event.objects.filter(verb="sanction.looked_up").latest("pk")
    assert (event.actor_id, event.target_id) == (insurance_handler.pk, answer.pk)
    assert subject.uscc in sentence(event)
    later = ask(code=subject.uscc, on=dt.date(2028, 1, 11))
    assert later.eligible and later.free_from is None and words.lines(later, insurance_handler) == []


def test_whom_nothing_is_known_of_may_apply(ask):
    answer = ask(code=uscc(900))
    assert answer.eligible and answer.subject is None and "—" not in words.verdict(answer)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"code": "52439926MJ000120XX"}, "code"), ({"id_number": "439926198001010019", "purpose": "审核"}, "id_number"),
        ({}, "code"), ({"code": uscc(1), "id_number": resident_id(1), "purpose": "审核"}, "code"),
        ({"code": uscc(1), "on": dt.date(1999, 12, 31)}, "on"), ({"code": uscc(1), "on": dt.date(2036, 11, 17)}, "on"),
        ({"id_number": resident_id(1), "purpose": " "}, "purpose"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_by_its_field(ask, asked, field):
    with pytest.raises(BadInput) as refused:
        ask(**asked)
    assert field in refused.value.faults
    assert not EligibilityAnswer.objects.exists()


def test_a_person_is_a_read_of_personal_data_and_tells_nothing_where_nothing_stands(
    ask, case, insurance_handler, now, county
):
    number = resident_id(41)
    person = make_subject(county, name="赵六", kind="practitioner", id_number=number, at=now)
    unknown, known = (
        ask(id_number=resident_id(42), purpose="资格审核"),
        ask(id_number=number, purpose="资格审核"),
    )
    assert unknown.personal and known.personal
    shown = [(row.eligible, row.subject, row.name, row.facts, words.verdict(row)) for row in (unknown, known)]
    assert shown[0] == shown[1]  # whether somebody is on record at all is not told
    event = Event.objects.filter(verb="sanction.person_looked_up").latest("pk")
    assert (
        number not in str(event.params)
        and "*" in event.params["asked"]
        and event.params["purpose"] == "资格审核"
    )
    bar(case, person, by=insurance_handler, at=now, since=BEGAN, until=ENDS, because_of=case.subjects.first())
    barred = ask(id_number=number, purpose="资格审核")
    assert kinds(barred) == [("own", "person_bar")] and "赵六" not in str(barred.facts)


def test_a_person_of_a_case_is_asked_about_by_row(ask, case, county, now, audit_admin):
    person = make_subject(county, name="钱八", kind="insured", id_number=resident_id(44), at=now)
    answer = ask(subject=person, purpose="资格审核")
    assert answer.personal and answer.eligible and answer.asked == person.id_masked
    assert not EligibilityAnswer.objects.visible_to(audit_admin).exists()


def test_successors_parents_and_responsible_persons_bear_it(
    ask, barred, subject, county, insurance_handler, now
):
    heir, child, run = (make_subject(county, name=name, at=now) for name in ("承继医院", "分院", "另一医院"))
    said = {"basis": "公告", "by": insurance_handler, "at": now}
    add_relation(subject=child, kind="parent", other=subject, from_on=BEGAN, **said)
    assert kinds(ask(code=child.uscc)) == [("parent", "bar")]
    assert ask(code=child.uscc).facts["reasons"][0]["who"] == subject.name
    record_change(subject=subject, kind="merged", happened_on=TODAY, successor=heir, **said)
    assert kinds(ask(code=heir.uscc)) == [("predecessor", "bar")]
    gone = ask(code=subject.uscc)
    assert kinds(gone) == [("own", "merged"), ("own", "bar")] and gone.free_from is None
    assert words.lines(gone, insurance_handler)[0]["who"] == heir.name
    number = resident_id(43)
    add_relation(subject=run, kind="legal", name="孙七", id_number=number, from_on=BEGAN, **said)
    assert ask(code=run.uscc).eligible
    person = find_person(county, number)
    bar(
        barred.sanction.case,
        person,
        by=insurance_handler,
        at=now,
        since=BEGAN,
        until=ENDS,
        because_of=subject,
    )
    answer = ask(code=run.uscc)
    assert kinds(answer) == [("person", "person_bar")] and answer.facts["reasons"][0]["who"] == "孙七"
    Subject.objects.filter(pk=run.pk).update(parent=subject)  # as bodies were entered before
    assert ("parent", "bar") in kinds(ask(code=run.uscc))


def test_lifted_suspended_and_expired_holds(
    ask, case, barred, subject, insurance_handler, insurance_deputy_head, now
):
    Bar.objects.filter(pk=barred.pk).update(status="suspended")
    answer = ask(code=subject.uscc)
    assert answer.eligible and barred.decision_number in words.suspended(answer)
    Bar.objects.filter(pk=barred.pk).update(status="lifted", ended_at=now, end_reason="修复")
    assert ask(code=subject.uscc).eligible
    assert kinds(ask(code=subject.uscc, on=TODAY - dt.timedelta(days=1))) == [
        ("own", "bar")
    ]  # the day before
    by = {"by": insurance_handler, "other": insurance_deputy_head, "at": now}
    entry(subject, since=BEGAN, kind="permanent", **by)
    entry(subject, since=BEGAN, until=ENDS, kind="red", **by)
    entry(subject, since=BEGAN, until=ENDS, kind="serious", status="suspended", **by)
    entry(subject, since=BEGAN, until=ENDS, status="removed", ended_at=now, end_reason="撤销", **by)
    answer = ask(code=subject.uscc)
    assert kinds(answer) == [("own", "permanent")] and answer.free_from is None
    assert words.suspended(answer)


def test_a_penalty_not_performed_counts_for_all_and_is_named_to_who_reads_the_case(
    ask, case, subject, insurance_handler, insurance_deputy_head, health_handler, now
):
    strand = penalty(case, by=insurance_handler, deputy=insurance_deputy_head, at=now)
    named = ask(code=subject.uscc)
    assert kinds(named) == [("own", "penalty")]
    assert named.facts["reasons"][0]["number"] == "青医保罚〔2026〕3号"
    told = ask(code=subject.uscc, by=health_handler)
    assert kinds(told) == [("own", "penalty")]
    assert (told.facts["reasons"][0]["number"], told.facts["reasons"][0]["department"]) == ("", "")
    assert strand.decision_number not in str(told.facts)
    fine = {"case": case, "happened_on": TODAY, "by": insurance_handler, "at": now}
    enter_money(kind="fined", amount="1000", **fine)
    strands.perform(strand=strand, remark="已缴清", by=insurance_handler, at=now)
    assert kinds(ask(code=subject.uscc)) == [("own", "penalty")]  # the ledger says that it is not paid
    enter_money(kind="fine_paid", amount="1000", **fine)
    assert ask(code=subject.uscc).eligible


def test_a_name_finds_the_same_the_former_and_the_near_and_judges_none(
    county, other_county, insurance_handler, now
):
    body = make_subject(county, name="青禾县仁和医院", at=now)
    near = make_subject(county, name="青禾县人和医院", at=now)
    make_subject(other_county, name="青禾县仁和医院", at=now)
    make_subject(county, name="仁和", kind="insured", at=now)
    renamed = make_subject(county, name="康泰药房", kind="pharmacy", at=now)
    record_change(
        subject=renamed,
        kind="renamed",
        new_name="益民药房",
        happened_on=TODAY,
        basis="公告",
        by=insurance_handler,
        at=now,
    )

    def found(text):
        return [(match.subject.pk, match.way) for match in find(county, text)]

    assert found("青禾县仁和医院") == [(body.pk, "same"), (near.pk, "near")]
    assert found("仁和医院")[0] == (body.pk, "near") and (near.pk, "near") in found("仁和医院")
    assert found("青禾县仁和医院有限公司") == [(body.pk, "near")]
    assert (body.pk, "near") in found("仁和")
    assert found("康泰药房") == [(renamed.pk, "former")]
    assert found(" ") == [] and found("查无此院") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_record_is_collected_in_a_bounded_number_of_statements(
    rows, county, insurance_handler, now, django_assert_max_num_queries
):
    body = make_subject(county, name="母院", at=now)
    said = {"basis": "公告", "by": insurance_handler, "at": now, "from_on": BEGAN}
    for n in range(rows):
        part = make_subject(county, name=f"前身{n}", at=now)
        record_change(
            subject=part,
            kind="merged",
            happened_on=TODAY,
            successor=body,
            basis="公告",
            by=insurance_handler,
            at=now,
        )
        add_relation(
            subject=body, kind="responsible", name=f"负责人{n}", id_number=resident_id(60 + n), **said
        )
    with django_assert_max_num_queries(12):
        record = collect(body, insurance_handler)
    assert len(record.people) == 1 + 2 * rows and judge(record.facts, TODAY).eligible


# -- pages ---------------------------------------------------------------------------------------------------


def post(client, **more):
    url = reverse("sanctions:eligibility")
    key = client.get(url).context["form"].initial["form_key"]
    return client.post(url, {"on": timezone.localdate().isoformat(), "form_key": key, **more})


def test_the_page_asks_offers_and_prints(as_user, case, barred, subject, insurance_handler, county, now):
    client = as_user(insurance_handler)
    answer = post(client, code=subject.uscc)
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert barred.decision_number in page and "2028-01-11" in page
    pdf = client.get(answer.url + "pdf/")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert Event.objects.filter(verb="sanction.look_up_printed").count() == 1
    near = post(client, name=subject.name[3:])
    assert near.status_code == 200 and subject.name in near.content.decode()
    assert EligibilityAnswer.objects.count() == 1  # nothing was judged
    chosen = post(client, name=subject.name[3:], subject=subject.pk)
    assert chosen.status_code == 302 and EligibilityAnswer.objects.count() == 2
    assert post(client, name=subject.name).status_code == 302  # the only one of exactly that name
    make_subject(county, name=subject.name, at=now)
    assert post(client, name=subject.name).status_code == 200  # two of that name: one is chosen
    assert post(client, name="查无此院").status_code == 200
    wrong = post(client, code="52439926MJ000120XX")
    assert wrong.status_code == 200 and wrong.context["form"].errors["code"]


def test_persons_are_asked_about_by_those_who_may_and_seen_by_the_asker(
    as_user, insurance_handler, insurance_handler_2, insurance_registrar, office_coordinator, outsider, county
):
    sent = {"id_number": resident_id(71), "purpose": "资格审核"}
    answer = post(as_user(insurance_handler), **sent)
    assert answer.status_code == 302
    assert as_user(insurance_handler).get(answer.url).status_code == 200
    assert as_user(insurance_handler_2).get(answer.url).status_code == 404
    for user in (insurance_registrar, office_coordinator):
        assert rules.can_look_up(user) and not rules.can_look_up_person(user)
        assert post(as_user(user), **sent).status_code == 403
    body = post(as_user(insurance_handler), code=uscc(72))
    assert as_user(insurance_handler_2).get(body.url).status_code == 200
    assert as_user(outsider).get(body.url).status_code == 404


def test_the_api_asks_once_and_names_are_only_offered(
    as_user, subject, barred, insurance_handler, office_coordinator
):
    client = as_user(insurance_handler)
    sent = {"code": subject.uscc, "on": "2026-11-16"}
    first = client.post(
        "/api/v1/eligibility/", sent, "application/json", HTTP_IDEMPOTENCY_KEY="eligibility-0001"
    )
    assert first.status_code == 201, first.content
    again = client.post(
        "/api/v1/eligibility/", sent, "application/json", HTTP_IDEMPOTENCY_KEY="eligibility-0001"
    )
    assert again.json() == first.json() and EligibilityAnswer.objects.count() == 1
    assert (first.json()["eligible"], first.json()["free_from"]) == (False, "2028-01-11")
    assert first.json()["reasons"][0]["number"] == barred.decision_number
    names = client.get("/api/v1/eligibility-names/", {"q": subject.name[3:]}).json()
    assert [(row["id"], row["way"]) for row in names] == [(subject.pk, "near")]
    chosen = client.post(
        "/api/v1/eligibility/", {"subject": subject.pk, "on": "2026-11-16"}, "application/json"
    )
    assert chosen.status_code == 201
    wrong = client.post("/api/v1/eligibility/", {"code": "1", "on": "2026-11-16"}, "application/json")
    assert wrong.status_code == 400 and "code" in wrong.json()
    person = {"id_number": resident_id(73), "purpose": "审核", "on": "2026-11-16"}
    assert (
        as_user(office_coordinator).post("/api/v1/eligibility/", person, "application/json").status_code
        == 403
    )


def _done(subject, department, by, at, **more):
    given = {"kind": "suspend", "months": 3, "number": "青医保停〔2026〕1号"}
    return Consequence.objects.create(
        region=subject.region, department=department, subject=subject, year=2026, status="done", cause="9分", done_on=TODAY,
        done_by=by, done_at=at, created_at=at, updated_at=at, **(given | more),
    )  # fmt: skip


def test_a_suspension_for_points_holds_its_months(ask, county, insurance, insurance_handler, now):
    person = make_subject(county, name="钱医师", kind="practitioner", id_number=resident_id(61), at=now)
    _done(person, insurance, insurance_handler, now)
    asked = {"id_number": resident_id(61), "purpose": "资格审核"}
    answer = ask(**asked)
    assert kinds(answer) == [("own", "suspension")] and answer.free_from == dt.date(2027, 2, 17)
    assert words.lines(answer, insurance_handler)[0]["what"]
    assert "资格审核" in str(words.paper(answer, insurance_handler))
    assert ask(on=dt.date(2027, 2, 17), **asked).eligible


def test_a_terminated_agreement_is_told_to_who_manages_agreements_and_bars_nobody(
    ask, subject, insurance, insurance_handler, health_handler, as_user, now
):
    task = _done(subject, insurance, insurance_handler, now, kind="terminate", months=None, number="青协终1")
    answer = ask(code=subject.uscc)
    assert answer.eligible
    [said] = words.notes(answer, insurance_handler)
    assert "青协终1" in said and words.notes(answer, health_handler) == []
    client = as_user(insurance_handler)
    assert "青协终1" in client.get(answer.get_absolute_url()).content.decode()
    assert client.get(f"/api/v1/eligibility/{answer.pk}/").json()["notes"] == [said]
    assert "备注" in str(words.paper(answer, insurance_handler))
    assert client.get(task.get_absolute_url()).status_code == 200


def test_a_terminated_agreement_leads_to_the_institution(case, subject, insurance, insurance_handler, as_user, now):
    task = _done(subject, insurance, insurance_handler, now, kind="terminate", months=None)
    page = as_user(insurance_handler).get(task.get_absolute_url()).content.decode()
    assert reverse("cases:subject", args=[subject.pk]) in page


def test_a_penalty_is_the_principals_and_told_of_the_others(
    ask, case, subject, county, insurance_handler, insurance_deputy_head, health_handler, now
):
    penalty(case, by=insurance_handler, deputy=insurance_deputy_head, at=now)
    other = make_subject(county, name="协作医院", at=now)
    case.case_subjects.create(subject=other)
    assert case.case_subjects.filter(principal=True).get().subject == subject
    assert kinds(ask(code=subject.uscc)) == [("own", "penalty")]
    answer = ask(code=other.uscc)
    assert answer.eligible and len(words.notes(answer, insurance_handler)) == 1
    assert words.notes(answer, health_handler) == []  # does not read the case
    case.case_subjects.update(principal=False)
    assert kinds(ask(code=other.uscc)) == kinds(ask(code=subject.uscc)) == [("own", "penalty")]
    case.case_subjects.filter(subject=subject).update(principal=True)
    case.strands.update(status="performed", ended_at=now)
    assert words.notes(ask(code=other.uscc), insurance_handler) == []


def test_a_barred_person_who_answers_for_a_body_is_masked_to_who_may_not_look_persons_up(
    ask, case, county, insurance_handler, insurance_registrar, now
):
    body = make_subject(county, name="另一医院", at=now)
    add_relation(
        subject=body, kind="legal", name="孙小七", id_number=resident_id(62), from_on=BEGAN, basis="公告",
        by=insurance_handler, at=now,
    )  # fmt: skip
    person = find_person(county, resident_id(62))
    bar(case, person, by=insurance_handler, at=now, since=BEGAN, until=ENDS, because_of=case.subjects.first())
    answer = ask(code=body.uscc)
    assert words.lines(answer, insurance_handler)[0]["who"] == "孙小七"
    assert words.lines(answer, insurance_registrar)[0]["who"] == "孙*七"
