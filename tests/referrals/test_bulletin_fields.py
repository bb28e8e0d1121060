"""案情通报 says what was dealt with and who may know of it (FACTS §3); the receipt carries the receiver's own number."""

import pytest
from django.test import Client
from django.urls import reverse

from core.forms import new_form_key
from referrals import contexts, letters
from referrals.actions.drafting import edit_dispatch
from tests.factories.referrals import make_dispatch

pytestmark = pytest.mark.django_db
SAID = {"handled": "已暂停拨付并约谈。", "circle": "内部资料，限分管领导和承办人知悉"}


def seat(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def bulletin(case, receiver, by, now, **more):
    return make_dispatch(case, [receiver], by=by, at=now, kind="bulletin", left_out="其余部门另行通报", **more)


def test_the_letter_of_a_bulletin_has_both_and_leaves_out_what_is_empty(case, receiver, insurance_handler, now):
    dispatch = bulletin(case, receiver, insurance_handler, now, **SAID)
    said = str(letters.bulletin_letter(contexts.draft_context(dispatch, receiver, at=now)))
    assert all(part in said for part in ("已查处情况", "已暂停拨付并约谈。", "知悉范围", SAID["circle"]))
    page = seat(insurance_handler).get(dispatch.get_absolute_url()).content.decode()
    assert SAID["handled"] in page and SAID["circle"] in page
    edited = edit_dispatch(
        dispatch=dispatch, version=dispatch.version, receivers=[receiver], subject=dispatch.subject, facts=dispatch.facts,
        limit_on=dispatch.limit_on, left_out="其余部门另行通报", by=insurance_handler, at=now,
    )  # fmt: skip
    said = str(letters.bulletin_letter(contexts.draft_context(edited, receiver, at=now)))
    assert "已查处情况" not in said and "知悉范围" not in said


def test_no_other_letter_has_them(case, receiver, insurance_handler, now):
    dispatch = make_dispatch(case, [receiver], by=insurance_handler, at=now, **SAID)
    assert (dispatch.handled, dispatch.circle) == ("", "")


def test_the_form_of_a_bulletin_asks_for_them_and_that_of_a_transfer_does_not(case, receiver, insurance_handler, now):
    client, url = seat(insurance_handler), reverse("referrals:new", args=[case.pk])
    asked = [name in client.get(f"{url}?kind={kind}").context["form"].fields for kind in ("bulletin", "transfer")
             for name in SAID]  # fmt: skip
    assert asked == [True, True, False, False]
    dispatch = bulletin(case, receiver, insurance_handler, now, **SAID)
    edit = reverse("referrals:dispatch_edit", args=[dispatch.pk])
    assert SAID["handled"] in client.get(edit).content.decode()
    fields = {
        "form_key": new_form_key(), "expected_version": dispatch.version, "receivers": [receiver.pk],
        "left_out": "其余部门另行通报", "subject": dispatch.subject, "facts": dispatch.facts, "handled": "已立案。",
        "circle": "", "limit_on": dispatch.limit_on.isoformat(),
    }  # fmt: skip
    client.post(edit, fields)
    dispatch.refresh_from_db()
    assert (dispatch.handled, dispatch.circle) == ("已立案。", "")


def test_the_receipt_of_what_was_accepted_names_its_own_number(letter):
    accepted = letter("accepted").receipt
    assert ["受理文号", accepted.number] in [list(field) for field in accepted.context["fields"]]


def test_a_return_has_no_number_of_acceptance(letter):
    returned = letter("returned")
    assert returned.receipt is None or "受理文号" not in str(returned.receipt.context)
