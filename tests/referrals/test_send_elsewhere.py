"""A letter that came back is sent to another department: the form proposes what it said, to somebody else."""

import pytest
from django.test import Client
from django.urls import reverse

from core.forms import new_form_key
from referrals.models import Dispatch, Referral
from tests.factories.referrals import bring_referral, make_need

pytestmark = pytest.mark.django_db


def seat(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def elsewhere(user, referral):
    """The address the returned letter offers."""
    page = seat(user).get(referral.get_absolute_url())
    return next(offer.url for offer in page.context["offers"] if offer.code == "send_elsewhere")


def test_a_returned_transfer_is_proposed_to_others_with_all_it_said(letter, case, market, insurance_handler):
    referral = letter("returned")
    Dispatch.objects.filter(pk=referral.dispatch_id).update(subject="关于移交线索的函", facts="事实另述")
    url = elsewhere(insurance_handler, referral)
    page = seat(insurance_handler).get(url)
    form = page.context["form"]
    assert (form["subject"].value(), form["facts"].value()) == ("关于移交线索的函", "事实另述")
    assert referral.receiver not in form["receivers"].value()
    assert form["manifest"].value() == [item.evidence_id for item in referral.dispatch.manifest.all()]
    given = {name: form[name].value() or "" for name in ("subject", "facts", "amount", "request")}
    given |= {"kind": "transfer", "receivers": [market.pk], "limit_on": form["limit_on"].value().isoformat()}
    given |= {"manifest": form["manifest"].value(), "form_key": new_form_key()}
    assert seat(insurance_handler).post(url, given).status_code == 302
    again = Dispatch.objects.latest("pk")
    assert (again.facts, list(again.receivers.all())) == ("事实另述", [market])


def test_a_returned_request_for_support_keeps_its_questions_and_its_day(case, receiver, insurance_handler, now):
    referral = make_need(case, receiver, by=insurance_handler, at=now, status="sent").referrals.get()
    bring_referral(referral, "returned", at=now)
    form = seat(insurance_handler).get(elsewhere(insurance_handler, referral)).context["form"]
    asked = "\n".join(referral.dispatch.questions.values_list("text", flat=True))
    assert (form["questions"].value(), form["discovered_on"].value()) == (asked, referral.dispatch.discovered_on)


def test_only_what_came_back_to_us_is_sent_again(letter, case, insurance_handler, health_handler):
    new = reverse("referrals:new", args=[case.pk])
    returned, standing = letter("returned"), letter("accepted")
    client = seat(insurance_handler)
    assert client.get(new, {"kind": "transfer", "again": returned.pk}).status_code == 200
    assert client.get(new, {"kind": "transfer", "again": standing.pk}).status_code == 404
    assert client.get(new, {"kind": "bulletin", "again": returned.pk}).status_code == 404
    assert seat(health_handler).get(new, {"kind": "transfer", "again": returned.pk}).status_code == 404
    assert client.get(new, {"kind": "transfer", "again": "x"}).status_code == 200
    assert Referral.objects.filter(case=case).count() == 2


def test_the_evidence_goes_along_unless_unticked(case, insurance_handler):
    new = reverse("referrals:new", args=[case.pk])
    kept = list(case.evidence.filter(voided_at=None).values_list("pk", flat=True))
    form = seat(insurance_handler).get(new, {"kind": "transfer"}).context["form"]
    assert (form["manifest"].value(), bool(kept)) == (kept, True)
    assert not seat(insurance_handler).get(new, {"kind": "bulletin"}).context["form"]["manifest"].value()
