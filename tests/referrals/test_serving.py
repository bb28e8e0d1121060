"""送达回证: printed for a letter of one's own department, never for a form, a void paper or another department's."""

import io

import pdfplumber
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from departments.models import Department
from documents.delivery import delivery_record
from documents.models import IssuedDocument
from referrals.contexts import receipt_context
from referrals.letters import receipt
from referrals.models import DeliveryProof
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


def test_it_names_the_annexes(letter, insurance_registrar):
    document = letter("sent").document
    fields = dict(delivery_record(document, user=insurance_registrar, on=timezone.localdate()).fields)
    assert fields["份数"] == "1份，附件1件"
    document.context = document.context | {"annexes": [], "attachments": []}
    assert dict(delivery_record(document, user=insurance_registrar, on=timezone.localdate()).fields)["份数"] == "1份"


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


def test_it_prints_who_signed_for_it_here_or_on_paper(letter, insurance_registrar, outsider):
    """Nothing before it was taken; then the person there, or what the proof says; to who sees the letter only."""
    referral = letter("sent")
    today = timezone.localdate()
    assert delivery_record(referral.document, user=insurance_registrar, on=today).tables == ()
    bring_referral(referral, "received", at=referral.sent_at)
    referral.refresh_from_db()
    (table,) = delivery_record(referral.document, user=insurance_registrar, on=today).tables
    person = referral.received_by
    assert table.rows[0][:3] == ("青禾县卫生健康局", "系统签收", f"{person.name}（{person.staff_number}）")
    assert delivery_record(referral.document, user=outsider, on=today).tables == ()
    Department.objects.filter(pk=referral.receiver_id).update(has_account=False)  # it took it by a link: our own registrar
    assert delivery_record(referral.document, user=insurance_registrar, on=today).tables == ()
    DeliveryProof.objects.create(
        referral=referral, delivered_on=today, received_by_name="赵收发", method="直接送达", file="x", name="x.pdf",
        sha256="ab" * 32, by=insurance_registrar, at=referral.sent_at,
    )  # fmt: skip
    (table,) = delivery_record(referral.document, user=insurance_registrar, on=today).tables
    assert table.rows == (
        ("青禾县卫生健康局", "直接送达", "赵收发", today.isoformat(), "送达证明 abababababababab"),
    )
    referral.refresh_from_db()
    fields = dict(receipt(receipt_context(referral, at=referral.sent_at) | {"accepted": False}).fields)
    assert (fields["接收人"], fields["送达方式"], "签收时间" in fields) == ("赵收发", "直接送达", False)


def test_the_receipt_says_when_it_was_signed_for(letter):
    fields = dict(letter("accepted").receipt.context["fields"])
    assert fields["签收时间"].endswith("（系统签收）") and "送达方式" not in fields
