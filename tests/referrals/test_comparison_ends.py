"""Lists never live for ever: taken back, returned, expired; a draft changed; what went and came on paper kept."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from core.forms import new_form_key
from core.refusals import BadInput, Stale, WrongState
from deadlines.models import Deadline
from departments.models import Department
from journal.models import Event
from referrals import rules_comparison as rules
from referrals.actions import comparison_ends as ends
from referrals.actions import comparison_results as results
from referrals.actions import comparisons
from referrals.actions.proof import TheirReply
from referrals.models import Comparison
from tests.factories.cases import PDF, pdf, resident_id
from tests.factories.comparisons import HITS, PEOPLE, make_comparison
from tests.referrals.test_comparison_pages import draft_fields, post, seat, step  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def cast(
    insurance_handler, insurance_handler_2, insurance_section_head, insurance_registrar,
    police_handler, police_section_head, police_registrar,
):  # fmt: skip
    """Both sides have their people."""


@pytest.fixture
def comparison(insurance_handler, police, now):
    return lambda status="draft", **more: make_comparison(police, by=insurance_handler, at=now, status=status, **more)


def gone(thing):
    """Whether list, clocks and open steps are over."""
    thing.refresh_from_db()
    return (
        not thing.rows.exists()
        and thing.destroyed_at is not None
        and not Deadline.objects.open().of("comparison", thing.pk).exists()
        and not Comparison.objects.open().filter(pk=thing.pk).exists()
    )


WITHDRAWING = {
    "draft": set(), "submitted": set(), "approved": set(), "sent": {"drafter", "head"}, "received": {"drafter", "head"},
    "prepared": {"drafter", "head"}, "answered": set(), "closed": set(),
}  # fmt: skip
RETURNING = {"received": {"p_handler", "p_head"}}
EDITING = {"draft": {"drafter", "colleague", "head"}}


@pytest.mark.parametrize("status", WITHDRAWING)
def test_who_may_end_or_change_it_in_each_state(
    status, comparison, insurance_handler, insurance_handler_2, insurance_section_head, insurance_registrar,
    police_handler, police_section_head, police_registrar, outsider, office_coordinator,
):  # fmt: skip
    people = {
        "drafter": insurance_handler, "colleague": insurance_handler_2, "head": insurance_section_head,
        "registrar": insurance_registrar, "p_handler": police_handler, "p_head": police_section_head,
        "p_registrar": police_registrar, "outsider": outsider, "office": office_coordinator,
    }  # fmt: skip
    thing = comparison(status)
    for rule, table in ((rules.can_withdraw, WITHDRAWING), (rules.can_return, RETURNING), (rules.can_edit, EDITING)):
        assert {name for name, user in people.items() if rule(user, thing)} == table.get(status, set()), rule.__name__


@pytest.mark.parametrize("status", ["sent", "received", "prepared"])
def test_the_sender_takes_it_back_before_a_result(status, comparison, insurance_handler, now, told):
    thing = comparison(status)
    ends.withdraw_comparison(comparison=thing, reason="名单有误", by=insurance_handler, at=now)
    assert gone(thing) and (thing.status, thing.end_reason, thing.ended_by) == ("withdrawn", "名单有误", insurance_handler)
    compared = ["秦卫东"] if status != "sent" else []
    assert set(told("comparison.was_withdrawn")) == {"苏映雪", *compared, thing_head(thing)}


def thing_head(thing):
    from tests.factories.referrals import acting

    return acting(thing.receiver, "section_head").name


def test_the_receiver_returns_it_with_a_reason(comparison, police_handler, now, told):
    thing = comparison("received")
    with pytest.raises(BadInput):
        ends.return_comparison(comparison=thing, reason=" ", by=police_handler, at=now)
    ends.return_comparison(comparison=thing, reason="目的不明确", by=police_handler, at=now)
    assert gone(thing) and thing.status == "returned"
    assert told("comparison.was_returned") == ["何志远", "陈晓岚"]


@pytest.mark.parametrize("status", ["draft", "answered", "closed"])
def test_nothing_is_taken_back_before_it_went_or_after_its_result(status, comparison, insurance_handler, now):
    thing = comparison(status)
    with pytest.raises(WrongState), transaction.atomic():
        ends.withdraw_comparison(comparison=thing, reason="误", by=insurance_handler, at=now)


@pytest.mark.parametrize("status", ["sent", "received", "prepared"])
def test_a_list_without_a_result_expires_and_both_sides_are_told(status, comparison, now, told):
    thing = comparison(status)
    assert thing.destroy_on == now.date() + 90 * DAY
    due = dt.datetime.combine(thing.destroy_on, dt.time(1), dt.UTC)
    assert ends.destroy_due_lists(at=due - DAY) == 0 and thing.rows.count() == 3
    assert (ends.destroy_due_lists(at=due), ends.destroy_due_lists(at=due)) == (3, 0)
    assert gone(thing) and (thing.status, thing.ended_by, thing.destroyed_by) == ("expired", None, None)
    assert {"何志远", "陈晓岚", "苏映雪"} <= set(told("comparison.has_expired"))
    verbs = Event.objects.filter(target_kind="comparison", target_id=thing.pk).values_list("verb", flat=True)
    assert {"comparison.expired", "comparison.destroyed"} <= set(verbs)


def test_a_list_lives_until_its_limit_has_passed_and_a_result_shortens_it(comparison, police, insurance_handler, now):
    thing = comparison("approved")
    Comparison.objects.filter(pk=thing.pk).update(limit_on=now.date() + 100 * DAY)
    thing.refresh_from_db()
    from tests.factories.referrals import acting

    comparisons.send_comparison(comparison=thing, by=acting(thing.sender, "registrar"), at=now)
    assert thing.destroy_on == now.date() + 130 * DAY
    assert comparison("answered").destroy_on == now.date() + 30 * DAY


def test_a_result_that_came_first_is_kept(comparison, now):
    thing = comparison("received")
    stale = Comparison.objects.select_related("sender", "receiver").get(pk=thing.pk)
    Comparison.objects.filter(pk=thing.pk).update(version=thing.version + 1, status="prepared")
    assert ends._destroy(stale, now) == 0
    assert thing.rows.count() == 3


def test_the_database_refuses_a_list_that_went_out_without_a_last_day(comparison):
    with pytest.raises(IntegrityError), transaction.atomic():
        Comparison.objects.filter(pk=comparison("sent").pk).update(destroy_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comparison.objects.filter(pk=comparison("sent").pk).update(status="withdrawn")


def test_without_an_account_our_own_registrar_is_told(comparison, insurance_handler, police, now, told):
    thing = comparison("sent")
    Department.objects.filter(pk=police.pk).update(has_account=False)
    thing.receiver.refresh_from_db()
    ends.withdraw_comparison(comparison=thing, reason="名单有误", by=insurance_handler, at=now)
    assert told("comparison.was_withdrawn") == ["曾小禾"]


# --- a draft is changed ------------------------------------------------------------------------------------------
def changes(thing, **more):
    return {
        "comparison": thing, "version": thing.version, "receiver": thing.receiver, "kind": "custody", "purpose": "新目的",
        "basis": "新依据", "limit_on": thing.limit_on,
    } | more  # fmt: skip


def test_a_draft_is_changed_with_or_without_a_new_list(comparison, insurance_handler, now):
    thing = comparison()
    first = thing.list_sha256
    edited = comparisons.edit_comparison(**changes(thing), by=insurance_handler, at=now)
    assert (edited.kind, edited.purpose, edited.list_sha256, edited.rows.count()) == ("custody", "新目的", first, 3)
    with pytest.raises(Stale):
        comparisons.edit_comparison(**changes(thing), by=insurance_handler, at=now)
    edited = comparisons.edit_comparison(**changes(edited, people=PEOPLE[:1]), by=insurance_handler, at=now)
    assert (edited.total, edited.rows.count(), edited.list_sha256 == first) == (1, 1, False)
    with pytest.raises(BadInput):
        comparisons.edit_comparison(**changes(edited, purpose=" "), by=insurance_handler, at=now)
    sent = comparison("submitted")
    with pytest.raises(WrongState):
        comparisons.edit_comparison(**changes(sent), by=insurance_handler, at=now)


def test_the_page_of_a_draft_keeps_the_list_unless_a_new_one_is_given(seat, comparison, police, insurance_handler):  # noqa: F811
    thing = comparison()
    client, url = seat(insurance_handler), step("edit", thing)
    page = client.get(url)
    assert "协作联动机制第三条" in page.content.decode() and "unasked" not in page.context["form"].fields
    fields = draft_fields(police, purpose="换个目的", people="", expected_version=thing.version)
    assert post(client, url, **fields).status_code == 302
    thing.refresh_from_db()
    assert (thing.purpose, thing.total) == ("换个目的", 3)
    again = post(client, url, **fields)  # opened on an older version
    assert again.status_code == 200 and "换个目的" in again.content.decode()
    new = draft_fields(police, people=f"赵六,{resident_id(820)}", expected_version=thing.version)
    assert post(client, url, **new).status_code == 302
    thing.refresh_from_db()
    assert thing.total == 1
    comparisons.submit_comparison(comparison=thing, by=insurance_handler, at=timezone.now())
    assert client.get(url).status_code == 403


def test_both_ends_by_their_pages(seat, comparison, insurance_handler, police_handler):  # noqa: F811
    thing = comparison("sent")
    assert "名单立即销毁" in seat(insurance_handler).get(step("withdraw", thing)).content.decode()
    post(seat(insurance_handler), step("withdraw", thing), reason="名单有误")
    assert gone(thing)
    assert "名单有误" in seat(insurance_handler).get(thing.get_absolute_url()).content.decode()
    other = comparison("received")
    assert post(seat(insurance_handler), step("return", other), reason="不").status_code == 403
    post(seat(police_handler), step("return", other), reason="目的不明确")
    assert gone(other)


def test_a_body_on_paper_returns_it_by_its_paper(comparison, police, insurance_registrar, seat, now, told):  # noqa: F811
    thing = comparison("received")
    Department.objects.filter(pk=police.pk).update(has_account=False)
    thing = Comparison.objects.get(pk=thing.pk)
    given = {"comparison": thing, "reason": "目的不明确", "by": insurance_registrar, "at": now + DAY}
    their = {"person": "武定安", "dated_on": now.date(), "upload": pdf("退函.pdf"), "number": "青公函〔2026〕9号"}
    for paper, field in ((None, "upload"), (their | {"dated_on": now.date() - DAY}, "dated_on"),
                         (their | {"dated_on": now.date() + 2 * DAY}, "dated_on")):  # fmt: skip
        with pytest.raises(BadInput) as refused, transaction.atomic():
            ends.return_comparison(paper=TheirReply(**paper) if paper else None, **given)
        assert refused.value.field == field
    client, url = seat(insurance_registrar), reverse("referrals:comparison_return", args=[thing.pk])
    assert {"person", "number", "dated_on", "upload"} <= set(client.get(url).context["form"].fields)
    ends.return_comparison(paper=TheirReply(**their), **given)
    assert gone(thing) and (thing.status, thing.paper_number, bool(thing.scan)) == ("returned", "青公函〔2026〕9号", True)
    assert thing.ended_at.date() == now.date()  # the day on their paper
    assert told("comparison.was_returned") == ["何志远", "陈晓岚"]
    page = client.get(thing.get_absolute_url()).content.decode()
    assert "青公函〔2026〕9号" in page and reverse("referrals:comparison_scan", args=[thing.pk]) in page


def test_a_body_on_paper_returns_it_by_page_and_api(comparison, police, insurance_registrar, seat):  # noqa: F811
    first, second = comparison("received"), comparison("received")
    Department.objects.filter(pk=police.pk).update(has_account=False)
    client = seat(insurance_registrar)
    day = timezone.localdate().isoformat()
    given = {"reason": "目的不明确", "person": "武定安", "number": "9号", "dated_on": day, "upload": pdf("退函.pdf")}
    url = reverse("referrals:comparison_return", args=[first.pk])
    assert 'enctype="multipart/form-data"' in client.get(url).content.decode()
    assert client.post(url, {**given, "form_key": new_form_key(), "seen": "received"}).status_code == 302
    answer = client.post(
        f"/api/v1/comparisons/{second.pk}/return/", {**given, "upload": pdf("退函2.pdf")},
        headers={"If-Match": f'"{second.version}"'},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["status"], answer.json()["paper_number"]) == (200, "returned", "9号")
    assert Comparison.objects.get(pk=first.pk).status == "returned"


def test_the_api_edits_withdraws_and_returns(comparison, police, insurance_handler, police_handler):
    def call(user, thing, name, **data):
        client = APIClient()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        thing.refresh_from_db()
        url = reverse(f"comparison-{name}", args=[thing.pk])
        return client.post(url, data, format="json", HTTP_IF_MATCH=f'"{thing.version}"')

    thing = comparison()
    body = {"receiver": police.pk, "kind": "moved", "purpose": "核查", "basis": "机制", "limit_on": str(thing.limit_on)}
    people = [{"name": "赵六", "number": resident_id(820)}]
    assert call(insurance_handler, thing, "edit", **body | {"receiver": 0}).status_code == 400
    assert call(insurance_handler, thing, "edit", **body, people=people).json()["total"] == 1
    assert call(insurance_handler, thing, "edit", **body).json()["kind"] == "moved"
    sent, received = comparison("sent"), comparison("received")
    assert call(insurance_handler, sent, "withdraw", reason="误").json()["status"] == "withdrawn"
    answer = call(police_handler, received, "return", reason="目的不明").json()
    assert (answer["status"], answer["end_reason"], answer["scans"]) == ("returned", "目的不明", [])


# --- what went and came on paper ---------------------------------------------------------------------------------
def test_proof_and_paper_answer_are_kept_and_every_copy_is_on_the_record(
    seat, comparison, police, insurance_handler, insurance_registrar, health_handler, now  # noqa: F811
):
    thing = comparison("sent")
    Department.objects.filter(pk=police.pk).update(has_account=False)
    thing.receiver.refresh_from_db()
    results.receive_comparison(
        comparison=thing, delivered_on=now.date(), upload=SimpleUploadedFile("送达回证.pdf", PDF + b"1"),
        by=insurance_registrar, at=now,
    )  # fmt: skip
    results.record_paper_result(
        comparison=thing, hits=HITS, received_on=now.date(), upload=SimpleUploadedFile("复函.pdf", PDF + b"2"),
        by=insurance_registrar, at=now,
    )  # fmt: skip
    client = seat(insurance_handler)
    page = client.get(thing.get_absolute_url()).content.decode()
    for which, name, content in (("proof", "送达回证.pdf", PDF + b"1"), ("scan", "复函.pdf", PDF + b"2")):
        url = reverse(f"referrals:comparison_{which}", args=[thing.pk])
        assert name in page and url in page
        answer = client.post(url)
        assert (answer.content, answer["Content-Type"], answer["Cache-Control"]) == (content, "application/pdf", "no-store")
        event = Event.objects.filter(verb="comparison.paper_taken").latest("pk")
        assert (event.actor_id, event.params["name"]) == (insurance_handler.pk, name)
        assert seat(health_handler).post(url).status_code == 404
    api = APIClient()
    api.force_login(insurance_handler, "django.contrib.auth.backends.ModelBackend")
    scans = api.get(reverse("comparison-detail", args=[thing.pk])).json()["scans"]
    assert [(scan["what"], scan["name"]) for scan in scans] == [("proof", "送达回证.pdf"), ("scan", "复函.pdf")]


def test_a_file_that_is_not_there_or_was_changed_is_not_found(seat, comparison, insurance_handler):  # noqa: F811
    thing = comparison("received")
    url = reverse("referrals:comparison_proof", args=[thing.pk])
    assert seat(insurance_handler).post(url).status_code == 404
    Comparison.objects.filter(pk=thing.pk).update(proof="ab/cd.pdf", proof_name="x.pdf", proof_sha256="0" * 64)
    assert seat(insurance_handler).post(url).status_code == 404
