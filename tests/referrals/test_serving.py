"""送达回证: printed for a letter of one's own department, never for a form, a void paper or another department's."""

import io

import pdfplumber
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.delivery import delivery_record
from documents.models import IssuedDocument
from tests.factories.referrals import bring_referral

pytestmark = pytest.mark.django_db


def seat(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def words(answer):
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        return "".join(page.extract_text() for page in pdf.pages).replace("\n", "")


def test_the_registrar_prints_what_goes_with_the_letter(letter, insurance_registrar):
    document = letter("sent").document
    url = reverse("documents:delivery", args=[document.pk])
    assert url in seat(insurance_registrar).get(document.get_absolute_url()).content.decode()
    answer = seat(insurance_registrar).get(url)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "no-store")
    said = words(answer)
    for part in ("送达回证", document.number, "县卫生健康局", "留置送达", "收件人（签章）"):
        assert part in said, part


def test_it_names_the_annexes(letter):
    document = letter("sent").document
    fields = dict(delivery_record(document, on=timezone.localdate()).fields)
    assert fields["份数"] == "1份，附件1件"
    document.context = document.context | {"annexes": [], "attachments": []}
    assert dict(delivery_record(document, on=timezone.localdate()).fields)["份数"] == "1份"


@pytest.mark.parametrize("why", ["receiver", "handler", "void", "form"])
def test_nobody_else_prints_it_and_only_for_a_letter_that_stands(
    why, letter, insurance_handler, insurance_registrar, health_registrar, insurance_deputy_head
):
    referral = letter("sent")
    document, who = referral.document, insurance_registrar
    if why == "receiver":
        who = health_registrar
    elif why == "handler":
        who = insurance_handler
    elif why == "void":
        IssuedDocument.objects.filter(pk=document.pk).update(
            voided_at=timezone.now(), voided_by=insurance_deputy_head, void_reason="错"
        )
    else:
        bring_referral(referral, "accepted", at=referral.sent_at)
        document, who = referral.receipt, health_registrar
    page = seat(who).get(document.get_absolute_url()).content.decode()
    url = reverse("documents:delivery", args=[document.pk])
    assert (seat(who).get(url).status_code, url in page) == (403, False)
