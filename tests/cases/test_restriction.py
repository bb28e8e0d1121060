"""Restricting a case to named persons: who may, what is written, and that nobody else finds it anywhere."""

import datetime as dt
import io

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from cases import listing, rules
from cases.actions.access import end_grant, grant_department
from cases.actions.registration import possible_duplicates
from cases.actions.restriction import lift_restriction, name_on_case, nameable, restrict_case, take_name_off
from cases.enums import GrantCause
from cases.models import Case, GrantRecord, Strand, Subject
from core.dates import local_date
from core.forms import new_form_key
from core.refusals import AlreadyDone, BadInput, WrongState
from departments.actions.people import block
from journal.models import Event, Notification


@pytest.fixture(autouse=True)
def _today(now):
    with time_machine.travel(now + dt.timedelta(hours=1), tick=False):
        yield


def page(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def named(case, user, by, now, permission="view_case"):
    return name_on_case(case=case, user=user, permission=permission, reason="协办", by=by, at=now)


def events(case):
    found = Event.objects.filter(case_id=case.pk, verb__startswith="case.").order_by("pk")
    return list(found.values_list("verb", flat=True))


# -- the actions ----------------------------------------------------------------------------------------------
def test_a_restricted_case_is_found_by_its_named_persons_only(
    case, insurance_handler, insurance_handler_2, insurance_deputy_head, office, now
):
    before = case.version
    restrict_case(case=case, reason="涉及公职人员", by=insurance_deputy_head, at=now)
    seen = {
        user.name: (
            Case.objects.visible_to(user).exists(), listing.page(user, listing.Filters(), None).ids,
            listing.counts(user, [listing.Filters()]), Strand.objects.visible_to(user).count(),
        )
        for user in (insurance_handler, insurance_deputy_head, insurance_handler_2)
    }  # fmt: skip
    whole = (True, [case.pk], [1], 1)
    assert seen == {"陈晓岚": whole, "梁国栋": whole, "赵一鸣": (False, [], [0], 0)}
    assert events(case)[-2:] == ["case.restricted", "case.person_named"]
    assert Event.objects.get(verb="case.restricted").params["reason"] == "涉及公职人员"
    assert case.version == before + 1


def test_lifting_opens_it_again(case, insurance_handler, insurance_handler_2, now):
    restrict_case(case=case, reason="核查", by=insurance_handler, at=now)
    lift_restriction(case=case, reason="已公开", by=insurance_handler, at=now)
    assert Case.objects.visible_to(insurance_handler_2).get() == case
    assert events(case)[-1] == "case.unrestricted"


def test_what_cannot_be_is_refused_in_words(case, insurance_handler, now):
    with pytest.raises(WrongState):
        lift_restriction(case=case, reason="x", by=insurance_handler, at=now)
    with pytest.raises(BadInput):
        restrict_case(case=case, reason=" ", by=insurance_handler, at=now)
    restrict_case(case=case, reason="核查", by=insurance_handler, at=now)
    with pytest.raises(AlreadyDone):
        restrict_case(case=case, reason="核查", by=insurance_handler, at=now)
    with pytest.raises(BadInput):
        lift_restriction(case=case, reason="", by=insurance_handler, at=now)


def test_a_named_person_sees_it_is_told_and_may_work_it(case, insurance_handler, insurance_handler_2, now):
    restrict_case(case=case, reason="核查", by=insurance_handler, at=now)
    named(case, insurance_handler_2, insurance_handler, now)
    assert rules.can_read(insurance_handler_2, case)
    assert not rules.can_work(insurance_handler_2, case)
    named(case, insurance_handler_2, insurance_handler, now, "work_case")
    assert rules.can_work(insurance_handler_2, case)
    assert Notification.objects.filter(recipient=insurance_handler_2, verb="case.person_named").count() == 2
    with pytest.raises(AlreadyDone):
        named(case, insurance_handler_2, insurance_handler, now)


def test_only_people_of_departments_that_hold_the_case_are_named(
    case, insurance_handler, insurance_handler_2, health_handler, system_admin, office_coordinator, health, now
):
    assert set(nameable(case, local_date(now))) == {insurance_handler, insurance_handler_2}
    with pytest.raises(BadInput) as refused:
        named(case, health_handler, insurance_handler, now)
    assert refused.value.field == "user"
    grant_department(case=case, department=health, cause=GrantCause.REFERRAL, by=insurance_handler, at=now)
    grant_department(
        case=case, department=office_coordinator.department, permission="summary_case", cause=GrantCause.OFFICE,
        by=insurance_handler, at=now,
    )  # fmt: skip
    found = set(nameable(case, local_date(now)))
    assert found == {insurance_handler, insurance_handler_2, health_handler, office_coordinator}
    with pytest.raises(BadInput) as refused:
        name_on_case(
            case=case, user=health_handler, permission="delete_case", reason="x", by=insurance_handler, at=now
        )
    assert refused.value.field == "permission"
    with pytest.raises(BadInput):
        name_on_case(case=case, user=health_handler, permission="view_case", reason="", by=insurance_handler, at=now)


def test_who_names_themselves_needs_no_notice(case, insurance_deputy_head, now):
    grant = name_on_case(
        case=case, user=insurance_deputy_head, permission="view_case", reason="督办", by=insurance_deputy_head, at=now
    )
    assert grant.user == insurance_deputy_head
    assert not Notification.objects.filter(recipient=insurance_deputy_head, verb="case.person_named").exists()


def test_a_name_taken_off_closes_the_case_at_once(case, insurance_handler, insurance_handler_2, now):
    restrict_case(case=case, reason="核查", by=insurance_handler, at=now)
    grant = named(case, insurance_handler_2, insurance_handler, now)
    with pytest.raises(BadInput):
        take_name_off(grant=grant, reason="", by=insurance_handler, at=now)
    take_name_off(grant=grant, reason="已调离", by=insurance_handler, at=now)
    assert not Case.objects.visible_to(insurance_handler_2).exists()
    assert Event.objects.filter(verb="case.person_unnamed").latest("pk").params["reason"] == "已调离"
    with pytest.raises(WrongState):
        take_name_off(grant=grant, reason="x", by=insurance_handler, at=now)


def test_a_reason_is_told_even_where_another_grant_stays(case, health, insurance_handler, now):
    """The other grant keeps the case open: the journal hears of an end with a reason, and of no other."""
    grant_department(case=case, department=health, cause=GrantCause.REFERRAL, by=insurance_handler, at=now)
    for reason, told in (("", []), ("错发", ["错发"])):
        grant = grant_department(case=case, department=health, cause=GrantCause.OFFICE, by=insurance_handler, at=now)
        end_grant(grant=grant, by=insurance_handler, at=now, reason=reason)
        assert [event.params["reason"] for event in Event.objects.filter(verb="case.access_ended")] == told
    assert GrantRecord.objects.get(department=health, cause=GrantCause.REFERRAL).ended_at is None


def test_who_handles_it_is_not_taken_off_by_name(case, insurance_handler, insurance_deputy_head, insurance, now):
    assigned = GrantRecord.objects.filter(case=case, user=insurance_handler).first()
    with pytest.raises(WrongState):
        take_name_off(grant=assigned, reason="x", by=insurance_deputy_head, at=now)
    owner = GrantRecord.objects.get(case=case, department=insurance, cause=GrantCause.OWNER)
    with pytest.raises(WrongState):
        take_name_off(grant=owner, reason="x", by=insurance_deputy_head, at=now)


def test_somebody_who_can_open_it_again_always_remains(
    case, insurance_handler, insurance_deputy_head, insurance_head, system_admin, now
):
    restrict_case(case=case, reason="核查", by=insurance_deputy_head, at=now)
    last = GrantRecord.objects.get(case=case, user=insurance_deputy_head, ended_at=None)
    block(user=insurance_handler, reason="停职", by=system_admin, at=now)
    with pytest.raises(BadInput):
        take_name_off(grant=last, reason="回避", by=insurance_deputy_head, at=now)
    named(case, insurance_head, insurance_deputy_head, now)
    take_name_off(grant=last, reason="回避", by=insurance_deputy_head, at=now)
    assert rules.can_name_persons(insurance_head, case)


def test_a_restricted_case_is_no_duplicate_to_strangers(case, insurance_handler, insurance_handler_2, now):
    asked = {"subjects": Subject.objects.all(), "on": local_date(now)}
    restrict_case(case=case, reason="核查", by=insurance_handler, at=now)
    assert list(possible_duplicates(by=insurance_handler, **asked)) == [case]
    assert list(possible_duplicates(by=insurance_handler_2, **asked)) == []


# -- the pages ------------------------------------------------------------------------------------------------
def test_the_people_card_leads_to_restricting_naming_and_lifting(
    case, insurance_handler, insurance_handler_2, insurance_section_head, now
):
    client, address = page(insurance_handler), reverse("cases:detail", args=[case.pk])
    assert reverse("cases:restrict", args=[case.pk]) not in page(insurance_section_head).get(address).content.decode()
    html = client.get(address).content.decode()
    assert reverse("cases:restrict", args=[case.pk]) in html
    answer = client.post(
        reverse("cases:restrict", args=[case.pk]), {"form_key": new_form_key(), "reason": "涉及公职人员"}
    )
    assert answer.url == address + "?tab=overview#people"
    assert page(insurance_handler_2).get(address).status_code == 404
    typed = {"form_key": new_form_key(), "user": "", "permission": "work_case", "reason": "熟悉案情"}
    kept = client.post(reverse("cases:name_person", args=[case.pk]), typed)
    assert "熟悉案情" in kept.content.decode()
    assert kept.context["form"].errors.keys() == {"user"}
    typed |= {"user": insurance_handler_2.pk, "form_key": new_form_key()}
    client.post(reverse("cases:name_person", args=[case.pk]), typed)
    assert page(insurance_handler_2).get(address).status_code == 200
    grant = GrantRecord.objects.get(user=insurance_handler_2, cause=GrantCause.NAMED, ended_at=None)
    html = client.get(address).content.decode()
    assert reverse("cases:unname_person", args=[grant.pk]) in html
    assert reverse("cases:lift", args=[case.pk]) in html
    off = {"form_key": new_form_key(), "reason": "已调离"}
    assert client.post(reverse("cases:unname_person", args=[grant.pk]), off).url == address + "?tab=overview#people"
    assert page(insurance_handler_2).get(address).status_code == 404
    client.post(reverse("cases:lift", args=[case.pk]), {"form_key": new_form_key(), "reason": "已公开"})
    assert page(insurance_handler_2).get(address).status_code == 200


def test_who_takes_their_own_name_off_is_led_to_the_registry(case, insurance_handler, insurance_deputy_head, now):
    restrict_case(case=case, reason="核查", by=insurance_deputy_head, at=now)
    grant = GrantRecord.objects.get(user=insurance_deputy_head, ended_at=None)
    off = {"form_key": new_form_key(), "reason": "回避"}
    answer = page(insurance_deputy_head).post(reverse("cases:unname_person", args=[grant.pk]), off)
    assert answer.url == reverse("cases:list")


def test_it_is_in_no_list_search_export_or_notice_of_a_colleague(
    case, insurance_handler, insurance_handler_2, insurance_section_head, now
):
    told = Notification.objects.create(
        recipient=insurance_section_head, verb="case.registered", params={"number": case.number}, case_id=case.pk,
        target_kind="case", target_id=case.pk, created_at=now,
    )  # fmt: skip
    colleague, head = page(insurance_handler_2), page(insurance_section_head)
    notices = reverse("desk:notifications")
    assert case.number in head.get(notices).content.decode()
    restrict_case(case=case, reason="核查", by=insurance_handler, at=now)
    html = head.get(notices).content.decode()
    assert case.number not in html
    assert case.title not in html
    assert "该事项已不向您开放" in html
    head.post(reverse("desk:notification_open", args=[told.pk]))
    for client in (colleague, head):
        for query in ("", "?q=仁和", "?lamp=g", f"?q={case.number}"):
            found = client.get(reverse("cases:list") + query)
            assert found.context["cases"] == []
            assert {each["count"] for each in found.context["lamps"] + found.context["views"]} == {"0"}
        book = load_workbook(io.BytesIO(client.post(reverse("cases:export"), {"query": ""}).content))
        cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
        assert not any(case.number in cell or case.title in cell for cell in cells)
        for address in ("/", "/todo/", reverse("referrals:transfers") + "?box=all"):
            assert case.title not in client.get(address).content.decode()
        assert client.get(f"/api/v1/cases/{case.pk}/").status_code == 404
