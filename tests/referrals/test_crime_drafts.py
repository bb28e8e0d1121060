"""Letters about a suspected crime pass through a second hand; their step is taken when they go out (310号令 art. 7–9)."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.db import transaction as database
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.forms import new_form_key
from core.refusals import BadInput, FourEyes, WrongState
from deadlines.models import Deadline
from departments.actions.structure import create_department
from departments.enums import Function
from departments.models import Department
from journal.models import Event, Notification
from referrals import panels, reading_follow_up, workbench
from referrals.actions.crime_common import moment_of
from referrals.actions.crime_drafts import (
    draft_correction,
    draft_filing,
    draft_forward,
    draft_incomplete,
    draft_reconsider,
    draft_reconsidered,
    draft_revoke,
    draft_supervise,
)
from referrals.actions.crime_forwarding import forward_file
from referrals.actions.crime_handover import record_receipt
from referrals.actions.crime_intake import ask_completion
from referrals.actions.crime_police import decide_filing
from referrals.actions.crime_remedies import answer_reconsideration, resume_administrative
from referrals.actions.drafting import Line
from referrals.actions.follow_ups import edit_follow_up, send_follow_up, submit_follow_up
from referrals.actions.papers import approve_paper, review_paper, send_back_paper
from referrals.crime_rules import CAN, is_drafted
from referrals.models import CriminalTransfer, FollowUp
from referrals.rules import can_prove_service, signing_rule
from tests.factories.crime import on_paper
from tests.factories.follow_ups import bring_follow_up, decide_here

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)

# kind → its draft, what it says, the state before it and after it, clocks it ends and begins
LETTERS = {
    "incomplete": (draft_incomplete, {"missing": "缺原件。"}, "received", "incomplete", "", "criminal_correction"),
    "complete": (draft_correction, {"remark": "补正如上"}, "incomplete", "received", "criminal_correction", ""),
    "forward": (draft_forward, {"to": "云溪县公安局", "reason": "管辖"}, "received", "forwarded", "police_decision", ""),
    "reconsider": (
        draft_reconsider, {"reason": "应立案"}, "refused", "reconsidering", "police_reconsideration", "police_reply",
    ),
    "reconsidered": (
        draft_reconsidered, {"filed": False, "reason": "维持"}, "reconsidering", "upheld", "police_reply",
        "supervision_request",
    ),
    "supervise": (draft_supervise, {"reason": "应立案"}, "upheld", "supervising", "supervision_request", ""),
    "revoke": (draft_revoke, {"reason": "没有犯罪事实"}, "filed", "revoked", "property_handover", ""),
}  # fmt: skip
OF_POLICE = ("filing", "incomplete", "forward", "reconsidered", "revoke")


@pytest.fixture
def now():
    """Pages ask the clock on the wall."""
    return timezone.now()


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        return client

    return of


@pytest.fixture
def drafted(crime, insurance_handler, police_section_head, now):
    """`drafted("reconsider")`: such a letter in draft, at the moment it may be written."""

    def made(kind, **more):
        draft, said, state, *_ = LETTERS[kind]
        transfer = crime(state)
        if kind == "complete":
            said = said | {"lines": [Line(evidence=transfer.case.evidence.order_by("-pk").first())]}
        by = police_section_head if kind in OF_POLICE else insurance_handler
        return draft(transfer=transfer, **said | more, by=by, at=now)

    return made


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def running(transfer):
    rows = Deadline.objects.open().of("crime", transfer.pk)
    return set(rows.values_list("rule_code", flat=True))


@pytest.mark.parametrize("kind", LETTERS)
def test_the_step_is_taken_when_a_second_person_has_signed_and_the_registrar_sends(kind, drafted, now, verbs):
    letter, (_draft, _said, before, after, ends, begins) = drafted(kind), LETTERS[kind]
    transfer = letter.referral.criminal_transfer
    steps, clocks = transfer.steps.count(), running(transfer)
    submit_follow_up(letter=letter, by=letter.drafted_by, at=now)
    with pytest.raises(FourEyes), database.atomic():
        (review_paper if signing_rule(letter).reviewer else approve_paper)(
            paper=letter, by=letter.drafted_by, at=now
        )
    send_back_paper(paper=letter, reason="改", by=letter.drafted_by, at=now)
    bring = bring_follow_up(again(letter), "approved", at=now)
    assert bring.approved_by != bring.drafted_by
    assert (again(transfer).status, transfer.steps.count(), running(transfer)) == (before, steps, clocks)
    later = now + HOUR
    send_follow_up(letter=bring, by=bring.drafted_by, at=later)
    transfer = again(transfer)
    step = transfer.steps.order_by("pk").last()
    assert (transfer.status, step.happened_at, step.document) == (after, later, bring.document)
    assert step.number == bring.document.number
    assert bring.document.department == bring.department
    assert ends not in running(transfer) and (not begins or begins in running(transfer))
    assert verbs(bring)[-1] == "follow_up.sent"


def test_a_letter_on_the_desk_shows_the_clock_of_the_file(drafted, insurance_handler):
    letter = drafted("reconsider")
    clock = Deadline.objects.get(rule_code="police_reconsideration")
    [row] = [row for row in workbench.todo_rows(insurance_handler, 9) if row.url == letter.get_absolute_url()]
    assert row.due == clock.due_on


@pytest.mark.parametrize("kind", LETTERS)
def test_every_letter_is_previewed_changed_and_read_on_its_page(kind, drafted, seat, now):
    letter = drafted(kind)
    client = seat(letter.drafted_by)

    def url(name):
        return reverse(f"referrals:follow_up_{name}", args=[letter.pk])

    page = client.get(letter.get_absolute_url()).content.decode()
    to = {"supervise": "检察院", "reconsider": "公安局", "complete": "公安局"}.get(kind, "医保局")
    assert to in reading_follow_up.addressee(letter) and reading_follow_up.addressee(letter) in page
    assert letter.get_kind_display() in page and letter.text.rstrip("。") in page
    assert letter.text.rstrip("。") in client.get(url("preview")).content.decode()
    form = client.get(url("edit")).context["form"]
    given = {name: form.initial[name] for name in ("to", "files") if name in form.fields}
    given |= {name: "另写的理由" for name in ("missing", "remark", "reason") if name in form.fields}
    given |= {"filed": "yes"} if "filed" in form.fields else {}
    answer = client.post(url("edit"), {"form_key": new_form_key(), "expected_version": 1, **given})
    letter = again(letter)
    assert (answer.status_code, letter.text, letter.filed) == (
        302,
        "另写的理由",
        True if "filed" in given else None,
    )
    assert letter.manifest.count() == (1 if kind == "complete" else 0)
    if kind == "complete":
        wrong = client.post(url("edit"), {"form_key": new_form_key(), "expected_version": 2, "remark": "x"})
        assert list(wrong.context["form"].errors) == ["files"]


def test_a_notice_of_forwarding_is_changed_by_the_api(drafted, seat, city, now):
    letter = drafted("forward")
    create_department(
        region=city, function=Function.POLICE, name="沧澜市公安局", short_name="市公安局", mark="沧公", by=None, at=now
    )

    def edit(**data):
        return seat(letter.drafted_by).post(
            f"/api/v1/follow-ups/{letter.pk}/edit/", data, content_type="application/json",
            headers={"If-Match": f'"{again(letter).version}"'},
        )  # fmt: skip

    wrong = edit(text="犯罪地", to=" ")
    assert (wrong.status_code, list(wrong.json())) == (400, ["to"])
    assert edit(text="犯罪地", to="市公安局").json()["to"] == "沧澜市公安局"


def test_material_is_completed_by_the_api(drafted, seat):
    letter = drafted("complete")
    piece = letter.manifest.get().evidence_id

    def edit(**data):
        return seat(letter.drafted_by).post(
            f"/api/v1/follow-ups/{letter.pk}/edit/", data, content_type="application/json",
            headers={"If-Match": f'"{again(letter).version}"'},
        )  # fmt: skip

    wrong = edit(text="", evidence=[])
    assert (wrong.status_code, list(wrong.json())) == (400, ["evidence"])
    assert [row["evidence"] for row in edit(text="", evidence=[piece]).json()["manifest"]] == [piece]


# --- letters that contradict each other ---------------------------------------------------------------------------------
def test_a_file_is_not_forwarded_while_the_decision_on_it_is_being_drafted(
    crime, police_section_head, police_handler, seat, now
):
    transfer = crime("received")
    common = {"transfer": transfer, "by": police_section_head, "at": now}
    filing = draft_filing(filed=True, reason="立案", **common)
    with pytest.raises(WrongState, match="立案（不予立案）通知书"), database.atomic():
        draft_forward(to="云溪县公安局", reason="管辖", **common)
    with pytest.raises(WrongState, match="拟办"), database.atomic():
        draft_incomplete(missing="原件", **common)
    file = CriminalTransfer.objects.for_list().get(pk=transfer.pk)
    assert not any(CAN[step](police_section_head, file) for step in ("filing", "forward", "incomplete"))
    page = seat(police_section_head).get(reverse("referrals:crime_forward", args=[transfer.pk]))
    assert page.status_code == 403
    bring_follow_up(filing, "discarded", at=now)
    assert draft_forward(to="云溪县公安局", reason="管辖", **common).status == "draft"
    with pytest.raises(IntegrityError, match="follow_up_one_open_of_a_crime"), database.atomic():
        FollowUp.objects.create(
            referral=transfer.referral, kind="incomplete", text="x", case=transfer.case, department=transfer.police,
            drafted_by=police_section_head, drafted_at=now, created_at=now, updated_at=now,
        )  # fmt: skip


@pytest.mark.parametrize("status", ["draft", "submitted", "reviewed", "approved"])
def test_a_notice_under_way_is_given_up_when_the_file_is_forwarded_on_paper(
    status, crime, police_section_head, insurance_registrar, insurance_handler, seat, now
):
    """The police gave up their account meanwhile: what they drafted here leads nowhere, and blocks nothing."""
    transfer = crime("received")
    filing = draft_filing(transfer=transfer, filed=True, reason="立案", by=police_section_head, at=now)
    bring_follow_up(filing, status, at=now)
    Department.objects.filter(pk=transfer.police_id).update(has_account=False)
    transfer = again(transfer)
    stale = again(filing)
    if status == "approved":
        with pytest.raises(WrongState, match="未使用本系统"), database.atomic():
            send_follow_up(letter=stale, by=police_section_head, at=now)
    assert CAN["forward"](insurance_registrar, CriminalTransfer.objects.for_list().get(pk=transfer.pk))
    paper = on_paper(now, number="青公转〔2026〕1号")
    forward_file(
        transfer=transfer, to="云溪县公安局", reason="管辖", paper=paper, by=insurance_registrar, at=now
    )
    filing = again(filing)
    assert (filing.status, filing.approved_at, "移送" in filing.sent_back_reason) == ("discarded", None, True)
    assert Event.objects.filter(verb="follow_up.discarded", target_id=filing.pk).count() == 1
    assert Notification.objects.filter(verb="paper.sent_back", recipient=police_section_head).exists()
    record_receipt(transfer=again(transfer), paper=on_paper(now), by=insurance_registrar, at=now)
    decide_filing(
        transfer=again(transfer), filed=True, reason="立案", paper=on_paper(now, number="云公立〔2026〕1号"),
        by=insurance_registrar, at=now,
    )  # fmt: skip
    assert again(transfer).status == "filed"
    assert not any("公安" in sentence and "1" in sentence for sentence in panels.open_letters(transfer.case))
    assert seat(insurance_handler).get(transfer.get_absolute_url()).status_code == 200


def test_a_completion_under_way_is_given_up_when_the_police_have_decided(
    drafted, insurance_handler, police_section_head, now
):
    letter = bring_follow_up(drafted("complete"), "approved", at=now)
    transfer = letter.referral.criminal_transfer
    decide_here(transfer=transfer, filed=True, reason="立案", by=police_section_head, at=now)
    assert again(letter).status == "discarded"
    told = Notification.objects.get(verb="paper.sent_back", recipient=insurance_handler)
    assert "立案" in str(told.params)
    with pytest.raises(WrongState), database.atomic():
        send_follow_up(letter=again(letter), by=insurance_handler, at=now)


def test_a_decision_under_way_stays_when_the_completion_comes(
    drafted, police_section_head, insurance_registrar, now
):
    letter = bring_follow_up(drafted("complete"), "approved", at=now)
    filing = draft_filing(
        transfer=letter.referral.criminal_transfer, filed=True, reason="立案", by=police_section_head, at=now
    )
    send_follow_up(letter=letter, by=insurance_registrar, at=now)
    assert (again(filing).status, again(letter.referral.criminal_transfer).status) == ("draft", "received")


def test_police_on_paper_ask_for_completion_and_get_it_by_a_letter(
    crime_on_paper, insurance_handler, insurance_registrar, now
):
    transfer = crime_on_paper("incomplete")
    piece = transfer.case.evidence.order_by("-pk").first()
    letter = draft_correction(transfer=transfer, lines=[Line(evidence=piece)], by=insurance_handler, at=now)
    assert reading_follow_up.addressee(letter) == str(transfer.police)
    bring_follow_up(letter, "sent", at=now)
    assert (again(transfer).status, can_prove_service(insurance_registrar, again(letter))) == (
        "received",
        True,
    )


def test_a_remedy_under_way_is_given_up_when_administrative_handling_is_resumed(drafted, insurance_head, now):
    letter = bring_follow_up(drafted("reconsider"), "submitted", at=now)
    resume_administrative(
        transfer=letter.referral.criminal_transfer, reason="不再复议", by=insurance_head, at=now
    )
    assert again(letter).status == "discarded"


def test_a_letter_whose_matter_moved_on_is_not_submitted(drafted, now):
    letter = drafted("reconsidered")
    CriminalTransfer.objects.filter(pk=letter.referral.criminal_transfer.pk).update(status="upheld")
    with pytest.raises(WrongState), database.atomic():
        submit_follow_up(letter=again(letter), by=letter.drafted_by, at=now)


def test_forwarding_names_a_body_and_completion_its_files_when_changed(drafted, now):
    letter = drafted("forward")
    given = {"letter": letter, "version": 1, "text": "管辖", "by": letter.drafted_by, "at": now}
    for to in (" ", "县公安局"):
        with pytest.raises(BadInput) as refusal, database.atomic():
            edit_follow_up(to=to, **given)
        assert refusal.value.field == "to"


def test_police_who_work_here_enter_no_paper(crime, police_section_head, now):
    transfer = crime("received")
    common = {"transfer": transfer, "paper": on_paper(now), "by": police_section_head, "at": now}
    for act, said in (
        (ask_completion, {"missing": "原件"}), (forward_file, {"to": "云溪县公安局", "reason": "管辖"}),
    ):  # fmt: skip
        with pytest.raises(WrongState, match="系统内"), database.atomic():
            act(**common, **said)
    CriminalTransfer.objects.filter(pk=transfer.pk).update(status="reconsidering")
    common["transfer"] = again(transfer)
    with pytest.raises(WrongState, match="系统内"), database.atomic():
        answer_reconsideration(filed=True, reason="立案", **common)


def test_late_ones_say_why_when_they_are_sent(drafted, now):
    letter = drafted("supervise")
    assert not reading_follow_up.is_late(letter)
    Deadline.objects.filter(rule_code="supervision_request").update(
        due_at=timezone.now() - DAY, due_on=timezone.localdate() - DAY
    )
    assert reading_follow_up.is_late(letter)


def test_before_its_letter_is_handed_over_nothing_about_it_is_drafted(crime, now):
    transfer = crime("proposed")
    assert transfer.referral is None and not is_drafted(transfer, "filing")
    assert moment_of(transfer, "filing", None, now) == now  # police who work here act when they act
