"""A letter forwarded to a body on paper is served and written down by the registrar who issued it; consent on paper."""

import datetime as dt

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.forms import new_form_key
from core.refusals import BadInput, WrongState
from deadlines.models import Deadline
from departments.enums import ReferralKind
from departments.models import Route
from referrals import boxes, reading, receiving_rules, rules, workbench
from referrals.actions.forwarding import draft_forward
from referrals.actions.links import use_link
from referrals.actions.receipt import prove_delivery
from referrals.actions.withdrawal import ask_withdrawal
from referrals.models import Completion, Referral, Said, Withdrawal
from tests.factories.follow_ups import serve_supply, supply_completion
from tests.factories.referrals import bring_paper
from tests.referrals.test_bodies import linked, on_paper, said, scan, seat  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def forwarded(letter, procuratorate, health_handler, now):
    """`forwarded("received")`: health passes a transfer on to the procuratorate, which works on paper."""
    Route.objects.get_or_create(kind=ReferralKind.TRANSFER, sender="health", receiver=procuratorate.function)

    def made(status="sent"):
        dispatch = draft_forward(
            referral=letter("received"), receiver=procuratorate, reason="属检察机关职责。", limit_on=now.date() + 20 * DAY,
            by=health_handler, at=now,
        )  # fmt: skip
        return bring_paper(dispatch, "sent", at=now).referrals.get()

    return made


def test_it_is_offered_to_the_registrar_who_issued_it_and_to_no_other(
    forwarded, insurance_registrar, health_registrar, health_handler, insurance_handler, now
):
    new = forwarded()
    assert (new.sender.short_name, new.issuer.short_name) == ("县医保局", "县卫健局")
    assert [rules.can_prove_delivery(user, new) for user in (health_registrar, insurance_registrar)] == [True, False]
    assert [row.pk for row in workbench.waiting_letters(health_registrar)] == [new.pk]
    assert not workbench.waiting_letters(insurance_registrar).filter(pk=new.pk).exists()
    prove_delivery(
        referral=new, delivered_on=now.date(), received_by_name="孔检察官", method="专人送达", upload=scan(),
        by=health_registrar, at=now,
    )  # fmt: skip
    assert [receiving_rules.can_record_said(user, new) for user in (health_registrar, insurance_registrar)] == [True, False]
    said(new, "answered", by=health_registrar, at=now)
    new.refresh_from_db()
    assert new.status == "answered" and rules.can_close(insurance_handler, new)  # the answer is the first sender's


def test_what_is_missing_is_supplied_and_served_by_the_sender_itself(
    forwarded, insurance_registrar, insurance_handler, health_registrar, now
):
    new = forwarded()
    prove_delivery(
        referral=new, delivered_on=now.date(), received_by_name="孔检察官", method="专人送达", upload=scan(),
        by=health_registrar, at=now,
    )  # fmt: skip
    said(new, "missing", by=health_registrar, at=now, until=now.date() + 5 * DAY, text="缺清单")
    supply_completion(completion=Completion.objects.get(), lines=[], note="附后", by=insurance_handler, at=now)
    new.refresh_from_db()
    takes = receiving_rules.can_take_completion
    assert not takes(insurance_registrar, new)  # until its service is proved
    serve_supply(Completion.objects.get(), at=now)
    new = Referral.objects.get(pk=new.pk)
    assert [takes(user, new) for user in (insurance_registrar, health_registrar)] == [True, False]


def test_it_stands_in_the_issuers_out_box_and_comes_from_it(
    forwarded, health_registrar, insurance_registrar, insurance_handler, seat, now  # noqa: F811
):
    new = forwarded()
    for user in (health_registrar, insurance_handler):
        assert new in boxes.letters(user, "out", {}, at=now)
        assert new.number in seat(user).get(reverse("referrals:transfers") + "?box=out").content.decode()
    page = seat(insurance_handler).get(new.get_absolute_url()).content.decode()
    assert "<dt>来自</dt><dd>县卫健局</dd>" in page.replace("发自", "来自") or "<dd>县卫健局</dd>" in page
    assert "答复对象" in page
    first = new.dispatch.forwards
    mine = seat(insurance_handler).get(first.get_absolute_url()).content.decode()
    assert "答复对象" not in mine


def test_a_department_finds_what_was_forwarded_to_it_by_who_forwarded_it(
    letter, market, market_registrar, market_section_head, market_handler, health, insurance, health_handler, now
):
    dispatch = draft_forward(
        referral=letter("received"), receiver=market, reason="属药品经营环节。", limit_on=now.date() + 20 * DAY,
        by=health_handler, at=now,
    )  # fmt: skip
    new = bring_paper(dispatch, "sent", at=now).referrals.get()
    box = lambda department: list(boxes.letters(market_registrar, "in", {"department": department}, at=now))  # noqa: E731
    assert (box(health), box(insurance)) == ([new], [])
    (row,) = workbench.sign_rows(market_registrar, 5)
    assert row.source == "县卫健局"


# --- the track names who took it there -----------------------------------------------------------------------------
def test_the_track_names_who_took_the_paper_and_never_our_own_registrar(on_paper, insurance_registrar, now):  # noqa: F811
    proved = on_paper("received")
    assert reading.track(proved)[1].who == "收发室"


def test_by_link_the_track_names_the_body(linked, now):  # noqa: F811
    referral, token = linked
    use_link(token=token, kind="accepted", person="孔检察官", upload=scan(), at=now)
    referral.refresh_from_db()
    assert reading.track(referral)[1].who == str(referral.receiver)


def test_where_somebody_signed_here_it_is_them(letter, health_registrar):
    assert reading.track(letter("received"))[1].who == health_registrar.name


# --- 部分受理 and consent to a withdrawal, on paper -------------------------------------------------------------------
def test_a_body_accepts_in_part_on_paper(on_paper, insurance_registrar, now, told, verbs):  # noqa: F811
    referral = on_paper("received")
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        said(referral, "partly", by=insurance_registrar, at=now, text="不属管辖")
    assert refusal.value.field == "refused"
    said(referral, "partly", by=insurance_registrar, at=now, text="不属管辖", refused=["line-2"])
    referral.refresh_from_db()
    assert (referral.status, referral.handled_there) == ("accepted", "孔检察官")
    assert list(referral.verdicts.filter(accepted=False).values_list("reason", flat=True)) == ["不属管辖"]
    assert told("referral.was_partly_accepted") == ["何志远", "陈晓岚"] and told("referral.was_accepted") == []
    assert verbs(referral)[-1] == "said.partly"
    with pytest.raises(WrongState), transaction.atomic():
        said(referral, "partly", by=insurance_registrar, at=now, text="再", refused=["line-1"])


@pytest.mark.parametrize(("kind", "status"), [("agreed", "withdrawn"), ("refused", "received")])
def test_its_consent_to_a_withdrawal_is_recorded_with_the_scan(
    kind, status, on_paper, insurance_registrar, insurance_handler, now, told, verbs  # noqa: F811
):
    referral = on_paper("received")
    with pytest.raises(WrongState, match="撤回"), transaction.atomic():
        said(referral, kind, by=insurance_registrar, at=now, text="在办")
    assert receiving_rules.can_ask_withdrawal(insurance_handler, referral)
    ask_withdrawal(referral=referral, reason="重复移交", by=insurance_handler, at=now)
    assert told("withdrawal.to_decide") == ["曾小禾"]
    assert workbench.waiting_letters(insurance_registrar).filter(pk=referral.pk).exists()
    said(referral, kind, by=insurance_registrar, at=now, text="" if kind == "agreed" else "已在办理")
    referral.refresh_from_db()
    assert (referral.status, Withdrawal.objects.get().status) == (status, kind)
    assert Said.objects.get().sha256 and verbs(referral)[-1] == f"said.{kind}"
    assert Deadline.objects.open().of("referral", referral.pk).exists() is (kind == "refused")
    assert told(f"withdrawal.was_{kind}") == ["陈晓岚"]


def test_a_refusal_to_give_it_back_says_why(on_paper, insurance_registrar, insurance_handler, now):  # noqa: F811
    referral = on_paper("received")
    ask_withdrawal(referral=referral, reason="重复移交", by=insurance_handler, at=now)
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        said(referral, "refused", by=insurance_registrar, at=now, text=" ")
    assert refusal.value.field == "text"


class TestByThePage:
    @pytest.fixture
    def now(self):
        return timezone.now()

    def test_the_form_offers_the_items_and_the_withdrawal(self, on_paper, insurance_registrar, insurance_handler, seat, now):  # noqa: F811
        referral = on_paper("received")
        client, url = seat(insurance_registrar), reverse("referrals:referral_record_said", args=[referral.pk])
        form = client.get(url).context["form"]
        assert "partly" in dict(form.fields["kind"].choices) and "agreed" not in dict(form.fields["kind"].choices)
        assert [key for key, _label in form.fields["refused"].choices][-2:] == ["line-1", "line-2"]
        ask_withdrawal(referral=referral, reason="重复移交", by=insurance_handler, at=now)
        assert {"agreed", "refused"} <= set(dict(client.get(url).context["form"].fields["kind"].choices))
        fields = {"kind": "partly", "person": "孔检察官", "dated_on": timezone.localdate().isoformat(), "text": "不属管辖"}
        wrong = client.post(url, {"form_key": new_form_key(), **fields, "upload": scan()})
        assert list(wrong.context["form"].errors) == ["refused"]
        answer = client.post(url, {"form_key": new_form_key(), **fields, "refused": ["line-1"], "upload": scan()})
        assert answer.status_code == 302
        assert "refused" not in client.get(url).context["form"].fields

    def test_by_link_it_accepts_in_part_what_nobody_signed_for_yet(self, linked):  # noqa: F811
        referral, token = linked
        public, path = Client(), reverse("referrals:answer", args=[token])
        form = public.get(path).context["form"]
        assert [key for key, _label in form.fields["refused"].choices][-2:] == ["line-1", "line-2"]
        said_so = {"kind": "partly", "person": "孔检察官", "text": "不属管辖", "refused": ["line-1"], "upload": scan()}
        assert public.post(path, said_so).templates[0].name == "referrals/answer_done.html"
        referral.refresh_from_db()
        assert (referral.status, referral.verdicts.get(accepted=False).kind) == ("accepted", "line")
