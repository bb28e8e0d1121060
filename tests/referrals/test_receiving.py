"""Between receipt and decision: accepted in part, completed; the same matter is not sent twice."""

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actions.evidence import add_evidence
from cases.models import Custody
from core.forms import new_form_key
from core.refusals import BadInput, Refused, WrongState
from core.tally import tally
from deadlines.models import Deadline
from departments.enums import Role
from referrals import panels, workbench
from referrals.actions.completion import drop_completion, take_completion
from referrals.actions.drafting import Line
from referrals.actions.handling import accept_referral, assign_referral, return_referral
from referrals.actions.receipt import report_mismatch
from referrals.actions.reminders import chase_referral
from referrals.actions.sending import send_dispatch
from referrals.actions.verdicts import Refusal, points_of
from referrals.models import Completion, FollowUp, Referral, SuppliedItem, Verdict
from referrals.refusals import HashMismatch
from tests.factories.cases import pdf
from tests.factories.follow_ups import ask_completion, bring_follow_up, supply_completion
from tests.factories.referrals import acting, bring_paper, make_dispatch

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, BACKEND)
        return client

    return of


@pytest.fixture
def assigned(letter, health_section_head, health_handler, now):
    """A letter that was signed for and assigned."""
    referral = letter("received")
    assign_referral(referral=referral, person=health_handler, by=health_section_head, at=now)
    return referral


@pytest.fixture
def asked(assigned, health_handler, now):
    """Completion asked for by the handler, due in five days."""
    return ask_completion(
        referral=assigned, missing="缺2026年3月住院费用清单。\n缺经办人签名。", due_on=now.date() + 5 * DAY,
        by=health_handler, at=now,
    )  # fmt: skip


@pytest.fixture
def more(case, insurance_handler, now):
    """A file that was not handed over yet."""
    return lambda name="费用清单.pdf": add_evidence(case=case, upload=pdf(name), by=insurance_handler, at=now)


def clocks(referral):
    rows = Deadline.objects.filter(target_kind="referral", target_id=referral.pk).order_by("pk")
    return {row.rule_code: row.status for row in rows}


def send_out():
    """The letter that lies in draft is signed and goes out."""
    bring_follow_up(FollowUp.objects.open().get(), "sent", at=timezone.now())


def post(client, url, **fields):
    return client.post(url, {"form_key": new_form_key(), **fields})


# --- accepted in part ------------------------------------------------------------------------------------------
def test_what_is_not_accepted_stays_with_the_sender_who_is_told_and_the_receipt_says_so(
    assigned, health_handler, now, told, verbs
):
    keys = [point.key for point in points_of(assigned)]
    assert keys == ["matter-1", "line-1", "line-2"]
    accept_referral(
        referral=assigned, refused=[Refusal("line-2", " 与本局职责无关 ")], by=health_handler, at=now
    )
    verdicts = list(Verdict.objects.filter(referral=assigned).values_list("kind", "accepted", "reason"))
    assert verdicts == [("matter", True, ""), ("line", True, ""), ("line", False, "与本局职责无关")]
    assert (assigned.status, verbs(assigned)[-1]) == ("accepted", "referral.partly_accepted")
    assert told("referral.was_partly_accepted") == ["何志远", "陈晓岚"]
    assert told("referral.was_accepted") == []
    back = Custody.objects.filter(
        kind="handed_over", department=assigned.receiver, to_department=assigned.sender
    )
    assert [row.evidence.name for row in back] == ["疑点清单.pdf"]
    context = assigned.receipt.context
    assert context["tables"][0]["rows"] == [["1", "疑点清单.pdf", "与本局职责无关"]]
    assert dict(context["fields"])["处理结果"].startswith("部分受理")
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.filter(referral=assigned).update(accepted=True, reason="")


@pytest.mark.parametrize(
    ("refused", "field"),
    [
        ([("line-9", "因")], "line-9"),
        ([("line-1", " ")], "line-1"),
        ([], None),
        ([("matter-1", "因")], None),
        ([("matter-1", "因"), ("line-1", "因"), ("line-2", "因")], None),
    ],
)
def test_a_partial_acceptance_refuses_what_cannot_be_right(refused, field, assigned, health_handler, now):
    with pytest.raises(BadInput, match=r"\w") as refusal, transaction.atomic():
        accept_referral(
            referral=assigned, refused=[Refusal(*item) for item in refused], by=health_handler, at=now
        )
    assert refusal.value.field == field
    assert (Referral.objects.get().status, Verdict.objects.count()) == ("received", 0)


def test_the_questions_of_a_support_notice_are_judged_one_by_one(
    support, health_section_head, health_handler, now
):
    referral = support("received")
    assign_referral(referral=referral, person=health_handler, by=health_section_head, at=now)
    accept_referral(
        referral=referral, refused=[Refusal("matter-2", "不属本局鉴定范围")], by=health_handler, at=now
    )
    assert [verdict.accepted for verdict in referral.verdicts.filter(kind="matter")] == [True, False]


# --- completion ------------------------------------------------------------------------------------------------
def test_asking_for_completion_stops_the_receivers_clock_and_starts_the_senders(
    asked, assigned, now, told, verbs
):
    assert clocks(assigned) == {"transfer_sign": "met", "transfer_reply": "paused", "completion": "running"}
    owed = Deadline.objects.open().of("referral", assigned.pk).get(rule_code="completion")
    assert (owed.department, owed.to_department, owed.due_on) == (
        assigned.sender, assigned.receiver, now.date() + 5 * DAY,
    )  # fmt: skip
    reason = Deadline.objects.get(rule_code="transfer_reply", target_id=assigned.pk).changes.get().reason
    assert "缺2026年3月住院费用清单" in reason
    assert told("completion.to_supply") == ["何志远", "陈晓岚"]
    assert verbs(assigned)[-1] == "completion.asked"
    assert (asked.letter.kind, asked.letter.department) == ("completion_letter", assigned.receiver)
    words = [para["text"] for para in asked.letter.context["body"]]
    assert words[1:3] == ["缺2026年3月住院费用清单。", "缺经办人签名。"]
    assert "办理期限暂停计算" in words[-1]


def test_what_arrives_sets_the_clock_going_again_by_the_time_it_stood(
    asked, assigned, more, insurance_handler, health_registrar, now, told, verbs
):
    old, later = assigned.limit_on, now + 3 * DAY
    piece = more()
    supply_completion(
        completion=asked,
        lines=[Line(evidence=piece, remark="原件")],
        note="签名已补。",
        by=insurance_handler,
        at=later,
    )
    assert clocks(assigned) == {"transfer_sign": "met", "transfer_reply": "running", "completion": "met"}
    assigned.refresh_from_db()
    reply = Deadline.objects.open().of("referral", assigned.pk).get()
    assert reply.due_on == assigned.limit_on > old
    assert asked.supply_letter.context["annexes"][0]["table"]["rows"][0][1] == "费用清单.pdf"
    assert told("completion.to_take") == ["周敏仪", "罗采薇"]
    take_completion(completion=asked, by=health_registrar, at=later)
    rows = Custody.objects.filter(evidence=piece, cause_kind="referral").values_list(
        "kind", "department__function"
    )
    assert sorted(rows) == [("handed_over", "insurance"), ("received", "health"), ("verified", "health")]
    assert (asked.status, told("completion.was_taken"), verbs(assigned)[-1]) == (
        "taken", ["陈晓岚"], "completion.taken",
    )  # fmt: skip
    assert [point.key for point in points_of(assigned)][-1] == "supplied-1"
    with pytest.raises(IntegrityError), transaction.atomic():
        SuppliedItem.objects.update(name="x")


def test_the_receipt_counts_what_was_supplied(
    asked, assigned, more, insurance_handler, health_registrar, health_handler, finance_handler, now
):
    supply_completion(completion=asked, lines=[Line(evidence=more())], by=insurance_handler, at=now)
    seen = [asked.items.visible_to(user).count() for user in (insurance_handler, health_handler, finance_handler)]
    assert seen == [1, 1, 0]
    with pytest.raises(WrongState, match=r"\w"), transaction.atomic():
        accept_referral(referral=assigned, by=health_handler, at=now)
    take_completion(completion=asked, by=health_registrar, at=now)
    assigned.refresh_from_db()
    accept_referral(referral=assigned, by=health_handler, at=now)
    assert dict(assigned.receipt.context["fields"])["补充材料"].startswith("补充1件")


def test_a_late_completion_stays_red_until_it_comes(asked, assigned, insurance_handler, more, now):
    supply_completion(completion=asked, lines=[Line(evidence=more())], by=insurance_handler, at=now + 8 * DAY)
    assert Deadline.objects.get(rule_code="completion").late


def test_an_explanation_alone_completes_and_nothing_at_all_does_not(asked, insurance_handler, now):
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        supply_completion(completion=asked, lines=[], note=" ", by=insurance_handler, at=now)
    assert refusal.value.field == "lines"
    supply_completion(completion=asked, lines=[], note="该清单不存在。", by=insurance_handler, at=now)
    assert (asked.status, asked.items.count(), asked.supply_letter.context["annexes"]) == ("supplied", 0, [])


@pytest.mark.parametrize("wrong", ["handed over", "twice", "of another case", "no copies"])
def test_a_supply_refuses_lines_that_cannot_be_right(
    wrong, asked, case, more, insurance_handler, now, receiver
):
    from tests.factories.cases import make_case

    lines = {
        "handed over": lambda: [Line(evidence=case.evidence.first())],
        "twice": lambda: 2 * [Line(evidence=more())],
        "of another case": lambda: [
            Line(evidence=make_case(by=insurance_handler, at=now, files=[pdf("别案.pdf")]).evidence.get())
        ],
        "no copies": lambda: [Line(evidence=more(), quantity=0)],
    }[wrong]()
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        supply_completion(completion=asked, lines=lines, by=insurance_handler, at=now)
    assert refusal.value.field == "lines"
    assert Completion.objects.get().status == "asked"


def test_a_supplied_file_that_does_not_match_is_not_taken_in(
    asked, assigned, more, insurance_handler, health_registrar, now
):
    piece = more()
    supply_completion(completion=asked, lines=[Line(evidence=piece)], by=insurance_handler, at=now)
    default_storage.delete(piece.file.name)
    with pytest.raises(HashMismatch) as refusal, transaction.atomic():
        take_completion(completion=asked, by=health_registrar, at=now)
    report_mismatch(referral=assigned, evidence=refusal.value.evidence, by=health_registrar, at=now)
    assert Completion.objects.get().status == "supplied"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"missing": " "}, "missing"), ({"due_on": dt.date(2026, 11, 16)}, "due_on")],
)
def test_asking_refuses_what_cannot_be_right(changes, field, assigned, health_handler, now):
    given = {"missing": "缺清单", "due_on": now.date() + DAY} | changes
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        ask_completion(referral=assigned, by=health_handler, at=now, **given)
    assert (refusal.value.field, Completion.objects.count()) == (field, 0)


def test_one_request_at_a_time_and_the_receiver_may_drop_it(
    asked, assigned, health_handler, now, told, verbs
):
    with pytest.raises(WrongState), transaction.atomic():
        ask_completion(referral=assigned, missing="x", due_on=now.date() + DAY, by=health_handler, at=now)
    drop_completion(completion=asked, reason="已自行调取", by=health_handler, at=now)
    assert (asked.status, clocks(assigned)["transfer_reply"], clocks(assigned)["completion"]) == (
        "dropped", "running", "cancelled",
    )  # fmt: skip
    assert (told("completion.was_dropped"), verbs(assigned)[-1]) == (
        ["何志远", "陈晓岚"],
        "completion.dropped",
    )
    again = ask_completion(referral=assigned, missing="x", due_on=now.date() + DAY, by=health_handler, at=now)
    supply_completion(completion=again, lines=[], note="补", by=acting(assigned.sender, Role.HANDLER), at=now)
    with pytest.raises(WrongState), transaction.atomic():
        drop_completion(completion=again, reason="不要了", by=health_handler, at=now)


def test_after_the_decision_nothing_is_completed(asked, assigned, health_handler, insurance_handler, now):
    accept_referral(referral=assigned, by=health_handler, at=now)
    asked.refresh_from_db()
    assert (asked.status, clocks(assigned)["transfer_reply"]) == ("dropped", "running")
    for act in (
        lambda: ask_completion(
            referral=assigned, missing="x", due_on=now.date() + DAY, by=health_handler, at=now
        ),
        lambda: supply_completion(completion=asked, lines=[], note="补", by=insurance_handler, at=now),
        lambda: drop_completion(completion=asked, reason="因", by=health_handler, at=now),
    ):
        with pytest.raises(WrongState, match=r"\w"), transaction.atomic():
            act()
    assert Completion.objects.get().status == "dropped"


def test_a_return_ends_the_wait(asked, assigned, health_handler, now):
    return_referral(referral=assigned, category="incomplete", reason="逾期未补", by=health_handler, at=now)
    assert set(clocks(assigned).values()) == {"met", "cancelled"}
    assert Completion.objects.get().drop_reason == "逾期未补"


def test_who_owes_completion_does_not_chase(asked, assigned, insurance_handler, now):
    from referrals import rules

    assert not rules.can_chase(insurance_handler, assigned)
    with pytest.raises(WrongState), transaction.atomic():
        chase_referral(referral=assigned, by=insurance_handler, at=now)


def test_a_bulletin_without_limit_has_no_clock_to_stop(
    case, receiver, insurance_handler, health_section_head, now
):
    from tests.factories.referrals import bring_referral

    dispatch = make_dispatch(
        case, [receiver], kind="bulletin", by=insurance_handler, at=now, status="sent", limit_on=None
    )
    referral = bring_referral(dispatch.referrals.get(), "received", at=now)
    completion = ask_completion(
        referral=referral, missing="缺附件", due_on=now.date() + DAY, by=health_section_head, at=now
    )
    Deadline.objects.open().of("referral", referral.pk).get()
    assert "暂停" not in completion.letter.context["body"][-1]["text"]
    supply_completion(completion=completion, lines=[], note="补", by=insurance_handler, at=now)
    assert clocks(referral) == {"transfer_sign": "met", "completion": "met"}


def test_clocks_that_were_cancelled_stop_nobody(asked, assigned, insurance_handler, health_handler, now):
    from deadlines.actions.clocks import cancel_clock, open_clock

    cancel_clock(deadline=open_clock(assigned, "completion"), at=now, reason="补录")
    drop_completion(completion=asked, reason="因", by=health_handler, at=now)
    again = ask_completion(referral=assigned, missing="x", due_on=now.date() + DAY, by=health_handler, at=now)
    cancel_clock(deadline=open_clock(assigned, "completion"), at=now, reason="补录")
    supply_completion(completion=again, lines=[], note="补", by=insurance_handler, at=now)
    assert again.status == "supplied"


# --- the same matter twice -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("status", "refused"), [("sent", True), ("answered", True), ("returned", False)])
def test_a_second_open_transfer_to_the_same_department_is_refused(
    status, refused, letter, case, receiver, insurance_handler, now
):
    first = letter(status)
    if not refused:
        assert make_dispatch(case, [receiver], by=insurance_handler, at=now).status == "draft"
        return
    with pytest.raises(BadInput, match=first.number) as refusal:
        make_dispatch(case, [receiver], by=insurance_handler, at=now)
    assert refusal.value.field == "receivers"
    assert make_dispatch(case, [receiver], kind="bulletin", by=insurance_handler, at=now).status == "draft"


def test_of_two_drafts_the_second_is_not_sent_and_the_database_agrees(
    case, receiver, insurance_handler, insurance_registrar, now
):
    first = make_dispatch(case, [receiver], by=insurance_handler, at=now)
    second = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="approved")
    bring_paper(first, "sent", at=now)
    with pytest.raises(BadInput), transaction.atomic():
        send_dispatch(dispatch=second, by=insurance_registrar, at=now)
    sent = Referral.objects.get()
    with pytest.raises(IntegrityError, match="transfer_once_a_receiver"), transaction.atomic():
        Referral.objects.create(
            dispatch=second, kind="transfer", case=case, sender=sent.sender, receiver=receiver, number="x",
            created_at=now, updated_at=now,
        )  # fmt: skip


def test_nobody_learns_by_a_refusal_that_a_sealed_body_has_the_matter(
    case, procuratorate, insurance_handler, insurance_handler_2, insurance_deputy_head, insurance_registrar, now, told
):
    """Who is named on the first letter is told; the second goes out beside it."""
    from tests.cast import person

    type(procuratorate).objects.filter(pk=procuratorate.pk).update(named_only=True)
    procuratorate.refresh_from_db()
    first = make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="approved")
    [sealed] = send_dispatch(dispatch=first, by=insurance_registrar, at=now)
    second = make_dispatch(case, [procuratorate], by=insurance_handler_2, at=now, status="approved")
    with pytest.raises(BadInput, match=sealed.number), transaction.atomic():
        make_dispatch(case, [procuratorate], by=insurance_deputy_head, at=now)
    assert told("referral.sealed_beside") == []
    [letter] = send_dispatch(dispatch=second, by=insurance_registrar, at=now)  # a refusal here would tell the drafter
    assert (letter.status, letter.beside_sealed, sealed.beside_sealed) == ("sent", True, False)
    assert told("referral.sealed_beside") == [insurance_handler.name]
    other = person("yb77", "曹亦明", insurance_registrar.department, Role.REGISTRAR)
    assert not Referral.objects.visible_to(other).filter(pk=sealed.pk).exists()
    client = Client()  # nothing of the first on any page of the second
    client.force_login(insurance_handler_2, BACKEND)
    for url in (letter.get_absolute_url(), second.get_absolute_url(), f"/api/v1/referrals/{letter.pk}/"):
        page = client.get(url).content.decode()
        assert (letter.number in page, sealed.number in page, "sealed" in page) == (True, False, False)


# --- pages, workbench, API -------------------------------------------------------------------------------------
class TestByThePages:
    @pytest.fixture
    def now(self):
        """Pages read the clock themselves."""
        return timezone.now()

    def test_completion_is_asked_supplied_and_taken_in(
        self, assigned, seat, health_handler, insurance_handler, health_registrar, more, now
    ):
        page = reverse("referrals:referral_ask_completion", args=[assigned.pk])
        handler = seat(health_handler)
        assert handler.get(page).status_code == 200
        wrong = post(handler, page, missing="缺清单", due_on="2020-01-01")
        assert list(wrong.context["form"].errors) == ["due_on"]
        due = (timezone.localdate() + 5 * DAY).isoformat()
        assert post(handler, page, missing="缺清单", due_on=due).status_code == 302
        send_out()
        assert "缺清单" in handler.get(assigned.get_absolute_url()).content.decode()
        assert [row.action_label for row in workbench.todo_rows(insurance_handler, 9)] == ["补送材料"]
        assert panels.next_letter(assigned.case, insurance_handler)["label"] == "补送材料"
        piece = more()
        supply = reverse("referrals:referral_supply", args=[assigned.pk])
        sender = seat(insurance_handler)
        files = sender.get(supply).context["form"].fields["lines"].queryset
        assert list(files) == [piece]
        assert list(post(sender, supply).context["form"].errors) == ["lines"]
        assert post(sender, supply, lines=[piece.pk]).status_code == 302
        send_out()
        registrar = seat(health_registrar)
        assert tally([workbench.todo_count(health_registrar)]) == [1]
        post(registrar, reverse("referrals:referral_take_completion", args=[assigned.pk]))
        assert Completion.objects.get().status == "taken"
        shown = sender.get(assigned.get_absolute_url()).content.decode()
        assert "费用清单.pdf" in shown

    def test_a_mismatch_of_what_was_supplied_is_reported(
        self, asked, assigned, seat, more, insurance_handler, health_registrar, now, verbs
    ):
        piece = more()
        supply_completion(completion=asked, lines=[Line(evidence=piece)], by=insurance_handler, at=now)
        default_storage.delete(piece.file.name)
        post(seat(health_registrar), reverse("referrals:referral_take_completion", args=[assigned.pk]))
        assert verbs(assigned)[-1] == "referral.mismatch"

    def test_a_request_is_dropped(self, asked, assigned, seat, health_handler):
        page = reverse("referrals:referral_drop_completion", args=[assigned.pk])
        assert seat(health_handler).get(page).status_code == 200
        assert post(seat(health_handler), page, reason="已调取").status_code == 302
        assert Completion.objects.get().status == "dropped"

    def test_a_letter_is_accepted_in_part(self, assigned, seat, health_handler, insurance_handler):
        page = reverse("referrals:referral_accept_in_part", args=[assigned.pk])
        client = seat(health_handler)
        assert "疑点清单.pdf" in client.get(page).content.decode()
        wrong = post(client, page, **{"refuse-line-2": "on"})
        assert list(wrong.context["form"].errors) == ["line-2"]
        assert "checked" in wrong.content.decode()
        assert post(client, page, **{"refuse-line-2": "on", "line-2": "重复"}).status_code == 302
        assert Referral.objects.get().status == "accepted"
        assert "重复" in seat(insurance_handler).get(assigned.get_absolute_url()).content.decode()

    def test_the_api_does_the_same(
        self, assigned, seat, health_handler, health_registrar, insurance_handler, more
    ):
        piece = more()

        def call(user, step, **data):
            referral = Referral.objects.get()
            return seat(user).post(
                f"/api/v1/referrals/{referral.pk}/{step}/", data, content_type="application/json",
                headers={"If-Match": f'"{referral.version}"'},
            )  # fmt: skip

        due = (timezone.localdate() + 5 * DAY).isoformat()
        assert call(insurance_handler, "ask-completion", missing="缺", due_on=due).status_code == 403
        assert call(health_handler, "ask-completion", missing="缺", due_on="2020-01-01").status_code == 400
        assert call(health_handler, "ask-completion", missing="缺", due_on=due).status_code == 201
        send_out()
        assert call(health_handler, "drop-completion", reason="已调取").status_code == 200
        assert call(health_handler, "ask-completion", missing="缺", due_on=due).status_code == 201
        send_out()
        assert call(insurance_handler, "supply", evidence=[0]).status_code == 400
        assert call(insurance_handler, "supply", evidence=[piece.pk]).status_code == 201
        send_out()
        assert call(health_registrar, "take-completion").status_code == 200
        answer = call(health_handler, "accept-part", refused=[{"key": "line-1", "reason": "重复"}])
        assert (answer.status_code, answer.json()["status"]) == (200, "accepted")


STATES = ("sent", "received", "accepted", "returned", "answered", "closed", "withdrawn")


@pytest.mark.parametrize("status", [state for state in STATES if state != "received"])
def test_only_a_letter_that_waits_for_its_receiver_is_completed_or_judged(
    status, letter, health_handler, now
):
    referral = letter(status)
    for act in (
        lambda: ask_completion(
            referral=referral, missing="x", due_on=now.date() + DAY, by=health_handler, at=now
        ),
        lambda: accept_referral(
            referral=referral, refused=[Refusal("line-1", "因")], by=health_handler, at=now
        ),
    ):
        with pytest.raises(Refused, match=r"\w"), transaction.atomic():
            act()
    assert Referral.objects.get().status == status
