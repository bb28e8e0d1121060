"""异地协查: the threshold, stays in other places, the request on paper, its delivery and answer — and every refusal."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.models import Custody
from core.dates import local_date
from core.forms import new_form_key
from core.refusals import BadInput, Refused, Stale, WrongState
from core.tally import tally
from deadlines.models import Deadline
from journal.models import Event
from referrals import rules_assist as rules
from referrals import workbench_assist as workbench
from referrals.actions.assist_letters import (
    close_assist,
    edit_assist,
    record_answer,
    record_delivery,
    send_assist,
    withdraw_assist,
)
from referrals.actions.assist_stays import set_threshold, waive_stay
from referrals.models import AssistItem, AssistLetter, AssistThreshold, OutsideStay
from tests.casetabs import tab_url
from tests.factories.assist import make_assist, make_stay
from tests.factories.cases import make_case, pdf
from tests.factories.referrals import bring_paper

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
STAGES = ("draft", "posted", "delivered", "answered", "closed", "withdrawn")


# --- the threshold -----------------------------------------------------------------------------------------------
PROPOSED = {
    "exactly": ({"cost": Decimal("30000.00")}, True),
    "a_cent_below": ({"cost": Decimal("29999.99")}, False),
    "same_province": ({"cross_province": False}, False),
    "still_inside": ({"discharged_on": None}, True),
}


@pytest.mark.parametrize("name", PROPOSED)
def test_a_large_stay_in_another_province_proposes_a_request(name, case, insurance_handler, now):
    given, proposed = PROPOSED[name]
    stay = make_stay(case, by=insurance_handler, at=now, **given)
    assert (stay.proposed, stay.threshold.amount) == (proposed, Decimal("30000.00"))
    step = workbench.next_request(case, insurance_handler)
    assert (step is not None and f"stay={stay.pk}" in step["url"]) is proposed


def test_a_new_amount_holds_from_its_day_and_old_stays_keep_theirs(case, insurance_handler, office_coordinator, now):
    old = make_stay(case, by=insurance_handler, at=now)
    set_threshold(amount=Decimal(50000), basis="市局通知", effective_from=now.date(), by=office_coordinator, at=now)
    new = make_stay(case, by=insurance_handler, at=now)
    old.refresh_from_db()
    assert (old.proposed, new.proposed) == (True, False)
    bad = (
        ({"amount": Decimal(0)}, "amount"), ({"amount": Decimal(10) ** 13}, "amount"), ({"basis": " "}, "basis"),
        ({"effective_from": now.date() - DAY}, "effective_from"), ({}, "effective_from"),
    )  # fmt: skip
    for wrong, field in bad:
        given = {"amount": Decimal(1), "basis": "依据", "effective_from": now.date()} | wrong
        with pytest.raises(BadInput) as refusal:
            set_threshold(by=office_coordinator, at=now, **given)
        assert refusal.value.field == field


BAD_STAYS = {
    "no_place": ({"place": " "}, "place"),
    "no_hospital": ({"hospital": " "}, "hospital"),
    "no_cost": ({"cost": Decimal(0)}, "cost"),
    "admitted_tomorrow": ({"admitted_on": dt.date(2026, 11, 17)}, "admitted_on"),
    "discharged_before": ({"discharged_on": dt.date(2026, 1, 1)}, "discharged_on"),
    "discharged_tomorrow": ({"discharged_on": dt.date(2026, 11, 17)}, "discharged_on"),
}


@pytest.mark.parametrize("name", BAD_STAYS)
def test_a_stay_refuses(name, case, insurance_handler, now):
    given, field = BAD_STAYS[name]
    with pytest.raises(BadInput) as refusal:
        make_stay(case, by=insurance_handler, at=now, **given)
    assert refusal.value.field == field
    assert not OutsideStay.objects.exists()


def test_without_an_amount_in_force_no_stay_is_entered(case, insurance_handler, now):
    AssistThreshold.objects.all().delete()
    with pytest.raises(BadInput, match="标准"):
        make_stay(case, by=insurance_handler, at=now)


def test_a_proposed_request_is_waived_with_a_reason_once(case, insurance_handler, sender, now):
    stay = make_stay(case, by=insurance_handler, at=now)
    assert rules.can_waive(insurance_handler, stay)
    with pytest.raises(BadInput):
        waive_stay(stay=stay, reason=" ", by=insurance_handler, at=now)
    waive_stay(stay=stay, reason="已由参保地核查", by=insurance_handler, at=now)
    assert not rules.can_waive(insurance_handler, stay) and workbench.next_request(case, insurance_handler) is None
    small = make_stay(case, by=insurance_handler, at=now, cost=Decimal(100))
    asked = make_stay(case, by=insurance_handler, at=now)
    make_assist(case, by=insurance_handler, at=now, stay=asked)
    for wrong in (stay, small, asked):
        with pytest.raises(WrongState):
            waive_stay(stay=wrong, reason="再次", by=insurance_handler, at=now)
        assert not rules.can_waive(insurance_handler, wrong)


# --- the paper ---------------------------------------------------------------------------------------------------
def test_below_the_threshold_the_request_says_why(case, insurance_handler, sender, now):
    small = make_stay(case, by=insurance_handler, at=now, cost=Decimal(100))
    large = make_stay(case, by=insurance_handler, at=now)
    for stay in (small, None):
        with pytest.raises(BadInput) as refusal:
            make_assist(case, by=insurance_handler, at=now, stay=stay, reason=" ")
        assert refusal.value.field == "reason"
    assert make_assist(case, by=insurance_handler, at=now, stay=large, reason="").reason == ""
    assert make_assist(case, by=insurance_handler, at=now, stay=small).reason == "涉嫌欺诈"


def test_a_draft_refuses_what_does_not_fit(case, insurance_handler, sender, now):
    other = make_case(by=insurance_handler, at=now, files=[pdf("别.pdf")])
    foreign = make_stay(other, by=insurance_handler, at=now)
    wrong = [({name: " "}, name) for name in ("body_name", "title", "facts", "request")]
    wrong += [({"stay": foreign}, "stay"), ({"manifest": list(other.evidence.all())}, "manifest")]
    for given, field in wrong:
        with pytest.raises(BadInput) as refusal:
            make_assist(case, by=insurance_handler, at=now, **given)
        assert refusal.value.field == field
    stay = make_stay(case, by=insurance_handler, at=now)
    letter = make_assist(case, by=insurance_handler, at=now, stay=stay, manifest=list(case.evidence.all()))
    assert not rules.can_ask_about(insurance_handler, stay)
    with pytest.raises(WrongState):
        make_assist(case, by=insurance_handler, at=now, stay=stay)
    given = {"letter": letter, "body_name": "桂林", "title": "函", "facts": "事实", "request": "请办",
             "by": insurance_handler, "at": now}  # fmt: skip
    edited = edit_assist(version=1, **given)
    assert (edited.body_name, AssistItem.objects.filter(letter=letter).count()) == ("桂林", 0)
    with pytest.raises(Stale):
        edit_assist(version=1, **given)
    bring_paper(letter, "approved", at=now)
    with pytest.raises(WrongState):
        edit_assist(version=2, **given)


def test_the_fifteen_days_run_from_delivery_and_the_answer_meets_them(
    case, insurance_handler, insurance_registrar, sender, now, told, verbs
):
    """Delivered Monday 16 November 2026: the 15th natural day is Tuesday 1 December."""
    letter = make_assist(case, by=insurance_handler, at=now, stage="posted", manifest=list(case.evidence.all()))
    assert (letter.status, letter.stage, letter.document.kind) == ("sent", "posted", "assist")
    handed = Custody.objects.filter(cause_kind="assist_letter", kind="handed_over")
    assert handed.count() == case.evidence.count()
    assert not Deadline.objects.filter(target_kind="assist_letter").exists()
    given = {"letter": letter, "delivered_on": now.date(), "how": "机要", "upload": pdf(), "by": insurance_registrar,
             "at": now}  # fmt: skip
    for wrong, field in (({"delivered_on": now.date() - DAY}, "delivered_on"),
                         ({"delivered_on": now.date() + DAY}, "delivered_on"), ({"how": " "}, "how")):  # fmt: skip
        with pytest.raises(BadInput) as refusal:
            record_delivery(**(given | wrong))
        assert refusal.value.field == field
    record_delivery(**given)
    clock = Deadline.objects.get(target_kind="assist_letter")
    assert (clock.due_on, clock.person, clock.case_id) == (dt.date(2026, 12, 1), insurance_handler, case.pk)
    later = now + 3 * DAY
    answer = {"letter": letter, "answer_number": "柳函1号", "answer_on": local_date(later), "text": "属实",
              "upload": pdf("复.pdf"), "by": insurance_registrar, "at": later}  # fmt: skip
    for wrong, field in (({"answer_number": " "}, "answer_number"), ({"text": " "}, "text"),
                         ({"answer_on": now.date() - DAY}, "answer_on"),
                         ({"answer_on": local_date(later) + DAY}, "answer_on")):  # fmt: skip
        with pytest.raises(BadInput) as refusal:
            record_answer(**(answer | wrong))
        assert refusal.value.field == field
    record_answer(**answer)
    clock.refresh_from_db()
    assert (clock.status, clock.late, letter.files.count()) == ("met", False, 2)
    assert workbench.open_requests(case) != []
    close_assist(letter=letter, remark="并入案卷", by=insurance_handler, at=later)
    assert workbench.open_requests(case) == []
    assert verbs(letter)[-4:] == ["assist.sent", "assist.delivered", "assist.answered", "assist.closed"]
    assert (told("assist.to_deliver"), told("assist.was_answered")) == (["曾小禾", "陈晓岚"], ["曾小禾", "陈晓岚"])


def test_a_late_delivery_is_counted_from_the_day_it_was_delivered(case, insurance_handler, insurance_registrar, sender, now):
    letter = make_assist(case, by=insurance_handler, at=now, stage="posted")
    record_delivery(letter=letter, delivered_on=now.date() + DAY, how="邮寄", upload=pdf(), by=insurance_registrar,
                    at=now + 4 * DAY)  # fmt: skip
    assert Deadline.objects.get(target_kind="assist_letter").started_on == now.date() + DAY


# --- every step refuses every stage it does not start from -------------------------------------------------------
STEPS = {
    "send": ((), lambda a, by, at: send_assist(letter=a, by=by, at=at)),
    "deliver": (
        ("posted",),
        lambda a, by, at: record_delivery(letter=a, delivered_on=at.date(), how="机要", upload=pdf(), by=by, at=at),
    ),
    "answer": (
        ("delivered",),
        lambda a, by, at: record_answer(
            letter=a, answer_number="1", answer_on=at.date(), text="属实", upload=pdf(), by=by, at=at
        ),
    ),
    "close": (("answered",), lambda a, by, at: close_assist(letter=a, by=by, at=at)),
    "withdraw": (("posted", "delivered"), lambda a, by, at: withdraw_assist(letter=a, reason="撤", by=by, at=at)),
}
# stage → post → what they may do
MAY = {
    "draft": {},
    "posted": {"handler": {"record_delivery", "withdraw"}, "registrar": {"record_delivery"}, "head": {"withdraw"}},
    "delivered": {"handler": {"record_answer", "withdraw"}, "registrar": {"record_answer"}, "head": {"withdraw"}},
    "answered": {"handler": {"close"}, "head": {"close"}},
    "closed": {},
    "withdrawn": {},
}


@pytest.mark.parametrize("stage", STAGES)
def test_every_step_in_its_stage_only_by_the_right_posts(
    stage, case, sender, insurance_handler, insurance_registrar, insurance_section_head, health_handler,
    office_coordinator, now,
):  # fmt: skip
    letter = make_assist(case, by=insurance_handler, at=now, stage=stage)
    people = {"handler": insurance_handler, "registrar": insurance_registrar, "head": insurance_section_head,
              "stranger": health_handler, "office": office_coordinator}  # fmt: skip
    found = {
        name: {step for step in ("record_delivery", "record_answer", "close", "withdraw")
               if getattr(rules, f"can_{step}")(user, letter)}
        for name, user in people.items()
    }  # fmt: skip
    assert {name: steps for name, steps in found.items() if steps} == MAY[stage]
    for name, (allowed, act) in STEPS.items():
        if stage not in allowed:
            with pytest.raises(Refused):
                act(AssistLetter.objects.get(pk=letter.pk), insurance_handler, now)
            assert AssistLetter.objects.get(pk=letter.pk).stage == letter.stage, name


def test_a_delivered_request_is_withdrawn_with_its_clock_and_letter(case, insurance_handler, sender, now):
    letter = make_assist(case, by=insurance_handler, at=now, stage="delivered")
    with pytest.raises(BadInput):
        withdraw_assist(letter=letter, reason=" ", by=insurance_handler, at=now)
    withdraw_assist(letter=letter, reason="线索不实", by=insurance_handler, at=now)
    letter.document.refresh_from_db()
    assert letter.document.is_void and Deadline.objects.get(target_kind="assist_letter").status == "cancelled"


def test_who_sees_requests(case, sender, insurance_handler, health_handler, outsider, system_admin, now):
    draft = make_assist(case, by=insurance_handler, at=now)
    assert AssistLetter.objects.visible_to(insurance_handler).get() == draft
    for user in (health_handler, outsider, system_admin):
        assert not AssistLetter.objects.visible_to(user).exists()
    assert AssistThreshold.objects.visible_to(outsider).exists()
    assert workbench.panel(case, health_handler) is None


# --- pages -------------------------------------------------------------------------------------------------------
@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


def post(client, name, *args, query="", **fields):
    return client.post(reverse(f"referrals:{name}", args=args) + query, {"form_key": new_form_key(), **fields})


class TestPages:
    @pytest.fixture
    def now(self):
        return timezone.now()

    def test_from_the_stay_to_the_answer(
        self, case, sender, seat, insurance_handler, insurance_section_head, insurance_deputy_head,
        insurance_registrar, now,
    ):  # fmt: skip
        handler, registrar = seat(insurance_handler), seat(insurance_registrar)
        today = local_date(now)
        assert "30,000.00" in handler.get(reverse("referrals:stay_new", args=[case.pk])).content.decode()
        given = {"place": "柳川", "hospital": "康健医院", "cross_province": "on", "cost": "46,820.50",
                 "admitted_on": (today - 9 * DAY).isoformat()}  # fmt: skip
        assert post(handler, "stay_new", case.pk, **(given | {"cost": "0"})).status_code == 200
        post(handler, "stay_new", case.pk, **given)
        stay = OutsideStay.objects.get()
        page = handler.get(tab_url(case.pk, "support")).content.decode()
        assert "康健医院" in page and f"?stay={stay.pk}" in page
        query = f"?stay={stay.pk}"
        form = handler.get(reverse("referrals:assist_new", args=[case.pk]) + query)
        assert "关于商请协查康健医院有关住院情况的函" in form.content.decode()
        assert "reason" not in form.context["form"].fields
        assert handler.get(reverse("referrals:assist_new", args=[case.pk]) + "?stay=x").status_code == 404
        said = {"title": "协查函", "facts": "疑似挂床", "request": "请核实"}
        assert post(handler, "assist_new", case.pk, query=query, **said).status_code == 200
        said["body_name"] = "柳川市医疗保障局"
        piece = case.evidence.first()
        post(handler, "assist_new", case.pk, query=query, **said, manifest=[piece.pk])
        letter = AssistLetter.objects.get()
        assert handler.get(reverse("referrals:assist_new", args=[case.pk]) + query).status_code == 403
        edit = reverse("referrals:assist_letter_edit", args=[letter.pk])
        assert handler.get(edit).status_code == 200
        said["facts"] = "疑似挂床住院"
        post(handler, "assist_letter_edit", letter.pk, **said, expected_version=1, manifest=[piece.pk])
        assert post(handler, "assist_letter_edit", letter.pk, **said, expected_version=1).status_code == 200
        preview = handler.get(reverse("referrals:assist_letter_preview", args=[letter.pk])).content.decode()
        assert "疑似挂床住院" in preview and "46,820.50" in preview
        for client, step in ((handler, "submit"), (seat(insurance_section_head), "review"),
                             (seat(insurance_deputy_head), "approve"), (registrar, "send")):  # fmt: skip
            assert post(client, f"assist_letter_{step}", letter.pk).status_code == 302
        assert registrar.get(reverse("referrals:assist_deliver", args=[letter.pk])).status_code == 200
        post(registrar, "assist_deliver", letter.pk, delivered_on=today.isoformat(), how="机要", upload=pdf())
        assert registrar.get(reverse("referrals:assist_answer", args=[letter.pk])).status_code == 200
        post(registrar, "assist_answer", letter.pk, answer_number="柳函1号", answer_on=today.isoformat(), text="属实",
             upload=pdf("复函.pdf"))  # fmt: skip
        shown = handler.get(letter.get_absolute_url()).content.decode()
        assert "柳函1号" in shown and "复函.pdf" in shown
        file = letter.files.last()
        assert handler.post(reverse("referrals:assist_scan", args=[file.pk])).content.startswith(b"%PDF-")
        assert Event.objects.latest("pk").verb == "scan.taken"
        post(handler, "assist_close", letter.pk)
        letter.refresh_from_db()
        assert letter.stage == "closed"

    def test_a_request_without_a_stay_and_its_withdrawal(
        self, case, sender, seat, insurance_handler, insurance_registrar, now
    ):
        handler = seat(insurance_handler)
        said = {"title": "协查函", "facts": "疑似", "request": "请核实", "body_name": "柳川市医疗保障局"}
        assert handler.get(reverse("referrals:assist_new", args=[case.pk])).status_code == 200
        assert post(handler, "assist_new", case.pk, **said).status_code == 200
        post(handler, "assist_new", case.pk, **said, reason="涉嫌欺诈")
        letter = AssistLetter.objects.get()
        assert "涉嫌欺诈" in handler.get(letter.get_absolute_url()).content.decode()
        posted = make_assist(case, by=insurance_handler, at=timezone.now(), stage="posted")
        post(handler, "assist_withdraw", posted.pk, reason="不再需要")
        posted.refresh_from_db()
        assert posted.stage == "withdrawn"
        stay = make_stay(case, by=insurance_handler, at=now)
        post(handler, "stay_waive", stay.pk, reason="已核实")
        stay.refresh_from_db()
        assert stay.waive_reason == "已核实"

    def test_the_amount_is_changed_by_the_office(self, office_coordinator, insurance_handler, seat, now):
        office = seat(office_coordinator)
        assert "30,000.00" in office.get(reverse("referrals:assist_threshold")).content.decode()
        day = (local_date(now) + DAY).isoformat()
        assert post(office, "assist_threshold", amount="0", basis="通知", effective_from=day).status_code == 200
        post(office, "assist_threshold", amount="50,000", basis="市局通知", effective_from=day)
        assert AssistThreshold.objects.filter(amount=50000, basis="市局通知").exists()
        assert seat(insurance_handler).get(reverse("referrals:assist_threshold")).status_code == 403

    def test_the_list_takes_the_same_queries_for_one_row_and_three(
        self, case, sender, seat, insurance_handler, system_admin, now, monkeypatch
    ):
        from referrals.views import assist

        client, url = seat(insurance_handler), reverse("referrals:assists")
        make_assist(case, by=insurance_handler, at=now, stage="delivered")
        client.get(url)

        def queries():
            with CaptureQueriesContext(connection) as caught:
                assert client.get(url).status_code == 200
            return len(caught)

        one = queries()
        for _round in range(2):
            make_assist(case, by=insurance_handler, at=now, stage="delivered")
        assert queries() == one
        last = make_assist(case, by=insurance_handler, at=now, stage="withdrawn")
        assert client.get(url + "?open=0").context["rows"][0][0] == last
        monkeypatch.setattr(assist, "PAGE", 1)
        page = client.get(url).context
        following = client.get(url + "?" + page["page"]["next_query"]).context
        assert following["rows"][0][0].pk < page["rows"][0][0].pk
        assert seat(system_admin).get(url).status_code == 403

    def test_the_workbench_says_whose_turn_it_is(
        self, case, sender, insurance_handler, insurance_section_head, insurance_registrar, county_leader, now
    ):
        from departments.models import User

        draft = make_assist(case, by=insurance_handler, at=now)
        posted = make_assist(case, by=insurance_handler, at=now, stage="posted")
        answered = make_assist(case, by=insurance_handler, at=now, stage="answered")
        submitted = make_assist(case, by=insurance_handler, at=now)
        bring_paper(submitted, "submitted", at=now)
        mine = {row.url for row in workbench.todo_rows(insurance_handler, 9)}
        assert mine == {letter.get_absolute_url() for letter in (draft, posted, answered)}
        assert [row.url for row in workbench.todo_rows(insurance_section_head, 9)] == [submitted.get_absolute_url()]
        assert [row.url for row in workbench.todo_rows(insurance_registrar, 9)] == [posted.get_absolute_url()]
        assert tally([workbench.nav_count(insurance_handler), workbench.nav_count(county_leader)]) == [3, 0]
        assert len(workbench.requests_in_hand(insurance_handler.post)) == 3
        nobody = User.objects.create_user(staff_number="x1", name="无岗", password="x")  # noqa: S106
        assert (workbench.todo_rows(nobody, 5), workbench.todo_count(nobody), workbench.nav_count(nobody)) == ([], 0, None)
        assert len(workbench.panel(case, insurance_handler)["letters"]) == 4
        make_stay(case, by=insurance_handler, at=now)
        assert workbench.next_request(case, insurance_section_head)["lamp"] == "n"
        assert workbench.next_request(case, insurance_registrar) is None
