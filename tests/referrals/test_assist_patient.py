"""Whose stay it was: sealed, shown masked, in full in the letter to the bureau that has to look it up; who owes there."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from cases.models import Subject
from core.forms import new_form_key
from core.refusals import BadInput
from deadlines.models import Deadline
from journal.models import Event
from referrals.contexts_assist import assist_context
from referrals.letters_assist import assist_letter
from referrals.models import OutsideStay
from tests.casetabs import tab_url
from tests.factories.assist import make_assist, make_stay
from tests.factories.cases import resident_id

pytestmark = pytest.mark.django_db
NUMBER = resident_id(870)
WHO = {"patient_name": "张三", "patient_number": NUMBER}


def seat(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_letter_names_the_person_in_full_and_the_screen_never(case, insurance_handler, insurance_registrar, now):
    stay = make_stay(case, by=insurance_handler, at=now, **WHO)
    assert stay.patient.kind == "insured" and NUMBER.encode() not in bytes(stay.patient.id_sealed)
    letter = make_assist(case, by=insurance_handler, at=now, stay=stay)
    said = str(assist_letter(assist_context(letter, at=now)))
    assert f"参保人员张三（公民身份号码：{NUMBER}）" in said
    for url in (letter.get_absolute_url(), tab_url(case.pk, "support")):
        page = seat(insurance_handler).get(url).content.decode()
        assert stay.patient_masked in page and NUMBER not in page and "张三" not in page
    assert NUMBER not in str(list(Event.objects.values_list("params", flat=True)))


def test_the_same_person_is_one_subject(case, insurance_handler, now):
    first = make_stay(case, by=insurance_handler, at=now, **WHO)
    again = make_stay(case, by=insurance_handler, at=now, **WHO)
    assert first.patient == again.patient and Subject.objects.filter(kind="insured").count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"patient_name": "张三"}, "patient_number"),
        ({"patient_number": NUMBER}, "patient_name"),
        ({"patient_name": "张三", "patient_number": "439926198001010000"}, "patient_number"),
        ({"patient_name": "李四", "patient_number": NUMBER}, "patient_name"),
    ],
    ids=["no number", "no name", "no such number", "another name"],
)
def test_half_a_person_or_a_wrong_one_is_refused(given, field, case, insurance_handler, now):
    make_stay(case, by=insurance_handler, at=now, **WHO)
    with pytest.raises(BadInput) as refusal:
        make_stay(case, by=insurance_handler, at=now, **given)
    assert refusal.value.field == field and OutsideStay.objects.count() == 1


def test_without_a_person_the_letter_says_what_is_known(case, insurance_handler, now):
    stay = make_stay(case, by=insurance_handler, at=now)
    letter = make_assist(case, by=insurance_handler, at=now, stay=stay)
    assert (stay.patient, stay.patient_masked) == (None, "")
    assert "参保人员" not in str(assist_letter(assist_context(letter, at=now)).body[2])


def test_page_and_api_take_the_person(case, insurance_handler):
    today = timezone.localdate().isoformat()
    fields = {"place": "桂岭省柳川市", "hospital": "柳川康健医院", "cost": "40000", "admitted_on": today, **WHO}
    url = reverse("referrals:stay_new", args=[case.pk])
    assert seat(insurance_handler).post(url, {"form_key": new_form_key(), **fields}).status_code == 302
    api = APIClient()
    api.force_login(insurance_handler, "django.contrib.auth.backends.ModelBackend")
    made = api.post("/api/v1/outside-stays/", {"case": case.pk, **fields}, format="json")
    assert made.status_code == 201 and made.json()["patient_masked"].startswith("张** 4399")
    assert NUMBER not in made.content.decode()


def test_the_clock_says_that_the_bureau_there_owes(case, insurance_handler, insurance_registrar, now):
    letter = make_assist(case, by=insurance_handler, at=now, stage="delivered")
    deadline = Deadline.objects.get(target_kind="assist_letter", target_id=letter.pk)
    assert deadline.name == "柳川市医疗保障局答复协查"
    page = seat(insurance_handler).get(letter.get_absolute_url())
    (clock,) = page.context["clocks"]
    assert clock.meta.startswith("柳川市医疗保障局") and "县医保局" not in clock.meta
