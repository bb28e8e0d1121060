"""Bodies without an account: served on paper, written down by the registrar, answered by a one-time link."""

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Custody
from core.dates import local_date
from core.forms import new_form_key
from core.refusals import BadInput, WrongState
from deadlines.models import Deadline
from departments.actions.structure import allow_links
from departments.models import Department
from documents.models import IssuedDocument
from journal.models import Event
from referrals import panels
from referrals.actions.bodies import record_said
from referrals.actions.closing import close_referral, redo_referral
from referrals.actions.links import LinkOver, end_link, issue_link, open_link, use_link
from referrals.actions.receipt import prove_delivery
from referrals.actions.reminders import chase_referral
from referrals.models import AnswerLink, Dispatch, Referral, Said
from tests.factories.cases import PDF
from tests.factories.referrals import make_dispatch, make_need

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def scan(name="文书.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def seat():
    def of(user):
        client = Client()
        client.force_login(user, BACKEND)
        return client

    return of


@pytest.fixture
def on_paper(case, procuratorate, insurance_handler, insurance_registrar, now):
    """`on_paper("received")`: a transfer to the procuratorate, brought to a state by the registrar."""

    def made(status="sent", **more):
        dispatch = make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="sent", **more)
        referral = dispatch.referrals.get()
        if status == "sent":
            return referral
        prove_delivery(
            referral=referral, delivered_on=local_date(now), received_by_name="收发室", method="专人送达", upload=scan(),
            by=insurance_registrar, at=now,
        )  # fmt: skip
        if status != "received":
            said(referral, status, by=insurance_registrar, at=now)
        return referral

    return made


def said(referral, kind, *, by, at, **more):
    given = {"person": "孔检察官", "dated_on": local_date(at), "upload": scan(), "number": "青检函〔2026〕9号"}
    given |= {"text": "" if kind == "accepted" else "事实清楚。", "category": "other" if kind == "returned" else ""}
    return record_said(referral=referral, kind=kind, by=by, at=at, **(given | more))


@pytest.fixture
def linked(on_paper, procuratorate, insurance_registrar, office_coordinator, now):
    """(letter, token): a one-time link to a letter that was sent, where the office allows links."""
    allow_links(department=procuratorate, allowed=True, by=office_coordinator, at=now)
    referral = on_paper("sent")
    _link, token = issue_link(referral=referral, days=7, by=insurance_registrar, at=now)
    return referral, token


def clocks(referral):
    rows = Deadline.objects.filter(target_kind="referral", target_id=referral.pk).order_by("pk")
    return {row.rule_code: row.status for row in rows}


# --- the registrar writes it down ------------------------------------------------------------------------------
def test_the_same_states_and_clocks_run_for_a_body_on_paper(
    on_paper, insurance_registrar, insurance_handler, now, told, verbs
):
    referral = on_paper("received")
    chase_referral(referral=referral, by=insurance_handler, at=now)
    assert told("referral.to_remind") == ["曾小禾"] and told("referral.was_chased") == []
    said(referral, "accepted", by=insurance_registrar, at=now)
    assert (referral.status, referral.handled_there, referral.handler) == ("accepted", "孔检察官", None)
    assert told("referral.was_accepted") == ["陈晓岚"]
    row = said(referral, "answered", by=insurance_registrar, at=now)
    assert (referral.status, row.via, row.by) == ("answered", "registrar", insurance_registrar)
    assert clocks(referral) == {"transfer_sign": "met", "transfer_reply": "met"}
    assert told("referral.was_answered") == ["曾小禾", "陈晓岚"]
    assert verbs(referral)[-2:] == ["said.accepted", "said.answered"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Said.objects.filter(pk=row.pk).update(text="x")
    redo_referral(referral=referral, reason="补充", limit_on=now.date() + DAY, by=insurance_handler, at=now)
    assert told("referral.to_redo") == ["曾小禾"]
    said(referral, "answered", by=insurance_registrar, at=now)
    close_referral(referral=referral, by=insurance_handler, at=now)
    assert referral.status == "closed"


def test_after_a_redo_an_older_paper_is_no_answer(on_paper, insurance_registrar, insurance_handler, now):
    referral, later = on_paper("answered"), now + 2 * DAY
    again = {"referral": referral, "reason": "补充", "limit_on": local_date(now) + 9 * DAY, "by": insurance_handler}
    redo_referral(**again, at=later)
    with pytest.raises(BadInput, match="退回重办") as refusal, transaction.atomic():
        said(referral, "answered", by=insurance_registrar, at=later, dated_on=local_date(now))
    assert refusal.value.field == "dated_on"
    said(referral, "answered", by=insurance_registrar, at=later)
    assert referral.status == "answered"


def test_a_link_answers_a_letter_whose_delivery_was_proved_before(
    on_paper, procuratorate, insurance_registrar, office_coordinator, now
):
    for _twice in range(2):  # allowed already: nothing more to record
        allow_links(department=procuratorate, allowed=True, by=office_coordinator, at=now)
    referral = on_paper("received")
    received = referral.received_at
    _link, token = issue_link(referral=referral, days=7, by=insurance_registrar, at=now)
    use_link(token=token, kind="accepted", person="孔检察官", upload=scan(), at=now + dt.timedelta(hours=1))
    referral.refresh_from_db()
    assert (referral.status, referral.received_at) == ("accepted", received)


def test_who_answers_at_once_has_accepted(on_paper, insurance_registrar, now):
    referral = on_paper("answered")
    assert (referral.status, referral.accepted_at is not None) == ("answered", True)


def test_a_body_returns_a_letter_on_paper(on_paper, now, told):
    referral = on_paper("returned")
    assert (referral.status, referral.return_category, referral.return_reason) == ("returned", "other", "事实清楚。")
    assert set(clocks(referral).values()) == {"met", "cancelled"}
    assert told("referral.was_returned") == ["何志远", "陈晓岚"]


@pytest.mark.parametrize(
    ("kind", "changes", "field"),
    [
        ("accepted", {"person": " "}, "person"),
        ("accepted", {"dated_on": dt.date(2026, 11, 15)}, "dated_on"),
        ("accepted", {"dated_on": dt.date(2026, 11, 17)}, "dated_on"),
        ("accepted", {"upload": scan(content=b"no scan")}, "upload"),
        ("returned", {"category": ""}, "category"),
        ("answered", {"text": " "}, "text"),
    ],
)
def test_what_is_written_down_has_to_be_right(kind, changes, field, on_paper, insurance_registrar, now):
    referral = on_paper("received")
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        said(referral, kind, by=insurance_registrar, at=now, **changes)
    assert (refusal.value.field, Said.objects.count()) == (field, 0)


def test_nobody_speaks_for_a_department_that_works_here(letter, insurance_registrar, now):
    with pytest.raises(WrongState, match="县卫健局"), transaction.atomic():
        said(letter("received"), "accepted", by=insurance_registrar, at=now)


@pytest.mark.parametrize(("status", "kind"), [("sent", "accepted"), ("accepted", "returned"), ("accepted", "accepted")])
def test_a_step_its_state_does_not_allow_is_refused(status, kind, on_paper, insurance_registrar, now):
    referral = on_paper(status)
    with pytest.raises(WrongState), transaction.atomic():
        said(referral, kind, by=insurance_registrar, at=now)


# --- the one-time link -----------------------------------------------------------------------------------------
def test_a_link_is_kept_as_a_digest_used_once_and_everything_is_written_down(linked, now, verbs):
    referral, token = linked
    link = AnswerLink.objects.get()
    assert token not in (link.token_sha256, "")
    assert open_link(token=token, at=now) == link
    row = use_link(token=token, kind="answered", person="孔检察官", text="已审查。", upload=scan(), at=now)
    referral.refresh_from_db()
    assert (referral.status, row.via, row.by, clocks(referral)["transfer_reply"]) == ("answered", "link", None, "met")
    assert verbs(referral)[-4:] == ["link.issued", "link.opened", "referral.received_by_link", "said.answered"]
    assert referral.dispatch.manifest.count() == 2
    taken = Custody.objects.filter(cause_kind="referral", cause_id=referral.pk, kind="received")
    assert set(taken.values_list("department", "by")) == {(referral.receiver_id, link.issued_by_id)}
    assert taken.count() == 2  # what came with the letter is in its hands
    for act in (
        lambda: open_link(token=token, at=now),
        lambda: use_link(token=token, kind="answered", person="x", text="y", upload=scan(), at=now),
    ):
        with pytest.raises(LinkOver), transaction.atomic():
            act()


@pytest.mark.parametrize("why", ["expired", "unknown", "taken back", "replaced", "stopped by the office", "closed"])
def test_a_link_that_is_over_opens_nothing(why, linked, procuratorate, office_coordinator, insurance_registrar,
                                           insurance_handler, now):  # fmt: skip
    referral, token = linked
    at = now + 8 * DAY if why == "expired" else now
    if why == "unknown":
        token = "x" * 43
    elif why == "taken back":
        end_link(link=AnswerLink.objects.get(), by=insurance_registrar, at=now)
        with pytest.raises(WrongState), transaction.atomic():
            end_link(link=AnswerLink.objects.get(), by=insurance_registrar, at=now)
    elif why == "replaced":
        issue_link(referral=referral, days=1, by=insurance_registrar, at=now)
    elif why == "stopped by the office":
        allow_links(department=procuratorate, allowed=False, by=office_coordinator, at=now)
    elif why == "closed":
        from referrals.actions.closing import withdraw_referral

        withdraw_referral(referral=referral, reason="错发", by=insurance_handler, at=now)
    with pytest.raises(LinkOver, match=r"\w"), transaction.atomic():
        open_link(token=token, at=at)


def test_a_link_is_issued_only_where_the_office_allows_it(on_paper, letter, insurance_registrar, procuratorate,
                                                          office_coordinator, health, now):  # fmt: skip
    referral = on_paper("sent")
    with pytest.raises(WrongState, match="县检察院"), transaction.atomic():
        issue_link(referral=referral, days=7, by=insurance_registrar, at=now)
    with pytest.raises(BadInput), transaction.atomic():
        allow_links(department=health, allowed=True, by=office_coordinator, at=now)
    allow_links(department=procuratorate, allowed=True, by=office_coordinator, at=now)
    referral = Referral.objects.get()  # with its receiver as it is now
    for days in (0, 31):
        with pytest.raises(BadInput) as refusal, transaction.atomic():
            issue_link(referral=referral, days=days, by=insurance_registrar, at=now)
        assert refusal.value.field == "days"


def test_a_letter_that_is_over_gets_no_link(on_paper, procuratorate, insurance_registrar, office_coordinator, now):
    allow_links(department=procuratorate, allowed=True, by=office_coordinator, at=now)
    referral = on_paper("answered")
    with pytest.raises(WrongState), transaction.atomic():
        issue_link(referral=referral, days=7, by=insurance_registrar, at=now)


# --- letters seen by named persons only ------------------------------------------------------------------------
@pytest.fixture
def sealed(case, procuratorate, insurance_handler, now):
    """A transfer to a body whose letters only named persons see."""
    Department.objects.filter(pk=procuratorate.pk).update(named_only=True)
    procuratorate.refresh_from_db()
    return make_dispatch(case, [procuratorate], by=insurance_handler, at=now, status="sent").referrals.get()


def test_a_letter_to_discipline_inspection_is_seen_by_named_persons_and_counted_by_others(
    sealed, case, insurance_handler, insurance_handler_2, insurance_section_head, insurance_deputy_head,
    insurance_registrar, office_coordinator, seat, told,
):  # fmt: skip
    seen = {
        user.name: Referral.objects.visible_to(user).filter(pk=sealed.pk).exists()
        for user in (insurance_handler, insurance_handler_2, insurance_section_head, insurance_deputy_head,
                     insurance_registrar, office_coordinator)
    }  # fmt: skip
    assert seen == {"陈晓岚": True, "赵一鸣": False, "何志远": False, "梁国栋": True, "曾小禾": True, "江望舒": False}
    assert "何志远" not in told("paper.waits")
    for user in (insurance_section_head, office_coordinator):
        assert Referral.objects.sealed_for(user).count() == 1
        page = seat(user).get(reverse("referrals:transfers")).content.decode()
        assert "另有1件函件仅指定人员可见" in page
        assert sealed.number not in page
        assert not Dispatch.objects.visible_to(user).filter(pk=sealed.dispatch_id).exists()
        assert not IssuedDocument.objects.visible_to(user).filter(pk=sealed.document_id).exists()
        verbs = set(Event.objects.visible_to(user).of_case(case).values_list("verb", flat=True))
        assert not verbs & {"transfer.sent", "document.issued", "dispatch.approved"}
        assert not Deadline.objects.visible_to(user).filter(target_kind="referral").exists()
    assert Referral.objects.sealed_for(insurance_handler).count() == 0
    said_ = panels.open_letters(case)
    assert [sealed.number in sentence for sentence in said_] == [False]


def test_only_a_person_in_post_is_told_how_many(sealed):
    from django.contrib.auth.models import AnonymousUser

    assert not Referral.objects.sealed_for(AnonymousUser()).exists()


def test_the_reason_of_what_is_not_accepted_fits_beside_each_item(on_paper, insurance_registrar, now):
    with pytest.raises(BadInput, match="200") as refusal, transaction.atomic():
        said(on_paper("received"), "partly", text="因" * 201, refused=["line-1"], by=insurance_registrar, at=now)
    assert refusal.value.field == "text"


# --- by the pages and the API ----------------------------------------------------------------------------------
class TestByThePages:
    @pytest.fixture
    def now(self):
        cache.clear()
        return timezone.now()

    def test_the_registrar_records_an_answer_and_reads_the_scan(
        self, on_paper, seat, insurance_registrar, insurance_handler
    ):
        referral = on_paper("received")
        client = seat(insurance_registrar)
        page = reverse("referrals:referral_record_said", args=[referral.pk])
        assert "late_reason" not in client.get(page).context["form"].fields  # asked for only where it is late
        fields = {"kind": "answered", "person": "孔检察官", "dated_on": timezone.localdate().isoformat(), "text": "属实"}
        missing = client.post(page, {"form_key": new_form_key(), **fields})
        assert list(missing.context["form"].errors) == ["upload"]
        assert client.post(page, {"form_key": new_form_key(), **fields, "upload": scan()}).status_code == 302
        row = Said.objects.get()
        shown = seat(insurance_handler).get(referral.get_absolute_url()).content.decode()
        assert "机要人员凭纸质文书代录" in shown
        address = reverse("referrals:said_scan", args=[row.pk])
        assert client.get(address).status_code == 405  # a copy is taken by a deed, which is on the record
        file = client.post(address)
        assert (file.status_code, file.content) == (200, PDF)
        taken = Event.objects.filter(verb="scan.taken").latest("pk")
        assert (taken.actor_id, taken.target_id, taken.params["sha256"]) == (insurance_registrar.pk, referral.pk, row.sha256)
        from django.core.files.storage import default_storage

        default_storage.delete(row.file.name)
        gone = client.post(address, follow=True)
        assert gone.redirect_chain and "Content-Disposition" not in gone.headers
        assert Event.objects.latest("pk").verb != "scan.taken"

    def test_a_late_opinion_asks_why(self, case, procuratorate, seat, insurance_handler, insurance_registrar, now):
        referral = make_need(case, procuratorate, by=insurance_handler, at=now, status="sent").referrals.get()
        prove_delivery(
            referral=referral, delivered_on=timezone.localdate(now), received_by_name="收发室", method="专人送达",
            upload=scan(), by=insurance_registrar, at=now,
        )  # fmt: skip
        with time_machine.travel(now + 40 * DAY, tick=False):
            page = seat(insurance_registrar).get(reverse("referrals:referral_record_said", args=[referral.pk]))
        assert "late_reason" in page.context["form"].fields

    def test_a_link_is_allowed_issued_answered_and_over(
        self, on_paper, seat, procuratorate, insurance_registrar, office_coordinator, case
    ):
        referral = on_paper("sent")
        office = seat(office_coordinator)
        assert "允许链接答复" in office.get(reverse("departments:directory")).content.decode()
        office.post(reverse("departments:allow_links", args=[procuratorate.pk]), {"allowed": "yes"})
        registrar = seat(insurance_registrar)
        page = reverse("referrals:referral_issue_link", args=[referral.pk])
        assert registrar.get(page).status_code == 200
        assert list(registrar.post(page, {"form_key": new_form_key(), "days": 90}).context["form"].errors) == ["days"]
        key = new_form_key()
        answer = registrar.post(page, {"form_key": key, "days": 7})
        address = answer.context["address"]
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert registrar.post(page, {"form_key": key, "days": 7}).status_code == 302
        path = address.removeprefix("http://testserver")
        public = Client()
        shown = public.get(path)
        text = shown.content.decode()
        assert (shown.status_code, shown["Referrer-Policy"]) == (200, "no-referrer")
        assert referral.number in text
        assert f"/cases/{case.pk}/" not in text
        assert public.get(path + "letter/").status_code == 200
        wrong = public.post(path, {"kind": "returned", "person": "孔检察官", "upload": scan(), "text": "因"})
        assert list(wrong.context["form"].errors) == ["category"]
        done = public.post(path, {"kind": "accepted", "person": "孔检察官", "upload": scan()})
        assert done.templates[0].name == "referrals/answer_done.html"
        assert [public.get(path).status_code, public.get(path + "letter/").status_code] == [404, 404]
        referral.refresh_from_db()
        assert (referral.status, Said.objects.get().via) == ("accepted", "link")

    def test_a_reminder_says_who_passes_it_on(self, on_paper, seat, insurance_handler):
        referral = on_paper("received")
        url = reverse("referrals:referral_chase", args=[referral.pk])
        answer = seat(insurance_handler).post(url, {"form_key": new_form_key(), "seen": "received"}, follow=True)
        assert "机要人员转达" in answer.content.decode()

    def test_a_link_is_taken_back(self, linked, seat, insurance_registrar, now):
        referral, token = linked
        url = reverse("referrals:referral_end_link", args=[referral.pk])
        seat(insurance_registrar).post(url, {"form_key": new_form_key()})
        assert Client().get(reverse("referrals:answer", args=[token])).status_code == 404

    def test_who_guesses_has_to_wait(self, now):
        public, path = Client(), reverse("referrals:answer", args=["x" * 43])
        answers = {public.get(path).status_code for _ in range(31)}
        assert answers == {404, 429}
        assert public.get(reverse("referrals:answer_letter", args=["x" * 43])).status_code == 302
        cache.clear()

    def test_the_api_does_the_same(self, on_paper, seat, procuratorate, insurance_registrar, office_coordinator, now):
        referral = on_paper("sent")
        client = seat(insurance_registrar)
        allow_links(department=procuratorate, allowed=True, by=office_coordinator, at=now)

        def call(step, data, **more):
            referral.refresh_from_db()
            return client.post(
                f"/api/v1/referrals/{referral.pk}/{step}/", data, headers={"If-Match": f'"{referral.version}"'}, **more
            )

        today = timezone.localdate().isoformat()
        issued = call("issue-link", {"days": 3}, content_type="application/json")
        assert issued.json()["path"].startswith("/answer/")
        assert call("end-link", {}, content_type="application/json").status_code == 200
        delivery = {"delivered_on": today, "received_by_name": "收发室", "method": "专人", "upload": scan()}
        assert call("deliver", delivery).status_code == 200
        answer = {"kind": "answered", "person": "孔检察官", "dated_on": today, "text": "属实", "upload": scan()}
        assert call("record-said", answer).json()["status"] == "answered"
