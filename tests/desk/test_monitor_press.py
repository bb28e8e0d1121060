"""催办 and 督办 from the list of clocks: one by one and in bulk, a line each, and never twice."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.dates import local_date
from core.forms import new_form_key
from core.refusals import WrongState
from deadlines import calendar, pressing
from deadlines.actions.changes import pause_clock
from deadlines.actions.clocks import meet_clock, start_clock
from deadlines.models import Deadline, Reminder
from departments.enums import Role
from departments.models import Department, Route
from journal.models import Notification
from meetings.models import AgendaItem, Resolution
from referrals.models import Chase, FollowUp, ListSupervision, TaskChase
from referrals.pressing import supervise_comparison
from tests.cast import _person
from tests.factories.above import make_task
from tests.factories.cases import make_case, make_subject
from tests.factories.comparisons import make_comparison
from tests.factories.meetings import ad_hoc, resolution
from tests.factories.referrals import make_dispatch, make_need

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
URL = "desk:monitor_press"
police_deputy_head = _person("ga04", "鲁镇疆", "police", Role.DEPUTY_HEAD)


@pytest.fixture(autouse=True)
def _forget_calendar():
    calendar.drop()
    yield
    calendar.drop()


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def case(
    office, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar, health_handler,
    health_section_head, health_registrar, county, at,
):  # fmt: skip
    then = at - 60 * DAY
    return make_case(by=insurance_handler, at=then, subject=make_subject(county, at=then))


@pytest.fixture
def letter(case, health, insurance_handler, at):
    """A transfer to health nobody has signed for in sixty days."""
    paper = make_dispatch(case, [health], by=insurance_handler, at=at - 60 * DAY, status="sent", days=20, manifest=[])
    return paper.referrals.get()


@pytest.fixture
def signing(letter):
    """The clock by which health is late with it."""
    return Deadline.objects.get(target_kind="referral", target_id=letter.pk, rule_code="transfer_sign")


@pytest.fixture
def strand(case):
    return Deadline.objects.get(target_kind="strand")


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def send(client, *clocks, step="chase", status=200, key=None, **more):
    ids = [getattr(each, "pk", each) for each in clocks]
    given = {"step": step, "ids": ids, "form_key": key or new_form_key()} | more
    answer = client.post(reverse(URL), given)
    assert answer.status_code == status
    return answer


def lines(answer):
    return [(line.pk, line.done, line.sentence) for line in answer.context["lines"]]


DEMAND = {"step": "supervise", "demand": "本周内办结并说明超期原因。"}


def supervise(client, *clocks, at, **more):
    return send(client, *clocks, **(DEMAND | {"reply_on": (local_date(at) + 7 * DAY).isoformat()} | more))


def test_it_asks_once_more_and_names_each(as_user, office_coordinator, signing, strand, case):
    client = as_user(office_coordinator)
    answer = client.get(reverse(URL), {"step": "chase", "ids": [signing.pk, strand.pk, 10**9, "x"]})
    text = answer.content.decode()
    assert [row.deadline.pk for row in answer.context["rows"]] == [signing.pk, strand.pk]
    assert case.title in text and str(signing.department) in text
    assert not Chase.objects.exists()
    assert 'class="empty"' in client.get(reverse(URL)).content.decode()
    assert 'class="empty"' in send(client, status=200).content.decode()  # nothing was ticked


def test_a_letter_is_chased_as_its_room_does_it_and_a_strand_by_its_clock(
    as_user, office_coordinator, signing, strand, letter, insurance_handler, health_registrar
):
    client = as_user(office_coordinator)
    done = lines(send(client, signing, strand))
    assert [(pk, good) for pk, good, _said in done] == [(signing.pk, True), (strand.pk, True)]
    assert (Chase.objects.get().referral, Chase.objects.get().by) == (letter, office_coordinator)
    assert Reminder.objects.get().deadline == strand
    assert Notification.objects.filter(verb="referral.was_chased", recipient=health_registrar).exists()
    assert Notification.objects.filter(verb="deadline.was_reminded", recipient=insurance_handler).exists()
    again = lines(send(client, signing, strand))
    assert [good for _pk, good, _said in again] == [False, False]
    assert (Chase.objects.count(), Reminder.objects.count()) == (1, 1)
    page = client.get(reverse("desk:monitor"))
    assert [(row.deadline.chased, row.deadline.supervised) for row, _url in page.context["rows"]] == [(1, 0)] * 3


def test_a_second_click_does_nothing_more(as_user, office_coordinator, signing, strand):
    client, key = as_user(office_coordinator), new_form_key()
    send(client, signing, key=key)
    answer = send(client, strand, key=key)
    assert "lines" not in answer.context
    assert answer.context["form"].errors
    assert not Reminder.objects.exists()


def test_what_moved_on_what_is_a_strangers_and_what_stands_say_why(
    as_user, office_coordinator, signing, strand, at, other_insurance
):
    foreign = start_clock(
        code="verification", target=("strand", 999), department=other_insurance, at=at, case=None
    )
    meet_clock(deadline=signing, at=at)
    pause_clock(deadline=strand, reason="等待补正", at=at, by=None)
    done = lines(send(as_user(office_coordinator), signing, strand, foreign))
    assert [(pk, good) for pk, good, _said in done] == [(signing.pk, False), (strand.pk, False), (foreign.pk, False)]
    assert len({said for _pk, _good, said in done}) == 3
    assert not Reminder.objects.exists() and not Chase.objects.exists()


def test_one_that_is_refused_takes_no_other_with_it(as_user, office_coordinator, signing, strand):
    client = as_user(office_coordinator)
    send(client, signing)
    done = lines(send(client, signing, strand, signing))
    assert [(pk, good) for pk, good, _said in done] == [(signing.pk, False), (strand.pk, True)]


def test_leaders_press_what_their_department_owes_or_waits_for(
    as_user, insurance_deputy_head, health_head, signing, strand, letter
):
    # medical insurance waits for the letter and owes its own strand
    assert all(good for _pk, good, _said in lines(send(as_user(insurance_deputy_head), signing, strand)))
    assert Chase.objects.count() == Reminder.objects.count() == 1
    # health owes the letter: its head reminds the own people by the clock
    assert [good for _pk, good, _said in lines(send(as_user(health_head), signing))] == [True]
    assert (Chase.objects.count(), Reminder.objects.count()) == (1, 2)


def test_who_may_not_press(
    as_user, county_leader, insurance_handler, insurance_section_head, insurance_deputy_head, system_admin, signing, at
):
    for user in (county_leader, insurance_handler, insurance_section_head, system_admin):
        send(as_user(user), signing, status=403)
    supervise(as_user(insurance_deputy_head), signing, at=at, status=403)
    assert not Chase.objects.exists() and not FollowUp.objects.exists()


def test_a_clock_of_the_region_that_is_not_the_leaders_own(insurance_deputy_head, case, finance, at):
    other = start_clock(
        code="supervision", target=("dispatch", 5), department=finance, case=case, at=at,
        due_on=local_date(at) + DAY, to_department=None,
    )  # fmt: skip
    line = pressing.chase_many([other.pk], by=insurance_deputy_head, at=at)
    assert [(each.deadline, each.done) for each in line] == [(None, False)]


# -- 督办 ----------------------------------------------------------------------------------------------------------
def test_letters_of_supervision_are_drafted_for_a_second_person(
    as_user, office_coordinator, office_head, signing, strand, letter, at
):
    client = as_user(office_coordinator)
    answer = supervise(client, signing, strand, at=at)
    done = lines(answer)
    assert [(pk, good) for pk, good, _said in done] == [(signing.pk, True), (strand.pk, False)]
    draft = FollowUp.objects.get()
    assert (draft.kind, draft.status, draft.drafted_by, draft.referral) == (
        "supervision", "draft", office_coordinator, letter,
    )  # fmt: skip
    assert answer.context["lines"][0].url == draft.get_absolute_url()
    assert draft.get_absolute_url() in answer.content.decode()
    again = lines(supervise(client, signing, at=at))
    assert again[0][1] is False
    assert FollowUp.objects.count() == 1


def test_the_day_and_the_demand_are_asked_for(as_user, office_coordinator, signing, at):
    client = as_user(office_coordinator)
    for wrong in ({"demand": " "}, {"reply_on": local_date(at).isoformat()}, {"reply_on": "soon"}):
        answer = supervise(client, signing, at=at, **wrong)
        assert "lines" not in answer.context
        assert set(answer.context["form"].errors) == set(wrong)
    assert not FollowUp.objects.exists()
    text = client.get(reverse(URL), {"step": "supervise", "ids": signing.pk}).content.decode()
    assert 'name="demand"' in text and 'name="reply_on"' in text


def test_who_is_not_late_is_not_supervised(office_coordinator, signing, letter, at):
    def press(clock):
        given = {"demand": "办结", "reply_on": local_date(at) + DAY, "by": office_coordinator, "at": at}
        return pressing.supervise_many([clock.pk], **given)[0]

    soon = at + 5 * DAY
    own = Deadline.objects.filter(target_kind="referral", target_id=letter.pk)
    own.update(due_at=soon, due_on=local_date(soon), warn_at=soon, stage="fresh")
    assert not press(signing).done
    reply = start_clock(
        code="supervision", target=letter, department=letter.receiver, to_department=office_coordinator.department,
        case=letter.case, at=at, due_on=local_date(at) + DAY,
    )  # fmt: skip
    assert not press(reply).done
    assert pressing.chase_many([reply.pk], by=office_coordinator, at=at)[0].done  # by its clock, not as the letter
    assert (Chase.objects.count(), Reminder.objects.count()) == (0, 1)


def test_only_the_coordinator_of_the_own_office_drafts(office_head, office_coordinator, signing, at, monkeypatch):
    given = {"demand": "办结", "reply_on": local_date(at) + DAY, "at": at}
    monkeypatch.setattr("deadlines.rules.can_remind", lambda user, deadline: True)
    assert not pressing.supervise_many([signing.pk], by=office_head, **given)[0].done
    assert not FollowUp.objects.exists()


def test_a_data_comparison_is_supervised_by_its_number_only(
    as_user, office_coordinator, office_head, insurance_handler, insurance_section_head, insurance_registrar, police,
    police_handler, police_section_head, police_registrar, case, at, now,
):  # fmt: skip
    thing = make_comparison(police, by=insurance_handler, at=now, status="received")
    clock = Deadline.objects.get(target_kind="comparison", target_id=thing.pk, status="running")
    when = at - 2 * DAY
    Deadline.objects.filter(pk=clock.pk).update(due_at=when, due_on=local_date(when))
    client = as_user(office_coordinator)
    text = client.get(reverse("desk:monitor"), {"clock": clock.rule_code}).content.decode()
    assert "县公安局" in text and thing.purpose not in text
    assert lines(supervise(client, clock, at=at))[0][1] is True
    assert ListSupervision.objects.get().comparison == thing
    assert lines(supervise(client, clock, at=at))[0][1] is False
    assert lines(send(client, clock))[0][1] is True
    assert Reminder.objects.get().deadline == clock
    monkey = pressing.supervise_many(
        [clock.pk], demand="办结", reply_on=local_date(at) + DAY, by=insurance_section_head, at=at
    )
    assert monkey[0].done is False


def test_a_comparison_over_or_anothers_is_not_supervised(office_head, office_coordinator, case, at):
    stray = Deadline(target_kind="comparison", target_id=10**9)
    for user in (office_head, office_coordinator):
        with pytest.raises(WrongState):
            supervise_comparison(stray, demand="x", reply_on=local_date(at) + DAY, by=user, at=at)


def test_a_task_from_above_is_chased_on_its_own_count(as_user, office_coordinator, insurance, case, at):
    task = make_task(by=office_coordinator, at=at - 20 * DAY, status="accepted", department=insurance, days=5)
    clock = Deadline.objects.get(target_kind="task", target_id=task.pk, status="running")
    assert lines(send(as_user(office_coordinator), clock))[0][1] is True
    assert TaskChase.objects.get().task == task
    assert not Reminder.objects.exists()


def test_who_does_not_oversee_a_task_reminds_by_its_clock(insurance_deputy_head, office_coordinator, insurance, case, at):
    task = make_task(by=office_coordinator, at=at - 20 * DAY, status="accepted", department=insurance, days=5)
    clock = Deadline.objects.get(target_kind="task", target_id=task.pk, status="running")
    assert pressing.chase_many([clock.pk], by=insurance_deputy_head, at=at)[0].done
    assert not TaskChase.objects.exists()
    assert Reminder.objects.get().deadline == clock


def test_a_resolution_is_supervised_by_the_offices_letter(
    as_user, office, office_coordinator, office_head, insurance_handler, at
):
    meeting = ad_hoc(office, at=at - 40 * DAY)
    if not meeting.items.exists():
        AgendaItem.objects.create(
            meeting=meeting, position=1, kind="problem", title="研究超期事项", status="listed",
            created_at=at, updated_at=at,
        )  # fmt: skip
    task = resolution(meeting, insurance_handler, due_on=local_date(at) - 5 * DAY, at=at - 30 * DAY)
    clock = start_clock(
        code="resolution", target=task, department=task.department, to_department=office, person=insurance_handler,
        region_id=task.region_id, due_on=task.due_on, started_at=at - 30 * DAY, at=at,
    )  # fmt: skip
    client = as_user(office_coordinator)
    assert lines(supervise(client, clock, at=at))[0][1] is True
    assert Resolution.objects.get(pk=task.pk).pressed == 1
    assert lines(supervise(client, clock, at=at))[0][1] is False
    rows = client.get(reverse("desk:monitor"), {"clock": "resolution"}).context["rows"]
    assert [row.deadline.supervised for row, _url in rows] == [1]


def test_a_letter_only_named_persons_know_of_is_watched_and_pressed_by_them_alone(
    as_user, case, procuratorate, insurance_handler, insurance_deputy_head, office_coordinator, county_leader, at
):
    Department.objects.filter(pk=procuratorate.pk).update(named_only=True)
    Route.objects.get_or_create(kind="support", sender="insurance", receiver=procuratorate.function)
    procuratorate.refresh_from_db()
    need = make_need(case, procuratorate, by=insurance_handler, at=at - 60 * DAY, status="sent", days=20, manifest=[])
    sealed = Deadline.objects.filter(target_kind="referral", target_id=need.referrals.get().pk)
    assert sealed.exists()
    for user in (office_coordinator, county_leader):
        assert not set(sealed) & set(Deadline.objects.watched_by(user))
        for page in ("desk:monitor", "desk:owes"):
            assert str(procuratorate) not in as_user(user).get(reverse(page)).content.decode().partition("<tbody")[2]
        line = pressing.chase_many([sealed.first().pk], by=user, at=at)[0]
        assert (line.deadline, line.done) == (None, False)
    assert set(sealed) <= set(Deadline.objects.watched_by(insurance_deputy_head))


@pytest.mark.parametrize("number", [1, 3])
def test_the_question_costs_the_same_however_many_are_ticked(as_user, office_coordinator, case, health, at, number):
    clocks = [
        start_clock(
            code="supervision", target=("dispatch", each), department=health, case=case, at=at,
            due_on=local_date(at) + DAY,
        )
        for each in range(number)
    ]  # fmt: skip
    client, ids = as_user(office_coordinator), [clock.pk for clock in clocks]
    client.get(reverse(URL), {"ids": ids})
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(URL), {"ids": ids})
    assert len(asked) <= 15


