"""Before a penalty: its kind, the legal review with four eyes, the leaders' discussion."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cases import letters, rules_legal
from cases.actions.progress import begin_work
from cases.actions.restriction import name_on_case, restrict_case
from cases.actions.strands import decide_strand, file_strand, investigate, legal, redo, terminate
from cases.enums import Disposition
from cases.legal_panels import clock_actions, grounds_words, next_step, todo_rows
from cases.models import DecisionNature, Discussion, LegalReview, PenaltyPolicy
from core.dates import local_date
from core.refusals import AlreadyDone, BadInput, FourEyes, WrongState
from deadlines.actions.clocks import cancel_clock, open_clock
from deadlines.models import Deadline
from journal.models import Event, Notification
from journal.render import sentence
from tests.casetabs import tab_url

DAY = dt.timedelta(days=1)
HELD = {
    "place": "局三楼会议室", "chair": "宋明哲 局长", "present": "宋明哲 局长\n梁国栋 副局长\n", "recorder": "曾小禾",
    "opinions": "一致同意罚款。", "conclusion": "罚款二千元。",
}  # fmt: skip


@pytest.fixture
def strand(case, insurance_deputy_head, insurance_legal, now):
    """The owner's strand, under investigation."""
    begin_work(case=case, by=case.handler, at=now)
    strand = case.strands.get()
    file_strand(strand=strand, filing_number="青医保立〔2026〕1号", by=insurance_deputy_head, at=now)
    investigate(strand=strand, by=insurance_deputy_head, at=now)
    return strand


@pytest.fixture
def by(insurance_handler):
    return insurance_handler


@pytest.fixture
def ask(strand, insurance_legal, by, now):
    def asked(**more):
        given = {"strand": strand, "reviewer": insurance_legal, "proposal": " 拟罚款二千元。", "by": by, "at": now} | more
        return legal.ask_review(**given)

    return asked


@pytest.fixture
def decide(strand, insurance_deputy_head, now):
    def decided(**more):
        given = {
            "strand": strand, "disposition": Disposition.PENALTY, "basis": "条例第三十八条", "findings": "查实。",
            "decision_number": "罚1号", "known": True, "by": insurance_deputy_head, "at": now,
        }  # fmt: skip
        return decide_strand(**given | more)

    return decided


def give(review, person, at, result="passed", opinion="事实清楚，证据充分。"):
    return legal.give_review(review=review, result=result, opinion=opinion, by=person, at=at)


def no_clock(review, by, at):
    """As where the rule was switched off: nothing runs."""
    cancel_clock(deadline=open_clock(review, "legal_review"), reason="测试", by=by, at=at)


def mark(strand, by, at, *grounds, grave=False):
    return legal.mark_nature(strand=strand, grounds=grounds, grave=grave, by=by, at=at)


# -- the gate -----------------------------------------------------------------------------------------------------
def test_a_penalty_the_law_names_is_not_decided_without_a_review_that_passed(
    strand, decide, ask, by, insurance_legal, insurance_deputy_head, now
):
    mark(strand, by, now, "heard")
    with pytest.raises(WrongState) as refused:
        decide()
    assert refused.value.record
    first = ask()
    assert (first.proposal, rules_legal.fresh_gate(strand).state) == ("拟罚款二千元。", "asked")
    with pytest.raises(WrongState):
        decide()
    give(first, insurance_legal, now, "amend", "补充鉴定意见。")
    assert rules_legal.fresh_gate(strand).state == "back"
    with pytest.raises(WrongState):
        decide()
    second = give(ask(), insurance_legal, now)
    assert rules_legal.fresh_gate(strand).state == "passed"
    decide()
    second.refresh_from_db()
    assert (second.relied_by, second.relied_at) == (insurance_deputy_head, now)
    redo(strand=strand, reason="事实不清", by=insurance_deputy_head, at=now + DAY)
    assert rules_legal.fresh_gate(strand).state == "free"  # the next decision is marked and reviewed anew


def test_what_the_decider_marks_counts_too_and_nothing_is_unmarked(strand, decide, by, insurance_deputy_head, now):
    mark(strand, by, now, "public")
    with pytest.raises(WrongState):
        decide(grounds=["complex"])
    with pytest.raises(WrongState):
        decide(grounds=["public"])
    assert DecisionNature.objects.get().grounds == ["public"]  # refused, so nothing was written
    with pytest.raises(FourEyes):
        mark(strand, by, now)  # who handles it takes no mark away
    mark(strand, by, now, "public", "law")
    mark(strand, insurance_deputy_head, now)
    decide(grave=False)
    assert not LegalReview.objects.exists()


def test_what_was_put_to_the_reviewer_is_not_unsaid(strand, decide, ask, insurance_legal, insurance_deputy_head, by, now):
    mark(strand, by, now, "law", grave=True)
    legal.give_review(review=ask(), result="rejected", opinion="证据不足", by=insurance_legal, at=now)
    for grounds, grave in (((), True), (("law",), False)):
        with pytest.raises(WrongState):
            mark(strand, insurance_deputy_head, now, *grounds, grave=grave)
    assert DecisionNature.objects.get().grave


def test_a_review_that_was_asked_for_without_need_binds_too(strand, decide, ask, insurance_legal, now):
    review = ask()
    with pytest.raises(WrongState):
        decide()
    legal.give_review(review=review, result="rejected", opinion="证据不足", by=insurance_legal, at=now)
    with pytest.raises(WrongState):
        decide()


def test_a_decision_that_is_no_penalty_asks_for_nothing_and_ends_the_question(strand, decide, ask, by, now):
    mark(strand, by, now, "law", grave=True)
    review = ask()
    decide(disposition=Disposition.AGREEMENT)
    review.refresh_from_db()
    clock = Deadline.objects.get(target_kind="legal_review")
    assert (review.withdrawn_at, clock.status) == (now, "cancelled")


def test_an_investigation_that_ends_takes_the_question_back(strand, ask, insurance_deputy_head, now):
    review = ask()
    terminate(strand=strand, reason="无违法事实", by=insurance_deputy_head, at=now)
    review.refresh_from_db()
    assert not review.open


def test_a_grave_case_is_discussed_by_the_leaders_first(strand, decide, by, now):
    with pytest.raises(WrongState) as refused:
        decide(grave=True)
    assert refused.value.record
    mark(strand, by, now, grave=True)
    row = legal.record_discussion(strand=strand, held_on=local_date(now), by=by, at=now, **HELD)
    assert row.present == "宋明哲 局长\n梁国栋 副局长"
    assert (row.paper.kind, row.paper.title) == ("discussion_record", "行政处罚案件集体讨论记录")
    with pytest.raises(AlreadyDone):
        legal.record_discussion(strand=strand, held_on=local_date(now), by=by, at=now, **HELD)
    decide()
    assert rules_legal.fresh_gate(strand).discussion == row


def test_a_department_may_have_every_penalty_reviewed(strand, decide, insurance_deputy_head, insurance, now):
    legal.lay_down_policy(department=insurance, every_penalty=True, by=insurance_deputy_head, at=now)
    with pytest.raises(WrongState):
        decide()
    legal.lay_down_policy(department=insurance, every_penalty=False, by=insurance_deputy_head, at=now)
    decide()
    said = [sentence(event) for event in Event.objects.filter(verb="legal.policy").order_by("pk")]
    assert ["每一件行政处罚" in said[0], "法律规定" in said[1]] == [True, True]


def test_marks_are_of_the_law_and_only_while_it_is_investigated(strand, decide, by, now):
    with pytest.raises(BadInput):
        mark(strand, by, now, "whatever")
    decide()
    with pytest.raises(WrongState):
        mark(strand, by, now, "law")
    assert grounds_words([]) == "未列明法定审核事由"
    assert "重大公共利益" in grounds_words(["public", "gone"])


# -- asking and giving --------------------------------------------------------------------------------------------
def test_asking_names_a_reviewer_who_is_told_and_has_ten_working_days(strand, ask, insurance_legal, now):
    review = ask()
    clock = Deadline.objects.get(target_kind="legal_review", target_id=review.pk)
    assert (clock.person, clock.amount, clock.status) == (insurance_legal, 10, "running")
    assert Notification.objects.filter(recipient=insurance_legal, verb="legal.asked").exists()
    with pytest.raises(AlreadyDone):
        ask()


def test_whom_one_may_not_ask(strand, ask, insurance_handler_2, insurance_legal, now):
    for given, fault in (
        ({"proposal": " "}, "proposal"), ({"reviewer": insurance_handler_2}, "reviewer"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            ask(**given)
        assert refused.value.field == fault
    with pytest.raises(FourEyes):
        ask(by=insurance_legal)
    type(strand).objects.filter(pk=strand.pk).update(handler=insurance_legal)
    with pytest.raises(FourEyes):
        ask()
    assert not LegalReview.objects.exists()


def test_in_a_restricted_case_a_reviewer_is_named_first(strand, ask, by, insurance_legal, insurance_deputy_head, now):
    restrict_case(case=strand.case, reason="涉及线索保护", by=insurance_deputy_head, at=now)
    with pytest.raises(BadInput):
        ask()
    named = {"user": insurance_legal, "permission": "view_case", "reason": "法制审核"}
    name_on_case(case=strand.case, by=insurance_deputy_head, at=now, **named)
    assert ask().open


def test_an_opinion_is_printed_told_and_never_changes(strand, ask, by, insurance_legal, now):
    review = give(ask(), insurance_legal, now)
    assert (review.given_by, review.handler, review.paper.title) == (insurance_legal, by, "法制审核意见表")
    assert "承办机构送审" in str(review.paper.context) and "事实清楚" in str(review.paper.context)
    assert Deadline.objects.get(target_kind="legal_review").status == "met"
    assert Notification.objects.filter(recipient=by, verb="legal.given").exists()
    with pytest.raises(WrongState):
        give(review, insurance_legal, now)
    with pytest.raises(WrongState):
        legal.withdraw_review(review=review, by=by, at=now)
    for change in ({"opinion": "改"}, {"result": "rejected"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LegalReview.objects.filter(pk=review.pk).update(**change)


def test_a_paper_says_that_the_department_reviews_every_penalty(strand, ask, insurance_legal, insurance, by, now):
    PenaltyPolicy.objects.create(department=insurance, every_penalty=True, by=by, at=now)
    review = ask()
    type(strand).objects.filter(pk=strand.pk).update(handler=None)
    context = letters.of_review(give(review, insurance_legal, now), rules_legal.fresh_gate(strand))
    assert "均须法制审核" in context["grounds"] and context["handler"] == "—"


def test_an_opinion_wants_a_result_and_words_of_another_person(strand, ask, by, insurance_legal, now):
    review = ask()
    with pytest.raises(BadInput):
        give(review, insurance_legal, now, "perhaps")
    with pytest.raises(BadInput):
        give(review, insurance_legal, now, opinion=" ")
    with pytest.raises(FourEyes):
        give(review, by, now)
    type(strand).objects.filter(pk=strand.pk).update(handler=insurance_legal)
    with pytest.raises(FourEyes):
        give(review, insurance_legal, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalReview.objects.filter(pk=review.pk).update(result="passed", opinion="好", given_by=by, given_at=now)
    assert LegalReview.objects.get().open


def test_who_gave_the_review_does_not_decide(strand, ask, decide, insurance_legal, by, now):
    review = give(ask(), insurance_legal, now)
    with pytest.raises(FourEyes):
        decide(by=insurance_legal)
    with pytest.raises(IntegrityError), transaction.atomic():
        LegalReview.objects.filter(pk=review.pk).update(relied_by=insurance_legal, relied_at=now)
    type(strand).objects.filter(pk=strand.pk).update(handler=insurance_legal)
    with pytest.raises(FourEyes):
        decide()


def test_a_request_is_taken_back_once(strand, ask, by, now):
    review = ask()
    no_clock(review, by, now)
    legal.withdraw_review(review=review, by=by, at=now)
    assert not rules_legal.fresh_gate(strand).review
    with pytest.raises(WrongState):
        legal.withdraw_review(review=review, by=by, at=now)
    assert ask().open


def test_an_opinion_is_given_where_no_clock_runs(strand, ask, by, insurance_legal, now):
    review = ask()
    no_clock(review, by, now)
    assert give(review, insurance_legal, now, "rejected").result == "rejected"


# -- the discussion -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given", "field"),
    [({"present": "宋明哲"}, "present"),
     ({"place": " "}, "place"), ({"held_on": 1}, "held_on"), ({"held_on": -1}, "held_on")],
)
def test_a_discussion_has_everything(strand, by, now, given, field):
    day = local_date(now)
    if "held_on" in given:
        given = {"held_on": day + given["held_on"] * DAY}
    with pytest.raises(BadInput) as refused:
        legal.record_discussion(**{"strand": strand, "held_on": day, "by": by, "at": now} | HELD | given)
    assert list(refused.value.faults) == [field]
    assert not Discussion.objects.exists()


def test_a_discussion_never_changes(strand, by, now):
    type(strand).objects.filter(pk=strand.pk).update(filed_on=None)
    legal.record_discussion(strand=strand, held_on=local_date(now), by=by, at=now, **HELD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Discussion.objects.update(conclusion="不罚")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_discussion")


# -- who, pages, API ----------------------------------------------------------------------------------------------
def test_who_may(
    strand, ask, by, insurance_legal, insurance_deputy_head, insurance_handler_2, health_handler, system_admin, now
):
    review = ask()
    everybody = (by, insurance_legal, insurance_deputy_head, insurance_handler_2, health_handler)
    table = {
        rules_legal.can_give: [insurance_legal], rules_legal.can_withdraw: [by],
    }  # fmt: skip
    for rule, allowed in table.items():
        assert [person for person in everybody if rule(person, review)] == allowed
    assert [person for person in everybody if rules_legal.can_mark(person, strand)] == [by, insurance_deputy_head]
    assert [each for each in (*everybody, system_admin) if rules_legal.can_lay_down(each)] == [insurance_deputy_head]
    assert list(PenaltyPolicy.objects.visible_to(system_admin)) == []


def test_the_reviewer_finds_it_on_the_workbench_and_on_the_case(
    as_user, strand, ask, by, insurance_legal, insurance_deputy_head, now
):
    review = ask()
    with time_machine.travel(now, tick=False):
        assert todo_rows(by, 5) == []
        (row,) = todo_rows(insurance_legal, 5)
        assert (row.action_url, row.days, row.target) == (
            reverse("cases:give_review", args=[review.pk]), 10, ("legal_review", review.pk)
        )
        assert next_step(strand.case, insurance_legal)["order"] == 15 and next_step(strand.case, by) is None
        assert list(clock_actions(insurance_legal, [review.pk])) == [review.pk]
        page = as_user(insurance_legal).get(tab_url(strand.case_id, "handling"))
        assert row.action_url in page.content.decode()
        no_clock(review, by, now)
        assert todo_rows(insurance_legal, 5)[0].lamp == "n"
        form = as_user(insurance_legal).get(row.action_url).context["form"]
        sent = {"form_key": form["form_key"].value(), "result": "passed", "opinion": "同意"}
        assert as_user(insurance_legal).post(row.action_url, sent).status_code == 302
        assert todo_rows(insurance_legal, 5) == [] and next_step(strand.case, insurance_legal) is None
        mark(strand, by, now, "heard", grave=True)
        page = as_user(by).get(tab_url(strand.case_id, "handling")).content.decode()
        assert "法制审核已通过" in page and "待集体讨论" in page


def test_the_steps_are_taken_on_pages(as_user, strand, by, insurance_legal, insurance_deputy_head, health_handler, now):
    def send(user, verb, **given):
        url = reverse("cases:strand", args=[strand.pk, verb])
        form = as_user(user).get(url).context["form"]
        return as_user(user).post(url, {"form_key": form["form_key"].value(), **given})

    with time_machine.travel(now, tick=False):
        assert send(by, "nature", grounds=["heard"], grave="on").status_code == 302
        assert send(by, "ask-review", reviewer=insurance_legal.pk, proposal="拟罚款").status_code == 302
        assert send(by, "discuss", held_on=local_date(now).isoformat(), **HELD).status_code == 302
        frozen = as_user(by).get(reverse("cases:strand", args=[strand.pk, "discuss"]))
        assert frozen.status_code == 302 and frozen.headers["Location"].endswith("#gate")
        assert "罚款二千元。" in as_user(by).get(tab_url(strand.case_id, "handling")).content.decode()
        form = as_user(insurance_deputy_head).get(reverse("cases:strand", args=[strand.pk, "decide"])).context["form"]
        assert (form["grounds"].value(), form["grave"].value()) == (["heard"], True)
        given = {"findings": "查实", "disposition": "penalty", "basis": "38", "decision_number": "罚1"}
        page = send(insurance_deputy_head, "decide", **given)
        assert "未经法制审核" in page.content.decode()
        review = LegalReview.objects.get()
        url = reverse("cases:withdraw_review", args=[review.pk])
        form = as_user(by).get(url).context["form"]
        assert as_user(by).post(url, {"form_key": form["form_key"].value()}).status_code == 302
        assert as_user(insurance_legal).get(reverse("cases:give_review", args=[review.pk])).status_code == 302
        assert as_user(by).get(reverse("cases:withdraw_review", args=[review.pk])).status_code == 302
        url = reverse("cases:penalty_policy")
        form = as_user(insurance_deputy_head).get(url).context["form"]
        sent = {"form_key": form["form_key"].value(), "every_penalty": "on"}
        assert as_user(insurance_deputy_head).post(url, sent).status_code == 302
        again = as_user(insurance_deputy_head).post(url, sent)
        assert again.status_code == 302 and PenaltyPolicy.objects.get().every_penalty
        assert as_user(insurance_deputy_head).post(url, {}).status_code == 200
        assert as_user(health_handler).get(url).status_code == 403
        assert as_user(health_handler).get(reverse("cases:give_review", args=[review.pk])).status_code == 404
    said = {event.verb: sentence(event) for event in Event.objects.filter(verb__startswith="legal.")}
    assert "唐律安" in said["legal.asked"] and "听证" in said["legal.marked"]


def test_the_steps_are_taken_over_the_api(as_user, strand, by, insurance_legal, now):
    with time_machine.travel(now, tick=False):
        client = as_user(by)

        def call(path, body):
            version = client.get(f"/api/v1/strands/{strand.pk}/").json()["version"]
            return client.post(path, body, content_type="application/json", headers={"If-Match": f'"{version}"'})

        root = f"/api/v1/strands/{strand.pk}"
        assert call(f"{root}/nature/", {"grounds": ["law"], "grave": False}).status_code == 200
        assert call(f"{root}/ask-review/", {"reviewer": insurance_legal.pk, "proposal": "拟罚款"}).status_code == 200
        held = HELD | {"held_on": local_date(now).isoformat()}
        assert call(f"{root}/discuss/", held).status_code == 200
        (review,) = client.get(f"/api/v1/cases/{strand.case_id}/legal-reviews/").json()
        (talk,) = client.get(f"/api/v1/cases/{strand.case_id}/discussions/").json()
        assert (review["reviewer"], talk["conclusion"]) == ("唐律安", "罚款二千元。")
        one = f"/api/v1/legal-reviews/{review['id']}"
        assert client.post(f"{one}/give/", {}, content_type="application/json").status_code == 403
        given = as_user(insurance_legal).post(
            f"{one}/give/", {"result": "passed", "opinion": "同意"}, content_type="application/json"
        )
        assert (given.status_code, given.json()["result"]) == (200, "passed")
        late = as_user(by).post(f"{one}/withdraw/", {}, content_type="application/json")
        assert late.status_code == 409  # in a sentence: it was given
        assert rules_legal.fresh_gate(strand).passed


def test_the_api_takes_a_request_back(as_user, strand, ask, by, now):
    with time_machine.travel(now, tick=False):
        url = f"/api/v1/legal-reviews/{ask().pk}/"
        assert as_user(by).get(url).json()["result"] == ""
        done = as_user(by).post(f"{url}withdraw/", {}, content_type="application/json")
        assert done.status_code == 200 and done.json()["withdrawn_at"]
