"""Members without an account answer a consultation on paper; nobody adopts for them, and nothing waits for ever."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, StillOpen, WrongState
from deadlines.models import Deadline
from departments.models import Department
from journal.models import Event
from meetings import reading_proposals, rules_proposals, workbench_proposals
from meetings.actions import proposals
from meetings.actions.paper_opinions import enter_opinion
from meetings.models import Opinion, Proposal
from tests.factories.cases import pdf
from tests.factories.meetings import asked, proposal
from tests.meetings.conftest import DAY
from tests.meetings.test_meeting_pages import send, url


@pytest.fixture
def no_accounts(board, members):
    """No member of the county works here; the office does."""
    Department.objects.filter(pk__in=[each.pk for each in members]).update(has_account=False)
    return Department.objects.filter(pk__in=[each.pk for each in members]).order_by("pk")


@pytest.fixture
def consulted(no_accounts, board, now):
    return asked(board, at=now)


def enter(made, department, by, at, **more):
    given = {"kind": "agreed", "on": local_date(at), "scan": pdf("复函.pdf")} | more
    return enter_opinion(proposal=made, department=department, by=by, at=at, **given)


def test_written_replies_of_every_member_adopt_it(consulted, no_accounts, office_coordinator, now, media):
    by = {"proposal": consulted, "by": office_coordinator, "at": now}
    with pytest.raises(StillOpen) as refused:
        proposals.adopt_by_circulation(**by)
    assert len(refused.value.details["items"]) == 6 and "扫描件" in str(refused.value)
    assert consulted in workbench_proposals.to_take_on(office_coordinator)
    assert "书面答复" in reading_proposals.next_step(consulted, [])[1]
    for department in no_accounts:
        opinion = enter(consulted, department, office_coordinator, now)
    assert (opinion.by, opinion.name, len(opinion.sha256)) == (office_coordinator, "复函.pdf", 64)
    assert Event.objects.filter(verb="meeting.opinion_entered").count() == 6
    assert not rules_proposals.can_enter_opinion(office_coordinator, consulted)
    assert proposals.adopt_by_circulation(**by).status == "adopted"


@pytest.mark.parametrize(("days", "late"), [(7, False), (8, True)])
def test_a_written_reply_counts_by_its_day_not_by_that_of_its_entry(
    consulted, no_accounts, office_coordinator, now, media, days, late
):
    first = no_accounts[0]
    enter(consulted, first, office_coordinator, now + 12 * DAY, on=local_date(now) + days * DAY)
    clock = Deadline.objects.get(target_kind="proposal", target_id=consulted.pk, department=first)
    assert (clock.status, clock.late) == ("met", late)
    assert Opinion.objects.get().paper_on == local_date(now) + days * DAY


def test_a_reply_where_the_letter_of_the_round_is_not_known(consulted, no_accounts, office_coordinator, now, media):
    Proposal.objects.filter(pk=consulted.pk).update(letter=None)
    consulted.refresh_from_db()
    assert enter(consulted, no_accounts[0], office_coordinator, now).paper_on == local_date(now)


def test_an_objection_on_paper_counts(consulted, no_accounts, office_coordinator, now, media):
    for n, department in enumerate(no_accounts):
        more = {"kind": "objected", "words": "抽查面过大"} if n == 0 else {}
        enter(consulted, department, office_coordinator, now, **more)
    with pytest.raises(StillOpen) as refused:
        proposals.adopt_by_circulation(proposal=consulted, by=office_coordinator, at=now)
    assert refused.value.details["items"] == [no_accounts[0].name]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scan": None}, "scan"),
        ({"on": dt.date(2026, 11, 15)}, "on"),
        ({"on": dt.date(2026, 11, 17)}, "on"),
        ({"kind": "remarks"}, "words"),
        ({"kind": "agreed", "words": "有意见"}, "kind"),
    ],
)
def test_what_is_left_out_is_refused(consulted, no_accounts, office_coordinator, now, media, given, field):
    with pytest.raises(BadInput) as refused:
        enter(consulted, no_accounts[0], office_coordinator, now, **given)
    assert refused.value.field == field and not Opinion.objects.exists()


def test_only_for_members_without_an_account_and_once(
    consulted, no_accounts, board, health, office_coordinator, now, media
):
    Department.objects.filter(pk=health.pk).update(has_account=True)
    health.refresh_from_db()
    for wrong in (health, board):
        with pytest.raises(BadInput) as refused:
            enter(consulted, wrong, office_coordinator, now)
        assert refused.value.field == "department"
    first = no_accounts.filter(has_account=False)[0]
    enter(consulted, first, office_coordinator, now)
    with pytest.raises(AlreadyDone):
        enter(consulted, first, office_coordinator, now)
    with pytest.raises(WrongState):
        enter(proposal(board, at=now), first, office_coordinator, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(
            proposal=consulted,
            department=board,
            round=1,
            kind="agreed",
            by=office_coordinator,
            at=now,
            name="半份.pdf",
        )


def test_nobody_adopts_where_no_member_is_on_the_list(board, members, office_coordinator, now):
    Department.objects.filter(pk__in=[each.pk for each in members]).update(active=False)
    made = asked(board, at=now)
    with pytest.raises(StillOpen) as refused:
        proposals.adopt_by_circulation(proposal=made, by=office_coordinator, at=now)
    assert "联席会议" in str(refused.value)
    assert reading_proposals.next_step(made, [])[0] == "提交联席会议研究"
    made.refresh_from_db()
    assert made.status == "consulting"


def test_the_pages_and_the_api_enter_replies(
    consulted, no_accounts, office_coordinator, outsider, client, now, media
):
    import time_machine

    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(now, tick=False):
        page = client.get(consulted.get_absolute_url() + "?tab=opinions").content.decode()
        assert url("enter_opinion", consulted) in page and page.count("书面答复") >= 6
        bare = send(client, url("enter_opinion", consulted), department=str(no_accounts[0].pk), kind="agreed")
        assert list(bare.context["form"].errors) == ["on", "scan"]
        given = {
            "department": str(no_accounts[0].pk), "kind": "agreed", "on": "2026-11-16", "scan": pdf("复函.pdf")
        }  # fmt: skip
        assert send(client, url("enter_opinion", consulted), **given).status_code == 302
        opinion = Opinion.objects.get()
        scan = client.get(reverse("meetings:opinion_scan", args=[opinion.pk]))
        assert Event.objects.filter(verb="meeting.file_taken", target_kind="proposal").count() == 1
        assert scan.status_code == 200 and "复函.pdf" in client.get(
            consulted.get_absolute_url() + "?tab=opinions"
        ).content.decode()  # fmt: skip
        path = f"/api/v1/proposals/{consulted.pk}/"
        etag = client.get(path)["ETag"]
        body = {
            "department": no_accounts[1].pk,
            "kind": "remarks",
            "words": "面小一些",
            "on": "2026-11-16",
            "scan": pdf("复函.pdf"),
        }
        answer = client.post(path + "enter-opinion/", body, headers={"If-Match": etag})
        assert answer.status_code == 200 and answer.json()["opinions"][-1]["scan"], answer.content
    Opinion.objects.filter(pk=opinion.pk)
    client.force_login(outsider, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("meetings:opinion_scan", args=[opinion.pk])).status_code == 404


def test_a_scan_that_changed_in_the_store_is_not_handed_out(
    consulted, no_accounts, office_coordinator, client, now, media
):
    opinion = enter(consulted, no_accounts[0], office_coordinator, now)
    next(media.rglob(opinion.file.rsplit("/", 1)[-1])).write_bytes(b"%PDF-1.4 another")
    client.force_login(office_coordinator, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("meetings:opinion_scan", args=[opinion.pk]))
    assert answer.status_code == 302 and answer["Location"] == consulted.get_absolute_url()
