"""督办 of a body without an account: its reply is recorded with its day, number and scan, and its day alone counts."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.dates import local_date, start_of
from core.forms import new_form_key
from core.refusals import BadInput, WrongState
from deadlines.models import ClockRule, Deadline
from departments.models import Department
from journal.models import Event
from referrals.actions.list_supervision import reply_to_list_supervision
from referrals.actions.proof import TheirReply
from referrals.actions.supervision import reply_to_supervision
from referrals.models import Comparison, Supervision
from tests.factories.cases import PDF
from tests.factories.follow_ups import supervise
from tests.referrals.test_bodies import on_paper, scan, seat  # noqa: F401 - fixtures
from tests.referrals.test_list_supervision import cast, issued, late  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def now():
    """Pages read the clock themselves: these tests live now."""
    return timezone.now()


@pytest.fixture
def pressed(on_paper, office_coordinator, office_head, now):  # noqa: F811 - the fixture
    """A 督办函 of four days ago to the procuratorate, to be answered by the day before yesterday."""
    referral, then = on_paper("received"), now - 4 * DAY
    Deadline.objects.filter(target_kind="referral", target_id=referral.pk).update(
        started_at=then - 9 * DAY, started_on=local_date(then - 9 * DAY), first_due_on=local_date(then - DAY),
        due_at=then - DAY, due_on=local_date(then - DAY),
    )  # fmt: skip
    press = supervise(
        referral=referral, demand="说明", reply_on=local_date(now) + DAY, by=office_coordinator, at=now
    )
    due = start_of(local_date(now) - DAY)
    Deadline.objects.filter(rule_code="supervision").update(
        started_at=then, started_on=local_date(then), first_due_on=local_date(due) - DAY, due_on=local_date(due) - DAY,
        due_at=due,
    )  # fmt: skip
    Supervision.objects.filter(pk=press.pk).update(issued_at=then)
    return Supervision.objects.select_related("referral__case", "referral__receiver").get(pk=press.pk)


def paper(at, **more):
    given = {"person": "孔祥", "dated_on": local_date(at), "upload": scan(), "number": "青检函〔2026〕5号"}
    return TheirReply(**given | more)


def test_the_day_of_their_paper_counts_and_its_scan_stays(pressed, insurance_registrar, now):
    day = now - 3 * DAY
    reply_to_supervision(
        supervision=pressed, text="补充侦查中。", paper=paper(day), by=insurance_registrar, at=now
    )
    clock = Deadline.objects.get(rule_code="supervision")
    assert (clock.status, clock.late, local_date(clock.ended_at)) == ("met", False, local_date(day))
    assert (pressed.paper_on, pressed.paper_number, pressed.paper_person) == (
        local_date(day),
        "青检函〔2026〕5号",
        "孔祥",
    )
    assert pressed.paper_sha256 and local_date(pressed.replied_at) == local_date(day)
    said = Event.objects.filter(verb="supervision.replied").latest("pk").params
    assert (said["their_number"], said["sha256"]) == ("青检函〔2026〕5号", pressed.paper_sha256)


def test_what_is_no_paper_of_theirs_is_refused(pressed, insurance_registrar, now):
    wrong = {
        "upload": (None, paper(now, upload=scan(content=b"MZ no scan"))),
        "dated_on": (paper(now - 5 * DAY), paper(now + DAY)),
        "person": (paper(now, person=" "),),
    }
    for field, papers in wrong.items():
        for each in papers:
            with pytest.raises(BadInput) as refused, transaction.atomic():
                reply_to_supervision(
                    supervision=pressed, text="在办", paper=each, by=insurance_registrar, at=now
                )
            assert refused.value.field == field
    Department.objects.filter(pk=pressed.referral.receiver_id).update(has_account=True)
    pressed = Supervision.objects.get(pk=pressed.pk)
    with pytest.raises(WrongState), transaction.atomic():
        reply_to_supervision(
            supervision=pressed, text="在办", paper=paper(now), by=insurance_registrar, at=now
        )
    for change in ({"paper_on": local_date(now)}, {"paper_number": "1"}):
        with pytest.raises(IntegrityError, match="supervision_paper_whole"), transaction.atomic():
            Supervision.objects.filter(pk=pressed.pk).update(**change)


def test_on_the_page_and_by_the_api(
    pressed, seat, insurance_registrar, office_coordinator, health_registrar, now  # noqa: F811 - the fixture
):  # fmt: skip
    client, referral = seat(insurance_registrar), pressed.referral
    page = reverse("referrals:referral_reply_supervision", args=[referral.pk])
    given = {
        "text": "补充侦查中。",
        "person": "孔祥",
        "number": "5号",
        "dated_on": (local_date(now) - 3 * DAY).isoformat(),
    }
    wrong = client.post(page, {**given, "form_key": new_form_key()})
    assert list(wrong.context["form"].errors) == ["upload"] and "补充侦查中" in wrong.content.decode()
    referral.refresh_from_db()
    url, tag = f"/api/v1/referrals/{referral.pk}/reply-supervision/", {"If-Match": f'"{referral.version}"'}
    wrong = client.post(url, {"text": "在办", "person": "孔祥"}, headers=tag)
    assert (wrong.status_code, sorted(wrong.json())) == (400, ["dated_on", "upload"])
    none = client.post(url, {"text": "在办"}, content_type="application/json", headers=tag)
    assert (none.status_code, list(none.json())) == (400, ["upload"])
    done = client.post(url, {**given, "upload": scan()}, headers=tag)
    assert done.status_code == 200, done.content
    (kept,) = [each for each in done.json()["scans"] if each["what"] == "supervision"]
    address = reverse("referrals:supervision_scan", args=[pressed.pk])
    assert kept["url"] == address and address in client.get(referral.get_absolute_url()).content.decode()
    taken = client.post(address)
    assert (taken.content, Event.objects.latest("pk").verb) == (PDF, "scan.taken")
    office = seat(office_coordinator)
    assert address in office.get(referral.get_absolute_url()).content.decode()
    assert (office.post(address).status_code, seat(health_registrar).post(address).status_code) == (200, 404)


def test_by_the_api_too_a_late_reply_says_why(
    letter, seat, office_coordinator, health_handler, now  # noqa: F811 - the fixture
):  # fmt: skip
    ClockRule.objects.filter(code="supervision").update(asks_reason=True)
    referral = letter("accepted")
    Deadline.objects.filter(target_kind="referral").update(due_at=now - DAY, due_on=local_date(now) - DAY)
    supervise(referral=referral, demand="说明", reply_on=local_date(now) + DAY, by=office_coordinator, at=now)
    Deadline.objects.filter(rule_code="supervision").update(due_at=now, due_on=local_date(now))
    referral.refresh_from_db()
    url, tag = f"/api/v1/referrals/{referral.pk}/reply-supervision/", {"If-Match": f'"{referral.version}"'}
    send = {"content_type": "application/json", "headers": tag}
    wrong = seat(health_handler).post(url, {"text": "在办"}, **send)
    assert (wrong.status_code, list(wrong.json())) == (400, ["late_reason"])
    assert (
        seat(health_handler).post(url, {"text": "在办", "late_reason": "专家未到"}, **send).status_code == 200
    )
    assert Deadline.objects.get(rule_code="supervision").late_reason == "专家未到"


def test_a_comparison_is_accounted_for_by_paper_too(late, cast, police, seat, now):  # noqa: F811 - the fixtures
    thing = late()
    Department.objects.filter(pk=police.pk).update(has_account=False)
    press = issued(Comparison.objects.for_list().get(pk=thing.pk), cast, now)
    registrar = cast["insurance_registrar"]
    with pytest.raises(BadInput), transaction.atomic():
        reply_to_list_supervision(supervision=press, text="在办", by=registrar, at=now)
    client, step = seat(registrar), reverse("referrals:list_supervision_reply", args=[press.pk])
    assert "upload" in client.get(step).context["form"].fields
    given = {
        "text": "本周比对完。",
        "person": "武定安",
        "number": "青公函〔2026〕2号",
        "dated_on": str(local_date(now)),
    }
    assert client.post(step, {**given, "form_key": new_form_key(), "upload": scan()}).status_code == 302
    press.refresh_from_db()
    assert (press.status, press.paper_number, press.paper_on) == (
        "replied",
        "青公函〔2026〕2号",
        local_date(now),
    )
    shown = seat(cast["office_coordinator"]).get(press.get_absolute_url()).content.decode()
    assert press.scan_url in shown and "青公函〔2026〕2号" in shown
    assert client.post(press.scan_url).content == PDF
    told = client.get(f"/api/v1/list-supervisions/{press.pk}/").json()
    assert (told["scan"]["url"], told["paper_number"]) == (press.scan_url, "青公函〔2026〕2号")
    second = issued(Comparison.objects.for_list().get(pk=thing.pk), cast, now)
    assert client.post(second.scan_url).status_code == 404
    assert client.get(f"/api/v1/list-supervisions/{second.pk}/").json()["scan"] is None
