"""A body without an account asks on paper: for what is missing (补正), or for a longer limit (延期)."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from core.forms import new_form_key
from core.refusals import BadInput, Refused, WrongState
from deadlines.models import Deadline
from referrals import receiving_rules, workbench
from referrals.actions.completion import take_completion
from referrals.actions.extensions import decide_extension
from referrals.actions.links import use_link
from referrals.actions.receipt import prove_delivery
from referrals.actions.teams import dissolve_team
from referrals.models import Completion, Extension, JointTeam, Referral, Said
from tests.factories.follow_ups import serve_supply, supply_completion
from tests.factories.informing import joined, make_invitation
from tests.referrals.test_bodies import linked, on_paper, said, scan, seat  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def asked(referral, kind, *, by, at, until=None, **more):
    until = until or (referral.limit_on or at.date()) + 10 * DAY
    return said(referral, kind, by=by, at=at, text="病历正在调取", until=until, **more)


def reply_clock(referral):
    return Deadline.objects.get(target_kind="referral", target_id=referral.pk, rule_code="transfer_reply")


def test_a_longer_limit_asked_on_paper_is_decided_like_any_other(
    on_paper, insurance_registrar, insurance_section_head, now, told, verbs  # noqa: F811
):
    referral = on_paper("received")
    old, new = referral.limit_on, referral.limit_on + 10 * DAY
    asked(referral, "longer", by=insurance_registrar, at=now, until=new)
    referral.refresh_from_db()
    assert (referral.status, referral.limit_on) == ("accepted", old)  # who asks for time has taken it on
    assert told("extension.to_decide") == ["何志远", "陈晓岚"]
    extension = Extension.objects.get()
    assert (extension.asked_by, extension.old_on, extension.new_on) == (insurance_registrar, old, new)
    with pytest.raises(WrongState), transaction.atomic():
        asked(referral, "longer", by=insurance_registrar, at=now, until=new + DAY)
    decide_extension(extension=extension, agreed=True, by=insurance_section_head, at=now)
    referral.refresh_from_db()
    assert (referral.limit_on, reply_clock(referral).due_on) == (new, new)
    assert told("extension.was_agreed") == ["曾小禾"]  # the registrar tells the body
    assert verbs(referral)[-3:] == ["extension.asked", "said.longer", "extension.agreed"]


def test_it_may_ask_for_time_once_it_has_accepted(on_paper, insurance_registrar, now):  # noqa: F811
    referral = on_paper("accepted")
    asked(referral, "longer", by=insurance_registrar, at=now)
    assert Extension.objects.get().status == "asked"


def test_what_is_missing_stops_their_clock_until_our_registrar_has_served_it(
    on_paper, insurance_registrar, insurance_handler, insurance_section_head, now, told, verbs  # noqa: F811
):
    referral = on_paper("received")
    asked(referral, "missing", by=insurance_registrar, at=now, until=now.date() + 5 * DAY)
    completion = Completion.objects.get()
    assert (completion.missing, completion.letter, completion.asked_by) == ("病历正在调取", None, insurance_registrar)
    assert reply_clock(referral).status == "paused"
    assert told("completion.to_supply") == ["何志远", "陈晓岚"]
    with pytest.raises(WrongState, match="已要求补正"), transaction.atomic():
        asked(referral, "missing", by=insurance_registrar, at=now)
    supply_completion(completion=completion, lines=[], note="说明附后", by=insurance_handler, at=now + DAY)
    assert "青检函〔2026〕9号" in str(completion.supply_letter.context)
    assert reply_clock(referral).status == "paused"  # until it has it: `test_paper_in_time`
    assert told("completion.to_serve") == ["曾小禾"]
    assert not receiving_rules.can_take_completion(insurance_registrar, Referral.objects.get())
    with pytest.raises(WrongState, match="请先登记补充材料函的送达回证"), transaction.atomic():  # nothing proves it came
        take_completion(completion=completion, by=insurance_registrar, at=now + DAY)
    serve_supply(completion, at=now + DAY)
    assert receiving_rules.can_take_completion(insurance_registrar, Referral.objects.get())
    assert workbench.waiting_letters(insurance_registrar).filter(pk=referral.pk).exists()
    with pytest.raises(WrongState, match="请先接收对方补送的材料"), transaction.atomic():
        said(referral, "accepted", by=insurance_registrar, at=now + DAY)
    take_completion(completion=completion, by=insurance_registrar, at=now + DAY)
    assert not workbench.waiting_letters(insurance_registrar).filter(pk=referral.pk).exists()
    referral.refresh_from_db()
    said(referral, "accepted", by=insurance_registrar, at=now + DAY)
    assert referral.status == "accepted"
    assert verbs(referral)[-4:] == ["said.missing", "completion.supplied", "completion.taken", "said.accepted"]


def test_their_paper_may_have_no_number(on_paper, insurance_registrar, insurance_handler, now):  # noqa: F811
    referral = on_paper("received")
    asked(referral, "missing", by=insurance_registrar, at=now, until=now.date() + 5 * DAY, number="")
    done = supply_completion(completion=Completion.objects.get(), lines=[], note="附后", by=insurance_handler, at=now)
    assert "关于补充材料的函收悉" in str(done.supply_letter.context)


def test_once_they_accepted_nothing_is_missing_any_more(on_paper, insurance_registrar, now):  # noqa: F811
    with pytest.raises(WrongState), transaction.atomic():
        asked(on_paper("accepted"), "missing", by=insurance_registrar, at=now)


@pytest.mark.parametrize(
    ("kind", "until", "text", "field"),
    [
        ("missing", None, "缺清单", "until"),
        ("longer", None, "忙", "until"),
        ("missing", 0, "缺清单", "until"),
        ("longer", 1, "忙", "until"),  # later than today, but not than the limit
        ("missing", 30, " ", "text"),
    ],
)
def test_a_request_says_what_and_until_when(kind, until, text, field, on_paper, insurance_registrar, now):  # noqa: F811
    referral = on_paper("received")
    day = None if until is None else now.date() + until * DAY
    with pytest.raises(BadInput) as refusal, transaction.atomic():
        said(referral, kind, by=insurance_registrar, at=now, until=day, text=text)
    assert (refusal.value.field, Said.objects.count()) == (field, 0)
    referral.refresh_from_db()
    assert (referral.status, reply_clock(referral).status) == ("received", "running")


def test_by_link_they_ask_as_well(linked, insurance_registrar, now):  # noqa: F811
    referral, token = linked
    until = referral.limit_on + 5 * DAY
    use_link(token=token, kind="longer", person="孔检察官", text="案多", until=until, upload=scan(), at=now)
    referral.refresh_from_db()
    assert (referral.status, Extension.objects.get().new_on, Said.objects.get().by) == ("accepted", until, None)


@pytest.mark.parametrize(("kind", "clock", "team"), [("accepted", "met", "working"), ("returned", "met", "forming")])
def test_an_invitation_on_paper_is_taken_up_or_declined(
    kind, clock, team, case, police, insurance_handler, insurance_section_head, insurance_deputy_head,
    insurance_registrar, now,
):  # fmt: skip
    type(police).objects.filter(pk=police.pk).update(has_account=False)
    police.refresh_from_db()
    referral = make_invitation(case, [police], by=insurance_handler, at=now).referrals.get()
    prove_delivery(
        referral=referral, delivered_on=now.date(), received_by_name="收发室", method="专人送达", upload=scan(),
        by=insurance_registrar, at=now,
    )  # fmt: skip
    with pytest.raises(WrongState, match="提前介入"), transaction.atomic():
        said(referral, "answered", by=insurance_registrar, at=now)
    said(referral, kind, by=insurance_registrar, at=now)
    assert Deadline.objects.get(target_id=referral.pk, rule_code="early_involvement").status == clock
    assert JointTeam.objects.get().status == team


def test_a_team_with_a_body_on_paper_ends(
    case, police, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar, now
):
    type(police).objects.filter(pk=police.pk).update(has_account=False)
    police.refresh_from_db()
    theirs = make_invitation(case, [police], by=insurance_handler, at=now).referrals.get()
    prove_delivery(
        referral=theirs, delivered_on=now.date(), received_by_name="收发室", method="专人送达", upload=scan(),
        by=insurance_registrar, at=now,
    )  # fmt: skip
    said(theirs, "accepted", by=insurance_registrar, at=now)
    team = JointTeam.objects.get()
    dissolve_team(team=team, reason="已明确。", by=insurance_section_head, at=now)
    theirs.refresh_from_db()
    assert (JointTeam.objects.get().status, theirs.status) == ("dissolved", "closed")


def test_who_takes_up_an_invitation_later_finds_the_team_at_work(
    case, receiver, police, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar, now
):
    type(police).objects.filter(pk=police.pk).update(has_account=False)
    police.refresh_from_db()
    letters = make_invitation(case, [receiver, police], by=insurance_handler, at=now).referrals
    joined(letters.get(receiver=receiver), at=now)
    theirs = letters.get(receiver=police)
    prove_delivery(
        referral=theirs, delivered_on=now.date(), received_by_name="收发室", method="专人送达", upload=scan(),
        by=insurance_registrar, at=now,
    )  # fmt: skip
    said(theirs, "accepted", by=insurance_registrar, at=now)
    assert (theirs.status, JointTeam.objects.get().status) == ("accepted", "working")


def test_a_body_that_has_joined_only_speaks_of_a_withdrawal_it_was_asked_for(
    case, receiver, police, insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar, now,
    seat,  # noqa: F811
):  # fmt: skip
    from referrals.actions.withdrawal import ask_withdrawal

    type(police).objects.filter(pk=police.pk).update(has_account=False, answer_links=True)
    police.refresh_from_db()
    theirs = make_invitation(case, [police], by=insurance_handler, at=now).referrals.get()
    prove_delivery(
        referral=theirs, delivered_on=now.date(), received_by_name="收发室", method="专人送达", upload=scan(),
        by=insurance_registrar, at=now,
    )  # fmt: skip
    assert receiving_rules.can_record_said(insurance_registrar, theirs)
    said(theirs, "accepted", by=insurance_registrar, at=now)
    page = reverse("referrals:referral_record_said", args=[theirs.pk])
    for rule in (receiving_rules.can_record_said, receiving_rules.can_issue_link):
        assert not rule(insurance_registrar, theirs)
    assert seat(insurance_registrar).get(page).status_code == 403
    for kind in ("accepted", "returned", "answered", "agreed", "longer"):
        with pytest.raises(Refused), transaction.atomic():
            said(theirs, kind, by=insurance_registrar, at=now, until=now.date() + 99 * DAY)
    ask_withdrawal(referral=theirs, reason="已查明", by=insurance_handler, at=now)
    theirs = Referral.objects.get(pk=theirs.pk)
    assert receiving_rules.can_record_said(insurance_registrar, theirs)
    form = seat(insurance_registrar).get(page).context["form"]
    assert [code for code, _label in form.fields["kind"].choices] == ["agreed", "refused"]
    said(theirs, "agreed", by=insurance_registrar, at=now)
    assert Referral.objects.get(pk=theirs.pk).status == "withdrawn"


class TestByThePage:
    @pytest.fixture
    def now(self):
        return timezone.now()

    def test_the_page_offers_what_may_still_be_said(self, on_paper, insurance_registrar, seat):  # noqa: F811
        referral = on_paper("received")
        client, page = seat(insurance_registrar), reverse("referrals:referral_record_said", args=[referral.pk])

        def offered():
            return [code for code, _label in client.get(page).context["form"].fields["kind"].choices]

        assert offered() == ["accepted", "returned", "answered", "missing", "longer", "partly"]
        fields = {"kind": "longer", "person": "孔检察官", "dated_on": timezone.localdate().isoformat(), "text": "案多"}
        wrong = client.post(page, {"form_key": new_form_key(), **fields, "upload": scan()})
        assert list(wrong.context["form"].errors) == ["until"]
        fields["until"] = (referral.limit_on + 5 * DAY).isoformat()
        assert client.post(page, {"form_key": new_form_key(), **fields, "upload": scan()}).status_code == 302
        assert offered() == ["answered"]


def test_a_second_department_joins_a_team_that_works(
    case, receiver, market, insurance_handler, insurance_section_head, insurance_deputy_head, market_registrar,
    market_section_head, market_handler, now,
):  # fmt: skip
    letters = make_invitation(case, [receiver, market], by=insurance_handler, at=now).referrals
    for department in (receiver, market):
        joined(letters.get(receiver=department), at=now)
        assert JointTeam.objects.get().status == "working"
