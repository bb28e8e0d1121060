"""The steps of a publication and of a file for the platform."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.wording import today
from sanctions import rules_credit as rules
from sanctions.actions import publication as actions
from sanctions.actions import publication_withdrawal as withdrawal
from sanctions.actions.publication_exports import Said, record_receipts
from sanctions.forms_credit import (
    PUBLICATION_TEXT,
    EditPublicationForm,
    ProofForm,
    ReasonForm,
    ReceiptForm,
    WithdrawalForm,
)
from sanctions.models import Publication, PublicationExport
from sanctions.points_sheet import read_receipts
from sanctions.views.credit_steps import Confirm, CreditStep


class PublicationStep(CreditStep):
    model = Publication


class Edit(PublicationStep):
    rule, verb, form_class = rules.can_prepare, "sanction.publication_prepared", EditPublicationForm
    title, label = _("Prepare for publication"), _("Save")
    done = _("Prepared: another person releases it.")

    def initial(self, thing):
        return {name: getattr(thing, name) for name in PUBLICATION_TEXT}

    def keywords(self, thing):
        return {"row": thing}

    def act(self, thing, form, at):
        version = form.cleaned_data["version"]
        actions.edit_publication(row=thing, version=version, by=self.request.user, at=at, **self.given(form))


class Release(PublicationStep, Confirm):
    rule, verb, versioned = rules.can_release, "sanction.publication_released", True
    title = label = _("Release")
    effect = _("It may then be sent to the credit platform. A natural person stands in it masked only.")
    done = _("Released: it goes into the next file for the platform.")

    def act(self, thing, form, at):
        actions.release_publication(row=thing, by=self.request.user, at=at)


class SendBack(PublicationStep):
    rule, verb, form_class = rules.can_send_back, "sanction.publication_returned", ReasonForm
    title = label = _("Send back")
    danger = True
    done = _("Sent back.")

    def act(self, thing, form, at):
        actions.send_back_publication(
            row=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at
        )


class Drop(PublicationStep):
    rule, verb, form_class = rules.can_drop, "sanction.publication_dropped", ReasonForm
    title = label = _("Do not publish")
    danger = True
    done = _("Marked as not published.")

    def act(self, thing, form, at):
        actions.drop_publication(row=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


class Withdraw(PublicationStep):
    rule, verb, form_class = rules.can_start_withdrawal, "sanction.withdrawal_begun", WithdrawalForm
    title = label = pgettext_lazy("publication", "Withdraw")
    danger = True
    done = _("To be withdrawn within three working days.")

    def act(self, thing, form, at):
        withdrawal.start_withdrawal(row=thing, by=self.request.user, at=at, **self.given(form))


class Prove(PublicationStep):
    rule, verb, form_class = rules.can_prove_withdrawal, "sanction.publication_withdrawn", ProofForm
    title = label = _("Prove the withdrawal")
    done = _("Withdrawn, with its proof.")

    def initial(self, thing):
        return {"withdrawn_on": today()}

    def act(self, thing, form, at):
        withdrawal.prove_withdrawal(row=thing, by=self.request.user, at=at, **self.given(form))


class Receive(CreditStep):
    """What the platform said to the rows of a file: a list, or one row by hand."""

    model, form_class, verb = PublicationExport, ReceiptForm, "sanction.receipts_entered"
    rule = rules.can_receive
    template = "sanctions/import.html"
    title, label = _("Enter receipts"), _("Save")
    done = _("Entered.")

    def load(self, pk):
        found = PublicationExport.objects.visible_to(self.request.user).select_related("department", "region")
        return get_object_or_404(found, pk=pk)

    def form(self, thing, data=None, files=None):
        return ReceiptForm(data, files, initial={"said_on": today()})

    def context(self, thing):
        return {"kind": "receipts", "cells": getattr(self, "cells", [])}

    def act(self, thing, form, at):
        given = form.cleaned_data
        if given["upload"]:
            said = [
                Said(line.position, line.accepted, line.number, line.on, line.message)
                for line in read_receipts(given["upload"])
            ]
        elif given["position"]:
            accepted = given["accepted"] is not False
            said = [Said(given["position"], accepted, given["number"], given["said_on"], given["message"])]
        else:
            said = []
        record_receipts(export=thing, said=said, by=self.request.user, at=at)

    def answer_refusal(self, thing, form, refusal, at):
        cells = refusal.details.get("cells", [])
        form.refused(refusal)
        self.cells = [cell for cell in cells if not isinstance(cell, str)]
        return self.show(self.load(thing.pk), form)


STEPS = {
    "edit_publication": Edit, "release_publication": Release, "return_publication": SendBack, "drop_publication": Drop,
    "withdraw_publication": Withdraw, "prove_withdrawal": Prove,
}  # fmt: skip
