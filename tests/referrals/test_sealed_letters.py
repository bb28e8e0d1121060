"""Letters to a body only named persons know of: whatever is done with one, its colleagues in the case learn nothing."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.models import Custody
from core.refusals import BadInput
from deadlines.actions.bulk_sweep import sweep
from deadlines.models import Deadline, DeadlineChange
from departments.models import Department, Route
from journal.models import Event, Notification
from referrals import panels
from referrals.actions.bodies import record_said
from referrals.actions.closing import close_referral, redo_referral, withdraw_referral
from referrals.actions.completion import drop_completion, take_completion
from referrals.actions.drafting import Line
from referrals.actions.extensions import decide_extension
from referrals.actions.forwarding import draft_forward
from referrals.actions.receipt import prove_delivery
from referrals.models import Completion, Extension, Referral
from referrals.receiving_reading import chain
from tests.casetabs import tab_urls
from tests.factories.cases import PDF, pdf
from tests.factories.follow_ups import serve_supply, supply_completion
from tests.factories.referrals import bring_paper, make_dispatch, make_need

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def scan():
    return SimpleUploadedFile("文书.pdf", PDF)


@pytest.fixture
def body(procuratorate):
    """A body on paper whose letters only named persons see."""
    Department.objects.filter(pk=procuratorate.pk).update(named_only=True)
    Route.objects.get_or_create(kind="support", sender="insurance", receiver=procuratorate.function)
    procuratorate.refresh_from_db()
    return procuratorate


@pytest.fixture
def colleagues(insurance_section_head, insurance_handler_2, office_coordinator):
    return insurance_section_head, insurance_handler_2, office_coordinator


def pages_of(user, case):
    """Everything a person reads about a case, with where it stands."""
    client = Client()
    client.force_login(user, BACKEND)
    urls = [*tab_urls(case.pk), reverse("cases:close", args=[case.pk])]
    urls += [reverse("cases:evidence", args=[piece.pk]) for piece in case.evidence.all()]
    urls += [reverse("referrals:exchange", args=[case.pk]), reverse("referrals:transfers")]
    urls += [f"/api/v1/{name}/" for name in ("deadlines", "referrals", "papers", "replies")]
    for clock in Deadline.objects.filter(target_kind="referral"):
        urls += [reverse("deadlines:detail", args=[clock.pk]), f"/api/v1/deadlines/{clock.pk}/"]
    return [(url, client.get(url).content.decode()) for url in urls]


def assert_no_page_tells(referral, colleagues):
    """None of the colleagues reads of the letter or its receiver anywhere."""
    words = {
        referral.number,
        referral.receiver.name,
        referral.receiver.short_name,
        referral.dispatch.subject,
    } - {""}
    for user in colleagues:
        leaks = [(url, word) for url, text in pages_of(user, referral.case) for word in words if word in text]
        assert (user.name, leaks) == (user.name, [])


def assert_nothing_known(referral, colleagues):
    """None of the colleagues finds the letter, a clock on it, an event or a line of custody."""
    case = referral.case
    assert not Deadline.objects.filter(
        target_kind="referral", case_id=case.pk
    ).exists()  # nor do the case's lamps
    clocks = set(Deadline.objects.filter(target_kind="referral").values_list("pk", flat=True))
    for user in colleagues:
        seen = {
            "clocks": Deadline.objects.visible_to(user).filter(target_kind="referral").count(),
            "changes": DeadlineChange.objects.visible_to(user).filter(deadline__target_kind="referral").count(),
            "custody": Custody.objects.visible_to(user).filter(cause_kind="referral").count(),
            "letters": Referral.objects.visible_to(user).count(),
            "events": [
                event.verb
                for event in Event.objects.visible_to(user).of_case(case)
                if event.target_kind in ("referral", "dispatch", "document", "reply")
                or (event.target_kind == "deadline" and event.target_id in clocks)
            ],
            "notices": [
                notice.verb
                for notice in Notification.objects.filter(recipient=user)
                if referral.number in str(notice.params) or referral.receiver.short_name in str(notice.params)
            ],
        }  # fmt: skip
        assert (user.name, seen) == (
            user.name, {"clocks": 0, "changes": 0, "custody": 0, "letters": 0, "events": [], "notices": []},
        )  # fmt: skip


class Steps:
    """What is done with a letter on paper, by the registrar and the author."""

    def __init__(self, referral, author, registrar, at):
        self.referral, self.author, self.registrar, self.at = referral, author, registrar, at

    def delivered(self):
        prove_delivery(
            referral=self.referral, delivered_on=self.at.date(), received_by_name="收发室", method="专人送达",
            upload=scan(), by=self.registrar, at=self.at,
        )  # fmt: skip

    def said(self, kind, **more):
        self.referral.refresh_from_db()
        record_said(
            referral=self.referral, kind=kind, person="孔同志", dated_on=self.at.date(), upload=scan(),
            text="" if kind == "accepted" else "事实清楚。", category="other" if kind == "returned" else "",
            by=self.registrar, at=self.at, **more,
        )  # fmt: skip
        self.referral.refresh_from_db()

    def accepted(self):
        self.said("accepted")

    def answered(self):
        self.said("answered")

    def returned(self):
        self.said("returned")

    def missing(self):
        self.said("missing", until=self.at.date() + 3 * DAY)

    def supplied(self):
        from cases.actions.evidence import add_evidence

        piece = add_evidence(case=self.referral.case, upload=pdf("补充材料.pdf"), by=self.author, at=self.at)
        supply_completion(
            completion=Completion.objects.get(), lines=[Line(evidence=piece)], by=self.author, at=self.at
        )

    def taken(self):
        serve_supply(Completion.objects.get(), by=self.registrar, at=self.at)
        take_completion(completion=Completion.objects.get(), by=self.registrar, at=self.at)

    def dropped(self):
        drop_completion(
            completion=Completion.objects.get(), reason="已自行取得", by=self.registrar, at=self.at
        )

    def longer(self):
        self.said("longer", until=self.at.date() + 40 * DAY)

    def extended(self):
        decide_extension(extension=Extension.objects.get(), agreed=True, by=self.author, at=self.at)
        self.referral.refresh_from_db()

    def redone(self):
        redo_referral(
            referral=self.referral,
            reason="补充",
            limit_on=self.at.date() + 9 * DAY,
            by=self.author,
            at=self.at,
        )

    def closed(self):
        close_referral(referral=self.referral, by=self.author, at=self.at)

    def withdrawn(self):
        withdraw_referral(referral=self.referral, reason="错发", by=self.author, at=self.at)


WAYS = {
    "withdrawn": "withdrawn",
    "answered, redone, closed": "delivered accepted answered redone answered closed",
    "completed": "delivered missing supplied taken accepted",
    "completion dropped": "delivered missing dropped accepted",
    "accepted without it": "delivered missing accepted",
    "extended": "delivered accepted longer extended answered",
    "returned": "delivered returned closed",
}


KINDS = [(way, "transfer") for way in WAYS] + [
    ("completed", "support"),
    ("answered, redone, closed", "support"),
]


@pytest.mark.parametrize(("way", "kind"), KINDS)
def test_no_step_of_a_sealed_letter_is_seen_by_colleagues_of_the_case(
    way, kind, case, body, colleagues, insurance_handler, insurance_registrar, now
):
    if kind == "transfer":
        dispatch = make_dispatch(
            case, [body], by=insurance_handler, at=now, status="sent", subject="关于移送公职人员问题线索的函"
        )
    else:
        dispatch = make_need(
            case, body, by=insurance_handler, at=now, status="sent", subject="关于商请核实公职人员身份的函"
        )
    referral = dispatch.referrals.get()
    steps = Steps(referral, insurance_handler, insurance_registrar, now)
    for step in WAYS[way].split():
        getattr(steps, step)()
        assert_nothing_known(referral, colleagues)
    assert Referral.objects.visible_to(insurance_handler).exists()  # there is what could leak
    if not referral.over:
        assert referral.number not in "".join(panels.open_letters(case))


def test_no_page_tells_colleagues_of_a_sealed_letter_that_is_done_again_and_completed(
    case, body, colleagues, insurance_handler, insurance_registrar, now
):
    dispatch = make_dispatch(
        case, [body], by=insurance_handler, at=now, status="sent", subject="关于移送公职人员问题线索的函"
    )
    referral = dispatch.referrals.get()
    steps = Steps(referral, insurance_handler, insurance_registrar, now)
    for step in ["delivered", "missing", "supplied", "taken", "accepted", "answered", "redone"]:
        getattr(steps, step)()
    assert_no_page_tells(referral, colleagues)
    assert any(
        referral.number in text for _url, text in pages_of(insurance_handler, case)
    )  # there is what could leak


def test_a_late_sealed_letter_is_told_to_its_author_alone(
    case, body, colleagues, insurance_deputy_head, insurance_handler, insurance_registrar, now
):
    referral = make_dispatch(case, [body], by=insurance_handler, at=now, status="sent").referrals.get()
    Steps(referral, insurance_handler, insurance_registrar, now).delivered()
    sweep(at=now + 90 * DAY)
    assert_nothing_known(referral, colleagues)
    clocks = Deadline.objects.filter(target_kind="referral").values("pk")
    late = Notification.objects.filter(verb="deadline.escalated", target_kind="deadline", target_id__in=clocks)
    assert {notice.recipient for notice in late} == {insurance_handler}  # of other clocks the heads are told


def test_nobody_else_is_written_to_or_gets_a_copy(case, body, health, insurance_handler, now):
    Route.objects.get_or_create(kind="bulletin", sender="insurance", receiver=body.function)
    for receivers, more, field in (
        ([health, body], {"kind": "bulletin"}, "receivers"),
        ([health, body], {}, "receivers"),
        ([body], {"copied": [health]}, "copied"),
        ([health], {"copied": [body]}, "copied"),
    ):
        with pytest.raises(BadInput) as refusal, transaction.atomic():
            make_dispatch(case, receivers, by=insurance_handler, at=now, **more)
        assert refusal.value.field == field
    assert make_dispatch(case, [body], by=insurance_handler, at=now).pk


def test_a_need_of_a_sealed_body_names_nobody_on_its_clock(
    case, body, colleagues, insurance_handler, now
):
    make_need(case, body, by=insurance_handler, at=now)
    clock = Deadline.objects.get(rule_code="support_notice")
    assert clock.to_department is None
    for user in colleagues:
        told = [url for url, text in pages_of(user, case) if body.short_name in text or body.name in text]
        assert (user.name, told) == (user.name, [])


def test_what_is_forwarded_to_a_sealed_body_is_not_named_where_the_first_letter_is_read(
    letter, body, insurance_handler, insurance_section_head, insurance_registrar, health_handler,
    health_section_head, health_registrar, now,
):  # fmt: skip
    Route.objects.get_or_create(kind="transfer", sender="health", receiver=body.function)
    first = letter("received")
    dispatch = draft_forward(
        referral=first, receiver=body, reason="涉及公职人员。", limit_on=now.date() + 20 * DAY, by=health_handler, at=now
    )
    new = bring_paper(dispatch, "sent", at=now).referrals.get()
    said = Event.objects.get(verb="referral.forwarded", target_id=first.pk)
    assert body.short_name not in str(said.params) and "公职人员" not in str(said.params)
    notices = Notification.objects.filter(verb="referral.was_forwarded")
    assert notices.exists()
    for notice in notices:
        assert body.short_name not in str(notice.params) and new.number not in str(notice.params)
    first.refresh_from_db()
    assert [link["letter"] for link in chain(first, insurance_section_head)] == []
    assert new in [link["letter"] for link in chain(first, insurance_handler)]
