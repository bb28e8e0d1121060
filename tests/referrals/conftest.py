"""青禾县医保局 and 卫健局 with the people a letter passes through, and a case with two files."""

import pytest

from deadlines import calendar
from journal.models import Event, Notification
from tests.factories.cases import make_case, make_subject, pdf
from tests.factories.referrals import bring_referral, make_dispatch, make_need


@pytest.fixture(autouse=True)
def _forget_calendar():
    calendar.drop()
    yield
    calendar.drop()


@pytest.fixture
def sender(insurance_handler, insurance_section_head, insurance_deputy_head, insurance_registrar, insurance):
    return insurance


@pytest.fixture
def receiver(
    health_handler, health_handler_2, health_section_head, health_deputy_head, health_head, health_registrar, health
):
    return health


@pytest.fixture
def case(office, sender, receiver, insurance_handler, county, now):
    subject = make_subject(county, at=now, address="青禾县城关镇")
    files = [pdf("住院病历抽样表.pdf"), pdf("疑点清单.pdf")]
    return make_case(by=insurance_handler, at=now, subject=subject, files=files)


@pytest.fixture
def dispatch(case, receiver, insurance_handler, now):
    """A transfer to the health department, in draft."""
    return make_dispatch(case, [receiver], by=insurance_handler, at=now)


@pytest.fixture
def letter(case, receiver, insurance_handler, now):
    """`letter("received")`: a transfer that was sent, brought to a state."""

    def made(status="sent", **more):
        dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, status="sent", **more)
        return bring_referral(dispatch.referrals.get(), status, at=now)

    return made


@pytest.fixture
def support(case, receiver, insurance_handler, now):
    """`support("accepted")`: a request for technical support, brought to a state."""

    def made(status="sent", **more):
        dispatch = make_need(case, receiver, by=insurance_handler, at=now, status="sent", **more)
        return bring_referral(dispatch.referrals.get(), status, at=now)

    return made


@pytest.fixture
def verbs():
    """The verbs recorded on a thing, in order."""

    def of(thing):
        events = Event.objects.filter(target_kind=thing.kind_code, target_id=thing.pk).order_by("pk")
        return list(events.values_list("verb", flat=True))

    return of


@pytest.fixture
def told():
    """Who was told a verb: the names, sorted."""

    def of(verb):
        rows = Notification.objects.filter(verb=verb).values_list("recipient__name", flat=True)
        return sorted(rows)

    return of
