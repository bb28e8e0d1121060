"""青禾县医保局 and 卫健局 with the people a letter passes through, and a case with two files."""

import pytest

from deadlines import calendar
from departments.enums import Function, Role
from departments.models import Department
from journal.models import Event, Notification
from tests.cast import _department, _person
from tests.factories.cases import make_case, make_subject, pdf
from tests.factories.crime import make_transfer
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


# --- transfers of suspected crime -------------------------------------------------------------------------------
police_section_head = _person("ga03", "雷震川", "police", Role.SECTION_HEAD, "经侦大队")
other_police = _department(
    Function.POLICE, "云溪县公安局", "云溪公安局", "云公", "", region="other_county", has_account=False
)
police_deputy_head = _person("ga04", "鲁镇疆", "police", Role.DEPUTY_HEAD)


@pytest.fixture
def crime_sides(
    sender, insurance_handler_2, insurance_head, police_handler, police_section_head, police_registrar, procuratorate,
    other_police,
):  # fmt: skip
    """医保局 with two certified officers and a head, 公安局 with an account, 检察院 and 云溪县公安局 without."""


@pytest.fixture
def crime_case(office, crime_sides, insurance_handler, county, now):
    """A case with three files, none of them sent anywhere yet."""
    subject = make_subject(county, at=now, address="青禾县城关镇")
    files = [pdf("调查报告.pdf"), pdf("疑点清单.pdf"), pdf("病历原件.pdf")]
    return make_case(by=insurance_handler, at=now, subject=subject, files=files)


@pytest.fixture
def crime(crime_case, insurance_handler, now):
    """`crime("filed")`: a transfer of that case to the police, brought to a state."""

    def made(status="proposed", **more):
        return make_transfer(crime_case, by=insurance_handler, at=now, status=status, **more)

    return made


@pytest.fixture
def crime_on_paper(crime_case, insurance_handler, police, now):
    """The same where the police have no account."""
    Department.objects.filter(pk=police.pk).update(has_account=False)

    def made(status="proposed", *, at=now, **more):
        return make_transfer(crime_case, by=insurance_handler, at=at, status=status, **more)

    return made
